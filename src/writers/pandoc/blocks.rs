//! Blocks of pandoc's tree.

use serde_json::{Value, json};

use super::{TreeWriter, attr, element, mark};
use crate::document::{
    Block, BlockKind, BoxRole, Cell, ColumnAlignment, Inline, ListItem, ListMarks, NumberDelimiter, Numeral,
    ParagraphRole, Row, Table,
};

impl<'d> TreeWriter<'d> {
    pub(super) fn blocks(&mut self, blocks: &'d [Block]) -> Vec<Value> {
        blocks.iter().map(|block| self.block(block)).collect()
    }

    fn block(&mut self, block: &'d Block) -> Value {
        let id = block.attributes.id.as_deref();
        let pairs = block.attributes.pairs.iter().map(|(key, value)| (key.as_str(), value.as_str()));
        let own = |first: Option<&str>| {
            let classes: Vec<String> =
                first.map(str::to_owned).into_iter().chain(block.attributes.classes.clone()).collect();
            let language = block.attributes.language.as_ref().map(|language| ("lang", language.as_str()));
            attr(id, &classes, pairs.clone().chain(language))
        };
        match &block.kind {
            BlockKind::Heading { level, content } => {
                element("Header", json!([level.get(), own(None), self.inlines(content)]))
            }
            BlockKind::Paragraph { role, content } => {
                let paragraph = element("Para", self.inlines(content));
                match paragraph_class(*role) {
                    None if id.is_none() => paragraph,
                    class => element("Div", json!([own(class), [paragraph]])),
                }
            }
            BlockKind::Quote { blocks, attribution } => {
                let mut quoted = self.blocks(blocks);
                if !attribution.is_empty() {
                    let mut line = super::inlines::words("—— ");
                    line.extend(self.inlines(attribution));
                    quoted.push(element("Para", line));
                }
                element("BlockQuote", quoted)
            }
            BlockKind::List { marks, tight, items } => self.list(*marks, *tight, items),
            BlockKind::Definitions { items } => {
                let mut done = Vec::new();
                for item in items {
                    // Pandoc has one term an item: further ones go on new lines of it.
                    let mut term = Vec::new();
                    for one in &item.terms {
                        if !term.is_empty() {
                            term.push(mark("LineBreak"));
                        }
                        term.extend(self.inlines(one));
                    }
                    let definitions: Vec<Vec<Value>> =
                        item.definitions.iter().map(|blocks| self.blocks(blocks)).collect();
                    done.push(json!([term, definitions]));
                }
                element("DefinitionList", done)
            }
            BlockKind::Table(table) => self.table(table, own(None)),
            BlockKind::Code { language, text } => element("CodeBlock", json!([own(language.as_deref()), text])),
            BlockKind::Figure { blocks, caption } => {
                let caption = self.caption(caption);
                element("Figure", json!([own(None), caption, self.blocks(blocks)]))
            }
            BlockKind::Verse { lines } => {
                let lines: Vec<Vec<Value>> = lines.iter().map(|line| self.inlines(line)).collect();
                element("LineBlock", lines)
            }
            BlockKind::Box { role, title, blocks } => {
                let mut inner = Vec::new();
                if !title.is_empty() {
                    let title = element("Para", self.inlines(title));
                    inner.push(element("Div", json!([attr(None, &["title".to_owned()], []), [title]])));
                }
                inner.extend(self.blocks(blocks));
                element("Div", json!([own(box_class(*role)), inner]))
            }
            BlockKind::Math { tex } => element("Para", vec![element("Math", json!([mark("DisplayMath"), tex]))]),
            BlockKind::ThematicBreak => mark("HorizontalRule"),
            BlockKind::PageBreak => element("RawBlock", json!(["tex", "\\newpage"])),
            BlockKind::Raw { format, text } => element("RawBlock", json!([format, text])),
        }
    }

