//! What every reader of JSON needs before and after serde_json: a bound on nesting, and errors with their place.

use super::ReadError;
use crate::document::{Document, MODEL_VERSION};
use crate::options::Limits;

/// Nodes that are counted when they are there: they take no memory worth a guess.
const FEW: usize = 30_000;

/// JSON levels one document may nest: a block takes up to five, an inline two.
const MAX_JSON_DEPTH: usize = 6 * crate::document::MAX_DEPTH;

/// The model from its own JSON.
pub(super) fn model(bytes: &[u8], limits: &Limits) -> Result<Document, ReadError> {
    let Brackets { deepest, count } = brackets(bytes);
    if deepest > MAX_JSON_DEPTH {
        return Err(ReadError::Unusable(format!("nested deeper than {MAX_JSON_DEPTH} JSON levels")));
    }
    // Before it is all in memory: two nodes, a paragraph and its text, open five brackets.
    if count / 3 > limits.nodes.max(FEW) {
        let most = limits.nodes;
        let message = format!("it has {count} JSON objects and lists, too many for {most} nodes; raise --limit-nodes");
        return Err(ReadError::Unusable(message));
    }
    let mut deserializer = serde_json::Deserializer::from_slice(bytes);
    deserializer.disable_recursion_limit();
    let document: Document = serde::Deserialize::deserialize(&mut deserializer).map_err(malformed)?;
    deserializer.end().map_err(malformed)?;
    if document.banxin > MODEL_VERSION {
        let version = document.banxin;
        return Err(ReadError::Unusable(format!(
            "the model is version {version}, newer than {MODEL_VERSION}; use a newer banxin"
        )));
    }
    Ok(document)
}

/// What serde_json met, with its place.
pub(super) fn malformed(error: serde_json::Error) -> ReadError {
    let message = error.to_string();
    let message = message.split(" at line ").next().unwrap_or(&message).to_owned();
    ReadError::Malformed { line: error.line() as u32, column: error.column() as u32, message }
}

/// How deep brackets nest outside strings, so that recursion is bounded before it starts.
pub(super) fn deepest(bytes: &[u8]) -> usize {
    brackets(bytes).deepest
}

/// Brackets outside strings.
struct Brackets {
    /// Most that are open at once.
    deepest: usize,
    /// How many open.
    count: usize,
}

fn brackets(bytes: &[u8]) -> Brackets {
    let (mut depth, mut deepest, mut in_string, mut escaped) = (0usize, 0usize, false, false);
    let mut count = 0usize;
    for byte in bytes {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if in_string => escaped = true,
            b'"' => in_string = !in_string,
            b'{' | b'[' if !in_string => {
                depth += 1;
                count += 1;
                deepest = deepest.max(depth);
            }
            b'}' | b']' if !in_string => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    Brackets { deepest, count }
}
