//! What can be typed.

use std::path::PathBuf;

use clap::builder::{FalseyValueParser, PossibleValuesParser, TypedValueParser};
use clap::{Args, Parser, Subcommand};

use crate::batch::Shard;
use crate::config::{self, Choice, NamedFormat, Preferences};
use crate::length::Length;
use crate::options::{
    EpubFonts, HtmlUse, Ink, LinkStyle, MissingGlyph, PageCleaning, PdfCompression, PdfStandard, PicturePlace,
    Punctuation, Wrap,
};
use crate::themes::{self, Contents};

/// Articles in Chinese and other CJK languages into PDF, EPUB and Markdown.
///
/// Without INPUT, everything in the folder `input` is converted to PDF, EPUB and Markdown in `output`.
#[derive(Debug, Parser)]
#[command(name = "banxin", version, args_conflicts_with_subcommands = true, disable_help_subcommand = true)]
#[command(after_help = "Exit code: 0 when all was made, 1 when some inputs failed, 2 when nothing could be begun.")]
pub struct Arguments {
    #[command(flatten)]
    pub convert: ConvertArguments,
    #[command(subcommand)]
    pub command: Option<Command>,
}

#[derive(Debug, Subcommand)]
pub enum Command {
    /// Convert sources; the same as without a subcommand
    Convert(Box<ConvertArguments>),
    /// Do everything but write, and report what would be lost
    Check(Box<CheckArguments>),
    /// Convert, and convert again whatever changes, until interrupted
    Watch(Box<ConvertArguments>),
    /// Place the pages of a PDF on sheets: booklets, signatures, several to a side, covers
    Impose(ImposeArguments),
    /// List what can be read and written
    Formats,
    /// List the faces at hand
    Fonts(FontsArguments),
    /// Print the licences of banxin and of the bundled fonts
    Licenses,
    /// Remove what earlier runs made in an output folder
    Clean {
        /// The output folder
        #[arg(default_value = "output")]
        folder: PathBuf,
    },
    /// Print a completion script for a shell
    Completions { shell: clap_complete::Shell },
    /// Print the manual page
    Man,
}

#[derive(Debug, Args)]
pub struct ConvertArguments {
    #[command(flatten)]
    pub sources: SourceArguments,
    /// Formats to write, with commas: pdf, epub, md, gfm, commonmark, json …
    #[arg(short = 't', long = "to", value_name = "FORMAT", value_delimiter = ',', value_parser = config::named_format)]
    pub to: Vec<NamedFormat>,
    /// A folder, one file, or - for standard output
    ///
    /// Without it, results of a folder go to `output`, those of a named file beside it, those of standard input to
    /// standard output.
    #[arg(short, long, value_name = "DIR|FILE|-")]
    pub output: Option<String>,
    /// Make everything anew, also what stands unchanged in the output folder
    #[arg(long)]
    pub force: bool,
    /// Force each file to the disk before it gets its name
    #[arg(long)]
    pub fsync: bool,
    #[command(flatten)]
    pub run: RunArguments,
    #[command(flatten)]
    pub set: SettingArguments,
}

#[derive(Debug, Args)]
pub struct CheckArguments {
    #[command(flatten)]
    pub sources: SourceArguments,
    /// Formats to try, with commas
    #[arg(short = 't', long = "to", value_name = "FORMAT", value_delimiter = ',', value_parser = config::named_format)]
    pub to: Vec<NamedFormat>,
    #[command(flatten)]
    pub run: RunArguments,
    #[command(flatten)]
    pub set: SettingArguments,
}

/// What to read.
#[derive(Debug, Args)]
pub struct SourceArguments {
    /// Files, folders, patterns such as 'articles/**/*.md', or - for standard input
    #[arg(value_name = "INPUT")]
    pub inputs: Vec<String>,
    /// A file that lists inputs, one a line; - for standard input
    #[arg(long, value_name = "FILE")]
    pub files_from: Option<String>,
    /// Bind all sources into one book of this title, each a chapter
    ///
    /// Chapters stand in the order in which they are named, those of a folder or a pattern by their names with numbers
    /// counted (2 before 10). Links from one source to another lead within the book.
    #[arg(long, value_name = "TITLE")]
    pub book: Option<String>,
    /// Format of the sources; found out file by file without it
    #[arg(short, long, value_name = "FORMAT", value_parser = config::named_format)]
    pub from: Option<NamedFormat>,
}

