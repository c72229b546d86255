//! Program listings: their text to the letter, without line numbers, and their language.

use super::tree::{NodeData, NodeId, Tree};

/// Whether a wrapper of a highlighter holds one listing and nothing else: the wrapper may know the language.
pub fn is_listing(tree: &Tree, id: NodeId) -> bool {
    let class = tree.attribute(id, "class").unwrap_or_default();
    let says = class.split_ascii_whitespace().any(|one| {
        matches!(one, "highlight" | "highlighttable" | "rouge-table" | "codehilite" | "sourceCode" | "code-block")
            || one.starts_with("highlight-")
            || one.starts_with("language-")
            || one == "syntaxhighlighter"
    });
    says && tree.subtree(id).filter(|one| matches!(tree.name(*one), "pre" | "table")).count() >= 1
        && tree.subtree(id).all(|one| !matches!(tree.name(one), "p" | "h1" | "h2" | "h3" | "img" | "figcaption"))
}

/// The language and text of a listing.
pub fn listing(tree: &Tree, id: NodeId) -> (Option<String>, String) {
    let mut text = String::new();
    // Of a wrapper with numbers in one `pre` and code in another, the last is the code.
    let inner = tree.subtree(id).filter(|one| tree.name(*one) == "pre").last().unwrap_or(id);
    collect(tree, inner, &mut text);
    let text = text.replace("\r\n", "\n").replace(['\r', '\u{a0}'], "\n");
    let text = text.trim_end_matches(['\n', ' ', '\t']).trim_start_matches('\n');
    let around = std::iter::once(inner).chain(tree.ancestors(inner).take(3));
    let within = tree.subtree(inner).filter(|one| tree.name(*one) == "code").take(1);
    let language = within.chain(around).find_map(|one| language(tree, one));
    (language, text.to_owned())
}

fn collect(tree: &Tree, id: NodeId, text: &mut String) {
    for child in tree.children(id) {
        match tree.data(child) {
            NodeData::Text(part) => text.push_str(&part.replace('\u{a0}', " ")),
            NodeData::Element { .. } => {
                let class = tree.attribute(child, "class").unwrap_or_default();
                let is_number = class.split_ascii_whitespace().any(|one| {
                    matches!(
                        one,
                        "linenos"
                            | "lineno"
                            | "line-numbers-rows"
                            | "gutter"
                            | "hljs-ln-numbers"
                            | "ln"
                            | "line-number"
                            | "pre-numbering"
                            | "copy-btn"
                            | "hljs-button"
                            | "code-copy"
                    )
                });
                let name = tree.name(child);
                if is_number || matches!(name, "button" | "script" | "style") {
                    continue;
                }
                if name == "br" {
                    text.push('\n');
                    continue;
                }
                let is_line = matches!(name, "div" | "p" | "li" | "tr");
                if is_line && !text.is_empty() && !text.ends_with('\n') {
                    text.push('\n');
                }
                collect(tree, child, text);
                if is_line && !text.ends_with('\n') {
                    text.push('\n');
                }
            }
            NodeData::Root | NodeData::Other => {}
        }
    }
}

/// The language that an element names in a class or attribute.
fn language(tree: &Tree, id: NodeId) -> Option<String> {
    let named = ["data-lang", "data-language", "lang-name"].iter().find_map(|name| tree.attribute(id, name));
    let class = tree.attribute(id, "class").unwrap_or_default();
    let mut words = class.split_ascii_whitespace().peekable();
    let mut from_class = None;
    while let Some(word) = words.next() {
        let prefixes = ["language-", "lang-", "highlight-source-", "highlight-text-", "brush:", "sourceCode-"];
        if let Some(rest) = prefixes.iter().find_map(|prefix| word.strip_prefix(prefix)) {
            let rest = rest.trim_end_matches(';');
            from_class = if rest.is_empty() { words.peek().map(|next| next.trim_end_matches(';')) } else { Some(rest) };
            break;
        }
        if matches!(word, "sourceCode" | "src" | "hljs" | "prettyprint") {
            let next = words.peek().map(|next| next.trim_start_matches("src-"));
            from_class = next.filter(|next| !next.contains("numbers") && !next.starts_with("lang"));
        }
    }
    let language = named.or(from_class)?.trim().to_ascii_lowercase();
    let is_name = !language.is_empty()
        && language.len() <= 30
        && language.chars().all(|c| c.is_alphanumeric() || "+-#._".contains(c));
    (is_name && !matches!(language.as_str(), "plaintext" | "text" | "none" | "plain" | "default")).then_some(language)
}

#[cfg(test)]
mod tests {
    use super::super::tree::Syntax;
    use super::*;
    use crate::options::Limits;

    fn of(markup: &str) -> (Option<String>, String) {
        let tree = Tree::parse(markup, Syntax::Html, &Limits::default());
        let id = tree.first_named(NodeId::ROOT, "pre").expect("there is a pre");
        listing(&tree, id)
    }

    #[test]
    fn listings_keep_their_letters_and_name_their_language() {
        let (language, text) = of("<pre><code class='hljs language-rust'>fn a() {\n    b\n}\n</code></pre>");
        assert_eq!((language.as_deref(), text.as_str()), (Some("rust"), "fn a() {\n    b\n}"));
        let (language, text) = of("<pre class='brush: js;'><span class=lineno>1</span>let a;<br>b</pre>");
        assert_eq!((language.as_deref(), text.as_str()), (Some("js"), "let a;\nb"));
    }
}
