//! Evidence for what is printed at the foot of a page between two paragraphs: a magazine's name and the page.

use super::{Evidence, Scores};
use crate::readers::text::features::Ends;
use crate::readers::text::labels::Label;
use crate::readers::text::signs::Signs;

/// A foot is looked for so many lines above and below another of the same name.
const NEAR: usize = 40;

impl Evidence<'_> {
    pub(super) fn folio(&self, index: usize, scores: &mut Scores) {
        let (line, feature, around) = self.get(index);
        let short = (3..=16).contains(&line.chars) && feature.ends == Ends::Open && !around.row && around.columns == 0;
        if !short || !line.signs.any(Signs::DIGIT) {
            return;
        }
        if is_jump(&line.text) {
            scores.weigh(Label::Boilerplate, 26, "says on which page it goes on");
        }
        let Some((name, page)) = folio(&line.text).filter(|_| line.signs.any(Signs::SPACE | Signs::BLANK)) else {
            return;
        };
        let jumps = |at: usize| self.lines.get(at).is_some_and(|near| near.chars <= 16 && is_jump(&near.text));
        let known = index > 0 && jumps(index - 1) || jumps(index + 1) || self.is_named(name) || {
            let near = index.saturating_sub(NEAR)..self.lines.len().min(index + NEAR);
            near.into_iter().any(|at| {
                let near = &self.lines[at];
                let named = near.text.starts_with(name) || near.text.ends_with(name);
                let alike = named && near.chars <= 16 && near.signs.any(Signs::DIGIT) && !self.around[at].row;
                let turned =
                    |(same, other): (&str, u32)| same == name && (other > page) == (at > index) && other != page;
                alike && at.abs_diff(index) > 1 && folio(&near.text).is_some_and(turned)
            })
        };
        if known {
            scores.weigh(Label::Boilerplate, 26, "a magazine's name and the page");
            scores.weigh(Label::Paragraph, -8, "a magazine's name and the page");
        }
    }

    /// Whether a line near the top or the end names a paper or magazine so: 《渡口人物》2021年第11期.
    fn is_named(&self, name: &str) -> bool {
        let named = |text: &str| {
            let at = text.find(name);
            at.is_some_and(|at| {
                text[..at].ends_with('《') && text[at + name.len()..].starts_with('》') || at == 0 && text == name
            })
        };
        let top = self.lines.iter().take(12);
        let end = self.lines.iter().rev().take(8);
        top.chain(end).any(|line| line.chars <= 40 && named(&line.text))
    }
}

/// `渡口人物　45`, `45　渡口人物`: a name of some letters, and a page.
fn folio(text: &str) -> Option<(&str, u32)> {
    let blank = [' ', '\u{3000}'];
    let (left, right) = text.split_once(blank)?;
    let right = right.trim_start_matches(blank);
    let name = |name: &str| (2..=10).contains(&name.chars().count()) && name.chars().all(char::is_alphabetic);
    let page = |page: &str| page.parse::<u32>().ok().filter(|_| page.len() <= 4 && !page.starts_with(['+', '0']));
    if name(left) { Some((left, page(right)?)) } else { Some((right, page(left)?)).filter(|(right, _)| name(right)) }
}

/// （下转第46页）
fn is_jump(text: &str) -> bool {
    let bare = text.trim_matches(['（', '）', '(', ')', '【', '】', '[', ']', ' ']);
    let words = ["下转", "上接", "下轉", "接第"];
    words.iter().any(|word| bare.starts_with(word)) && bare.ends_with(['页', '頁', '版'])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn feet_of_pages_are_taken_apart() {
        assert_eq!(folio("渡口人物　45"), Some(("渡口人物", 45)));
        assert_eq!(folio("46 渡口人物"), Some(("渡口人物", 46)));
        for text in ["渡口人物", "第 3 章", "渡口，人物 45", "45 46", "渡口 45 元"] {
            assert_eq!(folio(text), None, "{text}");
        }
        assert!(is_jump("（下转第46页）") && is_jump("【上接A1版】") && !is_jump("下转的车"));
    }
}
