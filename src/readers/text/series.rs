//! Words that are counted over a document: 第三站, PART 02, 实验一, Scene 4.
//!
//! No list holds all words that are counted. A short beginning with a number in it is taken for one where it comes
//! again with the next number, each time over text.

use std::collections::BTreeMap;

use super::features::{Ends, Features};
use super::lines::Line;
use super::number::{Family, Number, marks};
use super::numeral::numeral;
use super::runs::is_title_like;

/// Longest line that is looked at, and the longest word that is counted, in characters.
const LONGEST: u32 = 48;
const WORD: usize = 8;

/// A counted word at the beginning of a line.
#[derive(Clone, Copy)]
struct Member {
    index: usize,
    value: u32,
    rest: usize,
}

/// Number the lines that begin with a word the document counts. The word that comes first outranks the second.
pub(super) fn series(lines: &[Line], features: &mut [Features]) {
    let mut found: BTreeMap<(&str, &str), Vec<Member>> = BTreeMap::new();
    for (index, line) in lines.iter().enumerate() {
        let feature = &features[index];
        if line.chars > LONGEST || feature.number.is_some() || feature.rule || line.furniture {
            continue;
        }
        if let Some((word, unit, value, rest)) = counted(&line.text) {
            found.entry((word, unit)).or_default().push(Member { index, value, rest });
        }
    }
    let mut kept: Vec<Vec<Member>> =
        found.into_values().filter(|members| are_headings(members, lines, features)).collect();
    kept.sort_by_key(|members| members[0].index);
    for (rank, members) in kept.iter().enumerate() {
        let family = if rank == 0 { Family::Step } else { Family::Leg };
        for member in members {
            features[member.index].number = Some(Number { family, value: member.value, rest: member.rest });
        }
    }
}

/// Whether members count up one by one, starting anew at times, stand apart, and are titles over text.
fn are_headings(members: &[Member], lines: &[Line], features: &[Features]) -> bool {
    let count = members.len();
    let anew = members.windows(2).filter(|pair| pair[1].value <= 1).count();
    let in_turn = members.windows(2).all(|pair| pair[1].value == pair[0].value + 1 || pair[1].value <= 1);
    let titles = members.iter().filter(|member| is_title_like(lines, features, member.index)).count();
    let beside = members.windows(2).filter(|pair| pair[1].index == pair[0].index + 1).count();
    let over_text = |member: &&Member| {
        let next = member.index + 1;
        next < lines.len() && features[next].ends != Ends::Open && lines[next].chars >= 8
    };
    let filled = members.iter().filter(over_text).count();
    count >= 2
        && members[0].value <= 2
        && in_turn
        && anew * 3 <= count
        && titles * 5 >= count * 4
        && beside * 3 <= count
        && filled * 2 >= count
}

/// The word, its unit behind the number, the number, and where the title begins: 第三站：石鼓镇 is 第, 站, 3.
fn counted(text: &str) -> Option<(&str, &str, u32, usize)> {
    let figure = |c: char| matches!(c, '0'..='9' | '０'..='９' | '一' | '二' | '三' | '四' | '五' | '六' | '七' | '八' | '九' | '十');
    let (at, _) = text.char_indices().take(WORD + 1).find(|(_, c)| figure(*c))?;
    let word = text[..at].trim_end_matches(['.', ' ', '\u{3000}', '#', '＃', '№']);
    let (value, bytes) = numeral(&text[at..])?;
    let end = at + bytes;
    let letters = word.trim_start_matches(['【', '「', '[', '#', '＃', '*', ' ']);
    if letters.is_empty() || value > 99 || !letters.chars().all(|c| c.is_alphabetic() || c == ' ') {
        return None;
    }
    let after = &text[end..];
    let unit = if word.ends_with('第') { unit(after)? } else { "" };
    if OTHERS.iter().any(|other| letters.eq_ignore_ascii_case(other)) || !parted(&after[unit.len()..]) {
        return None;
    }
    let rest = end + unit.len();
    Some((word, unit, value, rest + marks(&text[rest..])))
}

/// What is counted behind 第 and a number: one or two characters up to a mark or the end.
fn unit(after: &str) -> Option<&str> {
    const PARTS_OF_TEXT: &str = "页頁期号號版届屆次名位个個条條款项項，。、：:；";
    let end = after.char_indices().take(3).find(|(_, c)| MARKS.contains(*c)).map_or(after.len(), |(at, _)| at);
    let unit = &after[..end];
    let plain = (1..=2).contains(&unit.chars().count()) && !unit.contains(|c| PARTS_OF_TEXT.contains(c));
    (plain && unit.chars().all(char::is_alphabetic)).then_some(unit)
}

/// Whether a counted word ends here: nothing follows, or a mark.
fn parted(after: &str) -> bool {
    after.chars().next().is_none_or(|c| MARKS.contains(c))
}

/// Marks between a counted word and its title.
const MARKS: &str = "：: \u{3000}|｜丨.．、·】」]—-–／/";

/// Words with a number that head nothing: legends, notes, enclosures, those who speak, a day of a week.
#[rustfmt::skip]
const OTHERS: &[&str] = &[
    "图", "圖", "図", "表", "图表", "附图", "附表", "插图", "照片", "式", "公式", "注", "註", "附", "附件", "附录", "附錄", "Q", "A", "问", "答", "問", "Figure", "Fig", "Table", "Photo", "Note", "写真", "资料",
    "星期", "礼拜", "禮拜", "周", "週", "初", "No", "NO", "Vol", "vol", "v", "V", "楼", "版本", "约", "共", "近", "已", "前", "后", "約", "每",
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::readers::text::{features, lines};

    fn values(text: &str) -> Vec<u32> {
        let (lines, _) = lines::lines(text);
        let mut features: Vec<_> = lines.iter().map(features::features).collect();
        features.iter_mut().for_each(|feature| feature.number = None);
        series(&lines, &mut features);
        features.iter().filter_map(|feature| Some(feature.number?.value)).collect()
    }

    #[test]
    fn words_that_come_again_with_the_next_number_are_counted() {
        let said = "清晨的渡口很安静，只有水声。";
        assert_eq!(values(&format!("第一站：石鼓\n{said}\n第二站：铁桥\n{said}")), [1, 2]);
        assert_eq!(values(&format!("PART.01\n{said}\nPART.02\n{said}")), [1, 2]);
        assert_eq!(values(&format!("实验一\n{said}\n实验二　换水\n{said}")), [1, 2]);
        assert_eq!(values(&format!("图1 渡口\n{said}\n图2 石阶\n{said}")), [0; 0]);
        assert_eq!(values(&format!("前三天\n{said}\n大约三点\n{said}")), [0; 0]);
    }
}
