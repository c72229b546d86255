//! `banxin watch`: convert, then wait until a source, a picture, a face or the configuration changes, and convert again.
//!
//! A change of sources and their pictures makes only what depends on them, without looking at the others; any other change is
//! a run like the first, in which the folder's ledger knows what is still the same.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::Duration;

use notify::{Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher};

use super::args::ConvertArguments;
use super::messages::Tongue;
use super::request::Request;
use super::{Ending, Usage, convert, request};
use crate::batch::{self, Destination, Job, Orders, Outcome, Work};
use crate::config;

/// Editors write a file in several steps: changes that follow one another this closely are one.
const SETTLED: Duration = Duration::from_millis(10);

pub fn watch(arguments: &ConvertArguments, tongue: Tongue) -> Result<Ending, Usage> {
    let (sender, receiver) = channel();
    let watcher = notify::recommended_watcher(sender).map_err(Usage::from)?;
    let mut watching =
        Watching { watcher, arguments, tongue, folders: BTreeSet::new(), own: BTreeSet::new(), last: None };
    watching.whole()?;
    if !arguments.run.quiet {
        eprintln!("{}", tongue.watching());
    }
    // What cannot be begun now waits to be mended. An editor's save is several changes: it is said once.
    let mut wrong: Option<String> = None;
    loop {
        let changed = watching.await_change(&receiver)?;
        let again = match watching.affected(&changed) {
            Some(jobs) => watching.part(&jobs),
            None => watching.whole(),
        };
        let now = again.err().map(|usage| tongue.told(&usage.to_string()));
        if let Some(said) = now.as_ref().filter(|said| Some(*said) != wrong.as_ref()) {
            eprintln!("banxin: {said}");
        }
        wrong = now;
    }
}

struct Watching<'a> {
    watcher: RecommendedWatcher,
    arguments: &'a ConvertArguments,
    tongue: Tongue,
    /// Folders whose changes we are told of.
    folders: BTreeSet<PathBuf>,
    /// Files we write ourselves.
    own: BTreeSet<PathBuf>,
    /// The last run of all; none while there is something wrong with it.
    last: Option<Run>,
}

/// What a run was about.
struct Run {
    jobs: Vec<Job>,
    work: Work,
    orders: Orders,
    /// By each source and each file asked for beside one, the jobs that read it.
    readers: BTreeMap<PathBuf, BTreeSet<usize>>,
}

impl Run {
    fn note(&mut self, indices: &[usize], outcomes: &[Outcome]) {
        for (index, outcome) in indices.iter().zip(outcomes) {
            let read = self.jobs[*index].input.paths().iter().cloned().chain(outcome.beside.iter().cloned());
            for path in read {
                self.readers.entry(absolute(&path)).or_default().insert(*index);
            }
        }
    }
}

