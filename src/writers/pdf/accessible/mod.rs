//! The default PDF, through krilla: tagged, PDF/UA-1 and PDF/A-2a at once, with links, bookmarks and page labels.

mod amend;
mod faces;
mod glyph_runs;
mod pages;
mod pictures;
mod png_rows;
mod ruby;
mod standards;
mod tags;

use std::collections::BTreeMap;
use std::sync::OnceLock;

use krilla::configure::Configuration;
use krilla::destination::{NamedDestination, XyzDestination};
use krilla::error::{KrillaError, KrillaResult};
use krilla::geom::Point as KrillaPoint;
use krilla::metadata::{DateTime, Metadata};
use krilla::outline::{Outline, OutlineNode};
use krilla::tagging::Identifier;
use krilla::{Document as Pdf, SerializeSettings};

use self::glyph_runs::GlyphRuns;
use super::date::Moment;
use super::pack;
use super::{Job, Painter};
use crate::diagnostics::{Diagnostics, Loss};
use crate::document::Language;
use crate::layout::frame::{Page, Point};
use crate::layout::structure::{NodeId, Role, Structure};
use crate::layout::{Bookmark, Layout, lay_out};
use crate::options::PdfStandard;
use crate::writers::WriteError;

pub(super) struct Accessible;

/// What painting the pages leaves for the structure tree and for the finished file.
#[derive(Default)]
struct Painted {
    /// By content, its pieces on the pages in reading order.
    contents: Vec<Vec<Identifier>>,
    /// By link, its annotations.
    annotations: BTreeMap<NodeId, Vec<Identifier>>,
    runs: GlyphRuns,
}

impl Painter for Accessible {
    /// Where the usual standards cannot be met the file is written without their claim, and why is said; a standard asked
    /// for by name must be met.
    fn paint(&self, mut job: Job<'_>, diagnostics: &mut Diagnostics) -> Result<Vec<u8>, WriteError> {
        let configuration = standards::configuration(job.options.standard);
        let file = match write(&mut job, configuration, diagnostics) {
            Err(KrillaError::Validation(errors)) if job.options.standard == PdfStandard::Both => {
                let message =
                    format!("the PDF promises neither PDF/UA-1 nor PDF/A-2a: {}", standards::reasons(&errors));
                diagnostics.warn(Loss::Substituted, "standard-not-met", None, message);
                let plain = standards::configuration(PdfStandard::None);
                // The pages were given away as they were painted.
                let again = lay_out(job.document, job.edition, job.limits, &mut Diagnostics::new());
                job.layout = again.map_err(|error| WriteError::Unwritable(error.to_string()))?;
                write(&mut job, plain, &mut Diagnostics::new())
            }
            written => written,
        };
        let (file, runs) = file.map_err(unwritable)?;
        // What follows needs the document and the file.
        job.layout = Layout::default();
        // Nobody waits for what was not finished.
        if file.is_empty() { Ok(file) } else { finished(&file, runs, &job) }
    }
}

/// Takes the layout's pages, and lets go of each once it is painted: what follows, the subsetting of the faces, needs as
/// much memory again.
fn write(
    job: &mut Job<'_>,
    configuration: Configuration,
    diagnostics: &mut Diagnostics,
) -> KrillaResult<(Vec<u8>, GlyphRuns)> {
    let laid_out = std::mem::take(&mut job.layout.pages);
    let job = &*job;
    let settings = SerializeSettings {
        configuration,
        enable_tagging: true,
        compress_content_streams: false,
        ..SerializeSettings::default()
    };
    let mut pdf = Pdf::new_with(settings);
    let destinations = destinations(&laid_out);
    for destination in destinations.values() {
        pdf.register_named_destination(destination.clone()).expect("each anchor is named once");
    }
    let mut painted = Painted { contents: vec![Vec::new(); job.layout.structure.contents()], ..Painted::default() };
    pages::paint(&mut pdf, job, laid_out, &destinations, &mut painted, diagnostics);
    if job.limits.stop.is_up() {
        // Nobody waits for it, and places on pages that were not painted lead nowhere.
        return Ok((Vec::new(), painted.runs));
    }
    let title = title(job);
    pdf.set_tag_tree(tags::tree(&job.layout.structure, &painted, &language(job)));
    pdf.set_outline(outline(&job.layout.bookmarks, &title));
    pdf.set_metadata(metadata(job, title));
    let runs = std::mem::take(&mut painted.runs);
    drop((painted, destinations));
    if job.options.standard.carries_files() {
        for file in standards::carried(job, moment(job)) {
            pdf.embed_file(file).expect("each file has a name of its own");
        }
    }
    Ok((pdf.finish()?, runs))
}

/// The file with what krilla cannot say, its runs of glyphs, outlines in its faces, rows in its pictures and its objects
/// packed.
fn finished(file: &[u8], runs: GlyphRuns, job: &Job<'_>) -> Result<Vec<u8>, WriteError> {
    let (effort, fonts) = (job.options.compression, &job.edition.fonts);
    let unlike = || WriteError::Unwritable("the PDF is not laid out as it should be".to_owned());
    let file = pack::File::of(file).ok_or_else(unlike)?;
    let runs = runs.placed(&file, fonts).ok_or_else(unlike)?;
    let broken = OnceLock::new();
    let packed = file.packed(effort, |number, object| {
        amend::amend(object);
        runs.fill(number, object);
        png_rows::fill(object, job.document);
        if let Err(error) = faces::fill(object, fonts, effort) {
            let _ = broken.set(error);
        }
    });
    match broken.into_inner() {
        Some(error) => Err(WriteError::Unwritable(error.to_string())),
        None => packed.ok_or_else(unlike),
    }
}

