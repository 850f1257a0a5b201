//! What a wording says: `als`, `anders`, requirements.

use regelwerk_diag::{Diagnostic, Span};
use regelwerk_model::core::{Cond, Demand, Fields, Path, Requirement, Step};
use regelwerk_syntax::ast::{self, Clause, Line, Op, Order, PathExpr, Spanned};

use crate::codes::STRUCTURE;
use crate::condition::{beside, beside_all, check, condition, of_element, operator};
use crate::paths::{Reach, Scope};
use crate::sink::Sink;

/// Lowers the clauses that say something; the others are for other passes.
pub(crate) fn steps(lines: &[Line], scope: &Scope<'_>, sink: &mut Sink) -> Vec<Step> {
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
            Clause::Must(cond) => steps.extend(must(cond, line.span, scope, sink)),
            Clause::Requirement(paths, demand) => {
                let requirements = requirements(paths, demand, scope, sink);
                steps.extend(requirements.into_iter().map(Step::Require));
            }
            _ => continue,
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

fn must(cond: &ast::Cond, span: Span, scope: &Scope<'_>, sink: &mut Sink) -> Option<Step> {
    let demand = Demand::Holds(condition(cond, scope, sink)?);
    Some(Step::Require(Requirement { target: Path::this(), demand, span }))
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
    if let ast::Demand::Unique(within, true) = &demand.value {
        return together(paths, within, demand.span, scope, sink).into_iter().collect();
    }
    paths.iter().filter_map(|path| requirement(path, demand, scope, sink)).collect()
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
    let reached = scope.resolve(path, Reach::One, sink)?;
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
    let reached = scope.resolve(path, Reach::One, sink)?;
    let target = reached.path.clone();
    let span = demand.span;
    let demand = match &demand.value {
        ast::Demand::Filled => Demand::Filled,
        ast::Demand::Empty => Demand::Empty,
        ast::Demand::Allowed => Demand::Allowed,
        ast::Demand::Key => return None,
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
