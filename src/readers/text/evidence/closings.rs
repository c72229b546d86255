//! Evidence for how letters and papers open and close: who is addressed, who signs, where and when.

use super::{Evidence, Scores};
use crate::readers::text::features::{Ends, Features};
use crate::readers::text::labels::Label;
use crate::readers::text::lexicon::{Key, bodies};
use crate::readers::text::names::is_name;
use crate::readers::text::signs::Signs;
use crate::readers::text::words::Words;

impl Evidence<'_> {
    pub(super) fn opening(&self, index: usize, scores: &mut Scores) {
        let (line, feature, _) = self.get(index);
        let opens = feature.ends == Ends::Colon || line.text.is_ascii() && feature.ends == Ends::Comma;
        if opens && line.chars <= 80 && index <= self.habits.first_text && is_salutation(&line.text) {
            scores.offer(Label::Salutation, 10, "addresses the reader");
        } else if opens && line.chars <= self.long(index, 10) && self.opens_a_letter(index) {
            scores.offer(Label::Salutation, 8, "a name before a letter");
        }
    }

    /// Whether a short line with a colon stands right under a title that is a letter's, or over a letter's greeting.
    fn opens_a_letter(&self, index: usize) -> bool {
        let titled = index > 0
            && index < 6
            && ["信", "书", "家书", "函", "Letter", "手紙"]
                .iter()
                .any(|word| self.lines[index - 1].text.ends_with(word));
        let greeted = self.lines.get(index + 1).is_some_and(|next| {
            next.chars <= 16
                && ["好", "见信", "見信", "展信", "您好", "你好", "Hello", "Hi"]
                    .iter()
                    .any(|word| next.text.contains(word))
        });
        index > 0 && index <= self.habits.first_text && (titled || greeted)
    }

    /// Whether a line is the name below a letter: few words, at the very end, in a text that addresses someone.
    fn signs_a_letter(&self, index: usize) -> bool {
        let (line, feature, _) = self.get(index);
        let text = line.text.as_ref();
        let bracketed = text.starts_with(['（', '(', '【', '[']);
        let keyed = feature.meta.as_ref().is_some_and(|meta| meta.keys > 0);
        let short = !keyed
            && feature.colon.is_none()
            && line.chars >= 2
            && line.chars <= self.long(index, 16)
            && feature.commas <= 1
            && !feature.of_the_site()
            && !bracketed;
        let addressed =
            self.features.iter().zip(self.lines).take(self.habits.first_text.min(12) + 1).any(|(feature, line)| {
                let ended = feature.ends == Ends::Colon || line.text.is_ascii() && feature.ends == Ends::Comma;
                ended && line.chars <= 40 && is_salutation(&line.text)
            });
        let left = (index.saturating_sub(3)..index).any(|above| takes_leave(&self.lines[above].text));
        short && (addressed || left) && !takes_leave(text)
    }

    pub(super) fn ending(&self, index: usize, scores: &mut Scores) {
        let (line, feature, _) = self.get(index);
        static TO_SIGN: Words = Words::new(&["签字）", "盖章）", "签章）", "签名）", "簽字）", "蓋章）"]);
        let signed = line.text.trim_end_matches(['：', ':', '_', ' ', '　']);
        if index > self.habits.first_text && line.chars <= 30 && TO_SIGN.end(signed) {
            scores.offer(Label::Closing, 12, "a place to sign");
        }
        if index > self.habits.first_text && line.chars <= 24 && signs_a_judgment(&line.text) {
            scores.offer(Label::Closing, 24, "those who signed");
        }
        if index <= self.habits.first_text && index == 0 || feature.ends != Ends::Open {
            return;
        }
        let season = line.signs.any(Signs::YEAR) && is_signed_date(&line.text);
        if self.is_signed(index) || index > 0 && self.is_signed(index - 1) {
            scores.offer(Label::Closing, 16, "a name over a date, below a sentence");
        } else if season && index > 1 && (index >= self.habits.last_text || line.text.contains(SEASONS)) {
            scores.offer(Label::Closing, 12, "when it was written");
        }
        if index <= self.habits.first_text || feature.number.is_some() {
            return;
        }
        let office = |word: &str| OFFICES.iter().any(|end| word.ends_with(end)) && word.chars().count() <= 8;
        let bears = || {
            let words: Vec<&str> = line.text.split_whitespace().collect();
            matches!(words[..], [head, name] if office(head) && is_name(name))
        };
        if index >= self.habits.last_text && bears() {
            scores.offer(Label::Closing, 12, "an office and its bearer, below the text");
        }
        let dated = |feature: &Features| {
            feature.meta.as_ref().is_some_and(|meta| {
                let date = meta.pieces.first().is_some_and(|piece| piece.key == Key::Date);
                meta.keys == 0 && meta.left_over == 0 && date
            })
        };
        let indented = line.indent >= self.habits.indent + 8;
        let near_end = index >= self.habits.last_text;
        if dated(feature) && near_end {
            scores.offer(Label::Closing, 10, "a date under the text");
        } else if near_end
            && line.chars <= 30
            && self.features.get(index + 1).is_some_and(dated)
            && feature.start.is_none()
            && feature.whole.is_none()
        {
            scores.offer(Label::Closing, 10, "signs above a date");
        } else if near_end
            && (2..=8).contains(&line.chars)
            && line.text.chars().all(|c| c.is_alphabetic() || c.is_whitespace())
            && self.features.get(index - 1).is_some_and(dated)
            && feature.meta.is_none()
            && !feature.of_the_site()
        {
            scores.offer(Label::Closing, 8, "signs below a date");
        } else if near_end && self.signs_a_letter(index) {
            scores.offer(Label::Closing, 10, "signs a letter");
        } else if indented && near_end && line.chars <= 24 {
            scores.offer(Label::Closing, 8, "far to the right");
        }
    }
}

