//! Sentences in another language within a line: English words in a row, kana, Hangul.
//!
//! Only sure ones are marked: names and terms in Latin letters belong to the sentence around them.

use std::ops::Range;

use crate::document::{Attributes, Inline, Language};

/// Words that English sentences hardly do without, and other languages in Latin letters do not have.
const ENGLISH: &[&str] = &[
    "the", "of", "and", "to", "is", "are", "was", "were", "that", "this", "with", "for", "not", "be", "have", "has",
    "you", "it", "they", "we", "he", "she", "which", "will", "would", "can", "from", "by", "an", "my", "your", "their",
    "there", "what",
];

/// English words and function words a run must have.
const WORDS: usize = 5;
const SURE: usize = 2;

/// Inlines with the texts in another language than the document's in spans of their own.
///
/// `primary` is the document's language, without script and region.
pub(super) fn marked(inlines: Vec<Inline>, primary: &str) -> Vec<Inline> {
    if !inlines.iter().any(|inline| matches!(inline, Inline::Text(text) if may_be_mixed(text.as_bytes(), primary))) {
        return inlines;
    }
    let mut out = Vec::with_capacity(inlines.len() + 2);
    for inline in inlines {
        match inline {
            Inline::Text(text) => parted(&text, primary, &mut out),
            other => out.push(other),
        }
    }
    out
}

/// Whether a text may hold a sentence in another language: many blanks, kana or Hangul.
fn may_be_mixed(bytes: &[u8], primary: &str) -> bool {
    let spaces = primary != "en" && primary != "ko" && bytes.iter().filter(|byte| **byte == b' ').count() >= WORDS - 1;
    let latin = primary == "ko" && bytes.windows(4).any(|four| four.iter().all(u8::is_ascii_alphabetic));
    // Han characters begin E4 to E9.
    let han = primary != "zh"
        && bytes.windows(4).any(|four| (0xE4..=0xE9).contains(&four[0]) && (0xE4..=0xE9).contains(&four[3]));
    spaces
        || han
        || latin
        || bytes
            .windows(2)
            .any(|two| (two[0] == 0xE3 && (0x81..=0x83).contains(&two[1])) || (0xEA..=0xED).contains(&two[0]))
}

fn parted(text: &str, primary: &str, out: &mut Vec<Inline>) {
    let mut written = 0;
    for (range, language) in foreign(text, primary) {
        // A line all in another language says so as a block.
        if range.len() == text.trim().len() {
            break;
        }
        if range.start > written {
            out.push(Inline::Text(text[written..range.start].to_owned()));
        }
        let attributes = Attributes { language: Some(Language::new(language)), ..Attributes::default() };
        out.push(Inline::span(attributes, vec![Inline::Text(text[range.clone()].to_owned())]));
        written = range.end;
    }
    if written < text.len() {
        out.push(Inline::Text(text[written..].to_owned()));
    }
}

/// Ranges in another language, in order.
fn foreign(text: &str, primary: &str) -> Vec<(Range<usize>, &'static str)> {
    let mut found = Vec::new();
    if primary != "en" {
        found.extend(
            runs(text, |c| c.is_ascii() || "’‘–".contains(c)).filter_map(|run| Some((english(text, run)?, "en"))),
        );
    }
    if primary != "ja" {
        let own = |c: char| c.is_alphanumeric() && c >= '\u{3000}' && !is_hangul(c) || c == 'ー' || "、，".contains(c);
        let runs = runs(text, own).filter(|run| {
            let letters = text[run.clone()].chars().count();
            let kana = text[run.clone()].chars().filter(|c| ('\u{3041}'..='\u{30FE}').contains(c)).count();
            kana >= 3 && kana * 10 >= letters * 3
        });
        found.extend(runs.map(|run| (run, "ja")));
    }
    if primary != "zh" {
        let own =
            |c: char| is_han(c) || "，。、；：？！“”‘’《》（）…—".contains(c) || primary != "ja" && c.is_ascii_digit();
        let sure = runs(text, own).filter_map(|run| chinese(text, run, primary));
        found.extend(sure);
    }
    if primary != "ko" {
        let runs = runs(text, |c| is_hangul(c) || c == ' ' || ",.!?".contains(c));
        let enough = runs.filter(|run| text[run.clone()].chars().filter(|c| is_hangul(*c)).count() >= 3);
        found.extend(enough.map(|run| (trimmed(text, run), "ko")));
    }
    found.sort_by_key(|(range, _)| range.start);
    let mut end = 0;
    found.retain(|(range, _)| {
        let free = range.start >= end && !range.is_empty();
        end = if free { range.end } else { end };
        free
    });
    found
}

