//! `waterrijk BERICHT…` oordeelt over berichten in volgorde van ontvangst, en zegt hoe het met de
//! termijnen stond toen het laatste binnenkwam.

use waterrijk::{Dossier, Lang, Verdict, ijw};

fn main() -> std::io::Result<()> {
    let mut dossier = Dossier::new(&ijw::STANDARD).context(waterrijk::regional());
    for path in std::env::args().skip(1) {
        let report = dossier.receive(&std::fs::read(&path)?, None);
        let regional = report.protocol.as_ref().and_then(|protocol| protocol.verdict);
        let regional = regional.map_or("niets te beoordelen", told);
        println!("{path}: standaard {}, regio {regional}", told(report.verdict));
        for finding in &report.findings {
            let place = finding.rule_at.map_or(String::new(), |place| format!(" ({place})"));
            println!("  {}: {}{place}", finding.rule, finding.text(Lang::Nl));
        }
    }
    let Some(last) = dossier.messages().filter_map(|message| message.received).max() else {
        return Ok(());
    };
    for term in dossier.terms(last) {
        let due = term.due.map_or(String::new(), |day| format!(" uiterlijk {day}"));
        let met = match term.met {
            Some(true) => "gehaald",
            Some(false) => "te laat",
            None => "loopt",
        };
        println!("{}, door {}{due}: {met}", term.rule, term.by);
    }
    Ok(())
}

fn told(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Accepted => "goedgekeurd",
        Verdict::Rejected => "afgekeurd",
        Verdict::Unreadable => "niet te lezen",
    }
}
