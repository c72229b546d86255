//! Code blocks: indented or fenced, one way in a document.

use super::blocks::BlockWriter;
use super::dialect::Dialect;
use crate::document::{Block, BlockKind, Document, walk_blocks};

/// The language of code that has none, where a fence should have one.
const PLAIN_TEXT: &str = "text";

/// How code without a language is written: indented where all code of the document can be, as linters want one style.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CodeStyle {
    Indented,
    Fenced,
}

/// The style for all code of a document.
pub fn code_style(document: &Document, dialect: &Dialect) -> CodeStyle {
    if dialect.attributes {
        // A fence may say that it holds plain text.
        return CodeStyle::Fenced;
    }
    let in_notes = document.notes.values().any(|blocks| has_code(blocks));
    if !in_notes && can_indent(&document.blocks) { CodeStyle::Indented } else { CodeStyle::Fenced }
}

/// Whether all code of these blocks can be indented: it has no language and no blank edges, and is not within an item or
/// right behind a list, where an indent would mean something else.
fn can_indent(blocks: &[Block]) -> bool {
    let mut after_list = false;
    let mut after_code = false;
    blocks.iter().all(|block| {
        let follows_list = std::mem::replace(
            &mut after_list,
            matches!(block.kind, BlockKind::List { .. } | BlockKind::Definitions { .. }),
        );
        // Two indented codes would be one.
        let follows_code = std::mem::replace(&mut after_code, matches!(block.kind, BlockKind::Code { .. }));
        match &block.kind {
            BlockKind::Code { language, text } => {
                let edges = [text.split('\n').next(), text.rsplit('\n').next()];
                let has_blank_edge = edges.iter().flatten().any(|line| line.trim().is_empty());
                language.is_none()
                    && !block.attributes.pairs.contains_key("info")
                    && !has_blank_edge
                    && !follows_list
                    && !follows_code
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

impl BlockWriter<'_> {
    pub(super) fn code(&mut self, block: &Block, language: Option<&str>, text: &str, tight: bool) {
        if self.code_style == CodeStyle::Indented && !tight && self.item_depth == 0 {
            self.output.start_block(false);
            let indented =
                text.split('\n').map(|line| if line.is_empty() { String::new() } else { format!("    {line}") });
            let lines: Vec<String> = indented.collect();
            return self.output.push_lines(lines.iter().map(String::as_str));
        }
        let unsaid = if self.dialect.attributes { PLAIN_TEXT } else { "" };
        let mut info = language.unwrap_or(unsaid).replace(['\n', '\r'], " ");
        if let Some(rest) = block.attributes.pairs.get("info") {
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
}

/// An info string with its backslashes and references kept from meaning something.
fn info_string(info: &str) -> String {
    info.replace('\\', "\\\\").replace('&', "&amp;")
}
