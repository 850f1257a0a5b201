//! One report beside the official verdict, and what that adds up to.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use regelwerk::standard::Status;
use regelwerk::{Finding, Lang, Report, Standard};
use serde::Deserialize;

/// The official verdict on one message: an entry of `verwacht.json`.
#[derive(Debug, Deserialize)]
pub(crate) struct Official {
    /// Name of the file in `berichten/`.
    pub(crate) file: String,
    /// `JW301`
    pub(crate) message: String,
    xsd_valid: bool,
    /// Codes of the rules that do not hold.
    rules: BTreeSet<String>,
    errors: Vec<OfficialError>,
}

#[derive(Debug, Deserialize)]
struct OfficialError {
    code: String,
    /// Paths, in the form of [`Finding::path`].
    locations: Vec<String>,
}

/// How often both say the same.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Count {
    pub(crate) agreed: usize,
    pub(crate) total: usize,
}

impl Count {
    fn add(&mut self, agrees: bool) {
        self.agreed += usize::from(agrees);
        self.total += 1;
    }
}

impl fmt::Display for Count {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&format!("{}/{}", self.agreed, self.total))
    }
}

/// The agreement over many messages.
#[derive(Debug, Default)]
pub(crate) struct Tally {
    /// Messages: whether they fit the schema.
    pub(crate) schema: Count,
    /// Messages that officially fit the schema: which rules do not hold.
    pub(crate) rules: Count,
    /// Places that are officially named for a rule, each counted once a message.
    pub(crate) places: Count,
    /// Messages of a kind that is not known here.
    pub(crate) skipped: usize,
    /// Official codes that are not judged here.
    unjudged: BTreeSet<String>,
    /// Each difference.
    pub(crate) disagreements: Vec<Disagreement>,
}

/// Something on which the two verdicts differ.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Disagreement {
    file: String,
    /// `schema`, or the code of a rule.
    what: String,
    theirs: String,
    ours: String,
    /// What the rule file says of how the rule is read.
    readings: &'static [&'static str],
}

impl Disagreement {
    /// Whether the rule says how the official check departs from it.
    fn is_explained(&self) -> bool {
        self.readings.iter().any(|reading| reading.contains("officiële controle"))
    }
}

impl fmt::Display for Disagreement {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { file, what, theirs, ours, readings } = self;
        write!(f, "{file}  {what}  officieel: {theirs}  hier: {ours}")?;
        readings.iter().try_for_each(|reading| write!(f, "\n  lezing: {reading}"))
    }
}

impl Tally {
    /// Adds one message. The codes compared are those that its standard judges.
    pub(crate) fn add(&mut self, official: &Official, report: &Report, known: &[&Standard]) {
        self.add_schema(official, report);
        if !official.xsd_valid {
            return;
        }
        let judged = judged(report, known);
        let unjudged = official.rules.iter().filter(|code| !judged.contains_key(code.as_str()));
        self.unjudged.extend(unjudged.cloned());
        self.add_rules(official, report, &judged);
        self.add_places(official, report, &judged);
    }

    fn add_schema(&mut self, official: &Official, report: &Report) {
        let fault = schema_fault(report);
        self.schema.add(official.xsd_valid == fault.is_none());
        if official.xsd_valid == fault.is_none() {
            return;
        }
        let theirs = if official.xsd_valid { "goed" } else { "fout" };
        self.differ(official, ("schema", &[]), theirs, fault.as_deref().unwrap_or("goed"));
    }

    fn add_rules(&mut self, official: &Official, report: &Report, judged: &Judged) {
        let theirs = official.rules.iter().map(String::as_str);
        let theirs: BTreeSet<_> = theirs.filter(|code| judged.contains_key(code)).collect();
        let ours = report.findings.iter().map(|finding| finding.rule);
        let ours: BTreeSet<_> = ours.filter(|code| judged.contains_key(code)).collect();
        self.rules.add(ours == theirs);
        for code in theirs.difference(&ours) {
            self.differ(official, read(judged, code), "fout", "goed");
        }
        for code in ours.difference(&theirs) {
            self.differ(official, read(judged, code), "goed", "fout");
        }
    }

    fn add_places(&mut self, official: &Official, report: &Report, judged: &Judged) {
        let errors =
            official.errors.iter().filter(|error| judged.contains_key(error.code.as_str()));
        let places = errors.flat_map(|error| error.locations.iter().map(|at| (&error.code, at)));
        let places: BTreeSet<_> = places.collect();
        for (code, place) in places {
            let findings = report.findings.iter().filter(|finding| finding.rule == code);
            let ours: BTreeSet<_> = findings.flat_map(looked_at).collect();
            self.places.add(ours.contains(place.as_str()));
            if !ours.contains(place.as_str()) {
                self.differ(official, read(judged, code), place, &listed(ours));
            }
        }
    }

    fn differ(
        &mut self,
        official: &Official,
        (what, readings): (&str, &'static [&'static str]),
        theirs: &str,
        ours: &str,
    ) {
        self.disagreements.push(Disagreement {
            file: official.file.clone(),
            what: what.to_owned(),
            theirs: theirs.to_owned(),
            ours: ours.to_owned(),
            readings,
        });
    }
}