impl Evidence<'_> {
    /// Whether a line is the name of a body, an office or a person below a sentence, over a date.
    fn is_signed(&self, index: usize) -> bool {
        let (line, feature, around) = self.get(index);
        let dated = |at: usize| {
            self.lines.get(at).is_some_and(|below| below.signs.any(Signs::YEAR) && is_signed_date(&below.text))
                || self.features.get(at).is_some_and(is_date)
        };
        let after_text = index > 0 && matches!(self.features[index - 1].ends, Ends::Sentence | Ends::Comma);
        let named = || {
            let words: Vec<&str> = line.text.split_whitespace().collect();
            bodies::may_sign(&line.text)
                || is_name(&line.text)
                || matches!(words[..], [office, name] if is_name(name) && office.chars().count() <= 12)
        };
        (2..=30).contains(&line.chars)
            && index >= self.habits.first_text
            && feature.ends == Ends::Open
            && feature.number.is_none()
            && !feature.of_the_site()
            && !around.row
            && after_text
            && dated(index + 1)
            && named()
    }
}

/// Offices whose bearers sign papers.
const OFFICES: &[&str] = &["长", "長", "主任", "主席", "书记", "總統", "理事", "社长", "社長"];

const SEASONS: [char; 4] = ['春', '夏', '秋', '冬'];

/// Whether a line is a date and nothing else.
fn is_date(feature: &Features) -> bool {
    feature.meta.as_ref().is_some_and(|meta| {
        let date = meta.pieces.first().is_some_and(|piece| piece.key == Key::Date);
        meta.keys == 0 && meta.left_over == 0 && date
    })
}

