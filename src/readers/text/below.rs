//! What a page has below its article: from a line that only pages have to the end of the file, where next to nothing
//! that follows is running text.

use super::features::{Ends, Features};
use super::habits::{closes, heads_notes, is_text};
use super::lexicon::Meaning;
use super::lines::Line;

/// Running text that an article has, in characters of Han.
const ARTICLE: u32 = 200;

/// Fewest lines that show by their number what they are.
const LINES: usize = 8;

/// Of so many lines one may be a sentence, and so many times the text below must go into that above.
const SPARSE: usize = 6;
const RATIO: u32 = 3;

/// The first line of what stands below the article; the number of lines where that cannot be told.
///
/// A word such as 相关阅读 is not enough: an article may go on below it. No more than one in six lines below may be a
/// sentence, and there must be an article above.
pub(super) fn start(lines: &[Line], features: &[Features], end: usize) -> usize {
    let worth = |index: usize| {
        let han = if lines[index].is_ascii() { 3 } else { 1 };
        if is_text(&lines[index], &features[index]) { lines[index].chars / han } else { 0 }
    };
    let all: u32 = (0..end).map(worth).sum();
    if all < ARTICLE {
        return lines.len();
    }
    let (mut found, mut text, mut sentences) = (lines.len(), 0, 0);
    for index in (0..end).rev() {
        let (line, feature) = (&lines[index], &features[index]);
        let start = feature.start.map(|word| word.meaning);
        if heads_notes(line, feature) || [feature.whole, start].into_iter().flatten().any(opens_a_box) {
            break;
        }
        text += worth(index);
        sentences += usize::from(feature.ends == Ends::Sentence && line.chars >= 10 && !feature.of_the_site());
        let above = all - text;
        let count = end - index;
        // A page's notices are long, too.
        let ratio = if count >= LINES * 4 && sentences * SPARSE * 2 <= count { 1 } else { RATIO };
        if above < ARTICLE || text > above {
            break;
        }
        let anchor = closes(feature) && feature.whole != Some(Meaning::End) && line.chars <= 40;
        if anchor && count >= LINES && sentences * SPARSE <= count && text * ratio <= above {
            found = index;
        }
    }
    found
}

/// Who the author is may stand below the mark of the end, and what an editor adds.
fn opens_a_box(meaning: Meaning) -> bool {
    matches!(meaning, Meaning::Aside | Meaning::EditorNote | Meaning::Abstract)
}
