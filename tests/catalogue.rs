//! The catalogue: every rule, in one list that people review when it changes.

use std::fmt::Write;

use regelwerk::standard::Status;

use crate::snapshot;

#[test]
fn the_catalogue_is_as_reviewed() {
    let mut text = String::new();
    for standard in regelwerk::STANDARDS {
        writeln!(text, "{} {}", standard.name, standard.title).unwrap();
        for rule in standard.rules {
            let level = rule.level.map_or("-".to_owned(), |level| level.to_string());
            let code = rule.retourcode.unwrap_or("-");
            let status = match rule.status {
                Status::Judged => "",
                Status::NotByMachine(_) => " (niet machinaal)",
                Status::NotYet => " (nog niet uitgewerkt)",
            };
            writeln!(text, "  {} {level} {code} {}{status}", rule.code, rule.title).unwrap();
            for wording in rule.wordings {
                for place in wording.places {
                    writeln!(text, "    {} {place}", wording.interval).unwrap();
                }
            }
        }
    }
    let mut settings = insta::Settings::new();
    settings.set_snapshot_path(snapshot::here());
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| insta::assert_snapshot!("catalogue", text));
}
