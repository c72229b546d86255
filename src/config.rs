//! What the user asked for: the configuration file and its merge with the flags.
//!
//! Flags win over `banxin.toml`, and that wins over the defaults. [`Preferences`] is either of the two; [`Settings`] is
//! what comes out, and nothing later looks at flags or files.

use std::path::{Path, PathBuf};

use serde::{Deserialize, Deserializer};

use crate::document::Language;
use crate::format::Format;
use crate::length::Length;
use crate::options::{
    EpubFonts, HtmlUse, Ink, Limits, LinkStyle, MarkdownFlavour, MissingGlyph, PageCleaning, PdfCompression,
    PdfStandard, PicturePlace, PressOptions, Punctuation, ReadOptions, Wrap, WriteOptions,
};
use crate::source::read_words;
use crate::themes::{self, Contents, PageSetup};

/// Name of the configuration file looked for in the current folder.
pub const FILE_NAME: &str = "banxin.toml";

/// Name of the theme that needs no folder.
pub const BUNDLED_THEME: &str = "classic";

/// The words an option takes and what they mean.
pub type Choice<T> = &'static [(&'static str, T)];

pub const PUNCTUATION: Choice<Punctuation> =
    &[("auto", Punctuation::Auto), ("keep", Punctuation::Keep), ("repair", Punctuation::Repair)];
pub const PAGE: Choice<PageCleaning> =
    &[("auto", PageCleaning::Auto), ("article", PageCleaning::Article), ("whole", PageCleaning::Whole)];
pub const CONTENTS: Choice<Contents> =
    &[("books", Contents::Books), ("always", Contents::Always), ("never", Contents::Never)];
pub const MISSING_GLYPH: Choice<MissingGlyph> = &[("report", MissingGlyph::Report), ("fail", MissingGlyph::Fail)];
pub const EPUB_FONTS: Choice<EpubFonts> = &[
    ("none", EpubFonts::None),
    ("rare", EpubFonts::Rare),
    ("headings", EpubFonts::Headings),
    ("full", EpubFonts::Full),
];

pub const LINKS: Choice<LinkStyle> = &[("inline", LinkStyle::Inline), ("reference", LinkStyle::Reference)];
pub const HTML: Choice<HtmlUse> = &[("allowed", HtmlUse::Allowed), ("never", HtmlUse::Never)];
pub const PICTURES: Choice<PicturePlace> = &[("beside", PicturePlace::Beside), ("inside", PicturePlace::Inside)];

pub const PDF_STANDARD: Choice<PdfStandard> = &[
    ("both", PdfStandard::Both),
    ("ua-1", PdfStandard::Ua1),
    ("a-2a", PdfStandard::A2a),
    ("a-2u", PdfStandard::A2u),
    ("a-2b", PdfStandard::A2b),
    ("a-3a", PdfStandard::A3a),
    ("a-4", PdfStandard::A4),
    ("a-4f", PdfStandard::A4f),
    ("none", PdfStandard::None),
];

pub const PDF_COMPRESSION: Choice<PdfCompression> =
    &[("fast", PdfCompression::Fast), ("usual", PdfCompression::Usual), ("small", PdfCompression::Small)];
pub const INK: Choice<Ink> = &[("gray", Ink::Gray), ("cmyk", Ink::Cmyk)];

/// A format to read or write, and the Markdown flavour its name may carry (`gfm`, `commonmark`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NamedFormat {
    pub format: Format,
    pub flavour: Option<MarkdownFlavour>,
}

