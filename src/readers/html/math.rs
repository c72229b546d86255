//! Mathematics in pages to TeX: from the source that KaTeX, MathJax, MediaWiki and MathML carry along, else from MathML
//! itself.

use super::tree::{NodeId, Tree};

pub struct Formula {
    pub tex: String,
    /// On a line of its own.
    pub display: bool,
    /// What had to be made up because no TeX source was there.
    pub repair: Option<String>,
}

/// The formula an element is, if it is one. Its parts are then not to be read as text.
pub fn formula(tree: &Tree, id: NodeId) -> Option<Formula> {
    let class = tree.attribute(id, "class").unwrap_or_default();
    let has = |wanted: &str| class.split_ascii_whitespace().any(|one| one == wanted);
    match tree.name(id) {
        "math" => return of_mathml(tree, id),
        "script" => {
            let kind = tree.attribute(id, "type").filter(|kind| kind.starts_with("math/tex"))?;
            let tex = trimmed(&tree.text_content(id))?;
            return Some(Formula { tex, display: kind.contains("mode=display"), repair: None });
        }
        "mjx-container" => {
            let display = tree.attribute(id, "display").is_some_and(|value| value == "true" || value == "block");
            let inner = tree.first_named(id, "math").and_then(|math| of_mathml(tree, math))?;
            return Some(Formula { display: display || inner.display, ..inner });
        }
        "img" if has("tex") || has("latex") || has("mwe-math-fallback-image-inline") => {
            let tex = trimmed(tree.attribute(id, "alt")?)?;
            return Some(Formula { tex: without_dollars(&tex).to_owned(), display: false, repair: None });
        }
        "span" | "div" => {}
        _ => return None,
    }
    if has("katex-display") || has("katex") || has("mwe-math-element") || has("ztext-math") {
        let display = has("katex-display") || has("mwe-math-element-block");
        if let Some(tex) = tree.attribute(id, "data-tex").and_then(trimmed) {
            return Some(Formula { tex, display, repair: None });
        }
        let inner = tree.first_named(id, "math").and_then(|math| of_mathml(tree, math))?;
        return Some(Formula { display: display || inner.display, ..inner });
    }
    // Pandoc, Hugo and others leave the source for a script to set.
    if has("math") || has("arithmatex") {
        let text = tree.text_content(id);
        let text = text.trim();
        let display = has("display") || text.starts_with("\\[") || text.starts_with("$$");
        return Some(Formula { tex: trimmed(without_dollars(text))?, display, repair: None });
    }
    None
}

fn of_mathml(tree: &Tree, math: NodeId) -> Option<Formula> {
    let display = tree.attribute(math, "display").is_some_and(|value| value == "block")
        || tree.attribute(math, "mode").is_some_and(|value| value == "display");
    let annotation = tree.subtree(math).find(|id| {
        tree.name(*id) == "annotation"
            && tree.attribute(*id, "encoding").is_some_and(|kind| kind.to_ascii_lowercase().contains("tex"))
    });
    let source = annotation.and_then(|id| trimmed(&tree.text_content(id)));
    let alternative = || tree.attribute(math, "alttext").and_then(trimmed).filter(|words| is_tex(words));
    if let Some(tex) = source.or_else(alternative) {
        return Some(Formula { tex: without_style(without_dollars(&tex)).to_owned(), display, repair: None });
    }
    let mut tex = String::new();
    row(tree, math, &mut tex);
    let tex = trimmed(&tex)?;
    Some(Formula { tex, display, repair: Some("mathematics without TeX source was rewritten from MathML".to_owned()) })
}

/// Whether an alternative is TeX: not a sentence that says the formula in words, or that there is no alternative.
fn is_tex(text: &str) -> bool {
    if text.contains(['\\', '^', '_', '{']) {
        return true;
    }
    let is_word = |part: &&str| part.chars().filter(char::is_ascii_alphabetic).count() >= 3;
    text.split_whitespace().filter(is_word).count() < 2
}

