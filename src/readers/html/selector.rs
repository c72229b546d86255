//! Selectors of style sheets, matched on the tree.
//!
//! What is known: names, classes, ids, attributes, all four combinators, `:root`, `:first-child`, `:last-child` and
//! `:lang()` (Selectors Level 4). A selector with anything else matches nothing, as one a browser does not know.

use cssparser::{ParseError, Parser, Token};

use super::tree::{NodeId, Tree};

/// Elements compared with a selector so far, and how many may be: selectors with several combinators try many ways.
#[derive(Debug)]
pub struct Budget {
    pub left: u64,
}

impl Budget {
    fn spend(&mut self, steps: usize) -> bool {
        self.left = self.left.saturating_sub(steps as u64);
        self.left > 0
    }
}

#[derive(Debug)]
pub struct Selector {
    /// From the left; each but the last with what joins it to the next.
    before: Vec<(Compound, Combinator)>,
    pub subject: Compound,
    /// Ids; classes, attributes and pseudo-classes; names.
    pub specificity: (u16, u16, u16),
}

/// What one element must be.
#[derive(Debug, Default)]
pub struct Compound {
    pub name: Option<String>,
    pub tests: Vec<Test>,
}

#[derive(Debug)]
pub enum Test {
    Id(String),
    Class(String),
    Attribute(String, Relation, String),
    Root,
    FirstChild,
    LastChild,
    Language(String),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Relation {
    Exists,
    Equals,
    Includes,
    Dash,
    Prefix,
    Suffix,
    Contains,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Combinator {
    Descendant,
    Child,
    Next,
    Later,
}

/// Compounds in one selector; nobody writes more.
const MOST_COMPOUNDS: usize = 12;

impl Selector {
    /// Parse one selector of a list; errors on what is not known.
    pub fn parse<'i>(input: &mut Parser<'i>) -> Result<Selector, ParseError<()>> {
        let mut before: Vec<(Compound, Combinator)> = Vec::new();
        let mut here = Compound::default();
        let mut is_empty = true;
        let mut joined: Option<Combinator> = None;
        let mut specificity = (0, 0, 0);
        input.skip_whitespace();
        while let Ok(token) = input.next_including_whitespace() {
            let token = token.clone();
            let combinator = match &token {
                Token::WhiteSpace(_) => Some(Combinator::Descendant),
                Token::Delim('>') => Some(Combinator::Child),
                Token::Delim('+') => Some(Combinator::Next),
                Token::Delim('~') => Some(Combinator::Later),
                _ => None,
            };
            if let Some(found) = combinator {
                match joined {
                    // White space round another combinator says nothing.
                    None | Some(Combinator::Descendant) => joined = Some(found),
                    Some(_) if found == Combinator::Descendant => {}
                    Some(_) => return Err(ParseError::unexpected_token()),
                }
                continue;
            }
            if let Some(combinator) = joined.take() {
                if is_empty || before.len() + 1 >= MOST_COMPOUNDS {
                    return Err(ParseError::unexpected_token());
                }
                before.push((std::mem::take(&mut here), combinator));
            }
            here.add(&token, input, &mut specificity)?;
            is_empty = false;
        }
        if is_empty || joined.is_some_and(|last| last != Combinator::Descendant) {
            return Err(ParseError::unexpected_token());
        }
        Ok(Selector { before, subject: here, specificity })
    }

    /// Whether an element is selected; `false` once the budget is spent.
    pub fn matches(&self, tree: &Tree, id: NodeId, budget: &mut Budget) -> bool {
        self.subject.matches(tree, id, budget) && self.is_led_to(tree, id, self.before.len(), budget)
    }

    /// Whether what stands before the compound number `at` leads to this element.
    fn is_led_to(&self, tree: &Tree, id: NodeId, at: usize, budget: &mut Budget) -> bool {
        let Some(at) = at.checked_sub(1) else { return true };
        let (compound, combinator) = &self.before[at];
        let step = |here: NodeId| match combinator {
            Combinator::Descendant | Combinator::Child => tree.parent(here),
            Combinator::Next | Combinator::Later => {
                std::iter::successors(tree.previous(here), |one| tree.previous(*one)).find(|one| tree.is_element(*one))
            }
        };
        let mut here = id;
        while let Some(next) = step(here) {
            if budget.left == 0 {
                return false;
            }
            if compound.matches(tree, next, budget) && self.is_led_to(tree, next, at, budget) {
                return true;
            }
            if matches!(combinator, Combinator::Child | Combinator::Next) {
                return false;
            }
            here = next;
        }
        false
    }
}

impl Compound {
    fn add<'i>(
        &mut self,
        token: &Token<'i>,
        input: &mut Parser<'i>,
        specificity: &mut (u16, u16, u16),
    ) -> Result<(), ParseError<()>> {
        let is_first = self.name.is_none() && self.tests.is_empty();
        match token {
            Token::Ident(name) if is_first => {
                self.name = Some(name.to_ascii_lowercase());
                specificity.2 = specificity.2.saturating_add(1);
                return Ok(());
            }
            Token::Delim('*') if is_first => return Ok(()),
            Token::IDHash(name) => {
                self.tests.push(Test::Id(name.as_ref().to_owned()));
                specificity.0 = specificity.0.saturating_add(1);
                return Ok(());
            }
            Token::Delim('.') => {
                let class = input.expect_ident()?.as_ref().to_owned();
                self.tests.push(Test::Class(class));
            }
            Token::SquareBracketBlock => self.tests.push(input.parse_nested_block(attribute)?),
            Token::Colon => self.tests.push(pseudo_class(input)?),
            _ => return Err(ParseError::unexpected_token()),
        }
        specificity.1 = specificity.1.saturating_add(1);
        Ok(())
    }

