//! JUnit XML: a test case for each source, as CI systems show them.

use crate::batch::{Outcome, Status};

/// The whole file.
pub fn junit(outcomes: &[Outcome]) -> String {
    let failed = outcomes.iter().filter(|outcome| outcome.status == Status::Failed).count();
    let skipped = outcomes.iter().filter(|outcome| outcome.status == Status::Unchanged).count();
    let seconds: f64 = outcomes.iter().map(|outcome| outcome.elapsed.as_secs_f64()).sum();
    let total = outcomes.len();
    let cases: String = outcomes.iter().map(case).collect();
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites>\n<testsuite name=\"banxin\" tests=\"{total}\" \
         failures=\"{failed}\" errors=\"0\" skipped=\"{skipped}\" time=\"{seconds:.3}\">\n{cases}</testsuite>\n</testsuites>\n"
    )
}

fn case(outcome: &Outcome) -> String {
    let (name, seconds) = (escaped(&outcome.source), outcome.elapsed.as_secs_f64());
    let mut inner = String::new();
    for failure in &outcome.failures {
        let message = escaped(&failure.message);
        inner.push_str(&format!("<failure type=\"{}\" message=\"{message}\"/>\n", failure.code));
    }
    if outcome.status == Status::Unchanged {
        inner.push_str("<skipped message=\"unchanged\"/>\n");
    }
    let warnings: Vec<String> = outcome.warnings().map(|reported| escaped(&reported.diagnostic.to_string())).collect();
    if !warnings.is_empty() {
        inner.push_str(&format!("<system-out>{}</system-out>\n", warnings.join("\n")));
    }
    format!("<testcase classname=\"banxin\" name=\"{name}\" time=\"{seconds:.3}\">\n{inner}</testcase>\n")
}

/// Text as XML 1.0 can hold it: control characters it has no way to write become U+FFFD.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\t' | '\n' => escaped.push(character),
            '\u{0}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => escaped.push('\u{fffd}'),
            _ => escaped.push(character),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_xml_cannot_hold_is_replaced() {
        assert_eq!(escaped("a<b>&\"\u{1b}"), "a&lt;b&gt;&amp;&quot;\u{fffd}");
    }
}
