//! Names that a rule gives and does not use.

use std::collections::BTreeSet;

use regelwerk_diag::Diagnostic;
use regelwerk_model::core::walk::{self, Part};
use regelwerk_model::core::{Demand, Fields, Path, Value};
use regelwerk_model::{Rule, RuleKind, Wording};
use regelwerk_syntax::ast::{Block, BlockKind, Clause, Line, PlaceOrList, Word};

use super::whole::Whole;
use crate::codes::UNUSED_NAME;
use crate::page::{Home, Page};

pub(crate) const PAGE: Page = Page {
    code: UNUSED_NAME,
    name: "ongebruikte-naam",
    what: "Een naam die een regel met `stel:` aan een waarde geeft, of met `voor: … met naam = …` \
           aan een element, en die hij nergens noemt. Een naam in een `lijst` telt als gebruikt \
           zodra één regel hem gebruikt.",
    wrong: "\
regel X001 \"Een product begint en eindigt in dezelfde maand\"
  bron:     verzonnen
  niveau:   2
  voor:     PR01 / Product met begin = Begin, eind = Eind
  als begin gevuld en Eind gevuld dan:
    eis bij Eind: maand van Eind = maand van begin
  voorbeeld goed: Begin 01-02-2021, Eind 28-02-2021
  voorbeeld fout: Begin 01-02-2021, Eind 01-03-2021",
    better: "\
regel X001 \"Een product begint en eindigt in dezelfde maand\"
  bron:     verzonnen
  niveau:   2
  voor:     PR01 / Product
  als Eind gevuld dan:
    eis bij Eind: maand van Eind = maand van Begin
  voorbeeld goed: Begin 01-02-2021, Eind 28-02-2021
  voorbeeld fout: Begin 01-02-2021, Eind 01-03-2021",
    why: "De naam zegt dat de regel op elke plaats naar dat element kijkt, en dat doet hij niet. \
          Vaak is er een eis vergeten, of staat er een element dat alleen op één plaats zo heet.",
    home: Home::Standard,
};

pub(super) fn check(whole: &Whole<'_>, told: &mut Vec<Diagnostic>) {
    let rules: Vec<_> = whole.rules().map(|rule| (rule, used(rule))).collect();
    for block in whole.blocks() {
        let mut given = Vec::new();
        match block.kind {
            BlockKind::Rule => names(&block.lines, &mut given),
            BlockKind::List if is_of_rules(block, whole) => names(&block.lines, &mut given),
            _ => continue,
        }
        let own = |rule: &Rule| block.kind == BlockKind::List || rule.span == block.span;
        let is_judged = |(rule, _): &(&Rule, _)| matches!(rule.kind, RuleKind::Judged(_));
        if !rules.iter().filter(|(rule, _)| own(rule)).any(is_judged) {
            continue;
        }
        let known: BTreeSet<&str> = rules
            .iter()
            .filter(|(rule, _)| own(rule))
            .flat_map(|(_, names)| names.iter().copied())
            .collect();
        let mut seen = BTreeSet::new();
        for name in given {
            if !known.contains(name.value.as_str()) && seen.insert(&name.value) {
                let title = format!("naam `{}` wordt niet gebruikt", name.value);
                told.push(PAGE.warning(title, name.span).help("gebruik hem, of haal hem weg"));
            }
        }
    }
}

/// Whether only rules use a list: what other blocks do with its names is not looked into.
fn is_of_rules(list: &Block, whole: &Whole<'_>) -> bool {
    let names_it = |line: &Line| match &line.clause {
        Clause::Places(places) => places.iter().any(|one| match one {
            PlaceOrList::List(name) => name.value == list.id.value,
            PlaceOrList::Place(_) => false,
        }),
        _ => false,
    };
    let others = whole.blocks().filter(|block| block.kind != BlockKind::Rule);
    !others.into_iter().any(|block| block.lines.iter().any(names_it))
}

/// The names that clauses give, and those under them.
fn names<'b>(lines: &'b [Line], found: &mut Vec<&'b Word>) {
    for line in lines {
        match &line.clause {
            Clause::Let(name, _) => found.push(name),
            Clause::Places(places) => {
                for one in places {
                    if let PlaceOrList::Place(place) = one {
                        found.extend(place.bindings.iter().map(|binding| &binding.name));
                    }
                }
            }
            _ => {}
        }
        names(&line.body, found);
    }
}

/// The names that a rule uses.
fn used(rule: &Rule) -> BTreeSet<&str> {
    let RuleKind::Judged(wordings) = &rule.kind else { return BTreeSet::new() };
    wordings.iter().flat_map(used_in).collect()
}

fn used_in(wording: &Wording) -> BTreeSet<&str> {
    let mut found = BTreeSet::new();
    let param = |at: usize| wording.params.get(at).map(String::as_str);
    walk::steps(&wording.body, 0, |part, _| match part {
        Part::Path(Path { param: Some(at), .. })
        | Part::Demand(Demand::Unique(Fields::Param(at), _)) => found.extend(param(*at)),
        Part::Value(Value::Let(name, _)) => {
            found.insert(name.as_str());
        }
        _ => {}
    });
    let fields = wording.examples.iter().flat_map(|one| one.elements.iter().flatten());
    found.extend(fields.filter_map(|field| Some(field.path.first()?.0.as_str())));
    found
}
