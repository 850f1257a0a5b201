//! Trying examples by a standard.

mod told;

use regelwerk_emit::Case;
use regelwerk_kernel::standard::Rule;
use regelwerk_kernel::{
    Context, Date, Finding, ProtocolChoice, Reason, Report, Severity, Standard, Unreadable,
    Verdict, validate,
};
use regelwerk_model::process::{Course, Process};
use regelwerk_model::{DayCount, OuterForm, TermExample, TermPart};

use crate::Judged;
use crate::day::date;
use crate::example::{Example, Shows};

/// What came of an example.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Tried {
    /// It is as it says.
    Holds,
    /// There is nothing to try it with: no element refers to its rule.
    NotTried,
    /// It is not as it says: what came of it instead, never nothing.
    Fails(Vec<Wrong>),
}

/// What came of an example instead of what it says.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Wrong {
    /// The rule reports something where it must not.
    Reported {
        /// Where.
        place: Place,
        /// What.
        findings: Vec<Finding>,
    },
    /// The rule reports nothing where it must.
    Silent {
        /// Where.
        place: Place,
        /// Why it was not assessed, if it was not.
        why: Option<Reason>,
        /// Codes of other rules that report something, in order.
        others: Vec<&'static str>,
    },
    /// The message cannot be read.
    Unreadable(Place, Unreadable),
    /// A file must be accepted, whatever its form; these rules reject it.
    Rejected(Vec<&'static str>),
    /// A file has a remark and must not have one, or the reverse.
    Remarked(bool),
    /// The last day is another; none where there is none.
    Day {
        /// As it says.
        expected: Date,
        /// As it is.
        found: Option<Date>,
    },
    /// The process is in another state in the end.
    State {
        /// As it says.
        expected: String,
        /// As it is.
        found: String,
    },
    /// An event is not taken.
    NotTaken(String),
    /// Every event is taken, and one must not be.
    AllTaken {
        /// The state in the end.
        found: String,
    },
    /// The standard has no such thing.
    Unknown,
}

/// Where an example was tried.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// The release: `3.2`.
    pub release: String,
    /// The message: `JW301`.
    pub message: String,
    /// The element: `/Bericht/Client/Bsn`.
    pub element: String,
}

/// A message by itself, judged as the context says.
#[must_use]
pub fn judge(xml: &str, context: &Context) -> Judged {
    let report = validate(xml.as_bytes(), context);
    Judged { xml: xml.to_owned(), received: None, report }
}

/// What the rule of a case reports of its message, judged at all levels, and the whole report.
#[must_use]
pub fn reported(case: &Case, library: &'static Standard) -> (Vec<Finding>, Report) {
    let choice = case.protocol.clone().map(ProtocolChoice::Named).unwrap_or_default();
    let context = Context::new(vec![library]).all_levels(true).remarks(true).protocol(choice);
    let report = judge(&case.xml, &context).report;
    let is_remark = rule(library, case).is_some_and(|rule| rule.is_remark);
    // That the schema refuses what a protocol asks for is told under the protocol's rule.
    let is_own =
        |one: &&Finding| one.rule == case.rule && (is_remark || one.severity == Severity::Error);
    (report.findings.iter().filter(is_own).cloned().collect(), report)
}

fn rule(library: &'static Standard, case: &Case) -> Option<&'static Rule> {
    let of_protocol = |name: &String| library.protocols.iter().find(|one| one.name == name);
    let rules = match &case.protocol {
        None => library.rules,
        Some(name) => of_protocol(name)?.rules,
    };
    rules.iter().find(|rule| rule.code == case.rule)
}

impl Example<'_> {
    /// Tries it by a standard.
    #[must_use]
    pub fn try_by(&self, library: &'static Standard) -> Tried {
        let wrong = match &self.shows {
            Shows::Messages { cases, .. } if cases.is_empty() => return Tried::NotTried,
            Shows::Messages { is_good, is_of_any, cases, .. } => {
                messages(cases, *is_good, *is_of_any, library)
            }
            Shows::File { is_good, form } => file(self.of, *form, *is_good, library),
            Shows::LastDay { part, days } => self.last_day(part, days, library),
            Shows::WorkingDays(days) => working_days(self.of, days, library),
            Shows::Events(process, course) => events(process, course, library),
        };
        if wrong.is_empty() { Tried::Holds } else { Tried::Fails(wrong) }
    }

    /// On its last day a term is in time, for whatever opens it.
    fn last_day(
        &self,
        part: &TermPart,
        days: &TermExample,
        library: &'static Standard,
    ) -> Vec<Wrong> {
        let releases = part.interval.map(|it| [it.first, it.last]);
        let is_it = |protocol: Option<u16>, number: u16| {
            let laid = protocol.and_then(|at| library.protocols.get(usize::from(at)));
            let rules = laid.map_or(library.rules, |one| one.rules);
            let code = rules.get(usize::from(number)).map(|rule| rule.code);
            laid.map(|one| one.name) == self.protocol && code == Some(self.of)
        };
        let mut found = library
            .dossier
            .terms
            .iter()
            .filter(|term| term.label == part.label && is_it(term.protocol, term.rule))
            .filter(|term| term.releases.map(|it| it.map(usize::from)) == releases)
            .map(|term| term.within.last_day(date(days.begins)))
            .peekable();
        if found.peek().is_none() {
            return vec![Wrong::Unknown];
        }
        let expected = date(days.due);
        let mut wrong: Vec<_> = found
            .filter(|found| *found != Some(expected))
            .map(|found| Wrong::Day { expected, found })
            .collect();
        // More things may open it; it is as long for each.
        wrong.dedup();
        wrong
    }
}

