//! The typed core in words, Dutch and English: what findings say and documentation shows.
//!
//! A parameter is written `⟦0⟧`: each place fills in the element that stands there.

use crate::core::{
    Check, Cond, Demand, Listed, Named, Op, Over, Path, Range, Rounding, RowSource, Rows, Unit,
    Value,
};

/// A text in both languages.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Text {
    /// Dutch.
    pub nl: String,
    /// English.
    pub en: String,
}

fn text(nl: impl Into<String>, en: impl Into<String>) -> Text {
    Text { nl: nl.into(), en: en.into() }
}

impl Text {
    fn wrap(&self, nl: (&str, &str), en: (&str, &str)) -> Self {
        text(format!("{}{}{}", nl.0, self.nl, nl.1), format!("{}{}{}", en.0, self.en, en.1))
    }

    fn then(&self, (nl, en): (&str, &str), right: &Self) -> Self {
        text(format!("{}{nl}{}", self.nl, right.nl), format!("{}{en}{}", self.en, right.en))
    }
}

/// Words with the parameters by name in the place of their marks.
#[must_use]
pub fn with_params<S: AsRef<str>>(words: &str, params: &[S]) -> String {
    let named = params.iter().enumerate();
    named.fold(words.to_owned(), |words, (at, param)| {
        words.replace(&format!("⟦{at}⟧"), param.as_ref())
    })
}

fn joined(parts: &[Text], (nl, en): (&str, &str)) -> Text {
    let side = |pick: fn(&Text) -> &String| parts.iter().map(pick).cloned().collect::<Vec<_>>();
    text(side(|part| &part.nl).join(nl), side(|part| &part.en).join(en))
}

/// A path as the rule writes it.
fn path(path: &Path) -> Text {
    let written = match path.param {
        Some(index) => {
            let rest: String = path.steps.iter().map(|step| format!(".{step}")).collect();
            format!("⟦{index}⟧{rest}")
        }
        None => path.written.clone(),
    };
    match written.strip_prefix("dit ") {
        Some(rest) => text(written.clone(), format!("this {rest}")),
        None => text(written.clone(), written),
    }
}

/// A condition as a main clause: `Product.Code is gevuld`.
#[must_use]
pub fn condition(cond: &Cond) -> Text {
    match cond {
        Cond::True => text("altijd", "always"),
        Cond::Filled(at) => path(at).wrap(("", " is gevuld"), ("", " is filled")),
        Cond::Not(inner) => negation(inner),
        Cond::Compare(Op::Eq, left, right) if is_same_name(left, right) => value(right),
        Cond::Compare(op, left, right) => value(left).then(comparison(*op, right), &value(right)),
        Cond::Same(left, right) => {
            value(left).then((" is hetzelfde als ", " is the same as "), &value(right))
        }
        Cond::OneOf(left, codes) => {
            value(left).then((" is een van ", " is one of "), &list(codes, (", ", ", ")))
        }
        Cond::Listed(left, Listed { written: name, .. }) => {
            value(left).wrap(("", &format!(" staat in {name}")), ("", &format!(" is in {name}")))
        }
        Cond::Check(left, check) => value(left).then((" is ", " is "), &checked(check)),
        Cond::Overlap(paths) => overlap(paths),
        Cond::All(parts) => junction(parts, (" en ", " and ")),
        Cond::Any(parts) => junction(parts, (" of ", " or ")),
        Cond::Exists(range, inner) => exists(range, inner, ("er is een ", "there is a ")),
        Cond::Every(list, inner) => range(list)
            .wrap(("voor elke ", " geldt "), ("for every ", " holds "))
            .then(("", ""), &condition(inner)),
        Cond::Named(named, _) => named_as(named, ("geldt", "holds")),
    }
}

