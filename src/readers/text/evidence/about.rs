//! Evidence for lines about the article: who wrote it, when, and where it appeared.

use super::titles::names_book_and_author;
use super::{Evidence, Scores};
use crate::readers::text::days::Span;
use crate::readers::text::features::Features;
use crate::readers::text::labels::Label;
use crate::readers::text::lexicon::{Key, Meaning};

impl Evidence<'_> {
    pub(super) fn meta(&self, index: usize, scores: &mut Scores) {
        let (line, feature, _) = self.get(index);
        let m = Label::Meta;
        if let Some(because) = self.byline(index) {
            scores.offer(m, 12, because);
        }
        let Some(meta) = &feature.meta else { return };
        if feature.whole.is_some_and(Meaning::is_of_the_site) && meta.pieces.iter().all(|piece| piece.key != Key::Date)
        {
            scores.weigh(m, -10, "a row of a site's words");
        }
        scores.offer(m, 2, "can be read as author, date or source");
        if names_book_and_author(&line.text) {
            scores.weigh(m, 14, "a book and its author");
        }
        scores.weigh(m, 6 * meta.keys.min(3) as i32, "written out as key and value");
        let known = |key: Key| meta.pieces.iter().any(|piece| piece.key == key);
        if meta.keys == 0 && known(Key::Date) {
            scores.weigh(m, 5, "a date");
        }
        if meta.keys == 0 && index > self.habits.last_text {
            scores.weigh(m, -9, "below the text a date is its closing");
        }
        if meta.keys == 0 && index > self.habits.first_text + 8 && index < self.habits.last_text {
            scores.weigh(m, -10, "a date in the midst of the text");
            if meta.left_over == 0 && known(Key::Date) && line.chars <= 16 {
                scores.offer(Label::Centered, 6, "a date alone in the midst of the text");
            }
        }
        if OF_PAPERS.iter().any(|word| line.text.trim_start_matches(['*', '＊', '【']).starts_with(word)) {
            scores.weigh(m, 10, "what papers say of themselves");
        }
        if meta.keys > 0 && known(Key::Keywords) && index < self.habits.first_text + 12 {
            scores.weigh(m, 8, "keywords near the top");
        }
        if self.around[index].dated != Span::None {
            scores.weigh(m, -16, "a day, like others above their text");
        }
        if self.around[index].item {
            scores.weigh(m, -14, "one of several parts or tasks");
        }
        if meta.left_over > 0 {
            scores.weigh(m, -(meta.left_over.min(40) as i32), "words left over");
        }
        let wordy = meta.pieces.iter().any(|piece| {
            matches!(piece.key, Key::Author | Key::Editor | Key::Source) && piece.value.chars().count() > 24
        });
        if wordy || feature.sentences > 0 {
            scores.weigh(m, -12, "more than a name");
        }
        if meta.pieces.iter().any(|piece| piece.key == Key::Other || piece.key == Key::Title) && meta.keys == 1 {
            scores.weigh(m, -3, "a key of many uses");
        }
        if self.around[index].speaker {
            scores.weigh(m, -8, "the name comes back as a speaker");
        }
        if self.in_minutes(index) {
            scores.weigh(m, -14, "beside the place and the people of a meeting");
        }
        if index <= self.habits.first_text || index > self.habits.last_text {
            scores.weigh(m, 3, "outside the running text");
        }
        if line.chars > 60 {
            scores.weigh(m, -3, "long");
        }
    }

    /// Whether time and place are those of a meeting or event: the next lines say where it is or who comes.
    fn in_minutes(&self, index: usize) -> bool {
        const OTHERS: &[&str] = &[
            "地点",
            "地點",
            "会议地点",
            "主持",
            "参加",
            "參加",
            "出席",
            "列席",
            "与会",
            "議題",
            "议题",
            "记录",
            "記錄",
            "缺席",
            "请假",
            "場所",
            "장소",
            "參與",
        ];
        const OWN: &[&str] = &["时间", "時間", "会议时间", "日期", "日時", "记录", "記錄", "主持"];
        let begins = |at: usize, words: &[&str]| {
            self.lines.get(at).is_some_and(|line| words.iter().any(|word| line.text.starts_with(word)))
        };
        let colon = |at: usize| self.features.get(at).is_some_and(|feature| feature.colon.is_some());
        begins(index, OWN)
            && (begins(index + 1, OTHERS) && colon(index + 1)
                || index > 0 && begins(index - 1, OTHERS) && colon(index - 1))
    }
}

/// What papers say of themselves, above or below their text.
const OF_PAPERS: &[&str] = &[
    "收稿日期",
    "修回日期",
    "录用日期",
    "網路首發",
    "网络首发",
    "基金项目",
    "資助項目",
    "资助项目",
    "基金资助",
    "通讯作者",
    "通信作者",
    "中图分类号",
    "文献标志码",
    "文献标识码",
    "文章编号",
    "DOI",
];

/// Whether a line is surely about the article.
pub(super) fn is_meta(feature: &Features) -> bool {
    feature.meta.as_ref().is_some_and(|meta| meta.left_over <= 6 && (meta.keys > 0 || meta.left_over == 0))
}
