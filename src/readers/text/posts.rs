//! Who speaks, where that stands on a line of its own: the posts of a thread, the turns of a transcript.

use std::collections::BTreeMap;

use super::context::Surroundings;
use super::dates;
use super::features::{Ends, Features};
use super::habits::Habits;
use super::lines::Line;
use super::number::Family;
use super::signs::Signs;

/// What a line is to a thread.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Post {
    #[default]
    None,
    /// Says who wrote the first post, and when.
    Opening,
    /// Says who wrote a reply, and when.
    Reply,
}

/// Words between a poster and a date.
const VERBS: &[&str] = &[
    "发表于",
    "發表於",
    "发布于",
    "發佈於",
    "回复于",
    "回覆於",
    "评论于",
    "留言于",
    "提问于",
    "提問於",
    "回答于",
    "回答於",
    "跟帖于",
    "投稿日",
    "answered",
    "asked",
    "说道",
    "写道",
    "replied",
    "wrote",
    "posted",
];

/// What boards add to a poster's line.
const BUTTONS: &[&str] = &[
    "只看该作者",
    "只看該作者",
    "只看楼主",
    "显示全部楼层",
    "楼主",
    "樓主",
    "回复",
    "回覆",
    "举报",
    "来自",
    "客户端",
    "手机",
    "iPhone",
    "Android",
    "：",
    ":",
    "|",
    "｜",
    "·",
    "[",
    "]",
    "(",
    ")",
    "（",
    "）",
    "-",
    ",",
    "，",
];

/// A line with a poster, a floor or a date.
struct Head {
    /// What is left without the others.
    poster: String,
    floor: bool,
    verb: bool,
}

/// The parts of a poster's line, or None where it is longer than one.
fn head(text: &str) -> Option<Head> {
    head_with(text, day(text))
}

/// The first date of a text that names its day.
fn day(text: &str) -> Option<dates::Date> {
    dates::find(text).filter(|date| date.iso.len() >= 10)
}

/// [`head`], the date found already.
fn head_with(text: &str, date: Option<dates::Date>) -> Option<Head> {
    let mut rest = text.to_owned();
    if let Some(date) = &date {
        rest.replace_range(date.start..date.end, " ");
        let seconds = rest[date.start + 1..].bytes().take_while(|byte| byte.is_ascii_digit() || *byte == b':').count();
        rest.replace_range(date.start + 1..date.start + 1 + seconds, "");
    }
    let floor = floor(&rest);
    if let Some((start, end)) = floor {
        rest.replace_range(start..end, " ");
    }
    // Few of the words begin with a character that is there.
    let place = |c: char| 1u64 << (c as u32 % 61);
    let there = rest.chars().fold(0, |there, c| there | place(c));
    let may_be = |word: &str| word.chars().next().is_some_and(|c| there & place(c) != 0);
    let verb = VERBS.iter().any(|verb| may_be(verb) && rest.contains(verb));
    for word in VERBS.iter().chain(BUTTONS) {
        if may_be(word) && rest.contains(word) {
            rest = rest.replace(word, " ");
        }
    }
    let poster = rest.split_whitespace().collect::<Vec<_>>().join(" ");
    let sentence = poster.contains(['。', '，', '！', '？', '；', '《']);
    (poster.chars().count() <= 16 && !sentence).then_some(Head { poster, floor: floor.is_some(), verb })
}

/// The name on a poster's line.
pub(super) fn poster(text: &str) -> Option<String> {
    head(text).map(|head| head.poster).filter(|poster| !poster.is_empty())
}

/// The number of a post: `3楼`, `#3`, `3#`.
fn floor(text: &str) -> Option<(usize, usize)> {
    let bytes = text.as_bytes();
    let mut start = 0;
    while start < bytes.len() {
        if !bytes[start].is_ascii_digit() {
            start += 1;
            continue;
        }
        let length = bytes[start..].iter().take_while(|byte| byte.is_ascii_digit()).count();
        let end = start + length;
        let unit = ["楼", "樓", "#", "F "].iter().find(|unit| text[end..].starts_with(**unit));
        if length <= 5
            && let Some(unit) = unit
        {
            let lead = if text[..start].ends_with('第') { 3 } else { 0 };
            return Some((start - lead, end + unit.len()));
        }
        if length <= 5 && text[..start].ends_with('#') {
            return Some((start - 1, end));
        }
        start = end;
    }
    None
}

