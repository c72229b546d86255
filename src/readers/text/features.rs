//! What can be seen of a line by itself.

use super::lexicon::{self, Meaning, Word};
use super::lines::Line;
use super::meta::{self, MetaLine};
use super::number::{Family, Number, blank_number, number};
use super::posts::is_timing;
use super::signs::Signs;

/// How a line ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Ends {
    /// With a full stop, a question or exclamation mark, or a quotation closed after one.
    Sentence,
    Colon,
    /// With a comma, semicolon or enumeration comma: something follows.
    Comma,
    Open,
}

/// What a line shows by itself.
#[derive(Clone, Debug)]
pub(super) struct Features {
    pub ends: Ends,
    pub number: Option<Number>,
    pub whole: Option<Meaning>,
    /// `whole` is told by the words of buttons it is made of: it may be a heading, too.
    pub pressed: bool,
    pub start: Option<Word>,
    pub anywhere: Option<Meaning>,
    pub meta: Option<Box<MetaLine>>,
    /// Sentence ends within a short line, its own end left out.
    pub sentences: u8,
    pub commas: u8,
    /// Where the first colon of a short head stands: `term：…`.
    pub colon: Option<u16>,
    /// Cells, when it may be a row of a table; else 0.
    pub cells: u8,
    /// Starts with an opening quotation mark or a dialogue dash.
    pub quoted: bool,
    /// Has a quotation mark anywhere (short lines).
    pub speaks: bool,
    /// Nothing but dashes, stars and the like.
    pub rule: bool,
    /// `- 3 -`, `第3页`, `3/12`.
    pub page_number: bool,
    /// Has an address of the web or of mail.
    pub address: bool,
}

impl Features {
    /// Has words of a site, where they mean it.
    pub fn of_the_site(&self) -> bool {
        let start = self.start.map(|word| word.meaning);
        [self.whole, start, self.anywhere].into_iter().flatten().any(Meaning::is_of_the_site)
    }
}

/// Lines longer than this are running text and are not looked at word by word.
pub(super) const SHORT: u32 = 120;

pub(super) fn features(line: &Line) -> Features {
    let text = line.text.as_ref();
    let short = line.chars <= SHORT;
    let timing = line.chars <= 40 && line.signs.any(Signs::GREATER) && is_timing(text);
    let page_number = timing || may_be_page_number(line) && is_page_number(text);
    let rule = is_rule(text);
    let mut features = Features {
        ends: ends(text),
        number: if rule || page_number || line.furniture { None } else { number(text) },
        whole: None,
        pressed: false,
        start: None,
        anywhere: None,
        meta: None,
        sentences: 0,
        commas: 0,
        colon: None,
        cells: cells(line),
        quoted: text.starts_with(['“', '「', '『', '"', '‘']) || text.starts_with("——"),
        speaks: false,
        rule,
        page_number,
        address: false,
    };
    if line.chars <= SHORT * 2 {
        features.start = lexicon::start(text);
        features.meta = if page_number { None } else { meta::parse(text, line.chars, line.signs).map(Box::new) };
    }
    if short {
        look_closer(line, &mut features);
    }
    features
}

/// Number the lines that go on counting right below `3 title`: after a number and a blank 米 may begin the words, too.
pub(super) fn count_on(lines: &[Line], features: &mut [Features]) {
    for index in 1..lines.len() {
        let counted = |feature: &Features| feature.number.filter(|number| number.family == Family::Blank);
        // Points within the entry above may stand between.
        let point = |feature: &&Features| feature.number.is_some_and(|number| number.family == Family::Bullet);
        let points = features[..index].iter().rev().take(8).take_while(point).count();
        let Some(above) = index.checked_sub(points + 1).and_then(|at| counted(&features[at])) else { continue };
        if features[index].number.is_none() {
            features[index].number = blank_number(&lines[index].text).filter(|number| number.value == above.value + 1);
        }
    }
}

