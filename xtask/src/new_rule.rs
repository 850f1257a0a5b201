//! A new rule: its block with what is to be filled in, in the file where rules like it stand, and a
//! case beside the other scenarios.

use std::fmt::Write;
use std::fs;
use std::path::Path;

use regelwerk_compiler::diag::{Severity, Source, Sources};
use regelwerk_compiler::model::{Model, Protocol, Published, Rule, Standard};
use regelwerk_compiler::{Compilation, compile, load};

/// What is asked for.
pub(crate) struct Asked {
    pub(crate) code: String,
    pub(crate) protocol: Option<String>,
    pub(crate) title: Option<String>,
}

/// A file with its text as it becomes.
struct Written {
    path: String,
    text: String,
}

/// Puts a rule and a case among the rules in a folder, and tells what is next.
pub(crate) fn run(rules: &Path, asked: &Asked) -> Result<(), String> {
    let written = scaffold(rules, asked)?;
    for one in &written {
        let path = rules.join(&one.path);
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder).map_err(|error| format!("{}: {error}", folder.display()))?;
        }
        fs::write(&path, &one.text).map_err(|error| format!("{}: {error}", path.display()))?;
    }
    print!("{}", next(rules, &asked.code, &written));
    Ok(())
}

/// The files as they become; they compile.
fn scaffold(rules: &Path, asked: &Asked) -> Result<Vec<Written>, String> {
    if !asked.code.chars().all(|sign| sign.is_ascii_alphanumeric() || sign == '-') {
        return Err(format!(
            "`{}` is geen regelcode; zo heet er een: CD041, OP033x1, LTA-301-01",
            asked.code
        ));
    }
    let before = compile(load(rules).map_err(|error| error.to_string())?);
    if !before.is_sound() {
        return Err(
            "de regels hebben fouten; `regelwerk check` zegt welke, los die eerst op".to_owned()
        );
    }
    let home = Home::of(&before.model, asked)?;
    if let Some(rule) = named(&before.model, &asked.code) {
        let (file, line) =
            (before.sources.shown(rule.span.source), before.sources.position(rule.span).line);
        return Err(format!("regel {} is er al: {} ({file}:{line})", rule.code, rule.title));
    }
    let written = vec![home.rule(asked, &before.sources)?, home.case(asked, &before.sources)?];
    check(&before.sources, &written)?;
    Ok(written)
}

/// The rule of this code, whoever has it.
fn named<'m>(model: &'m Model, code: &str) -> Option<&'m Rule> {
    let rules = model.standards.iter().flat_map(|standard| {
        let laid = standard.protocols.iter().flat_map(|protocol| &protocol.rules);
        standard.rules.iter().chain(laid)
    });
    let mut same = rules.filter(|rule| rule.code.eq_ignore_ascii_case(code));
    same.next()
}

/// What was added is told where it is wrong, such as a code that cannot be one.
fn check(sources: &Sources, written: &[Written]) -> Result<(), String> {
    let is_new = |path: &str| written.iter().any(|one| one.path == path);
    let files = sources.iter().map(|(_, source)| source).filter(|source| !is_new(&source.path));
    let added = written.iter().map(|one| Source { path: one.path.clone(), text: one.text.clone() });
    let Compilation { diagnostics, .. } =
        compile(Sources::new("", files.cloned().chain(added).collect()));
    match diagnostics.iter().find(|one| one.severity == Severity::Error) {
        None => Ok(()),
        Some(wrong) => {
            let help = wrong.help.as_deref().unwrap_or("");
            Err(format!("{}; {help}", wrong.title))
        }
    }
}

/// Where a rule goes.
struct Home<'m> {
    standard: &'m Standard,
    protocol: Option<&'m Protocol>,
}

impl<'m> Home<'m> {
    fn of(model: &'m Model, asked: &Asked) -> Result<Self, String> {
        let laid = model.standards.iter().flat_map(|standard| {
            standard.protocols.iter().map(move |protocol| (standard, protocol))
        });
        if let Some(name) = &asked.protocol {
            let mut all = laid.clone();
            let found = all.find(|(_, protocol)| protocol.name.eq_ignore_ascii_case(name));
            let known: Vec<_> = laid.map(|(_, protocol)| protocol.name.as_str()).collect();
            let unknown = || format!("protocol {name} is er niet; er zijn: {}", known.join(", "));
            let (standard, protocol) = found.ok_or_else(unknown)?;
            return Ok(Self { standard, protocol: Some(protocol) });
        }
        match model.standards.as_slice() {
            [standard] => Ok(Self { standard, protocol: None }),
            _ => Err("er is meer dan een standaard, of geen".to_owned()),
        }
    }

