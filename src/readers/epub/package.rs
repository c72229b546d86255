//! The package document: metadata, manifest and spine, of EPUB 2 and 3 alike.

use std::collections::BTreeMap;

use super::archive::resolve;
use crate::document::{Contributor, Language, Metadata};
use crate::xml::{StartTag, XmlEvent, XmlPull};

/// A file of the manifest.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Item {
    /// Path in the container.
    pub path: String,
    pub media_type: String,
    pub properties: String,
}

/// What the package document says.
#[derive(Debug, Default)]
pub struct Package {
    pub metadata: Metadata,
    pub manifest: BTreeMap<String, Item>,
    /// Ids of the manifest, in reading order.
    pub spine: Vec<String>,
    /// Path of the cover picture.
    pub cover: Option<String>,
    /// Path of the table of contents of EPUB 2.
    pub ncx: Option<String>,
    /// Where reading it stopped, when it is not well formed.
    pub damage: Option<String>,
}

/// An element of the metadata with what refines it.
#[derive(Debug, Default)]
struct Statement {
    name: String,
    id: String,
    attributes: Vec<(String, String)>,
    text: String,
}

/// Read a package document that lies at `path`. Damage ends the reading; what came before it stands.
pub fn package(text: &str, path: &str) -> Package {
    let mut package = Package::default();
    let mut statements: Vec<Statement> = Vec::new();
    let mut open: Option<Statement> = None;
    let mut pull = XmlPull::new(text);
    loop {
        match pull.pull() {
            Ok(Some(XmlEvent::Start(tag))) => match local(&tag.name) {
                "item" => package.add_item(&tag, path),
                "itemref" => package.spine.extend(attribute(&tag.attributes, "idref").map(str::to_owned)),
                "spine" => package.ncx = attribute(&tag.attributes, "toc").map(str::to_owned),
                "metadata" | "manifest" | "package" | "guide" | "reference" | "dc-metadata" | "x-metadata" => {}
                name => {
                    statements.extend(open.take());
                    let id = attribute(&tag.attributes, "id").unwrap_or_default().to_owned();
                    open =
                        Some(Statement { name: name.to_owned(), id, attributes: tag.attributes, text: String::new() });
                }
            },
            Ok(Some(XmlEvent::Text(text))) => {
                if let Some(open) = &mut open {
                    open.text.push_str(&text);
                }
            }
            Ok(Some(XmlEvent::End { .. })) => statements.extend(open.take()),
            Ok(None) => break,
            Err(error) => {
                package.damage = Some(error.to_string());
                break;
            }
        }
    }
    statements.extend(open);
    package.ncx = package.ncx.take().and_then(|id| package.manifest.get(&id)).map(|item| item.path.clone());
    package.cover = cover(&package, &statements);
    package.metadata = metadata(&statements);
    package
}

impl Package {
    fn add_item(&mut self, tag: &StartTag, path: &str) {
        let of = |name| attribute(&tag.attributes, name).unwrap_or_default();
        let item = Item {
            path: resolve(path, of("href")),
            media_type: of("media-type").to_ascii_lowercase(),
            properties: of("properties").to_owned(),
        };
        self.manifest.insert(of("id").to_owned(), item);
    }
}

fn cover(package: &Package, statements: &[Statement]) -> Option<String> {
    let is_cover = |item: &&Item| item.properties.split_ascii_whitespace().any(|one| one == "cover-image");
    let named = || {
        let cover = statements.iter().find(|one| attribute(&one.attributes, "name") == Some("cover"))?;
        package.manifest.get(attribute(&cover.attributes, "content")?)
    };
    let item = package.manifest.values().find(is_cover).or_else(named)?;
    item.media_type.starts_with("image/").then(|| item.path.clone())
}

