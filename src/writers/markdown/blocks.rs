//! Blocks as Markdown.

use std::collections::BTreeSet;

use super::code::{CodeStyle, code_style};
use super::dialect::Dialect;
use super::html::{self, start_tag};
use super::inlines::{self, InlineContext, Place};
use super::lines::LineFill;
use super::output::Output;
use super::references::References;
use super::survey::{Headings, targets};
use super::{lists, picture_path, tables};
use crate::diagnostics::{Diagnostics, Loss};
use crate::document::{
    Attributes, Block, BlockKind, Document, Image, Inline, Level, ListMarks, ParagraphRole, Resource, Table,
};
use crate::options::{LinkStyle, PicturePlace, WriteOptions};

/// All blocks and notes of a document.
///
/// `shift`: levels that headings go down.
pub fn write(
    document: &Document,
    dialect: &Dialect,
    shift: usize,
    options: &WriteOptions,
    diagnostics: &mut Diagnostics,
) -> String {
    let carried = |image: &Image| image.resource.as_ref().and_then(|id| document.resources.get(id));
    let address = |image: &Image| match &image.resource {
        _ if options.markdown.pictures == PicturePlace::Inside => {
            carried(image).map_or_else(|| image.source.clone(), Resource::data_address)
        }
        Some(id) if !options.stem.is_empty() && document.resources.contains_key(id) => picture_path(options, id),
        _ => image.source.clone(),
    };
    let targets = targets(document);
    let headings = Headings::of(document);
    let mut written_ids = headings.own();
    if dialect.heading_attributes {
        // Headings of the same words are told apart, as linters ask.
        written_ids.extend(headings.again().chain(headings.unusual(&targets)));
    }
    let mut writer = BlockWriter {
        output: Output::default(),
        dialect,
        options,
        diagnostics,
        address: &address,
        code_style: code_style(document, dialect),
        rule: if matches!(document.blocks.first(), Some(Block { kind: BlockKind::ThematicBreak, .. })) {
            "***"
        } else {
            "---"
        },
        written_ids,
        targets,
        shift,
        item_depth: 0,
        references: (options.markdown.links == LinkStyle::Reference).then(References::default),
    };
    writer.blocks(&document.blocks, false);
    writer.notes(document);
    writer.definitions_of_links();
    writer.output.finish()
}

/// Writes blocks, one behind the other.
pub struct BlockWriter<'a> {
    pub(super) output: Output,
    pub(super) dialect: &'a Dialect,
    options: &'a WriteOptions,
    pub(super) diagnostics: &'a mut Diagnostics,
    pub(super) address: &'a dyn Fn(&Image) -> String,
    pub(super) code_style: CodeStyle,
    rule: &'static str,
    written_ids: BTreeSet<String>,
    pub(super) targets: BTreeSet<String>,
    /// Levels that headings go down, under a title that stands in the front matter.
    shift: usize,
    /// Lists that are open.
    pub(super) item_depth: usize,
    /// What links go to, where that stands at the end.
    references: Option<References>,
}

