//! What must hold of any input. cargo-fuzz looks for input that breaks it; the tests of the project
//! try the seeds.

mod dossier;

use std::sync::LazyLock;

use regelwerk::{Context, Draft, Lang, Message, Report, Verdict, validate};
use regelwerk_compiler::diag::{Source, Sources, Style, render};
use regelwerk_compiler::{Unformatted, format};

pub use dossier::dossier;

/// Every rule, every remark: nothing that a message can reach is left out.
static CONTEXT: LazyLock<Context> =
    LazyLock::new(|| regelwerk::context().remarks(true).all_levels(true));
static PLAIN: LazyLock<Context> = LazyLock::new(regelwerk::context);

/// A standard to stand in, so that rules have elements to speak of.
const GROUND: &str = include_str!("../../proef/ground.regels");

/// Any bytes as a message: a report comes of it and can be told, its verdict does not hang on outer
/// form, and what is accepted can be written and read back. Any text as JSON of a draft: a draft or
/// a reason.
pub fn read(bytes: &[u8]) {
    tell(&validate(bytes, &CONTEXT));
    let report = validate(bytes, &PLAIN);
    tell(&report);
    if let Ok(text) = std::str::from_utf8(bytes) {
        if report.verdict != Verdict::Unreadable {
            outer_form(text, &report);
        }
        if let Err(reason) = Draft::from_json(text, &PLAIN) {
            let _ = [Lang::Nl, Lang::En].map(|lang| reason.text(lang, false));
        }
    }
    if let Ok(message) = Message::read(bytes, &PLAIN) {
        write_and_read(&message, report.verdict);
    }
}

/// Every text that a report can give.
fn tell(report: &Report) {
    for lang in [Lang::Nl, Lang::En] {
        for finding in &report.findings {
            let _ = finding.text(lang);
        }
        for redact in [false, true] {
            let _ = format!("{:?}", report.view(lang, redact));
        }
    }
}

/// A readable message with a comment behind it, with other line ends, or with a byte-order mark,
/// has the verdict and the findings that it had.
fn outer_form(text: &str, report: &Report) {
    let bare = text.strip_prefix('\u{feff}').unwrap_or(text);
    let lines = bare.replace("\r\n", "\n").replace('\r', "\n");
    let forms = [format!("\u{feff}{bare}"), format!("{bare}<!-- -->"), lines.replace('\n', "\r\n")];
    for form in forms {
        let other = validate(form.as_bytes(), &PLAIN);
        let essence = |report: &Report| {
            let findings = report.findings.iter();
            findings.map(|one| (one.rule, one.path.clone())).collect::<Vec<_>>()
        };
        assert_eq!(other.verdict, report.verdict, "{form}");
        assert_eq!(essence(&other), essence(report), "{form}");
    }
}

/// A message that a draft can hold comes back from JSON as it was, and is accepted in XML if it was
/// before. A draft can hold what is accepted, unless the release is not known completely.
fn write_and_read(message: &Message<'_>, verdict: Verdict) {
    let is_accepted = verdict == Verdict::Accepted;
    let draft = match Draft::of(message) {
        Ok(draft) => draft,
        Err(reason) => {
            let _ = [false, true].map(|redact| reason.text(Lang::En, redact));
            assert!(!is_accepted || !message.release().is_complete, "no draft: {reason}");
            return;
        }
    };
    let back = draft.to_json().ok().and_then(|json| Draft::from_json(&json, &PLAIN).ok());
    assert!(back.as_ref() == Some(&draft), "not the same from JSON");
    let again = draft.xml().map(|xml| validate(xml.as_bytes(), &PLAIN).verdict);
    let is_again = again.is_ok_and(|verdict| verdict == Verdict::Accepted);
    assert!(is_again || !is_accepted, "not accepted as written");
}

/// Any text as a rule file: it is told what is wrong, what is sound becomes Rust, and what can be read
/// is laid out.
pub fn rules(text: &str) {
    let ground = Source { path: "ground.regels".to_owned(), text: GROUND.to_owned() };
    let source = Source { path: "tekst.regels".to_owned(), text: text.to_owned() };
    let compilation = regelwerk_compiler::compile(Sources::new("", vec![ground, source]));
    let _ = render(&compilation.sources, &compilation.diagnostics, Style::Plain);
    if compilation.is_sound() {
        let _ = compilation.rust();
    }
    lay_out(text);
}

/// What can be read is laid out, and stays as it is then.
fn lay_out(text: &str) {
    match format("tekst.regels", text, Style::Plain) {
        Ok(once) => assert_eq!(format("tekst.regels", &once, Style::Plain).ok(), Some(once)),
        Err(why) => assert!(matches!(why, Unformatted::Unreadable(_)), "{why}: {text}"),
    }
}
