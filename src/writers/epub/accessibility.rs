//! Accessibility metadata (EPUB Accessibility 1.1 §2), computed from what the book holds.
//!
//! No conformance to WCAG is claimed: it takes a person to judge whether an alternative text says what its picture shows
//! (EPUB Accessibility 1.1 §3.4 asks for an evaluator), and a false claim is worse than none.

use super::publication::Publication;
use crate::writers::html::markup::Findings;

/// What the schema.org metadata say, as property and value, in order.
pub fn statements(
    findings: Findings,
    moving: bool,
    publication: &Publication<'_>,
) -> Vec<(&'static str, &'static str)> {
    let labels = publication.labels;
    let mut statements = vec![("schema:accessMode", "textual")];
    if findings.pictures {
        statements.push(("schema:accessMode", "visual"));
    }
    let readable = !findings.pictures || !findings.undescribed_pictures;
    if findings.pictures {
        statements.push(("schema:accessModeSufficient", "textual,visual"));
    }
    if readable {
        statements.push(("schema:accessModeSufficient", "textual"));
    }
    for feature in ["structuralNavigation", "tableOfContents", "readingOrder", "displayTransformability", "ARIA"] {
        statements.push(("schema:accessibilityFeature", feature));
    }
    if findings.pictures && readable {
        statements.push(("schema:accessibilityFeature", "alternativeText"));
    }
    if findings.mathml {
        statements.push(("schema:accessibilityFeature", "MathML"));
    }
    if findings.ruby {
        statements.push(("schema:accessibilityFeature", "rubyAnnotations"));
    }
    if !publication.pages.is_empty() {
        for feature in ["pageBreakMarkers", "pageNavigation"] {
            statements.push(("schema:accessibilityFeature", feature));
        }
    }
    // Still pictures and text cannot flash; whether an animated one does, nobody has looked.
    statements.push(("schema:accessibilityHazard", if moving { "unknown" } else { "none" }));
    let summary = match (findings.pictures, readable) {
        (false, _) => labels.no_pictures,
        (true, true) => labels.described,
        (true, false) => labels.undescribed,
    };
    statements.push(("schema:accessibilitySummary", summary));
    statements
}
