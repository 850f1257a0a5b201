//! The syntax tree: what a rule file says, with places, comments and nothing resolved.

use chrono::NaiveDate;
use regelwerk_diag::{SourceId, Span};

mod calendar;
mod condition;
mod dossier;
mod element;
mod obligation;
mod process;
mod reply;
mod scenario;

pub use calendar::{CalendarClause, DayCount, Holiday, HolidayDay, Moved};
pub use condition::{
    Check, Cond, Counted, Dotted, Literal, Op, Order, Over, PathExpr, Range, Rounding, Step, Term,
    Unit,
};
pub use dossier::{CarriedPaths, DossierClause, RowElement, RowKey};
pub use element::{BaseKind, Cardinality, Element, Facet, FacetUse};
pub use obligation::{EndDay, Ending, Length, Party, TermClause};
pub use process::{Course, Event, EventMoment, Never, ProcessClause, State, StateMark, Transition};
pub use reply::{Case, Classes, Filling, Given, ReplyClause, Signs, Targets};
pub use scenario::{
    Expected, Moment, Outcome, ScenarioClause, Sending, Standing, StateIs, Telling, TermIs, Told,
};

/// Something with its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spanned<T> {
    /// The thing.
    pub value: T,
    /// Where it stands.
    pub span: Span,
}

/// A word or a text with its place.
pub type Word = Spanned<String>;

/// One file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct File {
    /// Which file.
    pub source: SourceId,
    /// Its blocks, in order. One whose header could be read in part is there by what it is called.
    pub blocks: Vec<Block>,
    /// Every block is there; one that is not is of a kind that is not known, or has no name.
    pub is_whole: bool,
    /// Comments after the last block.
    pub comments: Vec<Word>,
}

/// The kinds of block.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum BlockKind {
    /// `standaard`
    Standard,
    /// `release`
    Release,
    /// `type`
    Type,
    /// `groep`
    Group,
    /// `codelijst`
    CodeList,
    /// `bericht`
    Message,
    /// `antwoord`
    Reply,
    /// `proces`
    Process,
    /// `lijst`
    List,
    /// `tabel`
    Table,
    /// `protocol`
    Protocol,
    /// `scenario`
    Scenario,
    /// `begrippen`
    Glossary,
    /// `dossier`
    Dossier,
    /// `voorwaarde`
    Condition,
    /// `beeld`
    View,
    /// `feit`
    Fact,
    /// `vraag`
    Question,
    /// `kalender`
    Calendar,
    /// `termijn`
    Term,
    /// `regel`
    Rule,
}

/// A block: what it declares and its clauses.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Block {
    /// Its kind.
    pub kind: BlockKind,
    /// What it is called: `CD041`.
    pub id: Word,
    /// Its title, without quotes.
    pub title: Word,
    /// Its clauses, in the order written.
    pub lines: Vec<Line>,
    /// Comments above it.
    pub comments: Vec<Word>,
    /// The comment behind its header.
    pub remark: Option<Word>,
    /// The whole block.
    pub span: Span,
}

/// A clause with its comments and what is indented under it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// What it says.
    pub clause: Clause,
    /// The clause itself, without its body.
    pub span: Span,
    /// Clauses indented under it.
    pub body: Vec<Self>,
    /// Comments above it.
    pub comments: Vec<Word>,
    /// Comments at the end of its rows.
    pub remarks: Vec<Word>,
}

