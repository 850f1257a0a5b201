//! The course of a term, ready to run.

use regelwerk_compiler::model::core::{Cond, RowSource};
use regelwerk_compiler::model::{self, Ending, Moment};
use regelwerk_kernel::standard::{self, FactDef};
use regelwerk_kernel::{Date, Ended, Row, Rows};

use super::{Env, Lower, Selection, Test, Value};
use crate::unit::{Unit, Watch};

/// The course of a term that a row opens.
#[derive(Debug)]
pub(crate) struct Course {
    binds: Vec<Selection>,
    provided: Test,
    begins: Value,
    due: Option<Value>,
    endings: Vec<End>,
}

#[derive(Debug)]
enum End {
    Answer,
    Itself,
    Row(Moment, Selection),
}

impl Course {
    /// Makes one ready.
    pub(crate) fn of(course: &model::Course, lower: Lower<'_>) -> Self {
        let mut lower = lower.of_row(RowSource::Earlier(course.source));
        let binds = course.binds.iter().map(|(range, cond)| lower.bind(range, cond)).collect();
        let provided = match &course.cond {
            Cond::True => Test::Always,
            cond => lower.watched(cond),
        };
        let begins = lower.value(&course.begins);
        let due = course.due.as_ref().map(|due| lower.value(due));
        let endings = course.endings.iter().map(|ending| match ending {
            Ending::Answer => End::Answer,
            Ending::Itself => End::Itself,
            Ending::Row(moment, range, cond) => End::Row(*moment, lower.selection(range, cond)),
        });
        let endings = endings.collect();
        Self { binds, provided, begins, due, endings }
    }

    /// `mits:` what must be so for it to open.
    #[cfg(test)]
    pub(crate) fn provided(&self) -> &Test {
        &self.provided
    }

    /// What it is for a row; none where the row does not open the term.
    pub(crate) fn run(
        &self,
        rows: Rows<'_>,
        row: Row<'_>,
        watch: Option<(&dyn Watch, Unit)>,
    ) -> Option<standard::Course> {
        if let Some((watch, unit)) = watch {
            watch.begins(unit, None);
        }
        let mut bound = vec![row];
        for selection in &self.binds {
            let found = selection.first(&Env::of_rows(rows, &bound))?;
            bound.push(found);
        }
        let env = Env::of_rows(rows, &bound).watched(watch);
        if !self.provided.holds(&env) {
            return None;
        }
        let begins = self.begins.datum(&env).date()?;
        let due = match &self.due {
            Some(due) => Some(due.datum(&env).date()?),
            None => None,
        };
        let ended = self.endings.iter().map(|one| one.ended(&env, (rows, row)));
        Some(standard::Course { begins, due, ended: Ended::earliest(ended) })
    }
}

impl End {
    fn ended<'s>(&self, env: &Env<'_, 's>, (rows, row): (Rows<'s>, Row<'s>)) -> Option<Ended> {
        match self {
            Self::Answer => rows.ended_by_answer(row),
            Self::Itself => rows.ended_by_itself(row),
            Self::Row(moment, selection) => selection.ended(env, |row| day(*moment, row)),
        }
    }
}

fn day(moment: Moment, row: Row<'_>) -> Option<Date> {
    match moment {
        Moment::Sent => row.sent(),
        Moment::Received => row.received(),
        Moment::Told => row.date(FactDef::DATE),
    }
}