impl BlockWriter<'_> {
    pub(super) fn blocks(&mut self, blocks: &[Block], tight: bool) {
        let mut before: Option<&Block> = None;
        // Lists side by side take turns with their marks, or they would be one.
        let mut bullet = '-';
        for (index, block) in blocks.iter().enumerate() {
            if let (Some(before), BlockKind::List { marks, .. }) = (before, &block.kind) {
                let are_bullets = matches!(before.kind, BlockKind::List { marks: ListMarks::Bullet, .. })
                    && *marks == ListMarks::Bullet;
                match &before.kind {
                    BlockKind::List { .. } if are_bullets && !self.dialect.attributes => {
                        bullet = if bullet == '-' { '*' } else { '-' };
                    }
                    BlockKind::List { marks: before, .. } if lists::delimiter(before) == lists::delimiter(marks) => {
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
            BlockKind::Figure { blocks, caption } => self.figure(block, blocks, caption, tight),
            // Already a paragraph a stanza.
            BlockKind::Verse { .. } => {}
            BlockKind::Box { role, title, blocks } => self.boxed(block, *role, title, blocks, tight),
            BlockKind::Math { tex } => self.math(tex, tight),
            BlockKind::ThematicBreak => {
                let rule = match (is_first && self.item_depth > 0, tight) {
                    // Behind the mark of an item, marks of the same kind would be one rule with it.
                    (true, _) => "___",
                    (false, true) => "***",
                    (false, false) => self.rule,
                };
                self.line(rule, tight);
            }
            BlockKind::PageBreak => {
                let in_tex = self.dialect.is_pandoc() || !self.dialect.writes_html;
                let source = if in_tex { "\\newpage" } else { "<!-- pagebreak -->" };
                self.line(source, tight);
            }
            BlockKind::Raw { format, text } => self.raw(format, text, tight),
        }
    }

    pub(super) fn context(&mut self) -> InlineContext<'_> {
        InlineContext {
            dialect: self.dialect,
            diagnostics: self.diagnostics,
            picture_address: self.address,
            references: self.references.as_mut(),
        }
    }

    /// The addresses of links and pictures by their labels, a line each.
    fn definitions_of_links(&mut self) {
        let lines = self.references.take().map(References::lines).unwrap_or_default();
        if !lines.is_empty() {
            self.output.start_block(false);
            self.output.push_lines(lines.iter().map(String::as_str));
        }
    }

    pub(super) fn line(&mut self, source: &str, tight: bool) {
        self.output.start_block(tight);
        self.output.push(source);
    }

    /// Lines of source that need nothing but the prefix.
    pub(super) fn lines(&mut self, source: &str, tight: bool) {
        self.output.start_block(tight);
        self.output.push_lines(source.split('\n'));
    }

    fn heading(&mut self, block: &Block, level: Level, content: &[Inline], tight: bool) {
        let mut text = inlines::write_line(content, Place::Line, &mut self.context());
        let plain = text.trim_end_matches('#');
        if plain.len() < text.len() && !plain.ends_with('\\') {
            // Each of them: linters take a sign behind an escaped one for the end of the heading.
            let signs = text.len() - plain.len();
            text.replace_range(text.len() - signs.., &"\\#".repeat(signs));
        }
        let mut line = "#".repeat((usize::from(level.get()) + self.shift).min(6));
        if self.dialect.heading_attributes
            && text.ends_with('}')
            && let Some(at) = text.rfind('{')
            && !text[..at].ends_with([']', ')', '\\'])
        {
            text.insert(at, '\\');
        }
        if !text.is_empty() {
            line.push(' ');
            line.push_str(&text);
        }
        let attributes = self.heading_attributes(block);
        if attributes.is_empty() && line.ends_with('}') && !line.ends_with("\\}") && self.dialect.heading_attributes {
            // Else the attributes of a span would be taken for the heading's.
            line.push_str(" {}");
        }
        line.push_str(&attributes);
        let id = block.attributes.id.as_ref().filter(|id| self.written_ids.contains(*id) && self.targets.contains(*id));
        if let (Some(id), false) = (id, self.dialect.heading_attributes) {
            let tag = start_tag("a", &Attributes::of_id(id));
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
        let id = block.attributes.id.iter().filter(|id| self.written_ids.contains(*id) && is_plain(id));
        let classes = block.attributes.classes.iter().filter(|class| is_plain(class));
        let attributes =
            block.attributes.pairs.iter().filter(|(key, value)| is_plain(key) && (value.is_empty() || is_plain(value)));
        let parts: Vec<String> = id
            .map(|id| format!("#{id}"))
            .chain(classes.map(|class| format!(".{class}")))
            .chain(attributes.map(|(key, value)| if value.is_empty() { key.clone() } else { format!("{key}={value}") }))
            .collect();
        if parts.is_empty() { String::new() } else { format!(" {{{}}}", parts.join(" ")) }
    }

    pub(super) fn paragraph(&mut self, content: &[Inline], tight: bool) {
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

    pub(super) fn quote(&mut self, alert: Option<&str>, blocks: &[Block], attribution: &[Inline], tight: bool) {
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
}
