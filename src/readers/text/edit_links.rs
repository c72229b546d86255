//! Links to edit a section that pages of reference works put behind their headings: 历史[编辑].

use super::lines::Line;
use crate::document::{Origin, SetAside};

/// What stands between the brackets.
const WORDS: &[&str] = &[
    "编辑",
    "編輯",
    "編集",
    "编辑源代码",
    "編輯原始碼",
    "编辑 | 编辑源代码",
    "ソースを編集",
    "edit",
    "edit source",
    "편집",
    "원본 편집",
];

/// Longest heading with its link, in characters.
const LONGEST: u32 = 60;

/// Cut the links off the ends of short lines; returns what was cut.
pub(super) fn cut(lines: &mut [Line]) -> Vec<SetAside> {
    let mut cut = Vec::new();
    let linked = |line: &&mut Line| line.chars <= LONGEST && line.text.ends_with([']', '］', '辑']);
    for line in lines.iter_mut().filter(linked) {
        let Some(heading) = without_link(&line.text).or_else(|| without_buttons(&line.text)) else { continue };
        let (kept, link) = (heading.to_owned(), line.text[heading.len()..].to_owned());
        let origin = Origin::new(line.number, line.start..line.end);
        cut.push(SetAside { text: link, reason: "link to edit the section".to_owned(), origin: Some(origin) });
        line.chars = kept.chars().count() as u32;
        line.text = kept.into();
    }
    cut
}

/// A heading without the link behind it; None where there is none, or nothing else.
fn without_link(text: &str) -> Option<&str> {
    let closed = text.strip_suffix([']', '］'])?;
    let open = closed.rfind(['[', '［'])?;
    let inner = closed[open..].trim_start_matches(['[', '［']).trim();
    let heading = text[..open].trim_end();
    (WORDS.contains(&inner) && !heading.is_empty()).then_some(heading)
}

/// A heading without the buttons to read and to edit it behind it: 历史沿革播报编辑.
fn without_buttons(text: &str) -> Option<&str> {
    let blank = |c: char| c.is_whitespace() || matches!(c, '[' | ']');
    let heading = text.strip_suffix("编辑")?.trim_end_matches(blank).strip_suffix("播报")?.trim_end_matches(blank);
    (!heading.is_empty()).then_some(heading)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn buttons_behind_headings_are_cut() {
        assert_eq!(without_buttons("历史沿革 播报 编辑"), Some("历史沿革"));
        assert_eq!(without_buttons("播报编辑"), None);
        assert_eq!(without_buttons("词条编辑"), None);
    }

    #[test]
    fn links_to_edit_are_cut_and_others_stay() {
        for (text, heading) in [("历史[编辑]", "历史"), ("History [edit]", "History"), ("歴史[編集]", "歴史")]
        {
            assert_eq!(without_link(text), Some(heading), "{text}");
        }
        for text in ["历史[3]", "[编辑]", "历史（编辑）"] {
            assert_eq!(without_link(text), None, "{text}");
        }
    }
}
