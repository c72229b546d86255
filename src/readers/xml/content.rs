//! Elements to blocks by their meaning; the same for every vocabulary.

use std::collections::{BTreeMap, BTreeSet};

use super::meaning::{Meaning, Vocabulary};
use super::tree::{Element, Node};
use crate::diagnostics::{Diagnostics, Loss};
use crate::document::white_space::settle;
use crate::document::{
    Attributes, Block, BlockKind, BoxRole, DefinitionItem, Inline, Language, Level, ListItem, ListMarks, MAX_DEPTH,
    NoteId, Origin, ParagraphRole, Region, Resource, plain_text,
};

/// The state of turning one document into blocks.
pub(super) struct Content<'a> {
    pub vocabulary: &'a dyn Vocabulary,
    pub diagnostics: &'a mut Diagnostics,
    pub notes: BTreeMap<NoteId, Vec<Block>>,
    /// Notes by the anchors of the elements that hold them.
    pub note_ids: BTreeMap<String, NoteId>,
    /// Words of the titles of elements with anchors.
    pub titles: BTreeMap<String, String>,
    /// Pictures the document holds itself, by their names in it.
    pub pictures: BTreeMap<String, Resource>,
    /// Language of the document.
    pub language: Language,
    /// Depth of the blocks round the one being read.
    pub depth: usize,
    pub inline_depth: usize,
    pub flattened: bool,
    /// Level of the next section's heading.
    pub level: usize,
    /// Elements of unknown name that were already reported.
    pub unknown: BTreeSet<String>,
}

/// Blocks being collected, with the line of inlines that is not yet a paragraph.
#[derive(Default)]
struct Flow {
    blocks: Vec<Block>,
    line: Vec<Inline>,
    origin: Option<Origin>,
}