fn trimmed(text: &str) -> Option<String> {
    let text = text.trim();
    (!text.is_empty()).then(|| text.to_owned())
}

fn without_dollars(text: &str) -> &str {
    let pairs = [("$$", "$$"), ("\\[", "\\]"), ("\\(", "\\)"), ("$", "$")];
    let text = text.trim();
    let stripped = pairs.iter().find_map(|(open, close)| text.strip_prefix(open)?.strip_suffix(close));
    stripped.unwrap_or(text).trim()
}

/// MediaWiki wraps its sources in a style of their own.
fn without_style(text: &str) -> &str {
    let inner = text.strip_prefix("{\\displaystyle").or_else(|| text.strip_prefix("{\\textstyle"));
    inner.and_then(|inner| inner.strip_suffix('}')).map_or(text, str::trim)
}

/// The children of an element in a row.
fn row(tree: &Tree, id: NodeId, tex: &mut String) {
    for child in tree.children(id) {
        term(tree, child, tex);
    }
}

/// One MathML element as TeX (presentation markup, MathML Core).
fn term(tree: &Tree, id: NodeId, tex: &mut String) {
    let parts: Vec<NodeId> = tree.children(id).filter(|child| tree.is_element(*child)).collect();
    let part = |at: usize| parts.get(at).map(|part| group(tree, *part)).unwrap_or_else(|| "{}".to_owned());
    let text = || tree.text_content(id).trim().to_owned();
    match tree.name(id) {
        "mi" | "mn" => identifier(&text(), tex),
        "mo" => operator(&text(), tex),
        "mtext" | "ms" => tex.push_str(&format!("\\text{{{}}}", text())),
        "mspace" => tex.push_str("\\ "),
        "mfrac" => tex.push_str(&format!("\\frac{}{}", part(0), part(1))),
        "msqrt" => {
            tex.push_str("\\sqrt{");
            row(tree, id, tex);
            tex.push('}');
        }
        "mroot" => tex.push_str(&format!("\\sqrt[{}]{}", part(1), part(0))),
        "msup" => tex.push_str(&format!("{}^{}", part(0), part(1))),
        "msub" => tex.push_str(&format!("{}_{}", part(0), part(1))),
        "msubsup" | "munderover" => tex.push_str(&format!("{}_{}^{}", base(&part(0)), part(1), part(2))),
        "munder" => tex.push_str(&format!("{}_{}", base(&part(0)), part(1))),
        "mover" => over(&part(0), &part(1), tex),
        "mfenced" => {
            let mark = |name: &str, other: &str| tree.attribute(id, name).unwrap_or(other).to_owned();
            let inner: Vec<String> = parts.iter().map(|part| group(tree, *part)).collect();
            tex.push_str(&format!("\\left{}{}\\right{}", mark("open", "("), inner.join(","), mark("close", ")")));
        }
        "mtable" => {
            let rows: Vec<String> = parts.iter().map(|row| cells(tree, *row)).collect();
            tex.push_str(&format!("\\begin{{matrix}}{}\\end{{matrix}}", rows.join(" \\\\ ")));
        }
        "annotation" | "annotation-xml" | "mphantom" | "none" | "mprescripts" => {}
        "" => {}
        _ => row(tree, id, tex),
    }
}

fn cells(tree: &Tree, row_id: NodeId) -> String {
    let cells: Vec<String> = tree
        .children(row_id)
        .filter(|cell| tree.name(*cell) == "mtd")
        .map(|cell| {
            let mut tex = String::new();
            row(tree, cell, &mut tex);
            tex.trim().to_owned()
        })
        .collect();
    cells.join(" & ")
}

/// A term in braces.
fn group(tree: &Tree, id: NodeId) -> String {
    let mut inner = String::new();
    term(tree, id, &mut inner);
    format!("{{{}}}", inner.trim())
}