/// A condition by its name: `lta-zorg geldt voor opdracht`.
fn named_as(Named { name, about, .. }: &Named, (nl, en): (&str, &str)) -> Text {
    let said = text(format!("{name} {nl}"), format!("{name} {en}"));
    match about {
        Some(about) => said.wrap(("", &format!(" voor {about}")), ("", &format!(" for {about}"))),
        None => said,
    }
}

/// Whether both are called alike, so that `met dit Bsn` says it all.
fn is_same_name(left: &Value, right: &Value) -> bool {
    match (left, right) {
        (Value::Path(left, _), Value::Path(right, _)) => {
            left.param.is_none()
                && right.param.is_none()
                && right.written.strip_prefix("dit ") == Some(left.written.as_str())
        }
        _ => false,
    }
}

fn negation(inner: &Cond) -> Text {
    match inner {
        Cond::Filled(at) => path(at).wrap(("", " is leeg"), ("", " is empty")),
        Cond::Same(left, right) => {
            value(left).then((" is niet hetzelfde als ", " is not the same as "), &value(right))
        }
        Cond::OneOf(left, codes) => {
            value(left).then((" is geen van ", " is none of "), &list(codes, (", ", ", ")))
        }
        Cond::Exists(range, inner) => exists(range, inner, ("er is geen ", "there is no ")),
        Cond::Compare(Op::Eq, left, right) => {
            value(left).then(comparison(Op::Ne, right), &value(right))
        }
        Cond::Named(named, _) => named_as(named, ("geldt niet", "does not hold")),
        other => condition(other).wrap(("niet (", ")"), ("not (", ")")),
    }
}

fn junction(parts: &[Cond], words: (&str, &str)) -> Text {
    let parts: Vec<_> = parts
        .iter()
        .map(|part| match part {
            Cond::All(_) | Cond::Any(_) | Cond::Exists(..) | Cond::Every(..) => {
                condition(part).wrap(("(", ")"), ("(", ")"))
            }
            other => condition(other),
        })
        .collect();
    joined(&parts, words)
}

fn exists(list: &Range, inner: &Cond, (nl, en): (&str, &str)) -> Text {
    if let Some(told) = told(list, inner) {
        return told.wrap((nl, ""), (en, ""));
    }
    let is_vowel = range(list).en.starts_with(['a', 'e', 'i', 'o', 'u']);
    let en = match en.strip_suffix("a ") {
        Some(rest) if is_vowel => format!("{rest}an "),
        _ => en.to_owned(),
    };
    selected(range(list).wrap((nl, ""), (&en, "")), inner)
}

/// A fact or an answer that says so of something: `antwoord ja op contract voor Bericht.Van`. None
/// where more is asked of it.
fn told(list: &Range, inner: &Cond) -> Option<Text> {
    let Over::Rows(Rows { source: RowSource::Fact(_), written, .. }) = &list.over else {
        return None;
    };
    let Cond::All(parts) = inner else { return None };
    let [key, says] = parts.as_slice() else { return None };
    let equal = |part: &'_ Cond, name: &str| match part {
        Cond::Compare(Op::Eq, Value::Path(at, _), is) if at.written == name => Some(value(is)),
        _ => None,
    };
    let (about, says) = (equal(key, "sleutel")?, equal(says, "waarde")?);
    let of = (format!("{written} voor "), format!("{written} for "));
    Some(about.wrap((&of.0, ""), (&of.1, "")).then((" met de waarde ", " with the value "), &says))
}

/// What a quantifier ranges over: `eerder JW301 / ToegewezenProduct van deze cliënt`.
#[must_use]
pub fn range(of: &Range) -> Text {
    let over = match &of.over {
        Over::Path(at) => path(at),
        Over::Other { element, within } => text(
            format!("ander {element} binnen {within}"),
            format!("other {element} within {within}"),
        ),
        Over::Rows(rows) => rows_of(rows),
    };
    match &of.name {
        Some(name) => {
            over.wrap(("", &format!(" genaamd {name}")), ("", &format!(" called {name}")))
        }
        None => over,
    }
}

