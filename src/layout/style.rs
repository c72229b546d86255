//! What a block is set with: the theme's styles carried down the tree of blocks.

use super::galley::EnclosureId;
use super::inline::{self, ParagraphStyle};
use super::structure::NodeId;
use crate::document::{Language, Region};
use crate::font::{Role, Weight};
use crate::length::{Em, Length};
use crate::themes::{Alignment, Family, TextStyle, Theme};

/// Where and how blocks are set.
#[derive(Clone, Debug)]
pub struct Flow {
    /// From the column's start.
    pub start: Length,
    pub measure: Length,
    /// Parent of what is set, in the structure.
    pub node: NodeId,
    pub text: Text,
    /// First-line indent of paragraphs.
    pub indent: Em,
    /// Lines stand on the body's grid.
    pub on_grid: bool,
    pub language: Language,
    pub enclosure: Option<EnclosureId>,
}

/// How text is set.
#[derive(Clone, Copy, Debug)]
pub struct Text {
    pub family: Family,
    pub bold: bool,
    pub size: Length,
    pub pitch: Length,
    pub align: Alignment,
}

impl Text {
    pub fn body(theme: &Theme) -> Text {
        let (size, pitch) = (theme.body.size, theme.body.pitch);
        Text { family: Family::Song, bold: false, size, pitch, align: Alignment::Justify }
    }

    pub fn of(style: &TextStyle) -> Text {
        Text { family: style.face, bold: style.bold, size: style.size, pitch: style.pitch, align: style.align }
    }

    /// What the composer is told.
    pub fn paragraph_style(&self, language: &Language, indent: Em) -> ParagraphStyle {
        ParagraphStyle {
            size: self.size,
            role: match self.family {
                Family::Song => Role::Song,
                Family::Hei => Role::Hei,
                Family::Kai => Role::Kai,
                Family::Mono => Role::Mono,
            },
            weight: if self.bold { Weight::Bold } else { Weight::Regular },
            language: language.clone(),
            start_indent: Length::ZERO,
            first_indent: indent.at(self.size),
            alignment: match self.align {
                Alignment::Justify => inline::Alignment::Justify,
                Alignment::Start => inline::Alignment::Start,
                Alignment::Center => inline::Alignment::Center,
                Alignment::End => inline::Alignment::End,
            },
            ..ParagraphStyle::default()
        }
    }

    /// Of the baseline below the top of a line: the character frame stands in the middle of the line, and a Han face's
    /// baseline at 88 % of its frame.
    pub fn baseline(&self) -> Length {
        self.pitch / 2 + Em::ratio(38, 100).at(self.size)
    }
}

/// Indents stop growing when so little of the measure is left.
const LEAST_MEASURE: Em = Em(10 * crate::length::UNITS);

impl Flow {
    /// Narrower by so many ems at the start and the end, as long as there is room.
    pub fn indented(&self, start: Em, end: Em) -> Flow {
        let (start, end) = (start.at(self.text.size), end.at(self.text.size));
        let measure = self.measure - start - end;
        if measure < LEAST_MEASURE.at(self.text.size) {
            return self.clone();
        }
        Flow { start: self.start + start, measure, ..self.clone() }
    }
}

/// First-line indent of a paragraph: the theme's in Chinese, at most one em where Japanese or Korean habits rule.
/// clreq §3.4.1, JLReq §3.5.1.
pub fn first_line_indent(theme: Em, language: &Language) -> Em {
    match language.region() {
        Region::Japan | Region::Korea => theme.min(Em::ONE),
        Region::Mainland | Region::Taiwan | Region::HongKong | Region::Western => theme,
    }
}
