//! What the page's own style sheets say of its elements, as far as it changes meaning.
//!
//! Sheets come in as `<style>` elements and as files beside the source that `<link>` names; out comes, for each element, the declarations that win (CSS Cascading
//! 4 §6). Work is bounded: sheets past [`MOST_BYTES`], rules past [`MOST_RULES`] and matches past [`MOST_STEPS`] are
//! left aside. What a declaration means for the document is left to others.

use std::collections::BTreeMap;

use cssparser::{
    AtRuleParser, CowRcStr, DeclarationParser, ParseError, Parser, ParserState, QualifiedRuleParser,
    RuleBodyItemParser, RuleBodyParser, StyleSheetParser,
};

use super::selector::{Budget, Selector, Test};
use super::style;
use super::tree::{NodeId, Tree};
use crate::source::Source;

/// The properties that carry meaning; rules of others are not kept.
const PROPERTIES: &[&str] = &[
    "break-after",
    "break-before",
    "display",
    "float",
    "font-style",
    "font-variant",
    "font-variant-caps",
    "font-weight",
    "list-style",
    "list-style-type",
    "page-break-after",
    "page-break-before",
    "ruby-position",
    "text-align",
    "text-decoration",
    "text-decoration-line",
    "text-decoration-style",
    "text-emphasis",
    "text-emphasis-style",
    "text-indent",
    "vertical-align",
    "-webkit-text-emphasis",
    "-webkit-text-emphasis-style",
];

const MOST_BYTES: usize = 4 << 20;
const MOST_RULES: usize = 50_000;
const MOST_STEPS: u64 = 30_000_000;
/// Rules within rules (`@media`, `@supports`).
const DEEPEST_BLOCK: u8 = 16;

/// Declarations by element.
#[derive(Debug, Default)]
pub struct Styles {
    declared: BTreeMap<NodeId, BTreeMap<&'static str, usize>>,
    declarations: Vec<Declaration>,
    /// Something was left aside to keep within the bounds.
    pub bounded: bool,
}

#[derive(Debug)]
struct Declaration {
    property: &'static str,
    /// In lower case.
    value: String,
    important: bool,
}

impl Styles {
    /// What the sheets of a page say of its elements: those in it, and those it links to that stand beside the source.
    pub fn of(tree: &Tree, source: Option<&Source>) -> Styles {
        let mut sheet = Sheet::default();
        let mut bytes = 0;
        for id in tree.subtree(NodeId::ROOT) {
            let media = tree.attribute(id, "media").unwrap_or_default();
            let text = match tree.name(id) {
                _ if !is_for_pages(media) => None,
                "style" => Some(tree.text_content(id)),
                "link" => source.and_then(|source| linked(tree, id, source)),
                _ => None,
            };
            let Some(text) = text else { continue };
            bytes += text.len();
            if bytes > MOST_BYTES {
                sheet.bounded = true;
                break;
            }
            sheet.read(&text);
        }
        sheet.cascade(tree)
    }

    /// The value of a property of an element, from its `style` attribute or the sheets; in lower case.
    pub fn property(&self, tree: &Tree, id: NodeId, name: &str) -> Option<String> {
        let declared = self.declared.get(&id).and_then(|of| of.get(name)).map(|at| &self.declarations[*at]);
        if let Some(declaration) = declared.filter(|declaration| declaration.important) {
            return Some(declaration.value.clone());
        }
        let own = tree.attribute(id, "style").and_then(|style| style::property(style, name));
        own.or_else(|| declared.map(|declaration| declaration.value.clone()))
    }

    /// [`Styles::property`] of the element or the nearest one round it that has it: what is inherited.
    pub fn inherited(&self, tree: &Tree, id: NodeId, name: &str) -> Option<String> {
        let mut around = std::iter::once(id).chain(tree.ancestors(id));
        around.find_map(|one| self.property(tree, one, name)).filter(|value| value != "inherit")
    }

    /// The elements that the sheets say something of, in document order of their making.
    pub fn elements(&self) -> impl Iterator<Item = NodeId> + '_ {
        self.declared.keys().copied()
    }
}

/// Rules with declarations worth keeping, in order.
#[derive(Default)]
struct Sheet {
    rules: Vec<Rule>,
    declarations: Vec<Declaration>,
    bounded: bool,
}

struct Rule {
    selector: Selector,
    /// In the sheet's declarations.
    declarations: std::ops::Range<usize>,
}

impl Sheet {
    fn read(&mut self, text: &str) {
        let mut parser = Parser::new(text);
        parser.set_nested_block_limit(DEEPEST_BLOCK);
        // A rule that is not understood is skipped, as CSS has it.
        StyleSheetParser::new(&mut parser, self).for_each(drop);
    }

