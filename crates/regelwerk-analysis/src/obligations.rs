//! Terms: what opens them, what ends them, and how long they are.

use regelwerk_diag::{Diagnostic, Span};
use regelwerk_model::core::{Cond, RowSource};
use regelwerk_model::{Course, Ending, Moment, TermExample, TermPart, Within};
use regelwerk_syntax::ast::{
    self, Block, BlockKind, Clause, DossierClause, Length, Line, Over, Party, Place, PlaceOrList,
    Range, RowElement, Spanned, TermClause, Word,
};

use crate::calendars::number_of_days;
use crate::codes::{
    BAD_EXAMPLE, DUPLICATE, MISSING_CLAUSE, PARAMETER, STRUCTURE, UNKNOWN_LIST, UNTESTED,
};
use crate::collect::{Declarations, single};
use crate::condition::condition;
use crate::demands::demands;
use crate::intervals;
use crate::paths::Scope;
use crate::ranges::{bind, select};
use crate::rows::Book;
use crate::sink::Sink;
use crate::terms::date;
use crate::vocabulary::Vocabulary;

/// Days in a week.
const WEEK: u16 = 7;

/// The places of a term and of its parts, each with the `geldig:` that it stands under.
pub(crate) fn places(
    block: &Block,
) -> impl Iterator<Item = (&[PlaceOrList], Option<&ast::Interval>)> {
    texts(block).into_iter().flat_map(|text| {
        let parts = text.lines.iter().flat_map(|line| std::iter::once(line).chain(&line.body));
        parts.filter_map(move |line| Some((places_of(&line.clause)?, text.valid)))
    })
}

/// A text of a term: all of it, or what stands under one `geldig:`.
struct Text<'a> {
    valid: Option<&'a ast::Interval>,
    lines: &'a [Line],
    span: Span,
}

fn texts(block: &Block) -> Vec<Text<'_>> {
    let dated = block.lines.iter().filter_map(|line| match &line.clause {
        Clause::Valid(valid) => {
            Some(Text { valid: Some(valid), lines: &line.body, span: line.span })
        }
        _ => None,
    });
    let dated: Vec<_> = dated.collect();
    match dated.is_empty() {
        true => vec![Text { valid: None, lines: &block.lines, span: block.id.span }],
        false => dated,
    }
}

fn places_of(clause: &Clause) -> Option<&[PlaceOrList]> {
    match clause {
        Clause::Places(places) => Some(places),
        _ => None,
    }
}

/// What terms are lowered against.
pub(crate) struct Reader<'a> {
    pub(crate) declarations: &'a Declarations<'a>,
    pub(crate) book: &'a Book<'a>,
    pub(crate) words: &'a Vocabulary,
}

/// The clauses of a part, with the place to point at where one lacks.
struct Part<'a> {
    label: &'a str,
    lines: &'a [Line],
    head: Span,
    /// The clause `deel` itself.
    named: Option<Span>,
}

