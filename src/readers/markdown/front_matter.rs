//! Front matter: the metadata at the head of a file, YAML between `---` lines or TOML between `+++` lines.

use std::collections::BTreeMap;

use saphyr_parser::{Event, Parser, ScalarStyle};

use crate::diagnostics::{Diagnostics, Loss, Place};
use crate::document::{Contributor, Language, Metadata};

/// Read the front matter into `metadata`; how many bytes it takes, 0 when there is none.
pub fn read(text: &str, metadata: &mut Metadata, diagnostics: &mut Diagnostics) -> usize {
    let Some(found) = find(text) else { return 0 };
    let entries = match found.kind {
        Kind::Yaml => yaml(found.content),
        Kind::Toml => toml(found.content),
    };
    match entries {
        Ok(Some(entries)) => {
            entries.into_iter().for_each(|(key, value)| take(metadata, key, value));
            found.length
        }
        // A rule, text and another rule: Markdown that only looks like it.
        Ok(None) => 0,
        Err(message) => {
            let message = format!("the front matter is kept as text: {message}");
            diagnostics.warn(Loss::Substituted, "front-matter", Some(Place { line: 1, column: 0 }), message);
            0
        }
    }
}

enum Kind {
    Yaml,
    Toml,
}

struct Found<'a> {
    kind: Kind,
    content: &'a str,
    length: usize,
}

/// The first line must be the fence, a later one its end.
fn find(text: &str) -> Option<Found<'_>> {
    let first_end = text.find('\n')? + 1;
    let (kind, ends): (Kind, &[&str]) = match text[..first_end].trim_end() {
        "---" => (Kind::Yaml, &["---", "..."]),
        "+++" => (Kind::Toml, &["+++"]),
        _ => return None,
    };
    let mut at = first_end;
    for line in text[first_end..].split_inclusive('\n') {
        let after = at + line.len();
        if ends.contains(&line.trim_end()) && !line.starts_with([' ', '\t']) {
            return Some(Found { kind, content: &text[first_end..at], length: after });
        }
        at = after;
    }
    None
}

/// A value of either language. Scalars are kept as they are written.
#[derive(Clone, Debug)]
enum Value {
    Text(String),
    List(Vec<Value>),
    Map(Entries),
}

type Entries = Vec<(String, Value)>;

/// Bounds on hostile front matter.
const MAX_DEPTH: usize = 32;
const MAX_NODES: usize = 100_000;

/// The entries of a YAML mapping; `None` when it is YAML but no mapping.
fn yaml(content: &str) -> Result<Option<Entries>, String> {
    let mut tree = YamlTree::default();
    for event in Parser::new_from_str(content) {
        let (event, _) = event.map_err(|error| error.to_string())?;
        tree.take(event)?;
    }
    match tree.root {
        Some(Value::Map(entries)) => Ok(Some(entries)),
        _ => Ok(None),
    }
}

/// Builds a value from YAML events without recursion.
#[derive(Default)]
struct YamlTree {
    root: Option<Value>,
    /// Collections open, with their anchors; a mapping keeps the key whose value comes next.
    open: Vec<(usize, Value, Option<String>)>,
    anchors: BTreeMap<usize, Value>,
    nodes: usize,
}

impl YamlTree {
    fn take(&mut self, event: Event<'_>) -> Result<(), String> {
        match event {
            Event::Scalar(text, style, anchor, _) => {
                let is_null = style == ScalarStyle::Plain && matches!(&*text, "" | "~" | "null");
                let value = Value::Text(if is_null { String::new() } else { text.into_owned() });
                self.keep(anchor, value)
            }
            Event::SequenceStart(anchor, _) => self.open(anchor, Value::List(Vec::new())),
            Event::MappingStart(anchor, _) => self.open(anchor, Value::Map(Vec::new())),
            Event::SequenceEnd | Event::MappingEnd => match self.open.pop() {
                Some((anchor, value, _)) => self.keep(anchor, value),
                None => Ok(()),
            },
            Event::Alias(anchor) => {
                let value = self.anchors.get(&anchor).cloned().ok_or("an alias to nothing")?;
                self.nodes += nodes(&value);
                self.keep(0, value)
            }
            Event::Nothing | Event::StreamStart | Event::StreamEnd | Event::DocumentStart(_) | Event::DocumentEnd => {
                Ok(())
            }
        }
    }

    fn open(&mut self, anchor: usize, value: Value) -> Result<(), String> {
        if self.open.len() >= MAX_DEPTH {
            return Err(format!("nested deeper than {MAX_DEPTH}"));
        }
        self.open.push((anchor, value, None));
        Ok(())
    }

    fn keep(&mut self, anchor: usize, value: Value) -> Result<(), String> {
        self.nodes += 1;
        if self.nodes > MAX_NODES {
            return Err(format!("more than {MAX_NODES} values"));
        }
        if anchor != 0 {
            self.anchors.insert(anchor, value.clone());
        }
        match self.open.last_mut() {
            Some((_, Value::List(items), _)) => items.push(value),
            Some((_, Value::Map(entries), key)) => match (key.take(), value) {
                (Some(key), value) => entries.push((key, value)),
                (None, Value::Text(text)) => *key = Some(text),
                (None, other) => *key = Some(json(&other)),
            },
            _ => {
                self.root.get_or_insert(value);
            }
        }
        Ok(())
    }
}