    /// Match the rules with the elements: the more specific wins, of equals the later (CSS Cascading 4 §6.1).
    fn cascade(mut self, tree: &Tree) -> Styles {
        self.rules.sort_by_key(|rule| rule.selector.specificity);
        let mut styles = Styles { bounded: self.bounded, ..Styles::default() };
        if self.rules.is_empty() {
            return styles;
        }
        let index = Index::of(&self.rules);
        let mut budget = Budget { left: MOST_STEPS };
        for id in tree.subtree(NodeId::ROOT).filter(|id| tree.is_element(*id)) {
            let mut found: BTreeMap<&'static str, usize> = BTreeMap::new();
            for at in index.candidates(tree, id) {
                let rule = &self.rules[at];
                if !rule.selector.matches(tree, id, &mut budget) {
                    continue;
                }
                for at in rule.declarations.clone() {
                    let declaration = &self.declarations[at];
                    let before = found.get(declaration.property).map(|at| &self.declarations[*at]);
                    if before.is_none_or(|before| declaration.important || !before.important) {
                        found.insert(declaration.property, at);
                    }
                }
            }
            if budget.left == 0 {
                styles.bounded = true;
                break;
            }
            if !found.is_empty() {
                styles.declared.insert(id, found);
            }
        }
        styles.declarations = self.declarations;
        styles
    }
}

/// Rules by what their subject must at least have.
#[derive(Default)]
struct Index<'a> {
    ids: BTreeMap<&'a str, Vec<usize>>,
    classes: BTreeMap<&'a str, Vec<usize>>,
    names: BTreeMap<&'a str, Vec<usize>>,
    others: Vec<usize>,
}

impl<'a> Index<'a> {
    fn of(rules: &'a [Rule]) -> Index<'a> {
        let mut index = Index::default();
        for (at, rule) in rules.iter().enumerate() {
            let subject = &rule.selector.subject;
            let id = subject.tests.iter().find_map(|test| if let Test::Id(id) = test { Some(id) } else { None });
            let class =
                subject.tests.iter().find_map(|test| if let Test::Class(class) = test { Some(class) } else { None });
            match (id, class, &subject.name) {
                (Some(id), ..) => index.ids.entry(id).or_default().push(at),
                (_, Some(class), _) => index.classes.entry(class).or_default().push(at),
                (.., Some(name)) => index.names.entry(name).or_default().push(at),
                _ => index.others.push(at),
            }
        }
        index
    }

    /// Rules that may select an element, in order of the cascade.
    fn candidates(&self, tree: &Tree, id: NodeId) -> Vec<usize> {
        let mut found = self.others.clone();
        found.extend(self.names.get(tree.name(id)).into_iter().flatten());
        found.extend(tree.attribute(id, "id").and_then(|own| self.ids.get(own)).into_iter().flatten());
        let classes = tree.attribute(id, "class").unwrap_or_default().split_ascii_whitespace();
        found.extend(classes.take(64).filter_map(|class| self.classes.get(class)).flatten());
        found.sort_unstable();
        found.dedup();
        found
    }
}

/// The sheet a `link` element names, where it is a file in the folder of the source.
fn linked(tree: &Tree, id: NodeId, source: &Source) -> Option<String> {
    let relations = tree.attribute(id, "rel")?.to_ascii_lowercase();
    let mut relations = relations.split_ascii_whitespace();
    let address = tree.attribute(id, "href")?.trim();
    let is_file = !address.is_empty() && !address.contains(':') && !address.starts_with('/');
    if !is_file || !relations.clone().any(|one| one == "stylesheet") || relations.any(|one| one == "alternate") {
        return None;
    }
    let name = address.split(['?', '#']).next().unwrap_or_default();
    let bytes = source.beside(name, MOST_BYTES as u64).ok()?;
    Some(String::from_utf8_lossy(&bytes).trim_start_matches('\u{feff}').to_owned())
}

/// Whether a media query holds for pages of paper or any screen; one that asks for more does not.
fn is_for_pages(query: &str) -> bool {
    let query = query.trim().to_ascii_lowercase();
    query.is_empty() || query.split(',').any(|one| matches!(one.trim(), "all" | "print" | "screen" | "only screen"))
}

impl<'i> AtRuleParser<'i> for Sheet {
    type Prelude = ();
    type AtRule = ();
    type Error = ();

    fn parse_prelude(&mut self, name: CowRcStr<'i>, input: &mut Parser<'i>) -> Result<(), ParseError<()>> {
        let start = input.position();
        while input.next().is_ok() {}
        let query = input.slice_from(start);
        let holds = match name.to_ascii_lowercase().as_str() {
            "media" => is_for_pages(query),
            // What cannot be set is asked for with `not`.
            "supports" => !query.trim_start().to_ascii_lowercase().starts_with("not"),
            "layer" => true,
            _ => false,
        };
        holds.then_some(()).ok_or_else(ParseError::unexpected_token)
    }

    fn parse_block(&mut self, (): (), _: &ParserState, input: &mut Parser<'i>) -> Result<(), ParseError<()>> {
        StyleSheetParser::new(input, self).for_each(drop);
        Ok(())
    }
}

impl<'i> QualifiedRuleParser<'i> for Sheet {
    type Prelude = Vec<Selector>;
    type QualifiedRule = ();
    type Error = ();

    fn parse_prelude(&mut self, input: &mut Parser<'i>) -> Result<Vec<Selector>, ParseError<()>> {
        Ok(input.parse_comma_separated_ignoring_errors(Selector::parse))
    }