/// 一九九八年冬, 二〇一六年春分于杭州, 2009年3月17日夜: when and where a text was written, below it.
fn is_signed_date(text: &str) -> bool {
    const DIGITS: &str = "0123456789〇○零一二三四五六七八九";
    const OF_DATES: &str =
        "年月日初末底深仲孟季春夏秋冬至分立清明谷雨大小暑寒露霜降夜晨晚午上下旬号元正腊除夕中端重阳国庆节十廿";
    let year = text.chars().take_while(|c| DIGITS.contains(*c)).count();
    let Some(rest) = text.split_once('年').map(|(_, rest)| rest).filter(|_| year == 4) else { return false };
    if text.chars().nth(4) != Some('年') || text.chars().count() > 20 {
        return false;
    }
    let (day, place) =
        ["于", "於", "写于", "作于", "记于"].iter().find_map(|word| rest.split_once(word)).unwrap_or((rest, ""));
    let plain = place.chars().all(|c| c.is_alphabetic() || c.is_whitespace());
    !rest.is_empty() && day.chars().all(|c| DIGITS.contains(c) || OF_DATES.contains(c) || c == ' ') && plain
}

/// 此致, 敬礼, 顺颂时祺, Yours sincerely,
pub(super) fn takes_leave(text: &str) -> bool {
    const WORDS: &[&str] = &[
        "此致",
        "敬礼",
        "敬禮",
        "祝好",
        "祝安",
        "祝您",
        "祝你",
        "祝大家",
        "即颂",
        "順頌",
        "顺颂",
        "敬颂",
        "敬頌",
        "谨启",
        "謹啟",
        "敬上",
        "敬启",
        "敬啟",
        "顿首",
        "頓首",
        "拜上",
        "专此",
        "敬具",
        "草々",
        "かしこ",
        "以上",
        "sincerely",
        "yours",
        "regards",
        "best wishes",
        "best,",
        "love,",
        "cheers",
    ];
    if text.chars().count() > 24 {
        return false;
    }
    let lower = text.to_ascii_lowercase();
    let alone = matches!(text, "祝" | "此祝" | "顺祝" | "謹祝" | "即祝" | "颂");
    alone || WORDS.iter().any(|word| lower.starts_with(word) || lower.ends_with(word))
}

/// 各县人民政府： 尊敬的读者： 林先生：
fn is_salutation(text: &str) -> bool {
    const STARTS: &[&str] = &[
        "各",
        "全体",
        "全體",
        "尊敬",
        "亲爱",
        "親愛",
        "敬爱",
        "同志们",
        "朋友们",
        "老师们",
        "女士们",
        "广大",
        "Dear ",
    ];
    const ENDS: &[&str] = &[
        "您好",
        "你好",
        "委员",
        "代表",
        "教授",
        "主任",
        "经理",
        "同志",
        "先生",
        "女士",
        "朋友",
        "朋友们",
        "政府",
        "单位",
        "部门",
        "局",
        "委",
        "公司",
        "老师",
        "同学们",
        "某",
        "大学",
        "学校",
    ];
    let bare = text.trim_end_matches(['：', ':']);
    !bare.contains("如下")
        && (STARTS.iter().any(|start| bare.starts_with(start)) || ENDS.iter().any(|end| bare.ends_with(end)))
}

/// 审　判　长　　林小禾: an office set apart from its bearer.
fn signs_a_judgment(text: &str) -> bool {
    const OFFICES: &[&str] = &[
        "审判长",
        "審判長",
        "审判员",
        "審判員",
        "代理审判员",
        "人民陪审员",
        "陪审员",
        "书记员",
        "書記員",
        "法官助理",
        "执行员",
        "仲裁员",
        "首席仲裁员",
        "审判官",
        "法官",
    ];
    static OFFICE_WORDS: Words = Words::new(OFFICES);
    if !OFFICE_WORDS.may_begin(text) {
        return false;
    }
    let close: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    let name = OFFICES.iter().find_map(|office| close.strip_prefix(office));
    name.is_some_and(|name| (2..=4).contains(&name.chars().count()) && !name.contains(['，', '。', '：']))
}