/// How to go about many files, and what to tell.
#[derive(Debug, Args)]
#[command(next_help_heading = "Running")]
pub struct RunArguments {
    /// Files converted at a time [default: one for each processor, and one more]
    #[arg(short, long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..))]
    pub jobs: Option<u16>,
    /// Only the i-th of n parts of the files, to split a run over machines
    #[arg(long, value_name = "I/N", value_parser = shard)]
    pub shard: Option<Shard>,
    /// A program that gets each document as pandoc's JSON and gives it back changed; can be given many times
    ///
    /// It gets the target's name as its argument. It runs as you, without a shell, for a minute or --limit-seconds.
    #[arg(long = "filter", value_name = "CMD")]
    pub filters: Vec<String>,
    /// Begin nothing new after the first failure
    #[arg(long, overrides_with = "keep_going")]
    pub fail_fast: bool,
    /// Go on after a failure; this is the default
    #[arg(long)]
    pub keep_going: bool,
    /// Count warnings as failures
    #[arg(long)]
    pub deny_warnings: bool,
    /// Say how each source was understood
    #[arg(long)]
    pub explain: bool,
    /// Write what became of each file as JSON lines; - for standard output
    #[arg(long, value_name = "FILE")]
    pub json_report: Option<String>,
    /// Write a JUnit XML report
    #[arg(long, value_name = "FILE")]
    pub junit: Option<PathBuf>,
    /// Write a SARIF report
    #[arg(long, value_name = "FILE")]
    pub sarif: Option<PathBuf>,
    /// Annotate files of a GitHub pull request; on by itself in GitHub Actions
    #[arg(long, env = "GITHUB_ACTIONS", hide_env = true, value_parser = FalseyValueParser::new())]
    pub github: bool,
    /// Say nothing but errors
    #[arg(short, long, conflicts_with = "verbose")]
    pub quiet: bool,
    /// Also say what was expected and harmless, and how long each file took
    #[arg(short, long)]
    pub verbose: bool,
}

