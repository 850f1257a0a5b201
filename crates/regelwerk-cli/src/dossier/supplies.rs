//! All that a person supplied beside the messages.

use std::collections::BTreeMap;
use std::path::Path;

use regelwerk::{Date, Dossier, Standard};

use crate::dossier::facts::{self, Fact};
use crate::dossier::listing;
use crate::dossier::sheet::MOST;
use crate::dossier::tables::{self, Table};
use crate::dossier::trouble::{Trouble, What};

/// What the files beside the messages say.
#[derive(Debug)]
pub(crate) struct Supplies {
    /// By file, the day on which a message was received.
    pub(crate) days: BTreeMap<String, Date>,
    /// What happened outside the message traffic.
    pub(crate) facts: Vec<Fact>,
    /// Tables from outside.
    pub(crate) tables: Vec<Table>,
}

impl Supplies {
    /// What is in a folder with messages of these names, and in the folder with tables, which goes
    /// before it.
    ///
    /// # Errors
    ///
    /// When a file is not as it should be: all that is wrong.
    pub(crate) fn read(
        folder: &Path,
        tables: Option<&Path>,
        messages: &[&str],
        standard: &'static Standard,
    ) -> Result<Self, Vec<Trouble>> {
        let folders: Vec<_> = tables.into_iter().chain([folder]).collect();
        let mut troubles = Vec::new();
        let supplies = Self {
            days: or_told(listing::read(folder, messages), &mut troubles),
            facts: or_told(facts::read(folder), &mut troubles),
            tables: or_told(tables::read(&folders, standard), &mut troubles),
        };
        if troubles.is_empty() { Ok(supplies) } else { Err(troubles) }
    }

    /// Brings tables and facts into a dossier.
    ///
    /// # Errors
    ///
    /// When the standard cannot take one of them in: all that is wrong.
    pub(crate) fn bring_into(
        &self,
        dossier: &mut Dossier,
        folder: &Path,
    ) -> Result<(), Vec<Trouble>> {
        let mut troubles = Vec::new();
        for table in &self.tables {
            troubles.extend(table.bring_into(dossier).err());
        }
        for Fact { line, day, kind, key, value } in &self.facts {
            let stated = dossier.state_fact(kind, *day, key, value);
            let trouble = |bad| {
                Trouble::new(&folder.join(facts::NAME), Some(*line), What::Supply(Box::new(bad)))
            };
            troubles.extend(stated.map_err(trouble).err());
            if troubles.len() >= MOST {
                break;
            }
        }
        if troubles.is_empty() { Ok(()) } else { Err(troubles) }
    }
}

/// What was read; where that failed nothing, and why is told.
fn or_told<T: Default>(read: Result<T, Vec<Trouble>>, troubles: &mut Vec<Trouble>) -> T {
    read.unwrap_or_else(|more| {
        troubles.extend(more);
        T::default()
    })
}
