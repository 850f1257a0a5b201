//! A dossier as plain data, to be kept between two runs.

use std::borrow::Cow;
use std::fmt;

use serde::{Deserialize, Serialize};

use crate::context::Context;
use crate::lang::Lang;
use crate::position::narrow;
use crate::report::Verdict;
use crate::standard::{Base, MessageKind, Source, SourceKind, Standard};
use crate::value::Date;

use super::Dossier;
use super::early::{Early, EarlyReply};
use super::ledger::Ledger;
use super::record::Record;
use super::rejection::Rejection;
use super::shelf::{NONE, RowId, Stored, UNIT};
use super::waiting::{Held, Waiting};

/// The form that this program writes and reads.
const FORMAT: u32 = 3;

/// A dossier as plain data: [`Dossier::save`] makes it, [`Dossier::restore`] reads it. What is in it
/// may change from release to release of this library. It holds personal data.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct SavedDossier<'a> {
    format: u32,
    standard: Cow<'a, str>,
    /// Releases and messages, by name; messages refer to it.
    kinds: Vec<(Cow<'a, str>, Cow<'a, str>)>,
    pairs: Vec<Cow<'a, str>>,
    parts: Vec<Cow<'a, str>>,
    messages: Vec<SavedMessage<'a>>,
    sources: Vec<SavedSource<'a>>,
    indexes: Vec<SavedIndex<'a>>,
    /// Sources and places of rows that we and the reply reject.
    rejected_by_both: Vec<(u16, u32)>,
    early: Vec<SavedReply<'a>>,
    waiting: Vec<SavedWaiting<'a>>,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
struct SavedMessage<'a> {
    kind: u32,
    pair: Option<u32>,
    is_sender_first: bool,
    mark: Cow<'a, str>,
    sent: Option<Date>,
    received: Option<Date>,
    is_accepted: bool,
    fits: bool,
    is_order_only: bool,
    answered_by: Option<u32>,
    answers: Option<u32>,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
struct SavedSource<'a> {
    name: Cow<'a, str>,
    columns: Vec<(Cow<'a, str>, Cow<'a, str>)>,
    /// Whether someone supplied it, of a table.
    is_supplied: bool,
    /// The rows, but for those that a table has of its own.
    rows: Vec<SavedRow<'a>>,
}

/// The message, the client, what made it void, the values.
type SavedRow<'a> = (Option<u32>, Option<u32>, Option<u32>, Cow<'a, str>);

/// How rows are found: the source, whether by client too, the columns. What waits refers to it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct SavedIndex<'a> {
    source: Cow<'a, str>,
    by_part: bool,
    columns: Vec<Cow<'a, str>>,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
struct SavedReply<'a> {
    message: u32,
    mark: Cow<'a, str>,
    sent: Option<Date>,
    rejection: Cow<'a, Rejection>,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
struct SavedWaiting<'a> {
    message: u32,
    text: Cow<'a, str>,
    wrong: Vec<Cow<'a, str>>,
    asked: Vec<Cow<'a, str>>,
    tries: u32,
}

/// Why a saved dossier cannot be restored.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum BadDossier {
    /// It is of another form than this program reads.
    OtherFormat,
    /// It is of another standard.
    OtherStandard {
        /// The name of its standard, at most 100 characters of it.
        standard: String,
    },
    /// It was made by rules that look up something else.
    OtherRules {
        /// What is not as it was: `JW301 / ToegewezenProduct`.
        source: String,
    },
    /// It contradicts itself.
    Damaged,
}

impl BadDossier {
    /// What is wrong, as a sentence.
    #[must_use]
    pub fn text(&self, lang: Lang) -> String {
        match self {
            Self::OtherFormat => lang
                .pick(
                    "Het bewaarde dossier heeft een andere vorm dan deze versie leest. Maak het opnieuw uit de berichten.",
                    "The saved dossier has another form than this version reads. Make it anew from the messages.",
                )
                .to_owned(),
            Self::OtherStandard { standard } => lang.pick(
                format!("Het bewaarde dossier is van de standaard {standard}. Kies die standaard."),
                format!("The saved dossier is of the standard {standard}. Choose that standard."),
            ),
            Self::OtherRules { source } => lang.pick(
                format!("De regels bewaren iets anders van {source} dan dit dossier. Maak het opnieuw uit de berichten."),
                format!("The rules keep something else of {source} than this dossier. Make it anew from the messages."),
            ),
            Self::Damaged => lang
                .pick(
                    "Het bewaarde dossier spreekt zichzelf tegen. Maak het opnieuw uit de berichten.",
                    "The saved dossier contradicts itself. Make it anew from the messages.",
                )
                .to_owned(),
        }
    }
}

