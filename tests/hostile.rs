//! Input that means no good, or only looks as if it does not: each kind has its case. Whatever
//! comes in, there is an answer soon, it says what is the matter, and the other files are judged.

mod dossiers;
mod files;
mod outer_form;
mod saved;

use std::io::{self, Read};
use std::time::{Duration, Instant};

use regelwerk::{Context, Fault, Lang, Report, Severity, UnreadableKind, Verdict, validate};
use regelwerk_cli::Style;

/// What a refusal at sight may take, on a slow machine and without optimisation.
const AT_ONCE: Duration = Duration::from_secs(2);

/// A message that is right, with the line ends that are asked for.
fn good() -> String {
    let mut releases = regelwerk::STANDARDS.iter().flat_map(|standard| standard.releases);
    let release = releases.find(|release| release.name == "3.2").unwrap();
    let message = release.messages.iter().find(|message| message.name == "JW305").unwrap();
    message.base.replace("\r\n", "\n").replace('\n', "\r\n")
}

/// The same, with one thing wrong.
fn bad() -> String {
    let good = good();
    let bsn = value(&good, "Bsn").to_owned();
    good.replace(&bsn, "999900007")
}

/// The value of the first element that is so called.
fn value<'m>(message: &'m str, name: &str) -> &'m str {
    let (_, rest) = message.split_once(&format!(":{name}>")).unwrap();
    rest.split_once('<').unwrap().0
}

fn context() -> Context {
    regelwerk::context().remarks(true)
}

/// The remarks on a message, as rule and what was found.
fn remarks(report: &Report) -> Vec<(&'static str, &str)> {
    let remarks = report.findings.iter().filter(|finding| finding.severity == Severity::Remark);
    remarks.map(|finding| (finding.rule, finding.found(Lang::Nl))).collect()
}

/// A declaration of many products, half of which take back one of an earlier declaration.
fn large_declaration(products: usize) -> String {
    let mut releases = regelwerk::STANDARDS.iter().flat_map(|standard| standard.releases);
    let release = releases.find(|release| release.name == "3.2").unwrap();
    let base = release.messages.iter().find(|message| message.name == "JW323").unwrap().base;
    let (head, rest) = base.split_once("<jw323:Prestatie>").unwrap();
    let (product, tail) = rest.split_once("</jw323:Prestatie>").unwrap();
    let mut text = head.replace("TotaalBedrag>10000<", "TotaalBedrag>0<");
    for number in 0..products {
        let (own, allotted) =
            (value(product, "ReferentieNummer"), value(product, "ToewijzingNummer"));
        let mut next = product.replace(&format!(">{own}<"), &format!(">R{number}<"));
        next = next.replace(&format!(">{allotted}<"), &format!(">{}<", number + 1));
        if number % 2 == 1 {
            let (close, back) = ("</basis:ReferentieNummer>", "basis:VorigReferentieNummer");
            next = next.replace(close, &format!("{close}<{back}>V{number}</{back}>"));
            next = next.replace("DebetCredit>D<", "DebetCredit>C<");
        }
        text += &format!("<jw323:Prestatie>{next}</jw323:Prestatie>");
    }
    text + tail
}

/// Comparing each credit with each product would use up the budget of a rule four times over.
#[test]
fn a_large_declaration_is_judged_whole() {
    let report = validate(large_declaration(20_000).as_bytes(), &regelwerk::context());
    assert_eq!((report.verdict, report.findings.as_slice()), (Verdict::Accepted, [].as_slice()));
    let reasons: Vec<_> = report.not_assessed.iter().map(|entry| &entry.reason).collect();
    assert_eq!(reasons, [&regelwerk::Reason::Dossier(regelwerk::DossierReason::NoDossier)]);
}

fn refused(bytes: &[u8]) -> UnreadableKind {
    let report = validate(bytes, &context());
    assert_eq!(report.verdict, Verdict::Unreadable);
    assert!(report.findings.is_empty());
    report.unreadable.unwrap().kind
}

/// What a run of the command told.
struct Told {
    exit: u8,
    out: String,
    err: String,
}

