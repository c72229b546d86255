//! The galley: blocks set to the measure as one endless column of rows.
//!
//! Takes a document's blocks and a theme; gives [`Row`]s in order, the notes set apart, and the structure of it all.
//! Where the column is cut into pages is left to `layout::page`.

mod ahead;
mod boxes;
mod code;
mod column_widths;
mod contents;
mod figure;
mod front;
mod heading;
mod list;
mod note;
mod overlong;
mod paragraph;
mod row;
mod table;

use std::collections::{BTreeMap, BTreeSet};

pub use contents::{ContentsEntry, set_contents};
pub use front::set_title_page;
pub use row::{Enclosure, EnclosureId, HeadId, Mark, RepeatedHead, Row, RowHeading, RowLink, Start, stack};

use super::frame::{Furniture, Item, Owner};
use super::inline::{Composer, MISSING_GLYPH, PieceKind, References, SetParagraph};
use super::structure::{NodeId, Structure};
use super::style::{Flow, Text, first_line_indent};
use crate::diagnostics::{Diagnostic, Diagnostics, Loss, Place};
use crate::document::{Block, BlockKind, Document, Inline, NoteId};
use crate::edition::Edition;
use crate::font::FaceId;
use crate::length::{Em, Length};
use crate::options::StopSign;
use ahead::Ahead;
use note::NoteNumbers;

/// Text set to the measure, not yet cut into pages.
#[derive(Debug, Default)]
pub struct Galley {
    pub rows: Vec<Row>,
    /// Notes by name, to be set at the foot of the page of their call.
    pub notes: BTreeMap<NoteId, Vec<Row>>,
    pub enclosures: Vec<Enclosure>,
    pub heads: Vec<RepeatedHead>,
}

/// Sets blocks one after another.
pub struct Setter<'a> {
    pub(super) document: &'a Document,
    pub(super) edition: &'a Edition,
    pub(super) structure: Structure,
    pub(super) diagnostics: &'a mut Diagnostics,
    composer: Composer<'a>,
    ahead: Ahead<'a>,
    galley: Galley,
    /// Every anchor a link can lead to.
    anchors: BTreeSet<String>,
    /// Anchors that have a place already: the first one counts.
    placed_anchors: BTreeSet<String>,
    /// Anchors for the next row.
    waiting_anchors: Vec<String>,
    numbers: NoteNumbers,
    /// Levels of the headings the one being set stands under.
    ranks: Vec<u8>,
    /// What a block in another language than the document's stands under, where it stands in no other block.
    other_language: Option<NodeId>,
    /// The next row starts a page.
    page_break: bool,
    /// A document of several chapters, each on a page of its own.
    is_book: bool,
    code_faces: Vec<FaceId>,
    /// What was said of characters that no face has; it is said once.
    missing: BTreeSet<String>,
    /// Where the block being set stands in its source.
    place: Option<Place>,
    stop: StopSign,
}

