//! The two sides of a comparison.

use regelwerk_diag::Sources;
use regelwerk_model::{
    FacetKind, Message, Model, NodeId, Placed, Protocol, Release, Rule, RuleKind, Standard,
    TermPart, Use,
};

use super::{About, Changes, RuleChange, applies, blocks, elements, pairs, tables, words};
use crate::cases::Place;
use crate::draft::Maker;

/// One side of a comparison.
#[derive(Debug, Clone, Copy)]
pub enum Side<'a> {
    /// A protocol.
    Protocol(&'a Protocol),
    /// A release of a standard, as an index.
    Release(usize),
}

/// Two sides of one standard.
#[derive(Debug, Clone, Copy)]
pub struct Comparison<'a> {
    /// The standard of both.
    pub standard: &'a Standard,
    /// What is compared, and with what.
    pub sides: [Side<'a>; 2],
    pub(super) sources: &'a Sources,
}

/// Why two names cannot be compared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum BadSides {
    /// There is nothing of this name among these.
    Unknown {
        /// What was asked for.
        asked: String,
        /// What there is: protocols, and releases as `ijw/3.2`.
        known: Vec<String>,
    },
    /// Both are the same.
    Same(String),
    /// A protocol and a release.
    Mixed,
    /// They are of different standards: their names.
    Standards([String; 2]),
}

/// A place on a side at which a rule is judged or meant.
#[derive(Clone, Copy)]
pub(super) struct Spot<'a> {
    pub(super) place: Place<'a>,
    pub(super) release: usize,
    /// How it is judged there, where its own wordings do.
    pub(super) used: Option<&'a Use>,
}

impl<'a> Comparison<'a> {
    /// The comparison of what these names stand for, whatever their case.
    ///
    /// # Errors
    ///
    /// When there is no such thing, or both cannot be compared.
    pub fn new(
        model: &'a Model,
        sources: &'a Sources,
        from: &str,
        to: &str,
    ) -> Result<Self, BadSides> {
        let (standard, one) = find(model, from)?;
        let (other_standard, other) = find(model, to)?;
        let names = [one.name(standard), other.name(other_standard)];
        if names[0] == names[1] {
            let [name, _] = names;
            return Err(BadSides::Same(name));
        }
        if standard.name != other_standard.name {
            return Err(BadSides::Standards(
                [standard, other_standard].map(|standard| standard.name.clone()),
            ));
        }
        match (one, other) {
            (Side::Protocol(_), Side::Release(_)) | (Side::Release(_), Side::Protocol(_)) => {
                Err(BadSides::Mixed)
            }
            _ => Ok(Self { standard, sides: [one, other], sources }),
        }
    }

    /// What differs, before anything was run.
    #[must_use]
    pub fn changes(&self) -> Changes {
        let [from, to] = self.sides.map(|side| self.about(side));
        Changes {
            from,
            to,
            rules: self.rules(),
            blocks: blocks::changed(self),
            tables: tables::changed(self),
            elements: elements::changed(self),
            is_tried: false,
        }
    }

    fn rules(&self) -> Vec<RuleChange> {
        let mut rules = pairs::pairs(self);
        rules.iter_mut().for_each(RuleChange::settle);
        rules
    }

    fn about(&self, side: Side<'_>) -> About {
        let names = |releases: Vec<usize>| {
            let releases = releases.into_iter().rev();
            releases.filter_map(|at| Some(self.standard.releases.get(at)?.name.clone())).collect()
        };
        let name = side.name(self.standard);
        match side {
            Side::Protocol(one) => About {
                name,
                title: one.title.clone(),
                source: one.source.clone(),
                from: one.from.to_string(),
                until: one.until.map(|day| day.to_string()),
                releases: names(side.releases()),
                scope: words::lines(&one.scope, self.sources),
                applies: applies::applies(self.standard, one),
                is_complete: true,
            },
            Side::Release(at) => match self.standard.releases.get(at) {
                None => About::nothing(name),
                Some(one) => About {
                    title: one.title.clone(),
                    source: one.source.clone(),
                    from: one.from.to_string(),
                    until: one.until.map(|day| day.to_string()),
                    is_complete: one.is_complete,
                    releases: names(side.releases()),
                    ..About::nothing(name)
                },
            },
        }
    }