fn nodes(value: &Value) -> usize {
    match value {
        Value::Text(_) => 1,
        Value::List(items) => items.iter().map(nodes).sum::<usize>() + 1,
        Value::Map(entries) => entries.iter().map(|(_, value)| nodes(value)).sum::<usize>() + 1,
    }
}

/// The entries of a TOML document.
fn toml(content: &str) -> Result<Option<Entries>, String> {
    let table: toml::Table = content.parse().map_err(|error: toml::de::Error| error.message().to_owned())?;
    Ok(Some(table.into_iter().map(|(key, value)| (key, from_toml(value))).collect()))
}

fn from_toml(value: toml::Value) -> Value {
    match value {
        toml::Value::String(text) => Value::Text(text),
        toml::Value::Array(items) => Value::List(items.into_iter().map(from_toml).collect()),
        toml::Value::Table(table) => {
            Value::Map(table.into_iter().map(|(key, value)| (key, from_toml(value))).collect())
        }
        scalar => Value::Text(scalar.to_string()),
    }
}

/// The value in one line, as JSON, which is YAML too; text as it is.
fn one_line(value: &Value) -> String {
    match value {
        Value::Text(text) => text.clone(),
        other => json(other),
    }
}

fn json(value: &Value) -> String {
    let quoted = |text: &str| serde_json::Value::from(text).to_string();
    match value {
        Value::Text(text) => quoted(text),
        Value::List(items) => format!("[{}]", items.iter().map(json).collect::<Vec<_>>().join(", ")),
        Value::Map(entries) => {
            let entry = |(key, value): &(String, Value)| format!("{}: {}", quoted(key), json(value));
            format!("{{{}}}", entries.iter().map(entry).collect::<Vec<_>>().join(", "))
        }
    }
}

/// Put one entry where it belongs; what has no place of its own goes to `extra`.
fn take(metadata: &mut Metadata, key: String, value: Value) {
    let text = match &value {
        Value::Text(text) => Some(text.trim().to_owned()),
        _ => None,
    };
    if text.as_deref() == Some("") {
        return;
    }
    let folded = key.to_lowercase().replace(['_', ' '], "-");
    if let Some(role) = role(&folded) {
        return metadata.contributors.extend(contributors(&value, role));
    }
    if matches!(folded.as_str(), "keywords" | "tags" | "keyword" | "tag") && metadata.keywords.is_empty() {
        metadata.keywords = words(&value);
        return;
    }
    let field = match folded.as_str() {
        "title" => &mut metadata.title,
        "subtitle" => &mut metadata.subtitle,
        "source" => &mut metadata.source,
        "url" | "link" | "address" | "canonical" => &mut metadata.address,
        "publisher" => &mut metadata.publisher,
        "description" | "summary" | "abstract" | "excerpt" => &mut metadata.description,
        "rights" | "license" | "copyright" => &mut metadata.rights,
        "identifier" | "isbn" => &mut metadata.identifier,
        "series" => &mut metadata.series,
        "series-position" | "series-index" | "group-position" => &mut metadata.series_position,
        "date" => &mut metadata.date,
        "lang" | "language" => {
            if let (Some(tag), None) = (&text, &metadata.language) {
                metadata.language = Some(Language::new(tag.replace('_', "-")));
                return;
            }
            metadata.extra.insert(key, one_line(&value));
            return;
        }
        _ => {
            metadata.extra.insert(key, one_line(&value));
            return;
        }
    };
    let text = if folded == "date" { text.as_deref().and_then(iso_date) } else { text };
    match text {
        Some(text) if field.is_none() => *field = Some(text),
        _ => {
            metadata.extra.insert(key, one_line(&value));
        }
    }
}

/// The role of those a key names.
fn role(key: &str) -> Option<&'static str> {
    Some(match key {
        "author" | "authors" | "by" | "creator" => "author",
        "editor" | "editors" => "editor",
        "translator" | "translators" => "translator",
        "illustrator" | "illustrators" => "illustrator",
        "photographer" | "photographers" => "photographer",
        "contributor" | "contributors" => "contributor",
        _ => return None,
    })
}

/// The people of an entry: a name, a list of names, or mappings with `name`, `role` and `file-as`.
fn contributors(value: &Value, role: &str) -> Vec<Contributor> {
    let named = |name: &str, role: &str, file_as: Option<String>| {
        (!name.trim().is_empty()).then(|| Contributor { name: name.trim().to_owned(), role: role.to_owned(), file_as })
    };
    match value {
        Value::Text(name) => named(name, role, None).into_iter().collect(),
        Value::List(items) => items.iter().flat_map(|item| contributors(item, role)).collect(),
        Value::Map(entries) => {
            let entry = |wanted: &[&str]| {
                let found = entries.iter().find(|(key, _)| wanted.contains(&key.as_str()));
                found.map(|(_, value)| one_line(value))
            };
            let own_role = entry(&["role"]).unwrap_or_else(|| role.to_owned());
            let name = entry(&["name", "text", "literal"]).unwrap_or_else(|| one_line(value));
            named(&name, &own_role, entry(&["file-as", "file_as"])).into_iter().collect()
        }
    }
}

