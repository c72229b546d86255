//! Authors by the names that a page's markup has for them: microdata, `rel=author`, classes such as `post-author`.

use super::convert::is_hidden;
use super::metadata::one_line;
use super::tree::{NodeId, Tree};

/// Characters a name with what stands round it may have.
const LONGEST: usize = 90;

/// The authors the page's markup names; the surest mark wins, and of equal marks the first.
pub fn marked(tree: &Tree, body: NodeId) -> Vec<String> {
    let mut best: Option<(Mark, Vec<String>)> = None;
    let mut next = Some(body);
    while let Some(id) = next {
        if tree.is_element(id) && (is_elsewhere(tree, id) || is_hidden(tree, id)) {
            next = tree.following_skipping(id, body);
            continue;
        }
        if let Some(mark) = mark_of(tree, id).filter(|mark| best.as_ref().is_none_or(|(best, _)| mark > best)) {
            let names = people(&one_line(&tree.text_content(id)));
            if !names.is_empty() {
                best = Some((mark, names));
            }
        }
        next = tree.following(id, body);
    }
    best.map(|(_, names)| names).unwrap_or_default()
}

/// How sure a mark is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Mark {
    Address,
    Class,
    Declared,
}

fn mark_of(tree: &Tree, id: NodeId) -> Option<Mark> {
    let has = |name: &str, wanted: &str| {
        tree.attribute(id, name).is_some_and(|value| value.split_ascii_whitespace().any(|one| one == wanted))
    };
    if has("itemprop", "author") || has("rel", "author") {
        return Some(Mark::Declared);
    }
    if class_pieces(tree, id).any(|piece| matches!(piece.as_str(), "author" | "authors" | "byline" | "writer")) {
        return Some(Mark::Class);
    }
    let target = (tree.name(id) == "a").then(|| tree.attribute(id, "href")).flatten()?;
    let is_page_of_author = ["/author/", "/authors/", "/people/", "/profile/"].iter().any(|part| target.contains(part));
    is_page_of_author.then_some(Mark::Address)
}

/// The words of an element's classes and name, in lower case: `post__author-name` has three.
fn class_pieces(tree: &Tree, id: NodeId) -> impl Iterator<Item = String> {
    let values = ["class", "id"].map(|name| tree.attribute(id, name).unwrap_or_default().to_ascii_lowercase());
    let pieces: Vec<String> = values
        .iter()
        .flat_map(|value| value.split(|c: char| !c.is_ascii_alphanumeric()))
        .filter(|piece| !piece.is_empty())
        .map(str::to_owned)
        .collect();
    pieces.into_iter()
}

/// Whether an element holds other articles, or what readers said of this one.
fn is_elsewhere(tree: &Tree, id: NodeId) -> bool {
    const ELSEWHERE: [&str; 14] = [
        "comment",
        "comments",
        "related",
        "recommended",
        "recommend",
        "popular",
        "sidebar",
        "footer",
        "nav",
        "menu",
        "teaser",
        "carousel",
        "respond",
        "reply",
    ];
    matches!(tree.name(id), "nav" | "footer" | "form")
        || class_pieces(tree, id).any(|piece| ELSEWHERE.contains(&piece.as_str()))
}

/// Words before a name.
const BEFORE: [&str; 16] = [
    "written by",
    "posted by",
    "reviewed by",
    "published by",
    "words by",
    "story by",
    "by",
    "authors",
    "author",
    "作者",
    "撰文",
    "撰稿",
    "文",
    "著者",
    "執筆",
    "記者",
];

