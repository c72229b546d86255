//! The structure tree: our roles as PDF structure types (ISO 32000-1 §14.8.4).

use std::num::{NonZeroU16, NonZeroU32};

use krilla::tagging::{ListNumbering, Node, TableHeaderScope, Tag, TagGroup, TagKind, TagTree};

use super::{Painted, language_tag, ruby};
use crate::layout::structure::{Child, NodeId, Numbering, Role, Scope, Structure};

/// The tree of everything that was painted; nodes without content are left out.
pub(super) fn tree(structure: &Structure, painted: &Painted, language: &str) -> TagTree {
    let mut tree = TagTree::new().with_lang(Some(language.to_owned()));
    for child in &structure.node(Structure::ROOT).children {
        for node in nodes(structure, painted, *child) {
            tree.push(node);
        }
    }
    tree
}

fn nodes(structure: &Structure, painted: &Painted, child: Child) -> Vec<Node> {
    match child {
        Child::Content(content) => {
            painted.contents[content.0 as usize].iter().map(|identifier| Node::Leaf(*identifier)).collect()
        }
        Child::Node(id) => group(structure, painted, id).map(Node::Group).into_iter().collect(),
    }
}

fn group(structure: &Structure, painted: &Painted, id: NodeId) -> Option<TagGroup> {
    let node = structure.node(id);
    let mut children: Vec<Node> = Vec::new();
    if let Some(annotations) = painted.annotations.get(&id) {
        children.extend(annotations.iter().map(|identifier| Node::Leaf(*identifier)));
    }
    for child in &node.children {
        children.extend(nodes(structure, painted, *child));
    }
    let is_cell = matches!(node.role, Role::Cell { .. } | Role::HeadCell { .. } | Role::Row);
    if children.is_empty() && !is_cell {
        return None;
    }
    let mut kind = kind(&node.role, !painted.annotations.contains_key(&id));
    if let Some(language) = &node.language {
        kind.set_lang(language_tag(language));
    }
    Some(TagGroup::with_children(kind, children))
}

fn kind(role: &Role, without_annotation: bool) -> TagKind {
    match role {
        Role::Document | Role::Part => Tag::Part.into(),
        Role::Title => Tag::Title.into(),
        Role::Heading { rank, title } => {
            let rank = NonZeroU16::new(*rank).unwrap_or(NonZeroU16::MIN);
            Tag::Hn(rank, Some(title.clone())).into()
        }
        Role::Paragraph => Tag::P.into(),
        Role::Quote => Tag::BlockQuote.into(),
        Role::Aside => Tag::Div.into(),
        Role::List { numbering } => Tag::L(list_numbering(*numbering)).into(),
        Role::ListItem => Tag::LI.into(),
        Role::Label => Tag::Lbl.into(),
        Role::ListBody => Tag::LBody.into(),
        Role::Table => Tag::Table.into(),
        Role::TableHead => Tag::THead.into(),
        Role::TableBody => Tag::TBody.into(),
        Role::TableFoot => Tag::TFoot.into(),
        Role::Row => Tag::TR.into(),
        Role::HeadCell { scope, columns, rows } => {
            let scope = match scope {
                Scope::Column => TableHeaderScope::Column,
                Scope::Row => TableHeaderScope::Row,
                Scope::Both => TableHeaderScope::Both,
            };
            Tag::TH(scope).with_col_span(span(*columns)).with_row_span(span(*rows)).into()
        }
        Role::Cell { columns, rows } => Tag::TD.with_col_span(span(*columns)).with_row_span(span(*rows)).into(),
        Role::Code => Tag::Code.into(),
        Role::Figure { alternative } => Tag::Figure(Some(alternative.clone())).into(),
        Role::Formula { alternative } => {
            let alternative = if alternative.trim().is_empty() { "—" } else { alternative };
            Tag::Formula(Some(alternative.to_owned())).into()
        }
        Role::Caption => Tag::Caption.into(),
        Role::Note => Tag::Note.into(),
        Role::Contents => Tag::TOC.into(),
        Role::ContentsEntry => Tag::TOCI.into(),
        Role::Reference => Tag::Reference.into(),
        Role::Link { .. } if without_annotation => Tag::Span.into(),
        Role::Link { .. } => Tag::Link.into(),
        Role::Span => Tag::Span.into(),
        Role::Ruby => ruby::RUBY.into(),
        Role::RubyBase => ruby::BASE.into(),
        Role::RubyText => ruby::TEXT.into(),
        Role::Emphasis => Tag::Em.into(),
        Role::Strong => Tag::Strong.into(),
    }
}

/// A span of one cell is not worth saying.
fn span(cells: u32) -> Option<NonZeroU32> {
    NonZeroU32::new(cells).filter(|cells| cells.get() > 1)
}

fn list_numbering(numbering: Numbering) -> ListNumbering {
    match numbering {
        Numbering::None => ListNumbering::None,
        Numbering::Disc => ListNumbering::Disc,
        Numbering::Decimal => ListNumbering::Decimal,
        Numbering::LowerAlpha => ListNumbering::LowerAlpha,
        Numbering::UpperAlpha => ListNumbering::UpperAlpha,
        Numbering::LowerRoman => ListNumbering::LowerRoman,
        Numbering::UpperRoman => ListNumbering::UpperRoman,
    }
}
