//! Loading themes: the bundled one, and a user's folder laid over it.

use std::path::Path;

use toml::{Table, Value};

use super::Theme;
use crate::source::read_words;

const CLASSIC: &str = include_str!("classic/theme.toml");

/// Why a theme cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum ThemeError {
    #[error("{path}: {error}")]
    Unreadable { path: String, error: std::io::Error },
    #[error("{path}: {reason}")]
    Wrong { path: String, reason: String },
    #[error(
        "the paper, margin and type size leave room for {characters} characters by {lines} lines, which is too little"
    )]
    NoRoom { characters: i64, lines: i64 },
}

/// Bytes of a theme's file; style sheets carry pictures now and then.
const LARGEST_FILE: u64 = 8 << 20;

impl Default for Theme {
    /// The classic theme.
    fn default() -> Theme {
        let table: Table = CLASSIC.parse().expect("the bundled theme is TOML");
        table.try_into().expect("the bundled theme is complete")
    }
}

/// A theme from its folder: what `theme.toml` says over the classic theme, and `book.css` where there is one.
///
/// Errors when `theme.toml` is missing, is not TOML, has a key no theme has, or leaves no room for text on the paper.
pub fn load(folder: &Path) -> Result<Theme, ThemeError> {
    let path = folder.join("theme.toml");
    let name = path.display().to_string();
    let text = read_words(&path, LARGEST_FILE).map_err(|error| ThemeError::Unreadable { path: name.clone(), error })?;
    let mut theme = over_classic(&text).map_err(|reason| ThemeError::Wrong { path: name.clone(), reason })?;
    let css = folder.join("book.css");
    if css.is_file() {
        let unreadable = |error| ThemeError::Unreadable { path: css.display().to_string(), error };
        theme.book_css = Some(read_words(&css, LARGEST_FILE).map_err(unreadable)?);
    }
    Ok(theme)
}

fn over_classic(text: &str) -> Result<Theme, String> {
    let own: Table = text.parse().map_err(|error: toml::de::Error| error.to_string())?;
    let mut table: Table = CLASSIC.parse().expect("the bundled theme is TOML");
    lay_over(&mut table, own);
    let theme: Theme = table.try_into().map_err(|error: toml::de::Error| error.message().to_owned())?;
    let (width, height) = theme.page.paper;
    if theme.page.characters == 0 || theme.page.lines < 5 {
        return Err("the type area needs at least one character a line and five lines".into());
    }
    if theme.measure() > width || theme.depth() > height {
        return Err(format!(
            "the type area of {} characters by {} lines is larger than the paper",
            theme.page.characters, theme.page.lines
        ));
    }
    Ok(theme)
}

/// Tables merge key by key; anything else, and the list of headings, is replaced.
fn lay_over(base: &mut Table, own: Table) {
    for (key, value) in own {
        match (base.get_mut(&key), value) {
            (Some(Value::Table(under)), Value::Table(over)) => lay_over(under, over),
            (_, value) => {
                base.insert(key, value);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::length::Length;

    #[test]
    fn a_theme_says_only_what_differs() {
        let theme = over_classic("name = 'wide'\n[page]\ncharacters = 36\n[body]\nsize = '小四'").expect("it is right");
        assert_eq!(theme.measure(), Length::points(12 * 36));
        assert_eq!(theme.page.lines, Theme::default().page.lines);
    }

    #[test]
    fn a_type_area_larger_than_the_paper_is_refused() {
        assert!(over_classic("[page]\nlines = 90").is_err());
        assert!(over_classic("[page]\nlinse = 9").is_err());
    }
}