fn rows_of(Rows { source, same_part, counts_void, written }: &Rows) -> Text {
    let (nl, en) = match source {
        RowSource::Earlier(_) => ("eerder ", "earlier "),
        RowSource::Later(_) => ("later ", "later "),
        RowSource::Table(_) => ("rij in ", "row in "),
        RowSource::View(_) | RowSource::Fact(_) => ("", ""),
    };
    let part = if *same_part { (" van deze cliënt", " of this client") } else { ("", "") };
    let void = if *counts_void { (" ook bij afkeur", " also when rejected") } else { ("", "") };
    text(written, written).wrap((nl, part.0), (en, part.1)).wrap(("", void.0), ("", void.1))
}

fn overlap([a, b, c, d]: &[Path; 4]) -> Text {
    let period = |from: &Path, to: &Path| {
        path(from).wrap(("periode ", ""), ("period ", "")).then((" t/m ", " through "), &path(to))
    };
    period(a, b).then((" overlapt ", " overlaps "), &period(c, d))
}

fn comparison(op: Op, right: &Value) -> (&'static str, &'static str) {
    use crate::core::Kind::{Date, Time};
    let is_time = matches!(right.kind(), Date | Time);
    match (op, is_time) {
        (Op::Eq, _) => (" is ", " is "),
        (Op::Ne, _) => (" is niet ", " is not "),
        (Op::Lt, true) => (" is voor ", " is before "),
        (Op::Le, true) => (" is op of voor ", " is on or before "),
        (Op::Gt, true) => (" is na ", " is after "),
        (Op::Ge, true) => (" is op of na ", " is on or after "),
        (Op::Lt, false) => (" is kleiner dan ", " is less than "),
        (Op::Le, false) => (" is hoogstens ", " is at most "),
        (Op::Gt, false) => (" is groter dan ", " is more than "),
        (Op::Ge, false) => (" is minstens ", " is at least "),
    }
}

/// A value: `Ingangsdatum + 1 jaar`.
#[must_use]
pub fn value(of: &Value) -> Text {
    match of {
        Value::Path(at, _) => path(at),
        Value::Text(code) => text(code, code),
        Value::Number(number) => text(number.to_string(), number.to_string()),
        Value::Date(date) => {
            text(date.format("%d-%m-%Y").to_string(), date.format("%Y-%m-%d").to_string())
        }
        Value::Time(time) => text(time.to_string(), time.to_string()),
        Value::Count(list, cond) => {
            selected(range(list).wrap(("het aantal ", ""), ("the number of ", "")), cond)
        }
        Value::Sum(what, list, cond) => {
            let sum = value(what).wrap(("de som van ", " over "), ("the sum of ", " over "));
            selected(sum.then(("", ""), &range(list)), cond)
        }
        Value::Let(name, _) => text(name, name),
        Value::Received => text("de dag van ontvangst", "the day of receipt"),
        Value::Shift(from, by, unit) => {
            let sign = if *by < 0 { " - " } else { " + " };
            value(from).then((sign, sign), &duration(by.unsigned_abs(), *unit))
        }
        Value::Part(unit, from) => {
            let (nl, en) = match unit {
                Unit::Day => ("dag van ", "day of "),
                Unit::Month => ("maand van ", "month of "),
                Unit::Year => ("jaar van ", "year of "),
            };
            value(from).wrap((nl, ""), (en, ""))
        }
        Value::MonthEdge(true, from) => value(from)
            .wrap(("de eerste dag van de maand van ", ""), ("the first day of the month of ", "")),
        Value::MonthEdge(false, from) => value(from)
            .wrap(("de laatste dag van de maand van ", ""), ("the last day of the month of ", "")),
        Value::Add(left, is_plus, right) => {
            let sign = if *is_plus { " + " } else { " - " };
            let right = match right.as_ref() {
                sum @ Value::Add(..) => value(sum).wrap(("(", ")"), ("(", ")")),
                other => value(other),
            };
            value(left).then((sign, sign), &right)
        }
        Value::Product(left, right) => factor(left).then((" maal ", " times "), &factor(right)),
        Value::Quotient(left, right, rounding) => {
            let (nl, en) = match rounding {
                Rounding::HalfUp => (" afgerond", " rounded"),
                Rounding::Up => (" naar boven", " rounded up"),
            };
            let divided = (" gedeeld door ", " divided by ");
            factor(left).then(divided, &factor(right)).wrap(("", nl), ("", en))
        }
        Value::Days(from, to) => span_of(("dagen", "days"), from, to),
        Value::Months(from, to) => span_of(("maanden", "months"), from, to),
        Value::Weeks(from, to) => span_of(("weken", "weeks"), from, to),
        Value::Sundays(from, to) => span_of(("zondagen", "Sundays"), from, to),
        Value::Extreme(is_last, values) => {
            let (nl, en) = if *is_last { ("laatste", "last") } else { ("eerste", "first") };
            list(values, (" en ", " and "))
                .wrap((&format!("de {nl} van "), ""), (&format!("the {en} of "), ""))
        }
    }
}