    fn rules(&self) -> &'m [Rule] {
        self.protocol.map_or(&self.standard.rules, |protocol| &protocol.rules)
    }

    /// The rules that are most like one of this code: as many parts of the code as can be are the
    /// same.
    fn family(&self, code: &str) -> Vec<&'m Rule> {
        let mut stem = code.trim_end_matches(|sign: char| sign.is_ascii_digit());
        loop {
            let like: Vec<_> =
                self.rules().iter().filter(|rule| rule.code.starts_with(stem)).collect();
            if !like.is_empty() || stem.is_empty() {
                return like;
            }
            let shorter = stem.trim_end_matches('-').rfind('-').map_or(0, |at| at + 1);
            stem = stem.get(..shorter).unwrap_or("");
        }
    }

    /// The block, at the end of the file that has most rules like it.
    fn rule(&self, asked: &Asked, sources: &Sources) -> Result<Written, String> {
        let family = self.family(&asked.code);
        let file = most(family.iter().map(|rule| sources.path(rule.span.source)));
        let path =
            file.ok_or_else(|| "hier zijn nog geen regels; schrijf de eerste zelf".to_owned())?;
        let known = sources.iter().find(|(_, source)| source.path == path);
        let text = known.map_or("", |(_, source)| source.text.trim_end());
        let block = self.block(asked, &family);
        Ok(Written { path, text: format!("{text}\n\n{block}") })
    }

    fn block(&self, asked: &Asked, family: &[&Rule]) -> String {
        let Asked { code, title, .. } = asked;
        let title = title.as_deref().unwrap_or("Zeg hier in één zin wat moet").replace('"', "'");
        let title = title.split_whitespace().collect::<Vec<_>>().join(" ");
        let listed = self.listed(code);
        let mut text =
            format!("regel {code} \"{title}\"\n  bron:     {}\n", self.source(code, family));
        // Writing to a string cannot fail.
        if let Some(level) = listed.and_then(|listed| Some((listed.level?, &listed.retourcode))) {
            let retourcode =
                level.1.as_ref().map_or_else(String::new, |code| format!(" met retourcode {code}"));
            let _ = writeln!(text, "  niveau:   {}{retourcode}", level.0);
            let _ = writeln!(text, "  voor:     {}   # of waar de regel over gaat", self.place());
        }
        text += "  nog niet uitgewerkt\n";
        text += match (self.protocol, listed) {
            (Some(_), _) => NORM,
            (None, None) => LEVEL,
            (None, Some(_)) => "",
        };
        text + GUIDE
    }

    /// As its publisher lists it, in the newest release that does.
    fn listed(&self, code: &str) -> Option<&'m Published> {
        let releases = self.standard.releases.iter().rev().filter(|_| self.protocol.is_none());
        releases.flat_map(|release| &release.published).find(|one| one.code == code)
    }

    /// Its source as those of rules like it: `iJw 3.2, technische regel TR999`.
    fn source(&self, code: &str, family: &[&Rule]) -> String {
        let cited = family.iter().rev().find_map(|rule| {
            let source = rule.sources.iter().find(|source| source.contains(&rule.code))?;
            Some(source.replace(&rule.code, code))
        });
        let document = self.protocol.map_or(&self.standard.title, |protocol| &protocol.name);
        cited.unwrap_or_else(|| format!("{document} § …"))
    }

    /// A message, with the first element in it.
    fn place(&self) -> String {
        let message = self.standard.releases.last().and_then(|release| release.messages.first());
        message.map_or_else(String::new, |message| {
            let root = regelwerk_compiler::model::NodeId(0);
            let first = message.children(root).first().map_or("", |id| message.name(*id));
            format!("{} / {first}", message.name)
        })
    }

    /// A file of its own for the case, where the scenarios of this home are.
    fn case(&self, asked: &Asked, sources: &Sources) -> Result<Written, String> {
        let own = self.protocol.map(|protocol| protocol.name.as_str());
        let scenarios = self.standard.scenarios.iter().filter(|one| one.protocol.as_deref() == own);
        let folders =
            scenarios.filter_map(|one| Some(sources.path(one.span.source).rsplit_once('/')?.0));
        let folder = most(folders).ok_or_else(|| "hier zijn nog geen scenario's".to_owned())?;
        let name = asked.code.to_lowercase();
        let name = if folder.ends_with("scenarios") { name } else { format!("scenarios-{name}") };
        let path = format!("{folder}/{name}.regels");
        if sources.iter().any(|(_, source)| source.path == path) {
            return Err(format!("{path} is er al"));
        }
        Ok(Written { path, text: CASE.replace("CODE", &asked.code) })
    }
}

