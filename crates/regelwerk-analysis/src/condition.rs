//! Conditions and values to the typed core.

use regelwerk_diag::{Diagnostic, Span};
use regelwerk_model::core::{self, Cond, Kind, Op, Unit, Value};
use regelwerk_model::{Facet, NodeId, Release, SimpleType};
use regelwerk_syntax::ast::{self, Literal, Order, PathExpr, Range, Spanned, Term, Word};

use crate::codes::{BAD_VALUE, CONTRADICTION, KIND, UNKNOWN_ELEMENT};
use crate::paths::{Quantified, Reach, Reached, Scope};
use crate::sink::Sink;
use crate::{types, value};

/// A value with what is known of its element, so that a literal beside it can be checked.
pub(crate) struct Typed {
    pub(crate) value: Value,
    nodes: Vec<Vec<NodeId>>,
}

impl Typed {
    fn plain(value: Value) -> Self {
        Self { value, nodes: Vec::new() }
    }
}

/// Lowers a condition; what is wrong in it is reported.
pub(crate) fn condition(cond: &ast::Cond, scope: &Scope<'_>, sink: &mut Sink) -> Option<Cond> {
    match cond {
        ast::Cond::Filled(term, is_filled) => {
            let filled = filled(term, scope, sink)?;
            Some(if *is_filled { filled } else { filled.negated() })
        }
        ast::Cond::Compare(left, op, right) => compare(left, op, right, scope, sink),
        ast::Cond::OneOf(left, codes, is_in) => {
            let left = value(left, scope, sink)?;
            let codes = beside_all(codes, &left, scope, sink)?;
            let one_of = Cond::OneOf(left.value, codes);
            Some(if *is_in { one_of } else { one_of.negated() })
        }
        ast::Cond::OneOfList(left, name, is_in) => {
            let left = value(left, scope, sink)?;
            let codes = scope.words.codes(name, sink)?.iter().cloned().map(Term::Literal);
            let codes = beside_all(&codes.collect::<Vec<_>>(), &left, scope, sink)?;
            let listed = Cond::Listed(left.value, format!("lijst {}", name.value), codes);
            Some(if *is_in { listed } else { listed.negated() })
        }
        ast::Cond::InTable(left, column, is_in) => {
            let left = value(left, scope, sink)?;
            let left = text_only(left, column.span, sink)?;
            let cells = scope.words.column(column, sink)?.into_iter().map(Value::Text);
            let (table, name) = &column.value;
            let listed = Cond::Listed(left, format!("tabel {table}.{name}"), cells.collect());
            Some(if *is_in { listed } else { listed.negated() })
        }
        ast::Cond::Check(left, check) => {
            let left = value(left, scope, sink)?;
            Some(Cond::Check(text_only(left, check.span, sink)?, self::check(&check.value, sink)?))
        }
        ast::Cond::Overlap(paths) => overlap(paths, scope, sink),
        ast::Cond::Not(inner) => Some(condition(inner, scope, sink)?.negated()),
        ast::Cond::Junction(is_and, parts) => {
            // All parts are lowered before one that failed ends it, so that each is reported.
            let parts: Vec<_> = parts.iter().map(|part| condition(part, scope, sink)).collect();
            let parts = parts.into_iter().collect::<Option<_>>()?;
            Some(if *is_and { Cond::All(parts) } else { Cond::Any(parts) })
        }
        ast::Cond::Exists(is_some, range, inner) => {
            let exists = exists(range, inner.as_deref(), scope, sink)?;
            Some(if *is_some { exists } else { exists.negated() })
        }
        ast::Cond::Every(path, inner) => {
            let list = scope.resolve(path, Reach::Several, sink)?;
            let within = scope.within(list.nodes, Quantified::Below);
            let over = over(core::Over::Path(list.path));
            Some(Cond::Every(over, Box::new(condition(inner, &within, sink)?)))
        }
    }
}

fn filled(term: &Term, scope: &Scope<'_>, sink: &mut Sink) -> Option<Cond> {
    match term {
        Term::Path(path) => Some(Cond::Filled(scope.resolve(path, Reach::One, sink)?.path)),
        other => {
            let title = "alleen een element is gevuld of leeg";
            sink.error(KIND, title, other.span());
            None
        }
    }
}

