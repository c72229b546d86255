//! The state of turning one tree into blocks: what is left out, what languages hold, where links lead.

use std::collections::{BTreeMap, BTreeSet};

use super::address;
use super::notes::Notes;
use super::sheets::Styles;
use super::style;
use super::styled;
use super::tree::{NodeId, Tree};
use crate::diagnostics::{Diagnostics, Loss, Place};
use crate::document::{Block, BlockKind, Inline, Level, NoteId, Origin};

/// Which anchors stay in the document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Anchors {
    /// Those that something in the page points to.
    Used,
    /// All: other chapters may point to them.
    All,
}

pub(super) struct Converter<'a> {
    pub tree: &'a Tree,
    pub notes: Notes,
    pub styles: Styles,
    /// Notes that stand where they are called (`float: footnote`).
    pub inline_notes: BTreeMap<NoteId, Vec<Block>>,
    /// Within one of them.
    pub within_note: bool,
    /// Elements whose styles hide them; see `heed_display`.
    pub undisplayed: BTreeSet<NodeId>,
    /// Some paragraphs have a first-line indent of their own.
    pub indents_paragraphs: bool,
    /// Page breaks and `display: none` of the sheets hold.
    pub heeds_display: bool,
    pub diagnostics: &'a mut Diagnostics,
    /// Blocks nested round the one being read.
    pub depth: usize,
    /// Marks nested within the paragraph being read.
    pub inline_depth: usize,
    /// Something was nested deeper than the model goes.
    pub flattened: bool,
    left_out: BTreeSet<NodeId>,
    /// Whether a node has block-level elements below it, by its index.
    holds_blocks: Vec<bool>,
    targets: BTreeSet<String>,
    anchors: Anchors,
    base: Option<String>,
    line_starts: Vec<usize>,
}

