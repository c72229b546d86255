//! Chapters into one document: anchors and notes get names that are unique in the book, links between files become links
//! within it, pictures are fetched from the container.

use std::collections::{BTreeMap, BTreeSet};

use percent_encoding::percent_decode_str;

use super::archive::resolve;
use super::cross_notes::{Reference, move_notes};
use super::title_page::only_repeats_metadata;
use crate::diagnostics::{Diagnostics, Loss};
use crate::document::{
    Attributes, Block, BlockKind, Document, Image, Inline, Level, Link, NoteId, Resource, ResourceId, SetAside,
    plain_text, walk_blocks_mut, walk_inlines, walk_inlines_mut,
};

/// Where pictures come from: the path in the container.
type Load<'a> = dyn FnMut(&str) -> Result<Resource, String> + 'a;

/// The chapters so far, each with its path in the container.
#[derive(Default)]
pub struct Merging {
    paths: Vec<String>,
    chapters: Vec<Document>,
    /// Unique name of each anchor, by chapter and own name.
    anchors: BTreeMap<(usize, String), String>,
    taken: BTreeSet<String>,
    /// Unique name of each note, by chapter and own name.
    notes: BTreeMap<(usize, NoteId), NoteId>,
    pictures: BTreeMap<String, Option<ResourceId>>,
}

impl Merging {
    pub fn add(&mut self, path: String, chapter: Document) {
        self.paths.push(path);
        self.chapters.push(chapter);
    }

    pub fn is_empty(&self) -> bool {
        self.chapters.is_empty()
    }

    /// Put everything into `document`, whose metadata are known already.
    pub fn finish(
        mut self,
        document: &mut Document,
        cover: Option<&str>,
        load: &mut Load<'_>,
        diagnostics: &mut Diagnostics,
    ) {
        self.name_anchors();
        self.name_notes();
        let mut chapters = std::mem::take(&mut self.chapters);
        let mut references = Vec::new();
        for (index, chapter) in chapters.iter_mut().enumerate() {
            let mut pass = |inlines: &mut Vec<Inline>| {
                self.settle_inlines(index, inlines, &mut document.resources, load, diagnostics, &mut references);
            };
            walk_inlines_mut(&mut chapter.blocks, &mut pass);
            chapter.notes.values_mut().for_each(|blocks| walk_inlines_mut(blocks, &mut pass));
            self.rename_blocks(index, &mut chapter.blocks);
            chapter.notes.values_mut().for_each(|blocks| self.rename_blocks(index, blocks));
        }
        if let Some(path) = cover {
            document.metadata.cover = self.picture(path, &mut document.resources, load, diagnostics);
        }
        for (index, chapter) in chapters.into_iter().enumerate() {
            let named = |(name, blocks)| (self.notes.get(&(index, name)).cloned().unwrap_or_default(), blocks);
            document.notes.extend(chapter.notes.into_iter().map(named));
            if index < 4 && self.is_set_aside(&chapter.blocks, document) {
                let text = words(&chapter.blocks);
                let reason = if text.trim().is_empty() { "cover" } else { "title page" };
                document.provenance.set_aside.push(SetAside { text, reason: reason.to_owned(), origin: None });
                continue;
            }
            document.blocks.extend(chapter.blocks);
        }
        move_notes(document, &references);
        raise_headings(&mut document.blocks);
    }

    fn name_anchors(&mut self) {
        let mut found: Vec<(usize, String)> = Vec::new();
        for (index, chapter) in self.chapters.iter_mut().enumerate() {
            let mut of_inlines = |inlines: &mut Vec<Inline>| collect_spans(inlines, index, &mut found);
            walk_inlines_mut(&mut chapter.blocks, &mut of_inlines);
            chapter.notes.values_mut().for_each(|blocks| walk_inlines_mut(blocks, &mut of_inlines));
            let mut of_block = |block: &mut Block| found.extend(block.attributes.id.clone().map(|id| (index, id)));
            walk_blocks_mut(&mut chapter.blocks, &mut of_block);
            chapter.notes.values_mut().for_each(|blocks| walk_blocks_mut(blocks, &mut of_block));
        }
        for (index, id) in found {
            if self.anchors.contains_key(&(index, id.clone())) {
                continue;
            }
            let name = self.free(&id, index);
            self.anchors.insert((index, id), name);
        }
        // Links to a whole file lead to its first block.
        for index in 0..self.chapters.len() {
            let Some(first) = self.chapters[index].blocks.first_mut() else { continue };
            let own = first.attributes.id.get_or_insert_with(|| format!("file-{}", index + 1)).clone();
            let name = match self.anchors.get(&(index, own.clone())) {
                Some(name) => name.clone(),
                None => self.free(&own, index),
            };
            self.anchors.insert((index, own), name.clone());
            self.anchors.entry((index, String::new())).or_insert(name);
        }
    }