/// What one place, the command line or the file, has to say; what is `None` is left to the other.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Preferences {
    #[serde(deserialize_with = "formats")]
    pub to: Option<Vec<NamedFormat>>,
    pub output: Option<String>,
    pub jobs: Option<usize>,
    pub encoding: Option<String>,
    pub language: Option<String>,
    #[serde(deserialize_with = "punctuation")]
    pub punctuation: Option<Punctuation>,
    #[serde(deserialize_with = "page")]
    pub page: Option<PageCleaning>,
    pub theme: Option<PathBuf>,
    #[serde(deserialize_with = "paper")]
    pub paper: Option<(Length, Length)>,
    #[serde(deserialize_with = "margin")]
    pub margin: Option<Length>,
    #[serde(deserialize_with = "type_size")]
    pub type_size: Option<Length>,
    #[serde(deserialize_with = "contents")]
    pub contents: Option<Contents>,
    pub font_dirs: Option<Vec<PathBuf>>,
    #[serde(deserialize_with = "missing_glyph")]
    pub missing_glyph: Option<MissingGlyph>,
    #[serde(deserialize_with = "wrapping")]
    pub wrap: Option<Wrap>,
    #[serde(deserialize_with = "links")]
    pub links: Option<LinkStyle>,
    #[serde(deserialize_with = "pictures")]
    pub pictures: Option<PicturePlace>,
    #[serde(deserialize_with = "html")]
    pub html: Option<HtmlUse>,
    pub wikilinks: Option<bool>,
    #[serde(deserialize_with = "epub_fonts")]
    pub epub_fonts: Option<EpubFonts>,
    #[serde(deserialize_with = "pdf_standard")]
    pub pdf_standard: Option<PdfStandard>,
    #[serde(deserialize_with = "pdf_compression")]
    pub pdf_compression: Option<PdfCompression>,
    pub print: Option<bool>,
    #[serde(deserialize_with = "bleeding")]
    pub bleed: Option<Length>,
    #[serde(deserialize_with = "ink")]
    pub ink: Option<Ink>,
    pub print_profile: Option<PathBuf>,
    pub vertical: Option<bool>,
    pub date: Option<String>,
    pub limit_bytes: Option<u64>,
    pub limit_unpacked: Option<u64>,
    pub limit_nesting: Option<usize>,
    pub limit_nodes: Option<usize>,
    pub limit_characters: Option<usize>,
    pub limit_pixels: Option<u64>,
    pub limit_pages: Option<usize>,
    pub limit_seconds: Option<u64>,
}

/// What a run is made with, all questions answered.
#[derive(Clone, Debug)]
pub struct Settings {
    /// What to write; empty when the user did not say.
    pub to: Vec<NamedFormat>,
    /// What to read; found out file by file when absent.
    pub from: Option<NamedFormat>,
    pub output: Option<String>,
    /// Files converted at a time; 0 is one for each processor, and one more.
    pub jobs: usize,
    pub read: ReadOptions,
    pub write: WriteOptions,
    /// Folder of the user's theme.
    pub theme: Option<PathBuf>,
    /// What of the page is not as the theme has it.
    pub page_setup: PageSetup,
    pub font_dirs: Vec<PathBuf>,
    /// File of the printer's own profile.
    pub print_profile: Option<PathBuf>,
    /// Seconds since 1970-01-01 UTC, if the user gave a date.
    pub timestamp: Option<i64>,
    /// Seconds one file may take, if the user set it.
    pub seconds: Option<u64>,
}

/// Why a configuration cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    #[error("{path}: {error}")]
    Unreadable { path: String, error: std::io::Error },
    #[error("{path}: {reason}")]
    Malformed { path: String, reason: String },
    #[error("{0}")]
    Value(String),
}

/// Bytes of a configuration file.
const LARGEST_FILE: u64 = 1 << 20;

impl Preferences {
    /// Read a configuration file.
    pub fn load(path: &Path) -> Result<Preferences, ConfigError> {
        let name = path.display().to_string();
        let text =
            read_words(path, LARGEST_FILE).map_err(|error| ConfigError::Unreadable { path: name.clone(), error })?;
        let mut preferences: Preferences = toml::from_str(&text)
            .map_err(|error| ConfigError::Malformed { path: name, reason: error.to_string().trim_end().to_owned() })?;
        let folder = path.parent().unwrap_or(Path::new(""));
        let theme = preferences.theme.as_mut().filter(|theme| theme.as_os_str() != BUNDLED_THEME);
        for path in preferences.font_dirs.iter_mut().flatten().chain(theme).chain(&mut preferences.print_profile) {
            *path = folder.join(&*path);
        }
        Ok(preferences)
    }

