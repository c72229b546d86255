//! Inlines as lines of Markdown.

use super::attributes;
use super::dialect::Dialect;
use super::emphasis::{Nodes, Piece, Style};
use super::escape::Pairs;
use super::html::start_tag;
use super::lines::{Guard, LineFill, Lines};
use super::references::References;
use crate::diagnostics::{Diagnostics, Loss};
use crate::document::{Attributes, Image, Inline, RubyPair, RubyPosition, Span, plain_text};

/// What writing inlines needs to know of the document.
pub struct InlineContext<'a> {
    pub dialect: &'a Dialect,
    pub diagnostics: &'a mut Diagnostics,
    /// The address a picture is found at from the Markdown file.
    pub picture_address: &'a dyn Fn(&Image) -> String,
    /// Labels of links, where their addresses stand at the end of the text.
    pub references: Option<&'a mut References>,
}

/// What a bracketed span begins and ends with, as a piece of its own.
pub(super) const SPAN_START: &str = "[";
pub(super) const SPAN_END: &str = "]{";

/// Where inlines stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    Paragraph,
    /// A heading: one line.
    Line,
    /// Terms before a definition: a line each, parted by [`next_term`].
    Terms,
    /// A cell of a pipe table: one line without bars.
    Cell,
}

/// Format of the raw node that parts terms.
const TERM_END: &str = "\0term";

/// What stands between the terms of [`Place::Terms`].
pub fn next_term() -> Inline {
    Inline::raw(TERM_END, "")
}

/// The lines of a list of inlines, escaped and broken.
pub fn write(inlines: &[Inline], place: Place, fill: LineFill, context: &mut InlineContext<'_>) -> Vec<String> {
    let mut pairs = Pairs::default();
    count_pairs(inlines, &mut pairs, false);
    let leaves_breaks_out = context.dialect.attributes || !context.dialect.writes_html;
    let mut flat = Flat { pieces: Vec::new(), nodes: Nodes::default(), place, pairs, in_link: false, context };
    flat.add(inlines);
    trim(&mut flat.pieces);
    // Breaks at the very end mean nothing, and would be read as backslashes.
    let is_break =
        |piece: &Piece| matches!(piece, Piece::Break) || matches!(piece, Piece::Source(source) if source == "<br>");
    while leaves_breaks_out && flat.pieces.last().is_some_and(is_break) {
        flat.pieces.pop();
    }
    if let (Place::Paragraph, Some(last @ Piece::Break)) = (place, flat.pieces.last_mut()) {
        *last = break_within_line(flat.context.dialect);
    }
    let guard = if matches!(place, Place::Paragraph | Place::Terms) { Guard::All } else { Guard::None };
    flat.settled(Lines::new(fill, guard))
}

/// Inlines of one line, for a heading, a term or a cell.
pub fn write_line(inlines: &[Inline], place: Place, context: &mut InlineContext<'_>) -> String {
    write(inlines, place, LineFill::None, context).join(" ")
}

fn count_pairs(inlines: &[Inline], pairs: &mut Pairs, in_link: bool) {
    for inline in inlines {
        match inline {
            Inline::Text(text) => pairs.count(text),
            Inline::Code(text) => {
                pairs.count("``");
                pairs.count(text);
            }
            Inline::Math(tex) => {
                pairs.count("$$");
                pairs.count(tex);
            }
            Inline::Superscript(content) => {
                pairs.count("^^");
                count_pairs(content, pairs, in_link);
            }
            // What holds nothing but notes vanishes with them.
            Inline::Strike(content) if in_link && content.iter().all(|one| matches!(one, Inline::NoteReference(_))) => {
            }
            Inline::Strike(content) | Inline::Subscript(content) => {
                pairs.count("~~");
                count_pairs(content, pairs, in_link);
            }
            Inline::Image(image) => {
                pairs.count(&image.alternative);
                pairs.count(&image.source);
                image.title.iter().for_each(|title| pairs.count(title));
            }
            Inline::Link(link) => {
                if !in_link {
                    pairs.count(&link.target);
                    link.title.iter().for_each(|title| pairs.count(title));
                }
                count_pairs(&link.content, pairs, true);
            }
            Inline::Raw { text, .. } => pairs.count(text),
            Inline::Ruby { pairs: ruby, .. } => ruby.iter().for_each(|pair| {
                pairs.count(&pair.base);
                pairs.count(&pair.annotation);
            }),
            other => count_pairs(other.children(), pairs, in_link),
        }
    }
}

