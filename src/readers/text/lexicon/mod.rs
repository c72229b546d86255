//! The words by which lines are told: what a site writes around an article, what an article writes around its text.
//!
//! The tables, one file a language, are data: to teach the reader a word, add it to the group it belongs to. A group
//! says what its words mean and where in a line they must stand to mean it.

mod appeals;
pub(super) mod bodies;
mod buttons;
mod chinese;
mod columns;
mod english;
mod japanese;
mod korean;
mod lookup;

use std::sync::LazyLock;

use lookup::Lookup;

/// Where in its line a word must stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stands {
    /// It is the whole line, but for brackets, bullets and a colon around it.
    Whole,
    /// At the start.
    Start,
    /// At the end of a line of a few words.
    End,
    /// Anywhere in a short line.
    Anywhere,
    /// At the start of a piece of a meta line, before a colon or a bar.
    Key,
}

/// What a word says of its line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Meaning {
    // Not of the article.
    Navigation,
    Sharing,
    Footer,
    Contact,
    Counter,
    Pager,
    Comments,
    /// Opens a list of links to other pages.
    Related,
    // About the article.
    Meta(Key),
    // Of the article.
    /// Opens a box beside the text: 小链接.
    Aside,
    EditorNote,
    Abstract,
    /// A heading by its words alone: 前言.
    Heading,
    /// Heads the list of notes.
    Notes,
    /// Heads a table of contents.
    Contents,
    /// Heads a list of terms and what they mean.
    Glossary,
    /// Legend of a picture or table.
    Caption,
    /// Marks the end: （完）.
    End,
}

impl Meaning {
    /// Of the site, not of the article.
    pub fn is_of_the_site(self) -> bool {
        use Meaning::*;
        matches!(self, Navigation | Sharing | Footer | Contact | Counter | Pager | Comments | Related)
    }
}

/// What a meta key is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Key {
    Author,
    Correspondent,
    Editor,
    Translator,
    Photographer,
    Source,
    Date,
    Keywords,
    Identifier,
    Publisher,
    Address,
    Subtitle,
    Title,
    /// How often it was read.
    Views,
    /// Buttons and switches around the article: font size, printing.
    Chrome,
    /// Section of the site and the like: kept under its own word.
    Other,
}

/// Words of one meaning.
pub(super) struct Group {
    pub meaning: Meaning,
    pub stands: Stands,
    pub words: &'static [&'static str],
}

const fn group(meaning: Meaning, stands: Stands, words: &'static [&'static str]) -> Group {
    Group { meaning, stands, words }
}

/// A word found in a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Word {
    pub meaning: Meaning,
    pub start: usize,
    pub end: usize,
}

/// The words of one standing, ready to be looked for.
struct Words {
    finder: Lookup,
    meanings: Vec<Meaning>,
}

impl Words {
    fn of(stands: Stands) -> Words {
        let groups = [chinese::GROUPS, japanese::GROUPS, korean::GROUPS, english::GROUPS];
        let groups = groups.iter().flat_map(|groups| groups.iter()).filter(|group| group.stands == stands);
        let (mut words, mut meanings) = (Vec::new(), Vec::new());
        for group in groups {
            for word in group.words {
                words.push(*word);
                meanings.push(group.meaning);
            }
        }
        Words { finder: Lookup::new(words.into_iter(), true), meanings }
    }

    fn at_start(&self, text: &str) -> Option<Word> {
        let (number, end) = self.finder.at_start(text)?;
        Some(Word { meaning: self.meanings[number], start: 0, end })
    }
}

static WHOLE: LazyLock<Words> = LazyLock::new(|| Words::of(Stands::Whole));
static START: LazyLock<Words> = LazyLock::new(|| Words::of(Stands::Start));
static ENDS: LazyLock<Words> = LazyLock::new(|| Words::of(Stands::End));
static ANYWHERE: LazyLock<Words> = LazyLock::new(|| Words::of(Stands::Anywhere));
static KEYS: LazyLock<Words> = LazyLock::new(|| Words::of(Stands::Key));

