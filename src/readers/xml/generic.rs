//! The small article vocabulary of `docs/article-xml.md`, with the names that similar vocabularies give the same things.

use super::meaning::{Mark, Meaning, Vocabulary};
use super::tree::Element;
use crate::document::{BoxRole, Contributor, Language, ListMarks, Metadata, NumberDelimiter, Numeral, ParagraphRole};

pub struct Generic {
    pub is_book: bool,
}

impl Vocabulary for Generic {
    fn meaning(&self, element: &Element) -> Meaning {
        let kind =
            element.attribute("type").or_else(|| element.attribute("kind")).or_else(|| element.attribute("list-type"));
        match element.name.to_ascii_lowercase().as_str() {
            "section" | "sec" | "chapter" | "part" | "appendix" | "preface" | "subsection" | "sect" => Meaning::Section,
            "title" | "heading" | "head" | "hd" | "article-title" => Meaning::Title,
            "subtitle" | "subhead" => Meaning::Subtitle,
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => Meaning::Heading(element.name[1..].parse().ok()),
            "h" => Meaning::Heading(None),
            "meta" | "metadata" | "info" | "front" | "header" | "front-matter" | "frontmatter" | "article-meta"
            | "journal-meta" => Meaning::Info,
            "article" | "document" | "doc" | "post" | "story" | "book" | "text" | "body" | "content" | "main"
            | "div" | "back" | "group" | "container" | "paragraphs" | "sections" | "fn-group" => Meaning::Group,
            "p" | "para" | "paragraph" => Meaning::Paragraph(align(element)),
            "center" | "slogan" | "motto" => Meaning::Paragraph(ParagraphRole::Centered),
            "closing" | "signature" | "sign-off" => Meaning::Paragraph(ParagraphRole::Closing),
            "salutation" => Meaning::Paragraph(ParagraphRole::Salutation),
            "turn" | "speech" => Meaning::Paragraph(ParagraphRole::Turn),
            "quote" | "blockquote" | "quotation" | "disp-quote" => Meaning::Quote,
            "by" | "attribution" | "attrib" | "cite" if !has_title(element) => Meaning::Attribution,
            "list" | "ul" | "ol" => Meaning::List(marks(element, kind)),
            "item" | "li" | "list-item" => Meaning::Item,
            "glossary" | "definitions" | "dl" | "def-list" | "terms" => Meaning::Definitions,
            "entry" | "def-item" => Meaning::Entry,
            "term" | "dt" => Meaning::Term,
            "meaning" | "definition" | "def" | "dd" => Meaning::Definition,
            "table" | "table-wrap" if element.name == "table" || element.child("table").is_none() => Meaning::Table,
            "table-wrap" => Meaning::Figure,
            "row" | "tr" | "cell" | "td" | "th" | "thead" | "tbody" | "tfoot" | "colgroup" | "col" => Meaning::Group,
            "figure" | "fig" => Meaning::Figure,
            "caption" | "legend" => Meaning::Caption,
            "image" | "img" | "picture" | "graphic" | "inline-graphic" => Meaning::Picture,
            "code" | "listing" | "pre" | "programlisting" if is_listing(element) => Meaning::Listing,
            "code" | "kbd" | "tt" | "samp" | "literal" | "monospace" => Meaning::Code,
            "verse" | "poem" | "verse-group" => Meaning::Verse,
            "stanza" => Meaning::Stanza,
            "line" | "l" | "v" | "verse-line" => Meaning::Line,
            "box" | "aside" | "sidebar" | "callout" | "boxed-text" | "admonition" => Meaning::Box(box_role(kind)),
            "abstract" | "summary" | "lead" => Meaning::Box(BoxRole::Abstract),
            "epigraph" => Meaning::Box(BoxRole::Epigraph),
            "dedication" => Meaning::Box(BoxRole::Dedication),
            "editor-note" | "editornote" => Meaning::Box(BoxRole::EditorNote),
            "warning" => Meaning::Box(BoxRole::Warning),
            "tip" => Meaning::Box(BoxRole::Tip),
            "important" => Meaning::Box(BoxRole::Important),
            "caution" => Meaning::Box(BoxRole::Caution),
            "hr" | "rule" | "break" | "scene-break" => Meaning::Rule,
            "page-break" | "pagebreak" => Meaning::PageBreak,
            "equation" | "disp-formula" | "formula" => Meaning::Formula,
            "math" | "m" | "inline-formula" | "tex-math" => Meaning::Math,
            "note" | "footnote" | "fn" | "endnote" => Meaning::Footnote,
            "noteref" | "note-ref" | "fnref" => Meaning::FootnoteReference,
            "em" | "i" | "italic" | "emphasis" => Meaning::Mark(Mark::Emphasis),
            "strong" | "b" | "bold" => Meaning::Mark(Mark::Strong),
            "dots" | "emphasis-dots" => Meaning::Mark(Mark::EmphasisDots),
            "name" | "proper-name" | "propername" => Meaning::Mark(Mark::ProperName),
            "book-title" | "booktitle" => Meaning::Mark(Mark::BookTitle),
            "work" => Meaning::WorkTitle,
            "u" | "underline" => Meaning::Mark(Mark::Underline),
            "s" | "del" | "strike" => Meaning::Mark(Mark::Strike),
            "mark" | "highlight" => Meaning::Mark(Mark::Highlight),
            "sup" | "superscript" => Meaning::Mark(Mark::Superscript),
            "sub" | "subscript" => Meaning::Mark(Mark::Subscript),
            "sc" | "smallcaps" | "small-caps" => Meaning::Mark(Mark::SmallCaps),
            "q" => Meaning::Quoted,
            "a" | "link" | "ext-link" | "uri" | "email" => Meaning::Link,
            "ref" | "xref" => Meaning::Reference,
            "ruby" => Meaning::Ruby,
            "br" | "linebreak" | "lb" => Meaning::LineBreak,
            "span" | "anchor" | "foreign" | "abbr" | "date" | "time" | "author" | "label" | "styled-content" => {
                Meaning::Span
            }
            "comment" | "index-term" => Meaning::Hidden,
            _ => Meaning::Unknown,
        }
    }

