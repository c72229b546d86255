//! `banxin watch`: convert, then wait until a source, a picture, a face or the configuration changes, and convert again.
//!
//! The folder's ledger knows what is still the same, so that a change makes only what depends on it.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::Duration;

use notify::{Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher};

use super::args::ConvertArguments;
use super::messages::Tongue;
use super::{Ending, Usage, convert, request};
use crate::batch::{self, Destination, Input, Job};
use crate::config;

/// Editors write a file in several steps: changes that follow one another this closely are one.
const SETTLED: Duration = Duration::from_millis(20);

pub fn watch(arguments: &ConvertArguments, tongue: Tongue) -> Result<Ending, Usage> {
    let (sender, receiver) = channel();
    let watcher = notify::recommended_watcher(sender).map_err(Usage::from)?;
    let mut watching = Watching { watcher, folders: BTreeSet::new(), own: BTreeSet::new() };
    watching.once(arguments, tongue)?;
    if !arguments.run.quiet {
        eprintln!("{}", tongue.watching());
    }
    loop {
        watching.await_change(&receiver)?;
        // What cannot be begun now waits to be mended.
        if let Err(usage) = watching.once(arguments, tongue) {
            eprintln!("banxin: {}", tongue.told(&usage.to_string()));
        }
    }
}

struct Watching {
    watcher: RecommendedWatcher,
    /// Folders whose changes we are told of.
    folders: BTreeSet<PathBuf>,
    /// Files we write ourselves.
    own: BTreeSet<PathBuf>,
}

impl Watching {
    /// One run. Its folders are followed before it begins, so that no change is missed while it works.
    fn once(&mut self, arguments: &ConvertArguments, tongue: Tongue) -> Result<(), Usage> {
        let request = request::to_convert(arguments)?;
        let configuration = arguments.set.config.clone().unwrap_or_else(|| PathBuf::from(config::FILE_NAME));
        let sources = request.jobs.iter().filter_map(source).chain([configuration]);
        sources.filter_map(|path| folder_of(&path)).try_for_each(|folder| self.follow(folder))?;
        // Folders that hold no source yet may get one.
        let below = request.roots.iter().flat_map(|root| batch::folders(Path::new(root)));
        below.chain(request.depends_on.clone()).try_for_each(|folder| self.follow(absolute(&folder)))?;

        let run = &arguments.run;
        let outputs = request.jobs.iter().flat_map(|job| &job.outputs).filter_map(|output| match &output.to {
            Destination::File(path) => Some(absolute(path)),
            Destination::StandardOutput | Destination::Nowhere => None,
        });
        let reports = run.json_report.iter().map(PathBuf::from).chain(run.junit.clone()).chain(run.sarif.clone());
        self.own = outputs.chain(reports.map(|path| absolute(&path))).collect();

        let outcomes = convert::carry_out(request, run, tongue)?;
        let companions = outcomes.iter().flat_map(|outcome| &outcome.made).flat_map(|made| &made.companions);
        self.own.extend(companions.map(|one| absolute(Path::new(&one.path))));
        let beside = outcomes.iter().flat_map(|outcome| &outcome.beside);
        beside.filter_map(|path| folder_of(path)).try_for_each(|folder| self.follow(folder))
    }

    fn follow(&mut self, folder: PathBuf) -> Result<(), Usage> {
        if folder.is_dir() && !self.folders.contains(&folder) {
            self.watcher.watch(&folder, RecursiveMode::NonRecursive).map_err(Usage::from)?;
            self.folders.insert(folder);
        }
        Ok(())
    }

    /// Wait for a change that we did not make, and for the changes that come with it.
    fn await_change(&self, receiver: &Receiver<notify::Result<Event>>) -> Result<(), Usage> {
        let gone = || Usage("the system no longer tells of changes".to_owned());
        loop {
            let event = receiver.recv().map_err(|_| gone())?;
            if event.is_ok_and(|event| self.is_foreign(&event)) {
                break;
            }
        }
        loop {
            match receiver.recv_timeout(SETTLED) {
                Ok(_) => {}
                Err(RecvTimeoutError::Timeout) => return Ok(()),
                Err(RecvTimeoutError::Disconnected) => return Err(gone()),
            }
        }
    }

    fn is_foreign(&self, event: &Event) -> bool {
        let is_ours = |path: &PathBuf| {
            let hidden = path.file_name().is_some_and(|name| name.to_string_lossy().starts_with('.'));
            hidden || self.own.contains(path)
        };
        !matches!(event.kind, EventKind::Access(_)) && !event.paths.iter().all(is_ours)
    }
}

fn source(job: &Job) -> Option<PathBuf> {
    match &job.input {
        Input::File(path) => Some(path.clone()),
        Input::Memory { .. } => None,
    }
}

fn folder_of(path: &Path) -> Option<PathBuf> {
    absolute(path).parent().map(Path::to_owned)
}

fn absolute(path: &Path) -> PathBuf {
    std::path::absolute(path).unwrap_or_else(|_| path.to_owned())
}