/// What one clause says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Clause {
    /// `bron:`
    Source(Word),
    /// `lezing:`
    Reading(Word),
    /// `wijkt af van:`
    Deviation(Word),
    /// `ontheffing:`
    Waiver(Waiver),
    /// `zie:`
    See(Vec<Word>),
    /// `vervangt:`, of a rule: the rules of an earlier protocol that it comes in the place of.
    Replaces(Vec<Word>),
    /// `volgt:`, of a rule of a protocol: the rules of the standard by which it is judged.
    Follows(Vec<Word>),
    /// `norm:`: which norms of a protocol the block stands for.
    Norms(Vec<Word>),
    /// `normen:` of a protocol: the table of its norms.
    NormTable(Word),
    /// `geldig:`
    Valid(Interval),
    /// `niveau:`
    Level(Level),
    /// `voor:`
    Places(Vec<PlaceOrList>),
    /// `als … dan:`; `None` where the condition could not be read.
    If(Option<Cond>),
    /// `anders:`
    Else,
    /// `eis:`
    Must(Cond),
    /// `eis bij …:`, with the element that it is told at.
    MustAt(PathExpr, Cond),
    /// `stel: …`
    Let(Word, Term),
    /// `- … verplicht vullen` and the like.
    Requirement(Vec<PathExpr>, Spanned<Demand>),
    /// `voorbeeld goed:` (true) or `voorbeeld fout:`
    Example(bool, Example),
    /// `niet machinaal:`
    NotByMachine(Word),
    /// `nog niet uitgewerkt`
    NotYet,
    /// `volgorde van ontvangst`
    Order,
    /// `ernst: opmerking`
    Remark,
    /// `bij:`
    Bind(Range, Option<Cond>),
    /// `nergens:`
    Nowhere(Word),
    /// `regels:` of a release.
    Register(Word),
    /// `facet:`; `None` for `patroon per bericht`.
    Facet(Option<Spanned<Facet>>),
    /// `soort:`
    Base(Spanned<BaseKind>),
    /// `- hoogstens 9 tekens [RS015]`
    TypeFacet(FacetUse),
    /// `voorbeeld:` of a type, and the releases that it is for.
    Sample(Spanned<Literal>, Option<Interval>),
    /// `- Bsn  LDT_BurgerServicenummer`
    Element(Element),
    /// `basis:` of a message.
    BaseMessage(Vec<Assignment>),
    /// `naamruimte:`
    Namespace(Word),
    /// `basis:` of a release.
    BaseNamespace(Word),
    /// `kop:`
    Header(Vec<Assignment>),
    /// `xsd-versie:`
    SchemaVersion(Vec<Assignment>),
    /// `code:` of a release.
    CodePath(Dotted),
    /// `code:` of a message.
    MessageCode(Word),
    /// `afzender:`
    Sender(Word),
    /// `ontvanger:`
    Receiver(Word),
    /// A row of a code list.
    Code(CodeRow),
    /// A row of a glossary.
    Meaning(MeaningRow),
    /// `eenheid:`
    Unit(Word),
    /// `codes:` of a list.
    Codes(Vec<Spanned<Literal>>),
    /// `waarden:` of a fact or a question: what can be told.
    Values(Vec<Spanned<Literal>>),
    /// `vorm:`
    Forms(Vec<Spanned<Form>>),
    /// `volledigheid:`; true for `volledig`.
    Complete(bool),
    /// `standaard:` of a protocol.
    OfStandard(Word),
    /// `releases:` of a protocol.
    Releases(Vec<Word>),
    /// `herkennen:` of a protocol.
    Recognition(Vec<PlaceOrList>, Cond),
    /// `toepassing:` of a protocol.
    Application(Vec<PlaceOrList>, Cond),
    /// `peildatum:`
    AsOf(Spanned<NaiveDate>),
    /// `kolommen:`, each with its kind.
    Columns(Vec<(Word, BaseKind)>),
    /// `sleutel:` of a table.
    TableKey(Vec<Word>),
    /// `rij:`
    Row(Vec<Spanned<Literal>>),
    /// `bestand:`
    DataFile(Word),
    /// `geldig:` of a table: the columns with the first and the last day of a row.
    ValidColumns(Word, Word),
    /// `aanlevering:`
    SuppliedAs(Word),
    /// `controle:`
    Control(Spanned<u64>, Control),
    /// A clause of `antwoord`.
    Reply(ReplyClause),
    /// A clause of `dossier` or `beeld`; `mits:` of what else has it.
    Dossier(DossierClause),
    /// A clause of `proces`.
    Process(ProcessClause),
    /// A clause of `kalender`.
    Calendar(CalendarClause),
    /// A clause of `termijn`.
    Term(TermClause),
    /// A clause of `scenario`.
    Scenario(ScenarioClause),
    /// A clause that could not be read; a diagnostic says why.
    Invalid,
}

