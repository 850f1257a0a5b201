//! How each message is answered, in each release: blocks `antwoord`, with every name found.

mod complete;
mod filling;

use regelwerk_diag::Diagnostic;
use regelwerk_model::{Message, NodeId, Release, Reply, ReplyCase, When};
use regelwerk_syntax::ast::{
    Block, BlockKind, Case, Classes, Clause, Dotted, Line, Literal, ReplyClause, Signs, Spanned,
    Word,
};

use crate::codes::{BAD_LEVEL, BAD_REPLY, DUPLICATE, MISSING_CLAUSE, UNKNOWN_MESSAGE};
use crate::collect::{Declarations, has_invalid, required, single, sources};
use crate::sink::Sink;
use crate::{intervals, places};

/// Fills in the replies of every release.
pub(crate) fn fill(declarations: &Declarations<'_>, releases: &mut [Release], sink: &mut Sink) {
    for at in 0..releases.len() {
        let mut replies = Vec::new();
        for block in declarations.of(BlockKind::Reply) {
            let valid = single(&block.lines, sink, |clause| match clause {
                Clause::Valid(valid) => Some(valid),
                _ => None,
            });
            let interval = intervals::resolve(valid, releases, sink);
            if let Some(release) = releases.get(at)
                && interval.is_some_and(|interval| interval.has(at))
            {
                add(block, release, &mut replies, sink);
            }
        }
        replies.sort_by_key(|reply| reply.to);
        if let Some(release) = releases.get_mut(at) {
            release.replies = replies;
        }
    }
}

/// Adds what a block says of each message with its reply.
fn add(block: &Block, release: &Release, replies: &mut Vec<Reply>, sink: &mut Sink) {
    let pairs = required(
        block,
        "op:",
        sink,
        clause(|clause| match clause {
            ReplyClause::Pairs(pairs) => Some(pairs),
            _ => None,
        }),
    );
    let classes = required(
        block,
        "klassen:",
        sink,
        clause(|clause| match clause {
            ReplyClause::Classes(classes) => Some(classes),
            _ => None,
        }),
    );
    let outside = required(
        block,
        "buiten klassen:",
        sink,
        clause(|clause| match clause {
            ReplyClause::Outside(path) => Some(path),
            _ => None,
        }),
    );
    let signs = single(
        &block.lines,
        sink,
        clause(|clause| match clause {
            ReplyClause::Signs(signs) => Some(signs),
            _ => None,
        }),
    );
    check_cases(block, sink);
    let (Some(pairs), Some(classes), Some(outside)) = (pairs, classes, outside) else { return };
    for (asked, answer) in pairs {
        let (to, with) = (message(asked, release, sink), message(answer, release, sink));
        let (Some(to), Some(with)) = (to, with) else { continue };
        if replies.iter().any(|reply| reply.to == to) {
            let title = format!("hoe {} wordt beantwoord, staat er al", asked.value);
            let help = "een bericht heeft in een release één antwoord; laat er een weg, of geef ze elk een `geldig:`";
            sink.fault(DUPLICATE, title, asked.span, help);
            continue;
        }
        let messages = (release.messages.get(to), release.messages.get(with));
        let (Some(asked), Some(answer)) = messages else { continue };
        let reader = Reader { release, asked, answer, classes, signs };
        replies.extend(reader.reply(block, (to, with), outside, sink));
    }
}

/// Picks from the clauses of a reply.
fn clause<'a, T>(pick: impl Fn(&'a ReplyClause) -> Option<T>) -> impl Fn(&'a Clause) -> Option<T> {
    move |clause| match clause {
        Clause::Reply(clause) => pick(clause),
        _ => None,
    }
}

fn message(name: &Word, release: &Release, sink: &mut Sink) -> Option<usize> {
    let found = release.messages.iter().position(|message| message.name == name.value);
    if found.is_none() {
        let known = release.messages.iter().map(|message| message.name.as_str());
        sink.unknown(UNKNOWN_MESSAGE, "bericht", name, known);
    }
    found
}

