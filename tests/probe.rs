//! Tests of the tests of rules: what survives is told with what would notice it, and that, pasted
//! into the rule files, does notice it.

use std::collections::BTreeSet;

use regelwerk_compiler::diag::{Source, Sources};
use regelwerk_compiler::{Compilation, compile};
use regelwerk_probe::{Aspect, Catch, Hunt, caught, hunt, reach};

use crate::made::{Made, made};

fn hunted(compilation: &Compilation) -> Hunt {
    hunt(compilation, 0, &|_| true, &|_, _| {}).unwrap()
}

/// The rules with what was caught pasted into them: lines behind the last example of their rule,
/// scenarios in a file of their own beside the one that they were made of.
fn pasted(compilation: &Compilation, caught: &[Catch]) -> Compilation {
    let mut files: Vec<Source> =
        compilation.sources.iter().map(|(_, source)| source.clone()).collect();
    for (number, catch) in caught.iter().enumerate() {
        let path = compilation.sources.path(catch.behind.source);
        if catch.is_scenario {
            let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
            let path = format!("{folder}/gevangen-{number}.regels");
            files.push(Source { path, text: catch.text.clone() });
            continue;
        }
        let file = files.iter_mut().find(|file| file.path == path).unwrap();
        let head = format!("regel {} ", catch.name);
        let begin = file.text.find(&head).unwrap();
        let end = file.text[begin..].find("\n\n").map_or(file.text.len(), |at| begin + at + 1);
        file.text.insert_str(end, &catch.text);
    }
    files.sort_by(|a, b| a.path.cmp(&b.path));
    compile(Sources::new("rules", files))
}

/// Every rule of the invented standard that looks no further than the message, and some scenarios.
#[test]
fn what_is_caught_is_noticed_once_it_is_pasted() {
    let [_, Made { compilation, .. }] = made();
    let before = hunted(&compilation);
    assert!(!before.survivors.is_empty(), "de proef heeft iets wat niemand merkt");
    let caught = caught(&compilation, 0, &before.survivors, 60, &|_, _| {});
    assert!(caught.iter().any(|one| one.is_scenario) && caught.iter().any(|one| !one.is_scenario));
    // Examples of rules with more than one wording belong under theirs; they are left out here.
    let is_plain = |one: &&Catch| {
        let rules = compilation.model.standards.iter().flat_map(|one| &one.rules);
        let mut own = rules.filter(|rule| rule.code == one.name);
        one.is_scenario || own.any(|rule| {
            matches!(&rule.kind, regelwerk_compiler::model::RuleKind::Judged(all) if all.len() == 1)
        })
    };
    let caught: Vec<_> = caught.iter().filter(is_plain).cloned().collect();
    let after = pasted(&compilation, &caught);
    let errors: Vec<_> = after.diagnostics.iter().map(|one| (one.code.0, &one.title)).collect();
    assert!(after.is_sound(), "{errors:#?}");
    let noticed: BTreeSet<_> = caught.iter().flat_map(|one| &one.keys).collect();
    assert!(noticed.len() > 10, "te weinig gevangen: {}", noticed.len());
    let left = hunted(&after);
    let still = left.survivors.iter().filter(|one| noticed.contains(&one.key));
    let still: Vec<_> = still.map(|one| format!("{} {}", one.name, one.words)).collect();
    assert!(still.is_empty(), "{still:#?}");
}

#[test]
fn what_is_never_exercised_is_told() {
    let [_, Made { compilation, .. }] = made();
    let all = reach(&compilation, 0).unwrap();
    let of = |aspect| all.iter().filter(move |one| one.aspect == aspect);
    for aspect in
        [Aspect::Condition, Aspect::Outcome, Aspect::Row, Aspect::Transition, Aspect::Deadline]
    {
        assert!(of(aspect).any(|one| one.is_whole()), "{aspect:?}");
    }
    // Without its scenarios nothing goes through the processes of the invented standard.
    let files = compilation.sources.iter().map(|(_, source)| source.clone()).map(|mut file| {
        if file.is_rules() {
            let blocks = file.text.split("\n\n");
            let kept = blocks.filter(|block| !block.trim_start().starts_with("scenario "));
            file.text = kept.collect::<Vec<_>>().join("\n\n");
        }
        file
    });
    let bare = compile(Sources::new("proef", files.collect()));
    let all = reach(&bare, 0).unwrap();
    let mut transitions = all.iter().filter(|one| one.aspect == Aspect::Transition);
    assert!(transitions.all(|one| !one.is_whole()));
}
