//! Attributes between braces, as pandoc's Markdown has them: `{#id .class key=value key="two words"}`.

use crate::document::{Attributes, Language};

/// The attributes a text starts with, and their length; `None` where it starts with something else. Empty braces are text.
pub fn parse(text: &str) -> Option<(Attributes, usize)> {
    let mut rest = text.strip_prefix('{')?;
    let mut found = Attributes::default();
    loop {
        rest = rest.trim_start_matches(' ');
        if let Some(after) = rest.strip_prefix('}') {
            return (found != Attributes::default()).then(|| (found, text.len() - after.len()));
        }
        rest = take_one(&mut found, rest)?;
        if !rest.starts_with([' ', '}']) {
            return None;
        }
    }
}

/// Take one attribute off a text; what follows it.
fn take_one<'t>(found: &mut Attributes, text: &'t str) -> Option<&'t str> {
    if let Some(name) = text.strip_prefix('#') {
        let (id, rest) = word(name)?;
        found.id.get_or_insert_with(|| id.to_owned());
        return Some(rest);
    }
    if let Some(name) = text.strip_prefix('.') {
        let (class, rest) = word(name)?;
        found.classes.push(class.to_owned());
        return Some(rest);
    }
    let (key, rest) = text.split_once('=')?;
    let is_key =
        key.starts_with(char::is_alphabetic) && key.chars().all(|one| one.is_alphanumeric() || "_:.-".contains(one));
    if !is_key {
        return None;
    }
    let (value, rest) = match rest.strip_prefix('"') {
        Some(quoted) => unquoted(quoted)?,
        None => word(rest).map(|(value, rest)| (value.to_owned(), rest))?,
    };
    match key {
        "lang" => found.language = Some(Language::new(value)),
        "id" => found.id = Some(value),
        "class" => found.classes.extend(value.split_ascii_whitespace().map(str::to_owned)),
        _ => {
            found.pairs.insert(key.to_owned(), value);
        }
    }
    Some(rest)
}

/// What goes on to the next space or brace, and the rest.
fn word(text: &str) -> Option<(&str, &str)> {
    let end = text.find([' ', '}', '{', '"', '='])?;
    (end > 0).then(|| text.split_at(end))
}

/// A value up to its quotation mark, and the rest.
fn unquoted(text: &str) -> Option<(String, &str)> {
    let mut value = String::new();
    let mut characters = text.char_indices();
    while let Some((at, one)) = characters.next() {
        match one {
            '"' => return Some((value, &text[at + 1..])),
            '\\' => value.push(characters.next()?.1),
            other => value.push(other),
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn attributes_are_read_and_other_braces_are_text() {
        let (found, length) = parse(r#"{#a .b .c lang=ja key="x \" y"} rest"#).expect("they are attributes");
        assert_eq!((found.id.as_deref(), found.classes.len(), length), (Some("a"), 2, 31));
        assert_eq!(found.pairs["key"], "x \" y");
        assert_eq!(found.language, Some(Language::new("ja")));
        for text in ["{}", "{a}", "{a b}", "{.a", "{.}", "{#a.b=\"c}", "{a=}", "{x^2}", "a"] {
            assert_eq!(parse(text), None, "{text}");
        }
    }
}