/// The cases of a block with their clauses, in order.
fn cases(block: &Block) -> impl Iterator<Item = (&Case, &Line)> {
    block.lines.iter().filter_map(|line| match &line.clause {
        Clause::Reply(ReplyClause::Case(case)) => Some((case, line)),
        _ => None,
    })
}

/// Every message must get a reply or be told to get none, and each case must have its turn.
fn check_cases(block: &Block, sink: &mut Sink) {
    let needed = [
        (Case::Level(1), "bij afkeur op niveau 1:"),
        (Case::Level(2), "bij afkeur op niveau 2:"),
        (Case::Rejected, "bij afkeur:"),
        (Case::Accepted, "bij goedkeuring:"),
    ];
    for (case, keyword) in needed {
        if !cases(block).any(|(known, _)| *known == case) && !has_invalid(block) {
            let title = format!("`{}` heeft geen `{keyword}`", block.id.value);
            sink.push(
                Diagnostic::error(MISSING_CLAUSE, title, block.id.span)
                    .help(format!("voeg `{keyword}` toe, met eronder wat dan gebeurt")),
            );
        }
    }
    let mut before: Vec<(&Case, &Line)> = Vec::new();
    for (case, line) in cases(block).filter(|(case, _)| **case != Case::Always) {
        if let Case::Level(level) = case
            && !(1..=4).contains(level)
        {
            sink.error(BAD_LEVEL, "een niveau is 1, 2, 3 of 4", line.span);
        }
        if let Some((_, first)) = before.iter().find(|(earlier, _)| covers(earlier, case)) {
            let title = "dit komt nooit aan de beurt";
            sink.push(
                Diagnostic::error(BAD_REPLY, title, line.span)
                    .related(first.span, "dit gaat voor")
                    .help("zet het hierboven, of laat het weg"),
            );
        }
        if *case == Case::Level(1) && !line.body.iter().any(is_nothing) {
            let title = "een bericht dat niet aan het schema voldoet, krijgt geen antwoord";
            sink.push(
                Diagnostic::error(BAD_REPLY, title, line.span).help("zet eronder: geen antwoord"),
            );
        }
        before.push((case, line));
    }
}

/// `goed:` the codes beside those two that do not reject.
fn fine(block: &Block) -> impl Iterator<Item = &Spanned<Literal>> {
    let codes = block.lines.iter().filter_map(|line| match &line.clause {
        Clause::Reply(ReplyClause::Fine(codes)) => Some(codes),
        _ => None,
    });
    codes.flatten()
}

fn has(block: &Block, clause: &ReplyClause) -> bool {
    block.lines.iter().any(|line| matches!(&line.clause, Clause::Reply(one) if one == clause))
}

/// Whether a case leaves nothing for another that comes after it.
fn covers(earlier: &Case, later: &Case) -> bool {
    let beyond = matches!(later, Case::In(_) | Case::Level(3..));
    earlier == later || (*earlier == Case::Rejected && beyond)
}

fn is_nothing(line: &Line) -> bool {
    matches!(line.clause, Clause::Reply(ReplyClause::Nothing))
}

/// Reads a block for one message and its reply.
struct Reader<'a> {
    release: &'a Release,
    asked: &'a Message,
    answer: &'a Message,
    classes: &'a Classes,
    signs: Option<&'a Signs>,
}

