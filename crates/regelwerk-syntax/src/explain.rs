//! What pest could not read, in the analyst's words.

use pest::error::{Error, ErrorVariant, InputLocation};
use regelwerk_diag::{Diagnostic, SourceId};

use crate::codes::UNREADABLE_CLAUSE;
use crate::outline::span;
use crate::{Rule, suggest};

/// The diagnostic for an error of pest in `text`, which starts at byte `base` of the file.
pub(crate) fn diagnose(
    error: &Error<Rule>,
    text: &str,
    source: SourceId,
    base: usize,
) -> Diagnostic {
    let at = match error.location {
        InputLocation::Pos(at) | InputLocation::Span((at, _)) => at.min(text.len()),
    };
    let found = found_at(text, at);
    let expected = expected(error);
    let place = span(source, base + at, base + at + found.len().max(1).min(text.len() - at));
    let title = match found {
        "" => "deze regel houdt te vroeg op".to_owned(),
        word if is_taken(word, &expected) => {
            format!("`{word}` is een woord van de taal en kan geen naam zijn")
        }
        word => format!("`{word}` kan hier niet staan"),
    };
    let suggestion = suggest::closest(found, expected.iter().map(String::as_str))
        .filter(|_| !found.is_empty())
        .map(|word| format!("bedoelde u `{word}`?"));
    Diagnostic::error(UNREADABLE_CLAUSE, title, place).maybe_help(
        match (suggestion, expected.is_empty()) {
            (Some(suggestion), _) => Some(suggestion),
            (None, false) => Some(format!("hier kan staan: {}", expected.join(", "))),
            (None, true) => None,
        },
    )
}

/// Whether a word stands where a name of the analyst's own could, but is the language's.
fn is_taken(word: &str, expected: &[String]) -> bool {
    let is_word = word.chars().all(char::is_lowercase);
    is_word && expected.iter().any(|one| *one == describe(&Rule::parameter))
}

/// The word at an offset: up to white space or punctuation, at least one character.
fn found_at(text: &str, at: usize) -> &str {
    let rest = text.get(at..).unwrap_or("");
    let is_word = |c: char| c.is_alphanumeric() || matches!(c, '_' | '.' | '-');
    let end = rest.find(|c| !is_word(c)).unwrap_or(rest.len());
    match rest.chars().next() {
        Some(first) if end == 0 => rest.get(..first.len_utf8()).unwrap_or(""),
        _ => rest.get(..end).unwrap_or(""),
    }
}

fn expected(error: &Error<Rule>) -> Vec<String> {
    let ErrorVariant::ParsingError { positives, .. } = &error.variant else { return Vec::new() };
    let mut words: Vec<String> = positives.iter().map(describe).collect();
    words.sort();
    words.dedup();
    words
}

/// A rule of the grammar as an analyst calls it.
fn describe(rule: &Rule) -> String {
    let text = match rule {
        Rule::name | Rule::dotted | Rule::path | Rule::head | Rule::step => "een element",
        Rule::rule_code => "een regelcode",
        Rule::parameter => "een naam in kleine letters",
        Rule::string => "een tekst tussen aanhalingstekens",
        Rule::integer => "een getal",
        Rule::date => "een datum (dd-mm-jjjj)",
        Rule::text => "een tekst",
        Rule::release => "een release (3.2)",
        Rule::condition | Rule::operand | Rule::comparison => "een voorwaarde",
        Rule::term | Rule::factor | Rule::values | Rule::list => "een waarde",
        Rule::literal | Rule::code | Rule::code_word | Rule::time => "een code of waarde",
        Rule::interval => "vanaf release …",
        Rule::reference => "[regelcode]",
        Rule::EOI => "het einde van de regel",
        Rule::k_tm => "t/m",
        Rule::op_eq => "=",
        Rule::op_ne => "<>",
        Rule::op_plus => "+",
        Rule::op_minus => "-",
        word => return keyword(*word),
    };
    text.to_owned()
}

fn keyword(rule: Rule) -> String {
    let name = format!("{rule:?}");
    name.strip_prefix("k_").unwrap_or(&name).replace('_', " ")
}
