//! Files that are not there, may not be read, or are something else.

use std::fs;
use std::io::{self, ErrorKind, Read};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};

use super::{bad, good, regelwerk};

/// A folder for one test, gone when the test is.
struct Folder(PathBuf);

impl Folder {
    fn new() -> Self {
        static NUMBER: AtomicU32 = AtomicU32::new(0);
        let number = NUMBER.fetch_add(1, Ordering::Relaxed);
        let name = format!("regelwerk-hostile-{}-{number}", std::process::id());
        let path = std::env::temp_dir().join(name);
        fs::create_dir_all(&path).unwrap();
        Self(path)
    }

    fn path(&self) -> &str {
        self.0.to_str().unwrap()
    }

    fn file(&self, name: &str, text: &str) -> String {
        let path = self.0.join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, text).unwrap();
        path.to_str().unwrap().to_owned()
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// The files that were judged, in order.
fn judged(out: &str) -> Vec<&str> {
    let heads = [": goedgekeurd", ": afgekeurd", ": onleesbaar"];
    let lines = out.lines().filter(|line| line.starts_with('/'));
    lines.filter_map(|line| heads.iter().find_map(|head| Some(line.split_once(head)?.0))).collect()
}

#[test]
fn a_folder_is_its_messages_in_order_of_path() {
    let folder = Folder::new();
    let names = ["a/een.XML", "a/twee.xml", "b.xml", "c.xml/drie.xml"];
    let files: Vec<_> = names.iter().rev().map(|name| folder.file(name, &good())).rev().collect();
    folder.file("a/geen.txt", "geen bericht");
    folder.file("xml", "geen bericht");
    let told = regelwerk(&["validate", folder.path()], io::empty());
    assert_eq!((told.exit, judged(&told.out)), (0, files.iter().map(String::as_str).collect()));
    assert!(told.out.ends_with("\n4 berichten: 4 goedgekeurd\n"), "{}", told.out);
}

#[test]
fn an_empty_folder_is_told_and_stops_nothing() {
    let folder = Folder::new();
    let file = folder.file("vol/goed.xml", &good());
    let empty = format!("{}/leeg", folder.path());
    fs::create_dir(&empty).unwrap();
    let told = regelwerk(&["validate", &empty, &file], io::empty());
    assert_eq!((told.exit, judged(&told.out)), (2, vec![empty.as_str(), file.as_str()]));
    assert_eq!(told.err, format!("{empty}: geen xml-bestanden in deze map\n"));
}

#[cfg(unix)]
#[test]
fn links_in_a_circle_lead_to_each_message_once() {
    use std::os::unix::fs::symlink;

    let folder = Folder::new();
    let files = [folder.file("a/een.xml", &good()), folder.file("b/twee.xml", &good())];
    for (target, link) in [(".", "a/zelf"), ("../b", "a/b"), ("../a", "b/a"), ("lus", "lus")] {
        symlink(target, folder.0.join(link)).unwrap();
    }
    let told = regelwerk(&["validate", folder.path()], io::empty());
    // The other folder is met through the link first: by that name it is judged, and only then.
    let through_link = format!("{}/a/b/twee.xml", folder.path());
    assert_eq!((told.exit, judged(&told.out)), (0, vec![through_link.as_str(), files[0].as_str()]));
}

#[cfg(unix)]
#[test]
fn a_file_that_vanishes_is_told_and_stops_nothing() {
    use std::os::unix::fs::symlink;

    let folder = Folder::new();
    let target = folder.file("doel", &good());
    let gone = format!("{}/a.xml", folder.path());
    symlink(&target, &gone).unwrap();
    let file = folder.file("b.xml", &bad());
    fs::remove_file(&target).unwrap();
    for paths in [&[folder.path()][..], &[&gone, &file]] {
        let told = regelwerk(&[&["validate"], paths].concat(), io::empty());
        assert_eq!((told.exit, judged(&told.out)), (2, vec![gone.as_str(), file.as_str()]));
        assert_eq!(told.err, format!("{gone}: bestaat niet\n"));
        assert!(told.out.ends_with("\n2 berichten: 1 afgekeurd (1 fout), 1 onleesbaar\n"));
    }
}

#[cfg(unix)]
#[test]
fn what_is_no_regular_file_is_not_waited_for_in_a_folder() {
    let folder = Folder::new();
    let file = folder.file("b.xml", &good());
    let socket = folder.0.join("a.xml");
    let _listening = std::os::unix::net::UnixListener::bind(&socket).unwrap();
    let told = regelwerk(&["validate", folder.path()], io::empty());
    assert_eq!((told.exit, judged(&told.out)), (2, vec![socket.to_str().unwrap(), file.as_str()]));
    assert_eq!(told.err, format!("{}: is geen gewoon bestand\n", socket.display()));
}

/// Standard input that may not be read, or stops half way.
struct Broken(ErrorKind);

impl Read for Broken {
    fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
        Err(self.0.into())
    }
}

