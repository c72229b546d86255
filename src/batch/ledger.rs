//! What earlier runs made of what, kept in the output folder, so that nothing is done twice.
//!
//! `.banxin/ledger.jsonl` has a line for each source and only ever grows at its end while runs go on: two runs at once do not
//! disturb each other, and a killed run leaves at worst a last line that is skipped. A later line wins over an earlier one.
//! Size and time of change are asked first; where they differ, the bytes decide.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::{File, OpenOptions};
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use super::atomic::{Manner, write_file};
use super::cross_reference::CrossReferences;
use super::fingerprint::{of_target, stamp, sum_of_file};
use super::outcome::{Made, Outcome, Reported, Status};
use super::plan::{Destination, Input, Job};
use super::staging::Staging;
use crate::document::Language;
use crate::format::Format;
use crate::source::Stamp;

/// Folder in the output folder that is banxin's own.
pub const OWN_FOLDER: &str = ".banxin";

/// A file that changed this shortly before it was used may have changed again within the clock's tick: its bytes decide.
const TICK: u64 = 20_000_000;

#[derive(Debug)]
pub struct Ledger {
    path: PathBuf,
    entries: BTreeMap<String, Entry>,
    file: Mutex<File>,
    staging: Staging,
    /// Fingerprint of the run at hand.
    run: String,
}

/// What was made of one source.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Entry {
    source: String,
    seen: Seen,
    /// What was read beside the source, by its name there.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    beside: BTreeMap<String, Seen>,
    /// What was asked for beside the source and not given out, and whether it stood there all the same.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    refused: BTreeMap<String, Option<Stamp>>,
    /// Links that may lead to other sources, and where they lead in each result.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    links: BTreeMap<String, Vec<Option<String>>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    read_as: Option<Format>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    title: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    language: Option<Language>,
    pub results: Vec<Result>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    diagnostics: Vec<Reported>,
}

/// A file's stamp and sum.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Seen {
    #[serde(flatten)]
    stamp: Stamp,
    sha256: String,
}

/// One result and what it was made with.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Result {
    target: String,
    pub made: Made,
    stamp: Stamp,
    /// Of each companion, in order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    companions: Vec<Stamp>,
}

impl Ledger {
    /// The ledger of an output folder, which is made if it is not there. With `forget`, earlier lines are not looked at.
    ///
    /// A ledger of many old lines is written anew, without sources that are gone with all that was made of them; not while
    /// another run adds to it.
    pub fn open(folder: &Path, run: String, forget: bool) -> io::Result<Ledger> {
        let own = folder.join(OWN_FOLDER);
        std::fs::create_dir_all(&own)?;
        let path = own.join("ledger.jsonl");
        let staging = Staging::begin(&own)?;
        let (lines, mut entries) = if forget { (0, BTreeMap::new()) } else { read(&path) };
        if lines > 2 * entries.len() + 100 && staging.is_alone() {
            entries.retain(|_, entry| !entry.is_gone(folder));
            let whole: String = entries.values().map(line).collect();
            write_file(&path, whole.as_bytes(), Manner::default())?;
        }
        Ledger::over(path, entries, staging, run)
    }

    /// The same ledger for another run of the same options, whose sources are known to have changed: what earlier runs
    /// made of them is not looked at.
    pub fn reopened(&self) -> io::Result<Ledger> {
        let own = self.path.parent().unwrap_or(Path::new(""));
        Ledger::over(self.path.clone(), BTreeMap::new(), Staging::begin(own)?, self.run.clone())
    }

    fn over(path: PathBuf, entries: BTreeMap<String, Entry>, staging: Staging, run: String) -> io::Result<Ledger> {
        let mut file = OpenOptions::new().create(true).append(true).read(true).open(&path)?;
        // A killed run may have left half a line: the next must not be glued to it.
        let mut last = [b'\n'];
        if file.seek(SeekFrom::End(-1)).is_ok() {
            file.read_exact(&mut last)?;
        }
        if last != [b'\n'] {
            file.write_all(b"\n")?;
        }
        Ok(Ledger { path, entries, file: Mutex::new(file), staging, run })
    }