impl Reader<'_> {
    /// The parts of a term, of each of its texts; without parts a text is one itself.
    pub(crate) fn parts(&self, block: &Block, sink: &mut Sink) -> Vec<TermPart> {
        let texts = texts(block);
        if texts.iter().any(|text| text.valid.is_some()) {
            check_undated(&block.lines, sink);
        }
        let (mut parts, mut earlier) = (Vec::new(), Vec::new());
        for text in texts {
            let interval = match text.valid {
                None => None,
                valid => {
                    let Some(found) = intervals::resolve(valid, self.book.releases, sink) else {
                        continue;
                    };
                    intervals::check_beside(&mut earlier, found, text.span, sink);
                    Some(found)
                }
            };
            let own = self.parts_of(&text, sink);
            parts.extend(own.into_iter().map(|part| TermPart { interval, ..part }));
        }
        parts
    }

    fn parts_of(&self, text: &Text<'_>, sink: &mut Sink) -> Vec<TermPart> {
        let mut named: Vec<Part<'_>> = Vec::new();
        for line in text.lines {
            let Clause::Term(TermClause::Part(label)) = &line.clause else { continue };
            if named.iter().any(|one| one.label == label.value) {
                let title = format!("deel \"{}\" is er al", label.value);
                sink.push(
                    Diagnostic::error(DUPLICATE, title, label.span)
                        .help("geef elk deel een eigen naam"),
                );
            }
            check_nested(&line.body, sink);
            let (lines, head) = (line.body.as_slice(), label.span);
            named.push(Part { label: &label.value, lines, head, named: Some(line.span) });
        }
        if named.is_empty() {
            named.push(Part { label: "", lines: text.lines, head: text.span, named: None });
        } else {
            check_outside(text.lines, sink);
        }
        named.iter().filter_map(|part| self.part(part, sink)).collect()
    }

    fn part(&self, part: &Part<'_>, sink: &mut Sink) -> Option<TermPart> {
        let places = part.needed("voor:", sink, places_of);
        let begins = part.needed(
            "begint:",
            sink,
            term(|clause| match clause {
                TermClause::Begins(term) => Some(term),
                _ => None,
            }),
        );
        let endings = part.needed(
            "eindigt:",
            sink,
            term(|clause| match clause {
                TermClause::Ends(endings) => Some(endings.as_slice()),
                _ => None,
            }),
        );
        let due = single(
            part.lines,
            sink,
            term(|clause| match clause {
                TermClause::Due(day) => Some(day),
                _ => None,
            }),
        );
        let within = self.length(part, due.is_some(), sink);
        let by = part.needed(
            "door:",
            sink,
            term(|clause| match clause {
                TermClause::By(party) => Some(*party),
                _ => None,
            }),
        );
        let provided = single(part.lines, sink, |clause| match clause {
            Clause::Dossier(DossierClause::Provided(cond)) => Some(cond),
            _ => None,
        });
        let examples = part.examples(due.is_some(), sink);
        let (begins, endings, by) = (begins?, endings?, by?);
        let said = Said { lines: part.lines, provided, begins, due, endings, by };
        let mut courses = Vec::new();
        for place in self.words.places(places?, sink)? {
            courses.extend(self.course(&place, &said, sink));
        }
        let is_void = |line: &Line| matches!(line.clause, Clause::Term(TermClause::CountsRejected));
        Some(TermPart {
            label: part.label.to_owned(),
            interval: None,
            courses,
            counts_void: part.lines.iter().any(is_void),
            within: within?,
            examples,
            demands: part.named.into_iter().chain(demands(part.lines)).collect(),
        })
    }

    /// How long a part is: `binnen:`, unless it has a last day of its own.
    fn length(&self, part: &Part<'_>, has_due: bool, sink: &mut Sink) -> Option<Within> {
        let within = term(|clause| match clause {
            TermClause::Within(number, length) => Some((number, length)),
            _ => None,
        });
        if !has_due {
            let (number, length) = part.needed("binnen:", sink, within)?;
            return self.within(number, length, sink);
        }
        if single(part.lines, sink, within).is_some() {
            sink.push(
                Diagnostic::error(
                    STRUCTURE,
                    "`binnen:` en `uiterlijk:` zeggen hetzelfde",
                    part.head,
                )
                .help("laat een van beide weg"),
            );
        }
        Some(Within::Until)
    }

    fn within(&self, number: &Spanned<u64>, length: &Length, sink: &mut Sink) -> Option<Within> {
        let count = number_of_days(number, sink)?;
        Some(match length {
            Length::Days => Within::Days(count),
            Length::Weeks => Within::Days(count.saturating_mul(WEEK)),
            Length::Months => Within::Months(count),
            Length::WorkingDays(calendar) => {
                if self.declarations.get(BlockKind::Calendar, &calendar.value).is_none() {
                    let known = self.declarations.ids(BlockKind::Calendar);
                    sink.unknown(UNKNOWN_LIST, "kalender", calendar, known);
                    return None;
                }
                Within::WorkingDays(count, calendar.value.clone())
            }
        })
    }

    /// The course of a term from one place of `voor:`.
    fn course(&self, place: &Place, said: &Said<'_>, sink: &mut Sink) -> Option<Course> {
        if let Some(binding) = place.bindings.first() {
            sink.push(
                Diagnostic::error(
                    PARAMETER,
                    "een termijn heeft geen namen voor elementen",
                    binding.name.span,
                )
                .help("schrijf een termijn met `deel` voor elke plek waar ze anders heten"),
            );
            return None;
        }
        let (message, element) = (place.message.clone(), place.element.clone());
        let source = self.book.earlier(&RowElement { message, element }, sink)?;
        let scope = Scope::of_row(self.book, self.words, RowSource::Earlier(source), None);
        let mut scope = scope.ahead();
        let mut binds = Vec::new();
        for line in said.lines {
            let Clause::Bind(range, cond) = &line.clause else { continue };
            let (range, cond, inner) = bind(range, cond.as_ref(), &scope, sink)?;
            binds.push((range, cond));
            scope = inner;
        }
        let cond = said.provided.map_or(Some(Cond::True), |cond| condition(cond, &scope, sink));
        let begins = date(said.begins, &scope, sink);
        let due = match said.due {
            Some(due) => Some(date(due, &scope, sink)?),
            None => None,
        };
        let endings = said.endings.iter().map(|one| self.ending(one, place, &scope, sink));
        let endings: Vec<_> = endings.collect();
        let endings = endings.into_iter().collect::<Option<_>>()?;
        let by = self.role(source, said.by)?;
        Some(Course { source, binds, cond: cond?, begins: begins?, due, endings, by })
    }

    fn ending(
        &self,
        ending: &Spanned<ast::Ending>,
        place: &Place,
        scope: &Scope<'_>,
        sink: &mut Sink,
    ) -> Option<Ending> {
        let range = |over| Range {
            over,
            same_part: None,
            counts_void: None,
            valid_on: None,
            name: None,
            span: ending.span,
        };
        match &ending.value {
            ast::Ending::Itself => Some(Ending::Itself),
            ast::Ending::Answer => {
                self.check_answered(&place.message, ending.span, sink)?;
                Some(Ending::Answer)
            }
            ast::Ending::Message(moment, element, cond) => {
                let range = range(Over::Later(element.clone()));
                let (range, cond, _) = select(&range, cond.as_ref(), scope, sink)?;
                let moment = match moment {
                    ast::EndDay::Sent => Moment::Sent,
                    ast::EndDay::Received => Moment::Received,
                };
                Some(Ending::Row(moment, range, Box::new(cond)))
            }
            ast::Ending::Fact(name, cond) => {
                self.check_fact(name, sink)?;
                let range = range(Over::Named(name.clone()));
                let (range, cond, _) = select(&range, cond.as_ref(), scope, sink)?;
                Some(Ending::Row(Moment::Told, range, Box::new(cond)))
            }
        }
    }

    /// A message without a reply has no answer that could end anything.
    fn check_answered(&self, message: &Word, span: Span, sink: &mut Sink) -> Option<()> {
        let is_answered = self.book.read(|all| {
            let mut answers = all.filings.iter().filter_map(|one| one.answers.as_ref());
            answers.any(|answer| answer.message == message.value)
        });
        if !is_answered {
            let title = format!("op {} komt geen antwoord", message.value);
            sink.push(
                Diagnostic::error(STRUCTURE, title, span)
                    .help("een blok `antwoord` zegt met `op:` welk bericht antwoord geeft"),
            );
        }
        is_answered.then_some(())
    }

    /// What is told of has a day; a view has none.
    fn check_fact(&self, name: &Word, sink: &mut Sink) -> Option<()> {
        if matches!(self.book.named(&name.value), Some(RowSource::Fact(_))) {
            return Some(());
        }
        let blocks = [BlockKind::Fact, BlockKind::Question].into_iter();
        let known = blocks.flat_map(|kind| self.declarations.of(kind));
        let known = known.map(|block| block.id.value.as_str());
        sink.unknown(UNKNOWN_LIST, "feit of vraag", name, known);
        None
    }

    /// The role of a party to the message of a source, as its newest release has it.
    fn role(&self, source: usize, by: Party) -> Option<String> {
        let place = self.book.read(|all| all.sources.get(source)?.places.last().copied())?;
        let (_, message) = self.book.message(place)?;
        Some(match by {
            Party::Sender => message.sender.clone(),
            Party::Receiver => message.receiver.clone(),
        })
    }
}

