//! What the pages say, apart from how they look: a tree in reading order whose leaves are pieces of content.
//!
//! Layout names the content of each item it places by a [`ContentId`]; the tree holds the ids in the order in which they
//! are read, whatever page they fall on.

use crate::document::Language;

/// Index of a node in its structure.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NodeId(pub u32);

/// A run of content with one parent; it may lie on several pages.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ContentId(pub u32);

#[derive(Clone, Debug)]
pub struct Structure {
    nodes: Vec<Node>,
    contents: u32,
}

#[derive(Clone, Debug)]
pub struct Node {
    pub role: Role,
    /// Where it differs from what is around.
    pub language: Option<Language>,
    pub children: Vec<Child>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Child {
    Node(NodeId),
    Content(ContentId),
}

/// What a node is.
#[derive(Clone, Debug, PartialEq)]
pub enum Role {
    Document,
    Part,
    Title,
    /// Ranks follow each other without a gap, from 1.
    Heading {
        rank: u16,
        title: String,
    },
    Paragraph,
    Quote,
    /// A part set apart: boxes, abstracts, notes of editors.
    Aside,
    List {
        numbering: Numbering,
    },
    ListItem,
    Label,
    ListBody,
    Table,
    TableHead,
    TableBody,
    TableFoot,
    Row,
    HeadCell {
        scope: Scope,
        columns: u32,
        rows: u32,
    },
    Cell {
        columns: u32,
        rows: u32,
    },
    Code,
    Figure {
        alternative: String,
    },
    Formula {
        alternative: String,
    },
    Caption,
    /// A footnote, under its anchor.
    Note,
    Contents,
    ContentsEntry,
    Reference,
    Link {
        title: String,
    },
    Span,
    Emphasis,
    Strong,
    Ruby,
    RubyBase,
    RubyText,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Numbering {
    None,
    Disc,
    Decimal,
    LowerAlpha,
    UpperAlpha,
    LowerRoman,
    UpperRoman,
}

/// Which cells a head cell names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    Column,
    Row,
    Both,
}

impl Default for Structure {
    fn default() -> Structure {
        let root = Node { role: Role::Document, language: None, children: Vec::new() };
        Structure { nodes: vec![root], contents: 0 }
    }
}

impl Structure {
    pub const ROOT: NodeId = NodeId(0);

    /// A new node, the last child of its parent so far.
    pub fn add(&mut self, parent: NodeId, role: Role) -> NodeId {
        self.add_in(parent, role, None)
    }

    /// [`Structure::add`], in a language of its own.
    pub fn add_in(&mut self, parent: NodeId, role: Role, language: Option<Language>) -> NodeId {
        let id = NodeId(self.nodes.len() as u32);
        self.nodes.push(Node { role, language, children: Vec::new() });
        self.nodes[parent.0 as usize].children.push(Child::Node(id));
        id
    }

    /// A new run of content, the last child of its parent so far.
    pub fn content(&mut self, parent: NodeId) -> ContentId {
        let id = ContentId(self.contents);
        self.contents += 1;
        self.nodes[parent.0 as usize].children.push(Child::Content(id));
        id
    }

    pub fn node(&self, id: NodeId) -> &Node {
        &self.nodes[id.0 as usize]
    }

    /// Whether any node has a role.
    pub fn has(&self, role: &Role) -> bool {
        self.nodes.iter().any(|node| node.role == *role)
    }

    /// How many nodes there are.
    pub fn elements(&self) -> usize {
        self.nodes.len()
    }

    /// How many runs of content there are; their ids count up from 0.
    pub fn contents(&self) -> usize {
        self.contents as usize
    }
}
