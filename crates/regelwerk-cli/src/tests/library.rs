//! What the README shows of a dossier as a value, as code that runs.

use std::error::Error;
use std::path::Path;

use regelwerk::{Date, Dossier, Lang, Message, SavedDossier, Verdict};

use super::dossier::YEAR;

#[test]
fn a_dossier_is_kept_as_the_readme_shows() -> Result<(), Box<dyn Error>> {
    let context = regelwerk::context();
    let mut dossier = Dossier::new(&regelwerk::ijw::STANDARD).context(context.clone());

    // What comes from outside the messages: tables as rows of texts, facts and answers.
    let texts = |line: &str| line.split(',').map(str::to_owned).collect::<Vec<_>>();
    let header = texts("categorie,code,geldig_van,geldig_tot");
    dossier.supply("productcodes", &header, [texts("45,45A04,,")])?;
    dossier.state_fact("betaling", Date::from_ymd(2026, 3, 25), "D202602", "")?;

    // In order of arrival; without a day of receipt the day of sending counts as such.
    let year = Path::new(YEAR);
    let report =
        dossier.receive(&std::fs::read(year.join("05-jw301.xml"))?, Date::new(2026, 1, 27));
    // Its place in the dossier, none if it is unreadable; and what it makes of earlier messages.
    println!("{:?}: {:?}", report.number, report.verdict);
    for change in &report.changes {
        println!("{}", change.text(Lang::En));
    }
    for state in dossier.states() {
        println!("{} {}: {}", state.process, state.key, state.state);
    }
    for term in dossier.terms(Date::from_ymd(2026, 12, 21)) {
        println!("{} until {:?}: {:?}", term.rule, term.due, term.met);
    }

    // Judged without being taken in; `report.reply(&message, &options)` answers it.
    let bytes = std::fs::read(year.join("06-jw302.xml"))?;
    let message = Message::read(&bytes, &context)?;
    let report = dossier.judge(&message, None);

    // Plain data for serde. By what messages are judged is not in it: say it again.
    let saved: SavedDossier<'_> = dossier.save();
    let dossier = Dossier::restore(&regelwerk::ijw::STANDARD, &saved)?.context(context);

    assert_eq!(report.verdict, Verdict::Accepted);
    assert_eq!(dossier.messages().count(), 1);
    Ok(())
}

/// The code above is that of the README, to the line; only the folder stands elsewhere here.
#[test]
fn the_readme_has_this_code() {
    let readme = include_str!("../../../../README.md");
    let (_, code) = readme.split_once("A `Dossier` judges messages").unwrap();
    let (_, code) = code.split_once("```rust\n").unwrap();
    let (code, _) = code.split_once("```").unwrap();
    let here: Vec<_> = include_str!("library.rs").lines().map(str::trim).collect();
    let mut lines = code.lines().map(str::trim).filter(|line| !line.starts_with("let year"));
    assert_eq!(lines.find(|line| !here.contains(line)), None);
}