/// What a part says, the same for each of its places.
struct Said<'a> {
    lines: &'a [Line],
    provided: Option<&'a ast::Cond>,
    begins: &'a ast::Term,
    due: Option<&'a ast::Term>,
    endings: &'a [Spanned<ast::Ending>],
    by: Party,
}

impl<'a> Part<'a> {
    /// The only clause that `pick` picks; its absence is reported.
    fn needed<T>(
        &self,
        keyword: &str,
        sink: &mut Sink,
        pick: impl Fn(&'a Clause) -> Option<T>,
    ) -> Option<T> {
        let found = single(self.lines, sink, pick);
        if found.is_none() && self.is_whole() {
            let title = format!("deze termijn heeft geen `{keyword}`");
            sink.push(
                Diagnostic::error(MISSING_CLAUSE, title, self.head)
                    .help(format!("voeg een regel `{keyword}` toe")),
            );
        }
        found
    }

    /// Whether all its clauses could be read; what seems to be missing may stand in another.
    fn is_whole(&self) -> bool {
        self.lines.iter().all(|line| line.clause != Clause::Invalid)
    }

    /// The examples of a length. A last day of its own depends on the message, so that only a
    /// scenario can show it.
    fn examples(&self, has_due: bool, sink: &mut Sink) -> Vec<TermExample> {
        let example = |line: &Line| match &line.clause {
            Clause::Term(TermClause::Example(begins, due)) => {
                Some(TermExample { begins: begins.value, due: due.value, span: line.span })
            }
            _ => None,
        };
        let examples: Vec<_> = self.lines.iter().filter_map(example).collect();
        if has_due && !examples.is_empty() {
            sink.push(
                Diagnostic::error(
                    BAD_EXAMPLE,
                    "de laatste dag hangt hier van het bericht af",
                    self.head,
                )
                .help("laat hem zien in een scenario: `verwacht termijn … uiterlijk …`"),
            );
        }
        if examples.is_empty() && !has_due && self.is_whole() {
            sink.push(
                Diagnostic::warning(UNTESTED, "deze termijn heeft geen `voorbeeld:`", self.head)
                    .help("voeg toe: `voorbeeld: begin 02-04-2026 dan uiterlijk 09-04-2026`"),
            );
        }
        examples
    }
}

/// Picks from the clauses of a term.
fn term<'a, T>(pick: impl Fn(&'a TermClause) -> Option<T>) -> impl Fn(&'a Clause) -> Option<T> {
    move |clause| match clause {
        Clause::Term(clause) => pick(clause),
        _ => None,
    }
}

