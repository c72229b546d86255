//! What a conversion can be told beside its edition. Each stage has its own part; all have good defaults.

use std::collections::BTreeSet;
use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use crate::document::{Language, MAX_DEPTH};
use crate::length::Length;
use crate::output_profile::OutputProfile;

/// How to read.
#[derive(Clone, Debug, Default)]
pub struct ReadOptions {
    /// WHATWG label of the source's encoding; found out when absent.
    pub encoding: Option<String>,
    /// Language of the document where the source does not say; found out when absent.
    pub language: Option<Language>,
    pub markdown: MarkdownFlavour,
    /// Whether `[[page]]` and `[[page|words]]` are links in Markdown.
    pub wikilinks: bool,
    pub punctuation: Punctuation,
    pub page: PageCleaning,
    pub limits: Limits,
}

/// Which Markdown is read and written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum MarkdownFlavour {
    /// Everything we know, with CJK-friendly emphasis.
    #[default]
    Banxin,
    /// CommonMark 0.31.2 to the letter.
    CommonMark,
    /// GitHub's.
    Gfm,
    /// As pandoc reads it (writer only; the reader takes it for `Banxin`).
    Pandoc,
}

/// Whether half-width punctuation between Han characters becomes Chinese (GB/T 15834).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Punctuation {
    /// By the evidence in the file.
    #[default]
    Auto,
    Keep,
    Repair,
}

/// How much of an HTML page is the article.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum PageCleaning {
    /// Clean when the page looks like a site's.
    #[default]
    Auto,
    Article,
    Whole,
}

/// Bounds on hostile input: they keep one conversion with the usual ones under one GiB of memory.
#[derive(Clone, Debug)]
pub struct Limits {
    /// Bytes of one file, of the source or beside it.
    pub bytes: u64,
    /// Bytes that one compressed source may unpack to, all its files together.
    pub unpacked: u64,
    /// Levels that blocks and inlines may nest; readers flatten before that.
    pub nesting: usize,
    /// Nodes of one document.
    pub nodes: usize,
    /// Characters set in one PDF.
    pub characters: usize,
    /// Pixels of one picture.
    pub pixels: u64,
    /// Pages of one PDF.
    pub pages: usize,
    /// Up when the time is over.
    pub stop: StopSign,
}

impl Default for Limits {
    fn default() -> Limits {
        Limits {
            bytes: 64 << 20,
            unpacked: 256 << 20,
            nesting: 4 * MAX_DEPTH,
            nodes: 1_000_000,
            characters: 5_000_000,
            pixels: 64_000_000,
            pages: 4_000,
            stop: StopSign::default(),
        }
    }
}

/// Tells the stages of one conversion that nobody waits for it any longer.
///
/// Who waits raises it, from any thread; the stages look at it now and then, leave off wherever they are, and
/// [`crate::convert`] gives an error in place of what is half done. The stages themselves have no clock.
#[derive(Clone, Default)]
pub struct StopSign(Arc<AtomicBool>);

impl StopSign {
    pub fn raise(&self) {
        self.0.store(true, Ordering::Relaxed);
    }

    pub fn is_up(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }
}

/// Options are told apart by what they print, and a sign is no option.
impl fmt::Debug for StopSign {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("StopSign")
    }
}

/// How to write.
#[derive(Clone, Debug, Default)]
pub struct WriteOptions {
    pub markdown: MarkdownOptions,
    pub epub: EpubOptions,
    pub pdf: PdfOptions,
    /// Lines from top to bottom, in EPUB and HTML.
    pub vertical: bool,
    pub missing_glyph: MissingGlyph,
    pub limits: Limits,
    /// File name without extension that companions are named after: `article` gives `article.images/…`.
    pub stem: String,
    /// Addresses of other results made together with this one, which it may link to.
    pub neighbours: BTreeSet<String>,
}

/// What to do about a character no font has.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum MissingGlyph {
    /// Report it and set the font's own substitute box with the code point readable in the text.
    #[default]
    Report,
    Fail,
}

#[derive(Clone, Debug, Default)]
pub struct MarkdownOptions {
    pub flavour: MarkdownFlavour,
    pub wrap: Wrap,
    pub links: LinkStyle,
    pub pictures: PicturePlace,
    pub html: HtmlUse,
}

