//! What an analyst does to the rule files for iJw 3.3.

use std::path::PathBuf;
use std::sync::atomic::{AtomicU32, Ordering};

use regelwerk_compiler::diag::Source;

use crate::edited::{Edit, sources};
use crate::snapshot::root;

/// The steps, in the order of `rules/README.md`.
const STEPS: &[Edit<'static>] = &[
    // 1. The release, from the day after the one before it.
    (
        "ijw/releases.regels",
        "  geldig:      vanaf 01-04-2023\n",
        "  geldig:      vanaf 01-04-2023 t/m 31-03-2027\n",
    ),
    (
        "ijw/releases.regels",
        "release 3.2 \"iJw 3.2\"\n",
        concat!(
            "release 3.3 \"iJw 3.3\"\n",
            "  bron:        verzonnen\n",
            "  geldig:      vanaf 01-04-2027\n",
            "  naamruimte:  \"http://www.istandaarden.nl/ijw/3_3/{bericht}/schema\"\n",
            "  basis:       \"http://www.istandaarden.nl/ijw/3_3/basisschema/schema\"\n",
            "  kop:         Header.BerichtVersie 3, Header.BerichtSubversie 3\n",
            "  code:        Header.BerichtCode\n",
            "  regels:      tabel gepubliceerd-3-3\n",
            "  xsd-versie:  Header.XsdVersieRetour.BasisschemaXsdVersie 1.0.0, Header.XsdVersieRetour.BerichtXsdVersie 1.0.0\n",
            "  xsd-versie:  Header.XsdVersie.BasisschemaXsdVersie 1.0.0, Header.XsdVersie.BerichtXsdVersie 1.0.0\n",
            "\n",
            "release 3.2 \"iJw 3.2\"\n",
        ),
    ),
    // 2. The rules that are published with it.
    (
        "ijw/regels/gepubliceerd.regels",
        "tabel gepubliceerd-3-2 ",
        concat!(
            "tabel gepubliceerd-3-3 \"De regels die bij iJw 3.3 zijn gepubliceerd\"\n",
            "  bron:       verzonnen\n",
            "  peildatum:  01-01-2027\n",
            "  kolommen:   code, soort, niveau, retourcode\n",
            "  sleutel:    code\n",
            "  bestand:    \"gepubliceerd-3-3.csv\"\n",
            "  controle:   307 rijen\n",
            "\n",
            "tabel gepubliceerd-3-2 ",
        ),
    ),
    // 3. How its header looks.
    (
        "ijw/typen.regels",
        concat!(
            "  - patroon \"2\"   [CS015]  vanaf release 3.2\n",
            "  voorbeeld: 1  t/m release 3.1\n",
            "  voorbeeld: 2  vanaf release 3.2\n",
        ),
        concat!(
            "  - patroon \"2\"   [CS015]  vanaf release 3.2 t/m release 3.2\n",
            "  - patroon \"3\"   [CS015]  vanaf release 3.3\n",
            "  voorbeeld: 1  t/m release 3.1\n",
            "  voorbeeld: 2  vanaf release 3.2 t/m release 3.2\n",
            "  voorbeeld: 3  vanaf release 3.3\n",
        ),
    ),
    // 4. What is new: an element with its meaning, and a code.
    (
        "ijw/berichten/jw301.regels",
        "          - Budget                    LDT_Budget, optioneel\n",
        concat!(
            "          - Budget                    LDT_Budget, optioneel\n",
            "          - Spoed                     LDT_JaNee, optioneel  vanaf release 3.3\n",
        ),
    ),
    (
        "ijw/begrippen.regels",
        "  RedenWijziging                  \"Waarom de gemeente",
        concat!(
            "  Spoed                           \"Of de jeugdhulp niet kan wachten\"\n",
            "  RedenWijziging                  \"Waarom de gemeente",
        ),
    ),
    (
        "ijw/codelijsten/codelijsten.regels",
        "  14  \"Administratieve correctie\"\n",
        concat!(
            "  14  \"Administratieve correctie\"\n",
            "  15  \"Overgang naar een andere verwijzer\"  vanaf release 3.3\n",
        ),
    ),
    // 5. A rule that changes keeps its text for the releases that it held in.
    (
        "ijw/regels/condities.regels",
        concat!(
            "  voor:     lijst Producten\n",
            "  als Product.Code gevuld dan:\n",
            "    - Omvang  verplicht vullen\n",
            "  voorbeeld goed: Product.Code 45A04, Omvang.Volume 3, Omvang.Eenheid 04, Omvang.Frequentie 2\n",
            "  voorbeeld goed: Product.Code leeg\n",
            "  voorbeeld fout: Product.Code 45A04\n",
        ),
        concat!(
            "  geldig:   vanaf release 3.1 t/m release 3.2\n",
            "    voor:     lijst Producten\n",
            "    als Product.Code gevuld dan:\n",
            "      - Omvang  verplicht vullen\n",
            "    voorbeeld goed: Product.Code 45A04, Omvang.Volume 3, Omvang.Eenheid 04, Omvang.Frequentie 2\n",
            "    voorbeeld goed: Product.Code leeg\n",
            "    voorbeeld fout: Product.Code 45A04\n",
            "  geldig:   vanaf release 3.3\n",
            "    voor:     lijst Producten\n",
            "    als Product.Code gevuld of Product.Categorie = 54 dan:\n",
            "      - Omvang  verplicht vullen\n",
            "    voorbeeld goed: Product.Code 45A04, Omvang.Volume 3, Omvang.Eenheid 04, Omvang.Frequentie 2\n",
            "    voorbeeld goed: Product.Code leeg\n",
            "    voorbeeld fout: Product.Code 45A04\n",
            "    voorbeeld fout: Product.Categorie 54\n",
        ),
    ),
    (
        "ijw/regels/condities.regels",
        "  bron:     iJw 3.2, conditie CD041\n",
        "  bron:     iJw 3.2, conditie CD041\n  bron:     verzonnen, conditie CD041 van iJw 3.3\n",
    ),
    // 6. A term does too.
    ("ijw/termijnen.regels", TERM[0], TERM[1]),
];

