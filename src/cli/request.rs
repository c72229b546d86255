//! From what was typed to jobs, each with its place, and what all of them share.

use std::collections::BTreeSet;
use std::io::{IsTerminal, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use super::Usage;
use super::args::{CheckArguments, ConvertArguments, RunArguments, SettingArguments, SourceArguments};
use crate::batch::{self, CrossReferences, Durability, Filter, Found, Job, Ledger, Orders, Placement, Work};
use crate::config::{self, NamedFormat, Preferences, Settings};
use crate::edition::{DEFAULT_TIMESTAMP, Edition};
use crate::font::FontBook;
use crate::format::Format;
use crate::options::{Ink, Limits, WriteOptions};
use crate::output_profile::OutputProfile;
use crate::themes::{self, Theme};
use crate::writers;

/// The folder that is converted when nothing is named, and the one its results go to.
const INPUT: &str = "input";
const OUTPUT: &str = "output";

/// What is written when the user does not say.
const USUAL: &[Format] = &[Format::Pdf, Format::Epub, Format::Markdown];

/// Name of what came by standard input.
const STANDARD_INPUT: &str = "stdin";

/// Everything a run needs.
pub struct Request {
    pub jobs: Vec<Job>,
    pub work: Work,
    pub orders: Orders,
    /// The files, folders and patterns the jobs come from.
    pub roots: Vec<String>,
    /// Folders of faces and of the theme.
    pub depends_on: Vec<PathBuf>,
}

/// What `banxin convert` means.
pub fn to_convert(arguments: &ConvertArguments) -> Result<Request, Usage> {
    let mut typed = arguments.set.preferences();
    typed.to = (!arguments.to.is_empty()).then(|| arguments.to.clone());
    typed.output.clone_from(&arguments.output);
    let settings = settle(typed, &arguments.set, &arguments.sources, &arguments.run)?;
    let sources = Sources::of(&arguments.sources, settings.output.as_deref())?;
    let placement = placement(&sources, &settings);
    let formats = formats(&settings.to, &sources, &placement);
    refuse_to_garble(&placement, &formats)?;
    let jobs = jobs(&sources, &settings, &formats, &placement)?;
    let mut request = request(jobs, settings, &arguments.run, sources)?;
    request.work.durability = if arguments.fsync { Durability::Synced } else { Durability::Usual };
    if let Placement::Folder(folder) = &placement {
        let ledger = Ledger::open(folder, batch::of_run(&request.work), arguments.force);
        request.work.ledger = Some(Arc::new(ledger.map_err(|error| Usage(format!("{}: {error}", folder.display())))?));
    }
    Ok(request)
}

/// What `banxin check` means.
pub fn to_check(arguments: &CheckArguments) -> Result<Request, Usage> {
    let mut typed = arguments.set.preferences();
    typed.to = (!arguments.to.is_empty()).then(|| arguments.to.clone());
    let settings = settle(typed, &arguments.set, &arguments.sources, &arguments.run)?;
    let sources = Sources::of(&arguments.sources, None)?;
    let formats = formats(&settings.to, &sources, &Placement::Nowhere);
    let jobs = jobs(&sources, &settings, &formats, &Placement::Nowhere)?;
    request(jobs, settings, &arguments.run, sources)
}

fn request(jobs: Vec<Job>, settings: Settings, run: &RunArguments, sources: Sources) -> Result<Request, Usage> {
    let references = Arc::new(CrossReferences::of(&jobs));
    let jobs = match run.shard {
        Some(shard) => shard.of(jobs),
        None => jobs,
    };
    let depends_on = {
        let files = settings.theme.iter().chain(&settings.print_profile);
        settings.font_dirs.iter().chain(files).cloned().collect()
    };
    let orders = Orders { workers: settings.jobs, fail_fast: run.fail_fast, seconds: settings.seconds };
    let limit = Duration::from_secs(settings.seconds.unwrap_or(60));
    let mut work = work(settings)?;
    work.explain = run.explain;
    work.references = references;
    work.filters = run.filters.iter().map(|command| Filter { command: command.clone(), limit }).collect();
    let roots = match sources {
        Sources::Named(names) | Sources::Bound { names, .. } => names,
        Sources::StandardInput => Vec::new(),
    };
    Ok(Request { jobs, work, orders, roots, depends_on })
}

/// The flags, the configuration file and the defaults together.
fn settle(
    mut typed: Preferences,
    set: &SettingArguments,
    sources: &SourceArguments,
    run: &RunArguments,
) -> Result<Settings, Usage> {
    typed.jobs = run.jobs.map(usize::from);
    let path = set.config.clone().or_else(|| Some(PathBuf::from(config::FILE_NAME)).filter(|path| path.is_file()));
    let file = path.map(|path| Preferences::load(&path)).transpose().map_err(Usage::from)?;
    typed.or(file.unwrap_or_default()).settle(sources.from).map_err(Usage::from)
}

/// What is read.
enum Sources {
    /// Files, folders and patterns.
    Named(Vec<String>),
    /// The same as the chapters of one book.
    Bound {
        title: String,
        names: Vec<String>,
    },
    StandardInput,
}

impl Sources {
    fn of(arguments: &SourceArguments, output: Option<&str>) -> Result<Sources, Usage> {
        let mut names = arguments.inputs.clone();
        if let Some(list) = &arguments.files_from {
            names.extend(listed(list)?);
            if names.is_empty() {
                return Err(Usage(format!("{list} lists no file")));
            }
        }
        if arguments.book.is_some() && (names.is_empty() || names.iter().any(|name| name == "-")) {
            return Err(Usage("name the files or folders of the book; it cannot be read from a stream".to_owned()));
        }
        if let Some(title) = &arguments.book {
            if title.trim().is_empty() {
                return Err(Usage("a book has a title: --book TITLE".to_owned()));
            }
            return Ok(Sources::Bound { title: title.clone(), names });
        }
        if names.iter().any(|name| name == "-") {
            let alone = names.len() == 1;
            return alone
                .then_some(Sources::StandardInput)
                .ok_or_else(|| Usage("- cannot be mixed with other inputs".into()));
        }
        if !names.is_empty() {
            return Ok(Sources::Named(names));
        }
        let piped = !std::io::stdin().is_terminal();
        let stands = Path::new(INPUT).is_dir();
        let means_a_stream = arguments.from.is_some() || output == Some("-");
        match (piped && means_a_stream, stands) {
            (true, _) => Ok(Sources::StandardInput),
            (false, true) => Ok(Sources::Named(vec![INPUT.to_owned()])),
            (false, false) if piped => Ok(Sources::StandardInput),
            (false, false) => Err(Usage("name a file or a folder to convert; `banxin --help` shows how".to_owned())),
        }
    }

    /// Whether a folder or a pattern is among them.
    fn are_many(&self) -> bool {
        match self {
            Sources::Named(names) => names.len() > 1 || names.iter().any(|name| !Path::new(name).is_file()),
            Sources::StandardInput | Sources::Bound { .. } => false,
        }
    }
}

/// Bytes of a list of inputs: a million names.
const LONGEST_LIST: u64 = 100 << 20;

/// The lines of a list of inputs.
fn listed(list: &str) -> Result<Vec<String>, Usage> {
    let failed = |error: std::io::Error| Usage(format!("{list}: {error}"));
    let source: Box<dyn Read> = match list {
        "-" => Box::new(std::io::stdin()),
        path => Box::new(std::fs::File::open(path).map_err(failed)?),
    };
    let mut text = String::new();
    source.take(LONGEST_LIST + 1).read_to_string(&mut text).map_err(failed)?;
    if text.len() as u64 > LONGEST_LIST {
        return Err(Usage(format!("{list} is larger than {LONGEST_LIST} bytes")));
    }
    Ok(text.lines().filter(|line| !line.trim().is_empty()).map(str::to_owned).collect())
}

fn placement(sources: &Sources, settings: &Settings) -> Placement {
    let Some(output) = &settings.output else {
        return match sources {
            Sources::StandardInput => Placement::StandardOutput,
            Sources::Named(names) if names.iter().all(|name| Path::new(name).is_file()) => Placement::Beside,
            Sources::Named(_) => Placement::Folder(OUTPUT.into()),
            // Named files stand anywhere: their book stands here.
            Sources::Bound { names, .. } if names.iter().all(|name| Path::new(name).is_file()) => Placement::Beside,
            Sources::Bound { .. } => Placement::Folder(OUTPUT.into()),
        };
    };
    if output == "-" {
        return Placement::StandardOutput;
    }
    let path = PathBuf::from(output);
    let is_folder = path.is_dir() || output.ends_with(['/', std::path::MAIN_SEPARATOR]);
    let says_a_format = Format::of_file_name(output).is_some() || path.extension().is_some() && settings.to.len() == 1;
    let is_file = !is_folder && !sources.are_many() && settings.to.len() <= 1 && says_a_format;
    if is_file { Placement::File(path) } else { Placement::Folder(path) }
}

/// What to write: what was asked for, else what the output's name says, else the usual three.
fn formats(asked: &[NamedFormat], sources: &Sources, placement: &Placement) -> Vec<NamedFormat> {
    if !asked.is_empty() {
        return asked.to_vec();
    }
    let plain = |format| NamedFormat { format, flavour: None };
    match placement {
        Placement::File(path) => Format::of_file_name(&path.to_string_lossy()).into_iter().map(plain).collect(),
        Placement::StandardOutput => vec![plain(Format::Markdown)],
        Placement::Beside | Placement::Folder(_) | Placement::Nowhere => {
            // Markdown beside a Markdown source would be the source itself.
            let is_own = |format: Format| match sources {
                Sources::Named(names) if *placement == Placement::Beside => {
                    names.iter().any(|name| Format::of_file_name(name) == Some(format))
                }
                _ => false,
            };
            let writable = |format: &Format| writers::writer(*format).is_some();
            USUAL.iter().copied().filter(writable).filter(|format| !is_own(*format)).map(plain).collect()
        }
    }
}

fn refuse_to_garble(placement: &Placement, formats: &[NamedFormat]) -> Result<(), Usage> {
    let binary = formats.iter().find(|one| matches!(one.format, Format::Pdf | Format::Epub));
    match binary {
        Some(one) if *placement == Placement::StandardOutput && std::io::stdout().is_terminal() => {
            Err(Usage(format!("{} is not for the terminal; give a file with -o", one.format.name())))
        }
        _ => Ok(()),
    }
}

fn jobs(
    sources: &Sources,
    settings: &Settings,
    formats: &[NamedFormat],
    placement: &Placement,
) -> Result<Vec<Job>, Usage> {
    if let Some(unwritable) = formats.iter().find(|one| writers::writer(one.format).is_none()) {
        let name = unwritable.format.name();
        return Err(Usage(format!("{name} cannot be written; `banxin formats` lists what can")));
    }
    let output = match placement {
        Placement::Folder(folder) => Some(folder.as_path()),
        _ => None,
    };
    match sources {
        Sources::StandardInput => {
            let bytes = standard_input(&settings.read.limits)?;
            Ok(vec![Job::of_memory(STANDARD_INPUT, bytes, formats, placement).map_err(Usage::from)?])
        }
        Sources::Named(names) => {
            let found = batch::find(names, output, settings.from.is_some()).map_err(Usage::from)?;
            batch::plan(found, formats, placement).map_err(Usage::from)
        }
        Sources::Bound { title, names } => {
            let found = chapters(names, output, settings.from.is_some())?;
            Ok(vec![Job::of_book(title, found, formats, placement).map_err(Usage::from)?])
        }
    }
}

/// The files of a book, each once, in the order of its chapters.
fn chapters(names: &[String], output: Option<&Path>, any_extension: bool) -> Result<Vec<Found>, Usage> {
    let mut chapters: Vec<Found> = Vec::new();
    let mut known = BTreeSet::new();
    for name in names {
        let mut found = batch::find(std::slice::from_ref(name), output, any_extension).map_err(Usage::from)?;
        found.sort_by(|one, other| batch::chapter_order(&one.path, &other.path));
        chapters.extend(found.into_iter().filter(|file| known.insert(file.path.clone())));
    }
    if chapters.is_empty() { Err(Usage("there is nothing to bind".to_owned())) } else { Ok(chapters) }
}

fn standard_input(limits: &Limits) -> Result<Vec<u8>, Usage> {
    let mut bytes = Vec::new();
    std::io::stdin().lock().take(limits.bytes + 1).read_to_end(&mut bytes).map_err(Usage::from)?;
    if bytes.len() as u64 > limits.bytes {
        let limit = limits.bytes;
        return Err(Usage(format!("standard input is larger than {limit} bytes; raise --limit-bytes to allow it")));
    }
    Ok(bytes)
}

/// Load what all conversions share.
fn work(settings: Settings) -> Result<Work, Usage> {
    let mut fonts = FontBook::bundled();
    for folder in &settings.font_dirs {
        fonts.add_directory(folder).map_err(Usage::from)?;
    }
    let mut write = settings.write;
    if let Some(path) = &settings.print_profile {
        write.pdf.press_profile = Some(output_profile(path, &write)?);
    }
    let theme = match &settings.theme {
        Some(folder) => themes::load(folder).map_err(Usage::from)?,
        None => Theme::default(),
    };
    let theme = theme.set_up(&settings.page_setup).map_err(Usage::from)?;
    let edition = Edition {
        theme: Arc::new(theme),
        fonts: Arc::new(fonts),
        timestamp: settings.timestamp.unwrap_or(DEFAULT_TIMESTAMP),
    };
    let from = settings.from.map(|from| from.format);
    let (read, durability) = (settings.read, Durability::Usual);
    Ok(Work {
        from,
        read,
        write,
        edition,
        durability,
        filters: Vec::new(),
        explain: false,
        references: Arc::default(),
        ledger: None,
    })
}

/// The printer's profile from its file; its inks must be those that are printed with.
fn output_profile(path: &Path, write: &WriteOptions) -> Result<OutputProfile, Usage> {
    let named = |reason: String| Usage(format!("{}: {reason}", path.display()));
    let file = std::fs::File::open(path).map_err(|error| named(error.to_string()))?;
    let mut bytes = Vec::new();
    file.take(LARGEST_PROFILE + 1).read_to_end(&mut bytes).map_err(|error| named(error.to_string()))?;
    if bytes.len() as u64 > LARGEST_PROFILE {
        return Err(named("it is larger than any profile".to_owned()));
    }
    let profile = OutputProfile::new(bytes).map_err(named)?;
    let wanted = write.pdf.press.map(|press| press.ink).unwrap_or_default();
    let word = |ink: Ink| if ink == Ink::Gray { "gray" } else { "cmyk" };
    if profile.ink == wanted {
        Ok(profile)
    } else {
        Err(named(format!("it is for --ink {}, and --ink is {}", word(profile.ink), word(wanted))))
    }
}

/// Bytes; profiles of presses have one or two million.
const LARGEST_PROFILE: u64 = 16 << 20;
