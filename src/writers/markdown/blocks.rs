//! Blocks as Markdown.

use std::collections::{BTreeMap, BTreeSet};

use super::dialect::Dialect;
use super::html::{self, start_tag};
use super::inlines::{self, InlineContext, Place, note_label};
use super::lines::LineFill;
use super::output::Output;
use super::{picture_path, tables};
use crate::diagnostics::{Diagnostics, Loss};
use crate::document::{
    Block, BlockKind, BoxRole, DefinitionItem, Document, Image, Inline, Level, ListItem, ListMarks, NumberDelimiter,
    Numeral, ParagraphRole, Table, anchor_of_words, plain_text, walk_blocks, walk_inlines,
};
use crate::options::WriteOptions;

/// All blocks and notes of a document.
pub fn write(document: &Document, dialect: &Dialect, options: &WriteOptions, diagnostics: &mut Diagnostics) -> String {
    let address = |image: &Image| match &image.resource {
        Some(id) if !options.stem.is_empty() && document.resources.contains_key(id) => picture_path(options, id),
        _ => image.source.clone(),
    };
    let mut writer = BlockWriter {
        output: Output::default(),
        dialect,
        options,
        diagnostics,
        address: &address,
        code_style: code_style(document),
        rule: if matches!(document.blocks.first(), Some(Block { kind: BlockKind::ThematicBreak, .. })) {
            "***"
        } else {
            "---"
        },
        written_ids: ids_to_write(document),
        targets: targets(document),
        item_depth: 0,
    };
    writer.blocks(&document.blocks, false);
    writer.notes(document);
    writer.output.finish()
}

/// How code without a language is written: indented where all code of the document can be, as linters want one style.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum CodeStyle {
    Indented,
    Fenced,
}

fn code_style(document: &Document) -> CodeStyle {
    let in_notes = document.notes.values().any(|blocks| has_code(blocks));
    if !in_notes && can_indent(&document.blocks) { CodeStyle::Indented } else { CodeStyle::Fenced }
}

/// Whether all code of these blocks can be indented: it has no language and no blank edges, and is not within an item or
/// right behind a list, where an indent would mean something else.
fn can_indent(blocks: &[Block]) -> bool {
    let mut after_list = false;
    blocks.iter().all(|block| {
        let follows_list = std::mem::replace(
            &mut after_list,
            matches!(block.kind, BlockKind::List { .. } | BlockKind::Definitions { .. }),
        );
        match &block.kind {
            BlockKind::Code { language, text } => {
                let edges = [text.split('\n').next(), text.rsplit('\n').next()];
                let has_blank_edge = edges.iter().flatten().any(|line| line.trim().is_empty());
                language.is_none() && !block.attributes.contains_key("info") && !has_blank_edge && !follows_list
            }
            BlockKind::Quote { blocks, .. } | BlockKind::Box { blocks, .. } | BlockKind::Figure { blocks, .. } => {
                can_indent(blocks)
            }
            BlockKind::List { .. } | BlockKind::Definitions { .. } | BlockKind::Table(_) => {
                !has_code(std::slice::from_ref(block))
            }
            _ => true,
        }
    })
}

fn has_code(blocks: &[Block]) -> bool {
    let mut found = false;
    walk_blocks(blocks, &mut |block| found |= matches!(block.kind, BlockKind::Code { .. }));
    found
}

/// Headings whose anchor the reader would not find by itself: it gives each the anchor of its words, numbered when taken.
fn ids_to_write(document: &Document) -> BTreeSet<String> {
    let mut ids = Vec::new();
    let mut taken = BTreeSet::new();
    walk_blocks(&document.blocks, &mut |block| {
        if let (BlockKind::Heading { content, .. }, Some(id)) = (&block.kind, &block.id) {
            ids.push((id.clone(), anchor_of_words(&plain_text(content))));
        }
    });
    let mut written = BTreeSet::new();
    let mut numbers: BTreeMap<String, u32> = BTreeMap::new();
    for (id, anchor) in ids {
        let mut expected = anchor.clone();
        if taken.contains(&expected) {
            let last = numbers.entry(anchor.clone()).or_insert(1);
            while taken.contains(&expected) {
                *last += 1;
                expected = format!("{anchor}-{last}");
            }
        }
        if expected != id {
            written.insert(id.clone());
        }
        taken.insert(id);
    }
    written
}