/// The words of a list, or of a text parted by commas.
fn words(value: &Value) -> Vec<String> {
    match value {
        Value::Text(text) => {
            let parts = text.split([',', '，', '、', ';', '；']).map(str::trim);
            parts.filter(|part| !part.is_empty()).map(str::to_owned).collect()
        }
        Value::List(items) => items.iter().map(one_line).filter(|word| !word.is_empty()).collect(),
        Value::Map(_) => vec![one_line(value)],
    }
}

/// A date as ISO 8601, down to the minute; `None` for what is no date.
fn iso_date(text: &str) -> Option<String> {
    let spaced: String =
        text.chars().map(|one| if matches!(one, '年' | '月' | '/' | '.') { '-' } else { one }).collect();
    let spaced = spaced.replace(['日', '号'], " ");
    let (date, time) = spaced.trim().split_once([' ', 'T', 't']).unwrap_or((spaced.trim(), ""));
    let parts: Vec<&str> = date.trim_end_matches('-').split('-').collect();
    let number = |part: &str, width: usize, range: std::ops::RangeInclusive<u32>| {
        let value: u32 = part.parse().ok()?;
        range.contains(&value).then(|| format!("{value:0width$}"))
    };
    let mut iso = number(parts[0], 4, 1..=9999).filter(|_| parts[0].len() == 4)?;
    match parts.len() {
        1 => {}
        2 | 3 => {
            iso = iso + "-" + &number(parts[1], 2, 1..=12)?;
            if let Some(day) = parts.get(2) {
                iso = iso + "-" + &number(day, 2, 1..=31)?;
            }
        }
        _ => return None,
    }
    let time = time.trim();
    if parts.len() == 3
        && let Some((hour, rest)) = time.split_once(':')
    {
        let minute = rest.get(..2)?;
        iso = iso + "T" + &number(hour, 2, 0..=23)? + ":" + &number(minute, 2, 0..=59)?;
    }
    Some(iso)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read_all(text: &str) -> (Metadata, usize, Diagnostics) {
        let (mut metadata, mut diagnostics) = (Metadata::default(), Diagnostics::new());
        let length = read(text, &mut metadata, &mut diagnostics);
        (metadata, length, diagnostics)
    }

    #[test]
    fn yaml_and_toml_say_the_same() {
        let yaml = "---\ntitle: 山中记\nauthors: [甲, {name: 乙, role: translator}]\ntags:\n  - 山\n  - 水\nlang: zh_CN\n\
                    date: 2024-3-5\ndraft: true\nseo: {a: [1, 2]}\n---\n正文\n";
        let toml = "+++\ntitle = \"山中记\"\nauthors = [\"甲\", {name = \"乙\", role = \"translator\"}]\n\
                    tags = [\"山\", \"水\"]\nlang = \"zh_CN\"\ndate = 2024-03-05\ndraft = true\nseo = {a = [1, 2]}\n+++\n正文\n";
        let (metadata, length, diagnostics) = read_all(yaml);
        assert_eq!(&yaml[length..], "正文\n");
        assert!(diagnostics.entries().is_empty());
        assert_eq!(metadata.title.as_deref(), Some("山中记"));
        assert_eq!(metadata.contributors[1].role, "translator");
        assert_eq!(metadata.keywords, ["山", "水"]);
        assert_eq!(metadata.date.as_deref(), Some("2024-03-05"));
        assert_eq!(metadata.language, Some(Language::new("zh-CN")));
        assert_eq!(metadata.extra["draft"], "true");
        assert_eq!(metadata.extra["seo"], r#"{"a": ["1", "2"]}"#);
        assert_eq!(read_all(toml).0, metadata);
    }

    #[test]
    fn a_rule_at_the_head_is_no_front_matter() {
        assert_eq!(read_all("---\n文字\n---\n").1, 0);
        assert_eq!(read_all("---\n\n正文\n").1, 0);
        assert!(read_all("---\n文字\n---\n").2.entries().is_empty());
    }

    #[test]
    fn broken_front_matter_is_kept_and_reported() {
        let (metadata, length, diagnostics) = read_all("---\ntitle: [甲\n---\n正文\n");
        assert_eq!((metadata, length), (Metadata::default(), 0));
        assert_eq!(diagnostics.entries().len(), 1);
    }

    #[test]
    fn dates_of_many_habits_are_iso_dates() {
        assert_eq!(iso_date("2022年8月26日").as_deref(), Some("2022-08-26"));
        assert_eq!(iso_date("2022/08").as_deref(), Some("2022-08"));
        assert_eq!(iso_date("2022-08-26 09:30:00 +0800").as_deref(), Some("2022-08-26T09:30"));
        assert_eq!(iso_date("去年"), None);
    }
}
