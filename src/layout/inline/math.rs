//! Mathematics within the line, made readable from its TeX source.
//!
//! Letters become italic, exponents and indices move, common commands become their characters, fractions a solidus.
//! What is not known stays as it is written: nothing is lost, and the source itself goes with the span.

use crate::document::Inline;

use super::math_symbols::symbol_of;

/// Groups nested deeper stay as they are written.
const DEEPEST: usize = 16;

/// TeX as inlines.
pub(super) fn readable_mathematics(tex: &str) -> Vec<Inline> {
    let mut reader = Reader { rest: tex, depth: 0 };
    let mut inlines = Vec::new();
    while !reader.rest.is_empty() {
        reader.group(&mut inlines);
        // A closing brace without its opening one.
        if let Some(rest) = reader.rest.strip_prefix('}') {
            push(&mut inlines, '}', false);
            reader.rest = rest;
        }
    }
    inlines
}

struct Reader<'a> {
    rest: &'a str,
    depth: usize,
}

impl<'a> Reader<'a> {
    /// Read to the closing brace or the end.
    fn group(&mut self, into: &mut Vec<Inline>) {
        while let Some(character) = self.rest.chars().next() {
            if character == '}' {
                return;
            }
            self.atom(character, into);
        }
    }

    fn atom(&mut self, character: char, into: &mut Vec<Inline>) {
        match character {
            '\\' => self.command(into),
            '^' | '_' => {
                self.advance(character);
                let mut inner = Vec::new();
                self.argument(&mut inner);
                into.push(if character == '^' { Inline::Superscript(inner) } else { Inline::Subscript(inner) });
            }
            '{' => self.argument(into),
            '-' => self.push(character, '−', into),
            '*' => self.push(character, '∗', into),
            '\'' => self.push(character, '′', into),
            '~' => self.push(character, '\u{A0}', into),
            '&' | '$' => self.advance(character),
            _ if character.is_whitespace() => self.advance(character),
            '=' | '<' | '>' | '+' => self.relation(character, character, into),
            _ => {
                self.advance(character);
                push(into, character, character.is_alphabetic());
            }
        }
    }

    fn advance(&mut self, character: char) {
        self.rest = &self.rest[character.len_utf8()..];
    }

    fn push(&mut self, read: char, written: char, into: &mut Vec<Inline>) {
        self.advance(read);
        push(into, written, false);
    }

    fn relation(&mut self, read: char, written: char, into: &mut Vec<Inline>) {
        self.advance(read);
        push_spaced(into, written);
    }

    /// One character, one command or a group in braces.
    fn argument(&mut self, into: &mut Vec<Inline>) {
        self.rest = self.rest.trim_start();
        match self.rest.chars().next() {
            Some('{') if self.depth < DEEPEST => {
                self.rest = &self.rest[1..];
                self.depth += 1;
                self.group(into);
                self.depth -= 1;
                self.rest = self.rest.strip_prefix('}').unwrap_or(self.rest);
            }
            Some(character @ ('{' | '}')) => {
                self.advance(character);
                push(into, character, false);
            }
            Some('^' | '_') | None => {}
            Some(character) if self.depth < DEEPEST => {
                self.depth += 1;
                self.atom(character, into);
                self.depth -= 1;
            }
            Some(character) => {
                self.advance(character);
                push(into, character, false);
            }
        }
    }

    fn command(&mut self, into: &mut Vec<Inline>) {
        let after = &self.rest[1..];
        let letters = after.chars().take_while(char::is_ascii_alphabetic).count();
        let length = if letters > 0 { letters } else { after.chars().next().map_or(0, char::len_utf8) };
        let name = &after[..length];
        self.rest = &after[length..];
        match name {
            "frac" | "dfrac" | "tfrac" => self.fraction(into),
            "sqrt" => self.root(into),
            "mathrm" | "text" | "textrm" | "operatorname" | "mathbf" | "mathit" | "mathsf" | "mathbb" | "mathcal"
            | "boldsymbol" | "bm" | "rm" | "bf" => {
                let mut inner = Vec::new();
                let start = self.rest;
                self.argument(&mut inner);
                let is_words = name.starts_with("text");
                let words = start[..start.len() - self.rest.len()].trim_matches(['{', '}']);
                if is_words {
                    into.push(Inline::text(words));
                } else {
                    into.extend(inner.into_iter().map(upright));
                }
            }
            "left" | "right" | "big" | "Big" | "bigl" | "bigr" | "displaystyle" | "limits" | "," | ":" | ";" | "!" => {}
            "\\" | " " | "quad" | "qquad" => push(into, ' ', false),
            "{" | "}" | "%" | "$" | "#" | "&" | "_" => name.chars().for_each(|one| push(into, one, false)),
            _ => match symbol_of(name) {
                Some((symbol, true)) => push_spaced(into, symbol),
                Some((symbol, false)) => push(into, symbol, symbol.is_lowercase()),
                None if FUNCTIONS.contains(&name) => name.chars().for_each(|one| push(into, one, false)),
                None => into.push(Inline::text(format!("\\{name}"))),
            },
        }
    }

