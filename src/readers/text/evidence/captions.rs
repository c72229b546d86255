//! Evidence for the legends of pictures and tables: their signs, their numbers, and who took or gave a picture.

use super::parts::is_named_above;
use super::{Evidence, Scores};
use crate::readers::text::features::Ends;
use crate::readers::text::labels::Label;
use crate::readers::text::lexicon::Meaning;
use crate::readers::text::numeral::numeral;
use crate::readers::text::signs::Signs;
use crate::readers::text::words::Words;

impl Evidence<'_> {
    pub(super) fn caption(&self, index: usize, scores: &mut Scores) {
        let (line, feature, _) = self.get(index);
        if feature.whole.is_some_and(Meaning::is_of_the_site) || feature.anywhere == Some(Meaning::Sharing) {
            return;
        }
        let c = Label::Caption;
        let starts = feature.start.is_some_and(|word| word.meaning == Meaning::Caption);
        if self.is_pointed_legend(index) {
            scores.offer(c, 14, "points at a picture");
        } else if starts && line.chars <= 80 {
            scores.offer(c, 9, "begins like a legend");
        }
        if line.chars <= 120 && line.signs.any(Signs::PICTURE) && credits_a_picture(&line.text) {
            scores.offer(c, 17, "ends with who took or gave a picture");
        }
        if line.chars <= 40 && feature.ends == Ends::Open && names_its_figure(&line.text) {
            scores.offer(c, 16, "ends with the number of its picture");
        }
        let table_below = self.around.get(index + 1).is_some_and(|below| below.columns > 0 || below.row);
        if table_below && is_named_above(self.lines, index) {
            scores.offer(c, 26, "the title again, over a table");
        }
        let announced = ["表：", "表:", "附表：", "表格："].iter().any(|word| line.text.starts_with(word));
        if table_below && announced && line.chars <= 60 {
            scores.offer(c, 16, "says that it is a table's, over a table");
        }
        if is_numbered_legend(&line.text) && line.chars <= self.long(index, 60) && feature.ends != Ends::Sentence {
            scores.offer(c, 12, "a numbered legend");
        }
    }

    /// `▲ legend`, and not one of several such lines together.
    fn is_pointed_legend(&self, index: usize) -> bool {
        let sign = |at: usize| {
            let text = &self.lines.get(at)?.text;
            text.chars().next().filter(|c| matches!(c, '▲' | '△' | '↑' | '↓' | '▼'))
        };
        let own = sign(index).filter(|_| (3..=80).contains(&self.lines[index].chars));
        own.is_some() && sign(index + 1) != own && (index == 0 || sign(index - 1) != own)
    }
}

/// `…（林小禾 摄）`, `…。（本报资料图片）`: a last bracket with the origin of a picture.
///
/// Asked only of lines with a character of [`Signs::PICTURE`]: every word looked for here has one.
fn credits_a_picture(text: &str) -> bool {
    // …記者林佩蓉攝 111年9月8日
    let undated = text.trim_end_matches(|c: char| c.is_ascii_digit() || "年月日.-/ ".contains(c));
    let text = if undated.len() < text.len() && undated.ends_with(['摄', '攝']) { undated } else { text };
    const ORIGINS: &[&str] = &[
        "摄",
        "攝",
        "供图",
        "供圖",
        "資料照",
        "资料图",
        "资料照片",
        "图源",
        "圖源",
        "图片来源",
        "图/",
        "圖／",
        "撮影",
        "写真",
        "사진",
    ];
    // Nothing to look for where no word of an origin is.
    let signed = || ["图", "圖", "摄", "攝", "기자", "제공", "Photo", "Credit"].iter().any(|word| text.contains(word));
    let closed = text.ends_with(['）', ')', '摄', '攝', '影', '供', '拍', '。', '.', '写', 'す', '社']);
    if !closed && !signed() {
        return false;
    }
    // …。記者黃柏翰／攝影
    let credited = ["攝影", "／攝", "/攝", "摄影", "／摄", "/摄", "翻攝", "提供"].iter().any(|end| text.ends_with(end));
    let reported = || {
        let sentence = text.rfind(['。', '！', '？', '）', ' ']).map_or("", |at| &text[at..]);
        let reporter = ["記者", "记者", "圖／", "图/", "图／"].iter().any(|word| sentence.contains(word));
        reporter && sentence.chars().count() <= 18
    };
    if credited && reported() {
        return true;
    }
    // 廊下の本棚＝東浜市、佐野透撮影
    let behind = text.rsplit_once(['＝', '=']).map_or("", |(_, behind)| behind);
    if ["撮影", "提供", "写す", "本社"].iter().any(|end| behind.ends_with(end)) && behind.chars().count() <= 30
    {
        return true;
    }
    if signed_at_end(text) {
        return true;
    }
    let closed = text.trim_end_matches(['。', '.']);
    let Some(open) = closed.rfind(['（', '(']).filter(|_| closed.ends_with(['）', ')'])) else { return false };
    let inside = &closed[open..];
    let given = ["提供）", "提供)"].iter().any(|end| inside.ends_with(end));
    inside.chars().count() <= 30 && open > 0 && (given || ORIGINS.iter().any(|origin| inside.contains(origin)))
}

