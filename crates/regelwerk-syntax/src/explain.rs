//! What pest could not read, in the analyst's words.

use std::sync::LazyLock;

use pest::error::{Error, ErrorVariant, InputLocation};
use regelwerk_diag::{Diagnostic, SourceId};

use crate::codes::{NO_SUCH_DATE, UNREADABLE_CLAUSE};
use crate::outline::span;
use crate::{Rule, suggest};

/// The diagnostic for an error of pest, by `rule`, in `text`, which starts at byte `base` of the file.
pub(crate) fn diagnose(
    rule: Rule,
    error: &Error<Rule>,
    text: &str,
    source: SourceId,
    base: usize,
) -> Diagnostic {
    let at = match error.location {
        InputLocation::Pos(at) | InputLocation::Span((at, _)) => at.min(text.len()),
    };
    let blank = text.get(at..).map_or(0, |rest| rest.len() - rest.trim_start_matches(' ').len());
    let at = at + blank;
    let found = found_at(text, at);
    let place = span(source, base + at, base + at + found.len().max(1).min(text.len() - at));
    if let Some(written) = date_at(text, at).filter(|written| !is_date(written)) {
        let title = format!("`{written}` is geen datum zoals die hier staat");
        return Diagnostic::error(NO_SUCH_DATE, title, place)
            .help("een datum is dd-mm-jjjj, een tijd uu:mm:ss");
    }
    if rule == Rule::clause_outcome
        && let Some(wrong) = outcome(text, at, source, base)
    {
        return wrong;
    }
    let expected = expected(error);
    if found == "geldt"
        && let Some(wrong) = capital(text, at, source, base)
    {
        return wrong;
    }
    Diagnostic::error(UNREADABLE_CLAUSE, title(found, &expected), place)
        .maybe_help(help(found, &expected))
}

/// What is expected, up to a comma, where its first words are nearly those of what can be: any word
/// can be a process, so that they are not what could not be read.
fn outcome(text: &str, at: usize, source: SourceId, base: usize) -> Option<Diagnostic> {
    let from = text.get(..at)?.rfind(',').map_or(0, |comma| comma + 1);
    let rest = text.get(from..)?;
    let meant = meant_outcome(rest.split(',').next()?)?;
    let start = from + rest.len() - rest.trim_start().len();
    let found = found_at(text, start);
    let place = span(source, base + start, base + start + found.len());
    let title = format!("`{found}` kan hier niet staan");
    let wrong = Diagnostic::error(UNREADABLE_CLAUSE, title, place);
    Some(wrong.help(format!("bedoelde u `{meant}`?")))
}

/// The words that what a scenario expects begins with nearly, and not quite: `goedgekeurt`.
#[must_use]
pub fn meant_outcome(written: &str) -> Option<&'static str> {
    let first = |like: &str| {
        let words = written.split_whitespace().take(like.split(' ').count());
        words.collect::<Vec<_>>().join(" ")
    };
    let mut known = BEGINNINGS.into_iter();
    match known.clone().any(|one| first(one) == one) {
        true => None,
        false => known.find(|one| suggest::closest(&first(one), [*one]).is_some()),
    }
}

/// That the name before `geldt` has a capital, as that of no condition has.
fn capital(text: &str, at: usize, source: SourceId, base: usize) -> Option<Diagnostic> {
    let before = text.get(..at)?.trim_end();
    let is_name = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-');
    let name = &before.get(before.trim_end_matches(is_name).len()..)?;
    let small = name.to_lowercase();
    let end = base + before.len();
    (small != **name && crate::can_name_rows(&small)).then(|| {
        let title = format!("`{name}` is geen naam van een voorwaarde");
        let place = span(source, end - name.len(), end);
        let help = format!("die heeft kleine letters: bedoelde u `{small} geldt`?");
        Diagnostic::error(UNREADABLE_CLAUSE, title, place).help(help)
    })
}

fn title(found: &str, expected: &[&str]) -> String {
    match found {
        "" => "deze regel houdt te vroeg op".to_owned(),
        "“" | "”" | "‘" | "’" | "'" => "dit is geen recht aanhalingsteken".to_owned(),
        "\"" if expected.contains(&NAMED) => "hier ontbreekt een naam".to_owned(),
        "\"" => "deze aanhaling wordt op deze regel niet gesloten".to_owned(),
        "\u{a0}" => "hier staat een harde spatie".to_owned(),
        word if is_keyword(word) && expected.contains(&NAME) => {
            format!("`{word}` is een woord van de taal en kan geen naam zijn")
        }
        word => format!("`{word}` kan hier niet staan"),
    }
}

