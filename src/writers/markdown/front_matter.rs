//! Metadata as YAML front matter.

use std::fmt::Write;

use crate::document::{Contributor, Document, Metadata};

/// Quarto's and pandoc's name for what is done to the levels of headings on reading.
const SHIFT_KEY: &str = "shift-heading-level-by";

/// The front matter between its fences; empty when nothing is known but a language that the text itself shows.
///
/// A title that the first heading says is not said again. `shift`: levels that headings were put down, to be undone by
/// who reads.
pub fn write(document: &Document, shift: usize) -> String {
    let said_by_heading = document.title_heading().is_some() && document.metadata.title.is_some();
    let untitled;
    let metadata = if said_by_heading {
        untitled = Metadata { title: None, ..document.metadata.clone() };
        &untitled
    } else {
        &document.metadata
    };
    if document.provenance.language_detected {
        let unsaid = Metadata { language: None, ..metadata.clone() };
        if unsaid == Metadata::default() {
            return String::new();
        }
    }
    let mut yaml = String::new();
    let mut entry = |key: &str, value: Option<&str>| {
        if let Some(value) = value {
            let _ = writeln!(yaml, "{key}: {}", scalar(value));
        }
    };
    entry("title", metadata.title.as_deref());
    entry("subtitle", metadata.subtitle.as_deref());
    people(&mut yaml, &metadata.contributors);
    let mut entry = |key: &str, value: Option<&str>| {
        if let Some(value) = value {
            let _ = writeln!(yaml, "{key}: {}", scalar(value));
        }
    };
    entry("date", metadata.date.as_deref());
    entry("source", metadata.source.as_deref());
    entry("url", metadata.address.as_deref());
    entry("publisher", metadata.publisher.as_deref());
    entry("lang", metadata.language.as_ref().map(|language| language.as_str()));
    entry("description", metadata.description.as_deref());
    entry("rights", metadata.rights.as_deref());
    entry("identifier", metadata.identifier.as_deref());
    entry("series", metadata.series.as_deref());
    entry("series-position", metadata.series_position.as_deref());
    list(&mut yaml, "keywords", &metadata.keywords);
    for (key, value) in &metadata.extra {
        let is_collection =
            serde_json::from_str::<serde_json::Value>(value).is_ok_and(|value| value.is_array() || value.is_object());
        let value = if is_collection { value.clone() } else { scalar(value) };
        let _ = writeln!(yaml, "{}: {value}", scalar(key));
    }
    if shift > 0 {
        let _ = writeln!(yaml, "{SHIFT_KEY}: -{shift}");
    }
    if yaml.is_empty() { yaml } else { format!("---\n{yaml}---\n") }
}

/// Contributors by their role, in order of each role's first; the usual roles have keys of their own.
fn people(yaml: &mut String, contributors: &[Contributor]) {
    let is_own = |role: &str| matches!(role, "author" | "editor" | "translator" | "illustrator" | "photographer");
    let key = |person: &Contributor| if is_own(&person.role) { person.role.clone() } else { "contributor".to_owned() };
    let mut keys: Vec<String> = Vec::new();
    for person in contributors {
        let key = key(person);
        if !keys.contains(&key) {
            keys.push(key);
        }
    }
    for wanted in keys {
        let people: Vec<&Contributor> = contributors.iter().filter(|person| key(person) == wanted).collect();
        match people.as_slice() {
            [one] if one.file_as.is_none() && one.role == wanted => {
                let _ = writeln!(yaml, "{wanted}: {}", scalar(&one.name));
            }
            people => {
                let _ = writeln!(yaml, "{wanted}:");
                people.iter().for_each(|one| person(yaml, one, &wanted));
            }
        }
    }
}

fn person(yaml: &mut String, person: &Contributor, key: &str) {
    if person.file_as.is_none() && person.role == key {
        let _ = writeln!(yaml, "  - {}", scalar(&person.name));
        return;
    }
    let _ = writeln!(yaml, "  - name: {}", scalar(&person.name));
    if person.role != key {
        let _ = writeln!(yaml, "    role: {}", scalar(&person.role));
    }
    if let Some(file_as) = &person.file_as {
        let _ = writeln!(yaml, "    file-as: {}", scalar(file_as));
    }
}

fn list(yaml: &mut String, key: &str, items: &[String]) {
    if !items.is_empty() {
        let _ = writeln!(yaml, "{key}:");
        for item in items {
            let _ = writeln!(yaml, "  - {}", scalar(item));
        }
    }
}

/// A YAML scalar: plain where that is the same text again (YAML 1.2 §7.3.3), else between double quotes.
fn scalar(text: &str) -> String {
    let special = |one: char| "-?:,[]{}#&*!|>'\"%@`=".contains(one);
    let reads_as_other = matches!(text.to_ascii_lowercase().as_str(), "null" | "~" | "");
    let is_plain = !reads_as_other
        && !text.starts_with(special)
        && text.trim() == text
        && !text.contains(": ")
        && !text.contains(" #")
        && !text.ends_with(':')
        && !text.starts_with("...")
        && !text.chars().any(|one| one.is_control() || matches!(one, '\u{85}' | '\u{2028}' | '\u{2029}' | '\u{FEFF}'));
    if is_plain { text.to_owned() } else { serde_json::Value::from(text).to_string() }
}