impl<'a> Converter<'a> {
    /// Ready to convert what is below `top`. `base` is the address that relative links start from, `markup` the decoded
    /// source.
    pub fn new(
        tree: &'a Tree,
        top: NodeId,
        markup: &str,
        base: Option<String>,
        anchors: Anchors,
        styles: Styles,
        diagnostics: &'a mut Diagnostics,
    ) -> Converter<'a> {
        let line_starts = std::iter::once(0)
            .chain(markup.bytes().enumerate().filter(|(_, byte)| *byte == b'\n').map(|(at, _)| at + 1))
            .chain(std::iter::once(markup.len()))
            .collect();
        let addresses = tree.subtree(top).filter_map(|id| tree.attribute(id, "href"));
        let fragments =
            addresses.filter_map(|address| address.split_once('#')).map(|(_, fragment)| fragment.to_owned());
        if styles.bounded {
            let message = "style sheets too large to match were not heeded in full";
            diagnostics.warn(Loss::Repaired, "style-sheet-bounded", None, message);
        }
        let indents_paragraphs = styled::indents_paragraphs(tree, &styles);
        Converter {
            tree,
            notes: Notes::find(tree, top),
            styles,
            inline_notes: BTreeMap::new(),
            within_note: false,
            undisplayed: BTreeSet::new(),
            indents_paragraphs,
            heeds_display: false,
            diagnostics,
            depth: 0,
            inline_depth: 0,
            flattened: false,
            left_out: BTreeSet::new(),
            holds_blocks: holds_blocks(tree),
            targets: fragments.collect(),
            anchors,
            base,
            line_starts,
        }
    }

    /// Do not convert these elements.
    pub fn leave_out(&mut self, ids: impl IntoIterator<Item = NodeId>) {
        self.left_out.extend(ids);
    }

    pub fn is_left_out(&self, id: NodeId) -> bool {
        self.left_out.contains(&id) || self.notes.is_body(id) || self.notes.is_back_link(id)
    }

    pub fn holds_blocks(&self, id: NodeId) -> bool {
        self.holds_blocks[id.index()]
    }

    pub fn is_hidden(&self, id: NodeId) -> bool {
        is_hidden(self.tree, id) || self.is_undisplayed(id)
    }

    /// The anchor of an element, if it is to stay.
    pub fn anchor(&self, id: NodeId) -> Option<String> {
        let own = self.tree.attribute(id, "id");
        let named = || self.tree.attribute(id, "name").filter(|_| self.tree.name(id) == "a");
        let name = own.or_else(named).filter(|name| !name.is_empty() && !name.contains(char::is_whitespace))?;
        let is_used = self.anchors == Anchors::All || self.targets.contains(name);
        is_used.then(|| name.to_owned())
    }

    /// The language an element itself declares.
    pub fn own_language(&self, id: NodeId) -> Option<String> {
        language_attribute(self.tree, id).filter(|language| {
            let around = self.tree.parent(id).map(|parent| self.language_of(parent)).unwrap_or_default();
            *language != around
        })
    }

    /// The language that holds at an element; empty when nothing says.
    pub fn language_of(&self, id: NodeId) -> String {
        let mut around = std::iter::once(id).chain(self.tree.ancestors(id));
        around.find_map(|one| language_attribute(self.tree, one)).unwrap_or_default()
    }

    /// Where a link leads: an anchor of this page, or an absolute address where the page's own is known.
    pub fn link_target(&self, written: &str) -> Option<String> {
        let written = written.trim();
        let scheme = written.split(':').next().unwrap_or_default().to_ascii_lowercase();
        if written.is_empty() || matches!(scheme.as_str(), "javascript" | "data" | "vbscript" | "about") {
            return None;
        }
        if let Some(fragment) = written.strip_prefix('#') {
            return (!fragment.is_empty() && fragment != "!").then(|| written.to_owned());
        }
        let Some(base) = &self.base else {
            return Some(if written.starts_with("//") { format!("https:{written}") } else { written.to_owned() });
        };
        let resolved = address::resolve(base, written);
        if let Some((page, fragment)) = resolved.split_once('#')
            && page == base.split('#').next().unwrap_or_default()
            && self.targets.contains(fragment)
        {
            return Some(format!("#{fragment}"));
        }
        Some(resolved)
    }

    /// Where an element stood.
    pub fn origin(&self, first: NodeId, last: NodeId) -> Origin {
        let (line, end) = (self.tree.line(first), self.tree.line(last).max(self.tree.line(first)));
        let at = |line: u32| {
            let index = (line as usize).min(self.line_starts.len() - 1);
            self.line_starts[index]
        };
        Origin::new(line, at(line - 1)..at(end))
    }

    /// Origin of an element with all below it.
    pub fn origin_of(&self, id: NodeId) -> Origin {
        let mut last = id;
        while let Some(child) = self.tree.last_child(last) {
            last = child;
        }
        self.origin(id, last)
    }

    /// The notes by name, their elements converted.
    pub fn note_blocks(&mut self) -> BTreeMap<NoteId, Vec<Block>> {
        let bodies: Vec<(NodeId, NoteId)> = self.notes.bodies().map(|(id, name)| (id, name.clone())).collect();
        let mut notes = BTreeMap::new();
        for (id, name) in bodies {
            let mut blocks = self.blocks_below(id);
            take_label(&mut blocks);
            notes.insert(name, blocks);
        }
        notes.append(&mut self.inline_notes);
        notes
    }

    pub fn drop_with_warning(&mut self, code: &str, id: NodeId, message: String) {
        let place = Place { line: self.tree.line(id), column: 0 };
        self.diagnostics.warn(Loss::Dropped, code, Some(place), message);
    }

    pub fn note_repair(&mut self, code: &str, message: String) {
        self.diagnostics.note(Loss::Repaired, code, None, message);
    }
}

/// Whether an element is not shown to a reader who looks at the page.
pub fn is_hidden(tree: &Tree, id: NodeId) -> bool {
    let name = tree.name(id);
    if matches!(
        name,
        "script"
            | "style"
            | "template"
            | "noscript"
            | "head"
            | "title"
            | "meta"
            | "link"
            | "input"
            | "select"
            | "option"
            | "optgroup"
            | "datalist"
            | "button"
            | "textarea"
            | "progress"
            | "meter"
            | "iframe"
            | "frame"
            | "frameset"
            | "noframes"
            | "noembed"
            | "param"
            | "track"
            | "area"
            | "map"
            | "rp"
            | "rt"
            | "rtc"
            | "dialog"
    ) {
        return name != "dialog" || tree.attribute(id, "open").is_none();
    }
    // React streams parts of a page in hidden elements named `S:0`, `S:1` … that its script then shows.
    let is_streamed = || tree.attribute(id, "id").is_some_and(|id| id.starts_with("S:"));
    if tree.attribute(id, "hidden").is_some_and(|value| value != "false" && !is_streamed())
        || tree.attribute(id, "style").is_some_and(style::hides)
    {
        return true;
    }
    if tree.attribute(id, "aria-hidden") == Some("true") && matches!(name, "a" | "i" | "svg" | "span") {
        return true;
    }
    let Some(class) = tree.attribute(id, "class") else { return false };
    let is_permalink = || {
        name == "a" && matches!(tree.text_content(id).trim(), "" | "¶" | "#" | "§" | "🔗" | "∞" | "Link" | "permalink")
    };
    class.split_ascii_whitespace().any(|one| match one {
        "sr-only" | "visually-hidden" | "screen-reader-text" | "screen-reader-only" | "mw-editsection" | "linenos"
        | "lineno" | "line-numbers-rows" | "gutter" | "hljs-ln-numbers" | "MathJax" | "MathJax_Preview"
        | "MathJax_Display" | "MathJax_SVG" | "MathJax_CHTML" => true,
        "headerlink" | "anchor" | "anchor-link" | "heading-anchor" | "header-anchor" | "hash-link" | "permalink"
        | "anchorjs-link" => is_permalink(),
        _ => false,
    })
}