fn help(found: &str, expected: &[&str]) -> Option<String> {
    match found {
        "“" | "”" | "‘" | "’" | "'" => {
            return Some("gebruik \" aan beide kanten".to_owned());
        }
        "\u{a0}" => return Some("vervang hem door een gewone spatie".to_owned()),
        _ => {}
    }
    // One-character signs are near to everything, and a word of the language is no mistake in
    // spelling.
    let words = expected.iter().copied().filter(|word| word.chars().count() > 1);
    let near = (!is_keyword(found)).then(|| nearest(found, words)).flatten();
    match near {
        Some(word) => Some(format!("bedoelde u `{word}`?")),
        None if expected.is_empty() => None,
        None => Some(format!("hier kan staan: {}", expected.join(", "))),
    }
}

/// The expected word that `found` is most like, by its first word.
fn nearest<'w>(found: &str, words: impl Iterator<Item = &'w str> + Clone) -> Option<&'w str> {
    if let Some(joined) = words.clone().find(|word| word.replace(' ', "") == found) {
        return Some(joined);
    }
    let first = |word: &'w str| word.split(' ').next().unwrap_or(word);
    let near = suggest::closest(found, words.clone().map(first))?;
    let mut words = words;
    words.find(|word| first(word) == near)
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

/// What looks like a date at an offset: digits with dashes or slashes between them.
fn date_at(text: &str, at: usize) -> Option<&str> {
    let start = text.get(..at)?.rfind(|c: char| c.is_whitespace() || c == ',').map_or(0, |n| n + 1);
    let word = text.get(start..)?.split(|c: char| c.is_whitespace() || c == ',').next()?;
    let parts: Vec<_> = word.split(['-', '/']).collect();
    let is_number = |part: &&str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    (parts.len() == 3 && parts.iter().all(is_number)).then_some(word)
}

/// A date that is written well is not what is wrong.
fn is_date(written: &str) -> bool {
    chrono::NaiveDate::parse_from_str(written, "%d-%m-%Y").is_ok()
}

fn expected(error: &Error<Rule>) -> Vec<&'static str> {
    let ErrorVariant::ParsingError { positives, .. } = &error.variant else { return Vec::new() };
    let mut words: Vec<_> = positives.iter().flat_map(|rule| describe(*rule)).copied().collect();
    words.sort_unstable();
    words.dedup();
    words
}

const NAME: &str = "een naam in kleine letters";
const NAMED: &str = "een naam";

/// What a rule of the grammar can begin with, as an analyst calls it.
fn describe(rule: Rule) -> &'static [&'static str] {
    match rule {
        Rule::name
        | Rule::element_path
        | Rule::dotted
        | Rule::path
        | Rule::head
        | Rule::step
        | Rule::each
        | Rule::either
        | Rule::carried
        | Rule::assignment => &["een element"],
        Rule::assignments => &["een element met een waarde"],
        Rule::place | Rule::places => &["een bericht en een element (JW301 / Product)"],
        Rule::rule_code => &["een regelcode"],
        Rule::parameter | Rule::row_name | Rule::column_name => &[NAME],
        Rule::range => RANGES,
        Rule::row_element => &["een bericht en een element (JW301 / Product)"],
        Rule::column_of => &["een kolom"],
        Rule::between => {
            &["aantal dagen van", "aantal weken van", "aantal maanden van", "aantal zondagen van"]
        }
        Rule::identity | Rule::identity_part => &[NAMED],
        Rule::string => &["een tekst tussen aanhalingstekens"],
        Rule::integer => &["een getal"],
        Rule::date => &["een datum (dd-mm-jjjj)"],
        Rule::text => &["een tekst"],
        Rule::release => &["een release (3.2)"],
        Rule::condition | Rule::operand | Rule::comparison | Rule::named_cond => {
            &["een voorwaarde"]
        }
        Rule::term
        | Rule::product
        | Rule::factor
        | Rule::values
        | Rule::list
        | Rule::literal
        | Rule::given => &["een waarde"],
        Rule::code | Rule::code_word | Rule::time | Rule::bare => &["een code of waarde"],
        Rule::demand => DEMANDS,
        Rule::predicate => PREDICATES,
        Rule::ordering => ORDERINGS,
        Rule::junctor => &["en", "of"],
        Rule::check => &["elfproef", "patroon"],
        Rule::interval => &["vanaf release", "t/m release"],
        Rule::reference => &["[regelcode]"],
        Rule::EOI => &["het einde van de regel"],
        Rule::op_colon => &["een dubbele punt (:)"],
        Rule::op_comma => &["een komma (,)"],
        Rule::op_eq => &["="],
        Rule::op_ne => &["<>"],
        Rule::op_plus => &["+"],
        Rule::op_minus => &["-"],
        Rule::index => &[],
        deeper => describe_part(deeper),
    }
}