/// How to read and set; each can stand in banxin.toml by its long name too.
#[derive(Debug, Args)]
#[command(next_help_heading = "Reading and setting")]
pub struct SettingArguments {
    /// Configuration file [default: banxin.toml where there is one]
    #[arg(long, value_name = "FILE")]
    pub config: Option<PathBuf>,
    /// Encoding of the sources, such as gb18030; found out without it
    #[arg(long, value_name = "LABEL")]
    pub encoding: Option<String>,
    /// Language of sources that do not say theirs: zh-Hans, zh-Hant-TW, ja …
    #[arg(long, value_name = "TAG")]
    pub language: Option<String>,
    /// Half-width punctuation between Han characters
    #[arg(long, value_name = "HOW", value_parser = choice(config::PUNCTUATION))]
    pub punctuation: Option<Punctuation>,
    /// How much of an HTML page is the article
    #[arg(long, value_name = "HOW", value_parser = choice(config::PAGE))]
    pub page: Option<PageCleaning>,
    /// Theme: classic, or a folder whose theme.toml says what differs from it
    #[arg(long, value_name = "DIR")]
    pub theme: Option<PathBuf>,
    /// Paper of a PDF: A4, A5, B5, 16k, or width and height such as 170mmx240mm
    #[arg(long, value_name = "SIZE", value_parser = themes::paper)]
    pub paper: Option<(Length, Length)>,
    /// Least distance from the edges of the paper to the text: 20mm, 2.5cm, 54pt
    #[arg(long, value_name = "LENGTH", value_parser = themes::length)]
    pub margin: Option<Length>,
    /// Size of body text, which headings and notes follow: 10.5pt, 五号
    #[arg(long, value_name = "SIZE", value_parser = themes::type_size)]
    pub type_size: Option<Length>,
    /// Which PDFs begin with a list of contents; books have several chapters
    #[arg(long, value_name = "WHICH", value_parser = choice(config::CONTENTS))]
    pub contents: Option<Contents>,
    /// Folder with faces of your own; can be given many times
    #[arg(long = "font-dir", value_name = "DIR")]
    pub font_dirs: Vec<PathBuf>,
    /// What to do about a character no face has
    #[arg(long, value_name = "HOW", value_parser = choice(config::MISSING_GLYPH))]
    pub missing_glyph: Option<MissingGlyph>,
    /// Where Markdown lines are broken: none, sentence, or a number of columns
    #[arg(long, value_name = "HOW", value_parser = config::wrap)]
    pub wrap: Option<Wrap>,
    /// Where Markdown has the addresses of its links [default: inline]
    #[arg(long, value_name = "WHERE", value_parser = choice(config::LINKS))]
    pub links: Option<LinkStyle>,
    /// Where the pictures of Markdown go: a folder beside it, or inside as data: addresses [default: beside]
    #[arg(long, value_name = "WHERE", value_parser = choice(config::PICTURES))]
    pub pictures: Option<PicturePlace>,
    /// What Markdown does with what its flavour cannot say: HTML for it, or its words and a diagnostic [default: allowed]
    #[arg(long, value_name = "WHEN", value_parser = choice(config::HTML))]
    pub html: Option<HtmlUse>,
    /// Read [[page]] and [[page|words]] in Markdown as links
    #[arg(long)]
    pub wikilinks: bool,
    /// Which characters get an embedded face in EPUB
    #[arg(long, value_name = "WHICH", value_parser = choice(config::EPUB_FONTS))]
    pub epub_fonts: Option<EpubFonts>,
    /// What a PDF promises; `both` are PDF/UA-1 and PDF/A-2a
    ///
    /// a-3a and a-4f carry the source and the document model, from which banxin reads them back.
    #[arg(long, value_name = "WHICH", value_parser = choice(config::PDF_STANDARD))]
    pub pdf_standard: Option<PdfStandard>,
    /// How hard a PDF is made small
    #[arg(long, value_name = "HOW", value_parser = choice(config::PDF_COMPRESSION))]
    pub pdf_compression: Option<PdfCompression>,
    /// PDF for the printer: PDF/X-4 with bleed, crop marks and text in black alone
    #[arg(long)]
    pub print: bool,
    /// What is printed beyond the cut with --print [default: 3mm]
    #[arg(long, value_name = "MM", value_parser = config::bleed)]
    pub bleed: Option<Length>,
    /// Inks of the press with --print [default: gray]
    #[arg(long, value_name = "WHICH", value_parser = choice(config::INK))]
    pub ink: Option<Ink>,
    /// The printer's ICC profile for --print; its inks are those of --ink
    #[arg(long, value_name = "FILE")]
    pub print_profile: Option<PathBuf>,
    /// Vertical lines in EPUB and HTML
    #[arg(long)]
    pub vertical: bool,
    /// Date of documents that have none: 2024-05-01, or seconds since 1970
    #[arg(long, value_name = "DATE", env = "SOURCE_DATE_EPOCH", hide_env_values = true)]
    pub date: Option<String>,
    /// Bytes of one file [default: 64 MiB]
    #[arg(long, value_name = "N")]
    pub limit_bytes: Option<u64>,
    /// Bytes a compressed source may unpack to [default: 256 MiB]
    #[arg(long, value_name = "N")]
    pub limit_unpacked: Option<u64>,
    /// Levels that a document may nest [default: 256]
    #[arg(long, value_name = "N")]
    pub limit_nesting: Option<usize>,
    /// Nodes of one document [default: 1 million]
    #[arg(long, value_name = "N")]
    pub limit_nodes: Option<usize>,
    /// Characters of one PDF [default: 5 million]
    #[arg(long, value_name = "N")]
    pub limit_characters: Option<usize>,
    /// Pixels of one picture [default: 64 million]
    #[arg(long, value_name = "N")]
    pub limit_pixels: Option<u64>,
    /// Pages of one PDF [default: 4,000]
    #[arg(long, value_name = "N")]
    pub limit_pages: Option<usize>,
    /// Seconds one file may take [default: 8]
    #[arg(long, value_name = "N")]
    pub limit_seconds: Option<u64>,
}

