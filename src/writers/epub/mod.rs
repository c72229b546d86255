//! EPUB 3.3 that EPUB 2 readers open too: chapters, navigation, package, container.

mod accessibility;
mod chapters;
mod container;
mod cover;
mod date;
mod deflate;
mod fonts;
mod identity;
mod navigation;
mod package;
mod page_list;
mod pictures;
mod publication;
mod svg;
mod usage;

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use self::chapters::{Chapter, Part, chapters};
use self::container::Entry;
use self::fonts::BookFonts;
use self::navigation::Landmark;
use self::package::Item;
use self::pictures::Picture;
use self::publication::Publication;
use super::html::anchors::{Anchors, IdAlphabet};
use super::html::escape::{attribute, escape};
use super::html::labels::Labels;
use super::html::markup::{Findings, Markup, Medium, Surroundings, language_tag};
use super::html::math::Mathematics;
use super::html::{BOOK_STYLES, VERTICAL_STYLES, heading_depths, title};
use super::{Artifact, WriteError, Writer};
use crate::diagnostics::{Diagnostics, Loss};
use crate::document::{BlockKind, Document, ResourceId, plain_text};
use crate::edition::Edition;
use crate::format::Format;
use crate::options::WriteOptions;

/// Folder of the publication in its container.
const FOLDER: &str = "EPUB";

/// Where the cover lies when it is drawn here.
const DRAWN_COVER: &str = "images/cover.png";

pub struct EpubWriter;

impl Writer for EpubWriter {
    fn format(&self) -> Format {
        Format::Epub
    }

    fn write(
        &self,
        document: &Document,
        edition: &Edition,
        options: &WriteOptions,
        diagnostics: &mut Diagnostics,
    ) -> Result<Artifact, WriteError> {
        let marked = (!options.epub.pages.is_empty()).then(|| page_list::marked(document, &options.epub.pages));
        let (document, pages) = marked.as_ref().map_or((document, &[][..]), |(document, pages)| (document, pages));
        let chapters = chapters(document);
        let mut publication = publication(document, edition, options, &chapters, diagnostics);
        publication.pages = pages.to_vec();
        let pictures = pictures::pictures(document, diagnostics);
        let words = added_words(&publication);
        let fonts = fonts::book_fonts(document, &publication.language, &words, &edition.fonts, options, diagnostics)?;
        let book = Book { chapters: &chapters, files: file_names(&chapters), pictures: &pictures, fonts: &fonts };
        let written = write_chapters(&publication, &book, diagnostics);
        publication.identifier = identity::identifier(&publication, &written.files, &pictures);
        let drawn = match document.metadata.cover.as_ref().is_some_and(|id| is_raster(&pictures, id)) {
            true => None,
            false => {
                Some(cover::cover(&publication, &edition.fonts, &edition.theme.cover).map_err(WriteError::Unwritable)?)
            }
        };
        let entries = assemble(&publication, &book, written, drawn);
        Ok(Artifact { bytes: container::pack(&entries)?, ..Artifact::default() })
    }
}

/// Whether a picture is one that every shelf can show.
fn is_raster(pictures: &BTreeMap<&ResourceId, Picture<'_>>, id: &ResourceId) -> bool {
    pictures.get(id).is_some_and(|picture| picture.resource.media_type != "image/svg+xml")
}

/// The plan of the book: what goes into which file.
struct Book<'a> {
    chapters: &'a [Chapter],
    /// File name of each chapter.
    files: Vec<String>,
    pictures: &'a BTreeMap<&'a ResourceId, Picture<'a>>,
    fonts: &'a BookFonts,
}

/// The words of the book that are not in its blocks.
fn added_words(publication: &Publication<'_>) -> String {
    let metadata = &publication.document.metadata;
    let labels = publication.labels;
    let mut words = format!("{}0123456789[]↩☑☐", publication.title);
    let own = [labels.contents, labels.notes, labels.cover, labels.title_page, labels.landmarks, labels.start];
    own.iter().for_each(|label| words.push_str(label));
    let facts = [&metadata.subtitle, &metadata.source, &metadata.publisher, &metadata.date, &metadata.rights];
    facts.into_iter().flatten().for_each(|fact| words.push_str(fact));
    for contributor in &metadata.contributors {
        words.push_str(&contributor.name);
        words.push_str(labels.of_role(&contributor.role));
    }
    labels
        .alerts
        .into_iter()
        .chain([labels.editor_note, labels.summary, labels.details, labels.untitled])
        .for_each(|label| words.push_str(label));
    words
}