/// The same, of what is in no condition: parts of replies, calendars, processes, scenarios.
fn describe_part(rule: Rule) -> &'static [&'static str] {
    match rule {
        Rule::filling => FILLINGS,
        Rule::given_value => GIVEN,
        Rule::other_classes => &["elke andere klasse krijgt haar retourcode"],
        Rule::state | Rule::named => &["een naam"],
        Rule::moment => &["verzending van", "goedkeuring van", "afkeur van"],
        Rule::references => &["[regelcode]"],
        Rule::message_pair => &["een bericht met zijn antwoord (JW301 met JW302)"],
        Rule::ending => ENDINGS,
        Rule::weekday => &["een dag van de week (zondag)"],
        Rule::month => &["een maand (april)"],
        Rule::year => &["een jaar (2014)"],
        Rule::holiday_name => &["de naam van een feestdag"],
        Rule::holiday_day => &["een dag (27 april)", "Pasen"],
        Rule::holiday_part => &["op", "vanaf", "t/m", "bron", "lezing"],
        Rule::telling | Rule::sent | Rule::numbered => &["een bericht"],
        Rule::sending => &["stuurt"],
        Rule::expected => &["een regelcode"],
        Rule::outcome => OUTCOMES,
        Rule::standing => STANDINGS,
        Rule::role => &["wie het stuurt"],
        Rule::state_word => &["een toestand, als in `levering gestart`"],
        Rule::form => &["utf-8", "zonder byte-order mark", "cr/lf", "hoogstens"],
        Rule::facet => &["minstens", "hoogstens", "patroon", "codelijst"],
        Rule::element_part => &["optioneel", "een of meer", "nul of meer", "sleutel", "patroon"],
        word => keyword(word),
    }
}

const DEMANDS: &[&str] = &[
    "verplicht vullen",
    "leeg laten",
    "mag gevuld worden",
    "vullen met",
    "vullen volgens",
    "niet vullen met",
    "uniek binnen",
    "samen uniek binnen",
];

const FILLINGS: &[&str] = &[
    "overnemen",
    "overnemen uit",
    "vullen met",
    "leeg laten",
    "leeg laten zonder fouten",
    "krijgt",
    "krijgt haar retourcode",
];

const RANGES: &[&str] = &["een element", "eerder", "rij in", "ander", "een naam in kleine letters"];

const ENDINGS: &[&str] =
    &["antwoord", "dit bericht", "verzending van", "ontvangst van", "een feit"];

const GIVEN: &[&str] =
    &["identificatie", "dagtekening", "xslt-versie", "xsd-versie", "berichtcode"];

const OUTCOMES: &[&str] = &[
    "goedgekeurd",
    "afgekeurd op",
    "niet beoordeeld op",
    "opmerking",
    "alsnog goed",
    "termijn",
    "een proces met een toestand",
];

/// What an outcome begins with that is of no process.
const BEGINNINGS: [&str; 7] = [
    "goedgekeurd",
    "afgekeurd",
    "niet beoordeeld",
    "opmerking",
    "alsnog goed",
    "termijn",
    "geen termijn",
];

const STANDINGS: &[&str] = &["uiterlijk", "gehaald", "te laat", "loopt"];

const ORDERINGS: &[&str] =
    &["op of na", "op of voor", "na", "voor", "minstens", "hoogstens", "groter dan", "kleiner dan"];

const PREDICATES: &[&str] = &[
    "gevuld",
    "leeg",
    "=",
    "<>",
    "een van",
    "geen van",
    "op of na",
    "op of voor",
    "na",
    "voor",
    "minstens",
    "hoogstens",
    "groter dan",
    "kleiner dan",
    "volgens",
    "staat in tabel",
];

/// Keywords of the grammar, each with the rule that is named after it.
static KEYWORDS: LazyLock<Vec<(Rule, [&'static str; 1])>> = LazyLock::new(|| {
    let rules = Rule::all_rules().iter();
    rules
        .filter_map(|rule| {
            let name = format!("{rule:?}");
            let word = match name.strip_prefix("k_")? {
                "tm" => "t/m".to_owned(),
                "utf8" => "utf-8".to_owned(),
                "crlf" => "cr/lf".to_owned(),
                "van_deze_client" => "van deze cliënt".to_owned(),
                word @ ("xslt_versie" | "xsd_versie") => word.replace('_', "-"),
                word => word.replace('_', " "),
            };
            // One word for each rule of the grammar, once in a run.
            Some((*rule, [&*word.leak()]))
        })
        .collect()
});

fn keyword(rule: Rule) -> &'static [&'static str] {
    KEYWORDS.iter().find(|(of, _)| *of == rule).map_or(&[], |(_, word)| word)
}

fn is_keyword(word: &str) -> bool {
    KEYWORDS.iter().any(|(_, [known])| *known == word)
}