    /// `id`, or with the number of its chapter where another has it, and a further number where that is taken too.
    fn free(&mut self, id: &str, index: usize) -> String {
        let numbered = (0u32..).map(|round| match round {
            0 => id.to_owned(),
            1 => format!("{id}-{}", index + 1),
            round => format!("{id}-{}-{round}", index + 1),
        });
        let name = numbered.into_iter().find(|name| !self.taken.contains(name)).expect("the numbers do not end");
        self.taken.insert(name.clone());
        name
    }

    fn name_notes(&mut self) {
        for (index, chapter) in self.chapters.iter().enumerate() {
            for name in chapter.notes.keys() {
                let number = (self.notes.len() + 1).to_string();
                self.notes.insert((index, name.clone()), number);
            }
        }
    }

    fn rename_blocks(&self, index: usize, blocks: &mut [Block]) {
        walk_blocks_mut(blocks, &mut |block| {
            if let Some(id) = &block.attributes.id {
                block.attributes.id = self.anchors.get(&(index, id.clone())).cloned();
            }
        });
    }

    /// Settle anchors, links, notes and pictures of a run of inlines; remember links that may be references to notes.
    fn settle_inlines(
        &mut self,
        index: usize,
        inlines: &mut Vec<Inline>,
        resources: &mut BTreeMap<ResourceId, Resource>,
        load: &mut Load<'_>,
        diagnostics: &mut Diagnostics,
        references: &mut Vec<Reference>,
    ) {
        for inline in inlines {
            match inline {
                Inline::Span(span) => {
                    if let Some(id) = span.attributes.id.clone()
                        && let Some(name) = self.anchors.get(&(index, id))
                    {
                        span.attributes.id = Some(name.clone());
                    }
                }
                Inline::NoteReference(note) => {
                    if let Some(name) = self.notes.get(&(index, note.clone())) {
                        note.clone_from(name);
                    }
                }
                Inline::Image(image) => self.settle_image(index, image, resources, load, diagnostics),
                Inline::Link(link) => self.settle_link(index, link, references, diagnostics),
                _ => {}
            }
            if let Inline::Link(link) = inline
                && link.target.is_empty()
            {
                let content = std::mem::take(&mut link.content);
                *inline = Inline::span(Attributes::default(), content);
            }
            if let Some(children) = inline.children_mut() {
                self.settle_inlines(index, children, resources, load, diagnostics, references);
            }
        }
    }

    fn settle_image(
        &mut self,
        index: usize,
        image: &mut Image,
        resources: &mut BTreeMap<ResourceId, Resource>,
        load: &mut Load<'_>,
        diagnostics: &mut Diagnostics,
    ) {
        if image.source.contains("://") || image.source.starts_with("data:") {
            return;
        }
        let path = resolve(&self.paths[index], &image.source);
        image.resource = self.picture(&path, resources, load, diagnostics);
        image.source = path;
    }

    fn picture(
        &mut self,
        path: &str,
        resources: &mut BTreeMap<ResourceId, Resource>,
        load: &mut Load<'_>,
        diagnostics: &mut Diagnostics,
    ) -> Option<ResourceId> {
        if let Some(known) = self.pictures.get(path) {
            return known.clone();
        }
        let id = match load(path) {
            Ok(resource) => Some(keep(path, resource, resources)),
            Err(reason) => {
                let message = format!("picture not shown: {path}: {reason}");
                diagnostics.warn(Loss::Dropped, "missing-picture", None, message);
                None
            }
        };
        self.pictures.insert(path.to_owned(), id.clone());
        id
    }

