//! Attributes between braces, as pandoc's Markdown has them: `{#id .class key=value}`.

use crate::document::{Attributes, Language};

/// Source of attributes with their braces; empty where there are none. Names that braces cannot hold are left out.
pub fn source(
    id: Option<&str>,
    language: Option<&str>,
    classes: &[&str],
    pairs: impl IntoIterator<Item = (impl AsRef<str>, impl AsRef<str>)>,
) -> String {
    let mut parts: Vec<String> = Vec::new();
    match id {
        Some(id) if is_plain(id) => parts.push(format!("#{}", escaped(id))),
        Some(id) => parts.push(format!("id={}", value(id))),
        None => {}
    }
    parts.extend(classes.iter().filter(|class| is_plain(class)).map(|class| format!(".{}", escaped(class))));
    parts.extend(language.map(|language| format!("lang={}", value(language))));
    for (key, text) in pairs {
        let key = key.as_ref();
        if is_key(key) {
            parts.push(format!("{}={}", escaped(key), value(text.as_ref())));
        }
    }
    if parts.is_empty() { String::new() } else { format!("{{{}}}", parts.join(" ")) }
}

/// [`source`] of a node, its own classes first.
pub fn of_node(own: &[&str], attributes: &Attributes) -> String {
    let Attributes { id, language, classes, pairs } = attributes;
    let classes: Vec<&str> = own.iter().copied().chain(classes.iter().map(String::as_str)).collect();
    source(id.as_deref(), language.as_ref().map(Language::as_str), &classes, pairs)
}

fn is_key(key: &str) -> bool {
    let is_own = matches!(key, "id" | "class" | "lang");
    key.starts_with(char::is_alphabetic)
        && key.chars().all(|one| one.is_alphanumeric() || "_:.-".contains(one))
        && !is_own
}

/// Whether a word can stand without quotation marks.
fn is_plain(word: &str) -> bool {
    !word.is_empty() && !word.contains(|one: char| one.is_whitespace() || one.is_control() || "{}\"=#'\\".contains(one))
}

fn value(text: &str) -> String {
    if is_plain(text) {
        return escaped(text);
    }
    let quoted = text.replace('\\', "\\\\").replace('"', "\\\"").replace(['\n', '\r'], " ");
    escaped(&format!("\"{quoted}\""))
}

/// What stands between the braces is text to the parser of Markdown, and must not be markup.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for one in text.chars() {
        if "\\`*_[]<>&~^$|!@".contains(one) {
            out.push('\\');
        }
        out.push(one);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_quoted_and_escaped_where_they_must_be() {
        let pairs = [("annotation", "shān shuǐ"), ("width", "80"), ("style", "a\"b*")];
        assert_eq!(
            source(Some("a"), Some("ja"), &["b"], pairs),
            r#"{#a .b lang=ja annotation="shān shuǐ" width=80 style="a\\"b\*"}"#
        );
        assert_eq!(source(None, None, &[], [] as [(&str, &str); 0]), "");
    }
}
