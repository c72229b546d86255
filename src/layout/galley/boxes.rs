//! What is set apart from the running text: quotations, boxes, verse, displayed mathematics, breaks between scenes.

use super::Setter;
use super::row::{Enclosure, EnclosureId, Row};
use crate::document::{Block, BoxRole, Inline, Region};
use crate::layout::structure::Role;
use crate::layout::style::{Flow, Text};
use crate::length::{Em, Length};
use crate::themes::{Alignment, Family};

const TWO_EMS: Em = Em(2 * crate::length::UNITS);

impl<'a> Setter<'a> {
    /// A block quotation: Kai, two ems in, a line of space before and after (clreq §3.4.2).
    pub(super) fn quote(&mut self, blocks: &'a [Block], attribution: &'a [Inline], flow: &Flow) {
        let node = self.structure.add(flow.node, Role::Quote);
        let text = Text { family: Family::Kai, ..flow.text };
        let inner = Flow { node, text, ..flow.indented(TWO_EMS, Em::ZERO) };
        let first = self.galley.rows.len();
        self.blocks(blocks, &inner);
        if !attribution.is_empty() {
            if let Some(row) = self.galley.rows[first..].last_mut() {
                row.keep_with_next = true;
            }
            let own = self.structure.add(node, Role::Paragraph);
            let text = Text { align: Alignment::End, ..text };
            let rows = self.text_rows(attribution, &inner.indented(Em::ZERO, TWO_EMS), text, Em::ZERO, own);
            self.push_paragraph(rows, &inner);
        }
        self.settle(first, Em::ONE, Em::ONE, flow);
    }

    pub(super) fn set_apart(&mut self, role: BoxRole, title: &'a [Inline], blocks: &'a [Block], flow: &Flow) {
        match role {
            BoxRole::Division => {
                let inner = Flow { node: self.structure.add(flow.node, Role::Aside), ..flow.clone() };
                self.box_title(title, None, &inner);
                self.blocks(blocks, &inner);
            }
            BoxRole::Abstract | BoxRole::Epigraph | BoxRole::Dedication | BoxRole::EditorNote => {
                self.quiet_box(role, title, blocks, flow);
            }
            BoxRole::Aside | BoxRole::Details => self.tinted_box(None, None, title, blocks, flow),
            BoxRole::Note | BoxRole::Tip | BoxRole::Important | BoxRole::Warning | BoxRole::Caution => {
                let label = alert_label(role, flow.language.region());
                self.tinted_box(Some(alert_ink(role)), Some(label), title, blocks, flow);
            }
        }
    }

    /// Set apart by face and indent alone.
    fn quiet_box(&mut self, role: BoxRole, title: &'a [Inline], blocks: &'a [Block], flow: &Flow) {
        let node = self.structure.add(flow.node, Role::Aside);
        let text = Text { family: Family::Kai, ..flow.text };
        let (start, end) = match role {
            BoxRole::Epigraph => (Em::ratio(12, 1), Em::ZERO),
            BoxRole::Dedication => (TWO_EMS, TWO_EMS),
            _ => (TWO_EMS, TWO_EMS),
        };
        let align = if role == BoxRole::Dedication { Alignment::Center } else { text.align };
        let indent = if role == BoxRole::Dedication { Em::ZERO } else { flow.indent };
        let inner = Flow { node, text: Text { align, ..text }, indent, ..flow.indented(start, end) };
        let first = self.galley.rows.len();
        self.box_title(title, None, &inner);
        self.blocks(blocks, &inner);
        if self.galley.rows.len() > first {
            self.settle(first, Em::ONE, Em::ONE, flow);
        }
    }

    /// Set on a tint; alerts have a bar at the start edge.
    fn tinted_box(
        &mut self,
        bar: Option<[u8; 3]>,
        label: Option<&str>,
        title: &'a [Inline],
        blocks: &'a [Block],
        flow: &Flow,
    ) {
        let node = self.structure.add(flow.node, Role::Aside);
        let enclosure = self.enclose(flow, bar);
        let padding = Em::ONE;
        let inner = Flow { node, on_grid: false, enclosure: Some(enclosure), ..flow.indented(padding, padding) };
        let first = self.galley.rows.len();
        self.pad(&inner, true);
        self.box_title(title, label, &inner);
        self.blocks(blocks, &inner);
        self.pad(&inner, false);
        self.settle(first, Em::HALF, Em::HALF, flow);
    }

    /// A new enclosure as wide as the flow.
    pub(super) fn enclose(&mut self, flow: &Flow, bar: Option<[u8; 3]>) -> EnclosureId {
        let id = EnclosureId(self.galley.enclosures.len() as u32);
        let tint = Some(self.edition.theme.colors.tint.0);
        let bar = bar.map(|ink| (ink, Length::points(5) / 2));
        let parent = flow.enclosure;
        self.galley.enclosures.push(Enclosure { parent, inline: flow.start, width: flow.measure, tint, bar });
        id
    }

    /// Space between an enclosure's edge and what is in it.
    pub(super) fn pad(&mut self, inner: &Flow, opens: bool) {
        let mut row = Row::blank(Length::points(5));
        if opens {
            row.keep_with_next = true;
        } else if let Some(last) = self.galley.rows.last_mut() {
            last.keep_with_next = true;
        }
        self.push_rows(vec![row], inner);
    }

