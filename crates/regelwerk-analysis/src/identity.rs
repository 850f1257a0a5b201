//! What a block may be called: names that can be said, and that a library can be made of.

use regelwerk_diag::Diagnostic;
use regelwerk_syntax::ast::{Block, BlockKind};

use crate::codes::BAD_IDENTITY;
use crate::scenarios::RECOGNISED;
use crate::sink::Sink;

/// So many bytes can a name have.
const LONGEST: usize = 100;

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
    let wrong = wrong(block.kind, id);
    if let Some(told) = wrong {
        let title = format!("`{id}` kan hier geen naam zijn");
        sink.push(Diagnostic::error(BAD_IDENTITY, title, block.id.span).help(told));
    }
    wrong.is_none()
}

/// Why a kind of block cannot be called this, and what it can be called.
fn wrong(kind: BlockKind, id: &str) -> Option<&'static str> {
    let form = form(kind);
    if id.len() > LONGEST {
        return Some("een naam is hoogstens 100 tekens lang");
    }
    if (form.fits)(id) {
        return None;
    }
    // One letter more, and it is another word.
    let is_taken = !id.ends_with('-') && (form.fits)(&format!("{id}x"));
    Some(match kind {
        _ if !is_taken => form.told,
        BlockKind::Standard
        | BlockKind::Type
        | BlockKind::Group
        | BlockKind::CodeList
        | BlockKind::Message => {
            "dit is een woord van Rust, de taal van de bibliotheek die van de regels wordt gemaakt; kies een andere naam"
        }
        BlockKind::View | BlockKind::Condition | BlockKind::Fact | BlockKind::Question => {
            "dit is een woord van de taal, en betekent in een regel al iets; kies een ander woord, of zet er een tweede achter"
        }
        _ => form.told,
    })
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
            told: "een voorwaarde heet naar woorden in kleine letters, met streepjes ertussen en geen cijfer na een streepje: lta-zorg",
        },
        BlockKind::Fact | BlockKind::Question => Form {
            fits: |id| is_small(id, "_-") && regelwerk_syntax::can_name_rows(id),
            told: "een feit of vraag heet naar woorden in kleine letters, met streepjes ertussen en geen cijfer na een streepje: betaling",
        },
        BlockKind::Protocol => Form {
            fits: |id| is_plain(id) && ![RECOGNISED, "auto"].contains(&id),
            told: "begin met een letter, gebruik letters, cijfers en streepjes, en niet `auto` of `herkend`: LTA-2019",
        },
        BlockKind::Dossier
        | BlockKind::Reply
        | BlockKind::List
        | BlockKind::Table
        | BlockKind::Scenario
        | BlockKind::Glossary => Form {
            fits: is_plain,
            told: "begin met een letter, en gebruik letters, cijfers en streepjes: LTA-2019",
        },
    }
}

/// A letter, then letters, digits, hyphens and underscores.
fn is_plain(id: &str) -> bool {
    starts(id, |c| c.is_ascii_alphabetic())
        && only(id, |c| c.is_ascii_alphanumeric() || c == '-' || c == '_')
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
    use super::{BlockKind, form, wrong};

    #[test]
    fn names_that_a_library_cannot_have_are_refused() {
        let fits = |kind, id: &str| (form(kind).fits)(id);
        assert!(fits(BlockKind::Standard, "ijw") && !fits(BlockKind::Standard, "fn"));
        assert!(!fits(BlockKind::Standard, "rules"));
        assert!(!fits(BlockKind::Standard, "x-y") && !fits(BlockKind::Standard, "1x"));
        assert!(fits(BlockKind::Release, "3.2") && !fits(BlockKind::Release, "1_0"));
        assert!(fits(BlockKind::Rule, "OP033x1") && !fits(BlockKind::Rule, "cd.1"));
        assert!(fits(BlockKind::Type, "LDT_X") && !fits(BlockKind::Type, "LDT-X"));
        assert!(fits(BlockKind::Protocol, "LTA-2019") && fits(BlockKind::Scenario, "auto"));
        assert!(!fits(BlockKind::Protocol, "auto") && !fits(BlockKind::Protocol, "herkend"));
    }

    #[test]
    fn why_it_is_no_name_is_told() {
        let told = |kind, id: &str| wrong(kind, id).unwrap_or_default();
        for word in ["voor", "eerder", "ontvangst"] {
            assert!(told(BlockKind::Condition, word).contains("een woord van de taal"), "{word}");
        }
        for shape in ["LTA-zorg", "lta-2019", "lta-"] {
            assert!(told(BlockKind::Condition, shape).contains("kleine letters"), "{shape}");
        }
        assert!(told(BlockKind::Standard, "fn").contains("Rust"));
        assert!(told(BlockKind::Standard, "IJW").contains("kleine letters"));
        assert!(told(BlockKind::Rule, &"A".repeat(101)).contains("100 tekens"));
        assert_eq!(wrong(BlockKind::Condition, "lta-zorg"), None);
    }
}
