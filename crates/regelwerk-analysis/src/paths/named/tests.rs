//! That what a block `voorwaarde` says means what it would if it stood there, and what is told of
//! one that cannot be used so.

use regelwerk_diag::Diagnostic;
use regelwerk_model::core::meaning;
use regelwerk_model::{RuleKind, Standard};

use crate::testing::{analyzed, read, reviewed};

const GROUND: &str = include_str!("../../../../../tests/proef/ground.regels");
const BESIDE: &str = include_str!("../../lint/ground.regels");
const SHORT: &str = "voorwaarde kort \"Kort\"\n  bron: x\n  mits: Soort = 01 of Nummer = 4 of
    (er is een eerder PC01 / Recht genaamd vorig met
      (Nummer = dit Nummer en vorig.Soort <> dit Soort))\n\n";
const VIEW: &str = "beeld recht \"x\"\n  bron: x\n  uit: PC01 / Recht\n  sleutel: Nummer\n";

fn rule(code: &str, at: &str, body: &str) -> String {
    format!(
        "regel {code} \"x\"\n  bron: x\n  niveau: 3 met retourcode 9001\n  voor: {at}\n{body}\n\n"
    )
}

fn files(text: &str) -> [(&'static str, &str); 3] {
    [("ground.regels", GROUND), ("beside.regels", BESIDE), ("own.regels", text)]
}

fn standard(text: &str) -> Standard {
    let (_, told, model, _) = read(&files(text));
    let told: Vec<_> = told.into_iter().filter(|one| one.code.0 != "RW317").collect();
    assert_eq!(told, []);
    model.standards.into_iter().next().unwrap()
}

fn told(found: Vec<Diagnostic>) -> Vec<String> {
    let errors = found.into_iter().filter(|one| one.code.0 != "RW317");
    errors
        .map(|one| format!("{} {}; {}", one.code.0, one.title, one.help.unwrap_or_default()))
        .collect()
}

/// Both rules, the one with a name and the one that is written out, mean the same.
fn are_alike(at: &str, blocks: &str, named: &str, written: &str) {
    let text = format!("{blocks}\n\n{}{}", rule("X001", at, named), rule("X002", at, written));
    let standard = standard(&text);
    let bodies: Vec<_> = standard
        .rules
        .iter()
        .map(|rule| match &rule.kind {
            RuleKind::Judged(all) => all.iter().map(|one| meaning::steps(&one.body)).collect(),
            _ => Vec::new(),
        })
        .collect();
    let [named, written] = bodies.as_slice() else { unreachable!("{bodies:?}") };
    assert!(!named.is_empty());
    assert_eq!(named, written);
}

#[test]
fn it_is_about_the_element_that_is_judged() {
    are_alike(
        "PC01 / Recht",
        SHORT,
        "  eis: kort geldt en Nummer gevuld",
        "  eis: (Soort = 01 of Nummer = 4 of (er is een eerder PC01 / Recht genaamd a met
            (Nummer = dit Nummer en a.Soort <> dit Soort))) en Nummer gevuld",
    );
}

#[test]
fn in_a_quantifier_it_is_still_about_the_element_that_is_judged() {
    are_alike(
        "PC01 / Recht",
        SHORT,
        "  eis: er is een eerder PC01 / Recht met (Soort = 02 en kort geldt)",
        "  eis: er is een eerder PC01 / Recht met (Soort = 02 en
            (dit Soort = 01 of dit Nummer = 4 of (er is een eerder PC01 / Recht genaamd a met
              (Nummer = dit Nummer en a.Soort <> dit Soort))))",
    );
}

#[test]
fn it_is_about_what_has_a_name() {
    let written = |name: &str| {
        format!(
            "({name}.Soort = 01 of {name}.Nummer = 4 of (er is een eerder PC01 / Recht genaamd a met
              (Nummer = {name}.Nummer en a.Soort <> {name}.Soort)))"
        )
    };
    let blocks = format!("{SHORT}{VIEW}");
    are_alike(
        "PC01 / Recht",
        &blocks,
        "  bij: recht met Nummer = dit Nummer\n  eis: niet (kort geldt voor recht)",
        &format!("  bij: recht met Nummer = dit Nummer\n  eis: niet ({})", written("recht")),
    );
    are_alike(
        "PC01 / Kop",
        &blocks,
        "  eis: voor elke Bericht.Recht genaamd ene geldt kort geldt voor ene",
        &format!("  eis: voor elke Bericht.Recht genaamd ene geldt {}", written("ene")),
    );
}

