//! The layers of ARCHITECTURE.md, checked by reading the paths in `src`.

use std::fs;
use std::path::{Path, PathBuf};

/// Groups in order; a module uses only its own group and earlier ones.
const LAYERS: &[&[&str]] = &[
    &["length", "format", "diagnostics", "flanking", "line_join"],
    &["document"],
    &["options", "addresses", "output_profile", "source", "encoding", "language", "xml", "font", "themes"],
    &["edition", "resources"],
    &["readers", "transforms", "layout"],
    &["writers", "imposition"],
    &["error"],
    &["convert"],
    &["batch", "config"],
    &["cli"],
];

/// A dependency and the places that may name it.
const HOMES: &[(&str, &[&str])] = &[
    ("encoding_rs", &["encoding", "config"]),
    ("chardetng", &["encoding"]),
    ("quick_xml", &["xml"]),
    ("pulldown_cmark", &["readers/markdown"]),
    ("saphyr_parser", &["readers/markdown"]),
    ("html5ever", &["readers/html"]),
    ("cssparser", &["readers/html"]),
    ("skrifa", &["font"]),
    ("harfrust", &["font"]),
    ("krilla", &["writers/pdf/accessible"]),
    ("zip", &["readers/epub", "writers/epub"]),
    ("crc32fast", &["writers/epub"]),
    ("math_core", &["writers/html"]),
    ("usvg", &["writers/epub", "writers/pdf"]),
    ("resvg", &["writers/pdf/press"]),
    ("printpdf", &["writers/pdf/press"]),
    ("lopdf", &["writers/pdf/press", "writers/pdf/pack", "imposition", "readers/pdf"]),
    ("tiny_skia", &["writers/epub", "writers/pdf/press"]),
    ("png", &["writers/epub", "writers/pdf/accessible"]),
    ("uuid", &["writers/epub", "writers/pdf/press"]),
    ("clap", &["cli"]),
    ("clap_complete", &["cli"]),
    ("clap_mangen", &["cli"]),
    ("indicatif", &["cli"]),
    ("notify", &["cli"]),
    ("walkdir", &["batch"]),
    ("globset", &["batch"]),
    ("tempfile", &["batch"]),
];

fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("src can be listed") {
        let path = entry.expect("src can be listed").path();
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
}

/// Every source file by its path relative to `src` without `.rs`, with its code (comments left out).
fn modules() -> Vec<(String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut paths = Vec::new();
    sources(&root, &mut paths);
    paths.sort();
    let relative = |path: &PathBuf| {
        let inner = path.strip_prefix(&root).expect("found under src").with_extension("");
        inner.to_str().expect("names are ASCII").replace('\\', "/")
    };
    let code = |path: &PathBuf| {
        let text = fs::read_to_string(path).expect("a source file is readable");
        text.lines().filter(|line| !line.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n")
    };
    paths.iter().map(|path| (relative(path), code(path))).collect()
}

fn layer(module: &str) -> Option<usize> {
    let top = module.split('/').next().expect("split gives one part");
    LAYERS.iter().position(|group| group.contains(&top))
}

/// Top-level modules named after `crate::`, singly or in braces.
fn used(code: &str) -> Vec<String> {
    let mut names = Vec::new();
    for part in code.split("crate::").skip(1) {
        let list = part.strip_prefix('{').map_or(part, |inner| inner.split('}').next().unwrap_or_default());
        let many = part.starts_with('{');
        for item in list.split(',').take(if many { usize::MAX } else { 1 }) {
            let name: String = item.trim().chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
            names.push(name);
        }
    }
    names
}

#[test]
fn a_module_uses_only_its_own_group_and_earlier_ones() {
    for (module, code) in modules() {
        let Some(own) = layer(&module) else {
            assert!(["lib", "main"].contains(&module.as_str()), "{module} has no layer");
            continue;
        };
        for name in used(&code) {
            if let Some(other) = layer(&name) {
                assert!(other <= own, "{module} uses {name}, which stands above it");
            }
        }
    }
}

#[test]
fn siblings_do_not_meet() {
    for (module, code) in modules() {
        let mut parts = module.split('/');
        let (Some(kind @ ("readers" | "writers")), Some(own)) = (parts.next(), parts.next()) else { continue };
        if own == "mod" {
            continue;
        }
        for path in code.split(&format!("crate::{kind}::")).skip(1) {
            let name: String = path.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
            let is_module = name.chars().next().is_some_and(char::is_lowercase);
            // HTML stands within books and within Markdown.
            let may_use_html = own == "epub" || kind == "readers" && own == "markdown";
            let allowed = name == own || may_use_html && name == "html";
            assert!(!is_module || allowed, "{module} uses {kind}::{name}");
        }
        let other_side = if kind == "readers" { "crate::writers" } else { "crate::readers" };
        assert!(!code.contains(other_side), "{module} uses {other_side}");
    }
}

#[test]
fn every_dependency_has_one_home() {
    for (module, code) in modules() {
        for (dependency, homes) in HOMES {
            let named = code.contains(&format!("{dependency}::"));
            let at_home = homes.iter().any(|home| module == *home || module.starts_with(&format!("{home}/")));
            assert!(!named || at_home, "{module} uses {dependency}, whose home is {homes:?}");
        }
    }
}
