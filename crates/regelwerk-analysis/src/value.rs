//! Whether a value can stand in an element.

use regelwerk_model::{Base, Facet, FacetKind, Release, SimpleType};
use regelwerk_syntax::closest;

/// What is wrong with a value as one of this type, with the facets that its place adds; `None`
/// when nothing is.
pub(crate) fn fault(
    value: &str,
    simple: &SimpleType,
    extra: &[Facet],
    release: &Release,
) -> Option<String> {
    if let Some(fault) = base_fault(value, simple.base) {
        return Some(fault);
    }
    simple.facets.iter().chain(extra).find_map(|facet| facet_fault(value, &facet.kind, release))
}

fn base_fault(value: &str, base: Base) -> Option<String> {
    match base {
        Base::Text => None,
        Base::Integer => {
            value.parse::<i64>().err().map(|_| format!("`{value}` is geen geheel getal"))
        }
        Base::Date => chrono::NaiveDate::parse_from_str(value, "%Y-%m-%d")
            .err()
            .map(|_| format!("`{value}` is geen datum (dd-mm-jjjj)")),
        Base::Time => chrono::NaiveTime::parse_from_str(value, "%H:%M:%S")
            .err()
            .map(|_| format!("`{value}` is geen tijd (uu:mm:ss)")),
    }
}

/// What is wrong with a value under one facet.
pub(crate) fn facet_fault(value: &str, facet: &FacetKind, release: &Release) -> Option<String> {
    let length = u32::try_from(value.chars().count()).unwrap_or(u32::MAX);
    let number = value.parse::<i64>().unwrap_or(0);
    match facet {
        FacetKind::MinLength(n) if length < *n => {
            Some(format!("`{value}` telt minder dan {n} tekens"))
        }
        FacetKind::MaxLength(n) if length > *n => {
            Some(format!("`{value}` telt meer dan {n} tekens"))
        }
        FacetKind::Min(n) if number < *n => Some(format!("`{value}` is kleiner dan {n}")),
        FacetKind::Max(n) if number > *n => Some(format!("`{value}` is groter dan {n}")),
        FacetKind::Pattern(pattern) if !pattern.matches(value) => {
            Some(format!("`{value}` is niet van de vorm {}", pattern.xsd()))
        }
        FacetKind::CodeList(at) => {
            let list = release.code_lists.get(*at)?;
            if list.has(value) {
                return None;
            }
            let near = closest(value, list.codes.iter().map(|(code, _)| code.as_str()));
            let hint = match near {
                Some(near) => format!("; bedoelde u `{near}`?"),
                None if list.codes.len() <= 15 => {
                    let codes: Vec<_> = list.codes.iter().map(|(code, _)| code.as_str()).collect();
                    format!("; wel: {}", codes.join(", "))
                }
                None => String::new(),
            };
            Some(format!("code `{value}` staat niet in codelijst {}{hint}", list.name))
        }
        _ => None,
    }
}
