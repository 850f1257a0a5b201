//! The block `dossier`: how each message of each release is filed.

use regelwerk_diag::Diagnostic;
use regelwerk_model::dossier::{Answers, Carried, Filing};
use regelwerk_model::{Base, Content, Message, NodeId, Release};
use regelwerk_syntax::ast::{Block, BlockKind, DossierClause, Dotted, Word};

use crate::codes::{DUPLICATE, KIND, STRUCTURE, UNKNOWN_ELEMENT, UNKNOWN_MESSAGE};
use crate::collect::{Declarations, required, single};
use crate::dossier::clause;
use crate::messages::follow;
use crate::paths::repeated;
use crate::places;
use crate::sink::Sink;

/// What a block `dossier` says, with nothing resolved.
struct Said<'a> {
    parties: &'a [Dotted; 2],
    reversed: &'a [Word],
    part: Option<&'a Dotted>,
    mark: &'a [Dotted],
    sent: &'a [Dotted],
    names: &'a [Dotted],
    names_day: &'a [Dotted],
}

/// What messages of a scenario take over from each other, as the block `dossier` says it.
pub(crate) fn carried(
    declarations: &Declarations<'_>,
    releases: &[Release],
    sink: &mut Sink,
) -> Vec<Carried> {
    let Some(block) = declarations.of(BlockKind::Dossier).next() else { return Vec::new() };
    let carried = optional(block, sink, |clause| match clause {
        DossierClause::Carried(carried) => Some(carried.as_slice()),
        _ => None,
    });
    let carried = carried.unwrap_or_default();
    let messages: Vec<_> = releases.iter().flat_map(|release| &release.messages).collect();
    let is_value = |message: &Message, id: &NodeId| {
        matches!(message.node(*id).map(|node| &node.content), Some(Content::Value(..)))
    };
    for end in carried.iter().flat_map(|one| one.ends.iter().chain(&one.takers)) {
        let has = |message: &&Message| {
            places::elements(message, end).iter().any(|id| is_value(message, id))
        };
        if !messages.iter().any(has) {
            let title = "geen bericht heeft een waarde aan het einde van dit pad";
            sink.push(
                Diagnostic::error(UNKNOWN_ELEMENT, title, end.span)
                    .help("noem het einde van een pad, zoals `StartProduct.Begindatum`"),
            );
        }
    }
    let names = |end: &Dotted| end.steps.iter().map(|step| step.name.value.clone()).collect();
    let carried = carried.iter().map(|one| Carried {
        ends: one.ends.iter().map(names).collect(),
        takers: one.takers.iter().map(names).collect(),
        is_sent: one.is_sent,
    });
    carried.collect()
}

/// How messages are filed; nothing where a standard has no block `dossier`, and `None` where it could
/// not be read.
pub(crate) fn filings(
    declarations: &Declarations<'_>,
    releases: &[Release],
    sink: &mut Sink,
) -> Option<Vec<Filing>> {
    let mut blocks = declarations.of(BlockKind::Dossier);
    let Some(block) = blocks.next() else { return Some(Vec::new()) };
    for second in blocks {
        sink.push(
            Diagnostic::error(DUPLICATE, "een standaard heeft één blok `dossier`", second.id.span)
                .related(block.id.span, "hier staat het eerste")
                .help("voeg ze samen"),
        );
    }
    let said = read(block, sink)?;
    said.check_known(releases, sink);
    let mut filings = Vec::new();
    for (release, one) in releases.iter().enumerate() {
        for (message, _) in one.messages.iter().enumerate() {
            filings.extend(said.filing(block, (release, one), message, sink));
        }
    }
    sink.is_sound(block.span).then_some(filings)
}

fn read<'a>(block: &'a Block, sink: &mut Sink) -> Option<Said<'a>> {
    let parties = required(
        block,
        "partijen:",
        sink,
        clause(|clause| match clause {
            DossierClause::Parties(paths) => Some(paths),
            _ => None,
        }),
    );
    let mark = required(
        block,
        "kenmerk:",
        sink,
        clause(|clause| match clause {
            DossierClause::Mark(paths) => Some(paths.as_slice()),
            _ => None,
        }),
    );
    let sent = required(
        block,
        "verzonden:",
        sink,
        clause(|clause| match clause {
            DossierClause::Sent(paths) => Some(paths.as_slice()),
            _ => None,
        }),
    );
    let part = optional(block, sink, |clause| match clause {
        DossierClause::Part(path) => Some(path),
        _ => None,
    });
    let reversed = optional(block, sink, |clause| match clause {
        DossierClause::Reversed(names) => Some(names.as_slice()),
        _ => None,
    });
    let names = optional(block, sink, |clause| match clause {
        DossierClause::Names(paths) => Some(paths.as_slice()),
        _ => None,
    });
    let names_day = optional(block, sink, |clause| match clause {
        DossierClause::NamesDay(paths) => Some(paths.as_slice()),
        _ => None,
    });
    let (reversed, names) = (reversed.unwrap_or_default(), names.unwrap_or_default());
    let names_day = names_day.unwrap_or_default();
    Some(Said { parties: parties?, reversed, part, mark: mark?, sent: sent?, names, names_day })
}

fn optional<'a, T>(
    block: &'a Block,
    sink: &mut Sink,
    pick: impl Fn(&'a DossierClause) -> Option<T>,
) -> Option<T> {
    single(&block.lines, sink, clause(pick))
}

