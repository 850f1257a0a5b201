//! What a block may be called: names that can be said, and that a library can be made of.

use regelwerk_diag::Diagnostic;
use regelwerk_syntax::ast::{Block, BlockKind};

use crate::codes::BAD_IDENTITY;
use crate::sink::Sink;

/// Words that a library in Rust cannot have as the name of a module.
const TAKEN: &[&str] = &[
    "as", "async", "await", "box", "break", "const", "continue", "crate", "dyn", "else", "enum",
    "extern", "false", "fn", "for", "gen", "if", "impl", "in", "let", "loop", "match", "mod",
    "move", "mut", "pub", "ref", "return", "rules", "scope", "self", "standard", "static",
    "struct", "super", "trait", "true", "try", "type", "unsafe", "use", "value", "where", "while",
    "yield",
];

/// Whether a block can be called this; if not, it is reported.
pub(crate) fn check(block: &Block, sink: &mut Sink) -> bool {
    let id = block.id.value.as_str();
    let form = form(block.kind);
    let fits = (form.fits)(id) && id.len() <= 100;
    if !fits {
        let title = format!("`{id}` kan hier geen naam zijn");
        sink.push(Diagnostic::error(BAD_IDENTITY, title, block.id.span).help(form.told));
    }
    fits
}

/// The name without what a library does not keep apart.
pub(crate) fn folded(block: &Block) -> String {
    block.id.value.to_lowercase().replace('-', "_")
}

struct Form {
    fits: fn(&str) -> bool,
    told: &'static str,
}

fn form(kind: BlockKind) -> Form {
    match kind {
        BlockKind::Standard => Form {
            fits: |id| is_small(id, "") && !TAKEN.contains(&id),
            told: "een standaard heeft een naam van kleine letters en cijfers: ijw",
        },
        BlockKind::Release => {
            Form { fits: is_number, told: "een release heet naar haar nummer: 3.2" }
        }
        BlockKind::Type | BlockKind::Group | BlockKind::CodeList | BlockKind::Message => Form {
            fits: |id| is_capital(id, '_') && id != "Self",
            told: "begin met een hoofdletter, en gebruik letters, cijfers en _: LDT_Datum",
        },
        BlockKind::Rule | BlockKind::Term => Form {
            fits: |id| is_capital(id, '-'),
            told: "een regelcode begint met een hoofdletter: CD041, OP033x1, LTA-301-01",
        },
        BlockKind::Calendar | BlockKind::Process => Form {
            fits: |id| {
                starts(id, |c| c.is_ascii_lowercase())
                    && only(id, |c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-')
                    && !id.ends_with('-')
            },
            told: "een kalender of proces heet naar een woord in kleine letters: werkdagen-nl, levering",
        },
        BlockKind::View => Form {
            fits: |id| is_small(id, "_") && regelwerk_syntax::can_name_rows(id),
            told: "een beeld heet naar een woord in kleine letters dat nog niets anders betekent: toewijzing",
        },
        BlockKind::Condition => Form {
            fits: |id| is_small(id, "_-") && regelwerk_syntax::can_name_rows(id),
            told: "een voorwaarde heet naar woorden in kleine letters, met streepjes ertussen: lta-zorg",
        },
        BlockKind::Fact | BlockKind::Question => Form {
            fits: |id| is_small(id, "_-") && regelwerk_syntax::can_name_rows(id),
            told: "een feit of vraag heet naar woorden in kleine letters, met streepjes ertussen: betaling",
        },
        BlockKind::Dossier
        | BlockKind::Reply
        | BlockKind::List
        | BlockKind::Table
        | BlockKind::Protocol
        | BlockKind::Scenario
        | BlockKind::Glossary => Form {
            fits: |id| {
                starts(id, |c| c.is_ascii_alphabetic())
                    && only(id, |c| c.is_ascii_alphanumeric() || c == '-' || c == '_')
            },
            told: "begin met een letter, en gebruik letters, cijfers en streepjes: LTA-2019",
        },
    }
}

/// Small letters, digits and these.
fn is_small(id: &str, also: &str) -> bool {
    let fits = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || also.contains(c);
    starts(id, |c| c.is_ascii_lowercase()) && id.chars().all(fits)
}

/// A capital, then letters, digits and this.
fn is_capital(id: &str, also: char) -> bool {
    starts(id, |c| c.is_ascii_uppercase())
        && id.chars().all(|c| c.is_ascii_alphanumeric() || c == also)
}

/// Digits with points between them.
fn is_number(id: &str) -> bool {
    let mut parts = id.split('.');
    id.contains('.') && parts.all(|part| !part.is_empty() && only(part, |c| c.is_ascii_digit()))
}

fn starts(id: &str, fits: fn(char) -> bool) -> bool {
    id.starts_with(fits)
}

fn only(id: &str, fits: fn(char) -> bool) -> bool {
    id.chars().all(fits)
}

#[cfg(test)]
mod tests {
    use super::{BlockKind, form};

    #[test]
    fn names_that_a_library_cannot_have_are_refused() {
        let fits = |kind, id: &str| (form(kind).fits)(id);
        assert!(fits(BlockKind::Standard, "ijw") && !fits(BlockKind::Standard, "fn"));
        assert!(!fits(BlockKind::Standard, "rules"));
        assert!(!fits(BlockKind::Standard, "x-y") && !fits(BlockKind::Standard, "1x"));
        assert!(fits(BlockKind::Release, "3.2") && !fits(BlockKind::Release, "1_0"));
        assert!(fits(BlockKind::Rule, "OP033x1") && !fits(BlockKind::Rule, "cd.1"));
        assert!(fits(BlockKind::Type, "LDT_X") && !fits(BlockKind::Type, "LDT-X"));
    }
}
