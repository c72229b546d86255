//! The number or bullet a line begins with.

use super::numeral::{arabic, chinese, numeral, roman};

/// How a line is numbered. The order is that of rank where a document does not show another (GB/T 9704—2012 §7.3.3 for
/// `一、` `（一）` `1.` `（1）`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Family {
    /// 第一部, 第一编, Part 1
    Part,
    /// 第一卷, 卷一
    Volume,
    /// 第一章, Chapter 1, 제1장
    Chapter,
    /// 第一回, 第1話
    Episode,
    /// 第一节
    Section,
    /// 第一条
    Article,
    /// `01` before a title
    TwoDigits,
    /// 一、
    ChineseComma,
    /// （一）
    ChineseBrackets,
    /// `1 title`
    Blank,
    /// `1.` `1、`
    Decimal,
    /// `1.1`
    Dotted,
    /// `1.1.1`
    DottedTwice,
    /// `(1)`
    DecimalBrackets,
    /// `1)`
    HalfBracket,
    /// `①`
    Circled,
    /// `A.`
    Letter,
    /// `I.`
    Roman,
    /// 第一，其一
    Ordinal,
    /// 第一步, 议题一: a word that is counted.
    Step,
    /// A word that is counted within another.
    Leg,
    /// 1950年代, 1953年, 3月, 5月1日: of the headings of a chronicle, told by their surroundings.
    Years,
    Year,
    Month,
    Day,
    /// `[1]` `注1`
    Note,
    /// A number and nothing else on the line.
    Alone,
    Bullet,
}

/// Families in order, for tables indexed by them.
pub(super) const FAMILIES: usize = Family::Bullet as usize + 1;

impl Family {
    /// Numbers that hardly stand before anything but a heading.
    pub fn names_a_division(self) -> bool {
        self <= Family::Section
    }

    /// Divisions only books have.
    pub fn is_of_a_book(self) -> bool {
        self <= Family::Episode
    }
}

/// What a line begins with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Number {
    pub family: Family,
    /// The bullet's own character for [`Family::Bullet`].
    pub value: u32,
    /// Bytes of number, separator and blanks: where the words begin.
    pub rest: usize,
}

/// Bullets; a hyphen or dash needs a blank after it.
const BULLETS: &str = "•●◆■▪◇□○★☆▶►➤➢‣⁃∙▲△※·・．‧*-–—＊◎^↑+✓✔√⊙❖◦";

/// The number a line begins with, if it has one.
pub(super) fn number(text: &str) -> Option<Number> {
    let first = text.chars().next()?;
    let found = match first {
        '第' => division(text),
        '제' => korean_division(text),
        '卷' => volume(text),
        '（' | '(' => bracketed(text),
        '[' | '［' | '〔' | '【' => note(text),
        '注' | '註' => note_word(text),
        '①'..='⑳' => Some((Family::Circled, first as u32 - '①' as u32 + 1, first.len_utf8())),
        '❶'..='❿' => Some((Family::Circled, first as u32 - '❶' as u32 + 1, first.len_utf8())),
        '⑴'..='⑽' => Some((Family::DecimalBrackets, first as u32 - '⑴' as u32 + 1, first.len_utf8())),
        '⒈'..='⒛' => Some((Family::Decimal, first as u32 - '⒈' as u32 + 1, first.len_utf8())),
        '㈠'..='㈩' => Some((Family::ChineseBrackets, first as u32 - '㈠' as u32 + 1, first.len_utf8())),
        '步' | 'S' if let Some(found) = step_alone(text) => Some(found),
        '其' => ordinal_after(text, "其"),
        '议' | '案' | '误' | '技' | '任' | '要' | '问' | '活' | '专' | '环' | 'D'
            if let Some(found) = counted_word(text) =>
        {
            Some(found)
        }
        '0'..='9' | '０'..='９' => decimal(text),
        'A'..='Z' | 'a'..='z' | 'Ⅰ'..='Ⅻ' => letters(text),
        _ if "一二三四五六七八九十百廿卅".contains(first) => chinese_comma(text),
        _ if BULLETS.contains(first) => bullet(text, first),
        _ => None,
    };
    let (family, value, bytes) = found?;
    let rest = bytes + blanks(&text[bytes..]);
    Some(Number { family, value, rest })
}

