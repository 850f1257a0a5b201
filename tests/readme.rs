//! What the README shows is what one gets.

use regelwerk_cli::{Style, run};

use crate::snapshot::root;

/// The output that the README shows for its first command.
fn shown(readme: &str) -> &str {
    let (_, rest) = readme.split_once("```text\n").unwrap();
    rest.split_once("```").unwrap().0
}

#[test]
fn the_first_output_is_as_shown() {
    let readme = std::fs::read_to_string(root().join("README.md")).unwrap();
    assert!(readme.contains("-- validate tests/messages/jw301/omvang-ontbreekt.xml\n"));
    let file = root().join("tests/messages/jw301/omvang-ontbreekt.xml");
    let args = ["regelwerk".into(), "validate".into(), file.clone().into_os_string()];
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let exit = run(args, std::io::empty(), &mut out, &mut err, Style::Plain);
    assert_eq!((exit, err.as_slice()), (1, [].as_slice()));
    let told = String::from_utf8(out).unwrap();
    let told =
        told.replace(&file.display().to_string(), "tests/messages/jw301/omvang-ontbreekt.xml");
    assert_eq!(told.trim_end(), shown(&readme).trim_end(), "zet dit in README.md:\n{told}");
}