    /// The rules that a side may have.
    pub(super) fn rules_of(&self, side: Side<'a>) -> &'a [Rule] {
        match side {
            Side::Protocol(protocol) => &protocol.rules,
            Side::Release(_) => &self.standard.rules,
        }
    }

    /// Where a side judges a rule, or means it: of each message in the newest release that has it.
    pub(super) fn spots(&self, side: Side<'a>, rule: &Rule) -> Vec<Spot<'a>> {
        let mut spots = Vec::new();
        for (release, message) in self.messages(side) {
            match &rule.kind {
                RuleKind::Judged(_) => spots.extend(self.judged(side, release, message, rule)),
                RuleKind::Facet(..) => spots.extend(self.of_facet(release, message, rule)),
                RuleKind::Term(parts) => {
                    let parts = parts.iter().filter(|part| part.is_in(release));
                    let courses = parts.flat_map(|part| &part.courses);
                    let sources = courses
                        .filter_map(|one| self.standard.dossier.sources.get(one.source))
                        .flat_map(|source| &source.places);
                    let here = sources.filter(|at| (at.release, at.message) == (release, message));
                    spots
                        .extend(here.filter_map(|at| self.spot((release, message), at.node, None)));
                }
                _ => spots.extend(self.stated(side, release, message, rule)),
            }
        }
        spots
    }

    /// Release and index of each message of a side, of those of one name that of the newest release.
    pub(super) fn messages(&self, side: Side<'_>) -> Vec<(usize, usize)> {
        let mut names = Vec::new();
        let mut found = Vec::new();
        for at in side.releases() {
            let messages = self.standard.releases.get(at).map_or(&[][..], |one| &one.messages);
            for (index, message) in messages.iter().enumerate() {
                if !names.contains(&&message.name) {
                    names.push(&message.name);
                    found.push((at, index));
                }
            }
        }
        found
    }

    fn judged(&self, side: Side<'a>, release: usize, message: usize, rule: &Rule) -> Vec<Spot<'a>> {
        let placed: Vec<(NodeId, &'a Use)> = match side {
            Side::Protocol(protocol) => here(&protocol.placed, release, message).collect(),
            Side::Release(_) => match self.message(release, message) {
                None => Vec::new(),
                Some(one) => one
                    .ids()
                    .filter_map(|id| Some((id, one.node(id)?)))
                    .flat_map(|(id, node)| node.uses.iter().map(move |used| (id, used)))
                    .collect(),
            },
        };
        let placed = placed.into_iter().filter(|(_, used)| used.rule == rule.code);
        placed.filter_map(|(id, used)| self.spot((release, message), id, Some(used))).collect()
    }

    fn stated(&self, side: Side<'a>, release: usize, message: usize, rule: &Rule) -> Vec<Spot<'a>> {
        let stated = match side {
            Side::Protocol(protocol) => &protocol.stated,
            Side::Release(_) => &self.standard.stated,
        };
        let stated = here(stated, release, message).filter(|(_, used)| used.rule == rule.code);
        stated.filter_map(|(id, _)| self.spot((release, message), id, None)).collect()
    }

    fn of_facet(&self, release: usize, message: usize, rule: &Rule) -> Vec<Spot<'a>> {
        let ids = self.message(release, message).into_iter().flat_map(Message::ids);
        let spots = ids.filter_map(|id| self.spot((release, message), id, None));
        spots.filter(|spot| spot.place.has_facet(&rule.code)).collect()
    }

    fn spot(
        &self,
        (release, message): (usize, usize),
        id: NodeId,
        used: Option<&'a Use>,
    ) -> Option<Spot<'a>> {
        let maker = Maker::of(self.standard, release, message)?;
        Some(Spot { place: Place { maker, id }, release, used })
    }

    pub(super) fn release(&self, at: usize) -> Option<&'a Release> {
        self.standard.releases.get(at)
    }

    pub(super) fn message(&self, release: usize, message: usize) -> Option<&'a Message> {
        self.release(release)?.messages.get(message)
    }