/// The number before a blank, whatever follows.
pub(super) fn blank_number(text: &str) -> Option<Number> {
    let (value, bytes) = arabic(text)?;
    let rest = bytes + blanks(&text[bytes..]);
    let worded = text[rest..].starts_with(char::is_alphabetic);
    (rest > bytes && bytes <= 2 && worded).then_some(Number { family: Family::Blank, value, rest })
}

fn blanks(text: &str) -> usize {
    text.len() - text.trim_start_matches([' ', '\u{3000}', '\t']).len()
}

type Found = Option<(Family, u32, usize)>;

/// 第X章 and its kin. What follows must look like a title: nothing, a blank, a mark, or a few words that do not go on
/// with the sentence (第三章里…).
fn division(text: &str) -> Found {
    let after = &text['第'.len_utf8()..];
    let lead = blanks(after);
    let (value, bytes) = numeral(&after[lead..])?;
    let unit_at = '第'.len_utf8() + lead + bytes;
    let unit_at = unit_at + blanks(&text[unit_at..]);
    let unit = text[unit_at..].chars().next();
    let (family, length) = match unit {
        Some('章') => (Family::Chapter, 3),
        Some('回' | '话' | '話' | '集') => (Family::Episode, 3),
        // Of a play.
        Some('幕') => (Family::Part, 3),
        Some('场' | '場') => (Family::Section, 3),
        Some('节' | '節') => (Family::Section, 3),
        Some('卷' | '巻' | '册' | '冊') => (Family::Volume, 3),
        Some('部') if text[unit_at..].starts_with("部分") => (Family::Part, 6),
        Some('部' | '编' | '編' | '篇' | '辑' | '輯') => (Family::Part, 3),
        Some('条' | '條') => (Family::Article, 3),
        Some('步') => (Family::Step, 3),
        Some('，' | ',' | '、' | '：' | ':') => (Family::Ordinal, unit.map_or(0, char::len_utf8)),
        _ => return None,
    };
    let end = unit_at + length;
    if family == Family::Ordinal {
        return Some((family, value, end));
    }
    let rest = &text[end..];
    let goes_on = family != Family::Article
        && rest.chars().next().is_some_and(|c| "里裡裏中的是讲講写寫和与與以就至到之也都由在。；；".contains(c));
    (!goes_on).then(|| (family, value, end + marks(rest)))
}

/// Blanks, a colon or the like between a number and its title.
pub(super) fn marks(text: &str) -> usize {
    text.len() - text.trim_start_matches([' ', '\u{3000}', '：', ':', '、', '.', '．', '·']).len()
}

fn korean_division(text: &str) -> Found {
    let after = &text['제'.len_utf8()..];
    let (value, bytes) = arabic(after.trim_start())?;
    let unit_at = '제'.len_utf8() + after.len() - after.trim_start().len() + bytes;
    let unit = text[unit_at..].chars().next()?;
    let family = match unit {
        '장' => Family::Chapter,
        '절' => Family::Section,
        '부' => Family::Part,
        '조' => Family::Article,
        '화' => Family::Episode,
        _ => return None,
    };
    Some((family, value, unit_at + unit.len_utf8()))
}

fn volume(text: &str) -> Found {
    let after = &text['卷'.len_utf8()..];
    let between = if after.starts_with('之') { 3 } else { 0 };
    let (value, bytes) = numeral(&after[between..])?;
    let end = '卷'.len_utf8() + between + bytes;
    let next = text[end..].chars().next();
    next.is_none_or(|c| c.is_whitespace() || c == '：').then_some((Family::Volume, value, end))
}