/// The chapters as files, and what was met in them.
struct Written {
    files: Vec<String>,
    findings: Vec<Findings>,
}

fn publication<'a>(
    document: &'a Document,
    edition: &Edition,
    options: &WriteOptions,
    chapters: &[Chapter],
    diagnostics: &mut Diagnostics,
) -> Publication<'a> {
    let language = document.metadata.language.clone().unwrap_or_default();
    let tag = language_tag(&language).unwrap_or_else(|| {
        let message = format!("{:?} is no language tag; the book is marked as zh-Hans", language.as_str());
        diagnostics.warn(Loss::Substituted, "language", None, message);
        "zh-Hans".to_owned()
    });
    let labels = Labels::of(&language);
    let given = document.title().map(|title| title.trim().to_owned()).filter(|title| !title.is_empty());
    let stem = (!options.stem.trim().is_empty()).then(|| options.stem.trim().to_owned());
    let title = given.or(stem).unwrap_or_else(|| labels.untitled.to_owned());
    let mut anchors = Anchors::default();
    let title_block = document.title_heading().map(|index| std::slice::from_ref(&document.blocks[index]));
    anchors.collect(document, title_block.unwrap_or_default(), 0, IdAlphabet::Ascii);
    for (file, chapter) in chapters.iter().enumerate() {
        anchors.collect(document, &document.blocks[chapter.blocks.clone()], file, IdAlphabet::Ascii);
    }
    Publication {
        document,
        title,
        language: tag,
        labels,
        identifier: String::new(),
        timestamp: edition.timestamp,
        theme: edition.theme.clone(),
        vertical: options.vertical,
        anchors,
        pages: Vec::new(),
    }
}

fn file_names(chapters: &[Chapter]) -> Vec<String> {
    (1..=chapters.len()).map(|number| format!("chapter-{number:03}.xhtml")).collect()
}

fn write_chapters(publication: &Publication<'_>, book: &Book<'_>, diagnostics: &mut Diagnostics) -> Written {
    let addresses: BTreeMap<&ResourceId, String> =
        book.pictures.iter().map(|(id, picture)| (*id, picture.href.clone())).collect();
    let around = Surroundings {
        neighbours: &BTreeSet::new(),
        document: publication.document,
        medium: Medium::Book,
        labels: publication.labels,
        anchors: &publication.anchors,
        files: &book.files,
        pictures: &addresses,
        vertical: publication.vertical,
        rare: &book.fonts.rare,
    };
    let math = Mathematics::default();
    let depths = heading_depths(publication.document);
    let mut written = Written { files: Vec::new(), findings: Vec::new() };
    for (file, chapter) in book.chapters.iter().enumerate() {
        let markup = Markup::new(around, file, &math, diagnostics);
        let (text, findings) = write_chapter(publication, chapter, &depths, book.chapters.len() == 1, markup);
        written.files.push(text);
        written.findings.push(findings);
    }
    written
}

/// One file; an article that is a single file has its title at its head.
fn write_chapter<'a>(
    publication: &Publication<'a>,
    chapter: &Chapter,
    depths: &[Option<u8>],
    alone: bool,
    mut markup: Markup<'a>,
) -> (String, Findings) {
    let document = publication.document;
    let heading = chapter.heading.map(|index| &document.blocks[index]);
    let words = heading.and_then(|block| match &block.kind {
        BlockKind::Heading { content, .. } => Some(plain_text(content).replace('\n', " ")),
        _ => None,
    });
    let title = words.filter(|words| !alone && !words.trim().is_empty());
    let mut open = publication.head(title.as_deref().unwrap_or(&publication.title), "");
    let (class, kind, role) = match chapter.part {
        Part::Plain => ("chapter", "", ""),
        Part::Chapter => ("chapter", "chapter", "doc-chapter"),
        Part::OfChapters => ("part", "part", "doc-part"),
        Part::Named(kind, role) => ("chapter", kind, role),
    };
    let (class, kind, role) = if alone { ("article", "chapter", "doc-chapter") } else { (class, kind, role) };
    open.push_str("<section");
    attribute("class", class, &mut open);
    if !kind.is_empty() {
        attribute("epub:type", kind, &mut open);
        attribute("role", role, &mut open);
        attribute("aria-label", title.as_deref().unwrap_or(&publication.title), &mut open);
    }
    open.push_str(">\n");
    markup.raw(&open);
    let titled = alone && title::title_block(document, &mut markup);
    for index in chapter.blocks.clone() {
        let rank = depths[index].map(|depth| (depth + 1 + u8::from(titled)).min(6));
        markup.block(&document.blocks[index], rank);
    }
    if chapter.blocks.end == document.blocks.len() {
        markup.gather_unreferenced_notes();
    }
    markup.close_notes();
    markup.raw("</section>\n</body>\n</html>\n");
    markup.finish()
}

