//! Markup to a tree: html5ever's parser filling an arena of our own, with bounded depth and line numbers.
//!
//! What comes out is what a browser would have, except that elements nested deeper than [`DEEPEST`] become siblings.
//! It leaves to others what any of it means.

use std::cell::{Cell, Ref, RefCell};

use super::attributes::bounded;
use html5ever::tendril::StrTendril;
use html5ever::tokenizer::{BufferQueue, Tag, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts};
use html5ever::tree_builder::{ElementFlags, NodeOrText, QuirksMode, TreeBuilder, TreeBuilderOpts, TreeSink};
use html5ever::{Attribute, LocalName, QualName, TokenizerResult};

use crate::options::Limits;

/// Elements nested deeper than this are appended beside their parents instead of into them. Browsers stop at 512;
/// every function that recurses over the tree must manage this depth on a 2 MiB stack.
pub const DEEPEST: u16 = 200;

/// Start tags that may be open at once; the parser looks through all open elements at most tags, so that without a
/// bound a page of nothing but `<div>` takes quadratic time.
const OPEN_TAGS: usize = 256;

/// Formatting elements (`b`, `font` …) open at once. HTML repeats all open ones in each new paragraph.
const OPEN_FORMATTING: usize = 24;

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NodeId(u32);

impl NodeId {
    pub const ROOT: NodeId = NodeId(0);

    pub fn index(self) -> usize {
        self.0 as usize
    }
}

#[derive(Debug)]
pub enum NodeData {
    Root,
    Element {
        name: QualName,
        attributes: Vec<Attribute>,
    },
    Text(String),
    /// Comments, processing instructions and what hangs in the air, such as the contents of templates.
    Other,
}

#[derive(Debug)]
struct Node {
    parent: Option<NodeId>,
    first: Option<NodeId>,
    last: Option<NodeId>,
    previous: Option<NodeId>,
    next: Option<NodeId>,
    /// Line of the source on which it starts, from 1.
    line: u32,
    depth: u16,
    data: NodeData,
}

/// How strictly self-closing tags are taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Syntax {
    /// `<div/>` opens a division, as browsers have it.
    Html,
    /// `<div/>` is an empty division, CDATA sections are text.
    Xhtml,
}

/// A parsed page.
#[derive(Debug)]
pub struct Tree {
    nodes: Vec<Node>,
    /// Something was flattened or cut to keep within the bounds.
    pub bounded: bool,
    /// There were more nodes than allowed: the rest is not in it.
    pub full: bool,
}

impl Tree {
    /// Parse markup; there is always a tree. Past the limit of nodes the rest is left out.
    pub fn parse(markup: &str, syntax: Syntax, limits: &Limits) -> Tree {
        let sink = Sink { most_nodes: limits.nodes, ..Sink::default() };
        sink.nodes.borrow_mut().push(Node::new(NodeData::Root, 1));
        let builder = TreeBuilder::new(sink, TreeBuilderOpts { scripting_enabled: false, ..Default::default() });
        let gate = Gate { builder, syntax, open: RefCell::default(), swallowed: RefCell::default() };
        let tokenizer = Tokenizer::new(gate, TokenizerOpts::default());
        let input = BufferQueue::default();
        // In pieces, so that each token is a slice of a piece of bounded size.
        let markup = bounded(markup);
        for piece in pieces(&markup).take_while(|_| !limits.stop.is_up()) {
            input.push_back(StrTendril::from_slice(piece));
            while !matches!(tokenizer.feed(&input), TokenizerResult::Done) {}
        }
        tokenizer.end();
        let sink = tokenizer.sink.builder.sink;
        Tree { bounded: sink.bounded.get(), full: sink.is_full(), nodes: sink.nodes.into_inner() }
    }

    /// Number of nodes, for tables beside the tree.
    pub fn len(&self) -> usize {
        self.nodes.len()
    }

    pub fn data(&self, id: NodeId) -> &NodeData {
        &self.nodes[id.index()].data
    }

    pub fn parent(&self, id: NodeId) -> Option<NodeId> {
        self.nodes[id.index()].parent
    }

    pub fn next(&self, id: NodeId) -> Option<NodeId> {
        self.nodes[id.index()].next
    }

    pub fn previous(&self, id: NodeId) -> Option<NodeId> {
        self.nodes[id.index()].previous
    }