/// Anchors that links of the document go to.
fn targets(document: &Document) -> BTreeSet<String> {
    fn collect(inlines: &[Inline], targets: &mut BTreeSet<String>) {
        for inline in inlines {
            if let Inline::Link(link) = inline
                && let Some(id) = link.target.strip_prefix('#')
            {
                targets.insert(id.to_owned());
            }
            collect(inline.children(), targets);
        }
    }
    let mut targets = BTreeSet::new();
    let mut see = |inlines: &[Inline]| collect(inlines, &mut targets);
    walk_inlines(&document.blocks, &mut |inlines| see(inlines));
    document.notes.values().for_each(|blocks| walk_inlines(blocks, &mut |inlines| see(inlines)));
    targets
}

struct BlockWriter<'a> {
    output: Output,
    dialect: &'a Dialect,
    options: &'a WriteOptions,
    diagnostics: &'a mut Diagnostics,
    address: &'a dyn Fn(&Image) -> String,
    code_style: CodeStyle,
    rule: &'static str,
    written_ids: BTreeSet<String>,
    targets: BTreeSet<String>,
    /// Lists that are open.
    item_depth: usize,
}

impl BlockWriter<'_> {
    fn blocks(&mut self, blocks: &[Block], tight: bool) {
        let mut before: Option<&Block> = None;
        // Lists side by side take turns with their marks, or they would be one.
        let mut bullet = '-';
        for (index, block) in blocks.iter().enumerate() {
            if let (Some(before), BlockKind::List { marks, .. }) = (before, &block.kind) {
                match (&before.kind, marks) {
                    (BlockKind::List { marks: ListMarks::Bullet, .. }, ListMarks::Bullet) => {
                        bullet = if bullet == '-' { '*' } else { '-' };
                    }
                    (BlockKind::List { marks: before, .. }, marks) if delimiter(before) == delimiter(marks) => {
                        self.line("<!-- -->", tight);
                    }
                    _ => bullet = '-',
                }
            }
            self.anchor(block, tight);
            self.block(block, tight, bullet, index == 0);
            before = Some(block);
        }
    }

    fn block(&mut self, block: &Block, tight: bool, bullet: char, is_first: bool) {
        match &block.kind {
            BlockKind::Heading { level, content } => self.heading(block, *level, content, tight),
            BlockKind::Paragraph { role, content } => {
                self.note_role(*role);
                self.paragraph(content, tight);
            }
            BlockKind::Quote { blocks, attribution } => self.quote(None, blocks, attribution, tight),
            BlockKind::List { marks, tight: is_tight, items } => {
                self.list(*marks, *is_tight, items, bullet, is_first, tight);
            }
            BlockKind::Definitions { items } => self.definitions(items, tight),
            BlockKind::Table(table) => self.table(table, tight),
            BlockKind::Code { language, text } => self.code(block, language.as_deref(), text, tight),
            BlockKind::Figure { blocks, caption } => self.figure(blocks, caption, tight),
            BlockKind::Verse { lines } => self.verse(lines, tight),
            BlockKind::Box { role, title, blocks } => self.boxed(block, *role, title, blocks, tight),
            BlockKind::Math { tex } => self.math(tex, tight),
            BlockKind::ThematicBreak => {
                let rule = if is_first && self.item_depth > 0 || tight { "***" } else { self.rule };
                self.line(rule, tight);
            }
            BlockKind::PageBreak => {
                let source = if self.dialect.is_pandoc() {
                    "\\newpage"
                } else {
                    "<div style=\"page-break-after: always\"></div>"
                };
                self.line(source, tight);
            }
            BlockKind::Raw { format, text } => self.raw(format, text, tight),
        }
    }

    fn context(&mut self) -> InlineContext<'_> {
        InlineContext { dialect: self.dialect, diagnostics: self.diagnostics, picture_address: self.address }
    }

    fn line(&mut self, source: &str, tight: bool) {
        self.output.start_block(tight);
        self.output.push(source);
    }

    /// Lines of source that need nothing but the prefix.
    fn lines(&mut self, source: &str, tight: bool) {
        self.output.start_block(tight);
        self.output.push_lines(source.split('\n'));
    }

    /// The anchor of a block that is no heading, where a link goes to it.
    fn anchor(&mut self, block: &Block, tight: bool) {
        let is_heading = matches!(block.kind, BlockKind::Heading { .. } | BlockKind::Box { .. });
        if let Some(id) = block.id.as_ref().filter(|id| !is_heading && self.targets.contains(*id)) {
            let tag = start_tag("a", Some(id), None, &[], &Default::default());
            self.line(&format!("{tag}</a>"), tight);
        }
    }

    fn heading(&mut self, block: &Block, level: Level, content: &[Inline], tight: bool) {
        let mut text = inlines::write_line(content, Place::Line, &mut self.context());
        let plain = text.trim_end_matches('#');
        if plain.len() < text.len() && !plain.ends_with('\\') {
            text.insert(plain.len(), '\\');
        }
        let mut line = "#".repeat(usize::from(level.get()));
        if self.dialect.heading_attributes
            && text.ends_with('}')
            && let Some(at) = text.rfind('{')
        {
            text.insert(at, '\\');
        }
        if !text.is_empty() {
            line.push(' ');
            line.push_str(&text);
        }
        line.push_str(&self.heading_attributes(block));
        let id = block.id.as_ref().filter(|id| self.written_ids.contains(*id) && self.targets.contains(*id));
        if let (Some(id), false) = (id, self.dialect.heading_attributes) {
            let tag = start_tag("a", Some(id), None, &[], &Default::default());
            self.line(&format!("{tag}</a>"), tight);
        }
        self.line(&line, tight);
    }

    /// ` {#id .class key=value}` of a heading, where it says more than its words do.
    fn heading_attributes(&self, block: &Block) -> String {
        if !self.dialect.heading_attributes {
            return String::new();
        }
        let is_plain = |text: &str| !text.is_empty() && !text.contains([' ', '\t', '\n', '{', '}', '"', '=', '#']);
        let id = block.id.iter().filter(|id| self.written_ids.contains(*id) && is_plain(id));
        let classes = block.classes.iter().filter(|class| is_plain(class));
        let attributes =
            block.attributes.iter().filter(|(key, value)| is_plain(key) && (value.is_empty() || is_plain(value)));
        let parts: Vec<String> = id
            .map(|id| format!("#{id}"))
            .chain(classes.map(|class| format!(".{class}")))
            .chain(attributes.map(|(key, value)| if value.is_empty() { key.clone() } else { format!("{key}={value}") }))
            .collect();
        if parts.is_empty() { String::new() } else { format!(" {{{}}}", parts.join(" ")) }
    }

    fn paragraph(&mut self, content: &[Inline], tight: bool) {
        let fill = LineFill::of(self.options.markdown.wrap, self.output.prefix_width());
        let lines = inlines::write(content, Place::Paragraph, fill, &mut self.context());
        if lines.iter().any(|line| !line.is_empty()) {
            self.output.start_block(tight);
            self.output.push_lines(lines.iter().map(String::as_str));
        }
    }

    fn note_role(&mut self, role: ParagraphRole) {
        if !matches!(role, ParagraphRole::Body | ParagraphRole::Continuation) {
            let message = "Markdown has one kind of paragraph; its place on the page is not written";
            self.diagnostics.note(Loss::Dropped, "paragraph-role", None, message);
        }
    }

    fn quote(&mut self, alert: Option<&str>, blocks: &[Block], attribution: &[Inline], tight: bool) {
        self.output.start_block(tight);
        let nesting = self.output.open("> ", "> ");
        if let Some(alert) = alert {
            self.line(&format!("[!{alert}]"), true);
        }
        let item_depth = std::mem::take(&mut self.item_depth);
        self.blocks_after(blocks, alert.is_some());
        if !attribution.is_empty() {
            let dashed: Vec<Inline> = std::iter::once(Inline::text("—— ")).chain(attribution.iter().cloned()).collect();
            self.paragraph(&dashed, false);
        }
        self.item_depth = item_depth;
        self.output.close(nesting);
    }

    /// Blocks of which the first stands right behind a line that was written.
    fn blocks_after(&mut self, blocks: &[Block], tight_first: bool) {
        match blocks.split_first() {
            Some((first, rest)) if tight_first && matches!(first.kind, BlockKind::Paragraph { .. }) => {
                self.blocks(std::slice::from_ref(first), true);
                self.blocks(rest, false);
            }
            _ => self.blocks(blocks, false),
        }
    }

    fn list(
        &mut self,
        marks: ListMarks,
        is_tight: bool,
        items: &[ListItem],
        bullet: char,
        is_first: bool,
        tight: bool,
    ) {
        // `- - -` would be a rule: an inner list that starts on its item's line takes another mark when it may be empty.
        let bullet =
            if bullet == '-' && is_first && self.item_depth > 0 && looks_like_rule(items) { '+' } else { bullet };
        let is_tight = is_tight && items.iter().all(|item| can_be_tight(&item.blocks));
        if let ListMarks::Ordered { numeral, delimiter, .. } = marks
            && (numeral != Numeral::Decimal
                || !matches!(delimiter, NumberDelimiter::Period | NumberDelimiter::Parenthesis))
        {
            let message = "list numbers are written as 1. or 1)";
            self.diagnostics.note(Loss::Substituted, "list-numeral", None, message);
        }
        self.item_depth += 1;
        for (index, item) in items.iter().enumerate() {
            self.output.start_block(if index == 0 { tight } else { is_tight });
            let mark = match marks {
                ListMarks::Bullet => format!("{bullet} "),
                ListMarks::Ordered { start, .. } => {
                    let number = u64::from(start.min(999_999_999)) + index as u64;
                    format!("{}{} ", number.min(999_999_999), self::delimiter(&marks))
                }
            };
            let nesting = self.output.open(&mark, &" ".repeat(mark.len()));
            if let Some(done) = item.done {
                match item.blocks.first().map(|block| &block.kind) {
                    Some(BlockKind::Paragraph { .. }) => self.output.push(if done { "[x] " } else { "[ ] " }),
                    None => self.line(if done { "[x]" } else { "[ ]" }, true),
                    Some(_) => {
                        let message = "the mark of a task stands before text only and was left out";
                        self.diagnostics.warn(Loss::Dropped, "task-mark", None, message);
                    }
                }
            }
            self.blocks(&item.blocks, is_tight);
            self.output.close(nesting);
        }
        self.item_depth -= 1;
    }

    fn definitions(&mut self, items: &[DefinitionItem], tight: bool) {
        if !self.dialect.definitions {
            return self.definitions_as_paragraphs(items, tight);
        }
        for (index, item) in items.iter().enumerate() {
            for (term_index, term) in item.terms.iter().enumerate() {
                let term = inlines::write_line(term, Place::Line, &mut self.context());
                self.line(&term, if index == 0 { tight } else { term_index > 0 });
            }
            for definition in &item.definitions {
                let is_line = matches!(definition.as_slice(), [Block { kind: BlockKind::Paragraph { .. }, .. }]);
                self.output.start_block(is_line);
                let nesting = self.output.open(": ", "  ");
                self.item_depth += 1;
                self.blocks(definition, is_line);
                self.item_depth -= 1;
                self.output.close(nesting);
            }
        }
    }

    /// Terms in bold, what they mean below.
    fn definitions_as_paragraphs(&mut self, items: &[DefinitionItem], tight: bool) {
        let message = "this flavour has no definition lists; terms are written in bold";
        self.diagnostics.note(Loss::Substituted, "definition-list", None, message);
        for item in items {
            for term in &item.terms {
                self.paragraph(&[Inline::Strong(term.clone())], tight);
            }
            item.definitions.iter().for_each(|definition| self.blocks(definition, false));
        }
    }

    fn table(&mut self, table: &Table, tight: bool) {
        if !self.dialect.github || !tables::is_plain(table) {
            let source = html::table(table, self.address);
            return self.lines(&source, tight);
        }
        let lines = tables::pipe_table(table, &mut self.context());
        self.output.start_block(tight);
        self.output.push_lines(lines.iter().map(String::as_str));
        if !table.caption.is_empty() {
            let mark = if self.dialect.definitions { ": " } else { "" };
            let caption = inlines::write_line(&table.caption, Place::Line, &mut self.context());
            self.line(&format!("{mark}{caption}"), false);
        }
    }

    fn code(&mut self, block: &Block, language: Option<&str>, text: &str, tight: bool) {
        if self.code_style == CodeStyle::Indented && !tight && self.item_depth == 0 {
            self.output.start_block(false);
            let indented =
                text.split('\n').map(|line| if line.is_empty() { String::new() } else { format!("    {line}") });
            let lines: Vec<String> = indented.collect();
            return self.output.push_lines(lines.iter().map(String::as_str));
        }
        let mut info = language.unwrap_or_default().replace(['\n', '\r'], " ");
        if let Some(rest) = block.attributes.get("info") {
            info = format!("{info} {}", rest.replace(['\n', '\r'], " "));
        }
        let mark = if info.contains('`') { '~' } else { '`' };
        let longest =
            text.split('\n').map(|line| line.trim_start().chars().take_while(|one| *one == mark).count()).max();
        let fence = mark.to_string().repeat(longest.unwrap_or(0).max(2) + 1);
        self.output.start_block(tight);
        self.output.push(&fence);
        self.output.push(&info_string(&info));
        if !text.is_empty() {
            self.output.new_line_of(text);
        }
        self.output.new_line();
        self.output.push(&fence);
    }

    fn figure(&mut self, blocks: &[Block], caption: &[Inline], tight: bool) {
        let picture = match blocks {
            [Block { kind: BlockKind::Paragraph { content, .. }, .. }] => match content.as_slice() {
                [Inline::Image(image)] if image.title.is_none() => Some(image),
                _ => None,
            },
            _ => None,
        };
        let plain_caption = caption.iter().all(|inline| matches!(inline, Inline::Text(_)));
        match picture {
            Some(image) if plain_caption && !caption.is_empty() => {
                let image = Image { title: Some(inlines::words(caption)), ..image.clone() };
                self.paragraph(&[Inline::Image(image)], tight);
            }
            _ => {
                self.line("<figure>", tight);
                self.blocks(blocks, false);
                if !caption.is_empty() {
                    self.line(&format!("<figcaption>{}</figcaption>", html::inlines(caption, self.address)), false);
                }
                self.line("</figure>", !caption.is_empty());
            }
        }
    }

    /// A paragraph a stanza, its lines broken by hand.
    fn verse(&mut self, lines: &[Vec<Inline>], tight: bool) {
        for (index, stanza) in lines.split(|line| line.is_empty()).filter(|stanza| !stanza.is_empty()).enumerate() {
            let mut content = Vec::new();
            for (number, line) in stanza.iter().enumerate() {
                if number > 0 {
                    content.push(Inline::LineBreak);
                }
                content.extend(line.iter().cloned());
            }
            self.paragraph(&content, tight && index == 0);
        }
    }

    fn boxed(&mut self, block: &Block, role: BoxRole, title: &[Inline], blocks: &[Block], tight: bool) {
        let alert = match role {
            BoxRole::Note => Some("NOTE"),
            BoxRole::Tip => Some("TIP"),
            BoxRole::Important => Some("IMPORTANT"),
            BoxRole::Warning => Some("WARNING"),
            BoxRole::Caution => Some("CAUTION"),
            _ => None,
        };
        if let Some(alert) = alert.filter(|_| self.dialect.alerts && title.is_empty()) {
            return self.quote(Some(alert), blocks, &[], tight);
        }
        let (name, class) = match role {
            BoxRole::Details => ("details", None),
            BoxRole::Aside => ("aside", None),
            BoxRole::Abstract => ("section", Some("abstract")),
            BoxRole::EditorNote => ("aside", Some("editor-note")),
            BoxRole::Epigraph => ("div", Some("epigraph")),
            BoxRole::Dedication => ("div", Some("dedication")),
            BoxRole::Division => ("div", None),
            BoxRole::Note => ("div", Some("note")),
            BoxRole::Tip => ("div", Some("tip")),
            BoxRole::Important => ("div", Some("important")),
            BoxRole::Warning => ("div", Some("warning")),
            BoxRole::Caution => ("div", Some("caution")),
        };
        let classes: Vec<String> = class.map(str::to_owned).into_iter().chain(block.classes.iter().cloned()).collect();
        let language = block.language.as_ref().map(|language| language.as_str());
        self.line(&start_tag(name, block.id.as_deref(), language, &classes, &block.attributes), tight);
        if !title.is_empty() {
            let title = html::inlines(title, self.address);
            if role == BoxRole::Details {
                self.line(&format!("<summary>{title}</summary>"), true);
            } else {
                self.line(&format!("<header>{title}</header>"), true);
            }
        }
        self.blocks(blocks, false);
        self.line(&format!("</{name}>"), false);
    }

    fn math(&mut self, tex: &str, tight: bool) {
        let tex = tex.trim_matches('\n');
        let starts_block = |line: &str| {
            let line = line.trim();
            line.is_empty() || super::escape::block_start(line, false, self.dialect).is_some() || line.starts_with('<')
        };
        if !self.dialect.math || tex.contains("$$") || tex.split('\n').any(starts_block) {
            return self.lines(&format!("```math\n{tex}\n```"), tight);
        }
        self.lines(&format!("$$\n{tex}\n$$"), tight);
    }

    fn raw(&mut self, format: &str, text: &str, tight: bool) {
        let is_tex = matches!(format, "tex" | "latex") && self.dialect.is_pandoc();
        if format == "html" || format == "markdown" || is_tex {
            return self.lines(text, tight);
        }
        let message = format!("a block of raw {format} has no place in Markdown and was left out");
        self.diagnostics.warn(Loss::Dropped, "raw-source", None, message);
    }

    /// The notes, those referred to in the order of their references.
    fn notes(&mut self, document: &Document) {
        let mut order: Vec<&str> = Vec::new();
        let mut seen = BTreeSet::new();
        let mut see = |inlines: &[Inline]| {
            collect_notes(inlines, &mut |label| {
                if let Some((label, _)) = document.notes.get_key_value(label)
                    && seen.insert(label.as_str())
                {
                    order.push(label);
                }
            });
        };
        walk_inlines(&document.blocks, &mut |inlines| see(inlines));
        document.notes.values().for_each(|blocks| walk_inlines(blocks, &mut |inlines| see(inlines)));
        order.extend(document.notes.keys().map(String::as_str).filter(|label| !seen.contains(label)));
        if !order.is_empty() && !self.dialect.notes {
            let message = "this flavour has no notes; they are written as paragraphs at the end";
            self.diagnostics.note(Loss::Substituted, "notes-as-paragraphs", None, message);
        }
        for label in order {
            self.note(&note_label(label), &document.notes[label]);
        }
    }

    fn note(&mut self, label: &str, blocks: &[Block]) {
        if !self.dialect.notes {
            self.line(&format!("<a id=\"note-{label}\"></a>\\[{label}\\]"), false);
            return self.blocks(blocks, false);
        }
        self.output.start_block(false);
        let nesting = self.output.open(&format!("[^{label}]: "), "    ");
        self.item_depth += 1;
        self.blocks(blocks, false);
        self.item_depth -= 1;
        self.output.close(nesting);
    }
}