impl Content<'_> {
    /// The blocks within an element; `role` is that of its loose lines.
    pub fn blocks_in(&mut self, element: &Element, role: ParagraphRole) -> Vec<Block> {
        let mut flow = Flow::default();
        for child in &element.children {
            match child {
                Node::Text(text) if text.trim().is_empty() && flow.line.is_empty() => {}
                Node::Text(text) => {
                    flow.origin.get_or_insert_with(|| origin(element));
                    flow.line.push(Inline::text(text.as_str()));
                }
                Node::Element(child) => self.flow(child, role, &mut flow),
            }
        }
        end_line(&mut flow, role);
        flow.blocks
    }

    fn flow(&mut self, element: &Element, role: ParagraphRole, flow: &mut Flow) {
        let meaning = self.meaning(element);
        let is_block = meaning.is_block() || (!is_inline_always(meaning) && self.holds_blocks(element));
        if is_block {
            end_line(flow, role);
            let start = flow.blocks.len();
            self.block(element, meaning, role, &mut flow.blocks);
            self.dress(element, &mut flow.blocks[start..]);
            return;
        }
        let before = flow.line.len();
        self.push_inline(element, &mut flow.line);
        if flow.line.len() > before {
            flow.origin.get_or_insert_with(|| origin(element));
        }
    }

    /// The meaning of an element; one that is not known is reported once by its name.
    pub fn meaning(&mut self, element: &Element) -> Meaning {
        let meaning = self.vocabulary.meaning(element);
        if meaning == Meaning::Unknown && self.unknown.len() < 1000 && self.unknown.insert(element.name.clone()) {
            let message = format!("<{}> is not known; its text is kept as plain text", element.name);
            self.diagnostics.warn(Loss::Substituted, "unknown-element", Some(element.place), message);
        }
        meaning
    }

    /// Whether the document's language has no CJK habits.
    pub fn is_western(&self) -> bool {
        self.language.region() == Region::Western
    }

    fn holds_blocks(&self, element: &Element) -> bool {
        let mut waiting: Vec<&Element> = element.elements().collect();
        let mut seen = 0;
        while let Some(one) = waiting.pop() {
            let meaning = self.vocabulary.meaning(one);
            if meaning.is_block() {
                return true;
            }
            seen += 1;
            if !is_inline_always(meaning) && seen < 64 {
                waiting.extend(one.elements());
            }
        }
        false
    }

    /// Put anchor, language and place of an element on the blocks it became.
    fn dress(&mut self, element: &Element, blocks: &mut [Block]) {
        if let Some(language) = element.attribute("xml:lang").or_else(|| element.attribute("lang"))
            && language != self.language.as_str()
        {
            for block in blocks.iter_mut() {
                block.attributes.language.get_or_insert_with(|| Language::new(language));
            }
        }
        if let Some(first) = blocks.first_mut() {
            if let Some(id) = element.id() {
                first.attributes.id.get_or_insert_with(|| id.to_owned());
            }
            first.origin.get_or_insert_with(|| origin(element));
        }
    }

    fn block(&mut self, element: &Element, meaning: Meaning, role: ParagraphRole, blocks: &mut Vec<Block>) {
        if self.depth + 4 >= MAX_DEPTH && nests(meaning) {
            self.flattened = true;
            return blocks.extend(self.blocks_in(element, role));
        }
        match meaning {
            Meaning::Section => self.section(element, blocks),
            Meaning::Title | Meaning::Subtitle | Meaning::Heading(None) => self.heading(element, self.level, blocks),
            Meaning::Heading(Some(level)) => self.heading(element, level, blocks),
            Meaning::Info | Meaning::Hidden | Meaning::Gap => {}
            Meaning::Paragraph(own) => {
                let own = if own == ParagraphRole::Body { role } else { own };
                blocks.extend(self.blocks_in(element, own));
            }
            Meaning::TitledParagraph => self.titled_paragraph(element, blocks),
            Meaning::Quote => self.quote(element, blocks),
            Meaning::Attribution => blocks.extend(self.blocks_in(element, ParagraphRole::Closing)),
            Meaning::List(marks) => self.list(element, marks, blocks),
            Meaning::Definitions => self.definitions(element, blocks),
            Meaning::Table => self.table(element, blocks),
            Meaning::Figure => self.figure(element, blocks),
            Meaning::Media => self.media(element, blocks),
            Meaning::Caption => blocks.extend(self.blocks_in(element, ParagraphRole::Centered)),
            Meaning::Listing => {
                let language = element.attribute("language").or_else(|| element.attribute("lang"));
                let text = element.text();
                let text = text.trim_matches('\n').trim_end().to_owned();
                let language = language.map(str::to_ascii_lowercase);
                self.title_before(element, blocks);
                blocks.push(BlockKind::Code { language: language.map(Into::into), text: text.into() }.into());
            }
            Meaning::Verse => self.verse(element, blocks),
            Meaning::Box(box_role) => self.boxed(element, box_role, blocks),
            Meaning::Rule => blocks.push(BlockKind::ThematicBreak.into()),
            Meaning::PageBreak => blocks.push(BlockKind::PageBreak.into()),
            Meaning::Formula => {
                if let Some(tex) = tex_of(element) {
                    blocks.push(BlockKind::Math { tex: tex.into() }.into());
                }
            }
            Meaning::Footnote => {
                // A note between paragraphs stands behind the words before it.
                let mut inlines = Vec::new();
                self.push_inline(element, &mut inlines);
                let last = blocks.last_mut().map(|block| &mut block.kind);
                match last {
                    Some(BlockKind::Paragraph { content, .. }) => content.extend(inlines),
                    _ => blocks.push(Block::paragraph(inlines)),
                }
            }
            Meaning::Group
            | Meaning::Item
            | Meaning::Entry
            | Meaning::Term
            | Meaning::Definition
            | Meaning::Stanza
            | Meaning::Line
            | Meaning::Words
            | Meaning::Picture
            | Meaning::Mark(_)
            | Meaning::Span
            | Meaning::Code
            | Meaning::Link
            | Meaning::Reference
            | Meaning::FootnoteReference
            | Meaning::Quoted
            | Meaning::WorkTitle
            | Meaning::LineBreak
            | Meaning::Ruby
            | Meaning::Math
            | Meaning::Joined(_)
            | Meaning::Unknown => blocks.extend(self.blocks_in(element, role)),
        }
    }

    /// The blocks within an element, a level of nesting deeper.
    pub fn nested(&mut self, element: &Element) -> Vec<Block> {
        self.depth += 1;
        let blocks = self.blocks_in(element, ParagraphRole::Body);
        self.depth -= 1;
        blocks
    }

    /// The blocks of an element without the children that were read already.
    fn nested_without(&mut self, element: &Element, read: &[Meaning]) -> Vec<Block> {
        let mut rest = element.without_children();
        for child in &element.children {
            let is_read = matches!(child, Node::Element(one) if read.contains(&self.vocabulary.meaning(one)));
            if !is_read {
                rest.children.push(child.clone());
            }
        }
        self.nested(&rest)
    }

    /// The inlines of an element as a settled line.
    pub fn line_of(&mut self, element: &Element) -> Vec<Inline> {
        let mut line = Vec::new();
        self.push_children(element, &mut line);
        let mut line = settle(line);
        line.iter_mut().filter(|one| matches!(one, Inline::LineBreak)).for_each(|one| *one = Inline::text(" "));
        settle(line)
    }

    /// The title among an element's children, also one within its metadata.
    pub fn title_of(&mut self, element: &Element) -> Vec<Inline> {
        let own = element.elements().find(|child| self.vocabulary.meaning(child) == Meaning::Title);
        let within = || {
            let info = element.elements().find(|child| self.vocabulary.meaning(child) == Meaning::Info)?;
            info.elements().find(|child| self.vocabulary.meaning(child) == Meaning::Title)
        };
        own.or_else(within).map(|title| self.line_of(title)).unwrap_or_default()
    }

    fn heading(&mut self, element: &Element, level: usize, blocks: &mut Vec<Block>) {
        let content = self.line_of(element);
        if !content.is_empty() {
            blocks.push(Block::heading(Level::clamped(level), content).with_origin(origin(element)));
        }
    }

    fn section(&mut self, element: &Element, blocks: &mut Vec<Block>) {
        let title = self.title_of(element);
        let untitled = title.is_empty();
        if !untitled {
            blocks.push(Block::heading(Level::clamped(self.level), title).with_origin(origin(element)));
        }
        let is_read = [Meaning::Title, Meaning::Info];
        self.level += usize::from(!untitled);
        let mut flow = Flow::default();
        let mut title_read = false;
        for child in &element.children {
            match child {
                Node::Text(text) => flow.line.push(Inline::text(text.as_str())),
                Node::Element(child) => {
                    let meaning = self.vocabulary.meaning(child);
                    if is_read.contains(&meaning) && !(meaning == Meaning::Title && title_read) {
                        title_read |= meaning == Meaning::Title;
                        continue;
                    }
                    if meaning == Meaning::Subtitle {
                        end_line(&mut flow, ParagraphRole::Body);
                        flow.blocks.extend(self.blocks_in(child, ParagraphRole::Centered));
                        continue;
                    }
                    self.flow(child, ParagraphRole::Body, &mut flow);
                }
            }
        }
        end_line(&mut flow, ParagraphRole::Body);
        blocks.extend(flow.blocks);
        self.level -= usize::from(!untitled);
    }

    fn titled_paragraph(&mut self, element: &Element, blocks: &mut Vec<Block>) {
        let title = self.title_of(element);
        let mut inner = self.nested_without(element, &[Meaning::Title]);
        if !title.is_empty() {
            let is_chinese = !self.is_western();
            let gap = if is_chinese { "\u{3000}" } else { " " };
            let mut run_in = vec![Inline::Strong(title), Inline::text(gap)];
            match inner.first_mut().map(|block| &mut block.kind) {
                Some(BlockKind::Paragraph { content, .. }) => {
                    run_in.append(content);
                    *content = run_in;
                }
                _ => inner.insert(0, Block::paragraph(run_in)),
            }
        }
        blocks.extend(inner);
    }

    fn quote(&mut self, element: &Element, blocks: &mut Vec<Block>) {
        let mut attribution = Vec::new();
        for child in element.elements().filter(|child| self.vocabulary.meaning(child) == Meaning::Attribution) {
            let line = self.line_of(child);
            if !attribution.is_empty() && !line.is_empty() {
                attribution.push(Inline::text(" "));
            }
            attribution.extend(line);
        }
        if let Some(by) = element.attribute("by").filter(|_| attribution.is_empty()) {
            attribution.push(Inline::text(by));
        }
        self.title_before(element, blocks);
        let inner = self.nested_without(element, &[Meaning::Attribution, Meaning::Title]);
        if !inner.is_empty() || !attribution.is_empty() {
            blocks.push(BlockKind::Quote { blocks: inner, attribution: attribution.into() }.into());
        }
    }

    /// The title of something whose kind has no place for one, as a strong line before it.
    fn title_before(&mut self, element: &Element, blocks: &mut Vec<Block>) {
        let title = self.title_of(element);
        if !title.is_empty() {
            blocks.push(Block::paragraph(vec![Inline::Strong(title)]));
        }
    }

    fn list(&mut self, element: &Element, marks: ListMarks, blocks: &mut Vec<Block>) {
        self.title_before(element, blocks);
        let mut items: Vec<ListItem> = Vec::new();
        let mut before: Vec<Block> = Vec::new();
        self.depth += 1;
        for child in &element.children {
            let child = match child {
                Node::Text(text) if text.trim().is_empty() => continue,
                Node::Text(text) => {
                    let paragraph = Block::paragraph(settle(vec![Inline::text(text.as_str())]));
                    match items.last_mut() {
                        Some(item) => item.blocks.push(paragraph),
                        None => before.push(paragraph),
                    }
                    continue;
                }
                Node::Element(child) => child,
            };
            match self.meaning(child) {
                Meaning::Title | Meaning::Info | Meaning::Hidden => {}
                Meaning::Item | Meaning::Line => {
                    let done = child.attribute("done").map(|done| matches!(done, "true" | "yes" | "1" | "done"));
                    let mut inner = self.blocks_in(child, ParagraphRole::Body);
                    self.dress(child, &mut inner);
                    items.push(ListItem { done, blocks: inner });
                }
                meaning if items.is_empty() => {
                    let mut inner = Vec::new();
                    self.block(child, meaning, ParagraphRole::Body, &mut inner);
                    before.extend(inner);
                }
                meaning => {
                    let mut inner = Vec::new();
                    self.block(child, meaning, ParagraphRole::Body, &mut inner);
                    if let Some(item) = items.last_mut() {
                        item.blocks.extend(inner);
                    }
                }
            }
        }
        self.depth -= 1;
        blocks.extend(before);
        let tight = items
            .iter()
            .all(|item| matches!(item.blocks.as_slice(), [] | [Block { kind: BlockKind::Paragraph { .. }, .. }]));
        if !items.is_empty() {
            blocks.push(BlockKind::List { marks, tight, items }.into());
        }
    }

    fn definitions(&mut self, element: &Element, blocks: &mut Vec<Block>) {
        self.title_before(element, blocks);
        let mut items: Vec<DefinitionItem> = Vec::new();
        self.depth += 1;
        for child in element.elements() {
            match self.meaning(child) {
                Meaning::Title | Meaning::Info | Meaning::Hidden => {}
                Meaning::Entry => {
                    items.push(DefinitionItem::default());
                    for part in child.elements() {
                        self.definition_part(part, &mut items);
                    }
                }
                _ => self.definition_part(child, &mut items),
            }
        }
        self.depth -= 1;
        items.retain(|item| !item.terms.is_empty() || !item.definitions.is_empty());
        if !items.is_empty() {
            blocks.push(BlockKind::Definitions { items }.into());
        }
    }

    fn definition_part(&mut self, part: &Element, items: &mut Vec<DefinitionItem>) {
        if self.meaning(part) == Meaning::Term {
            let mut term = self.line_of(part);
            if let Some(id) = part.id() {
                let id = Some(id.to_owned());
                let attributes = BTreeMap::new();
                term = vec![Inline::span(Attributes { id, pairs: attributes, ..Attributes::default() }, term)];
            }
            match items.last_mut() {
                Some(item) if item.definitions.is_empty() => item.terms.push(term),
                _ => items.push(DefinitionItem { terms: vec![term], definitions: Vec::new() }),
            }
            return;
        }
        let blocks = self.blocks_in(part, ParagraphRole::Body);
        if blocks.is_empty() {
            return;
        }
        if items.is_empty() {
            items.push(DefinitionItem::default());
        }
        if let Some(item) = items.last_mut() {
            item.definitions.push(blocks);
        }
    }

    fn figure(&mut self, element: &Element, blocks: &mut Vec<Block>) {
        let mut caption = self.title_of(element);
        for child in element.elements().filter(|child| self.vocabulary.meaning(child) == Meaning::Caption) {
            join_caption(&mut caption, self.caption_line(child));
        }
        let mut inner = self.nested_without(element, &[Meaning::Title, Meaning::Info, Meaning::Caption]);
        // A picture within may bring a caption of its own.
        if let [Block { kind: BlockKind::Figure { blocks, caption: own }, .. }] = inner.as_mut_slice() {
            join_caption(&mut caption, std::mem::take(own));
            inner = std::mem::take(blocks);
        }
        if let Some(mut image) = self.image(element).filter(|_| inner.is_empty()) {
            if image.alternative.is_empty() {
                image.alternative = element.attribute("alt").unwrap_or_default().to_owned();
            }
            inner.push(Block::paragraph(vec![Inline::from(image)]));
        }
        if let [Block { kind: BlockKind::Table(table), .. }] = inner.as_mut_slice()
            && table.caption.is_empty()
        {
            table.caption = caption;
            return blocks.extend(inner);
        }
        match (inner.is_empty(), caption.is_empty()) {
            (true, true) => {}
            (true, false) => blocks.push(Block::paragraph(caption)),
            (false, _) => blocks.push(BlockKind::Figure { blocks: inner, caption: caption.into() }.into()),
        }
    }

    /// A picture in several forms: the first that can be shown, with its caption.
    fn media(&mut self, element: &Element, blocks: &mut Vec<Block>) {
        let caption = element.elements().find(|child| self.vocabulary.meaning(child) == Meaning::Caption);
        let caption = caption.map(|caption| self.caption_line(caption)).unwrap_or_default();
        match self.image(element) {
            Some(image) => {
                let picture = Block::paragraph(vec![Inline::from(image)]);
                let kind = BlockKind::Figure { blocks: vec![picture], caption: caption.into() };
                blocks.push(kind.into());
            }
            None => {
                blocks.extend(self.blocks_in(element, ParagraphRole::Body));
            }
        }
    }

    fn caption_line(&mut self, caption: &Element) -> Vec<Inline> {
        let mut line = Vec::new();
        for block in self.nested(caption) {
            if let BlockKind::Paragraph { content, .. } | BlockKind::Heading { content, .. } = block.kind {
                join_caption(&mut line, content);
            }
        }
        line
    }

    fn verse(&mut self, element: &Element, blocks: &mut Vec<Block>) {
        self.title_before(element, blocks);
        let mut lines: Vec<Vec<Inline>> = Vec::new();
        let mut closing: Vec<Block> = Vec::new();
        self.verse_lines(element, &mut lines, &mut closing);
        while lines.last().is_some_and(Vec::is_empty) {
            lines.pop();
        }
        if !lines.is_empty() {
            blocks.push(BlockKind::Verse { lines }.into());
        }
        blocks.extend(closing);
    }

    fn verse_lines(&mut self, element: &Element, lines: &mut Vec<Vec<Inline>>, closing: &mut Vec<Block>) {
        let has_lines = element.elements().any(|child| {
            matches!(self.vocabulary.meaning(child), Meaning::Line | Meaning::Stanza | Meaning::Paragraph(_))
        });
        if !has_lines {
            return self.loose_lines(element, lines);
        }
        for child in element.elements() {
            match self.meaning(child) {
                Meaning::Stanza => {
                    if !lines.is_empty() {
                        lines.push(Vec::new());
                    }
                    self.verse_lines(child, lines, closing);
                }
                Meaning::Title | Meaning::Info | Meaning::Hidden => {}
                Meaning::Attribution => closing.extend(self.blocks_in(child, ParagraphRole::Closing)),
                _ => lines.push(self.line_of(child)),
            }
        }
    }

    /// Lines as the source breaks them.
    fn loose_lines(&mut self, element: &Element, lines: &mut Vec<Vec<Inline>>) {
        let mut raw = Vec::new();
        self.push_children(element, &mut raw);
        let mut line = Vec::new();
        for inline in raw {
            let text = match inline {
                Inline::LineBreak => "\n".to_owned(),
                Inline::Text(text) => text,
                other => {
                    line.push(other);
                    continue;
                }
            };
            for (at, part) in text.split('\n').enumerate() {
                if at > 0 {
                    lines.push(settle(std::mem::take(&mut line)));
                }
                line.push(Inline::text(part));
            }
        }
        lines.push(settle(line));
        let leading = lines.iter().take_while(|line| line.is_empty()).count();
        lines.drain(..leading);
    }

    fn boxed(&mut self, element: &Element, role: BoxRole, blocks: &mut Vec<Block>) {
        let title = self.title_of(element);
        let mut inner = self.nested_without(element, &[Meaning::Title, Meaning::Info, Meaning::Attribution]);
        for child in element.elements().filter(|child| self.vocabulary.meaning(child) == Meaning::Attribution) {
            inner.extend(self.blocks_in(child, ParagraphRole::Closing));
        }
        if !inner.is_empty() || !title.is_empty() {
            blocks.push(BlockKind::Box { role, title: title.into(), blocks: inner }.into());
        }
    }
}

