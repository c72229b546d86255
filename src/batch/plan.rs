//! Which file goes where, decided before any work.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use super::inputs::Found;
use crate::config::NamedFormat;

/// One source and everything to be made of it.
#[derive(Clone, Debug)]
pub struct Job {
    pub input: Input,
    pub outputs: Vec<Output>,
    /// Bytes of the source.
    pub size: u64,
}

#[derive(Clone, Debug)]
pub enum Input {
    File(PathBuf),
    /// Standard input, already read.
    Memory {
        name: String,
        bytes: Vec<u8>,
    },
    /// All sources of a run, each a chapter of one book.
    Book {
        title: String,
        paths: Vec<PathBuf>,
    },
}

impl Input {
    /// As messages name it.
    pub fn name(&self) -> String {
        match self {
            Input::File(path) => path.display().to_string(),
            Input::Memory { name, .. } => name.clone(),
            Input::Book { title, .. } => title.clone(),
        }
    }

    /// The files it is read from.
    pub fn paths(&self) -> &[PathBuf] {
        match self {
            Input::File(path) => std::slice::from_ref(path),
            Input::Memory { .. } => &[],
            Input::Book { paths, .. } => paths,
        }
    }

    /// What its results are called, without extension.
    fn stem(&self) -> &Path {
        match self {
            Input::File(path) => Path::new(path.file_name().unwrap_or(path.as_os_str())),
            Input::Memory { name, .. } => Path::new(name),
            Input::Book { title, .. } => Path::new(title),
        }
    }
}

#[derive(Clone, Debug)]
pub struct Output {
    pub format: NamedFormat,
    pub to: Destination,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Destination {
    File(PathBuf),
    StandardOutput,
    /// Made and thrown away, to see whether it can be made.
    Nowhere,
}

/// Where results are put.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Placement {
    /// Below a folder, which mirrors the folders of the input.
    Folder(PathBuf),
    /// One source, one format, one file.
    File(PathBuf),
    /// Each beside its source.
    Beside,
    StandardOutput,
    Nowhere,
}

/// One part of a run that is split over machines: the `part`-th of `of`, counted from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shard {
    pub part: usize,
    pub of: usize,
}

/// Why nothing was begun.
#[derive(Debug, thiserror::Error)]
pub enum PlanError {
    #[error("{0}: {error}", error = plain(.1))]
    Unreadable(String, std::io::Error),
    #[error("{0}: {1}")]
    Pattern(String, String),
    #[error("{0} matches no file")]
    NoMatch(String),
    #[error("{output} would be made of both {first} and {second}; give them names or output folders of their own")]
    Collision { output: String, first: String, second: String },
    #[error("{output} is a source of this run and would be overwritten; give another place with -o")]
    OverSource { output: String },
    #[error("{0} can hold one result, but there are {1}; give a folder with -o DIR/ or one format with -t")]
    TooMany(String, usize),
}

/// The system's own words without Rust's `(os error 2)`.
fn plain(error: &std::io::Error) -> String {
    match error.kind() {
        std::io::ErrorKind::NotFound => "is not there".to_owned(),
        std::io::ErrorKind::PermissionDenied => "may not be read".to_owned(),
        _ => error.to_string(),
    }
}

/// A job for each file. Two sources that differ only in their extension keep it in the names of their results
/// (`a.txt.pdf`, `a.md.pdf`), so that neither is lost.
///
/// Errors when two results would have the same name, or one the name of a source.
pub fn plan(found: Vec<Found>, formats: &[NamedFormat], placement: &Placement) -> Result<Vec<Job>, PlanError> {
    let mut alike: BTreeMap<String, usize> = BTreeMap::new();
    for file in &found {
        *alike.entry(folded(&base(file, placement))).or_default() += 1;
    }
    let mut sources = Sources::of(&found);
    let mut jobs = Vec::with_capacity(found.len());
    for file in found {
        let stem = base(&file, placement);
        let keeps_extension = alike[&folded(&stem)] > 1;
        let full = || stem.with_file_name(file.path.file_name().unwrap_or_default());
        let stem = if keeps_extension { full() } else { stem };
        let outputs = formats.iter().map(|format| output(&stem, *format, placement)).collect();
        jobs.push(Job { input: Input::File(file.path), outputs, size: file.size });
    }
    check(&jobs, placement)?;
    sources.stay(&jobs)?;
    Ok(jobs)
}

/// The files of a run, none of which may be written over.
pub(super) struct Sources {
    files: BTreeSet<String>,
    folders: RealFolders,
}

impl Sources {
    pub(super) fn of(found: &[Found]) -> Sources {
        let mut folders = RealFolders::default();
        Sources { files: found.iter().filter_map(|file| folders.source(file)).collect(), folders }
    }

    /// Errors when a result would take the place of a source.
    pub(super) fn stay(&mut self, jobs: &[Job]) -> Result<(), PlanError> {
        for output in jobs.iter().flat_map(|job| &job.outputs) {
            if let Destination::File(path) = &output.to
                && self.folders.real(path).is_some_and(|real| self.files.contains(&real))
            {
                return Err(PlanError::OverSource { output: path.display().to_string() });
            }
        }
        Ok(())
    }
}

/// Folders as they are when links are followed, each looked up once: ten thousand files stand in a few.
#[derive(Default)]
struct RealFolders {
    known: BTreeMap<PathBuf, Option<PathBuf>>,
}

impl RealFolders {
    /// A path with its folder's real name, as a file system that does not tell case sees it. The file need not be there.
    fn real(&mut self, path: &Path) -> Option<String> {
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        if !self.known.contains_key(folder) {
            self.known.insert(folder.to_owned(), folder.canonicalize().ok());
        }
        let real = self.known.get(folder)?.as_ref()?;
        Some(folded(&real.join(path.file_name()?)))
    }

