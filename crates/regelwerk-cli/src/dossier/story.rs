//! What becomes of the messages of a folder, one after another.

use std::io;
use std::path::Path;

use regelwerk::{Context, Date, Dossier, Message, Report, Standard};

use crate::catalogue::Catalogue;
use crate::dossier::folder::{self, Folder};
use crate::dossier::supplies::Supplies;
use crate::dossier::trouble::{Trouble, What};
use crate::files::Entry;
use crate::input::{self, Refusal};

/// A folder of which what was supplied is in a dossier already, and the messages are not.
#[derive(Debug)]
pub(crate) struct Opened {
    /// The messages by name, in order of it.
    pub(crate) messages: Vec<(String, Entry)>,
    /// What was supplied.
    pub(crate) supplies: Supplies,
    /// What takes the messages in.
    pub(crate) dossier: Dossier,
    /// What messages are judged by.
    context: Context,
}

/// A message that was taken in.
#[derive(Debug)]
pub(crate) struct Chapter {
    /// Its name in the folder.
    pub(crate) file: String,
    /// The day on which it was received, as far as known.
    pub(crate) received: Option<Date>,
    /// What it came to.
    pub(crate) report: Report,
    /// How many findings it had beside those that are kept.
    pub(crate) others: usize,
}

/// The messages that were taken in, and what they come to together.
#[derive(Debug)]
pub(crate) struct Story {
    /// The standards that they were judged by.
    pub(crate) catalogue: Catalogue,
    /// In the order in which they were taken in.
    pub(crate) chapters: Vec<Chapter>,
    /// What was supplied beside them.
    pub(crate) supplies: Supplies,
    /// What they come to together.
    pub(crate) dossier: Dossier,
    /// The day on which it is looked at.
    pub(crate) as_of: Date,
}

impl Opened {
    /// Opens a folder, and the one with tables that goes before it.
    ///
    /// # Errors
    ///
    /// When there is no such folder, or what was supplied is not as it should be: all that is wrong.
    pub(crate) fn new(
        folder: &Path,
        tables: Option<&Path>,
        context: Context,
    ) -> Result<Self, Vec<Trouble>> {
        let alone = |trouble| vec![trouble];
        tables.map_or(Ok(()), folder::check).map_err(alone)?;
        let messages = Folder::open(folder).map_err(alone)?.messages;
        Self::with(folder, messages, tables, context)
    }

    /// Opens a folder of which these are the messages.
    ///
    /// # Errors
    ///
    /// As [`Self::new`], but for the folder itself.
    pub(crate) fn with(
        folder: &Path,
        messages: Vec<(String, Entry)>,
        tables: Option<&Path>,
        context: Context,
    ) -> Result<Self, Vec<Trouble>> {
        let alone = |trouble| vec![trouble];
        let no_messages = || Trouble::new(folder, None, What::Refused(Refusal::NoMessages));
        let standard = standard(&messages, &context).ok_or_else(|| alone(no_messages()))?;
        let names: Vec<_> = messages.iter().map(|(name, _)| name.as_str()).collect();
        let supplies = Supplies::read(folder, tables, &names, standard)?;
        let mut dossier = Dossier::new(standard).context(context.clone());
        supplies.bring_into(&mut dossier, folder)?;
        Ok(Self { messages, supplies, dossier, context })
    }

    /// Takes in a message.
    pub(crate) fn receive(&mut self, file: String, entry: Entry) -> Chapter {
        let read = match entry.refusal {
            None => input::read(&entry.path, &mut io::empty()),
            Some(refusal) => Err(refusal),
        };
        self.take_in(file, read.as_deref().map_err(Clone::clone))
    }

    /// Takes in a message by its bytes, or tells why there are none.
    pub(crate) fn take_in(&mut self, file: String, read: Result<&[u8], Refusal>) -> Chapter {
        let day = self.supplies.days.get(&file).copied();
        let report = match read {
            Ok(bytes) => self.dossier.receive(bytes, day),
            Err(refusal) => Report::not_read(refusal, &self.context),
        };
        let info = report.number.and_then(|number| self.dossier.message(number));
        let received = info.map_or(day, |info| info.received);
        Chapter { file, received, report, others: 0 }
    }
}

impl Story {
    /// The first two messages of which the later one was received first, if there are any.
    pub(crate) fn backwards(&self) -> Option<(&Chapter, &Chapter)> {
        let received = self.chapters.iter().filter(|chapter| chapter.received.is_some());
        let pairs = received.clone().zip(received.skip(1));
        pairs.into_iter().find(|(one, other)| other.received < one.received)
    }
}

impl Chapter {
    /// Lets go of findings, of which a folder may hold very many.
    pub(crate) fn shorten(&mut self, kept: usize) {
        self.others = self.report.findings.len().saturating_sub(kept);
        self.report.findings.truncate(kept);
        self.report.findings.shrink_to_fit();
    }
}

/// The standard of the first message that is of any, else the first that there is.
fn standard(messages: &[(String, Entry)], context: &Context) -> Option<&'static Standard> {
    let files = messages.iter().filter(|(_, entry)| entry.refusal.is_none());
    let known = files.into_iter().find_map(|(_, entry)| {
        let bytes = input::read(&entry.path, &mut io::empty()).ok()?;
        Message::read(&bytes, context).ok().map(|message| message.standard())
    });
    known.or_else(|| context.standards.first().copied())
}