fn look_closer(line: &Line, features: &mut Features) {
    let (text, chars, signs) = (line.text.as_ref(), line.chars, line.signs);
    if chars <= 40 {
        features.whole = lexicon::whole(text);
        if features.whole.is_none() && chars <= 14 && features.ends != Ends::Sentence {
            features.whole = lexicon::end(text);
        }
        let counted = features.number.is_some_and(|number| number.family != Family::Bullet);
        let form = !counted && features.ends != Ends::Sentence && (chars <= 20 || line.is_ascii());
        if features.whole.is_none() && form {
            features.whole = lexicon::button(text);
            features.pressed = features.whole.is_some();
        }
    }
    if signs.any(Signs::TELLING) {
        features.anywhere = lexicon::anywhere(text);
    }
    if features.anywhere.is_none() && signs.any(Signs::ASKED) && lexicon::is_appeal(text) {
        features.anywhere = Some(Meaning::Sharing);
    }
    features.address = signs.any(Signs::SLASH) && text.contains("://")
        || signs.any(Signs::PERIOD) && (text.contains("www.") || signs.any(Signs::AT) && text.contains('@'));
    for (position, (index, c)) in text.char_indices().enumerate() {
        match c {
            '。' | '！' | '？' | '!' | '?' => features.sentences = features.sentences.saturating_add(1),
            '，' | '、' | '；' | ',' | ';' => features.commas = features.commas.saturating_add(1),
            '“' | '「' | '『' | '"' => features.speaks = true,
            '：' | ':' if features.colon.is_none() && (1..=16).contains(&position) => {
                let in_number = c == ':' && text[index + 1..].starts_with(|c: char| c.is_ascii_digit() || c == '/');
                features.colon = (!in_number).then_some(index as u16);
            }
            _ => {}
        }
    }
    if features.ends == Ends::Sentence {
        features.sentences = features.sentences.saturating_sub(1);
    }
}

fn ends(text: &str) -> Ends {
    let text = without_references(text);
    let bare = text.trim_end_matches(['”', '」', '』', '’', '"', '\'', '）', ')', '】', '》', ']', ' ']);
    let Some(last) = bare.chars().next_back() else { return Ends::Open };
    match last {
        '。' | '！' | '？' | '!' | '?' | '…' | '．' | '｡' | '‼' | '⁉' => Ends::Sentence,
        '.' if bare.len() > 1 => Ends::Sentence,
        '：' | ':' if bare.len() == text.len() => Ends::Colon,
        '，' | '、' | ',' | '；' | ';' if bare.len() == text.len() => Ends::Comma,
        '—' if bare.ends_with("——") => Ends::Sentence,
        _ => Ends::Open,
    }
}

/// A text without the numbers of what it cites at its end: 越浓。[1][2-3]
fn without_references(text: &str) -> &str {
    let mut bare = text;
    while let Some(inner) = bare.strip_suffix([']', '］']) {
        let number = inner.trim_end_matches(|c: char| c.is_ascii_digit() || matches!(c, '-' | '–' | ',' | '，' | ' '));
        match number.strip_suffix(['[', '［']) {
            Some(before) if number.len() < inner.len() && !before.is_empty() => bare = before,
            _ => break,
        }
    }
    bare
}

/// A line of one or two kinds of drawing characters.
fn is_rule(text: &str) -> bool {
    const DRAWN: &str = "-—–_=*＊·•~～.…─━═☆★◆◇○●#＃+■□※×^＝－﹏﹋▼▽ \u{3000}";
    let mut count = 0;
    for c in text.chars() {
        if matches!(c, '\u{3041}'..='\u{D7A3}' | 'a'..='z' | 'A'..='Z' | '0'..='9') || !DRAWN.contains(c) {
            return false;
        }
        count += usize::from(!c.is_whitespace());
    }
    count >= 3
        || matches!(text.trim(), "--" | "——" | "—")
        || (count >= 1 && text.trim().chars().all(|c| "*＊※☆★◆◇○●■□▼▽".contains(c)))
}

