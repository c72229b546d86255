//! Lines from the composer become rows, and their spans nodes of the structure.

use std::collections::BTreeMap;

use super::Setter;
use super::row::{Mark, Row, RowLink};
use crate::diagnostics::Loss;
use crate::document::{Block, BlockKind, Inline, ParagraphRole, plain_text};
use crate::layout::frame::{Furniture, Item, Owner};
use crate::layout::inline::{Decoration, Line, Piece, PieceKind, Span, SpanId, SpanRole};
use crate::layout::structure::{ContentId, NodeId, Role};
use crate::layout::style::{Flow, Text};
use crate::length::{Em, Length};
use crate::themes::Alignment;

/// Bytes of the longest link that is made: more than any browser takes. Each line it stands on repeats it.
const LONGEST_TARGET: usize = 8192;

impl Setter<'_> {
    /// A paragraph of text, by its role.
    pub(super) fn paragraph(&mut self, role: ParagraphRole, content: &[Inline], flow: &Flow) {
        let node = self.structure.add(flow.node, Role::Paragraph);
        let mut text = flow.text;
        let mut indent = flow.indent;
        let mut place = flow.clone();
        match role {
            ParagraphRole::Body => {}
            ParagraphRole::Continuation | ParagraphRole::Salutation => indent = Em::ZERO,
            ParagraphRole::Centered => (text.align, indent) = (Alignment::Center, Em::ZERO),
            ParagraphRole::Closing => {
                (text.align, indent) = (Alignment::End, Em::ZERO);
                place = flow.indented(Em::ZERO, Em::ratio(2, 1));
            }
            // 凸排: the first line starts at the measure, the others two ems in.
            ParagraphRole::Turn => {
                place = flow.indented(Em::ratio(2, 1), Em::ZERO);
                indent = if place.start > flow.start { -Em::ratio(2, 1) } else { Em::ZERO };
            }
        }
        let rows = self.text_rows(content, &place, text, indent, node);
        self.push_paragraph(rows, &place);
        if announces_what_follows(content)
            && let Some(row) = self.galley.rows.last_mut()
        {
            row.keep_with_next = true;
        }
    }

    /// Rows of a paragraph go into the galley with their page-break rules: no first and no last line alone (clreq §3.4.4).
    pub(super) fn push_paragraph(&mut self, mut rows: Vec<Row>, flow: &Flow) {
        let count = rows.len();
        for (index, row) in rows.iter_mut().enumerate() {
            row.on_grid = flow.on_grid;
            row.keep_with_next = count > 1 && index + 1 < count && (index == 0 || index + 2 == count);
        }
        self.push_rows(rows, flow);
    }

    /// Inlines as rows, one a line, under a node of the structure.
    pub(super) fn text_rows(
        &mut self,
        content: &[Inline],
        flow: &Flow,
        text: Text,
        indent: Em,
        node: NodeId,
    ) -> Vec<Row> {
        let set = self.compose(content, flow, text, indent);
        let mut spans = Spans { spans: &set.spans, nodes: BTreeMap::new(), paragraph: node, open: None };
        let mut rows = Vec::with_capacity(set.lines.len());
        for line in set.lines {
            rows.push(self.line_row(line, flow, text, &mut spans));
        }
        rows
    }

    fn line_row(&mut self, line: Line, flow: &Flow, text: Text, spans: &mut Spans<'_>) -> Row {
        let (extent, baseline) = line_extent(&line, text);
        let mut row = Row { extent, baseline: Some(baseline), ..Row::default() };
        for note in &line.notes {
            row.notes.push(note.clone());
        }
        for piece in line.pieces {
            let span = piece.span;
            let width = piece_width(&piece);
            let inline = flow.start + piece.at;
            if let Some((node, target)) = self.link_of(span, spans) {
                push_link(&mut row, node, target, inline, width, text);
            }
            self.note_anchors(span, spans, &mut row);
            let mark = self.mark(piece, inline, baseline, spans);
            row.marks.push(mark);
        }
        row
    }

    fn mark(&mut self, piece: Piece, inline: Length, baseline: Length, spans: &mut Spans<'_>) -> Mark {
        let block = baseline - piece.rise;
        match piece.kind {
            PieceKind::Glyphs(run) => {
                let owner = if run.ornament {
                    Owner::Furniture(Furniture::Ornament)
                } else {
                    Owner::Content(spans.content(self, piece.span))
                };
                Mark { inline, block, owner, item: Item::Glyphs(run) }
            }
            PieceKind::Picture { resource, alternative, width, height } => {
                let parent = spans.node(self, piece.span);
                let alternative = self.alternative(&alternative, None, &resource);
                let figure = self.structure.add(parent, Role::Figure { alternative });
                let owner = Owner::Content(self.structure.content(figure));
                spans.open = None;
                Mark { inline, block: block - height, owner, item: Item::Picture { resource, width, height } }
            }
            PieceKind::Decoration { decoration, width, thickness, color } => {
                let (furniture, top, item) = match decoration {
                    Decoration::Tint => {
                        (Furniture::Ground, block - thickness, Item::Box { width, height: thickness, color })
                    }
                    Decoration::Line => {
                        (Furniture::Ornament, block - thickness / 2, Item::Box { width, height: thickness, color })
                    }
                    Decoration::Wave => {
                        let height = thickness * 4;
                        (Furniture::Ornament, block - height / 2, Item::Wave { width, height, thickness, color })
                    }
                };
                Mark { inline, block: top, owner: Owner::Furniture(furniture), item }
            }
        }
    }

    /// The link a span stands in, if it leads somewhere.
    fn link_of(&mut self, span: Option<SpanId>, spans: &mut Spans<'_>) -> Option<(NodeId, String)> {
        let mut at = span;
        while let Some(id) = at {
            let found = spans.spans.get(id.0 as usize)?;
            let target = match &found.role {
                SpanRole::Link { target } => self.link_target(target),
                SpanRole::NoteReference { note } => Some(note_anchor(note)),
                _ => None,
            };
            if let Some(target) = target {
                return Some((spans.node(self, Some(id)), target));
            }
            at = found.parent;
        }
        None
    }

    /// Anchors of spans, and of the calls of notes, stand where the span is met first.
    fn note_anchors(&mut self, span: Option<SpanId>, spans: &Spans<'_>, row: &mut Row) {
        let mut at = span;
        while let Some(found) = at.and_then(|id| spans.spans.get(id.0 as usize)) {
            if let Some(id) = &found.id {
                self.anchor_once(id.clone(), row);
            }
            if let SpanRole::NoteReference { note } = &found.role {
                self.anchor_once(format!("banxin-call-{note}"), row);
            }
            at = found.parent;
        }
    }

    fn anchor_once(&mut self, anchor: String, row: &mut Row) {
        if self.placed_anchors.insert(anchor.clone()) {
            row.anchors.push(anchor);
        }
    }

    /// Where a link leads, or nothing when it leads nowhere; that is reported.
    pub(super) fn link_target(&mut self, target: &str) -> Option<String> {
        if target.len() > LONGEST_TARGET {
            let message = format!("a link of more than {LONGEST_TARGET} bytes is not made; its text is kept");
            self.diagnostics.warn(Loss::Dropped, "overlong-link", None, message);
            return None;
        }
        if let Some(anchor) = target.strip_prefix('#') {
            let decoded = percent_encoding::percent_decode_str(anchor).decode_utf8_lossy().into_owned();
            let found = [anchor.to_owned(), decoded].into_iter().find(|anchor| self.anchors.contains(anchor));
            if found.is_none() {
                let message = format!("a link leads to #{anchor}, which is not in the document; its text is kept");
                self.diagnostics.warn(Loss::Dropped, "broken-link", None, message);
            }
            return found.map(|anchor| format!("#{anchor}"));
        }
        let scheme = target.split_once(':').map(|(scheme, _)| scheme.to_ascii_lowercase());
        let is_scheme = |scheme: &str| scheme.chars().all(|c| c.is_ascii_alphanumeric() || "+-.".contains(c));
        match scheme.as_deref() {
            Some("http" | "https" | "mailto" | "ftp" | "tel") => Some(target.to_owned()),
            Some(scheme) if is_scheme(scheme) && !scheme.is_empty() => {
                let message = format!("a link with the scheme {scheme}: is not made; its text is kept");
                self.diagnostics.warn(Loss::Dropped, "unsafe-link", None, message);
                None
            }
            _ => (!target.trim().is_empty()).then(|| target.to_owned()),
        }
    }

    /// Whether a paragraph is nothing but pictures: it is set as a figure.
    pub(super) fn is_picture(block: &Block) -> bool {
        let BlockKind::Paragraph { content, .. } = &block.kind else { return false };
        let blank = |inline: &Inline| matches!(inline, Inline::Text(text) if text.trim().is_empty());
        let picture = |inline: &Inline| matches!(inline, Inline::Image(_)) || blank(inline);
        content.iter().any(|inline| matches!(inline, Inline::Image(_))) && content.iter().all(picture)
    }
}

