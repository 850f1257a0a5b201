use crate::context::DEFAULT_FUEL;
use crate::scope::Scope;
use crate::standard::{Origin, Outcome, Path, Seen, Text};
use crate::testing::*;

const FIRST: &str = "/Bericht/Klant[1]/Producten/Product[1]";
const SECOND: &str = "/Bericht/Klant[1]/Producten/Product[2]";
const PRODUCTS: Path = root(&[KLANT, PRODUCTEN, PRODUCT]);

fn sample() -> String {
    let products = [
        "<Nummer> 007 </Nummer><Soort>01</Soort><Begin>2024-01-01</Begin><Aantal>3</Aantal>",
        "<Nummer>7</Nummer><Soort>02</Soort><Einde> </Einde><Aantal>4</Aantal>",
    ];
    let other = klant(&["<Nummer>7</Nummer><Soort>02</Soort>"]);
    bericht(&(klant(&products) + &other))
}

fn at<T>(path: &str, question: impl Fn(Scope<'_>) -> T) -> T {
    ask(&sample(), path, DEFAULT_FUEL, |_, scope| question(scope)).0
}

#[test]
fn values_are_read_by_path() {
    assert_eq!(at(FIRST, |s| s.text(&this(&[NUMMER])).map(str::to_owned)), Some("007".into()));
    assert_eq!(at(FIRST, |s| s.number(&this(&[NUMMER]))), Some(7));
    assert_eq!(at(FIRST, |s| s.date(&this(&[BEGIN])).map(|d| d.year())), Some(2024));
    assert_eq!(at(FIRST, |s| s.number(&this(&[BEGIN]))), None);
    assert!(at(FIRST, |s| s.text(&this(&[EINDE])).is_none()));
    assert!(at(SECOND, |s| s.text(&root(&[HEADER, CODE])) == Some("101")));
}

#[test]
fn groups_are_filled_by_what_is_in_them() {
    assert!(at(FIRST, |s| s.filled(&root(&[KLANT])) && s.filled(&this(&[BEGIN]))));
    assert!(!at(SECOND, |s| s.filled(&this(&[EINDE])) || s.filled(&this(&[BEGIN]))));
    let empty = bericht("<Klant><Bsn></Bsn><Producten><Product> </Product></Producten></Klant>");
    let filled = |_: &crate::walk::Run<'_>, s: Scope<'_>| s.filled(&this(&[PRODUCTEN]));
    assert!(!ask(&empty, "/Bericht/Klant", DEFAULT_FUEL, filled).0);
}

#[test]
fn parameters_stand_for_one_path() {
    let param = |param| Path { origin: Origin::This, param: Some(param), steps: &[] };
    assert_eq!(at(FIRST, |s| s.number(&param(0))), Some(7));
    // Several paths, or none, lead nowhere.
    assert_eq!(at(FIRST, |s| s.number(&param(1))), None);
    assert_eq!(at(FIRST, |s| s.number(&param(9))), None);
}

#[test]
fn a_text_names_what_a_parameter_stands_for() {
    let text = Text { nl: "⟦0⟧ is \"[0-9]{1}\"", en: "⟦0⟧ reads \"[0-9]{1}\"" };
    let (phrase, _) = ask(&sample(), FIRST, DEFAULT_FUEL, |run, _| run.phrase(text));
    assert_eq!(phrase.nl, "Nummer is \"[0-9]{1}\"", "the braces of a pattern are its own");
    assert_eq!(phrase.en, "Nummer reads \"[0-9]{1}\"");
}

#[test]
fn quantifiers_follow_every_child() {
    let soort = |code: &'static str| move |s: Scope<'_>| s.text(&item(&[SOORT])) == Some(code);
    assert!(at(FIRST, |s| s.exists(&PRODUCTS, soort("02"))));
    assert!(!at(FIRST, |s| s.exists(&PRODUCTS, soort("03"))));
    assert!(at(FIRST, |s| s.every(&PRODUCTS, |s| s.filled(&item(&[SOORT])))));
    assert!(!at(FIRST, |s| s.every(&PRODUCTS, soort("02"))));
    assert!(at(FIRST, |s| s.every(&this(&[TOTAAL]), |_| false)), "nothing to hold for");
    assert_eq!(at(FIRST, |s| s.count(&PRODUCTS, soort("02"))), 2);
    assert_eq!(at(FIRST, |s| s.count(&this(&[]), |_| true)), 1);
    let aantal = |s: Scope<'_>| s.number(&item(&[AANTAL]));
    assert_eq!(at(FIRST, |s| s.sum(&PRODUCTS, |_| true, aantal)), 7);
    assert_eq!(at(FIRST, |s| s.sum(&PRODUCTS, |_| true, |_| Some(i64::MAX))), i64::MAX);
}

#[test]
fn elements_are_looked_up_by_their_text() {
    let soort = item(&[SOORT]);
    let looked_up = |path: &str, wanted: &'static str, most: i64| {
        at(path, |s| {
            let few =
                |product: Scope<'_>| product.number(&item(&[AANTAL])).is_some_and(|n| n <= most);
            s.exists_equal(&PRODUCTS, &soort, Some(wanted), few)
        })
    };
    assert!(looked_up(FIRST, "01", 3) && !looked_up(FIRST, "01", 2));
    // Of several with one text each is asked.
    assert!(looked_up(FIRST, "02", 4) && !looked_up(FIRST, "02", 3));
    assert!(!looked_up(FIRST, "03", 9));
    assert!(!at(FIRST, |s| s.exists_equal(&PRODUCTS, &soort, None, |_| true)));
    // An element without the text is found by nothing, and the text of another element can be asked.
    assert!(!at(SECOND, |s| s.exists_equal(&PRODUCTS, &item(&[EINDE]), Some(""), |_| true)));
    assert!(at(SECOND, |s| s.exists_equal(&PRODUCTS, &soort, s.text(&this(&[SOORT])), |_| true)));
}