/// What Markdown does with what its flavour cannot say.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum HtmlUse {
    /// It is written as HTML.
    #[default]
    Allowed,
    /// Its words are written, and what they were is a diagnostic. HTML of the source goes, too.
    Never,
}

/// Where Markdown has the addresses of its links and pictures.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum LinkStyle {
    /// Behind their words.
    #[default]
    Inline,
    /// At the end of the text, by a label.
    Reference,
}

/// Where the pictures go that a document carries.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum PicturePlace {
    /// In a folder beside the Markdown.
    #[default]
    Beside,
    /// In the Markdown itself, as `data:` addresses.
    Inside,
}

/// Where Markdown lines are broken.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Wrap {
    /// A paragraph is a line.
    #[default]
    None,
    /// At most so many columns; a Han character takes two.
    Columns(usize),
    /// A sentence a line.
    Sentence,
}

#[derive(Clone, Debug, Default)]
pub struct EpubOptions {
    pub fonts: EpubFonts,
    /// Pages of the printed edition, when one is made in the same run.
    pub pages: Vec<PageStart>,
}

/// Where a page of a printed edition begins in the text of its document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PageStart {
    /// The page's number as printed.
    pub label: String,
    /// Letters and digits before it in the flow of the text: no notes, no labels of lists, no readings.
    pub letter: usize,
    /// The first letters on it.
    pub following: String,
}

/// Which characters get an embedded face in an EPUB.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum EpubFonts {
    None,
    /// Only those that readers' own fonts are likely to lack.
    #[default]
    Rare,
    Headings,
    Full,
}

#[derive(Clone, Debug, Default)]
pub struct PdfOptions {
    pub standard: PdfStandard,
    pub compression: PdfCompression,
    /// What the document was read from, for standards that let a PDF carry it.
    pub source: Option<SourceFile>,
    /// Set for the edition that goes to the printer; it is PDF/X-4 whatever the standard says.
    pub press: Option<PressOptions>,
    /// The printer's own profile, for the press edition; without it one of ours.
    pub press_profile: Option<OutputProfile>,
    /// Say where each page begins, for an edition without pages that is made in the same run.
    pub page_starts: bool,
}

/// How hard a PDF is made small.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum PdfCompression {
    /// Streams alone.
    Fast,
    /// Objects too.
    #[default]
    Usual,
    /// As small as deflate gets it.
    Small,
}

/// A file that a PDF carries.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceFile {
    /// Without folders.
    pub name: String,
    pub media_type: &'static str,
    pub bytes: Arc<Vec<u8>>,
}

/// How a press edition is made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PressOptions {
    /// What is printed beyond the trimmed page on each side.
    pub bleed: Length,
    pub ink: Ink,
}

impl PressOptions {
    /// Millimetres of bleed that printers ask for.
    pub const USUAL_BLEED: f64 = 3.0;
}

impl Default for PressOptions {
    fn default() -> PressOptions {
        PressOptions { bleed: Length::from_millimetres(PressOptions::USUAL_BLEED), ink: Ink::default() }
    }
}

/// What a press prints with.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Ink {
    /// Black alone.
    #[default]
    Gray,
    /// Cyan, magenta, yellow and black; text in black alone.
    Cmyk,
}

/// What a PDF promises. Whatever it promises, it is tagged.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum PdfStandard {
    /// PDF/UA-1 and PDF/A-2a at once; where a document cannot meet them, no promise, and a diagnostic.
    #[default]
    Both,
    /// ISO 14289-1: accessible.
    Ua1,
    /// ISO 19005-2, level A: archival, with structure.
    A2a,
    /// Level U: archival, with all text readable.
    A2u,
    /// Level B: archival, in looks alone.
    A2b,
    /// ISO 19005-3, level A, and PDF/UA-1, with the source and the document model as associated files.
    A3a,
    /// ISO 19005-4: archival, of PDF 2.0.
    A4,
    /// Level F: with the source and the document model as associated files.
    A4f,
    None,
}

impl PdfStandard {
    /// Whether it lets a PDF carry files of any kind.
    pub fn carries_files(self) -> bool {
        matches!(self, PdfStandard::A3a | PdfStandard::A4f)
    }
}