    /// Where unfinished files of the folder stand.
    pub fn staging(&self) -> &Path {
        self.staging.folder()
    }

    /// The run is over.
    pub fn close(&self) {
        self.staging.end();
    }

    /// The outcome of a job of which everything stands already as it would be made again.
    pub fn unchanged(&self, job: &Job, references: &CrossReferences) -> Option<Outcome> {
        let Input::File(path) = &job.input else { return None };
        let entry = self.entries.get(&job.input.name())?;
        let mut outcome = Outcome::of(job.input.name(), job.size);
        let mut oldest = u64::MAX;
        for output in &job.outputs {
            let Destination::File(to) = &output.to else { return None };
            let target = of_target(&self.run, output.format, job);
            let name = to.display().to_string();
            let result =
                entry.results.iter().find(|one| one.target == target && one.made.path.as_ref() == Some(&name))?;
            if !result.stands() {
                return None;
            }
            oldest = oldest.min(result.stamp.changed);
            outcome.made.push(result.made.clone());
        }
        let folder = path.parent().unwrap_or(Path::new(""));
        let same = entry.seen.is_same(path, oldest)
            && entry.beside.iter().all(|(name, seen)| seen.is_same(&folder.join(name), oldest))
            && entry.refused.iter().all(|(name, then)| stamp(&folder.join(name)) == *then)
            && entry.links.iter().all(|(link, then)| addresses(link, job, path, references) == *then);
        if !same {
            return None;
        }
        outcome.status = Status::Unchanged;
        outcome.beside = entry.beside.keys().chain(entry.refused.keys()).map(|name| folder.join(name)).collect();
        outcome.read_as = entry.read_as;
        outcome.title.clone_from(&entry.title);
        outcome.language.clone_from(&entry.language);
        let asked = |reported: &&Reported| {
            reported.writing.is_none_or(|format| job.outputs.iter().any(|output| output.format.format == format))
        };
        outcome.diagnostics = entry.diagnostics.iter().filter(asked).cloned().collect();
        Some(outcome)
    }

    /// Remember what was made. What changed while it was worked on is not remembered, and so made anew next time.
    pub fn remember(
        &self,
        job: &Job,
        outcome: &Outcome,
        opened: &Opened,
        references: &CrossReferences,
    ) -> io::Result<()> {
        let Some(mut entry) = self.entry(job, outcome, opened, references) else { return Ok(()) };
        if let Some(earlier) = self.entries.get(&entry.source)
            && earlier.seen.sha256 == entry.seen.sha256
        {
            let other = |result: &&Result| entry.results.iter().all(|one| one.made.path != result.made.path);
            let kept: Vec<Result> = earlier.results.iter().filter(other).cloned().collect();
            entry.results.extend(kept);
        }
        self.file.lock().unwrap_or_else(PoisonError::into_inner).write_all(line(&entry).as_bytes())
    }

    fn entry(&self, job: &Job, outcome: &Outcome, opened: &Opened, references: &CrossReferences) -> Option<Entry> {
        let Input::File(path) = &job.input else { return None };
        let folder = path.parent().unwrap_or(Path::new(""));
        let seen = Seen::of(path, opened.source?)?;
        let (mut beside, mut refused) = (BTreeMap::new(), BTreeMap::new());
        for (name, given_out) in &opened.beside {
            let path = folder.join(name);
            match given_out {
                Some(when_read) => drop(beside.insert(name.clone(), Seen::of(&path, *when_read)?)),
                None => drop(refused.insert(name.clone(), stamp(&path))),
            }
        }
        let mut results = Vec::new();
        for output in &job.outputs {
            let Destination::File(to) = &output.to else { return None };
            let name = to.display().to_string();
            let made = outcome.made.iter().find(|made| made.path.as_ref() == Some(&name))?.clone();
            let companions: Option<Vec<Stamp>> =
                made.companions.iter().map(|one| stamp(Path::new(&one.path))).collect();
            results.push(Result {
                target: of_target(&self.run, output.format, job),
                made,
                stamp: stamp(to)?,
                companions: companions?,
            });
        }
        Some(Entry {
            source: job.input.name(),
            seen,
            beside,
            refused,
            links: opened.links.iter().map(|link| (link.clone(), addresses(link, job, path, references))).collect(),
            read_as: outcome.read_as,
            title: outcome.title.clone(),
            language: outcome.language.clone(),
            results,
            diagnostics: outcome.diagnostics.clone(),
        })
    }
}

