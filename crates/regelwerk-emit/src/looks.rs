//! Which paths a condition looks at.

use regelwerk_model::core::{Cond, Over, Path, Range, Value};

/// Whether elements decide a condition that a path does not name.
pub(crate) fn quantifies(cond: &Cond) -> bool {
    match cond {
        Cond::Exists(..) | Cond::Every(..) => true,
        Cond::Not(inner) => quantifies(inner),
        Cond::All(parts) | Cond::Any(parts) => parts.iter().any(quantifies),
        _ => false,
    }
}

/// The paths in a condition.
pub(crate) fn looked_at(cond: &Cond, seen: &mut Vec<Path>) {
    match cond {
        Cond::True => {}
        Cond::Filled(path) => seen.push(path.clone()),
        Cond::Compare(_, left, right) => {
            value_paths(left, seen);
            value_paths(right, seen);
        }
        Cond::OneOf(value, values) => {
            values.iter().chain([value]).for_each(|value| value_paths(value, seen));
        }
        Cond::Check(value, _) | Cond::Listed(value, ..) => value_paths(value, seen),
        Cond::Overlap(paths) => seen.extend(paths.iter().cloned()),
        Cond::Not(inner) => looked_at(inner, seen),
        Cond::All(parts) | Cond::Any(parts) => {
            parts.iter().for_each(|part| looked_at(part, seen));
        }
        Cond::Exists(range, inner) | Cond::Every(range, inner) => {
            range_paths(range, seen);
            looked_at(inner, seen);
        }
    }
}

fn range_paths(range: &Range, seen: &mut Vec<Path>) {
    if let Over::Path(list) = &range.over {
        seen.push(list.clone());
    }
}

pub(crate) fn value_paths(value: &Value, seen: &mut Vec<Path>) {
    match value {
        Value::Path(path, _) => seen.push(path.clone()),
        Value::Text(_)
        | Value::Number(_)
        | Value::Date(_)
        | Value::Time(_)
        | Value::Received
        | Value::Let(..) => {}
        Value::Count(range, cond) => {
            range_paths(range, seen);
            looked_at(cond, seen);
        }
        Value::Sum(what, range, cond) => {
            range_paths(range, seen);
            value_paths(what, seen);
            looked_at(cond, seen);
        }
        Value::Shift(inner, ..) | Value::Part(_, inner) | Value::MonthEdge(_, inner) => {
            value_paths(inner, seen);
        }
        Value::Add(left, _, right)
        | Value::Product(left, right)
        | Value::Quotient(left, right, _)
        | Value::Days(left, right)
        | Value::Months(left, right)
        | Value::Weeks(left, right)
        | Value::Sundays(left, right) => {
            value_paths(left, seen);
            value_paths(right, seen);
        }
        Value::Extreme(_, values) => values.iter().for_each(|value| value_paths(value, seen)),
    }
}
