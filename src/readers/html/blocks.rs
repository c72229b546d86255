//! Block-level elements to blocks. Containers without meaning are seen through; loose lines become paragraphs.

use super::convert::{Converter, is_blank, is_block};
use super::tree::NodeId;
use super::{code, math, paragraphs};
use crate::document::{
    Block, BlockKind, BoxRole, DefinitionItem, Inline, Language, Level, ListItem, ListMarks, MAX_DEPTH,
    NumberDelimiter, Numeral, ParagraphRole, Rare,
};

/// Blocks being collected, with the line of inlines that is not yet a paragraph.
#[derive(Default)]
pub(super) struct Flow {
    pub blocks: Vec<Block>,
    line: Vec<Inline>,
    /// First and last node of the line.
    span: Option<(NodeId, NodeId)>,
    role: ParagraphRole,
    /// Inline elements open round the blocks: their marks go on each paragraph.
    marks: Vec<NodeId>,
    /// An anchor waiting for the next block.
    anchor: Option<String>,
    /// The next block starts a page.
    turned: bool,
}

/// Before or after a block.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Side {
    Before,
    After,
}

/// End the page, if anything stands on it.
fn turn_page(flow: &mut Flow) {
    if flow.blocks.last().is_some_and(|last| last.kind != BlockKind::PageBreak) {
        flow.blocks.push(BlockKind::PageBreak.into());
    }
}