fn language_attribute(tree: &Tree, id: NodeId) -> Option<String> {
    let declared = tree.attribute(id, "lang").or_else(|| tree.attribute(id, "xml:lang"))?.trim();
    let is_tag = !declared.is_empty()
        && declared.len() <= 35
        && declared.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'));
    is_tag.then(|| declared.replace('_', "-"))
}

/// Elements that browsers set as blocks, as far as they part paragraphs.
pub fn is_block(name: &str) -> bool {
    matches!(
        name,
        "address"
            | "article"
            | "aside"
            | "blockquote"
            | "body"
            | "caption"
            | "center"
            | "col"
            | "colgroup"
            | "dd"
            | "details"
            | "dialog"
            | "dir"
            | "div"
            | "dl"
            | "dt"
            | "fieldset"
            | "figcaption"
            | "figure"
            | "footer"
            | "form"
            | "h1"
            | "h2"
            | "h3"
            | "h4"
            | "h5"
            | "h6"
            | "header"
            | "hgroup"
            | "hr"
            | "html"
            | "legend"
            | "li"
            | "listing"
            | "main"
            | "menu"
            | "nav"
            | "ol"
            | "p"
            | "plaintext"
            | "pre"
            | "search"
            | "section"
            | "summary"
            | "table"
            | "tbody"
            | "td"
            | "tfoot"
            | "th"
            | "thead"
            | "tr"
            | "ul"
            | "xmp"
    )
}

/// For each node, whether an element below it is a block.
fn holds_blocks(tree: &Tree) -> Vec<bool> {
    let mut holds = vec![false; tree.len()];
    for id in tree.subtree(NodeId::ROOT) {
        if !is_block(tree.name(id)) {
            continue;
        }
        for above in tree.ancestors(id) {
            if std::mem::replace(&mut holds[above.index()], true) {
                break;
            }
        }
    }
    holds
}

/// Headings of an article start at level 2 (its title is level 1 and stands in the metadata): move them all up or down
/// so that the highest is 2, and close gaps left by skipped levels.
pub fn settle_levels(blocks: &mut [Block], highest: usize) {
    let mut used: BTreeSet<usize> = BTreeSet::new();
    for block in blocks.iter() {
        if let BlockKind::Heading { level, .. } = &block.kind {
            used.insert(usize::from(level.get()));
        }
    }
    let ranks: Vec<usize> = used.into_iter().collect();
    for block in blocks {
        if let BlockKind::Heading { level, .. } = &mut block.kind {
            let rank = ranks.iter().position(|used| *used == usize::from(level.get())).unwrap_or(0);
            *level = Level::clamped(highest + rank);
        }
    }
}

/// Take the number in brackets from the head of a note: writers number notes themselves.
fn take_label(blocks: &mut [Block]) {
    let Some(BlockKind::Paragraph { content, .. }) = blocks.first_mut().map(|block| &mut block.kind) else { return };
    let Some(Inline::Text(text)) = content.first_mut() else { return };
    let opened = text.trim_start().strip_prefix(['[', '［', '〔', '【']);
    let Some((label, rest)) = opened.and_then(|opened| opened.split_once([']', '］', '〕', '】'])) else { return };
    let is_label =
        (1..=4).contains(&label.chars().count()) && label.chars().all(|c| c.is_numeric() || "注註*".contains(c));
    if is_label {
        *text = rest.trim_start().to_owned();
        if text.is_empty() {
            content.remove(0);
        }
    }
}

/// Whether inlines show nothing at all.
pub fn is_blank(inlines: &[Inline]) -> bool {
    inlines.iter().all(|inline| match inline {
        Inline::Text(text) => text.trim().is_empty(),
        Inline::LineBreak => true,
        Inline::Image(_)
        | Inline::Code(_)
        | Inline::Math(_)
        | Inline::NoteReference(_)
        | Inline::Raw { .. }
        | Inline::Ruby { .. } => false,
        other => is_blank(other.children()),
    })
}
