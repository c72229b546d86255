//! TeX's names of mathematical characters.

/// The character of a command, and whether it stands between spaces.
pub(super) fn symbol_of(name: &str) -> Option<(char, bool)> {
    let place = SYMBOLS.binary_search_by(|entry| entry.0.cmp(name)).ok()?;
    Some((SYMBOLS[place].1, SYMBOLS[place].2))
}

/// In order of name, for binary search.
#[rustfmt::skip]
const SYMBOLS: &[(&str, char, bool)] = &[
    ("Delta", 'Δ', false), ("Gamma", 'Γ', false), ("Im", 'ℑ', false), ("Lambda", 'Λ', false),
    ("Leftarrow", '⇐', true), ("Leftrightarrow", '⇔', true), ("Omega", 'Ω', false), ("Phi", 'Φ', false),
    ("Pi", 'Π', false), ("Psi", 'Ψ', false), ("Re", 'ℜ', false), ("Rightarrow", '⇒', true),
    ("Sigma", 'Σ', false), ("Theta", 'Θ', false), ("Upsilon", 'Υ', false), ("Vert", '‖', false),
    ("Xi", 'Ξ', false), ("aleph", 'ℵ', false), ("alpha", 'α', false), ("angle", '∠', false),
    ("approx", '≈', true), ("ast", '∗', false), ("backslash", '\\', false), ("because", '∵', false),
    ("beta", 'β', false), ("bullet", '•', false), ("cap", '∩', true), ("cdot", '⋅', true),
    ("cdots", '⋯', false), ("chi", 'χ', false), ("circ", '∘', true), ("cong", '≅', true), ("cup", '∪', true),
    ("degree", '°', false), ("delta", 'δ', false), ("div", '÷', true), ("dots", '…', false),
    ("downarrow", '↓', false), ("ell", 'ℓ', false), ("emptyset", '∅', false), ("epsilon", 'ε', false),
    ("equiv", '≡', true), ("eta", 'η', false), ("exists", '∃', false), ("forall", '∀', false),
    ("gamma", 'γ', false), ("ge", '≥', true), ("geq", '≥', true), ("gg", '≫', true), ("hbar", 'ℏ', false),
    ("iff", '⇔', true), ("implies", '⇒', true), ("in", '∈', true), ("infty", '∞', false), ("int", '∫', false),
    ("iota", 'ι', false), ("kappa", 'κ', false), ("lambda", 'λ', false), ("land", '∧', true),
    ("langle", '⟨', false), ("lceil", '⌈', false), ("ldots", '…', false), ("le", '≤', true),
    ("leftarrow", '←', true), ("leftrightarrow", '↔', true), ("leq", '≤', true), ("lfloor", '⌊', false),
    ("ll", '≪', true), ("lnot", '¬', false), ("lor", '∨', true), ("mapsto", '↦', true), ("mid", '∣', true),
    ("mp", '∓', true), ("mu", 'μ', false), ("nabla", '∇', false), ("ne", '≠', true), ("neg", '¬', false),
    ("neq", '≠', true), ("ni", '∋', true), ("notin", '∉', true), ("nu", 'ν', false), ("oint", '∮', false),
    ("omega", 'ω', false), ("oplus", '⊕', true), ("otimes", '⊗', true), ("parallel", '∥', true),
    ("partial", '∂', false), ("perp", '⊥', true), ("phi", 'φ', false), ("pi", 'π', false), ("pm", '±', true),
    ("prime", '′', false), ("prod", '∏', false), ("propto", '∝', true), ("psi", 'ψ', false),
    ("rangle", '⟩', false), ("rceil", '⌉', false), ("rfloor", '⌋', false), ("rho", 'ρ', false),
    ("rightarrow", '→', true), ("setminus", '∖', true), ("sigma", 'σ', false), ("sim", '∼', true),
    ("star", '⋆', false), ("subset", '⊂', true), ("subseteq", '⊆', true), ("sum", '∑', false),
    ("supset", '⊃', true), ("supseteq", '⊇', true), ("tau", 'τ', false), ("therefore", '∴', false),
    ("theta", 'θ', false), ("times", '×', true), ("to", '→', true), ("triangle", '△', false),
    ("uparrow", '↑', false), ("upsilon", 'υ', false), ("varepsilon", 'ε', false), ("varnothing", '∅', false),
    ("varphi", 'φ', false), ("varsigma", 'ς', false), ("vartheta", 'ϑ', false), ("vee", '∨', true),
    ("vert", '|', false), ("wedge", '∧', true), ("xi", 'ξ', false), ("zeta", 'ζ', false),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_in_order() {
        assert!(SYMBOLS.windows(2).all(|pair| pair[0].0 < pair[1].0));
    }
}
