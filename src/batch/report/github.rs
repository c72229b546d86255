//! GitHub workflow commands: failures and warnings as annotations on the files of a pull request.

use crate::batch::Outcome;
use crate::diagnostics::Place;

/// The commands of one outcome, a line each.
pub fn annotations(outcome: &Outcome) -> String {
    let mut lines = String::new();
    for failure in &outcome.failures {
        lines.push_str(&command("error", outcome, failure.place, failure.code, &failure.message));
    }
    for reported in outcome.warnings() {
        let diagnostic = &reported.diagnostic;
        lines.push_str(&command("warning", outcome, diagnostic.place, &diagnostic.code, &diagnostic.message));
    }
    lines
}

fn command(level: &str, outcome: &Outcome, place: Option<Place>, title: &str, message: &str) -> String {
    let mut properties = format!("file={}", property(&outcome.source));
    if let Some(Place { line, column }) = place {
        properties.push_str(&format!(",line={line}"));
        if column > 0 {
            properties.push_str(&format!(",col={column}"));
        }
    }
    format!("::{level} {properties},title={}::{}\n", property(title), data(message))
}

fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