impl<'a> Setter<'a> {
    /// `characters`: how many the document has. `stop` is looked at before each block.
    pub fn new(
        document: &'a Document,
        edition: &'a Edition,
        characters: usize,
        stop: StopSign,
        diagnostics: &'a mut Diagnostics,
    ) -> Setter<'a> {
        let is_book = is_book(document);
        Setter {
            document,
            edition,
            structure: Structure::default(),
            diagnostics,
            composer: Composer::new(&edition.fonts),
            ahead: Ahead::of(characters),
            galley: Galley::default(),
            anchors: note::anchors(document),
            placed_anchors: BTreeSet::new(),
            waiting_anchors: Vec::new(),
            numbers: NoteNumbers::of(document, is_book),
            ranks: Vec::new(),
            other_language: None,
            page_break: false,
            is_book,
            code_faces: code::code_faces(&edition.fonts),
            missing: BTreeSet::new(),
            place: None,
            stop,
        }
    }

    /// What was set since the last time this was asked.
    pub fn take_galley(&mut self) -> Galley {
        std::mem::take(&mut self.galley)
    }

    /// The structure of all that was set.
    pub fn into_structure(self) -> Structure {
        self.structure
    }

    /// The flow of the body's text.
    pub fn body_flow(&self) -> Flow {
        let theme = &self.edition.theme;
        let language = self.document.metadata.language.clone().unwrap_or_default();
        Flow {
            start: Length::ZERO,
            measure: theme.measure(),
            node: Structure::ROOT,
            text: Text::body(theme),
            indent: first_line_indent(theme.body.indent, &language),
            on_grid: true,
            language,
            enclosure: None,
        }
    }

    /// The document's blocks, the title's heading left out where the title was set before.
    ///
    /// Leaves off once the column is longer than `longest`, as no pages will be made of it then.
    pub fn body(&mut self, title_heading: Option<usize>, longest: Length) {
        let flow = self.body_flow();
        let document = self.document;
        let mut length = Length::ZERO;
        for (index, block) in document.blocks.iter().enumerate() {
            if index % ahead::TOGETHER == 0 {
                let end = document.blocks.len().min(index + ahead::TOGETHER);
                self.compose_ahead(&document.blocks[index..end], &flow);
            }
            if title_heading == Some(index) {
                continue;
            }
            let first = self.galley.rows.len();
            self.block(block, &flow);
            self.set_called_notes(first, &flow);
            length += self.galley.rows[first..].iter().map(|row| row.extent).sum();
            if length > longest {
                break;
            }
        }
        self.finish_anchors();
        self.report_uncalled_notes();
    }

    pub(super) fn blocks(&mut self, blocks: &'a [Block], flow: &Flow) {
        for block in blocks {
            self.block(block, flow);
        }
    }

    fn block(&mut self, block: &'a Block, flow: &Flow) {
        if self.stop.is_up() {
            return;
        }
        if let Some(origin) = block.origin {
            self.place = Some(Place { line: origin.line, column: 0 });
        }
        if let Some(id) = &block.attributes.id {
            self.waiting_anchors.push(id.clone());
        }
        let own;
        let flow = match &block.attributes.language {
            Some(language) if *language != flow.language => {
                own = self.language_flow(flow, language);
                &own
            }
            _ => flow,
        };
        match &block.kind {
            BlockKind::Heading { level, content } => self.heading(block, *level, content, flow),
            BlockKind::Paragraph { .. } if Setter::is_picture(block) => self.picture_paragraph(block, flow),
            BlockKind::Paragraph { role, content } => self.paragraph(*role, content, flow),
            BlockKind::Quote { blocks, attribution } => self.quote(blocks, attribution, flow),
            BlockKind::List { marks, items, .. } => self.list(*marks, items, flow),
            BlockKind::Definitions { items } => self.definitions(items, flow),
            BlockKind::Table(table) => self.table(table, flow),
            BlockKind::Code { text, .. } => self.code(text, flow),
            BlockKind::Figure { blocks, caption } => self.figure(blocks, caption, flow),
            BlockKind::Verse { lines } => self.verse(lines, flow),
            BlockKind::Box { role, title, blocks } => self.set_apart(*role, title, blocks, flow),
            BlockKind::Math { tex } => self.display_math(tex, flow),
            BlockKind::ThematicBreak => self.thematic_break(flow),
            BlockKind::PageBreak => self.page_break = true,
            BlockKind::Raw { format, .. } => {
                let message = format!("a passage of raw {format} has no place on a page and is left out");
                self.diagnostics.warn(Loss::Dropped, "raw-block", self.place, message);
            }
        }
    }

    /// Whether what stands under a node of the structure stands in no other block.
    pub(super) fn is_top(&self, node: NodeId) -> bool {
        node.0 == 0 || self.other_language == Some(node)
    }

    /// The same flow in another language, under a node that says so.
    fn language_flow(&mut self, flow: &Flow, language: &crate::document::Language) -> Flow {
        let role = super::structure::Role::Aside;
        let node = self.structure.add_in(flow.node, role, Some(language.clone()));
        if self.is_top(flow.node) {
            self.other_language = Some(node);
        }
        Flow { node, language: language.clone(), ..flow.clone() }
    }

    /// One line that is not content: running heads and page numbers.
    pub fn furniture_row(&mut self, words: &str, text: Text, furniture: Furniture) -> Row {
        let flow = Flow { text, ..self.body_flow() };
        let set = self.compose(&[Inline::text(words)], &flow, text, Em::ZERO);
        let mut row = Row::blank(text.pitch);
        for piece in set.lines.into_iter().take(1).flat_map(|line| line.pieces) {
            if let PieceKind::Glyphs(run) = piece.kind {
                let block = text.baseline() - piece.rise;
                row.marks.push(Mark {
                    inline: piece.at,
                    block,
                    owner: Owner::Furniture(furniture),
                    item: Item::Glyphs(run),
                });
            }
        }
        row
    }

    /// Set something apart from the column and take its rows.
    fn rows_of(&mut self, set: impl FnOnce(&mut Setter<'a>)) -> Vec<Row> {
        let outside = std::mem::take(&mut self.galley.rows);
        set(self);
        std::mem::replace(&mut self.galley.rows, outside)
    }

    fn push_rows(&mut self, rows: Vec<Row>, flow: &Flow) {
        for mut row in rows {
            row.enclosure = row.enclosure.or(flow.enclosure);
            if self.page_break {
                row.start = Start::Page;
                self.page_break = false;
            }
            row.anchors.append(&mut self.waiting_anchors);
            self.galley.rows.push(row);
        }
    }

    /// Give the rows from `first` on space before and after, so that on the grid the whole takes whole lines.
    fn settle(&mut self, first: usize, before: Em, after: Em, flow: &Flow) {
        let pitch = self.edition.theme.body.pitch;
        let (before, after) = (before.at(pitch), after.at(pitch));
        let rows = &mut self.galley.rows[first..];
        let (_, extent) = stack(rows);
        let total = before + extent + after;
        let spare = if flow.on_grid { Length((pitch.0 - total.0 % pitch.0) % pitch.0) } else { Length::ZERO };
        if let Some(row) = rows.first_mut() {
            row.before = row.before.max(before + spare / 2);
        }
        if let Some(row) = rows.last_mut() {
            row.after = row.after.max(after + spare - spare / 2);
        }
    }

    /// Anchors of empty blocks at the end stand at the last row.
    fn finish_anchors(&mut self) {
        let waiting = std::mem::take(&mut self.waiting_anchors);
        match self.galley.rows.last_mut() {
            Some(row) => row.anchors.extend(waiting),
            None => self.waiting_anchors = waiting,
        }
    }

    /// The door to the composer.
    fn compose(&mut self, content: &[Inline], flow: &Flow, text: Text, indent: Em) -> SetParagraph {
        let Some(pieces) = overlong::pieces(content) else { return self.compose_piece(content, flow, text, indent) };
        let mut whole = SetParagraph::default();
        for (index, piece) in pieces.iter().enumerate() {
            if self.stop.is_up() {
                break;
            }
            whole.append(self.compose_piece(piece, flow, text, if index == 0 { indent } else { Em::ZERO }));
        }
        whole
    }

    fn compose_piece(&mut self, content: &[Inline], flow: &Flow, text: Text, indent: Em) -> SetParagraph {
        let style = text.paragraph_style(&flow.language, indent);
        let (set, met) = match self.ahead.take(content, &style, flow.measure) {
            Some(ready) => ready,
            None => {
                let labels = self.numbers.labels();
                let note_label = |note: &NoteId| labels.get(note).cloned();
                let references = References { resources: &self.document.resources, note_label: &note_label };
                let mut met = Diagnostics::new();
                (self.composer.set_paragraph(content, &style, flow.measure, references, &mut met), met)
            }
        };
        self.report(met);
        set
    }

    /// Record what was met in the block being set; of each character that no face has only the first.
    fn report(&mut self, met: Diagnostics) {
        let missing = &mut self.missing;
        let known = |entry: &Diagnostic| entry.code == MISSING_GLYPH && !missing.insert(entry.message.clone());
        self.diagnostics.append(met.without(known).placed_at(self.place));
    }

    /// Widths of the lines inlines come out in, without setting them for good.
    fn line_widths(&mut self, content: &[Inline], flow: &Flow, text: Text) -> Vec<Length> {
        let style = text.paragraph_style(&flow.language, Em::ZERO);
        let labels = self.numbers.labels();
        let note_label = |note: &NoteId| labels.get(note).cloned();
        let references = References { resources: &self.document.resources, note_label: &note_label };
        // Who asks wants to know whether they fit a few lines: an overlong text's first piece says no as well.
        let pieces = overlong::pieces(content);
        let content = pieces.as_ref().and_then(|pieces| pieces.first()).map_or(content, Vec::as_slice);
        let set = self.composer.set_paragraph(content, &style, flow.measure, references, &mut Diagnostics::new());
        set.lines.iter().map(|line| line.width).collect()
    }

    fn page_depth(&self) -> Length {
        self.edition.theme.depth()
    }
}

/// Several headings of level 1 make a document a book: each of them is a chapter.
pub fn is_book(document: &Document) -> bool {
    let chapter = |block: &&Block| matches!(&block.kind, BlockKind::Heading { level, .. } if *level == crate::document::Level::FIRST);
    document.blocks.iter().filter(chapter).take(2).count() == 2
}