/// What each part says for itself.
fn is_of_part(clause: &Clause) -> bool {
    !matches!(
        clause,
        Clause::Source(_)
            | Clause::Reading(_)
            | Clause::Deviation(_)
            | Clause::Waiver(_)
            | Clause::See(_)
            | Clause::Replaces(_)
            | Clause::Norms(_)
            | Clause::Term(TermClause::Part(_))
            | Clause::Invalid
    )
}

/// Beside parts nothing may be said that belongs to one.
fn check_outside(lines: &[Line], sink: &mut Sink) {
    for line in lines.iter().filter(|line| is_of_part(&line.clause)) {
        sink.push(
            Diagnostic::error(STRUCTURE, "dit staat buiten elk `deel`", line.span)
                .help("spring het in onder het deel waar het bij hoort"),
        );
    }
}

/// Beside dated texts nothing may be said without a date.
fn check_undated(lines: &[Line], sink: &mut Sink) {
    let is_part =
        |clause: &Clause| is_of_part(clause) || matches!(clause, Clause::Term(TermClause::Part(_)));
    let is_out = |line: &&Line| is_part(&line.clause) && !matches!(line.clause, Clause::Valid(_));
    for line in lines.iter().filter(is_out) {
        intervals::undated(line.span, sink);
    }
}

/// A part has no sources, readings or parts of its own.
fn check_nested(lines: &[Line], sink: &mut Sink) {
    let is_own = |line: &&Line| is_of_part(&line.clause) || line.clause == Clause::Invalid;
    for line in lines.iter().filter(|line| !is_own(line)) {
        let (title, help) = match line.clause {
            Clause::Term(TermClause::Part(_)) => (
                "een deel heeft zelf geen delen",
                "laat het op gelijke hoogte beginnen met het deel erboven",
            ),
            _ => ("dit hoort bij de termijn, niet bij een deel", "zet het boven het eerste `deel`"),
        };
        sink.push(Diagnostic::error(STRUCTURE, title, line.span).help(help));
    }
}
