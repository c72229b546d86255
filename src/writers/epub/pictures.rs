//! The pictures a book carries: those it shows, if their bytes are what reading systems must know (EPUB 3.3 §3.2).

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostics::{Diagnostics, Loss};
use crate::document::{Document, Inline, Resource, ResourceId, walk_inlines};

/// A picture and where it lies, relative to the package document.
pub struct Picture<'a> {
    pub href: String,
    pub resource: &'a Resource,
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
        if let Err(reason) = sound(resource) {
            let message = format!("the picture {id} is not carried: {reason}");
            diagnostics.warn(Loss::Dropped, "unusable-picture", None, message);
            continue;
        }
        let href = format!("images/picture-{}.{}", pictures.len() + 1, resource.extension());
        pictures.insert(id, Picture { href, resource });
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

/// Whether the bytes are of the type the resource claims, and safe to pass on.
fn sound(resource: &Resource) -> Result<(), String> {
    let found = Resource::picture(resource.data.to_vec())?;
    if found.media_type != resource.media_type {
        return Err(format!("it claims to be {} and is {}", resource.media_type, found.media_type));
    }
    if found.media_type == "image/svg+xml" { svg_is_sound(&resource.data) } else { Ok(()) }
}

/// An SVG that draws only what it holds itself: no scripts, no addresses, no entities.
fn svg_is_sound(data: &[u8]) -> Result<(), String> {
    let text = std::str::from_utf8(data).map_err(|_| "its SVG is not UTF-8".to_owned())?;
    usvg::Tree::from_str(text, &usvg::Options::default()).map_err(|error| format!("its SVG is broken: {error}"))?;
    let lower = text.to_ascii_lowercase();
    let forbidden = ["<script", "<foreignobject", "<!entity", "<!doctype", "javascript:", "<iframe", "@import"];
    if let Some(found) = forbidden.iter().find(|word| lower.contains(**word)) {
        return Err(format!("its SVG has {found}"));
    }
    for address in ["href=\"http", "href='http", "href=\"//", "href='//", "url(http", "url(\"http", "url('http"] {
        if lower.contains(address) {
            return Err("its SVG points outside itself".to_owned());
        }
    }
    let handlers = lower.split_ascii_whitespace().any(|word| {
        word.strip_prefix("on").is_some_and(|rest| {
            rest.split_once('=').is_some_and(|(name, _)| name.bytes().all(|byte| byte.is_ascii_lowercase()))
        })
    });
    if handlers { Err("its SVG has event handlers".to_owned()) } else { Ok(()) }
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