/// The anchor of a note's text, as a link target.
pub(super) fn note_anchor(note: &str) -> String {
    format!("#banxin-note-{note}")
}

/// Extent of a line's row and its baseline in it. Ruby and marks fit between the lines; only what cannot opens the line,
/// by whole lines, so that the lines after it stay on the grid (clreq §2.3.5).
fn line_extent(line: &Line, text: Text) -> (Length, Length) {
    let baseline = text.baseline();
    let slack = (text.pitch - text.size).max(Length::ZERO);
    let lines = |missing: Length| {
        if missing <= Length::ZERO { 0 } else { (missing.0 + text.pitch.0 - 1) / text.pitch.0.max(1) }
    };
    let over = lines(line.extent.over - baseline - slack);
    let under = lines(line.extent.under - (text.pitch - baseline) - slack);
    (text.pitch * (1 + over + under), baseline + text.pitch * over)
}

fn piece_width(piece: &Piece) -> Length {
    match &piece.kind {
        PieceKind::Glyphs(run) => run.glyphs.iter().map(|glyph| glyph.advance).sum(),
        PieceKind::Picture { width, .. } | PieceKind::Decoration { width, .. } => *width,
    }
}

/// Pieces of one link that follow each other make one area.
fn push_link(row: &mut Row, node: NodeId, target: String, inline: Length, width: Length, text: Text) {
    let block = (text.pitch - text.size) / 2 + row.extent - text.pitch;
    if let Some(last) = row.links.last_mut().filter(|last| last.node == node) {
        let end = (last.inline + last.width).max(inline + width);
        last.inline = last.inline.min(inline);
        last.width = end - last.inline;
        return;
    }
    row.links.push(RowLink { node, target, inline, width, block, extent: text.size });
}

