//! The table of contents, three times: the EPUB 3 navigation document, the NCX and the guide of EPUB 2.

use super::chapters::Chapter;
use super::publication::Publication;
use crate::document::{Outline, OutlineEntry};
use crate::writers::html::escape::{attribute, escape};

/// An entry of the table of contents.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Target {
    pub title: String,
    pub href: String,
    pub children: Vec<Target>,
}

/// The tree of contents: the outline with the file of each heading. An article's own title comes first.
pub fn targets(publication: &Publication<'_>, chapters: &[Chapter], files: &[String]) -> Vec<Target> {
    let first = files.first().map(String::as_str).unwrap_or_default();
    let outline = Outline::of(&publication.document.blocks);
    let title = publication.document.title_heading();
    let mut entries: &[OutlineEntry] = &outline.entries;
    if let (Some(_), [title]) = (title, entries) {
        entries = &title.children;
    }
    let mut targets: Vec<Target> = entries.iter().map(|entry| target(publication, chapters, files, entry)).collect();
    let starts_before = chapters.first().is_none_or(|chapter| chapter.heading.is_none());
    if chapters.len() == 1 || starts_before {
        let own = Target { title: publication.title.clone(), href: first.to_owned(), children: Vec::new() };
        targets.insert(0, own);
        if let [only, next] = targets.as_slice()
            && only.href == next.href
        {
            targets.remove(0);
        }
    }
    targets
}

fn target(publication: &Publication<'_>, chapters: &[Chapter], files: &[String], entry: &OutlineEntry) -> Target {
    // Chapters follow each other as their blocks do.
    let after = chapters.partition_point(|chapter| chapter.blocks.end <= entry.block);
    let file = if chapters.get(after).is_some_and(|chapter| chapter.blocks.contains(&entry.block)) { after } else { 0 };
    let starts_file = chapters[file].heading == Some(entry.block) && chapters.len() > 1;
    let place = entry.id.as_ref().and_then(|id| publication.anchors.place(id));
    let href = match place {
        Some(place) if !starts_file => format!("{}#{}", files[file], place.id),
        _ => files[file].clone(),
    };
    let title = entry.title.trim();
    let title = if title.is_empty() { publication.labels.untitled.to_owned() } else { title.to_owned() };
    let children = entry.children.iter().map(|child| target(publication, chapters, files, child)).collect();
    Target { title, href, children }
}

/// A landmark: its kind (EPUB Structural Semantics), words and file.
pub struct Landmark {
    pub kind: &'static str,
    /// Its kind in the guide of EPUB 2.
    pub guide: &'static str,
    pub title: &'static str,
    pub href: String,
}

/// `nav.xhtml` (EPUB 3.3 §7).
pub fn navigation_document(
    publication: &Publication<'_>,
    files: &[String],
    targets: &[Target],
    landmarks: &[Landmark],
) -> String {
    let labels = publication.labels;
    let mut out = publication.head(labels.contents, "");
    out.push_str("<nav epub:type=\"toc\" id=\"toc\" role=\"doc-toc\" aria-labelledby=\"toc-title\">\n");
    out.push_str("<h1 id=\"toc-title\">");
    escape(labels.contents, &mut out);
    out.push_str("</h1>\n");
    list(targets, &mut out);
    out.push_str("</nav>\n<nav epub:type=\"landmarks\" id=\"landmarks\" hidden=\"hidden\"");
    attribute("aria-label", labels.landmarks, &mut out);
    out.push_str(">\n<ol>\n");
    for landmark in landmarks {
        out.push_str("<li><a");
        attribute("epub:type", landmark.kind, &mut out);
        attribute("href", &landmark.href, &mut out);
        out.push('>');
        escape(landmark.title, &mut out);
        out.push_str("</a></li>\n");
    }
    out.push_str("</ol>\n</nav>\n");
    page_list(publication, files, &mut out);
    out.push_str("</body>\n</html>\n");
    out
}