    fn matches(&self, tree: &Tree, id: NodeId, budget: &mut Budget) -> bool {
        if !budget.spend(1) || !tree.is_element(id) {
            return false;
        }
        let is_named = self.name.as_ref().is_none_or(|name| tree.name(id) == name);
        is_named && self.tests.iter().all(|test| test.holds(tree, id, budget))
    }
}

impl Test {
    fn holds(&self, tree: &Tree, id: NodeId, budget: &mut Budget) -> bool {
        let mut value = |name: &str| {
            let found = tree.attribute(id, name);
            budget.spend(found.map_or(0, str::len) / 16);
            found
        };
        match self {
            Test::Id(wanted) => value("id") == Some(wanted),
            Test::Class(wanted) => {
                value("class").is_some_and(|classes| classes.split_ascii_whitespace().any(|one| one == wanted))
            }
            Test::Attribute(name, relation, wanted) => value(name).is_some_and(|value| relation.holds(value, wanted)),
            Test::Root => tree.parent(id) == Some(NodeId::ROOT),
            Test::FirstChild => is_outermost(tree, id, Tree::previous, budget),
            Test::LastChild => is_outermost(tree, id, Tree::next, budget),
            Test::Language(wanted) => {
                let mut around = std::iter::once(id).chain(tree.ancestors(id));
                let declared = around.find_map(|one| tree.attribute(one, "lang").or(tree.attribute(one, "xml:lang")));
                declared.is_some_and(|tag| Relation::Dash.holds(&tag.to_ascii_lowercase(), wanted))
            }
        }
    }
}

/// Whether no element stands on one side of an element.
fn is_outermost(tree: &Tree, id: NodeId, step: fn(&Tree, NodeId) -> Option<NodeId>, budget: &mut Budget) -> bool {
    let mut beside = std::iter::successors(step(tree, id), |one| step(tree, *one));
    !beside.any(|one| !budget.spend(1) || tree.is_element(one))
}

impl Relation {
    fn holds(self, value: &str, wanted: &str) -> bool {
        match self {
            Relation::Exists => true,
            Relation::Equals => value == wanted,
            Relation::Includes => value.split_ascii_whitespace().any(|one| one == wanted),
            Relation::Dash => value.strip_prefix(wanted).is_some_and(|rest| rest.is_empty() || rest.starts_with('-')),
            Relation::Prefix => !wanted.is_empty() && value.starts_with(wanted),
            Relation::Suffix => !wanted.is_empty() && value.ends_with(wanted),
            Relation::Contains => !wanted.is_empty() && value.contains(wanted),
        }
    }
}

/// What stands between `[` and `]`.
fn attribute<'i>(input: &mut Parser<'i>) -> Result<Test, ParseError<()>> {
    let name = input.expect_ident()?.to_ascii_lowercase();
    let relation = match input.next() {
        Err(_) => return Ok(Test::Attribute(name, Relation::Exists, String::new())),
        Ok(Token::Delim('=')) => Relation::Equals,
        Ok(Token::IncludeMatch) => Relation::Includes,
        Ok(Token::DashMatch) => Relation::Dash,
        Ok(Token::PrefixMatch) => Relation::Prefix,
        Ok(Token::SuffixMatch) => Relation::Suffix,
        Ok(Token::SubstringMatch) => Relation::Contains,
        Ok(_) => return Err(ParseError::unexpected_token()),
    };
    let wanted = input.expect_ident_or_string()?.as_ref().to_owned();
    input.expect_exhausted()?;
    Ok(Test::Attribute(name, relation, wanted))
}

/// What stands after `:`.
fn pseudo_class<'i>(input: &mut Parser<'i>) -> Result<Test, ParseError<()>> {
    match input.next()?.clone() {
        Token::Ident(name) if name.eq_ignore_ascii_case("root") => Ok(Test::Root),
        Token::Ident(name) if name.eq_ignore_ascii_case("first-child") => Ok(Test::FirstChild),
        Token::Ident(name) if name.eq_ignore_ascii_case("last-child") => Ok(Test::LastChild),
        Token::Function(name) if name.eq_ignore_ascii_case("lang") => input.parse_nested_block(|inner| {
            let wanted = inner.expect_ident_or_string()?.to_ascii_lowercase();
            inner.expect_exhausted()?;
            Ok(Test::Language(wanted))
        }),
        _ => Err(ParseError::unexpected_token()),
    }
}
