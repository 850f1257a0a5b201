//! The syntax tree: what a rule file says, with places, comments and nothing resolved.

use chrono::{NaiveDate, NaiveTime};
use regelwerk_diag::{SourceId, Span};

mod reply;

pub use reply::{Case, Classes, Filling, Given, ReplyClause, Signs, Targets};

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
    /// Its blocks, in order.
    pub blocks: Vec<Block>,
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
    /// `zie:`
    See(Vec<Word>),
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
    /// `- … verplicht vullen` and the like.
    Requirement(Vec<PathExpr>, Spanned<Demand>),
    /// `voorbeeld goed:` (true) or `voorbeeld fout:`
    Example(bool, Example),
    /// `niet machinaal:`
    NotByMachine(Word),
    /// `nog niet uitgewerkt`
    NotYet,
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
    /// `voorbeeld:` of a type.
    Sample(Spanned<Literal>),
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
    /// `peildatum:`
    AsOf(Spanned<NaiveDate>),
    /// `kolommen:`
    Columns(Vec<Word>),
    /// `sleutel:` of a table.
    TableKey(Vec<Word>),
    /// `rij:`
    Row(Vec<Spanned<Literal>>),
    /// `bestand:`
    DataFile(Word),
    /// `controle:`
    Control(Spanned<u64>, Control),
    /// `onder:` of a scenario.
    Under(Word),
    /// `bericht:` of a scenario: message, release, changes.
    ScenarioMessage(Word, Option<Word>, Vec<Assignment>),
    /// `verwacht:`; no codes is `goedgekeurd`.
    Expectation(Vec<Expected>),
    /// A clause of `antwoord`.
    Reply(ReplyClause),
    /// A clause that could not be read; a diagnostic says why.
    Invalid,
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

/// `CD041 bij ToegewezenProduct/Omvang`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Expected {
    /// The rule.
    pub rule: Word,
    /// The end of the path of the finding.
    pub path: Option<Word>,
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

/// Names joined by dots, each possibly with an index.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dotted {
    /// The names.
    pub steps: Vec<Step>,
    /// The whole.
    pub span: Span,
}

/// A name in a path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// The name.
    pub name: Word,
    /// `[2]`
    pub index: Option<Spanned<u64>>,
}

/// A path in a condition: `Product.Code`, `dit Product.Code`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PathExpr {
    /// Written with `dit`: from the element that the rule is judged at.
    pub this: bool,
    /// The names.
    pub dotted: Dotted,
}

/// A condition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cond {
    /// `… gevuld` (true) or `… leeg`
    Filled(Term, bool),
    /// `… = …` and the like.
    Compare(Box<Term>, Spanned<Op>, Box<Term>),
    /// `… een van …` (true) or `… geen van …`
    OneOf(Box<Term>, Vec<Term>, bool),
    /// `… een van lijst …` (true) or `… geen van lijst …`
    OneOfList(Box<Term>, Word, bool),
    /// `… staat in tabel …` (true) or `… niet staat in tabel …`; table and column.
    InTable(Box<Term>, Spanned<(String, String)>, bool),
    /// `… volgens …`
    Check(Box<Term>, Spanned<Check>),
    /// `periode … t/m … overlapt periode … t/m …`
    Overlap(Box<[PathExpr; 4]>),
    /// `niet …`
    Not(Box<Self>),
    /// `… en …` (true) or `… of …`
    Junction(bool, Vec<Self>),
    /// `er is een …` (true) or `er is geen …`
    Exists(bool, Range, Option<Box<Self>>),
    /// `voor elke … geldt …`
    Every(PathExpr, Box<Self>),
}

/// What a quantifier ranges over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Range {
    /// The elements at a path.
    Path(PathExpr),
    /// `ander X binnen Y`
    Other {
        /// The element, which must be the one that the rule is judged at.
        element: Word,
        /// The element within which others count.
        within: Word,
    },
}

/// A comparison.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Op {
    /// `=`
    Eq,
    /// `<>`
    Ne,
    /// `op of na` of dates, `minstens` of numbers.
    Ge(Order),
    /// `op of voor`, `hoogstens`
    Le(Order),
    /// `na`, `groter dan`
    Gt(Order),
    /// `voor`, `kleiner dan`
    Lt(Order),
}

/// Whether the words of a comparison speak of dates or of numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Order {
    /// Dates.
    Dates,
    /// Numbers.
    Numbers,
}

/// `elfproef`, `patroon "…"`
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Check {
    /// The eleven-proof of a BSN.
    ElevenProof,
    /// The whole value matches.
    Pattern(Word),
}

/// A value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Term {
    /// An element.
    Path(PathExpr),
    /// A value as written.
    Literal(Spanned<Literal>),
    /// `1 jaar`
    Duration(Spanned<(u64, Unit)>),
    /// `aantal X met (…)`
    Count(PathExpr, Option<Box<Cond>>, Span),
    /// `som van T over X met (…)`
    Sum(Box<Self>, PathExpr, Option<Box<Cond>>, Span),
    /// `maand van T`
    Part(Unit, Box<Self>, Span),
    /// `eerste dag van de maand van T` (true), `laatste …`
    MonthEdge(bool, Box<Self>, Span),
    /// `T + T` (true), `T - T`
    Sum2(Box<Self>, bool, Box<Self>, Span),
}

impl Term {
    /// Where it stands.
    #[must_use]
    pub fn span(&self) -> Span {
        match self {
            Self::Path(path) => path.dotted.span,
            Self::Literal(literal) => literal.span,
            Self::Duration(duration) => duration.span,
            Self::Count(_, _, span)
            | Self::Sum(_, _, _, span)
            | Self::Part(_, _, span)
            | Self::MonthEdge(_, _, span)
            | Self::Sum2(_, _, _, span) => *span,
        }
    }
}

/// Units of time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    /// `dag`
    Day,
    /// `maand`
    Month,
    /// `jaar`
    Year,
}

/// A value as written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Literal {
    /// `31-12-2020`
    Date(NaiveDate),
    /// `12:34:56`
    Time(NaiveTime),
    /// `"NL"`
    Text(String),
    /// `04`, `45A04`, `1.0.0`: text or number, as its element says.
    Code(String),
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

/// `soort:`
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BaseKind {
    /// `tekst`
    Text,
    /// `geheel getal`
    Integer,
    /// `datum`
    Date,
    /// `tijd`
    Time,
}

/// A facet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Facet {
    /// `minstens 0`; true for `tekens`
    AtLeast(u64, bool),
    /// `hoogstens 99`; true for `tekens`
    AtMost(u64, bool),
    /// `patroon "…"`
    Pattern(Word),
    /// `codelijst Eenheid`
    CodeList(Word),
}

/// A facet with the rule that stands for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FacetUse {
    /// The facet.
    pub facet: Spanned<Facet>,
    /// `[RS037]`
    pub rule: Option<Word>,
    /// When it holds.
    pub interval: Option<Interval>,
}

/// How often an element occurs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cardinality {
    /// Exactly once.
    One,
    /// `optioneel`
    Optional,
    /// `een of meer`
    Many,
    /// `nul of meer`
    Any,
}

/// An element of a group or a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Element {
    /// Its name.
    pub name: Word,
    /// Its type or group.
    pub of: Option<Word>,
    /// How often.
    pub cardinality: Cardinality,
    /// Facets at this place.
    pub facets: Vec<FacetUse>,
    /// Its key elements.
    pub key: Vec<Dotted>,
    /// When it is there.
    pub interval: Option<Interval>,
}
