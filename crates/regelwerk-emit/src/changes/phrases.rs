//! Words and lines of a comparison that is told to people.

use super::candidates::Missing;
use super::markdown::Frame;
use super::{About, How, Kind, RuleChange, Told};

/// A rule that no check of its own covers, in a line.
pub(super) fn aside_line(change: &RuleChange, frame: Frame) -> String {
    let told = |told: &Told| {
        let sources = plain(&told.sources.join("; "));
        let how = shown(&told.how, frame);
        format!("{} {} ({sources}): {how}", plain(&told.code), plain(&told.title))
    };
    let old: Vec<_> = change.was.iter().map(told).collect();
    let kind = name(change.kind, frame);
    match (&change.becomes, old.is_empty()) {
        (Some(new), true) => format!("- {kind}: {}", told(new)),
        (Some(new), false) if change.kind == Kind::Same => format!("- {kind}: {}", told(new)),
        (Some(new), false) => {
            format!("- {kind}: {}\n  - {}: {}", told(new), frame.say("was", "was"), old.join("; "))
        }
        (None, _) => format!("- {kind}: {}", old.join("; ")),
    }
}

/// Codes, of which many are not all named.
pub(super) fn some(codes: &[String], frame: Frame) -> String {
    const NAMED: usize = 3;
    let named: Vec<_> = codes.iter().take(NAMED).map(|code| plain(code)).collect();
    match codes.len().saturating_sub(NAMED) {
        0 => named.join(", "),
        more => format!("{} {} {more}", named.join(", "), frame.say("en nog", "and another")),
    }
}

/// How a rule is judged, in words.
pub(super) fn shown(how: &How, frame: Frame) -> String {
    match how {
        How::Judged | How::Term => frame.say("wordt getoetst", "is judged").to_owned(),
        How::Follows(codes) => {
            let what = frame.say("getoetst door de standaard", "judged by the standard");
            format!("{what}: {}", plain(&codes.join(", ")))
        }
        How::NotByMachine(why) => {
            format!("{}: {}", frame.say("niet machinaal", "not by a machine"), plain(why))
        }
        How::NotYet => frame.say("nog niet uitgewerkt", "not worked out yet").to_owned(),
    }
}

/// Why something cannot be run under a side.
pub(super) fn missing(why: &Missing, frame: Frame) -> String {
    match why {
        Missing::Message { side, message } => format!(
            "{} {} {}",
            plain(side),
            frame.say("heeft geen bericht", "has no message"),
            plain(message)
        ),
        Missing::Element { side, element } => format!(
            "{} {} {}",
            plain(side),
            frame.say("heeft geen element", "has no element"),
            plain(element)
        ),
        Missing::Unsaid { side, name } => format!(
            "{} {} {}, {}",
            plain(side),
            frame.say("vraagt naar", "asks for"),
            plain(name),
            frame.say("waar het scenario niets over zegt", "of which the scenario says nothing")
        ),
    }
}

/// The days on which a side holds.
pub(super) fn holds(side: &About, frame: Frame) -> String {
    let day = |day: &str| match frame {
        Frame::Nl => day.rsplit('-').collect::<Vec<_>>().join("-"),
        Frame::En => day.to_owned(),
    };
    let from = format!("{} {}", frame.say("vanaf", "from"), day(&side.from));
    match &side.until {
        None => from,
        Some(until) => format!("{from} {} {}", frame.say("t/m", "through"), day(until)),
    }
}

/// What became of something, in words.
pub(super) fn name(kind: Kind, frame: Frame) -> &'static str {
    match kind {
        Kind::Stricter => frame.say("Strenger", "Stricter"),
        Kind::Looser => frame.say("Soepeler", "Looser"),
        Kind::Both => frame.say("Strenger en soepeler", "Stricter and looser"),
        Kind::Added => frame.say("Nieuw", "New"),
        Kind::Gone => frame.say("Vervallen", "Gone"),
        Kind::Longer => frame.say("Termijn langer", "Longer term"),
        Kind::Shorter => frame.say("Termijn korter", "Shorter term"),
        Kind::Otherwise => frame.say("Anders", "Otherwise"),
        Kind::Reworded => frame.say("Anders verwoord", "In other words"),
        Kind::Same => frame.say("Gelijk gebleven", "As it was"),
    }
}

/// A text that Markdown shows as it is, on one line.
pub(super) fn plain(text: &str) -> String {
    let mut shown = String::new();
    for character in text.chars() {
        match character {
            '\\' | '|' | '<' | '*' | '_' | '`' | '[' | ']' => {
                shown.push('\\');
                shown.push(character);
            }
            other if other.is_control() => shown.push(' '),
            other => shown.push(other),
        }
    }
    shown
}
