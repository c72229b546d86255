//! Text-level elements to inlines, with their white space still raw (see `white_space`).

use std::collections::BTreeMap;

use super::convert::Converter;
use super::tree::NodeId;
use super::{images, math, ruby};
use crate::document::{Attributes, Inline, Language, Link, MAX_DEPTH};

impl Converter<'_> {
    /// What stands below an element, in one line.
    pub(super) fn inlines_below(&mut self, parent: NodeId) -> Vec<Inline> {
        let mut inlines = Vec::new();
        for child in self.tree.children(parent) {
            self.push_inline(child, &mut inlines);
        }
        inlines
    }

    /// Add one node of a line.
    pub(super) fn push_inline(&mut self, id: NodeId, inlines: &mut Vec<Inline>) {
        if let Some(text) = self.tree.text(id) {
            inlines.push(Inline::text(text));
            return;
        }
        if !self.tree.is_element(id) || self.is_left_out(id) {
            return;
        }
        if let Some(note) = self.notes.reference(id) {
            inlines.push(Inline::NoteReference(note.to_owned()));
            return;
        }
        if let Some(formula) = math::formula(self.tree, id) {
            self.push_formula(formula, inlines);
            return;
        }
        if self.is_hidden(id) {
            return;
        }
        if self.is_footnote(id) {
            return self.push_footnote(id, inlines);
        }
        match self.tree.name(id) {
            "br" => inlines.push(Inline::LineBreak),
            "img" | "image" | "amp-img" => self.push_image(id, inlines),
            "picture" => {
                if let Some(image) = self.tree.first_named(id, "img") {
                    self.push_image(image, inlines);
                }
            }
            "svg" => self.push_drawing(id, inlines),
            "ruby" => self.push_ruby(id, inlines),
            "code" | "tt" | "kbd" | "samp" => self.push_code(id, inlines),
            "q" => self.push_quotation(id, inlines),
            "a" => self.push_link(id, inlines),
            "wbr" => {}
            _ if self.depth + self.inline_depth >= MAX_DEPTH => {
                self.flattened = true;
                for child in self.tree.children(id) {
                    self.push_inline(child, inlines);
                }
            }
            _ => {
                self.inline_depth += 1;
                let content = self.inlines_below(id);
                self.inline_depth -= 1;
                inlines.extend(self.marked(id, content));
            }
        }
    }

    /// Inlines with the marks that an element puts on them by its name, style and attributes.
    pub(super) fn marked(&self, id: NodeId, content: Vec<Inline>) -> Vec<Inline> {
        let one = |make: fn(Vec<Inline>) -> Inline, content: Vec<Inline>| match content.is_empty() {
            true => content,
            false => vec![make(content)],
        };
        let is_chinese = || self.language_of(id).starts_with("zh");
        let class = |wanted: &str| self.tree.has_class(id, wanted);
        let content = match self.tree.name(id) {
            "b" | "strong" => one(Inline::Strong, content),
            "u" if class("proper-name") || class("proper-noun") => one(Inline::ProperName, content),
            "cite" if class("book-title") => one(Inline::BookTitle, content),
            // Chinese sets titles in their own marks, which are in the text; a second mark would be wrong.
            "cite" if is_chinese() => content,
            "em" | "i" | "cite" | "dfn" | "var" if self.is_marked_otherwise(id) => content,
            "em" | "i" | "cite" | "dfn" | "var" => one(Inline::Emphasis, content),
            "u" | "ins" => one(Inline::Underline, content),
            "s" | "strike" | "del" => one(Inline::Strike, content),
            "mark" => one(Inline::Highlight, content),
            "sup" => one(Inline::Superscript, content),
            "sub" => one(Inline::Subscript, content),
            _ => content,
        };
        let content = self.styled(id, content);
        self.spanned(id, content)
    }

    /// A span round inlines where the element has a language of its own, an anchor something points to, or an
    /// explanation.
    fn spanned(&self, id: NodeId, content: Vec<Inline>) -> Vec<Inline> {
        let language = self.own_language(id);
        let anchor = self.anchor(id);
        let mut attributes = BTreeMap::new();
        if matches!(self.tree.name(id), "abbr" | "acronym" | "dfn")
            && let Some(title) = self.tree.attribute(id, "title").filter(|title| !title.trim().is_empty())
        {
            attributes.insert("title".to_owned(), title.trim().to_owned());
        }
        let says_nothing = language.is_none() && attributes.is_empty();
        if anchor.is_none() && (says_nothing || content.is_empty()) {
            return content;
        }
        let language = language.map(Language::new);
        vec![Inline::span(Attributes { id: anchor, language, classes: Vec::new(), pairs: attributes }, content)]
    }

    fn push_link(&mut self, id: NodeId, inlines: &mut Vec<Inline>) {
        self.inline_depth += 1;
        let content = self.inlines_below(id);
        self.inline_depth -= 1;
        let content = self.spanned(id, content);
        inlines.extend(self.linked(id, content));
    }

    /// Inlines made a link to where an `a` element points, if that is somewhere.
    pub(super) fn linked(&self, id: NodeId, content: Vec<Inline>) -> Vec<Inline> {
        let target = self.tree.attribute(id, "href").and_then(|address| self.link_target(address));
        match target {
            Some(target) if !content.is_empty() => {
                let title = self.tree.attribute(id, "title").map(str::trim).filter(|title| !title.is_empty());
                vec![Inline::from(Link { target, title: title.map(str::to_owned), content })]
            }
            _ => content,
        }
    }

    fn push_code(&mut self, id: NodeId, inlines: &mut Vec<Inline>) {
        let text = self.tree.text_content(id);
        let words: Vec<&str> = text.split_ascii_whitespace().collect();
        if !words.is_empty() {
            inlines.push(Inline::Code(words.join(" ")));
        }
    }

    /// `<q>` gets the quotation marks of its language, the inner ones where it stands in another.
    fn push_quotation(&mut self, id: NodeId, inlines: &mut Vec<Inline>) {
        let inner = self.tree.ancestors(id).filter(|one| self.tree.name(*one) == "q").count() % 2 == 1;
        let language = Language::new(self.language_of(id));
        let corner = matches!(language.region(), crate::document::Region::Taiwan | crate::document::Region::HongKong)
            || language.region() == crate::document::Region::Japan;
        let (open, close) = match (corner, inner) {
            (true, false) => ("「", "」"),
            (true, true) => ("『", "』"),
            (false, false) => ("“", "”"),
            (false, true) => ("‘", "’"),
        };
        inlines.push(Inline::text(open));
        let content = self.inlines_below(id);
        inlines.extend(self.marked(id, content));
        inlines.push(Inline::text(close));
    }

    fn push_ruby(&mut self, id: NodeId, inlines: &mut Vec<Inline>) {
        let (ruby, lost) = ruby::ruby(self.tree, id);
        if let Some(lost) = lost {
            let message = format!("a second annotation of ruby is not carried: {lost}");
            self.drop_with_warning("second-ruby", id, message);
        }
        inlines.extend(ruby.into_iter().map(|inline| self.placed_ruby(id, inline)));
    }

    fn push_formula(&mut self, formula: math::Formula, inlines: &mut Vec<Inline>) {
        if let Some(repair) = formula.repair {
            self.note_repair("math-from-markup", repair);
        }
        inlines.push(Inline::Math(formula.tex));
    }

    fn push_image(&mut self, id: NodeId, inlines: &mut Vec<Inline>) {
        match images::image(self.tree, id) {
            images::Found::Image(image) => inlines.push(Inline::from(image)),
            images::Found::Character(text) => inlines.push(Inline::Text(text)),
            images::Found::Nothing => {}
        }
    }

    fn push_drawing(&mut self, id: NodeId, inlines: &mut Vec<Inline>) {
        if let Some(image) = images::drawing(self.tree, id) {
            inlines.push(Inline::from(image));
        }
    }
}