fn exists(
    range: &Range,
    inner: Option<&ast::Cond>,
    scope: &Scope<'_>,
    sink: &mut Sink,
) -> Option<Cond> {
    let (range, within) = match range {
        Range::Path(path) => {
            let list = scope.resolve(path, Reach::Several, sink)?;
            (core::Over::Path(list.path), scope.within(list.nodes, Quantified::Below))
        }
        Range::Other { element, within } => {
            check_alike(element, scope, sink)?;
            let name = scope.check_within(within, sink)?;
            let nodes = scope.spots.list.iter().map(|spot| vec![spot.node]).collect();
            (
                core::Over::Other { element: element.value.clone(), within: name },
                scope.within(nodes, Quantified::Alike),
            )
        }
    };
    let cond = match inner {
        Some(inner) => condition(inner, &within, sink)?,
        None => Cond::True,
    };
    Some(Cond::Exists(over(range), Box::new(cond)))
}

fn over(over: core::Over) -> core::Range {
    core::Range { over, name: None }
}

/// `ander X` must be the element that the rule is judged at.
fn check_alike(element: &Word, scope: &Scope<'_>, sink: &mut Sink) -> Option<()> {
    for spot in &scope.spots.list {
        let name = scope.message(spot)?.name(spot.node);
        if name != element.value {
            sink.unknown(UNKNOWN_ELEMENT, "element van deze regel", element, [name]);
            return None;
        }
    }
    Some(())
}

fn overlap(paths: &[PathExpr; 4], scope: &Scope<'_>, sink: &mut Sink) -> Option<Cond> {
    let mut dates = Vec::new();
    for path in paths {
        let reached = scope.resolve(path, Reach::One, sink)?;
        if scope.kind(&reached, path, sink)? != Kind::Date {
            let title = format!("`{}` is geen datum", reached.path.written);
            sink.error(KIND, title, path.dotted.span);
            return None;
        }
        dates.push(reached.path);
    }
    Some(Cond::Overlap(Box::new(<[core::Path; 4]>::try_from(dates).ok()?)))
}

fn compare(
    left: &Term,
    op: &Spanned<ast::Op>,
    right: &Term,
    scope: &Scope<'_>,
    sink: &mut Sink,
) -> Option<Cond> {
    if is_literal(left) && !is_literal(right) {
        let right = value(right, scope, sink)?;
        let left = beside(left, &right, scope, sink)?;
        let op = operator(op.value, left.kind(), op.span, sink)?;
        return Some(Cond::Compare(op, left, right.value));
    }
    let left = value(left, scope, sink)?;
    let right = beside(right, &left, scope, sink)?;
    let op = operator(op.value, left.value.kind(), op.span, sink)?;
    Some(Cond::Compare(op, left.value, right))
}

fn is_literal(term: &Term) -> bool {
    matches!(term, Term::Literal(_))
}

/// The operator, when its words fit the kind of what is compared.
pub(crate) fn operator(op: ast::Op, kind: Kind, span: Span, sink: &mut Sink) -> Option<Op> {
    let (result, order) = match op {
        ast::Op::Eq => return Some(Op::Eq),
        ast::Op::Ne => return Some(Op::Ne),
        ast::Op::Ge(order) => (Op::Ge, order),
        ast::Op::Le(order) => (Op::Le, order),
        ast::Op::Gt(order) => (Op::Gt, order),
        ast::Op::Lt(order) => (Op::Lt, order),
    };
    let fits = match order {
        Order::Dates => matches!(kind, Kind::Date | Kind::Time),
        Order::Numbers => kind == Kind::Number,
    };
    if !fits {
        let title = format!("zo vergelijkt u geen {}", kind_name(kind));
        sink.push(
            Diagnostic::error(KIND, title, span)
                .help("datums: `na`, `voor`, `op of na`, `op of voor`; getallen: `groter dan`, `kleiner dan`, `minstens`, `hoogstens`; teksten en codes: `=` en `<>`"),
        );
    }
    fits.then_some(result)
}

pub(crate) fn kind_name(kind: Kind) -> &'static str {
    match kind {
        Kind::Text => "tekst of code",
        Kind::Number => "getal",
        Kind::Date => "datum",
        Kind::Time => "tijd",
    }
}