fn collect_notes<'d>(inlines: &'d [Inline], see: &mut impl FnMut(&'d str)) {
    for inline in inlines {
        match inline {
            Inline::NoteReference(label) => see(label),
            other => collect_notes(other.children(), see),
        }
    }
}

/// The character behind the numbers of a list; none for bullets.
fn delimiter(marks: &ListMarks) -> &'static str {
    match marks {
        ListMarks::Bullet => "",
        ListMarks::Ordered { delimiter: NumberDelimiter::Parenthesis | NumberDelimiter::Parentheses, .. } => ")",
        ListMarks::Ordered { .. } => ".",
    }
}

/// Whether the first line of these items could be nothing but marks and rules.
fn looks_like_rule(items: &[ListItem]) -> bool {
    let Some(first) = items.first() else { return false };
    match first.blocks.first().map(|block| &block.kind) {
        None => true,
        Some(BlockKind::List { marks: ListMarks::Bullet, items, .. }) => looks_like_rule(items),
        _ => false,
    }
}

/// Whether an item's blocks can follow each other without blank lines and stay what they are.
fn can_be_tight(blocks: &[Block]) -> bool {
    blocks.windows(2).all(|pair| {
        let before = &pair[0].kind;
        let is_text = matches!(before, BlockKind::Paragraph { .. });
        let is_closed = matches!(
            before,
            BlockKind::Code { .. } | BlockKind::Heading { .. } | BlockKind::ThematicBreak | BlockKind::Math { .. }
        );
        // Their last paragraph goes on with any line that starts no block.
        let is_open = matches!(before, BlockKind::Quote { .. } | BlockKind::List { .. });
        match &pair[1].kind {
            BlockKind::List { marks, items, .. } => {
                let interrupts = match marks {
                    ListMarks::Bullet => true,
                    ListMarks::Ordered { start, .. } => *start == 1,
                };
                let is_filled = items.first().is_some_and(|item| !item.blocks.is_empty());
                is_closed || (is_text || is_open) && interrupts && is_filled
            }
            BlockKind::Code { .. } | BlockKind::Heading { .. } | BlockKind::ThematicBreak => {
                is_text || is_closed || is_open
            }
            BlockKind::Raw { format, .. } => format == "html" && (is_text || is_closed || is_open),
            BlockKind::Quote { .. } => is_text || is_closed || matches!(before, BlockKind::List { .. }),
            BlockKind::Math { .. } => is_text || is_closed,
            BlockKind::Paragraph { .. } | BlockKind::Table(_) => is_closed,
            _ => false,
        }
    })
}

/// An info string with its backslashes and references kept from meaning something.
fn info_string(info: &str) -> String {
    info.replace('\\', "\\\\").replace('&', "&amp;")
}
