//! Limits of the house, as tests: sizes, what may depend on what, what may not stand anywhere.

use std::path::{Path, PathBuf};

use syn::spanned::Spanned;
use syn::visit::Visit;

use crate::snapshot::root;

/// Lines of a hand-written file at the most.
const FILE_LINES: usize = 600;
/// Lines of a function at the most.
const FUNCTION_LINES: usize = 70;

fn rust_files() -> Vec<PathBuf> {
    let mut files = Vec::new();
    for folder in ["crates", "tests", "xtask"] {
        let walk = walkdir::WalkDir::new(root().join(folder)).sort_by_file_name();
        // What fuzzing builds is no code of ours.
        let walk = walk.into_iter().filter_entry(|entry| entry.file_name() != "target");
        let walk = walk.map(|entry| entry.unwrap().into_path());
        files.extend(walk.filter(|path| path.extension().is_some_and(|end| end == "rs")));
    }
    assert!(files.len() > 30, "te weinig bestanden gevonden");
    files
}

fn read(path: &Path) -> String {
    std::fs::read_to_string(path).unwrap()
}

#[test]
fn files_and_functions_keep_their_size() {
    for path in rust_files() {
        let text = read(&path);
        let lines = text.lines().count();
        assert!(lines <= FILE_LINES, "{}: {lines} regels", path.display());
        let mut longest = Longest::default();
        longest.visit_file(&syn::parse_file(&text).unwrap());
        let (name, lines) = (longest.name, longest.lines);
        assert!(lines <= FUNCTION_LINES, "{}: {name} telt {lines} regels", path.display());
    }
}

#[derive(Default)]
struct Longest {
    name: String,
    lines: usize,
}

impl Longest {
    fn see(&mut self, name: &syn::Ident, block: &syn::Block) {
        let span = block.span();
        let lines = span.end().line - span.start().line + 1;
        if lines > self.lines {
            (self.name, self.lines) = (name.to_string(), lines);
        }
    }
}

impl<'ast> Visit<'ast> for Longest {
    fn visit_item_fn(&mut self, item: &'ast syn::ItemFn) {
        self.see(&item.sig.ident, &item.block);
        syn::visit::visit_item_fn(self, item);
    }

    fn visit_impl_item_fn(&mut self, item: &'ast syn::ImplItemFn) {
        self.see(&item.sig.ident, &item.block);
        syn::visit::visit_impl_item_fn(self, item);
    }
}

/// Crates from the top down: each may use only those after it. These know both sides.
const ABOVE: [&str; 5] =
    ["regelwerk-cli", "regelwerk-probe", "regelwerk-play", "regelwerk-eval", "regelwerk"];
/// The compiler's side.
const COMPILER: [&str; 7] = [
    "regelwerk-build",
    "regelwerk-compiler",
    "regelwerk-emit",
    "regelwerk-analysis",
    "regelwerk-syntax",
    "regelwerk-model",
    "regelwerk-diag",
];
/// It stands by itself.
const KERNEL: &str = "regelwerk-kernel";

fn layers() -> Vec<&'static str> {
    ABOVE.into_iter().chain(COMPILER).chain([KERNEL]).collect()
}

#[test]
fn crates_use_only_crates_below_them() {
    let layers = layers();
    for (at, layer) in layers.iter().enumerate() {
        let manifest = read(&root().join("crates").join(layer).join("Cargo.toml"));
        for above in &layers[..=at] {
            let used = manifest.lines().any(|line| line.starts_with(&format!("{above}.")));
            assert!(!used, "{layer} gebruikt {above}");
        }
        let compiler_side = COMPILER.contains(layer);
        let uses_kernel = manifest.contains("regelwerk-kernel.");
        assert!(!(compiler_side && uses_kernel), "{layer} gebruikt de kernel");
    }
    let found = std::fs::read_dir(root().join("crates")).unwrap();
    let folders = found.filter(|entry| entry.as_ref().unwrap().path().is_dir()).count();
    assert_eq!(folders, layers.len(), "elke crate staat in ABOVE, COMPILER of KERNEL");
}

#[test]
fn only_the_loader_and_the_build_script_touch_files_on_the_compiler_side() {
    for layer in COMPILER {
        for path in rust_files() {
            let is_in = path.to_string_lossy().contains(&format!("crates/{layer}/"));
            let may = ["load.rs", "build.rs"].iter().any(|name| path.ends_with(name));
            if is_in && !may {
                let text = read(&path);
                for word in ["std::fs", "std::env::", "std::net", "std::process"] {
                    assert!(!text.contains(word), "{}: {word}", path.display());
                }
            }
        }
    }
}

/// What stands in no file: words put together here, so that this one does not hold them.
#[test]
fn nothing_is_left_undone_or_leans_on_what_a_clone_lacks() {
    let words = [["todo", "!("], ["unimplemented", "!("], ["#[ign", "ore"], ["../sha", "red"]];
    for path in rust_files() {
        for word in words {
            let word = word.concat();
            assert!(!read(&path).contains(&word), "{}: {word}", path.display());
        }
    }
}

#[test]
fn the_kernel_knows_no_standard() {
    for path in rust_files() {
        if path.to_string_lossy().contains("regelwerk-kernel/src") {
            let text = read(&path).to_lowercase();
            let code = text.lines().filter(|line| !line.trim_start().starts_with("//"));
            let code: String = code.collect();
            for word in ["jw3", "toegewezenproduct", "istandaarden"] {
                assert!(!code.contains(word), "{}: {word}", path.display());
            }
        }
    }
}