    fn first_level(&self) -> usize {
        if self.is_book { 1 } else { 2 }
    }
}

fn has_title(element: &Element) -> bool {
    element.child("title").is_some()
}

fn align(element: &Element) -> ParagraphRole {
    match element.attribute("align").or_else(|| element.attribute("role")) {
        Some("center" | "centered") => ParagraphRole::Centered,
        Some("right" | "end" | "closing") => ParagraphRole::Closing,
        Some("salutation") => ParagraphRole::Salutation,
        Some("turn") => ParagraphRole::Turn,
        _ => ParagraphRole::Body,
    }
}

/// Code on lines of its own: said so, or more than a line.
fn is_listing(element: &Element) -> bool {
    element.name != "code"
        || element.attribute("block").is_some_and(|block| block != "false")
        || element.text().trim().contains('\n')
}

fn marks(element: &Element, kind: Option<&str>) -> ListMarks {
    let start = element.attribute("start").and_then(|number| number.parse().ok()).unwrap_or(1);
    let ordered = |numeral, delimiter| ListMarks::Ordered { start, numeral, delimiter };
    match kind.unwrap_or(if element.name == "ol" { "number" } else { "" }) {
        "number" | "numbered" | "ordered" | "order" | "decimal" | "1" => {
            ordered(Numeral::Decimal, NumberDelimiter::Period)
        }
        "alpha" | "a" | "alpha-lower" => ordered(Numeral::LowerAlpha, NumberDelimiter::Period),
        "A" | "alpha-upper" => ordered(Numeral::UpperAlpha, NumberDelimiter::Period),
        "roman" | "i" | "roman-lower" => ordered(Numeral::LowerRoman, NumberDelimiter::Period),
        "I" | "roman-upper" => ordered(Numeral::UpperRoman, NumberDelimiter::Period),
        "chinese" => ordered(Numeral::Chinese, NumberDelimiter::Comma),
        "circled" => ordered(Numeral::Circled, NumberDelimiter::None),
        _ => ListMarks::Bullet,
    }
}

