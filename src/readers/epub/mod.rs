//! Reads EPUB 2 and 3: the files of the spine in order, as one document.

mod archive;
mod chapter;
mod contents;
mod cross_notes;
mod merge;
mod package;
mod title_page;

use std::collections::BTreeSet;

use self::archive::{Archive, resolve};
use self::chapter::chapter;
use self::contents::Contents;
use self::merge::Merging;
use self::package::{Package, attribute, local, package};
use super::{ReadError, Reader};
use crate::diagnostics::{Diagnostics, Loss};
use crate::document::{Document, Resource};
use crate::encoding;
use crate::format::Format;
use crate::options::ReadOptions;
use crate::source::Source;
use crate::xml::{XmlEvent, XmlPull};

pub struct EpubReader;

impl Reader for EpubReader {
    fn format(&self) -> Format {
        Format::Epub
    }

    fn recognizes(&self, head: &[u8]) -> bool {
        head.starts_with(b"PK\x03\x04") && head.windows(20).any(|window| window == b"application/epub+zip")
    }

    fn read(
        &self,
        source: &Source,
        options: &ReadOptions,
        diagnostics: &mut Diagnostics,
    ) -> Result<Document, ReadError> {
        let mut archive = Archive::open(source.bytes(), &options.limits)?;
        let path = package_path(&mut archive, diagnostics)?;
        let text = text(&mut archive, &path, diagnostics).map_err(ReadError::Unusable)?;
        let mut package = package(&text, &path);
        if let Some(damage) = &package.damage {
            let message = format!("{path} is damaged; what stands before the damage is used: {damage}");
            diagnostics.warn(Loss::Repaired, "damaged-package", None, message);
        }
        refuse_encrypted(&mut archive, &package)?;
        let contents = contents(&mut archive, &package);
        let mut merging = Merging::default();
        for (path, is_contents) in reading_order(&package) {
            if is_contents {
                continue;
            }
            if options.limits.stop.is_up() {
                break;
            }
            match text_of_chapter(&mut archive, &path, diagnostics) {
                Ok(markup) => {
                    let mut chapter = chapter(&markup, options, diagnostics);
                    contents.name(&path, &mut chapter);
                    merging.add(path, chapter);
                }
                Err(reason) => {
                    diagnostics.warn(Loss::Dropped, "missing-chapter", None, format!("a chapter is lost: {reason}"));
                }
            }
        }
        if merging.is_empty() {
            return Err(ReadError::Unusable("no EPUB: it has no chapter that can be read".to_owned()));
        }
        let mut document = Document { metadata: std::mem::take(&mut package.metadata), ..Document::default() };
        if options.language.is_some() {
            document.metadata.language.clone_from(&options.language);
        }
        let mut load = |path: &str| archive.read(path).and_then(Resource::picture);
        merging.finish(&mut document, package.cover.as_deref(), &mut load, diagnostics);
        Ok(document)
    }
}

/// The table of contents: the NCX, which tells titles and nothing else, or the navigation document.
fn contents(archive: &mut Archive<'_>, package: &Package) -> Contents {
    let is_nav = |item: &&package::Item| item.properties.split_ascii_whitespace().any(|property| property == "nav");
    let nav = || package.manifest.values().find(is_nav).map(|item| item.path.clone());
    let Some(path) = package.ncx.clone().or_else(nav) else { return Contents::default() };
    text(archive, &path, &mut Diagnostics::new()).map(|text| Contents::read(&text, &path)).unwrap_or_default()
}

/// Path of the package document: what the container says, else the first file that looks like one.
fn package_path(archive: &mut Archive<'_>, diagnostics: &mut Diagnostics) -> Result<String, ReadError> {
    if let Ok(container) = text(archive, "META-INF/container.xml", diagnostics) {
        let mut pull = XmlPull::new(&container);
        while let Ok(Some(event)) = pull.pull() {
            if let XmlEvent::Start(tag) = event
                && local(&tag.name) == "rootfile"
                && let Some(path) = attribute(&tag.attributes, "full-path")
                && archive.has(&resolve("", path))
            {
                return Ok(resolve("", path));
            }
        }
    }
    let found = archive.first_with_ending(".opf");
    found.ok_or_else(|| ReadError::Unusable("no EPUB: it has no package document (.opf)".to_owned()))
}

/// Paths of the spine with whether each is the table of contents, which follows from the headings; the documents of the
/// manifest when there is no spine.
fn reading_order(package: &Package) -> Vec<(String, bool)> {
    let is_text = |media_type: &str| media_type.contains("html") || media_type.contains("dtbook");
    let of = |item: &package::Item| {
        let is_contents = item.properties.split_ascii_whitespace().any(|property| property == "nav");
        (item.path.clone(), is_contents)
    };
    let mut order: Vec<(String, bool)> = Vec::new();
    let mut named = BTreeSet::new();
    for item in package.spine.iter().filter_map(|id| package.manifest.get(id)) {
        // A file that is named twice is read once.
        if named.insert(&item.path) {
            order.push(of(item));
        }
    }
    if order.is_empty() {
        order.extend(package.manifest.values().filter(|item| is_text(&item.media_type)).map(of));
    }
    order
}

fn text(archive: &mut Archive<'_>, path: &str, diagnostics: &mut Diagnostics) -> Result<String, String> {
    let bytes = archive.read(path)?;
    Ok(encoding::decode(&bytes, declared(&bytes).as_deref(), None, diagnostics).text.into_owned())
}

/// The encoding an XML declaration or a `<meta charset>` near the start names.
fn declared(bytes: &[u8]) -> Option<String> {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(1024)]).to_ascii_lowercase();
    let (_, rest) = head.split_once("encoding=").or_else(|| head.split_once("charset="))?;
    let label = rest.trim_start_matches(['"', '\'', ' ']);
    let end = label.find(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | ':' | '.')))?;
    (end > 0).then(|| label[..end].to_owned())
}

/// The markup of a chapter; a picture in the spine is a chapter that shows it.
fn text_of_chapter(archive: &mut Archive<'_>, path: &str, diagnostics: &mut Diagnostics) -> Result<String, String> {
    let lower = path.to_ascii_lowercase();
    if [".jpg", ".jpeg", ".png", ".gif", ".svg", ".webp"].iter().any(|ending| lower.ends_with(ending)) {
        let name = path.rsplit('/').next().unwrap_or(path).replace('%', "%25").replace('"', "%22").replace('#', "%23");
        return Ok(format!("<html><body><p><img src=\"{name}\"/></p></body></html>"));
    }
    text(archive, path, diagnostics)
}

/// Fonts may be obfuscated; a book whose chapters are encrypted cannot be read.
fn refuse_encrypted(archive: &mut Archive<'_>, package: &Package) -> Result<(), ReadError> {
    let Ok(bytes) = archive.read("META-INF/encryption.xml") else { return Ok(()) };
    let list = String::from_utf8_lossy(&bytes).into_owned();
    let mut pull = XmlPull::new(&list);
    while let Ok(Some(event)) = pull.pull() {
        if let XmlEvent::Start(tag) = event
            && local(&tag.name) == "CipherReference"
            && let Some(address) = attribute(&tag.attributes, "URI")
        {
            let path = resolve("", address);
            let is_chapter = |id: &String| package.manifest.get(id).is_some_and(|item| item.path == path);
            if package.spine.iter().any(is_chapter) {
                return Err(ReadError::Unusable(format!("{path} is encrypted; only books without DRM can be read")));
            }
        }
    }
    Ok(())
}