fn messages(
    cases: &[Case],
    is_good: bool,
    is_of_any: bool,
    library: &'static Standard,
) -> Vec<Wrong> {
    let mut wrong = Vec::new();
    for case in cases {
        match against(case, is_good, library) {
            None if is_of_any => return Vec::new(),
            found => wrong.extend(found),
        }
    }
    wrong
}

/// What is not as a case says.
fn against(case: &Case, is_good: bool, library: &'static Standard) -> Option<Wrong> {
    let (findings, report) = reported(case, library);
    let place = || Place {
        release: case.release.clone(),
        message: case.message.clone(),
        element: case.element.clone(),
    };
    if let Some(why) = report.unreadable {
        return Some(Wrong::Unreadable(place(), why));
    }
    match (is_good, findings.is_empty()) {
        (true, true) | (false, false) => None,
        (true, false) => Some(Wrong::Reported { place: place(), findings }),
        (false, true) => {
            let is_open = |gap: &&regelwerk_kernel::NotAssessed| {
                gap.rules.iter().any(|code| *code == case.rule)
            };
            let why = report.not_assessed.iter().find(is_open).map(|gap| gap.reason.clone());
            Some(Wrong::Silent { place: place(), why, others: codes(&report.findings) })
        }
    }
}

fn codes(findings: &[Finding]) -> Vec<&'static str> {
    let mut codes: Vec<_> = findings.iter().map(|one| one.rule).collect();
    codes.sort_unstable();
    codes.dedup();
    codes
}

/// An example of a rule on the outer form is a whole file: a base message in that form.
fn file(code: &str, form: OuterForm, is_good: bool, library: &'static Standard) -> Vec<Wrong> {
    let Some(bytes) = file_like(form, library) else { return vec![Wrong::Unknown] };
    let report = validate(&bytes, &Context::new(vec![library]).remarks(true));
    let is_error = |one: &&Finding| one.severity == Severity::Error;
    let errors: Vec<_> = report.findings.iter().filter(is_error).cloned().collect();
    if report.verdict != Verdict::Accepted {
        return vec![Wrong::Rejected(codes(&errors))];
    }
    let is_remarked = report.findings.iter().any(|finding| finding.rule == code);
    (is_remarked == is_good).then_some(Wrong::Remarked(is_remarked)).into_iter().collect()
}

/// A message that is right, as a file of this form.
fn file_like(form: OuterForm, library: &'static Standard) -> Option<Vec<u8>> {
    let releases = library.releases.iter().filter(|one| one.is_complete);
    let message = releases.flat_map(|one| one.messages).next()?;
    let plain = message.base.replace("\r\n", "\n");
    let mut text = if form.is_bare_lf { plain } else { plain.replace('\n', "\r\n") };
    if form.is_utf16 {
        text = text.replace("UTF-8", "UTF-16");
    }
    if form.has_bom || form.is_utf16 {
        text.insert(0, '\u{feff}');
    }
    let mut bytes = match form.is_utf16 {
        true => text.encode_utf16().flat_map(u16::to_le_bytes).collect(),
        false => text.into_bytes(),
    };
    let size = usize::try_from(form.bytes).ok()?;
    bytes.resize(size.max(bytes.len()), b' ');
    Some(bytes)
}

fn working_days(name: &str, days: &DayCount, library: &'static Standard) -> Vec<Wrong> {
    let calendar = library.dossier.calendars.iter().find(|calendar| calendar.name == name);
    let Some(calendar) = calendar else { return vec![Wrong::Unknown] };
    let expected = date(days.to);
    let found = calendar.after(date(days.from), days.working_days);
    (found != Some(expected)).then_some(Wrong::Day { expected, found }).into_iter().collect()
}

fn events(told: &Process, course: &Course, library: &'static Standard) -> Vec<Wrong> {
    let process = library.dossier.processes.iter().find(|one| one.name == told.name);
    let Some(process) = process else { return vec![Wrong::Unknown] };
    let event = |at: usize| told.events.get(at).map_or(String::new(), |it| it.name.clone());
    let mut state = process.initial;
    for &at in &course.events {
        let next = u8::try_from(at).ok().and_then(|event| (process.next)(state, event));
        match (next, course.ends_in) {
            (Some(next), _) => state = next,
            // It says so, of one of them.
            (None, None) => return Vec::new(),
            (None, Some(_)) => return vec![Wrong::NotTaken(event(at))],
        }
    }
    let name = |at: usize| told.states.get(at).map_or(String::new(), |it| it.name.clone());
    let found = name(usize::from(state));
    match course.ends_in {
        None => vec![Wrong::AllTaken { found }],
        Some(at) if at != usize::from(state) => vec![Wrong::State { expected: name(at), found }],
        Some(_) => Vec::new(),
    }
}
