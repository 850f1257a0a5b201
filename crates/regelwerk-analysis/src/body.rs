//! What a wording says: `als`, `anders`, requirements.

use regelwerk_diag::{Diagnostic, Span};
use regelwerk_model::Message;
use regelwerk_model::core::{Cond, Demand, Fields, Path, Requirement, Step};
use regelwerk_syntax::ast::{self, Clause, Line, Op, Order, PathExpr, Spanned};

use crate::codes::STRUCTURE;
use crate::condition::{check, condition, operator};
use crate::paths::{Of, Reach, Reached, Scope};
use crate::places::Spot;
use crate::ranges;
use crate::sink::Sink;
use crate::terms::{beside, beside_all, of_element, value};

/// Lowers a wording: the rows that it binds, and what it demands.
pub(crate) fn wording(lines: &[Line], scope: &Scope<'_>, sink: &mut Sink) -> Vec<Step> {
    let mut scope = scope.clone();
    let mut bound = Vec::new();
    let is_bind = |line: &&Line| matches!(line.clause, Clause::Bind(..) | Clause::Let(..));
    for line in lines.iter().filter(is_bind) {
        let Some((step, inner)) = bind(line, &scope, sink) else { continue };
        scope = inner;
        bound.push(step);
    }
    let says = |line: &&Line| {
        matches!(
            line.clause,
            Clause::If(_) | Clause::Must(_) | Clause::MustAt(..) | Clause::Requirement(..)
        )
    };
    let late = lines.iter().skip_while(|line| !says(line)).filter(is_bind);
    late.for_each(|line| misplaced(line, sink));
    bound.extend(steps(lines, &scope, sink));
    bound
}

/// `bij:` or `stel:`, with the scope in which its name is known.
fn bind<'a>(line: &Line, scope: &Scope<'a>, sink: &mut Sink) -> Option<(Step, Scope<'a>)> {
    match &line.clause {
        Clause::Bind(range, cond) => {
            let (range, cond, inner) = ranges::bind(range, cond.as_ref(), scope, sink)?;
            Some((Step::Bind { range, cond, span: line.span }, inner))
        }
        Clause::Let(name, term) => {
            ranges::check_name(name, scope, sink)?;
            let value = value(term, scope, sink)?.value;
            let inner = scope.clone().letting(&name.value, value.kind());
            Some((Step::Let { name: name.value.clone(), value }, inner))
        }
        _ => None,
    }
}

/// `bij:` and `stel:` hold for the whole wording, and stand above what it demands.
fn misplaced(line: &Line, sink: &mut Sink) {
    let title = "`bij:` en `stel:` gelden voor de hele tekst van de regel";
    sink.push(
        Diagnostic::error(STRUCTURE, title, line.span)
            .help("zet ze onder `voor:`, boven de eisen en elke `als`"),
    );
}

/// Lowers the clauses that say something; the others are for other passes.
fn steps(lines: &[Line], scope: &Scope<'_>, sink: &mut Sink) -> Vec<Step> {
    let mut steps = Vec::new();
    let mut else_belongs = false;
    for line in lines {
        match &line.clause {
            Clause::If(cond) => steps.push(branch(line, cond.as_ref(), scope, sink)),
            Clause::Else if else_belongs => otherwise(line, &mut steps, scope, sink),
            Clause::Else => sink.push(
                Diagnostic::error(STRUCTURE, "`anders` zonder `als`", line.span)
                    .help("zet `anders:` op gelijke hoogte meteen onder zijn `als … dan:`"),
            ),
            Clause::Must(cond) => steps.extend(must(None, cond, line.span, scope, sink)),
            Clause::MustAt(at, cond) => {
                steps.extend(must(Some(at), cond, line.span, scope, sink));
            }
            Clause::Requirement(paths, demand) => {
                let requirements = requirements(paths, demand, scope, sink);
                steps.extend(requirements.into_iter().map(Step::Require));
            }
            _ => continue,
        }
        let is_bind = |one: &&Line| matches!(one.clause, Clause::Bind(..) | Clause::Let(..));
        for nested in line.body.iter().filter(is_bind) {
            misplaced(nested, sink);
        }
        else_belongs = matches!(line.clause, Clause::If(_));
    }
    steps
}

fn branch(line: &Line, cond: Option<&ast::Cond>, scope: &Scope<'_>, sink: &mut Sink) -> Step {
    if line.body.is_empty() {
        sink.push(
            Diagnostic::error(STRUCTURE, "onder dit `als` staat niets", line.span)
                .help("spring de eisen die dan gelden in onder deze regel"),
        );
    }
    // A condition that is wrong has been reported; what stands under it is still read.
    let cond = cond.and_then(|cond| condition(cond, scope, sink)).unwrap_or(Cond::True);
    let then = steps(&line.body, scope, sink);
    Step::If { cond, then, otherwise: Vec::new(), span: line.span }
}