fn regelwerk(args: &[&str], stdin: impl Read) -> Told {
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let args = std::iter::once("regelwerk").chain(args.iter().copied()).map(Into::into);
    let exit = regelwerk_cli::run(args, stdin, &mut out, &mut err, Style::Plain);
    let text = |bytes| String::from_utf8(bytes).unwrap();
    Told { exit, out: text(out), err: text(err) }
}

#[test]
fn the_message_that_the_cases_start_from_is_right() {
    let report = validate(good().as_bytes(), &context());
    assert_eq!((report.verdict, &report.findings[..]), (Verdict::Accepted, &[][..]));
    assert_eq!(validate(bad().as_bytes(), &context()).verdict, Verdict::Rejected);
}

#[test]
fn what_is_not_utf8_is_refused_at_its_place() {
    let good = good();
    let (before, after) = good.split_at(good.find("<jw305:Header>").unwrap());
    let bytes = [before.as_bytes(), b"<!-- Andr\xE9 -->", after.as_bytes()].concat();
    let report = validate(&bytes, &context());
    let unreadable = report.unreadable.unwrap();
    let declared = Some("UTF-8".to_owned());
    assert_eq!(unreadable.kind, UnreadableKind::NotUtf8 { declared });
    assert_eq!(unreadable.line as usize, before.lines().count());
    // A message that stops in the middle of a character was cut off.
    assert_eq!(refused(&[before.as_bytes(), b"\xC3"].concat()), UnreadableKind::CutOff);
}

#[test]
fn utf16_has_the_verdict_of_its_twin_and_a_remark() {
    for xml in [good(), bad()] {
        let twin = validate(xml.as_bytes(), &context());
        let xml = format!("\u{FEFF}{xml}").replace("\"UTF-8\"", "\"UTF-16\"");
        let little = xml.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<_>>();
        let big = xml.encode_utf16().flat_map(u16::to_be_bytes).collect::<Vec<_>>();
        for bytes in [little, big] {
            let mut report = validate(&bytes, &context());
            assert_eq!(report.verdict, twin.verdict);
            let expected = [("OP192", "UTF-16"), ("OP192", "met byte-order mark")];
            assert_eq!(remarks(&report), expected);
            report.findings.retain(|finding| finding.severity == Severity::Error);
            assert_eq!(report.findings.len(), twin.findings.len());
            for (finding, same) in report.findings.iter().zip(&twin.findings) {
                assert_eq!(finding.text(Lang::Nl), same.text(Lang::Nl));
                assert_eq!((&finding.path, finding.line), (&same.path, same.line));
            }
            assert_eq!(validate(&bytes, &regelwerk::context()).findings, report.findings);
        }
    }
    // Half a character at the end, or half a pair of them.
    assert_eq!(refused(b"\xFF\xFE<\0a\0/"), UnreadableKind::CutOff);
    assert!(matches!(refused(b"\xFF\xFE<\0\0\xD8"), UnreadableKind::NotUtf8 { .. }));
}

#[test]
fn byte_order_mark_and_bare_line_feed_get_a_remark_and_nothing_else() {
    let marked = format!("\u{FEFF}{}", good());
    let bare = good().replace("\r\n", "\n");
    for (xml, found) in [(marked, "met byte-order mark"), (bare, "alleen LF")] {
        let report = validate(xml.as_bytes(), &context());
        assert_eq!(report.verdict, Verdict::Accepted);
        assert_eq!(remarks(&report), [("OP192", found)]);
        assert!(validate(xml.as_bytes(), &regelwerk::context()).findings.is_empty());
        let told = regelwerk(&["validate", "--remarks", "-"], xml.as_bytes());
        assert_eq!(told.exit, 0, "{}", told.out);
        assert!(told.out.contains("\nopmerking[OP192]: "), "{}", told.out);
        assert!(told.out.ends_with("\n1 bericht: 1 goedgekeurd; 1 opmerking\n"), "{}", told.out);
    }
}

/// The message with this after its root's start tag.
fn with_within(inserted: &str) -> String {
    let good = good();
    let at = good.find("<jw305:Header>").unwrap();
    [&good[..at], inserted, &good[at..]].concat()
}