fn box_role(kind: Option<&str>) -> BoxRole {
    match kind.unwrap_or_default() {
        "note" | "info" => BoxRole::Note,
        "tip" => BoxRole::Tip,
        "important" => BoxRole::Important,
        "warning" => BoxRole::Warning,
        "caution" | "danger" => BoxRole::Caution,
        "abstract" => BoxRole::Abstract,
        "editor-note" | "editor" => BoxRole::EditorNote,
        "details" => BoxRole::Details,
        "epigraph" => BoxRole::Epigraph,
        _ => BoxRole::Aside,
    }
}

/// Metadata from `meta` and the like, and from the root itself: child elements by their names, or `<meta name content>`.
pub fn metadata(root: &Element) -> Metadata {
    let mut metadata = Metadata::default();
    take_attributes(root, &mut metadata);
    let holders = ["meta", "metadata", "info", "front", "header", "head", "front-matter", "frontmatter"];
    for element in root.elements() {
        let is_holder = holders.contains(&element.name.as_str()) && element.attribute("name").is_none();
        if is_holder && element.elements().next().is_some() {
            take_attributes(element, &mut metadata);
            for inner in element.descendants().into_iter().skip(1) {
                take(inner, &mut metadata);
            }
        } else {
            take(element, &mut metadata);
        }
    }
    metadata
}

fn take_attributes(element: &Element, metadata: &mut Metadata) {
    for name in ["title", "author", "date", "source"] {
        if let Some(value) = element.attribute(name) {
            put(name, value.to_owned(), metadata);
        }
    }
}

fn take(element: &Element, metadata: &mut Metadata) {
    let name = element.name.to_ascii_lowercase();
    if let (Some(key), true) = (element.attribute("name").or_else(|| element.attribute("property")), name == "meta") {
        let value = element
            .attribute("content")
            .or_else(|| element.attribute("value"))
            .map_or_else(|| element.line(), str::to_owned);
        return put(&key.to_ascii_lowercase(), value, metadata);
    }
    let has_parts = element.elements().next().is_some();
    if has_parts && !matches!(name.as_str(), "title" | "article-title" | "subtitle" | "contrib" | "name") {
        if matches!(name.as_str(), "author" | "editor" | "translator") {
            let words: Vec<String> = element.elements().map(Element::line).collect();
            put(&name, words.join(" "), metadata);
        }
        return;
    }
    put(&name, element.line(), metadata);
}

/// Whether `put` knows a key; the children of a root with other names are its text.
pub fn is_metadata(name: &str) -> bool {
    let mut scratch = Metadata::default();
    put(name, "2000-01-01".to_owned(), &mut scratch);
    scratch != Metadata::default()
}

fn put(key: &str, value: String, metadata: &mut Metadata) {
    if value.is_empty() {
        return;
    }
    let person = |role: &str| Contributor { name: value.clone(), role: role.to_owned(), file_as: None };
    match key.trim_start_matches("dc:").trim_start_matches("dc.") {
        "title" | "article-title" | "headline" => {
            metadata.title.get_or_insert(value);
        }
        "subtitle" => {
            metadata.subtitle.get_or_insert(value);
        }
        "author" | "creator" | "byline" if metadata.authors().any(|author| author == value) => {}
        "author" | "creator" | "byline" => metadata.contributors.push(person("author")),
        role @ ("translator" | "editor" | "illustrator" | "photographer") => metadata.contributors.push(person(role)),
        "date" | "pubdate" | "published" | "pub-date" | "created" => {
            metadata.date.get_or_insert(value);
        }
        "source" | "site" => {
            metadata.source.get_or_insert(value);
        }
        "address" | "url" | "permalink" => {
            metadata.address.get_or_insert(value);
        }
        "publisher" => metadata.publisher = Some(value),
        "description" => metadata.description = Some(value),
        "language" | "lang" => metadata.language = Some(Language::new(value)),
        "keywords" | "tags" => {
            let words = value.split([',', '，', '、', ';', '；']).map(str::trim).filter(|word| !word.is_empty());
            metadata.keywords.extend(words.map(str::to_owned));
        }
        "keyword" | "tag" | "kwd" => metadata.keywords.push(value),
        "rights" | "copyright" | "license" => metadata.rights = Some(value),
        "identifier" | "isbn" | "doi" => metadata.identifier = Some(value),
        "series" => metadata.series = Some(value),
        _ => {}
    }
}
