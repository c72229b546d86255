//! The parser's inline events as inlines, with raw HTML tags that have a meaning as nodes.

use pulldown_cmark::{CowStr, Event, LinkType, Tag, TagEnd};

use super::emphasis::Marked;
use super::raw_inline::{self, HtmlTag};
use super::soft_breaks::{self, SOFT_BREAK};
use super::spans;
use crate::addresses::{AddressMarks, link_addresses};
use crate::document::{Image, Inline, Link, plain_text};
use crate::options::MarkdownFlavour;

/// Inlines nested deeper than this are flattened.
const MAX_INLINE_DEPTH: usize = 24;

/// Format of a raw node that is a displayed formula among inlines; it parts its paragraph.
pub const DISPLAY_MATH: &str = "\0display-math";

/// Builds lists of inlines from events, one after the other.
pub struct Inlines<'m> {
    marked: &'m Marked<'m>,
    /// The nodes that are open, outermost first.
    open: Vec<Open>,
    /// Content of the list and of the nodes open in it. It keeps its room from list to list, so that each list and node
    /// gets just the memory it needs.
    content: Vec<Inline>,
    has_soft_breaks: bool,
    /// A text stands where there may be an address, or is not as the source has it.
    may_hold_address: bool,
    addresses: AddressMarks,
    keeps_display_math: bool,
    /// Whether there are braces behind brackets anywhere.
    reads_attributes: bool,
    flavour: MarkdownFlavour,
    /// The formula that was just taken, as written.
    formula: Option<String>,
    /// Some nesting was too deep to keep.
    pub flattened: bool,
}

/// A node whose end has not come yet.
struct Open {
    node: Node,
    /// Where its content begins in [`Inlines::content`].
    start: usize,
}

enum Node {
    Emphasis,
    Strong,
    Strike,
    Superscript,
    Subscript,
    Link {
        target: String,
        title: Option<String>,
    },
    Image {
        source: String,
        title: Option<String>,
    },
    /// A node nested too deep: its content goes to what is around it.
    Flattened,
    Html(HtmlTag),
}