    /// These, and the other's where these say nothing.
    pub fn or(self, other: Preferences) -> Preferences {
        Preferences {
            to: self.to.or(other.to),
            output: self.output.or(other.output),
            jobs: self.jobs.or(other.jobs),
            encoding: self.encoding.or(other.encoding),
            language: self.language.or(other.language),
            punctuation: self.punctuation.or(other.punctuation),
            page: self.page.or(other.page),
            theme: self.theme.or(other.theme),
            paper: self.paper.or(other.paper),
            margin: self.margin.or(other.margin),
            type_size: self.type_size.or(other.type_size),
            contents: self.contents.or(other.contents),
            font_dirs: self.font_dirs.or(other.font_dirs),
            missing_glyph: self.missing_glyph.or(other.missing_glyph),
            wrap: self.wrap.or(other.wrap),
            links: self.links.or(other.links),
            pictures: self.pictures.or(other.pictures),
            html: self.html.or(other.html),
            wikilinks: self.wikilinks.or(other.wikilinks),
            epub_fonts: self.epub_fonts.or(other.epub_fonts),
            pdf_standard: self.pdf_standard.or(other.pdf_standard),
            pdf_compression: self.pdf_compression.or(other.pdf_compression),
            print: self.print.or(other.print),
            bleed: self.bleed.or(other.bleed),
            ink: self.ink.or(other.ink),
            print_profile: self.print_profile.or(other.print_profile),
            vertical: self.vertical.or(other.vertical),
            date: self.date.or(other.date),
            limit_bytes: self.limit_bytes.or(other.limit_bytes),
            limit_unpacked: self.limit_unpacked.or(other.limit_unpacked),
            limit_nesting: self.limit_nesting.or(other.limit_nesting),
            limit_nodes: self.limit_nodes.or(other.limit_nodes),
            limit_characters: self.limit_characters.or(other.limit_characters),
            limit_pixels: self.limit_pixels.or(other.limit_pixels),
            limit_pages: self.limit_pages.or(other.limit_pages),
            limit_seconds: self.limit_seconds.or(other.limit_seconds),
        }
    }

    /// Answer every question; errors on a value that means nothing.
    pub fn settle(self, from: Option<NamedFormat>) -> Result<Settings, ConfigError> {
        let limits = self.limits();
        if let Some(label) = &self.encoding
            && encoding_rs::Encoding::for_label(label.as_bytes()).is_none()
        {
            return Err(ConfigError::Value(format!("{label} is no encoding we know; try utf-8, gb18030 or big5")));
        }
        let read = ReadOptions {
            encoding: self.encoding,
            language: self.language.map(Language::new),
            markdown: from.and_then(|from| from.flavour).unwrap_or_default(),
            wikilinks: self.wikilinks.unwrap_or_default(),
            punctuation: self.punctuation.unwrap_or_default(),
            page: self.page.unwrap_or_default(),
            limits: limits.clone(),
        };
        let mut write = WriteOptions { limits, ..WriteOptions::default() };
        write.missing_glyph = self.missing_glyph.unwrap_or_default();
        write.markdown.wrap = self.wrap.unwrap_or_default();
        write.markdown.links = self.links.unwrap_or_default();
        write.markdown.pictures = self.pictures.unwrap_or_default();
        write.markdown.html = self.html.unwrap_or_default();
        write.epub.fonts = self.epub_fonts.unwrap_or_default();
        write.pdf.standard = self.pdf_standard.unwrap_or_default();
        write.pdf.compression = self.pdf_compression.unwrap_or_default();
        write.pdf.press = press(self.print, self.bleed, self.ink);
        if write.pdf.press.is_some() && write.pdf.standard != PdfStandard::Both {
            let message = "--print makes PDF/X-4; it goes with no --pdf-standard".to_owned();
            return Err(ConfigError::Value(message));
        }
        if self.print_profile.is_some() && write.pdf.press.is_none() {
            return Err(ConfigError::Value("--print-profile goes with --print".to_owned()));
        }
        write.vertical = self.vertical.unwrap_or_default();
        Ok(Settings {
            to: self.to.unwrap_or_default(),
            from,
            output: self.output,
            jobs: self.jobs.unwrap_or(0),
            read,
            write,
            theme: self.theme.filter(|theme| theme.as_os_str() != BUNDLED_THEME),
            page_setup: PageSetup {
                paper: self.paper,
                margin: self.margin,
                type_size: self.type_size,
                contents: self.contents,
            },
            font_dirs: self.font_dirs.unwrap_or_default(),
            print_profile: self.print_profile,
            timestamp: self.date.as_deref().map(timestamp).transpose()?,
            seconds: self.limit_seconds,
        })
    }

    fn limits(&self) -> Limits {
        let usual = Limits::default();
        Limits {
            bytes: self.limit_bytes.unwrap_or(usual.bytes),
            unpacked: self.limit_unpacked.unwrap_or(usual.unpacked),
            nesting: self.limit_nesting.unwrap_or(usual.nesting),
            nodes: self.limit_nodes.unwrap_or(usual.nodes),
            characters: self.limit_characters.unwrap_or(usual.characters),
            pixels: self.limit_pixels.unwrap_or(usual.pixels),
            pages: self.limit_pages.unwrap_or(usual.pages),
            stop: usual.stop,
        }
    }
}

fn press(print: Option<bool>, bleed: Option<Length>, ink: Option<Ink>) -> Option<PressOptions> {
    let usual = PressOptions::default();
    (print == Some(true)).then(|| PressOptions { bleed: bleed.unwrap_or(usual.bleed), ink: ink.unwrap_or(usual.ink) })
}

