//! One job: read once, write many.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::io::Write;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Instant;

use rayon::prelude::*;

use super::atomic::{Durability, Manner, write_artifact};
use super::book;
use super::cross_reference::{CrossReferences, links};
use super::explain::explain;
use super::filter::{Filter, filtered};
use super::fingerprint::sum;
use super::ledger::{Ledger, Opened};
use super::memory::{forget_peak, peak_memory};
use super::outcome::{Failure, Made, Outcome, Reported, Status};
use super::panics::caught;
use super::plan::{Destination, Input, Job, Output};
use crate::convert;
use crate::diagnostics::{Diagnostics, Place};
use crate::document::{Document, count_nodes};
use crate::edition::Edition;
use crate::error::Error;
use crate::format::Format;
use crate::options::{PageStart, ReadOptions, SourceFile, StopSign, WriteOptions};
use crate::readers::{self, ReadError};
use crate::source::Source;
use crate::writers::{Artifact, WriteError};

/// What all jobs of a run share.
#[derive(Clone, Debug)]
pub struct Work {
    /// The format of every source; found out for each when absent.
    pub from: Option<Format>,
    pub read: ReadOptions,
    pub write: WriteOptions,
    pub edition: Edition,
    pub durability: Durability,
    /// Programs that change each document on its way to each target, in order.
    pub filters: Vec<Filter>,
    /// Say how each source was understood.
    pub explain: bool,
    /// Where links from article to article lead.
    pub references: Arc<CrossReferences>,
    /// What earlier runs made, where results have a folder of their own.
    pub ledger: Option<Arc<Ledger>>,
}

impl Work {
    fn manner(&self) -> Manner<'_> {
        Manner { durability: self.durability, staging: self.ledger.as_ref().map(|ledger| ledger.staging()) }
    }
}

/// Shared by a job and who waits for it.
#[derive(Clone, Debug, Default)]
pub struct Patience {
    /// Up when the time is over: the job ends as soon as it notices.
    pub stop: StopSign,
    /// Set by the first of the two to be done with it: after who waits, nothing is written any more.
    pub over: Arc<AtomicBool>,
}

/// A document of more nodes is written to one format after the other.
const LARGE: usize = 20_000;

/// So is one with more bytes of pictures.
const LARGE_PICTURES: usize = 16 << 20;

/// Diagnostics of one file listed in its outcome.
const LISTED: usize = 1000;

/// The outcome of a job of which everything stands already.
pub fn standing(job: &Job, work: &Work) -> Option<Outcome> {
    let begun = Instant::now();
    // What a filter does may change from run to run.
    let may_stand = !work.explain && work.filters.is_empty();
    let outcome = work.ledger.as_ref().filter(|_| may_stand)?.unchanged(job, &work.references)?;
    Some(Outcome { elapsed: begun.elapsed(), ..outcome })
}

/// Do one job, for as long as someone waits for it; `alone` when no other is at work.
pub fn do_job(job: &Job, work: &Work, patience: &Patience, alone: bool) -> Outcome {
    let begun = Instant::now();
    let is_own = alone && forget_peak();
    let mut outcome = do_anew(job, work, patience);
    outcome.elapsed = begun.elapsed();
    let peak = if is_own { &mut outcome.peak_memory_bytes } else { &mut outcome.process_peak_memory_bytes };
    *peak = peak_memory();
    outcome
}

