//! The command line: what was typed, what is done about it, and what is said.

mod args;
mod clean;
mod convert;
mod fonts;
mod formats;
mod impose;
mod licenses;
mod messages;
mod mistyped;
mod reports;
mod request;
mod shells;
mod terminal;
pub mod translation;
mod watch;

use std::process::ExitCode;

use clap::Parser;

use args::{Arguments, Command};
use messages::Tongue;

/// How the command ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Ending {
    /// Everything asked for was done.
    Good,
    /// Some inputs failed.
    SomeFailed,
}

/// What cannot even be begun: exit code 2.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
struct Usage(String);

impl Usage {
    fn from(error: impl std::fmt::Display) -> Usage {
        Usage(error.to_string())
    }
}

/// Run the command; its exit code is 0, 1 when some inputs failed, 2 when it could not be understood or begun.
pub fn run() -> ExitCode {
    let tongue = Tongue::of_environment();
    let arguments = match Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(error) => return mistyped(&error, tongue),
    };
    crate::batch::remember_panics();
    let ending = match arguments.command {
        None => convert::convert(&arguments.convert, tongue),
        Some(Command::Convert(convert)) => convert::convert(&convert, tongue),
        Some(Command::Check(check)) => convert::check(&check, tongue),
        Some(Command::Watch(watch)) => watch::watch(&watch, tongue),
        Some(Command::Impose(orders)) => impose::impose(&orders, tongue),
        Some(Command::Formats) => formats::list(),
        Some(Command::Fonts(fonts)) => fonts::list(&fonts),
        Some(Command::Licenses) => licenses::print_all(),
        Some(Command::Clean { folder }) => clean::clean(&folder, tongue),
        Some(Command::Completions { shell }) => shells::completions(shell),
        Some(Command::Man) => shells::manual_page(),
    };
    match ending {
        Ok(Ending::Good) => ExitCode::SUCCESS,
        Ok(Ending::SomeFailed) => ExitCode::from(1),
        Err(usage) => {
            eprintln!("banxin: {}", tongue.told(&usage.to_string()));
            ExitCode::from(2)
        }
    }
}

/// Say what is wrong with the command line, or give the help that was asked for.
fn mistyped(error: &clap::Error, tongue: Tongue) -> ExitCode {
    match mistyped::in_chinese(error).filter(|_| tongue == Tongue::Chinese) {
        Some(said) => {
            eprintln!("banxin: {said}");
            ExitCode::from(2)
        }
        // Nothing is left to do where it cannot even be printed.
        None => {
            let _ = error.print();
            ExitCode::from(u8::try_from(error.exit_code()).unwrap_or(2))
        }
    }
}

/// Print to standard output; a reader that went away (`banxin formats | head -1`) is no error.
fn print(text: &str) -> Result<Ending, Usage> {
    use std::io::Write;
    let mut out = std::io::stdout().lock();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Err(error) if error.kind() != std::io::ErrorKind::BrokenPipe => Err(Usage::from(error)),
        _ => Ok(Ending::Good),
    }
}