fn otherwise(line: &Line, steps: &mut [Step], scope: &Scope<'_>, sink: &mut Sink) {
    if let Some(Step::If { otherwise, .. }) = steps.last_mut() {
        *otherwise = self::steps(&line.body, scope, sink);
    }
}

/// `eis:`, told at an element or at that of the rule.
fn must(
    at: Option<&PathExpr>,
    cond: &ast::Cond,
    span: Span,
    scope: &Scope<'_>,
    sink: &mut Sink,
) -> Option<Step> {
    let target = match at {
        Some(at) => judged(at, Reach::Filled, scope, sink)?.path,
        None => Path::this(),
    };
    let demand = Demand::Holds(condition(cond, scope, sink)?);
    Some(Step::Require(Requirement { target, demand, span }))
}

fn requirements(
    paths: &[PathExpr],
    demand: &Spanned<ast::Demand>,
    scope: &Scope<'_>,
    sink: &mut Sink,
) -> Vec<Requirement> {
    if demand.value == ast::Demand::Key {
        return key(demand.span, scope, sink).into_iter().collect();
    }
    if demand.value == ast::Demand::UniqueInDossier {
        let all = paths.iter().filter_map(|path| alone(path, demand.span, scope, sink));
        return all.collect();
    }
    if let ast::Demand::Unique(within, true) = &demand.value {
        return together(paths, within, demand.span, scope, sink).into_iter().collect();
    }
    paths.iter().filter_map(|path| requirement(path, demand, scope, sink)).collect()
}

/// `uniek binnen dossier`: no earlier message of this kind has the value at such an element.
fn alone(path: &PathExpr, span: Span, scope: &Scope<'_>, sink: &mut Sink) -> Option<Requirement> {
    let (message, names) = only_element(span, scope, sink)?;
    let word = |name: &str| ast::Word { value: name.to_owned(), span };
    let steps = names.iter().map(|name| ast::Step { name: word(name), index: None });
    let element = ast::Dotted { steps: steps.collect(), span };
    let over = ast::Over::Earlier(ast::RowElement { message: word(&message.name), element });
    let range =
        ast::Range { over, same_part: None, counts_void: None, valid_on: None, name: None, span };
    let there = ast::Term::Path(PathExpr { this: false, ..path.clone() });
    let here = ast::Term::Path(PathExpr { this: true, ..path.clone() });
    let equal = ast::Spanned { value: Op::Eq, span };
    let same = ast::Cond::Compare(Box::new(there), equal, Box::new(here));
    let cond = ast::Cond::Exists(false, range, Some(Box::new(same)));
    match must(Some(path), &cond, span, scope, sink)? {
        Step::Require(requirement) => Some(requirement),
        _ => None,
    }
}

/// The message and the end of the path of the element that a wording is about: one in each release,
/// wherever in the message it stands there.
fn only_element<'a>(
    span: Span,
    scope: &Scope<'a>,
    sink: &mut Sink,
) -> Option<(&'a Message, Vec<&'a str>)> {
    let spots = &scope.spots.list;
    let first = spots.first()?;
    let message = scope.message(first)?;
    let name = |spot: &Spot| scope.message(spot).map(|message| &message.name);
    let is_other = |spot: &&Spot| {
        let elsewhere = spot.release == first.release && spot.node != first.node;
        elsewhere || name(spot) != Some(&message.name)
    };
    if let Some(other) = spots.iter().find(is_other).and_then(|spot| told(spot, scope)) {
        let title = format!(
            "`uniek binnen dossier` gaat hier over {} en over {other}",
            told(first, scope)?
        );
        sink.push(
            Diagnostic::error(STRUCTURE, title, span)
                .help("noem onder `voor:` elk element apart, met genoeg van zijn pad"),
        );
        return None;
    }
    let mut path: Vec<_> = message.path(first.node).into_iter().skip(1).collect();
    for spot in spots {
        let other = scope.message(spot)?.path(spot.node);
        let pairs = path.iter().rev().zip(other.iter().skip(1).rev());
        let common = pairs.take_while(|(one, other)| one == other).count();
        path.drain(..path.len().saturating_sub(common));
    }
    Some((message, path))
}

/// `JW305 Client.Relaties.Relatie`
fn told(spot: &Spot, scope: &Scope<'_>) -> Option<String> {
    let message = scope.message(spot)?;
    let path: Vec<_> = message.path(spot.node).into_iter().skip(1).collect();
    Some(format!("{} {}", message.name, path.join(".")))
}

/// `sleutel uniek`: every element of the rule must have a key.
fn key(span: Span, scope: &Scope<'_>, sink: &mut Sink) -> Option<Requirement> {
    for spot in &scope.spots.list {
        let message = scope.message(spot)?;
        if message.node(spot.node)?.key.is_empty() {
            let title = format!("{} {} heeft geen sleutel", message.name, message.name(spot.node));
            sink.push(
                Diagnostic::error(STRUCTURE, title, span)
                    .help("zet `sleutel …` achter het element in het blok `bericht`"),
            );
            return None;
        }
    }
    let demand = Demand::Unique(Fields::Key, String::new());
    Some(Requirement { target: Path::this(), demand, span })
}