#[test]
fn a_text_tells_its_paths_as_they_would_be_written() {
    let text = format!(
        "{SHORT}{VIEW}\n\n{}",
        rule(
            "X001",
            "PC01 / Recht",
            "  bij: recht met Nummer = dit Nummer\n  eis: kort geldt\n  eis: kort geldt voor recht",
        )
    );
    let standard = standard(&text);
    let RuleKind::Judged(all) = &standard.rules[0].kind else { unreachable!() };
    let mut paths = Vec::new();
    regelwerk_model::core::walk::steps(&all[0].body, 0, |part, _| {
        if let regelwerk_model::core::walk::Part::Path(path) = part {
            paths.push(path.written.clone());
        }
    });
    paths.retain(|path| path.ends_with("Soort"));
    assert_eq!(
        paths,
        ["Soort", "vorig.Soort", "dit Soort", "recht.Soort", "vorig.Soort", "recht.Soort"]
    );
}

#[test]
fn views_events_terms_and_protocols_use_it_too() {
    let text = format!(
        "{SHORT}beeld recht \"x\"\n  bron: x\n  uit: PC01 / Recht\n  sleutel: Nummer\n  mits: kort geldt\n\n
proces gang \"x\"\n  bron: x\n  sleutel: Nummer\n  rollen: gemeente\n  toestanden: geen (begin), open (eind)
  gebeurtenis gunning: PC01 / Recht van gemeente als kort geldt\n  van geen naar open bij gunning
  voorbeeld goed: gunning dan open\n  voorbeeld fout: gunning, gunning\n
termijn T001 \"x\"\n  bron: x\n  voor: PC01 / Recht\n  bij: recht met Nummer = dit Nummer
  mits: kort geldt en kort geldt voor recht\n  begint: ontvangst\n  eindigt: dit bericht\n  binnen: 5 dagen
  door: afzender\n"
    );
    let protocol = "protocol PP \"x\"\n  bron: x\n  standaard: proef\n  geldig: vanaf 01-01-2020\n  releases: 2.0
  herkennen: PC01 / Recht als klein geldt\n  toepassing: PC01 / Recht als kort geldt\n
voorwaarde klein \"x\"\n  bron: x\n  mits: Soort = 01\n";
    let [one, two, three] = files(&text);
    let (_, told, model, parsed) = read(&[one, two, three, ("p/p.regels", protocol)]);
    let told: Vec<_> = told.into_iter().filter(|one| one.code.0 != "RW317").collect();
    assert_eq!(told, []);
    let standard = &model.standards[0];
    let names: Vec<_> = standard.dossier.conditions.iter().map(|one| one.name.as_str()).collect();
    assert_eq!(names, ["kort", "klein"]);
    assert_eq!(standard.protocols[0].recognition.len(), 1);
    let idle = crate::review(&parsed, &model, Vec::new());
    assert!(!idle.iter().any(|one| one.title.contains("voorwaarde")), "{idle:?}");
}

#[test]
fn one_that_is_not_there_is_told_with_what_is_near() {
    let text = format!("{SHORT}{}", rule("X001", "PC01 / Recht", "  eis: kor geldt"));
    assert_eq!(
        told(analyzed(&files(&text)).1),
        ["RW314 voorwaarde `kor` bestaat niet; bedoelde u `kort`?"]
    );
    let text = format!("{SHORT}{}", rule("X001", "PC01 / Recht", "  eis: kort geldt voor oud"));
    assert_eq!(
        told(analyzed(&files(&text)).1),
        ["RW307 rij of element `oud` bestaat niet; er is er nog geen"]
    );
}

#[test]
fn one_names_no_other() {
    let text = format!(
        "{SHORT}voorwaarde lang \"x\"\n  bron: x\n  mits: niet (kort geldt)\n\n{}",
        rule("X001", "PC01 / Recht", "  eis: lang geldt")
    );
    let found = told(analyzed(&files(&text)).1);
    assert_eq!(found.len(), 1, "{found:?}");
    assert!(
        found.iter().all(|one| one.starts_with("RW308 een voorwaarde noemt geen andere")),
        "{found:?}"
    );
}

#[test]
fn that_one_names_another_is_told_where_nothing_uses_it() {
    let text = format!("{SHORT}voorwaarde lang \"x\"\n  bron: x\n  mits: niet (lang geldt)\n\n");
    let found = told(analyzed(&files(&text)).1);
    assert_eq!(found.len(), 1, "{found:?}");
    assert!(
        found.iter().all(|one| one.starts_with("RW308 een voorwaarde noemt geen andere")),
        "{found:?}"
    );
}

#[test]
fn what_is_wrong_in_one_is_told_once_with_where_it_is_used() {
    let text = format!(
        "voorwaarde kort \"x\"\n  bron: x\n  mits: Sort = 01\n\n{}{}",
        rule("X001", "PC01 / Recht", "  eis: kort geldt"),
        rule("X002", "PC01 / Recht", "  eis: niet (kort geldt)"),
    );
    let (sources, found) = analyzed(&files(&text));
    let found: Vec<_> = found.into_iter().filter(|one| one.code.0 != "RW317").collect();
    let [one] = found.as_slice() else { unreachable!("{found:?}") };
    assert_eq!((one.code.0, sources.slice(one.label.span)), ("RW302", "Sort"));
    let used: Vec<_> = one.related.iter().map(|label| sources.slice(label.span)).collect();
    assert_eq!(used, ["kort"]);
}

