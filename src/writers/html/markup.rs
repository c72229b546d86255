//! Blocks as XHTML that is also HTML: what a web page and the chapters of an EPUB have in common.

use std::collections::{BTreeMap, BTreeSet};

use super::anchors::Anchors;
use super::escape::{attribute, escape};
use super::labels::Labels;
use super::math::Mathematics;
use super::notes::Notes;
use crate::diagnostics::{Diagnostics, Loss};
use crate::document::{
    Block, BlockKind, BoxRole, DefinitionItem, Document, Inline, Language, ListItem, ListMarks, MAX_DEPTH,
    NumberDelimiter, Numeral, ParagraphRole, ResourceId, plain_text,
};

/// What the markup is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Medium {
    /// A web page: HTML syntax, no `epub:` attributes.
    Page,
    /// A file of an EPUB: XML syntax, structural semantics.
    Book,
}

/// What lies around the markup being written.
#[derive(Clone, Copy, Debug)]
pub struct Surroundings<'a> {
    pub document: &'a Document,
    pub medium: Medium,
    pub labels: &'static Labels,
    pub anchors: &'a Anchors,
    /// Names of the files anchors lie in; links within a file need none.
    pub files: &'a [String],
    /// Addresses of the pictures that can be shown.
    pub pictures: &'a BTreeMap<&'a ResourceId, String>,
    /// Addresses of other results made together with this one.
    pub neighbours: &'a BTreeSet<String>,
    /// Runs of a few digits stand upright in the line.
    pub vertical: bool,
    /// Characters set in a face of the publication's own, in order of code point.
    pub rare: &'a [char],
}

/// Class and attribute of an empty span that marks where a page of the printed edition begins; the attribute has its label.
pub const PRINTED_PAGE: &str = "printed-page";

/// What was met while writing, for those who describe the result.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Findings {
    pub mathml: bool,
    pub pictures: bool,
    pub undescribed_pictures: bool,
    pub ruby: bool,
    pub tables: bool,
}

impl Findings {
    /// Add what was met elsewhere.
    pub fn merge(&mut self, other: Findings) {
        self.mathml |= other.mathml;
        self.pictures |= other.pictures;
        self.undescribed_pictures |= other.undescribed_pictures;
        self.ruby |= other.ruby;
        self.tables |= other.tables;
    }
}

/// Markup of one file while it grows.
pub struct Markup<'a> {
    pub(super) around: Surroundings<'a>,
    pub(super) out: String,
    pub(super) notes: Notes<'a>,
    pub(super) math: &'a Mathematics,
    pub(super) findings: Findings,
    pub(super) diagnostics: &'a mut Diagnostics,
    /// Number of this file in `around.files`.
    pub(super) file: usize,
    /// Rank of the heading written last; 0 before the first.
    pub(super) last_rank: u8,
    /// Whether a link is open: links do not nest.
    pub(super) in_link: bool,
    depth: usize,
}

