//! How the command is used: mistakes in arguments, and help.

use super::*;

#[test]
fn mistakes_in_arguments_are_told_in_both_languages() {
    for (args, nl, en) in [
        (&["validate", "x", "--lnag"][..], "onbekend argument --lnag", "unknown argument --lnag"),
        (
            &["valdate", "x"],
            "onbekende opdracht valdate; bedoelde u validate?",
            "did you mean validate?",
        ),
        (&["validate"], "er ontbreekt <PATH>...", "missing: <PATH>..."),
        (
            &["validate", "x", "--format", "xml"],
            "--format <FORMAT>: \"xml\" kan niet; kies uit: text, json",
            "\"xml\" cannot be; choose from: text, json",
        ),
        (&["validate", "x", "--protocol"], "heeft een waarde nodig", "needs a value"),
        (
            &["validate", "x", "--redact", "--redact"],
            "--redact staat er twee keer",
            "is given twice",
        ),
    ] {
        let told = regelwerk(args);
        let first = told.err.lines().next().unwrap_or_default();
        assert_eq!(told.exit, 2);
        assert!(first.starts_with("regelwerk: ") && first.contains(nl), "{}", told.err);
        assert!(!told.err.contains("Usage"), "{}", told.err);
        let told = regelwerk(&[&args[..1], &["--lang=en"], &args[1..]].concat());
        assert_eq!(told.exit, 2);
        assert!(told.err.lines().next().unwrap_or_default().contains(en), "{}", told.err);
    }
}

#[test]
fn help_has_dutch_headings() {
    let told = regelwerk(&["validate", "--help"]).out;
    for part in
        ["Gebruik: regelwerk validate [OPTIES]", "Argumenten:", "Opties:", "[standaard: nl]"]
    {
        assert!(told.contains(part), "{part}: {told}");
    }
    let told = regelwerk(&["--help"]).out;
    assert!(told.contains("Opdrachten:") && !told.contains("Commands"), "{told}");
}
