//! Lines about the article: who wrote it, when, where it appeared, how often it was read.
//!
//! A line is taken apart at its keys (`来源：`), bars and dates. It is a meta line when little is left over.

use std::borrow::Cow;

use super::dates::{self, Date};
use super::lexicon::{self, Key};
use super::names::{is_name_character, original, reports, sent, signed};
use super::papers::{is_affiliation, is_issue, is_paper_number, issue_of};
use super::signs::Signs;
use super::unkeyed::speak_for_themselves;

/// One statement of a meta line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Piece {
    pub key: Key,
    /// The key's own word; empty where the value speaks for itself.
    pub word: String,
    pub value: String,
}

/// A line taken apart.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct MetaLine {
    pub pieces: Vec<Piece>,
    /// Characters that belong to no piece.
    pub left_over: usize,
    /// Keys that are written out.
    pub keys: usize,
}

/// Longer lines are text.
const LONGEST: u32 = 160;

/// The statements of a line, or None when it says nothing about the article.
pub(super) fn parse(text: &str, chars: u32, signs: Signs) -> Option<MetaLine> {
    if chars > LONGEST || text.ends_with(['。', '！', '？', '；', '，']) {
        return None;
    }
    let text = &*if signs.any(Signs::COLON) { close_key(text) } else { Cow::Borrowed(text) };
    let mut line = MetaLine::default();
    if let Some(piece) = whole(text, signs) {
        line.keys = 1;
        line.pieces.push(piece);
        return Some(line);
    }
    if let Some(paper) = issue_of(text) {
        if let Some(date) = dates::find(text).filter(|date| date.iso.len() > 4) {
            push(&mut line, Key::Date, "", &date.iso);
        }
        push(&mut line, Key::Source, "", paper);
        return Some(line);
    }
    if signs.any(Signs::SPACE | Signs::BLANK)
        && let Some((author, account)) = original(text)
    {
        push(&mut line, Key::Author, "", author);
        push(&mut line, Key::Source, "", account);
        return Some(line);
    }
    let keys = if signs.any(Signs::KEY) { keys(text) } else { Vec::new() };
    // Without a figure or a year there is no date, and without a date no name beside it.
    if keys.is_empty() && !signs.any(Signs::DIGIT | Signs::YEAR) {
        return None;
    }
    line.keys = keys.len();
    let first = keys.first().map_or(text.len(), |key| key.start);
    speak_for_themselves(&text[..first], &mut line);
    for (index, key) in keys.iter().enumerate() {
        let end = keys.get(index + 1).map_or(text.len(), |next| next.start);
        statement(text, key, end, &mut line);
    }
    (!line.pieces.is_empty()).then_some(line)
}

/// A key of single characters set apart, `索 引 号：`, without its blanks.
fn close_key(text: &str) -> Cow<'_, str> {
    let Some(colon) = text.char_indices().take(14).find(|(_, c)| matches!(c, '：' | ':')).map(|(at, _)| at) else {
        return Cow::Borrowed(text);
    };
    let head = &text[..colon];
    let apart = head.contains([' ', '\u{3000}']) && head.split_whitespace().all(|word| word.chars().count() == 1);
    if apart && head.chars().all(|c| c.is_whitespace() || is_name_character(c)) {
        Cow::Owned(head.split_whitespace().collect::<String>() + &text[colon..])
    } else {
        Cow::Borrowed(text)
    }
}

/// A line that is one statement by its form alone.
fn whole(text: &str, signs: Signs) -> Option<Piece> {
    let figures = signs.any(Signs::DIGIT);
    if figures && (is_paper_number(text) || is_issue(text)) {
        return Some(Piece { key: Key::Identifier, word: String::new(), value: text.to_owned() });
    }
    if (figures || signs.any(Signs::BRACKET)) && is_affiliation(text) {
        let value = text.trim_matches(closing).to_owned();
        return Some(Piece { key: Key::Other, word: "单位".to_owned(), value });
    }
    if signs.any(Signs::FROM)
        && let Some(name) = sent(text)
    {
        return Some(Piece { key: Key::Author, word: String::new(), value: name.to_owned() });
    }
    if signs.any(Signs::PERSON)
        && let Some(value) = reports(text)
    {
        return Some(Piece { key: Key::Author, word: String::new(), value });
    }
    if !signs.any(Signs::SPACE | Signs::BLANK | Signs::SLASH) {
        return None;
    }
    let (name, key) = signed(text)?;
    Some(Piece { key, word: String::new(), value: name.to_owned() })
}