    pub fn last_child(&self, id: NodeId) -> Option<NodeId> {
        self.nodes[id.index()].last
    }

    pub fn line(&self, id: NodeId) -> u32 {
        self.nodes[id.index()].line
    }

    pub fn children(&self, id: NodeId) -> impl Iterator<Item = NodeId> + '_ {
        std::iter::successors(self.nodes[id.index()].first, |child| self.next(*child))
    }

    pub fn ancestors(&self, id: NodeId) -> impl Iterator<Item = NodeId> + '_ {
        std::iter::successors(self.parent(id), |parent| self.parent(*parent))
    }

    /// The node and all below it in document order.
    pub fn subtree(&self, top: NodeId) -> impl Iterator<Item = NodeId> + '_ {
        std::iter::successors(Some(top), move |id| self.following(*id, top))
    }

    /// The next node of `top`'s subtree in document order.
    pub fn following(&self, id: NodeId, top: NodeId) -> Option<NodeId> {
        let node = &self.nodes[id.index()];
        node.first.or_else(|| self.following_skipping(id, top))
    }

    /// The next node of `top`'s subtree that is not below `id`.
    pub fn following_skipping(&self, id: NodeId, top: NodeId) -> Option<NodeId> {
        let mut here = id;
        while here != top {
            if let Some(next) = self.next(here) {
                return Some(next);
            }
            here = self.parent(here)?;
        }
        None
    }

    /// Local name of an element in lower case; empty for anything else.
    pub fn name(&self, id: NodeId) -> &str {
        match self.data(id) {
            NodeData::Element { name, .. } => &name.local,
            _ => "",
        }
    }

    pub fn is_element(&self, id: NodeId) -> bool {
        matches!(self.data(id), NodeData::Element { .. })
    }

    pub fn text(&self, id: NodeId) -> Option<&str> {
        match self.data(id) {
            NodeData::Text(text) => Some(text),
            _ => None,
        }
    }

    /// Value of an attribute by the name it has in the source (`xml:lang`, `epub:type`).
    pub fn attribute(&self, id: NodeId, wanted: &str) -> Option<&str> {
        let NodeData::Element { attributes, .. } = self.data(id) else { return None };
        let named = attributes.iter().find(|attribute| {
            let name = &attribute.name;
            match &name.prefix {
                Some(prefix) if !prefix.is_empty() => wanted
                    .strip_prefix(&**prefix)
                    .and_then(|rest| rest.strip_prefix(':'))
                    .is_some_and(|local| local == &*name.local),
                _ => *name.local == *wanted,
            }
        });
        named.map(|attribute| &*attribute.value)
    }

    /// Whether one of the element's classes is `wanted`.
    pub fn has_class(&self, id: NodeId, wanted: &str) -> bool {
        self.attribute(id, "class").is_some_and(|classes| classes.split_ascii_whitespace().any(|one| one == wanted))
    }

    /// All characters below a node, whatever they are for.
    pub fn text_content(&self, id: NodeId) -> String {
        let mut content = String::new();
        for node in self.subtree(id) {
            if let NodeData::Text(text) = self.data(node) {
                content.push_str(text);
            }
        }
        content
    }

    /// The first element of a name, in document order.
    pub fn first_named(&self, top: NodeId, name: &str) -> Option<NodeId> {
        self.subtree(top).find(|id| self.name(*id) == name)
    }
}

impl Node {
    fn new(data: NodeData, line: u32) -> Node {
        Node { parent: None, first: None, last: None, previous: None, next: None, line, depth: 0, data }
    }
}

/// The text in pieces of at most 64 KiB, cut between characters.
fn pieces(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let mut end = rest.len().min(64 << 10);
        while !rest.is_char_boundary(end) {
            end -= 1;
        }
        let (piece, after) = rest.split_at(end);
        rest = after;
        Some(piece)
    })
}

/// Stands between tokenizer and tree builder, holding back start tags that nest too deep together with their end tags.
struct Gate {
    builder: TreeBuilder<NodeId, Sink>,
    syntax: Syntax,
    /// Names of elements likely open, outermost first.
    open: RefCell<Vec<LocalName>>,
    /// Names of the start tags held back whose end tags are still to come.
    swallowed: RefCell<Vec<LocalName>>,
}

impl TokenSink for Gate {
    type Handle = NodeId;