/// Where an element stands.
pub(super) fn origin(element: &Element) -> Origin {
    Origin::new(element.place.line, element.start as usize..element.end as usize)
}

fn end_line(flow: &mut Flow, role: ParagraphRole) {
    let line = settle(std::mem::take(&mut flow.line));
    let origin = flow.origin.take();
    if line.iter().any(|inline| !matches!(inline, Inline::LineBreak)) {
        let mut block: Block = BlockKind::Paragraph { role, content: line }.into();
        block.origin = origin;
        flow.blocks.push(block);
    }
}

fn join_caption(caption: &mut Vec<Inline>, more: Vec<Inline>) {
    if !caption.is_empty() && !more.is_empty() && plain_text(caption) != plain_text(&more) {
        caption.push(Inline::LineBreak);
        caption.extend(more);
    } else if caption.is_empty() {
        *caption = more;
    }
}

/// Inlines that stay in their line whatever is in them.
fn is_inline_always(meaning: Meaning) -> bool {
    matches!(
        meaning,
        Meaning::Footnote
            | Meaning::FootnoteReference
            | Meaning::Math
            | Meaning::Ruby
            | Meaning::Code
            | Meaning::Picture
            | Meaning::Words
            | Meaning::Hidden
            | Meaning::LineBreak
            | Meaning::Reference
    )
}

/// Blocks that hold blocks.
fn nests(meaning: Meaning) -> bool {
    matches!(
        meaning,
        Meaning::Quote
            | Meaning::List(_)
            | Meaning::Definitions
            | Meaning::Table
            | Meaning::Figure
            | Meaning::Box(_)
            | Meaning::TitledParagraph
    )
}

/// The TeX source within an element that holds mathematics.
pub(super) fn tex_of(element: &Element) -> Option<String> {
    let preferred = ["mathphrase", "tex", "annotation", "alt"];
    let found = element.descendants().into_iter().find(|one| {
        preferred.contains(&one.name.as_str())
            && one.attribute("encoding").is_none_or(|encoding| encoding.to_ascii_lowercase().contains("tex"))
    });
    let text = found.map(Element::text).unwrap_or_else(|| element.text());
    let text = text.trim().trim_matches('$').trim();
    (!text.is_empty()).then(|| text.to_owned())
}