/// All files of the container in their order.
fn assemble<'a>(
    publication: &Publication<'a>,
    book: &Book<'a>,
    written: Written,
    drawn: Option<Vec<u8>>,
) -> Vec<Entry<'a>> {
    let mut items = vec![
        item("ncx", "toc.ncx", "application/x-dtbncx+xml", "", false),
        item("style", "style.css", "text/css", "", false),
    ];
    let mut pages: Vec<(String, String)> = Vec::new();
    let mut landmarks = Vec::new();
    let labels = publication.labels;
    let given = publication.document.metadata.cover.as_ref().and_then(|id| book.pictures.get(id));
    let cover = match (&drawn, given) {
        (None, Some(picture)) => picture.href.clone(),
        _ => DRAWN_COVER.to_owned(),
    };
    items.push(item("cover", "cover.xhtml", "application/xhtml+xml", "", true));
    pages.push(("cover.xhtml".to_owned(), cover_page(publication, &cover)));
    landmarks.push(landmark("cover", "cover", labels.cover, "cover.xhtml"));
    let alone = book.chapters.len() == 1;
    if !alone {
        items.push(item("titlepage", "title.xhtml", "application/xhtml+xml", "", true));
        pages.push(("title.xhtml".to_owned(), title_page(publication)));
        landmarks.push(landmark("titlepage", "title-page", labels.title_page, "title.xhtml"));
    }
    items.push(item("nav", "nav.xhtml", "application/xhtml+xml", "nav", !alone));
    if !alone {
        // Landmarks may only lead to what is read in order (EPUBCheck RSC-011).
        landmarks.push(landmark("toc", "toc", labels.contents, "nav.xhtml"));
    }
    landmarks.push(landmark("bodymatter", "text", labels.start, &book.files[0]));
    let mut found = Findings::default();
    for (index, findings) in written.findings.iter().enumerate() {
        let properties = if findings.mathml { "mathml" } else { "" };
        let id = format!("chapter-{:03}", index + 1);
        items.push(item(&id, &book.files[index], "application/xhtml+xml", properties, true));
        found.merge(*findings);
    }
    for (index, picture) in book.pictures.values().enumerate() {
        let id = format!("picture-{}", index + 1);
        let properties = if cover == picture.href { "cover-image" } else { "" };
        items.push(item(&id, &picture.href, &picture.resource.media_type, properties, false));
    }
    if drawn.is_some() {
        items.push(item("cover-image", DRAWN_COVER, "image/png", "cover-image", false));
    }
    for (index, (href, bytes)) in book.fonts.files.iter().enumerate() {
        let media_type = if bytes.starts_with(b"OTTO") { "font/otf" } else { "font/ttf" };
        items.push(item(&format!("font-{}", index + 1), href, media_type, "", false));
    }
    for (index, (href, _)) in book.fonts.licences.iter().enumerate() {
        items.push(item(&format!("licence-{}", index + 1), href, "text/plain", "", false));
    }
    let moving = book.pictures.values().any(|picture| pictures::moves(picture.resource));
    let statements = accessibility::statements(found, moving, publication);
    let targets = navigation::targets(publication, book.chapters, &book.files);
    pages.push(("package.opf".to_owned(), package::package_document(publication, &statements, &items, &landmarks)));
    pages.push((
        "nav.xhtml".to_owned(),
        navigation::navigation_document(publication, &book.files, &targets, &landmarks),
    ));
    pages.push(("toc.ncx".to_owned(), navigation::ncx(publication, &book.files, &targets)));
    pages.push(("style.css".to_owned(), styles(publication, book.fonts)));
    pages.extend(book.files.iter().cloned().zip(written.files));
    let mut entries = vec![Entry::text("META-INF/container.xml", CONTAINER.to_owned())];
    entries.extend(pages.into_iter().map(|(name, text)| Entry::text(format!("{FOLDER}/{name}"), text)));
    if !book.fonts.files.is_empty() {
        entries.push(Entry::text("META-INF/com.apple.ibooks.display-options.xml", APPLE_OPTIONS.to_owned()));
    }
    let carried = |href: &str, data: &'a [u8]| Entry { path: format!("{FOLDER}/{href}"), data: data.into() };
    entries.extend(book.fonts.files.iter().map(|(href, data)| carried(href, data)));
    entries.extend(book.fonts.licences.iter().map(|(href, text)| carried(href, text.as_bytes())));
    entries.extend(drawn.map(|data| Entry { path: format!("{FOLDER}/{DRAWN_COVER}"), data: data.into() }));
    entries.extend(
        book.pictures
            .values()
            .map(|picture| Entry { path: format!("{FOLDER}/{}", picture.href), data: Cow::Borrowed(&picture.data) }),
    );
    entries
}

