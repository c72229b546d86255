//! Blocks of pandoc's tree.

use serde_json::Value;

use super::{TreeReader, at, attr, list, tagged, text};
use crate::document::{
    Block, BlockKind, BoxRole, Cell, ColumnAlignment, DefinitionItem, Inline, Language, Level, ListItem, ListMarks,
    NumberDelimiter, Numeral, Rare, Row, Table,
};

impl TreeReader<'_> {
    pub(super) fn blocks(&mut self, values: &[Value]) -> Vec<Block> {
        values.iter().filter_map(|value| self.block(value)).collect()
    }

    fn block(&mut self, value: &Value) -> Option<Block> {
        let (kind, content) = tagged(value);
        let kind = match kind {
            "Para" | "Plain" => return self.paragraph(content),
            "LineBlock" => BlockKind::Verse { lines: list(content).iter().map(|line| self.inlines(line)).collect() },
            "CodeBlock" => {
                let mut attributes = attr(at(content, 0));
                let classes = &mut attributes.classes;
                let language = if classes.is_empty() { None } else { Some(classes.remove(0)) };
                let block = Block::from(BlockKind::Code {
                    language: language.map(Into::into),
                    text: text(at(content, 1)).into(),
                });
                return Some(block.with_attributes(attributes));
            }
            "RawBlock" => BlockKind::Raw { format: text(at(content, 0)).into(), text: text(at(content, 1)).into() },
            "BlockQuote" => BlockKind::Quote { blocks: self.blocks(list(content)), attribution: Rare::default() },
            "BulletList" => self.list(ListMarks::Bullet, content),
            "OrderedList" => self.list(marks(at(content, 0)), at(content, 1)),
            "DefinitionList" => BlockKind::Definitions {
                items: list(content)
                    .iter()
                    .map(|item| DefinitionItem {
                        terms: vec![self.inlines(at(item, 0))],
                        definitions: list(at(item, 1)).iter().map(|blocks| self.blocks(list(blocks))).collect(),
                    })
                    .collect(),
            },
            "Header" => {
                let attributes = attr(at(content, 1));
                let level = at(content, 0).as_u64().unwrap_or(1) as usize;
                if level > usize::from(Level::DEEPEST.get()) {
                    self.too_deep(level);
                }
                let heading = Block::heading(Level::clamped(level), self.inlines(at(content, 2)));
                return Some(heading.with_attributes(attributes));
            }
            "HorizontalRule" => BlockKind::ThematicBreak,
            "Table" => return Some(self.table(content)),
            "Figure" => return Some(self.figure(content)),
            "Div" => return Some(self.division(content)),
            "Null" => return None,
            other => {
                self.unknown(if other.is_empty() { "an element without a type" } else { other });
                return None;
            }
        };
        Some(kind.into())
    }

    /// A paragraph; one displayed formula alone is a block of its own.
    fn paragraph(&mut self, content: &Value) -> Option<Block> {
        if let [only] = list(content)
            && let ("Math", math) = tagged(only)
            && tagged(at(math, 0)).0 == "DisplayMath"
        {
            return Some(BlockKind::Math { tex: text(at(math, 1)).trim().into() }.into());
        }
        let content = self.inlines(content);
        (!content.is_empty()).then(|| Block::paragraph(content))
    }

    fn list(&mut self, marks: ListMarks, content: &Value) -> BlockKind {
        let mut tight = true;
        let mut items = Vec::new();
        for item in list(content) {
            tight &= !list(item).iter().any(|block| tagged(block).0 == "Para");
            let mut blocks = self.blocks(list(item));
            let done = task_mark(&mut blocks);
            items.push(ListItem { done, blocks });
        }
        BlockKind::List { marks, tight, items }
    }

    fn figure(&mut self, content: &Value) -> Block {
        let attributes = attr(at(content, 0));
        let caption = self.caption(at(content, 1));
        let blocks = self.blocks(list(at(content, 2)));
        Block::from(BlockKind::Figure { blocks, caption: caption.into() }).with_attributes(attributes)
    }

    /// The long caption as one line: its paragraphs joined.
    fn caption(&mut self, caption: &Value) -> Vec<Inline> {
        let mut line = Vec::new();
        for block in self.blocks(list(at(caption, 1))) {
            if let BlockKind::Paragraph { content, .. } = block.kind {
                if !line.is_empty() {
                    line.push(Inline::LineBreak);
                }
                line.extend(content);
            }
        }
        line
    }

    fn division(&mut self, content: &Value) -> Block {
        let mut attributes = attr(at(content, 0));
        let mut blocks = self.blocks(list(at(content, 1)));
        let named = attributes.classes.first().and_then(|class| role(class));
        let role = named.unwrap_or(BoxRole::Division);
        if named.is_some() {
            attributes.classes.remove(0);
        }
        let mut title = Vec::new();
        if let (true, Some(Block { attributes, kind: BlockKind::Box { role: BoxRole::Division, .. }, .. })) =
            (named.is_some(), blocks.first())
            && attributes.classes.as_slice() == ["title"]
            && let BlockKind::Box { blocks, .. } = blocks.remove(0).kind
        {
            title = blocks.into_iter().flat_map(own_inlines).collect();
        }
        attributes.language = attributes.pairs.remove("lang").map(Language::new);
        Block::from(BlockKind::Box { role, title: title.into(), blocks }).with_attributes(attributes)
    }

    fn table(&mut self, content: &Value) -> Block {
        let attributes = attr(at(content, 0));
        let alignments = list(at(content, 2)).iter().map(|column| alignment(at(column, 0))).collect();
        let head = self.rows(at(at(content, 3), 1), 0);
        let mut body = Vec::new();
        for part in list(at(content, 4)) {
            let heads = at(part, 1).as_u64().unwrap_or(0) as usize;
            body.extend(self.rows(at(part, 2), heads));
            body.extend(self.rows(at(part, 3), heads));
        }
        let foot = self.rows(at(at(content, 5), 1), 0);
        let caption = self.caption(at(content, 1));
        let table = BlockKind::from(Table { caption, alignments, head, body, foot });
        Block::from(table).with_attributes(attributes)
    }

    /// Rows of which the first `heads` columns name their rows.
    fn rows(&mut self, rows: &Value, heads: usize) -> Vec<Row> {
        let mut done = Vec::new();
        for row in list(rows) {
            let mut cells = Vec::new();
            for (index, cell) in list(at(row, 1)).iter().enumerate() {
                let span = |value: &Value| value.as_u64().and_then(|span| u32::try_from(span).ok()).unwrap_or(1).max(1);
                cells.push(Cell {
                    rows: span(at(cell, 2)),
                    columns: span(at(cell, 3)),
                    alignment: Some(alignment(at(cell, 1))).filter(|own| *own != ColumnAlignment::Start),
                    heads_row: index < heads,
                    blocks: self.blocks(list(at(cell, 4))),
                });
            }
            done.push(Row { cells });
        }
        done
    }
}