const LEVEL: &str = "  \
  # niveau: 1 schema, 2 binnen het bericht, 3 over berichten heen, 4 met gegevens van buiten. Staat de regel in de
  # lijst van gepubliceerde regels, dan moet het niveau daarmee kloppen; staat hij er niet in, zet hem er dan bij:
  # niveau:   2 met retourcode 0001
";

const NORM: &str = "  \
  # Welke normen van het document zijn dit?
  # norm:     1.2-3
";

const GUIDE: &str = "  \
  # Vul hieronder in, haal de `#` weg, en daarna `nog niet uitgewerkt`. Een regel die verder kijkt dan het bericht,
  # heeft geen voorbeelden maar scenario's.
  # voor:     JW301 / ToegewezenProduct
  # als Product.Code gevuld dan:
  #   - Omvang  verplicht vullen
  # voorbeeld goed: Product.Code 45A04, Omvang.Volume 3
  # voorbeeld fout: Product.Code 45A04, Omvang leeg
";

const CASE: &str = "\
# Casus bij CODE: een waarin de regel wordt gebroken, en een die er net niet op stukloopt. Vul in en haal de `#` weg.
# Heeft de regel voorbeelden en geen casus nodig, haal dit bestand dan weg.
#
# scenario CODE-gebroken \"Wat er misgaat\"
#   bron:     dezelfde als van de regel
#   over:     CODE
#   op 01-04-2026 stuurt gemeente JW301 met ToewijzingNummer 4711
#     verwacht goedgekeurd
#   op 02-04-2026 stuurt aanbieder JW305 met ToewijzingNummer 4712
#     verwacht afgekeurd op CODE bij StartProduct
#
# scenario CODE-net-goed \"Wat nog net mag\"
#   bron:     dezelfde als van de regel
#   over:     CODE
#   op 01-04-2026 stuurt gemeente JW301 met ToewijzingNummer 4711
#     verwacht goedgekeurd
#   op 02-04-2026 stuurt aanbieder JW305 met ToewijzingNummer 4711
#     verwacht goedgekeurd
";

/// What is there most often; of what is as often the first in order.
fn most<'s>(all: impl Iterator<Item = &'s str>) -> Option<String> {
    let mut all: Vec<_> = all.collect();
    all.sort_unstable();
    let chunks = all.chunk_by(|one, other| one == other);
    let best = chunks.rev().max_by_key(|chunk| chunk.len())?;
    best.first().map(|path| (*path).to_owned())
}

/// What was written, and what is to be done now.
fn next(rules: &Path, code: &str, written: &[Written]) -> String {
    let mut text = String::new();
    for one in written {
        let _ = writeln!(text, "geschreven: {}", rules.join(&one.path).display());
    }
    let _ = write!(
        text,
        "
Verder, zoals in rules/README.md onder \"Een regel toevoegen\":
  1. Schrijf wat {code} eist, en haal weg wat u niet nodig hebt.
  2. Controleer: regelwerk check rules
  3. Geef voorbeelden, goed en fout, of de twee scenario's; ook de grens.
  4. Test: cargo test --workspace --no-fail-fast
  5. Leg vast: cargo xtask lock, en commit de regel, de lijst en wat er is vastgelegd.
"
    );
    text
}

#[cfg(test)]
mod tests;
