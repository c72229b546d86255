//! Western words part where their language lets them.

use hypher::Lang;

use super::char_class::CharClass;
use super::itemize::{Flow, Part};
use super::kinsoku::Break;
use super::shape::Cluster;
use super::style::ParagraphStyle;

/// Shorter words are never parted.
const SHORTEST: usize = 5;
/// Longer ones are no words.
const LONGEST: usize = 60;

/// Mark the places where the Western words of a paragraph may part.
pub(super) fn mark(flow: &Flow, clusters: &[Cluster], style: &ParagraphStyle, breaks: &mut [Break]) {
    let mut index = 0;
    while index < clusters.len() {
        if clusters[index].class != CharClass::Letter {
            index += 1;
            continue;
        }
        let own = clusters[index].style;
        let is_part =
            |cluster: &Cluster| matches!(cluster.class, CharClass::Letter | CharClass::Mark) && cluster.style == own;
        let length = clusters[index..].iter().take_while(|cluster| is_part(cluster)).count();
        let text_style = &flow.styles[own as usize];
        if length >= SHORTEST && text_style.part == Part::Text {
            let language = text_style.language.as_ref().unwrap_or(&style.language).primary();
            if let Some(language) = hyphenation_language(&language) {
                mark_word(&flow.text, &clusters[index..index + length], language, &mut breaks[index..index + length]);
            }
        }
        index += length;
    }
}

/// English in text of languages that are not written in letters.
fn hyphenation_language(primary: &str) -> Option<Lang> {
    match primary {
        "zh" | "yue" | "cmn" | "lzh" | "wuu" | "ja" | "ko" => Some(Lang::English),
        code => Lang::from_iso(code.as_bytes().try_into().ok()?),
    }
}

fn mark_word(text: &str, clusters: &[Cluster], language: Lang, breaks: &mut [Break]) {
    let (Some(first), Some(last)) = (clusters.first(), clusters.last()) else { return };
    let start = first.text.start as usize;
    let word = &text[start..last.text.end as usize];
    let capitals = word.chars().filter(|one| one.is_uppercase()).count();
    if word.len() > LONGEST || capitals > 1 {
        return;
    }
    let mut at = start;
    let mut index = 0;
    for syllable in hypher::hyphenate(word, language) {
        at += syllable.len();
        while clusters.get(index).is_some_and(|cluster| (cluster.text.end as usize) < at) {
            index += 1;
        }
        let is_end = index + 1 >= clusters.len();
        if !is_end && clusters[index].text.end as usize == at && breaks[index] == Break::Never {
            breaks[index] = Break::Hyphen;
        }
    }
}
