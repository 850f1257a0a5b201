//! A release that is not there yet, made by rule files alone: what `rules/README.md` tells under "Een
//! release toevoegen", done on a copy of the corpus. iJw 3.3 is invented; one message gains an element,
//! one code list a code, one rule a new wording and one term a day.

mod judged;
mod release;

use std::collections::BTreeSet;

use regelwerk_compiler::Compilation;
use regelwerk_compiler::emit::lock::locks;

use crate::changes::told as command;
use crate::edited::{compiled, told};
use crate::made::norm;
use crate::snapshot::here;

#[test]
fn it_compiles_without_a_remark() {
    let compilation = compiled(release::files());
    assert!(compilation.diagnostics.is_empty(), "{}", told(&compilation));
    let releases = &compilation.model.standards[0].releases;
    assert_eq!(releases.last().unwrap().name, "3.3");
}

/// The functions in generated code.
fn functions(compilation: &Compilation) -> BTreeSet<(String, String)> {
    let mut all = BTreeSet::new();
    for output in compilation.rust() {
        let file = syn::parse_file(&output.text).unwrap();
        for item in file.items {
            if let syn::Item::Fn(function) = item {
                all.insert((output.name.clone(), function.sig.ident.to_string()));
            }
        }
    }
    all
}

/// The library has the new release, and of what did not change nothing is copied.
#[test]
fn the_library_is_made_anew_and_nothing_is_copied() {
    let [was, is] = [norm().compilation, compiled(release::files())];
    let names = |compilation: &Compilation| -> BTreeSet<_> {
        compilation.rust().into_iter().map(|output| output.name).collect()
    };
    let [before, after] = [&was, &is].map(names);
    let added: BTreeSet<_> = after.difference(&before).map(String::as_str).collect();
    assert!(
        added.contains("ijw_r3_3_types.rs") && added.contains("ijw_r3_3_jw301.rs"),
        "{added:?}"
    );
    assert!(added.iter().all(|name| name.starts_with("ijw_r3_3_")), "{added:?}");
    let [before, after] = [&was, &is].map(functions);
    let new: Vec<_> = after.difference(&before).map(|(_, name)| name.as_str()).collect();
    // One for the new wording, and one for each message that opens the term.
    assert_eq!(new.iter().filter(|name| name.starts_with("cd041_")).count(), 1, "{new:?}");
    assert_eq!(new.iter().filter(|name| name.starts_with("op090_")).count(), 6, "{new:?}");
    assert_eq!(new.len(), 7, "{new:?}");
    assert!(before.is_subset(&after));
    let view = |compilation: &Compilation| {
        let outputs = compilation.rust();
        outputs.iter().filter(|output| output.text.contains("pub fn spoed(")).count()
    };
    assert_eq!([view(&was), view(&is)], [0, 1]);
}

/// What is in force stays locked, and the release is entered without ceremony.
#[test]
fn nothing_in_force_changes() {
    let [was, is] = [norm().compilation, compiled(release::files())];
    let [was, is] = [was, is].map(|made| locks(&made.model, &made.sources));
    for (locked, now) in was.iter().zip(&is) {
        assert_eq!(now.breaches(locked), [], "{}", now.home);
    }
}

/// `regelwerk changes` tells the four things, and what shows that a message is of the new release.
#[test]
fn what_differs_is_told() {
    let copy = release::Copy::new();
    let args = ["changes", "ijw/3.2", "ijw/3.3", "--rules", copy.path()];
    let (exit, out, err) = command(&args);
    assert_eq!((exit, err.as_str()), (0, ""));
    let mut settings = insta::Settings::new();
    settings.set_snapshot_path(here().join("dry_run"));
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| insta::assert_snapshot!("changes", out));
}