impl<'a> Markup<'a> {
    pub fn new(
        around: Surroundings<'a>,
        file: usize,
        math: &'a Mathematics,
        diagnostics: &'a mut Diagnostics,
    ) -> Markup<'a> {
        Markup {
            around,
            out: String::new(),
            notes: Notes::default(),
            math,
            findings: Findings::default(),
            diagnostics,
            file,
            last_rank: 0,
            in_link: false,
            depth: 0,
        }
    }

    /// The markup, and what was met in it.
    pub fn finish(self) -> (String, Findings) {
        (self.out, self.findings)
    }

    pub fn raw(&mut self, markup: &str) {
        self.out.push_str(markup);
    }

    /// Note that a heading of this rank was written by other hands.
    pub fn heading_written(&mut self, rank: u8) {
        self.last_rank = rank;
    }

    /// A top-level block; `rank` is the rank its heading has in this file, 1 to 6.
    pub fn block(&mut self, block: &'a Block, rank: Option<u8>) {
        match (&block.kind, rank) {
            (BlockKind::Heading { content, .. }, Some(rank)) => self.heading(block, rank, content),
            _ => self.nested_block(block),
        }
    }

    /// Blocks within another; headings among them rank below the heading before.
    pub fn nested_blocks(&mut self, blocks: &'a [Block]) {
        let outer = self.last_rank;
        for block in blocks {
            self.nested_block(block);
        }
        self.last_rank = outer;
    }

    fn nested_block(&mut self, block: &'a Block) {
        self.depth += 1;
        // Readers keep to MAX_DEPTH; a document built by other means may not, and each level costs stack.
        if self.depth > 4 * MAX_DEPTH {
            self.diagnostics.warn(Loss::Dropped, "too-deep", None, "blocks nested too deeply are left out");
        } else {
            self.write_block(block);
        }
        self.depth -= 1;
    }

    fn write_block(&mut self, block: &'a Block) {
        match &block.kind {
            BlockKind::Heading { content, .. } => {
                let outer = self.last_rank;
                self.heading(block, (outer + 1).clamp(2, 6), content);
                self.last_rank = outer;
            }
            BlockKind::Paragraph { role, content } => self.paragraph(block, *role, content),
            BlockKind::Quote { blocks, attribution } => self.quote(block, blocks, attribution),
            BlockKind::List { marks, tight, items } => self.list(block, *marks, *tight, items),
            BlockKind::Definitions { items } => self.definitions(block, items),
            BlockKind::Table(table) => self.table(block, table),
            BlockKind::Code { language, text } => self.code(block, language.as_deref(), text),
            BlockKind::Figure { blocks, caption } => self.figure(block, blocks, caption),
            BlockKind::Verse { lines } => self.verse(block, lines),
            BlockKind::Box { role, title, blocks } => self.set_apart(block, *role, title, blocks),
            BlockKind::Math { tex } => {
                self.open("div", block, "math");
                self.mathematics(tex, true);
                self.out.push_str("</div>\n");
            }
            BlockKind::ThematicBreak => {
                self.open_empty("hr", block, "");
            }
            BlockKind::PageBreak => {
                self.open("div", block, "page-break");
                self.out.push_str("</div>\n");
            }
            BlockKind::Raw { format, text } => self.raw_block(block, format, text),
        }
    }

    fn heading(&mut self, block: &'a Block, rank: u8, content: &'a [Inline]) {
        self.last_rank = rank;
        let tag = ["h1", "h2", "h3", "h4", "h5", "h6"][usize::from(rank.clamp(1, 6)) - 1];
        self.open(tag, block, "");
        let start = self.out.len();
        self.inlines(content);
        if self.out.len() == start {
            // A heading without words is no landing place for those who hear the page.
            self.out.push_str(self.around.labels.untitled);
        }
        self.close(tag);
    }

    fn paragraph(&mut self, block: &'a Block, role: ParagraphRole, content: &'a [Inline]) {
        let only_pictures = content.iter().any(|inline| matches!(inline, Inline::Image(_)))
            && content.iter().all(|inline| match inline {
                Inline::Image(_) | Inline::LineBreak => true,
                Inline::Text(text) => text.trim().is_empty(),
                _ => false,
            });
        let class = match role {
            ParagraphRole::Body if only_pictures => "picture",
            ParagraphRole::Body => "",
            ParagraphRole::Continuation => "continuation",
            ParagraphRole::Centered => "centered",
            ParagraphRole::Closing => "closing",
            ParagraphRole::Salutation => "salutation",
            ParagraphRole::Turn => "turn",
        };
        self.open("p", block, class);
        self.inlines(content);
        self.close("p");
    }

    fn quote(&mut self, block: &'a Block, blocks: &'a [Block], attribution: &'a [Inline]) {
        self.open("blockquote", block, "");
        self.out.push('\n');
        self.nested_blocks(blocks);
        if !attribution.is_empty() {
            self.out.push_str("<p class=\"attribution\">");
            self.inlines(attribution);
            self.out.push_str("</p>\n");
        }
        self.close("blockquote");
    }

    fn list(&mut self, block: &'a Block, marks: ListMarks, tight: bool, items: &'a [ListItem]) {
        if items.is_empty() {
            return;
        }
        let mut class = if tight { "tight".to_owned() } else { String::new() };
        let tag = match marks {
            ListMarks::Bullet => "ul",
            ListMarks::Ordered { numeral, delimiter, .. } => {
                class.push(' ');
                class.push_str(list_style(numeral, delimiter));
                "ol"
            }
        };
        self.start(tag, block, class.trim());
        if let ListMarks::Ordered { start, numeral, .. } = marks {
            let kind = match numeral {
                Numeral::LowerAlpha => "a",
                Numeral::UpperAlpha => "A",
                Numeral::LowerRoman => "i",
                Numeral::UpperRoman => "I",
                Numeral::Decimal | Numeral::Chinese | Numeral::Circled => "",
            };
            if !kind.is_empty() {
                attribute("type", kind, &mut self.out);
            }
            if start != 1 {
                attribute("start", &start.to_string(), &mut self.out);
            }
        }
        self.out.push_str(">\n");
        for item in items {
            self.item(tight, item);
        }
        self.close(tag);
    }

    fn item(&mut self, tight: bool, item: &'a ListItem) {
        self.out.push_str(if item.done.is_some() { "<li class=\"task\">" } else { "<li>" });
        if let Some(done) = item.done {
            let (mark, label) = if done { ("☑", self.around.labels.done) } else { ("☐", self.around.labels.to_do) };
            self.out.push_str("<span class=\"task\" role=\"img\"");
            attribute("aria-label", label, &mut self.out);
            self.out.push('>');
            self.out.push_str(mark);
            self.out.push_str("</span> ");
        }
        match item.blocks.as_slice() {
            // The words of a tight item stand in it directly, as authors of such lists expect.
            [Block { kind: BlockKind::Paragraph { content, .. }, attributes, .. }, rest @ ..]
                if tight && attributes.id.is_none() && attributes.language.is_none() =>
            {
                self.inlines(content);
                if !rest.is_empty() {
                    self.out.push('\n');
                    self.nested_blocks(rest);
                }
            }
            blocks => self.nested_blocks(blocks),
        }
        self.out.push_str("</li>\n");
    }

    fn definitions(&mut self, block: &'a Block, items: &'a [DefinitionItem]) {
        if items.is_empty() {
            return;
        }
        self.open("dl", block, "");
        self.out.push('\n');
        for item in items {
            // HTML wants a term before each meaning and a meaning after each term.
            if item.terms.is_empty() {
                self.out.push_str("<dt></dt>\n");
            }
            for term in &item.terms {
                self.out.push_str("<dt>");
                self.inlines(term);
                self.out.push_str("</dt>\n");
            }
            if item.definitions.is_empty() {
                self.out.push_str("<dd></dd>\n");
            }
            for definition in &item.definitions {
                self.out.push_str("<dd>");
                self.nested_blocks(definition);
                self.out.push_str("</dd>\n");
            }
        }
        self.close("dl");
    }

    fn code(&mut self, block: &'a Block, language: Option<&str>, text: &str) {
        self.start("pre", block, "");
        if self.around.medium == Medium::Page {
            // What scrolls must be reachable by keyboard.
            self.out.push_str(" tabindex=\"0\" role=\"group\"");
            attribute("aria-label", self.around.labels.code, &mut self.out);
        }
        self.out.push_str("><code");
        let name: String = language.unwrap_or_default().chars().filter(|c| !c.is_whitespace()).take(40).collect();
        if !name.is_empty() {
            attribute("class", &format!("language-{name}"), &mut self.out);
        }
        self.out.push('>');
        // HTML drops a line break right after <pre>; the <code> between keeps it.
        escape(text, &mut self.out);
        self.out.push_str("</code></pre>\n");
    }

    fn figure(&mut self, block: &'a Block, blocks: &'a [Block], caption: &'a [Inline]) {
        self.open("figure", block, "");
        self.out.push('\n');
        self.nested_blocks(blocks);
        if !caption.is_empty() {
            self.out.push_str("<figcaption>");
            self.inlines(caption);
            self.out.push_str("</figcaption>\n");
        }
        self.close("figure");
    }

    fn verse(&mut self, block: &'a Block, lines: &'a [Vec<Inline>]) {
        self.open("div", block, "verse");
        self.out.push('\n');
        for stanza in lines.split(|line| line.is_empty()).filter(|stanza| !stanza.is_empty()) {
            self.out.push_str("<p class=\"stanza\">");
            for (index, line) in stanza.iter().enumerate() {
                if index > 0 {
                    self.out.push_str("<br/>\n");
                }
                self.out.push_str("<span class=\"line\">");
                self.inlines(line);
                self.out.push_str("</span>");
            }
            self.out.push_str("</p>\n");
        }
        self.close("div");
    }

    fn set_apart(&mut self, block: &'a Block, role: BoxRole, title: &'a [Inline], blocks: &'a [Block]) {
        let is_details = role == BoxRole::Details && self.around.medium == Medium::Page;
        let (tag, class, meaning) = match role {
            BoxRole::Aside => ("aside", "box", "role=\"note\""),
            BoxRole::Abstract => ("section", "box abstract", "epub:type=\"abstract\" role=\"doc-abstract\""),
            BoxRole::EditorNote => ("aside", "box editor-note", "role=\"note\""),
            BoxRole::Note => ("aside", "box alert note", "role=\"note\""),
            BoxRole::Tip => ("aside", "box alert tip", "epub:type=\"tip\" role=\"doc-tip\""),
            BoxRole::Important => ("aside", "box alert important", "role=\"note\""),
            BoxRole::Warning => ("aside", "box alert warning", "role=\"note\""),
            BoxRole::Caution => ("aside", "box alert caution", "role=\"note\""),
            BoxRole::Details if is_details => ("details", "box details", "open=\"open\""),
            BoxRole::Details => ("div", "box details", ""),
            BoxRole::Epigraph => ("div", "epigraph", "epub:type=\"epigraph\" role=\"doc-epigraph\""),
            BoxRole::Dedication => ("div", "dedication", "epub:type=\"dedication\" role=\"doc-dedication\""),
            BoxRole::Division => ("div", "", ""),
        };
        self.start(tag, block, class);
        for part in meaning.split(' ').filter(|part| !part.is_empty()) {
            if self.around.medium == Medium::Book || !part.starts_with("epub:") {
                self.out.push(' ');
                self.out.push_str(part);
            }
        }
        let own = (title.is_empty()).then(|| self.around.labels.of_box(role)).flatten();
        if let Some(label) = own {
            attribute("aria-label", label, &mut self.out);
        } else if !title.is_empty() && tag != "div" && !is_details {
            attribute("aria-label", &plain_text(title), &mut self.out);
        }
        self.out.push_str(">\n");
        let (open, close) = if is_details { ("<summary>", "</summary>") } else { ("<p class=\"box-title\">", "</p>") };
        if !title.is_empty() {
            self.out.push_str(open);
            self.inlines(title);
            self.out.push_str(close);
        } else if let Some(label) = own {
            self.out.push_str(open);
            escape(label, &mut self.out);
            self.out.push_str(close);
        }
        self.nested_blocks(blocks);
        self.close(tag);
    }

    /// Another format's source: only its words can be kept.
    fn raw_block(&mut self, block: &'a Block, format: &str, text: &str) {
        let words = super::inlines::words_of_raw(format, text);
        if !words.trim().is_empty() {
            self.open("p", block, "");
            escape(words.trim(), &mut self.out);
            self.close("p");
        }
        self.report_raw(format, &words);
    }

    /// `<tag` with the attributes every block can have, left open for more.
    pub(super) fn start(&mut self, tag: &str, block: &Block, class: &str) {
        self.out.push('<');
        self.out.push_str(tag);
        if let Some(id) = &block.attributes.id {
            self.id(id);
        }
        if let Some(language) = &block.attributes.language {
            self.language(language);
        }
        if !class.is_empty() {
            attribute("class", class, &mut self.out);
        }
    }

    pub(super) fn open(&mut self, tag: &str, block: &Block, class: &str) {
        self.start(tag, block, class);
        self.out.push('>');
    }

    fn open_empty(&mut self, tag: &str, block: &Block, class: &str) {
        self.start(tag, block, class);
        self.out.push_str("/>\n");
    }

    pub(super) fn close(&mut self, tag: &str) {
        self.out.push_str("</");
        self.out.push_str(tag);
        self.out.push_str(">\n");
    }

    /// The id of an anchor, where this file is its home: a note shown in two files has its anchors in the first.
    pub(super) fn id(&mut self, anchor: &str) {
        if let Some(place) = self.around.anchors.place(anchor)
            && place.file == self.file
        {
            attribute("id", &place.id, &mut self.out);
        }
    }

    pub(super) fn language(&mut self, language: &Language) {
        if let Some(tag) = language_tag(language) {
            attribute("lang", &tag, &mut self.out);
            if self.around.medium == Medium::Book {
                attribute("xml:lang", &tag, &mut self.out);
            }
            if language.is_right_to_left() {
                attribute("dir", "rtl", &mut self.out);
            }
        }
    }
}

