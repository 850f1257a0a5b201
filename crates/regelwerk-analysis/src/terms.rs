//! Values to the typed core.

use regelwerk_diag::{Diagnostic, Span};
use regelwerk_model::core::{Kind, Rounding, Unit, Value};
use regelwerk_syntax::ast::{self, Literal, PathExpr, Spanned, Term};

use crate::codes::{BAD_VALUE, CONTRADICTION, KIND};
use crate::condition::kind_name;
use crate::paths::{Of, Reach, Reached, Scope};
use crate::ranges::select;
use crate::sink::Sink;

/// A value with what is known of its element, so that a literal beside it can be checked.
pub(crate) struct Typed {
    pub(crate) value: Value,
    of: Option<Of>,
}

impl Typed {
    fn plain(value: Value) -> Self {
        Self { value, of: None }
    }
}

/// Lowers a value that stands by itself.
pub(crate) fn value(term: &Term, scope: &Scope<'_>, sink: &mut Sink) -> Option<Typed> {
    match term {
        Term::Path(path) if scope.is_receipt(path) => Some(Typed::plain(Value::Received)),
        Term::Path(path) => match scope.named_value(path) {
            Some(value) => Some(Typed::plain(value)),
            None => element(path, scope, sink),
        },
        Term::Literal(literal) => Some(Typed::plain(bare_literal(literal))),
        Term::Duration(duration) => {
            let title = "een duur kan alleen bij een datum worden opgeteld of afgetrokken";
            sink.fault(
                KIND,
                title,
                duration.span,
                "schrijf de datum ervoor: `Begindatum + 1 jaar`",
            );
            None
        }
        Term::Count(range, cond, _) => {
            let (range, cond, _) = select(range, cond.as_deref(), scope, sink)?;
            Some(Typed::plain(Value::Count(range, Box::new(cond))))
        }
        Term::Sum(what, range, cond, _) => {
            let (range, cond, within) = select(range, cond.as_deref(), scope, sink)?;
            let what = number(what, &within, sink)?;
            Some(Typed::plain(Value::Sum(Box::new(what), range, Box::new(cond))))
        }
        Term::Part(unit, inner, _) => {
            let date = date(inner, scope, sink)?;
            Some(Typed::plain(Value::Part(unit_of(*unit), Box::new(date))))
        }
        Term::MonthEdge(is_first, inner, _) => {
            let date = date(inner, scope, sink)?;
            Some(Typed::plain(Value::MonthEdge(*is_first, Box::new(date))))
        }
        Term::Sum2(left, is_plus, right, _) => add(left, *is_plus, right, scope, sink),
        Term::Product(left, right, _) => {
            let (left, right) = (number(left, scope, sink), number(right, scope, sink));
            Some(Typed::plain(Value::Product(Box::new(left?), Box::new(right?))))
        }
        Term::Quotient(left, right, rounding, _) => {
            let (left, right) = (number(left, scope, sink), number(right, scope, sink));
            let rounding = match rounding {
                ast::Rounding::HalfUp => Rounding::HalfUp,
                ast::Rounding::Up => Rounding::Up,
            };
            Some(Typed::plain(Value::Quotient(Box::new(left?), Box::new(right?), rounding)))
        }
        Term::Between(unit, from, to, _) => {
            let (from, to) = (date(from, scope, sink), date(to, scope, sink));
            let (from, to) = (Box::new(from?), Box::new(to?));
            Some(Typed::plain(match unit {
                ast::Counted::Days => Value::Days(from, to),
                ast::Counted::Weeks => Value::Weeks(from, to),
                ast::Counted::Months => Value::Months(from, to),
                ast::Counted::Sundays => Value::Sundays(from, to),
            }))
        }
        Term::Extreme(is_last, terms, span) => extreme(*is_last, terms, *span, scope, sink),
    }
}

fn element(path: &PathExpr, scope: &Scope<'_>, sink: &mut Sink) -> Option<Typed> {
    let reached = scope.resolve(path, Reach::Value, sink)?;
    let kind = scope.kind(&reached, path, sink)?;
    Some(Typed { value: Value::Path(reached.path, kind), of: Some(reached.of) })
}

/// The value of an element that has been resolved.
pub(crate) fn of_element(reached: &Reached, kind: Kind) -> Typed {
    Typed { value: Value::Path(reached.path.clone(), kind), of: Some(reached.of.clone()) }
}

fn bare_literal(literal: &Spanned<Literal>) -> Value {
    match &literal.value {
        Literal::Date(date) => Value::Date(*date),
        Literal::Time(time) => Value::Time(*time),
        Literal::Text(text) => Value::Text(text.clone()),
        Literal::Code(code) => match code.parse() {
            Ok(number) => Value::Number(number),
            Err(_) => Value::Text(code.clone()),
        },
    }
}

/// `laatste van A, B`: of one kind, and such that one is later or more than another.
fn extreme(
    is_last: bool,
    terms: &[Term],
    span: Span,
    scope: &Scope<'_>,
    sink: &mut Sink,
) -> Option<Typed> {
    let (first, rest) = terms.split_first()?;
    let first = value(first, scope, sink)?;
    if first.value.kind() == Kind::Text {
        let title = "van teksten en codes is er geen eerste of laatste";
        sink.fault(KIND, title, span, "noem datums, tijden of getallen");
        return None;
    }
    let rest = beside_all(rest, &first, scope, sink)?;
    let values = std::iter::once(first.value).chain(rest).collect();
    Some(Typed::plain(Value::Extreme(is_last, values)))
}

