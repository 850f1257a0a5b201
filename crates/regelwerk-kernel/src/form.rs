//! Demands on the outer form of a file: what does not meet them is remarked upon.

use crate::decode::Encoding;
use crate::document::{Document, ElementId};
use crate::finding::{Citation, Finding, Found, Phrase, RuleAt, Severity};
use crate::message::{Message, Subject};
use crate::standard::{Form, Rule};

/// Bytes in a megabyte.
const MEGABYTE: u64 = 1_000_000;

/// What the file that a document was read from does not meet of the demands of its standard.
pub(crate) fn remarks(document: &Document<'_>, subject: &Subject) -> Vec<Finding> {
    let bytes = u64::try_from(document.byte_count()).unwrap_or(u64::MAX);
    let standard = subject.kind.standard;
    let unmet = standard.forms.iter().filter_map(|demand| {
        let rule = standard.rules.get(usize::from(demand.rule))?;
        let (expected, found) = demand.form.unmet(document, bytes)?;
        Some(remark(document, subject, rule, expected, found))
    });
    unmet.collect()
}

impl Form {
    /// What is expected and what is found, where the demand is not met.
    fn unmet(self, document: &Document<'_>, bytes: u64) -> Option<(Phrase, Phrase)> {
        let (met, expected, found) = match self {
            Self::Utf8 => {
                let encoding = document.encoding();
                let found = encoding.name();
                let (expected, found) = (Phrase::same("UTF-8"), Phrase::same(found));
                (encoding == Encoding::Utf8, expected, found)
            }
            Self::NoByteOrderMark => {
                let expected = Phrase::fixed("zonder byte-order mark", "without byte-order mark");
                let found = Phrase::fixed("met byte-order mark", "with byte-order mark");
                (!document.has_bom(), expected, found)
            }
            Self::CrLf => {
                let expected =
                    Phrase::fixed("CR/LF als einde van een regel", "CR/LF at the end of a line");
                (!document.has_bare_lf(), expected, Phrase::fixed("alleen LF", "LF alone"))
            }
            Self::MaxBytes(most) => {
                let (expected, found) = sizes(most, bytes);
                (bytes <= most, expected, found)
            }
        };
        (!met).then_some((expected, found))
    }
}

impl Encoding {
    fn name(self) -> &'static str {
        match self {
            Self::Utf8 => "UTF-8",
            Self::Utf16Le | Self::Utf16Be => "UTF-16",
        }
    }
}

/// A size that is allowed and one that is not, in megabytes if the first is a whole number of
/// them. The second is rounded up, so that it is never told to be the first.
fn sizes(most: u64, bytes: u64) -> (Phrase, Phrase) {
    let (most, bytes, unit) = match most % MEGABYTE {
        0 => (most / MEGABYTE, bytes.div_ceil(MEGABYTE), "MB"),
        _ => (most, bytes, "bytes"),
    };
    let expected =
        Phrase::composed(format!("hoogstens {most} {unit}"), format!("at most {most} {unit}"));
    let found = format!("{bytes} {unit}");
    (expected, Phrase::composed(found.clone(), found))
}

/// The remark that a message was rejected by the order of arrival alone.
pub(crate) fn order_remark(message: &Message<'_>, rule: &Rule) -> Finding {
    let expected =
        Phrase::fixed("ontvangst in de volgorde van verzending", "receipt in the order of sending");
    let found =
        Phrase::fixed("afkeur die alleen van de volgorde komt", "rejection by the order alone");
    remark(message.document(), message.subject(), rule, expected, found)
}

/// A remark on the file as a whole: there is nothing in it to mark.
fn remark(
    document: &Document<'_>,
    subject: &Subject,
    rule: &Rule,
    expected: Phrase,
    found: Phrase,
) -> Finding {
    Finding {
        rule: rule.code,
        protocol: None,
        severity: Severity::Remark,
        level: rule.level,
        retourcode: rule.retourcode,
        path: document.path(ElementId::ROOT),
        related: Vec::new(),
        line: 1,
        column: 1,
        offset: 0,
        length: 0,
        found: Found::Phrase(found),
        expected,
        comes_to: None,
        because: None,
        source: Citation::Fixed(
            rule.sources.first().copied().unwrap_or(subject.kind.release.source),
        ),
        rule_at: Some(RuleAt::of(rule)),
    }
}

#[cfg(test)]
mod tests {
    use crate::lang::Lang;

    #[test]
    fn a_size_that_is_too_large_never_looks_right() {
        let told = |most, bytes| {
            let (expected, found) = super::sizes(most, bytes);
            (expected.get(Lang::Nl).to_owned(), found.get(Lang::Nl).to_owned())
        };
        assert_eq!(told(25_000_000, 31_000_000), ("hoogstens 25 MB".into(), "31 MB".into()));
        assert_eq!(told(25_000_000, 25_000_001).1, "26 MB");
        assert_eq!(told(1_500, 1_501), ("hoogstens 1500 bytes".into(), "1501 bytes".into()));
    }
}
