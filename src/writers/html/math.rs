//! TeX mathematics as MathML Core, through `math-core`.

use math_core::{LatexToMathML, MathCoreConfig, MathDisplay};

use super::escape::escaped;

/// Longest formula that is tried, in bytes, and how deeply its braces may nest: the converter recurses.
const LONGEST: usize = 20_000;
const DEEPEST: usize = 60;

/// The converter, made once a document.
pub struct Mathematics(LatexToMathML);

impl Default for Mathematics {
    fn default() -> Mathematics {
        let config = MathCoreConfig { xml_namespace: true, ..MathCoreConfig::default() };
        Mathematics(LatexToMathML::new(config).expect("no macros of our own can be wrong"))
    }
}

impl Mathematics {
    /// A `<math>` element with the TeX as its alternative text; nothing when the TeX is not understood.
    pub fn mathml(&self, tex: &str, display: bool) -> Option<String> {
        let tex = tex.trim();
        if tex.is_empty() || tex.len() > LONGEST || nesting(tex) > DEEPEST {
            return None;
        }
        let mode = if display { MathDisplay::Block } else { MathDisplay::Inline };
        let mathml = self.0.convert_with_local_state(tex, mode).ok()?.mathml;
        let rest = mathml.strip_prefix("<math")?;
        Some(format!("<math alttext=\"{}\"{rest}", escaped(tex)))
    }
}

/// A bound on how deeply the converter may recurse: groups, environments and delimiters that are open at once.
fn nesting(tex: &str) -> usize {
    let (mut depth, mut deepest) = (0usize, 0usize);
    for (index, byte) in tex.bytes().enumerate() {
        match byte {
            b'{' | b'[' => depth += 1,
            b'}' | b']' => depth = depth.saturating_sub(1),
            b'\\' if ["\\left", "\\begin", "\\frac", "\\sqrt"].iter().any(|word| tex[index..].starts_with(word)) => {
                depth += 1;
            }
            b'\\' if ["\\right", "\\end"].iter().any(|word| tex[index..].starts_with(word)) => {
                depth = depth.saturating_sub(1);
            }
            _ => {}
        }
        deepest = deepest.max(depth);
    }
    deepest
}
