//! Evidence by ways to reach someone: the site's below a page, the text's beside facts and under a notice.

use super::Evidence;
use crate::readers::text::features::{Ends, Features};
use crate::readers::text::lexicon::{Key, Meaning};

impl Evidence<'_> {
    /// `订阅热线：000-0000`: a key that ends like a way to reach someone, and figures or an address.
    pub(super) fn says_how_to_reach(&self, index: usize) -> bool {
        const WAYS: &[&str] = &[
            "热线", "熱線", "电话", "電話", "邮箱", "郵箱", "信箱", "传真", "傳真", "邮编", "网址", "網址", "微信",
            "QQ", "客服", "E-mail",
        ];
        let (line, feature) = (&self.lines[index], &self.features[index]);
        let Some(colon) = feature.colon.map(usize::from) else { return false };
        let (key, value) = line.text.split_at(colon);
        let signed = self.closes_below(index)
            || self.is_beside_facts(index)
            || self.says_whom_to_ask(index)
            || index > 0 && self.heads_whom_to_ask(index - 1);
        WAYS.iter().any(|way| key.trim_end().ends_with(way))
            && value.bytes().any(|byte| byte.is_ascii_alphanumeric())
            && !signed
    }

    /// Whether a line heads the one who can be asked, in a paper: お問い合わせ over 住宅課 電話：….
    pub(super) fn heads_whom_to_ask(&self, index: usize) -> bool {
        const HEADS: &[&str] = &["お問い合わせ", "お問い合わせ先", "问询", "联系方式", "聯絡方式", "문의"];
        const WAYS: &[&str] = &["電話", "电话", "メール", "邮箱", "전화"];
        let Some(below) = self.lines.get(index + 1).filter(|_| index > self.habits.first_text) else { return false };
        // 联系我们 over where to write to, in the notes of a programme.
        let invited = matches!(self.lines[index].text.as_ref(), "联系我们" | "聯絡我們" | "来信" | "投稿")
            && ["来信", "來信", "投稿", "请寄", "請寄"].iter().any(|word| below.text.starts_with(word))
            && below.chars >= 10;
        if invited && !self.features[index + 1].of_the_site() && !self.features[index - 1].of_the_site() {
            return true;
        }
        HEADS.contains(&self.lines[index].text.as_ref())
            && !self.features[index + 1].of_the_site()
            && !self.features[index - 1].of_the_site()
            && WAYS.iter().any(|way| below.text.contains(way))
            && below.text.bytes().any(|byte| byte.is_ascii_digit())
    }

    /// （联系人：…） below the text of a paper.
    pub(super) fn is_added_in_brackets(&self, index: usize) -> bool {
        let text = &self.lines[index].text;
        index > self.habits.first_text && text.starts_with(['（', '(']) && text.ends_with(['）', ')'])
    }

    /// Whether a line beside says when a place is open or what it costs: its address is a part of the text.
    pub(super) fn is_beside_facts(&self, index: usize) -> bool {
        let near = [index.wrapping_sub(2), index.wrapping_sub(1), index + 1, index + 2];
        near.iter().any(|at| self.lines.get(*at).is_some_and(|line| is_fact(&line.text)))
    }

    /// Whether lines of a key and its value stand above and below, in the midst of the text.
    pub(super) fn is_among_facts(&self, index: usize) -> bool {
        let within = index > self.habits.first_text && index < self.habits.last_text;
        let keyed = |at: usize| {
            self.features.get(at).is_some_and(|feature| feature.colon.is_some() && feature.ends == Ends::Open)
        };
        within && index > 1 && keyed(index) && (keyed(index - 1) || keyed(index + 1))
    }

    /// Whether ways to reach someone stand right below what one is to do with them: 报名方式 over 联系人 and 电话.
    pub(super) fn says_whom_to_ask(&self, index: usize) -> bool {
        const ASKED: &[&str] = &[
            "报名",
            "報名",
            "咨询",
            "諮詢",
            "洽詢",
            "联系人",
            "聯絡人",
            "投递",
            "应聘",
            "預約",
            "预约",
            "申し込み",
            "申込",
        ];
        let of_contact = |at: usize| {
            self.features[at].start.is_some_and(|word| word.meaning == Meaning::Contact) && self.lines[at].chars <= 60
        };
        let first = (1..=index).rev().take(8).take_while(|at| of_contact(*at)).last();
        let Some(first) = first.filter(|first| *first > self.habits.first_text) else { return false };
        let person = self.lines[first].text.starts_with(['联', '聯']) && self.lines[first].text.contains('人');
        let announced = (first.saturating_sub(4)..first).any(|at| {
            let text = &self.lines[at].text;
            self.features[at].number.is_some() && (text.contains("联系") || text.contains("聯絡"))
        });
        let asked = (first.saturating_sub(3)..first)
            .filter(|at| !self.features[*at].of_the_site())
            .any(|at| ASKED.iter().any(|word| self.lines[at].text.contains(word)));
        (person && asked || announced) && !self.features[first - 1].of_the_site()
    }

    /// Whether a line is one of those right below the date of a signature that say whom to ask, and no footer of a site
    /// follows them.
    pub(super) fn is_below_signature(&self, index: usize) -> bool {
        let contact = |at: usize| {
            self.lines[at].chars <= 40
                && self.features[at].start.is_some_and(|word| word.meaning == Meaning::Contact)
                && !self.lines[at].text.starts_with(['地', '校', '馆', '院', '邮', '郵'])
        };
        if !contact(index) || index <= self.habits.first_text {
            return false;
        }
        let first = (1..=index).rev().take(4).take_while(|at| contact(*at)).last().unwrap_or(index);
        let person = ["联系", "聯絡", "经办", "承办人"].iter().any(|word| self.lines[first].text.starts_with(word));
        let signed = self.features[first - 1].meta.as_ref().is_some_and(|meta| {
            meta.keys == 0 && meta.left_over == 0 && meta.pieces.iter().any(|piece| piece.key == Key::Date)
        });
        let mut below = self.features[index + 1..].iter().zip(index + 1..).take(4).skip_while(|(_, at)| contact(*at));
        let footer = below.next().is_some_and(|(feature, at)| {
            let start = feature.start.map(|word| word.meaning);
            [start, feature.anywhere].contains(&Some(Meaning::Footer))
                || self.lines[at].text.starts_with(['地', '邮', '郵']) && start == Some(Meaning::Contact)
        });
        person && signed && !footer
    }

    /// Whether a date stands below within a few lines, as under a notice: who can be asked is a part of it.
    pub(super) fn closes_below(&self, index: usize) -> bool {
        let dated = |feature: &Features| {
            feature.meta.as_ref().is_some_and(|meta| {
                meta.keys == 0 && meta.left_over == 0 && meta.pieces.iter().any(|piece| piece.key == Key::Date)
            })
        };
        let below = self.features[index + 1..].iter().take(8);
        // Right below the date of a signature it is a part of the paper, too.
        if index > self.habits.first_text && dated(&self.features[index - 1]) {
            return true;
        }
        if self.is_below_signature(index) {
            return true;
        }
        index > self.habits.first_text
            && below
                .take_while(|feature| {
                    !feature.of_the_site() || feature.start.is_some_and(|word| word.meaning == Meaning::Contact)
                })
                .any(dated)
    }
}

/// Whether a line says when a place is open, what it costs or how one gets there.
pub(in crate::readers::text) fn is_fact(text: &str) -> bool {
    const FACTS: &[&str] = &[
        "营业时间",
        "營業時間",
        "开放时间",
        "開放時間",
        "开馆时间",
        "票价",
        "票價",
        "门票",
        "門票",
        "交通",
        "人均",
        "公休",
        "店名",
        "営業時間",
        "開館時間",
        "定休日",
        "アクセス",
        "料金",
        "入場",
        "영업시간",
        "입장료",
        "时间：",
        "時間：",
        "日時",
        "Hours",
        "Opening hours",
        "Admission",
    ];
    FACTS.iter().any(|fact| text.starts_with(fact))
}