/// What a job opened, as it was then.
#[derive(Clone, Debug, Default)]
pub struct Opened {
    pub source: Option<Stamp>,
    pub beside: BTreeMap<String, Option<Stamp>>,
    /// Links of the source that may lead to other sources.
    pub links: BTreeSet<String>,
}

/// Where a link leads in each result of a job.
fn addresses(link: &str, job: &Job, source: &Path, references: &CrossReferences) -> Vec<Option<String>> {
    job.outputs.iter().map(|output| references.address(link, source, output)).collect()
}

impl Entry {
    /// Whether the source and everything made of it are no longer there. Names are looked up from the current folder:
    /// an entry whose results are not named as below `folder` comes from a run elsewhere, and stays.
    fn is_gone(&self, folder: &Path) -> bool {
        let is_ours_and_gone = |result: &Result| {
            let path = Path::new(result.made.path.as_deref().unwrap_or_default());
            path.starts_with(folder) && !path.exists()
        };
        !Path::new(&self.source).exists() && self.results.iter().all(is_ours_and_gone)
    }
}

impl Seen {
    /// The file at `path` if it is still as it was when it was read.
    fn of(path: &Path, when_read: Stamp) -> Option<Seen> {
        let (sha256, stamp) = sum_of_file(path)?;
        (stamp == when_read).then_some(Seen { stamp, sha256 })
    }

    fn is_same(&self, path: &Path, used: u64) -> bool {
        let long_before = self.stamp.changed.saturating_add(TICK) < used;
        match stamp(path) {
            Some(stamp) if stamp == self.stamp && long_before => true,
            Some(stamp) if stamp.size == self.stamp.size => {
                sum_of_file(path).is_some_and(|(sha256, _)| sha256 == self.sha256)
            }
            _ => false,
        }
    }
}

impl Result {
    /// Whether it and its companions are still as they were made.
    pub fn stands(&self) -> bool {
        let same = |path: &str, then: Stamp, sha256: &str| match stamp(Path::new(path)) {
            Some(now) if now == then => true,
            Some(now) if now.size == then.size => sum_of_file(Path::new(path)).is_some_and(|(sum, _)| sum == sha256),
            _ => false,
        };
        let path = self.made.path.as_deref().unwrap_or_default();
        let companions = self.made.companions.iter().zip(&self.companions);
        same(path, self.stamp, &self.made.sha256)
            && companions.into_iter().all(|(one, then)| same(&one.path, *then, &one.sha256))
    }
}

/// How many lines there are, and the last entry of each source.
fn read(path: &Path) -> (usize, BTreeMap<String, Entry>) {
    let bytes = std::fs::read(path).unwrap_or_default();
    let lines: Vec<&[u8]> = bytes.split(|byte| *byte == b'\n').filter(|line| !line.is_empty()).collect();
    let read: Vec<Option<Entry>> = lines.par_iter().map(|line| serde_json::from_slice(line).ok()).collect();
    // Of several lines for one source the last one stays.
    (lines.len(), read.into_iter().flatten().map(|entry| (entry.source.clone(), entry)).collect())
}

fn line(entry: &Entry) -> String {
    serde_json::to_string(entry).expect("an entry has only strings for keys") + "\n"
}

/// Every result an output folder's ledger knows.
pub fn results(folder: &Path) -> Vec<Result> {
    let (_, entries) = read(&folder.join(OWN_FOLDER).join("ledger.jsonl"));
    entries.into_values().flat_map(|entry| entry.results).collect()
}