/// A large operator takes its limits without braces round it.
fn base(group: &str) -> &str {
    let inner = &group[1..group.len() - 1];
    if inner.starts_with('\\') && inner[1..].bytes().all(|byte| byte.is_ascii_alphabetic()) { inner } else { group }
}

fn over(base_group: &str, mark: &str, tex: &mut String) {
    let accent = match mark.trim_matches(['{', '}', ' ']) {
        "¯" | "‾" | "\\overline" | "_" => "\\overline",
        "^" | "ˆ" | "\\hat" => "\\hat",
        "~" | "˜" => "\\tilde",
        "→" | "\\to" | "\\rightarrow" | "⃗" => "\\vec",
        "˙" | "." => "\\dot",
        "¨" => "\\ddot",
        _ => {
            tex.push_str(&format!("{}^{}", base(base_group), mark));
            return;
        }
    };
    tex.push_str(accent);
    tex.push_str(base_group);
}

fn identifier(text: &str, tex: &mut String) {
    let mut characters = text.chars();
    match (characters.next(), characters.next()) {
        (Some(one), None) => match symbol(one) {
            Some(name) => tex.push_str(&format!("{name} ")),
            None => tex.push(one),
        },
        (Some(first), Some(_)) if first.is_ascii_digit() => tex.push_str(text),
        (Some(_), Some(_)) => match text {
            "sin" | "cos" | "tan" | "log" | "ln" | "lim" | "max" | "min" | "exp" | "det" | "gcd" | "arg" | "dim" => {
                tex.push_str(&format!("\\{text} "));
            }
            _ => tex.push_str(&format!("\\mathrm{{{text}}}")),
        },
        _ => {}
    }
}

fn operator(text: &str, tex: &mut String) {
    for character in text.chars() {
        match character {
            '\u{2061}'..='\u{2064}' => {}
            '{' => tex.push_str("\\{"),
            '}' => tex.push_str("\\}"),
            '&' => tex.push_str("\\&"),
            '%' => tex.push_str("\\%"),
            '#' => tex.push_str("\\#"),
            '−' => tex.push('-'),
            other => match symbol(other) {
                Some(name) => tex.push_str(&format!("{name} ")),
                None => tex.push(other),
            },
        }
    }
}

/// Greek letters and common operators by their TeX names.
fn symbol(character: char) -> Option<&'static str> {
    let found = SYMBOLS.iter().find(|(one, _)| *one == character)?;
    Some(found.1)
}