/// Mark the lines that open the posts of a thread: where two or more say who wrote what follows, and when.
pub(super) fn posts(lines: &[Line], features: &[Features], habits: Habits, around: &mut [Surroundings]) {
    let mut found: Vec<(usize, usize)> = Vec::new();
    for (index, line) in lines.iter().enumerate() {
        let figures = line.signs.any(Signs::DIGIT);
        let may_be = figures && line.chars <= 60 && features[index].ends == Ends::Open;
        // A date looked for first: most lines have none.
        let date = if may_be { day(&line.text) } else { None };
        let Some(one) = date.and_then(|date| head_with(&line.text, Some(date))) else {
            continue;
        };
        let (mut start, mut end, mut known) = (index, index + 1, one.floor || one.verb);
        let is_floor = |at: usize| {
            lines.get(at).is_some_and(|line| line.chars <= 8 && line.signs.any(Signs::DIGIT))
                && head(&lines[at].text).is_some_and(|head| head.floor && head.poster.is_empty())
        };
        if !known && index > 0 && is_floor(index - 1) {
            (start, known) = (index - 1, true);
        } else if !known && is_floor(index + 1) {
            (end, known) = (index + 2, true);
        }
        if one.poster.is_empty() && start > 0 && is_poster(&lines[start - 1], &features[start - 1]) {
            start -= 1;
        }
        if known {
            found.push((start, end));
        }
    }
    if found.len() < 2 {
        found = stamped(lines, features);
    }
    let threaded = found.len() >= 2;
    if !threaded {
        found = answers(lines, features);
    }
    if found.len() < 2 {
        return;
    }
    let said = |end: usize| {
        (1..end).any(|at| {
            features[at].ends == Ends::Sentence
                && lines[at].chars >= 10
                && !lines[at].text.ends_with(['？', '?', '！', '!'])
        })
    };
    for (position, (start, end)) in found.into_iter().enumerate() {
        let first = threaded && start < habits.first_text && position == 0 && !said(start);
        let post = if first { Post::Opening } else { Post::Reply };
        around[start..end].iter_mut().for_each(|around| around.post = post);
    }
}

/// Names with a day and a time, three or more of at least two writers, each over what was written.
fn stamped(lines: &[Line], features: &[Features]) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    let mut posters: Vec<String> = Vec::new();
    for (index, line) in lines.iter().enumerate() {
        let timed = line.chars <= 60
            && features[index].ends == Ends::Open
            && line.signs.any(Signs::COLON)
            && line.text.contains([':', '：'])
            && dates::find(&line.text).is_some_and(|date| date.iso.contains('T'));
        let sentence = |at: usize| features.get(at).is_some_and(|next| next.ends == Ends::Sentence);
        // 来自: who, once more, may stand between.
        let over_text = || {
            let between = features.get(index + 1).is_some_and(|next| next.meta.is_some() && next.ends == Ends::Open);
            sentence(index + 1) || between && sentence(index + 2)
        };
        if !(timed && over_text()) {
            continue;
        }
        let poster = head(&line.text).map(|head| head.poster).unwrap_or_default();
        if !poster.is_empty() && poster.split(' ').count() <= 2 {
            posters.push(poster);
            found.push((index, index + 1));
        }
    }
    posters.sort_unstable();
    posters.dedup();
    if found.len() >= 3 && posters.len() >= 2 { found } else { Vec::new() }
}

/// The heads of answers to a question, each of which ends with when it was written: a name, and what its bearer says of
/// himself, between the site's lines and the text.
fn answers(lines: &[Line], features: &[Features]) -> Vec<(usize, usize)> {
    const WRITTEN: &[&str] = &["发布于", "编辑于", "發佈於", "編輯於", "发表于", "Answered", "Updated"];
    let ends = |at: &usize| {
        let text = lines[*at].text.as_ref();
        lines[*at].chars <= 40 && WRITTEN.iter().any(|word| text.starts_with(word)) && dates::find(text).is_some()
    };
    let mut found = Vec::new();
    let mut from = 0;
    for end in (0..lines.len()).filter(ends) {
        // The last line of the site above the answer; its own text has none.
        let above = (from..end).rev().find(|at| features[*at].of_the_site()).map_or(from, |at| at + 1);
        let head = (above..end).take_while(|at| is_poster(&lines[*at], &features[*at])).count();
        if (1..=2).contains(&head) && above + head < end {
            found.push((above, above + head));
        }
        from = end + 1;
    }
    found
}

/// A line that may be a poster's name.
fn is_poster(line: &Line, feature: &Features) -> bool {
    line.chars <= 16
        && feature.ends == Ends::Open
        && feature.commas == 0
        && feature.number.is_none()
        && !feature.of_the_site()
        && !feature.rule
}

