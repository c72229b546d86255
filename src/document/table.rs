//! Tables: rows of cells with spans, a head, and an alignment for each column.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Block, Inline};

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Table {
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub caption: Vec<Inline>,
    /// One entry a column; fewer mean [`ColumnAlignment::Start`] for the rest.
    #[serde(default)]
    pub alignments: Vec<ColumnAlignment>,
    /// Rows repeated at the head of each page.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub head: Vec<Row>,
    pub body: Vec<Row>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub foot: Vec<Row>,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Row {
    pub cells: Vec<Cell>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Cell {
    pub blocks: Vec<Block>,
    #[serde(default = "one", skip_serializing_if = "is_one")]
    pub columns: u32,
    #[serde(default = "one", skip_serializing_if = "is_one")]
    pub rows: u32,
    /// Where it differs from its column's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub alignment: Option<ColumnAlignment>,
    /// A head cell outside the head rows: the name of its row.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub heads_row: bool,
}

impl Default for Cell {
    fn default() -> Cell {
        Cell { blocks: Vec::new(), columns: 1, rows: 1, alignment: None, heads_row: false }
    }
}

fn one() -> u32 {
    1
}

fn is_one(span: &u32) -> bool {
    *span == 1
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum ColumnAlignment {
    /// Nothing said: the start of the line.
    #[default]
    Start,
    Left,
    Center,
    Right,
}

impl Table {
    /// Number of columns: of its widest row, or of its alignments.
    pub fn columns(&self) -> usize {
        let rows = self.head.iter().chain(&self.body).chain(&self.foot);
        let widest = rows.map(|row| row.cells.iter().map(|cell| cell.columns as usize).sum::<usize>()).max();
        widest.unwrap_or(0).max(self.alignments.len())
    }
}
