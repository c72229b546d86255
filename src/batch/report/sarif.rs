//! SARIF 2.1.0: diagnostics and failures as code-scanning services read them.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use crate::batch::{Failure, Outcome};
use crate::diagnostics::{Diagnostic, Place, Severity};

/// The whole file.
pub fn sarif(outcomes: &[Outcome]) -> String {
    let mut rules = BTreeSet::new();
    let mut results = Vec::new();
    for outcome in outcomes {
        for failure in &outcome.failures {
            rules.insert(failure.code);
            results.push(failed(outcome, failure));
        }
        for reported in &outcome.diagnostics {
            rules.insert(reported.diagnostic.code.as_str());
            results.push(found(outcome, &reported.diagnostic));
        }
    }
    let rules: Vec<Value> = rules.iter().map(|code| json!({ "id": code })).collect();
    let driver = json!({ "name": "banxin", "version": env!("CARGO_PKG_VERSION"), "rules": rules });
    let whole = json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{ "tool": { "driver": driver }, "columnKind": "unicodeCodePoints", "results": results }],
    });
    format!("{whole:#}\n")
}

fn failed(outcome: &Outcome, failure: &Failure) -> Value {
    result(outcome, failure.code, "error", &failure.message, failure.place)
}

fn found(outcome: &Outcome, diagnostic: &Diagnostic) -> Value {
    let level = match diagnostic.severity {
        Severity::Warning => "warning",
        Severity::Note => "note",
    };
    result(outcome, &diagnostic.code, level, &diagnostic.message, diagnostic.place)
}

fn result(outcome: &Outcome, code: &str, level: &str, message: &str, place: Option<Place>) -> Value {
    let mut location = json!({ "artifactLocation": { "uri": address(&outcome.source) } });
    if let Some(Place { line, column }) = place {
        let mut region = json!({ "startLine": line });
        if column > 0 {
            region["startColumn"] = json!(column);
        }
        location["region"] = region;
    }
    json!({
        "ruleId": code,
        "level": level,
        "message": { "text": message },
        "locations": [{ "physicalLocation": location }],
    })
}

/// A path as an address: relative, or below `file://` (RFC 3986 §4.2).
fn address(path: &str) -> String {
    let path = path.replace('\\', "/");
    let mut address = String::from(if path.starts_with('/') { "file://" } else { "" });
    for byte in path.strip_prefix("./").unwrap_or(&path).bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => {
                address.push(char::from(byte))
            }
            _ => address.push_str(&format!("%{byte:02X}")),
        }
    }
    address
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_an_address() {
        assert_eq!(address("./文 [1]#:.md"), "%E6%96%87%20%5B1%5D%23%3A.md");
        assert_eq!(address("/a/b.md"), "file:///a/b.md");
        assert_eq!(address("a\\b.md"), "a/b.md");
    }
}