    /// Whether a side has the element of a spot.
    pub(super) fn has_element(&self, side: Side<'_>, spot: &Spot<'_>) -> bool {
        let name = &spot.place.maker.message.name;
        let message = self.counterpart(side, spot.release, name);
        let Some(message) = message.and_then(|(release, at)| self.message(release, at)) else {
            return false;
        };
        let mut below = spot.path().into_iter().skip(1);
        below.try_fold(NodeId(0), |at, name| message.child(at, name)).is_some()
    }

    /// Where a side has the message that is called so: in this release, if it says something of
    /// that, else in its newest that has it.
    pub(super) fn counterpart(
        &self,
        side: Side<'_>,
        release: usize,
        name: &str,
    ) -> Option<(usize, usize)> {
        let in_release = |at: usize| {
            let messages = &self.release(at)?.messages;
            Some((at, messages.iter().position(|message| message.name == name)?))
        };
        let releases = side.releases();
        let same = releases.contains(&release).then_some(release);
        same.into_iter().chain(releases).find_map(in_release)
    }
}

/// What is placed in a message of a release.
fn here(placed: &[Placed], release: usize, message: usize) -> impl Iterator<Item = (NodeId, &Use)> {
    let here = placed.iter().filter(move |one| (one.release, one.message) == (release, message));
    here.map(|one| (one.node, &one.used))
}

impl Spot<'_> {
    /// `JW301 / ToegewezenProduct`
    pub(super) fn shown(&self) -> String {
        let message = self.place.maker.message;
        format!("{} / {}", message.name, message.name(self.place.id))
    }

    /// The facets here that a rule stands for.
    pub(super) fn facets(&self, code: &str) -> Vec<&FacetKind> {
        let (own, extra) = match self.place.value_type() {
            Some((simple, extra)) => (simple.facets.as_slice(), extra),
            None => (&[][..], &[][..]),
        };
        let stands = own.iter().chain(extra);
        let stands = stands.filter(|facet| facet.rule.as_deref() == Some(code));
        stands.map(|facet| &facet.kind).collect()
    }

    pub(super) fn path(&self) -> Vec<&str> {
        self.place.maker.message.path(self.place.id)
    }
}

impl Side<'_> {
    /// The releases that it says something of, the newest first.
    #[must_use]
    pub fn releases(self) -> Vec<usize> {
        let mut releases = match self {
            Self::Protocol(protocol) => protocol.releases.clone(),
            Self::Release(at) => vec![at],
        };
        releases.sort_unstable_by(|one, other| other.cmp(one));
        releases
    }

    /// The parts of a term that a side has.
    pub(super) fn parts(self, parts: &[TermPart]) -> impl Iterator<Item = &TermPart> {
        let releases = self.releases();
        parts.iter().filter(move |part| releases.iter().any(|at| part.is_in(*at)))
    }

    /// `LTA-2019`, `ijw/3.1`
    #[must_use]
    pub fn name(self, standard: &Standard) -> String {
        match self {
            Self::Protocol(protocol) => protocol.name.clone(),
            Self::Release(at) => {
                let name = standard.releases.get(at).map_or("", |release| &release.name);
                format!("{}/{name}", standard.name)
            }
        }
    }

    /// The name of the protocol, of one.
    #[must_use]
    pub fn protocol(&self) -> Option<&str> {
        match self {
            Self::Protocol(protocol) => Some(&protocol.name),
            Self::Release(_) => None,
        }
    }
}

fn find<'a>(model: &'a Model, asked: &str) -> Result<(&'a Standard, Side<'a>), BadSides> {
    let all = model.standards.iter().flat_map(|standard| {
        let protocols = standard.protocols.iter().map(Side::Protocol);
        let releases = (0..standard.releases.len()).map(Side::Release);
        protocols.chain(releases).map(move |side| (standard, side))
    });
    let is_it =
        |(standard, side): &(&Standard, Side<'_>)| side.name(standard).eq_ignore_ascii_case(asked);
    all.clone().find(is_it).ok_or_else(|| BadSides::Unknown {
        asked: asked.to_owned(),
        known: all.map(|(standard, side)| side.name(standard)).collect(),
    })
}

impl About {
    fn nothing(name: String) -> Self {
        Self {
            name,
            title: String::new(),
            source: String::new(),
            from: String::new(),
            until: None,
            releases: Vec::new(),
            scope: Vec::new(),
            applies: Vec::new(),
            is_complete: true,
        }
    }
}