/// （一） and (1).
fn bracketed(text: &str) -> Found {
    let inner = text.trim_start_matches(['（', '(']);
    let lead = text.len() - inner.len();
    let (family, (value, bytes)) = match arabic(inner) {
        Some(found) => (Family::DecimalBrackets, found),
        None => (Family::ChineseBrackets, chinese(inner)?),
    };
    let close = inner[bytes..].chars().next().filter(|c| *c == '）' || *c == ')')?;
    (value < 1000).then_some((family, value, lead + bytes + close.len_utf8()))
}

/// `[1]`
fn note(text: &str) -> Found {
    let open = text.chars().next()?;
    let inner = &text[open.len_utf8()..];
    let word = if inner.starts_with(['注', '註']) { 3 } else { 0 };
    let (value, bytes) = numeral(&inner[word..])?;
    let close = inner[word + bytes..].chars().next().filter(|c| "]］〕】".contains(*c))?;
    (value < 2000).then(|| (Family::Note, value, open.len_utf8() + word + bytes + close.len_utf8()))
}

/// 注1： and 注①
fn note_word(text: &str) -> Found {
    let inner = &text[3..];
    let circled = inner.chars().next().filter(|c| ('①'..='⑳').contains(c));
    let (value, bytes) = match circled {
        Some(c) => (c as u32 - '①' as u32 + 1, c.len_utf8()),
        None => numeral(inner)?,
    };
    let end = 3 + bytes;
    let next = text[end..].chars().next().filter(|c| "：:．.、 \u{3000}".contains(*c))?;
    Some((Family::Note, value, end + next.len_utf8()))
}

/// 步骤 1 and nothing else on the line.
fn step_alone(text: &str) -> Found {
    let rest = ["步骤", "步驟", "Step ", "STEP ", "Step", "STEP"].iter().find_map(|word| text.strip_prefix(word))?;
    let rest = rest.trim_matches([' ', '\u{3000}', '：', ':', '.', '、']);
    let (value, bytes) = numeral(rest)?;
    (bytes == rest.len() && value < 100).then_some((Family::Alone, value, text.len()))
}

/// 议题一：, 案例2　, Day 1: a word that is counted, its number, and a mark or the end of the line.
fn counted_word(text: &str) -> Found {
    const WORDS: &[&str] = &[
        "议题", "议程", "案例", "误区", "技巧", "任务", "要点", "问题", "活动", "专题", "环节", "Day ", "DAY ", "Day",
        "DAY",
    ];
    let (word, rest) = WORDS.iter().find_map(|word| Some((word, text.strip_prefix(word)?)))?;
    let (value, bytes) = numeral(rest)?;
    let end = word.len() + bytes;
    let next = text[end..].chars().next();
    (value < 100 && next.is_none_or(|c| "：: \u{3000}|｜、".contains(c)))
        .then(|| (Family::Step, value, end + marks(&text[end..])))
}

/// 其一 and the like.
fn ordinal_after(text: &str, word: &str) -> Found {
    let (value, bytes) = chinese(&text[word.len()..])?;
    let end = word.len() + bytes;
    match text[end..].chars().next() {
        None => Some((Family::Ordinal, value, end)),
        Some(c) if "，,、：: \u{3000}".contains(c) => Some((Family::Ordinal, value, end + c.len_utf8())),
        _ => None,
    }
}