fn own_inlines(block: Block) -> Vec<Inline> {
    match block.kind {
        BlockKind::Paragraph { content, .. } | BlockKind::Heading { content, .. } => content,
        _ => Vec::new(),
    }
}

/// The mark pandoc puts before a task's text.
fn task_mark(blocks: &mut [Block]) -> Option<bool> {
    let Some(Block { kind: BlockKind::Paragraph { content, .. }, .. }) = blocks.first_mut() else { return None };
    let Some(Inline::Text(text)) = content.first_mut() else { return None };
    let done = if text.starts_with("☒ ") { true } else { text.starts_with("☐ ").then_some(false)? };
    text.drain(.."☐ ".len());
    Some(done)
}

fn marks(value: &Value) -> ListMarks {
    let numeral = match tagged(at(value, 1)).0 {
        "LowerAlpha" => Numeral::LowerAlpha,
        "UpperAlpha" => Numeral::UpperAlpha,
        "LowerRoman" => Numeral::LowerRoman,
        "UpperRoman" => Numeral::UpperRoman,
        _ => Numeral::Decimal,
    };
    let delimiter = match tagged(at(value, 2)).0 {
        "OneParen" => NumberDelimiter::Parenthesis,
        "TwoParens" => NumberDelimiter::Parentheses,
        _ => NumberDelimiter::Period,
    };
    let start = at(value, 0).as_u64().and_then(|start| u32::try_from(start).ok()).unwrap_or(1);
    ListMarks::Ordered { start, numeral, delimiter }
}

fn alignment(value: &Value) -> ColumnAlignment {
    match tagged(value).0 {
        "AlignLeft" => ColumnAlignment::Left,
        "AlignCenter" => ColumnAlignment::Center,
        "AlignRight" => ColumnAlignment::Right,
        _ => ColumnAlignment::Start,
    }
}

/// The box a class of a division names: pandoc's alerts and what our own writer writes.
fn role(class: &str) -> Option<BoxRole> {
    Some(match class {
        "note" => BoxRole::Note,
        "tip" => BoxRole::Tip,
        "important" => BoxRole::Important,
        "warning" => BoxRole::Warning,
        "caution" => BoxRole::Caution,
        "aside" => BoxRole::Aside,
        "abstract" => BoxRole::Abstract,
        "editor-note" => BoxRole::EditorNote,
        "details" => BoxRole::Details,
        "epigraph" => BoxRole::Epigraph,
        "dedication" => BoxRole::Dedication,
        _ => return None,
    })
}
