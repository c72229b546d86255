//! `<ruby>` to pairs of base and annotation (HTML §4.5.10 and the HTML Ruby extensions with `rb` and `rtc`).

use super::style;
use super::tree::{NodeId, Tree};
use crate::document::{Inline, RubyPair, RubyPosition};

/// The ruby of an element as inlines, and the text of second annotations, which have no place in the model.
///
/// Base text without annotation stays text beside the ruby.
pub fn ruby(tree: &Tree, id: NodeId) -> (Vec<Inline>, Option<String>) {
    let mut parts = Parts::default();
    parts.collect(tree, id);
    parts.close_group();
    let position = position(tree, id, &parts.pairs);
    let lost = (!parts.second.is_empty()).then_some(parts.second);
    if parts.pairs.iter().all(|pair| pair.annotation.is_empty()) {
        let base: String = parts.pairs.into_iter().map(|pair| pair.base).collect();
        return (vec![Inline::Text(base)], lost);
    }
    let mut inlines = Vec::new();
    let mut run: Vec<RubyPair> = Vec::new();
    for pair in parts.pairs {
        if pair.annotation.is_empty() {
            flush(&mut run, position, &mut inlines);
            inlines.push(Inline::Text(pair.base));
        } else {
            run.push(pair);
        }
    }
    flush(&mut run, position, &mut inlines);
    (inlines, lost)
}

fn flush(run: &mut Vec<RubyPair>, position: RubyPosition, inlines: &mut Vec<Inline>) {
    if !run.is_empty() {
        inlines.push(Inline::Ruby { pairs: std::mem::take(run), position });
    }
}

/// Bases and annotations of the group being read, and what was read before.
#[derive(Default)]
struct Parts {
    bases: Vec<String>,
    annotations: Vec<String>,
    pairs: Vec<RubyPair>,
    second: String,
}

impl Parts {
    fn collect(&mut self, tree: &Tree, id: NodeId) {
        for child in tree.children(id) {
            match tree.name(child) {
                "rt" => self.annotations.push(line(&tree.text_content(child))),
                "rtc" if self.annotations.is_empty() => {
                    let marked: Vec<String> = tree
                        .children(child)
                        .filter(|one| tree.name(*one) == "rt")
                        .map(|one| line(&tree.text_content(one)))
                        .collect();
                    let all = || vec![line(&tree.text_content(child))];
                    self.annotations = if marked.is_empty() { all() } else { marked };
                }
                "rtc" => self.second.push_str(&line(&tree.text_content(child))),
                "rp" | "script" | "style" => {}
                "rb" => self.base(line(&tree.text_content(child)), true),
                "ruby" => {
                    // A ruby as the base of another: the outer annotation goes over the whole.
                    self.base(base_text(tree, child), true);
                }
                "span" | "rbc" if tree.subtree(child).any(|one| tree.name(one) == "rt" || tree.name(one) == "rb") => {
                    self.collect(tree, child);
                }
                "br" => {}
                _ => self.base(line(&tree.text_content(child)), false),
            }
        }
    }

    /// A piece of base text; a new one after annotations opens a new group.
    fn base(&mut self, text: String, is_own: bool) {
        if text.is_empty() {
            return;
        }
        if !self.annotations.is_empty() {
            self.close_group();
        }
        match self.bases.last_mut() {
            Some(before) if !is_own => before.push_str(&text),
            _ => self.bases.push(text),
        }
    }

    fn close_group(&mut self) {
        let mut bases = std::mem::take(&mut self.bases);
        let mut annotations = std::mem::take(&mut self.annotations);
        if annotations.len() == 1 && bases.len() > 1 {
            bases = vec![bases.concat()];
        }
        if bases.is_empty() && !annotations.is_empty() {
            // Annotations without base: what they say must not be lost.
            self.pairs.push(RubyPair { base: annotations.concat(), annotation: String::new() });
            return;
        }
        if annotations.len() > bases.len() {
            let rest = annotations.split_off(bases.len());
            if let Some(last) = annotations.last_mut() {
                rest.iter().for_each(|more| last.push_str(more));
            }
        }
        annotations.resize(bases.len(), String::new());
        let pairs = bases.into_iter().zip(annotations);
        self.pairs.extend(pairs.map(|(base, annotation)| RubyPair { base, annotation }));
    }
}

/// The base text of an inner ruby, without its annotations.
fn base_text(tree: &Tree, ruby: NodeId) -> String {
    let (inlines, _) = self::ruby(tree, ruby);
    crate::document::plain_text(&inlines)
}

/// White space within ruby is for layout only, except between words.
fn line(text: &str) -> String {
    let words: Vec<&str> = text.split_ascii_whitespace().collect();
    words.join(" ")
}

fn position(tree: &Tree, id: NodeId, pairs: &[RubyPair]) -> RubyPosition {
    let style = tree.attribute(id, "style").unwrap_or_default();
    match style::property(style, "ruby-position").as_deref() {
        Some("under") => RubyPosition::Under,
        Some("inter-character") => RubyPosition::InterCharacter,
        Some(_) => RubyPosition::Over,
        None if is_bopomofo(pairs) => RubyPosition::InterCharacter,
        None => RubyPosition::Over,
    }
}

/// Bopomofo stands at the right of each character in both modes (clreq §3.3.3).
fn is_bopomofo(pairs: &[RubyPair]) -> bool {
    let mut letters = pairs.iter().flat_map(|pair| pair.annotation.chars()).filter(|c| !c.is_whitespace()).peekable();
    letters.peek().is_some()
        && letters.all(
            |c| matches!(c, '\u{3105}'..='\u{312f}' | '\u{31a0}'..='\u{31bf}' | 'ˊ' | 'ˇ' | 'ˋ' | '˙' | 'ˉ' | '一'),
        )
}

#[cfg(test)]
mod tests {
    use super::super::tree::Syntax;
    use super::*;
    use crate::options::Limits;

    fn pairs(markup: &str) -> Vec<(String, String)> {
        let tree = Tree::parse(markup, Syntax::Html, &Limits::default());
        let id = tree.first_named(NodeId::ROOT, "ruby").expect("there is a ruby");
        let mut found = Vec::new();
        for inline in ruby(&tree, id).0 {
            match inline {
                Inline::Ruby { pairs, .. } => found.extend(pairs.into_iter().map(|pair| (pair.base, pair.annotation))),
                other => found.push((crate::document::plain_text(&[other]), String::new())),
            }
        }
        found
    }

    fn as_strings(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
        pairs.iter().map(|(base, annotation)| ((*base).to_owned(), (*annotation).to_owned())).collect()
    }

    #[test]
    fn each_way_of_writing_ruby_gives_its_pairs() {
        let interleaved = "<ruby>漢<rp>(</rp><rt>かん</rt><rp>)</rp>字<rt>じ</rt></ruby>";
        assert_eq!(pairs(interleaved), as_strings(&[("漢", "かん"), ("字", "じ")]));
        let tabular = "<ruby><rb>漢<rb>字<rt>かん<rt>じ</ruby>";
        assert_eq!(pairs(tabular), as_strings(&[("漢", "かん"), ("字", "じ")]));
        let group = "<ruby><rb>今</rb><rb>日</rb><rtc><rt>きょう</rt></rtc></ruby>";
        assert_eq!(pairs(group), as_strings(&[("今日", "きょう")]));
        let partly = "<ruby>振<rt>ふ</rt>り<rt></rt>仮名<rt>がな</rt></ruby>";
        assert_eq!(pairs(partly), as_strings(&[("振", "ふ"), ("り", ""), ("仮名", "がな")]));
    }
}
