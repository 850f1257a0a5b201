//! Replies of a scenario: what whoever replies has found wrong, and where.

use regelwerk_model::{Field, Filling, Message, NodeId, Release, Reply, When};

use super::Fault;

/// Level of a fault that a reply tells by class.
const BEYOND: u8 = 3;

/// How a message is answered by a reply.
#[derive(Clone, Copy)]
pub(super) struct Answer<'a> {
    release: &'a Release,
    reply: &'a Reply,
}

impl<'a> Answer<'a> {
    /// How a reply answers a message of the same release.
    pub(super) fn of(release: &'a Release, to: usize, with: usize) -> Option<Self> {
        let reply = release.replies.iter().find(|one| (one.to, one.with) == (to, with))?;
        Some(Self { release, reply })
    }

    /// The faults among what a scenario says of a reply, if it says anything of its verdict, and
    /// what else it says.
    pub(super) fn split(self, fields: &[Field]) -> (Option<Vec<Fault>>, Vec<Field>) {
        let (codes, others): (Vec<_>, Vec<_>) =
            fields.iter().cloned().partition(|field| self.class(field).is_some());
        let faults = codes.iter().filter_map(|field| self.fault(field)).collect();
        ((!codes.is_empty()).then_some(faults), others)
    }

    /// The class that a field gives a retourcode.
    fn class(self, field: &Field) -> Option<&[(String, usize)]> {
        let end = field.path.len().checked_sub(self.reply.code.len())?;
        let (class, code) = field.path.split_at_checked(end)?;
        let names = code.iter().map(|(name, _)| name);
        names.eq(&self.reply.code).then_some(class)
    }

    /// The fault of a retourcode; none of one that does not reject.
    fn fault(self, field: &Field) -> Option<Fault> {
        let code = field.value.as_ref()?;
        if self.is_fine(code) {
            return None;
        }
        let class = self.asked(self.class(field)?)?;
        Some(Fault { class, code: code.clone(), level: self.level(code) })
    }

    fn is_fine(self, code: &String) -> bool {
        let Reply { good, unassessed, fine, .. } = self.reply;
        [good, unassessed].contains(&code) || fine.contains(code)
    }

    /// The level that a code stands for.
    fn level(self, code: &str) -> u8 {
        let gives =
            |filling: &Filling| matches!(filling, Filling::Code { code: own, .. } if own == code);
        let level =
            self.reply.cases.iter().find_map(|case| match (case.when.clone(), &case.fillings) {
                (When::Level(level), Some(fillings)) if fillings.iter().any(gives) => Some(level),
                _ => None,
            });
        level.unwrap_or(BEYOND)
    }

    /// The class of the asked message that a class of the reply is copied from.
    fn asked(self, class: &[(String, usize)]) -> Option<Vec<(String, usize)>> {
        let message = |at: usize| self.release.messages.get(at);
        let (asked, answer) = (message(self.reply.to)?, message(self.reply.with)?);
        let cases = self.reply.cases.iter().filter_map(|case| case.fillings.as_ref()).flatten();
        let copies = self.reply.always.iter().chain(cases).filter_map(|filling| match filling {
            Filling::Copy { to, from } => Some((below_root(answer, *to), below_root(asked, *from))),
            _ => None,
        });
        let holds = |to: &Vec<&str>| {
            to.len() <= class.len() && to.iter().zip(class).all(|(name, (own, _))| name == own)
        };
        let (to, from) = copies.filter(|(to, _)| holds(to)).max_by_key(|(to, _)| to.len())?;
        let rest = class.get(to.len()..)?;
        let from = from.into_iter().map(|name| (name.to_owned(), 1));
        Some(from.chain(rest.iter().cloned()).collect())
    }
}

fn below_root(message: &Message, id: NodeId) -> Vec<&str> {
    message.path(id).into_iter().skip(1).collect()
}
