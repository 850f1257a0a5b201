//! A comparison for people, as Markdown.

use std::fmt::Write;

use super::elements::{Bound, ElementChange};
use super::lengths::Length;
use super::phrases::{aside_line, holds, missing, name, plain, shown, some};
use super::tables::TableChange;
use super::{About, BlockChange, Changes, How, Kind, RuleChange, Told, Witness};

/// Rows and places that are listed of one thing; how many more there are is told.
const LISTED: usize = 8;

/// The kinds that have a section, in order.
const SECTIONS: [Kind; 9] = [
    Kind::Stricter,
    Kind::Looser,
    Kind::Both,
    Kind::Added,
    Kind::Gone,
    Kind::Shorter,
    Kind::Longer,
    Kind::Otherwise,
    Kind::Reworded,
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
        for kind in SECTIONS {
            text.section(kind);
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

impl RuleChange {
    /// Whether it is told in a line: what no machine judges, or the standard does by itself.
    fn is_aside(&self) -> bool {
        let is_aside = |told: &Told| !matches!(told.how, How::Judged | How::Term);
        let is_seen = matches!(
            self.kind,
            Kind::Stricter | Kind::Looser | Kind::Both | Kind::Longer | Kind::Shorter
        );
        !is_seen && self.was.iter().chain(&self.becomes).all(is_aside)
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

    fn heading(&mut self, title: &str) {
        // Writing to a string cannot fail.
        let _ = write!(self.text, "\n## {title}\n\n");
    }

    fn of_kind(&self, kind: Kind) -> Vec<&RuleChange> {
        let rules = self.changes.rules.iter();
        rules.filter(|one| one.kind == kind && !one.is_aside()).collect()
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
        for kind in SECTIONS.into_iter().chain([Kind::Same]) {
            let count = self.of_kind(kind).len();
            if count > 0 {
                self.line(&format!("- {}: {count}", name(kind, frame)));
            }
        }
        let aside = self.changes.rules.iter().filter(|one| one.is_aside()).count();
        if aside > 0 {
            let what = frame.say(
                "Niet door een eigen toets gedekt (zie onder)",
                "Not covered by a check of its own (see below)",
            );
            self.line(&format!("- {what}: {aside}"));
        }
        self.line("");
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
                 programma: van een regel die anders is verwoord, staat hier niet of zij strenger \
                 of soepeler is.",
                "Nothing was run under both sides, because these are not the rules of this \
                 program: of a rule in other words it is not told whether it is stricter or looser.",
            ),
        });
    }

    fn section(&mut self, kind: Kind) {
        let changes: Vec<_> = self.of_kind(kind).into_iter().cloned().collect();
        if changes.is_empty() {
            return;
        }
        self.heading(&format!("{} ({})", name(kind, self.frame), changes.len()));
        for (number, change) in changes.iter().enumerate() {
            if number > 0 {
                self.line("");
            }
            self.rule(change);
        }
    }

    fn rule(&mut self, change: &RuleChange) {
        let frame = self.frame;
        let Some(head) = change.becomes.as_ref().or(change.was.first()) else { return };
        self.line(&format!(
            "### {}: {} {}",
            name(change.kind, frame),
            plain(&head.code),
            plain(&head.title)
        ));
        self.line("");
        let [old, new] = [("was", "was"), ("wordt", "becomes")].map(|(nl, en)| frame.say(nl, en));
        for was in &change.was {
            self.side(old, was, &self.changes.from.name.clone());
        }
        if let Some(becomes) = &change.becomes {
            self.side(new, becomes, &self.changes.to.name.clone());
        }
        for length in &change.lengths {
            self.length(length);
        }
        self.seen(change);
    }

    fn side(&mut self, label: &str, told: &Told, side: &str) {
        let sources = told.sources.join("; ");
        self.line(&format!(
            "- {label}: {} {} ({}; {})",
            plain(&told.code),
            plain(&told.title),
            plain(side),
            plain(&sources)
        ));
        match &told.how {
            How::Judged | How::Term if told.demands.is_empty() => {
                self.line(&format!("  - {}", plain(&told.places.join(", "))));
            }
            How::Judged | How::Term => {
                self.line("");
                for demand in &told.demands {
                    self.line(&format!("      {demand}"));
                }
                self.line("");
            }
            how => {
                let how = shown(how, self.frame);
                self.line(&format!("  - {how}"));
            }
        }
        for deviation in &told.deviations {
            let what = self.frame.say("wijkt af van", "departs from");
            self.line(&format!("  - {what} {}", plain(deviation)));
        }
    }

    fn length(&mut self, length: &Length) {
        let frame = self.frame;
        let none = frame.say("geen", "none");
        let [was, becomes] = [&length.was, &length.becomes].map(|it| it.as_deref().unwrap_or(none));
        let part = match length.part.as_str() {
            "" => String::new(),
            part => format!(" {}", plain(part)),
        };
        if was == becomes {
            return self.line(&format!("- {}{part}: {was}", frame.say("termijn", "term")));
        }
        let [old, new] = [("was", "was"), ("wordt", "becomes")].map(|(nl, en)| frame.say(nl, en));
        self.line(&format!(
            "- {}{part}: {old} {was}, {new} {becomes}",
            frame.say("termijn", "term")
        ));
    }

    /// What running it under both sides has shown.
    fn seen(&mut self, change: &RuleChange) {
        for witness in &change.witnesses {
            self.witness(witness);
        }
        if !self.changes.is_tried || !change.is_judged() {
            return;
        }
        let frame = self.frame;
        let cases = |count| match count {
            1 => frame.say("1 geval", "1 case").to_owned(),
            _ => format!("{count} {}", frame.say("gevallen", "cases")),
        };
        if change.witnesses.is_empty() && change.tried > 0 {
            let what = frame.say("geen verschil gevonden in", "no difference found in");
            self.line(&format!("- {what} {}", cases(change.tried)));
        }
        for skipped in &change.skipped {
            let what = frame.say("niet onder beide te draaien", "cannot be run under both");
            let why = missing(&skipped.why, frame);
            self.line(&format!("- {what}: {} ({why})", cases(skipped.count)));
        }
    }

    fn witness(&mut self, witness: &Witness) {
        let frame = self.frame;
        let names = [self.changes.from.name.as_str(), self.changes.to.name.as_str()];
        let [accepts, rejects] = if witness.is_stricter { names } else { [names[1], names[0]] };
        let codes = witness.rejected_by.join(", ");
        let verdict = match (witness.is_outside, witness.is_whole) {
            (true, _) => frame.say("is er niet op van toepassing", "does not apply to it"),
            (false, true) => frame.say("keurt het goed", "accepts it"),
            (false, false) => {
                frame.say("heeft er op dit punt niets tegen", "has nothing against it here")
            }
        };
        let mut line = format!(
            "- {}: `{}` ({}). {} {}; {} {} {}",
            frame.say("getuige", "witness"),
            witness.words.replace('`', "'"),
            plain(&witness.place),
            plain(accepts),
            verdict,
            plain(rejects),
            frame.say("keurt het af op", "rejects it by"),
            plain(&codes),
        );
        if !witness.is_whole {
            let _ = write!(
                line,
                ". {} {} {} {}",
                frame.say("Los daarvan keurt", "Apart from that"),
                plain(accepts),
                frame.say("het af op", "rejects it by"),
                some(&witness.others, frame)
            );
        }
        if !witness.by_standard.is_empty() {
            let what = frame.say(
                "De standaard zelf keurt dit bericht ook af",
                "The standard itself rejects this message too",
            );
            let _ = write!(line, ". {what}");
        }
        self.line(&line);
    }

    fn same(&mut self) {
        let same = self.of_kind(Kind::Same);
        let codes: Vec<_> = same.iter().filter_map(|one| one.becomes.as_ref()).collect();
        let codes: Vec<_> = codes.into_iter().map(|told| plain(&told.code)).collect();
        if codes.is_empty() {
            return;
        }
        self.heading(&format!("{} ({})", name(Kind::Same, self.frame), codes.len()));
        self.line(&codes.join(", "));
    }

    fn unjudged(&mut self) {
        let frame = self.frame;
        let aside: Vec<_> = self.changes.rules.iter().filter(|one| one.is_aside()).collect();
        if aside.is_empty() {
            return;
        }
        let lines: Vec<_> = aside.iter().map(|change| aside_line(change, frame)).collect();
        self.heading(frame.say(
            "Niet machinaal, of door de standaard zelf getoetst",
            "Not by a machine, or judged by the standard itself",
        ));
        for line in lines {
            self.line(&line);
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
        for BlockChange { block, name: called, title, sources, kind } in &changes.blocks {
            let sources = plain(&sources.join("; "));
            let kind = name(*kind, frame);
            self.line(&format!("- {kind}: {block} {} {} ({sources})", plain(called), plain(title)));
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
        let told = |text: &Option<String>| plain(text.as_deref().unwrap_or("-"));
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
        if changes.from.scope == changes.to.scope {
            return;
        }
        self.heading(self.frame.say("Wanneer het geldt", "When it applies"));
        for side in [&changes.from, &changes.to] {
            self.line(&format!("{}:", plain(&side.name)));
            self.line("");
            for line in &side.scope {
                self.line(&format!("    {line}"));
            }
            self.line("");
        }
        while self.text.ends_with("\n\n") {
            self.text.pop();
        }
    }
}