fn do_anew(job: &Job, work: &Work, patience: &Patience) -> Outcome {
    let mut outcome = Outcome::of(job.input.name(), job.size);
    let (document, opened, carried) = match caught(|| read(&job.input, work, patience, &mut outcome)) {
        Ok(Ok(read)) => read,
        Ok(Err(failure)) => {
            outcome.fail(failure);
            return outcome;
        }
        Err(panic) => {
            outcome.fail(panicked(None, panic));
            return outcome;
        }
    };
    let mut own = work.clone();
    own.write.pdf.source = carried;
    let work = &own;
    let pictures: usize = document.resources.values().map(|resource| resource.data.len()).sum();
    let is_large = count_nodes(&document.blocks) > LARGE || pictures > LARGE_PICTURES;
    // An EPUB waits for the PDF of the same run, whose pages it lists.
    let waits = |output: &&Output| output.format.format == Format::Epub && lists_pages(job);
    let write_all = |wait: bool, pages: &[PageStart]| -> Vec<_> {
        let outputs: Vec<_> = job.outputs.iter().enumerate().filter(|(_, output)| waits(output) == wait).collect();
        let write_one =
            |output: &Output| caught(|| write(&document, output, &job.input, work, patience, pages, lists_pages(job)));
        let write_one = |(index, output): (usize, &Output)| (index, write_one(output));
        // Side by side, unless the document is so large that its memory would add up.
        match is_large {
            true => outputs.into_iter().map(write_one).collect(),
            false => outputs.into_par_iter().map(write_one).collect(),
        }
    };
    let mut written = write_all(false, &[]);
    let pages = written.iter_mut().find_map(|(_, one)| match one {
        Ok(Ok((_, pages, _))) if !pages.is_empty() => Some(std::mem::take(pages)),
        _ => None,
    });
    written.append(&mut write_all(true, &pages.unwrap_or_default()));
    written.sort_by_key(|(index, _)| *index);
    for (index, written) in written {
        note(&mut outcome, &job.outputs[index], written);
    }
    let nowhere = job.outputs.iter().all(|output| output.to == Destination::Nowhere);
    match outcome.status {
        Status::Made if nowhere => outcome.status = Status::Checked,
        Status::Made => {
            // A result that is not remembered is made again next time, and no worse.
            let _ = work.ledger.as_ref().map(|ledger| ledger.remember(job, &outcome, &opened, &work.references));
        }
        _ => {}
    }
    outcome
}

/// Whether a job makes an EPUB beside a PDF: then the one lists the pages of the other.
pub(super) fn lists_pages(job: &Job) -> bool {
    let has = |format: Format| job.outputs.iter().any(|output| output.format.format == format);
    has(Format::Pdf) && has(Format::Epub)
}

fn read(
    input: &Input,
    work: &Work,
    patience: &Patience,
    outcome: &mut Outcome,
) -> Result<(Document, Opened, Option<SourceFile>), Failure> {
    let mut options = work.read.clone();
    options.limits.stop = patience.stop.clone();
    let of_source = |error| failure(None, error);
    let source = match input {
        Input::File(path) => Source::open(path, work.read.limits.bytes).map_err(|error| of_source(error.into()))?,
        Input::Memory { name, bytes } => Source::from_bytes(name.clone(), bytes.clone()),
        Input::Book { title, paths } => {
            return book::read(title, paths, work, patience, outcome).map(|book| (book, Opened::default(), None));
        }
    };
    let format = work.from.unwrap_or_else(|| readers::detect(&source));
    outcome.read_as = Some(format);
    let (document, diagnostics) = convert::read(&source, Some(format), &options).map_err(of_source)?;
    outcome.title = document.title();
    outcome.language.clone_from(&document.metadata.language);
    if let Input::File(path) = input {
        let folder = path.parent().unwrap_or(Path::new(""));
        outcome.beside = source.asked_for().keys().map(|name| folder.join(name)).collect();
    }
    if work.explain {
        outcome.explanation = explain(&document);
        if format == Format::Text {
            let reasons = readers::text::explain(&source, &options).to_string();
            outcome.explanation.extend(reasons.lines().map(str::to_owned));
        }
    }
    report(outcome, None, diagnostics);
    let carried = work.write.pdf.standard.carries_files().then(|| SourceFile {
        name: Path::new(&input.name()).file_name().map_or("source".into(), |name| name.to_string_lossy().into_owned()),
        media_type: format.media_type(),
        bytes: Arc::new(source.bytes().to_vec()),
    });
    let links = if work.ledger.is_some() { links(&document) } else { BTreeSet::new() };
    Ok((document, Opened { source: source.stamp(), beside: source.asked_for(), links }, carried))
}

type Written = Result<(Made, Vec<PageStart>, Diagnostics), Failure>;

