//! The title: over an article as a block on its first page, of a book on a page of its own.

use super::{Galley, Setter};
use crate::document::{Block, BlockKind, Inline, Link, Metadata, Region};
use crate::layout::structure::Role;
use crate::layout::style::{Flow, Text};
use crate::length::{Em, Length};
use crate::themes::{Alignment, TextStyle};

impl<'a> Setter<'a> {
    /// Title, subtitle and byline over an article. Gives the index of the heading that is the title and must not be set
    /// again.
    pub fn title_block(&mut self) -> Option<usize> {
        let document = self.document;
        let heading = document.title_heading();
        let flow = self.body_flow();
        let first = self.galley.rows.len();
        let theme = self.edition.theme.clone();
        let words = self.title_words(heading);
        if !words.is_empty() {
            let title = document.title().unwrap_or_default();
            let rank = self.rank(0);
            if let Some(id) = heading.and_then(|index| document.blocks[index].attributes.id.clone()) {
                self.waiting_anchors.push(id);
            }
            self.title_line(&words, &theme.title, Role::Heading { rank, title }, &flow);
        }
        if let Some(subtitle) = &document.metadata.subtitle {
            self.title_line(&[Inline::text(subtitle.clone())], &theme.subtitle, Role::Paragraph, &flow);
        }
        let byline = byline(&document.metadata, flow.language.region());
        if !byline.is_empty() {
            self.title_line(&byline, &theme.byline, Role::Paragraph, &flow);
        }
        if self.galley.rows.len() > first {
            // A title stands lower than the first line even at the head of its page.
            let space = theme.title.space_before.at(theme.body.pitch);
            let row = &mut self.galley.rows[first];
            row.extent += space;
            row.lower(space);
            self.settle(first, Em::ZERO, Em::ZERO, &flow);
            self.keep_with_text(first);
            let called = self.galley.rows[first..].iter().any(|row| !row.notes.is_empty());
            if called {
                self.set_called_notes(first, &flow);
            }
        }
        heading
    }

    fn title_words(&self, heading: Option<usize>) -> Vec<Inline> {
        let of_heading = heading.and_then(|index| match &self.document.blocks[index] {
            Block { kind: BlockKind::Heading { content, .. }, .. } => Some(content.clone()),
            _ => None,
        });
        let of_metadata = || self.document.metadata.title.clone().filter(|title| !title.trim().is_empty());
        of_heading.or_else(|| of_metadata().map(|title| vec![Inline::text(title)])).unwrap_or_default()
    }

    fn title_line(&mut self, content: &[Inline], style: &TextStyle, role: Role, flow: &Flow) {
        let node = self.structure.add(flow.node, role);
        let pitch = self.edition.theme.body.pitch;
        let first = self.galley.rows.len();
        let side = Em::ONE;
        let place = flow.indented(side, side);
        let mut text = Text::of(style);
        let whole: Length = self.line_widths(content, &place, text).into_iter().sum();
        if place.measure < whole && whole <= place.measure * 115 / 100 {
            // A little smaller it is one line.
            text.size = Length((i128::from(text.size.0) * i128::from(place.measure.0) / i128::from(whole.0)) as i64);
            text.size = text.size * 99 / 100;
        }
        let rows = self.balanced_rows(content, &place, text, node);
        self.push_rows(rows, flow);
        if let Some(row) = self.galley.rows.get_mut(first) {
            row.before = style.space_before.at(pitch);
        }
        if let Some(row) = self.galley.rows[first..].last_mut() {
            row.after = style.space_after.at(pitch);
        }
    }

    fn keep_with_text(&mut self, first: usize) {
        self.galley.rows[first..].iter_mut().for_each(|row| row.keep_with_next = true);
    }
}

/// Author, source and date on one line, parted by an em of space. The source leads to the article's address.
fn byline(metadata: &Metadata, region: Region) -> Vec<Inline> {
    let mut parts: Vec<Vec<Inline>> = Vec::new();
    let authors: Vec<&str> = metadata.authors().collect();
    if !authors.is_empty() {
        parts.push(vec![Inline::text(authors.join(if region == Region::Western { ", " } else { "　" }))]);
    }
    for other in metadata.contributors.iter().filter(|contributor| contributor.role != "author") {
        parts.push(vec![Inline::text(contribution(&other.name, &other.role, region))]);
    }
    let linked = |words: &str| match &metadata.address {
        Some(address) => {
            vec![Inline::from(Link { target: address.clone(), title: None, content: vec![Inline::text(words)] })]
        }
        None => vec![Inline::text(words)],
    };
    if let Some(source) = &metadata.source {
        parts.push(linked(source));
    }
    if let Some(date) = &metadata.date {
        parts.push(vec![Inline::text(written_date(date, region))]);
    }
    let mut line = Vec::new();
    for (index, part) in parts.into_iter().enumerate() {
        if index > 0 {
            line.push(Inline::text(if region == Region::Western { " · " } else { "　　" }));
        }
        line.extend(part);
    }
    line
}