/// In Dutch.
impl fmt::Display for BadDossier {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.text(Lang::Nl).fmt(f)
    }
}

impl std::error::Error for BadDossier {}

impl Dossier {
    /// The dossier as plain data, without what messages are judged by.
    #[must_use]
    pub fn save(&self) -> SavedDossier<'_> {
        let ledger = &self.ledger;
        let (mut kinds, mut messages) = (Vec::new(), Vec::new());
        for record in &ledger.messages {
            let names = record.definition(ledger.standard).map(|(release, message)| {
                (Cow::Borrowed(release.name), Cow::Borrowed(message.name))
            });
            let names = names.unwrap_or_default();
            let known = kinds.iter().position(|kind| *kind == names);
            let kind = known.unwrap_or(kinds.len());
            if known.is_none() {
                kinds.push(names);
            }
            messages.push(SavedMessage::of(record, narrow(kind)));
        }
        SavedDossier {
            format: FORMAT,
            standard: ledger.standard.name.into(),
            kinds,
            pairs: ledger.pairs.iter().map(Cow::Borrowed).collect(),
            parts: ledger.parts.iter().map(Cow::Borrowed).collect(),
            messages,
            sources: (0..)
                .zip(ledger.def().sources)
                .map(|(at, _)| ledger.save_source(at))
                .collect(),
            indexes: ledger.save_indexes(),
            rejected_by_both: ledger.rejected_by_both.iter().map(|id| (id.source, id.at)).collect(),
            early: self.early.iter().map(SavedReply::of).collect(),
            waiting: self.waiting.iter().map(SavedWaiting::of).collect(),
        }
    }

    /// The dossier that was saved, to be judged by a standard; by what else, [`Self::context`] says.
    ///
    /// # Errors
    ///
    /// When it is of another standard or of other rules, or is not what was saved.
    pub fn restore(
        standard: &'static Standard,
        saved: &SavedDossier<'_>,
    ) -> Result<Self, BadDossier> {
        if saved.format != FORMAT {
            return Err(BadDossier::OtherFormat);
        }
        if saved.standard != standard.name {
            let standard = crate::quote::quote(&saved.standard);
            return Err(BadDossier::OtherStandard { standard });
        }
        let mut ledger = Ledger::new(standard);
        ledger.same_sources(saved)?;
        ledger.same_indexes(saved)?;
        ledger.restore(saved).ok_or(BadDossier::Damaged)?;
        let waiting = ledger.restore_waiting(saved).ok_or(BadDossier::Damaged)?;
        let mut early = Early::default();
        for one in &saved.early {
            let pair = ledger.record(one.message).ok_or(BadDossier::Damaged)?.pair;
            let (mark, rejection) = ((&*one.mark).into(), one.rejection.clone().into_owned());
            early.hold(one.message, EarlyReply { pair, mark, sent: one.sent, rejection });
        }
        Ok(Self { context: Context::new(vec![standard]), ledger, waiting, early })
    }
}

fn saved(number: u32) -> Option<u32> {
    (number != NONE).then_some(number)
}

/// A number below a bound, or none; `None` where it is not below.
fn below(number: Option<u32>, bound: usize) -> Option<u32> {
    match number {
        None => Some(NONE),
        Some(number) => ((number as usize) < bound && number != NONE).then_some(number),
    }
}

impl<'a> SavedMessage<'a> {
    fn of(record: &'a Record, kind: u32) -> Self {
        Self {
            kind,
            pair: saved(record.pair),
            is_sender_first: record.is_sender_first,
            mark: (&*record.mark).into(),
            sent: record.sent,
            received: record.received,
            is_accepted: record.verdict == Verdict::Accepted,
            fits: record.fits,
            is_order_only: record.is_order_only,
            answered_by: saved(record.answered_by),
            answers: saved(record.answers),
        }
    }

