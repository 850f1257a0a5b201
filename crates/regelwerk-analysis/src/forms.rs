//! Rules on the outer form of a file: `vorm:` and the files that are their examples.

use regelwerk_diag::Diagnostic;
use regelwerk_model::{Form, FormExample, OuterForm, RuleKind};
use regelwerk_syntax::ast::{self, Clause, Example, Line, Spanned, Word};

use crate::codes::BAD_EXAMPLE;
use crate::given;
use crate::sink::Sink;

/// Bytes in a megabyte.
const MEGABYTE: u64 = 1_000_000;

/// What an example can say of a file.
const WORDS: &str = "utf-8, utf-16, met byte-order mark, zonder byte-order mark, cr/lf, lf, of een grootte als 26 MB";

/// A rule with `vorm:`.
pub(crate) fn rule(forms: &[Spanned<ast::Form>], lines: &[Line], sink: &mut Sink) -> RuleKind {
    let examples = lines.iter().filter_map(|line| match &line.clause {
        Clause::Example(is_good, example) => {
            let file = file(example, line, sink)?;
            Some(FormExample { is_good: *is_good, file, span: line.span })
        }
        _ => None,
    });
    let examples: Vec<FormExample> = examples.collect();
    let says = |file: &OuterForm| (file.is_utf16, file.has_bom, file.is_bare_lf, file.bytes);
    given::twice(examples.iter().map(|one| (says(&one.file), one.is_good, one.span)), sink);
    RuleKind::Form(forms.iter().map(|form| form_of(form.value)).collect(), examples)
}

fn form_of(form: ast::Form) -> Form {
    match form {
        ast::Form::Utf8 => Form::Utf8,
        ast::Form::NoByteOrderMark => Form::NoByteOrderMark,
        ast::Form::CrLf => Form::CrLf,
        ast::Form::Megabytes(megabytes) => Form::MaxBytes(megabytes.saturating_mul(MEGABYTE)),
    }
}

/// `"utf-16, lf"`
fn file(example: &Example, line: &Line, sink: &mut Sink) -> Option<OuterForm> {
    let Example::Value(said) = example else {
        sink.push(
            Diagnostic::error(BAD_EXAMPLE, "hier hoort de vorm van een bestand", line.span)
                .help(format!("noem tussen aanhalingstekens: {WORDS}")),
        );
        return None;
    };
    let mut file = OuterForm::default();
    for word in said.value.split(',').map(str::trim) {
        if !set(&mut file, word) {
            unknown(word, said, sink);
            return None;
        }
    }
    Some(file)
}

/// Whether the word says something of a file.
fn set(file: &mut OuterForm, word: &str) -> bool {
    match word {
        "utf-8" => file.is_utf16 = false,
        "utf-16" => file.is_utf16 = true,
        "zonder byte-order mark" => file.has_bom = false,
        "met byte-order mark" => file.has_bom = true,
        "cr/lf" => file.is_bare_lf = false,
        "lf" => file.is_bare_lf = true,
        size => {
            let megabytes = size.strip_suffix(" MB").and_then(|size| size.parse::<u64>().ok());
            file.bytes = megabytes.unwrap_or_default().saturating_mul(MEGABYTE);
            return megabytes.is_some();
        }
    }
    true
}

fn unknown(word: &str, said: &Word, sink: &mut Sink) {
    sink.push(
        Diagnostic::error(BAD_EXAMPLE, format!("`{word}` is geen vorm van een bestand"), said.span)
            .help(format!("noem: {WORDS}")),
    );
}
