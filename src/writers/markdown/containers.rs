//! What Markdown has no mark of its own for: boxes, figures, verse, anchors. Divisions with colons where the flavour has
//! them, elements of HTML elsewhere.

use super::blocks::BlockWriter;
use super::dialect::Dialect;
use super::html::{self, start_tag};
use super::{attributes, inlines};
use crate::document::{Attributes, Block, BlockKind, BoxRole, Image, Inline};

impl BlockWriter<'_> {
    /// The anchor of a block that is no heading, where a link goes to it.
    pub(super) fn anchor(&mut self, block: &Block, tight: bool) {
        let is_heading = matches!(block.kind, BlockKind::Heading { .. } | BlockKind::Box { .. });
        if let Some(id) = block.attributes.id.as_ref().filter(|id| !is_heading && self.targets.contains(*id)) {
            if self.dialect.attributes {
                let attributes = attributes::of_node(&[], &Attributes::of_id(id));
                return self.line(&format!("[]{attributes}"), tight);
            }
            let tag = start_tag("a", &Attributes::of_id(id));
            self.line(&format!("{tag}</a>"), tight);
        }
    }

    pub(super) fn figure(&mut self, block: &Block, blocks: &[Block], caption: &[Inline], tight: bool) {
        match picture_with_caption(block) {
            Some(image) => {
                let image = Image { title: Some(inlines::words(caption)), ..image.clone() };
                self.paragraph(&[image.into()], tight);
            }
            _ if self.dialect.attributes => {
                // Its anchor stands before it.
                let without_id = Attributes { id: None, ..Attributes::clone(&block.attributes) };
                self.division(&["figure"], &without_id, tight);
                self.blocks(blocks, false);
                if !caption.is_empty() {
                    self.line("::: {.caption}", false);
                    self.paragraph(caption, false);
                    self.line(":::", false);
                }
                self.line(":::", false);
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

    /// The line that opens a division: its own classes, then what the block carries.
    fn division(&mut self, own: &[&str], attributes: &Attributes, tight: bool) {
        let attributes = attributes::of_node(own, attributes);
        // A division must have attributes.
        let attributes = if attributes.is_empty() { "{.division}" } else { &attributes };
        self.line(&format!("::: {attributes}"), tight);
    }

    pub(super) fn boxed(&mut self, block: &Block, role: BoxRole, title: &[Inline], blocks: &[Block], tight: bool) {
        if let Some(alert) = alert(role).filter(|_| is_alert(block, self.dialect)) {
            return self.quote(Some(alert), blocks, &[], tight);
        }
        if self.dialect.attributes {
            return self.divided(block, role, title, blocks, tight);
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
        let mut attributes = Attributes::clone(&block.attributes);
        attributes.classes.splice(0..0, class.map(str::to_owned));
        self.line(&start_tag(name, &attributes), tight);
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

    /// A box as a division with colons, its role the first class.
    fn divided(&mut self, block: &Block, role: BoxRole, title: &[Inline], blocks: &[Block], tight: bool) {
        let own: &[&str] = match role {
            BoxRole::Aside => &["aside"],
            BoxRole::Abstract => &["abstract"],
            BoxRole::EditorNote => &["editor-note"],
            BoxRole::Note => &["note"],
            BoxRole::Tip => &["tip"],
            BoxRole::Important => &["important"],
            BoxRole::Warning => &["warning"],
            BoxRole::Caution => &["caution"],
            BoxRole::Details => &["details"],
            BoxRole::Epigraph => &["epigraph"],
            BoxRole::Dedication => &["dedication"],
            BoxRole::Division => &[],
        };
        match title {
            [Inline::Text(words)] if !block.attributes.pairs.contains_key("title") => {
                let mut titled = Attributes::clone(&block.attributes);
                titled.pairs.insert("title".to_owned(), words.clone());
                self.division(own, &titled, tight);
            }
            _ => {
                self.division(own, &block.attributes, tight);
                if !title.is_empty() {
                    self.line("::: {.title}", false);
                    self.paragraph(title, false);
                    self.line(":::", false);
                }
            }
        }
        self.blocks(blocks, false);
        self.line(":::", false);
    }
}

/// The picture of a figure that is nothing but a picture and plain words below it: they are written as its title.
pub fn picture_with_caption(figure: &Block) -> Option<&Image> {
    let BlockKind::Figure { blocks, caption } = &figure.kind else { return None };
    let is_bare = figure.attributes.is_id_alone();
    let is_plain = !caption.is_empty() && caption.iter().all(is_plain_word);
    match blocks.as_slice() {
        [Block { kind: BlockKind::Paragraph { content, .. }, .. }] if is_bare && is_plain => match content.as_slice() {
            [Inline::Image(image)] if image.title.is_none() => Some(image),
            _ => None,
        },
        _ => None,
    }
}

/// GitHub's word for a box of this role.
fn alert(role: BoxRole) -> Option<&'static str> {
    match role {
        BoxRole::Note => Some("NOTE"),
        BoxRole::Tip => Some("TIP"),
        BoxRole::Important => Some("IMPORTANT"),
        BoxRole::Warning => Some("WARNING"),
        BoxRole::Caution => Some("CAUTION"),
        _ => None,
    }
}

/// Whether a box is written as one of GitHub's alerts.
pub fn is_alert(block: &Block, dialect: &Dialect) -> bool {
    let BlockKind::Box { role, title, .. } = &block.kind else { return false };
    let is_bare =
        block.attributes.classes.is_empty() && block.attributes.pairs.is_empty() && block.attributes.language.is_none();
    dialect.alerts && alert(*role).is_some() && title.is_empty() && (is_bare || !dialect.attributes)
}

/// Text, or an address that is a link because it looks like one.
fn is_plain_word(inline: &Inline) -> bool {
    match inline {
        Inline::Text(_) => true,
        Inline::Link(link) => match link.content.as_slice() {
            [Inline::Text(text)] if link.title.is_none() => {
                let scheme = link.target.strip_suffix(text.as_str());
                matches!(scheme, Some("" | "http://" | "mailto:"))
            }
            _ => false,
        },
        _ => false,
    }
}