    fn process_token(&self, token: Token, line: u64) -> TokenSinkResult<NodeId> {
        match token {
            Token::TagToken(tag) if tag.kind == TagKind::StartTag => self.start(tag, line),
            Token::TagToken(tag) => {
                if self.end_is_let_through(&tag.name) {
                    return self.builder.process_token(Token::TagToken(tag), line);
                }
                TokenSinkResult::Continue
            }
            other => self.builder.process_token(other, line),
        }
    }

    fn end(&self) {
        self.builder.end();
    }

    fn adjusted_current_node_present_but_not_in_html_namespace(&self) -> bool {
        self.syntax == Syntax::Xhtml || self.builder.adjusted_current_node_present_but_not_in_html_namespace()
    }
}

impl Gate {
    fn start(&self, tag: Tag, line: u64) -> TokenSinkResult<NodeId> {
        let name = tag.name.clone();
        if is_void(&name) {
            return self.builder.process_token(Token::TagToken(tag), line);
        }
        let closes_itself = tag.self_closing && self.syntax == Syntax::Xhtml;
        if is_raw_text(&name) {
            // `<script/>` would swallow the rest of an XHTML chapter.
            if closes_itself {
                return TokenSinkResult::Continue;
            }
            return self.builder.process_token(Token::TagToken(tag), line);
        }
        let mut open = self.open.borrow_mut();
        if may_be_left_open(&name) && open.last() == Some(&name) {
            open.pop();
        }
        let formatting =
            is_formatting(&name) && open.iter().filter(|one| is_formatting(one)).count() >= OPEN_FORMATTING;
        let sink = &self.builder.sink;
        if open.len() >= OPEN_TAGS || formatting || sink.is_full() {
            sink.bounded.set(true);
            if !closes_itself && self.swallowed.borrow().len() < 1 << 16 {
                self.swallowed.borrow_mut().push(name);
            }
            return TokenSinkResult::Continue;
        }
        if !closes_itself {
            open.push(name.clone());
        }
        drop(open);
        let result = self.builder.process_token(Token::TagToken(tag), line);
        if closes_itself {
            let end = Tag {
                kind: TagKind::EndTag,
                name,
                self_closing: false,
                attrs: Vec::new(),
                had_duplicate_attributes: false,
            };
            return self.builder.process_token(Token::TagToken(end), line);
        }
        result
    }

    /// Whether an end tag has a start tag that went through.
    fn end_is_let_through(&self, name: &LocalName) -> bool {
        let mut swallowed = self.swallowed.borrow_mut();
        if swallowed.last() == Some(name) {
            swallowed.pop();
            return false;
        }
        let mut open = self.open.borrow_mut();
        match open.iter().rposition(|one| one == name) {
            Some(at) => {
                open.truncate(at);
                swallowed.clear();
                true
            }
            None => true,
        }
    }
}

/// HTML elements without end tag.
fn is_void(name: &str) -> bool {
    matches!(
        name,
        "area"
            | "base"
            | "basefont"
            | "bgsound"
            | "br"
            | "col"
            | "embed"
            | "frame"
            | "hr"
            | "image"
            | "img"
            | "input"
            | "keygen"
            | "link"
            | "meta"
            | "param"
            | "source"
            | "track"
            | "wbr"
    )
}

/// Elements whose content the tokenizer does not read as markup.
fn is_raw_text(name: &str) -> bool {
    matches!(name, "script" | "style" | "textarea" | "title" | "xmp" | "iframe" | "noembed" | "noframes" | "plaintext")
}

/// Elements whose end tag is often left out before the next of their kind.
fn may_be_left_open(name: &str) -> bool {
    matches!(
        name,
        "p" | "li"
            | "dt"
            | "dd"
            | "option"
            | "tr"
            | "td"
            | "th"
            | "tbody"
            | "thead"
            | "rt"
            | "rp"
            | "rb"
            | "a"
            | "nobr"
    )
}

/// The elements HTML opens again in the next paragraph when they were not closed (HTML §13.2.4.3), but for `a` and
/// `nobr`, of which only one can be open.
fn is_formatting(name: &str) -> bool {
    matches!(name, "b" | "big" | "code" | "em" | "font" | "i" | "s" | "small" | "strike" | "strong" | "tt" | "u")
}

#[derive(Default)]
struct Sink {
    nodes: RefCell<Vec<Node>>,
    line: Cell<u32>,
    most_nodes: usize,
    bounded: Cell<bool>,
}