/// Marks that may stand around a word that is the whole line.
const AROUND: &[char] = &[
    ' ', '\u{3000}', ':', '：', '[', ']', '【', '】', '（', '）', '(', ')', '「', '」', '<', '>', '《', '》', '〈',
    '〉', '＞', '»', '«', '•', '·', '●', '■', '◆', '▲', '▼', '↑', '↓', '→', '←', '*', '-', '—', '=', '~', '|', '｜',
    '.', '+', '★', '☆', '…',
];

/// Whether a character is one of [`AROUND`]; most are letters beyond all of them.
fn is_around(c: char) -> bool {
    !matches!(c, '\u{3041}'..='\u{FEFF}' | 'a'..='z' | 'A'..='Z' | '0'..='9') && AROUND.contains(&c)
}

/// What the line is as a whole.
pub(super) fn whole(text: &str) -> Option<Meaning> {
    let bare = text.trim_matches(is_around);
    let one = |bare: &str| WHOLE.at_start(bare).filter(|word| word.end == bare.len()).map(|word| word.meaning);
    let count = |c: char| {
        matches!(
            c,
            '0'..='9'
                | ' '
                | '\u{3000}'
                | '.'
                | ','
                | '+'
                | '万'
                | '千'
                | 'k'
                | 'K'
                | 'w'
                | 'W'
                | '('
                | ')'
                | '（'
                | '）'
        )
    };
    let counted = || one(bare.trim_matches(count)).filter(|meaning| meaning.is_of_the_site()).map(|_| Meaning::Counter);
    let counts = bare.starts_with(|c: char| c.is_ascii_digit()) || bare.ends_with(count);
    one(bare).or_else(|| if counts { counted() } else { None }).or_else(|| {
        // Several words of a site in a row, 上一章 章节目录 下一章; one among four may be new.
        let parts = [' ', '\u{3000}', '|', '｜', '/'];
        if !bare.contains(parts) {
            return None;
        }
        let mut words = bare
            .split(parts)
            .map(|word| word.trim_matches(is_around))
            .filter(|word| !word.trim_matches(count).is_empty());
        let first = one(words.next()?).filter(|meaning| meaning.is_of_the_site())?;
        let others =
            |word: &str| one(word).is_some_and(|meaning| meaning.is_of_the_site() || meaning == Meaning::Contents);
        let (mut known, mut new) = (1, 0);
        for word in words {
            match others(word) {
                true => known += 1,
                false if word.len() <= 24 && !word.is_ascii() => new += 1,
                false => return None,
            }
        }
        (known >= 2 && new * 4 <= known + new).then_some(first)
    })
}

/// What a short line is that is made of nothing but the words of buttons, menus and heads of lists of links.
pub(super) fn button(text: &str) -> Option<Meaning> {
    buttons::meaning(text)
}

/// The word a line of a few words ends with: 陈师傅小档案.
pub(super) fn end(text: &str) -> Option<Meaning> {
    let bare = text.trim_end_matches(is_around);
    if !ENDS.finder.may_end(bare) {
        return None;
    }
    let (number, ..) = ENDS.finder.all(bare).find(|(_, start, end)| *end == bare.len() && *start > 0)?;
    Some(ENDS.meanings[number])
}

/// The word the line begins with, bullets and brackets passed over.
pub(super) fn start(text: &str) -> Option<Word> {
    let lead = text.len() - text.trim_start_matches(is_around).len();
    let word = START.at_start(&text[lead..]).filter(|word| {
        word.meaning != Meaning::Pager || !goes_on_as_words(&text[lead..lead + word.end], &text[lead + word.end..])
    })?;
    Some(Word { start: word.start + lead, end: word.end + lead, ..word })
}

