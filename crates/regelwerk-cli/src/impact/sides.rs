//! What an archive is judged by: two protocols, or two releases of a standard.

use regelwerk::standard::{Protocol, Release};
use regelwerk::{Context, ProtocolChoice, Standard};
use regelwerk_compiler::emit::changes::BadSides;

/// A side.
#[derive(Clone, Copy)]
pub(super) struct Side {
    pub(super) standard: &'static Standard,
    pub(super) by: By,
}

/// What a side judges by.
#[derive(Clone, Copy)]
pub(super) enum By {
    /// A protocol, and the release that a message has.
    Protocol(&'static Protocol),
    /// A release: messages of others are taken over into it.
    Release(&'static Release),
}

impl Side {
    /// `LTA-2019`, `ijw/3.1`
    pub(super) fn name(self) -> String {
        match self.by {
            By::Protocol(protocol) => protocol.name.to_owned(),
            By::Release(release) => format!("{}/{}", self.standard.name, release.name),
        }
    }

    /// What judges by it.
    pub(super) fn context(self) -> Context {
        let choice = match self.by {
            By::Protocol(protocol) => ProtocolChoice::Named(protocol.name.to_owned()),
            By::Release(_) => ProtocolChoice::None,
        };
        Context::new(vec![self.standard]).protocol(choice)
    }
}

/// The sides of these names.
///
/// # Errors
///
/// When there is no such thing, or both cannot be compared.
pub(super) fn find(
    standards: &[&'static Standard],
    names: [&str; 2],
) -> Result<[Side; 2], BadSides> {
    let all: Vec<_> = standards.iter().flat_map(|standard| all(standard)).collect();
    let find = |asked: &str| {
        let found = all.iter().find(|side| side.name().eq_ignore_ascii_case(asked));
        found.copied().ok_or_else(|| BadSides::Unknown {
            asked: asked.to_owned(),
            known: all.iter().map(|side| side.name()).collect(),
        })
    };
    let [from, to] = names;
    let (one, other) = (find(from)?, find(to)?);
    if one.name() == other.name() {
        return Err(BadSides::Same(one.name()));
    }
    if one.standard.name != other.standard.name {
        let names = [one, other].map(|side| side.standard.name.to_owned());
        return Err(BadSides::Standards(names));
    }
    match (one.by, other.by) {
        (By::Protocol(_), By::Release(_)) | (By::Release(_), By::Protocol(_)) => {
            Err(BadSides::Mixed)
        }
        _ => Ok([one, other]),
    }
}

fn all(standard: &'static Standard) -> Vec<Side> {
    let protocols = standard.protocols.iter().map(By::Protocol);
    let releases = standard.releases.iter().map(By::Release);
    protocols.chain(releases).map(|by| Side { standard, by }).collect()
}