/// `A, B samen uniek binnen C`
fn together(
    paths: &[PathExpr],
    within: &ast::Word,
    span: Span,
    scope: &Scope<'_>,
    sink: &mut Sink,
) -> Option<Requirement> {
    let within = scope.check_within(within, sink)?;
    let fields = match paths {
        [path] if is_parameter(path) => Fields::Param(parameter(path, scope, sink)?),
        paths => {
            let fields: Vec<_> = paths.iter().map(|path| value_at(path, scope, sink)).collect();
            Fields::Paths(fields.into_iter().collect::<Option<_>>()?)
        }
    };
    Some(Requirement { target: Path::this(), demand: Demand::Unique(fields, within), span })
}

/// The path of one value; a group of elements has none to compare.
fn value_at(path: &PathExpr, scope: &Scope<'_>, sink: &mut Sink) -> Option<Path> {
    let reached = judged(path, Reach::Value, scope, sink)?;
    scope.kind(&reached, path, sink)?;
    Some(reached.path)
}

fn is_parameter(path: &PathExpr) -> bool {
    let first = path.dotted.steps.first();
    first.is_some_and(|step| step.name.value.starts_with(char::is_lowercase))
}

fn parameter(path: &PathExpr, scope: &Scope<'_>, sink: &mut Sink) -> Option<usize> {
    let name = &path.dotted.steps.first()?.name;
    let found = scope.spots.params.iter().position(|param| *param == name.value);
    if found.is_none() {
        let known = scope.spots.params.iter().map(String::as_str);
        sink.unknown(crate::codes::PARAMETER, "naam", name, known);
    }
    found
}

fn requirement(
    path: &PathExpr,
    demand: &Spanned<ast::Demand>,
    scope: &Scope<'_>,
    sink: &mut Sink,
) -> Option<Requirement> {
    let reach = match demand.value {
        ast::Demand::Filled | ast::Demand::Empty | ast::Demand::Allowed => Reach::Filled,
        _ => Reach::Value,
    };
    let reached = judged(path, reach, scope, sink)?;
    let target = reached.path.clone();
    let span = demand.span;
    let demand = match &demand.value {
        ast::Demand::Filled => Demand::Filled,
        ast::Demand::Empty => Demand::Empty,
        ast::Demand::Allowed => Demand::Allowed,
        ast::Demand::Key | ast::Demand::UniqueInDossier => return None,
        ast::Demand::Unique(within, _) => {
            scope.kind(&reached, path, sink)?;
            let within = scope.check_within(within, sink)?;
            Demand::Unique(Fields::Paths(vec![target.clone()]), within)
        }
        ast::Demand::Values(terms, is_in) => {
            let of = of_element(&reached, scope.kind(&reached, path, sink)?);
            let values = beside_all(terms, &of, scope, sink)?;
            if *is_in { Demand::OneOf(of.value, values) } else { Demand::NoneOf(of.value, values) }
        }
        ast::Demand::Ordered(op, order, term) => {
            let of = of_element(&reached, scope.kind(&reached, path, sink)?);
            let right = beside(term, &of, scope, sink)?;
            check_order(*op, *order, demand, sink)?;
            let op = operator(*op, of.value.kind(), demand.span, sink)?;
            Demand::Ordered(op, of.value, right)
        }
        ast::Demand::Check(wanted) => {
            let of = of_element(&reached, scope.kind(&reached, path, sink)?);
            Demand::Check(of.value, check(wanted, sink)?)
        }
    };
    Some(Requirement { target, demand, span })
}

/// What a demand is made of: an element of the message judged, not a row.
fn judged(path: &PathExpr, reach: Reach, scope: &Scope<'_>, sink: &mut Sink) -> Option<Reached> {
    let reached = scope.resolve(path, reach, sink)?;
    if matches!(reached.of, Of::Nodes(_)) {
        return Some(reached);
    }
    sink.push(
        Diagnostic::error(STRUCTURE, "een eis is er aan het bericht zelf", path.dotted.span)
            .help("noem een element van het bericht; erachter kan een waarde van een rij staan"),
    );
    None
}

/// `een datum minstens` and `een getal na` say two things.
fn check_order(op: Op, order: Order, demand: &Spanned<ast::Demand>, sink: &mut Sink) -> Option<()> {
    let (Op::Ge(said) | Op::Le(said) | Op::Gt(said) | Op::Lt(said)) = op else { return Some(()) };
    if said == order {
        return Some(());
    }
    sink.push(
        Diagnostic::error(STRUCTURE, "deze woorden passen niet bij elkaar", demand.span)
            .help("`een datum op of na …`, `een getal minstens …`"),
    );
    None
}