/// The pages of the printed edition, where one is known (EPUB 3.3 §7.4.3).
fn page_list(publication: &Publication<'_>, files: &[String], out: &mut String) {
    if publication.pages.is_empty() {
        return;
    }
    out.push_str("<nav epub:type=\"page-list\" id=\"page-list\" role=\"doc-pagelist\" hidden=\"hidden\"");
    attribute("aria-label", publication.labels.pages, out);
    out.push_str(">\n<ol>\n");
    for (label, href) in printed_pages(publication, files) {
        out.push_str("<li><a");
        attribute("href", &href, out);
        out.push('>');
        escape(label, out);
        out.push_str("</a></li>\n");
    }
    out.push_str("</ol>\n</nav>\n");
}

/// Labels of the printed pages with the addresses of their marks.
fn printed_pages<'a>(publication: &'a Publication<'_>, files: &'a [String]) -> impl Iterator<Item = (&'a str, String)> {
    publication.pages.iter().filter_map(|page| {
        let place = publication.anchors.place(&page.anchor)?;
        Some((page.label.as_str(), format!("{}#{}", files.get(place.file)?, place.id)))
    })
}

fn list(targets: &[Target], out: &mut String) {
    out.push_str("<ol>\n");
    for target in targets {
        out.push_str("<li><a");
        attribute("href", &target.href, out);
        out.push('>');
        escape(&target.title, out);
        out.push_str("</a>");
        if !target.children.is_empty() {
            out.push('\n');
            list(&target.children, out);
        }
        out.push_str("</li>\n");
    }
    out.push_str("</ol>\n");
}

/// `toc.ncx` for EPUB 2 readers (OPF 2.0.1 §2.4.1).
pub fn ncx(publication: &Publication<'_>, files: &[String], targets: &[Target]) -> String {
    fn depth(targets: &[Target]) -> usize {
        targets.iter().map(|target| 1 + depth(&target.children)).max().unwrap_or(0)
    }
    let mut out = String::from("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<ncx version=\"2005-1\"");
    attribute("xml:lang", &publication.language, &mut out);
    out.push_str(" xmlns=\"http://www.daisy.org/z3986/2005/ncx/\">\n<head>\n");
    let depth = depth(targets).max(1).to_string();
    let (count, last) = (publication.pages.len(), publication.pages.iter().filter_map(|page| page.label.parse().ok()));
    let (count, last) = (count.to_string(), last.max().unwrap_or(0u32).to_string());
    let facts = [
        ("dtb:uid", publication.identifier.as_str()),
        ("dtb:depth", &depth),
        ("dtb:totalPageCount", &count),
        ("dtb:maxPageNumber", &last),
    ];
    for (name, content) in facts {
        out.push_str("<meta");
        attribute("name", name, &mut out);
        attribute("content", content, &mut out);
        out.push_str("/>\n");
    }
    out.push_str("</head>\n<docTitle><text>");
    escape(&publication.title, &mut out);
    out.push_str("</text></docTitle>\n");
    for author in publication.document.metadata.authors() {
        out.push_str("<docAuthor><text>");
        escape(author, &mut out);
        out.push_str("</text></docAuthor>\n");
    }
    out.push_str("<navMap>\n");
    let mut order = 0;
    points(targets, &mut order, &mut out);
    out.push_str("</navMap>\n");
    if !publication.pages.is_empty() {
        out.push_str("<pageList><navLabel><text>");
        escape(publication.labels.pages, &mut out);
        out.push_str("</text></navLabel>\n");
        for (number, (label, href)) in printed_pages(publication, files).enumerate() {
            order += 1;
            out.push_str(&format!("<pageTarget id=\"page-{}\" type=\"normal\"", number + 1));
            attribute("value", label, &mut out);
            out.push_str(&format!(" playOrder=\"{order}\"><navLabel><text>"));
            escape(label, &mut out);
            out.push_str("</text></navLabel><content");
            attribute("src", &href, &mut out);
            out.push_str("/></pageTarget>\n");
        }
        out.push_str("</pageList>\n");
    }
    out.push_str("</ncx>\n");
    out
}

fn points(targets: &[Target], order: &mut usize, out: &mut String) {
    for target in targets {
        *order += 1;
        out.push_str(&format!("<navPoint id=\"point-{order}\" playOrder=\"{order}\"><navLabel><text>"));
        escape(&target.title, out);
        out.push_str("</text></navLabel><content");
        attribute("src", &target.href, out);
        out.push_str("/>\n");
        points(&target.children, order, out);
        out.push_str("</navPoint>\n");
    }
}
