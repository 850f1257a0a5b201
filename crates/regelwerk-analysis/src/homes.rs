//! Which standard or protocol a file belongs to: the one that is declared in its folder, or in the
//! nearest folder above it.

use regelwerk_diag::{Diagnostic, Span};
use regelwerk_syntax::ast::{Block, BlockKind, Clause, File};

use crate::codes::{DUPLICATE, MISSING_CLAUSE, NO_STANDARD};
use crate::collect::Declarations;
use crate::identity;
use crate::sink::Sink;

/// A folder with what is declared in it.
struct Home<'a> {
    folder: &'a str,
    /// None where a standard or protocol stands that cannot be one, which has been told: what else
    /// lies there is not to blame.
    declarations: Option<Declarations<'a>>,
}

/// Every standard and every protocol with its blocks.
pub(crate) fn homes<'a>(files: &'a [(String, File)], sink: &mut Sink) -> Vec<Declarations<'a>> {
    let mut homes = declared(files, sink);
    homes.extend(undeclared(files, &homes, sink));
    for (path, file) in files {
        let above = homes.iter_mut().filter(|home| within(folder(path), home.folder));
        match (above.max_by_key(|home| home.folder.len()), file.blocks.first()) {
            (Some(home), _) => match &mut home.declarations {
                Some(declarations) => declarations.add(file, sink),
                None => file.blocks.iter().for_each(|block| sink.lose(&block.id.value)),
            },
            (None, Some(block)) => sink.push(homeless(block)),
            (None, None) => {}
        }
    }
    homes.into_iter().filter_map(|home| home.declarations).collect()
}

fn declared<'a>(files: &'a [(String, File)], sink: &mut Sink) -> Vec<Home<'a>> {
    let mut homes: Vec<Home<'a>> = Vec::new();
    for (path, file) in files {
        for home in file.blocks.iter().filter(|block| makes_home(block)) {
            let folder = folder(path);
            let is_same = |one: &&Home<'_>, first: &Declarations<'_>| {
                one.folder == folder || identity::folded(first.home) == identity::folded(home)
            };
            let first = homes.iter().find_map(|one| {
                let known = one.declarations.as_ref()?;
                is_same(&one, known).then_some((one.folder, known.home))
            });
            let Some((place, first)) = first else {
                homes.push(Home { folder, declarations: Some(Declarations::new(home)) });
                continue;
            };
            sink.push(second(home, first, place == folder));
            if place != folder {
                homes.push(Home { folder, declarations: None });
            }
        }
    }
    homes
}

fn makes_home(block: &Block) -> bool {
    matches!(block.kind, BlockKind::Standard | BlockKind::Protocol)
}

fn second(home: &Block, first: &Block, is_one_folder: bool) -> Diagnostic {
    let (title, help) = if is_one_folder {
        (
            "een map heeft een standaard of protocol, en elk heeft een map".to_owned(),
            "geef het een eigen map",
        )
    } else {
        (
            format!(
                "`{}` is er al, of verschilt alleen in hoofdletters of streepjes",
                home.id.value
            ),
            "geef het een eigen naam; staat de map er twee keer, haal er dan een weg",
        )
    };
    Diagnostic::error(DUPLICATE, title, home.id.span)
        .related(first.id.span, "hier staat het eerste")
        .help(help)
}

/// Folders where only a protocol can stand, and none does: a block in it names a norm, or the rules
/// of the standard that it follows.
fn undeclared<'a>(
    files: &'a [(String, File)],
    homes: &[Home<'a>],
    sink: &mut Sink,
) -> Vec<Home<'a>> {
    let mut found: Vec<Home<'a>> = Vec::new();
    for (path, file) in files {
        let folder = folder(path);
        let has_home = |all: &[Home<'_>]| all.iter().any(|home| home.folder == folder);
        let above = homes.iter().filter(|home| within(folder, home.folder));
        let above = above.max_by_key(|home| home.folder.len());
        let in_standard = above.and_then(|home| home.declarations.as_ref());
        let in_standard = in_standard.is_some_and(|one| one.home.kind == BlockKind::Standard);
        let Some(block) = file.blocks.iter().find(|block| is_of_protocol(block)) else { continue };
        if in_standard && !has_home(homes) && !has_home(&found) {
            sink.push(no_protocol(block, empty(files, folder)));
            found.push(Home { folder, declarations: None });
        }
    }
    found
}

