//! From the names a user gave to the files they mean.

use std::path::{Component, Path, PathBuf};

use globset::GlobBuilder;
use walkdir::{DirEntry, WalkDir};

use super::plan::PlanError;
use crate::format::Format;
use crate::readers;

/// One file to convert.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    pub path: PathBuf,
    /// Where it stands below the folder or pattern that led to it; its bare file name when it was named itself.
    pub relative: PathBuf,
    /// Whether the user named a folder or a pattern, and not this file.
    pub from_folder: bool,
    pub size: u64,
    /// Whether the path is a symbolic link to the file.
    pub is_link: bool,
}

/// Files that stand in folders of articles and are none.
const NOT_ARTICLES: &[&str] = &["readme", "license", "licence", "copying", "changelog", "contributing"];

/// Every file the names mean, each once, in order of path.
///
/// A file is taken as it is. A folder gives the files below it that have a readable format's extension: hidden ones, a
/// folder's own README and the like, and everything in `output` are left out. A name with `*`, `?`, `[` or `{` that is no file is
/// a pattern; `**` crosses folders.
///
/// Errors when a name leads nowhere.
pub fn find(names: &[String], output: Option<&Path>, any_extension: bool) -> Result<Vec<Found>, PlanError> {
    let output = output.and_then(|folder| folder.canonicalize().ok());
    let mut found = Vec::new();
    for name in names {
        let path = Path::new(name);
        let before = found.len();
        if path.is_dir() {
            walk(path, output.as_deref(), &mut |file| any_extension || is_article(file), &mut found)?;
        } else if path.exists() || !name.contains(['*', '?', '[', '{']) {
            found.push(named(path)?);
        } else {
            let pattern = GlobBuilder::new(name).literal_separator(true).build();
            let pattern = pattern.map_err(|error| PlanError::Pattern(name.clone(), error.to_string()))?;
            let matcher = pattern.compile_matcher();
            let is_match = &mut |file: &Path| matcher.is_match(file.strip_prefix("./").unwrap_or(file));
            walk(&literal_start(path), output.as_deref(), is_match, &mut found)?;
            if found.len() == before {
                return Err(PlanError::NoMatch(name.clone()));
            }
        }
    }
    found.sort_by(|left, right| left.path.cmp(&right.path));
    found.dedup_by(|left, right| left.path == right.path);
    Ok(found)
}

/// A folder and every folder below it, hidden ones left out.
pub fn folders(root: &Path) -> Vec<PathBuf> {
    let is_open = |entry: &DirEntry| entry.depth() == 0 || !entry.file_name().to_string_lossy().starts_with('.');
    let entries = WalkDir::new(root).into_iter().filter_entry(is_open).filter_map(Result::ok);
    entries.filter(|entry| entry.file_type().is_dir()).map(DirEntry::into_path).collect()
}

fn named(path: &Path) -> Result<Found, PlanError> {
    let unreadable = |error| PlanError::Unreadable(path.display().to_string(), error);
    let size = std::fs::metadata(path).map_err(unreadable)?.len();
    let relative = PathBuf::from(path.file_name().unwrap_or(path.as_os_str()));
    let is_link = std::fs::symlink_metadata(path).is_ok_and(|meta| meta.is_symlink());
    Ok(Found { path: path.to_owned(), relative, from_folder: false, size, is_link })
}

/// Add the files below `folder` that `wanted` accepts.
fn walk(
    folder: &Path,
    output: Option<&Path>,
    wanted: &mut dyn FnMut(&Path) -> bool,
    found: &mut Vec<Found>,
) -> Result<(), PlanError> {
    let is_open = |entry: &DirEntry| {
        let hidden = entry.depth() > 0 && entry.file_name().to_string_lossy().starts_with('.');
        let is_output = || entry.file_type().is_dir() && entry.path().canonicalize().ok().as_deref() == output;
        !(hidden || output.is_some() && is_output())
    };
    for entry in WalkDir::new(folder).sort_by_file_name().into_iter().filter_entry(is_open) {
        let unreadable = |error: walkdir::Error| PlanError::Unreadable(folder.display().to_string(), error.into());
        let entry = entry.map_err(unreadable)?;
        let is_file = entry.file_type().is_file() || entry.path_is_symlink() && entry.path().is_file();
        if is_file && wanted(entry.path()) {
            let relative = entry.path().strip_prefix(folder).unwrap_or(entry.path()).to_owned();
            let size = entry.path().metadata().map_or(0, |meta| meta.len());
            let is_link = entry.path_is_symlink();
            found.push(Found { path: entry.into_path(), relative, from_folder: true, size, is_link });
        }
    }
    Ok(())
}

/// Whether a file of a folder is meant to be converted: by its name, and JSON by its first bytes too.
fn is_article(path: &Path) -> bool {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let stem = name.split('.').next().unwrap_or_default().to_ascii_lowercase();
    if NOT_ARTICLES.contains(&stem.as_str()) {
        return false;
    }
    match Format::of_file_name(&name) {
        Some(Format::Json) => starts_like_a_document(path),
        // In a folder of articles a PDF is what was made of one.
        Some(Format::Pdf) => false,
        Some(format) => readers::reader(format).is_some(),
        None => false,
    }
}

fn starts_like_a_document(path: &Path) -> bool {
    use std::io::Read;
    let mut head = Vec::with_capacity(257);
    let read = std::fs::File::open(path).and_then(|file| file.take(256).read_to_end(&mut head));
    read.is_ok() && readers::reader(Format::Json).is_some_and(|reader| reader.recognizes(&head))
}

/// The folders of a pattern before its first special character: `a/b` of `a/b/**/*.md`, `.` when there are none.
fn literal_start(pattern: &Path) -> PathBuf {
    let is_literal = |part: &Component| !part.as_os_str().to_string_lossy().contains(['*', '?', '[', '{']);
    let start: PathBuf = pattern.components().take_while(is_literal).collect();
    if start.as_os_str().is_empty() { PathBuf::from(".") } else { start }
}
