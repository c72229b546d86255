//! A place in the output folder for unfinished files, so that what a killed run leaves is found and removed by the next.

use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};

/// A folder of this run alone, on the same file system as the results. A lock tells the living from the dead.
#[derive(Debug)]
pub struct Staging {
    folder: PathBuf,
    /// No other run was alive when this one began.
    alone: bool,
    _lock: File,
}

impl Staging {
    /// A new place below `own`, the folder that is banxin's in an output folder; places whose run has died are removed.
    pub fn begin(own: &Path) -> io::Result<Staging> {
        let runs = own.join("runs");
        std::fs::create_dir_all(&runs)?;
        let mut alone = true;
        for entry in std::fs::read_dir(&runs)?.flatten() {
            match File::open(entry.path().join("lock")) {
                // Another run may be removing it too; either is welcome to.
                Ok(lock) if lock.try_lock().is_ok() => drop(std::fs::remove_dir_all(entry.path())),
                Ok(_) => alone = false,
                Err(_) => {}
            }
        }
        // The lock is taken before the folder can be seen under `runs`.
        let folder = tempfile::Builder::new().prefix("run-").tempdir_in(own)?.keep();
        let lock = File::create(folder.join("lock"))?;
        lock.lock()?;
        let name = folder.file_name().unwrap_or_default();
        let place = runs.join(name);
        std::fs::rename(&folder, &place)?;
        Ok(Staging { folder: place, alone, _lock: lock })
    }

    /// Remove the place. What a file given up on still writes there is lost, as it should be.
    pub fn end(&self) {
        let _ = std::fs::remove_dir_all(&self.folder);
    }

    pub fn is_alone(&self) -> bool {
        self.alone
    }

    pub fn folder(&self) -> &Path {
        &self.folder
    }
}
