//! The pictures a book carries: those it shows, if their bytes are what reading systems must know (EPUB 3.3 §3.2).

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use super::svg;
use crate::diagnostics::{Diagnostics, Loss};
use crate::document::{Document, Inline, Resource, ResourceId, walk_inlines};

/// A picture and where it lies, relative to the package document.
pub struct Picture<'a> {
    pub href: String,
    pub resource: &'a Resource,
    /// What is carried of it.
    pub data: Cow<'a, [u8]>,
}

/// Every picture shown in the text or on the cover, in order of name.
pub fn pictures<'a>(document: &'a Document, diagnostics: &mut Diagnostics) -> BTreeMap<&'a ResourceId, Picture<'a>> {
    let mut shown = BTreeSet::new();
    for blocks in std::iter::once(&document.blocks).chain(document.notes.values()) {
        walk_inlines(blocks, &mut |inlines| collect(inlines, &mut shown));
    }
    shown.extend(&document.metadata.cover);
    let mut pictures = BTreeMap::new();
    for id in shown {
        let Some((id, resource)) = document.resources.get_key_value(id) else { continue };
        let data = match sound(id, resource, diagnostics) {
            Ok(data) => data,
            Err(reason) => {
                let message = format!("the picture {id} is not carried: {reason}");
                diagnostics.warn(Loss::Dropped, "unusable-picture", None, message);
                continue;
            }
        };
        let href = format!("images/picture-{}.{}", pictures.len() + 1, resource.extension());
        pictures.insert(id, Picture { href, resource, data });
    }
    pictures
}

fn collect<'a>(inlines: &'a [Inline], shown: &mut BTreeSet<&'a ResourceId>) {
    for inline in inlines {
        match inline {
            Inline::Image(image) => shown.extend(&image.resource),
            other => collect(other.children(), shown),
        }
    }
}

/// The bytes to carry, if they are of the type the resource claims; a drawing without what runs or loads.
fn sound<'a>(id: &str, resource: &'a Resource, diagnostics: &mut Diagnostics) -> Result<Cow<'a, [u8]>, String> {
    let found = Resource::picture(resource.data.to_vec())?;
    if found.media_type != resource.media_type {
        return Err(format!("it claims to be {} and is {}", resource.media_type, found.media_type));
    }
    if found.media_type != "image/svg+xml" {
        return Ok(resource.data.as_slice().into());
    }
    let (data, removed) = svg::cleaned(&resource.data)?;
    let text = std::str::from_utf8(&data).map_err(|_| "its SVG is not UTF-8".to_owned())?;
    resource.bounded_drawing()?;
    usvg::Tree::from_str(text, &usvg::Options::default()).map_err(|error| format!("its SVG is broken: {error}"))?;
    if !removed.is_empty() {
        let list = removed.into_iter().collect::<Vec<_>>().join(", ");
        let message = format!("the drawing {id} is carried without {list}");
        diagnostics.warn(Loss::Dropped, "cleaned-drawing", None, message);
    }
    Ok(data)
}

/// Whether a picture moves: a GIF or WebP of more than one frame.
pub fn moves(resource: &Resource) -> bool {
    let count = |pattern: &[u8]| resource.data.windows(pattern.len()).filter(|window| *window == pattern).count();
    match resource.media_type.as_str() {
        // A graphic control extension goes before each frame.
        "image/gif" => count(b"\x21\xF9\x04") > 1,
        "image/webp" => resource
            .data
            .get(..64.min(resource.data.len()))
            .is_some_and(|head| head.windows(4).any(|window| window == b"ANIM")),
        _ => false,
    }
}
