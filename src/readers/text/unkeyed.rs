//! What a meta line says without keys: dates, counters, names and papers that speak for themselves.

use std::borrow::Cow;

use super::dates;
use super::lexicon::Key;
use super::meta::{MetaLine, is_bar, push, trimmed};
use super::names::{is_name, is_name_character, reports, signed};

/// Text before the first key: a date, a counter, a name, the site.
pub(super) fn speak_for_themselves(text: &str, line: &mut MetaLine) {
    // A bar of many parts is a menu with today's date.
    if text.matches(is_bar).count() > 4 {
        line.left_over += text.chars().count();
        return;
    }
    // The part with the date first: beside a date a few words are a name or a paper's.
    let parted = |c: char| is_bar(c) || c == '·';
    if !text.contains(parted) {
        return part_for_itself(text, line);
    }
    let mut parts: Vec<&str> = text.split(parted).collect();
    parts.sort_by_cached_key(|part| (dates::find(part).is_none(), !is_name(part.trim())));
    parts.into_iter().for_each(|part| part_for_itself(part, line));
}

/// One of the parts between bars.
fn part_for_itself(part: &str, line: &mut MetaLine) {
    let mut rest = part.trim_matches(trimmed);
    if let Some(date) = dates::find(rest).or_else(|| dates::whole(rest)) {
        let (before, after) = (rest[..date.start].trim_matches(trimmed), rest[date.end..].trim_matches(trimmed));
        push(line, Key::Date, "", &date.iso);
        let words = ["更新", "发布", "發布", "发表", "星期", "週", "周"];
        let words = words.iter().filter(|_| !after.is_empty());
        let after = words.fold(after, |after, word| after.trim_start_matches(word).trim_start());
        // When it was changed again, and where the writer was: neither is kept in a field.
        let after = after
            .strip_prefix(['日', '一', '二', '三', '四', '五', '六', '天', '月', '火', '水', '木', '金', '土'])
            .unwrap_or(after);
        let after = after.trim_start_matches(trimmed);
        let after = after_clock(after);
        let placed = !before.is_empty() && date.iso.contains('T') && after.chars().count() <= 4;
        let of_no_field = after.ends_with("更新")
            || placed && after.chars().all(is_name_character)
            || after.starts_with("发表于")
            || after.starts_with('于')
            || MADE.iter().any(|word| after.starts_with(word));
        if !after.is_empty() && !of_no_field {
            unnamed(after, line);
        }
        rest = before.strip_suffix(['于', '於']).filter(|who| who.ends_with(' ')).map_or(before, str::trim_end);
    }
    if !rest.is_empty() {
        unnamed(rest, line);
    }
}

/// What stands behind the hour of an English date: 6:15 PM.
fn after_clock(text: &str) -> &str {
    let rest = text.trim_start_matches(|c: char| c.is_ascii_digit() || c == ':' || c == '.');
    if rest.len() == text.len() {
        return text;
    }
    let rest = rest.trim_start();
    let halves = ["AM", "PM", "am", "pm", "a.m.", "p.m.", "A.M.", "P.M."];
    let after = halves.iter().find_map(|half| rest.strip_prefix(half)).unwrap_or(text);
    let after = after.trim_start();
    ["ET", "EST", "EDT", "PST", "PDT", "GMT", "BST", "UTC"]
        .iter()
        .find_map(|zone| after.strip_prefix(zone))
        .unwrap_or(after)
        .trim()
}

/// How long a text is, how long it takes to read, how often it was: 约 900 字, 阅读 4 分钟, 5 min read.
fn is_count(text: &str) -> bool {
    const OF_COUNTS: &str =
        "约約共全文字数數阅读閱讀分钟分鐘预计預計需时時长長次人条條评论評論浏览瀏覽赞讚回复万千左右：:,.+ ";
    let words = text.split(|c: char| !c.is_ascii_alphabetic()).filter(|word| !word.is_empty());
    let english = |word: &str| {
        matches!(
            word.to_ascii_lowercase().as_str(),
            "min" | "mins" | "minute" | "minutes" | "read" | "reading" | "time" | "words" | "views" | "comments" | "k"
        )
    };
    text.bytes().any(|byte| byte.is_ascii_digit())
        && text.chars().any(|c| !c.is_ascii_digit() && !c.is_whitespace())
        && text.chars().all(|c| c.is_ascii_alphanumeric() || OF_COUNTS.contains(c))
        && words.into_iter().all(english)
}