impl Said<'_> {
    /// Every message and every path that is named is there, in some release.
    fn check_known(&self, releases: &[Release], sink: &mut Sink) {
        let messages: Vec<_> = releases.iter().flat_map(|release| &release.messages).collect();
        for name in self.reversed {
            if !messages.iter().any(|message| message.name == name.value) {
                let known = messages.iter().map(|message| message.name.as_str());
                sink.unknown(UNKNOWN_MESSAGE, "bericht", name, known);
            }
        }
        let own = self.parties.iter().chain(self.mark).chain(self.sent);
        for path in own.chain(self.names).chain(self.names_day) {
            let has = |message: &&&Message| end(path, message).is_some();
            if messages.iter().find(has).is_none()
                && let Some(message) = messages.last()
            {
                follow(path, message, NodeId(0), sink);
            }
        }
        let has_part =
            |part: &Dotted| messages.iter().any(|one| !places::elements(one, part).is_empty());
        if let Some(part) = self.part.filter(|part| !has_part(part))
            && let Some(message) = messages.last()
        {
            places::no_such_element(message, part, sink);
        }
    }

    /// How a message is filed, if it tells who sent it or who gets it. One of a release of which
    /// little is known may lack what it takes.
    fn filing(
        &self,
        block: &Block,
        (at, release): (usize, &Release),
        index: usize,
        sink: &mut Sink,
    ) -> Option<Filing> {
        let message = release.messages.get(index)?;
        if self.parties.iter().all(|path| end(path, message).is_none()) {
            return None;
        }
        let has =
            |what, paths, sink: &mut Sink| first(what, paths, block, (release, message), sink);
        let [sender, receiver] = self.parties;
        let sender = has("afzender", std::slice::from_ref(sender), sink);
        let receiver = has("ontvanger", std::slice::from_ref(receiver), sink);
        let mark = has("kenmerk", self.mark, sink);
        let sent = has("dag van verzending", self.sent, sink);
        let asked = asked(block, release, index, sink);
        let named = asked.and_then(|_| has("kenmerk van wat het beantwoordt", self.names, sink));
        let named_day = self.names_day.iter().find(|path| end(path, message).is_some());
        let named_day = named_day.filter(|_| asked.is_some());
        let all = [sender?, receiver?, mark?, sent?].into_iter().chain(named).chain(named_day);
        for path in all {
            once(path, message, sink)?;
        }
        for day in [sent?].into_iter().chain(named_day) {
            is_date(day, message, release, sink)?;
        }
        Some(Filing {
            release: at,
            message: index,
            parties: [names(sender?), names(receiver?)],
            is_reversed: self.reversed.iter().any(|name| name.value == message.name),
            part: self.part.map_or_else(Vec::new, |part| places::elements(message, part)),
            mark: names(mark?),
            sent: names(sent?),
            answers: asked.zip(named).map(|(asked, named)| Answers {
                message: asked.name.clone(),
                mark: names(named),
                sent: named_day.map(names),
            }),
        })
    }
}

/// The first of these paths that a message has.
fn first<'d>(
    what: &str,
    paths: &'d [Dotted],
    block: &Block,
    (release, message): (&Release, &Message),
    sink: &mut Sink,
) -> Option<&'d Dotted> {
    let found = paths.iter().find(|path| end(path, message).is_some());
    if found.is_none() && release.is_complete {
        let title = format!("{} van release {} heeft geen {what}", message.name, release.name);
        sink.push(
            Diagnostic::error(STRUCTURE, title, block.id.span)
                .help("noem in het blok `dossier` ook waar dit bericht dat heeft"),
        );
    }
    found
}

/// The message that a message answers, if it is a reply.
fn asked<'r>(
    block: &Block,
    release: &'r Release,
    reply: usize,
    sink: &mut Sink,
) -> Option<&'r Message> {
    let mut asked = release.replies.iter().filter(|one| one.with == reply);
    let first = release.messages.get(asked.next()?.to);
    if asked.next().is_some()
        && let Some(reply) = release.messages.get(reply)
    {
        let title = format!("{} beantwoordt meer dan een soort bericht", reply.name);
        sink.push(
            Diagnostic::error(STRUCTURE, title, block.id.span)
                .help("in een dossier hoort bij elk soort bericht een eigen antwoord"),
        );
    }
    first
}

/// The element at a path from below the root.
fn end(path: &Dotted, message: &Message) -> Option<NodeId> {
    let mut steps = path.steps.iter();
    steps.try_fold(NodeId(0), |at, step| message.child(at, &step.name.value))
}

fn names(path: &Dotted) -> Vec<String> {
    path.steps.iter().map(|step| step.name.value.clone()).collect()
}

/// Nothing on the way may be repeated, and at the end there is a value.
fn once(path: &Dotted, message: &Message, sink: &mut Sink) -> Option<()> {
    let mut at = NodeId(0);
    for step in &path.steps {
        at = message.child(at, &step.name.value)?;
        if message.node(at)?.max > 1 {
            sink.push(repeated(&step.name));
            return None;
        }
    }
    if matches!(message.node(at)?.content, Content::Value(..)) {
        return Some(());
    }
    let title = format!("`{}` heeft elementen, geen waarde", names(path).join("."));
    sink.fault(KIND, title, path.span, "noem een element erin dat een waarde heeft");
    None
}

fn is_date(path: &Dotted, message: &Message, release: &Release, sink: &mut Sink) -> Option<()> {
    let Content::Value(simple, _) = &message.node(end(path, message)?)?.content else {
        return None;
    };
    if release.types.get(*simple)?.base == Base::Date {
        return Some(());
    }
    let title = format!("`{}` is geen datum", names(path).join("."));
    sink.fault(KIND, title, path.span, "noem het element met de dag van verzending");
    None
}
