//! What stages report, in the user's language.
//!
//! Stages speak English, and reports for machines keep it. For people a message is found by its pattern, the words with
//! gaps it was made of, and its gaps are put into the pattern's translation; what stands in a gap may be a message too. A
//! message without a translation is said as it is. `tests/suite/translation.rs` holds the patterns and the sources together.

mod chinese;

use std::sync::LazyLock;

/// The stages' words and ours for them.
pub use chinese::PATTERNS as CHINESE;

/// Messages within messages: `a chapter is lost: its base64 is broken: …`.
const DEEPEST: usize = 4;

/// A message in Chinese.
pub fn in_chinese(message: &str) -> String {
    translated(message, DEEPEST)
}

fn translated(message: &str, depth: usize) -> String {
    let found = PATTERNS.iter().find_map(|pattern| Some((pattern, pattern.gaps_of(message)?)));
    let Some((pattern, gaps)) = found.filter(|_| depth > 0) else { return message.to_owned() };
    let gaps: Vec<String> = gaps.into_iter().map(|gap| translated(gap, depth - 1)).collect();
    filled(pattern.translation, &gaps)
}

/// A translation with `{0}`, `{1}` … replaced.
fn filled(translation: &str, gaps: &[String]) -> String {
    let mut parts = translation.split('{');
    let mut whole = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (number, words) = part.split_once('}').unwrap_or(("", part));
        whole.push_str(number.parse().ok().and_then(|number: usize| gaps.get(number)).map_or("", String::as_str));
        whole.push_str(words);
    }
    whole
}

/// A message's words around its gaps.
struct Pattern {
    words: Vec<&'static str>,
    translation: &'static str,
}

/// The patterns, those of more words before those they might be taken for.
static PATTERNS: LazyLock<Vec<Pattern>> = LazyLock::new(|| {
    let pattern = |(english, translation): &(&'static str, &'static str)| Pattern {
        words: english.split("{}").collect(),
        translation,
    };
    let mut patterns: Vec<Pattern> = CHINESE.iter().map(pattern).collect();
    patterns.sort_by_key(|pattern| std::cmp::Reverse(pattern.words.iter().map(|words| words.len()).sum::<usize>()));
    patterns
});

impl Pattern {
    /// What stands in the gaps of a message of this pattern.
    fn gaps_of<'a>(&self, message: &'a str) -> Option<Vec<&'a str>> {
        let (first, others) = self.words.split_first()?;
        let mut rest = message.strip_prefix(first)?;
        let mut gaps = Vec::with_capacity(others.len());
        for (index, words) in others.iter().enumerate() {
            let is_last = index + 1 == others.len();
            let end = if is_last {
                rest.len().checked_sub(words.len()).filter(|_| rest.ends_with(words))
            } else {
                rest.find(words)
            };
            let end = end?;
            gaps.push(&rest[..end]);
            rest = &rest[end + words.len()..];
        }
        rest.is_empty().then_some(gaps)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gaps_are_carried_over_and_translated_too() {
        assert_eq!(
            in_chinese("picture not shown: a.png: its bytes are no picture we know"),
            "图片未显示：a.png：内容不是可识别的图片格式"
        );
        assert_eq!(in_chinese("a.txt is not there"), "找不到 a.txt");
        assert_eq!(in_chinese("something no stage says"), "something no stage says");
    }

    #[test]
    fn every_translation_has_the_gaps_of_its_pattern() {
        for (english, chinese) in CHINESE {
            let gaps = english.matches("{}").count();
            for gap in 0..gaps {
                assert!(chinese.contains(&format!("{{{gap}}}")), "{chinese} lacks gap {gap}");
            }
            assert_eq!(chinese.matches('{').count(), gaps, "{chinese}");
            assert!(english.replace("{}", "").trim_matches([' ', ':']).len() > 2, "{english} would match anything");
        }
    }
}