#[test]
fn others_are_sought_within_an_ancestor() {
    let seven = |s: Scope<'_>| s.number(&item(&[NUMMER])) == Some(7);
    let dag = |s: Scope<'_>| s.text(&item(&[SOORT])) == Some("02");
    assert!(at(FIRST, |s| s.exists_other(KLANT, seven)));
    assert!(!at(SECOND, |s| s.exists_other(KLANT, dag)));
    assert!(at(SECOND, |s| s.exists_other(BERICHT, dag)));
    assert!(!at(SECOND, |s| s.exists_other(HEADER, |_| true)));
}

#[test]
fn the_first_of_equals_is_unique() {
    let nummer = [item(&[NUMMER])];
    assert!(at(FIRST, |s| s.unique(&nummer, KLANT)));
    assert!(!at(SECOND, |s| s.unique(&nummer, KLANT)), "007 is 7");
    let third = "/Bericht/Klant[2]/Producten/Product";
    assert!(at(third, |s| s.unique(&nummer, KLANT)));
    assert!(!at(third, |s| s.unique(&nummer, BERICHT)));
    assert!(at(SECOND, |s| s.unique_param(1, KLANT)), "Soort differs");
    assert!(!at(third, |s| s.unique_param(1, BERICHT)));
    assert!(at(third, |s| s.unique(&[item(&[EINDE])], BERICHT)), "nothing equals empty");
}

#[test]
fn a_key_is_unique_within_what_has_a_key() {
    let same = "<Nummer>7</Nummer><Soort>01</Soort><Begin>2024-01-01</Begin>";
    let xml = bericht(&(klant(&[same, same, "<Nummer>007</Nummer>"]) + &klant(&[same])));
    let unique = |path: &str| ask(&xml, path, DEFAULT_FUEL, |_, s| s.unique_key()).0;
    assert!(unique(FIRST));
    assert!(!unique(SECOND));
    assert!(unique("/Bericht/Klant[1]/Producten/Product[3]"), "Soort is absent, so empty");
    assert!(unique("/Bericht/Klant[2]/Producten/Product"), "another Klant, though of the same Bsn");
    assert!(unique("/Bericht/Klant[1]") && !unique("/Bericht/Klant[2]"), "within the root");
    assert!(unique("/Bericht/Klant[2]/Producten"), "it has no key");
    let empty = bericht(&klant(&["<Nummer> </Nummer>", "<Nummer/>", "<Nummer/><Soort>01</Soort>"]));
    let unique = |path: &str| ask(&empty, path, DEFAULT_FUEL, |_, s| s.unique_key()).0;
    assert!(unique("/Bericht/Klant/Producten/Product[2]"), "nothing equals empty");
    assert!(unique("/Bericht/Klant/Producten/Product[3]"));
}

