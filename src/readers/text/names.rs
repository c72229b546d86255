//! The names of those who wrote, edited or took a picture: on lines of their own, behind what they did, in datelines.

use std::borrow::Cow;

use super::lexicon::{self, Key};
use super::meta::closing;

/// A reporter's line under a title: 文化中心記者王怡婷／雲林報導, 記者王怡婷、陳建宏／台北報導, 【記者王怡婷台北報導】.
pub(super) fn reports(text: &str) -> Option<String> {
    if !text.contains('者') {
        return None;
    }
    if let Some(names) = staff(text) {
        return Some(names);
    }
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

/// The names of a paper's reporters behind a mark or before what they did: □ 本报记者 林小禾 文/图.
fn staff(text: &str) -> Option<String> {
    const TITLES: &[&str] =
        &["本报记者", "本刊记者", "本网记者", "本台记者", "本报特派记者", "新华社记者", "本报首席记者", "记者"];
    const DEEDS: &[&str] = &[
        "文/图",
        "文／图",
        "图/文",
        "图／文",
        "文/摄",
        "文／摄",
        "文并图",
        "文图",
        "文 图",
        "摄影报道",
        "采写",
        "撰文",
        "报道",
    ];
    let blank = [' ', '\u{3000}'];
    let bare = text.trim_start_matches(['□', '■', '●', '◎', '○', '◇', '◆', '▲', ' ', '\u{3000}']).trim_end();
    let named = TITLES.iter().find_map(|title| bare.strip_prefix(title))?.trim_start();
    let name = DEEDS.iter().find_map(|deed| named.strip_suffix(deed)).map_or(named, str::trim_end);
    let told = bare.len() < text.len() || name.len() < named.len();
    let parts = || name.split(blank).flat_map(|part| part.split('、')).filter(|part| !part.is_empty());
    let plain = parts().all(|part| (2..=4).contains(&part.chars().count()) && part.chars().all(is_name_character));
    let others = ["通讯员", "实习生"].iter().any(|title| name.contains(title));
    (told && plain && !others && (1..=4).contains(&parts().count())).then(|| parts().collect::<Vec<_>>().join("、"))
}

/// The author and the account of 原创 林小禾 河口发布, above a post of WeChat.
pub(super) fn original(text: &str) -> Option<(&str, &str)> {
    let rest = text.strip_prefix("原创").or_else(|| text.strip_prefix("原創"))?;
    let mut words = rest.strip_prefix([' ', '\u{3000}'])?.split_whitespace();
    let (author, account) = (words.next()?, words.next()?);
    let short = |word: &str| (2..=10).contains(&word.chars().count()) && word.chars().all(char::is_alphanumeric);
    (words.next().is_none() && short(author) && short(account)).then_some((author, account))
}

/// The name in a line that says from where it was sent: 沈未央　发自 宁州, 南都观察记者 许知南 发自滨城.
pub(super) fn sent(text: &str) -> Option<&str> {
    let (left, place) = ["发自", "發自"].iter().find_map(|word| text.split_once(word))?;
    let plain = |text: &str| text.chars().all(|c| is_name_character(c) || c.is_whitespace());
    let name = ["记者", "記者"].iter().find_map(|word| left.rsplit_once(word)).map_or(left, |(_, name)| name).trim();
    let known = left.contains("记者") || left.contains("記者") || is_name(name) || left.ends_with([' ', '\u{3000}']);
    let short = (1..=10).contains(&place.trim().chars().count()) && (2..=12).contains(&name.chars().count());
    (known && short && plain(name) && plain(place)).then_some(name)
}

/// A name with what its bearer did after it: 何青 选注, 임소화 기자.
pub(super) fn signed(text: &str) -> Option<(&str, Key)> {
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
    (reporter && korean(first) && (mail.is_empty() || mail.contains('@'))).then_some((first, Key::Author))
}

pub(super) fn is_name_character(c: char) -> bool {
    matches!(c, '\u{4E00}'..='\u{9FFF}' | '\u{3400}'..='\u{4DBF}' | '\u{20000}'..='\u{3FFFF}' | '·' | '・' | '\u{3041}'..='\u{30FE}' | '\u{AC00}'..='\u{D7A3}')
}

/// Family names of two characters: with one of these a name has three or four.
#[rustfmt::skip]
const TWO_CHARACTERS: &[&str] = &[
    "欧阳", "歐陽", "司马", "司馬", "上官", "诸葛", "諸葛", "东方", "東方", "皇甫", "尉迟", "尉遲", "公孙", "公孫", "令狐", "宇文", "长孙", "長孫", "慕容", "司徒", "夏侯", "端木", "独孤", "獨孤", "南宫", "南宮", "百里", "东郭", "呼延", "轩辕", "拓跋", "完颜", "纳兰", "納蘭", "张简", "張簡", "范姜", "歐阳",
];

/// A Chinese name: two or three characters, four with a family name of two or a dot.
pub(super) fn is_name(text: &str) -> bool {
    let chars = text.chars().count();
    if !(2..=4).contains(&chars) || !text.chars().all(is_name_character) {
        return false;
    }
    if lexicon::whole(text).is_some() {
        return false;
    }
    let long = || text.contains(['·', '・']) || TWO_CHARACTERS.iter().any(|name| text.starts_with(name));
    if chars == 4 { long() } else { lexicon::begins_with_surname(text) || long() }
}

/// A few words that end like the name of a newspaper or agency.
pub(super) fn names_a_paper(text: &str) -> bool {
    const ENDINGS: &[&str] = &[
        "新報",
        "新聞",
        "新聞社",
        "日報",
        "通信",
        "通信社",
        "日报",
        "晚报",
        "晨报",
        "都市报",
        "时报",
        "時報",
        "新闻网",
        "通讯社",
        "周刊",
        "일보",
        "신문",
        "뉴스",
    ];
    (3..=12).contains(&text.chars().count())
        && !text.contains(' ')
        && ENDINGS.iter().any(|ending| text.ends_with(ending))
}

/// Whether a line is nothing but a name, with its dynasty before it or without: 何青, 唐·李白, ［宋］苏轼.
pub(super) fn is_byline(text: &str) -> bool {
    let one = byline(text);
    if is_name(one) {
        return true;
    }
    // 沈一帆1，林小禾2*，段 鸿2
    let closed = close_names(one);
    let one = closed.as_ref();
    let mut parts =
        one.split(['，', '、', ',', ' ', '\u{3000}']).map(bare_name).filter(|part| !part.is_empty()).peekable();
    let several =
        one.chars().count() <= 40 && one.contains(['，', '、', ',', ' ', '\u{3000}']) && parts.peek().is_some();
    several && (mostly_names(parts.clone()) || parts.all(is_name) || are_marked_names(one))
}

/// Three or more that are as long as names, two in three of them known to be ones.
fn mostly_names<'a>(parts: impl Iterator<Item = &'a str>) -> bool {
    let (mut count, mut known) = (0, 0);
    for part in parts {
        if !(2..=4).contains(&part.chars().count()) || !part.chars().all(is_name_character) {
            return false;
        }
        (count, known) = (count + 1, known + usize::from(is_name(part)));
    }
    count >= 3 && known * 3 >= count * 2
}

