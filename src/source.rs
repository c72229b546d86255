//! A source: named bytes, and a guarded way to open files beside them.
//!
//! This is the pipeline's only door to the file system. Nothing outside the source's own folder is opened, whatever a
//! document asks for, and nothing larger than the limit.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fs::{File, Metadata};
use std::io::Read;
use std::path::{Component, Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use percent_encoding::percent_decode_str;
use serde::{Deserialize, Serialize};

/// Named bytes.
#[derive(Clone, Debug)]
pub struct Source {
    name: String,
    bytes: Vec<u8>,
    root: Option<PathBuf>,
    stamp: Option<Stamp>,
    asked_for: Arc<Mutex<BTreeMap<String, Option<Stamp>>>>,
}

/// Size and time of last change of a file, as they were when it was opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stamp {
    pub size: u64,
    /// Nanoseconds since 1970-01-01 UTC; 0 where the file system does not say.
    pub changed: u64,
}

impl Stamp {
    pub fn of(meta: &Metadata) -> Stamp {
        let since_1970 = meta.modified().ok().and_then(|time| time.duration_since(std::time::UNIX_EPOCH).ok());
        let changed = since_1970.map_or(0, |duration| u64::try_from(duration.as_nanos()).unwrap_or(u64::MAX));
        Stamp { size: meta.len(), changed }
    }
}

/// Why a file beside the source was not opened.
#[derive(Debug, thiserror::Error)]
pub enum BesideError {
    #[error("{0} lies outside the source's folder and is not opened")]
    Outside(String),
    #[error("{0} is not there")]
    Missing(String),
    #[error("{name} is larger than {limit} bytes; raise --limit-bytes to allow it")]
    TooLarge { name: String, limit: u64 },
    #[error("{name}: {error}")]
    Unreadable { name: String, error: std::io::Error },
    #[error("{0}: the source has no folder (it came from standard input or memory)")]
    NoFolder(String),
}

impl Source {
    /// Bytes without a folder: nothing beside them can be opened.
    pub fn from_bytes(name: impl Into<String>, bytes: Vec<u8>) -> Source {
        Source { name: name.into(), bytes, root: None, stamp: None, asked_for: Arc::default() }
    }

    /// A file; relative names in it are looked up in its own folder.
    ///
    /// Errors when it cannot be read or is larger than `limit` bytes.
    pub fn open(path: &Path, limit: u64) -> Result<Source, BesideError> {
        let name = path.display().to_string();
        let (bytes, stamp) = read_limited(path, &name, limit)?;
        let root = match path.parent() {
            Some(parent) if !parent.as_os_str().is_empty() => parent.to_owned(),
            _ => PathBuf::from("."),
        };
        Ok(Source { name, bytes, root: Some(root), stamp: Some(stamp), asked_for: Arc::default() })
    }

    /// The same bytes with a folder beside them.
    pub fn in_folder(mut self, folder: PathBuf) -> Source {
        self.root = Some(folder);
        self
    }

    /// As given by the user; only for messages and format detection.
    pub fn name(&self) -> &str {
        &self.name
    }

    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// As the file was when it was opened; `None` for bytes that came from elsewhere.
    pub fn stamp(&self) -> Option<Stamp> {
        self.stamp
    }