/// A file in a folder that says nothing.
fn empty<'a>(files: &'a [(String, File)], in_folder: &str) -> Option<&'a File> {
    let is_it =
        |(path, file): &&(String, File)| folder(path) == in_folder && file.blocks.is_empty();
    files.iter().find(is_it).map(|(_, file)| file)
}

fn no_protocol(block: &Block, empty: Option<&File>) -> Diagnostic {
    let title = "in deze map staat geen `protocol`, en dit blok hoort bij een protocol";
    let told = Diagnostic::error(MISSING_CLAUSE, title, block.id.span);
    match empty {
        None => told.help(
            "zet er een bestand met een blok `protocol` bij, of haal `norm:` en `volgt:` weg",
        ),
        Some(file) => told
            .related(
                Span { source: file.source, start: 0, end: 0 },
                "in dit bestand staat geen blok",
            )
            .help("zet het blok `protocol` terug"),
    }
}

fn is_of_protocol(block: &Block) -> bool {
    let says = |clause: &Clause| matches!(clause, Clause::Norms(_) | Clause::Follows(_));
    block.lines.iter().any(|line| says(&line.clause))
}

fn homeless(block: &Block) -> Diagnostic {
    Diagnostic::error(NO_STANDARD, "dit bestand hoort bij geen standaard", block.id.span)
        .help("zet een blok `standaard` of `protocol` in deze map of erboven")
}

fn folder(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(folder, _)| folder)
}

fn within(folder: &str, home: &str) -> bool {
    home.is_empty()
        || folder.strip_prefix(home).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

#[cfg(test)]
mod tests {
    use crate::testing::analyzed;

    const STANDARD: &str = "standaard proef \"x\"\n  bron: x\n
release 1.0 \"x\"\n  bron: x\n  geldig: vanaf 01-01-2020\n  naamruimte: \"urn:x\"\n  basis: \"urn:x\"\n  \
kop: Kop.Versie 1\n  code: Kop.Code\n";

    fn protocol(name: &str) -> String {
        format!(
            "protocol {name} \"x\"\n  bron: x\n  standaard: proef\n  geldig: vanaf 01-01-2020\n  \
             releases: 1.0\n"
        )
    }

    /// A rule that only a protocol can have: it has no level and names a norm.
    const RULE: &str = "regel P01 \"x\"\n  bron: x\n  norm: 1-1\n  niet machinaal: \"x\"\n\n\
         regel P02 \"x\"\n  bron: x\n  vervangt: P01\n  voor: PR01 / Product\n";

    /// The codes of what is told of these files, and where.
    fn told(files: &[(&str, &str)]) -> Vec<String> {
        let (sources, found) = analyzed(files);
        let errors = found.into_iter().filter(|one| one.code.0 != "RW316");
        errors
            .map(|one| format!("{} {}", one.code.0, sources.path(one.label.span.source)))
            .collect()
    }

    #[test]
    fn a_protocol_has_a_name_of_its_own_whatever_the_case() {
        let (one, other) = (protocol("P-2020"), protocol("p-2020"));
        let files = [
            ("s.regels", STANDARD),
            ("a/p.regels", &one),
            ("b/p.regels", &other),
            ("b/r.regels", RULE),
        ];
        assert_eq!(told(&files), ["RW202 b/p.regels"]);
        let other = protocol("P-2021");
        let files = [("s.regels", STANDARD), ("a/p.regels", &one), ("b/p.regels", &other)];
        assert_eq!(told(&files), [""; 0]);
    }

    #[test]
    fn what_needs_a_protocol_is_told_of_once_where_there_is_none() {
        let files = [("s.regels", STANDARD), ("a/p.regels", "# leeg\n"), ("a/r.regels", RULE)];
        assert_eq!(told(&files), ["RW203 a/r.regels"]);
    }
}