#[derive(Debug, Args)]
pub struct ImposeArguments {
    /// The PDF whose pages are placed
    pub input: PathBuf,
    /// The file to write [default: INPUT with .imposed.pdf]
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// How pages are dealt to sheets
    ///
    /// booklet: sheets folded once, all inside each other, for staples. signatures: the same, so many sheets at a time,
    /// for sewing. quarto: sheets folded twice. 2up, 4up: side by side in reading order.
    #[arg(long = "as", value_name = "SCHEME", default_value = "booklet")]
    pub scheme: SchemeName,
    /// Sheets to a signature
    #[arg(long, value_name = "N", default_value_t = 4, value_parser = clap::value_parser!(u16).range(1..=100))]
    pub sheets: u16,
    /// The edge the book is held at; right is for lines that run down
    #[arg(long, value_name = "EDGE", default_value = "left")]
    pub binding: BindingEdge,
    /// Size of the sheets: A4, SRA3 or 320mmx450mm [default: what pages and marks need]
    #[arg(long, value_name = "SIZE", value_parser = themes::paper)]
    pub sheet: Option<(Length, Length)>,
    /// Thickness of the paper, for creep and spine: 0.1mm [default: from grammage and bulk]
    #[arg(long, value_name = "MM", value_parser = config::caliper, conflicts_with_all = ["grammage", "bulk"])]
    pub caliper: Option<Length>,
    /// Grams of a square metre of the paper
    #[arg(long, value_name = "G", default_value_t = 80.0, value_parser = config::grammage)]
    pub grammage: f64,
    /// Cubic centimetres of a gram of the paper: 1.25 of offset paper, 0.8 of art paper, 1.8 of bulky book paper
    #[arg(long, value_name = "CM3", default_value_t = 1.25, value_parser = config::bulk)]
    pub bulk: f64,
    /// Do not move inner pages towards the fold
    #[arg(long)]
    pub no_creep: bool,
    /// No marks for cutting and folding
    #[arg(long)]
    pub no_marks: bool,
    /// Make the cover instead: FILE holds front, back and spine, of which only the front must be there
    #[arg(long, value_name = "FILE")]
    pub cover: Option<PathBuf>,
}

#[derive(Clone, Copy, Debug, clap::ValueEnum)]
pub enum SchemeName {
    Booklet,
    Signatures,
    Quarto,
    #[value(name = "2up")]
    TwoUp,
    #[value(name = "4up")]
    FourUp,
}

#[derive(Clone, Copy, Debug, clap::ValueEnum)]
pub enum BindingEdge {
    Left,
    Right,
}

#[derive(Debug, Args)]
pub struct FontsArguments {
    /// Folder with faces of your own; can be given many times
    #[arg(long = "font-dir", value_name = "DIR")]
    pub font_dirs: Vec<PathBuf>,
}

impl SettingArguments {
    /// What was typed, as preferences.
    pub fn preferences(&self) -> Preferences {
        Preferences {
            encoding: self.encoding.clone(),
            language: self.language.clone(),
            punctuation: self.punctuation,
            page: self.page,
            theme: self.theme.clone(),
            paper: self.paper,
            margin: self.margin,
            type_size: self.type_size,
            contents: self.contents,
            font_dirs: (!self.font_dirs.is_empty()).then(|| self.font_dirs.clone()),
            missing_glyph: self.missing_glyph,
            wrap: self.wrap,
            links: self.links,
            pictures: self.pictures,
            html: self.html,
            wikilinks: self.wikilinks.then_some(true),
            epub_fonts: self.epub_fonts,
            pdf_standard: self.pdf_standard,
            pdf_compression: self.pdf_compression,
            print: self.print.then_some(true),
            bleed: self.bleed,
            ink: self.ink,
            print_profile: self.print_profile.clone(),
            vertical: self.vertical.then_some(true),
            date: self.date.clone(),
            limit_bytes: self.limit_bytes,
            limit_unpacked: self.limit_unpacked,
            limit_nesting: self.limit_nesting,
            limit_nodes: self.limit_nodes,
            limit_characters: self.limit_characters,
            limit_pixels: self.limit_pixels,
            limit_pages: self.limit_pages,
            limit_seconds: self.limit_seconds,
            ..Preferences::default()
        }
    }
}

/// A parser that knows its words, for help and completion.
fn choice<T: Copy + Send + Sync + 'static>(choice: Choice<T>) -> impl TypedValueParser<Value = T> {
    PossibleValuesParser::new(config::words(choice))
        .map(move |word| config::meaning(choice, &word).expect("only words of the choice are let through"))
}

/// `2/8`: the second of eight parts.
fn shard(word: &str) -> Result<Shard, String> {
    let numbers = word.split_once('/').and_then(|(part, of)| Some((part.parse().ok()?, of.parse().ok()?)));
    match numbers {
        Some((part, of)) if (1..=of).contains(&part) => Ok(Shard { part, of }),
        _ => Err("give it as 2/8: the second of eight parts".to_owned()),
    }
}
