//! Gathers the pictures a document shows: from beside its source and from `data:` addresses, never from the network.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use base64::Engine;
use base64::engine::general_purpose::GeneralPurpose;
use base64::engine::{DecodePaddingMode, GeneralPurposeConfig};
use percent_encoding::percent_decode_str;

use crate::diagnostics::{Diagnostics, Loss};
use crate::document::{Document, Extent, Image, Inline, Resource, ResourceId, walk_inlines_mut};
use crate::options::Limits;
use crate::source::Source;

/// Load every picture that can be loaded into `document.resources`; the others keep their alternative text and are
/// reported. Equal pictures are kept once.
///
/// `body`: of the document's blocks.
pub fn gather(document: &mut Document, source: &Source, body: &Extent, limits: &Limits, diagnostics: &mut Diagnostics) {
    let carried = std::mem::take(&mut document.resources);
    let mut gathering = Gathering {
        source,
        limits,
        diagnostics,
        by_address: BTreeMap::new(),
        by_data: BTreeMap::new(),
        numbers: BTreeMap::new(),
        bytes: 0,
        resources: BTreeMap::new(),
        refused: BTreeSet::new(),
    };
    carried.into_iter().for_each(|(id, resource)| gathering.carry(id, resource));
    if document.metadata.cover.as_ref().is_some_and(|cover| gathering.refused.contains(cover)) {
        document.metadata.cover = None;
    }
    for index in &body.pictured {
        let block = std::slice::from_mut(&mut document.blocks[*index]);
        walk_inlines_mut(block, &mut |inlines| gathering.visit(inlines));
    }
    for blocks in document.notes.values_mut() {
        walk_inlines_mut(blocks, &mut |inlines| gathering.visit(inlines));
    }
    document.resources = gathering.resources;
}

struct Gathering<'a> {
    source: &'a Source,
    limits: &'a Limits,
    diagnostics: &'a mut Diagnostics,
    by_address: BTreeMap<String, Option<ResourceId>>,
    by_data: BTreeMap<Arc<Vec<u8>>, ResourceId>,
    /// The last number a name was given.
    numbers: BTreeMap<String, u32>,
    /// Of all pictures kept so far.
    bytes: u64,
    resources: BTreeMap<ResourceId, Resource>,
    /// Of those the document brought with it.
    refused: BTreeSet<ResourceId>,
}

impl Gathering<'_> {
    fn visit(&mut self, inlines: &mut Vec<Inline>) {
        for inline in inlines {
            if let Inline::Image(image) = inline {
                self.load(image);
            } else if let Some(children) = inline.children_mut() {
                self.visit(children);
            }
        }
    }

    /// Take a picture that the reader found within the source; one that is too large is left out.
    fn carry(&mut self, id: ResourceId, resource: Resource) {
        let is_raster = resource.media_type.starts_with("image/") && resource.media_type != "image/svg+xml";
        // What a source says of its size is not asked: the bytes are.
        let profiled = Resource::has_large_profile(&resource.data);
        let measured = (is_raster && !profiled).then(|| Resource::picture(resource.data.to_vec()).ok()).flatten();
        let sound = if profiled { Err("its colour profile is too large".to_owned()) } else { Ok(()) };
        let within = || measured.as_ref().map_or(Ok(()), |measured| self.bounded(measured));
        let bounded = sound.and_then(|()| within()).and_then(|()| self.weigh(resource.data.len()));
        if let Err(reason) = bounded {
            let message = format!("picture not shown: {id}: {reason}");
            self.diagnostics.warn(Loss::Dropped, "missing-picture", None, message);
            self.refused.insert(id);
        } else {
            self.by_data.entry(resource.data.clone()).or_insert_with(|| id.clone());
            self.resources.insert(id, resource);
        }
    }

    fn load(&mut self, image: &mut Image) {
        if let Some(id) = &image.resource {
            if self.refused.contains(id) {
                image.resource = None;
            }
            return;
        }
        if let Some(known) = self.by_address.get(&image.source) {
            image.resource.clone_from(known);
            return;
        }
        let loaded = self.bytes_of(&image.source).and_then(|bytes| self.picture(bytes));
        let kept = loaded.and_then(|resource| self.keep(&image.source, resource));
        let id = match kept {
            Ok(id) => Some(id),
            Err(reason) => {
                self.diagnostics.warn(Loss::Dropped, "missing-picture", None, format!("picture not shown: {reason}"));
                None
            }
        };
        self.by_address.insert(image.source.clone(), id.clone());
        image.resource = id;
    }

    fn bytes_of(&self, address: &str) -> Result<Vec<u8>, String> {
        if let Some(data) = address.strip_prefix("data:") {
            return data_address(data).ok_or_else(|| "its data: address is broken".to_owned());
        }
        if address.contains("://") || address.starts_with("//") {
            return Err(format!("{address} is on the network; save it beside the source"));
        }
        let name = percent_decoded(address.split(['?', '#']).next().unwrap_or_default());
        self.source.beside(&name, self.limits.bytes).map_err(|error| error.to_string())
    }

    fn picture(&self, bytes: Vec<u8>) -> Result<Resource, String> {
        let resource = Resource::picture(bytes)?;
        self.bounded(&resource)?;
        Ok(resource)
    }

    fn bounded(&self, picture: &Resource) -> Result<(), String> {
        // Sixteen bits of each colour take twice the room when they are unpacked (PNG 3rd edition §11.2.1).
        let is_deep = picture.media_type == "image/png" && picture.data.get(24) == Some(&16);
        let pixels = u64::from(picture.width) * u64::from(picture.height) * if is_deep { 2 } else { 1 };
        let most = self.limits.pixels;
        if pixels <= most {
            return Ok(());
        }
        Err(format!("it has {pixels} pixels, more than {most}; raise --limit-pixels to allow it"))
    }

    /// Count a picture's bytes; errors when all of them are more than two files may have.
    fn weigh(&mut self, bytes: usize) -> Result<(), String> {
        // Each writer holds them more than once.
        let (all, most) = (self.bytes + bytes as u64, self.limits.bytes.saturating_mul(2));
        if all > most {
            return Err(format!("the pictures have more than {most} bytes together; raise --limit-bytes to allow it"));
        }
        self.bytes = all;
        Ok(())
    }

    /// Keep a picture under a name of its own, made from the name it came by.
    fn keep(&mut self, address: &str, resource: Resource) -> Result<ResourceId, String> {
        if let Some(id) = self.by_data.get(&resource.data) {
            return Ok(id.clone());
        }
        self.weigh(resource.data.len())?;
        let stem = if address.starts_with("data:") { String::new() } else { file_stem(address) };
        let stem = if stem.is_empty() { "picture".to_owned() } else { stem };
        let extension = resource.extension();
        let mut id = format!("{stem}.{extension}");
        if self.resources.contains_key(&id) {
            let number = self.numbers.entry(id.clone()).or_insert(1);
            while self.resources.contains_key(&id) {
                *number += 1;
                id = format!("{stem}-{number}.{extension}");
            }
        }
        self.by_data.insert(resource.data.clone(), id.clone());
        self.resources.insert(id.clone(), resource);
        Ok(id)
    }
}

