//! DocBook 4 and 5: what its elements mean, and what its `info` says.

use super::meaning::{Mark, Meaning, Vocabulary};
use super::tree::Element;
use crate::document::{BoxRole, Contributor, ListMarks, Metadata, NumberDelimiter, Numeral, ParagraphRole};

pub struct DocBook {
    pub is_book: bool,
}

/// Whether a document is DocBook: by namespace, document type, or elements that only DocBook has.
pub fn is_docbook(root: &Element, doctype: &str) -> bool {
    if root.declares_namespace("docbook.org") || doctype.to_ascii_lowercase().contains("docbook") {
        return true;
    }
    let roots = [
        "article", "book", "chapter", "section", "sect1", "set", "part", "preface", "appendix", "glossary", "refentry",
        "qandaset",
    ];
    let own = [
        "para",
        "simpara",
        "formalpara",
        "itemizedlist",
        "orderedlist",
        "variablelist",
        "programlisting",
        "articleinfo",
        "bookinfo",
        "info",
        "sect1",
        "informaltable",
        "mediaobject",
        "blockquote",
        "screen",
    ];
    roots.contains(&root.name.as_str())
        && root.descendants().iter().take(200).any(|element| own.contains(&element.name.as_str()))
}

impl Vocabulary for DocBook {
    fn meaning(&self, element: &Element) -> Meaning {
        let role = element.attribute("role").unwrap_or_default();
        match element.name.as_str() {
            "article" | "book" | "set" | "part" | "chapter" | "section" | "sect1" | "sect2" | "sect3" | "sect4"
            | "sect5" | "simplesect" | "appendix" | "preface" | "colophon" | "acknowledgements" | "partintro"
            | "glossary" | "glossdiv" | "bibliography" | "bibliodiv" | "refsect1" | "refsect2" | "refsect3"
            | "refsection" | "refentry" | "topic" | "reference" | "task" | "tasksummary" | "taskprerequisites"
            | "taskrelated" | "qandadiv" | "refsynopsisdiv" => Meaning::Section,
            "title" | "refname" => Meaning::Title,
            "subtitle" | "refpurpose" => Meaning::Subtitle,
            "bridgehead" => Meaning::Heading(rendered_as(element)),
            "info" | "articleinfo" | "bookinfo" | "chapterinfo" | "sectioninfo" | "sect1info" | "sect2info"
            | "sect3info" | "partinfo" | "prefaceinfo" | "appendixinfo" | "setinfo" | "objectinfo" | "blockinfo"
            | "titleabbrev" | "refmeta" | "revhistory" => Meaning::Info,
            "para" | "simpara" | "member" | "bibliomixed" | "biblioentry" | "attributionline" => {
                Meaning::Paragraph(ParagraphRole::Body)
            }
            "formalpara" => Meaning::TitledParagraph,
            "blockquote" => Meaning::Quote,
            "attribution" => Meaning::Attribution,
            "epigraph" => Meaning::Box(BoxRole::Epigraph),
            "dedication" => Meaning::Box(BoxRole::Dedication),
            "abstract" => Meaning::Box(BoxRole::Abstract),
            "sidebar" => Meaning::Box(BoxRole::Aside),
            "note" => Meaning::Box(BoxRole::Note),
            "tip" => Meaning::Box(BoxRole::Tip),
            "important" => Meaning::Box(BoxRole::Important),
            "warning" | "danger" => Meaning::Box(BoxRole::Warning),
            "caution" => Meaning::Box(BoxRole::Caution),
            "itemizedlist" => Meaning::List(ListMarks::Bullet),
            "simplelist" if matches!(element.attribute("type"), Some("inline")) => Meaning::Words,
            "simplelist" => Meaning::List(ListMarks::Bullet),
            "orderedlist" => Meaning::List(numbering(element)),
            "procedure" | "substeps" | "calloutlist" => Meaning::List(decimal(1)),
            "stepalternatives" => Meaning::List(ListMarks::Bullet),
            "listitem" | "step" | "callout" => Meaning::Item,
            "variablelist" | "glosslist" | "qandaset" | "segmentedlist" => Meaning::Definitions,
            "varlistentry" | "glossentry" | "qandaentry" | "seglistitem" => Meaning::Entry,
            "term" | "glossterm" if is_entry_part(element) => Meaning::Term,
            "term" | "question" | "segtitle" => Meaning::Term,
            "glossdef" | "glosssee" | "glossseealso" | "answer" | "seg" => Meaning::Definition,
            "table" | "informaltable" => Meaning::Table,
            "figure" | "example" | "equation" => Meaning::Figure,
            "informalfigure" | "informalexample" | "screenshot" => Meaning::Group,
            "informalequation" => Meaning::Formula,
            "mathphrase" | "inlineequation" | "math" => Meaning::Math,
            "caption" => Meaning::Caption,
            "mediaobject" | "mediaobjectco" | "graphic" | "imageobjectco" => Meaning::Media,
            "inlinemediaobject" | "inlinegraphic" | "imageobject" | "imagedata" => Meaning::Picture,
            "textobject" | "videoobject" | "audioobject" => Meaning::Group,
            "programlisting" | "screen" | "synopsis" | "programlistingco" | "screenco" => Meaning::Listing,
            "literallayout" if matches!(element.attribute("class"), Some("monospaced")) => Meaning::Listing,
            "literallayout" | "address" => Meaning::Verse,
            "footnote" => Meaning::Footnote,
            "footnoteref" => Meaning::FootnoteReference,
            "toc" | "lot" | "index" | "indexterm" | "remark" | "area" | "areaspec" | "beginpage" | "co" => {
                Meaning::Hidden
            }
            "emphasis" => emphasis(role),
            "firstterm" | "glossterm" | "replaceable" | "foreignphrase" | "wordasword" | "lineannotation" => {
                Meaning::Mark(Mark::Emphasis)
            }
            "guibutton" | "guilabel" | "guimenu" | "guimenuitem" | "guisubmenu" | "guiicon" | "keycap" => {
                Meaning::Mark(Mark::Strong)
            }
            "superscript" => Meaning::Mark(Mark::Superscript),
            "subscript" => Meaning::Mark(Mark::Subscript),
            "code" | "literal" | "command" | "option" | "filename" | "userinput" | "computeroutput" | "varname"
            | "function" | "constant" | "parameter" | "envar" | "classname" | "methodname" | "type" | "sgmltag"
            | "tag" | "uri" | "systemitem" | "prompt" | "property" | "structfield" | "structname" | "symbol"
            | "token" | "package" | "returnvalue" | "errorcode" | "errorname" | "keycode" | "keysym" | "markup" => {
                Meaning::Code
            }
            "link" | "ulink" | "email" | "olink" => Meaning::Link,
            "xref" | "biblioref" => Meaning::Reference,
            "quote" => Meaning::Quoted,
            "citetitle" => Meaning::WorkTitle,
            "menuchoice" => Meaning::Joined(" → "),
            "keycombo" => Meaning::Joined("+"),
            "sbr" => Meaning::LineBreak,
            "anchor" | "phrase" | "abbrev" | "acronym" | "personname" | "firstname" | "surname" | "givenname"
            | "othername" | "honorific" | "lineage" | "orgname" | "productname" | "productnumber" | "application"
            | "database" | "hardware" | "interface" | "trademark" | "citation" | "date" | "pubdate" | "author"
            | "editor" | "publishername" | "publisher" | "city" | "country" | "street" | "state" | "postcode"
            | "phone" | "fax" | "jobtitle" | "shortcut" | "accel" | "mousebutton" | "medialabel" | "optional"
            | "person" | "org" | "bibliomisc" | "biblioid" | "isbn" | "copyright" | "year" | "holder" | "volumenum"
            | "issuenum" | "pagenums" | "edition" | "releaseinfo" | "biblioset" | "bibliosource" | "citerefentry"
            | "refentrytitle" | "manvolnum" | "label" | "othercredit" | "authorgroup" | "affiliation" | "contrib"
            | "nonterminal" | "article-title" | "line" | "biblioentrytitle" => Meaning::Span,
            "authorblurb" | "personblurb" | "legalnotice" | "constraintdef" | "cmdsynopsis" | "funcsynopsis"
            | "msgset" | "refnamediv" | "result" | "cover" => Meaning::Group,
            "tgroup" | "thead" | "tbody" | "tfoot" | "row" | "tr" | "entry" | "td" | "th" => Meaning::Group,
            "ruby" => Meaning::Ruby,
            _ => Meaning::Unknown,
        }
    }

