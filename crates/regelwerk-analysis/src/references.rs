//! Codes by which one home names rules of another: looked at when all homes are known.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use regelwerk_diag::Diagnostic;
use regelwerk_syntax::ast::{Block, BlockKind, Bound, Clause, Interval, Word};

use crate::codes::{CYCLE, STRUCTURE, UNKNOWN_RULE};
use crate::collect::Declarations;
use crate::sink::Sink;

/// Every code behind `vervangt:` must be a rule or a term of another protocol over the same standard;
/// within a standard, of that standard. A code behind `zie:` may be of any protocol over it.
pub(crate) fn check(
    standards: &[Declarations<'_>],
    protocols: &[Declarations<'_>],
    sink: &mut Sink,
) {
    for standard in standards {
        check_home(standard, "andere regel", &[standard], sink);
        let over: Vec<_> = over(standard, protocols).collect();
        for protocol in &over {
            let is_other = |one: &&&Declarations<'_>| one.home.span != protocol.home.span;
            let others: Vec<_> = over.iter().filter(is_other).copied().collect();
            check_home(protocol, "regel van een ander protocol", &others, sink);
            check_seen(protocol, standard, &over, sink);
            for later in others.iter().filter(|one| is_later(one, protocol)) {
                check_earlier(protocol, later, sink);
            }
        }
        let all: Vec<_> = std::iter::once(standard).chain(over).collect();
        check_circles(&all, sink);
    }
}

/// The protocols that lie over a standard.
pub(crate) fn over<'a, 'b>(
    standard: &'a Declarations<'b>,
    protocols: &'a [Declarations<'b>],
) -> impl Iterator<Item = &'a Declarations<'b>> {
    protocols.iter().filter(|one| base(one) == Some(&standard.home.id.value))
}

/// The standard that a protocol lies over.
fn base<'a>(protocol: &Declarations<'a>) -> Option<&'a String> {
    protocol.home.lines.iter().find_map(|line| match &line.clause {
        Clause::OfStandard(name) => Some(&name.value),
        _ => None,
    })
}

/// The first day of a protocol.
fn begins(protocol: &Declarations<'_>) -> Option<NaiveDate> {
    protocol.home.lines.iter().find_map(|line| match &line.clause {
        Clause::Valid(Interval { from: Some(Bound::Date(from)), .. }) => Some(from.value),
        _ => None,
    })
}

/// Whether a protocol begins after another; of one that does not say when, that is not known.
fn is_later(protocol: &Declarations<'_>, other: &Declarations<'_>) -> bool {
    begins(protocol).zip(begins(other)).is_some_and(|(own, other)| own > other)
}

/// A rule comes in the place of one that there already was.
fn check_earlier(protocol: &Declarations<'_>, later: &Declarations<'_>, sink: &mut Sink) {
    for code in protocol.of(BlockKind::Rule).flat_map(codes) {
        let Some(block) = later.of(BlockKind::Rule).find(|one| one.id.value == code.value) else {
            continue;
        };
        let (own, other) = (&protocol.home.id.value, &later.home.id.value);
        let title = format!("`{}` is van {other}, dat later begint dan {own}", code.value);
        sink.push(
            Diagnostic::error(STRUCTURE, title, code.span)
                .related(block.id.span, "hier staat de regel")
                .help("`vervangt:` noemt wat er eerder was; zet het in de latere regel, of kijk naar `geldig:` van de protocollen"),
        );
    }
}

/// Rules that come in the place of each other, in a circle. A circle is told of once, at the first of
/// its rules.
fn check_circles(homes: &[&Declarations<'_>], sink: &mut Sink) {
    let mut told: BTreeSet<&str> = BTreeSet::new();
    for home in homes {
        for block in home.of(BlockKind::Rule) {
            let circle = circle(home, block, homes);
            let Some(circle) = circle.filter(|way| !way.iter().any(|code| told.contains(code)))
            else {
                continue;
            };
            let Some(word) = codes(block).next() else { continue };
            let title = format!("regels vervangen elkaar in een kring: {}", circle.join(", "));
            let help = "alleen een latere regel vervangt een eerdere; laat `vervangt:` bij een van hen weg";
            sink.fault(CYCLE, title, word.span, help);
            told.extend(circle);
        }
    }
}

/// The codes on the way from a rule back to itself, each by the first that it replaces and may.
fn circle<'a>(
    home: &Declarations<'a>,
    from: &'a Block,
    homes: &[&Declarations<'a>],
) -> Option<Vec<&'a str>> {
    let mut way = vec![from.id.value.as_str()];
    let (mut home, mut at) = (home, from);
    loop {
        let next = codes(at).next()?;
        let is_it = |block: &&Block| block.id.value == next.value;
        let of = |one: &&&Declarations<'a>| may_replace(home, one);
        let mut found = homes.iter().filter(of).copied();
        (home, at) = found.find_map(|one| Some((one, one.of(BlockKind::Rule).find(is_it)?)))?;
        let code = at.id.value.as_str();
        if way.contains(&code) {
            return (code == from.id.value && way.len() > 1).then_some(way);
        }
        way.push(code);
    }
}