impl Watching<'_> {
    /// A run of all. Its folders are followed before it begins, so that no change is missed while it works.
    fn whole(&mut self) -> Result<(), Usage> {
        self.last = None;
        let request = request::to_convert(self.arguments)?;
        let configuration = self.arguments.set.config.clone().unwrap_or_else(|| PathBuf::from(config::FILE_NAME));
        let sources = request.jobs.iter().flat_map(|job| job.input.paths().to_vec()).chain([configuration]);
        sources.filter_map(|path| folder_of(&path)).try_for_each(|folder| self.follow(folder))?;
        // Folders that hold no source yet may get one.
        let below = request.roots.iter().flat_map(|root| batch::folders(Path::new(root)));
        below.chain(request.depends_on.clone()).try_for_each(|folder| self.follow(absolute(&folder)))?;

        let run = &self.arguments.run;
        let outputs = request.jobs.iter().flat_map(|job| &job.outputs).filter_map(|output| match &output.to {
            Destination::File(path) => Some(absolute(path)),
            Destination::StandardOutput | Destination::Nowhere => None,
        });
        let reports = run.json_report.iter().map(PathBuf::from).chain(run.junit.clone()).chain(run.sarif.clone());
        self.own = outputs.chain(reports.map(|path| absolute(&path))).collect();

        let (jobs, work, orders) = (request.jobs.clone(), request.work.clone(), request.orders);
        let mut last = Run { jobs, work, orders, readers: BTreeMap::new() };
        let outcomes = self.carry_out(request)?;
        last.note(&(0..outcomes.len()).collect::<Vec<_>>(), &outcomes);
        self.last = Some(last);
        Ok(())
    }

    /// A run of some jobs of the last one.
    fn part(&mut self, indices: &BTreeSet<usize>) -> Result<(), Usage> {
        let Some(mut last) = self.last.take() else { return self.whole() };
        let indices: Vec<usize> = indices.iter().copied().collect();
        let mut jobs: Vec<Job> = indices.iter().map(|index| last.jobs[*index].clone()).collect();
        for job in &mut jobs {
            let sizes = job.input.paths().iter().filter_map(|path| path.metadata().ok()).map(|meta| meta.len());
            job.size = sizes.sum();
        }
        let mut work = last.work.clone();
        let ledger = work.ledger.map(|ledger| ledger.reopened()).transpose();
        work.ledger = ledger.map_err(Usage::from)?.map(Arc::new);
        let request = Request { jobs, work, orders: last.orders, roots: Vec::new(), depends_on: Vec::new() };
        let outcomes = self.carry_out(request)?;
        last.note(&indices, &outcomes);
        self.last = Some(last);
        Ok(())
    }

    /// Do it, and follow what its sources asked for.
    fn carry_out(&mut self, request: Request) -> Result<Vec<Outcome>, Usage> {
        let outcomes = convert::carry_out(request, &self.arguments.run, self.tongue)?;
        let companions = outcomes.iter().flat_map(|outcome| &outcome.made).flat_map(|made| &made.companions);
        self.own.extend(companions.map(|one| absolute(Path::new(&one.path))));
        let beside = outcomes.iter().flat_map(|outcome| &outcome.beside);
        beside.filter_map(|path| folder_of(path)).try_for_each(|folder| self.follow(folder))?;
        Ok(outcomes)
    }

    /// The jobs a change is for, where it is for sources and their pictures alone and no report of all is wanted.
    fn affected(&self, changed: &BTreeSet<PathBuf>) -> Option<BTreeSet<usize>> {
        let last = self.last.as_ref()?;
        let run = &self.arguments.run;
        if run.json_report.is_some() || run.junit.is_some() || run.sarif.is_some() || run.fail_fast {
            return None;
        }
        let mut affected = BTreeSet::new();
        for path in changed {
            match last.readers.get(path) {
                Some(jobs) if path.is_file() => affected.extend(jobs),
                // An editor's own file, gone already.
                None if !path.exists() && path.extension().is_some() => {}
                _ => return None,
            }
        }
        Some(affected).filter(|affected| !affected.is_empty())
    }

    fn follow(&mut self, folder: PathBuf) -> Result<(), Usage> {
        if folder.is_dir() && !self.folders.contains(&folder) {
            self.watcher.watch(&folder, RecursiveMode::NonRecursive).map_err(Usage::from)?;
            self.folders.insert(folder);
        }
        Ok(())
    }

    /// Wait for a change that we did not make, and for the changes that come with it; gives what changed.
    fn await_change(&self, receiver: &Receiver<notify::Result<Event>>) -> Result<BTreeSet<PathBuf>, Usage> {
        let gone = || Usage("the system no longer tells of changes".to_owned());
        let mut changed = BTreeSet::new();
        loop {
            // Once there is something, only what comes with it is waited for.
            let next = match changed.is_empty() {
                true => receiver.recv().map_err(|_| RecvTimeoutError::Disconnected),
                false => receiver.recv_timeout(SETTLED),
            };
            match next {
                Ok(Ok(event)) if self.is_foreign(&event) => changed.extend(event.paths),
                Ok(_) => {}
                Err(RecvTimeoutError::Timeout) => return Ok(changed),
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

fn folder_of(path: &Path) -> Option<PathBuf> {
    absolute(path).parent().map(Path::to_owned)
}

fn absolute(path: &Path) -> PathBuf {
    std::path::absolute(path).unwrap_or_else(|_| path.to_owned())
}
