//! The parser's events as blocks.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::iter::Peekable;
use std::ops::Range;

use pulldown_cmark::{BlockQuoteKind, CodeBlockKind, Event, Tag};

use super::Events;
use super::containers;
use super::emphasis::Marked;
use super::html_blocks;
use super::inlines::{DISPLAY_MATH, Inlines, is_inline};
use super::tables::caption_of;
use crate::diagnostics::{Diagnostics, Loss, Place};
use crate::document::{Attributes, Block, BlockKind, BoxRole, Inline, Level, NoteId, Origin, Rare};
use crate::options::{MarkdownFlavour, ReadOptions};

/// Blocks nested deeper than this are flattened.
const MAX_BLOCK_DEPTH: usize = 48;

pub struct Builder<'m, 'd> {
    events: Peekable<Events<'m>>,
    pub(super) marked: &'m Marked<'m>,
    lines: Lines<'m>,
    /// Marks before the block read last.
    marks_before: usize,
    /// Offset of the body in the source: what comes before is front matter.
    body: usize,
    flavour: MarkdownFlavour,
    options: &'d ReadOptions,
    diagnostics: &'d mut Diagnostics,
    notes: BTreeMap<NoteId, Vec<Block>>,
    pub(super) inlines: Inlines<'m>,
    /// Blocks of the elements that are open, outermost first; it keeps its room, so that each list of blocks gets just the
    /// memory it needs.
    pending: Vec<Block>,
    depth: usize,
    flattened: bool,
    /// Mark of the task whose item is being read.
    pub(super) task: Option<bool>,
    /// Whether the blocks read last had paragraphs among them that the parser marked as such.
    pub(super) had_paragraphs: bool,
    /// Paragraphs that begin like items of a list but are none, and the line of the first.
    pub(super) foreign_numbers: (usize, Option<u32>),
}

impl<'m, 'd> Builder<'m, 'd> {
    pub fn new(
        events: Events<'m>,
        marked: &'m Marked<'m>,
        source: &'m str,
        body: usize,
        options: &'d ReadOptions,
        diagnostics: &'d mut Diagnostics,
    ) -> Builder<'m, 'd> {
        let flavour = options.markdown;
        Builder {
            events: events.peekable(),
            marked,
            lines: Lines { text: marked.text.as_bytes(), offset: 0, line: 1 + line_breaks(&source[..body]) },
            marks_before: 0,
            body,
            flavour,
            options,
            diagnostics,
            notes: BTreeMap::new(),
            inlines: Inlines::new(marked, flavour),
            pending: Vec::new(),
            depth: 0,
            flattened: false,
            task: None,
            had_paragraphs: false,
            foreign_numbers: (0, None),
        }
    }

    /// All blocks, and the notes by name.
    pub fn build(mut self) -> (Vec<Block>, BTreeMap<NoteId, Vec<Block>>) {
        let blocks = self.blocks();
        if self.flattened {
            let message = "nested too deep; the innermost structure was left out, its text is kept";
            self.diagnostics.warn(Loss::Dropped, "nested-too-deep", None, message);
        }
        if let (2.., Some(line)) = self.foreign_numbers {
            let message = format!(
                "{} paragraphs begin with a number like １． or 1、, which makes no list; write 1. and a space",
                self.foreign_numbers.0
            );
            self.diagnostics.note(Loss::Substituted, "foreign-list-number", Some(Place { line, column: 0 }), message);
        }
        (blocks, self.notes)
    }

    pub(super) fn next(&mut self) -> Option<(Event<'m>, Range<usize>)> {
        self.events.next()
    }

