//! What lies over a standard and beside its rules: protocols and tables.

use chrono::NaiveDate;
use regelwerk_diag::Span;

use crate::core::{Cond, Kind, Over, Path, Range};
use crate::{NodeId, Placed, Reading, Rule, Waiver};

/// A protocol: rules that parties agree on beside a standard.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Protocol {
    /// `LTA-2019`
    pub name: String,
    /// Full name.
    pub title: String,
    /// Citation.
    pub source: String,
    /// First day that it holds.
    pub from: NaiveDate,
    /// Last day that it holds, if it has ended.
    pub until: Option<NaiveDate>,
    /// Releases that it says something of, as indices.
    pub releases: Vec<usize>,
    /// Its rules, in order of code.
    pub rules: Vec<Rule>,
    /// Where they are judged.
    pub placed: Vec<Placed>,
    /// What those are for that are not judged.
    pub stated: Vec<Placed>,
    /// By what it recognises a message as its own.
    pub recognition: Vec<Recognition>,
    /// What an element must be for its rules to apply there; where nothing is said they do.
    pub applications: Vec<Application>,
    /// What its document demands, paragraph by paragraph, in the order of the document.
    pub norms: Vec<Norm>,
    /// Its tables, in order of name.
    pub tables: Vec<Table>,
    /// Its own blocks that say how a source is read, in order of kind and name.
    pub readings: Vec<Reading>,
    /// What its own blocks say that need not be told of them, in order of kind and name.
    pub waivers: Vec<Waiver>,
    /// Its clauses that say which messages it is about, in the order written.
    pub scope: Vec<Span>,
    /// Where it stands.
    pub span: Span,
}

impl Protocol {
    /// What it asks of messages: by what it recognises them, then where it applies.
    pub fn conds(&self) -> impl Iterator<Item = &Cond> {
        let recognised = self.recognition.iter().map(|one| &one.cond);
        recognised.chain(self.applications.iter().map(|one| &one.cond))
    }
}

/// A protocol recognises a message when an element at the path is so.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recognition {
    /// The release, as an index.
    pub release: usize,
    /// The message, as an index.
    pub message: usize,
    /// The elements, from the root.
    pub list: Path,
    /// What one of them must be.
    pub cond: Cond,
    /// Where its clause stands, which may name more places.
    pub span: Span,
}

impl Recognition {
    /// Whether an element is so.
    #[must_use]
    pub fn exists(&self) -> Cond {
        let range = Range { over: Over::Path(self.list.clone()), name: None };
        Cond::Exists(range, Box::new(self.cond.clone()))
    }
}

/// `toepassing:` the rules of a protocol apply at an element, and below it, when it is so.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Application {
    /// The release, as an index.
    pub release: usize,
    /// The message, as an index.
    pub message: usize,
    /// The element.
    pub node: NodeId,
    /// What it must be.
    pub cond: Cond,
    /// Where its clause stands, which may name more elements.
    pub span: Span,
}

/// Something that the document of a protocol demands, or a paragraph that demands nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Norm {
    /// The paragraph: `2.1.2`.
    pub paragraph: String,
    /// The code by which blocks name it: `2.1.2-3`; none of a paragraph without norms.
    pub code: Option<String>,
    /// What it demands, or why the paragraph demands nothing.
    pub says: String,
    /// The blocks that stand for it, in order of kind and name.
    pub carriers: Vec<Carrier>,
}

/// A block that stands for a norm.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Carrier {
    /// The kind of block, as rule files write it: `termijn`.
    pub kind: &'static str,
    /// What it is called: `LTA-301-01`.
    pub name: String,
    /// Its title.
    pub title: String,
    /// How a rule stands for it, where that is not by its own demands: `volgt OP090`, or
    /// `niet machinaal: …`.
    pub how: Option<String>,
}

/// A table of data with its source and its day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    /// What it is called.
    pub name: String,
    /// What it holds.
    pub title: String,
    /// Citation.
    pub source: String,
    /// The day of which its own rows tell; a table that is supplied may have none.
    pub as_of: Option<NaiveDate>,
    /// Names of its columns.
    pub columns: Vec<String>,
    /// The kind of each column.
    pub kinds: Vec<Kind>,
    /// The columns that tell its rows apart, as indexes.
    pub key: Vec<usize>,
    /// `controle:` what its own rows add up to, as rule files write it: `380 rijen`.
    pub controls: Vec<String>,
    /// The columns with the first and the last day of a row; an empty one is open.
    pub valid: Option<[String; 2]>,
    /// `aanlevering:` the name under which a user may supply other rows.
    pub supplied_as: Option<String>,
    /// It has rows of its own, if only none so far; without them it must be supplied.
    pub has_own: bool,
    /// Rows, each with a cell for every column; an empty cell is unknown.
    pub rows: Vec<Vec<String>>,
    /// Where it stands.
    pub span: Span,
}

impl Table {
    /// The columns of a table of norms.
    const NORMS: [&str; 3] = ["paragraaf", "norm", "inhoud"];

    /// Whether it lists what a document demands: what those norms come to is told by their rules.
    #[must_use]
    pub fn is_of_norms(&self) -> bool {
        self.columns == Self::NORMS
    }

    /// The cells of a column that are filled, in order, each once.
    #[must_use]
    pub fn column(&self, name: &str) -> Option<Vec<&str>> {
        let at = self.columns.iter().position(|column| column == name)?;
        let cells = self.rows.iter().filter_map(|row| row.get(at)).map(String::as_str);
        let mut cells: Vec<_> = cells.filter(|cell| !cell.is_empty()).collect();
        cells.sort_unstable();
        cells.dedup();
        Some(cells)
    }
}
