//! Where the reports for machines go.

use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::Path;

use super::Usage;
use super::args::RunArguments;
use crate::batch::Outcome;
use crate::batch::report::{Line, Summary, annotations, junit, line, sarif};

pub struct Reports<'a> {
    arguments: &'a RunArguments,
    lines: Option<BufWriter<Box<dyn Write>>>,
    /// The first thing that went wrong while lines were written.
    broken: Option<io::Error>,
}

impl<'a> Reports<'a> {
    /// Open what is written while the run goes on, so that a path that cannot be written is known before.
    pub fn begin(arguments: &'a RunArguments) -> Result<Reports<'a>, Usage> {
        let open = |name: &String| -> io::Result<Box<dyn Write>> {
            Ok(if name == "-" { Box::new(io::stdout()) } else { Box::new(File::create(name)?) })
        };
        let lines =
            arguments.json_report.as_ref().map(|name| open(name).map_err(|error| told(Path::new(name), &error)));
        Ok(Reports { arguments, lines: lines.transpose()?.map(BufWriter::new), broken: None })
    }

    pub fn tell(&mut self, outcome: &Outcome) {
        if self.arguments.github {
            eprint!("{}", annotations(outcome));
        }
        self.write(&Line::File(outcome));
    }

    pub fn finish(mut self, outcomes: &[Outcome], seconds: f64) -> Result<(), Usage> {
        self.write(&Line::Run(Summary::of(outcomes, seconds)));
        let flushed = self.lines.map_or(Ok(()), |mut lines| lines.flush());
        if let Some(error) = self.broken.or(flushed.err()) {
            return Err(told(Path::new(self.arguments.json_report.as_deref().unwrap_or_default()), &error));
        }
        let whole = [(&self.arguments.junit, junit as fn(&[Outcome]) -> String), (&self.arguments.sarif, sarif)];
        for (path, render) in whole {
            if let Some(path) = path {
                std::fs::write(path, render(outcomes)).map_err(|error| told(path, &error))?;
            }
        }
        Ok(())
    }

    fn write(&mut self, what: &Line) {
        if let Some(lines) = &mut self.lines
            && let Err(error) = lines.write_all(line(what).as_bytes())
        {
            self.broken.get_or_insert(error);
        }
    }
}

fn told(path: &Path, error: &io::Error) -> Usage {
    Usage(format!("{}: {error}", path.display()))
}