/// The tag in the form BCP 47 §2.1 asks for, if it can have it.
pub fn language_tag(language: &Language) -> Option<String> {
    let tag = language.as_str().trim().replace('_', "-");
    let mut subtags = tag.split('-');
    let first = subtags.next().unwrap_or_default();
    let sound = (2..=3).contains(&first.len()) && first.bytes().all(|byte| byte.is_ascii_alphabetic());
    let rest = subtags.all(|part| (1..=8).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_alphanumeric()));
    let ends_well = tag.rsplit('-').next().is_none_or(|last| last.len() >= 2);
    (sound && rest && ends_well).then_some(tag)
}

/// The class the stylesheet has a counter style for.
fn list_style(numeral: Numeral, delimiter: NumberDelimiter) -> &'static str {
    use {NumberDelimiter as D, Numeral as N};
    match (numeral, delimiter) {
        (N::Circled, _) => "circled",
        (N::Chinese, D::Parentheses | D::Parenthesis) => "chinese-parentheses",
        (N::Chinese, _) => "chinese",
        (N::Decimal, D::Parenthesis) => "decimal-parenthesis",
        (N::Decimal, D::Parentheses) => "decimal-parentheses",
        (N::Decimal, D::Comma) => "decimal-comma",
        (N::Decimal, D::Period | D::None) => "",
        (N::LowerAlpha, D::Parenthesis | D::Parentheses) => "lower-alpha-parentheses",
        (N::UpperAlpha, D::Parenthesis | D::Parentheses) => "upper-alpha-parentheses",
        (N::LowerRoman, D::Parenthesis | D::Parentheses) => "lower-roman-parentheses",
        (N::UpperRoman, D::Parenthesis | D::Parentheses) => "upper-roman-parentheses",
        (N::LowerAlpha | N::UpperAlpha | N::LowerRoman | N::UpperRoman, D::Period | D::Comma | D::None) => "",
    }
}