    /// The blocks up to the end of the element that is open.
    pub(super) fn blocks(&mut self) -> Vec<Block> {
        self.depth += 1;
        let start = self.pending.len();
        // Ends still to come of elements whose content goes to the element around them.
        let mut ignored = 0usize;
        let mut had_paragraphs = false;
        let mut had_html = false;
        // Paragraphs and comments that mark other blocks.
        let mut had_marks = false;
        while let Some((event, range)) = self.events.peek() {
            if is_inline(event) {
                let range = range.clone();
                let (origin, start) = (self.origin(&range), range.start);
                let mut content = self.inlines(InlinePlace::Item);
                if self.is_extended() && containers::may_mark(&content) {
                    had_marks = true;
                    if start > 0 && self.marked.text.as_bytes()[start - 1] == b'\\' {
                        containers::keep_as_text(&mut content);
                    }
                }
                self.push_paragraphs(content, origin);
                continue;
            }
            let Some((event, range)) = self.next() else { break };
            match event {
                Event::End(_) if ignored == 0 => break,
                Event::End(_) => ignored -= 1,
                Event::Start(tag) if self.depth > MAX_BLOCK_DEPTH && is_container(&tag) => {
                    self.flattened = true;
                    ignored += 1;
                }
                Event::Start(Tag::FootnoteDefinition(label)) => {
                    let label = self.marked.unmarked(&label).into_owned();
                    let note = self.blocks();
                    self.keep_note(label, note);
                }
                Event::Start(Tag::Paragraph) => {
                    let origin = self.origin(&range);
                    had_paragraphs |= ignored == 0;
                    let mut content = self.inlines(InlinePlace::Paragraph);
                    let begins_with = self.marked.text.as_bytes().get(range.start).copied();
                    if self.is_extended()
                        && begins_with == Some(b':')
                        && let Some(caption) = caption_of(self.pending[start..].last_mut(), &mut content)
                    {
                        *caption = content;
                        continue;
                    }
                    if self.is_extended() && containers::may_mark(&content) {
                        had_marks = true;
                        let next = self.marked.text.as_bytes().get(range.start + 1);
                        if begins_with == Some(b'\\') && next.is_some_and(u8::is_ascii_punctuation) {
                            containers::keep_as_text(&mut content);
                        }
                    }
                    self.push_paragraphs(content, origin);
                }
                Event::Start(tag) => {
                    let origin = self.origin(&range);
                    had_html |= matches!(tag, Tag::HtmlBlock);
                    had_marks |= had_html;
                    if let Some(mut block) = self.block(tag, &range) {
                        block.origin = Some(origin);
                        self.pending.push(block);
                    } else {
                        ignored += 1;
                    }
                }
                Event::Rule => {
                    let origin = self.origin(&range);
                    self.pending.push(Block::from(BlockKind::ThematicBreak).with_origin(origin));
                }
                _ => {}
            }
        }
        self.depth -= 1;
        self.had_paragraphs = had_paragraphs;
        let blocks = if start == 0 { std::mem::take(&mut self.pending) } else { self.pending.split_off(start) };
        if !self.is_extended() {
            return blocks;
        }
        let blocks = if had_html { html_blocks::settle(blocks, self.options) } else { blocks };
        if had_marks { containers::settle(blocks) } else { blocks }
    }

    /// Whether more than the letter of a specification is read.
    pub(super) fn is_extended(&self) -> bool {
        matches!(self.flavour, MarkdownFlavour::Banxin | MarkdownFlavour::Pandoc)
    }

    /// The paragraphs of one paragraph's inlines: one, or several parted by displayed formulas.
    fn push_paragraphs(&mut self, mut content: Vec<Inline>, origin: Origin) {
        if self.is_extended() {
            containers::take_indent(&mut content);
        }
        if content.iter().any(is_display_math) {
            return self.pending.extend(parted(content).into_iter().map(|block| block.with_origin(origin)));
        }
        if content.is_empty() {
            return;
        }
        self.see_number(&content, origin);
        let block = if self.is_extended() { containers::with_caption(content) } else { Block::paragraph(content) };
        self.pending.push(block.with_origin(origin));
    }