/// The term that gains a day, before and after.
const TERM: [&str; 2] = [
    concat!(
        "  zie:      IV028, OP090x2, OP090x4, UP017\n",
        "  voor:     JW301 / Header, JW305 / Header, JW307 / Header, JW315 / Header, JW317 / Header, JW319 / Header\n",
        "  ook bij afkeur\n",
        "  begint:   ontvangst\n",
        "  eindigt:  antwoord\n",
        "  binnen:   3 werkdagen volgens werkdagen-nl\n",
        "  door:     ontvanger\n",
        "  voorbeeld: begin 02-04-2026 dan uiterlijk 09-04-2026\n",
        "  voorbeeld: begin 01-04-2026 dan uiterlijk 08-04-2026\n",
    ),
    concat!(
        "  zie:      IV028, OP090x2, OP090x4, UP017\n",
        "  geldig:   t/m release 3.2\n",
        "    voor:     JW301 / Header, JW305 / Header, JW307 / Header, JW315 / Header, JW317 / Header, JW319 / Header\n",
        "    ook bij afkeur\n",
        "    begint:   ontvangst\n",
        "    eindigt:  antwoord\n",
        "    binnen:   3 werkdagen volgens werkdagen-nl\n",
        "    door:     ontvanger\n",
        "    voorbeeld: begin 02-04-2026 dan uiterlijk 09-04-2026\n",
        "    voorbeeld: begin 01-04-2026 dan uiterlijk 08-04-2026\n",
        "  geldig:   vanaf release 3.3\n",
        "    voor:     JW301 / Header, JW305 / Header, JW307 / Header, JW315 / Header, JW317 / Header, JW319 / Header\n",
        "    ook bij afkeur\n",
        "    begint:   ontvangst\n",
        "    eindigt:  antwoord\n",
        "    binnen:   4 werkdagen volgens werkdagen-nl\n",
        "    door:     ontvanger\n",
        "    voorbeeld: begin 01-04-2026 dan uiterlijk 09-04-2026\n",
    ),
];

/// The corpus with the release in it.
pub(super) fn files() -> Vec<Source> {
    let mut files = sources(&root().join("rules"), STEPS);
    let list = files.iter().find(|one| one.path == "ijw/regels/gepubliceerd.csv").unwrap();
    let list = Source { path: "ijw/regels/gepubliceerd-3-3.csv".to_owned(), ..list.clone() };
    files.push(list);
    files
}

/// The same in a folder, which is gone after the test.
pub(super) struct Copy(PathBuf);

impl Copy {
    pub(super) fn new() -> Self {
        static NUMBER: AtomicU32 = AtomicU32::new(0);
        let number = NUMBER.fetch_add(1, Ordering::Relaxed);
        let name = format!("regelwerk-release-{}-{number}", std::process::id());
        let folder = std::env::temp_dir().join(name);
        for file in files() {
            let path = folder.join(&file.path);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, file.text).unwrap();
        }
        Self(folder)
    }

    pub(super) fn path(&self) -> &str {
        self.0.to_str().unwrap()
    }
}

impl Drop for Copy {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}