/// 图1, 表 2-1, Figure 3
fn is_numbered_legend(text: &str) -> bool {
    let inner = text.strip_prefix(['（', '(', '【']).and_then(|rest| rest.strip_suffix(['）', ')', '】']));
    let text = inner.unwrap_or(text);
    const NAMES: &[&str] = &["图", "圖", "表", "図", "Figure ", "Fig. ", "Fig.", "Table ", "그림 ", "표 "];
    static WORDS: Words = Words::new(NAMES);
    if !WORDS.may_begin(text) {
        return false;
    }
    let rest = NAMES.iter().find_map(|word| text.strip_prefix(word));
    let Some(rest) = rest.map(str::trim_start) else { return false };
    let Some((_, bytes)) = numeral(rest) else { return false };
    let after = rest[bytes..].trim_start_matches(|c: char| c.is_ascii_digit() || "-.－—".contains(c));
    after.is_empty()
        || after.starts_with([' ', '\u{3000}', '：', ':', '.', '．', '、'])
        || (!after.starts_with(['所', '显', '可', '中', '明', '顯', '示', '是', '为', '的'])
            && after.chars().count() <= 24)
}

/// 灰岭雀鹛成鸟（图1）
fn names_its_figure(text: &str) -> bool {
    let inner = text.strip_suffix(['）', ')']).and_then(|rest| rest.rsplit_once(['（', '(']));
    let rest = inner.and_then(|(_, inner)| ["图", "圖", "図"].iter().find_map(|word| inner.strip_prefix(word)));
    rest.is_some_and(|number| !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit()))
}

/// `…渡船。图／程疏影`, `…工位 | 摄影 阿拙`: whoever took a picture, behind the last mark of its legend.
fn signed_at_end(text: &str) -> bool {
    const TOOK: &[&str] = &[
        "图片来源",
        "图片均为",
        "本文图片",
        "摄影",
        "攝影",
        "图片",
        "圖片",
        "供图",
        "图源",
        "图",
        "圖",
        "摄",
        "攝",
        "Photo by",
        "Photo",
        "Credit",
        "写真",
        "撮影",
        "사진",
    ];
    let marks = ['。', '.', '|', '｜', '！', '？', '”', '」', ')', '）'];
    let slashed = text.rsplit_once(" / ").or_else(|| text.rsplit_once(" ／ ")).map(|(_, behind)| behind);
    let behind = text.rfind(marks).and_then(|at| {
        let mark = text[at..].chars().next()?;
        Some(&text[at + mark.len_utf8()..])
    });
    [slashed, behind].into_iter().flatten().any(|behind| {
        let behind = behind.trim();
        let rest = TOOK.iter().find_map(|word| behind.strip_prefix(word));
        let named = |rest: &str| {
            let bare = rest.trim_start_matches(['：', ':', '／', '/', '｜', '|', ' ', '\u{3000}']);
            (bare.len() < rest.len() || bare.ends_with(['摄', '攝'])) && (2..=16).contains(&bare.chars().count())
        };
        let took = || behind.ends_with([' ', '摄', '攝']) && (3..=16).contains(&behind.chars().count());
        rest.is_some_and(named) || took() || is_korean_reporter(behind)
    })
}

/// 서해담 기자
fn is_korean_reporter(text: &str) -> bool {
    let name = text.strip_suffix("기자").or_else(|| text.strip_suffix("제공")).map(str::trim_end);
    name.is_some_and(|name| (2..=5).contains(&name.chars().count()) && name.chars().all(|c| ('가'..='힣').contains(&c)))
}
