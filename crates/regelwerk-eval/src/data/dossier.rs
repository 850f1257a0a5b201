//! What is kept of messages, and how it is looked up.

use regelwerk_compiler::model::core::Kind;
use regelwerk_compiler::model::plan::{self, narrow, view_index};
use regelwerk_compiler::model::{RuleKind, Standard, Table, dossier};
use regelwerk_kernel::standard::{
    Answers, Base, Column, DossierDef, Extract, FactDef, Filing, Index, Pick, RowClass, Source,
    SourceKind, TableDef, View,
};

use crate::keep;
use crate::maker::Maker;
use crate::names::Names;

impl Maker<'_> {
    /// All that the standard and its protocols ask of earlier messages.
    pub(crate) fn dossier(&self) -> DossierDef {
        let dossier = &self.standard.dossier;
        let of_messages = dossier.sources.iter().map(source);
        let of_tables = (0_u16..).zip(&dossier.tables).map(|(at, table)| Source {
            name: keep::text(&table.name),
            kind: SourceKind::Table(at),
            columns: columns(table.columns.iter().zip(table.kinds.iter().copied())),
            classes: &[],
        });
        let of_facts = (0_u16..).zip(&dossier.facts).map(|(at, fact)| Source {
            name: keep::text(&fact.name),
            kind: SourceKind::Fact(at),
            columns: columns(dossier::Fact::COLUMNS),
            classes: &[],
        });
        let views = dossier.views.iter().enumerate().map(|(at, view)| View {
            name: keep::text(&view.name),
            title: keep::text(&view.title),
            index: self.plan.number(&view_index(view)),
            holds: self.view(at, view),
        });
        let order = self.standard.rules.iter().position(|rule| rule.kind == RuleKind::Order);
        DossierDef {
            sources: keep::list(of_messages.chain(of_tables).chain(of_facts)),
            indexes: keep::list(self.plan.indexes().map(index)),
            views: keep::list(views),
            tables: keep::list(dossier.tables.iter().map(table)),
            facts: keep::list(dossier.facts.iter().map(fact)),
            calendars: keep::list(self.calendars.iter().copied()),
            terms: self.terms(),
            processes: self.processes(),
            order_rule: order.map(narrow),
        }
    }
}

fn index(index: &plan::Index) -> Index {
    Index {
        source: index.source,
        by_part: index.by_part,
        columns: keep::list(index.columns.iter().copied()),
        order: keep::list(index.order.iter().copied()),
    }
}

fn source(source: &dossier::Source) -> Source {
    let classes = source.classes.iter().map(|class| RowClass {
        element: keep::text(&class.element),
        key: keep::list(class.key.iter().map(|at| narrow(*at))),
    });
    Source {
        name: keep::text(&format!("{} / {}", source.message, source.element)),
        kind: SourceKind::Message { message: keep::text(&source.message) },
        columns: columns(source.columns.iter().map(|column| (&column.name, column.kind))),
        classes: keep::list(classes),
    }
}

fn columns<S: AsRef<str>>(all: impl IntoIterator<Item = (S, Kind)>) -> &'static [Column] {
    keep::list(all.into_iter().map(|(name, kind)| Column {
        name: keep::text(name.as_ref()),
        base: match kind {
            Kind::Text => Base::Text,
            Kind::Number => Base::Integer,
            Kind::Date => Base::Date,
            Kind::Time => Base::Time,
        },
    }))
}

fn table(table: &Table) -> TableDef {
    let place = |name: &String| table.columns.iter().position(|column| column == name);
    let valid = table.valid.as_ref().and_then(|[from, until]| Some([place(from)?, place(until)?]));
    TableDef {
        name: keep::text(&table.name),
        title: keep::text(&table.title),
        supplied_as: table.supplied_as.as_deref().map(keep::text),
        rows: keep::list(table.rows.iter().map(keep::texts)),
        has_own: table.has_own,
        key: keep::list(table.key.iter().map(|at| narrow(*at))),
        valid: valid.map(|days| days.map(narrow)),
    }
}

fn fact(fact: &dossier::Fact) -> FactDef {
    FactDef {
        name: keep::text(&fact.name),
        title: keep::text(&fact.title),
        is_question: fact.is_question,
        values: keep::texts(&fact.values),
    }
}

/// How a message of a release is filed, if it is.
pub(crate) fn filing(
    standard: &Standard,
    (release, message): (usize, usize),
    names: &Names,
) -> Option<Filing> {
    let mut filings = standard.dossier.filings.iter();
    let filed = filings.find(|one| (one.release, one.message) == (release, message))?;
    Some(Filing {
        parties: filed.parties.each_ref().map(|path| names.path(path)),
        is_reversed: filed.is_reversed,
        part: keep::list(filed.part.iter().map(|id| narrow(id.0))),
        mark: names.path(&filed.mark),
        sent: names.path(&filed.sent),
        answers: filed.answers.as_ref().map(|answers| Answers {
            message: keep::text(&answers.message),
            mark: names.path(&answers.mark),
            sent: answers.sent.as_deref().map(|path| names.path(path)),
        }),
    })
}

/// The rows that a message of a release gives.
pub(crate) fn rows(
    standard: &Standard,
    message: (usize, usize),
    names: &Names,
) -> &'static [Extract] {
    let mut rows = Vec::new();
    for (number, source) in (0_u16..).zip(&standard.dossier.sources) {
        for (at, here) in source.places.iter().enumerate() {
            if (here.release, here.message) == message {
                let picked = |column: &dossier::Column| {
                    column.picks.get(at)?.as_ref().map(|one| pick(one, names))
                };
                let columns = keep::list(source.columns.iter().map(picked));
                rows.push(Extract { source: number, node: narrow(here.node.0), columns });
            }
        }
    }
    keep::list(rows)
}

fn pick(pick: &dossier::Pick, names: &Names) -> Pick {
    let up = |up: usize| u8::try_from(up).unwrap_or(u8::MAX);
    match pick {
        dossier::Pick::Path { up: above, path } => {
            Pick::Path { up: up(*above), path: names.path(path) }
        }
        dossier::Pick::Filled { up: above, path } => {
            Pick::Filled { up: up(*above), path: names.path(path) }
        }
        dossier::Pick::Sent => Pick::Sent,
        dossier::Pick::Received => Pick::Received,
    }
}
