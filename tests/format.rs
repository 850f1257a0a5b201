//! The formatter on every rule file there is, as it is and mangled, and on cases of its own.

use std::path::Path;

use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use regelwerk_compiler::diag::{Source, Sources, Style};
use regelwerk_compiler::{Compilation, Unformatted, compile, format, load, rule_files, rule_text};

use crate::snapshot::{check, here, inputs, root};

mod mangle;

use mangle::{Mangler, comments};

fn laid_out(text: &str) -> String {
    let told = format("x.regels", text, Style::Plain);
    assert!(told.is_ok(), "{told:?}\n{text}");
    told.unwrap()
}

/// The rule files at these paths that are not meant to be odd.
fn good() -> Vec<String> {
    let rules = root().join("rules");
    let folders = ["proef", "cases/syntax/good", "cases/analysis/good"].map(|one| here().join(one));
    let files = std::iter::once(rules).chain(folders).flat_map(|one| rule_files(&one).unwrap());
    files.map(|file| rule_text(&file).unwrap()).collect()
}

#[test]
fn cases_are_laid_out_as_shown() {
    for input in inputs("cases/format", "regels") {
        let text = std::fs::read_to_string(&input).unwrap();
        let told = laid_out(&text);
        assert_eq!(laid_out(&told), told, "{}", input.display());
        assert_eq!(comments(&told), comments(&text), "{}", input.display());
        check(&input, &told);
    }
}

/// As `regelwerk fmt --check` says; it sets right what fails here.
#[test]
fn the_rules_of_this_project_are_laid_out() {
    for folder in [root().join("rules"), here().join("proef")] {
        for file in rule_files(&folder).unwrap() {
            let text = rule_text(&file).unwrap();
            assert!(laid_out(&text) == text, "{}: maak op met `regelwerk fmt`", file.display());
        }
    }
}

/// Each file in turn, each time mangled in another way.
fn each(cases: u32, test: impl Fn(&str, Mangler) -> Result<(), TestCaseError>) {
    let good = good();
    let which = (0..good.len(), any::<u64>());
    let mut runner = TestRunner::new_with_rng(
        Config { cases, failure_persistence: None, ..Config::default() },
        TestRunner::deterministic().new_rng(),
    );
    let ran = runner.run(&which, |(file, seed)| test(&good[file], Mangler::new(seed)));
    assert_eq!(ran.map_err(|failed| failed.to_string()), Ok(()));
}

#[test]
fn what_is_laid_out_stays_so_and_keeps_its_comments() {
    each(96, |text, mut mangler| {
        let mangled = mangler.remark(&mangler.clone().indent(&mangler.clone().shuffle(text)));
        let once = laid_out(&mangled);
        prop_assert_eq!(&laid_out(&once), &once, "{}", mangled);
        prop_assert_eq!(comments(&once), comments(&mangled), "{}", mangled);
        Ok(())
    });
}

/// Blanks and the order of what has none do not matter for what comes of it.
#[test]
fn there_is_one_way_to_lay_out() {
    each(96, |text, mut mangler| {
        let once = laid_out(text);
        let mangled = mangler.widen(&mangler.clone().shuffle(&once));
        prop_assert_eq!(&laid_out(&mangled), &once, "{}", mangled);
        Ok(())
    });
}

/// Blanks anywhere, in words too: what can still be read is laid out, and stays so.
#[test]
fn whatever_can_be_read_is_laid_out() {
    each(160, |text, mut mangler| {
        let mangled = mangler.strew(text);
        match format("x.regels", &mangled, Style::Plain) {
            Err(Unformatted::Unsure) => prop_assert!(false, "{}", mangled),
            Err(Unformatted::Unreadable(told)) => prop_assert!(told.contains("RW")),
            Ok(once) => prop_assert_eq!(&laid_out(&once), &once, "{}", mangled),
        }
        Ok(())
    });
}

/// What rules mean, without places.
fn meaning(compilation: &Compilation) -> String {
    let told = format!("{:#?}", compilation.model);
    let mut parts = told.split("Span {");
    let mut kept = parts.next().unwrap().to_owned();
    parts.for_each(|part| kept.push_str(part.split_once('}').unwrap().1));
    kept
}

/// The rules below a folder, each file laid out after it was mangled; data files as they are.
fn again(rules: &Path, mangler: &mut Mangler) -> Compilation {
    let files = load(rules).unwrap();
    let files = files.iter().map(|(_, source)| match source.is_rules() {
        true => {
            let mangled = mangler.indent(&mangler.clone().shuffle(&source.text));
            Source { text: laid_out(&mangler.remark(&mangled)), ..source.clone() }
        }
        false => source.clone(),
    });
    compile(Sources::new("", files.collect()))
}

fn means_the_same(rules: &Path, seeds: std::ops::Range<u64>) {
    let before = compile(load(rules).unwrap());
    assert!(before.is_sound() && before.model.standards.len() == 1);
    let meaning_before = meaning(&before);
    for seed in seeds {
        let after = again(rules, &mut Mangler::new(seed));
        assert!(after.is_sound(), "{seed}: {:?}", after.diagnostics);
        let after = meaning(&after);
        let differs = meaning_before.lines().zip(after.lines()).find(|(one, other)| one != other);
        assert_eq!(differs, None, "{seed}");
        assert_eq!(meaning_before.len(), after.len(), "{seed}");
    }
}

#[test]
fn the_invented_standard_means_the_same_laid_out() {
    means_the_same(&here().join("proef"), 0..8);
}

#[test]
fn the_norm_means_the_same_laid_out() {
    means_the_same(&root().join("rules"), 0..1);
}

/// What `rules/README.md` shows of the language is as `regelwerk fmt` makes it.
#[test]
fn the_description_of_the_language_shows_what_is_laid_out() {
    let readme = std::fs::read_to_string(root().join("rules/README.md")).unwrap();
    let shown = readme.split("```\n").skip(1).step_by(2);
    let mut whole = 0;
    for shown in shown {
        let Ok(told) = format("README.md", shown, Style::Plain) else { continue };
        whole += 1;
        assert!(told == shown, "zet dit in rules/README.md:\n{told}");
    }
    assert!(whole > 10, "{whole}");
}
