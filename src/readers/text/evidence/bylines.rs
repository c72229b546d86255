//! Names on lines of their own between a title and its text.

use super::Evidence;
use super::titles::named_first;
use crate::readers::text::features::{Ends, Features};
use crate::readers::text::lexicon::{Key, Meaning};
use crate::readers::text::lines::Line;
use crate::readers::text::names::{is_byline, names_a_paper};
use crate::readers::text::number::Family;
use crate::readers::text::signs::Signs;

/// Lines this far down may still name an author.
const WITHIN: usize = 40;

impl Evidence<'_> {
    /// Why a line is taken for the name of an author, if it is.
    pub(super) fn byline(&self, index: usize) -> Option<&'static str> {
        if index == 0 || index >= WITHIN.min(self.habits.first_text) {
            return None;
        }
        let (line, feature, _) = self.get(index);
        let begins_text =
            self.lines.get(self.habits.first_text).is_some_and(|text| named_first(&text.text, &line.text));
        // 关于 and 查看历史 begin with family names too.
        let announced = matches!(self.features[index - 1].ends, Ends::Colon | Ends::Comma);
        if line.chars > 40 || announced || feature.of_the_site() || begins_text {
            return None;
        }
        // Above a line that names the author it is the title: 石桥记 over 〔清〕沈庭.
        if self.names_the_author(index + 1) && is_byline(&line.text) {
            return None;
        }
        // Rows of names are a list of people.
        let row = |at: usize| {
            let text = self.lines.get(at).map_or("", |line| line.text.as_ref());
            text.split_whitespace().count() >= 3 && is_byline(text)
        };
        if row(index) && (row(index + 1) || row(index - 1)) {
            return None;
        }
        if self.is_above_counts(index) {
            return Some("a writer over how often he wrote, or how many agreed");
        }
        // One of many in a menu is a place or a page.
        let among = self.around[index].menu || self.is_among_words(index);
        let alone = !among || self.is_dated_below(index);
        if is_byline(&line.text) && alone {
            return Some("nothing but a name");
        }
        if names_a_paper(&line.text) && self.is_beside_date(index) {
            return Some("a paper's name beside a date");
        }
        if self.habits.latin && index + 1 == self.habits.first_text && self.is_under_title(index) {
            return Some("a name between the title and the text");
        }
        if self.habits.latin && is_latin_name(&line.text) && self.is_dated_below(index) {
            return Some("a name above a date");
        }
        self.may_be_pen_name(index).then_some("as short as a name, where a name stands")
    }

    /// Whether right below a line stands how much its writer posted, or how many agreed with him.
    fn is_above_counts(&self, index: usize) -> bool {
        let line = &self.lines[index];
        let plain = (2..=12).contains(&line.chars)
            && self.features[index].ends == Ends::Open
            && self.features[index].number.is_none()
            && self.features[index].meta.is_none()
            && !line.text.contains(['：', '|', '>', '，']);
        let counts = |at: usize| {
            self.lines.get(at).is_some_and(|below| {
                let posted = below.text.contains("帖子") && below.text.contains("积分");
                let agreed = ["人赞同了该", "人贊同了該"].iter().any(|word| below.text.contains(word));
                below.chars <= 40 && below.text.bytes().any(|byte| byte.is_ascii_digit()) && (posted || agreed)
            })
        };
        // His own words on himself may stand between.
        let himself = self.features.get(index + 1).is_some_and(|below| !below.of_the_site() && below.meta.is_none());
        let above_site = index > 0 && (self.features[index - 1].of_the_site() || self.lines[index - 1].chars > 12);
        plain
            && (counts(index + 1) && !(index > 0 && self.is_above_counts_twice(index))
                || above_site && himself && counts(index + 2))
    }

    /// Whether the line above is the writer, and this what he says of himself.
    fn is_above_counts_twice(&self, index: usize) -> bool {
        let above = &self.lines[index - 1];
        let plain = (2..=12).contains(&above.chars) && !above.text.contains(['：', '|', '>', '，', '？']);
        plain && !self.features[index - 1].of_the_site() && self.features[index - 1].meta.is_none() && index > 1
    }

    /// Whether a line names the author beyond doubt: with a key, or with a dynasty in brackets.
    fn names_the_author(&self, index: usize) -> bool {
        let Some(feature) = self.features.get(index) else { return false };
        let keyed = feature.meta.as_ref().is_some_and(|meta| {
            meta.keys > 0 && meta.left_over <= 2 && meta.pieces.first().is_some_and(|piece| piece.key == Key::Author)
        });
        let text = self.lines[index].text.as_ref();
        keyed || text.starts_with(['〔', '［', '[', '（']) && is_byline(text) && text.chars().count() <= 9
    }

    /// A few characters between the title and a date, named again as the author, or parted like a name.
    fn may_be_pen_name(&self, index: usize) -> bool {
        let (line, feature, _) = self.get(index);
        let letters = |text: &str| text.chars().all(|c| c.is_alphabetic() || " ·・_".contains(c));
        let plain = (2..=6).contains(&line.chars)
            && letters(&line.text)
            && feature.number.is_none()
            && feature.whole.is_none()
            && feature.start.is_none()
            && !feature.of_the_site();
        if !plain {
            return false;
        }
        if index == 1 && self.is_sure_name(index) {
            return true;
        }
        let Some(title) = (0..index)
            .rev()
            .take(4)
            .find(|at| !self.features[*at].of_the_site() && self.lines[*at].text.contains(char::is_alphabetic))
        else {
            return false;
        };
        let of_the_page = [">", "»", " - ", "|", "_", "｜"].iter().any(|mark| self.lines[title].text.contains(mark));
        let comes_again = self.around[index].echoed > self.around[title].echoed.max(Some(5));
        let asks = self.lines[title].text.ends_with(['？', '！', '?', '!']);
        let title_before = (self.features[title].ends != Ends::Sentence || asks)
            && self.features[title].meta.is_none()
            && !of_the_page
            && !comes_again
            && self.lines[title].chars > line.chars.max(4);
        (title_before && (self.is_dated_below(index) || self.is_parted_name(index)))
            || self.is_named_again(index)
            || self.is_between_date_and_text(index)
            || self.is_japanese_below_date(index)
    }

    /// A name in Latin letters that does not come again, right under a longer line on top.
    fn is_under_title(&self, index: usize) -> bool {
        let title = &self.lines[index - 1];
        let unknown = self.around[index].echoed.is_none_or(|tenths| tenths == 0);
        index <= 3 && is_latin_name(&self.lines[index].text) && unknown && title.text.split(' ').count() >= 3
    }

    fn is_beside_date(&self, index: usize) -> bool {
        let dated = |at: usize| {
            self.features.get(at).and_then(|feature| feature.meta.as_ref()).is_some_and(|meta| {
                meta.left_over <= 2 && meta.pieces.first().is_some_and(|piece| piece.key == Key::Date)
            })
        };
        dated(index - 1) || dated(index + 1)
    }

    /// Whether a date stands right above, the title above that, and the text right below.
    fn is_between_date_and_text(&self, index: usize) -> bool {
        let dated = |feature: &Features| {
            feature.meta.as_ref().is_some_and(|meta| {
                meta.keys == 0 && meta.left_over == 0 && meta.pieces.first().is_some_and(|piece| piece.key == Key::Date)
            })
        };
        let text_below = self.features.get(index + 1).is_some_and(|below| below.ends == Ends::Sentence)
            && self.lines[index + 1].chars > 16;
        index >= 2
            && text_below
            && dated(&self.features[index - 1])
            && self.lines[index - 2].chars >= self.lines[index].chars
    }

    /// Three to five kanji right below a paper's date, in a text with kana.
    fn is_japanese_below_date(&self, index: usize) -> bool {
        let kanji = self.lines[index].text.chars().all(|c| ('\u{4E00}'..='\u{9FFF}').contains(&c));
        let kana = |c: char| ('\u{3041}'..='\u{3096}').contains(&c);
        let japanese = self.lines.get(self.habits.first_text).is_some_and(|text| text.text.contains(kana));
        let dated = self.features[index - 1].meta.as_ref().is_some_and(|meta| {
            meta.left_over <= 2 && meta.pieces.iter().any(|piece| piece.key == Key::Date && piece.value.len() >= 10)
        });
        kanji && japanese && dated && index >= 2 && (3..=5).contains(&self.lines[index].chars)
    }

    /// A Korean name, or a few characters over a number alone, right under a longer first line.
    fn is_sure_name(&self, index: usize) -> bool {
        const SURNAMES: &str = "김이박최정강조윤장임한오서신권황안송류전홍고문양손배백허유남심노하곽성차주우구민진지엄채원천방공현함변염여추도소석선설마길연위표명기";
        let text = self.lines[index].text.as_ref();
        let hangul = text.chars().all(|c| ('가'..='힣').contains(&c)) && text.chars().count() == 3;
        let korean = hangul && text.chars().next().is_some_and(|c| SURNAMES.contains(c));
        let numbered = self.features.get(index + 1).and_then(|below| below.number);
        let over_number = numbered.is_some_and(|number| number.family == Family::Alone) && self.lines[index].chars <= 4;
        (korean || over_number) && self.lines[index - 1].chars > self.lines[index].chars
    }

    /// Whether the next line, buttons passed over, is a date, or the very next one a counter.
    fn is_dated_below(&self, index: usize) -> bool {
        let counted = |feature: &Features| {
            let start = feature.start.map(|word| word.meaning);
            [feature.whole, start, feature.anywhere].contains(&Some(Meaning::Counter))
        };
        if self.features.get(index + 1).is_some_and(counted) {
            return true;
        }
        // A button to follow the writer, his rank between them.
        let follows = |line: &Line| {
            line.chars <= 8 && ["关注", "關注", "追蹤", "订阅", "Follow"].iter().any(|word| line.text.contains(word))
        };
        if self.lines[index + 1..].iter().take(2).any(follows) {
            return true;
        }
        // 0.312, what a site thinks a text is worth.
        let counts = |at: &usize| {
            let dated =
                |meta: &crate::readers::text::meta::MetaLine| meta.pieces.iter().any(|piece| piece.key == Key::Date);
            !self.lines[*at].signs.any(Signs::HAN | Signs::LETTER)
                && !self.features[*at].meta.as_deref().is_some_and(dated)
        };
        let passed = |at: &usize| self.features[*at].of_the_site() || counts(at);
        let below = (index + 1..self.lines.len()).take(4).find(|at| !passed(at)).map(|at| &self.features[at]);
        below
            .and_then(|feature| feature.meta.as_ref())
            .is_some_and(|meta| meta.pieces.first().is_some_and(|piece| piece.key == Key::Date) && meta.left_over <= 6)
    }

    /// 汐見 透: two parts of one to three characters, right above the text.
    fn is_parted_name(&self, index: usize) -> bool {
        let parts: Vec<usize> =
            self.lines[index].text.split([' ', '\u{3000}']).map(|part| part.chars().count()).collect();
        let han = self.lines[index].text.chars().all(|c| c.is_whitespace() || ('\u{3041}'..='\u{9FFF}').contains(&c));
        matches!(parts[..], [1..=3, 1..=3]) && han && index + 3 > self.habits.first_text.saturating_sub(1)
    }

    fn is_named_again(&self, index: usize) -> bool {
        const WORDS: &[&str] = &["作者：", "作者", "作者简介：", "文/", "文｜", "撰文："];
        let name = self.lines[index].text.as_ref();
        if name.is_ascii() && !name.contains(' ') {
            return false;
        }
        self.lines[index + 1..].iter().any(|later| {
            let after = later
                .text
                .strip_prefix(name)
                .or_else(|| WORDS.iter().find_map(|word| later.text.strip_prefix(word)?.strip_prefix(name)));
            after.is_some_and(|rest| {
                rest.starts_with(['，', '：', ',']) || (rest.is_empty() && later.text.len() > name.len())
            })
        })
    }
}

/// Two to four words with capitals, none of them long: Anna Reed, John C. Welch.
fn is_latin_name(text: &str) -> bool {
    if let Some((first, others)) = text.split_once(" and ").or_else(|| text.split_once(", ")) {
        return is_latin_name(first) && is_latin_name(others);
    }
    let words: Vec<&str> = text.split(' ').collect();
    let capital = |word: &&str| word.starts_with(char::is_uppercase) && word.chars().count() <= 12;
    let letters = text.chars().all(|c| c.is_alphabetic() || " .'’-".contains(c));
    (2..=4).contains(&words.len()) && letters && words.iter().all(capital)
}