const SYMBOLS: &[(char, &str)] = &[
    ('α', "\\alpha"),
    ('β', "\\beta"),
    ('γ', "\\gamma"),
    ('δ', "\\delta"),
    ('ε', "\\varepsilon"),
    ('ϵ', "\\epsilon"),
    ('ζ', "\\zeta"),
    ('η', "\\eta"),
    ('θ', "\\theta"),
    ('ι', "\\iota"),
    ('κ', "\\kappa"),
    ('λ', "\\lambda"),
    ('μ', "\\mu"),
    ('ν', "\\nu"),
    ('ξ', "\\xi"),
    ('π', "\\pi"),
    ('ρ', "\\rho"),
    ('σ', "\\sigma"),
    ('τ', "\\tau"),
    ('υ', "\\upsilon"),
    ('φ', "\\varphi"),
    ('ϕ', "\\phi"),
    ('χ', "\\chi"),
    ('ψ', "\\psi"),
    ('ω', "\\omega"),
    ('Γ', "\\Gamma"),
    ('Δ', "\\Delta"),
    ('Θ', "\\Theta"),
    ('Λ', "\\Lambda"),
    ('Ξ', "\\Xi"),
    ('Π', "\\Pi"),
    ('Σ', "\\Sigma"),
    ('Φ', "\\Phi"),
    ('Ψ', "\\Psi"),
    ('Ω', "\\Omega"),
    ('∑', "\\sum"),
    ('∏', "\\prod"),
    ('∫', "\\int"),
    ('∮', "\\oint"),
    ('∂', "\\partial"),
    ('∇', "\\nabla"),
    ('∞', "\\infty"),
    ('√', "\\surd"),
    ('≤', "\\le"),
    ('≥', "\\ge"),
    ('≠', "\\ne"),
    ('≈', "\\approx"),
    ('≡', "\\equiv"),
    ('∼', "\\sim"),
    ('±', "\\pm"),
    ('∓', "\\mp"),
    ('×', "\\times"),
    ('÷', "\\div"),
    ('⋅', "\\cdot"),
    ('·', "\\cdot"),
    ('∘', "\\circ"),
    ('→', "\\to"),
    ('←', "\\leftarrow"),
    ('⇒', "\\Rightarrow"),
    ('⇔', "\\Leftrightarrow"),
    ('↦', "\\mapsto"),
    ('∈', "\\in"),
    ('∉', "\\notin"),
    ('⊂', "\\subset"),
    ('⊆', "\\subseteq"),
    ('∪', "\\cup"),
    ('∩', "\\cap"),
    ('∅', "\\emptyset"),
    ('∀', "\\forall"),
    ('∃', "\\exists"),
    ('¬', "\\neg"),
    ('∧', "\\wedge"),
    ('∨', "\\vee"),
    ('…', "\\ldots"),
    ('⋯', "\\cdots"),
    ('′', "'"),
    ('ℝ', "\\mathbb{R}"),
    ('ℕ', "\\mathbb{N}"),
    ('ℤ', "\\mathbb{Z}"),
    ('ℚ', "\\mathbb{Q}"),
    ('ℂ', "\\mathbb{C}"),
    ('∝', "\\propto"),
    ('‖', "\\Vert"),
    ('⟨', "\\langle"),
    ('⟩', "\\rangle"),
];

#[cfg(test)]
mod tests {
    use super::super::tree::Syntax;
    use super::*;
    use crate::options::Limits;

    fn tex_of(markup: &str) -> Option<(String, bool)> {
        let tree = Tree::parse(markup, Syntax::Html, &Limits::default());
        let found = tree.subtree(NodeId::ROOT).find_map(|id| formula(&tree, id));
        found.map(|formula| (formula.tex, formula.display))
    }

    #[test]
    fn the_source_carried_along_is_used() {
        let katex = "<span class=katex><span class=katex-mathml><math><semantics><mi>x</mi>\
            <annotation encoding='application/x-tex'>x^2</annotation></semantics></math></span>\
            <span class=katex-html aria-hidden=true>x2</span></span>";
        assert_eq!(tex_of(katex), Some(("x^2".to_owned(), false)));
        let script = "<script type='math/tex; mode=display'>\\frac12</script>";
        assert_eq!(tex_of(script), Some(("\\frac12".to_owned(), true)));
        let wiki = "<math alttext='{\\displaystyle a+b}'></math>";
        assert_eq!(tex_of(wiki), Some(("a+b".to_owned(), false)));
    }

    #[test]
    fn words_beside_mathml_are_no_source() {
        let markup = "<math alttext='Alternative text not available'><mi>x</mi><mo>+</mo><mn>1</mn></math>";
        assert_eq!(tex_of(markup), Some(("x+1".to_owned(), false)));
        assert_eq!(tex_of("<math alttext='a+b'><mi>a</mi></math>"), Some(("a+b".to_owned(), false)));
    }

    #[test]
    fn mathml_without_source_is_rewritten() {
        let markup = "<math display=block><mfrac><mrow><mi>a</mi><mo>+</mo><mn>12</mn></mrow><msqrt><mi>π</mi></msqrt>\
            </mfrac><mo>=</mo><munderover><mo>∑</mo><mi>i</mi><mi>n</mi></munderover></math>";
        let expected = "\\frac{a+12}{\\sqrt{\\pi }}=\\sum_{i}^{n}".to_owned();
        assert_eq!(tex_of(markup), Some((expected, true)));
    }
}
