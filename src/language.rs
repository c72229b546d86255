//! Which language a text is in, told by its scripts and by the character sets its Han characters belong to.
//!
//! Readers ask when a source does not say; the transform `language` asks for the whole document.

use crate::document::Language;
use crate::encoding::{IN_BIG5, IN_GB2312, IN_JIS, charsets};

/// Characters that are looked at: more do not change the answer.
const ENOUGH: usize = 40_000;

/// Characters written so in Hong Kong and not in Taiwan, Cantonese ones among them.
const HONG_KONG: &str = "裏綫衞嘅咗喺嚟冇哋佢啲噉咁嗰乜嘢癐埗鎅";

/// Characters written so in Taiwan and not in Hong Kong.
const TAIWAN: &str = "裡線衛臺著";

/// Words of one place: institutions, money, years.
#[rustfmt::skip]
const HONG_KONG_WORDS: &[&str] = &[
    "香港", "港元", "港幣", "特區政府", "立法會", "行政長官", "九龍", "新界", "本港", "港聞", "港鐵", "港島", "中環", "旺角", "離島", "屋邨", "公屋", "的士", "街坊", "運輸署", "康文署", "食環署", "律政司", "入境處", "廉署", "屯門", "元朗", "沙田", "觀塘", "荃灣", "大埔",
];
#[rustfmt::skip]
const TAIWAN_WORDS: &[&str] = &[
    "臺灣", "台灣", "民國", "新臺幣", "新台幣", "立法院", "行政院", "臺北", "台北", "高雄", "新北", "桃園", "台中", "臺中", "台南", "臺南", "花蓮", "屏東", "雲林", "嘉義", "宜蘭", "捷運", "計程車", "里長", "衛福部", "鄉公所", "縣政府", "立委", "網路", "資訊", "影片",
];

/// What a text is made of, in characters.
#[derive(Clone, Copy, Debug, Default)]
struct Census {
    han: usize,
    /// Only in the simplified set, only in the traditional one, only in the Japanese one.
    simplified: usize,
    traditional: usize,
    shinjitai: usize,
    kana: usize,
    hangul: usize,
    latin: usize,
    cyrillic: usize,
}

/// The language of a text: `zh-Hans`, `zh-Hant` (with `-TW` or `-HK` where the words say so), `ja`, `ko`, `en`, `ru`.
///
/// None when it has too few letters of any script to tell. Han characters common to all scripts count as `zh-Hans`.
pub fn detect(text: &str) -> Option<Language> {
    let census = census(text);
    let letters = census.han + census.kana + census.hangul;
    // A Han character says about as much as a word of five letters.
    let latin = census.latin / 4;
    if letters == 0 && census.latin < 2 && census.cyrillic < 2 {
        return None;
    }
    if letters < latin || letters == 0 {
        return Some(Language::new(if census.cyrillic > census.latin { "ru" } else { "en" }));
    }
    if census.hangul * 3 > letters {
        return Some(Language::new("ko"));
    }
    let japanese = census.kana * 20 > letters && census.kana >= 2;
    if japanese && census.kana * 4 > letters.min(census.simplified * 40) {
        return Some(Language::new("ja"));
    }
    if census.shinjitai * 12 > census.han && census.shinjitai > census.simplified + census.traditional {
        return Some(Language::new("ja"));
    }
    if census.traditional > census.simplified {
        return Some(Language::new(traditional_region(text)));
    }
    Some(Language::new("zh-Hans"))
}

fn census(text: &str) -> Census {
    let mut census = Census::default();
    for character in text.chars().take(ENOUGH) {
        match character {
            'A'..='Z' | 'a'..='z' | 'À'..='ɏ' => census.latin += 1,
            '\u{4E00}'..='\u{9FFF}' => {
                census.han += 1;
                match charsets(character) & (IN_GB2312 | IN_BIG5 | IN_JIS) {
                    IN_GB2312 => census.simplified += 1,
                    sets if sets & IN_GB2312 == 0 && sets & IN_BIG5 != 0 => census.traditional += 1,
                    IN_JIS => census.shinjitai += 1,
                    // 国, 学, 会 are simplified in Chinese and new forms in Japanese.
                    sets if sets & IN_BIG5 == 0 && sets & IN_GB2312 != 0 => census.simplified += 1,
                    _ => {}
                }
            }
            '\u{3041}'..='\u{3096}' | '\u{30A1}'..='\u{30FA}' => census.kana += 1,
            '\u{AC00}'..='\u{D7A3}' => census.hangul += 1,
            '\u{400}'..='\u{4FF}' => census.cyrillic += 1,
            '\u{3400}'..='\u{4DBF}' | '\u{20000}'..='\u{3FFFF}' => census.han += 1,
            _ => {}
        }
    }
    census
}

/// `zh-Hant`, with the region whose characters and words outweigh the other's.
fn traditional_region(text: &str) -> &'static str {
    let head: String = text.chars().take(ENOUGH).collect();
    let weigh = |characters: &str, words: &[&str]| {
        let letters = head.chars().filter(|character| characters.contains(*character)).count();
        letters + words.iter().map(|word| 2 * head.matches(word).count()).sum::<usize>()
    };
    let (hong_kong, taiwan) = (weigh(HONG_KONG, HONG_KONG_WORDS), weigh(TAIWAN, TAIWAN_WORDS));
    if hong_kong >= 2 && hong_kong > taiwan {
        "zh-Hant-HK"
    } else if taiwan >= 2 && taiwan > hong_kong {
        "zh-Hant-TW"
    } else {
        "zh-Hant"
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> Option<String> {
        detect(text).map(|language| language.as_str().to_owned())
    }

    #[test]
    fn scripts_tell_the_language() {
        assert_eq!(of("渡口的清晨很安静，他们说今天不开船。").as_deref(), Some("zh-Hans"));
        assert_eq!(of("渡口的清晨很安靜，他們說今天不開船。").as_deref(), Some("zh-Hant"));
        assert_eq!(of("臺北的清晨很安靜，他們在台灣海邊說著話。").as_deref(), Some("zh-Hant-TW"));
        assert_eq!(of("香港嘅清晨好安靜，佢哋話今日唔開船。").as_deref(), Some("zh-Hant-HK"));
        assert_eq!(of("渡し場の朝はとても静かだった。").as_deref(), Some("ja"));
        assert_eq!(of("나루터의 아침은 조용했다.").as_deref(), Some("ko"));
        assert_eq!(of("The ferry was quiet that morning.").as_deref(), Some("en"));
        assert_eq!(of("12:30 — 98"), None);
    }

    #[test]
    fn a_few_foreign_words_do_not_change_it() {
        assert_eq!(of("这家店的招牌写着「の」字，老板说 welcome 欢迎光临本店。").as_deref(), Some("zh-Hans"));
        assert_eq!(of("The word 版心 names the type area of a page in Chinese.").as_deref(), Some("en"));
    }
}
