//! Language tags and what they mean for the page.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A BCP 47 language tag: `zh-Hans`, `zh-Hant-TW`, `ja`, `en`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(transparent)]
pub struct Language(String);

/// Whose habits of glyph and punctuation a language follows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Region {
    #[default]
    Mainland,
    Taiwan,
    HongKong,
    Japan,
    Korea,
    /// No CJK habits: Latin and other scripts.
    Western,
}

impl Language {
    pub fn new(tag: impl Into<String>) -> Language {
        Language(tag.into())
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The first subtag, lower case: `zh`, `ja`.
    pub fn primary(&self) -> String {
        self.0.split(['-', '_']).next().unwrap_or_default().to_ascii_lowercase()
    }

    /// Whether its lines run from right to left: by its script, or by what it is usually written in.
    pub fn is_right_to_left(&self) -> bool {
        const SCRIPTS: [&str; 6] = ["arab", "hebr", "syrc", "thaa", "nkoo", "adlm"];
        const LANGUAGES: [&str; 13] = ["ar", "he", "iw", "fa", "ur", "yi", "ji", "ps", "sd", "ug", "ckb", "dv", "syr"];
        let mut subtags = self.0.split(['-', '_']);
        let first = subtags.next().unwrap_or_default().to_ascii_lowercase();
        match subtags.next().filter(|script| script.len() == 4) {
            Some(script) => SCRIPTS.contains(&script.to_ascii_lowercase().as_str()),
            None => LANGUAGES.contains(&first.as_str()),
        }
    }

    /// The region whose habits this language follows: `zh` alone is the mainland, `zh-Hant` alone Taiwan.
    pub fn region(&self) -> Region {
        let subtags: Vec<String> = self.0.split(['-', '_']).map(str::to_ascii_lowercase).collect();
        let has = |subtag: &str| subtags.iter().skip(1).any(|one| one == subtag);
        match subtags[0].as_str() {
            "zh" | "yue" | "cmn" | "lzh" | "wuu" if has("hk") || has("mo") => Region::HongKong,
            "zh" | "yue" | "cmn" | "lzh" | "wuu" if has("tw") || has("hant") => Region::Taiwan,
            "zh" | "yue" | "cmn" | "lzh" | "wuu" => Region::Mainland,
            "ja" => Region::Japan,
            "ko" => Region::Korea,
            _ => Region::Western,
        }
    }
}

impl Default for Language {
    fn default() -> Language {
        Language::new("zh-Hans")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn script_and_country_choose_the_region() {
        assert_eq!(Language::new("zh").region(), Region::Mainland);
        assert_eq!(Language::new("zh-Hant").region(), Region::Taiwan);
        assert_eq!(Language::new("zh-Hant-HK").region(), Region::HongKong);
        assert_eq!(Language::new("ja-JP").region(), Region::Japan);
        assert_eq!(Language::new("en").region(), Region::Western);
    }

    #[test]
    fn script_and_language_choose_the_direction() {
        let right_to_left = |tag: &str| Language::new(tag).is_right_to_left();
        assert!(right_to_left("ar") && right_to_left("he-IL") && right_to_left("az-Arab"));
        assert!(!right_to_left("zh-Hant") && !right_to_left("ug-Cyrl") && !right_to_left("en"));
    }
}
