//! Files that are whole or not there: written under another name on the same file system, then renamed.

use std::io::{self, Write};
use std::path::{Component, Path};

use super::fingerprint::sum;
use super::outcome::MadeBeside;
use crate::writers::Artifact;

/// How the names of unfinished files begin that have no staging folder; `banxin clean` removes what a killed run left.
pub const UNFINISHED: &str = ".banxin-";

/// Whether a file is forced to the disk before it gets its name.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Durability {
    #[default]
    Usual,
    /// Survives a power cut, at the price of waiting for the disk.
    Synced,
}

/// How files are written.
#[derive(Clone, Copy, Debug, Default)]
pub struct Manner<'a> {
    pub durability: Durability,
    /// Where unfinished files stand; in the file's own folder when absent.
    pub staging: Option<&'a Path>,
}

/// Write an artifact: companions first, so that a main file that stands is complete. Gives the companions.
pub fn write_artifact(artifact: &Artifact, path: &Path, manner: Manner) -> io::Result<Vec<MadeBeside>> {
    let folder = path.parent().unwrap_or(Path::new(""));
    let mut companions = Vec::new();
    for companion in &artifact.companions {
        let relative = Path::new(&companion.path);
        if !relative.components().all(|part| matches!(part, Component::Normal(_))) {
            return Err(io::Error::other(format!("{} would lie outside the output folder", companion.path)));
        }
        let target = folder.join(relative);
        write_file(&target, &companion.bytes, manner)?;
        companions.push(MadeBeside { path: target.display().to_string(), sha256: sum(&companion.bytes) });
    }
    write_file(path, &artifact.bytes, manner)?;
    Ok(companions)
}

/// Write one file, with the folders it needs.
pub fn write_file(path: &Path, bytes: &[u8], manner: Manner) -> io::Result<()> {
    let folder = match path.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent,
        _ => Path::new("."),
    };
    std::fs::create_dir_all(folder)?;
    let place = manner.staging.unwrap_or(folder);
    let written = write_at(place, path, bytes, manner.durability);
    match written {
        // A part of the output folder may be another file system's.
        Err(error) if error.kind() == io::ErrorKind::CrossesDevices => write_at(folder, path, bytes, manner.durability),
        written => written,
    }
}

fn write_at(place: &Path, path: &Path, bytes: &[u8], durability: Durability) -> io::Result<()> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(UNFINISHED);
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    let mut unfinished = builder.tempfile_in(place)?;
    unfinished.write_all(bytes)?;
    if durability == Durability::Synced {
        unfinished.as_file().sync_all()?;
    }
    unfinished.persist(path).map_err(|error| error.error)?;
    Ok(())
}