/// A value within a product: a sum in it has parentheses.
fn factor(of: &Value) -> Text {
    match of {
        Value::Add(..) | Value::Shift(..) | Value::Product(..) | Value::Quotient(..) => {
            value(of).wrap(("(", ")"), ("(", ")"))
        }
        other => value(other),
    }
}

fn span_of((nl, en): (&str, &str), from: &Value, to: &Value) -> Text {
    let through = value(from).then((" t/m ", " through "), &value(to));
    through.wrap((&format!("het aantal {nl} van "), ""), (&format!("the number of {en} from "), ""))
}

fn selected(what: Text, cond: &Cond) -> Text {
    match cond {
        Cond::True => what,
        cond => what.then((" met ", " with "), &condition(cond)),
    }
}

fn duration(n: u32, unit: Unit) -> Text {
    let (nl, en) = match (unit, n) {
        (Unit::Day, 1) => ("dag", "day"),
        (Unit::Day, _) => ("dagen", "days"),
        (Unit::Month, 1) => ("maand", "month"),
        (Unit::Month, _) => ("maanden", "months"),
        (Unit::Year, 1) => ("jaar", "year"),
        (Unit::Year, _) => ("jaar", "years"),
    };
    text(format!("{n} {nl}"), format!("{n} {en}"))
}

fn list(values: &[Value], words: (&str, &str)) -> Text {
    joined(&values.iter().map(value).collect::<Vec<_>>(), words)
}

fn checked(check: &Check) -> Text {
    match check {
        Check::ElevenProof => {
            text("een nummer dat aan de elfproef voldoet", "a number that passes the eleven-proof")
        }
        Check::Pattern(pattern) => {
            text(format!("een waarde volgens {pattern}"), format!("a value matching {pattern}"))
        }
    }
}

/// What a demand expects: `gevuld`, `1 of 3`, `een datum op of na Ingangsdatum`.
#[must_use]
pub fn expectation(demand: &Demand) -> Text {
    match demand {
        Demand::Filled => text("gevuld", "filled"),
        Demand::Empty => text("leeg", "empty"),
        Demand::Allowed => text("gevuld of leeg", "filled or empty"),
        Demand::OneOf(_, values) => alternatives(values),
        Demand::NoneOf(_, values) => alternatives(values).wrap(("niet ", ""), ("not ", "")),
        Demand::Ordered(op, _, right) => {
            let (nl, en) = comparison(*op, right);
            let (nl, en) = (nl.trim_start_matches(" is "), en.trim_start_matches(" is "));
            value(right).wrap((nl, ""), (en, ""))
        }
        Demand::Check(_, check) => checked(check),
        Demand::Unique(crate::core::Fields::Key, _) => {
            text("een eigen sleutel", "a key of its own")
        }
        Demand::Unique(_, within) => {
            text(format!("uniek binnen {within}"), format!("unique within {within}"))
        }
        Demand::Holds(cond) => wanted(cond),
    }
}