    fn parse_block(
        &mut self,
        selectors: Vec<Selector>,
        _: &ParserState,
        input: &mut Parser<'i>,
    ) -> Result<(), ParseError<()>> {
        let start = self.declarations.len();
        self.declarations.extend(RuleBodyParser::new(input, &mut Declarations).flatten());
        let range = start..self.declarations.len();
        if range.is_empty() {
            return Ok(());
        }
        if self.rules.len() + selectors.len() > MOST_RULES {
            self.bounded = true;
            return Ok(());
        }
        self.rules.extend(selectors.into_iter().map(|selector| Rule { selector, declarations: range.clone() }));
        Ok(())
    }
}

/// Parses the body of a rule.
struct Declarations;

impl<'i> DeclarationParser<'i> for Declarations {
    type Declaration = Declaration;
    type Error = ();

    fn parse_value(
        &mut self,
        name: CowRcStr<'i>,
        input: &mut Parser<'i>,
        _: &ParserState,
    ) -> Result<Declaration, ParseError<()>> {
        let known = PROPERTIES.iter().find(|property| property.eq_ignore_ascii_case(&name));
        let property = known.ok_or_else(ParseError::unexpected_token)?;
        let start = input.position();
        while input.next().is_ok() {}
        let written = input.slice_from(start).trim().to_ascii_lowercase();
        let (value, important) = match written.rsplit_once('!') {
            Some((value, "important")) => (value.trim().to_owned(), true),
            _ => (written, false),
        };
        Ok(Declaration { property, value, important })
    }
}

impl AtRuleParser<'_> for Declarations {
    type Prelude = ();
    type AtRule = Declaration;
    type Error = ();
}

impl QualifiedRuleParser<'_> for Declarations {
    type Prelude = ();
    type QualifiedRule = Declaration;
    type Error = ();
}

impl RuleBodyItemParser<'_, Declaration, ()> for Declarations {
    fn parse_declarations(&self) -> bool {
        true
    }

    fn parse_qualified(&self) -> bool {
        false
    }
}

#[cfg(test)]
mod tests {
    use super::super::tree::Syntax;
    use super::*;
    use crate::options::Limits;

    fn value(markup: &str, element: &str, property: &str) -> Option<String> {
        let tree = Tree::parse(markup, Syntax::Html, &Limits::default());
        let id = tree.first_named(NodeId::ROOT, element).expect("the element is there");
        Styles::of(&tree, None).property(&tree, id, property)
    }

    #[test]
    fn the_more_specific_rule_wins_then_the_later_then_the_important() {
        let page = |sheet: &str| format!("<style>{sheet}</style><p id=a class='x y'><em style='float:left'>甲</em>");
        let align = |sheet: &str| value(&page(sheet), "p", "text-align").unwrap_or_default();
        assert_eq!(align("p.x {text-align: CENTER} p {text-align: left}"), "center");
        assert_eq!(align("p {text-align: left} p {text-align: right; color: red}"), "right");
        assert_eq!(align("p {text-align: left !important} #a {text-align: right}"), "left");
        assert_eq!(value(&page("em {float: footnote}"), "em", "float").as_deref(), Some("left"));
        assert_eq!(value(&page("em {float: footnote !important}"), "em", "float").as_deref(), Some("footnote"));
    }

    #[test]
    fn selectors_of_every_kind_match() {
        let page = |selector: &str| {
            format!(
                "<html lang=zh-Hans><style>{selector} {{ float: footnote }}</style><body><div class=k><h2>题</h2>\
                 <p>甲</p><p data-n='fn-1'>乙<b>丙</b></p></div>"
            )
        };
        let yes = [
            "b",
            "div b",
            "div > p > b",
            "h2 ~ p b",
            "h2 + p + p b",
            "[data-n] b",
            "[data-n^=fn] b",
            "[data-n|='fn'] b",
            ".k *",
            ":lang(zh) b",
            ":root b",
            "b:last-child",
            "i, b",
            "@media print { b",
            "@supports (float: footnote) { b",
        ];
        for selector in yes {
            assert_eq!(value(&page(selector), "b", "float").as_deref(), Some("footnote"), "{selector}");
        }
        let no = [
            "i b",
            "div > b",
            "h2 + p b",
            "b::before",
            "b:hover",
            "B.x",
            "@media (min-width: 9em) { b",
            "p:first-child b",
        ];
        for selector in no {
            assert_eq!(value(&page(selector), "b", "float"), None, "{selector}");
        }
    }

    #[test]
    fn hostile_sheets_end_soon() {
        let deep = format!("<style>{}</style><p>甲", "@media all{".repeat(100_000));
        assert_eq!(value(&deep, "p", "float"), None);
        let open = format!("<style>{}</style><p>甲", "p[(".repeat(100_000));
        assert_eq!(value(&open, "p", "float"), None);
        let many = format!(
            "<style>{}</style>{}<p>甲",
            "i ~ i ~ i ~ i ~ i ~ i ~ i ~ p { float: footnote }".repeat(500),
            "<i></i>".repeat(5_000)
        );
        value(&many, "p", "float");
    }
}