impl<'m> Inlines<'m> {
    pub fn new(marked: &'m Marked<'m>, flavour: MarkdownFlavour) -> Inlines<'m> {
        let is_extended = matches!(flavour, MarkdownFlavour::Banxin | MarkdownFlavour::Pandoc);
        let reads_attributes = is_extended && marked.has_attributes;
        Inlines {
            marked,
            open: Vec::new(),
            content: Vec::new(),
            has_soft_breaks: false,
            may_hold_address: false,
            addresses: AddressMarks::of(if flavour == MarkdownFlavour::CommonMark { "" } else { &marked.text }),
            keeps_display_math: false,
            reads_attributes,
            flavour,
            formula: None,
            flattened: false,
        }
    }

    /// Begin a list. `keeps_display_math`: whether displayed formulas stay apart, as [`DISPLAY_MATH`].
    pub fn begin(&mut self, keeps_display_math: bool) {
        self.keeps_display_math = keeps_display_math;
        self.has_soft_breaks = false;
        self.may_hold_address = false;
    }

    /// Whether every Markdown node that was opened is closed: the next end belongs to the block.
    pub fn is_complete(&self) -> bool {
        self.open.iter().all(|open| matches!(open.node, Node::Html(_)))
    }

    /// Whether an event belongs to this list: it is inline, or ends a node that is open.
    pub fn owns(&self, event: &Event<'_>) -> bool {
        is_inline(event) || matches!(event, Event::End(_)) && !self.is_complete()
    }

    /// Take one event that [`Inlines::owns`] accepts, with its place in the marked text.
    pub fn take(&mut self, event: Event<'_>, at: usize) {
        let formula = self.formula.take();
        match event {
            Event::Text(text)
                if self.reads_attributes
                    && text.starts_with(['[', ']', '{'])
                    && is_escaped(&self.marked.text.as_bytes()[..at]) =>
            {
                self.push_character(spans::ESCAPED);
                self.push_text(&text);
            }
            Event::Text(text) if is_money(formula.as_deref(), &text) => {
                self.content.pop();
                self.push_text(&format!("${}$", formula.unwrap_or_default()));
                self.push_text(&text);
            }
            // What stands in the source as it is ends before its line does.
            Event::Text(CowStr::Borrowed(text)) => {
                self.may_hold_address |= self.addresses.may_stand_in(at..at + text.len());
                self.push_line(text);
            }
            Event::Text(text) => self.push_text(&text),
            Event::InlineMath(tex) if holds_a_sentence(&tex) => self.push_text(&format!("${tex}$")),
            Event::Code(text) => {
                let text = self.marked.unmarked(&text).into_owned();
                self.push(Inline::Code(text));
            }
            Event::DisplayMath(tex) if self.keeps_display_math && self.open.is_empty() => {
                let text = self.marked.unmarked(&tex).trim().to_owned();
                self.push(Inline::raw(DISPLAY_MATH, text));
            }
            Event::InlineMath(tex) | Event::DisplayMath(tex) => {
                self.formula = Some(tex.to_string());
                let tex = self.marked.unmarked(&tex).trim().replace('\n', " ");
                self.push(Inline::Math(tex));
            }
            Event::InlineHtml(text) | Event::Html(text) => {
                let text = self.marked.unmarked(&text).into_owned();
                self.take_html(text);
            }
            Event::FootnoteReference(label) => {
                let label = self.marked.unmarked(&label).into_owned();
                self.push(Inline::NoteReference(label));
            }
            Event::SoftBreak => {
                self.has_soft_breaks = true;
                self.push_character(SOFT_BREAK);
            }
            Event::HardBreak => self.push(Inline::LineBreak),
            Event::Start(tag) => self.open(tag),
            Event::End(end) => self.close(end),
            Event::Rule | Event::TaskListMarker(_) => {}
        }
    }

    /// The finished list.
    pub fn finish(&mut self) -> Vec<Inline> {
        while !self.open.is_empty() {
            self.flatten_top();
        }
        // The list gets just the room it needs, and ours is kept.
        let mut content = Vec::with_capacity(self.content.len());
        content.append(&mut self.content);
        if self.has_soft_breaks {
            soft_breaks::join(&mut content);
        }
        if self.reads_attributes {
            spans::find(&mut content);
        }
        if self.may_hold_address && self.flavour != MarkdownFlavour::CommonMark {
            link_addresses(&mut content, self.flavour != MarkdownFlavour::Gfm);
        }
        content
    }

    fn push(&mut self, inline: Inline) {
        self.content.push(inline);
    }

    /// The text that stands last within the innermost node that is open.
    fn last_text(&mut self) -> Option<&mut String> {
        let start = self.open.last().map_or(0, |open| open.start);
        match self.content[start..].last_mut() {
            Some(Inline::Text(text)) => Some(text),
            _ => None,
        }
    }

    /// Add text in which a line break, written as a character reference, is white space like any other.
    fn push_text(&mut self, text: &str) {
        self.may_hold_address = true;
        if memchr::memchr2(b'\n', b'\r', text.as_bytes()).is_some() {
            return self.push_line(&text.replace(['\n', '\r'], " "));
        }
        self.push_line(text);
    }

    /// Add text without line breaks.
    fn push_line(&mut self, text: &str) {
        let text = self.marked.unmarked(text);
        match self.last_text() {
            Some(before) => before.push_str(&text),
            None => self.push(Inline::Text(text.into_owned())),
        }
    }

    fn push_character(&mut self, character: char) {
        match self.last_text() {
            Some(before) => before.push(character),
            None => self.push(Inline::Text(character.into())),
        }
    }

    /// Close the innermost node: what it is, and its content.
    fn pop(&mut self) -> Option<(Node, Vec<Inline>)> {
        let Open { node, start } = self.open.pop()?;
        Some((node, self.content.split_off(start)))
    }

    fn append(&mut self, inlines: Vec<Inline>) {
        for inline in inlines {
            match (self.last_text(), inline) {
                (Some(before), Inline::Text(text)) => before.push_str(&text),
                (_, inline) => self.push(inline),
            }
        }
    }

    fn open(&mut self, tag: Tag<'_>) {
        let title = |title: &str| (!title.is_empty()).then(|| self.marked.unmarked(title).into_owned());
        let node = match tag {
            Tag::Emphasis => Node::Emphasis,
            Tag::Strong => Node::Strong,
            Tag::Strikethrough => Node::Strike,
            Tag::Superscript => Node::Superscript,
            Tag::Subscript => Node::Subscript,
            Tag::Link { link_type, dest_url, title: words, .. } => {
                let address = self.marked.unmarked(&dest_url);
                let target = if link_type == LinkType::Email { format!("mailto:{address}") } else { address.into() };
                Node::Link { target, title: title(&words) }
            }
            Tag::Image { dest_url, title: words, .. } => {
                Node::Image { source: self.marked.unmarked(&dest_url).into_owned(), title: title(&words) }
            }
            _ => Node::Flattened,
        };
        let too_deep = self.open.len() >= MAX_INLINE_DEPTH;
        self.flattened |= too_deep;
        let node = if too_deep { Node::Flattened } else { node };
        self.open.push(Open { node, start: self.content.len() });
    }

    fn close(&mut self, _: TagEnd) {
        while matches!(self.open.last(), Some(Open { node: Node::Html(_), .. })) {
            self.flatten_top();
        }
        let Some((node, content)) = self.pop() else { return };
        let inline = match node {
            Node::Emphasis => Inline::Emphasis(content),
            Node::Strong => Inline::Strong(content),
            Node::Strike => Inline::Strike(content),
            Node::Superscript => Inline::Superscript(content),
            Node::Subscript => Inline::Subscript(content),
            Node::Link { target, title } => Inline::from(Link { target, title, content }),
            Node::Image { source, title } => {
                let alternative = plain_text(&content).replace(['\n', '\r'], " ").replace(spans::ESCAPED, "");
                Inline::from(Image { source, title, alternative, ..Image::default() })
            }
            Node::Flattened | Node::Html(_) => return self.append(content),
        };
        self.push(inline);
    }

    /// Leave an HTML tag without its end, or a node nested too deep, as it was written.
    fn flatten_top(&mut self) {
        let Some((node, content)) = self.pop() else { return };
        if let Node::Html(tag) = node {
            self.push(Inline::raw("html", tag.source));
        }
        self.append(content);
    }

    fn take_html(&mut self, text: String) {
        // It stands there only to part what would be read as one.
        if text == "<!-- -->" && self.flavour != MarkdownFlavour::CommonMark {
            return;
        }
        let Some(tag) = raw_inline::meaningful(&text, self.flavour) else {
            return self.push(Inline::raw("html", text));
        };
        if let Some(inline) = raw_inline::empty_element(&tag) {
            self.push(inline);
        } else if tag.is_end {
            self.close_html(tag);
        } else if self.open.len() >= MAX_INLINE_DEPTH {
            self.push(Inline::raw("html", text));
        } else {
            self.open.push(Open { node: Node::Html(tag), start: self.content.len() });
        }
    }

    /// Close the nearest tag of that name that is open within the same Markdown node.
    fn close_html(&mut self, end: HtmlTag) {
        let mut open_here = self.open.iter().rev().map_while(|open| match &open.node {
            Node::Html(tag) => Some(&tag.name),
            _ => None,
        });
        let Some(above) = open_here.position(|name| *name == end.name) else {
            return self.push(Inline::raw("html", end.source));
        };
        for _ in 0..above {
            self.flatten_top();
        }
        let Some((Node::Html(start), content)) = self.pop() else { return };
        match raw_inline::element(&start, content) {
            Ok(inline) => self.push(inline),
            Err(content) => {
                self.push(Inline::raw("html", start.source));
                self.append(content);
                self.push(Inline::raw("html", end.source));
            }
        }
    }
}