/// Bleed: a length of 0 to 25 mm; a bare number is millimetres, as printers write it.
pub fn bleed(word: &str) -> Result<Length, String> {
    let is_bare = word.trim().parse::<f64>().is_ok();
    let length = themes::length(&if is_bare { format!("{}mm", word.trim()) } else { word.to_owned() })?;
    let is_allowed = length <= Length::from_millimetres(25.0);
    is_allowed.then_some(length).ok_or_else(|| format!("{word:?} is more bleed than 25mm"))
}

/// Thickness of paper: 0.01 to 2 mm; a bare number is millimetres.
pub fn caliper(word: &str) -> Result<Length, String> {
    let length = bleed(word)?;
    let is_allowed = (Length::from_millimetres(0.01)..=Length::from_millimetres(2.0)).contains(&length);
    is_allowed.then_some(length).ok_or_else(|| format!("{word:?} is no thickness of paper from 0.01mm to 2mm"))
}

/// Grams a square metre, 10 to 1000.
pub fn grammage(word: &str) -> Result<f64, String> {
    within(word, 10.0, 1000.0)
}

/// Cubic centimetres a gram, 0.3 to 5.
pub fn bulk(word: &str) -> Result<f64, String> {
    within(word, 0.3, 5.0)
}

fn within(word: &str, least: f64, most: f64) -> Result<f64, String> {
    let number: Option<f64> = word.parse().ok().filter(|number| (least..=most).contains(number));
    number.ok_or_else(|| format!("give a number from {least} to {most}"))
}

/// A format by any of its names: `markdown`, `md`, `gfm`, `commonmark`, `txt`, `docbook` …
pub fn named_format(word: &str) -> Result<NamedFormat, String> {
    let flavour = match word.to_ascii_lowercase().as_str() {
        "gfm" => Some(MarkdownFlavour::Gfm),
        "commonmark" => Some(MarkdownFlavour::CommonMark),
        "pandoc-markdown" => Some(MarkdownFlavour::Pandoc),
        _ => None,
    };
    let format = if flavour.is_some() { Some(Format::Markdown) } else { Format::named(word) };
    let unknown = || format!("{word} is no format we know; `banxin formats` lists them");
    format.map(|format| NamedFormat { format, flavour }).ok_or_else(unknown)
}

/// `none`, `sentence`, or a number of columns.
pub fn wrap(word: &str) -> Result<Wrap, String> {
    match word {
        "none" => Ok(Wrap::None),
        "sentence" => Ok(Wrap::Sentence),
        columns => match columns.parse() {
            Ok(columns) if columns >= 20 => Ok(Wrap::Columns(columns)),
            _ => Err(format!("{word}: give none, sentence or a number of columns from 20")),
        },
    }
}

/// `2024-05-01`, `2024-05-01T08:30:00Z` or seconds since 1970-01-01, as those seconds.
fn timestamp(word: &str) -> Result<i64, ConfigError> {
    let unclear = || {
        ConfigError::Value(format!("{word}: give a date as 2024-05-01, 2024-05-01T08:30:00Z or in seconds since 1970"))
    };
    if let Ok(seconds) = word.parse() {
        return Ok(seconds);
    }
    let (date, time) = word.split_once('T').unwrap_or((word, "00:00:00Z"));
    let numbers = |text: &str, separator: char| -> Option<Vec<i64>> {
        text.split(separator).map(|part| part.parse().ok()).collect()
    };
    let date = numbers(date, '-').ok_or_else(unclear)?;
    let time = time.strip_suffix('Z').and_then(|time| numbers(time, ':')).ok_or_else(unclear)?;
    let ([year, month, day], [hour, minute, second]) = (date.as_slice(), time.as_slice()) else {
        return Err(unclear());
    };
    let in_range = (1..=9999).contains(year)
        && (1..=12).contains(month)
        && (1..=31).contains(day)
        && (0..24).contains(hour)
        && (0..60).contains(minute)
        && (0..60).contains(second);
    if !in_range {
        return Err(unclear());
    }
    Ok(days_since_1970(*year, *month, *day) * 86_400 + hour * 3_600 + minute * 60 + second)
}

/// Days of the proleptic Gregorian calendar. The year is taken to begin in March, so that the leap day comes last.
fn days_since_1970(year: i64, month: i64, day: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    365 * year + year.div_euclid(4) - year.div_euclid(100) + year.div_euclid(400) + day_of_year - 719_468
}

/// The words of a choice, for help and completion.
pub fn words<T>(choice: Choice<T>) -> impl Iterator<Item = &'static str> {
    choice.iter().map(|(word, _)| *word)
}