    fn list(&mut self, marks: ListMarks, tight: bool, items: &'d [ListItem]) -> Value {
        let mut done = Vec::new();
        for item in items {
            let mut blocks = self.blocks(&item.blocks);
            let is_text = |block: &Value| block["t"] == "Para";
            if tight {
                blocks.iter_mut().filter(|block| is_text(block)).for_each(|block| block["t"] = "Plain".into());
            }
            if let Some(mark) = item.done.map(|done| if done { "☒" } else { "☐" }) {
                let marked = vec![element("Str", mark), super::mark("Space")];
                match blocks.first_mut().filter(|block| block["t"] == "Para" || block["t"] == "Plain") {
                    Some(first) => {
                        let rest = first["c"].as_array().cloned().unwrap_or_default();
                        first["c"] = marked.into_iter().chain(rest).collect();
                    }
                    None => blocks.insert(0, element("Plain", marked)),
                }
            }
            done.push(blocks);
        }
        match marks {
            ListMarks::Bullet => element("BulletList", done),
            ListMarks::Ordered { start, numeral, delimiter } => {
                let numeral = match numeral {
                    Numeral::Decimal | Numeral::Chinese | Numeral::Circled => "Decimal",
                    Numeral::LowerAlpha => "LowerAlpha",
                    Numeral::UpperAlpha => "UpperAlpha",
                    Numeral::LowerRoman => "LowerRoman",
                    Numeral::UpperRoman => "UpperRoman",
                };
                let delimiter = match delimiter {
                    NumberDelimiter::Period => "Period",
                    NumberDelimiter::Parenthesis => "OneParen",
                    NumberDelimiter::Parentheses => "TwoParens",
                    NumberDelimiter::Comma | NumberDelimiter::None => "DefaultDelim",
                };
                element("OrderedList", json!([[start, mark(numeral), mark(delimiter)], done]))
            }
        }
    }

    fn caption(&mut self, caption: &'d [Inline]) -> Value {
        let blocks = if caption.is_empty() { Vec::new() } else { vec![element("Plain", self.inlines(caption))] };
        json!([null, blocks])
    }

    fn table(&mut self, table: &'d Table, attributes: Value) -> Value {
        let columns: Vec<Value> = (0..table.columns())
            .map(|column| json!([alignment(table.alignments.get(column).copied()), mark("ColWidthDefault")]))
            .collect();
        let names_rows = |row: &Row| row.cells.iter().take_while(|cell| cell.heads_row).count();
        let heads = table.body.iter().map(names_rows).min().unwrap_or(0);
        let caption = self.caption(&table.caption);
        let head = self.rows(&table.head);
        let body = self.rows(&table.body);
        let foot = self.rows(&table.foot);
        let none = attr(None, &[], []);
        let body = json!([[none, heads, [], body]]);
        element("Table", json!([attributes, caption, columns, [none, head], body, [none, foot]]))
    }

    fn rows(&mut self, rows: &'d [Row]) -> Vec<Value> {
        let mut done = Vec::new();
        for row in rows {
            let cells: Vec<Value> = row.cells.iter().map(|cell| self.cell(cell)).collect();
            done.push(json!([attr(None, &[], []), cells]));
        }
        done
    }

    fn cell(&mut self, cell: &'d Cell) -> Value {
        let mut blocks = self.blocks(&cell.blocks);
        if let [only] = blocks.as_mut_slice()
            && only["t"] == "Para"
        {
            only["t"] = "Plain".into();
        }
        json!([attr(None, &[], []), alignment(cell.alignment), cell.rows, cell.columns, blocks])
    }
}

fn alignment(alignment: Option<ColumnAlignment>) -> Value {
    mark(match alignment.unwrap_or_default() {
        ColumnAlignment::Start => "AlignDefault",
        ColumnAlignment::Left => "AlignLeft",
        ColumnAlignment::Center => "AlignCenter",
        ColumnAlignment::Right => "AlignRight",
    })
}

fn paragraph_class(role: ParagraphRole) -> Option<&'static str> {
    match role {
        ParagraphRole::Body | ParagraphRole::Continuation => None,
        ParagraphRole::Centered => Some("centered"),
        ParagraphRole::Closing => Some("closing"),
        ParagraphRole::Salutation => Some("salutation"),
        ParagraphRole::Turn => Some("turn"),
    }
}

fn box_class(role: BoxRole) -> Option<&'static str> {
    Some(match role {
        BoxRole::Aside => "aside",
        BoxRole::Abstract => "abstract",
        BoxRole::EditorNote => "editor-note",
        BoxRole::Note => "note",
        BoxRole::Tip => "tip",
        BoxRole::Important => "important",
        BoxRole::Warning => "warning",
        BoxRole::Caution => "caution",
        BoxRole::Details => "details",
        BoxRole::Epigraph => "epigraph",
        BoxRole::Dedication => "dedication",
        BoxRole::Division => return None,
    })
}
