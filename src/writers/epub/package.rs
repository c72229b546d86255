//! The package document (EPUB 3.3 §5): metadata, manifest, spine, guide.

use super::date::{calendar_date, utc};
use super::navigation::Landmark;
use super::publication::Publication;
use crate::document::Contributor;
use crate::writers::html::escape::{attribute, escape};

/// A file of the manifest.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Item {
    pub id: String,
    /// Relative to the package document.
    pub href: String,
    pub media_type: String,
    /// Space-separated, such as `nav` or `mathml`.
    pub properties: String,
    /// Read in the order of the manifest.
    pub in_spine: bool,
}

/// `package.opf`.
pub fn package_document(
    publication: &Publication<'_>,
    accessibility: &[(&str, &str)],
    items: &[Item],
    landmarks: &[Landmark],
) -> String {
    let mut out = String::from("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n");
    out.push_str("<package xmlns=\"http://www.idpf.org/2007/opf\" version=\"3.0\" unique-identifier=\"identifier\"");
    attribute("xml:lang", &publication.language, &mut out);
    out.push_str(" dir=\"ltr\">\n<metadata xmlns:dc=\"http://purl.org/dc/elements/1.1/\">\n");
    let mut metadata = Statements { out, counter: 0 };
    describe(publication, &mut metadata);
    for (property, value) in accessibility {
        metadata.meta(property, value, None, None);
    }
    if !publication.pages.is_empty() {
        // The printed edition is made from the same source in the same run and has no identifier of its own.
        metadata.meta("pageBreakSource", &format!("{} (PDF)", publication.title), None, None);
    }
    let mut out = metadata.out;
    if publication.vertical {
        // Kindle takes the direction of a book from here.
        out.push_str("<meta name=\"primary-writing-mode\" content=\"vertical-rl\"/>\n");
    }
    if let Some(cover) = items.iter().find(|item| item.properties == "cover-image") {
        out.push_str("<meta name=\"cover\"");
        attribute("content", &cover.id, &mut out);
        out.push_str("/>\n");
    }
    out.push_str("</metadata>\n");
    manifest(items, &mut out);
    spine(publication, items, &mut out);
    out.push_str("<guide>\n");
    for landmark in landmarks {
        out.push_str("<reference");
        attribute("type", landmark.guide, &mut out);
        attribute("title", landmark.title, &mut out);
        attribute("href", &landmark.href, &mut out);
        out.push_str("/>\n");
    }
    out.push_str("</guide>\n</package>\n");
    out
}

fn describe(publication: &Publication<'_>, metadata: &mut Statements) {
    let given = &publication.document.metadata;
    metadata.element("dc:identifier", Some("identifier"), &publication.identifier);
    if let Some(identifier) = &given.identifier {
        metadata.element("dc:identifier", None, &urn(identifier));
    }
    metadata.element("dc:title", Some("title"), &publication.title);
    metadata.meta("title-type", "main", Some("title"), None);
    if let Some(subtitle) = given.subtitle.as_deref().filter(|subtitle| !subtitle.trim().is_empty()) {
        metadata.element("dc:title", Some("subtitle"), subtitle);
        metadata.meta("title-type", "subtitle", Some("subtitle"), None);
    }
    metadata.element("dc:language", None, &publication.language);
    for contributor in &given.contributors {
        metadata.contributor(contributor);
    }
    let date = given.date.as_deref().and_then(calendar_date);
    let facts = [
        ("dc:date", date),
        ("dc:publisher", given.publisher.as_deref()),
        ("dc:description", given.description.as_deref()),
        ("dc:source", given.source.as_deref()),
        ("dc:source", given.address.as_deref()),
        ("dc:rights", given.rights.as_deref()),
    ];
    for (name, value) in facts {
        metadata.element(name, None, value.unwrap_or_default());
    }
    for keyword in &given.keywords {
        metadata.element("dc:subject", None, keyword);
    }
    metadata.meta("dcterms:modified", &utc(publication.timestamp), None, None);
    if let Some(series) = given.series.as_deref().filter(|series| !series.trim().is_empty()) {
        metadata.series(series, given.series_position.as_deref());
    }
}

/// Metadata elements as they are written.
struct Statements {
    out: String,
    /// Contributors so far.
    counter: usize,
}

impl Statements {
    /// An element of Dublin Core; none is written without words.
    fn element(&mut self, name: &str, id: Option<&str>, value: &str) {
        let value = value.trim();
        if value.is_empty() {
            return;
        }
        self.out.push('<');
        self.out.push_str(name);
        if let Some(id) = id {
            attribute("id", id, &mut self.out);
        }
        self.out.push('>');
        escape(value, &mut self.out);
        self.out.push_str("</");
        self.out.push_str(name);
        self.out.push_str(">\n");
    }

