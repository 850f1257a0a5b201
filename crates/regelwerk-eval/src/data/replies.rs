//! How messages are answered.

use regelwerk_compiler::model::{self, NodeId};
use regelwerk_kernel::standard::{Amount, Filling, Given, Reply, ReplyCase, When};

use crate::keep;
use crate::names::Names;

/// The replies of a release.
pub(crate) fn replies(release: &model::Release, names: &Names) -> &'static [Reply] {
    keep::list(release.replies.iter().filter_map(|reply| value(reply, release, names)))
}

fn value(reply: &model::Reply, release: &model::Release, names: &Names) -> Option<Reply> {
    let name = |at: usize| Some(keep::text(&release.messages.get(at)?.name));
    let (good, unassessed) = (keep::text(&reply.good), keep::text(&reply.unassessed));
    let fine = reply.fine.iter().map(|code| keep::text(code));
    Some(Reply {
        source: keep::text(&reply.source),
        to: name(reply.to)?,
        with: name(reply.with)?,
        code: names.path(&reply.code),
        good,
        unassessed,
        fine: keep::list([good, unassessed].into_iter().chain(fine)),
        is_by_class: reply.is_by_class,
        classes: nodes(&reply.classes),
        outside: node(reply.outside),
        always: fillings(&reply.always),
        cases: keep::list(reply.cases.iter().map(case)),
    })
}

/// The place of an element among those of its message; the analysis allows no more than fit.
fn node(id: NodeId) -> u16 {
    u16::try_from(id.0).unwrap_or(u16::MAX)
}

fn nodes(ids: &[NodeId]) -> &'static [u16] {
    keep::list(ids.iter().map(|id| node(*id)))
}

fn case(case: &model::ReplyCase) -> ReplyCase {
    let when = match &case.when {
        model::When::Level(level) => When::Level(*level),
        model::When::In(classes) => When::In(nodes(classes)),
        model::When::Rejected => When::Rejected,
        model::When::Accepted => When::Accepted,
    };
    ReplyCase { when, fillings: case.fillings.as_deref().map(fillings) }
}

fn fillings(all: &[model::Filling]) -> &'static [Filling] {
    keep::list(all.iter().map(filling))
}

fn filling(filling: &model::Filling) -> Filling {
    match filling {
        model::Filling::Copy { to, from } => Filling::Copy { to: node(*to), from: node(*from) },
        model::Filling::Value { at, value } => {
            Filling::Value { at: node(*at), value: keep::text(value) }
        }
        model::Filling::Given { at, given } => {
            Filling::Given { at: node(*at), given: self::given(*given) }
        }
        model::Filling::Empty(at) => Filling::Empty(node(*at)),
        model::Filling::EmptyWithoutFaults(at) => Filling::EmptyWithoutFaults(node(*at)),
        model::Filling::Code { class, code, under } => {
            Filling::Code { class: node(*class), code: keep::text(code), under: under.map(node) }
        }
        model::Filling::OwnCode(class) => Filling::OwnCode(node(*class)),
        model::Filling::OtherClasses => Filling::OtherClasses,
        model::Filling::Balance { target, whole, parts, plus, minus } => Filling::Balance {
            target: amount(target),
            whole: amount(whole),
            parts: amount(parts),
            plus: keep::text(plus),
            minus: keep::text(minus),
        },
    }
}

fn given(given: model::Given) -> Given {
    match given {
        model::Given::Identification => Given::Identification,
        model::Given::Date => Given::Date,
        model::Given::XsltVersion => Given::XsltVersion,
    }
}

fn amount(amount: &model::Amount) -> Amount {
    Amount { number: node(amount.number), sign: node(amount.sign) }
}