/// Whether an event belongs to a line of text, not to the blocks.
pub fn is_inline(event: &Event<'_>) -> bool {
    match event {
        Event::Start(tag) => matches!(
            tag,
            Tag::Emphasis
                | Tag::Strong
                | Tag::Strikethrough
                | Tag::Superscript
                | Tag::Subscript
                | Tag::Link { .. }
                | Tag::Image { .. }
        ),
        Event::End(_) | Event::Rule => false,
        Event::TaskListMarker(_)
        | Event::Text(_)
        | Event::Code(_)
        | Event::InlineMath(_)
        | Event::DisplayMath(_)
        | Event::Html(_)
        | Event::InlineHtml(_)
        | Event::FootnoteReference(_)
        | Event::SoftBreak
        | Event::HardBreak => true,
    }
}

/// Whether what follows a text is escaped by a backslash at its end.
fn is_escaped(before: &[u8]) -> bool {
    before.iter().rev().take_while(|byte| **byte == b'\\').count() % 2 == 1
}

/// Whether a formula and the text behind it are amounts of money: `$5 or US$` before `40`.
fn is_money(formula: Option<&str>, behind: &str) -> bool {
    let Some(tex) = formula.filter(|_| behind.starts_with(|one: char| one.is_ascii_digit())) else { return false };
    let amount = tex.trim_start_matches(|one: char| one.is_ascii_digit() || one == ',' || one == '.');
    let begins_with_amount = tex.starts_with(|one: char| one.is_ascii_digit());
    // Behind an amount comes a space, a dash, a word in Han; not a name of algebra, nor the end right before the sign.
    let goes_on = amount.starts_with(|one: char| !one.is_ascii_alphanumeric());
    begins_with_amount && goes_on && !tex.contains(['\\', '^', '_', '=', '+', '*', '/', '<', '>', '{', '}'])
}

/// Whether what stands between two dollar signs goes on over Chinese marks, outside of `\text{…}`: two amounts of money,
/// and what is said between them.
fn holds_a_sentence(tex: &str) -> bool {
    !tex.contains('\\') && tex.contains(['，', '。', '、', '；', '：', '（', '）', '「', '」', '“', '”'])
}
