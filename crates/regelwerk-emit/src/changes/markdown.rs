//! A comparison for people, as Markdown.

mod rule;
mod witness;

use std::fmt::Write;

use super::elements::{Bound, ElementChange, Said};
use super::phrases::{block, holds, listed, name, plain, said};
use super::tables::TableChange;
use super::{About, Applies, BlockChange, Changes, Kind};

/// Rows and places that are listed of one thing; how many more there are is told.
const LISTED: usize = 8;

/// The kinds that have a section, in order; those that are called alike have one.
const SECTIONS: [&[Kind]; 10] = [
    &[Kind::Stricter],
    &[Kind::Looser],
    &[Kind::Both, Kind::Otherwise],
    &[Kind::Added],
    &[Kind::Gone],
    &[Kind::Shorter],
    &[Kind::Longer],
    &[Kind::Unseen],
    &[Kind::Incomparable],
    &[Kind::Reworded],
];

/// A row of the table at the head: its label, and what it says of a side.
type Row = (&'static str, fn(&About, Frame) -> String);

/// The language of the frame; what rules say stays Dutch.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Frame {
    /// Dutch.
    Nl,
    /// English.
    En,
}

impl Frame {
    pub(super) const fn say(self, nl: &'static str, en: &'static str) -> &'static str {
        match self {
            Self::Nl => nl,
            Self::En => en,
        }
    }
}

impl Changes {
    /// The comparison as Markdown.
    #[must_use]
    pub fn markdown(&self, frame: Frame) -> String {
        let mut text = Paper { changes: self, frame, text: String::new() };
        text.head();
        text.brief();
        for kinds in SECTIONS {
            text.section(kinds);
        }
        text.same();
        text.unjudged();
        text.blocks();
        text.tables();
        text.elements();
        text.scope();
        text.text
    }
}

/// What is written.
struct Paper<'c> {
    changes: &'c Changes,
    frame: Frame,
    text: String,
}