fn metadata(statements: &[Statement]) -> Metadata {
    let mut metadata = Metadata::default();
    let of = |name: &'static str| {
        let found = statements.iter().filter(move |one| one.name == name);
        found.map(|one| (one, one_line(&one.text))).filter(|(_, text)| !text.is_empty())
    };
    let mut refinements: BTreeMap<(&str, &str), &Statement> = BTreeMap::new();
    for one in statements {
        let target = attribute(&one.attributes, "refines").and_then(|target| target.strip_prefix('#'));
        if let (Some(target), Some(property)) = (target, attribute(&one.attributes, "property")) {
            refinements.entry((target, property)).or_insert(one);
        }
    }
    let refined = |id: &str, property: &str| {
        let found = refinements.get(&(id, property)).filter(|_| !id.is_empty());
        found.map(|one| one_line(&one.text))
    };
    for (statement, title) in of("title") {
        match refined(&statement.id, "title-type").as_deref() {
            Some("subtitle") => metadata.subtitle = Some(title),
            None | Some("main") if metadata.title.is_none() => metadata.title = Some(title),
            _ => {}
        }
    }
    for (name, default) in [("creator", "aut"), ("contributor", "")] {
        for (statement, name) in of(name) {
            let own = |wanted| attribute(&statement.attributes, wanted).map(str::to_owned);
            let role = refined(&statement.id, "role").or_else(|| own("role")).unwrap_or_else(|| default.to_owned());
            let file_as = refined(&statement.id, "file-as").or_else(|| own("file-as")).filter(|sorted| *sorted != name);
            metadata.contributors.push(Contributor { name, role: role_of(&role).to_owned(), file_as });
        }
    }
    let first = |name| of(name).next().map(|(_, text)| text);
    metadata.language = first("language").map(Language::new);
    metadata.publisher = first("publisher");
    metadata.description = first("description");
    metadata.rights = first("rights");
    let published = |statement: &Statement| attribute(&statement.attributes, "event") != Some("modification");
    metadata.date = of("date").find(|(statement, _)| published(statement)).map(|(_, text)| text);
    metadata.keywords = of("subject").map(|(_, text)| text).collect();
    for (_, source) in of("source") {
        let slot = if source.contains("://") { &mut metadata.address } else { &mut metadata.source };
        slot.get_or_insert(source);
    }
    let identifiers = of("identifier").map(|(_, text)| text);
    metadata.identifier = identifiers.filter(|one| !one.contains("uuid")).max_by_key(|one| one.contains("isbn"));
    series(statements, &refined, &mut metadata);
    metadata
}

fn series(statements: &[Statement], refined: &impl Fn(&str, &str) -> Option<String>, metadata: &mut Metadata) {
    let named = |name: &str| {
        let found = statements.iter().find(|one| attribute(&one.attributes, "name") == Some(name));
        found.and_then(|one| attribute(&one.attributes, "content")).map(str::to_owned)
    };
    let of_property =
        |property: &str| statements.iter().find(|one| attribute(&one.attributes, "property") == Some(property));
    let collection = of_property("belongs-to-collection");
    metadata.series = collection.map(|one| one_line(&one.text)).or_else(|| named("calibre:series"));
    let position = collection.and_then(|one| refined(&one.id, "group-position"));
    metadata.series_position = position.or_else(|| named("calibre:series_index"));
}

/// The model's word for a MARC relator.
fn role_of(relator: &str) -> &str {
    match relator {
        "aut" => "author",
        "edt" => "editor",
        "trl" => "translator",
        "ill" => "illustrator",
        "pht" => "photographer",
        "com" => "compiler",
        "ann" => "annotator",
        "nrt" => "narrator",
        "" => "contributor",
        other => other,
    }
}

/// A name without its prefix: books declare other prefixes than the usual ones.
pub fn local(name: &str) -> &str {
    name.rsplit(':').next().unwrap_or(name)
}

/// The value of an attribute, whatever its prefix.
pub fn attribute<'a>(attributes: &'a [(String, String)], wanted: &str) -> Option<&'a str> {
    let exact = attributes.iter().find(|(name, _)| name == wanted);
    let found = exact.or_else(|| attributes.iter().find(|(name, _)| local(name) == wanted));
    found.map(|(_, value)| value.as_str())
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
