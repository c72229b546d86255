//! Which part of a site's page is the article: scores of text blocks, the smallest element that holds most of them, and
//! what is cut out of that.
//!
//! What comes out is one element and the elements below it that are not the article, each with the reason in a word.
//! Everything is a few passes over the tree, so the time is linear.

use std::collections::BTreeSet;

use super::chrome::{self, Chrome};
use super::convert::{is_block, is_hidden};
use super::tree::{NodeId, Tree};
use crate::document::white_space::is_ideographic;

/// The article of a page.
pub struct MainContent {
    pub top: NodeId,
    /// Elements below it that do not belong to it, in document order.
    pub left_out: Vec<(NodeId, &'static str)>,
}

/// Whether a page has a site round its article: navigation, side bars, scripts that share and count.
pub fn looks_like_a_site(tree: &Tree, body: NodeId) -> bool {
    let mut signs = 0;
    for id in tree.subtree(body) {
        signs += match tree.name(id) {
            "nav" => 2,
            "footer" | "aside" | "form" | "iframe" => 1,
            "script" | "button" | "noscript" => 1,
            "" => 0,
            _ => usize::from(chrome::of_element(tree, id).is_some()),
        };
        if signs >= 3 {
            return true;
        }
    }
    false
}

/// The article below `body`; none when the page has no text to speak of.
pub fn find(tree: &Tree, body: NodeId) -> Option<MainContent> {
    let order: Vec<NodeId> = tree.subtree(body).collect();
    let raw = Scores::of(tree, &order, &BTreeSet::new());
    let all = raw.weight(body);
    if all <= 0.0 {
        return None;
    }
    let chrome = chrome_of(tree, &order, &raw, body);
    let cut: BTreeSet<NodeId> = chrome.iter().map(|(id, _)| *id).collect();
    let scores = Scores::of(tree, &order, &cut);
    // Where nearly everything but the comments was taken for chrome the names mislead.
    let comments: BTreeSet<NodeId> =
        chrome.iter().filter(|(_, reason)| *reason == "comments").map(|(id, _)| *id).collect();
    let without_comments = Scores::of(tree, &order, &comments);
    if scores.weight(body) < 0.15 * without_comments.weight(body) {
        let top = smallest_holder(tree, body, &without_comments);
        let left_out = within(tree, top, chrome.into_iter().filter(|(id, _)| comments.contains(id)));
        return Some(with_link_lists(tree, top, left_out, &without_comments, &comments));
    }
    let top = smallest_holder(tree, body, &scores);
    let left_out = within(tree, top, chrome.into_iter());
    Some(with_link_lists(tree, top, left_out, &scores, &cut))
}

/// The cuts that lie below the article's element.
fn within(tree: &Tree, top: NodeId, cuts: impl Iterator<Item = (NodeId, &'static str)>) -> Vec<(NodeId, &'static str)> {
    cuts.filter(|(id, _)| tree.ancestors(*id).any(|one| one == top)).collect()
}

fn with_link_lists(
    tree: &Tree,
    top: NodeId,
    mut left_out: Vec<(NodeId, &'static str)>,
    scores: &Scores,
    cut: &BTreeSet<NodeId>,
) -> MainContent {
    left_out.extend(link_lists(tree, top, scores, cut));
    left_out.sort_unstable();
    MainContent { top, left_out }
}

/// Counts of one element with all below it, in words: a Han character is one, a word of letters is one.
#[derive(Clone, Copy, Default)]
struct Count {
    words: f32,
    linked: f32,
    /// Worth as running text.
    weight: f32,
    links: u32,
    images: u32,
}

struct Scores {
    counts: Vec<Count>,
}

impl Scores {
    /// Counts for each node; the subtrees in `cut` count for nothing.
    fn of(tree: &Tree, order: &[NodeId], cut: &BTreeSet<NodeId>) -> Scores {
        let mut counts = vec![Count::default(); tree.len()];
        // For each node the nearest block it is in, and whether it is in a link, from the top down.
        let mut block = vec![None; tree.len()];
        let mut linked = vec![false; tree.len()];
        let mut gone = vec![false; tree.len()];
        let mut own: Vec<Own> = vec![Own::default(); tree.len()];
        for &id in order {
            let above = tree.parent(id).filter(|_| id != order[0]);
            let at = id.index();
            if let Some(above) = above {
                block[at] = block[above.index()];
                linked[at] = linked[above.index()];
                gone[at] = gone[above.index()];
            }
            if gone[at] {
                continue;
            }
            let name = tree.name(id);
            if !name.is_empty() {
                gone[at] = cut.contains(&id) || (is_hidden(tree, id) && id != order[0]);
                if is_block(name) {
                    block[at] = Some(id);
                }
                linked[at] |= name == "a" && tree.attribute(id, "href").is_some();
                counts[at].links += u32::from(name == "a");
                counts[at].images += u32::from(name == "img");
                continue;
            }
            let Some(text) = tree.text(id) else { continue };
            let holder = block[at].unwrap_or(order[0]).index();
            own[holder].add(text, linked[at]);
        }
        for &id in order {
            let own = &own[id.index()];
            counts[id.index()].words += own.words;
            counts[id.index()].linked += own.linked;
            counts[id.index()].weight += own.worth(tree.name(id));
        }
        for &id in order.iter().skip(1).rev() {
            let Some(parent) = tree.parent(id) else { continue };
            if gone[id.index()] {
                counts[id.index()] = Count::default();
                continue;
            }
            let count = counts[id.index()];
            let sum = &mut counts[parent.index()];
            sum.words += count.words;
            sum.linked += count.linked;
            sum.weight += count.weight;
            sum.links += count.links;
            sum.images += count.images;
        }
        Scores { counts }
    }

    fn weight(&self, id: NodeId) -> f32 {
        self.counts[id.index()].weight
    }
}

/// The text that stands in a block itself.
#[derive(Clone, Copy, Default)]
struct Own {
    words: f32,
    linked: f32,
    points: f32,
}

impl Own {
    fn add(&mut self, text: &str, linked: bool) {
        let mut words = 0.0;
        let mut in_word = false;
        for character in text.chars() {
            if is_ideographic(character) || matches!(character, '“' | '”' | '…') {
                let is_point = matches!(character, '，' | '。' | '、' | '；' | '：' | '？' | '！' | '”' | '…');
                self.points += f32::from(u8::from(is_point && !linked));
                words += f32::from(u8::from(character.is_alphanumeric()));
                in_word = false;
                continue;
            }
            let is_word = character.is_alphanumeric() || matches!(character, '\'' | '’' | '-');
            words += f32::from(u8::from(is_word && !in_word));
            in_word = is_word;
            self.points += f32::from(u8::from(!linked && matches!(character, ',' | '.' | ';' | '?' | '!')));
        }
        self.words += words;
        if linked {
            self.linked += words;
        }
    }

    /// Worth as running text: sentences weigh more than labels, links take away.
    fn worth(&self, name: &str) -> f32 {
        let free = self.words - self.linked;
        if self.words <= 0.0 || matches!(name, "h1" | "h2" | "h3" | "h4" | "h5" | "h6") {
            return 0.0;
        }
        let density = self.linked / self.words;
        if density > 0.6 {
            return 0.0;
        }
        let is_sentence = free >= 12.0 && self.points >= 1.0;
        let factor = match name {
            _ if !is_sentence => 0.15,
            "li" | "td" | "dd" => 0.7,
            _ => 1.0,
        };
        free * (1.0 - density) * factor
    }
}

/// Elements that are no part of any article, by their names and the words of their classes. A name is not believed of an
/// element that holds most of the page's text.
fn chrome_of(tree: &Tree, order: &[NodeId], raw: &Scores, body: NodeId) -> Vec<(NodeId, &'static str)> {
    let all = raw.weight(body);
    let mut found = Vec::new();
    let mut skipped: Option<NodeId> = None;
    for &id in order.iter().skip(1) {
        if let Some(above) = skipped {
            if tree.ancestors(id).take_while(|one| *one != body).any(|one| one == above) {
                continue;
            }
            skipped = None;
        }
        let Some(kind) = chrome::of_element(tree, id) else { continue };
        let share = raw.weight(id) / all;
        let limit = match kind {
            // Readers may write far more than the author did.
            Chrome::Certain("comments") if all - raw.weight(id) > 25.0 => 0.99,
            Chrome::Certain(_) => 0.6,
            Chrome::Likely("comments") if all - raw.weight(id) > 60.0 => 0.8,
            Chrome::Likely(_) => 0.3,
        };
        if share < limit {
            found.push((id, kind.reason()));
            skipped = Some(id);
        }
    }
    found
}

/// From the body down to the smallest element that holds most of the running text.
fn smallest_holder(tree: &Tree, body: NodeId, scores: &Scores) -> NodeId {
    let mut here = body;
    loop {
        let elements = tree.children(here).filter(|child| tree.is_element(*child));
        let best = elements.max_by(|one, other| scores.weight(*one).total_cmp(&scores.weight(*other)));
        let Some(best) = best else { return here };
        let is_group = matches!(
            tree.name(best),
            "div"
                | "section"
                | "article"
                | "main"
                | "td"
                | "tr"
                | "tbody"
                | "table"
                | "center"
                | "form"
                | "span"
                | "font"
                | "body"
        );
        if is_group && scores.weight(best) >= 0.7 * scores.weight(here) {
            here = best;
            continue;
        }
        // Of several articles in a row the one with the page's heading is meant; the others are teasers.
        let articles = tree.children(here).filter(|child| tree.name(*child) == "article");
        let mut headed = articles.filter(|one| scores.weight(*one) > 60.0 && tree.first_named(*one, "h1").is_some());
        match (headed.next(), headed.next()) {
            (Some(only), None) => here = only,
            _ => return here,
        }
    }
}

/// Below the article's element, groups that are nearly all links, and lines that lead to other articles.
fn link_lists(tree: &Tree, top: NodeId, scores: &Scores, cut: &BTreeSet<NodeId>) -> Vec<(NodeId, &'static str)> {
    let mut found = Vec::new();
    let mut next = tree.children(top).next();
    while let Some(id) = next {
        if cut.contains(&id) || !tree.is_element(id) {
            next = if cut.contains(&id) { tree.following_skipping(id, top) } else { after(tree, id, top) };
            continue;
        }
        match reason_to_leave_out(tree, id, scores) {
            Some(reason) => {
                found.push((id, reason));
                next = tree.following_skipping(id, top);
            }
            None => next = after(tree, id, top),
        }
    }
    found
}

fn after(tree: &Tree, id: NodeId, top: NodeId) -> Option<NodeId> {
    tree.children(id).next().or_else(|| tree.following_skipping(id, top))
}

fn reason_to_leave_out(tree: &Tree, id: NodeId, scores: &Scores) -> Option<&'static str> {
    let count = scores.counts[id.index()];
    let name = tree.name(id);
    if count.words <= 0.0
        || !is_block(name)
        || matches!(name, "td" | "th" | "tr" | "tbody" | "li" | "figcaption" | "pre")
    {
        return None;
    }
    let density = count.linked / count.words;
    let is_group = matches!(name, "ul" | "ol" | "div" | "section" | "table" | "dl" | "center" | "form" | "header");
    if is_group && count.images == 0 && count.links >= 2 && density > 0.65 && count.weight < 20.0 {
        return Some("links");
    }
    if is_group && count.links >= 4 && density > 0.5 && count.weight < 40.0 {
        return Some("links");
    }
    if name == "form" && count.weight < 10.0 {
        return Some("form");
    }
    if count.words <= 30.0 && !matches!(name, "h1" | "blockquote") {
        return chrome::of_words(&tree.text_content(id));
    }
    None
}

#[cfg(test)]
mod tests {
    use super::super::tree::Syntax;
    use super::*;
    use crate::options::Limits;

    #[test]
    fn the_smallest_element_with_most_of_the_text_is_the_article() {
        let sentence = "河水在弯道外侧流得快，在内侧流得慢，于是外岸被冲刷，内岸积起沙来。";
        let markup = format!(
            "<body><div class=nav><a href=/>首页</a></div><div class=wrap><div id=x><p>{sentence}</p><p>{sentence}</p>\
             <div class=share>分享到</div></div><div class=sidebar><p>{sentence}</p></div></div>\
             <div><ul><li><a href=/1>一条新闻的标题</a><li><a href=/2>又一条新闻的标题</a></ul></div>"
        );
        let tree = Tree::parse(&markup, Syntax::Html, &Limits::default());
        let body = tree.first_named(NodeId::ROOT, "body").expect("there is a body");
        assert!(looks_like_a_site(&tree, body));
        let found = find(&tree, body).expect("there is an article");
        assert_eq!(tree.attribute(found.top, "id"), Some("x"));
        assert_eq!(found.left_out.len(), 1);
    }
}