/// Whether a line may be one that tells the page.
pub(super) fn may_be_page_number(line: &Line) -> bool {
    line.chars <= 20 && line.signs.any(Signs::DIGIT | Signs::PAGE)
}

/// A line that tells the page and nothing else.
pub(super) fn is_page_number(text: &str) -> bool {
    if !text.bytes().any(|byte| byte.is_ascii_digit()) && !text.contains(['页', '頁', 'ペ']) {
        return false;
    }
    let bare = text.trim_matches(|c: char| c.is_whitespace() || "-—–·•~～_|[]（）()".contains(c));
    let decorated = bare.len() < text.trim().len();
    let digits = |text: &str| !text.is_empty() && text.len() <= 4 && text.bytes().all(|byte| byte.is_ascii_digit());
    if decorated && digits(bare) && !text.starts_with(['(', '（', '[']) {
        return true;
    }
    if let Some((page, all)) = bare.split_once('/') {
        return digits(page.trim()) && digits(all.trim());
    }
    // What follows begins with one of these.
    if !bare.starts_with(['第', '共', 'p', 'P']) {
        return false;
    }
    let compact: String = bare.chars().filter(|c| !c.is_whitespace()).collect();
    let lower = compact.to_ascii_lowercase();
    if let Some(rest) = lower.strip_prefix("page") {
        return digits(rest.split("of").next().unwrap_or_default());
    }
    ["第", "共"].iter().any(|head| compact.starts_with(head))
        && (compact.ends_with('页') || compact.ends_with('頁') || compact.ends_with("ページ"))
        && compact.chars().all(|c| c.is_ascii_digit() || "第共页頁ページ,，/、一二三四五六七八九十百".contains(c))
}

/// Cells of a row: parted by tabs, bars or runs of blanks.
fn cells(line: &Line) -> u8 {
    let raw = line.raw;
    if line.chars > 400 || !line.signs.any(Signs::BAR | Signs::BLANK | Signs::SPACES) {
        return 0;
    }
    let bars = raw.matches(['|', '｜', '│']).count();
    let tabs = raw.matches('\t').count();
    let count = if tabs > 0 {
        raw.split('\t').filter(|cell| !cell.trim().is_empty()).count()
    } else if bars >= 2 || (bars == 1 && !raw.contains(['：', ':'])) {
        raw.trim_matches(['|', '｜', '│', ' ']).matches(['|', '｜', '│']).count() + 1
    } else if line.chars <= 200 && (raw.contains("  ") || raw.contains("\u{3000}\u{3000}")) {
        split_blanks(raw).len()
    } else {
        0
    };
    if count >= 2 { count.min(60) as u8 } else { 0 }
}

/// The parts of a line between runs of two blanks or more.
pub(super) fn split_blanks(raw: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    let (mut start, mut blanks, mut blank_at) = (0, 0, 0);
    for (index, c) in raw.char_indices() {
        if c == ' ' || c == '\u{A0}' || c == '\u{3000}' {
            if blanks == 0 {
                blank_at = index;
            }
            blanks += 1;
        } else {
            if blanks >= 2 {
                parts.push(&raw[start..blank_at]);
                start = index;
            }
            blanks = 0;
        }
    }
    parts.push(&raw[start..]);
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ends_are_told_through_closing_marks() {
        assert_eq!(ends("“走吧。”"), Ends::Sentence);
        assert_eq!(ends("他说："), Ends::Colon);
        assert_eq!(ends("味道越浓。[1][2-3]"), Ends::Sentence);
        assert_eq!(ends("一，"), Ends::Comma);
        assert_eq!(ends("渡口（一）"), Ends::Open);
    }

    #[test]
    fn page_numbers_are_told_from_numbers() {
        for text in ["- 3 -", "— 12 —", "第 3 页", "第3页 共10页", "3/12", "Page 4 of 9", "·5·"] {
            assert!(is_page_number(text), "{text}");
        }
        for text in ["3", "（一）", "01", "第三章", "(3)", "2022"] {
            assert!(!is_page_number(text), "{text}");
        }
    }
}
