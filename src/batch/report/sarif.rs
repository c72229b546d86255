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
    let uri = outcome.source.replace('\\', "/").replace('%', "%25").replace(' ', "%20");
    let mut location = json!({ "artifactLocation": { "uri": uri } });
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
