//! `fonts/fonts.toml`, the font files and the faces the binary knows are the same list.

use std::fs;
use std::path::{Path, PathBuf};

use banxin::font::FontBook;
use serde::Deserialize;
use sha2::{Digest, Sha256};

#[derive(Deserialize)]
struct Manifest {
    face: Vec<Entry>,
}

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
struct Entry {
    file: String,
    family: String,
    role: String,
    weight: String,
    slant: String,
    sha256: String,
    #[serde(rename = "version")]
    _version: Option<String>,
    package: String,
    package_version: String,
    package_from: String,
    package_file: String,
    modified: bool,
    license: String,
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fonts")
}

fn manifest() -> Vec<Entry> {
    let text = fs::read_to_string(folder().join("fonts.toml")).expect("the manifest is readable");
    toml::from_str::<Manifest>(&text).expect("the manifest is well formed").face
}

#[test]
fn the_manifest_is_what_the_binary_knows() {
    let book = FontBook::bundled();
    let known: Vec<[String; 5]> = book
        .faces()
        .map(|(_, face)| {
            let (role, weight, slant) = (face.role, face.weight, face.slant);
            [face.file.clone(), face.family.clone(), format!("{role:?}"), format!("{weight:?}"), format!("{slant:?}")]
        })
        .collect();
    let listed: Vec<[String; 5]> =
        manifest().into_iter().map(|face| [face.file, face.family, face.role, face.weight, face.slant]).collect();
    assert_eq!(listed, known);
}

#[test]
fn the_files_are_those_of_the_manifest_and_no_others() {
    let mut listed = Vec::new();
    for face in manifest() {
        let bytes = fs::read(folder().join(&face.file)).unwrap_or_else(|error| panic!("{}: {error}", face.file));
        let sum: String = Sha256::digest(&bytes).iter().map(|byte| format!("{byte:02x}")).collect();
        assert_eq!(sum, face.sha256, "{}", face.file);
        listed.push(face.file);
    }
    let is_font = |name: &String| name.ends_with(".otf") || name.ends_with(".ttf") || name.ends_with(".ttc");
    let entries = fs::read_dir(folder()).expect("the folder can be listed");
    let mut files: Vec<String> = entries
        .map(|entry| entry.expect("it can be listed").file_name().into_string().expect("names are ASCII"))
        .collect();
    files.retain(is_font);
    files.sort();
    listed.sort();
    assert_eq!(listed, files);
}

#[test]
fn every_face_has_its_licence_and_its_source() {
    for face in manifest() {
        assert!(folder().join(&face.license).is_file(), "{}", face.license);
        assert!(["debian", "npm"].contains(&face.package_from.as_str()), "{}", face.package_from);
        assert!(!face.package.is_empty() && !face.package_version.is_empty() && !face.package_file.is_empty());
        let log = fs::read_to_string(folder().join("FONTLOG.txt")).expect("the log is readable");
        assert!(!face.modified || log.contains(&face.file), "FONTLOG.txt does not say how {} was changed", face.file);
    }
}