/// The last part of an address without its extension, of characters safe in any file system.
fn file_stem(address: &str) -> String {
    let name = percent_decoded(address.split(['?', '#']).next().unwrap_or_default());
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let stem = last.rsplit_once('.').map_or(last, |(stem, _)| stem);
    let safe = stem.chars().map(|c| if c.is_alphanumeric() || c == '-' || c == '_' { c } else { '-' });
    safe.take(60).collect()
}

/// The bytes of a `data:` address after its scheme (RFC 2397).
fn data_address(rest: &str) -> Option<Vec<u8>> {
    let (head, body) = rest.split_once(',')?;
    if head.trim_end().ends_with(";base64") {
        let compact: String = percent_decoded(body).chars().filter(|c| !c.is_ascii_whitespace()).collect();
        let lenient = GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent);
        return GeneralPurpose::new(&base64::alphabet::STANDARD, lenient).decode(compact).ok();
    }
    Some(percent_decoded(body).into_bytes())
}

/// `%E4%B8%AD` as the characters it stands for.
fn percent_decoded(text: &str) -> String {
    percent_decode_str(text).decode_utf8_lossy().into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_picture_of_sixteen_bits_counts_twice() {
        let shown = |picture: image::DynamicImage| {
            let mut file = std::io::Cursor::new(Vec::new());
            picture.write_to(&mut file, image::ImageFormat::Png).expect("memory");
            let data = base64::engine::general_purpose::STANDARD.encode(file.into_inner());
            let image = Image { source: format!("data:image/png;base64,{data}"), ..Image::default() };
            let blocks = vec![crate::document::Block::paragraph(vec![Inline::from(image)])];
            let mut document = Document { blocks, ..Document::default() };
            let limits = Limits { pixels: 1, ..Limits::default() };
            let body = Extent::of(&document.blocks);
            gather(&mut document, &Source::from_bytes("a.md", Vec::new()), &body, &limits, &mut Diagnostics::new());
            !document.resources.is_empty()
        };
        assert!(shown(image::DynamicImage::new_luma8(1, 1)));
        assert!(!shown(image::DynamicImage::new_luma16(1, 1)));
    }

    #[test]
    fn data_addresses_give_their_bytes() {
        assert_eq!(data_address("text/plain;base64,5Lit"), Some("中".into()));
        assert_eq!(data_address("image/svg+xml,%3Csvg/%3E"), Some(b"<svg/>".to_vec()));
    }

    #[test]
    fn names_of_pictures_are_safe_file_names() {
        assert_eq!(file_stem("../a/%E5%9B%BE 1.png?x=1"), "图-1");
    }
}
