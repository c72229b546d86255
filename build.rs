//! Gives the binary a name for its own behaviour, so that results of another build are not taken for its own, and the bytes
//! of its faces.

use std::path::{Path, PathBuf};

/// What the output depends on.
const SOURCES: &[&str] = &["src", "Cargo.lock", "fonts/fonts.toml"];

fn main() {
    let mut files = Vec::new();
    for source in SOURCES {
        println!("cargo::rerun-if-changed={source}");
        collect(Path::new(source), &mut files);
    }
    files.sort();
    let mut hash = FNV_OFFSET;
    for file in files {
        let bytes = std::fs::read(&file).unwrap_or_default();
        hash = fnv(fnv(hash, file.to_string_lossy().replace('\\', "/").as_bytes()), &bytes);
    }
    let stand_ins = faces();
    hash = fnv(hash, stand_ins.join(" ").as_bytes());
    println!("cargo::rustc-env=BANXIN_BUILD={hash:016x}");
}

/// The CJK face that fits into a package of the registry, which may have ten megabytes. There it stands in for the others.
const STAND_IN: &str = "fonts/small/NotoSerifCJKsc-Regular.otf";

/// Write a function that gives a face's bytes by its file name. Gives the names of those that another stands in for.
fn faces() -> Vec<String> {
    println!("cargo::rerun-if-changed=fonts");
    #[expect(clippy::disallowed_methods, reason = "cargo speaks to build scripts by the environment")]
    let told = |name: &str| PathBuf::from(std::env::var(name).expect("cargo says where things are"));
    let root = told("CARGO_MANIFEST_DIR");
    let manifest = std::fs::read_to_string("fonts/fonts.toml").expect("the package has its list of faces");
    let names = manifest.lines().filter_map(|line| line.strip_prefix("file = \"")?.strip_suffix('"'));
    let mut code = String::from("pub fn face(file: &str) -> &'static [u8] {\n    match file {\n");
    let mut stand_ins = Vec::new();
    for name in names {
        let mut path = Path::new("fonts").join(name);
        if !path.is_file() {
            stand_ins.push(name.to_owned());
            path = PathBuf::from(STAND_IN);
        }
        code.push_str(&format!("        {name:?} => include_bytes!({:?}),\n", root.join(path)));
    }
    code.push_str("        _ => unreachable!(\"{file} is not in fonts.toml\"),\n    }\n}\n");
    std::fs::write(told("OUT_DIR").join("faces.rs"), code).expect("cargo's own folder can be written");
    if !stand_ins.is_empty() {
        println!(
            "cargo::warning=this package has one CJK face with 11,000 characters, which stands in for {}; build from the \
             repository for all of them",
            stand_ins.join(", ")
        );
    }
    stand_ins
}

fn collect(path: &Path, files: &mut Vec<PathBuf>) {
    match std::fs::read_dir(path) {
        Ok(entries) => entries.flatten().for_each(|entry| collect(&entry.path(), files)),
        Err(_) => files.push(path.to_owned()),
    }
}

const FNV_OFFSET: u64 = 0xcbf2_9ce4_8422_2325;

/// FNV-1a: this guards against mistakes, not against anyone.
fn fnv(hash: u64, bytes: &[u8]) -> u64 {
    bytes.iter().fold(hash, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(0x0000_0100_0000_01b3))
}
