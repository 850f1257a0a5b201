//! What cannot be made or taken in is told as such, and does not pass for something that was sent.

use regelwerk::{NoReply, Standard};
use regelwerk_compiler::emit::{Play, Replied, Sent, plays};
use regelwerk_compiler::model::Field;
use regelwerk_compiler::model::scenario::{FactTold, Told};
use regelwerk_play::{Miss, MissKind, Unmade, context, misses, play};

use crate::made::{Made, proef};

/// What is not as told in a play.
fn missed(one: &Play<'_>, library: &'static Standard) -> Vec<Miss> {
    let played = play(&one.scenario.told, &one.sent, library, &context(one.scenario, library));
    misses(one.scenario, &played)
}

/// The faults of a reply, where it says that there are some.
fn faults(sent: Option<&Sent>) -> usize {
    match sent {
        Some(Sent::Reply(Replied { faults: Some(faults), .. })) => faults.len(),
        _ => 0,
    }
}

/// Why a reply that names faults cannot be made, when it is spoilt like this.
fn unmade(made: &Made, spoil: impl Fn(&mut Replied)) -> Unmade {
    let plays = plays(&made.compilation.model.standards[0]);
    let mut one = plays.into_iter().find(|it| it.sent.iter().any(|it| faults(it.as_ref()) > 0));
    let one = one.as_mut().unwrap();
    assert_eq!(missed(one, made.standards[0]), []);
    let at = one.sent.iter().position(|it| faults(it.as_ref()) > 0).unwrap();
    if let Some(Sent::Reply(replied)) = &mut one.sent[at] {
        spoil(replied);
    }
    let missed = missed(one, made.standards[0]).into_iter();
    let mut whys = missed.filter_map(|miss| match miss.kind {
        MissKind::Unmade(why) if miss.moment == Some(at) => Some(why),
        _ => None,
    });
    whys.next().unwrap()
}

#[test]
fn a_reply_that_cannot_be_made_says_why() {
    let made = proef();
    let unmade = |spoil: &dyn Fn(&mut Replied)| unmade(&made, spoil);
    let field = |name: &str, ordinal: usize| Field {
        path: vec![(name.to_owned(), ordinal)],
        value: Some("1".to_owned()),
    };
    assert_eq!(unmade(&|one| one.to = usize::MAX), Unmade::NothingToAnswer);
    let no_element = |path: &str| Unmade::NoElement(path.to_owned());
    assert_eq!(unmade(&|one| one.fields = vec![field("Nergens", 1)]), no_element("Nergens"));
    assert_eq!(unmade(&|one| one.fields = vec![field("Klant", 2)]), no_element("Klant[2]"));
    let misplaced = |one: &mut Replied| {
        let fault = one.faults.iter_mut().flatten().next().unwrap();
        fault.class = vec![("Nergens".to_owned(), 1), ("Nog".to_owned(), 3)];
    };
    assert_eq!(unmade(&misplaced), no_element("Nergens/Nog[3]"));
    let miscoded = |one: &mut Replied| {
        one.faults.iter_mut().flatten().next().unwrap().code = "geen".to_owned();
    };
    let why = unmade(&miscoded);
    assert!(matches!(why, Unmade::NoReply(NoReply::Unsound(_))), "{why:?}");
    let why = unmade(&|one| one.mark = "M".repeat(500));
    assert!(matches!(why, Unmade::NoReply(NoReply::BadOption { .. })), "{why:?}");
    let why = unmade(&|one| one.fields = vec![field("Klant", 1)]);
    assert!(matches!(why, Unmade::Unwritable(_)), "{why:?}");
}

#[test]
fn what_the_standard_cannot_say_is_told() {
    let made = proef();
    for mut one in plays(&made.compilation.model.standards[0]) {
        let Some(at) = one.sent.iter().rposition(Option::is_some) else { continue };
        one.sent[at] = None;
        let expected = Miss { moment: Some(at), kind: MissKind::Unmade(Unmade::Unsayable) };
        let missed = missed(&one, made.standards[0]);
        assert!(missed.contains(&expected), "{}", one.scenario.name);
    }
}

#[test]
fn what_is_not_taken_in_is_told() {
    let made = proef();
    let plays = plays(&made.compilation.model.standards[0]);
    let one = plays.into_iter().find(|one| matches!(one.scenario.told, Told::Dated(_))).unwrap();
    let mut scenario = one.scenario.clone();
    let Told::Dated(dated) = &mut scenario.told else { panic!("met dagen") };
    let (on, empty) = (dated.moments[0].on, String::new());
    dated.facts.push(FactTold { name: "nooit-gehoord".into(), on, key: "1".into(), value: empty });
    let one = Play { scenario: &scenario, sent: one.sent };
    let missed = missed(&one, made.standards[0]);
    let [Miss { moment: None, kind: MissKind::Refused(refused) }] = missed.as_slice() else {
        panic!("{missed:?}")
    };
    assert_eq!(refused.name, "nooit-gehoord");
}
