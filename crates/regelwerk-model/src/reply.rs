//! Replies: how a message is answered.

use crate::NodeId;

/// How one message of a release is answered, from the block `antwoord`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reply {
    /// Citation.
    pub source: String,
    /// The message that is answered, as an index into those of the release. Elements of it are
    /// called *asked* below.
    pub to: usize,
    /// The reply, as an index into the messages of the release.
    pub with: usize,
    /// Names from a class of the reply down to its retourcode.
    pub code: Vec<String>,
    /// The retourcode of a class without faults.
    pub good: String,
    /// The retourcode of a class that was not judged.
    pub unassessed: String,
    /// `goed:` retourcodes beside those two that do not reject a class.
    pub fine: Vec<String>,
    /// `afkeur: per klasse`: what is rejected is a class with what is in it, not the message.
    pub is_by_class: bool,
    /// The asked elements that are classes: what is copied of them has a retourcode.
    pub classes: Vec<NodeId>,
    /// The asked class that a fault outside every class belongs to.
    pub outside: NodeId,
    /// What is done in every reply, in order.
    pub always: Vec<Filling>,
    /// What is done after that, in the first case that there is.
    pub cases: Vec<ReplyCase>,
}

/// What is done in one case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReplyCase {
    /// The case.
    pub when: When,
    /// What is done, in order; `None` where there is no reply.
    pub fillings: Option<Vec<Filling>>,
}

/// A case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum When {
    /// The message is rejected at this level.
    Level(u8),
    /// It is rejected at level 3 or 4, with a fault in one of these asked classes.
    In(Vec<NodeId>),
    /// It is rejected at level 3 or 4.
    Rejected,
    /// Nothing is wrong.
    Accepted,
}

/// One thing that is done with a reply.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Filling {
    /// What the reply has in common with an asked element is copied.
    Copy {
        /// The element of the reply.
        to: NodeId,
        /// The asked element.
        from: NodeId,
    },
    /// An element gets a value.
    Value {
        /// The element of the reply.
        at: NodeId,
        /// The value, as it stands in a message.
        value: String,
    },
    /// An element gets a value that whoever makes the reply gives.
    Given {
        /// The element of the reply.
        at: NodeId,
        /// Which value.
        given: Given,
    },
    /// Elements are taken away.
    Empty(NodeId),
    /// Elements are taken away where neither they nor what is in them has a fault.
    EmptyWithoutFaults(NodeId),
    /// Classes get a retourcode.
    Code {
        /// The class, in the reply.
        class: NodeId,
        /// The code.
        code: String,
        /// Only within such a class of the reply that has a fault itself.
        under: Option<NodeId>,
    },
    /// Classes get the retourcodes of the rules that they break, or what says that there are none.
    OwnCode(NodeId),
    /// So does every class that has no retourcode yet.
    OtherClasses,
    /// An amount becomes another less the sum of others, all in the reply.
    Balance {
        /// The amount that is filled.
        target: Amount,
        /// What is subtracted from.
        whole: Amount,
        /// What is subtracted: all there are.
        parts: Amount,
        /// The sign of an amount of zero or more.
        plus: String,
        /// The sign of an amount below zero.
        minus: String,
    },
}

/// A value that is no part of a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Given {
    /// What the reply is known by.
    Identification,
    /// Its day.
    Date,
    /// The version of the stylesheets that were used; the element stays away without it.
    XsltVersion,
}

/// An amount in a reply: a number without a sign, and what tells its sign.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Amount {
    /// The number.
    pub number: NodeId,
    /// What tells the sign.
    pub sign: NodeId,
}