/// A condition as what is expected: `een toewijzing met dit ToewijzingNummer`.
fn wanted(cond: &Cond) -> Text {
    match cond {
        Cond::Exists(range, inner) => exists(range, inner, ("een ", "a ")),
        Cond::Not(not) => match not.as_ref() {
            Cond::Exists(range, inner) => exists(range, inner, ("geen ", "no ")),
            _ => condition(cond),
        },
        _ => condition(cond),
    }
}

fn alternatives(values: &[Value]) -> Text {
    let Some((last, first)) = values.split_last() else { return Text::default() };
    match first {
        [] => value(last),
        first => list(first, (", ", ", ")).then((" of ", " or "), &value(last)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::core::{Kind, Origin};

    fn at(name: &str) -> Path {
        let steps = vec![name.to_owned()];
        Path { origin: Origin::This, param: None, steps, written: name.to_owned() }
    }

    #[test]
    fn conditions_read_aloud_in_both_languages() {
        let late = Value::Date(chrono::NaiveDate::default());
        let cond = Cond::All(vec![
            Cond::Filled(at("Code")).negated(),
            Cond::Any(vec![
                Cond::Compare(Op::Gt, Value::Path(at("Einddatum"), Kind::Date), late),
                Cond::Filled(at("Einddatum")).negated(),
            ]),
        ]);
        let words = condition(&cond);
        assert_eq!(words.nl, "Code is leeg en (Einddatum is na 01-01-1970 of Einddatum is leeg)");
        assert_eq!(
            words.en,
            "Code is empty and (Einddatum is after 1970-01-01 or Einddatum is empty)"
        );
    }

    #[test]
    fn what_may_both_be_empty_is_the_same() {
        let value = |name| Value::Path(at(name), Kind::Text);
        let same = Cond::Same(value("Code"), value("dit Code"));
        let words = condition(&same);
        assert_eq!(words.nl, "Code is hetzelfde als dit Code");
        assert_eq!(words.en, "Code is the same as this Code");
        assert_eq!(condition(&same.negated()).nl, "Code is niet hetzelfde als dit Code");
    }

    #[test]
    fn a_condition_with_a_name_is_told_by_it() {
        let named = |about: Option<&str>| {
            let about = about.map(str::to_owned);
            let named = Named { at: 0, name: "lta-zorg".to_owned(), about };
            Cond::Named(named, Box::new(Cond::Filled(at("Code"))))
        };
        let words = condition(&Cond::All(vec![named(None), named(Some("oud"))]));
        assert_eq!(words.nl, "lta-zorg geldt en lta-zorg geldt voor oud");
        assert_eq!(words.en, "lta-zorg holds and lta-zorg holds for oud");
        let words = condition(&named(Some("oud")).negated());
        assert_eq!(words.nl, "lta-zorg geldt niet voor oud");
        assert_eq!(words.en, "lta-zorg does not hold for oud");
    }

    #[test]
    fn a_choice_ends_with_or() {
        let codes = ["1", "2", "3"].map(|code| Value::Text(code.to_owned())).to_vec();
        let words = expectation(&Demand::OneOf(Value::Path(at("Soort"), Kind::Text), codes));
        assert_eq!((words.nl.as_str(), words.en.as_str()), ("1, 2 of 3", "1, 2 or 3"));
    }

    #[test]
    fn a_parameter_is_left_open_for_each_place() {
        let begin = Path { param: Some(0), steps: Vec::new(), ..at("begin") };
        let demand = Demand::Ordered(
            Op::Ge,
            Value::Path(at("Einddatum"), Kind::Date),
            Value::Path(begin, Kind::Date),
        );
        assert_eq!(expectation(&demand).nl, "op of na ⟦0⟧");
    }
}