    /// Every name that [`Source::beside`] was asked for so far, with the file's stamp where it was given out.
    pub fn asked_for(&self) -> BTreeMap<String, Option<Stamp>> {
        self.asked_for.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// The bytes of a file named relative to the source's folder.
    ///
    /// Errors for absolute names, names that climb out (`..`, symbolic links), missing and oversized files.
    pub fn beside(&self, name: &str, limit: u64) -> Result<Vec<u8>, BesideError> {
        let opened = self.open_beside(name, limit);
        let stamp = opened.as_ref().ok().map(|(_, stamp)| *stamp);
        self.asked_for.lock().unwrap_or_else(PoisonError::into_inner).insert(name.to_owned(), stamp);
        opened.map(|(bytes, _)| bytes)
    }

    fn open_beside(&self, name: &str, limit: u64) -> Result<(Vec<u8>, Stamp), BesideError> {
        let root = self.root.as_ref().ok_or_else(|| BesideError::NoFolder(name.to_owned()))?;
        let relative = Path::new(name);
        let stays_inside = relative.components().all(|part| matches!(part, Component::Normal(_) | Component::CurDir));
        if !stays_inside {
            return Err(BesideError::Outside(name.to_owned()));
        }
        let path = root.join(relative);
        let real = path.canonicalize().map_err(|_| BesideError::Missing(name.to_owned()))?;
        let real_root = root.canonicalize().map_err(|_| BesideError::Missing(name.to_owned()))?;
        if !real.starts_with(&real_root) {
            return Err(BesideError::Outside(name.to_owned()));
        }
        read_limited(&real, name, limit)
    }
}

fn read_limited(path: &Path, name: &str, limit: u64) -> Result<(Vec<u8>, Stamp), BesideError> {
    let failed = |error: std::io::Error| match error.kind() {
        std::io::ErrorKind::NotFound => BesideError::Missing(name.to_owned()),
        std::io::ErrorKind::FileTooLarge => BesideError::TooLarge { name: name.to_owned(), limit },
        _ => BesideError::Unreadable { name: name.to_owned(), error },
    };
    let (bytes, meta) = read_regular(path, limit).map_err(failed)?;
    Ok((bytes, Stamp::of(&meta)))
}

/// The bytes of a regular file. Devices and pipes are refused: they may never end.
///
/// Errors with [`std::io::ErrorKind::FileTooLarge`] when it has more than `limit` bytes.
pub fn read_regular(path: &Path, limit: u64) -> std::io::Result<(Vec<u8>, Metadata)> {
    let meta = std::fs::metadata(path)?;
    if !meta.is_file() {
        return Err(std::io::Error::other("not a regular file"));
    }
    let mut bytes = Vec::with_capacity(meta.len().min(limit) as usize);
    File::open(path)?.take(limit.saturating_add(1)).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > limit {
        let message = format!("larger than {limit} bytes");
        return Err(std::io::Error::new(std::io::ErrorKind::FileTooLarge, message));
    }
    Ok((bytes, meta))
}

/// [`read_regular`] for a file of words.
pub fn read_words(path: &Path, limit: u64) -> std::io::Result<String> {
    let (bytes, _) = read_regular(path, limit)?;
    String::from_utf8(bytes).map_err(|error| std::io::Error::new(std::io::ErrorKind::InvalidData, error.utf8_error()))
}

/// Whether an address is relative to where it stands (RFC 3986 §4.2): no scheme, no host, no anchor alone.
pub fn may_be_file(address: &str) -> bool {
    let first = address.split('/').next().unwrap_or_default();
    !first.contains(':') && !address.starts_with(['#', '?', '/', '\\']) && !address.trim().is_empty()
}

/// A path from the root on without `.` and `..`; links of the file system are not followed.
pub fn whole(path: &Path) -> Option<PathBuf> {
    let mut whole = PathBuf::new();
    for component in std::path::absolute(path).ok()?.components() {
        match component {
            Component::ParentDir => drop(whole.pop()),
            Component::CurDir => {}
            other => whole.push(other),
        }
    }
    Some(whole)
}

/// The files a relative address in a source may mean, by their whole paths: with its percent-encoding undone, and to the
/// letter.
pub fn files_meant(address: &str, source: &Path) -> impl Iterator<Item = PathBuf> {
    let name = address.split(['#', '?']).next().filter(|_| may_be_file(address));
    let decoded = name.and_then(|name| percent_decode_str(name).decode_utf8().ok());
    let folder = source.parent();
    [decoded, name.map(Cow::Borrowed)].into_iter().flatten().filter_map(move |name| whole(&folder?.join(&*name)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_relative_addresses_may_be_files() {
        assert!(["b.md", "../b.md#c", "甲/乙.txt", "b%20c.md"].into_iter().all(may_be_file));
        let others = ["#c", "https://example.org/b.md", "mailto:a@b", "/b.md", "//example.org/b.md", "C:\\b.md", " "];
        assert!(!others.into_iter().any(may_be_file));
    }
}
