//! `banxin convert` and `banxin check`: the run, and what is said about it.

use std::time::Instant;

use super::args::{CheckArguments, ConvertArguments, RunArguments};
use super::messages::Tongue;
use super::reports::Reports;
use super::request::{self, Request};
use super::terminal::{Loudness, Terminal};
use super::{Ending, Usage};
use crate::batch::{self, Event, Outcome, Status};

pub fn convert(arguments: &ConvertArguments, tongue: Tongue) -> Result<Ending, Usage> {
    let outcomes = carry_out(request::to_convert(arguments)?, &arguments.run, tongue)?;
    Ok(ending(&outcomes, &arguments.run))
}

pub fn check(arguments: &CheckArguments, tongue: Tongue) -> Result<Ending, Usage> {
    let outcomes = carry_out(request::to_check(arguments)?, &arguments.run, tongue)?;
    Ok(ending(&outcomes, &arguments.run))
}

/// Do what was asked and tell about it; gives what became of each file.
pub fn carry_out(request: Request, run: &RunArguments, tongue: Tongue) -> Result<Vec<Outcome>, Usage> {
    let Request { jobs, work, orders, roots: _, depends_on: _ } = request;
    let loudness = match (run.quiet, run.verbose) {
        (true, _) => Loudness::Quiet,
        (_, true) => Loudness::Verbose,
        _ => Loudness::Usual,
    };
    let ledger = work.ledger.clone();
    let begun = Instant::now();
    let terminal = Terminal::new(jobs.len(), loudness, tongue);
    let mut reports = Reports::begin(run)?;
    let outcomes = batch::run(jobs, work, orders, &mut |event| {
        if let Event::Outcome(outcome) = &event {
            reports.tell(outcome);
        }
        terminal.observe(event);
    });
    if let Some(ledger) = ledger {
        ledger.close();
    }
    let seconds = begun.elapsed().as_secs_f64();
    terminal.finish(&outcomes, seconds);
    reports.finish(&outcomes, seconds)?;
    Ok(outcomes)
}

fn ending(outcomes: &[Outcome], run: &RunArguments) -> Ending {
    let bad = |outcome: &Outcome| {
        outcome.status == Status::Failed || run.deny_warnings && outcome.warnings().next().is_some()
    };
    if outcomes.iter().any(bad) { Ending::SomeFailed } else { Ending::Good }
}