    fn restore(&self, standard: &'static Standard, whole: &SavedDossier<'_>) -> Option<Record> {
        let (release, message) = whole.kinds.get(self.kind as usize)?;
        let (release, message) = MessageKind::find(standard, release, message)?.indexes();
        let messages = whole.messages.len();
        let verdict = if self.is_accepted { Verdict::Accepted } else { Verdict::Rejected };
        Some(Record {
            release,
            message,
            pair: below(self.pair, whole.pairs.len())?,
            is_sender_first: self.is_sender_first,
            mark: (&*self.mark).into(),
            sent: self.sent,
            received: self.received,
            verdict,
            fits: self.fits,
            is_order_only: self.is_order_only,
            answered_by: below(self.answered_by, messages)?,
            answers: below(self.answers, messages)?,
        })
    }
}

impl<'a> SavedReply<'a> {
    fn of((message, reply): (u32, &'a EarlyReply)) -> Self {
        let EarlyReply { mark, sent, rejection, .. } = reply;
        let rejection = Cow::Borrowed(rejection);
        Self { message, mark: (&**mark).into(), sent: *sent, rejection }
    }
}

impl<'a> SavedWaiting<'a> {
    fn of((message, held): (u32, &'a Held)) -> Self {
        Self {
            message,
            text: (&*held.text).into(),
            wrong: held.wrong.iter().map(|&code| code.into()).collect(),
            asked: held.asked.iter().map(|key| Cow::Borrowed(&**key)).collect(),
            tries: held.tries,
        }
    }

    /// A rule that is no more need not be judged again.
    fn restore(&self, standard: &'static Standard) -> Held {
        let known = |code: &Cow<'_, str>| {
            standard.rules.iter().map(|rule| rule.code).find(|known| known == code)
        };
        Held {
            text: (&*self.text).into(),
            wrong: self.wrong.iter().filter_map(known).collect(),
            asked: self.asked.iter().map(|key| (&**key).into()).collect(),
            tries: self.tries,
        }
    }
}

impl Ledger {
    fn save_indexes(&self) -> Vec<SavedIndex<'_>> {
        let def = self.def();
        let saved = def.indexes.iter().filter_map(|index| {
            let source = def.sources.get(usize::from(index.source))?;
            let columns = index.columns.iter().map(|&at| source.columns.get(usize::from(at)));
            let columns = columns.flatten().map(|column| column.name.into()).collect();
            Some(SavedIndex { source: source.name.into(), by_part: index.by_part, columns })
        });
        saved.collect()
    }

    /// That the rules find rows as they did when the dossier was saved.
    fn same_indexes(&self, saved: &SavedDossier<'_>) -> Result<(), BadDossier> {
        let own = self.save_indexes();
        let mut pairs = own.iter().zip(&saved.indexes);
        let other = match pairs.find(|(own, theirs)| own != theirs) {
            Some((own, _)) => Some(&own.source),
            None => {
                let more = own.get(saved.indexes.len()).or(saved.indexes.get(own.len()));
                more.map(|index| &index.source)
            }
        };
        other.map_or(Ok(()), |source| {
            Err(BadDossier::OtherRules { source: crate::quote::quote(source) })
        })
    }