/// Whether 下一条 goes on as the words of a heading, 下一条河: no mark and no blank parts it from what follows.
fn goes_on_as_words(word: &str, rest: &str) -> bool {
    let next = ["上一", "下一", "前一", "后一"].iter().any(|start| word.starts_with(start));
    let none = ["没有", "沒有", "无", "無", "文", "新", "章", "节", "页", "頁", "篇", "条", "內", "内", "通", "公"];
    next && rest.starts_with(|c: char| ('\u{4E00}'..='\u{9FFF}').contains(&c))
        && rest.chars().count() <= 6
        && !rest.contains([':', '：', '>', '»', '|', '】', ']', ' ', '\u{3000}'])
        && !none.iter().any(|start| rest.starts_with(start))
}

/// The first word that tells the line wherever it stands.
pub(super) fn anywhere(text: &str) -> Option<Meaning> {
    ANYWHERE.finder.next(text, 0).map(|(number, ..)| ANYWHERE.meanings[number])
}

/// Whether a line asks whoever reads the page to share, to follow, to comment.
pub(super) fn is_appeal(text: &str) -> bool {
    appeals::is_one(text)
}

/// Whether a text begins with a common family name.
pub(super) fn begins_with_surname(text: &str) -> bool {
    text.chars().next().is_some_and(|c| chinese::SURNAMES.contains(c))
}

/// Whether a line can be the name of a column.
pub(super) fn names_a_column(text: &str) -> bool {
    let bare = text.trim_end_matches([')', '）', ' ']);
    let bare = bare.split(['（', '(']).next().unwrap_or(bare).trim_end();
    // Most lines end otherwise.
    COLUMNS.may_end(bare) && text.chars().count() <= 12 && columns::COLUMNS.iter().any(|name| bare.ends_with(name))
}

static COLUMNS: LazyLock<Lookup> = LazyLock::new(|| Lookup::new(columns::COLUMNS.iter().copied(), false));
static PROPERTIES: LazyLock<Lookup> = LazyLock::new(|| Lookup::new(columns::PROPERTIES.iter().copied(), false));

/// Whether a line is the name of a property in a box of facts.
pub(super) fn names_a_property(text: &str) -> bool {
    let name = text.trim_end_matches(['：', ':']);
    PROPERTIES.at_start(name).is_some_and(|(_, length)| length == name.len())
}

/// Whether a word is the key of a meta line and nothing else, other than one that names a person.
pub(super) fn is_key(text: &str) -> bool {
    let key = KEYS.at_start(text).filter(|word| word.end == text.len()).map(|word| word.meaning);
    matches!(key, Some(Meaning::Meta(key)) if key != Key::Author)
}

/// Words of meta keys, wherever they stand; whether they are keys there is for the caller to say.
pub(super) fn keys(text: &str) -> impl Iterator<Item = (Key, usize, usize)> + '_ {
    KEYS.finder.all(text).filter_map(|(number, start, end)| match KEYS.meanings[number] {
        Meaning::Meta(key) => Some((key, start, end)),
        _ => None,
    })
}

/// The characters that keys of meta lines begin with.
pub(super) fn key_beginnings() -> Vec<char> {
    KEYS.finder.beginnings().collect()
}

/// The characters that begin what a page asks of whoever reads it.
pub(super) fn asked_beginnings() -> Vec<char> {
    appeals::beginnings().collect()
}

/// The characters that words begin with which tell their line wherever they stand.
pub(super) fn telling_beginnings() -> Vec<char> {
    ANYWHERE.finder.beginnings().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found_where_they_must_stand() {
        assert_eq!(whole("【返回顶部】"), Some(Meaning::Navigation));
        assert_eq!(whole("返回顶部再看一遍"), None);
        assert_eq!(start("上一篇：渡口").map(|word| word.meaning), Some(Meaning::Pager));
        assert_eq!(anywhere("某某公司 京ICP备12345号"), Some(Meaning::Footer));
        assert_eq!(keys("来源：某报 作者：某人").map(|(key, ..)| key).collect::<Vec<_>>(), [Key::Source, Key::Author]);
    }
}