/// Whether rules of a home may come in the place of rules of another: a standard's of its own, a
/// protocol's of another that does not begin later.
fn may_replace(home: &Declarations<'_>, other: &Declarations<'_>) -> bool {
    let is_same = home.home.span == other.home.span;
    match home.home.kind {
        BlockKind::Standard => is_same,
        _ => !is_same && other.home.kind != BlockKind::Standard && !is_later(other, home),
    }
}

fn codes(block: &Block) -> impl Iterator<Item = &Word> {
    block.lines.iter().flat_map(|line| replaced(&line.clause))
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

/// What a rule of a protocol refers its reader to is a rule of the standard, or of a protocol over it.
fn check_seen(
    protocol: &Declarations<'_>,
    standard: &Declarations<'_>,
    over: &[&Declarations<'_>],
    sink: &mut Sink,
) {
    let homes = || std::iter::once(&standard).chain(over);
    for line in protocol.of(BlockKind::Rule).flat_map(|block| &block.lines) {
        let Clause::See(words) = &line.clause else { continue };
        for word in words {
            let is_known = |home: &&Declarations<'_>| {
                home.of(BlockKind::Rule).any(|block| block.id.value == word.value)
            };
            if !homes().any(is_known) {
                let known = homes().flat_map(|home| home.of(BlockKind::Rule));
                sink.unknown(UNKNOWN_RULE, "regel", word, known.map(|it| it.id.value.as_str()));
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
    use regelwerk_diag::Diagnostic;

    use crate::testing::analyzed;

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
        told_as("RW303", files)
    }

    /// What is told with a code.
    fn told_as(code: &str, files: &[(&str, &str)]) -> Vec<String> {
        let (_, found) = analyzed(files);
        let is_of_syntax = |one: &Diagnostic| one.code.0.starts_with("RW1");
        assert!(!found.iter().any(is_of_syntax), "{found:?}");
        let unknown = found.into_iter().filter(|one| one.code.0 == code);
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
    fn what_is_referred_to_may_be_of_another_protocol_and_never_of_one_below() {
        for code in ["PA-04", "S01"] {
            assert_eq!(later(&format!("  zie: {code}")), [""; 0], "{code}");
        }
        let told = later("  zie: PA-O4");
        assert_eq!(told, ["regel `PA-O4` bestaat niet; bedoelde u `PA-04`?"]);
        let rule = "regel S02 \"x\"\n  bron: x\n  zie: PA-04\n  niet machinaal: \"x\"\n";
        let standard = format!("{STANDARD}\n{rule}");
        let old = protocol("OUD", "PA-04", "");
        assert_eq!(self::told(&[("s.regels", &standard), ("oud/p.regels", &old)]).len(), 1);
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
    #[test]
    fn what_is_replaced_is_not_of_a_later_protocol() {
        let old = protocol("OUD", "PA-04", "  vervangt: PB-04");
        let told = |new: &str, code| {
            told_as(
                code,
                &[("s.regels", STANDARD), ("oud/p.regels", &old), ("nieuw/p.regels", new)],
            )
        };
        let new = protocol("NIEUW", "PB-04", "  vervangt: PA-04");
        assert_eq!(
            told(&new, "RW210"),
            [
                "regels vervangen elkaar in een kring: PB-04, PA-04; alleen een latere regel vervangt een eerdere; laat `vervangt:` bij een van hen weg"
            ]
        );
        assert_eq!(told(&new, "RW308"), [""; 0]);
        let undated = new.replace("  geldig: vanaf 01-01-2020\n", "");
        assert_eq!(told(&undated, "RW308"), [""; 0]);
        let later = new.replace("2020", "2021");
        assert_eq!(told(&later, "RW210"), [""; 0]);
        let told = told(&later, "RW308");
        assert_eq!(told.len(), 1);
        assert!(
            told.iter()
                .all(|one| one.starts_with("`PB-04` is van NIEUW, dat later begint dan OUD"))
        );
    }

    #[test]
    fn rules_of_a_standard_do_not_replace_each_other_in_a_circle() {
        let rule = |code, by| {
            format!("regel {code} \"x\"\n  bron: x\n  vervangt: {by}\n  niet machinaal: \"x\"\n\n")
        };
        let circle = |last| {
            let rules = [rule("S02", "S03"), rule("S03", "S04"), rule("S04", last)].concat();
            told_as("RW210", &[("s.regels", &format!("{STANDARD}\n{rules}"))])
        };
        assert_eq!(circle("S01"), [""; 0]);
        assert_eq!(circle("S02").len(), 1);
    }
}