#[test]
fn more_than_25_megabytes_gets_a_remark() {
    let filler = |length: usize| with_within(&format!("<!--{}-->", "x".repeat(length)));
    let most = 25_000_000 - filler(0).len();
    let report = validate(filler(most).as_bytes(), &context());
    assert_eq!((report.verdict, remarks(&report)), (Verdict::Accepted, vec![]));
    let report = validate(filler(most + 1).as_bytes(), &context());
    assert_eq!((report.verdict, remarks(&report)), (Verdict::Accepted, vec![("OP179", "26 MB")]));
}

#[test]
fn document_types_and_entities_are_refused_at_once() {
    let laughs: String = (1..30)
        .map(|n| format!("<!ENTITY l{n} \"{}\">", format!("&l{};", n - 1).repeat(10)))
        .collect();
    let billion = format!("<!DOCTYPE l [<!ENTITY l0 \"ha\">{laughs}]><l>&l29;</l>");
    let external = "<!DOCTYPE l SYSTEM \"file:///etc/passwd\"><l/>".to_owned();
    let entity = "<!DOCTYPE l [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><l>&x;</l>".to_owned();
    let good = good();
    let (declaration, root) = good.split_at(good.find("<jw305:").unwrap());
    let before_a_good_one = format!("{declaration}<!DOCTYPE Bericht>{root}");
    for xml in [billion, external, entity, before_a_good_one] {
        let started = Instant::now();
        assert_eq!(refused(xml.as_bytes()), UnreadableKind::DoctypeForbidden);
        assert!(started.elapsed() < AT_ONCE);
    }
    let xml = with_within("<jw305:x>&l29;</jw305:x>");
    assert_eq!(refused(xml.as_bytes()), UnreadableKind::UnknownEntity("l29".to_owned()));
    // Without a document type a declaration is no markup at all.
    let xml = with_within("<!ENTITY x \"y\">");
    assert_eq!(refused(xml.as_bytes()), UnreadableKind::NotXml(Fault::BadMarkup));
}

#[test]
fn ten_thousand_levels_are_too_deep() {
    let levels = 10_000;
    let (open, close) = ("<a>".repeat(levels), "</a>".repeat(levels));
    for xml in [open.clone() + &close, open.clone(), with_within(&(open + &close))] {
        assert_eq!(refused(xml.as_bytes()), UnreadableKind::TooDeep);
    }
}

/// The one of a gigabyte is measured by hand: `crates/regelwerk/benches/README.md`.
#[test]
fn an_attribute_of_50_megabytes_is_no_more_than_a_wrong_attribute() {
    let with = |length: usize| {
        let value = "x".repeat(length);
        good().replacen("<jw305:Header>", &format!("<jw305:Header nr=\"{value}\">"), 1)
    };
    let told = regelwerk(&["validate", "-"], with(50_000_000).as_bytes());
    assert_eq!(told.exit, 1);
    assert!(told.out.len() < 10_000, "{}", told.out.len());
    for line in ["\n3 | <jw305:Header …>\n", "\n  waar           /Bericht/Header"] {
        assert!(told.out.contains(line), "{}", told.out);
    }
    // One that never ends.
    let open = format!("<a b=\"{}", "x".repeat(1_000_000));
    assert_eq!(refused(open.as_bytes()), UnreadableKind::CutOff);
}

#[test]
fn attributes_without_end_are_too_many() {
    let attributes: String = (0..10_000).map(|number| format!(" a{number}=''")).collect();
    let in_one_tag = with_within(&format!("<a{attributes}/>"));
    let in_all = with_within(&"<a b='' c='' d='' e=''/>".repeat(300_000));
    for xml in [in_one_tag, in_all] {
        assert_eq!(refused(xml.as_bytes()), UnreadableKind::TooManyAttributes);
    }
}

/// 200 megabytes of them are measured by hand: `crates/regelwerk/benches/README.md`.
#[test]
fn five_million_elements_are_too_many() {
    let xml = with_within(&"<a/>".repeat(5_000_000));
    assert_eq!(refused(xml.as_bytes()), UnreadableKind::TooManyElements);
}

#[test]
fn standard_input_that_never_ends_is_given_up() {
    let told = regelwerk(&["validate", "-"], io::repeat(b'<'));
    assert_eq!((told.exit, told.err.as_str()), (2, "-: te groot: meer dan 256 MiB\n"));
    assert!(told.out.ends_with("\n1 bericht: 1 onleesbaar\n"), "{}", told.out);
}