impl Sink {
    fn is_full(&self) -> bool {
        self.nodes.borrow().len() >= self.most_nodes
    }

    fn make(&self, data: NodeData) -> NodeId {
        let mut nodes = self.nodes.borrow_mut();
        let id = NodeId(u32::try_from(nodes.len()).expect("sources have fewer nodes than 2^32"));
        nodes.push(Node::new(data, self.line.get().max(1)));
        id
    }

    fn append_node(&self, parent: NodeId, child: NodeId) {
        let mut nodes = self.nodes.borrow_mut();
        let mut parent = parent;
        while nodes[parent.index()].depth >= DEEPEST {
            self.bounded.set(true);
            parent = nodes[parent.index()].parent.expect("only the root has no parent and its depth is 0");
        }
        let last = nodes[parent.index()].last;
        let depth = nodes[parent.index()].depth + 1;
        let node = &mut nodes[child.index()];
        node.parent = Some(parent);
        node.previous = last;
        node.next = None;
        node.depth = depth;
        match last {
            Some(last) => nodes[last.index()].next = Some(child),
            None => nodes[parent.index()].first = Some(child),
        }
        nodes[parent.index()].last = Some(child);
    }

    fn insert_before(&self, sibling: NodeId, child: NodeId) {
        let mut nodes = self.nodes.borrow_mut();
        let Some(parent) = nodes[sibling.index()].parent else { return };
        let previous = nodes[sibling.index()].previous;
        let depth = nodes[sibling.index()].depth;
        let node = &mut nodes[child.index()];
        node.parent = Some(parent);
        node.previous = previous;
        node.next = Some(sibling);
        node.depth = depth;
        nodes[sibling.index()].previous = Some(child);
        match previous {
            Some(previous) => nodes[previous.index()].next = Some(child),
            None => nodes[parent.index()].first = Some(child),
        }
    }

    fn detach(&self, id: NodeId) {
        let mut nodes = self.nodes.borrow_mut();
        let node = &mut nodes[id.index()];
        let (parent, previous, next) = (node.parent.take(), node.previous.take(), node.next.take());
        let Some(parent) = parent else { return };
        match previous {
            Some(previous) => nodes[previous.index()].next = next,
            None => nodes[parent.index()].first = next,
        }
        match next {
            Some(next) => nodes[next.index()].previous = previous,
            None => nodes[parent.index()].last = previous,
        }
    }

    /// Add to a text node; says whether it was one.
    fn extend_text(&self, node: Option<NodeId>, text: &str) -> bool {
        let Some(id) = node else { return false };
        match &mut self.nodes.borrow_mut()[id.index()].data {
            NodeData::Text(before) => {
                before.push_str(text);
                true
            }
            _ => false,
        }
    }
}

impl TreeSink for Sink {
    type Handle = NodeId;
    type Output = ();
    type ElemName<'a> = Ref<'a, QualName>;

    fn finish(self) {}