    /// A block from its start tag, its end included; `None` for what is no block.
    fn block(&mut self, tag: Tag<'m>, range: &Range<usize>) -> Option<Block> {
        let kind = match tag {
            Tag::Heading { level, id, classes, attrs } => {
                let content = self.inlines(InlinePlace::Line);
                let own = |text: &str| self.marked.unmarked(text).into_owned();
                let pairs = attrs
                    .iter()
                    .filter(|(key, _)| is_attribute_name(key))
                    .map(|(key, value)| (own(key), value.as_deref().map(own).unwrap_or_default()));
                let attributes = Attributes {
                    id: id.map(|id| own(&id)),
                    language: None,
                    classes: classes.iter().map(|class| own(class)).collect(),
                    pairs: pairs.collect(),
                };
                let heading = Block::heading(Level::clamped(level as usize), content);
                return Some(heading.with_attributes(attributes));
            }
            Tag::BlockQuote(None) => {
                let mut blocks = self.blocks();
                let attribution =
                    if self.is_extended() { containers::take_attribution(&mut blocks) } else { Vec::new() };
                BlockKind::Quote { blocks, attribution: attribution.into() }
            }
            Tag::BlockQuote(Some(kind)) => {
                BlockKind::Box { role: alert(kind), title: Rare::default(), blocks: self.blocks() }
            }
            Tag::CodeBlock(kind) => return Some(self.code(kind)),
            Tag::HtmlBlock => self.html(),
            Tag::List(start) => self.list(start, range),
            Tag::DefinitionList => self.definitions(),
            Tag::Table(alignments) => self.table(&alignments),
            _ => return None,
        };
        Some(kind.into())
    }

    /// A list of inlines: up to the end of its block, or, for the text of a tight item, up to the next block.
    pub(super) fn inlines(&mut self, place: InlinePlace) -> Vec<Inline> {
        self.inlines.begin(place != InlinePlace::Line);
        loop {
            // What ends the text of an item belongs to what comes behind it.
            let in_item = place == InlinePlace::Item;
            if in_item && !self.events.peek().is_some_and(|(event, _)| self.inlines.owns(event)) {
                break;
            }
            match self.next() {
                Some((Event::TaskListMarker(checked), _)) => self.task = Some(checked),
                Some((event, range)) if in_item || self.inlines.owns(&event) => self.inlines.take(event, range.start),
                _ => break,
            }
        }
        self.flattened |= self.inlines.flattened;
        self.inlines.finish()
    }

    fn code(&mut self, kind: CodeBlockKind<'m>) -> Block {
        let text = self.text_to_end();
        let text = text.strip_suffix('\n').map(str::to_owned).unwrap_or(text);
        let info = match kind {
            CodeBlockKind::Indented => String::new(),
            CodeBlockKind::Fenced(info) => self.marked.unmarked(&info).trim().to_owned(),
        };
        let (language, rest) = info.split_once(char::is_whitespace).unwrap_or((&info, ""));
        if language == "math" && !matches!(self.flavour, MarkdownFlavour::CommonMark) && rest.is_empty() {
            return BlockKind::Math { tex: text.into() }.into();
        }
        // What a fence says that has nothing to say.
        let says_nothing = language.is_empty() || language == "text" && self.is_extended();
        let language = (!says_nothing).then(|| language.to_owned());
        let mut block = Block::from(BlockKind::Code { language: language.map(Into::into), text: text.into() });
        if !rest.trim().is_empty() {
            block.attributes.pairs.insert("info".to_owned(), rest.trim().to_owned());
        }
        block
    }

    fn html(&mut self) -> BlockKind {
        let text = self.text_to_end();
        BlockKind::Raw { format: "html".into(), text: text.trim_end_matches('\n').into() }
    }

    /// The text of an element that has nothing else in it.
    fn text_to_end(&mut self) -> String {
        let mut text = String::new();
        while let Some((event, _)) = self.next() {
            match event {
                Event::Text(part) | Event::Html(part) => text.push_str(&self.marked.unmarked(&part)),
                Event::End(_) => break,
                _ => {}
            }
        }
        text
    }

