//! What styles mean for the document: marks on text, notes, page breaks, what is not shown, how paragraphs begin.

use std::collections::BTreeSet;

use super::blocks::Side;
use super::convert::{Converter, is_blank};
use super::sheets::Styles;
use super::tree::{NodeId, Tree};
use crate::diagnostics::Loss;
use crate::document::{Inline, RubyPosition};

const DOTS: [&str; 4] =
    ["text-emphasis", "text-emphasis-style", "-webkit-text-emphasis", "-webkit-text-emphasis-style"];

impl Converter<'_> {
    fn value(&self, id: NodeId, name: &str) -> String {
        self.styles.property(self.tree, id, name).unwrap_or_default()
    }

    /// Inlines with the marks that an element's classes and styles put on them.
    pub(super) fn styled(&self, id: NodeId, content: Vec<Inline>) -> Vec<Inline> {
        let class = |wanted: &str| self.tree.has_class(id, wanted);
        let name = self.tree.name(id);
        let mut content = content;
        if content.is_empty() {
            return content;
        }
        let caps =
            || ["font-variant", "font-variant-caps"].iter().any(|name| self.value(id, name).contains("small-caps"));
        if class("smallcaps") || class("small-caps") || caps() {
            content = vec![Inline::SmallCaps(content)];
        }
        if class("em-dots") || class("emphasis-dots") || class("em-dot") || self.has_dots(id) {
            content = vec![Inline::EmphasisDots(content)];
        }
        let weight = self.value(id, "font-weight");
        let is_bold = weight == "bold" || weight == "bolder" || weight.parse().is_ok_and(|weight: u32| weight >= 600);
        if is_bold && !matches!(name, "b" | "strong" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "th") {
            content = vec![Inline::Strong(content)];
        }
        let style = self.value(id, "font-style");
        if style.starts_with("italic") || style.starts_with("oblique") {
            let is_already = matches!(name, "em" | "i" | "cite" | "dfn" | "var");
            content = if is_already { content } else { vec![Inline::Emphasis(content)] };
        }
        let decoration = format!("{} {}", self.value(id, "text-decoration"), self.value(id, "text-decoration-line"));
        if decoration.contains("line-through") && !matches!(name, "s" | "del" | "strike") {
            content = vec![Inline::Strike(content)];
        }
        if decoration.contains("underline") {
            let wavy = decoration.contains("wavy") || self.value(id, "text-decoration-style") == "wavy";
            content = match (wavy, name) {
                (true, "u" | "ins") => book_title(content),
                (true, _) => vec![Inline::BookTitle(content)],
                (false, "u" | "ins" | "a") => content,
                (false, _) => vec![Inline::Underline(content)],
            };
        }
        if name == "span" || name == "font" {
            match self.value(id, "vertical-align").as_str() {
                "super" => content = vec![Inline::Superscript(content)],
                "sub" => content = vec![Inline::Subscript(content)],
                _ => {}
            }
        }
        content
    }

    fn has_dots(&self, id: NodeId) -> bool {
        DOTS.iter().any(|name| !matches!(self.value(id, name).as_str(), "" | "none" | "inherit" | "initial" | "unset"))
    }

    /// Whether an element of emphasis is set upright and dotted instead: Chinese emphasis.
    pub(super) fn is_marked_otherwise(&self, id: NodeId) -> bool {
        self.value(id, "font-style") == "normal" && self.has_dots(id)
    }

    /// Whether the sheets or its style say that an element is a note at the foot of the page (CSS GCPM 3 §2).
    pub(super) fn is_footnote(&self, id: NodeId) -> bool {
        !self.within_note && self.value(id, "float") == "footnote"
    }

    /// Put the call of a note where the note stands in the source.
    pub(super) fn push_footnote(&mut self, id: NodeId, inlines: &mut Vec<Inline>) {
        self.within_note = true;
        let (depth, inline_depth) = (std::mem::take(&mut self.depth), std::mem::take(&mut self.inline_depth));
        let blocks = self.blocks_below(id);
        (self.depth, self.inline_depth) = (depth, inline_depth);
        self.within_note = false;
        if blocks.is_empty() {
            return;
        }
        let number = self.notes.bodies().count() + self.inline_notes.len() + 1;
        self.inline_notes.insert(number.to_string(), blocks);
        inlines.push(Inline::NoteReference(number.to_string()));
    }

    /// Ruby on the side that styles round it say.
    pub(super) fn placed_ruby(&self, id: NodeId, inline: Inline) -> Inline {
        let Inline::Ruby { pairs, position } = inline else { return inline };
        let position = match self.styles.inherited(self.tree, id, "ruby-position").as_deref() {
            Some("under") => RubyPosition::Under,
            Some("inter-character") => RubyPosition::InterCharacter,
            _ => position,
        };
        Inline::Ruby { pairs, position }
    }

    /// Whether a page ends on one side of a block (CSS Fragmentation 3 §3.1).
    pub(super) fn turns_page(&self, id: NodeId, side: Side) -> bool {
        let names = match side {
            Side::Before => ["break-before", "page-break-before"],
            Side::After => ["break-after", "page-break-after"],
        };
        let turns =
            |value: String| matches!(value.as_str(), "always" | "page" | "left" | "right" | "recto" | "verso" | "all");
        self.heeds_display && self.depth == 0 && names.iter().any(|name| turns(self.value(id, name)))
    }

    /// Whether a paragraph begins without the indent that others of the page have.
    pub(super) fn is_flush(&self, id: NodeId) -> bool {
        let indent = |id| self.styles.inherited(self.tree, id, "text-indent");
        self.indents_paragraphs
            && self.tree.name(id) == "p"
            && indent(id).is_some_and(|value| number(&value) == Some(0.0))
    }

    /// Heed page breaks and `display: none` of the sheets from now on. What is not shown must be the lesser part of the
    /// page: else scripts show it.
    pub(super) fn heed_display(&mut self) {
        self.heeds_display = true;
        let mut hidden = BTreeSet::new();
        let (mut shown_text, mut hidden_text) = (0, 0);
        let mut next = Some(NodeId::ROOT);
        while let Some(id) = next {
            if self.tree.is_element(id) && self.value(id, "display") == "none" {
                hidden.insert(id);
                hidden_text += self.tree.text_content(id).trim().len();
                next = self.tree.following_skipping(id, NodeId::ROOT);
                continue;
            }
            shown_text += self.tree.text(id).map_or(0, |text| text.trim().len());
            next = self.tree.following(id, NodeId::ROOT);
        }
        if hidden_text == 0 || hidden_text > shown_text {
            return;
        }
        let message = format!("{} elements that the page does not display were left out", hidden.len());
        self.diagnostics.note(Loss::Dropped, "not-displayed", None, message);
        self.undisplayed = hidden;
    }

    /// Whether the page's sheets leave an element out.
    pub(super) fn is_undisplayed(&self, id: NodeId) -> bool {
        self.undisplayed.contains(&id)
    }
}

/// The wavy line is the mark; the element's own straight one is not a second.
fn book_title(content: Vec<Inline>) -> Vec<Inline> {
    let inner = match <[Inline; 1]>::try_from(content) {
        Ok([Inline::Underline(inner)]) => inner,
        Ok([other]) => vec![other],
        Err(content) => content,
    };
    if is_blank(&inner) { inner } else { vec![Inline::BookTitle(inner)] }
}

/// Whether the page sets paragraphs with a first-line indent.
pub(super) fn indents_paragraphs(tree: &Tree, styles: &Styles) -> bool {
    let indented = |id: NodeId| {
        let value = styles.property(tree, id, "text-indent");
        value.and_then(|value| number(&value)).is_some_and(|number| number > 0.0)
    };
    styles.elements().any(indented)
}

/// The number a CSS length begins with.
fn number(value: &str) -> Option<f64> {
    let end = value.find(|c: char| !(c.is_ascii_digit() || matches!(c, '.' | '-' | '+'))).unwrap_or(value.len());
    value[..end].parse().ok()
}
