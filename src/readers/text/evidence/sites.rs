//! Evidence by the names of sites and of their pages: breadcrumbs, bars of links, page titles, running heads.

use super::about::is_meta;
use super::{Evidence, Scores};
use crate::readers::text::context::Role;
use crate::readers::text::labels::Label;
use crate::readers::text::lexicon::{Key, Meaning};
use crate::readers::text::number::Family;
use crate::readers::text::signs::Signs;

impl Evidence<'_> {
    /// Breadcrumbs, bars of links, site titles and running heads.
    pub(super) fn site_names(&self, index: usize, scores: &mut Scores) {
        let (line, _, around) = self.get(index);
        let (b, text) = (Label::Boilerplate, line.text.as_ref());
        let before = index < self.habits.first_text;
        if line.chars > 80 {
            return;
        }
        let outside = before || index > self.habits.last_text;
        let mail = text.contains('@') && text.contains('<');
        if line.chars <= 60
            && outside
            && !mail
            && !text.starts_with(['>', '＞'])
            && [">", "＞", "›", "»", "→"].iter().any(|mark| text.contains(mark))
        {
            scores.weigh(b, 12, "breadcrumbs");
        }
        if before && index < 12 && line.signs.any(Signs::SLASH) && line.chars <= 24 && is_slashed_path(text) {
            scores.weigh(b, 12, "breadcrumbs");
        }
        let barred = line.signs.any(Signs::BAR | Signs::DOT | Signs::SLASH);
        let bars = if barred { text.matches(['|', '｜', '·', '•', '┊', '/']).count() } else { 0 };
        let dated = self.features[index]
            .meta
            .as_ref()
            .is_some_and(|meta| meta.left_over <= 4 && meta.pieces.iter().any(|piece| piece.key == Key::Date));
        if bars >= 3 && line.chars <= 80 && !around.row && !dated {
            scores.weigh(b, 9, "a bar of links");
        }
        // Korean words are that short in any sentence.
        let short =
            |word: &str| word.chars().count() <= 4 && !word.starts_with(|c| ('\u{AC00}'..='\u{D7A3}').contains(&c));
        if line.signs.any(Signs::SPACE | Signs::BLANK)
            && text.contains([' ', '\u{3000}'])
            && text.split_whitespace().count() >= 5
            && text.split_whitespace().all(short)
            && !around.row
            && !self.habits.latin
        {
            scores.weigh(b, 9, "many single words");
        }
        if around.repeated >= 3 && line.chars <= 30 && !self.features[index].rule && self.running_head(index) {
            scores.weigh(b, 16, "repeated at the head or foot of pages");
        }
        if before && index < 6 {
            if is_site_name(&line.text, line.chars) {
                scores.weigh(b, 10, "a site's name");
            }
            if self.site_title(index) {
                scores.weigh(b, 14, "the page's title with the site's name after it");
            }
            let next_blank = self.lines.get(index + 1).is_some_and(|next| next.blanks > 0);
            if index == 0 && next_blank && line.chars <= 14 && self.title_follows() {
                scores.weigh(b, 4, "first line, and a title follows");
            }
        }
        if self.features[index].number.is_some_and(|number| number.family == Family::Bullet) && before && index < 30 {
            scores.weigh(b, 8, "a bullet before the text");
        }
        if self.features[index].number.is_some_and(|number| number.family == Family::Bullet)
            && index > self.habits.last_text
            && line.chars <= 40
            && self.in_chrome(index)
        {
            scores.weigh(b, 6, "a bullet among the site's lines");
        }
    }

    fn in_chrome(&self, index: usize) -> bool {
        let near = [index.wrapping_sub(1), index + 1];
        near.iter().filter_map(|near| self.features.get(*near)).any(|feature| {
            feature.anywhere.is_some()
                || feature.start.is_some_and(|word| {
                    matches!(word.meaning, Meaning::Contact | Meaning::Footer | Meaning::Sharing | Meaning::Related)
                })
                || matches!(feature.whole, Some(Meaning::Navigation | Meaning::Sharing | Meaning::Footer))
        })
    }

    /// A line repeated next to page numbers or page ends.
    fn running_head(&self, index: usize) -> bool {
        let page_end = |at: usize| {
            self.features.get(at).is_some_and(|feature| feature.page_number)
                || self.around.get(at).is_some_and(|around| around.role == Role::Page)
        };
        self.lines[index].new_page
            || page_end(index.wrapping_sub(1))
            || page_end(index + 1)
            || self.lines.get(index + 1).is_some_and(|next| next.new_page)
    }

    /// `title - site`, with the title again on a line of its own soon after.
    fn site_title(&self, index: usize) -> bool {
        let text = &self.lines[index].text;
        self.lines[index + 1..].iter().take(14).any(|later| {
            later.chars >= 3
                && text.strip_prefix(later.text.as_ref()).is_some_and(|rest| {
                    rest.trim_start().starts_with(['-', '_', '|', '｜', '—', '–', '·', '：', '【', '丨', '＿', '（'])
                })
        })
    }

    /// Whether one of the next lines is followed by meta lines.
    fn title_follows(&self) -> bool {
        (1..6).any(|index| self.features.get(index).is_some_and(is_meta))
    }
}

/// 展览 / 常设展览: short words between slashes that stand apart.
pub(super) fn is_slashed_path(text: &str) -> bool {
    let parts = text.split(" / ");
    let word = |part: &str| (2..=8).contains(&part.chars().count()) && part.chars().all(char::is_alphanumeric);
    parts.clone().count() >= 2 && parts.into_iter().all(word)
}

/// A few words that end like the name of a site or paper.
pub(super) fn is_site_name(text: &str, chars: u32) -> bool {
    const ENDINGS: &[&str] = &[
        "网",
        "網",
        "网站",
        "網站",
        "日报",
        "日報",
        "报社",
        "门户",
        "門戶",
        "频道",
        "頻道",
        "ニュース",
        "新聞",
        "뉴스",
        "在线",
        "论坛",
        "論壇",
        "博客",
        "晚报",
        "晨报",
        "周刊",
        "小说网",
        "文库",
        "書屋",
        "书屋",
        "商城",
        "旗舰店",
        "官网",
    ];
    chars <= 16 && ENDINGS.iter().any(|ending| text.ends_with(ending))
}