impl Converter<'_> {
    /// The blocks below an element.
    pub(super) fn blocks_below(&mut self, parent: NodeId) -> Vec<Block> {
        let mut flow = Flow::default();
        self.flow_children(parent, &mut flow);
        self.end_paragraph(&mut flow);
        flow.blocks
    }

    fn flow_children(&mut self, parent: NodeId, flow: &mut Flow) {
        for child in self.tree.children(parent) {
            self.flow_node(child, flow);
        }
    }

    fn flow_node(&mut self, id: NodeId, flow: &mut Flow) {
        let name = self.tree.name(id);
        if name.is_empty() {
            if self.tree.text(id).is_some_and(|text| !flow.line.is_empty() || !text.trim().is_empty()) {
                self.flow_line(id, flow);
            }
            return;
        }
        if self.is_left_out(id) || self.notes.reference(id).is_some() {
            return self.flow_line(id, flow);
        }
        if let Some(formula) = math::formula(self.tree, id).filter(|formula| formula.display) {
            self.end_paragraph(flow);
            if let Some(repair) = formula.repair {
                self.note_repair("math-from-markup", repair);
            }
            return self.push(flow, id, BlockKind::Math { tex: formula.tex.into() });
        }
        if math::formula(self.tree, id).is_some() {
            return self.flow_line(id, flow);
        }
        if self.is_hidden(id) {
            return self.flow_hidden(id);
        }
        if self.is_footnote(id) {
            return self.flow_line(id, flow);
        }
        match (is_block(name), self.holds_blocks(id)) {
            (true, _) => self.flow_block(id, flow),
            (false, true) if !matches!(name, "ruby" | "svg" | "picture") => {
                flow.marks.push(id);
                self.flow_children(id, flow);
                self.mark_line(flow);
                flow.marks.pop();
            }
            (false, _) => self.flow_line(id, flow),
        }
    }

    /// Something not shown: embedded pages are worth a word, since a reader of the page sees them.
    fn flow_hidden(&mut self, id: NodeId) {
        if self.tree.name(id) == "iframe"
            && let Some(source) = self.tree.attribute(id, "src").filter(|source| source.contains("//"))
        {
            self.drop_with_warning("embedded-page", id, format!("an embedded page is not carried: {source}"));
        }
    }

    fn flow_line(&mut self, id: NodeId, flow: &mut Flow) {
        let before = flow.line.len();
        self.push_inline(id, &mut flow.line);
        if flow.line.len() > before {
            flow.span = Some(flow.span.map_or((id, id), |(first, _)| (first, id)));
        }
    }

    /// Put the marks of the innermost open inline element on what of the line came from within it. Lines that began
    /// before it are rare and get them too.
    fn mark_line(&mut self, flow: &mut Flow) {
        let Some(&id) = flow.marks.last() else { return };
        if !is_blank(&flow.line) {
            let line = std::mem::take(&mut flow.line);
            flow.line = self.marked_by(id, line);
        }
    }

    fn marked_by(&self, id: NodeId, line: Vec<Inline>) -> Vec<Inline> {
        let marked = self.marked(id, line);
        if self.tree.name(id) == "a" { self.linked(id, marked) } else { marked }
    }

    /// Make the pending line a paragraph, or several where it is parted by empty lines.
    pub(super) fn end_paragraph(&mut self, flow: &mut Flow) {
        let line = std::mem::take(&mut flow.line);
        let span = flow.span.take();
        let role = flow.role;
        let Some((first, last)) = span.filter(|_| !is_blank(&line)) else { return };
        let origin = self.origin(first, last);
        for content in paragraphs::split(line) {
            let marks = flow.marks.iter().rev();
            let content = marks.fold(content, |content, id| self.marked_by(*id, content));
            let mut block: Block = BlockKind::Paragraph { role, content }.into();
            block.origin = Some(origin);
            block.attributes.id = flow.anchor.take();
            flow.blocks.push(block);
        }
    }

    /// Add a finished block that an element became.
    fn push(&mut self, flow: &mut Flow, id: NodeId, kind: BlockKind) {
        self.end_paragraph(flow);
        let mut block: Block = kind.into();
        block.origin = Some(self.origin_of(id));
        block.attributes.id = self.anchor(id).or_else(|| flow.anchor.take());
        block.attributes.language = self.own_language(id).map(Language::new);
        flow.blocks.push(block);
    }

    fn flow_block(&mut self, id: NodeId, flow: &mut Flow) {
        self.end_paragraph(flow);
        if std::mem::take(&mut flow.turned) || self.turns_page(id, Side::Before) {
            turn_page(flow);
        }
        self.flow_block_itself(id, flow);
        flow.turned |= self.turns_page(id, Side::After);
    }

    fn flow_block_itself(&mut self, id: NodeId, flow: &mut Flow) {
        match self.tree.name(id) {
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => self.heading(id, flow),
            "hr" => self.push(flow, id, BlockKind::ThematicBreak),
            "pre" | "listing" | "xmp" | "plaintext" => self.code_block(id, flow),
            "table" => self.table_or_layout(id, flow),
            "div" | "figure" if code::is_listing(self.tree, id) => self.code_block(id, flow),
            _ if self.depth + 4 >= MAX_DEPTH => {
                self.flattened |= !matches!(self.tree.name(id), "div" | "p" | "section");
                self.container(id, flow);
            }
            "blockquote" => self.quotation(id, flow),
            "ul" | "ol" | "menu" | "dir" => self.list(id, flow),
            "dl" => self.definitions(id, flow),
            "figure" => self.figure(id, flow),
            "details" => self.details(id, flow),
            "aside" => self.boxed(id, BoxRole::Aside, flow),
            "div" | "section" if self.box_role(id).is_some() => {
                let role = self.box_role(id).unwrap_or(BoxRole::Division);
                self.boxed(id, role, flow);
            }
            "p" | "div" if self.is_verse(id) => self.verse(id, flow),
            _ => self.container(id, flow),
        }
    }

    /// An element that only groups: its anchor and language go to the blocks within.
    fn container(&mut self, id: NodeId, flow: &mut Flow) {
        let start = flow.blocks.len();
        let inner = self.role_of(id).unwrap_or(flow.role);
        let role = std::mem::replace(&mut flow.role, inner);
        if let Some(anchor) = self.anchor(id) {
            flow.anchor.get_or_insert(anchor);
        }
        self.flow_children(id, flow);
        self.end_paragraph(flow);
        flow.role = role;
        let Some(language) = self.own_language(id).map(Language::new) else { return };
        for block in &mut flow.blocks[start..] {
            block.attributes.language.get_or_insert_with(|| language.clone());
        }
    }

    /// How lines within an element stand, where it says so.
    fn role_of(&self, id: NodeId) -> Option<ParagraphRole> {
        let declared = self.styles.property(self.tree, id, "text-align");
        let attribute = || self.tree.attribute(id, "align").map(str::to_ascii_lowercase);
        let centre = || (self.tree.name(id) == "center").then(|| "center".to_owned());
        let flush = self.is_flush(id).then_some(ParagraphRole::Continuation);
        match declared.or_else(attribute).or_else(centre).unwrap_or_default().as_str() {
            "center" | "middle" | "-webkit-center" => Some(ParagraphRole::Centered),
            "right" | "end" => Some(ParagraphRole::Closing),
            "left" | "start" | "justify" => Some(flush.unwrap_or_default()),
            _ => flush,
        }
    }

    fn heading(&mut self, id: NodeId, flow: &mut Flow) {
        let level = self.tree.name(id)[1..].parse().unwrap_or(6);
        let mut content = crate::document::white_space::settle(self.inlines_below(id));
        // A break in a heading is for one width of screen.
        content.iter_mut().filter(|one| matches!(one, Inline::LineBreak)).for_each(|one| *one = Inline::text(" "));
        // Headings are strong already.
        if let [Inline::Strong(inner)] = content.as_mut_slice() {
            content = std::mem::take(inner);
        }
        if !is_blank(&content) {
            let content = crate::document::white_space::settle(content);
            self.push(flow, id, BlockKind::Heading { level: Level::clamped(level), content });
        }
    }

    fn code_block(&mut self, id: NodeId, flow: &mut Flow) {
        let (language, text) = code::listing(self.tree, id);
        if !text.trim().is_empty() {
            self.push(flow, id, BlockKind::Code { language: language.map(Into::into), text: text.into() });
        }
    }

    fn nested(&mut self, id: NodeId) -> Vec<Block> {
        self.depth += 1;
        let blocks = self.blocks_below(id);
        self.depth -= 1;
        blocks
    }

    fn quotation(&mut self, id: NodeId, flow: &mut Flow) {
        let source = self.tree.children(id).filter(|child| self.tree.is_element(*child)).last().filter(|last| {
            matches!(self.tree.name(*last), "footer" | "cite")
                || (self.tree.name(*last) == "p" && self.holds_only(*last, "cite"))
        });
        let attribution =
            source.map(|source| crate::document::white_space::settle(self.inlines_below(source))).unwrap_or_default();
        self.leave_out(source);
        let blocks = self.nested(id);
        if !blocks.is_empty() || !attribution.is_empty() {
            self.push(flow, id, BlockKind::Quote { blocks, attribution: attribution.into() });
        }
    }

    /// Whether all that an element shows is in one child of this name.
    fn holds_only(&self, id: NodeId, name: &str) -> bool {
        let mut shown = self.tree.children(id).filter(|child| {
            self.tree.is_element(*child) || self.tree.text(*child).is_some_and(|text| !text.trim().is_empty())
        });
        shown.next().is_some_and(|first| self.tree.name(first) == name) && shown.next().is_none()
    }

    fn list(&mut self, id: NodeId, flow: &mut Flow) {
        let mut items: Vec<ListItem> = Vec::new();
        let mut tight = true;
        for child in self.tree.children(id) {
            let text = self.tree.text(child);
            if self.is_left_out(child) || self.is_hidden(child) || text.is_some_and(|text| text.trim().is_empty()) {
                continue;
            }
            if text.is_none() && !self.tree.is_element(child) {
                continue;
            }
            if self.tree.name(child) == "li" {
                tight &= self.tree.children(child).all(|one| self.tree.name(one) != "p");
                let done = self.checkbox(child);
                let blocks = self.nested(child);
                if !blocks.is_empty() {
                    items.push(ListItem { done, blocks });
                }
                continue;
            }
            // Lists within lists without an item round them belong to the item before.
            let mut inner = Flow::default();
            self.depth += 1;
            self.flow_node(child, &mut inner);
            self.end_paragraph(&mut inner);
            self.depth -= 1;
            match items.last_mut() {
                Some(item) => item.blocks.extend(inner.blocks),
                None if inner.blocks.is_empty() => {}
                None => items.push(ListItem { done: None, blocks: inner.blocks }),
            }
        }
        if !items.is_empty() {
            let marks = self.list_marks(id);
            self.push(flow, id, BlockKind::List { marks, tight, items });
        }
    }

    /// The state of a task's check box at the head of an item.
    fn checkbox(&self, item: NodeId) -> Option<bool> {
        let input = self.tree.subtree(item).take(6).find(|id| self.tree.name(*id) == "input")?;
        let is_box = self.tree.attribute(input, "type").is_some_and(|kind| kind.eq_ignore_ascii_case("checkbox"));
        is_box.then(|| self.tree.attribute(input, "checked").is_some())
    }

    fn list_marks(&self, id: NodeId) -> ListMarks {
        if self.tree.name(id) != "ol" {
            return ListMarks::Bullet;
        }
        let first = self.tree.children(id).find(|child| self.tree.name(*child) == "li");
        let value = first.and_then(|item| self.tree.attribute(item, "value"));
        let start = value.or_else(|| self.tree.attribute(id, "start")).and_then(|number| number.trim().parse().ok());
        let property = |name: &str| self.styles.property(self.tree, id, name);
        let named = property("list-style-type").or_else(|| property("list-style"));
        let kind = self.tree.attribute(id, "type").unwrap_or_default();
        let (numeral, delimiter) = match (kind, named.as_deref().unwrap_or_default()) {
            ("a", _) | (_, "lower-alpha" | "lower-latin") => (Numeral::LowerAlpha, NumberDelimiter::Period),
            ("A", _) | (_, "upper-alpha" | "upper-latin") => (Numeral::UpperAlpha, NumberDelimiter::Period),
            ("i", _) | (_, "lower-roman") => (Numeral::LowerRoman, NumberDelimiter::Period),
            ("I", _) | (_, "upper-roman") => (Numeral::UpperRoman, NumberDelimiter::Period),
            (_, named)
                if named.starts_with("cjk-") || named.contains("-chinese-") || named.starts_with("japanese-") =>
            {
                (Numeral::Chinese, NumberDelimiter::Comma)
            }
            _ => (Numeral::Decimal, NumberDelimiter::Period),
        };
        ListMarks::Ordered { start: start.unwrap_or(1), numeral, delimiter }
    }

    fn definitions(&mut self, id: NodeId, flow: &mut Flow) {
        let mut items: Vec<DefinitionItem> = Vec::new();
        let mut children: Vec<NodeId> = Vec::new();
        for child in self.tree.children(id) {
            match self.tree.name(child) {
                "div" => children.extend(self.tree.children(child)),
                _ => children.push(child),
            }
        }
        for child in children {
            if self.is_left_out(child) || self.is_hidden(child) {
                continue;
            }
            match self.tree.name(child) {
                "dt" => {
                    let term = crate::document::white_space::settle(self.inlines_below(child));
                    match items.last_mut() {
                        Some(item) if item.definitions.is_empty() => item.terms.push(term),
                        _ => items.push(DefinitionItem { terms: vec![term], definitions: Vec::new() }),
                    }
                }
                _ => {
                    let blocks = if self.tree.name(child) == "dd" { self.nested(child) } else { self.loose(child) };
                    if blocks.is_empty() {
                        continue;
                    }
                    if items.is_empty() {
                        items.push(DefinitionItem::default());
                    }
                    if let Some(item) = items.last_mut() {
                        item.definitions.push(blocks);
                    }
                }
            }
        }
        if items.iter().any(|item| !item.definitions.is_empty()) {
            self.push(flow, id, BlockKind::Definitions { items });
            return;
        }
        for item in items {
            for term in item.terms {
                flow.blocks.push(Block::paragraph(term));
            }
        }
    }

    /// The blocks one node makes by itself.
    fn loose(&mut self, id: NodeId) -> Vec<Block> {
        let mut flow = Flow::default();
        self.flow_node(id, &mut flow);
        self.end_paragraph(&mut flow);
        flow.blocks
    }

    fn figure(&mut self, id: NodeId, flow: &mut Flow) {
        let captions: Vec<NodeId> = self.tree.subtree(id).filter(|one| self.tree.name(*one) == "figcaption").collect();
        let mut caption: Vec<Inline> = Vec::new();
        for one in &captions {
            let lines = self.blocks_below(*one);
            for block in lines {
                if let BlockKind::Paragraph { content, .. } | BlockKind::Heading { content, .. } = block.kind {
                    if !caption.is_empty() {
                        caption.push(Inline::LineBreak);
                    }
                    caption.extend(content);
                }
            }
        }
        self.leave_out(captions);
        let blocks = self.nested(id);
        match (blocks.is_empty(), caption.is_empty()) {
            (true, true) => {}
            (true, false) => flow.blocks.push(Block::paragraph(caption)),
            (false, _) => self.push(flow, id, BlockKind::Figure { blocks, caption: caption.into() }),
        }
    }

    fn details(&mut self, id: NodeId, flow: &mut Flow) {
        let summary = self.tree.children(id).find(|child| self.tree.name(*child) == "summary");
        let title = summary
            .map(|summary| crate::document::white_space::settle(self.inlines_below(summary)))
            .unwrap_or_default();
        self.leave_out(summary);
        let blocks = self.nested(id);
        if !blocks.is_empty() || !title.is_empty() {
            self.push(flow, id, BlockKind::Box { role: BoxRole::Details, title: title.into(), blocks });
        }
    }

    fn boxed(&mut self, id: NodeId, role: BoxRole, flow: &mut Flow) {
        let blocks = self.nested(id);
        if !blocks.is_empty() {
            self.push(flow, id, BlockKind::Box { role, title: Rare::default(), blocks });
        }
    }

    /// The box a division says to be: admonitions of the usual generators, abstract, epigraph.
    fn box_role(&self, id: NodeId) -> Option<BoxRole> {
        let kind = self.tree.attribute(id, "epub:type").or_else(|| self.tree.attribute(id, "role")).unwrap_or_default();
        match kind.trim_start_matches("doc-") {
            "abstract" => return Some(BoxRole::Abstract),
            "epigraph" => return Some(BoxRole::Epigraph),
            "dedication" => return Some(BoxRole::Dedication),
            "tip" => return Some(BoxRole::Tip),
            _ => {}
        }
        let class = self.tree.attribute(id, "class")?;
        let has = |wanted: &str| class.split_ascii_whitespace().any(|one| one == wanted);
        if !(has("admonition") || has("markdown-alert") || has("callout") || has("alert") || has("custom-block")) {
            return has("epigraph").then_some(BoxRole::Epigraph);
        }
        let kinds = [
            ("tip", BoxRole::Tip),
            ("hint", BoxRole::Tip),
            ("important", BoxRole::Important),
            ("warning", BoxRole::Warning),
            ("danger", BoxRole::Caution),
            ("caution", BoxRole::Caution),
        ];
        let found = kinds.iter().find(|(kind, _)| {
            class.split_ascii_whitespace().any(|one| one == *kind || one.rsplit('-').next() == Some(*kind))
        });
        Some(found.map_or(BoxRole::Note, |(_, role)| *role))
    }

    fn is_verse(&self, id: NodeId) -> bool {
        let class = self.tree.attribute(id, "class").unwrap_or_default();
        let says =
            class.split_ascii_whitespace().any(|one| matches!(one, "poem" | "verse" | "poetry" | "stanza" | "shi"));
        let kind = self.tree.attribute(id, "epub:type").unwrap_or_default();
        says || matches!(kind, "z3998:poem" | "z3998:verse" | "z3998:song")
    }

    fn verse(&mut self, id: NodeId, flow: &mut Flow) {
        let mut lines: Vec<Vec<Inline>> = Vec::new();
        let blocks = self.blocks_below(id);
        let is_line = |block: &Block| {
            matches!(block.kind, BlockKind::Paragraph { .. } | BlockKind::Heading { .. } | BlockKind::Verse { .. })
        };
        if !blocks.iter().all(is_line) {
            // Pictures, lists or tables among the lines: no verse can hold them.
            return flow.blocks.extend(blocks);
        }
        for block in blocks {
            let stanza: Vec<Vec<Inline>> = match block.kind {
                BlockKind::Paragraph { content, .. } | BlockKind::Heading { content, .. } => {
                    content.split(|one| matches!(one, Inline::LineBreak)).map(<[Inline]>::to_vec).collect()
                }
                BlockKind::Verse { lines } => lines,
                _ => continue,
            };
            if !lines.is_empty() && stanza.len() > 1 {
                lines.push(Vec::new());
            }
            lines.extend(stanza);
        }
        if !lines.is_empty() {
            self.push(flow, id, BlockKind::Verse { lines });
        }
    }

    fn table_or_layout(&mut self, id: NodeId, flow: &mut Flow) {
        if code::is_listing(self.tree, id) {
            return self.code_block(id, flow);
        }
        if self.depth + 6 >= MAX_DEPTH || self.is_layout_table(id) {
            self.flattened |= !self.is_layout_table(id);
            return self.container(id, flow);
        }
        self.depth += 1;
        let table = self.table(id);
        self.depth -= 1;
        match table {
            Some(table) => self.push(flow, id, BlockKind::from(table)),
            None => self.container(id, flow),
        }
    }
}
