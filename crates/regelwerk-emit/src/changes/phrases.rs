//! Words and lines of a comparison that is told to people.

use regelwerk_model::{Base, Within};

use super::candidates::Missing;
use super::elements::{Holds, Limit, Said};
use super::lengths::HowLong;
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
    let kind = match change.kind {
        // Of what no machine judges only the words can be compared.
        Kind::Incomparable | Kind::Unseen => frame.say("Andere tekst", "Another text"),
        kind => name(kind, frame),
    };
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
        Missing::Element { side, element } => {
            let message = element.split('/').next().unwrap_or("");
            let name = element.rsplit('/').next().unwrap_or("");
            let [has, no] = match frame {
                Frame::Nl => ["heeft onder", "op die plaats geen"],
                Frame::En => ["has under", "at that place no"],
            };
            format!("{} {has} {} {no} {}", plain(message), plain(side), plain(name))
        }
        Missing::Unsaid { side, name } => format!(
            "{} {} {}, {}",
            plain(side),
            frame.say("kijkt in", "looks into"),
            plain(name),
            frame.say(
                "en het scenario noemt daar niets uit",
                "and the scenario tells nothing of it"
            )
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
        Kind::Added => frame.say("Nieuw", "New"),
        Kind::Gone => frame.say("Vervallen", "Gone"),
        Kind::Longer => frame.say("Termijn langer", "Longer term"),
        Kind::Shorter => frame.say("Termijn korter", "Shorter term"),
        Kind::Both | Kind::Otherwise => frame.say("Anders", "Otherwise"),
        Kind::Unseen => frame.say("Geen verschil gevonden", "No difference found"),
        Kind::Incomparable => frame.say("Niet te vergelijken", "Cannot be compared"),
        Kind::Reworded => frame.say("Anders verwoord", "In other words"),
        Kind::Same => frame.say("Gelijk gebleven", "As it was"),
    }
}

/// How long a term is.
pub(super) fn how_long(HowLong(within): &HowLong, frame: Frame) -> String {
    let counted = |count: u16, [one, many]: [&str; 2]| match count {
        1 => format!("1 {one}"),
        _ => format!("{count} {many}"),
    };
    let say = |nl: [&'static str; 2], en: [&'static str; 2]| match frame {
        Frame::Nl => nl,
        Frame::En => en,
    };
    match within {
        Within::WorkingDays(count, _) => {
            counted(*count, say(["werkdag", "werkdagen"], ["working day", "working days"]))
        }
        Within::Days(count) => counted(*count, say(["dag", "dagen"], ["day", "days"])),
        Within::Months(count) => counted(*count, say(["maand", "maanden"], ["month", "months"])),
        Within::Until => frame.say("tot een genoemde dag", "until a day that is told").to_owned(),
    }
}

/// What is said of a message or an element.
pub(super) fn said(said: &Said, frame: Frame) -> String {
    match said {
        Said::Title(title) => title.clone(),
        Said::Occurs(least, most) => occurs((*least, *most), frame),
        Said::Holds(value) => holds_value(value, frame),
        Said::Both(times, None) => occurs(*times, frame),
        Said::Both(times, Some(value)) => {
            format!("{}, {}", occurs(*times, frame), holds_value(value, frame))
        }
    }
}

fn occurs(times: (u32, u32), frame: Frame) -> String {
    match times {
        (1, 1) => frame.say("verplicht", "mandatory").to_owned(),
        (0, 1) => frame.say("optioneel", "optional").to_owned(),
        (min, u32::MAX) => format!("{min} {}", frame.say("of meer", "or more")),
        (min, max) => format!("{min} {} {max}", frame.say("tot", "to")),
    }
}

fn holds_value(value: &Holds, frame: Frame) -> String {
    let base = match value.base {
        Base::Text => frame.say("tekst", "text"),
        Base::Integer => frame.say("geheel getal", "whole number"),
        Base::Date => frame.say("datum", "date"),
        Base::Time => frame.say("tijd", "time"),
    };
    let limits = value.limits.iter().map(|one| limit(one, frame));
    std::iter::once(base.to_owned()).chain(limits).collect::<Vec<_>>().join(", ")
}

/// What narrows a value.
pub(super) fn limit(limit: &Limit, frame: Frame) -> String {
    let (least, most) = (frame.say("minstens", "at least"), frame.say("hoogstens", "at most"));
    let characters = frame.say("tekens", "characters");
    match limit {
        Limit::MinLength(count) => format!("{least} {count} {characters}"),
        Limit::MaxLength(count) => format!("{most} {count} {characters}"),
        Limit::Min(number) => format!("{least} {number}"),
        Limit::Max(number) => format!("{most} {number}"),
        Limit::Pattern(pattern) => format!("{} `{pattern}`", frame.say("patroon", "pattern")),
        Limit::CodeList(name) => format!("{} {name}", frame.say("codelijst", "code list")),
    }
}

/// The kind of a block.
pub(super) fn block(kind: &'static str, frame: Frame) -> &'static str {
    match (kind, frame) {
        ("proces", Frame::En) => "process",
        ("beeld", Frame::En) => "view",
        ("voorwaarde", Frame::En) => "condition",
        ("feit", Frame::En) => "fact",
        ("vraag", Frame::En) => "question",
        (kind, _) => kind,
    }
}

/// Names one after another: `A, B en C`.
pub(super) fn listed(names: &[String], frame: Frame) -> String {
    let names: Vec<_> = names.iter().map(|name| plain(name)).collect();
    match names.split_last() {
        Some((last, before)) if !before.is_empty() => {
            format!("{} {} {last}", before.join(", "), frame.say("en", "and"))
        }
        _ => names.join(", "),
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