const CONTAINER: &str = "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n\
<container version=\"1.0\" xmlns=\"urn:oasis:names:tc:opendocument:xmlns:container\">\n<rootfiles>\n\
<rootfile full-path=\"EPUB/package.opf\" media-type=\"application/oebps-package+xml\"/>\n\
</rootfiles>\n</container>\n";

/// Apple Books sets a book in its own faces only when told so.
const APPLE_OPTIONS: &str = "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n\
<display_options>\n<platform name=\"*\">\n<option name=\"specified-fonts\">true</option>\n\
</platform>\n</display_options>\n";

fn item(id: &str, href: &str, media_type: &str, properties: &str, in_spine: bool) -> Item {
    Item {
        id: id.to_owned(),
        href: href.to_owned(),
        media_type: media_type.to_owned(),
        properties: properties.to_owned(),
        in_spine,
    }
}

fn landmark(kind: &'static str, guide: &'static str, title: &'static str, href: &str) -> Landmark {
    Landmark { kind, guide, title, href: href.to_owned() }
}

fn styles(publication: &Publication<'_>, fonts: &BookFonts) -> String {
    let mut styles = publication.theme.book_css.clone().unwrap_or_else(|| BOOK_STYLES.to_owned());
    styles.push_str(&fonts.styles);
    if publication.vertical {
        styles.push_str(VERTICAL_STYLES);
    }
    styles
}

fn cover_page(publication: &Publication<'_>, picture: &str) -> String {
    let mut out = publication.head(publication.labels.cover, "cover");
    out.push_str("<section epub:type=\"cover\"");
    attribute("aria-label", publication.labels.cover, &mut out);
    out.push_str(">\n<div><img role=\"doc-cover\"");
    attribute("src", picture, &mut out);
    attribute(
        "alt",
        &format!("{}{}{}", publication.labels.cover, publication.labels.colon, publication.title),
        &mut out,
    );
    out.push_str("/></div>\n</section>\n</body>\n</html>\n");
    out
}

/// Title, makers and rights on a page of their own.
fn title_page(publication: &Publication<'_>) -> String {
    let mut out = publication.head(&publication.title, "");
    out.push_str("<section class=\"titlepage\" epub:type=\"titlepage\"");
    attribute("aria-label", publication.labels.title_page, &mut out);
    out.push_str(">\n");
    title::push_title(publication.document, &publication.title, None, publication.labels, &mut out);
    if let Some(rights) = publication.document.metadata.rights.as_deref().filter(|rights| !rights.trim().is_empty()) {
        out.push_str("<p class=\"rights\">");
        escape(rights, &mut out);
        out.push_str("</p>\n");
    }
    out.push_str("</section>\n</body>\n</html>\n");
    out
}
