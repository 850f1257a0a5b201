//! Protocols: rules over the elements of a standard that they do not change.

use chrono::NaiveDate;
use regelwerk_diag::{Diagnostic, Sources, Span};
use regelwerk_model::core::{Origin, Path};
use regelwerk_model::{
    Application, Asked, Interval, Model, Protocol, Recognition, Release, Standard,
};
use regelwerk_syntax::ast::{Block, Bound, Clause, Word};

use crate::check::places::verdict;
use crate::codes::{
    ALWAYS, BAD_INTERVAL, DUPLICATE, NEVER, STRUCTURE, UNKNOWN_PROTOCOL, UNKNOWN_RELEASE,
};
use crate::collect::{Declarations, required, sources as citations};
use crate::page::{Home, Page};
use crate::paths::{Items, Scope};
use crate::places::{self, Spot};
use crate::rows::Book;
use crate::sink::Sink;
use crate::vocabulary::Vocabulary;
use crate::{
    calendars, check, condition, demands, dossier, norms, processes, readings, rules, scenarios,
    types, unused, waivers,
};

/// Adds a protocol to the standard that it names.
pub(crate) fn add(
    protocol: &Declarations<'_>,
    standards: &[Declarations<'_>],
    model: &mut Model,
    sources: &Sources,
    sink: &mut Sink,
) {
    let name = required(protocol.home, "standaard:", sink, |clause| match clause {
        Clause::OfStandard(name) => Some(name),
        _ => None,
    });
    let Some(name) = name else { return };
    let base = standards.iter().find(|one| one.home.id.value == name.value);
    let standard = model.standards.iter_mut().find(|one| one.name == name.value);
    let (Some(base), Some(standard)) = (base, standard) else {
        return no_standard(name, standards, sink);
    };
    sink.be_quiet(types::are_lost(base, sink));
    let declarations = protocol.over(base);
    dossier::refuse(protocol, sink);
    let book = Book::new(&standard.releases, &standard.tables, standard.dossier.clone());
    let made = self::protocol(&declarations, standard, &book, sources, sink);
    standard.dossier = book.into_dossier();
    let Some(made) = made else { return };
    standard.protocols.push(made);
    standard.protocols.sort_by(|a, b| a.name.cmp(&b.name));
    let told = scenarios::scenarios(&declarations, standard, Some(protocol.home), sink);
    standard.scenarios.extend(told);
    let own = standard.protocols.iter().find(|one| one.name == protocol.home.id.value);
    let rules = own.map_or(&[][..], |own| own.rules.as_slice());
    scenarios::check_shown(&declarations, rules, &standard.scenarios, sink);
}

fn no_standard(name: &Word, standards: &[Declarations<'_>], sink: &mut Sink) {
    if !standards.is_empty() {
        let known = standards.iter().map(|one| one.home.id.value.as_str());
        return sink.unknown(UNKNOWN_PROTOCOL, "standaard", name, known);
    }
    let title = format!("standaard `{}` bestaat niet: er is geen enkele standaard", name.value);
    let help = "controleer de map waar de standaard ook in zit, zoals `regelwerk check rules`";
    sink.fault(UNKNOWN_PROTOCOL, title, name.span, help);
}

fn protocol(
    declarations: &Declarations<'_>,
    standard: &Standard,
    book: &Book<'_>,
    sources: &Sources,
    sink: &mut Sink,
) -> Option<Protocol> {
    let block = declarations.home;
    calendars::refuse(declarations, sink);
    let days = days(block, sink);
    let named = required(block, "releases:", sink, |clause| match clause {
        Clause::Releases(names) => Some(names),
        _ => None,
    });
    let releases = releases(named?, standard, sink);
    let interval = Interval { first: *releases.iter().min()?, last: *releases.iter().max()? };
    let mut words = Vocabulary::new(declarations, sources, sink);
    words.is_protocol = true;
    dossier::extend(declarations, book, &words, sink);
    let (mut rules, placed) = rules::of_protocol(declarations, book, interval, &words, sink);
    check::check(&rules, &placed.judged, book, sink);
    rules.sort_by(|a, b| a.code.cmp(&b.code));
    processes::processes(declarations, book, &words, sink);
    let recognition = recognition(block, book, interval, &words, sink);
    let applications = applications(block, book, interval, &words, sink);
    unused::tell(unused::find(declarations, book, &words, sink), sink);
    let (from, until) = days?;
    Some(Protocol {
        name: block.id.value.clone(),
        title: block.title.value.clone(),
        source: citations(block).join("; "),
        from,
        until,
        releases,
        rules,
        placed: placed.judged,
        stated: placed.stated,
        recognition,
        applications,
        norms: norms::norms(declarations, &words.tables, sources, sink),
        tables: words.tables,
        readings: readings::readings(declarations),
        waivers: waivers::waivers(declarations, sink),
        scope: demands::scope(&block.lines),
        span: block.span,
    })
}

fn days(block: &Block, sink: &mut Sink) -> Option<(NaiveDate, Option<NaiveDate>)> {
    let valid = required(block, "geldig:", sink, |clause| match clause {
        Clause::Valid(interval) => Some(interval),
        _ => None,
    })?;
    match (&valid.from, &valid.until) {
        (Some(Bound::Date(from)), None) => Some((from.value, None)),
        (Some(Bound::Date(from)), Some(Bound::Date(until))) => {
            if until.value < from.value {
                let title = "een protocol is geldig tot en met een datum na zijn begin";
                sink.fault(
                    BAD_INTERVAL,
                    title,
                    valid.span,
                    "draai de datums om, of laat `t/m` weg",
                );
            }
            Some((from.value, Some(until.value)))
        }
        _ => {
            let title = "een protocol is geldig vanaf een datum";
            sink.fault(BAD_INTERVAL, title, valid.span, "schrijf `geldig: vanaf 01-01-2019`");
            None
        }
    }
}

fn releases(names: &[Word], standard: &Standard, sink: &mut Sink) -> Vec<usize> {
    let mut found = Vec::new();
    for name in names {
        match standard.releases.iter().position(|release| release.name == name.value) {
            Some(at) if found.contains(&at) => {
                let title = format!("release `{}` staat er twee keer", name.value);
                sink.fault(DUPLICATE, title, name.span, "laat er een weg");
            }
            Some(at) => found.push(at),
            None => {
                let known = standard.releases.iter().map(|release| release.name.as_str());
                sink.unknown(UNKNOWN_RELEASE, "release", name, known);
            }
        }
    }
    found
}

pub(crate) const PAGE: Page = Page {
    code: UNKNOWN_PROTOCOL,
    name: "herkent-niets",
    what: "Een protocol zonder `herkennen:`. Bij een bericht is dan niet te zien dat het onder het \
           protocol kan vallen; wie het toepast, moet dat zelf weten.",
    wrong: "\
protocol PP-2021 \"Afspraken over lange zorg\"
  bron:       verzonnen
  standaard:  proef
  geldig:     vanaf 01-01-2021
  releases:   2.0",
    better: "\
protocol PP-2021 \"Afspraken over lange zorg\"
  bron:       verzonnen
  standaard:  proef
  geldig:     vanaf 01-01-2021
  releases:   2.0
  herkennen:  PR01 / Product als Soort = 02",
    why: "Met `herkennen:` kan het programma zeggen welke berichten bij het protocol horen, ook als \
          niemand om het protocol heeft gevraagd.",
    home: Home::Protocol,
};

/// Each place of `herkennen:` with its condition.
fn recognition(
    block: &Block,
    book: &Book<'_>,
    interval: Interval,
    words: &Vocabulary,
    sink: &mut Sink,
) -> Vec<Recognition> {
    let mut all = Vec::new();
    for line in &block.lines {
        let Clause::Recognition(named, cond) = &line.clause else { continue };
        let Some(places) = words.places(named, sink) else { continue };
        let Some(spots) = places::resolve(&places, interval, book.releases, sink) else {
            continue;
        };
        let nodes = spots.list.iter().map(|spot| vec![spot.node]).collect();
        let here = Scope::new(book, &spots, words);
        let scope = here.within(Items { nodes, are_alike: false }, None).at_home();
        let written = cond;
        let Some(cond) = condition::condition(cond, &scope, sink) else { continue };
        if !Asked::by_cond(&cond).is_nothing() {
            sink.push(
                Diagnostic::error(STRUCTURE, "een bericht wordt herkend aan wat er zelf in staat", line.span)
                    .help("noem elementen van het bericht, geen eerdere berichten of tabellen die worden aangeleverd"),
            );
            continue;
        }
        let at_place = condition::condition(written, &here, &mut Sink::default());
        match at_place.and_then(|cond| verdict(&cond, line.span, &spots, book)) {
            Some(false) => sink.push(never(line.span)),
            Some(true) => sink.push(always(line.span)),
            None => {}
        }
        all.extend(spots.list.iter().filter_map(|spot| {
            let list = from_root(spot, book.releases)?;
            Some(Recognition {
                release: spot.release,
                message: spot.message,
                list,
                cond: cond.clone(),
                span: line.span,
            })
        }));
    }
    // Of what is written and wrong, something is told already.
    if !block.lines.iter().any(|line| matches!(line.clause, Clause::Recognition(..))) {
        let title = format!("`{}` herkent geen enkel bericht", block.id.value);
        sink.push(
            PAGE.warning(title, block.id.span)
                .help("voeg `herkennen: BERICHT / Element als …` toe"),
        );
    }
    all
}

/// Each element of `toepassing:` with its condition. Of one element there is one.
fn applications(
    block: &Block,
    book: &Book<'_>,
    interval: Interval,
    words: &Vocabulary,
    sink: &mut Sink,
) -> Vec<Application> {
    let mut all: Vec<Application> = Vec::new();
    for line in &block.lines {
        let Clause::Application(named, cond) = &line.clause else { continue };
        let Some(places) = words.places(named, sink) else { continue };
        let Some(spots) = places::resolve(&places, interval, book.releases, sink) else {
            continue;
        };
        let Some(cond) = condition::condition(cond, &Scope::new(book, &spots, words), sink) else {
            continue;
        };
        if verdict(&cond, line.span, &spots, book) == Some(false) {
            sink.push(never(line.span));
        }
        for Spot { release, message, node, .. } in spots.list {
            let is_same = |one: &Application| {
                (one.release, one.message, one.node) == (release, message, node)
            };
            if all.iter().any(is_same) {
                let title = "van dit element zegt een andere `toepassing:` het al";
                sink.push(
                    Diagnostic::error(DUPLICATE, title, line.span)
                        .help("voeg de voorwaarden samen met `en` of `of`"),
                );
                break;
            }
            let (cond, span) = (cond.clone(), line.span);
            all.push(Application { release, message, node, cond, span });
        }
    }
    all
}

fn never(span: Span) -> Diagnostic {
    Diagnostic::error(NEVER, "deze voorwaarde kan nooit waar zijn", span)
        .help("zo is er geen bericht waar dit voor geldt; verbeter de voorwaarde")
}

fn always(span: Span) -> Diagnostic {
    let title = "deze voorwaarde is altijd waar: elk bericht met dit element wordt zo herkend";
    Diagnostic::warning(ALWAYS, title, span)
        .help("noem waaraan te zien is dat een bericht bij dit protocol hoort")
}

fn from_root(spot: &Spot, releases: &[Release]) -> Option<Path> {
    let message = releases.get(spot.release)?.messages.get(spot.message)?;
    let names = message.path(spot.node);
    let steps = names.iter().skip(1).map(|name| (*name).to_owned()).collect();
    let written = names.join(".");
    Some(Path { origin: Origin::Root, param: None, steps, written })
}
