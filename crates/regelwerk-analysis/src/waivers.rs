//! What blocks say that need not be told of them.

use regelwerk_diag::{Diagnostic, Severity};
use regelwerk_model::{Model, Waived, Waiver};
use regelwerk_syntax::ast::{self, Block, Clause, Line, Word};
use regelwerk_syntax::keyword;

use crate::codes::BAD_WAIVER;
use crate::collect::{Declarations, says};
use crate::page::{PAGES, page};
use crate::sink::{Sink, is_within};

/// The waivers in the own blocks of a home, in order of kind and name, and of place in a block. One
/// without a reason, or of what does not exist, is told of.
pub(crate) fn waivers(declarations: &Declarations<'_>, sink: &mut Sink) -> Vec<Waiver> {
    let mut all = Vec::new();
    for block in declarations.own() {
        gather(block, &block.lines, &mut all, sink);
    }
    all
}

/// Takes out of what is told what is waived. Gives what is to be told of waivers that waive nothing;
/// whether a mutant survives is not known here.
pub(crate) fn waive(model: &Model, told: &mut Vec<Diagnostic>) -> Vec<Diagnostic> {
    let waivers = model.standards.iter().flat_map(|standard| standard.all_waivers());
    let mut idle = Vec::new();
    for waiver in waivers {
        let Waived::Lint(name) = &waiver.what else { continue };
        let Some(page) = page(name) else { continue };
        let before = told.len();
        told.retain(|one| {
            let is_waived = one.code == page.code
                && one.severity != Severity::Error
                && is_within(one.label.span, waiver.block);
            !is_waived
        });
        if told.len() == before {
            let title = format!("hier is niets om `{name}` van te zeggen");
            let told = Diagnostic::warning(BAD_WAIVER, title, waiver.span);
            idle.push(told.help("haal de ontheffing weg"));
        }
    }
    idle
}

/// Clauses nest no deeper than the reader of rule files lets them.
fn gather(block: &Block, lines: &[Line], all: &mut Vec<Waiver>, sink: &mut Sink) {
    for line in lines {
        if let Clause::Waiver(written) = &line.clause {
            all.push(waiver(block, written, line));
            check(written, line, sink);
        }
        gather(block, &line.body, all, sink);
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

fn check(written: &ast::Waiver, line: &Line, sink: &mut Sink) {
    if let ast::Waived::Lint(name) = &written.what
        && !PAGES.iter().any(|page| page.name == name.value)
    {
        unknown(name, sink);
    }
    if !written.reason.as_ref().is_some_and(|why| says(&why.value)) {
        let title = "deze ontheffing zegt niet waarom";
        let help = "zet erachter wat ieder mag lezen: `, want …`";
        sink.fault(BAD_WAIVER, title, line.span, help);
    }
}

fn unknown(name: &Word, sink: &mut Sink) {
    if name.value == "mutant" {
        let title = "deze ontheffing noemt geen kenmerk";
        let help = "zet achter `mutant` het kenmerk dat `regelwerk mutants` noemt";
        return sink.fault(BAD_WAIVER, title, name.span, help);
    }
    let known = PAGES.iter().map(|page| page.name);
    sink.unknown(BAD_WAIVER, "controle", name, known);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{read, reviewed};

    const STANDARD: &str = "standaard proef \"x\"
  bron: x
  ontheffing: mutant ab12, want dit maakt niets uit, # ook hier niet
    als dat er staat van wie dan ook

release 1.0 \"x\"
  bron: x
  geldig: vanaf 01-01-2020
  naamruimte: \"urn:x\"
  basis: \"urn:x\"
  kop: Kop 1
  code: Kop

";
    const MESSAGE: &str = "bericht PR01 \"x\"
  bron: x
  code: 1
  afzender: a
  ontvanger: b
  - Kop  Tekst

begrippen x \"x\"
  bron: x
  Kop \"Kop\"

";

    /// What is told of a type with these clauses, that a message uses or not.
    fn told(clauses: &str, is_used: bool) -> Vec<String> {
        let of = if is_used { MESSAGE } else { "" };
        let text = format!(
            "{STANDARD}{of}type Tekst \"x\"\n  bron: x\n  soort: tekst\n  voorbeeld: 1\n{clauses}"
        );
        let (_, found) = reviewed(&[("s.regels", &text)]);
        let line = |one: Diagnostic| {
            format!("{} {}; {}", one.code.0, one.title, one.help.unwrap_or_default())
        };
        found.into_iter().map(line).collect()
    }

    #[test]
    fn what_is_waived_is_not_told() {
        let lint = told("", false);
        assert_eq!(lint.len(), 1, "{lint:?}");
        assert!(lint.iter().all(|one| one.starts_with("RW601")), "{lint:?}");
        let waived = "  ontheffing: ongebruikt-blok, want er komt nog een bericht\n";
        assert_eq!(told(waived, false), [""; 0]);
    }

    #[test]
    fn a_waiver_that_waives_nothing_is_told() {
        let idle = "RW320 hier is niets om `ongebruikt-blok` van te zeggen; haal de ontheffing weg";
        let once = "  ontheffing: ongebruikt-blok, want er komt nog een bericht\n";
        assert_eq!(told(once, true), [idle]);
        assert_eq!(told(&once.repeat(2), false), [idle]);
        let other = told("  ontheffing: geen-voorbeeld, want zo is het\n", false);
        assert_eq!(other.len(), 2, "{other:?}");
    }

    #[test]
    fn a_waiver_says_of_what_and_why() {
        assert_eq!(
            told("  ontheffing: ongebruikt-block, want x\n", false),
            ["RW320 controle `ongebruikt-block` bestaat niet; bedoelde u `ongebruikt-blok`?"]
        );
        let bare =
            "RW320 deze ontheffing zegt niet waarom; zet erachter wat ieder mag lezen: `, want …`";
        for why in ["", ", want", ", want …"] {
            let clause = format!("  ontheffing: ongebruikt-blok{why}\n");
            assert_eq!(told(&clause, false), [bare], "{why}");
        }
        let nameless = told("  ontheffing: mutant, want x\n", false);
        assert_eq!(nameless.len(), 1, "{nameless:?}");
        assert!(
            nameless.iter().all(|one| one.starts_with("RW320 deze ontheffing noemt geen kenmerk")),
            "{nameless:?}"
        );
    }

    #[test]
    fn a_reason_may_take_more_rows_and_start_with_any_word() {
        let (_, told, model, _) = read(&[("s.regels", STANDARD)]);
        assert_eq!(told, []);
        let found: Vec<_> = model.standards.iter().flat_map(|one| one.all_waivers()).collect();
        let [one] = found.as_slice() else { unreachable!("{found:?}") };
        assert_eq!((one.kind, one.name.as_str()), ("standaard", "proef"));
        assert_eq!(one.what, Waived::Mutant("ab12".to_owned()));
        assert_eq!(one.reason, "dit maakt niets uit, als dat er staat van wie dan ook");
        let standard = model.standards.first();
        let again = standard.and_then(|standard| standard.waiver(one.block, &one.what));
        assert_eq!(again, Some(*one));
    }
}