fn write(
    document: &Document,
    output: &Output,
    input: &Input,
    work: &Work,
    patience: &Patience,
    pages: &[PageStart],
    lists_pages: bool,
) -> Written {
    let format = output.format.format;
    let mut options = work.write.clone();
    options.markdown.flavour = output.format.flavour.unwrap_or_default();
    options.limits.stop = patience.stop.clone();
    options.stem = stem(output, input);
    options.epub.pages = pages.to_vec();
    options.pdf.page_starts = lists_pages;
    let mut diagnostics = Diagnostics::new();
    let mut document = Cow::Borrowed(document);
    for filter in &work.filters {
        let changed = filtered(&document, filter, format.name(), &work.edition, &options.limits, &mut diagnostics);
        let no_answer = |message| Failure { code: "filter", writing: Some(format), place: None, message };
        document = Cow::Owned(changed.map_err(no_answer)?);
    }
    if let Input::File(path) = input {
        options.neighbours = work.references.follow(&mut document, path, output);
    }
    let (mut artifact, written) =
        convert::write(&document, format, &work.edition, &options).map_err(|error| failure(Some(format), error))?;
    diagnostics.append(written);
    if patience.over.load(Ordering::SeqCst) {
        return Err(out_of_time(Some(format)));
    }
    let unwritable = |error: std::io::Error| {
        let place = match &output.to {
            Destination::File(path) => path.display().to_string(),
            _ => "standard output".to_owned(),
        };
        Failure { code: "unwritable", writing: Some(format), place: None, message: format!("{place}: {error}") }
    };
    let pages = std::mem::take(&mut artifact.pages);
    put(&artifact, output, work.manner()).map(|made| (made, pages, diagnostics)).map_err(unwritable)
}

/// What companions are named after.
fn stem(output: &Output, input: &Input) -> String {
    let input_name = input.name();
    let path = match &output.to {
        Destination::File(path) => path.as_path(),
        Destination::StandardOutput | Destination::Nowhere => Path::new(&input_name),
    };
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let ending = format!(".{}", output.format.format.extension());
    let bare = name.strip_suffix(&ending).unwrap_or_else(|| name.rsplit_once('.').map_or(&*name, |(stem, _)| stem));
    bare.to_owned()
}

fn put(artifact: &Artifact, output: &Output, manner: Manner) -> std::io::Result<Made> {
    let format = output.format.format;
    let bytes = artifact.bytes.len() as u64;
    let mut made = Made { format, path: None, bytes, sha256: sum(&artifact.bytes), companions: Vec::new() };
    match &output.to {
        Destination::File(path) => {
            made.companions = write_artifact(artifact, path, manner)?;
            made.path = Some(path.display().to_string());
        }
        Destination::StandardOutput => {
            let mut out = std::io::stdout().lock();
            out.write_all(&artifact.bytes).and_then(|()| out.flush())?;
        }
        Destination::Nowhere => {}
    }
    Ok(made)
}

fn note(outcome: &mut Outcome, output: &Output, written: Result<Written, String>) {
    let format = output.format.format;
    match written {
        Err(panic) => outcome.fail(panicked(Some(format), panic)),
        Ok(Err(failure)) => outcome.fail(failure),
        Ok(Ok((made, _, diagnostics))) => {
            outcome.made.push(made);
            report(outcome, Some(format), diagnostics);
        }
    }
}

pub(super) fn report(outcome: &mut Outcome, writing: Option<Format>, diagnostics: Diagnostics) {
    let met: usize = diagnostics.counts().values().sum();
    let room = LISTED.saturating_sub(outcome.diagnostics.len());
    let listed: Vec<Reported> = diagnostics
        .entries()
        .iter()
        .take(room)
        .map(|diagnostic| Reported { writing, diagnostic: diagnostic.clone() })
        .collect();
    outcome.unlisted += met - listed.len();
    outcome.diagnostics.extend(listed);
}

fn panicked(writing: Option<Format>, said: String) -> Failure {
    let message = format!("internal error: {said}; please report it with the file that caused it");
    Failure { code: "panic", writing, place: None, message }
}

/// What is said of a file that took too long.
pub fn out_of_time(writing: Option<Format>) -> Failure {
    let message = "not done in time and given up; raise --limit-seconds to wait longer".to_owned();
    Failure { code: "out-of-time", writing, place: None, message }
}

pub(super) fn failure(writing: Option<Format>, error: Error) -> Failure {
    let (code, place, message) = match error {
        Error::Open(error) => ("unreadable", None, error.to_string()),
        Error::Read(ReadError::Malformed { line, column, message }) => {
            ("malformed", Some(Place { line, column }), message)
        }
        Error::Read(error) => ("malformed", None, error.to_string()),
        Error::Write { error: error @ WriteError::MissingGlyph { .. }, .. } => {
            ("missing-glyph", None, error.to_string())
        }
        Error::Write { error, .. } => ("unwritable", None, error.to_string()),
        Error::OutOfTime => return out_of_time(writing),
        error @ (Error::NoReader(_) | Error::NoWriter(_)) => ("no-such-format", None, error.to_string()),
    };
    Failure { code, writing, place, message }
}