/// The meaning of a word.
pub fn meaning<T: Copy>(choice: Choice<T>, word: &str) -> Option<T> {
    choice.iter().find(|(one, _)| *one == word).map(|(_, meaning)| *meaning)
}

fn chosen<'de, T: Copy, D: Deserializer<'de>>(choice: Choice<T>, deserializer: D) -> Result<Option<T>, D::Error> {
    let word = String::deserialize(deserializer)?;
    let known = || words(choice).collect::<Vec<_>>().join(", ");
    meaning(choice, &word).map(Some).ok_or_else(|| serde::de::Error::custom(format!("{word}: give one of {}", known())))
}

fn punctuation<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Punctuation>, D::Error> {
    chosen(PUNCTUATION, deserializer)
}

fn page<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<PageCleaning>, D::Error> {
    chosen(PAGE, deserializer)
}

fn missing_glyph<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<MissingGlyph>, D::Error> {
    chosen(MISSING_GLYPH, deserializer)
}

fn links<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<LinkStyle>, D::Error> {
    chosen(LINKS, deserializer)
}

fn pictures<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<PicturePlace>, D::Error> {
    chosen(PICTURES, deserializer)
}

fn html<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<HtmlUse>, D::Error> {
    chosen(HTML, deserializer)
}

fn epub_fonts<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<EpubFonts>, D::Error> {
    chosen(EPUB_FONTS, deserializer)
}

fn pdf_standard<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<PdfStandard>, D::Error> {
    chosen(PDF_STANDARD, deserializer)
}

fn pdf_compression<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<PdfCompression>, D::Error> {
    chosen(PDF_COMPRESSION, deserializer)
}

fn ink<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Ink>, D::Error> {
    chosen(INK, deserializer)
}

fn bleeding<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Length>, D::Error> {
    bleed(&String::deserialize(deserializer)?).map(Some).map_err(serde::de::Error::custom)
}

fn paper<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<(Length, Length)>, D::Error> {
    themes::paper(&String::deserialize(deserializer)?).map(Some).map_err(serde::de::Error::custom)
}

fn margin<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Length>, D::Error> {
    themes::length(&String::deserialize(deserializer)?).map(Some).map_err(serde::de::Error::custom)
}

fn contents<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Contents>, D::Error> {
    chosen(CONTENTS, deserializer)
}

fn type_size<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Length>, D::Error> {
    themes::type_size(&String::deserialize(deserializer)?).map(Some).map_err(serde::de::Error::custom)
}

/// A word, or a bare number of columns.
fn wrapping<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Wrap>, D::Error> {
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum WordOrColumns {
        Word(String),
        Columns(usize),
    }
    let word = match WordOrColumns::deserialize(deserializer)? {
        WordOrColumns::Word(word) => word,
        WordOrColumns::Columns(columns) => columns.to_string(),
    };
    wrap(&word).map(Some).map_err(serde::de::Error::custom)
}

fn formats<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Vec<NamedFormat>>, D::Error> {
    let names = Vec::<String>::deserialize(deserializer)?;
    let formats: Result<Vec<NamedFormat>, String> = names.iter().map(|name| named_format(name)).collect();
    formats.map(Some).map_err(serde::de::Error::custom)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_seconds_of_the_gregorian_calendar() {
        assert_eq!(timestamp("1980-01-01").expect("a date"), crate::edition::DEFAULT_TIMESTAMP);
        assert_eq!(timestamp("2000-02-29T12:00:01Z").expect("a date"), 951_825_601);
        assert_eq!(timestamp("86400").expect("seconds"), 86_400);
        assert!(timestamp("2024-13-01").is_err());
        assert!(timestamp("yesterday").is_err());
    }

    #[test]
    fn a_flag_wins_over_the_file() {
        let file: Preferences =
            toml::from_str("punctuation = \"keep\"\nwrap = 40\nto = [\"gfm\"]").expect("a configuration");
        let flags = Preferences { punctuation: Some(Punctuation::Repair), ..Preferences::default() };
        let settings = flags.or(file).settle(None).expect("settings");
        assert_eq!(settings.read.punctuation, Punctuation::Repair);
        assert_eq!(settings.write.markdown.wrap, Wrap::Columns(40));
        assert_eq!(settings.to[0].flavour, Some(MarkdownFlavour::Gfm));
    }

    #[test]
    fn a_misspelt_key_or_word_is_an_error() {
        assert!(toml::from_str::<Preferences>("punctuations = \"keep\"").is_err());
        assert!(toml::from_str::<Preferences>("punctuation = \"mend\"").is_err());
    }
}
