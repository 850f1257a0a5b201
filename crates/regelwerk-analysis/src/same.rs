//! `A hetzelfde als B`: equal, or both empty. Of groups it says so of every value in them.

use regelwerk_diag::Diagnostic;
use regelwerk_model::core::{Cond, Value};
use regelwerk_model::{Message, NodeId};
use regelwerk_syntax::ast::{PathExpr, Step, Term, Word};

use crate::codes::KIND;
use crate::paths::{Of, Reach, Scope};
use crate::sink::Sink;
use crate::terms::{beside, value};

/// Lowers it; of groups, for every value in them.
pub(crate) fn same(left: &Term, right: &Term, scope: &Scope<'_>, sink: &mut Sink) -> Option<Cond> {
    let (Term::Path(left), Term::Path(right)) = (left, right) else {
        let literal = if matches!(left, Term::Path(_)) { right } else { left };
        sink.push(
            Diagnostic::error(KIND, "`hetzelfde als` vergelijkt twee elementen", literal.span())
                .help("met een vaste waarde vergelijkt `=`"),
        );
        return None;
    };
    let judged = leaves(left, scope, true).or_else(|| leaves(right, scope, true));
    let leaves = judged.or_else(|| leaves(left, scope, false));
    let leaves = leaves.unwrap_or_else(|| vec![Vec::new()]);
    // All are lowered before one that failed ends it, so that each is reported.
    let pairs = leaves.iter().map(|leaf| (below(left, leaf), below(right, leaf)));
    let parts: Vec<_> = pairs.map(|(left, right)| values(left, right, scope, sink)).collect();
    let mut parts: Vec<_> = parts.into_iter().collect::<Option<_>>()?;
    Some(if parts.len() == 1 { parts.remove(0) } else { Cond::All(parts) })
}

/// The names from a group, of the message judged or of a row, down to each value in it.
fn leaves(path: &PathExpr, scope: &Scope<'_>, is_judged: bool) -> Option<Vec<Vec<String>>> {
    if is_judged && scope.is_of_row(path) {
        return None;
    }
    let mut found = Vec::new();
    match scope.resolve(path, Reach::Filled, &mut Sink::default())?.of {
        Of::Nodes(nodes) => {
            let message = scope.message(scope.spots.list.first()?)?;
            gather(message, *nodes.first()?.first()?, &mut Vec::new(), &mut found);
        }
        Of::Cell(cell) => {
            let place = cell.places.last()?;
            let message = scope.book.releases.get(place.release)?.messages.get(place.message)?;
            gather(message, place.node, &mut Vec::new(), &mut found);
        }
    }
    Some(found)
}

/// Groups nest no deeper than the messages of the rule files do.
fn gather(message: &Message, at: NodeId, names: &mut Vec<String>, found: &mut Vec<Vec<String>>) {
    let children = message.children(at);
    if children.is_empty() {
        found.push(names.clone());
    }
    for child in children {
        names.push(message.name(*child).to_owned());
        gather(message, *child, names, found);
        names.pop();
    }
}

fn below(path: &PathExpr, names: &[String]) -> PathExpr {
    let mut path = path.clone();
    let span = path.dotted.span;
    let step = |name: &String| Step { name: Word { value: name.clone(), span }, index: None };
    path.dotted.steps.extend(names.iter().map(step));
    path
}

/// Of one value each.
fn values(left: PathExpr, right: PathExpr, scope: &Scope<'_>, sink: &mut Sink) -> Option<Cond> {
    let [left, right] = [left, right].map(Term::Path);
    let typed = value(&left, scope, sink)?;
    let other = beside(&right, &typed, scope, sink)?;
    for (value, term) in [(&typed.value, &left), (&other, &right)] {
        if !matches!(value, Value::Path(..)) {
            sink.push(
                Diagnostic::error(KIND, "`hetzelfde als` vergelijkt twee elementen", term.span())
                    .help("een andere waarde vergelijkt `=`"),
            );
            return None;
        }
    }
    Some(Cond::Same(typed.value, other))
}