    /// A link within the book gets the unique name of its anchor; one that leads nowhere gets no target.
    fn settle_link(&self, index: usize, link: &mut Link, references: &mut Vec<Reference>, found: &mut Diagnostics) {
        let (file, fragment) = link.target.split_once('#').unwrap_or((&link.target, ""));
        let scheme = file.split_once(':').map(|(scheme, _)| scheme).unwrap_or_default();
        if !scheme.is_empty() && scheme.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
            return;
        }
        let path = if file.is_empty() { self.paths[index].clone() } else { resolve(&self.paths[index], file) };
        let fragment = percent_decode_str(fragment).decode_utf8_lossy().into_owned();
        let chapter = self.paths.iter().position(|one| one.eq_ignore_ascii_case(&path));
        let whole = |chapter| self.anchors.get(&(chapter, String::new()));
        let exact = chapter.and_then(|chapter| self.anchors.get(&(chapter, fragment.clone())));
        let name = exact.or_else(|| chapter.and_then(whole));
        let Some(name) = name else {
            found.note(Loss::Dropped, "link-without-target", None, format!("{} is not in the book", link.target));
            link.target.clear();
            return;
        };
        if chapter != Some(index) && exact.is_some() && !fragment.is_empty() {
            references.push(Reference { target: name.clone(), mark: plain_text(&link.content) });
        }
        link.target = format!("#{name}");
    }

    /// Whether a chapter only shows the cover, or only says what the metadata say.
    fn is_set_aside(&self, blocks: &[Block], document: &Document) -> bool {
        let mut pictures = Vec::new();
        walk_inlines(blocks, &mut |inlines| collect_pictures(inlines, &mut pictures));
        let is_cover = |picture: &Option<ResourceId>| picture.is_some() && *picture == document.metadata.cover;
        if words(blocks).trim().is_empty() {
            return !pictures.is_empty() && pictures.iter().all(|picture| is_cover(picture));
        }
        pictures.is_empty() && only_repeats_metadata(&words(blocks), &document.metadata)
    }
}

fn collect_spans(inlines: &[Inline], index: usize, found: &mut Vec<(usize, String)>) {
    for inline in inlines {
        if let Inline::Span(span) = inline
            && let Some(id) = &span.attributes.id
        {
            found.push((index, id.clone()));
        }
        collect_spans(inline.children(), index, found);
    }
}

fn collect_pictures<'a>(inlines: &'a [Inline], pictures: &mut Vec<&'a Option<ResourceId>>) {
    for inline in inlines {
        match inline {
            Inline::Image(image) => pictures.push(&image.resource),
            other => collect_pictures(other.children(), pictures),
        }
    }
}

/// The words of blocks without alternative texts.
fn words(blocks: &[Block]) -> String {
    fn push(inlines: &[Inline], words: &mut String) {
        for inline in inlines {
            match inline {
                Inline::Text(text) | Inline::Code(text) | Inline::Math(text) => words.push_str(text),
                Inline::Ruby { pairs, .. } => pairs.iter().for_each(|pair| words.push_str(&pair.base)),
                other => push(other.children(), words),
            }
        }
    }
    let mut words = String::new();
    walk_inlines(blocks, &mut |inlines| push(inlines, &mut words));
    crate::document::walk_blocks(blocks, &mut |block| match &block.kind {
        BlockKind::Code { text, .. } | BlockKind::Raw { text, .. } => words.push_str(text),
        BlockKind::Math { tex } => words.push_str(tex),
        _ => {}
    });
    words
}

/// Keep a picture under the name of its file, numbered where that is taken.
fn keep(path: &str, resource: Resource, resources: &mut BTreeMap<ResourceId, Resource>) -> ResourceId {
    let name = path.rsplit('/').next().unwrap_or_default();
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    let safe = |c: char| if c.is_alphanumeric() || c == '-' || c == '_' { c } else { '-' };
    let stem: String = stem.chars().take(60).map(safe).collect();
    let extension = resource.extension();
    let numbered =
        (1u32..).map(|n| if n == 1 { format!("{stem}.{extension}") } else { format!("{stem}-{n}.{extension}") });
    let id = numbered.into_iter().find(|id| !resources.contains_key(id)).expect("the numbers do not end");
    resources.insert(id.clone(), resource);
    id
}

/// Chapters of a book have level 1: move all headings up when the highest is lower.
fn raise_headings(blocks: &mut [Block]) {
    let level = |block: &Block| match &block.kind {
        BlockKind::Heading { level, .. } => Some(usize::from(level.get())),
        _ => None,
    };
    let Some(highest) = blocks.iter().filter_map(level).min() else { return };
    for block in blocks {
        if let BlockKind::Heading { level, .. } = &mut block.kind {
            *level = Level::clamped(usize::from(level.get()) + 1 - highest);
        }
    }
}