/// Spans of one paragraph with the nodes made for them.
struct Spans<'a> {
    spans: &'a [Span],
    nodes: BTreeMap<SpanId, NodeId>,
    paragraph: NodeId,
    /// The node the last content belongs to, and that content.
    open: Option<(NodeId, ContentId)>,
}

impl Spans<'_> {
    /// The run of content a piece belongs to: the one before it while the node is the same.
    fn content(&mut self, setter: &mut Setter<'_>, span: Option<SpanId>) -> ContentId {
        let node = self.node(setter, span);
        match self.open {
            Some((open, content)) if open == node => content,
            _ => {
                let content = setter.structure.content(node);
                self.open = Some((node, content));
                content
            }
        }
    }

    /// The node of a span; spans that say nothing are their parent's.
    fn node(&mut self, setter: &mut Setter<'_>, span: Option<SpanId>) -> NodeId {
        let Some(id) = span else { return self.paragraph };
        if let Some(node) = self.nodes.get(&id) {
            return *node;
        }
        let Some(found) = self.spans.get(id.0 as usize) else { return self.paragraph };
        let parent = self.node(setter, found.parent);
        if let Some(node) = self.nodes.get(&id) {
            return *node;
        }
        if matches!(found.role, SpanRole::Ruby { .. }) {
            return self.ruby_nodes(setter, id, parent);
        }
        let role = match &found.role {
            SpanRole::Plain if found.language.is_none() => None,
            SpanRole::Plain => Some(Role::Span),
            SpanRole::Emphasis => Some(Role::Emphasis),
            SpanRole::Strong => Some(Role::Strong),
            SpanRole::Link { target } => {
                let role = |target: String| Role::Link { title: target.trim_start_matches('#').to_owned() };
                setter.link_target(target).map(role)
            }
            SpanRole::NoteReference { note } => Some(Role::Link { title: setter.note_title(note) }),
            SpanRole::Ruby { .. } => None,
            SpanRole::RubyBase => Some(Role::RubyBase),
            SpanRole::RubyText => Some(Role::RubyText),
            SpanRole::Code => Some(Role::Code),
            SpanRole::Formula { tex } => Some(Role::Formula { alternative: tex.clone() }),
        };
        let node = role.map_or(parent, |role| setter.structure.add_in(parent, role, found.language.clone()));
        self.nodes.insert(id, node);
        node
    }

    /// Nodes of a ruby, all at once: annotations are placed after the text of their line but read with their base, and
    /// each base with its annotation is a ruby of its own (ISO 32000-1 §14.8.4.4.3).
    fn ruby_nodes(&mut self, setter: &mut Setter<'_>, id: SpanId, parent: NodeId) -> NodeId {
        let mut ruby = setter.structure.add(parent, Role::Ruby);
        self.nodes.insert(id, ruby);
        let mut has_base = false;
        let first = id.0 as usize + 1;
        // What stands in a span follows it at once, parents before children.
        let inside = self.spans.iter().enumerate().skip(first).take_while(|(_, span)| span.parent >= Some(id));
        for (index, span) in inside.filter(|(_, span)| span.parent == Some(id)) {
            let role = if span.role == SpanRole::RubyText { Role::RubyText } else { Role::RubyBase };
            if role == Role::RubyBase && std::mem::replace(&mut has_base, true) {
                ruby = setter.structure.add(parent, Role::Ruby);
            }
            let node = setter.structure.add_in(ruby, role, span.language.clone());
            self.nodes.insert(SpanId(index as u32), node);
        }
        self.nodes[&id]
    }
}

/// Whether a paragraph is not to be the last on its page: it ends with a colon, or is a heading in all but its mark-up,
/// strong throughout and without a stop.
fn announces_what_follows(content: &[Inline]) -> bool {
    let words = plain_text(content);
    match words.trim_end().chars().next_back() {
        Some('：' | ':') => true,
        Some('。' | '！' | '？' | '…' | '.' | '!' | '?') | None => false,
        Some(_) => matches!(content, [Inline::Strong(_)]) && words.chars().count() <= LONGEST_LINE_HEADING,
    }
}

/// Characters of a paragraph that may pass for a heading.
const LONGEST_LINE_HEADING: usize = 40;