#[test]
fn names_from_where_it_is_used_mean_nothing_in_it() {
    let text = format!(
        "voorwaarde kort \"x\"\n  bron: x\n  mits: nummer = 1\n\n{}",
        rule("X001", "PC01 / Recht met nummer = Nummer", "  eis: nummer gevuld en kort geldt")
    );
    let found = told(analyzed(&files(&text)).1);
    assert_eq!(found.len(), 1, "{found:?}");
    assert!(found.iter().all(|one| one.starts_with("RW307 naam `nummer` bestaat niet")));
}

#[test]
fn one_without_a_condition_and_one_with_a_taken_name_are_told() {
    let text = format!(
        "voorwaarde kort \"x\"\n  bron: x\n\n{}",
        rule("X001", "PC01 / Recht", "  eis: kort geldt")
    );
    assert_eq!(
        told(analyzed(&files(&text)).1),
        ["RW203 `kort` heeft geen `mits:`; voeg een regel `mits:` toe"]
    );
    let text = format!("{SHORT}{}", VIEW.replace("beeld recht", "beeld kort"));
    let found = told(analyzed(&files(&text)).1);
    assert_eq!(found.len(), 1, "{found:?}");
    assert!(found.iter().all(|one| one.starts_with("RW202 de naam `kort` is al in gebruik")));
}

#[test]
fn one_that_nothing_uses_is_told() {
    let found = told(reviewed(&files(SHORT)).1);
    assert_eq!(
        found,
        [
            "RW601 voorwaarde `kort` wordt nergens gebruikt; schrijf waar zij geldt: `kort geldt`, of \
             `kort geldt voor …`; tot dan is alleen nagekeken of het ergens kan gelden, of haal dit blok weg"
        ]
    );
}

#[test]
fn a_long_one_is_not_written_out_without_end() {
    let parts: Vec<_> = (0..190).map(|number| format!("Nummer = {number}")).collect();
    let long = format!("voorwaarde lang \"x\"\n  bron: x\n  mits: {}\n\n", parts.join(" of "));
    let uses = |times: usize| {
        let all =
            (0..times).map(|at| rule(&format!("X{at:03}"), "PC01 / Recht", "  eis: lang geldt"));
        let all: String = all.collect();
        let mut found = told(analyzed(&files(&format!("{long}{all}"))).1);
        // That these rules all say the same is no part of it.
        found.retain(|one| !one.starts_with("RW40"));
        found
    };
    assert_eq!(uses(3), [""; 0]);
    let found = uses(60);
    assert!(!found.is_empty());
    assert!(found.iter().all(|one| one.starts_with("RW212 wat de voorwaarden")), "{found:?}");
}

#[test]
fn one_of_the_standard_looks_into_its_tables_when_a_protocol_uses_it() {
    let text = "tabel soorten \"x\"\n  bron: x\n  peildatum: 01-01-2020\n  kolommen: soort\n  sleutel: soort\n  rij: 01\n
voorwaarde bekend \"x\"\n  bron: x\n  mits: Soort staat in tabel soorten.soort\n";
    let protocol = "protocol PP \"x\"\n  bron: x\n  standaard: proef\n  geldig: vanaf 01-01-2020\n  releases: 2.0
  herkennen: PC01 / Recht als bekend geldt\n";
    let [one, two, three] = files(text);
    assert_eq!(told(analyzed(&[one, two, three, ("p/p.regels", protocol)]).1), [""; 0]);
}

#[test]
fn what_is_recognised_is_lost_sight_of_in_a_quantifier() {
    let recognised = |range: &str| {
        let text = "voorwaarde alleen \"x\"\n  bron: x\n  mits: Soort = 01\n";
        let protocol = format!(
            "protocol PP \"x\"\n  bron: x\n  standaard: proef\n  geldig: vanaf 01-01-2020\n  releases: 2.0
  herkennen: PC01 / Recht als {range}\n"
        );
        let [one, two, three] = files(text);
        told(analyzed(&[one, two, three, ("p/p.regels", &protocol)]).1)
    };
    assert_eq!(recognised("alleen geldt en (er is een Bericht.Recht met Nummer = 1)"), [""; 0]);
    for name in ["", "genaamd ene "] {
        let found =
            recognised(&format!("er is een Bericht.Recht {name}met (Nummer = 1 en alleen geldt)"));
        assert_eq!(found.len(), 1, "{found:?}");
        assert!(found.iter().all(|one| one.starts_with("RW308 wat `dit` is")), "{found:?}");
    }
}
