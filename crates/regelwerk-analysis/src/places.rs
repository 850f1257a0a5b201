//! Where a wording is judged: its elements in each message and release, and its parameters.

use regelwerk_diag::Diagnostic;
use regelwerk_model::dossier::RowPlace;
use regelwerk_model::{Interval, Message, NodeId, Release};
use regelwerk_syntax::ast::{Dotted, Place, Word};

use crate::codes::{PARAMETER, UNKNOWN_ELEMENT, UNKNOWN_MESSAGE};
use crate::messages::follow;
use crate::paths::repeated;
use crate::sink::Sink;

/// One element of one message of one release at which a wording is judged.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Spot {
    pub(crate) release: usize,
    pub(crate) message: usize,
    pub(crate) node: NodeId,
    /// For each parameter its paths.
    pub(crate) params: Vec<Vec<Vec<String>>>,
}

impl Spot {
    /// An element of the message of this spot.
    pub(crate) fn place(&self, node: NodeId) -> RowPlace {
        RowPlace { release: self.release, message: self.message, node }
    }
}

/// All spots of a wording, with the names of its parameters.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Spots {
    pub(crate) list: Vec<Spot>,
    pub(crate) params: Vec<String>,
}

/// Resolves `voor:`. `None` when a place is wrong; what is wrong has been reported.
pub(crate) fn resolve(
    places: &[Place],
    interval: Interval,
    releases: &[Release],
    sink: &mut Sink,
) -> Option<Spots> {
    let params = parameters(places, sink)?;
    let mut spots = Spots { list: Vec::new(), params };
    let mut whole = true;
    for place in places {
        let before = spots.list.len();
        for (at, release) in releases.iter().enumerate().filter(|(at, _)| interval.has(*at)) {
            add(place, at, release, &mut spots, sink);
        }
        if spots.list.len() == before {
            whole = false;
            report(place, interval, releases, sink);
        }
    }
    whole.then_some(spots)
}

/// The parameters: the same at every place.
fn parameters(places: &[Place], sink: &mut Sink) -> Option<Vec<String>> {
    let first = places.first()?;
    let names = |place: &Place| {
        let mut names: Vec<_> = place.bindings.iter().map(|one| one.name.value.clone()).collect();
        names.sort();
        names
    };
    let wanted = names(first);
    if let Some(place) = places.iter().find(|place| names(place) != wanted) {
        let title = "elke plaats moet dezelfde namen invullen";
        sink.push(
            Diagnostic::error(PARAMETER, title, place.element.span)
                .related(first.element.span, format!("hier: {}", wanted.join(", ")))
                .help("schrijf `met naam = Element` bij elke plaats"),
        );
        return None;
    }
    Some(wanted)
}

fn add(place: &Place, at: usize, release: &Release, spots: &mut Spots, sink: &mut Sink) {
    let named = |message: &&Message| message.name == place.message.value;
    let Some((index, message)) =
        release.messages.iter().enumerate().find(|(_, message)| named(message))
    else {
        return;
    };
    for node in elements(message, &place.element) {
        if let Some(params) = bindings(place, message, node, &spots.params, sink) {
            spots.list.push(Spot { release: at, message: index, node, params });
        }
    }
}

/// The elements whose path ends as written.
pub(crate) fn elements(message: &Message, written: &Dotted) -> Vec<NodeId> {
    let names: Vec<_> = written.steps.iter().map(|step| step.name.value.as_str()).collect();
    message.ids().filter(|id| message.path(*id).ends_with(&names)).collect()
}

fn bindings(
    place: &Place,
    message: &Message,
    node: NodeId,
    params: &[String],
    sink: &mut Sink,
) -> Option<Vec<Vec<Vec<String>>>> {
    let mut all = Vec::new();
    for param in params {
        let binding = place.bindings.iter().find(|one| one.name.value == *param)?;
        let paths = binding.paths.iter().map(|path| bound(path, message, node, sink));
        all.push(paths.collect::<Option<_>>()?);
    }
    Some(all)
}

fn bound(path: &Dotted, message: &Message, from: NodeId, sink: &mut Sink) -> Option<Vec<String>> {
    let end = follow(path, message, from, sink)?;
    // From the end up to the element itself nothing may be repeated: a name stands for one.
    let chain = std::iter::successors(Some(end), |id| message.node(*id)?.parent);
    for (id, step) in chain.take_while(|id| *id != from).zip(path.steps.iter().rev()) {
        if message.node(id)?.max > 1 {
            sink.push(repeated(&step.name));
            return None;
        }
    }
    Some(path.steps.iter().map(|step| step.name.value.clone()).collect())
}

/// Says what is wrong with a place that is nowhere.
fn report(place: &Place, interval: Interval, releases: &[Release], sink: &mut Sink) {
    let within: Vec<_> =
        releases.iter().enumerate().filter(|(at, _)| interval.has(*at)).map(|(_, r)| r).collect();
    let messages: Vec<_> = within.iter().flat_map(|release| &release.messages).collect();
    let Some(message) = messages.iter().find(|one| one.name == place.message.value) else {
        let known = messages.iter().map(|message| message.name.as_str());
        return sink.unknown(UNKNOWN_MESSAGE, "bericht", &place.message, known);
    };
    // Where the element is there, a binding is wrong, and has been reported.
    if elements(message, &place.element).is_empty() {
        no_such_element(message, &place.element, sink);
    }
}

/// Says that no element of a message has a path that ends as written.
pub(crate) fn no_such_element(message: &Message, written: &Dotted, sink: &mut Sink) {
    let known: Vec<_> = message.ids().map(|id| message.name(id)).collect();
    let missing = |word: &&Word| !known.contains(&word.value.as_str());
    match written.steps.iter().map(|step| &step.name).find(missing) {
        Some(word) => sink.unknown(UNKNOWN_ELEMENT, "element", word, known),
        None => {
            let title = format!("geen element van {} ligt op dit pad", message.name);
            sink.error(UNKNOWN_ELEMENT, title, written.span);
        }
    }
}
