//! How messages are answered, as static data that generated code fills in.

use super::Name;

/// How one message of a release is answered. Elements of the message that is answered are called
/// *asked*; they and those of the reply are indices into [`MessageDef::nodes`](super::MessageDef).
#[derive(Debug)]
pub struct Reply {
    /// Citation.
    pub source: &'static str,
    /// Name of the message that is answered: `JW301`.
    pub to: &'static str,
    /// Name of the reply: `JW302`.
    pub with: &'static str,
    /// Names from a class of the reply down to its retourcode. What has this is a class.
    pub code: &'static [Name],
    /// The retourcode of a class without faults.
    pub good: &'static str,
    /// The retourcode of a class that was not judged.
    pub unassessed: &'static str,
    /// The retourcodes that do not reject a class, those two among them.
    pub fine: &'static [&'static str],
    /// Whether what is rejected is a class with what is in it. If not, it is the whole message.
    pub is_by_class: bool,
    /// The asked elements that are classes.
    pub classes: &'static [u16],
    /// The asked class that a fault outside every class belongs to.
    pub outside: u16,
    /// What is done in every reply, in order.
    pub always: &'static [Filling],
    /// What is done after that, in the first case that there is.
    pub cases: &'static [ReplyCase],
}

/// What is done in one case.
#[derive(Debug)]
pub struct ReplyCase {
    /// The case.
    pub when: When,
    /// What is done, in order; `None` where there is no reply.
    pub fillings: Option<&'static [Filling]>,
}

/// A case.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum When {
    /// The message is rejected at this level, and not at a lower one.
    Level(u8),
    /// It is rejected at level 3 or 4, with a fault in one of these asked classes.
    In(&'static [u16]),
    /// It is rejected at level 3 or 4.
    Rejected,
    /// Nothing is wrong.
    Accepted,
}

/// One thing that is done with a reply.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Filling {
    /// What the reply has in common with an asked element is copied.
    Copy {
        /// The element of the reply.
        to: u16,
        /// The asked element.
        from: u16,
    },
    /// An element gets a value.
    Value {
        /// The element of the reply.
        at: u16,
        /// The value.
        value: &'static str,
    },
    /// An element gets a value that whoever makes the reply gives.
    Given {
        /// The element of the reply.
        at: u16,
        /// Which value.
        given: Given,
    },
    /// Elements are taken away.
    Empty(u16),
    /// Elements are taken away where neither they nor what is in them has a fault.
    EmptyWithoutFaults(u16),
    /// Classes get a retourcode.
    Code {
        /// The class, in the reply.
        class: u16,
        /// The code.
        code: &'static str,
        /// Only within such a class of the reply that has a fault itself.
        under: Option<u16>,
    },
    /// Classes get the retourcodes of the rules that they break, or what says that there are none.
    OwnCode(u16),
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
        plus: &'static str,
        /// The sign of an amount below zero.
        minus: &'static str,
    },
}

/// A value that is no part of a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
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
    pub number: u16,
    /// What tells the sign.
    pub sign: u16,
}
