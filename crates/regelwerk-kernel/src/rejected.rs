//! A message that was made and found wrong.

use std::collections::BTreeSet;
use std::fmt;

use crate::finding::Severity;
use crate::lang::Lang;
use crate::report::Report;

/// Why a message that was made is not handed out: the report on it.
///
/// As an error it is told briefly and without values; [`Rejected::report`] has all.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rejected(Box<Report>);

impl Rejected {
    pub(crate) fn new(report: Report) -> Self {
        Self(Box::new(report))
    }

    /// The report of what is wrong.
    #[must_use]
    pub fn report(&self) -> &Report {
        &self.0
    }

    /// The report of what is wrong, to keep.
    #[must_use]
    pub fn into_report(self) -> Report {
        *self.0
    }

    /// That it is rejected, how many errors it has, and of which rules; or why it cannot be written.
    /// Without values.
    #[must_use]
    pub fn text(&self, lang: Lang) -> String {
        let (report, name) = (&*self.0, self.0.message.unwrap_or_default());
        if let Some(unreadable) = report.clone().redacted().unreadable {
            let intro = lang.pick("Het bericht is niet te maken", "The message cannot be made");
            return format!("{intro}: {}", unreadable.text(lang));
        }
        let errors = report.findings.iter().filter(|one| one.severity == Severity::Error);
        let rules: Vec<_> = errors.map(|finding| finding.rule).collect();
        let codes: Vec<_> = rules.iter().copied().collect::<BTreeSet<_>>().into_iter().collect();
        let (number, codes) = (rules.len(), codes.join(", "));
        let (fouten, errors) = if number == 1 { ("fout", "error") } else { ("fouten", "errors") };
        lang.pick(
            format!("{name} is afgekeurd: {number} {fouten} ({codes}). Het rapport zegt waar."),
            format!("{name} is rejected: {number} {errors} ({codes}). The report says where."),
        )
    }
}

impl fmt::Display for Rejected {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text(Lang::default()))
    }
}

impl std::error::Error for Rejected {}