/// Maximal ranges of characters that belong together.
fn runs(text: &str, own: impl Fn(char) -> bool) -> impl Iterator<Item = Range<usize>> {
    let mut runs: Vec<Range<usize>> = Vec::new();
    for (at, c) in text.char_indices().filter(|(_, c)| own(*c)) {
        match runs.last_mut().filter(|run| run.end == at) {
            Some(run) => run.end = at + c.len_utf8(),
            None => runs.push(at..at + c.len_utf8()),
        }
    }
    runs.into_iter()
}

/// The part of a run of ASCII that is an English sentence.
fn english(text: &str, run: Range<usize>) -> Option<Range<usize>> {
    let inner = &text[run.clone()];
    let start = inner.find(|c: char| c.is_ascii_alphabetic())?;
    let end = inner.rfind(|c: char| c.is_ascii_alphanumeric())? + 1;
    let after = inner[end..].chars().next().filter(|c| ".?!".contains(*c)).map_or(0, char::len_utf8);
    let words =
        inner[start..end].split(|c: char| !c.is_ascii_alphabetic() && c != '\'').filter(|word| !word.is_empty());
    let sure = words.clone().filter(|word| ENGLISH.contains(&word.to_ascii_lowercase().as_str())).count();
    let code = inner.contains(['{', '}', '=', '<', '\\', '_']) || inner.contains("://");
    (words.count() >= WORDS && sure >= SURE && !code).then(|| run.start + start..run.start + end + after)
}

/// Words that Chinese sentences hardly do without, and Japanese ones do not have.
const CHINESE: &str = "的了是我你他她們们这這那吗嗎呢吧么麼没沒很也就都还還把被给給让讓着著说說";

/// Whether a text without kana and Hangul is a Chinese sentence; beside Japanese its words must say so.
pub(super) fn is_chinese(text: &str, primary: &str) -> bool {
    let han = text.chars().filter(|c| is_han(*c)).count();
    let words = text.chars().filter(|c| CHINESE.contains(*c)).count();
    let other = text.chars().any(|c| is_hangul(c) || ('\u{3041}'..='\u{30FE}').contains(&c));
    !other && if primary == "ja" { han >= 6 && words >= 2 } else { han >= 4 }
}

/// A run of Han characters that is a Chinese sentence, without the marks around it, and which Chinese it is.
fn chinese(text: &str, run: Range<usize>, primary: &str) -> Option<(Range<usize>, &'static str)> {
    let inner = &text[run.clone()];
    let start = run.start + inner.find(is_han)?;
    let end = run.start + inner.char_indices().rfind(|(_, c)| is_han(*c)).map(|(at, c)| at + c.len_utf8())?;
    let mark = text[end..run.end].chars().next().filter(|c| "。？！".contains(*c)).map_or(0, char::len_utf8);
    let sentence = &text[start..end + mark];
    let found = is_chinese(sentence, primary).then(|| crate::language::detect(sentence))??;
    let script = if found.as_str().starts_with("zh-Hant") { "zh-Hant" } else { "zh-Hans" };
    (found.primary() == "zh").then_some((start..end + mark, script))
}

fn is_han(c: char) -> bool {
    matches!(c, '\u{4E00}'..='\u{9FFF}' | '\u{3400}'..='\u{4DBF}' | '\u{20000}'..='\u{3FFFF}')
}

fn trimmed(text: &str, run: Range<usize>) -> Range<usize> {
    let inner = &text[run.clone()];
    let start = run.start + inner.len() - inner.trim_start().len();
    start..start + inner.trim().len()
}

fn is_hangul(c: char) -> bool {
    ('\u{AC00}'..='\u{D7A3}').contains(&c)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of<'a>(text: &'a str, primary: &str) -> Vec<(&'a str, &'static str)> {
        foreign(text, primary).into_iter().map(|(range, language)| (&text[range], language)).collect()
    }

    #[test]
    fn sure_sentences_are_marked() {
        assert_eq!(
            of("船头写着“The river is older than the town.”几个字。", "zh"),
            [("The river is older than the town.", "en")]
        );
        assert_eq!(of("他答道：「ありがとうございます」，然后上船。", "zh"), [("ありがとうございます", "ja")]);
        assert_eq!(of("招牌上是 안녕하세요 几个字。", "zh"), [("안녕하세요", "ko")]);
        assert_eq!(of("He wrote 我喜欢这条河。 on the wall.", "en"), [("我喜欢这条河。", "zh-Hans")]);
        assert_eq!(of("壁に「我喜歡這條河的聲音」と書いてあった。", "ja"), [("我喜歡這條河的聲音", "zh-Hant")]);
    }

    #[test]
    fn names_and_terms_are_left_in_their_sentence() {
        for text in
            ["店里的 Wi-Fi 叫 River Town Tea House 五号。", "招牌写着「の」字。", "let x = the value of it for you"]
        {
            assert_eq!(of(text, "zh"), [], "{text}");
        }
        assert_eq!(of("国際連合教育科学文化機関の本部で会った。", "ja"), []);
    }
}