/// `1.` `1、` `1)` `1.1` `01 title`, and a number alone.
fn decimal(text: &str) -> Found {
    let (value, bytes) = arabic(text)?;
    let rest = &text[bytes..];
    let Some(next) = rest.chars().next() else {
        return (value < 1000).then_some((Family::Alone, value, bytes));
    };
    let end = bytes + next.len_utf8();
    let following = text[end..].chars().next();
    match next {
        '.' | '．' if following.is_some_and(|c| c.is_ascii_digit()) => dotted(text, value, end),
        '.' | '．' | '、' if value < 1000 => {
            if following.is_none() {
                return Some((Family::Alone, value, end));
            }
            Some((Family::Decimal, value, end))
        }
        ')' | '）' if value < 1000 => Some((Family::HalfBracket, value, end)),
        ' ' | '\u{3000}' | '\t' | '/' | '｜' | '|' if bytes == 2 && text.starts_with('0') => {
            Some((Family::TwoDigits, value, end))
        }
        ' ' | '\u{3000}' | '\t' if bytes <= 2 => {
            let words = text[end..].trim_start();
            let counted = words.starts_with(|c: char| !c.is_alphabetic() || COUNTED.contains(c));
            (!counted).then_some((Family::Blank, value, end))
        }
        _ => None,
    }
}

/// What numbers count: after a number and a blank, one of these goes on with the sentence.
const COUNTED: &str = "年月日时時分秒点點周天个個人名位次元角条條只隻块塊米里公克斤吨噸升岁歲万萬亿億千百度届屆回张張本家座台艘辆輛户戶口级級倍成楼樓号號番层層股代折度公分平方立毫厘mMkKgGcC년월일시분개명";

/// `1.1 title`; a decimal fraction is no number of this kind.
fn dotted(text: &str, major: u32, second_at: usize) -> Found {
    let (minor, bytes) = arabic(&text[second_at..])?;
    let mut end = second_at + bytes;
    let mut value = minor;
    let mut family = Family::Dotted;
    while let Some(more) = text[end..].strip_prefix('.').and_then(arabic) {
        family = Family::DottedTwice;
        value = more.0;
        end += 1 + more.1;
    }
    let next = text[end..].chars().next();
    let apart = next.is_none_or(|c| c.is_whitespace() || c == '、' || c == '.');
    let han = next.is_some_and(|c| ('\u{4E00}'..='\u{9FFF}').contains(&c)) && family == Family::DottedTwice;
    if !(apart || han) || major > 99 || minor > 99 {
        return None;
    }
    let separator = next.filter(|c| *c == '、' || *c == '.').map_or(0, char::len_utf8);
    Some((family, value, end + separator))
}

/// 一、 but not 一、二年级.
fn chinese_comma(text: &str) -> Found {
    let (value, bytes) = chinese(text)?;
    let Some(next) = text[bytes..].chars().next() else {
        return (value < 1000).then_some((Family::Alone, value, bytes));
    };
    let end = bytes + next.len_utf8();
    let numbers_go_on = text[end..].chars().next().is_some_and(|c| "一二三四五六七八九十".contains(c))
        && chinese(&text[end..]).is_some_and(|(second, _)| second == value + 1);
    (matches!(next, '、' | '．' | '.' | ' ' | '\u{3000}') && value < 200 && !numbers_go_on).then_some((
        Family::ChineseComma,
        value,
        end,
    ))
}

