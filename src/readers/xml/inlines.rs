//! Elements within a line to inlines by their meaning.

use super::content::{Content, tex_of};
use super::meaning::Meaning;
use super::tree::{Element, Node};
use crate::diagnostics::Loss;
use crate::document::white_space::settle;
use crate::document::{
    Attributes, Image, Inline, Language, Link, MAX_DEPTH, ParagraphRole, Region, RubyPair, RubyPosition,
};

impl Content<'_> {
    /// Add what stands in an element, in one line, its white space raw.
    pub fn push_children(&mut self, element: &Element, inlines: &mut Vec<Inline>) {
        for child in &element.children {
            match child {
                Node::Text(text) => inlines.push(Inline::text(text.as_str())),
                Node::Element(child) => self.push_inline(child, inlines),
            }
        }
    }

    fn children_of(&mut self, element: &Element) -> Vec<Inline> {
        let mut inlines = Vec::new();
        self.inline_depth += 1;
        self.push_children(element, &mut inlines);
        self.inline_depth -= 1;
        inlines
    }

    /// Add one element of a line.
    pub fn push_inline(&mut self, element: &Element, inlines: &mut Vec<Inline>) {
        let meaning = self.meaning(element);
        if self.depth + self.inline_depth + 2 >= MAX_DEPTH && !matches!(meaning, Meaning::Footnote) {
            self.flattened = true;
            return self.push_children(element, inlines);
        }
        match meaning {
            Meaning::Mark(mark) => {
                let content = self.children_of(element);
                if !content.is_empty() {
                    let marked = vec![mark.on(content)];
                    inlines.extend(self.spanned(element, marked));
                }
            }
            Meaning::Code => {
                let words: Vec<String> = element.text().split_whitespace().map(str::to_owned).collect();
                if !words.is_empty() {
                    inlines.push(Inline::Code(words.join(" ")));
                }
            }
            Meaning::Link => self.push_link(element, inlines),
            Meaning::Reference => self.push_reference(element, inlines),
            Meaning::Footnote => self.push_footnote(element, inlines),
            Meaning::FootnoteReference => self.push_footnote_reference(element, inlines),
            Meaning::Quoted => self.push_quoted(element, inlines),
            Meaning::WorkTitle => self.push_work_title(element, inlines),
            Meaning::LineBreak => inlines.push(Inline::LineBreak),
            Meaning::Ruby => self.push_ruby(element, inlines),
            Meaning::Math | Meaning::Formula => inlines.extend(tex_of(element).map(Inline::Math)),
            Meaning::Joined(between) => self.push_joined(element, between, inlines),
            Meaning::Words => self.push_words(element, inlines),
            Meaning::Picture | Meaning::Media => match self.image(element) {
                Some(image) => inlines.push(Inline::from(image)),
                None => self.push_children(element, inlines),
            },
            Meaning::Hidden => self.report_hidden(element),
            Meaning::Info => {}
            Meaning::Gap => inlines.push(Inline::LineBreak),
            _ => {
                // Blocks within a line are parted from what is round them.
                if meaning.is_block() && !inlines.is_empty() {
                    inlines.push(Inline::text(" "));
                }
                let content = self.children_of(element);
                inlines.extend(self.spanned(element, content));
                if meaning.is_block() {
                    inlines.push(Inline::text(" "));
                }
            }
        }
    }

    /// A span round inlines whose element has an anchor or another language.
    fn spanned(&self, element: &Element, content: Vec<Inline>) -> Vec<Inline> {
        let language = element.attribute("xml:lang").or_else(|| element.attribute("lang"));
        let language = language.filter(|language| *language != self.language.as_str()).map(Language::new);
        let id = element.id().map(str::to_owned);
        if id.is_none() && (language.is_none() || content.is_empty()) {
            return content;
        }
        vec![Inline::span(Attributes { id, language, ..Attributes::default() }, content)]
    }

    fn report_hidden(&mut self, element: &Element) {
        if !element.is_blank() {
            let message = format!("<{}> is not for readers and is left out", element.name);
            self.diagnostics.note(Loss::Dropped, "hidden-element", Some(element.place), message);
        }
    }

    fn push_link(&mut self, element: &Element, inlines: &mut Vec<Inline>) {
        if let Some(name) = element.attribute("linkend").or_else(|| element.attribute("target-id")) {
            let content = self.children_of(element);
            let target = format!("#{name}");
            return self.push_linked(element, target, content, inlines);
        }
        let address = ["href", "url", "to", "target"].iter().find_map(|name| element.attribute(name));
        let mut content = self.children_of(element);
        let Some(address) = address else {
            if element.name == "email" && !content.is_empty() {
                let target = format!("mailto:{}", element.line());
                return self.push_linked(element, target, content, inlines);
            }
            return inlines.extend(self.spanned(element, content));
        };
        if let Some(note) = address.strip_prefix('#').and_then(|name| self.note_ids.get(name)) {
            inlines.push(Inline::NoteReference(note.clone()));
            return;
        }
        if settle(content.clone()).is_empty() {
            content = vec![Inline::text(address.trim_start_matches("mailto:"))];
        }
        self.push_linked(element, address.to_owned(), content, inlines);
    }

    fn push_linked(&self, element: &Element, target: String, content: Vec<Inline>, inlines: &mut Vec<Inline>) {
        let scheme = target.split(':').next().unwrap_or_default().to_ascii_lowercase();
        if matches!(scheme.as_str(), "javascript" | "data" | "vbscript") {
            return inlines.extend(content);
        }
        let title = element.attribute("xlink:title").map(str::to_owned);
        let link = Inline::from(Link { target, title, content });
        inlines.extend(self.spanned(element, vec![link]));
    }

    /// A reference shows the title of what it points to.
    fn push_reference(&mut self, element: &Element, inlines: &mut Vec<Inline>) {
        let names = ["linkend", "rid", "ref", "target", "endterm"];
        let Some(name) = names.iter().find_map(|name| element.attribute(name)) else {
            return self.push_link(element, inlines);
        };
        let name = name.trim_start_matches('#');
        if let Some(note) = self.note_ids.get(name) {
            inlines.push(Inline::NoteReference(note.clone()));
            return;
        }
        let own = settle(self.children_of(element));
        let words = self.titles.get(name).cloned();
        if words.is_none() && own.is_empty() {
            let message = format!("<{}> points to {name}, which is not in the file", element.name);
            self.diagnostics.warn(Loss::Substituted, "broken-reference", Some(element.place), message);
        }
        let content = if own.is_empty() { vec![Inline::Text(words.unwrap_or_else(|| name.to_owned()))] } else { own };
        inlines.push(Inline::from(Link { target: format!("#{name}"), title: None, content }));
    }

    fn push_footnote(&mut self, element: &Element, inlines: &mut Vec<Inline>) {
        let depth = std::mem::take(&mut self.depth);
        let inline_depth = std::mem::take(&mut self.inline_depth);
        let blocks = self.blocks_in(element, ParagraphRole::Body);
        self.depth = depth;
        self.inline_depth = inline_depth;
        if blocks.is_empty() {
            return;
        }
        let known = element.id().and_then(|id| self.note_ids.get(id).cloned());
        let name = known.unwrap_or_else(|| {
            let taken = |number: &usize| {
                let name = number.to_string();
                !self.notes.contains_key(&name) && !self.note_ids.values().any(|one| *one == name)
            };
            let number = (self.notes.len() + 1..).find(taken).unwrap_or(usize::MAX);
            number.to_string()
        });
        self.notes.insert(name.clone(), blocks);
        inlines.push(Inline::NoteReference(name));
    }

    fn push_footnote_reference(&mut self, element: &Element, inlines: &mut Vec<Inline>) {
        let name = ["linkend", "rid", "ref", "target", "href"].iter().find_map(|name| element.attribute(name));
        let note = name.and_then(|name| self.note_ids.get(name.trim_start_matches('#')));
        match note {
            Some(note) => inlines.push(Inline::NoteReference(note.clone())),
            None => {
                let message = format!("<{}> points to no note", element.name);
                self.diagnostics.warn(Loss::Dropped, "broken-reference", Some(element.place), message);
                self.push_children(element, inlines);
            }
        }
    }

    fn push_quoted(&mut self, element: &Element, inlines: &mut Vec<Inline>) {
        let corner = matches!(self.language.region(), Region::Taiwan | Region::HongKong | Region::Japan);
        let (open, close) = if corner { ("「", "」") } else { ("“", "”") };
        inlines.push(Inline::text(open));
        let mut content = self.children_of(element);
        requote(&mut content, corner);
        inlines.extend(self.spanned(element, content));
        inlines.push(Inline::text(close));
    }

    fn push_work_title(&mut self, element: &Element, inlines: &mut Vec<Inline>) {
        let content = self.children_of(element);
        let text = element.line();
        if self.language.as_str().starts_with("zh") {
            let has_marks = text.starts_with(['《', '〈', '「', '『', '“']);
            if has_marks || text.is_empty() {
                return inlines.extend(self.spanned(element, content));
            }
            inlines.push(Inline::text("《"));
            inlines.extend(self.spanned(element, settle(content)));
            inlines.push(Inline::text("》"));
            return;
        }
        let marked = vec![Inline::Emphasis(content)];
        inlines.extend(self.spanned(element, marked));
    }

    /// Parts with a sign between: keys of a combination, steps through menus.
    fn push_joined(&mut self, element: &Element, between: &str, inlines: &mut Vec<Inline>) {
        for (at, child) in element.elements().enumerate() {
            if at > 0 {
                inlines.push(Inline::text(between));
            }
            self.push_inline(child, inlines);
        }
    }

    /// The members of a list that runs in the line.
    fn push_words(&mut self, element: &Element, inlines: &mut Vec<Inline>) {
        let between = if self.is_western() { ", " } else { "、" };
        self.push_joined(element, between, inlines);
    }

    /// `<ruby>` with `rb`, `rt`, or text and `rt` in turns, or with the annotation in an attribute.
    fn push_ruby(&mut self, element: &Element, inlines: &mut Vec<Inline>) {
        if let Some(annotation) = element.attribute("rt").or_else(|| element.attribute("reading")) {
            let pair = RubyPair { base: element.line(), annotation: annotation.to_owned() };
            inlines.push(Inline::Ruby { pairs: vec![pair], position: RubyPosition::Over });
            return;
        }
        let mut pairs: Vec<RubyPair> = Vec::new();
        let mut base = String::new();
        let mut bases: Vec<String> = Vec::new();
        for child in &element.children {
            match child {
                Node::Text(text) => base.push_str(text.trim()),
                Node::Element(child) if child.name == "rt" => {
                    let annotation = child.line();
                    if !base.is_empty() {
                        bases.push(std::mem::take(&mut base));
                    }
                    if bases.is_empty() {
                        if let Some(last) = pairs.last_mut() {
                            last.annotation.push_str(&annotation);
                        }
                    } else {
                        pairs.push(RubyPair { base: bases.remove(0), annotation });
                    }
                }
                Node::Element(child) if child.name == "rp" => {}
                Node::Element(child) if child.name == "rb" => bases.push(child.line()),
                Node::Element(child) => base.push_str(&child.line()),
            }
        }
        if !pairs.is_empty() {
            inlines.push(Inline::Ruby { pairs, position: RubyPosition::Over });
        }
        base.insert_str(0, &bases.concat());
        if !base.is_empty() {
            inlines.push(Inline::text(base));
        }
    }

    /// The picture an element is or holds, with what to say in its place.
    pub fn image(&mut self, element: &Element) -> Option<Image> {
        let names = ["fileref", "src", "href", "file", "url"];
        let of = |one: &Element| names.iter().find_map(|name| one.attribute(name)).map(str::to_owned);
        let all = element.descendants();
        let holder = all.iter().copied().find(|one| {
            let is_data = matches!(
                one.name.as_str(),
                "imagedata"
                    | "graphic"
                    | "inlinegraphic"
                    | "image"
                    | "img"
                    | "picture"
                    | "inline-graphic"
                    | "figure"
                    | "fig"
            );
            is_data && of(one).is_some()
        });
        let holder = holder?;
        let source = of(holder)?;
        let alternative = holder.attribute("alt").map(str::to_owned).or_else(|| {
            let said = all.iter().find(|one| matches!(one.name.as_str(), "alt" | "textobject" | "alt-text"));
            said.map(|one| one.line())
        });
        let size = |name: &str| {
            let written = holder.attribute(name)?;
            let number = written.trim_end_matches("px");
            number.parse().ok().filter(|pixels| (1..=20_000).contains(pixels))
        };
        let resource = source.strip_prefix('#').filter(|name| self.pictures.contains_key(*name)).map(str::to_owned);
        Some(Image {
            source,
            resource,
            alternative: alternative.unwrap_or_default(),
            title: holder.attribute("title").map(str::to_owned),
            width: size("width").or_else(|| size("contentwidth")),
            height: size("depth").or_else(|| size("height")).or_else(|| size("contentdepth")),
        })
    }
}

/// Quotation marks within quotation marks are the inner ones.
fn requote(content: &mut [Inline], corner: bool) {
    let (from, to) = if corner { (["「", "」"], ["『", "』"]) } else { (["“", "”"], ["‘", "’"]) };
    for inline in content {
        if let Inline::Text(text) = inline {
            for (outer, inner) in from.iter().zip(to) {
                if text == outer {
                    *text = inner.to_owned();
                }
            }
        }
    }
}