    fn first_level(&self) -> usize {
        if self.is_book { 1 } else { 2 }
    }
}

/// A `glossterm` with a `baseform` or a link stands in the text; one in an entry heads it. The tree does not tell a
/// child its parent, so only the attributes that entries never have are looked at.
fn is_entry_part(element: &Element) -> bool {
    element.name == "term" || (element.attribute("linkend").is_none() && element.attribute("baseform").is_none())
}

fn rendered_as(element: &Element) -> Option<usize> {
    let depth = element.attribute("renderas")?.strip_prefix("sect")?.parse::<usize>().ok()?;
    Some(depth + 1)
}

fn emphasis(role: &str) -> Meaning {
    Meaning::Mark(match role {
        "bold" | "strong" => Mark::Strong,
        "underline" => Mark::Underline,
        "strikethrough" | "strike" | "line-through" => Mark::Strike,
        "dots" | "dot" | "em-dots" | "emphasis-dots" => Mark::EmphasisDots,
        "mark" | "highlight" | "marked" => Mark::Highlight,
        "propername" | "proper-name" => Mark::ProperName,
        "booktitle" | "book-title" => Mark::BookTitle,
        "smallcaps" | "small-caps" => Mark::SmallCaps,
        _ => Mark::Emphasis,
    })
}

fn decimal(start: u32) -> ListMarks {
    ListMarks::Ordered { start, numeral: Numeral::Decimal, delimiter: NumberDelimiter::Period }
}