/// `ontheffing: NAAM, want REDEN`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Waiver {
    /// What need not be told.
    pub what: Waived,
    /// Why not, if that is said.
    pub reason: Option<Word>,
}

/// What a waiver is of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Waived {
    /// What the page of this name is about.
    Lint(Word),
    /// `mutant KENMERK`: a change that no test notices.
    Mutant(Word),
}

/// `niveau: 3 met retourcode 9319, beoordeeld op niveau 2`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Level {
    /// The level that is published.
    pub level: Spanned<u64>,
    /// The retourcode, if there is one.
    pub retourcode: Option<Word>,
    /// The level that it is judged with, where that is another.
    pub judged_at: Option<Spanned<u64>>,
}

/// What a `controle:` counts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Control {
    /// All rows.
    Rows,
    /// Different values in a column.
    Distinct(Word),
    /// Rows with this value in a column.
    With(Word, Spanned<Literal>),
}

/// A demand on the outer form of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// `utf-8`
    Utf8,
    /// `zonder byte-order mark`
    NoByteOrderMark,
    /// `cr/lf`
    CrLf,
    /// `hoogstens 25 MB`
    Megabytes(u64),
}

/// What `voor:` lists.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PlaceOrList {
    /// A place.
    Place(Place),
    /// The places of a list: `lijst Producten`.
    List(Word),
}

/// A row of a code list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CodeRow {
    /// The code.
    pub code: Word,
    /// What it means.
    pub meaning: Word,
    /// When it is valid.
    pub interval: Option<Interval>,
}

/// What an element means: `StartProduct.Begindatum "Eerste dag van de levering"`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MeaningRow {
    /// The names at the end of its path.
    pub path: Vec<Word>,
    /// What it means.
    pub meaning: Word,
}

/// `vanaf … t/m …`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Interval {
    /// First release or day.
    pub from: Option<Bound>,
    /// Last release or day.
    pub until: Option<Bound>,
    /// The whole.
    pub span: Span,
}

/// An end of an interval.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Bound {
    /// `release 3.2`
    Release(Word),
    /// A day.
    Date(Spanned<NaiveDate>),
}

/// `JW301 / ToegewezenProduct met begin = Ingangsdatum`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// The message.
    pub message: Word,
    /// The end of the path of the elements meant.
    pub element: Dotted,
    /// What the parameters stand for here.
    pub bindings: Vec<Binding>,
}

/// `begin = Ingangsdatum`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Binding {
    /// The parameter.
    pub name: Word,
    /// The paths it stands for; more than one only for keys.
    pub paths: Vec<Dotted>,
}

/// What a requirement demands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Demand {
    /// `verplicht vullen`
    Filled,
    /// `leeg laten`
    Empty,
    /// `mag gevuld worden`
    Allowed,
    /// `vullen met …` (true) or `niet vullen met …`
    Values(Vec<Term>, bool),
    /// `vullen met een datum op of na …`
    Ordered(Op, Order, Term),
    /// `vullen volgens …`
    Check(Check),
    /// `uniek binnen …`; true with `samen`
    Unique(Word, bool),
    /// `uniek binnen dossier`
    UniqueInDossier,
    /// `sleutel uniek`
    Key,
}

/// An example.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Example {
    /// A bare value, for a rule that stands for a facet.
    Value(Word),
    /// Fields; one list for each element side by side.
    Fields(Vec<Vec<Assignment>>),
}

/// `Product.Code 45A04`, `Product leeg`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Assignment {
    /// The element.
    pub path: Dotted,
    /// Its value; `None` is empty.
    pub value: Option<Spanned<Literal>>,
}
