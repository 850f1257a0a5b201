//! What replies and the way in which messages are filed demand.

use std::collections::BTreeMap;

use regelwerk_model::dossier::Filing;
use regelwerk_model::{Amount, Filling, Given, Message, NodeId, Reply, Standard, When};

use super::Book;

pub(super) fn enter(standard: &Standard, book: &mut Book) {
    for (at, release) in standard.releases.iter().enumerate() {
        for reply in &release.replies {
            let message = |at: usize| release.messages.get(at);
            let Some((asked, with)) = message(reply.to).zip(message(reply.with)) else { continue };
            let name = format!("antwoord {}", asked.name);
            book.enter(&name, Some(at), &Sheet { asked, with }.reply(reply), None);
        }
    }
    filings(standard, book);
}

/// How messages are filed, release by release.
fn filings(standard: &Standard, book: &mut Book) {
    let mut releases: BTreeMap<usize, String> = BTreeMap::new();
    for filing in &standard.dossier.filings {
        let release = standard.releases.get(filing.release);
        let Some(message) = release.and_then(|it| it.messages.get(filing.message)) else {
            continue;
        };
        *releases.entry(filing.release).or_default() += &filed(message, filing);
    }
    let name = format!("dossier {}", standard.name);
    for (release, text) in releases {
        book.enter(&name, Some(release), &text, None);
    }
}

fn filed(message: &Message, filing: &Filing) -> String {
    let [from, to] = filing.parties.each_ref().map(|path| path.join("."));
    let part: Vec<_> = filing.part.iter().map(|id| message.path(*id).join("/")).collect();
    let answers = filing.answers.as_ref().map_or_else(String::new, |one| {
        let sent = one.sent.as_ref().map_or_else(String::new, |path| path.join("."));
        format!("{} {} {sent}", one.message, one.mark.join("."))
    });
    format!(
        "{} {from} {to} {} {} {} {} {answers}\n",
        message.name,
        if filing.is_reversed { "omgekeerd" } else { "-" },
        part.join(", "),
        filing.mark.join("."),
        filing.sent.join("."),
    )
}

/// A message and its reply.
struct Sheet<'a> {
    asked: &'a Message,
    with: &'a Message,
}

impl Sheet<'_> {
    fn reply(&self, reply: &Reply) -> String {
        let Reply { code, good, unassessed, fine, is_by_class, classes, outside, .. } = reply;
        let classes: Vec<_> = classes.iter().map(|id| self.asked(*id)).collect();
        let mut text = format!(
            "{} {} {good} {unassessed} {} {}\n{}\n{}\n",
            self.with.name,
            code.join("."),
            fine.join(" "),
            if *is_by_class { "per klasse" } else { "geheel" },
            classes.join(", "),
            self.asked(*outside),
        );
        text += &self.fillings(&reply.always);
        for case in &reply.cases {
            text += &format!("bij {}\n", self.when(&case.when));
            text += &case
                .fillings
                .as_ref()
                .map_or("geen antwoord\n".to_owned(), |fillings| self.fillings(fillings));
        }
        text
    }

    fn when(&self, when: &When) -> String {
        match when {
            When::Level(level) => format!("niveau {level}"),
            When::In(classes) => {
                let classes: Vec<_> = classes.iter().map(|id| self.asked(*id)).collect();
                format!("afkeur van {}", classes.join(", "))
            }
            When::Rejected => "afkeur".to_owned(),
            When::Accepted => "goedkeuring".to_owned(),
        }
    }

    fn fillings(&self, fillings: &[Filling]) -> String {
        fillings.iter().map(|one| self.filling(one) + "\n").collect()
    }

    fn filling(&self, filling: &Filling) -> String {
        match filling {
            Filling::Copy { to, from } => format!("{} uit {}", self.own(*to), self.asked(*from)),
            Filling::Value { at, value } => format!("{} = {value}", self.own(*at)),
            Filling::Given { at, given } => {
                let given = match given {
                    Given::Identification => "identificatie",
                    Given::Date => "dagtekening",
                    Given::XsltVersion => "xslt-versie",
                };
                format!("{} opgegeven {given}", self.own(*at))
            }
            Filling::Empty(at) => format!("{} leeg", self.own(*at)),
            Filling::EmptyWithoutFaults(at) => format!("{} leeg zonder fouten", self.own(*at)),
            Filling::Code { class, code, under } => {
                let under = under.map_or_else(String::new, |id| self.own(id));
                format!("{} krijgt {code} {under}", self.own(*class))
            }
            Filling::OwnCode(class) => format!("{} krijgt haar retourcode", self.own(*class)),
            Filling::OtherClasses => "elke andere klasse".to_owned(),
            Filling::Balance { target, whole, parts, plus, minus } => {
                let [target, whole, parts] = [target, whole, parts].map(|one| self.amount(*one));
                format!("{target} = {whole} min {parts} {plus} {minus}")
            }
        }
    }

    fn amount(&self, amount: Amount) -> String {
        format!("{} ({})", self.own(amount.number), self.own(amount.sign))
    }

    fn own(&self, id: NodeId) -> String {
        self.with.path(id).join("/")
    }

    fn asked(&self, id: NodeId) -> String {
        self.asked.path(id).join("/")
    }
}