    /// The file a source is.
    fn source(&mut self, file: &Found) -> Option<String> {
        match file.is_link {
            true => file.path.canonicalize().ok().map(|real| folded(&real)),
            false => self.real(&file.path),
        }
    }
}

impl Job {
    /// The job of what came by standard input.
    pub fn of_memory(
        name: &str,
        bytes: Vec<u8>,
        formats: &[NamedFormat],
        placement: &Placement,
    ) -> Result<Job, PlanError> {
        let size = bytes.len() as u64;
        let input = Input::Memory { name: name.to_owned(), bytes };
        let stem = match placement {
            Placement::Folder(folder) => folder.join(input.stem()),
            _ => input.stem().to_owned(),
        };
        let outputs = formats.iter().map(|format| output(&stem, *format, placement)).collect();
        let job = Job { input, outputs, size };
        check(std::slice::from_ref(&job), placement)?;
        Ok(job)
    }
}

/// The path of a file's results without extension.
fn base(file: &Found, placement: &Placement) -> PathBuf {
    match placement {
        Placement::Folder(folder) => folder.join(file.relative.with_extension("")),
        _ => file.path.with_extension(""),
    }
}

pub(super) fn output(stem: &Path, format: NamedFormat, placement: &Placement) -> Output {
    let to = match placement {
        Placement::StandardOutput => Destination::StandardOutput,
        Placement::Nowhere => Destination::Nowhere,
        Placement::File(path) => Destination::File(path.clone()),
        Placement::Folder(_) | Placement::Beside => {
            let mut name = stem.file_name().unwrap_or_default().to_owned();
            name.push(".");
            name.push(format.format.extension());
            Destination::File(stem.with_file_name(name))
        }
    };
    Output { format, to }
}

/// As a file system that does not tell case sees it.
fn folded(path: &Path) -> String {
    path.to_string_lossy().to_lowercase()
}

pub(super) fn check(jobs: &[Job], placement: &Placement) -> Result<(), PlanError> {
    let results = jobs.iter().map(|job| job.outputs.len()).sum();
    match placement {
        Placement::StandardOutput if results > 1 => return Err(PlanError::TooMany("standard output".into(), results)),
        Placement::File(path) if results > 1 => return Err(PlanError::TooMany(path.display().to_string(), results)),
        _ => {}
    }
    let mut taken: BTreeMap<String, String> = BTreeMap::new();
    for job in jobs {
        for output in &job.outputs {
            let Destination::File(path) = &output.to else { continue };
            if let Some(first) = taken.insert(folded(path), job.input.name()) {
                let output = path.display().to_string();
                return Err(PlanError::Collision { output, first, second: job.input.name() });
            }
        }
    }
    Ok(())
}

impl Shard {
    /// The jobs of this part: every `of`-th, so that parts are of like size.
    pub fn of(self, jobs: Vec<Job>) -> Vec<Job> {
        let is_ours = |(index, _): &(usize, Job)| index % self.of == self.part - 1;
        jobs.into_iter().enumerate().filter(is_ours).map(|(_, job)| job).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::format::Format;

    const PDF: NamedFormat = NamedFormat { format: Format::Pdf, flavour: None };
    const MD: NamedFormat = NamedFormat { format: Format::Markdown, flavour: None };

    fn found(path: &str) -> Found {
        let relative = PathBuf::from(path.strip_prefix("in/").unwrap_or(path));
        Found { path: path.into(), relative, from_folder: true, size: 1, is_link: false }
    }

    fn outputs(jobs: &[Job]) -> Vec<String> {
        let path = |output: &Output| match &output.to {
            Destination::File(path) => path.display().to_string(),
            other => format!("{other:?}"),
        };
        jobs.iter().flat_map(|job| job.outputs.iter().map(path)).collect()
    }

    #[test]
    fn a_folder_mirrors_the_input() {
        let jobs = plan(vec![found("in/a.md"), found("in/b/a.md")], &[PDF], &Placement::Folder("out".into()));
        assert_eq!(outputs(&jobs.expect("a plan")), ["out/a.pdf", "out/b/a.pdf"]);
    }

    #[test]
    fn sources_alike_but_for_their_extension_keep_it() {
        let jobs =
            plan(vec![found("in/A.txt"), found("in/a.md"), found("in/b.md")], &[PDF], &Placement::Folder("out".into()));
        assert_eq!(outputs(&jobs.expect("a plan")), ["out/A.txt.pdf", "out/a.md.pdf", "out/b.pdf"]);
    }

    #[test]
    fn two_results_of_one_name_are_an_error() {
        let other = Found { path: "other/a.md".into(), ..found("in/a.md") };
        let error = plan(vec![found("in/a.md"), other], &[PDF], &Placement::Folder("out".into()));
        assert!(matches!(error, Err(PlanError::Collision { .. })), "{error:?}");
        let twice = plan(vec![found("in/a.txt")], &[MD, MD], &Placement::Beside);
        assert!(matches!(twice, Err(PlanError::Collision { .. })), "{twice:?}");
    }

    #[test]
    fn shards_are_disjoint_and_whole() {
        let jobs = |part| {
            let names = ["in/a.md", "in/b.md", "in/c.md"].map(found).to_vec();
            Shard { part, of: 2 }.of(plan(names, &[PDF], &Placement::Beside).expect("a plan"))
        };
        assert_eq!(outputs(&jobs(1)), ["in/a.pdf", "in/c.pdf"]);
        assert_eq!(outputs(&jobs(2)), ["in/b.pdf"]);
    }
}
