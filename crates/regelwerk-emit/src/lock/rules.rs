//! What rules and terms demand.

use std::collections::BTreeMap;

use regelwerk_model::{Asked, Form, NodeId, Rule, RuleKind, TermPart, Use, Wording};

use super::{Book, Home, canon, messages};

/// By code and wording: the releases and the places where it is judged.
type Places = BTreeMap<(String, usize), Vec<(usize, String)>>;

pub(super) fn enter(home: Home<'_>, book: &mut Book) {
    let places = places(home);
    let rules = home.protocol.map_or(&home.standard.rules, |protocol| &protocol.rules);
    for rule in rules {
        enter_rule(home, rule, &places, book);
        let asked = Asked::by_rule(rule);
        for listed in asked.lists {
            let list = home.standard.dossier.lists.get(listed.list);
            // A column of a table is told with its table.
            let Some(list) = list.filter(|list| list.column.is_none()) else { continue };
            let mut values: Vec<_> = list.values.iter().map(super::blocks::value).collect();
            values.sort();
            book.enter(&listed.written, None, &values.join("\n"), Some(list.span));
        }
    }
}

fn enter_rule(home: Home<'_>, rule: &Rule, places: &Places, book: &mut Book) {
    let name = format!("regel {}", rule.code);
    let head = head(rule);
    let said = match &rule.kind {
        RuleKind::Judged(wordings) => {
            for (at, wording) in wordings.iter().enumerate() {
                let key = (rule.code.clone(), at);
                let used = places.get(&key).map_or(&[][..], Vec::as_slice);
                enter_wording(home, (&name, &head, rule), wording, used, book);
            }
            return;
        }
        RuleKind::Term(parts) => {
            parts.iter().for_each(|part| enter_part(home, rule, part, book));
            return;
        }
        RuleKind::NotYet => return,
        RuleKind::Facet(None, _) => "facet patroon per bericht".to_owned(),
        RuleKind::Facet(Some(kind), _) => {
            let release = home.standard.releases.last();
            format!("facet {}", release.map_or_else(String::new, |it| messages::facet(it, kind)))
        }
        RuleKind::Form(forms, _) => {
            let mut forms: Vec<_> = forms.iter().map(form).collect();
            forms.sort();
            format!("vorm {}", forms.join(", "))
        }
        RuleKind::Follows(codes) => {
            let mut codes = codes.clone();
            codes.sort();
            format!("volgt {}", codes.join(", "))
        }
        RuleKind::NotByMachine(_) => "niet machinaal".to_owned(),
        RuleKind::Order => "volgorde van ontvangst".to_owned(),
    };
    let releases = rule.period.into_iter().flat_map(|period| period.first..=period.last);
    for release in releases.filter(|release| home.covers(*release)) {
        book.enter(&name, Some(release), &format!("{head}\n{said}"), Some(rule.span));
    }
}

/// What a rule says of itself that makes a difference.
fn head(rule: &Rule) -> String {
    let number = |level: Option<u8>| level.map_or("-".to_owned(), |level| level.to_string());
    let retourcode = rule.retourcode.as_deref().unwrap_or("-");
    let severity = if rule.is_remark { "opmerking" } else { "fout" };
    format!("{} {retourcode} {} {severity}", number(rule.level), number(rule.judged_at))
}

fn form(form: &Form) -> String {
    match form {
        Form::Utf8 => "utf-8".to_owned(),
        Form::NoByteOrderMark => "zonder byte-order mark".to_owned(),
        Form::CrLf => "cr/lf".to_owned(),
        Form::MaxBytes(most) => format!("hoogstens {most}"),
    }
}

fn enter_wording(
    home: Home<'_>,
    (name, head, rule): (&str, &str, &Rule),
    wording: &Wording,
    used: &[(usize, String)],
    book: &mut Book,
) {
    let said = canon::text(&wording.demands, home.sources);
    let at = wording.demands.first().copied().unwrap_or(rule.span);
    for (release, places) in by_release(used) {
        let demands = format!("{head}\n{said}\n{}", places.join("\n"));
        book.enter(name, Some(release), &demands, Some(at));
    }
}

fn enter_part(home: Home<'_>, rule: &Rule, part: &TermPart, book: &mut Book) {
    let name = match part.label.as_str() {
        "" => format!("termijn {}", rule.code),
        label => format!("termijn {} \"{label}\"", rule.code),
    };
    let said = canon::text(&part.demands, home.sources);
    let mut used = Vec::new();
    for course in &part.courses {
        let source = home.standard.dossier.sources.get(course.source);
        for place in source.map_or(&[][..], |source| &source.places) {
            if part.is_in(place.release) && home.covers(place.release) {
                let shown = shown(home, (place.release, place.message), place.node);
                used.push((place.release, shown));
            }
        }
    }
    let at = part.demands.first().copied().unwrap_or(rule.span);
    for (release, places) in by_release(&used) {
        let demands = format!("{said}\n{}", places.join("\n"));
        book.enter(&name, Some(release), &demands, Some(at));
    }
}

/// Places by release, in order.
fn by_release(used: &[(usize, String)]) -> BTreeMap<usize, Vec<String>> {
    let mut releases: BTreeMap<usize, Vec<String>> = BTreeMap::new();
    for (release, place) in used {
        releases.entry(*release).or_default().push(place.clone());
    }
    releases.values_mut().for_each(|places| places.sort());
    releases
}

fn places(home: Home<'_>) -> Places {
    let mut places = Places::new();
    let mut add = |at: (usize, usize), node: NodeId, used: &Use| {
        let shown = format!("{}{}", shown(home, at, node), params(used));
        places.entry((used.rule.clone(), used.wording)).or_default().push((at.0, shown));
    };
    if let Some(protocol) = home.protocol {
        for one in &protocol.placed {
            add((one.release, one.message), one.node, &one.used);
        }
        return places;
    }
    for (release, one) in home.standard.releases.iter().enumerate() {
        for (message, it) in one.messages.iter().enumerate() {
            let nodes = it.ids().filter_map(|id| Some((id, it.node(id)?)));
            for (id, node) in nodes {
                node.uses.iter().for_each(|used| add((release, message), id, used));
            }
        }
    }
    places
}

/// `JW301 /Bericht/Client`
fn shown(home: Home<'_>, (release, message): (usize, usize), node: NodeId) -> String {
    let release = home.standard.releases.get(release);
    let message = release.and_then(|release| release.messages.get(message));
    message.map_or_else(String::new, |it| format!("{} /{}", it.name, it.path(node).join("/")))
}

/// What the names for elements stand for at a place.
fn params(used: &Use) -> String {
    let path = |path: &Vec<String>| path.join(".");
    let param = |paths: &Vec<Vec<String>>| paths.iter().map(path).collect::<Vec<_>>().join(" + ");
    used.params.iter().map(|one| format!(", {}", param(one))).collect()
}