/// A key in its place.
struct Found {
    key: Key,
    start: usize,
    end: usize,
    /// Where the value starts, after colon and blanks.
    value: usize,
}

fn keys(text: &str) -> Vec<Found> {
    let mut found: Vec<Found> = Vec::new();
    for (key, start, end) in lexicon::keys(text) {
        let before = text[..start].chars().next_back();
        let free = before.is_none_or(|c| {
            c.is_whitespace() || is_bar(c) || "（(【[〔□■●•·/，；:：)）]】》>-—0123456789、".contains(c)
        });
        let dated = found.is_empty() && dates::find(&text[..start]).is_some_and(|date| date.end == start);
        if !free && !dated {
            continue;
        }
        let after = &text[end..];
        // A post's place: 发表于湖北.
        if key == Key::Date && after.starts_with(is_name_character) && dates::find(after).is_none() {
            continue;
        }
        let blank = after.len() - after.trim_start_matches([' ', '\u{3000}']).len();
        let next = after[blank..].chars().next();
        let own_mark = text[start..end].ends_with(['/', '／', '：', '|', '｜', '丨', ' ', '・', '＝']);
        let value = match next {
            Some(c @ (':' | '：' | '】' | ']' | '／')) => end + blank + c.len_utf8(),
            Some(c)
                if (is_bar(c) || c == '/' && blank > 0)
                    && matches!(key, Key::Author | Key::Photographer | Key::Source | Key::Editor) =>
            {
                end + blank + c.len_utf8()
            }
            _ if own_mark && name_follows(&text[end..]) => end,
            Some(c) if stands_without_colon(key, blank > 0, &text[end + blank..], c) => end + blank,
            None if key == Key::Chrome => end,
            _ => continue,
        };
        if found.last().is_none_or(|last| last.value <= start) {
            found.push(Found { key, start, end, value });
        }
    }
    found
}

pub(super) fn is_bar(c: char) -> bool {
    matches!(c, '|' | '｜' | '丨' | '│' | '┃' | '∣')
}

/// Counters, buttons and reporters do without a colon: 阅读 98, 阅读(98), 记者 张三.
fn stands_without_colon(key: Key, blank: bool, after: &str, next: char) -> bool {
    match key {
        Key::Views => {
            next.is_ascii_digit()
                || (next == '(' || next == '（') && after[next.len_utf8()..].starts_with(|c: char| c.is_ascii_digit())
        }
        Key::Author | Key::Correspondent | Key::Editor | Key::Translator | Key::Photographer => {
            blank && name_follows(after)
        }
        Key::Date => dates::find(after).is_some_and(|date| date.start == 0),
        Key::Chrome => "[【(（大小".contains(next),
        _ => false,
    }
}

/// A name of a few characters up to a blank, a bar, a bracket or the end.
fn name_follows(after: &str) -> bool {
    let name: &str = after
        .trim_start()
        .split(|c: char| c.is_whitespace() || is_bar(c) || "()（）、，,/】]；;".contains(c))
        .next()
        .unwrap_or_default();
    let chars = name.chars().count();
    let latin = name.starts_with(|c: char| c.is_ascii_uppercase()) && after.chars().count() <= 40;
    let mixed =
        name.chars().any(is_name_character) && name.chars().all(|c| is_name_character(c) || c.is_ascii_alphanumeric());
    latin || ((1..=10).contains(&chars) && mixed)
}

pub(super) fn trimmed(c: char) -> bool {
    let known = matches!(
        c,
        '·' | '•'
            | '/'
            | '-'
            | '—'
            | '('
            | ')'
            | '（'
            | '）'
            | '['
            | ']'
            | '【'
            | '】'
            | '〔'
            | '〕'
            | ','
            | '，'
            | ';'
            | '；'
    );
    known || is_bar(c) || c.is_whitespace()
}

