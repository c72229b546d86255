//! Lists, and terms with what they mean.

use super::blocks::BlockWriter;
use super::containers::{is_alert, picture_with_caption};
use super::dialect::Dialect;
use super::html;
use super::inlines::{self, Place};
use super::lines::LineFill;
use crate::diagnostics::Loss;
use crate::document::{Block, BlockKind, DefinitionItem, Inline, ListItem, ListMarks, NumberDelimiter, Numeral};

impl BlockWriter<'_> {
    pub(super) fn list(
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
        let is_tight = is_written_tight(is_tight, items, self.dialect);
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
                    format!("{}{} ", number.min(999_999_999), delimiter(&marks))
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

    pub(super) fn definitions(&mut self, items: &[DefinitionItem], tight: bool) {
        if !self.dialect.definitions {
            return self.definitions_as_paragraphs(items, tight);
        }
        for (index, item) in items.iter().enumerate() {
            let terms: Vec<&[Inline]> = item.terms.iter().map(|term| without_last_breaks(term)).collect();
            let terms = terms.join(&inlines::next_term());
            let lines = inlines::write(&terms, Place::Terms, LineFill::None, &mut self.context());
            self.output.start_block(index == 0 && tight);
            self.output.push_lines(lines.iter().map(String::as_str));
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
}

/// A term without breaks at its end: its line ends there anyhow.
fn without_last_breaks(term: &[Inline]) -> &[Inline] {
    let end = term.iter().rposition(|inline| *inline != Inline::LineBreak);
    &term[..end.map_or(0, |last| last + 1)]
}

/// The character behind the numbers of a list; none for bullets.
pub fn delimiter(marks: &ListMarks) -> &'static str {
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

/// Whether a block is written as several, parted by blank lines.
fn is_spread(block: &Block, dialect: &Dialect) -> bool {
    match &block.kind {
        BlockKind::Box { .. } => !is_alert(block, dialect),
        BlockKind::Figure { .. } => picture_with_caption(block).is_none(),
        BlockKind::Table(table) => !table.caption.is_empty(),
        _ => false,
    }
}

/// Whether a block is a paragraph of its source.
fn is_paragraph(kind: &BlockKind) -> bool {
    matches!(kind, BlockKind::Paragraph { .. } | BlockKind::Math { .. } | BlockKind::Figure { .. })
}

/// Whether no blank lines part the items. Where none has a paragraph that does not show, and the more open form is taken.
fn is_written_tight(is_tight: bool, items: &[ListItem], dialect: &Dialect) -> bool {
    let spreads = |item: &ListItem| item.blocks.iter().any(|block| is_spread(block, dialect));
    if items.iter().any(spreads) {
        return false;
    }
    let has_paragraph = |item: &ListItem| item.blocks.iter().any(|block| is_paragraph(&block.kind));
    if items.iter().any(has_paragraph) {
        return is_tight && items.iter().all(|item| can_be_tight(&item.blocks));
    }
    let is_bare = |item: &ListItem| match item.blocks.as_slice() {
        [] => true,
        [block] => matches!(block.kind, BlockKind::List { .. }),
        _ => false,
    };
    items.iter().all(is_bare)
}

/// Whether an item's blocks can follow each other without blank lines and stay what they are.
fn can_be_tight(blocks: &[Block]) -> bool {
    blocks.windows(2).all(|pair| {
        let before = &pair[0].kind;
        let is_text = is_paragraph(before);
        let is_closed = matches!(before, BlockKind::Code { .. } | BlockKind::Heading { .. } | BlockKind::ThematicBreak);
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
            BlockKind::Raw { format, text } => {
                &**format == "html" && (is_closed || (is_text || is_open) && html::interrupts_paragraph(text))
            }
            BlockKind::Quote { .. } => is_text || is_closed || matches!(before, BlockKind::List { .. }),
            BlockKind::Math { .. } => is_closed,
            BlockKind::Paragraph { .. } | BlockKind::Table(_) => is_closed,
            _ => false,
        }
    })
}