/// Take off spaces at the edges: the reader would not see them.
fn trim(pieces: &mut Vec<Piece>) {
    if let Some(Piece::Text(text)) = pieces.first_mut() {
        text.drain(..text.len() - text.trim_start_matches([' ', '\t', '\u{3000}']).len());
    }
    if let Some(Piece::Text(text)) = pieces.last_mut() {
        text.truncate(text.trim_end_matches([' ', '\t']).len());
    }
    pieces.retain(|piece| !matches!(piece, Piece::Text(text) if text.is_empty()));
}

/// Inlines as pieces, for one run of the delimiter algorithm.
pub(super) struct Flat<'c, 'a> {
    pub(super) pieces: Vec<Piece>,
    pub(super) nodes: Nodes,
    pub(super) place: Place,
    pub(super) pairs: Pairs,
    pub(super) in_link: bool,
    pub(super) context: &'c mut InlineContext<'a>,
}

impl Flat<'_, '_> {
    pub(super) fn add(&mut self, inlines: &[Inline]) {
        let mut index = 0;
        while let Some(inline) = inlines.get(index) {
            index += 1;
            let Inline::Code(text) = inline else {
                self.add_one(inline);
                continue;
            };
            // Backticks side by side would be one run: code right behind code is one span.
            let mut text = text.clone();
            while let Some(Inline::Code(more)) = inlines.get(index) {
                text.push_str(more);
                index += 1;
            }
            self.code(&text);
        }
    }

    fn add_one(&mut self, inline: &Inline) {
        match inline {
            Inline::Text(text) => self.text(text),
            Inline::Emphasis(content) => self.delimited(Style::Star, content),
            Inline::Strong(content) => self.delimited(Style::DoubleStar, content),
            Inline::Strike(content) if self.context.dialect.github => self.delimited(Style::DoubleTilde, content),
            Inline::Strike(content) => self.tagged("<del>", content, "</del>"),
            Inline::EmphasisDots(content) => {
                self.marked("emphasis-dots", "<em class=\"emphasis-dots\">", content, "</em>")
            }
            Inline::ProperName(content) => self.marked("proper-name", "<u class=\"proper-name\">", content, "</u>"),
            Inline::BookTitle(content) => self.marked("book-title", "<u class=\"book-title\">", content, "</u>"),
            Inline::Underline(content) => self.marked("underline", "<u>", content, "</u>"),
            Inline::Highlight(content) => self.marked("mark", "<mark>", content, "</mark>"),
            Inline::Superscript(content) => self.script('^', "superscript", content),
            Inline::Subscript(content) => self.script('~', "subscript", content),
            Inline::SmallCaps(content) => self.marked("smallcaps", "<span class=\"small-caps\">", content, "</span>"),
            Inline::Span(Span { attributes, content }) => {
                if attributes.is_empty() {
                    return self.add(content);
                }
                if self.context.dialect.attributes {
                    return self.bracketed(content, &attributes::of_node(&[], attributes));
                }
                let key = Attributes { classes: vec!["kbd".to_owned()], ..Attributes::default() };
                if **attributes == key {
                    return self.tagged("<kbd>", content, "</kbd>");
                }
                self.tagged(&start_tag("span", attributes), content, "</span>");
            }
            Inline::Ruby { pairs, position } => self.ruby(pairs, *position),
            Inline::Link(link) => self.link(link),
            Inline::Image(image) => self.image(image),
            Inline::Code(text) => self.code(text),
            Inline::Math(tex) => self.math(tex),
            Inline::NoteReference(label) => self.note(label),
            Inline::LineBreak if self.place == Place::Paragraph => self.pieces.push(Piece::Break),
            Inline::LineBreak => {
                let piece = break_within_line(self.context.dialect);
                self.pieces.push(piece);
            }
            Inline::Raw { format, text } => self.raw(format, text),
        }
    }

    fn text(&mut self, text: &str) {
        if text.starts_with('[') {
            self.part_from_note();
        }
        match self.pieces.last_mut() {
            Some(Piece::Text(before)) => before.push_str(text),
            _ if text.is_empty() => {}
            _ => self.pieces.push(Piece::Text(text.to_owned())),
        }
    }

    pub(super) fn source(&mut self, source: impl Into<String>) {
        let source = source.into();
        if source.starts_with('[') && !source.starts_with("[^") {
            self.part_from_note();
        }
        self.pieces.push(Piece::Source(source));
    }

