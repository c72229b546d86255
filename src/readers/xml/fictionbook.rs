//! FictionBook 2: what its elements mean, what its description says, and the pictures it carries.

use std::collections::BTreeMap;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use super::meaning::{Mark, Meaning, Vocabulary};
use super::tree::Element;
use crate::document::{BoxRole, Contributor, Language, Metadata, ParagraphRole, Resource};

pub struct FictionBook;

impl Vocabulary for FictionBook {
    fn meaning(&self, element: &Element) -> Meaning {
        match element.name.as_str() {
            "body" if is_notes(element) => Meaning::Info,
            "body" | "section" => Meaning::Section,
            "title" => Meaning::Title,
            "subtitle" => Meaning::Heading(None),
            "p" => Meaning::Paragraph(ParagraphRole::Body),
            "epigraph" => Meaning::Box(BoxRole::Epigraph),
            "annotation" => Meaning::Box(BoxRole::Abstract),
            "cite" => Meaning::Quote,
            "text-author" | "date" => Meaning::Attribution,
            "poem" => Meaning::Verse,
            "stanza" => Meaning::Stanza,
            "v" => Meaning::Line,
            "table" => Meaning::Table,
            "tr" | "td" | "th" => Meaning::Group,
            "image" => Meaning::Picture,
            "empty-line" => Meaning::Gap,
            "strong" => Meaning::Mark(Mark::Strong),
            "emphasis" => Meaning::Mark(Mark::Emphasis),
            "strikethrough" => Meaning::Mark(Mark::Strike),
            "sub" => Meaning::Mark(Mark::Subscript),
            "sup" => Meaning::Mark(Mark::Superscript),
            "code" => Meaning::Code,
            "style" => Meaning::Span,
            "a" => Meaning::Link,
            "description" | "stylesheet" | "binary" => Meaning::Info,
            _ => Meaning::Unknown,
        }
    }

    fn first_level(&self) -> usize {
        1
    }
}

/// Whether a body holds the notes of the others.
pub fn is_notes(body: &Element) -> bool {
    matches!(body.attribute("name"), Some("notes" | "comments" | "footnotes"))
}

/// What `description` says.
pub fn metadata(root: &Element) -> Metadata {
    let mut metadata = Metadata::default();
    let Some(description) = root.child("description") else { return metadata };
    let info = description.child("title-info");
    let of = |name: &str| info.and_then(|info| info.child(name));
    metadata.title = of("book-title").map(Element::line);
    metadata.language = of("lang").map(|lang| Language::new(lang.line()));
    metadata.date = of("date").map(|date| date.attribute("value").map_or_else(|| date.line(), str::to_owned));
    metadata.description = of("annotation").map(Element::line);
    if let Some(words) = of("keywords") {
        metadata.keywords = words.line().split([',', '，', '、']).map(|word| word.trim().to_owned()).collect();
    }
    if let Some(sequence) = of("sequence") {
        metadata.series = sequence.attribute("name").map(str::to_owned);
        metadata.series_position = sequence.attribute("number").map(str::to_owned);
    }
    for person in info.iter().flat_map(|info| info.elements()) {
        let role = match person.name.as_str() {
            "author" => "author",
            "translator" => "translator",
            _ => continue,
        };
        let name = name_of(person);
        if !name.is_empty() {
            metadata.contributors.push(Contributor { name, role: role.to_owned(), file_as: None });
        }
    }
    if let Some(printed) = description.child("publish-info") {
        metadata.publisher = printed.child("publisher").map(Element::line);
        metadata.identifier = printed.child("isbn").map(Element::line);
    }
    metadata
}

fn name_of(person: &Element) -> String {
    let part = |name: &str| person.child(name).map(Element::line).filter(|text| !text.is_empty());
    let parts = [part("first-name"), part("middle-name"), part("last-name")];
    let is_chinese = |name: &String| name.chars().all(crate::document::white_space::is_ideographic);
    if let [Some(given), None, Some(family)] = &parts
        && is_chinese(given)
        && is_chinese(family)
    {
        return format!("{family}{given}");
    }
    let name = parts.into_iter().flatten().collect::<Vec<_>>().join(" ");
    if name.is_empty() { part("nickname").unwrap_or_default() } else { name }
}

/// The name of the cover's picture.
pub fn cover(root: &Element) -> Option<String> {
    let page = root.child("description")?.child("title-info")?.child("coverpage")?;
    let image = page.child("image")?.attribute("href")?;
    Some(image.trim_start_matches('#').to_owned())
}

/// The pictures in `binary` elements by their names; those that are none are given with the reason.
pub fn pictures(root: &Element) -> (BTreeMap<String, Resource>, Vec<(String, String)>) {
    let mut pictures = BTreeMap::new();
    let mut broken = Vec::new();
    for binary in root.elements().filter(|element| element.name == "binary") {
        let Some(name) = binary.id() else { continue };
        let compact: String = binary.text().chars().filter(|c| !c.is_ascii_whitespace()).collect();
        let bytes = STANDARD.decode(compact).map_err(|error| format!("its base64 is broken: {error}"));
        match bytes.and_then(Resource::picture) {
            Ok(picture) => {
                pictures.insert(name.to_owned(), picture);
            }
            Err(reason) => broken.push((name.to_owned(), reason)),
        }
    }
    (pictures, broken)
}