impl Reader<'_> {
    fn reply(
        &self,
        block: &Block,
        (to, with): (usize, usize),
        outside: &Dotted,
        sink: &mut Sink,
    ) -> Option<Reply> {
        self.check_codes(block, sink)?;
        let always = cases(block).filter(|(case, _)| **case == Case::Always);
        let always: Vec<_> = always.flat_map(|(_, line)| self.fillings(&line.body, sink)).collect();
        let mut answers = Vec::new();
        let mut sheets = Vec::new();
        for (case, line) in cases(block).filter(|(case, _)| **case != Case::Always) {
            let fillings =
                (!line.body.iter().any(is_nothing)).then(|| self.fillings(&line.body, sink));
            if let Some(fillings) = &fillings {
                let all = always.iter().chain(fillings);
                sheets.push((complete::Sheet::of(self, all), line.span));
            }
            answers.push((case, fillings));
        }
        let mut classes: Vec<_> =
            sheets.iter().flat_map(|(sheet, _)| sheet.classes.iter().copied()).collect();
        classes.sort();
        classes.dedup();
        let cases = answers.into_iter().filter_map(|(case, fillings)| {
            Some(ReplyCase { when: self.when(case, &classes, sink)?, fillings })
        });
        let cases = cases.collect();
        let outside = self.class(outside, &classes, sink)?;
        if sink.is_sound(block.span) {
            sheets.iter().for_each(|(sheet, span)| sheet.check(*span, sink));
        }
        Some(Reply {
            source: sources(block).join("; "),
            to,
            with,
            code: names(&self.classes.code),
            good: self.classes.good.value.canonical(),
            unassessed: self.classes.unassessed.value.canonical(),
            fine: fine(block).map(|one| one.value.canonical()).collect(),
            is_by_class: has(block, &ReplyClause::ByClass),
            classes,
            outside,
            always,
            cases,
        })
    }

    /// The codes for all classes must be ones that a class can have.
    fn check_codes(&self, block: &Block, sink: &mut Sink) -> Option<()> {
        let place = self.answer.ids().find_map(|id| self.code_of(id));
        let Some(place) = place else {
            let names = names(&self.classes.code).join(".");
            let title = format!("geen element van {} heeft `{names}`", self.answer.name);
            sink.push(
                Diagnostic::error(BAD_REPLY, title, self.classes.code.span)
                    .help("noem het pad binnen een klasse van het antwoord naar haar retourcode"),
            );
            return None;
        };
        for code in [&self.classes.good, &self.classes.unassessed].into_iter().chain(fine(block)) {
            self.check_value(place, &code.value, code.span, sink);
        }
        Some(())
    }

    /// Where the retourcode of an element of the reply stands, if that is a class.
    fn code_of(&self, id: NodeId) -> Option<NodeId> {
        let mut steps = self.classes.code.steps.iter();
        steps.try_fold(id, |at, step| self.answer.child(at, &step.name.value))
    }

    fn when(&self, case: &Case, classes: &[NodeId], sink: &mut Sink) -> Option<When> {
        Some(match case {
            Case::Always => return None,
            Case::Level(level) => When::Level(u8::try_from(*level).ok()?),
            Case::In(paths) => {
                let found = paths.iter().map(|path| self.class(path, classes, sink));
                When::In(found.collect::<Option<_>>()?)
            }
            Case::Rejected => When::Rejected,
            Case::Accepted => When::Accepted,
        })
    }

    /// A class of the message that is answered.
    fn class(&self, path: &Dotted, classes: &[NodeId], sink: &mut Sink) -> Option<NodeId> {
        let id = element(path, self.asked, sink)?;
        if !classes.contains(&id) {
            let title = format!("dit is in {} geen klasse", self.asked.name);
            let known: Vec<_> = classes.iter().map(|id| self.asked.name(*id)).collect();
            sink.push(
                Diagnostic::error(BAD_REPLY, title, path.span)
                    .help(format!("klassen zijn: {}", known.join(", "))),
            );
            return None;
        }
        Some(id)
    }
}

/// The only element of a message whose path ends as written.
fn element(path: &Dotted, message: &Message, sink: &mut Sink) -> Option<NodeId> {
    match places::elements(message, path).as_slice() {
        [only] => Some(*only),
        [] => {
            places::no_such_element(message, path, sink);
            None
        }
        several => {
            let title = format!("dit wijst in {} meer dan een element aan", message.name);
            let paths: Vec<_> = several.iter().map(|id| message.path(*id).join(".")).collect();
            sink.push(
                Diagnostic::error(BAD_REPLY, title, path.span)
                    .help(format!("schrijf er meer van: {}", paths.join(" of "))),
            );
            None
        }
    }
}

fn names(path: &Dotted) -> Vec<String> {
    path.steps.iter().map(|step| step.name.value.clone()).collect()
}