    /// A note and a bracket behind it would be one reference.
    fn part_from_note(&mut self) {
        if matches!(self.pieces.last(), Some(Piece::Source(before)) if before.starts_with("[^") && before.ends_with(']'))
            && self.context.dialect.notes
        {
            self.pieces.push(Piece::Source("<!-- -->".to_owned()));
        }
    }

    /// A node that is a span of a class where the flavour has spans, an element elsewhere.
    fn marked(&mut self, class: &str, start: &str, content: &[Inline], end: &str) {
        if self.context.dialect.attributes {
            return self.bracketed(content, &format!("{{.{class}}}"));
        }
        self.tagged(start, content, end);
    }

    /// `[content]{attributes}`
    fn bracketed(&mut self, content: &[Inline], attributes: &str) {
        if attributes.is_empty() {
            return self.add(content);
        }
        self.source(SPAN_START);
        self.add(content);
        self.source(format!("]{attributes}"));
    }

    /// A superscript or subscript: between delimiters where the reader is sure to see it.
    fn script(&mut self, delimiter: char, class: &str, content: &[Inline]) {
        let before = match self.pieces.last() {
            Some(Piece::Text(text)) => text.chars().next_back(),
            _ => None,
        };
        let is_word = |one: char| one.is_ascii_alphabetic() || delimiter == '^' && one.is_ascii_digit();
        let is_script = |text: &str| {
            (1..=12).contains(&text.len())
                && text.bytes().all(|one| one.is_ascii_alphanumeric() || b"+-=,.()".contains(&one))
        };
        match content {
            [Inline::Text(text)] if self.context.dialect.scripts && before.is_some_and(is_word) && is_script(text) => {
                self.source(format!("{delimiter}{text}{delimiter}"));
            }
            _ if class == "superscript" => self.marked(class, "<sup>", content, "</sup>"),
            _ => self.marked(class, "<sub>", content, "</sub>"),
        }
    }

    fn tagged(&mut self, start: &str, content: &[Inline], end: &str) {
        self.source(start);
        self.add(content);
        self.source(end);
    }

    /// A node with delimiters. White space at its edges goes out: delimiters beside it are none.
    fn delimited(&mut self, style: Style, content: &[Inline]) {
        let outer = std::mem::take(&mut self.pieces);
        self.add(content);
        let mut inner = std::mem::replace(&mut self.pieces, outer);
        let mut after = String::new();
        if let Some(Piece::Text(text)) = inner.first_mut() {
            let start = text.trim_start();
            let space = text[..text.len() - start.len()].to_owned();
            text.drain(..space.len());
            self.text(&space);
        }
        if let Some(Piece::Text(text)) = inner.last_mut() {
            let end = text.trim_end().len();
            after = text.split_off(end);
        }
        inner.retain(|piece| !matches!(piece, Piece::Text(text) if text.is_empty()));
        if !inner.is_empty() {
            let node = self.nodes.add(style);
            self.pieces.push(Piece::Open(node));
            self.pieces.extend(inner);
            self.pieces.push(Piece::Close(node));
        }
        self.text(&after);
    }

    fn ruby(&mut self, pairs: &[RubyPair], position: RubyPosition) {
        if self.context.dialect.attributes {
            let classes: &[&str] = match position {
                RubyPosition::Over => &["ruby"],
                RubyPosition::Under => &["ruby", "under"],
                RubyPosition::InterCharacter => &["ruby", "inter-character"],
            };
            for pair in pairs {
                let attributes = attributes::source(None, None, classes, [("annotation", pair.annotation.as_str())]);
                self.bracketed(&[Inline::text(pair.base.as_str())], &attributes);
            }
            return;
        }
        self.source(match position {
            RubyPosition::Over => "<ruby>",
            RubyPosition::Under => "<ruby class=\"under\">",
            RubyPosition::InterCharacter => "<ruby class=\"inter-character\">",
        });
        for pair in pairs {
            self.text(&pair.base);
            self.source("<rt>");
            self.text(&pair.annotation);
            self.source("</rt>");
        }
        self.source("</ruby>");
    }

