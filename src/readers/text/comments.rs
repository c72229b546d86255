//! What readers wrote below an article: from the head of their comments to the end of the page.

use super::dates;
use super::features::Features;
use super::lexicon::Meaning;
use super::lines::Line;
use super::signs::Signs;
use super::words::Words;

/// Lines within which the furniture of comments must show.
const NEAR: usize = 16;

/// The first line of the comments below an article; the number of lines where there are none.
///
/// A line that says so is not enough: names with dates, buttons to reply or counts of likes must come again and again
/// below it, and there must be an article above.
pub(super) fn start(lines: &[Line], features: &[Features], is_text: impl Fn(usize) -> bool) -> usize {
    let heads = |index: usize| {
        let feature = &features[index];
        if lines[index].chars > 24 {
            return false;
        }
        let start = feature.start.map(|word| word.meaning);
        let named =
            feature.whole == Some(Meaning::Comments) || start == Some(Meaning::Comments) || counts(&lines[index]);
        named && !is_button(&lines[index].text)
    };
    let texts = |end: usize| (0..end).filter(|index| is_text(*index)).map(|index| lines[index].chars).sum::<u32>();
    let found = (1..lines.len()).find(|index| heads(*index) && is_furnished(lines, features, *index));
    found.filter(|index| texts(*index) >= 60).unwrap_or(lines.len())
}

/// Buttons of one comment or of a post do not head them all.
fn is_button(text: &str) -> bool {
    const BUTTONS: &[&str] = &[
        "回复",
        "回覆",
        "引用",
        "支持",
        "反对",
        "reply",
        "返信",
        "답글",
        "只看",
        "楼主",
        "举报",
        "使用道具",
        "倒序",
        "发表于",
    ];
    let lower = text.trim().to_ascii_lowercase();
    BUTTONS.iter().any(|button| lower.starts_with(button))
}

/// `评论（3）`, `12 Comments`, `网友评论 36 条`.
fn counts(line: &Line) -> bool {
    static WORDS: Words =
        Words::new(&["评论", "評論", "留言", "comments", "responses", "コメント", "댓글", "跟帖", "回应"]);
    if line.chars > 16 || !line.signs.any(Signs::DIGIT) {
        return false;
    }
    if line.signs.any(Signs::LETTER) {
        WORDS.stand_in(&line.text.to_ascii_lowercase())
    } else {
        WORDS.stand_in(&line.text)
    }
}

/// Whether dates of posts and buttons to answer follow, one in four lines at least.
fn is_furnished(lines: &[Line], features: &[Features], head: usize) -> bool {
    let below = head + 1..(head + 1 + NEAR).min(lines.len());
    let count = below.len();
    let furniture =
        below.filter(|index| answers(&lines[*index].text) || is_stamp(&lines[*index], &features[*index])).count();
    furniture >= 3 && furniture * 5 >= count
}

fn answers(text: &str) -> bool {
    const WORDS: &[&str] = &[
        "回复",
        "回覆",
        "举报",
        "舉報",
        "点赞",
        "赞(",
        "赞（",
        "顶(",
        "顶 [",
        "踩",
        "reply",
        "report",
        "like",
        "permalink",
        "flag",
        "返信",
        "답글",
        "신고",
        "좋아요",
        "楼",
    ];
    let lower = text.to_ascii_lowercase();
    text.chars().count() <= 24 && WORDS.iter().any(|word| lower.contains(word))
}

/// A line that is a day or a time ago, with a name or without.
fn is_stamp(line: &Line, feature: &Features) -> bool {
    const AGO: &[&str] =
        &["小时前", "分钟前", "天前", "个月前", "年前", "小時前", "分鐘前", " ago", "시간 전", "일 전", "日前"];
    let dated = || dates::find(&line.text).is_some_and(|date| date.iso.len() >= 10);
    line.chars <= 40 && feature.sentences == 0 && (AGO.iter().any(|word| line.text.ends_with(word)) || dated())
}