    fn fraction(&mut self, into: &mut Vec<Inline>) {
        let (mut over, mut under) = (Vec::new(), Vec::new());
        self.argument(&mut over);
        self.argument(&mut under);
        into.extend(in_brackets(over));
        push(into, '/', false);
        into.extend(in_brackets(under));
    }

    fn root(&mut self, into: &mut Vec<Inline>) {
        if let Some(rest) = self.rest.strip_prefix('[')
            && let Some(end) = rest.find(']')
        {
            into.push(Inline::Superscript(vec![Inline::text(&rest[..end])]));
            self.rest = &rest[end + 1..];
        }
        let mut inner = Vec::new();
        self.argument(&mut inner);
        push(into, '√', false);
        into.extend(in_brackets(inner));
    }
}

const FUNCTIONS: [&str; 20] = [
    "sin", "cos", "tan", "cot", "sec", "csc", "log", "ln", "lg", "exp", "lim", "max", "min", "sup", "inf", "det",
    "dim", "gcd", "mod", "arg",
];

/// Brackets around what is more than one atom, as a solidus binds only the nearest.
fn in_brackets(inner: Vec<Inline>) -> Vec<Inline> {
    let text = crate::document::plain_text(&inner);
    if text.chars().count() <= 1 || text.chars().all(|one| one.is_ascii_digit()) {
        return inner;
    }
    let mut all = vec![Inline::text("(")];
    all.extend(inner);
    all.push(Inline::text(")"));
    all
}

fn upright(inline: Inline) -> Inline {
    match inline {
        Inline::Emphasis(mut content) if content.len() == 1 => content.remove(0),
        other => other,
    }
}

/// Add a character; letters stand in italic, as `Inline::Emphasis`.
fn push(into: &mut Vec<Inline>, character: char, italic: bool) {
    match into.last_mut() {
        Some(Inline::Text(text)) if !italic => text.push(character),
        Some(Inline::Emphasis(content)) if italic => {
            if let Some(Inline::Text(text)) = content.last_mut() {
                text.push(character);
            }
        }
        _ if italic => into.push(Inline::Emphasis(vec![Inline::text(character)])),
        _ => into.push(Inline::text(character)),
    }
}

/// A relation or an operation, with thin spaces around it that a line does not part at before it.
fn push_spaced(into: &mut Vec<Inline>, character: char) {
    if into.is_empty() {
        return push(into, character, false);
    }
    for one in ['\u{202F}', character, '\u{2009}'] {
        push(into, one, false);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::plain_text;

    #[test]
    fn letters_are_italic_and_exponents_move() {
        let set = readable_mathematics("x^2+\\alpha_{ij}");
        assert_eq!(set[0], Inline::Emphasis(vec![Inline::text("x")]));
        assert_eq!(set[1], Inline::Superscript(vec![Inline::text("2")]));
        assert_eq!(plain_text(&set), "x2\u{202F}+\u{2009}αij");
    }

    #[test]
    fn fractions_and_roots_are_written_in_the_line() {
        assert_eq!(plain_text(&readable_mathematics("\\frac{a+b}{2}")), "(a\u{202F}+\u{2009}b)/2");
        assert_eq!(plain_text(&readable_mathematics("\\sqrt{xy}")), "√(xy)");
    }

    #[test]
    fn unknown_commands_and_broken_braces_stay() {
        assert_eq!(plain_text(&readable_mathematics("\\foo{x}}")), "\\foox}");
        assert_eq!(plain_text(&readable_mathematics(&"{".repeat(500))).len(), 500 - DEEPEST);
        assert!(readable_mathematics(&"^".repeat(500)).len() <= 500);
    }
}
