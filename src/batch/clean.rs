//! Takes back what earlier runs made in an output folder.

use std::io;
use std::path::Path;

use walkdir::WalkDir;

use super::atomic::UNFINISHED;
use super::ledger::{self, OWN_FOLDER};

/// What was taken back.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Cleaned {
    pub removed: usize,
    /// Results that someone changed since; they are left alone.
    pub kept: usize,
}

/// Remove every result the folder's ledger knows and nobody changed since, what killed runs left, the ledger itself, and
/// folders that are empty then. Files that no run made are left alone.
pub fn clean(folder: &Path) -> io::Result<Cleaned> {
    let mut cleaned = Cleaned::default();
    for result in ledger::results(folder) {
        let stands = result.stands();
        let companions = result.made.companions.iter().map(|one| one.path.as_str());
        for path in result.made.path.as_deref().into_iter().chain(companions) {
            match (Path::new(path).is_file(), stands) {
                (true, true) => {
                    std::fs::remove_file(path)?;
                    cleaned.removed += 1;
                }
                (true, false) => cleaned.kept += 1,
                (false, _) => {}
            }
        }
    }
    let own = folder.join(OWN_FOLDER);
    if own.is_dir() {
        std::fs::remove_dir_all(own)?;
    }
    for entry in WalkDir::new(folder).contents_first(true).min_depth(1).into_iter().filter_map(Result::ok) {
        let unfinished = entry.file_name().to_string_lossy().starts_with(UNFINISHED);
        if entry.file_type().is_file() && unfinished {
            std::fs::remove_file(entry.path())?;
            cleaned.removed += 1;
        } else if entry.file_type().is_dir() {
            // Fails where something is left in it, as it should.
            let _ = std::fs::remove_dir(entry.path());
        }
    }
    Ok(cleaned)
}
