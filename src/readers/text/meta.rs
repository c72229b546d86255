//! Lines about the article: who wrote it, when, where it appeared, how often it was read.
//!
//! A line is taken apart at its keys (`来源：`), bars and dates. It is a meta line when little is left over.

use std::borrow::Cow;

use super::dates::{self, Date};
use super::lexicon::{self, Key};

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

const BARS: &[char] = &['|', '｜', '丨', '│', '┃', '∣'];

/// The statements of a line, or None when it says nothing about the article.
pub(super) fn parse(text: &str, chars: u32) -> Option<MetaLine> {
    if chars > LONGEST || text.ends_with(['。', '！', '？', '；', '，']) {
        return None;
    }
    let text = &*close_key(text);
    let mut line = MetaLine::default();
    if let Some(piece) = whole(text) {
        line.keys = 1;
        line.pieces.push(piece);
        return Some(line);
    }
    let keys = keys(text);
    if keys.is_empty() && !has_figures(text) {
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

/// Whether there is a figure in a text, or a year: without one there is no date, and without a date no name beside it.
fn has_figures(text: &str) -> bool {
    text.bytes().any(|byte| byte.is_ascii_digit()) || text.contains(['年', '０', '１', '２', '〇', '○'])
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
fn whole(text: &str) -> Option<Piece> {
    if is_paper_number(text) || is_issue(text) {
        return Some(Piece { key: Key::Identifier, word: String::new(), value: text.to_owned() });
    }
    if is_affiliation(text) {
        let value = text.trim_matches(closing).to_owned();
        return Some(Piece { key: Key::Other, word: "单位".to_owned(), value });
    }
    if let Some(value) = reports(text) {
        return Some(Piece { key: Key::Author, word: String::new(), value });
    }
    let (name, key) = signed(text)?;
    Some(Piece { key, word: String::new(), value: name.to_owned() })
}

/// A reporter's line under a title: 文化中心記者王怡婷／雲林報導, 記者王怡婷、陳建宏／台北報導, 【記者王怡婷台北報導】.
fn reports(text: &str) -> Option<String> {
    let bare = text.trim_matches(['【', '】', '[', ']', '〔', '〕', '（', '）', '(', ')', ' ', '　']);
    let at = bare.find("記者").or_else(|| bare.find("记者"))?;
    let office = bare[..at].trim_end_matches(['／', '/', ' ', '　']);
    let named = &bare[at + "記者".len()..];
    let ends = ["報導", "报道", "報道", "综合报道", "綜合報導", "電", "电", "撰稿", "采写"]
        .iter()
        .find_map(|end| named.strip_suffix(end))?;
    let plain = |text: &str| text.chars().all(|c| is_name_character(c) || "、／/ 　，,".contains(c));
    if office.chars().count() > 10
        || !office.chars().all(is_name_character)
        || ends.chars().count() > 24
        || !plain(ends)
    {
        return None;
    }
    let name = ends.split(['／', '/']).next()?.trim();
    let name = if ends.contains(['／', '/']) { name } else { without_place(named) };
    (2..=16).contains(&name.chars().count()).then(|| name.to_owned())
}

/// The number of an official paper: 河政办发〔2023〕18号.
fn is_paper_number(text: &str) -> bool {
    let Some(open) = text.find(['〔', '［', '[', '（', '(']) else { return false };
    let (head, rest) = (&text[..open], &text[open..]);
    let year = rest.chars().skip(1).take_while(char::is_ascii_digit).count();
    let number = rest.chars().skip(year + 2).collect::<String>();
    let number = number.trim_start_matches('第').strip_suffix(['号', '號']);
    (2..=12).contains(&head.chars().count())
        && head.chars().all(is_name_character)
        && year == 4
        && number.is_some_and(|number| !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit()))
}

/// The number of a bulletin: 〔2022〕第3期, （第12期）, 第 5 期.
fn is_issue(text: &str) -> bool {
    // （2020）河0101民初123号: a court's.
    let dated = text.strip_prefix(['（', '(', '〔']).is_some_and(|rest| {
        rest.chars().take(4).all(|c| c.is_ascii_digit()) && rest.chars().nth(4).is_some_and(|c| "）)〕".contains(c))
    });
    if dated && text.ends_with('号') && text.chars().count() <= 30 && !text.contains(['，', '。', ' ', '第']) {
        return true;
    }
    if !text.contains('第') {
        return false;
    }
    let bare: String = text.chars().filter(|c| !c.is_whitespace() && !"（）()〔〕[]".contains(*c)).collect();
    let digits = bare.trim_start_matches(|c: char| c.is_ascii_digit() || c == '第' || c == '总');
    bare.chars().count() <= 12
        && bare.contains('第')
        && bare.contains(|c: char| c.is_ascii_digit())
        && matches!(digits, "期" | "号")
}

/// Where the authors of a paper work: （河口大学 历史学院，河口 000000）.
fn is_affiliation(text: &str) -> bool {
    const BODIES: &[&str] = &["大学", "大學", "学院", "學院", "研究所", "研究院", "中心", "医院", "公司"];
    let bare = text.trim_start_matches(|c: char| c.is_ascii_digit() || c.is_whitespace() || c == '.');
    bare.starts_with(['（', '('])
        && bare.ends_with(['）', ')'])
        && BODIES.iter().any(|body| bare.contains(body))
        && bare.chars().filter(char::is_ascii_digit).count() >= 5
}

/// A name with what its bearer did after it: 何青 选注, 임소화 기자.
fn signed(text: &str) -> Option<(&str, Key)> {
    const DEEDS: &[(&str, Key)] = &[
        ("选注", Key::Author),
        ("编著", Key::Author),
        ("校注", Key::Author),
        ("选编", Key::Editor),
        ("主编", Key::Editor),
        ("口述", Key::Author),
        ("整理", Key::Author),
        ("著", Key::Author),
        ("撰", Key::Author),
        ("作", Key::Author),
        ("文", Key::Author),
        ("辑", Key::Editor),
        ("编", Key::Editor),
        ("译", Key::Translator),
        ("譯", Key::Translator),
        ("訳", Key::Translator),
        ("摄", Key::Photographer),
        ("攝", Key::Photographer),
    ];
    let (first, rest) = text.split_once([' ', '\u{3000}', '/', '／'])?;
    let rest = rest.trim();
    let of_a_school = ["班", "小学", "中学", "小學", "中學", "级", "級"].iter().any(|end| first.ends_with(end));
    if of_a_school && first.chars().count() <= 16 && is_name(rest) {
        return Some((rest, Key::Author));
    }
    let deed = DEEDS.iter().find(|(deed, _)| rest == *deed);
    if let Some((deed, key)) = deed {
        // 文 and 作 are words of their own; the others say that a pen name stands before them.
        let pen_name = !matches!(*deed, "文" | "作")
            && (2..=5).contains(&first.chars().count())
            && first.chars().all(is_name_character);
        return (is_name(first) || pen_name).then_some((first, *key));
    }
    let korean =
        |text: &str| (2..=5).contains(&text.chars().count()) && text.chars().all(|c| ('가'..='힣').contains(&c));
    let title = rest.split_whitespace().next()?;
    let mail = rest[title.len()..].trim();
    let reporter = ["기자", "특파원", "논설위원", "객원기자", "인턴기자", "선임기자"].contains(&title);
    (korean(first) && reporter && (mail.is_empty() || mail.contains('@'))).then_some((first, Key::Author))
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
        let free = before
            .is_none_or(|c| c.is_whitespace() || is_bar(c) || "（(【[〔□■●•·/，；:：)）]】>-—0123456789、".contains(c));
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
        let own_mark = text[start..end].ends_with(['/', '／', '：', '|', '｜', '丨', ' ']);
        let value = match next {
            Some(c @ (':' | '：' | '】' | ']' | '／')) => end + blank + c.len_utf8(),
            Some(c) if is_bar(c) && matches!(key, Key::Author | Key::Photographer | Key::Source | Key::Editor) => {
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

fn is_bar(c: char) -> bool {
    BARS.contains(&c)
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

fn is_name_character(c: char) -> bool {
    matches!(c, '\u{4E00}'..='\u{9FFF}' | '\u{3400}'..='\u{4DBF}' | '\u{20000}'..='\u{3FFFF}' | '·' | '・' | '\u{3041}'..='\u{30FE}' | '\u{AC00}'..='\u{D7A3}')
}

/// A Chinese name of two to four characters.
fn is_name(text: &str) -> bool {
    (2..=4).contains(&text.chars().count()) && text.chars().all(is_name_character) && lexicon::begins_with_surname(text)
}

/// Whether a line is nothing but a name, with its dynasty before it or without: 何青, 唐·李白, ［宋］苏轼.
pub(super) fn is_byline(text: &str) -> bool {
    let one = byline(text);
    if is_name(one) {
        return true;
    }
    // 沈一帆1，林小禾2*
    let mut parts =
        one.split(['，', '、', ',', ' ', '\u{3000}']).map(bare_name).filter(|part| !part.is_empty()).peekable();
    one.chars().count() <= 40
        && one.contains(['，', '、', ',', ' ', '\u{3000}'])
        && parts.peek().is_some()
        && parts.all(is_name)
}

/// A name without the figures and signs that point to where its bearer works.
fn bare_name(text: &str) -> &str {
    text.trim().trim_end_matches(|c: char| c.is_ascii_digit() || "*∗†‡✉，,¹²³⁴⁵①②③④⑤".contains(c))
}

/// The name behind an office, 校长 钟南风, or before it, 钟南风 校长.
fn after_office(text: &str) -> Option<&str> {
    const OFFICES: &[&str] = &[
        "长",
        "長",
        "主任",
        "书记",
        "書記",
        "教授",
        "主席",
        "总裁",
        "總裁",
        "经理",
        "經理",
        "院士",
        "代表",
        "老师",
        "老師",
        "研究员",
        "研究員",
        "编辑",
        "編輯",
        "评论员",
        "評論員",
        "律师",
        "律師",
        "医生",
        "醫師",
        "博士",
        "总监",
        "總監",
        "理事",
        "会长",
        "會長",
        "记者",
        "記者",
        "委员",
        "作家",
        "诗人",
        "学者",
        "专家",
        "议员",
        "議員",
        "総理",
        "社長",
    ];
    let (left, right) = text.split_once([' ', '\u{3000}'])?;
    let right = right.trim();
    let office = |word: &str| word.chars().count() <= 14 && OFFICES.iter().any(|office| word.ends_with(office));
    if office(left) && is_name(right) {
        return Some(right);
    }
    (office(right) && is_name(left)).then_some(left)
}

/// The name of a byline.
pub(super) fn byline(text: &str) -> &str {
    const DYNASTIES: &str = "先秦汉漢魏晋晉唐宋元明清";
    let bare = text.trim_matches(|c: char| c.is_whitespace() || "[]［］〔〕（）()".contains(c));
    let mut rest = bare.chars();
    let after_dynasty = rest.next().filter(|c| DYNASTIES.contains(*c)).map(|_| rest.as_str());
    if let Some(name) = after_office(bare) {
        return name;
    }
    let after_mark = after_dynasty
        .and_then(|rest| rest.strip_prefix(['·', '・', ']', '］', '〕', '）', ')', ' ', '\u{3000}', '：']));
    after_mark.map_or(bare, str::trim)
}

/// Text before the first key: a date, a counter, a name, the site.
fn speak_for_themselves(text: &str, line: &mut MetaLine) {
    // A bar of many parts is a menu with today's date.
    if text.matches(is_bar).count() > 4 {
        line.left_over += text.chars().count();
        return;
    }
    // The part with the date first: beside a date a few words are a name or a paper's.
    let mut parts: Vec<&str> = text.split(|c| is_bar(c) || c == '·').collect();
    parts.sort_by_key(|part| (dates::find(part).is_none(), !is_name(part.trim())));
    for part in parts {
        let mut rest = part.trim_matches(trimmed);
        if let Some(date) = dates::find(rest).or_else(|| dates::whole(rest)) {
            let (before, after) = (rest[..date.start].trim_matches(trimmed), rest[date.end..].trim_matches(trimmed));
            push(line, Key::Date, "", &date.iso);
            let after = ["更新", "发布", "發布", "发表", "星期", "週", "周"]
                .iter()
                .fold(after, |after, word| after.trim_start_matches(word).trim_start());
            // When it was changed again, and where the writer was: neither is kept in a field.
            let after = after
                .strip_prefix(['日', '一', '二', '三', '四', '五', '六', '天', '月', '火', '水', '木', '金', '土'])
                .unwrap_or(after);
            let after = after.trim_start_matches(trimmed);
            let of_no_field = after.ends_with("更新")
                || after.starts_with("发表于")
                || after.starts_with('于')
                || MADE.iter().any(|word| after.starts_with(word));
            if !after.is_empty() && !of_no_field {
                unnamed(after, line);
            }
            rest = before;
        }
        if !rest.is_empty() {
            unnamed(rest, line);
        }
    }
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
    let text = text.split_whitespace().filter(|word| !is_host(word)).collect::<Vec<_>>().join(" ");
    let text = text.trim_matches(|c| trimmed(c) || c == '《' || c == '》');
    if text.is_empty() || ["站内", "站內", "号", "號", "号刊", "刊", "期", "讯", "訊"].contains(&text) {
        return;
    }
    let chars = text.chars().count();
    let dated = line.pieces.iter().any(|piece| piece.key == Key::Date);
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

fn trimmed(c: char) -> bool {
    c.is_whitespace() || is_bar(c) || "·•/-—()（）[]【】〔〕,，;；".contains(c)
}

/// One key with the text up to the next: its value, and a date or counter that follows it unannounced.
fn statement(text: &str, key: &Found, end: usize, line: &mut MetaLine) {
    let word = text[key.start..key.end].trim_matches(|c: char| trimmed(c) || c == '：' || c == ':');
    let mut value = text[key.value.min(end)..end].trim_matches(closing);
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

fn closing(c: char) -> bool {
    c.is_whitespace() || "()（）[]【】〔〕,，;；".contains(c)
}

fn push(line: &mut MetaLine, key: Key, word: &str, value: &str) {
    line.pieces.push(Piece { key, word: word.to_owned(), value: value.to_owned() });
}

/// The names of a value: parted by commas, slashes or blanks, without 本报记者 and the like before them.
pub(super) fn names(value: &str) -> Vec<String> {
    const TITLES: &[&str] = &[
        "本报记者",
        "本報記者",
        "本刊记者",
        "本网记者",
        "特约记者",
        "实习记者",
        "通讯员",
        "通訊員",
        "记者",
        "記者",
        "by ",
    ];
    let short_han = |part: &str| part.chars().all(is_name_character) && part.chars().count() <= 4;
    let mut names = Vec::new();
    for part in value.split(['、', '，', ',', ';', '；', '/', '／', '&']) {
        let words: Vec<&str> = part.split_whitespace().collect();
        let apart = words.len() > 1 && words.iter().all(|word| short_han(word) && word.chars().count() >= 2);
        let single: [&str; 1] = [part.trim()];
        for name in if apart { words.as_slice() } else { single.as_slice() } {
            let name = match name.find(['(', '（', '<']) {
                Some(open) if open > 0 && name.starts_with(|c: char| c.is_ascii_alphanumeric()) => {
                    name[..open].trim_end()
                }
                _ => bare_name(name),
            };
            let bare = TITLES.iter().fold(name, |name, title| name.strip_prefix(title).unwrap_or(name).trim());
            let spaced = bare.chars().count() <= 4 && bare.chars().all(|c| is_name_character(c) || c.is_whitespace());
            let bare: String = if spaced { bare.split_whitespace().collect() } else { bare.to_owned() };
            let dateline = ["報導", "报道", "报导", "電", "电", "攝", "摄"].iter().any(|ending| bare.ends_with(ending));
            if !bare.is_empty() && !names.contains(&bare) && (!dateline || names.is_empty()) {
                names.push(bare);
            }
        }
    }
    names
}

/// The reporters named in a dateline or at the end of the last paragraph: （记者 张三、李四）, 电（记者张三）.
pub(super) fn reporters(text: &str) -> Vec<String> {
    for open in ["（", "("] {
        for part in text.split(open).skip(1).take(4) {
            let inside = part.split(['）', ')']).next().unwrap_or_default();
            let named = ["本报记者", "本報記者", "新华社记者", "记者", "記者"]
                .iter()
                .find_map(|title| inside.strip_prefix(title));
            let agency = || {
                inside
                    .split_once("記者")
                    .or_else(|| inside.split_once("记者"))
                    .filter(|(agency, _)| agency.chars().count() <= 6)
            };
            let Some(named) = named.or_else(|| agency().map(|(_, named)| without_place(named))) else { continue };
            if named.chars().count() > 24 {
                continue;
            }
            let end = ["通讯员", "通訊員", "实习生", "摄影"].iter().filter_map(|word| named.find(word)).min();
            let names =
                names(named[..end.unwrap_or(named.len())].trim_matches(|c: char| closing(c) || c == ':' || c == '：'));
            if names.iter().all(|name| (2..=6).contains(&name.chars().count())) && !names.is_empty() {
                return names;
            }
        }
    }
    Vec::new()
}

/// The name before a dateline's place: 林小禾台北8日電. A dateline ends in 電, and most names have three characters.
fn without_place(named: &str) -> &str {
    const PLACES: &[&str] = &[
        "台北",
        "臺北",
        "新北",
        "桃園",
        "台中",
        "臺中",
        "台南",
        "臺南",
        "高雄",
        "基隆",
        "新竹",
        "苗栗",
        "彰化",
        "南投",
        "雲林",
        "嘉義",
        "屏東",
        "宜蘭",
        "花蓮",
        "台東",
        "臺東",
        "澎湖",
        "金門",
        "連江",
        "馬祖",
        "北京",
        "上海",
        "香港",
        "澳門",
        "東京",
        "首爾",
        "紐約",
        "華盛頓",
        "倫敦",
        "巴黎",
        "柏林",
        "舊金山",
        "洛杉磯",
        "新加坡",
        "曼谷",
        "河內",
        "雅加達",
        "吉隆坡",
        "馬尼拉",
        "日內瓦",
        "布魯塞爾",
        "莫斯科",
        "新德里",
    ];
    if !named.ends_with(['電', '电']) {
        return ["攝", "摄", "／", "/"].iter().find_map(|mark| named.split_once(mark)).map_or(named, |(name, _)| name);
    }
    let place = PLACES.iter().filter_map(|place| named.find(place)).filter(|at| *at >= 6).min();
    let third = named.char_indices().nth(3).map_or(named.len(), |(at, _)| at);
    &named[..place.unwrap_or(third)]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> Vec<(Key, String)> {
        let line = parse(text, text.chars().count() as u32).unwrap_or_default();
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
            assert_eq!(parse(text, 20), None, "{text}");
        }
    }

    #[test]
    fn names_are_parted() {
        assert_eq!(names("林小禾 周大川"), ["林小禾", "周大川"]);
        assert_eq!(names("本报记者 林小禾、周大川"), ["林小禾", "周大川"]);
        assert_eq!(names("林 禾"), ["林禾"]);
        assert_eq!(names("Lin Xiaohe"), ["Lin Xiaohe"]);
        assert_eq!(reporters("本报河口8月26日电（记者林小禾、周大川）今天"), ["林小禾", "周大川"]);
    }
}