/// Mark speakers on lines of their own: names with a time beside them, or names that come back, each before what is said.
pub(super) fn speakers_alone(lines: &[Line], features: &[Features], around: &mut [Surroundings]) {
    let followed = |index: usize| {
        lines
            .get(index + 1)
            .is_some_and(|next| next.chars > lines[index].chars && features[index + 1].ends != Ends::Open)
    };
    let timed: Vec<usize> = (0..lines.len())
        .filter(|index| lines[*index].chars <= 30 && lines[*index].signs.any(Signs::COLON))
        .filter(|index| has_time_and_name(&lines[*index].text))
        .filter(|index| lines.get(index + 1).is_some_and(|next| !has_time_and_name(&next.text)))
        .collect();
    if timed.len() >= 3 {
        timed.iter().for_each(|index| around[*index].speaker_alone = true);
        return;
    }
    let mut names: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (index, line) in lines.iter().enumerate() {
        let feature = &features[index];
        let form = matches!(feature.ends, Ends::Open | Ends::Colon) && feature.commas == 0 && feature.sentences == 0;
        let other = feature.of_the_site() || feature.rule || feature.meta.is_some() || feature.number.is_some();
        if (2..=8).contains(&line.chars) && form && !other && followed(index) {
            names.entry(line.text.trim_end_matches(['：', ':'])).or_default().push(index);
        }
    }
    names.retain(|_, at| at.len() >= 2);
    let turns: usize = names.values().map(Vec::len).sum();
    if names.len() >= 2 && turns >= 4 {
        names.values().flatten().for_each(|index| around[*index].speaker_alone = true);
    }
}

/// `主持人 00:12`, `[00:01:12] 主持人`, `主持人（00:12）：`.
fn has_time_and_name(text: &str) -> bool {
    if !text.contains(':') || !text.bytes().any(|byte| byte.is_ascii_digit()) {
        return false;
    }
    let marks = |c: char| c.is_whitespace() || "[]【】（）()：:-—|·".contains(c);
    let bare = text.trim_matches(marks);
    let time_at = |text: &str| {
        let digits = text.bytes().take_while(|byte| byte.is_ascii_digit() || *byte == b':').count();
        let parts = text[..digits].split(':').collect::<Vec<_>>();
        let numbers = parts.iter().all(|part| (1..=2).contains(&part.len()));
        ((2..=3).contains(&parts.len()) && numbers).then_some(digits)
    };
    let is_name = |name: &str| {
        let name = name.trim_matches(marks);
        (1..=12).contains(&name.chars().count()) && name.chars().all(|c| c.is_alphabetic() || c == ' ' || c == '·')
    };
    if let Some(length) = time_at(bare) {
        return is_name(&bare[length..]);
    }
    let first = bare.find(|c: char| c.is_ascii_digit());
    first.is_some_and(|at| time_at(&bare[at..]).is_some_and(|length| at + length == bare.len()) && is_name(&bare[..at]))
}

/// Whether a line is the number or the timing of a subtitle: `00:00:01,000 --> 00:00:03,500`.
pub(super) fn is_timing(text: &str) -> bool {
    let Some((from, to)) = text.split_once("-->") else { return false };
    let time = |text: &str| {
        text.contains(':') && text.trim().bytes().all(|byte| byte.is_ascii_digit() || b":,. ".contains(&byte))
    };
    time(from) && time(to)
}

/// Whether a number alone stands right above a subtitle's timing.
pub(super) fn numbers_a_subtitle(features: &[Features], lines: &[Line], index: usize) -> bool {
    features[index].number.is_some_and(|number| number.family == Family::Alone)
        && lines.get(index + 1).is_some_and(|next| is_timing(&next.text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn posters_are_told_from_floors_and_dates() {
        let of = |text: &str| head(text).map(|head| (head.poster, head.floor, head.verb, day(text).is_some()));
        assert_eq!(of("河边钓鱼人 2楼 2020-07-11 21:30"), Some(("河边钓鱼人".to_owned(), true, false, true)));
        assert_eq!(of("半亩田 发表于 2021-6-20 08:15:09"), Some(("半亩田".to_owned(), false, true, true)));
        assert_eq!(of("#3 老周 2021/6/20"), Some(("老周".to_owned(), true, false, true)));
        assert_eq!(of("2021年6月20日，他搬到了三楼，从此不再下楼走动，也不见人。"), None);
    }

    #[test]
    fn times_beside_names_are_speakers() {
        for text in ["主持人 00:12", "[00:01:12] 周师傅", "周师傅（1:02:33）：", "00:12 主持人"] {
            assert!(has_time_and_name(text), "{text}");
        }
        for text in ["早上 8:30 出发", "12:30", "第 3 章", "开馆时间 9:00-17:00"] {
            assert!(!has_time_and_name(text), "{text}");
        }
        assert!(is_timing("00:00:01,000 --> 00:00:03,500"));
    }
}