#[test]
fn an_earlier_twin_is_a_witness_with_its_fields() {
    let paths = |xml: &str, path: &str, question: fn(Scope<'_>) -> bool| {
        ask(xml, path, DEFAULT_FUEL, |run, scope| {
            assert!(!question(scope));
            let all = run.witnesses().take().into_iter();
            all.filter_map(|it| run.name_witness(it)).collect::<Vec<_>>()
        })
        .0
    };
    let xml = bericht(&klant(&["<Nummer>7</Nummer>", "<Nummer>07</Nummer>"]));
    let second = "/Bericht/Klant/Producten/Product[2]";
    let first = "/Bericht/Klant/Producten/Product[1]";
    // Soort is absent.
    let twin = [first.to_owned(), format!("{first}/Nummer")];
    assert_eq!(paths(&xml, second, |s| s.unique_key()), twin);
    assert_eq!(paths(&xml, second, |s| s.unique_param(1, KLANT)), twin);
    assert_eq!(paths(&xml, second, |s| s.unique(&[item(&[NUMMER])], BERICHT)), twin);
}

#[test]
fn witnesses_are_those_that_decided() {
    let paths = |question: fn(Scope<'_>) -> bool| {
        ask(&sample(), FIRST, DEFAULT_FUEL, |run, scope| {
            let _ = question(scope);
            let all = run.witnesses().take().into_iter();
            all.filter_map(|it| run.name_witness(it)).collect::<Vec<_>>()
        })
        .0
    };
    assert_eq!(paths(|s| s.exists(&PRODUCTS, |s| s.number(&item(&[AANTAL])) == Some(4))), [SECOND]);
    assert_eq!(paths(|s| s.every(&PRODUCTS, |s| s.filled(&item(&[BEGIN])))), [SECOND]);
    assert!(paths(|s| s.every(&PRODUCTS, |_| true)).is_empty());
    let inner = |s: Scope<'_>| {
        s.exists(&PRODUCTS, |s| s.exists(&item(&[NUMMER]), |_| true) && s.filled(&item(&[EINDE])))
    };
    assert!(paths(inner).is_empty());
}

#[test]
fn fuel_stops_a_quantifier() {
    let all = |_: &crate::walk::Run<'_>, s: Scope<'_>| s.count(&PRODUCTS, |_| true);
    let (count, left) = ask(&sample(), FIRST, 100, all);
    assert_eq!((count, left > 0), (3, true));
    let (count, left) = ask(&sample(), FIRST, 5, all);
    assert_eq!((count < 3, left), (true, 0));
}

static NEVER: Outcome = Outcome {
    target: this(&[EINDE]),
    expected: Text { nl: "", en: "" },
    found: Seen::Value,
    because: None,
    related: &[],
};

/// Whether there is a product with this number of Aantal; it is a witness.
fn aantal(scope: Scope<'_>, number: i64) -> bool {
    scope.exists(&PRODUCTS, |product| product.number(&item(&[AANTAL])) == Some(number))
}

#[test]
fn witnesses_of_a_condition_belong_to_all_that_is_under_it() {
    let findings = check(&sample(), FIRST, |judge| {
        let scope = judge.scope();
        let outer = judge.base();
        if aantal(scope, 3) {
            judge.settle();
            judge.check(!aantal(scope, 4), &NEVER);
            let inner = judge.base();
            if aantal(scope, 4) {
                judge.settle();
                judge.check(false, &NEVER);
            }
            judge.leave(inner);
            judge.check(false, &NEVER);
        }
        judge.leave(outer);
        judge.check(false, &NEVER);
    });
    // FIRST is in any case the element in which Einde is missing.
    let second: Vec<_> =
        findings.iter().map(|it| it.related.contains(&SECOND.to_owned())).collect();
    assert_eq!(second, [true, true, false, false]);
    let findings = check(&sample(), SECOND, |judge| {
        let outer = judge.base();
        if aantal(judge.scope(), 3) {
            judge.settle();
            judge.check(false, &NEVER);
            judge.check(false, &NEVER);
        }
        judge.leave(outer);
        judge.check(false, &NEVER);
    });
    let first: Vec<_> = findings.iter().map(|it| it.related.contains(&FIRST.to_owned())).collect();
    assert_eq!(first, [true, true, false]);
}

#[test]
fn a_condition_that_does_not_apply_leaves_no_witness() {
    let findings = check(&sample(), SECOND, |judge| {
        let scope = judge.scope();
        let outer = judge.base();
        if aantal(scope, 3) && aantal(scope, 9) {
            judge.settle();
            judge.check(false, &NEVER);
        } else {
            judge.settle();
        }
        judge.leave(outer);
        judge.check(false, &NEVER);
    });
    assert_eq!(findings.len(), 1);
    assert_eq!(findings[0].related, [""; 0]);
}