/// The people a line such as `By Ann Lee and Bo Chen | May 5` names; none when it names anything else.
pub fn people(line: &str) -> Vec<String> {
    if line.chars().count() > LONGEST {
        return Vec::new();
    }
    let mut rest = line.trim();
    loop {
        let lower = rest.to_lowercase();
        let after = BEFORE.iter().find_map(|word| {
            let tail = lower.strip_prefix(word)?;
            let parted = word.is_ascii() && tail.starts_with([' ', ':', '\u{a0}'])
                || tail.starts_with([':', '：', '/', '／', '|']);
            (parted && lower.len() == rest.len()).then(|| &rest[word.len()..])
        });
        match after {
            Some(after) => rest = after.trim_start_matches([' ', ':', '：', '/', '／', '|', '\u{a0}']),
            None => break,
        }
    }
    let ends = ["|", "·", "•", "—", " – ", " - ", "(", "（", "@", "来源", "发布", "编辑"];
    let digits = rest.find(|c: char| c.is_ascii_digit());
    let words = [" Published", " Updated", " Posted", " Last ", " on ", " in ", " for ", " is ", " min "];
    let end = ends.iter().chain(&words).filter_map(|end| rest.find(end)).chain(digits).min().unwrap_or(rest.len());
    let list = rest[..end].replace(" and ", ",").replace(" & ", ",");
    let mut names: Vec<String> = Vec::new();
    for part in list.split([',', '、', '，', ';', '；']) {
        let part = one_line(part);
        if is_person(&part) {
            names.push(part);
        } else if names.is_empty() {
            // What follows a name may be a degree; what stands in its place is no name.
            return Vec::new();
        }
    }
    names.dedup();
    names.truncate(8);
    names
}

fn is_person(name: &str) -> bool {
    let count = name.chars().count();
    let is_han = |c: char| ('\u{3400}'..='\u{9fff}').contains(&c) || c == '·';
    if name.chars().all(is_han) {
        return (2..=6).contains(&count) && !["作者", "记者", "佚名", "匿名", "编辑", "网友"].contains(&name);
    }
    const NOT_NAMES: &[&str] = &[
        "about",
        "share",
        "follow",
        "more",
        "posts",
        "view",
        "article",
        "read",
        "the",
        "our",
        "all",
        "admin",
        "unknown",
        "guest",
        "jan",
        "feb",
        "mar",
        "apr",
        "jun",
        "jul",
        "aug",
        "sep",
        "sept",
        "oct",
        "nov",
        "dec",
        "january",
        "february",
        "march",
        "april",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
        "instagram",
        "facebook",
        "twitter",
        "bluesky",
        "linkedin",
    ];
    let words: Vec<&str> = name.split(' ').collect();
    let is_word = |word: &&str| {
        let mut letters = word.chars();
        let first = letters.next().is_some_and(|c| c.is_uppercase() || c.is_alphabetic() && !c.is_lowercase());
        let particle =
            ["de", "da", "del", "van", "von", "der", "den", "la", "le", "di", "bin", "al", "y"].contains(word);
        (first || particle) && word.chars().all(|c| c.is_alphabetic() || matches!(c, '.' | '\'' | '’' | '-'))
    };
    (1..=5).contains(&words.len())
        && (3..=40).contains(&count)
        && words.iter().all(is_word)
        && !words.iter().any(|word| NOT_NAMES.contains(&word.to_lowercase().trim_end_matches('.')))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_names_people_or_nobody() {
        assert_eq!(people("By Ann Lee and Bo van Chen | May 5, 2024"), ["Ann Lee", "Bo van Chen"]);
        assert_eq!(people("Written by: Ann Lee, MD"), ["Ann Lee", "MD"][..1]);
        assert_eq!(people("作者：林小河"), ["林小河"]);
        assert_eq!(people("文／林小河、周青"), ["林小河", "周青"]);
        assert!(people("View all posts").is_empty());
        assert!(people("About the author").is_empty());
    }

    #[test]
    fn the_surest_mark_wins_and_comments_do_not_count() {
        let page = "<div class=comments><b class=author>Reader One</b></div><p class=byline>By Ann Lee</p>\
                    <a rel=author href=/x>Bo Chen</a>";
        let tree = Tree::parse(page, super::super::tree::Syntax::Html, &crate::options::Limits::default());
        assert_eq!(marked(&tree, NodeId::ROOT), ["Bo Chen"]);
    }
}