    fn save_source(&self, number: u16) -> SavedSource<'_> {
        let source = self.def().sources.get(usize::from(number));
        let (name, columns) = source.map_or(("", &[][..]), |source| (source.name, source.columns));
        let (is_table, is_supplied) = match source.map(|source| source.kind) {
            Some(SourceKind::Table(table)) => (true, self.is_supplied(table)),
            _ => (false, false),
        };
        let rows = self.shelves.get(usize::from(number)).filter(|_| !is_table || is_supplied);
        let rows = rows.into_iter().flatten().map(|row| {
            let cells = Cow::Borrowed(&*row.cells);
            (saved(row.message), saved(row.part), saved(row.void_by), cells)
        });
        let columns = columns.iter().map(|it| (it.name.into(), base(it.base).into()));
        SavedSource {
            name: name.into(),
            columns: columns.collect(),
            is_supplied,
            rows: rows.collect(),
        }
    }

    /// That the rules keep of each source what the saved dossier does.
    fn same_sources(&self, saved: &SavedDossier<'_>) -> Result<(), BadDossier> {
        let own = (0..).zip(self.def().sources).map(|(at, _)| self.save_source(at));
        let mut theirs = saved.sources.iter();
        for own in own {
            let same =
                theirs.next().is_some_and(|it| it.name == own.name && it.columns == own.columns);
            if !same {
                return Err(BadDossier::OtherRules { source: own.name.into_owned() });
            }
        }
        match theirs.next() {
            Some(more) => Err(BadDossier::OtherRules { source: crate::quote::quote(&more.name) }),
            None => Ok(()),
        }
    }

    /// Takes in what was saved; none where it contradicts itself.
    fn restore(&mut self, saved: &SavedDossier<'_>) -> Option<()> {
        for pair in &saved.pairs {
            pair.contains(UNIT).then_some(())?;
            self.pairs.add(pair)?;
        }
        for part in &saved.parts {
            self.parts.add(part)?;
        }
        for message in &saved.messages {
            let record = message.restore(self.standard, saved)?;
            self.messages.push(record);
        }
        for position in 0..narrow(saved.messages.len()) {
            self.answers_match(position).then_some(())?;
            if self.record(position)?.fits {
                self.mark(position);
            }
        }
        for ((number, source), of) in (0..).zip(self.def().sources).zip(&saved.sources) {
            self.restore_source((number, source), of, saved)?;
        }
        for &(source, at) in &saved.rejected_by_both {
            let id = RowId { source, at };
            self.row(id)?;
            self.rejected_by_both.insert(id);
        }
        Some(())
    }

    /// Whether a message and its reply name each other, and are of kinds that go together; either
    /// may have come first.
    fn answers_match(&self, position: u32) -> bool {
        let Some(record) = self.record(position) else { return false };
        let (reply, asked) = (record.answered_by, record.answers);
        let names = |other: u32, back: fn(&Record) -> u32| {
            self.record(other).is_some_and(|other| back(other) == position)
        };
        let is_answered =
            reply == NONE || self.is_reply(reply, record) && names(reply, |reply| reply.answers);
        is_answered && (asked == NONE || names(asked, |asked| asked.answered_by))
    }

    /// The messages that wait: of each one, in order.
    fn restore_waiting(&self, saved: &SavedDossier<'_>) -> Option<Waiting> {
        let mut waiting = Waiting::default();
        let mut next = 0;
        for one in &saved.waiting {
            let is_rejected = self.record(one.message)?.verdict == Verdict::Rejected;
            (is_rejected && one.message >= next).then_some(())?;
            next = one.message + 1;
            waiting.hold(one.message, one.restore(self.standard));
        }
        Some(waiting)
    }

    fn restore_source(
        &mut self,
        (number, source): (u16, &'static Source),
        of: &SavedSource<'_>,
        saved: &SavedDossier<'_>,
    ) -> Option<()> {
        if let SourceKind::Table(table) = source.kind {
            if !of.is_supplied {
                return Some(());
            }
            *self.supplied.get_mut(usize::from(table))? = true;
            self.clear(number);
        }
        let is_question = self.is_question(source);
        let mut last = 0;
        for row in &of.rows {
            let row = self.restore_row(row, source, saved)?;
            (row.message >= last).then_some(())?;
            last = row.message;
            if is_question && !row.is_void() {
                self.restore_answer(number, &row)?;
            }
            self.put(number, row);
        }
        Some(())
    }

    fn restore_row(
        &self,
        (message, part, void_by, cells): &SavedRow<'_>,
        source: &Source,
        saved: &SavedDossier<'_>,
    ) -> Option<Stored> {
        let is_whole = cells.split(UNIT).count() == source.columns.len().max(1);
        is_whole.then_some(())?;
        let void_by = match source.kind {
            SourceKind::Message { message: name } => self.restore_void(*message, *void_by, name)?,
            // Of what is from outside it says only that it counts no more.
            _ => message.is_none().then(|| void_by.map_or(NONE, |_| 0))?,
        };
        Some(Stored {
            cells: (&**cells).into(),
            message: message.unwrap_or(NONE),
            part: below(*part, saved.parts.len())?,
            void_by,
        })
    }

    /// What made a row of a message of this name void: that message itself, or the reply to it.
    fn restore_void(&self, message: Option<u32>, by: Option<u32>, name: &str) -> Option<u32> {
        let position = message?;
        let record = self.record(position)?;
        let (_, definition) = record.definition(self.standard)?;
        (record.fits && definition.name == name).then_some(())?;
        let Some(by) = by else { return Some(NONE) };
        let is_known = by == position || by == record.answered_by && by != NONE;
        is_known.then_some(by)
    }
}

fn base(base: Base) -> &'static str {
    match base {
        Base::Text => "text",
        Base::Integer => "integer",
        Base::Date => "date",
        Base::Time => "time",
    }
}