/// What happened on a day: it stands behind the date and is no name.
const MADE: &[&str] = &[
    "作成", "公開", "掲載", "発行", "初版", "更新", "修正", "訂正", "配信", "印发", "印發", "发布", "發布", "发表",
    "發表", "成立", "施行", "刊", "记", "記", "识", "撰", "写", "寫", "完稿", "初稿", "定稿", "草", "整理", "录", "摄",
    "起", "前", "后", "後", "止", "截止", "作", "改", "再版", "出版", "上午", "下午", "晚", "晴", "阴", "雨",
];

/// `www.example.org`, `NEWS.EXAMPLE.COM`, with a scheme or without.
fn is_host(word: &str) -> bool {
    word.contains('.')
        && word.len() > 5
        && word.bytes().all(|byte| byte.is_ascii_graphic())
        && word.bytes().any(|byte| byte.is_ascii_alphabetic())
}

/// A piece without key: the name of a paper beside a date, else left over.
fn unnamed(text: &str, line: &mut MetaLine) {
    // An address of the site beside the date.
    let several = text.contains(|c: char| c == '.' || c != ' ' && c.is_whitespace()) || text.contains("  ");
    let text = if several {
        Cow::Owned(text.split_whitespace().filter(|word| !is_host(word)).collect::<Vec<_>>().join(" "))
    } else {
        Cow::Borrowed(text)
    };
    let text = text.trim_matches(|c| trimmed(c) || c == '《' || c == '》');
    if is_count(text) {
        return push(line, Key::Views, "", text);
    }
    if MADE.contains(&text) || ["实施", "實施"].contains(&text) {
        return;
    }
    if text.is_empty() || ["站内", "站內", "号", "號", "号刊", "刊", "期", "讯", "訊"].contains(&text) {
        return;
    }
    let chars = text.chars().count();
    let dated = line.pieces.iter().any(|piece| piece.key == Key::Date);
    if !dated {
        line.left_over += chars;
        return;
    }
    let press = [
        "网",
        "報",
        "报",
        "社",
        "网站",
        "频道",
        "日报",
        "新聞",
        "新闻",
        "在线",
        "杂志",
        "刊",
        "客户端",
        "ニュース",
        "新聞",
    ];
    if dated && let Some(name) = reports(text) {
        push(line, Key::Author, "", &name);
        let office = text.split(['／', '/']).next().unwrap_or_default().trim();
        if press.iter().any(|ending| office.ends_with(ending)) {
            push(line, Key::Source, "", office);
        }
        return;
    }
    // 林小禾/文: who did what.
    if text.contains(['/', '／'])
        && let Some((name, key)) = signed(text)
    {
        return push(line, key, "", name);
    }
    // 灰鸽 评论 走路的人: who wrote on what.
    if dated
        && text.contains(['评', '評'])
        && let Some((who, _)) = text.split_once(" 评论 ").or_else(|| text.split_once(" 評論 "))
        && who.chars().count() <= 12
    {
        return push(line, Key::Author, "", who.trim());
    }
    let name = is_name(text);
    // What a post of WeChat has above it: author, account, date.
    let words: Vec<&str> = text.split_whitespace().collect();
    let original = words[0] == "原创" || words[0] == "原創";
    let words = &words[usize::from(original)..];
    if dated && original && !words.is_empty() || dated && words.len() == 2 && is_name(words[0]) {
        if words.len() > 1 {
            push(line, Key::Author, "", words[0]);
        }
        return push(line, Key::Source, "", &words[usize::from(words.len() > 1)..].join(" "));
    }
    if dated && chars <= 16 && press.iter().any(|ending| text.ends_with(ending)) {
        push(line, Key::Source, "", text);
    } else if dated && name && chars <= 3 {
        push(line, Key::Author, "", text);
    } else if dated && chars <= 8 && text.chars().all(is_name_character) {
        let key = if line.pieces.iter().any(|piece| piece.key == Key::Author) { Key::Source } else { Key::Author };
        push(line, key, "", text);
        line.left_over += 1;
    } else {
        line.left_over += chars;
    }
}
