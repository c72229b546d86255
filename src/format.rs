//! The formats banxin knows by name: their extensions and media types.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A file format. Which of them can be read and which written is said by `readers::READERS` and `writers::WRITERS`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Format {
    /// Unmarked text: a dump of a page, an article, a whole book.
    Text,
    Markdown,
    Html,
    /// DocBook, or any small article vocabulary.
    Xml,
    /// The document model itself.
    Json,
    /// Pandoc's JSON syntax tree.
    Pandoc,
    Epub,
    Pdf,
}

impl Format {
    pub const ALL: &[Format] = &[
        Format::Text,
        Format::Markdown,
        Format::Html,
        Format::Xml,
        Format::Json,
        Format::Pandoc,
        Format::Epub,
        Format::Pdf,
    ];

    /// The name used on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Format::Text => "text",
            Format::Markdown => "markdown",
            Format::Html => "html",
            Format::Xml => "xml",
            Format::Json => "json",
            Format::Pandoc => "pandoc",
            Format::Epub => "epub",
            Format::Pdf => "pdf",
        }
    }

    /// File name extensions without the dot, the one we write first.
    pub fn extensions(self) -> &'static [&'static str] {
        match self {
            Format::Text => &["txt", "text"],
            Format::Markdown => &["md", "markdown", "mdown", "mkd"],
            Format::Html => &["html", "htm", "xhtml", "xht"],
            Format::Xml => &["xml", "dbk", "docbook", "fb2"],
            Format::Json => &["json"],
            Format::Pandoc => &["pandoc.json"],
            Format::Epub => &["epub"],
            Format::Pdf => &["pdf"],
        }
    }

    /// The extension we write, without the dot.
    pub fn extension(self) -> &'static str {
        self.extensions()[0]
    }

    /// Media type (RFC 6838).
    pub fn media_type(self) -> &'static str {
        match self {
            Format::Text => "text/plain",
            Format::Markdown => "text/markdown",
            Format::Html => "text/html",
            Format::Xml => "application/xml",
            Format::Json | Format::Pandoc => "application/json",
            Format::Epub => "application/epub+zip",
            Format::Pdf => "application/pdf",
        }
    }

    /// The format of a name or an extension (`markdown`, `md`, `MD`), if it is one of ours.
    pub fn named(name: &str) -> Option<Format> {
        let name = name.to_ascii_lowercase();
        Format::ALL.iter().copied().find(|format| format.name() == name || format.extensions().contains(&name.as_str()))
    }

    /// The format a file name's ending says, if it says one; the longest known ending wins.
    pub fn of_file_name(file_name: &str) -> Option<Format> {
        let lower = file_name.to_ascii_lowercase();
        let endings =
            Format::ALL.iter().flat_map(|format| format.extensions().iter().map(|extension| (*format, *extension)));
        endings
            .filter(|(_, extension)| lower.strip_suffix(extension).is_some_and(|stem| stem.ends_with('.')))
            .max_by_key(|(_, extension)| extension.len())
            .map(|(format, _)| format)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_ending_wins() {
        assert_eq!(Format::of_file_name("a.pandoc.json"), Some(Format::Pandoc));
        assert_eq!(Format::of_file_name("b.JSON"), Some(Format::Json));
        assert_eq!(Format::of_file_name("README"), None);
    }
}