    fn keep_note(&mut self, label: NoteId, blocks: Vec<Block>) {
        match self.notes.entry(label) {
            Entry::Vacant(free) => {
                free.insert(blocks);
            }
            Entry::Occupied(first) => {
                let message = format!("a second note named {} was left out; give it another name", first.key());
                self.diagnostics.warn(Loss::Dropped, "second-note", None, message);
            }
        }
    }

    fn origin(&mut self, range: &Range<usize>) -> Origin {
        let line = self.lines.line_at(range.start);
        let range = self.marked.source_range(range, &mut self.marks_before);
        Origin::new(line, self.body + range.start..self.body + range.end)
    }
}

/// Where a list of inlines stands, which says how it ends.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum InlinePlace {
    /// In a paragraph with events of its own.
    Paragraph,
    /// Directly in an item: it ends where the next block starts.
    Item,
    /// In a heading, a cell or a term: displayed mathematics has no room there.
    Line,
}

/// Paragraphs, and the displayed formulas that part them, from one paragraph's inlines.
fn parted(content: Vec<Inline>) -> Vec<Block> {
    let mut blocks = Vec::new();
    let mut text = Vec::new();
    for inline in content {
        match inline {
            Inline::Raw { format, text: tex } if &*format == DISPLAY_MATH => {
                close_paragraph(&mut blocks, std::mem::take(&mut text), true);
                blocks.push(BlockKind::Math { tex }.into());
            }
            other => text.push(other),
        }
    }
    let after_formula = !blocks.is_empty();
    close_paragraph(&mut blocks, text, after_formula);
    blocks
}

fn is_display_math(inline: &Inline) -> bool {
    matches!(inline, Inline::Raw { format, .. } if &**format == DISPLAY_MATH)
}

/// Add a paragraph where there is text; beside a formula without the spaces that parted them.
fn close_paragraph(blocks: &mut Vec<Block>, mut content: Vec<Inline>, beside_formula: bool) {
    if beside_formula {
        if let Some(Inline::Text(text)) = content.first_mut() {
            text.drain(..text.len() - text.trim_start().len());
        }
        if let Some(Inline::Text(text)) = content.last_mut() {
            text.truncate(text.trim_end().len());
        }
        content.retain(|inline| !matches!(inline, Inline::Text(text) if text.is_empty()));
    }
    if !content.is_empty() {
        blocks.push(Block::paragraph(content));
    }
}

fn is_attribute_name(name: &str) -> bool {
    name.starts_with(char::is_alphabetic) && name.chars().all(|one| one.is_alphanumeric() || "_:.-".contains(one))
}

fn is_container(tag: &Tag<'_>) -> bool {
    matches!(
        tag,
        Tag::BlockQuote(_)
            | Tag::List(_)
            | Tag::Item
            | Tag::DefinitionList
            | Tag::DefinitionListTitle
            | Tag::DefinitionListDefinition
    )
}

fn alert(kind: BlockQuoteKind) -> BoxRole {
    match kind {
        BlockQuoteKind::Note => BoxRole::Note,
        BlockQuoteKind::Tip => BoxRole::Tip,
        BlockQuoteKind::Important => BoxRole::Important,
        BlockQuoteKind::Warning => BoxRole::Warning,
        BlockQuoteKind::Caution => BoxRole::Caution,
    }
}

/// Counts lines up to offsets that mostly grow.
struct Lines<'s> {
    /// As the parser has it, which has just read there.
    text: &'s [u8],
    offset: usize,
    line: u32,
}

impl Lines<'_> {
    /// The line of an offset.
    fn line_at(&mut self, offset: usize) -> u32 {
        let offset = offset.min(self.text.len());
        if offset >= self.offset {
            self.line += line_breaks(&self.text[self.offset..offset]);
        } else {
            self.line -= line_breaks(&self.text[offset..self.offset]);
        }
        self.offset = offset;
        self.line
    }
}

fn line_breaks(text: impl AsRef<[u8]>) -> u32 {
    memchr::memchr_iter(b'\n', text.as_ref()).count() as u32
}