/// A name with what its bearer did.
fn contribution(name: &str, role: &str, region: Region) -> String {
    let western = region == Region::Western;
    let word = match role {
        "editor" if !western => "编",
        "translator" if !western => "译",
        "illustrator" if !western => "绘",
        "photographer" if !western => "摄",
        other => return format!("{name} ({other})"),
    };
    let word = match (word, region) {
        ("编", Region::Taiwan | Region::HongKong) => "編",
        ("编", Region::Japan) => "編",
        ("译", Region::Taiwan | Region::HongKong) => "譯",
        ("译", Region::Japan) => "訳",
        ("绘", Region::Taiwan | Region::HongKong) => "繪",
        ("绘", Region::Japan) => "絵",
        ("摄", Region::Taiwan | Region::HongKong) => "攝",
        ("摄", Region::Japan) => "撮影",
        (word, _) => word,
    };
    format!("{name}　{word}")
}

/// An ISO date as the region writes it; anything else as it is.
fn written_date(date: &str, region: Region) -> String {
    let day = date.split(['T', ' ']).next().unwrap_or(date);
    let numbers: Vec<&str> = day.split('-').collect();
    let all_digits = numbers.iter().all(|number| !number.is_empty() && number.bytes().all(|b| b.is_ascii_digit()));
    if !all_digits || numbers.len() > 3 || numbers[0].len() != 4 || region == Region::Western {
        return date.replace('T', " ");
    }
    let (year, month, day_of_month) =
        if region == Region::Korea { ("년 ", "월 ", "일") } else { ("年", "月", "日") };
    let mut written = format!("{}{year}", numbers[0]);
    for (number, unit) in numbers[1..].iter().zip([month, day_of_month]) {
        written.push_str(number.trim_start_matches('0'));
        written.push_str(unit);
    }
    match date[day.len()..].get(1..6).filter(|time| time.as_bytes()[2] == b':') {
        Some(time) => format!("{} {time}", written.trim_end()),
        None => written.trim_end().to_owned(),
    }
}

/// A book's title page: title and subtitle over the middle, byline under them, publisher at the foot.
pub fn set_title_page(setter: &mut Setter<'_>) -> Option<Galley> {
    let metadata = setter.document.metadata.clone();
    let title = metadata.title.clone().filter(|title| !title.trim().is_empty())?;
    let flow = setter.body_flow();
    let theme = setter.edition.theme.clone();
    let larger = |style: &TextStyle, by: i64| TextStyle {
        size: style.size * by / 100,
        pitch: style.pitch * by / 100,
        align: Alignment::Center,
        ..style.clone()
    };
    let rank = setter.rank(0);
    let _ = setter.ranks.pop();
    debug_assert_eq!(rank, 1);
    setter.title_line(&[Inline::text(title)], &larger(&theme.title, 130), Role::Title, &flow);
    if let Some(subtitle) = &metadata.subtitle {
        setter.title_line(&[Inline::text(subtitle.clone())], &larger(&theme.subtitle, 115), Role::Paragraph, &flow);
    }
    let byline = byline(&metadata, flow.language.region());
    if !byline.is_empty() {
        setter.title_line(&byline, &larger(&theme.byline, 125), Role::Paragraph, &flow);
    }
    if let Some(row) = setter.galley.rows.first_mut() {
        let space = setter.edition.theme.depth() * 28 / 100;
        row.extent += space;
        row.lower(space);
    }
    if let Some(publisher) = &metadata.publisher {
        let (_, extent) = super::stack(&setter.galley.rows);
        let first = setter.galley.rows.len();
        setter.title_line(&[Inline::text(publisher.clone())], &larger(&theme.subtitle, 100), Role::Paragraph, &flow);
        let left = setter.edition.theme.depth() - extent - theme.body.pitch * 4;
        if let Some(row) = setter.galley.rows.get_mut(first) {
            row.before = left.max(Length::ZERO);
        }
    }
    Some(setter.take_galley())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_written_as_the_region_writes_them() {
        assert_eq!(written_date("2022-08-06", Region::Mainland), "2022年8月6日");
        assert_eq!(written_date("2022-08", Region::Japan), "2022年8月");
        assert_eq!(written_date("2022-08-06T09:30", Region::Taiwan), "2022年8月6日 09:30");
        assert_eq!(written_date("去年", Region::Mainland), "去年");
    }
}