/// Names of two single characters set apart, 段 鸿, closed up where commas part them.
fn close_names(text: &str) -> Cow<'_, str> {
    if !text.contains([' ', '\u{3000}']) {
        return Cow::Borrowed(text);
    }
    if !text.contains(['，', '、', ',']) {
        // 郜明远　冉　溪
        let words: Vec<&str> = text.split_whitespace().collect();
        let han = |word: &&str| (1..=3).contains(&word.chars().count()) && word.chars().all(is_name_character);
        let single = words.iter().filter(|word| word.chars().count() == 1).count();
        if words.len() < 3 || single == 0 || single % 2 == 1 || single == words.len() || !words.iter().all(han) {
            return Cow::Borrowed(text);
        }
        let mut names: Vec<String> = Vec::new();
        let mut open = false;
        for word in words {
            let alone = word.chars().count() == 1;
            match names.last_mut().filter(|_| open && alone) {
                Some(name) => (name.push_str(word), open = false).0,
                None => (names.push(word.to_owned()), open = alone).0,
            }
        }
        return Cow::Owned(names.join("，"));
    }
    let close = |part: &str| {
        let words: Vec<&str> = part.split_whitespace().collect();
        let single = words.len() == 2 && words.iter().all(|word| bare_name(word).chars().count() == 1);
        if single { words.concat() } else { part.to_owned() }
    };
    Cow::Owned(text.split(['，', '、', ',']).map(close).collect::<Vec<_>>().join("，"))
}

/// 卓然1，蒲文2*: two or more that are as long as names, and figures behind them that say where they work.
fn are_marked_names(text: &str) -> bool {
    let parts: Vec<&str> = text.split(['，', '、', ',', ' ', '\u{3000}']).filter(|part| !part.is_empty()).collect();
    let marked = parts.iter().filter(|part| bare_name(part).len() < part.len()).count();
    let named = |part: &&str| {
        let bare = bare_name(part);
        bare.is_empty() || (2..=4).contains(&bare.chars().count()) && bare.chars().all(is_name_character)
    };
    let again = (1..parts.len()).any(|at| parts[..at].iter().any(|part| bare_name(part) == bare_name(parts[at])));
    parts.len() >= 2 && marked * 2 >= parts.len() && parts.iter().all(named) && !again
}

/// A name without the figures and signs that point to where its bearer works.
pub(super) fn bare_name(text: &str) -> &str {
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
    let value = value.split(" <").next().filter(|_| value.contains('@')).unwrap_or(value);
    let value =
        ["发自", "發自"].iter().find_map(|word| value.split_once(word)).map_or(value, |(name, _)| name.trim_end());
    let value = [" on", " in", " at"].iter().find_map(|word| value.strip_suffix(word)).unwrap_or(value);
    let value = &*close_names(value);
    let several = if value.is_ascii() { value.replace(" and ", " & ") } else { value.to_owned() };
    for part in several.split(['、', '，', ',', ';', '；', '/', '／', '&']) {
        let words: Vec<&str> = part.split_whitespace().collect();
        let apart = words.len() > 1 && words.iter().all(|word| short_han(word) && word.chars().count() >= 2);
        let single: [&str; 1] = [part.trim()];
        for name in if apart { words.as_slice() } else { single.as_slice() } {
            let name = match name.find(['(', '（', '<']) {
                // What stands in brackets at its end is an address or an office; what goes on behind them is not.
                Some(open)
                    if open > 0
                        && (name.starts_with(|c: char| c.is_ascii_alphanumeric())
                            || short_han(&name[..open]) && name[..open].chars().count() >= 2)
                        && (name.ends_with([')', '）', '>']) || !name.contains([')', '）', '>'])) =>
                {
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

    #[test]
    fn names_are_parted() {
        assert_eq!(names("林小禾 周大川"), ["林小禾", "周大川"]);
        assert_eq!(names("本报记者 林小禾、周大川"), ["林小禾", "周大川"]);
        assert_eq!(names("林 禾"), ["林禾"]);
        assert_eq!(names("Lin Xiaohe"), ["Lin Xiaohe"]);
        assert_eq!(reporters("本报河口8月26日电（记者林小禾、周大川）今天"), ["林小禾", "周大川"]);
    }
}
