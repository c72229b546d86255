//! What tells whether something is still the same.

use std::path::Path;

use sha2::{Digest, Sha256};

use super::plan::Job;
use super::work::{Work, lists_pages};
use crate::config::NamedFormat;
use crate::font::Role;
use crate::format::Format;
use crate::source::Stamp;

/// SHA-256 in hexadecimal.
pub fn sum(bytes: &[u8]) -> String {
    let digest = Sha256::digest(bytes);
    digest
        .iter()
        .flat_map(|byte| [byte >> 4, byte & 15])
        .map(|digit| char::from(b"0123456789abcdef"[usize::from(digit)]))
        .collect()
}

/// Sum of a file's bytes with its stamp before and after reading, which must be the same.
pub fn sum_of_file(path: &Path) -> Option<(String, Stamp)> {
    let before = stamp(path)?;
    let sum = sum(&std::fs::read(path).ok()?);
    (stamp(path)? == before).then_some((sum, before))
}

pub fn stamp(path: &Path) -> Option<Stamp> {
    std::fs::metadata(path).ok().map(|meta| Stamp::of(&meta))
}

/// Everything beside the sources that a run's results depend on: this build, the options, the edition, the user's faces.
pub fn of_run(work: &Work) -> String {
    let mut told = format!(
        "{} {:?} {:?} {:?} {:?} {} {:?}",
        env!("BANXIN_BUILD"),
        work.from,
        work.read,
        work.write,
        work.edition.theme,
        work.edition.timestamp,
        work.filters
    );
    for (_, face) in work.edition.fonts.faces().filter(|(_, face)| face.role == Role::User) {
        told.push_str(&format!(" {}#{}", sum((**face.data()).as_ref()), face.index()));
    }
    sum(told.as_bytes())
}

/// The part of a fingerprint that a target's own name adds, and for an EPUB whether it lists the pages of a PDF beside it.
pub fn of_target(run: &str, target: NamedFormat, job: &Job) -> String {
    let paged = if target.format == Format::Epub && lists_pages(job) { " paged" } else { "" };
    format!("{run} {} {:?}{paged}", target.format.name(), target.flavour)
}