/// Lowers a value that stands by itself.
pub(crate) fn value(term: &Term, scope: &Scope<'_>, sink: &mut Sink) -> Option<Typed> {
    match term {
        Term::Path(path) => element(path, scope, sink),
        Term::Literal(literal) => Some(Typed::plain(bare_literal(literal))),
        Term::Duration(duration) => {
            let title = "een duur kan alleen bij een datum worden opgeteld of afgetrokken";
            sink.error(KIND, title, duration.span);
            None
        }
        Term::Count(path, cond, _) => {
            let (list, cond) = selection(path, cond.as_deref(), scope, sink)?;
            Some(Typed::plain(Value::Count(over(core::Over::Path(list.path)), Box::new(cond))))
        }
        Term::Sum(what, path, cond, _) => {
            let (list, cond) = selection(path, cond.as_deref(), scope, sink)?;
            let within = scope.within(list.nodes, Quantified::Below);
            let what = self::value(what, &within, sink)
                .and_then(|typed| of_kind(typed.value, Kind::Number, what.span(), sink))?;
            let over = over(core::Over::Path(list.path));
            Some(Typed::plain(Value::Sum(Box::new(what), over, Box::new(cond))))
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
    }
}

fn element(path: &PathExpr, scope: &Scope<'_>, sink: &mut Sink) -> Option<Typed> {
    let reached = scope.resolve(path, Reach::One, sink)?;
    let kind = scope.kind(&reached, path, sink)?;
    Some(Typed { value: Value::Path(reached.path, kind), nodes: reached.nodes })
}

/// The value of an element that has been resolved.
pub(crate) fn of_element(reached: &Reached, kind: Kind) -> Typed {
    Typed { value: Value::Path(reached.path.clone(), kind), nodes: reached.nodes.clone() }
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

fn selection(
    path: &PathExpr,
    cond: Option<&ast::Cond>,
    scope: &Scope<'_>,
    sink: &mut Sink,
) -> Option<(Reached, Cond)> {
    let list = scope.resolve(path, Reach::Several, sink)?;
    let within = scope.within(list.nodes.clone(), Quantified::Below);
    let cond = match cond {
        Some(cond) => condition(cond, &within, sink)?,
        None => Cond::True,
    };
    Some((list, cond))
}

fn date(term: &Term, scope: &Scope<'_>, sink: &mut Sink) -> Option<Value> {
    let typed = value(term, scope, sink)?;
    of_kind(typed.value, Kind::Date, term.span(), sink)
}

fn of_kind(value: Value, kind: Kind, span: Span, sink: &mut Sink) -> Option<Value> {
    if value.kind() == kind {
        return Some(value);
    }
    let title = format!("hier hoort een {}, geen {}", kind_name(kind), kind_name(value.kind()));
    sink.error(KIND, title, span);
    None
}

fn text_only(typed: Typed, span: Span, sink: &mut Sink) -> Option<Value> {
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
    let number = |term: &Term, sink: &mut Sink| {
        let typed = value(term, scope, sink)?;
        of_kind(typed.value, Kind::Number, term.span(), sink)
    };
    let (left, right) = (number(left, sink), number(right, sink));
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
    let fault = scope
        .types(&other.nodes)
        .find_map(|(simple, extra, release)| fault(&text, simple, extra, release));
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
    let is_element = scope.resolve(path, Reach::Several, &mut Sink::default()).is_some();
    let mut types = scope.types(&other.nodes).peekable();
    types.peek()?;
    let fits = types.all(|(simple, extra, release)| fault(word, simple, extra, release).is_none());
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

fn fault(text: &str, simple: &SimpleType, extra: &[Facet], release: &Release) -> Option<String> {
    value::fault(text, simple, extra, release)
}

/// A check, when its pattern can be read.
pub(crate) fn check(check: &ast::Check, sink: &mut Sink) -> Option<core::Check> {
    match check {
        ast::Check::ElevenProof => Some(core::Check::ElevenProof),
        ast::Check::Pattern(pattern) => {
            types::check_pattern(pattern, sink).then(|| core::Check::Pattern(pattern.value.clone()))
        }
    }
}