    fn box_title(&mut self, title: &'a [Inline], label: Option<&str>, inner: &Flow) {
        let words = label.map(|label| [Inline::text(label)]);
        let content: &[Inline] = match &words {
            Some(words) if title.is_empty() => words,
            _ => title,
        };
        if content.is_empty() {
            return;
        }
        let node = self.structure.add(inner.node, Role::Paragraph);
        let align = if inner.text.align == Alignment::Center { Alignment::Center } else { Alignment::Start };
        let text = Text { family: Family::Hei, bold: true, align, ..inner.text };
        let first = self.galley.rows.len();
        let rows = self.text_rows(content, inner, text, Em::ZERO, node);
        self.push_paragraph(rows, inner);
        self.galley.rows[first..].iter_mut().for_each(|row| row.keep_with_next = true);
    }

    /// Lines kept as lines, the longest of them in the middle of the measure.
    pub(super) fn verse(&mut self, lines: &'a [Vec<Inline>], flow: &Flow) {
        let node = self.structure.add(flow.node, Role::Paragraph);
        let text = Text { family: Family::Kai, align: Alignment::Start, ..flow.text };
        let turned = flow.indented(TWO_EMS, Em::ZERO);
        let hang = if turned.start > flow.start { -TWO_EMS } else { Em::ZERO };
        let first = self.galley.rows.len();
        let mut widest = Length::ZERO;
        for (index, line) in lines.iter().enumerate() {
            if line.is_empty() {
                self.push_rows(vec![Row { on_grid: flow.on_grid, ..Row::blank(text.pitch) }], flow);
                continue;
            }
            let own = self.structure.add(node, Role::Span);
            let rows = self.text_rows(line, &turned, text, hang, own);
            let ends = rows.iter().flat_map(|row| row.marks.iter()).map(super::list::mark_end);
            widest = ends.max().unwrap_or(widest).max(widest);
            self.push_paragraph(rows, flow);
            let closes_stanza = lines.get(index + 1).is_none_or(Vec::is_empty);
            if let Some(row) = self.galley.rows.last_mut() {
                // Two lines at least on either side of a page break.
                row.keep_with_next |=
                    !closes_stanza && (index % 4 == 0 || lines.get(index + 2).is_none_or(Vec::is_empty));
            }
        }
        let spare = (flow.start + flow.measure - widest) / 2;
        let whole = Length(spare.0.max(0) / flow.text.size.0.max(1) * flow.text.size.0);
        self.galley.rows[first..].iter_mut().for_each(|row| row.shift(whole));
        self.settle(first, Em::ONE, Em::ONE, flow);
    }

    /// Displayed mathematics: its source, in the middle of the measure.
    pub(super) fn display_math(&mut self, tex: &str, flow: &Flow) {
        let node = self.structure.add(flow.node, Role::Paragraph);
        let text = Text { align: Alignment::Center, ..flow.text };
        let first = self.galley.rows.len();
        let inner = flow.indented(TWO_EMS, TWO_EMS);
        let content = [Inline::Math(tex.replace('\n', " "))];
        let rows = self.text_rows(&content, &inner, text, Em::ZERO, node);
        self.push_paragraph(rows, &Flow { on_grid: false, ..inner });
        self.settle(first, Em::HALF, Em::HALF, flow);
    }

    /// A short rule in the middle of the measure.
    pub(super) fn thematic_break(&mut self, flow: &Flow) {
        let mut row = Row { on_grid: flow.on_grid, keep_with_next: true, ..Row::blank(flow.text.pitch * 2) };
        let width = Em::ratio(6, 1).at(flow.text.size).min(flow.measure);
        let color = self.edition.theme.colors.rule.0;
        row.rule(flow.start + (flow.measure - width) / 2, flow.text.pitch, width, Length::points(1) / 2, color);
        self.push_rows(vec![row], flow);
    }
}

/// What an alert without a title of its own is called.
fn alert_label(role: BoxRole, region: Region) -> &'static str {
    let row = match role {
        BoxRole::Tip => ["提示", "提示", "ヒント", "도움말", "Tip"],
        BoxRole::Important => ["重要", "重要", "重要", "중요", "Important"],
        BoxRole::Warning => ["警告", "警告", "警告", "경고", "Warning"],
        BoxRole::Caution => ["当心", "當心", "注意", "주의", "Caution"],
        _ => ["注意", "注意", "ノート", "참고", "Note"],
    };
    match region {
        Region::Mainland => row[0],
        Region::Taiwan | Region::HongKong => row[1],
        Region::Japan => row[2],
        Region::Korea => row[3],
        Region::Western => row[4],
    }
}

fn alert_ink(role: BoxRole) -> [u8; 3] {
    match role {
        BoxRole::Tip => [47, 122, 82],
        BoxRole::Important => [105, 73, 150],
        BoxRole::Warning => [178, 118, 20],
        BoxRole::Caution => [168, 45, 40],
        _ => [52, 98, 160],
    }
}
