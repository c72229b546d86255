//! What a run says while it runs: a line for each file, its diagnostics, a bar on a terminal, a summary.
//!
//! All of it goes to standard error, so that standard output holds results only.

use std::fmt;
use std::io::IsTerminal;

use indicatif::{HumanBytes, ProgressBar, ProgressState, ProgressStyle};

use super::messages::Tongue;
use crate::batch::{Event, Failure, Made, Outcome, Reported, Status};
use crate::diagnostics::{Place, Severity};

/// How much is said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Loudness {
    Quiet,
    Usual,
    Verbose,
}

/// Diagnostics of one file shown without `-v`.
const SHOWN: usize = 20;

pub struct Terminal {
    bar: ProgressBar,
    loudness: Loudness,
    tongue: Tongue,
}

impl Terminal {
    pub fn new(files: usize, loudness: Loudness, tongue: Tongue) -> Terminal {
        let wants_bar = files > 1 && loudness != Loudness::Quiet && std::io::stderr().is_terminal();
        let bar = if wants_bar { ProgressBar::new(files as u64) } else { ProgressBar::hidden() };
        let rate = |state: &ProgressState, out: &mut dyn fmt::Write| {
            let _ = write!(out, "{:.1}", state.per_sec());
        };
        let style = ProgressStyle::with_template(tongue.progress()).expect("the template is well formed");
        bar.set_style(style.with_key("rate", rate));
        Terminal { bar, loudness, tongue }
    }

    pub fn observe(&self, event: Event) {
        match event {
            Event::Progress { done } => self.bar.set_position(done as u64),
            Event::Outcome(outcome) => self.tell(outcome),
        }
    }

    /// The summary, where there is more than one file to sum up or nothing else was said.
    pub fn finish(&self, outcomes: &[Outcome], seconds: f64) {
        self.bar.finish_and_clear();
        if self.loudness == Loudness::Quiet {
            return;
        }
        if outcomes.is_empty() {
            self.say(self.tongue.nothing_found());
        } else if outcomes.len() > 1 || outcomes[0].status == Status::Unchanged {
            let count = |status| (status, outcomes.iter().filter(|outcome| outcome.status == status).count());
            let counts = [Status::Made, Status::Checked, Status::Unchanged, Status::Failed].map(count);
            let warnings = outcomes.iter().map(|outcome| outcome.warnings().count()).sum();
            self.say(&self.tongue.summary(&counts, warnings, seconds));
        }
    }

    fn tell(&self, outcome: &Outcome) {
        for line in &outcome.explanation {
            self.say(&format!("{}: {}", outcome.source, self.tongue.told(line)));
        }
        for failure in &outcome.failures {
            self.say(&self.failure(outcome, failure));
        }
        if self.loudness == Loudness::Quiet {
            return;
        }
        self.diagnostics(outcome);
        let to_stdout = outcome.made.iter().any(|made| made.path.is_none()) && outcome.status == Status::Made;
        let worth_a_line = match outcome.status {
            Status::Unchanged => self.loudness == Loudness::Verbose,
            Status::Failed => !outcome.made.is_empty(),
            Status::Made | Status::Checked => !to_stdout,
        };
        if worth_a_line {
            self.say(&self.line(outcome));
        }
    }

    fn diagnostics(&self, outcome: &Outcome) {
        let wanted = |reported: &&Reported| {
            reported.diagnostic.severity == Severity::Warning || self.loudness == Loudness::Verbose
        };
        // The same loss may be met by several writers: it is told once.
        let mut told: Vec<&Reported> = Vec::new();
        for reported in outcome.diagnostics.iter().filter(wanted) {
            if !told.iter().rev().take(2 * SHOWN).any(|other| other.diagnostic == reported.diagnostic) {
                told.push(reported);
            }
        }
        let shown = if self.loudness == Loudness::Verbose { told.len() } else { told.len().min(SHOWN) };
        for reported in &told[..shown] {
            let word = match reported.diagnostic.severity {
                Severity::Warning => self.tongue.warning(),
                Severity::Note => self.tongue.note(),
            };
            let diagnostic = &reported.diagnostic;
            let place = place(diagnostic.place);
            let message = self.tongue.told(&diagnostic.message);
            self.say(&format!("{}{place}: {word}: {message} [{}]", outcome.source, diagnostic.code));
        }
        let more = told.len() - shown + outcome.unlisted;
        if more > 0 {
            self.say(&format!("{}: {}", outcome.source, self.tongue.more(more)));
        }
    }

    fn failure(&self, outcome: &Outcome, failure: &Failure) -> String {
        let writing = failure.writing.map_or_else(String::new, |format| format!("{}: ", format.name()));
        let word = self.tongue.error();
        let message = failure.message.strip_prefix(&format!("{}: ", outcome.source)).unwrap_or(&failure.message);
        format!("{}{}: {word}: {writing}{}", outcome.source, place(failure.place), self.tongue.told(message))
    }

    /// `input/a.txt: output/a.pdf 143 kB, output/a.md 9 kB`
    fn line(&self, outcome: &Outcome) -> String {
        let made = |made: &Made| {
            let name = made.path.clone().unwrap_or_else(|| made.format.name().to_owned());
            format!("{name} ({})", HumanBytes(made.bytes))
        };
        let list = outcome.made.iter().map(made).collect::<Vec<_>>().join(", ");
        let list = if list.is_empty() { self.tongue.status(outcome.status).to_owned() } else { list };
        let time = match self.loudness {
            Loudness::Verbose => format!(" {}", self.tongue.seconds(outcome.elapsed.as_secs_f64())),
            Loudness::Quiet | Loudness::Usual => String::new(),
        };
        format!("{}: {list}{time}", outcome.source)
    }

    fn say(&self, line: &str) {
        // A file's own words may hold anything; a terminal would obey its control characters.
        let safe: String = line.chars().map(|one| if one.is_control() { '\u{fffd}' } else { one }).collect();
        self.bar.suspend(|| eprintln!("{safe}"));
    }
}

/// `:12:5`
fn place(place: Option<Place>) -> String {
    match place {
        Some(Place { line, column: 0 }) => format!(":{line}"),
        Some(Place { line, column }) => format!(":{line}:{column}"),
        None => String::new(),
    }
}