    /// The source of inlines between brackets, where emphasis is resolved by itself.
    pub(super) fn nested(&mut self, inlines: &[Inline]) -> String {
        let outer_pieces = std::mem::take(&mut self.pieces);
        let outer_nodes = std::mem::take(&mut self.nodes);
        let was_in_link = std::mem::replace(&mut self.in_link, true);
        self.add(inlines);
        let mut pieces = std::mem::replace(&mut self.pieces, outer_pieces);
        let mut nodes = std::mem::replace(&mut self.nodes, outer_nodes);
        // A bracket does not close behind a backslash and a line break.
        if let Some(last @ Piece::Break) = pieces.last_mut() {
            *last = break_within_line(self.context.dialect);
        }
        self.settle(&mut pieces, &mut nodes);
        let lines = self.assemble(&pieces, &nodes, Lines::new(LineFill::None, Guard::Later), "[", "]");
        self.in_link = was_in_link;
        lines.join("\n")
    }

    /// Source as it can stand in this place: a bar would end a cell.
    pub(super) fn in_place(&self, source: String) -> String {
        if self.place == Place::Cell { source.replace('|', "\\|") } else { source }
    }

    fn code(&mut self, text: &str) {
        let text = text.replace(['\n', '\r'], " ");
        let text = self.in_place(text);
        if text.is_empty() {
            return;
        }
        let longest = text.split(|one| one != '`').map(str::len).max().unwrap_or(0);
        let shorter_free =
            (1..=longest + 1).find(|length| !text.split(|one| one != '`').any(|run| run.len() == *length));
        let fence = "`".repeat(shorter_free.unwrap_or(longest + 1));
        let has_edge_ticks = text.starts_with('`') || text.ends_with('`');
        let has_edge_spaces = text.starts_with(' ') && text.ends_with(' ') && !text.trim_matches(' ').is_empty();
        let pad = if has_edge_ticks || has_edge_spaces { " " } else { "" };
        self.source(format!("{fence}{pad}{text}{pad}{fence}"));
    }

    fn math(&mut self, tex: &str) {
        let tex = tex.trim().replace(['\n', '\r'], " ");
        if self.context.dialect.math && !tex.is_empty() && has_no_loose_dollar(&tex) {
            let tex = self.in_place(tex);
            return self.source(format!("${tex}$"));
        }
        let message = "this flavour has no mathematics; the formula stands as text between dollars";
        self.context.diagnostics.note(Loss::Substituted, "math-as-text", None, message);
        self.text(&format!("${tex}$"));
    }

    pub(super) fn note(&mut self, label: &str) {
        let label = note_label(label);
        if self.context.dialect.notes {
            self.source(format!("[^{label}]"));
        } else if self.context.dialect.writes_html {
            self.source(format!("[\\[{label}\\]](#note-{label})"));
        } else {
            self.source(format!("\\[{label}\\]"));
        }
    }

    fn raw(&mut self, format: &str, text: &str) {
        let is_tex = matches!(format, "tex" | "latex") && self.context.dialect.is_pandoc();
        if *format == *TERM_END {
            return self.source("\n");
        }
        if format == "html" || is_tex || format == "markdown" {
            let one_line = self.place != Place::Paragraph;
            let text = self.in_place(if one_line { text.replace('\n', " ") } else { text.to_owned() });
            return self.source(text);
        }
        let message = format!("raw {format} has no place in Markdown and was left out: {}", excerpt(text));
        self.context.diagnostics.warn(Loss::Dropped, "raw-source", None, message);
    }
}

/// A break where a line of Markdown cannot end.
fn break_within_line(dialect: &Dialect) -> Piece {
    if dialect.writes_html { Piece::Source("<br>".to_owned()) } else { Piece::Text(" ".to_owned()) }
}

/// Whether every dollar of a formula stands in braces, where it ends nothing.
fn has_no_loose_dollar(tex: &str) -> bool {
    let mut depth = 0i32;
    let mut is_escaped = false;
    let closed = tex.bytes().all(|byte| {
        let was_escaped = is_escaped;
        is_escaped = byte == b'\\' && !was_escaped;
        if !was_escaped {
            depth += i32::from(byte == b'{') - i32::from(byte == b'}');
        }
        depth >= 0 && (byte != b'$' || depth > 0)
    });
    closed && (depth == 0 || !tex.contains('$'))
}

/// The label of a note as Markdown can write it.
pub fn note_label(label: &str) -> String {
    let plain = |one: char| if one.is_whitespace() || "[]^\\`|<>".contains(one) { '-' } else { one };
    let label: String = label.chars().map(plain).collect();
    if label.is_empty() { "note".to_owned() } else { label }
}

fn excerpt(text: &str) -> String {
    text.chars().take(40).collect()
}

/// Words of inlines for a place that has no markup.
pub fn words(inlines: &[Inline]) -> String {
    plain_text(inlines).replace('\n', " ")
}