/// `A.` `IV.` `Chapter 3` `Part II`
fn letters(text: &str) -> Found {
    // PART.01 over the title of a part of a post.
    let part = text.get(..5).filter(|head| head.eq_ignore_ascii_case("part.")).map(|_| text[5..].trim_start());
    if let Some((value, bytes)) = part.and_then(arabic)
        && part.is_some_and(|rest| rest.len() == bytes && bytes <= 2)
    {
        return Some((Family::Alone, value, text.len()));
    }
    for (word, family) in [("chapter ", Family::Chapter), ("part ", Family::Part), ("section ", Family::Section)] {
        if text.get(..word.len()).is_some_and(|head| head.eq_ignore_ascii_case(word)) {
            let after = &text[word.len()..];
            let (value, bytes) = arabic(after).or_else(|| roman(after))?;
            let end = word.len() + bytes;
            let apart = text[end..].chars().next().is_none_or(|c| !c.is_alphanumeric());
            return apart.then(|| (family, value, end + marks(&text[end..])));
        }
    }
    let separator = |end: usize| text[end..].chars().next().filter(|c| matches!(c, '.' | '．' | '、' | ')' | '）'));
    if let Some((value, bytes)) = roman(text).filter(|_| !text.starts_with(|c: char| c.is_ascii_lowercase()))
        && let Some(mark) = separator(bytes).filter(|_| bytes > 1 || text.starts_with('I'))
    {
        return Some((Family::Roman, value, bytes + mark.len_utf8()));
    }
    let first = text.chars().next().filter(char::is_ascii_alphabetic)?;
    let mark = separator(1)?;
    let end = 1 + mark.len_utf8();
    let abbreviation = mark == '.' && text[end..].starts_with(|c: char| c.is_alphanumeric());
    let value = u32::from(first.to_ascii_lowercase() as u8 - b'a') + 1;
    (!abbreviation).then_some((Family::Letter, value, end))
}

fn bullet(text: &str, first: char) -> Found {
    let end = first.len_utf8();
    let rest = &text[end..];
    let needs_blank = "*-–—＊^↑+".contains(first);
    if rest.is_empty() || rest.starts_with(first) || (needs_blank && blanks(rest) == 0) {
        return None;
    }
    Some((Family::Bullet, first as u32, end))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> Option<(Family, u32, &str)> {
        number(text).map(|number| (number.family, number.value, &text[number.rest..]))
    }

    #[test]
    fn every_family_is_known_by_its_form() {
        for (text, family, value, rest) in [
            ("第十二章　渡口", Family::Chapter, 12, "渡口"),
            ("第3回：归来", Family::Episode, 3, "归来"),
            ("第一部分 总体情况", Family::Part, 1, "总体情况"),
            ("第五条 本办法自公布之日起施行。", Family::Article, 5, "本办法自公布之日起施行。"),
            ("卷二", Family::Volume, 2, ""),
            ("一、总体要求", Family::ChineseComma, 1, "总体要求"),
            ("（三）加强领导", Family::ChineseBrackets, 3, "加强领导"),
            ("1. 选料", Family::Decimal, 1, "选料"),
            ("２、切块", Family::Decimal, 2, "切块"),
            ("(4)腌制", Family::DecimalBrackets, 4, "腌制"),
            ("5）装盘", Family::HalfBracket, 5, "装盘"),
            ("③ 上桌", Family::Circled, 3, "上桌"),
            ("2.1 方法", Family::Dotted, 1, "方法"),
            ("2.1.3 方法", Family::DottedTwice, 3, "方法"),
            ("01", Family::Alone, 1, ""),
            ("02 早市", Family::TwoDigits, 2, "早市"),
            ("3　讨论", Family::Blank, 3, "讨论"),
            ("[7] 见前文。", Family::Note, 7, "见前文。"),
            ("注1：见前文。", Family::Note, 1, "见前文。"),
            ("• 首页", Family::Bullet, '•' as u32, "首页"),
            ("A. 上午", Family::Letter, 1, "上午"),
            ("IV. Results", Family::Roman, 4, "Results"),
            ("Chapter 3: The Ferry", Family::Chapter, 3, "The Ferry"),
            ("제2장 나루터", Family::Chapter, 2, "나루터"),
            ("第一，要早起", Family::Ordinal, 1, "要早起"),
        ] {
            assert_eq!(of(text), Some((family, value, rest)), "{text}");
        }
    }

    #[test]
    fn numbers_inside_sentences_are_not_marks() {
        for text in [
            "第三章里他写道",
            "第一部分的内容",
            "一、二年级的学生",
            "3.5公里外",
            "2022年",
            "100多人",
            "-3度",
            "3 个月以后",
            "12 月",
            "一天早晨",
            "U.S. policy",
        ] {
            assert_eq!(of(text), None, "{text}");
        }
    }
}