    fn parse_error(&self, _: std::borrow::Cow<'static, str>) {}

    fn get_document(&self) -> NodeId {
        NodeId::ROOT
    }

    fn elem_name<'a>(&'a self, target: &'a NodeId) -> Ref<'a, QualName> {
        Ref::map(self.nodes.borrow(), |nodes| match &nodes[target.index()].data {
            NodeData::Element { name, .. } => name,
            _ => unreachable!("the tree builder asks only elements for their name"),
        })
    }

    fn create_element(&self, name: QualName, attributes: Vec<Attribute>, _: ElementFlags) -> NodeId {
        self.make(NodeData::Element { name, attributes })
    }

    fn create_comment(&self, _: StrTendril) -> NodeId {
        self.make(NodeData::Other)
    }

    fn create_pi(&self, _: StrTendril, _: StrTendril) -> NodeId {
        self.make(NodeData::Other)
    }

    fn append(&self, parent: &NodeId, child: NodeOrText<NodeId>) {
        match child {
            NodeOrText::AppendNode(child) => {
                self.detach(child);
                self.append_node(*parent, child);
            }
            NodeOrText::AppendText(text) => {
                let last = self.nodes.borrow()[parent.index()].last;
                if !self.extend_text(last, &text) && !self.is_full() {
                    let child = self.make(NodeData::Text(text.to_string()));
                    self.append_node(*parent, child);
                }
            }
        }
    }

    fn append_based_on_parent_node(&self, element: &NodeId, previous: &NodeId, child: NodeOrText<NodeId>) {
        let has_parent = self.nodes.borrow()[element.index()].parent.is_some();
        if has_parent {
            self.append_before_sibling(element, child);
        } else {
            self.append(previous, child);
        }
    }

    fn append_doctype_to_document(&self, _: StrTendril, _: StrTendril, _: StrTendril) {}

    fn get_template_contents(&self, target: &NodeId) -> NodeId {
        // The contents hang below a node that is never shown.
        let existing = self.nodes.borrow()[target.index()].first;
        existing.unwrap_or_else(|| {
            let contents = self.make(NodeData::Other);
            self.append_node(*target, contents);
            contents
        })
    }

    fn same_node(&self, one: &NodeId, other: &NodeId) -> bool {
        one == other
    }

    fn set_quirks_mode(&self, _: QuirksMode) {}

    fn append_before_sibling(&self, sibling: &NodeId, new: NodeOrText<NodeId>) {
        match new {
            NodeOrText::AppendNode(child) => {
                self.detach(child);
                self.insert_before(*sibling, child);
            }
            NodeOrText::AppendText(text) => {
                let previous = self.nodes.borrow()[sibling.index()].previous;
                if !self.extend_text(previous, &text) && !self.is_full() {
                    let child = self.make(NodeData::Text(text.to_string()));
                    self.insert_before(*sibling, child);
                }
            }
        }
    }

    fn add_attrs_if_missing(&self, target: &NodeId, new: Vec<Attribute>) {
        if let NodeData::Element { attributes, .. } = &mut self.nodes.borrow_mut()[target.index()].data {
            for attribute in new {
                if attributes.len() < 64 && attributes.iter().all(|one| one.name != attribute.name) {
                    attributes.push(attribute);
                }
            }
        }
    }

    fn remove_from_parent(&self, target: &NodeId) {
        self.detach(*target);
    }

    fn reparent_children(&self, node: &NodeId, new_parent: &NodeId) {
        let mut child = self.nodes.borrow()[node.index()].first;
        while let Some(id) = child {
            child = self.nodes.borrow()[id.index()].next;
            self.detach(id);
            self.append_node(*new_parent, id);
        }
    }

    fn set_current_line(&self, line: u64) {
        self.line.set(u32::try_from(line).unwrap_or(u32::MAX));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn depth_of(tree: &Tree) -> u16 {
        tree.nodes.iter().map(|node| node.depth).max().unwrap_or(0)
    }

    #[test]
    fn deep_nesting_is_flattened_and_keeps_its_text() {
        let markup = format!("{}字{}", "<div>".repeat(100_000), "</div>".repeat(100_000));
        let tree = Tree::parse(&markup, Syntax::Html, &Limits::default());
        assert!(tree.bounded && depth_of(&tree) <= DEEPEST + 1);
        assert_eq!(tree.text_content(NodeId::ROOT), "字");
    }

    #[test]
    fn open_formatting_elements_do_not_multiply() {
        let opened: String = (0..1000).map(|n| format!("<font color={n}>")).collect();
        let markup = format!("{opened}{}", "<p>x".repeat(1000));
        let tree = Tree::parse(&markup, Syntax::Html, &Limits::default());
        assert!(tree.len() < 60_000, "{} nodes", tree.len());
    }

    #[test]
    fn xhtml_closes_what_closes_itself() {
        let tree = Tree::parse(
            "<?xml version=\"1.0\"?><p><a id=\"x\"/>甲</p><script/><p>乙</p>",
            Syntax::Xhtml,
            &Limits::default(),
        );
        let text = tree.subtree(NodeId::ROOT).find(|id| tree.text(*id) == Some("甲")).expect("the text is there");
        assert_eq!(tree.name(tree.parent(text).expect("it has a parent")), "p");
        assert_eq!(tree.text_content(NodeId::ROOT), "甲乙");
    }

    #[test]
    fn lines_are_those_of_the_source() {
        let tree = Tree::parse("<p>一</p>\n\n<p id=b>二</p>", Syntax::Html, &Limits::default());
        let second = tree.subtree(NodeId::ROOT).find(|id| tree.attribute(*id, "id") == Some("b"));
        assert_eq!(second.map(|id| tree.line(id)), Some(3));
    }
}
