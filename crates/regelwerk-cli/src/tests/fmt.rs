//! `regelwerk fmt`: rule files laid out in one way.

use super::*;

const UGLY: &str = "regel X1  \"Een regel\"   \n  niveau: 2\n  bron: hier  # waar\n\n\n";
const LAID_OUT: &str = "regel X1 \"Een regel\"\n  bron:     hier  # waar\n  niveau:   2\n";

fn text(path: &str) -> String {
    fs::read_to_string(path).unwrap()
}

#[test]
fn a_folder_is_laid_out_once() {
    let folder = Folder::new();
    fs::create_dir(folder.0.join("onder")).unwrap();
    let ugly = folder.file("onder/a.regels", UGLY);
    let good = folder.file("b.regels", LAID_OUT);
    let other = folder.file("c.txt", UGLY);
    let told = regelwerk(&["fmt", folder.path()]);
    let path = folder.path();
    let out = format!("{ugly}: opgemaakt\n{path}: 2 bestanden, waarvan 1 opgemaakt\n");
    assert_eq!((told.exit, told.out, told.err.as_str()), (0, out, ""));
    assert_eq!([&ugly, &good, &other].map(|one| text(one)), [LAID_OUT, LAID_OUT, UGLY]);
    let told = regelwerk(&["fmt", path]);
    assert_eq!((told.exit, told.out), (0, format!("{path}: 2 bestanden, niets veranderd\n")));
    assert_eq!(fs::read_dir(folder.0.join("onder")).unwrap().count(), 1);
}

#[test]
fn check_writes_nothing_and_tells_the_first_line_that_differs() {
    let folder = Folder::new();
    let file = folder.file("a.regels", UGLY);
    let told = regelwerk(&["fmt", "--check", &file]);
    let lines: Vec<_> = told.out.lines().collect();
    assert_eq!((told.exit, told.err.as_str()), (1, ""));
    assert_eq!(lines[0], format!("{file}:1: anders opgemaakt"));
    assert_eq!(lines[1], "  er staat  «regel X1  \"Een regel\"   »");
    assert_eq!(lines[2], "  dat wordt «regel X1 \"Een regel\"»");
    let rest = format!("1 bestand, waarvan 1 anders opgemaakt; `regelwerk fmt {file}` maakt ze op");
    assert_eq!(lines[3], format!("{file}: {rest}"));
    assert_eq!(text(&file), UGLY);
    regelwerk(&["fmt", &file]);
    let told = regelwerk(&["fmt", "--check", &file]);
    assert_eq!((told.exit, told.out), (0, format!("{file}: 1 bestand, opmaak in orde\n")));
}

#[test]
fn a_missing_end_of_line_and_one_too_many_are_told() {
    let folder = Folder::new();
    let ends = [
        ("", ":3: de laatste regel eindigt niet met een regeleinde\n"),
        ("\n\n", ":5: anders opgemaakt\n  er staat  «»\n  dat wordt niets meer\n"),
    ];
    for (end, why) in ends {
        let file = folder.file("a.regels", &(LAID_OUT.trim_end().to_owned() + end));
        let told = regelwerk(&["fmt", "--check", &file]);
        assert_eq!(told.exit, 1);
        assert!(told.out.starts_with(&format!("{file}{why}")), "{}", told.out);
    }
}

#[test]
fn what_cannot_be_read_is_told_and_left_as_it_is() {
    let folder = Folder::new();
    let bad = "regell X1  \"Een regel\"\n  bron: hier\n";
    let (bad_file, ugly) = (folder.file("a.regels", bad), folder.file("b.regels", UGLY));
    let told = regelwerk(&["fmt", folder.path()]);
    assert_eq!(told.exit, 2);
    assert!(told.err.contains("RW101"), "{}", told.err);
    assert!(told.err.contains(&format!("{bad_file}:1:1\n")), "{}", told.err);
    assert!(told.err.contains(&format!("{bad_file}: niet opgemaakt, want niet te lezen")));
    assert!(told.out.ends_with("2 bestanden, waarvan 1 opgemaakt, 1 niet op te maken\n"));
    assert_eq!((text(&bad_file).as_str(), text(&ugly).as_str()), (bad, LAID_OUT));
    for (path, why) in
        [("/no/such", "bestaat niet"), (folder.0.join("leeg").to_str().unwrap(), "hier staan geen")]
    {
        fs::create_dir_all(folder.0.join("leeg")).unwrap();
        let told = regelwerk(&["fmt", path]);
        assert_eq!((told.exit, told.out.as_str()), (2, ""));
        assert!(told.err.starts_with(&format!("{path}: {why}")), "{}", told.err);
    }
    fs::write(folder.0.join("a.regels"), [0xff]).unwrap();
    assert!(regelwerk(&["fmt", &bad_file]).err.contains("geen UTF-8"));
}

#[test]
fn lines_end_in_bare_lf_without_a_byte_order_mark() {
    let folder = Folder::new();
    for (before, why) in [("\u{feff}", "byte-order mark"), ("", "eindigen op CR")] {
        let odd = before.to_owned()
            + &LAID_OUT.replace('\n', if before.is_empty() { "\r\n" } else { "\n" });
        let file = folder.file("a.regels", &odd);
        let told = regelwerk(&["fmt", "--check", &file]);
        assert!(told.exit == 1 && told.out.contains(why), "{}", told.out);
        assert_eq!(regelwerk(&["fmt", &file]).exit, 0);
        assert_eq!(text(&file), LAID_OUT);
    }
}

#[test]
fn standard_input_goes_to_standard_output() {
    let told = regelwerk_reading(&["fmt", "-"], UGLY);
    assert_eq!((told.exit, told.out.as_str(), told.err.as_str()), (0, LAID_OUT, ""));
    let told = regelwerk_reading(&["fmt", "--check", "-"], UGLY);
    assert!(told.exit == 1 && told.out.starts_with("standaardinvoer:1: "), "{}", told.out);
    let told = regelwerk_reading(&["fmt", "--check", "-"], LAID_OUT);
    assert_eq!((told.exit, told.out.as_str()), (0, ""));
    let told = regelwerk_reading(&["fmt", "-"], "regell\n");
    assert_eq!((told.exit, told.out.as_str()), (2, ""));
    assert!(told.err.contains("standaardinvoer:1:1\n"), "{}", told.err);
    let told = regelwerk_reading(&["fmt", "-"], &"é".repeat(1024 * 1024));
    assert_eq!((told.exit, told.err.as_str()), (2, "standaardinvoer: groter dan 1 MB\n"));
}

#[cfg(unix)]
#[test]
fn a_symbolic_link_is_not_followed_and_not_replaced() {
    let (folder, elsewhere) = (Folder::new(), Folder::new());
    let outside = elsewhere.file("x.regels", UGLY);
    folder.file("a.regels", LAID_OUT);
    let link = folder.0.join("b.regels");
    std::os::unix::fs::symlink(&outside, &link).unwrap();
    assert_eq!(regelwerk(&["fmt", folder.path()]).exit, 0);
    let told = regelwerk(&["fmt", link.to_str().unwrap()]);
    assert!(told.exit == 2 && told.err.contains("noem het bestand zelf"), "{}", told.err);
    assert!(link.is_symlink());
    assert_eq!(text(&outside), UGLY);
}
