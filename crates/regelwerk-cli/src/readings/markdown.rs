//! The register as Markdown, ready to send to the owner of a document.

use std::collections::BTreeSet;
use std::io::{self, Write};

use regelwerk::Lang;
use regelwerk::standard::Text;
use regelwerk_compiler::diag::Sources;
use regelwerk_compiler::model::Reading;

use super::Document;
use super::reach::{self, Reach};
use crate::text::plain;

/// Writes documents one after another, under one heading.
pub(super) fn write(
    documents: &[Document<'_>],
    sources: &Sources,
    lang: Lang,
    out: &mut dyn Write,
) -> io::Result<()> {
    let say = |nl, en| Text { nl, en }.get(lang);
    writeln!(out, "# {}\n", say("Lezingen en afwijkingen", "Readings and departures"))?;
    let all: Vec<_> = documents.iter().flat_map(|one| one.readings()).collect();
    writeln!(out, "{}\n", counts(&all, lang))?;
    let told = say(
        "Een lezing is wat hier is gekozen waar een document er meer toelaat; een afwijking is waar \
         hier iets anders geldt dan het document zegt. De teksten zijn die van de regels zelf.",
        "A reading is what was chosen where a document allows more than one; a departure is where \
         something else holds than the document says. The texts are those of the rules, in Dutch.",
    );
    writeln!(out, "{told}")?;
    let page = Page { sources, lang };
    documents.iter().try_for_each(|one| page.document(*one, out))
}

/// So many readings and departures, in so many blocks.
fn counts(readings: &[&Reading], lang: Lang) -> String {
    let number = |count: usize, one: Text, many: Text| {
        format!("{count} {}", if count == 1 { one } else { many }.get(lang))
    };
    let chosen = readings.iter().map(|one| one.readings.len()).sum();
    let departs = readings.iter().map(|one| one.deviations.len()).sum();
    format!(
        "{}, {}, {} {}.",
        number(
            chosen,
            Text { nl: "lezing", en: "reading" },
            Text { nl: "lezingen", en: "readings" }
        ),
        number(
            departs,
            Text { nl: "afwijking", en: "departure" },
            Text { nl: "afwijkingen", en: "departures" }
        ),
        Text { nl: "in", en: "in" }.get(lang),
        number(
            readings.len(),
            Text { nl: "blok", en: "block" },
            Text { nl: "blokken", en: "blocks" }
        ),
    )
}

/// How documents are written.
struct Page<'p> {
    sources: &'p Sources,
    lang: Lang,
}

impl Page<'_> {
    fn say(&self, nl: &'static str, en: &'static str) -> &'static str {
        Text { nl, en }.get(self.lang)
    }

    fn document(&self, document: Document<'_>, out: &mut dyn Write) -> io::Result<()> {
        let readings = document.readings();
        writeln!(out, "\n## {}: {}\n", escaped(document.name()), escaped(document.title()))?;
        writeln!(out, "{}: {}\n", self.say("Bron", "Source"), escaped(document.source()))?;
        writeln!(out, "{}", counts(&readings, self.lang))?;
        readings.iter().try_for_each(|one| self.block(document, one, out))
    }

    fn block(
        &self,
        document: Document<'_>,
        reading: &Reading,
        out: &mut dyn Write,
    ) -> io::Result<()> {
        writeln!(out, "\n### {}: {}\n", escaped(&reading.name), escaped(&reading.title))?;
        let item = |label: &str, text: &str, out: &mut dyn Write| {
            writeln!(out, "- {label}: {}", escaped(text))
        };
        for source in &reading.sources {
            item(self.say("Plaats", "Place"), source, out)?;
        }
        for text in &reading.readings {
            item(self.say("Lezing", "Reading"), text, out)?;
        }
        for text in &reading.deviations {
            item(self.say("Wijkt af van", "Departs from"), text, out)?;
        }
        let line = self.sources.position(reading.span).line;
        let at = format!("{}:{line}", self.sources.shown(reading.span.source));
        let reach = self.reach(&reach::of(document, reading));
        let changes = format!("{} {}{reach} ({at})", reading.kind, reading.name);
        item(self.say("Wat het verandert", "What it changes"), &changes, out)
    }

    /// What depends on a block, after its name.
    fn reach(&self, reach: &Reach<'_>) -> String {
        let say = |nl, en| self.say(nl, en);
        match reach {
            Reach::Judged(messages) if messages.is_empty() => {
                format!(", {}", say("bij geen enkel bericht", "in no message"))
            }
            Reach::Judged(messages) => {
                format!(", {} {}", say("beoordeeld bij", "judged in"), joined(messages))
            }
            Reach::EveryMessage => {
                format!(", {}", say("beoordeeld bij elk bericht", "judged in every message"))
            }
            Reach::Follows(codes) => {
                let by = say("door de standaard beoordeeld met", "judged by the standard with");
                format!(", {by} {}", codes.join(", "))
            }
            Reach::NotByMachine(why) => {
                format!(", {}: {why}", say("niet machinaal beoordeeld", "not judged by machine"))
            }
            Reach::NotYet => format!(", {}", say("nog niet uitgewerkt", "not worked out yet")),
            Reach::About([]) | Reach::Unsaid => String::new(),
            Reach::About(codes) => format!(", {} {}", say("over", "about"), codes.join(", ")),
            Reach::LookedUp(codes) if codes.is_empty() => String::new(),
            Reach::LookedUp(codes) => {
                format!(", {} {}", say("gebruikt door", "used by"), joined(codes))
            }
        }
    }
}

fn joined(names: &BTreeSet<&str>) -> String {
    names.iter().copied().collect::<Vec<_>>().join(", ")
}

/// A text on one line in which Markdown sees no marks.
fn escaped(text: &str) -> String {
    let mut escaped = String::new();
    for character in plain(text).chars() {
        if "\\`*_[]<>#|~&$".contains(character) {
            escaped.push('\\');
        }
        escaped.push(character);
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::escaped;

    #[test]
    fn marks_are_texts() {
        assert_eq!(escaped("LDT_x *nu* <b>\nen `|`"), "LDT\\_x \\*nu\\* \\<b\\> en \\`\\|\\`");
        assert_eq!(escaped("§ 2.1.2, 'in onderzoek' – 50%"), "§ 2.1.2, 'in onderzoek' – 50%");
    }
}