/// One key with the text up to the next: its value, and a date or counter that follows it unannounced.
fn statement(text: &str, key: &Found, end: usize, line: &mut MetaLine) {
    let word = text[key.start..key.end].trim_matches(|c: char| trimmed(c) || c == '：' || c == ':');
    let mut value = within_brackets(&text[key.value.min(end)..end]);
    if key.key == Key::Date {
        match dates::find(value).or_else(|| dates::whole(value)).or_else(|| dates::of_the_republic(value)) {
            Some(Date { iso, start, end }) => {
                push(line, Key::Date, word, &iso);
                if matches!(word, "发信站" | "發信站") {
                    push(line, Key::Source, word, value[..start].trim_matches(trimmed));
                } else {
                    line.left_over += value[..start].chars().count();
                }
                speak_for_themselves(&value[end..], line);
            }
            None => line.left_over += value.chars().count() + 2,
        }
        return;
    }
    if let Some(bar) = value.find(is_bar).filter(|_| key.key != Key::Chrome) {
        speak_for_themselves(&value[bar..], line);
        value = value[..bar].trim_matches(closing);
    }
    if key.key != Key::Address
        && let Some(date) = dates::find(value)
        && date.start > 0
    {
        let after = &value[date.end..];
        push(line, Key::Date, "", &date.iso);
        speak_for_themselves(after, line);
        value = value[..date.start].trim_matches(closing);
    }
    push(line, key.key, word, value);
}

/// A value without brackets and commas around it, unless it would lose one of a pair: [心得] 换水龙头.
fn within_brackets(text: &str) -> &str {
    const PAIRS: [(char, char); 4] = [('[', ']'), ('（', '）'), ('(', ')'), ('【', '】')];
    let bare = text.trim_matches(closing);
    let broken = PAIRS.iter().any(|(open, close)| bare.matches(*open).count() != bare.matches(*close).count());
    if broken { text.trim_matches(|c: char| c.is_whitespace() || ",，;；".contains(c)) } else { bare }
}

pub(super) fn closing(c: char) -> bool {
    matches!(c, '(' | ')' | '（' | '）' | '[' | ']' | '【' | '】' | '〔' | '〕' | ',' | '，' | ';' | '；')
        || c.is_whitespace()
}

pub(super) fn push(line: &mut MetaLine, key: Key, word: &str, value: &str) {
    line.pieces.push(Piece { key, word: word.to_owned(), value: value.to_owned() });
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> Vec<(Key, String)> {
        let (signs, chars) = Signs::of(text);
        let line = parse(text, chars, signs).unwrap_or_default();
        assert!(line.left_over <= 2, "{text}: {line:?}");
        line.pieces.into_iter().map(|piece| (piece.key, piece.value)).collect()
    }

    #[test]
    fn one_line_or_many_with_colons_or_bars() {
        let (author, date, source, views) = (Key::Author, Key::Date, Key::Source, Key::Views);
        let owned =
            |pieces: &[(Key, &str)]| pieces.iter().map(|(key, value)| (*key, (*value).to_owned())).collect::<Vec<_>>();
        for (text, pieces) in [
            ("作者: 林小禾", &[(author, "林小禾")][..]),
            ("发布于: 2022-08-26 00:00", &[(date, "2022-08-26")]),
            (
                "2022-08-26 09:30 来源：河口日报 作者：林小禾",
                &[(date, "2022-08-26T09:30"), (source, "河口日报"), (author, "林小禾")],
            ),
            ("来源：河口日报 2022年8月26日", &[(date, "2022-08-26"), (source, "河口日报")]),
            (
                "发布时间：2022-08-26 | 来源：河口网 | 阅读：98",
                &[(date, "2022-08-26"), (source, "河口网"), (views, "98")],
            ),
            ("本报记者 林小禾", &[(author, "林小禾")]),
            ("文／林小禾", &[(author, "林小禾")]),
            ("（责任编辑：林小禾）", &[(Key::Editor, "林小禾")]),
            ("河口日报 2022-08-26", &[(date, "2022-08-26"), (source, "河口日报")]),
            ("作者｜林小禾", &[(author, "林小禾")]),
            ("浏览次数：98次", &[(views, "98次")]),
        ] {
            assert_eq!(of(text), owned(pieces), "{text}");
        }
    }

    #[test]
    fn text_is_not_meta() {
        for text in ["记者在渡口看到，船已经停了", "作者认为这很好", "他在时间的长河里", "来源于生活"]
        {
            assert_eq!(parse(text, 20, Signs::of(text).0), None, "{text}");
        }
    }
}
