//! What blocks say that need not be told of them.

use regelwerk_model::{Waived, Waiver};
use regelwerk_syntax::ast::{self, Block, Clause, Line};
use regelwerk_syntax::keyword;

use crate::codes::BAD_WAIVER;
use crate::collect::{Declarations, says};
use crate::sink::Sink;

/// The waivers in the own blocks of a home, in order of kind and name, and of place in a block. One
/// without a reason is told of.
pub(crate) fn waivers(declarations: &Declarations<'_>, sink: &mut Sink) -> Vec<Waiver> {
    let mut all = Vec::new();
    for block in declarations.own() {
        gather(block, &block.lines, &mut all);
    }
    for waiver in all.iter().filter(|one| !says(&one.reason)) {
        let title = "deze ontheffing zegt niet waarom";
        let help = "zet erachter wat ieder mag lezen: `, want …`";
        sink.fault(BAD_WAIVER, title, waiver.span, help);
    }
    all
}

/// Clauses nest no deeper than the reader of rule files lets them.
fn gather(block: &Block, lines: &[Line], all: &mut Vec<Waiver>) {
    for line in lines {
        if let Clause::Waiver(written) = &line.clause {
            all.push(waiver(block, written, line));
        }
        gather(block, &line.body, all);
    }
}

fn waiver(block: &Block, written: &ast::Waiver, line: &Line) -> Waiver {
    Waiver {
        kind: keyword(block.kind),
        name: block.id.value.clone(),
        block: block.span,
        what: match &written.what {
            ast::Waived::Lint(name) => Waived::Lint(name.value.clone()),
            ast::Waived::Mutant(key) => Waived::Mutant(key.value.clone()),
        },
        reason: written.reason.as_ref().map(|why| why.value.clone()).unwrap_or_default(),
        span: line.span,
    }
}

#[cfg(test)]
mod tests {
    use regelwerk_diag::SourceId;

    use super::*;

    const FILE: &str = "standaard proef \"x\"
  bron: x
  ontheffing: mutant ab12, want dit maakt niets uit, # ook hier niet
    als dat er staat van wie dan ook

beeld toewijzing \"x\"
  bron: x
  ontheffing: ongebruikt-blok
  ontheffing: ongebruikt-blok, want …
";

    #[test]
    fn waivers_are_found_in_every_block_and_each_must_say_why() {
        let parse = regelwerk_syntax::parse(SourceId(0), FILE);
        assert_eq!(parse.diagnostics, []);
        let mut sink = Sink::default();
        let files = [("s.regels".to_owned(), parse.file)];
        let homes = crate::homes::homes(&files, &mut sink);
        let found: Vec<_> = homes.iter().flat_map(|home| waivers(home, &mut sink)).collect();
        let read: Vec<_> =
            found.iter().map(|one| (one.kind, one.name.as_str(), &one.what)).collect();
        let lint = Waived::Lint("ongebruikt-blok".to_owned());
        let mutant = Waived::Mutant("ab12".to_owned());
        assert_eq!(
            read,
            [
                ("standaard", "proef", &mutant),
                ("beeld", "toewijzing", &lint),
                ("beeld", "toewijzing", &lint)
            ]
        );
        let reasons: Vec<_> = found.iter().map(|one| one.reason.as_str()).collect();
        let first = "dit maakt niets uit, als dat er staat van wie dan ook";
        assert_eq!(reasons, [first, "", "…"]);
        let told: Vec<_> = sink.finish().iter().map(|one| (one.code.0, one.label.span)).collect();
        assert_eq!(told, found.iter().skip(1).map(|one| ("RW320", one.span)).collect::<Vec<_>>());
    }
}