    fn meta(&mut self, property: &str, value: &str, refines: Option<&str>, scheme: Option<&str>) {
        self.out.push_str("<meta");
        attribute("property", property, &mut self.out);
        if let Some(refined) = refines {
            attribute("refines", &format!("#{refined}"), &mut self.out);
        }
        if let Some(scheme) = scheme {
            attribute("scheme", scheme, &mut self.out);
        }
        self.out.push('>');
        escape(value, &mut self.out);
        self.out.push_str("</meta>\n");
    }

    fn contributor(&mut self, contributor: &Contributor) {
        if contributor.name.trim().is_empty() {
            return;
        }
        self.counter += 1;
        let id = format!("contributor-{}", self.counter);
        let name = if contributor.role == "author" { "dc:creator" } else { "dc:contributor" };
        self.element(name, Some(&id), &contributor.name);
        if let Some(role) = relator(&contributor.role) {
            self.meta("role", role, Some(&id), Some("marc:relators"));
        }
        if let Some(file_as) = contributor.file_as.as_deref().filter(|sorted| !sorted.trim().is_empty()) {
            self.meta("file-as", file_as, Some(&id), None);
        }
    }

    fn series(&mut self, series: &str, position: Option<&str>) {
        self.out.push_str("<meta property=\"belongs-to-collection\" id=\"series\">");
        escape(series.trim(), &mut self.out);
        self.out.push_str("</meta>\n");
        self.meta("collection-type", "series", Some("series"), None);
        let number = position
            .map(str::trim)
            .filter(|position| !position.is_empty() && position.split('.').all(|part| part.parse::<u32>().is_ok()));
        if let Some(number) = number {
            self.meta("group-position", number, Some("series"), None);
        }
        // calibre and the readers that follow it know only these.
        self.out.push_str("<meta name=\"calibre:series\"");
        attribute("content", series.trim(), &mut self.out);
        self.out.push_str("/>\n");
        if let Some(number) = number {
            self.out.push_str("<meta name=\"calibre:series_index\"");
            attribute("content", number, &mut self.out);
            self.out.push_str("/>\n");
        }
    }
}

fn manifest(items: &[Item], out: &mut String) {
    out.push_str("<manifest>\n");
    for item in items {
        out.push_str("<item");
        attribute("id", &item.id, out);
        attribute("href", &item.href, out);
        attribute("media-type", &item.media_type, out);
        if !item.properties.is_empty() {
            attribute("properties", &item.properties, out);
        }
        out.push_str("/>\n");
    }
    out.push_str("</manifest>\n");
}

fn spine(publication: &Publication<'_>, items: &[Item], out: &mut String) {
    let direction = if publication.vertical { "rtl" } else { "ltr" };
    out.push_str("<spine toc=\"ncx\"");
    attribute("page-progression-direction", direction, out);
    out.push_str(">\n");
    for item in items.iter().filter(|item| item.in_spine) {
        out.push_str("<itemref");
        attribute("idref", &item.id, out);
        out.push_str("/>\n");
    }
    out.push_str("</spine>\n");
}

/// The MARC relator code of a role, for those roles that have one.
fn relator(role: &str) -> Option<&'static str> {
    Some(match role {
        "author" => "aut",
        "editor" => "edt",
        "translator" => "trl",
        "illustrator" => "ill",
        "photographer" => "pht",
        "compiler" => "com",
        "annotator" => "ann",
        "narrator" => "nrt",
        "proofreader" => "pfr",
        "designer" => "bkd",
        "publisher" => "pbl",
        "interviewer" => "ivr",
        "interviewee" => "ive",
        _ => return None,
    })
}

/// An ISBN as a URN (RFC 3187); anything else as it is.
fn urn(identifier: &str) -> String {
    let bare = identifier.trim().trim_start_matches("ISBN").trim_start_matches(['-', ':', '：', ' ']);
    let digits: String = bare.chars().filter(|c| !matches!(c, '-' | ' ')).collect();
    let is_isbn = matches!(digits.len(), 10 | 13)
        && digits.bytes().enumerate().all(|(index, byte)| byte.is_ascii_digit() || (index == 9 && byte == b'X'));
    if is_isbn { format!("urn:isbn:{digits}") } else { identifier.trim().to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_isbn_becomes_a_urn() {
        assert_eq!(urn("ISBN 978-7-02-000220-7"), "urn:isbn:9787020002207");
        assert_eq!(urn("doi:10.1000/1"), "doi:10.1000/1");
    }
}