impl fmt::Display for Tally {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "schema    {:>9}", self.schema)?;
        match self.skipped {
            0 => writeln!(f)?,
            skipped => writeln!(f, "  ({skipped} overgeslagen: bericht onbekend)")?,
        }
        writeln!(f, "regels    {:>9}", self.rules)?;
        writeln!(f, "plaatsen  {:>9}", self.places)?;
        let explained = self.disagreements.iter().filter(|one| one.is_explained()).count();
        if !self.disagreements.is_empty() {
            let all = self.disagreements.len();
            writeln!(
                f,
                "verschillen {all:>7}, waarvan {explained} met een lezing over de officiële controle"
            )?;
        }
        match self.unjudged.len() {
            0 => Ok(()),
            1 => writeln!(f, "1 officiële code nog niet beoordeeld: {}", listed(&self.unjudged)),
            n => writeln!(f, "{n} officiële codes nog niet beoordeeld: {}", listed(&self.unjudged)),
        }
    }
}

/// Why the message does not fit the schema, in words; none if it does.
fn schema_fault(report: &Report) -> Option<String> {
    let unreadable = report.unreadable.as_ref().map(|reason| reason.text(Lang::Nl));
    let mut findings = report.findings.iter().filter(|finding| finding.level == Some(1));
    unreadable.or_else(|| findings.next().map(|one| format!("{} {}", one.path, one.text(Lang::Nl))))
}

/// The rules that are judged within a message, with their readings.
type Judged = BTreeMap<&'static str, &'static [&'static str]>;

/// The rules that the standard of this report judges within the message.
fn judged(report: &Report, known: &[&Standard]) -> Judged {
    let standard = known.iter().filter(|one| Some(one.name) == report.receipt.standard);
    let rules = standard.flat_map(|standard| standard.rules);
    rules
        .filter(|rule| rule.status == Status::Judged)
        .filter(|rule| rule.level > Some(1))
        .map(|rule| (rule.code, rule.readings))
        .collect()
}

/// A rule with its readings.
fn read<'c>(judged: &Judged, code: &'c str) -> (&'c str, &'static [&'static str]) {
    (code, judged.get(code).copied().unwrap_or_default())
}

fn looked_at(finding: &Finding) -> impl Iterator<Item = &str> {
    finding.related.iter().chain([&finding.path]).map(String::as_str)
}

fn listed<T: AsRef<str>>(words: impl IntoIterator<Item = T>) -> String {
    let words: Vec<_> = words.into_iter().map(|word| word.as_ref().to_owned()).collect();
    if words.is_empty() { "niets".to_owned() } else { words.join(", ") }
}

#[cfg(test)]
mod tests {
    use super::*;
    use regelwerk::{STANDARDS, context, validate};

    fn base() -> &'static str {
        let releases = STANDARDS.iter().flat_map(|one| one.releases);
        let mut messages = releases.filter(|one| one.is_complete).flat_map(|one| one.messages);
        messages.find(|message| message.name == "JW301").unwrap().base
    }

    fn tally(xml: &str, official: &str) -> Tally {
        let official = serde_json::from_str(official).unwrap();
        let mut tally = Tally::default();
        tally.add(&official, &validate(xml.as_bytes(), &context()), STANDARDS);
        tally
    }

    const GOOD: &str = r#"{"file": "a.xml", "message": "JW301", "xsd_valid": true,
        "rules": [], "errors": []}"#;

    const WRONG_BSN: &str = r#"{"file": "a.xml", "message": "JW301", "xsd_valid": true,
        "rules": ["CS002", "ZZ999"],
        "errors": [
            {"code": "CS002", "locations": ["/Bericht/Client/Bsn"]},
            {"code": "CS002", "locations": ["/Bericht/Client/Bsn"]},
            {"code": "ZZ999", "locations": ["/Bericht/Client"]}
        ]}"#;

    #[test]
    fn a_good_message_agrees() {
        let tally = tally(base(), GOOD);
        let once = Count { agreed: 1, total: 1 };
        assert_eq!((tally.schema, tally.rules, tally.places), (once, once, Count::default()));
        assert!(tally.disagreements.is_empty());
    }

    #[test]
    fn a_rule_and_its_place_agree() {
        let tally = tally(&base().replace("999900006", "999900007"), WRONG_BSN);
        let once = Count { agreed: 1, total: 1 };
        assert_eq!((tally.schema, tally.rules, tally.places), (once, once, once));
        assert!(tally.to_string().contains("1 officiële code nog niet beoordeeld: ZZ999"));
    }

    #[test]
    fn what_differs_is_named() {
        let missed = tally(base(), WRONG_BSN);
        let never = Count { agreed: 0, total: 1 };
        assert_eq!((missed.rules, missed.places), (never, never));
        let told = |tally: &Tally| -> Vec<String> {
            let lines = tally.disagreements.iter().map(ToString::to_string);
            lines.filter_map(|told| told.lines().next().map(str::to_owned)).collect()
        };
        assert_eq!(
            told(&missed),
            [
                "a.xml  CS002  officieel: fout  hier: goed",
                "a.xml  CS002  officieel: /Bericht/Client/Bsn  hier: niets",
            ]
        );
        let added = tally(&base().replace("999900006", "999900007"), GOOD);
        assert_eq!(told(&added), ["a.xml  CS002  officieel: goed  hier: fout"]);
    }

    #[test]
    fn what_cannot_be_read_does_not_fit_the_schema() {
        let tally = tally("<Bericht", GOOD);
        assert_eq!(tally.schema, Count { agreed: 0, total: 1 });
        let wrong = GOOD.replace("true", "false");
        assert_eq!(self::tally("<Bericht", &wrong).schema, Count { agreed: 1, total: 1 });
    }
}