#[test]
fn standard_input_that_breaks_off_is_told_and_stops_nothing() {
    let folder = Folder::new();
    let file = folder.file("goed.xml", &good());
    let half = good().into_bytes()[..500].to_vec();
    let read = |kind| {
        let stdin = half.as_slice().chain(Broken(kind));
        let told = regelwerk(&["validate", "-", &file], stdin);
        assert_eq!((told.exit, judged(&told.out)), (2, vec![file.as_str()]));
        told.err
    };
    assert_eq!(
        read(ErrorKind::PermissionDenied),
        "-: niet te lezen: daar is geen toestemming voor\n"
    );
    assert!(read(ErrorKind::ConnectionReset).starts_with("-: niet te lezen: "));
}

/// Tells a copy of this test, run as nobody, which folder to judge.
#[cfg(unix)]
const FOLDER: &str = "REGELWERK_HOSTILE_FOLDER";

/// Root may read everything. So the test runs itself again as nobody; where that is not possible,
/// the test above is what is left.
#[cfg(unix)]
#[test]
fn a_file_that_may_not_be_read_is_told_and_stops_nothing() {
    use std::os::unix::fs::PermissionsExt;

    if let Some(folder) = std::env::var_os(FOLDER) {
        return judge_what_is_forbidden(Path::new(&folder));
    }
    let folder = Folder::new();
    let file = folder.file("a.xml", &good());
    let inside = folder.file("b/c.xml", &good());
    folder.file("d.xml", &good());
    for path in [file.as_str(), Path::new(&inside).parent().unwrap().to_str().unwrap()] {
        fs::set_permissions(path, fs::Permissions::from_mode(0o000)).unwrap();
    }
    if fs::read(&file).is_err() {
        judge_what_is_forbidden(&folder.0);
    } else {
        run_as_nobody(&folder);
    }
    fs::set_permissions(folder.0.join("b"), fs::Permissions::from_mode(0o700)).unwrap();
}

#[cfg(unix)]
fn judge_what_is_forbidden(folder: &Path) {
    let [forbidden, closed, file] = ["a.xml", "b", "d.xml"].map(|name| {
        let path = folder.join(name);
        path.to_str().unwrap().to_owned()
    });
    let why = "niet te lezen: daar is geen toestemming voor";
    let reasons = format!("{forbidden}: {why}\n{closed}: {why}\n");
    for paths in [&[folder.to_str().unwrap()][..], &[&forbidden, &closed, &file]] {
        let told = regelwerk(&[&["validate"], paths].concat(), io::empty());
        assert_eq!((told.exit, told.err.as_str()), (2, reasons.as_str()));
        assert_eq!(judged(&told.out), [&forbidden, &closed, &file]);
        assert!(told.out.ends_with("\n3 berichten: 1 goedgekeurd, 2 onleesbaar\n"), "{}", told.out);
    }
}

/// Runs the test again as the user who owns nothing, from a copy where that user may reach it.
#[cfg(unix)]
fn run_as_nobody(folder: &Folder) {
    use std::os::unix::fs::PermissionsExt;
    use std::os::unix::process::CommandExt;

    const NOBODY: u32 = 65534;

    fs::set_permissions(&folder.0, fs::Permissions::from_mode(0o755)).unwrap();
    let copy = folder.0.join("test");
    fs::copy(std::env::current_exe().unwrap(), &copy).unwrap();
    fs::set_permissions(&copy, fs::Permissions::from_mode(0o755)).unwrap();
    let mut command = std::process::Command::new(&copy);
    // Setting the user drops the groups of root as well.
    command.uid(NOBODY).gid(NOBODY).env(FOLDER, &folder.0).current_dir("/");
    command
        .args(["--exact", "hostile::files::a_file_that_may_not_be_read_is_told_and_stops_nothing"]);
    // Where nobody may not be, as in some containers, there is nothing to run.
    let Ok(ran) = command.output() else { return };
    let told = String::from_utf8_lossy(&ran.stdout);
    assert!(ran.status.success() && told.contains("1 passed"), "{told}");
}