fn numbering(element: &Element) -> ListMarks {
    let start = element.attribute("startingnumber").and_then(|number| number.parse().ok()).unwrap_or(1);
    let numeral = match element.attribute("numeration") {
        Some("loweralpha") => Numeral::LowerAlpha,
        Some("upperalpha") => Numeral::UpperAlpha,
        Some("lowerroman") => Numeral::LowerRoman,
        Some("upperroman") => Numeral::UpperRoman,
        _ => Numeral::Decimal,
    };
    ListMarks::Ordered { start, numeral, delimiter: NumberDelimiter::Period }
}

/// What the root's `info` (or DocBook 4's `articleinfo`, `bookinfo`) and its own titles say.
pub fn metadata(root: &Element) -> Metadata {
    let mut metadata = Metadata::default();
    let is_info =
        |element: &&Element| element.name == "info" || element.name.ends_with("info") && element.name != "releaseinfo";
    metadata.title = root.child("title").map(Element::line);
    metadata.subtitle = root.child("subtitle").map(Element::line);
    for info in root.elements().filter(is_info) {
        for element in info.elements() {
            take(element, &mut metadata);
        }
    }
    metadata
}

fn take(element: &Element, metadata: &mut Metadata) {
    let line = element.line();
    let first = |place: &mut Option<String>| {
        if place.is_none() && !line.is_empty() {
            *place = Some(line.clone());
        }
    };
    match element.name.as_str() {
        "title" => first(&mut metadata.title),
        "subtitle" => first(&mut metadata.subtitle),
        "authorgroup" => element.elements().for_each(|one| take(one, metadata)),
        "author" | "editor" | "othercredit" | "collab" | "corpauthor" | "translator" => {
            let name = name_of(element);
            let class = element.attribute("class").unwrap_or_default();
            let role = match (element.name.as_str(), class) {
                ("editor", _) => "editor",
                ("translator", _) | ("othercredit", "translator") => "translator",
                ("othercredit", "") => "contributor",
                ("othercredit", class) => class,
                _ => "author",
            };
            if !name.is_empty() {
                metadata.contributors.push(Contributor { name, role: role.to_owned(), file_as: None });
            }
        }
        "pubdate" => metadata.date = Some(line),
        "date" => first(&mut metadata.date),
        "publisher" => {
            metadata.publisher = element.child("publishername").map(Element::line).or(Some(line));
        }
        "publishername" => first(&mut metadata.publisher),
        "copyright" => {
            let years: Vec<String> = element.elements().filter(|one| one.name == "year").map(Element::line).collect();
            let holders: Vec<String> =
                element.elements().filter(|one| one.name == "holder").map(Element::line).collect();
            metadata.rights = Some(format!("© {} {}", years.join(", "), holders.join(", ")).trim().to_owned());
        }
        "legalnotice" => first(&mut metadata.rights),
        "abstract" => {
            let said: Vec<String> = element.elements().filter(|one| one.name != "title").map(Element::line).collect();
            metadata.description = Some(said.join("\n"));
        }
        "keywordset" | "subjectset" => {
            let words =
                element.descendants().into_iter().filter(|one| matches!(one.name.as_str(), "keyword" | "subjectterm"));
            metadata.keywords.extend(words.map(Element::line));
        }
        "isbn" | "issn" | "biblioid" => first(&mut metadata.identifier),
        "seriesvolnums" | "volumenum" => first(&mut metadata.series_position),
        "bibliosource" | "biblioset" => first(&mut metadata.source),
        "info" | "revhistory" | "mediaobject" | "cover" | "titleabbrev" => {}
        other => {
            if !line.is_empty() {
                metadata.extra.entry(other.to_owned()).or_insert(line);
            }
        }
    }
}

/// A person's name in the order of its own language.
fn name_of(person: &Element) -> String {
    let holder = person.child("personname").unwrap_or(person);
    let part = |names: &[&str]| {
        let found = holder.elements().find(|one| names.contains(&one.name.as_str()));
        found.map(Element::line).filter(|name| !name.is_empty())
    };
    let (given, family) = (part(&["firstname", "givenname"]), part(&["surname"]));
    match (given, family) {
        (Some(given), Some(family)) => {
            let is_chinese = |name: &str| name.chars().all(crate::document::white_space::is_ideographic);
            if is_chinese(&given) && is_chinese(&family) {
                return format!("{family}{given}");
            }
            let parts = [part(&["honorific"]), Some(given), part(&["othername"]), Some(family), part(&["lineage"])];
            parts.into_iter().flatten().collect::<Vec<_>>().join(" ")
        }
        (Some(one), None) | (None, Some(one)) => one,
        (None, None) => {
            let organisation = person.child("orgname").or_else(|| person.child("corpauthor"));
            match (organisation, person.child("personname")) {
                (Some(organisation), _) => organisation.line(),
                (None, Some(name)) => name.line(),
                (None, None) => person.line(),
            }
        }
    }
}