fn number(term: &Term, scope: &Scope<'_>, sink: &mut Sink) -> Option<Value> {
    let typed = value(term, scope, sink)?;
    of_kind(typed.value, Kind::Number, term.span(), sink)
}

pub(crate) fn date(term: &Term, scope: &Scope<'_>, sink: &mut Sink) -> Option<Value> {
    let typed = value(term, scope, sink)?;
    of_kind(typed.value, Kind::Date, term.span(), sink)
}

pub(crate) fn of_kind(value: Value, kind: Kind, span: Span, sink: &mut Sink) -> Option<Value> {
    if value.kind() == kind {
        return Some(value);
    }
    let title = format!("hier hoort een {}, geen {}", kind_name(kind), kind_name(value.kind()));
    let help =
        format!("noem een {}, of kijk bij het type welke `soort:` dit heeft", kind_name(kind));
    sink.fault(KIND, title, span, help);
    None
}

pub(crate) fn text_only(typed: Typed, span: Span, sink: &mut Sink) -> Option<Value> {
    of_kind(typed.value, Kind::Text, span, sink)
}

fn unit_of(unit: ast::Unit) -> Unit {
    match unit {
        ast::Unit::Day => Unit::Day,
        ast::Unit::Month => Unit::Month,
        ast::Unit::Year => Unit::Year,
    }
}

/// A date and a duration, or two numbers.
fn add(
    left: &Term,
    is_plus: bool,
    right: &Term,
    scope: &Scope<'_>,
    sink: &mut Sink,
) -> Option<Typed> {
    if let Term::Duration(duration) = right {
        let from = Box::new(date(left, scope, sink)?);
        let (number, unit) = duration.value;
        let Some(by) = i32::try_from(number).ok().filter(|by| *by <= 100_000) else {
            sink.error(BAD_VALUE, "een duur is hoogstens 100000", duration.span);
            return None;
        };
        let by = if is_plus { by } else { -by };
        return Some(Typed::plain(Value::Shift(from, by, unit_of(unit))));
    }
    let (left, right) = (number(left, scope, sink), number(right, scope, sink));
    Some(Typed::plain(Value::Add(Box::new(left?), is_plus, Box::new(right?))))
}

/// Lowers values beside another: of its kind, and such that its element can have them.
pub(crate) fn beside_all(
    terms: &[Term],
    other: &Typed,
    scope: &Scope<'_>,
    sink: &mut Sink,
) -> Option<Vec<Value>> {
    let values: Vec<_> = terms.iter().map(|term| beside(term, other, scope, sink)).collect();
    values.into_iter().collect()
}

/// Lowers a value beside another.
pub(crate) fn beside(
    term: &Term,
    other: &Typed,
    scope: &Scope<'_>,
    sink: &mut Sink,
) -> Option<Value> {
    let kind = other.value.kind();
    let Term::Literal(literal) = term else {
        if let Some(unquoted) = unquoted(term, other, scope) {
            sink.push(unquoted);
            return None;
        }
        let typed = value(term, scope, sink)?;
        return of_kind(typed.value, kind, term.span(), sink);
    };
    let value = match (&literal.value, kind) {
        (Literal::Code(code), Kind::Text) => Value::Text(code.clone()),
        _ => of_kind(bare_literal(literal), kind, literal.span, sink)?,
    };
    let text = literal.value.canonical();
    let fault = fault(&text, other, scope);
    match fault {
        Some(fault) if !scope.departs => {
            sink.push(cannot_be(fault, literal.span, scope));
            None
        }
        _ => Some(value),
    }
}

/// A word beside an element that could have it as its value, and that is no element itself.
fn unquoted(term: &Term, other: &Typed, scope: &Scope<'_>) -> Option<Diagnostic> {
    let Term::Path(path) = term else { return None };
    let [step] = path.dotted.steps.as_slice() else { return None };
    let word = &step.name.value;
    let reaches = |reach| scope.resolve(path, reach, &mut Sink::default()).is_some();
    let is_element = reaches(Reach::Several) || reaches(Reach::Value);
    let fits = !scope.types(other.of.as_ref()?).is_empty() && fault(word, other, scope).is_none();
    (!is_element && fits && other.value.kind() == Kind::Text).then(|| {
        let title = format!("`{word}` is geen element");
        Diagnostic::error(BAD_VALUE, title, step.name.span)
            .help(format!("is het een waarde? zet haar tussen aanhalingstekens: \"{word}\""))
    })
}

/// A value that its element never has. In a protocol that is a contradiction with its release.
fn cannot_be(fault: String, span: Span, scope: &Scope<'_>) -> Diagnostic {
    if scope.words.is_protocol {
        return Diagnostic::error(CONTRADICTION, format!("strijdig met de release: {fault}"), span)
            .help("zeg met `wijkt af van:` waarom het protocol hiervan afwijkt, of verbeter de waarde");
    }
    Diagnostic::error(BAD_VALUE, fault, span).help("deze waarde kan daar nooit staan")
}

/// What is wrong with a value beside another, if anything. A row may come from any release, so what
/// one of them takes is good.
fn fault(text: &str, other: &Typed, scope: &Scope<'_>) -> Option<String> {
    let of = other.of.as_ref()?;
    let types = scope.types(of);
    let mut faults = types
        .iter()
        .map(|(simple, extra, release)| crate::value::fault(text, simple, extra, release));
    match of {
        Of::Nodes(_) => faults.find_map(|fault| fault),
        Of::Cell(_) => {
            let faults: Option<Vec<_>> = faults.collect();
            faults?.pop()
        }
    }
}
