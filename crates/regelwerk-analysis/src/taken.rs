//! Names that are taken: what a protocol may not call as its standard, or another protocol over it,
//! calls something.

use regelwerk_diag::Diagnostic;
use regelwerk_syntax::ast::{Block, BlockKind};
use regelwerk_syntax::keyword;

use crate::codes::DUPLICATE;
use crate::collect::Declarations;
use crate::references::over;
use crate::sink::Sink;

/// What a protocol cannot call as its standard does: a name in a condition of the standard means the
/// same wherever a protocol uses it.
const OF_STANDARD: [BlockKind; 2] = [BlockKind::List, BlockKind::Table];

/// A rule has a code of its own in a standard with all its protocols: by its code a finding tells
/// which rule it is of. Of two protocols the later in order of path is at fault.
pub(crate) fn check(
    standards: &[Declarations<'_>],
    protocols: &[Declarations<'_>],
    sink: &mut Sink,
) {
    for standard in standards {
        let mut known = vec![standard];
        for protocol in over(standard, protocols) {
            for block in protocol.of(BlockKind::Rule) {
                let first = known.iter().find_map(|home| Some((*home, home.alike(block)?)));
                if let Some((home, first)) = first {
                    sink.push(rule(block, first, home));
                }
            }
            for block in protocol.of(BlockKind::Process) {
                let first = known.iter().find_map(|home| Some((*home, home.alike(block)?)));
                if let Some((home, first)) = first {
                    let title =
                        format!("{} heeft al een proces `{}`", home.called(), first.id.value);
                    sink.push(told(title, block, first).help("geef dit proces een eigen naam"));
                }
            }
            for block in OF_STANDARD.into_iter().flat_map(|kind| protocol.of(kind)) {
                if let Some(first) = standard.alike(block) {
                    sink.push(named(block, first, standard));
                }
            }
            known.push(protocol);
        }
    }
}

/// That the code of a rule is that of a rule of another home.
fn rule(block: &Block, first: &Block, home: &Declarations<'_>) -> Diagnostic {
    let title = format!("de code `{}` is al van een regel van {}", block.id.value, home.called());
    let refer = match home.home.kind {
        BlockKind::Standard => "met `zie:`, of met `volgt:` als hij al zegt wat hier moet",
        _ => "met `zie:`, of met `vervangt:` als deze ervoor in de plaats komt",
    };
    told(title, block, first).help(format!(
        "geef deze regel een eigen code, met een eigen begin; verwijs naar de andere {refer}"
    ))
}

/// That a list or table of a protocol is called as one of its standard.
fn named(block: &Block, first: &Block, standard: &Declarations<'_>) -> Diagnostic {
    let kind = keyword(block.kind);
    let title = format!("{} heeft al een {kind} `{}`", standard.called(), first.id.value);
    told(title, block, first).help(format!(
        "geef deze {kind} een eigen naam; die van de standaard is ook hier te gebruiken"
    ))
}

fn told(title: String, block: &Block, first: &Block) -> Diagnostic {
    Diagnostic::error(DUPLICATE, title, block.id.span)
        .related(first.id.span, "hier staat de andere")
}

#[cfg(test)]
mod tests {
    use crate::testing::analyzed;

    const STANDARD: &str = "standaard proef \"x\"\n  bron: x\n
release 1.0 \"x\"\n  bron: x\n  geldig: vanaf 01-01-2020\n
regel S01 \"x\"\n  bron: x\n  niet machinaal: \"x\"\n
lijst Codes \"x\"\n  bron: x\n  codes: 01\n
tabel plaatsen \"x\"\n  bron: x\n  peildatum: 01-01-2020\n  kolommen: plaats\n  sleutel: plaats\n  \
rij: Waterdam\n";

    fn protocol(name: &str, blocks: &str) -> String {
        format!(
            "protocol {name} \"x\"\n  bron: x\n  standaard: proef\n  geldig: vanaf 01-01-2020\n  \
             releases: 1.0\n\n{blocks}"
        )
    }

    fn rule(code: &str) -> String {
        format!("regel {code} \"x\"\n  bron: x\n  niet machinaal: \"x\"\n")
    }

    /// What is told of names that are taken: where, and where the other stands.
    fn told(first: &str, second: &str) -> Vec<String> {
        let (first, second) = (protocol("P-1", first), protocol("P-2", second));
        let files = [("s.regels", STANDARD), ("a/p.regels", &first), ("b/p.regels", &second)];
        let (sources, found) = analyzed(&files);
        let taken = found.iter().filter(|one| one.code.0 == "RW202");
        let told = taken.map(|one| {
            let others = one.related.iter().map(|other| sources.path(other.span.source));
            let at = sources.path(one.label.span.source);
            format!("{at}: {} ({})", one.title, others.collect::<Vec<_>>().join(", "))
        });
        told.collect()
    }

    #[test]
    fn a_rule_has_a_code_of_its_own_in_a_standard_with_its_protocols() {
        assert_eq!(told(&rule("A01"), &rule("B01")), [""; 0]);
        assert_eq!(
            told(&rule("A01"), &rule("S01")),
            ["b/p.regels: de code `S01` is al van een regel van standaard proef (s.regels)"]
        );
        assert_eq!(
            told(&rule("A-01"), &rule("A-01")),
            ["b/p.regels: de code `A-01` is al van een regel van protocol P-1 (a/p.regels)"]
        );
    }

    #[test]
    fn a_process_has_a_name_of_its_own_in_a_standard_with_its_protocols() {
        let process = |name: &str| format!("proces {name} \"x\"\n  bron: x\n");
        assert_eq!(told(&process("een"), &process("twee")), [""; 0]);
        assert_eq!(
            told(&process("een"), &process("een")),
            ["b/p.regels: protocol P-1 heeft al een proces `een` (a/p.regels)"]
        );
    }

    #[test]
    fn a_list_or_table_is_not_called_as_one_of_the_standard() {
        let list = "lijst Codes \"x\"\n  bron: x\n  codes: 02\n";
        let (_, table) = STANDARD.split_once("tabel ").unwrap();
        let table = format!("tabel {table}");
        assert_eq!(
            told(list, &table),
            [
                "a/p.regels: standaard proef heeft al een lijst `Codes` (s.regels)",
                "b/p.regels: standaard proef heeft al een tabel `plaatsen` (s.regels)",
            ]
        );
        let own = |text: &str| text.replace("Codes", "Eigen").replace("plaatsen", "dorpen");
        assert_eq!(told(&own(list), &own(list)), [""; 0]);
        assert_eq!(told(&own(&table), &own(&table)), [""; 0]);
    }
}