impl Paper<'_> {
    fn line(&mut self, line: &str) {
        self.text.push_str(line);
        self.text.push('\n');
    }

    /// An empty line, where there is none yet.
    fn gap(&mut self) {
        if !self.text.ends_with("\n\n") {
            self.line("");
        }
    }

    fn heading(&mut self, title: &str) {
        self.gap();
        // Writing to a string cannot fail.
        let _ = write!(self.text, "## {title}\n\n");
    }

    fn head(&mut self) {
        let (changes, frame) = (self.changes, self.frame);
        let sides = [&changes.from, &changes.to];
        self.line(&format!("# {} → {}", changes.from.name, changes.to.name));
        self.line("");
        self.line(&format!("| | {} | {} |", plain(&changes.from.name), plain(&changes.to.name)));
        self.line("|---|---|---|");
        let rows: [Row; 4] = [
            (frame.say("titel", "title"), |side, _| plain(&side.title)),
            (frame.say("bron", "source"), |side, _| plain(&side.source)),
            (frame.say("geldt", "holds"), holds),
            ("releases", |side, _| side.releases.join(", ")),
        ];
        for (label, cell) in rows {
            let [from, to] = sides.map(|side| cell(side, frame));
            self.line(&format!("| {label} | {from} | {to} |"));
        }
    }

    fn brief(&mut self) {
        let frame = self.frame;
        self.heading(frame.say("In het kort", "In short"));
        let kinds = SECTIONS.into_iter().chain([[Kind::Same].as_slice()]);
        for kinds in kinds {
            let count = self.of_kinds(kinds).len();
            if let (Some(kind), 1..) = (kinds.first(), count) {
                self.line(&format!("- {}: {count}", name(*kind, frame)));
            }
        }
        let aside = self.changes.rules.iter().filter(|one| one.is_aside()).count();
        if aside > 0 {
            let what = frame.say(
                "Niet machinaal, of al door de standaard getoetst (zie onder)",
                "Not by a machine, or judged by the standard already (see below)",
            );
            self.line(&format!("- {what}: {aside}"));
        }
        self.line("");
        self.incomplete();
        self.line(match self.changes.is_tried {
            true => frame.say(
                "Wat strenger of soepeler heet, is niet aan de tekst afgelezen: de voorbeelden en \
                 scenario's van beide kanten zijn onder beide kanten gedraaid, en elke getuige \
                 hieronder is door de regel van de ene kant afgekeurd en door de andere kant niet.",
                "What is called stricter or looser was not read from the words: the examples and \
                 scenarios of both sides were run under both sides, and each witness below was \
                 rejected by the rule of the one side and not by the other.",
            ),
            false => frame.say(
                "Er is niets onder beide kanten gedraaid, want deze regels zijn niet die van dit \
                 programma: van een regel die iets anders zegt, staat hier niet of zij strenger \
                 of soepeler is.",
                "Nothing was run under both sides, because these are not the rules of this \
                 program: of a rule that says something else it is not told whether it is stricter \
                 or looser.",
            ),
        });
    }

    /// That little is known of a side, so that what is missing there may have been there.
    fn incomplete(&mut self) {
        let (changes, frame) = (self.changes, self.frame);
        let warnings = [
            (
                &changes.from,
                frame.say(
                    "is maar een deel bekend: wat hier nieuw heet, kan er toen al zijn geweest.",
                    "only a part is known: what is called new here may have been there already.",
                ),
            ),
            (
                &changes.to,
                frame.say(
                    "is maar een deel bekend: wat hier vervallen heet, kan er nog zijn.",
                    "only a part is known: what is called gone here may be there still.",
                ),
            ),
        ];
        for (side, warning) in warnings {
            if !side.is_complete {
                let of = frame.say("Van", "Of");
                self.line(&format!("{of} {} {warning}\n", plain(&side.name)));
            }
        }
    }

    fn blocks(&mut self) {
        let frame = self.frame;
        let changes = self.changes;
        if changes.blocks.is_empty() {
            return;
        }
        self.heading(
            frame.say(
                "Processen, beelden, feiten en vragen",
                "Processes, views, facts and questions",
            ),
        );
        for BlockChange { block: what, name: called, title, sources, kind } in &changes.blocks {
            let sources = plain(&sources.join("; "));
            let (kind, what) = (name(*kind, frame), block(what, frame));
            self.line(&format!("- {kind}: {what} {} {} ({sources})", plain(called), plain(title)));
        }
    }

    fn tables(&mut self) {
        let changes = self.changes;
        if changes.tables.is_empty() {
            return;
        }
        self.heading(self.frame.say("Tabellen en codelijsten", "Tables and code lists"));
        for (number, table) in changes.tables.iter().enumerate() {
            if number > 0 {
                self.line("");
            }
            self.table(table);
        }
    }

    fn table(&mut self, table: &TableChange) {
        let frame = self.frame;
        let what = match table.is_code_list {
            true => frame.say("codelijst", "code list"),
            false => frame.say("tabel", "table"),
        };
        self.line(&format!(
            "### {}: {what} {} {}",
            name(table.kind, frame),
            plain(&table.name),
            plain(&table.title)
        ));
        self.line("");
        let labels = [("was", "was"), ("wordt", "becomes")].map(|(nl, en)| frame.say(nl, en));
        for (label, source) in labels.into_iter().zip(&table.sources) {
            if let Some(source) = source {
                self.line(&format!("- {label}: {}", plain(source)));
            }
        }
        let [were, are] = &table.columns;
        if table.kind == Kind::Otherwise && were != are {
            let what = frame.say("kolommen", "columns");
            self.line(&format!(
                "- {what}: {} → {}",
                plain(&were.join(", ")),
                plain(&are.join(", "))
            ));
        }
        self.rows(frame.say("erbij", "in"), &table.added);
        self.rows(frame.say("eruit", "out"), &table.gone);
    }

    fn rows(&mut self, label: &str, rows: &[Vec<String>]) {
        if rows.is_empty() {
            return;
        }
        self.line(&format!("- {label}: {}", rows.len()));
        for row in rows.iter().take(LISTED) {
            let cells: Vec<_> = row.iter().map(|cell| plain(cell)).collect();
            self.line(&format!("  - {}", cells.join(" | ").trim()));
        }
        self.others(rows.len());
    }

    fn others(&mut self, count: usize) {
        if count > LISTED {
            let what = self.frame.say("en nog", "and another");
            self.line(&format!("  - {what} {}", count - LISTED));
        }
    }

    fn elements(&mut self) {
        let (changes, frame) = (self.changes, self.frame);
        let Some(elements) = &changes.elements else {
            let is_known = |side: &About| side.is_complete;
            if ![&changes.from, &changes.to].into_iter().all(is_known) {
                self.heading(frame.say("Berichten en elementen", "Messages and elements"));
                self.line(frame.say(
                    "Niet vergeleken: van een van beide releases zijn niet alle elementen vastgelegd.",
                    "Not compared: of one of both releases not every element is known.",
                ));
            }
            return;
        };
        if elements.is_empty() {
            return;
        }
        self.heading(frame.say("Berichten en elementen", "Messages and elements"));
        for element in elements {
            self.element(element);
        }
    }

    fn element(&mut self, element: &ElementChange) {
        let frame = self.frame;
        let what = match element.what {
            Bound::Message => frame.say("bericht", "message"),
            Bound::Element => frame.say("element", "element"),
            Bound::Occurrence => frame.say("aantal van", "occurrence of"),
            Bound::Value => frame.say("waarde van", "value of"),
        };
        let called = plain(&element.name);
        let told = |text: &Option<Said>| {
            text.as_ref().map_or_else(|| "-".to_owned(), |text| plain(&said(text, frame)))
        };
        let (was, becomes) = (told(&element.was), told(&element.becomes));
        self.line(&match (&element.was, &element.becomes) {
            (None, _) => format!("- {}: {what} {called} ({becomes})", name(Kind::Added, frame)),
            (_, None) => format!("- {}: {what} {called} ({was})", name(Kind::Gone, frame)),
            _ => format!(
                "- {what} {called}: {} {was}, {} {becomes}",
                frame.say("was", "was"),
                frame.say("wordt", "becomes")
            ),
        });
        if element.what == Bound::Message {
            return;
        }
        for place in element.places.iter().take(LISTED) {
            self.line(&format!("  - {}", plain(place)));
        }
        self.others(element.places.len());
    }

    fn scope(&mut self) {
        let changes = self.changes;
        let says = |side: &About| (side.applies.clone(), side.releases.clone());
        if changes.from.scope.is_empty() || says(&changes.from) == says(&changes.to) {
            return;
        }
        self.heading(self.frame.say("Wanneer het geldt", "When it applies"));
        for (number, side) in [&changes.from, &changes.to].into_iter().enumerate() {
            if number > 0 {
                self.line("");
            }
            self.applies(side);
        }
    }

    fn applies(&mut self, side: &About) {
        let frame = self.frame;
        let releases = listed(&side.releases, frame);
        let what = frame.say("kijkt naar berichten van release", "looks at messages of release");
        self.line(&format!("{} {what} {releases}.", plain(&side.name)));
        let parts = [
            (true, frame.say("Een bericht hoort erbij als:", "A message is of it when:")),
            (
                false,
                frame.say(
                    "Van zo'n bericht tellen alleen de elementen waarbij:",
                    "Of such a message only the elements count where:",
                ),
            ),
        ];
        for (is_recognition, what) in parts {
            let said = side.applies.iter().filter(|one| one.is_recognition == is_recognition);
            let said: Vec<_> = said.flat_map(|one| applies_lines(one, frame)).collect();
            if !said.is_empty() {
                self.line(&format!("\n{what}\n"));
                said.iter().for_each(|line| self.line(line));
            }
        }
    }
}

/// Where it must be so, and what; of more each in a line of its own.
fn applies_lines(one: &Applies, frame: Frame) -> Vec<String> {
    let conds = match frame {
        Frame::Nl => &one.nl,
        Frame::En => &one.en,
    };
    let places = plain(&one.places.join(", "));
    match conds.as_slice() {
        [only] => vec![format!("- {places}: {}", plain(only))],
        conds => {
            let head = format!("- {places}:");
            let parts = conds.iter().map(|cond| format!("  - {}", plain(cond)));
            std::iter::once(head).chain(parts).collect()
        }
    }
}