/// Named places of the document: every anchor that came to stand on a page.
fn destinations(pages: &[Page]) -> BTreeMap<String, NamedDestination> {
    let mut destinations = BTreeMap::new();
    for (index, page) in pages.iter().enumerate() {
        for (anchor, at) in &page.anchors {
            let place = XyzDestination::new(index, krilla_point(*at));
            destinations.entry(anchor.clone()).or_insert_with(|| NamedDestination::new(anchor.clone(), place));
        }
    }
    destinations
}

fn krilla_point(point: Point) -> KrillaPoint {
    KrillaPoint::from_xy(point.x.to_points() as f32, point.y.to_points() as f32)
}

/// Bookmarks nested by level; PDF/UA wants one at least, so a document without headings has its title.
fn outline(bookmarks: &[Bookmark], title: &str) -> Outline {
    let mut outline = Outline::new();
    if bookmarks.is_empty() {
        let top = XyzDestination::new(0, KrillaPoint::from_xy(0.0, 0.0));
        outline.push_child(OutlineNode::new(title.to_owned(), top));
    }
    // Headings open at each level so far, the deepest last.
    let mut open: Vec<(u8, OutlineNode)> = Vec::new();
    let close = |open: &mut Vec<(u8, OutlineNode)>, outline: &mut Outline| {
        let Some((_, node)) = open.pop() else { return };
        match open.last_mut() {
            Some((_, parent)) => parent.push_child(node),
            None => outline.push_child(node),
        }
    };
    for bookmark in bookmarks {
        while open.last().is_some_and(|(level, _)| *level >= bookmark.level) {
            close(&mut open, &mut outline);
        }
        let at = XyzDestination::new(bookmark.page, krilla_point(bookmark.at));
        let words = clean(&bookmark.words);
        let words = if words.is_empty() { "—".to_owned() } else { words };
        open.push((bookmark.level, OutlineNode::new(words, at)));
    }
    while !open.is_empty() {
        close(&mut open, &mut outline);
    }
    outline
}

pub(super) fn title(job: &Job<'_>) -> String {
    let first_heading = || job.layout.bookmarks.first().map(|bookmark| bookmark.words.clone());
    let found = [job.document.title(), first_heading(), Some(job.stem.to_owned())];
    let mut words = found.into_iter().flatten().map(|words| clean(&words)).filter(|words| !words.is_empty());
    words.next().unwrap_or_else(|| "—".to_owned())
}

pub(super) fn language(job: &Job<'_>) -> String {
    let own = job.document.metadata.language.as_ref().and_then(language_tag);
    own.unwrap_or_else(|| Language::default().as_str().to_owned())
}

/// A language as a PDF names it; nothing when it is no language tag (BCP 47).
fn language_tag(language: &Language) -> Option<String> {
    let tag = language.as_str().replace('_', "-");
    let mut parts = tag.split('-');
    let first = parts.next().unwrap_or_default();
    let is_primary = (2..=8).contains(&first.len()) && first.bytes().all(|byte| byte.is_ascii_alphabetic());
    let is_subtag = |part: &str| (1..=8).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphanumeric());
    (is_primary && parts.all(is_subtag)).then_some(tag)
}

/// The document's date, else the edition's.
fn moment(job: &Job<'_>) -> DateTime {
    let date = job.document.metadata.date.as_deref().and_then(Moment::of_iso);
    let moment = date.unwrap_or_else(|| Moment::of_timestamp(job.edition.timestamp));
    DateTime::new(moment.year)
        .month(moment.month)
        .day(moment.day)
        .hour(moment.hour)
        .minute(moment.minute)
        .second(moment.second)
        .utc_offset_hour(0)
        .utc_offset_minute(0)
}

fn metadata(job: &Job<'_>, title: String) -> Metadata {
    let known = &job.document.metadata;
    let date = moment(job);
    let producer = concat!("banxin ", env!("CARGO_PKG_VERSION"));
    let mut metadata = Metadata::new()
        .title(title)
        .language(language(job))
        .creator(producer.to_owned())
        .producer(producer.to_owned())
        .creation_date(date);
    let authors: Vec<String> = known.authors().map(clean).filter(|name| !name.is_empty()).collect();
    if !authors.is_empty() {
        metadata = metadata.authors(authors);
    }
    if let Some(description) = known.description.as_deref().map(clean).filter(|words| !words.is_empty()) {
        metadata = metadata.description(description);
    }
    let keywords: Vec<String> = known.keywords.iter().map(|word| clean(word)).filter(|word| !word.is_empty()).collect();
    if !keywords.is_empty() {
        metadata = metadata.keywords(keywords);
    }
    if let Some(identifier) = known.identifier.as_deref().map(clean).filter(|words| !words.is_empty()) {
        metadata = metadata.document_id(identifier);
    }
    metadata
}

fn unwritable(error: KrillaError) -> WriteError {
    WriteError::Unwritable(match error {
        KrillaError::Validation(errors) => format!("the standard cannot be met: {}", standards::reasons(&errors)),
        other => format!("{other:?}"),
    })
}

/// Words for metadata and bookmarks: control characters and what XML cannot carry are left out.
pub(super) fn clean(words: &str) -> String {
    let carried =
        |character: &char| !character.is_control() && !matches!(character, '\u{feff}' | '\u{fffe}' | '\u{ffff}');
    words.chars().filter(carried).collect::<String>().trim().to_owned()
}

/// Whether a node is a link whose annotation stands before its content.
fn is_link(structure: &Structure, node: NodeId) -> bool {
    matches!(structure.node(node).role, Role::Link { .. })
}
