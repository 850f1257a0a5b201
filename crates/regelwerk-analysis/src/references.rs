//! Codes by which one home names rules of another: looked at when all homes are known.

use regelwerk_syntax::ast::{BlockKind, Clause, Word};

use crate::codes::UNKNOWN_RULE;
use crate::collect::Declarations;
use crate::sink::Sink;

/// Every code behind `vervangt:` must be a rule or a term of another protocol over the same standard;
/// within a standard, of that standard.
pub(crate) fn check(
    standards: &[Declarations<'_>],
    protocols: &[Declarations<'_>],
    sink: &mut Sink,
) {
    for standard in standards {
        check_home(standard, "andere regel", &[standard], sink);
        let name = &standard.home.id.value;
        let over: Vec<_> = protocols.iter().filter(|one| base(one) == Some(name)).collect();
        for protocol in &over {
            let is_other = |one: &&&Declarations<'_>| one.home.span != protocol.home.span;
            let others: Vec<_> = over.iter().filter(is_other).copied().collect();
            check_home(protocol, "regel van een ander protocol", &others, sink);
        }
    }
}

/// The standard that a protocol lies over.
fn base<'a>(protocol: &Declarations<'a>) -> Option<&'a String> {
    protocol.home.lines.iter().find_map(|line| match &line.clause {
        Clause::OfStandard(name) => Some(&name.value),
        _ => None,
    })
}

fn check_home(home: &Declarations<'_>, what: &str, among: &[&Declarations<'_>], sink: &mut Sink) {
    for block in home.of(BlockKind::Rule) {
        let known = || among.iter().flat_map(|one| one.of(BlockKind::Rule));
        // No rule comes in the place of itself.
        let known = || known().filter(|one| one.span != block.span).map(|one| &one.id.value);
        for code in block.lines.iter().flat_map(|line| replaced(&line.clause)) {
            if !known().any(|one| *one == code.value) {
                sink.unknown(UNKNOWN_RULE, what, code, known().map(String::as_str));
            }
        }
    }
}

/// The codes behind `vervangt:`.
pub(crate) fn replaced(clause: &Clause) -> &[Word] {
    match clause {
        Clause::Replaces(codes) => codes,
        _ => &[],
    }
}

#[cfg(test)]
mod tests {
    use regelwerk_diag::{Source, Sources};

    const STANDARD: &str = "standaard proef \"x\"\n  bron: x\n
release 1.0 \"x\"\n  bron: x\n  geldig: vanaf 01-01-2020\n
regel S01 \"x\"\n  bron: x\n  niet machinaal: \"x\"\n";

    fn protocol(name: &str, rule: &str, lines: &str) -> String {
        format!(
            "protocol {name} \"x\"\n  bron: x\n  standaard: proef\n  geldig: vanaf 01-01-2020\n  \
             releases: 1.0\n\nregel {rule} \"x\"\n  bron: x\n{lines}\n  niet machinaal: \"x\"\n"
        )
    }

    /// What is told of names that are not there.
    fn told(files: &[(&str, &str)]) -> Vec<String> {
        let source = |(path, text): &(&str, &str)| Source {
            path: (*path).to_owned(),
            text: (*text).to_owned(),
        };
        let sources = Sources::new("", files.iter().map(source).collect());
        let mut parsed = Vec::new();
        for (id, source) in sources.iter() {
            let parse = regelwerk_syntax::parse(id, &source.text);
            assert_eq!(parse.diagnostics, [], "{}", source.text);
            parsed.push((source.path.clone(), parse.file));
        }
        let (_, found) = crate::analyze(&parsed, &sources);
        let unknown = found.into_iter().filter(|one| one.code.0 == "RW303");
        unknown.map(|one| format!("{}; {}", one.title, one.help.unwrap_or_default())).collect()
    }

    fn later(lines: &str) -> Vec<String> {
        let (old, new) = (protocol("OUD", "PA-04", ""), protocol("NIEUW", "PB-04", lines));
        told(&[("s.regels", STANDARD), ("oud/p.regels", &old), ("nieuw/p.regels", &new)])
    }

    #[test]
    fn what_is_replaced_is_a_rule_of_another_protocol() {
        assert_eq!(later("  vervangt: PA-04"), [""; 0]);
        assert_eq!(
            later("  vervangt: PA-O4"),
            ["regel van een ander protocol `PA-O4` bestaat niet; bedoelde u `PA-04`?"]
        );
        for code in ["PB-04", "S01"] {
            let told = later(&format!("  vervangt: {code}"));
            assert_eq!(told.len(), 1, "{code}: {told:?}");
        }
    }

    #[test]
    fn a_rule_of_a_standard_replaces_another_of_it() {
        let rule = |code| {
            format!(
                "{STANDARD}\nregel S02 \"x\"\n  bron: x\n  vervangt: {code}\n  niet machinaal: \"x\"\n"
            )
        };
        assert_eq!(told(&[("s.regels", &rule("S01"))]), [""; 0]);
        assert_eq!(told(&[("s.regels", &rule("S02"))]).len(), 1);
        assert_eq!(told(&[("s.regels", &rule("S03"))]).len(), 1);
    }
}
