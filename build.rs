//! Gives the binary a name for its own behaviour, so that results of another build are not taken for its own.

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
    println!("cargo::rustc-env=BANXIN_BUILD={hash:016x}");
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
