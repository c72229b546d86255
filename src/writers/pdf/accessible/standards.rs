//! What a PDF promises, and why it cannot.

use krilla::configure::{
    Accessibility, Archival, Configuration, ConfigurationBuilder, PdfVersion, ValidationError, Validators,
};
use krilla::embed::{AssociationKind, EmbeddedFile, MimeType};
use krilla::metadata::DateTime;
use krilla::surface::Location;

use super::Job;
use crate::document::MODEL_FILE;
use crate::options::PdfStandard;

/// krilla's settings for a standard; all of them are PDF 1.7.
pub(super) fn configuration(standard: PdfStandard) -> Configuration {
    let builder = ConfigurationBuilder::new().with_version(PdfVersion::Pdf17);
    let archival = match standard {
        PdfStandard::Both | PdfStandard::A2a => Some(Archival::A2_A),
        PdfStandard::A2u => Some(Archival::A2_U),
        PdfStandard::A2b => Some(Archival::A2_B),
        PdfStandard::A3a => Some(Archival::A3_A),
        PdfStandard::Ua1 | PdfStandard::None => None,
    };
    let builder = match archival {
        Some(archival) => builder.with_archival_validator(archival),
        None => builder,
    };
    let builder = match standard {
        PdfStandard::Both | PdfStandard::Ua1 | PdfStandard::A3a => {
            builder.with_accessibility_validator(Accessibility::UA1)
        }
        PdfStandard::A2a | PdfStandard::A2u | PdfStandard::A2b | PdfStandard::None => builder,
    };
    builder.finish().expect("PDF 1.7 can meet each of them")
}

/// The document model as a file the PDF carries with it: what it was made from (ISO 19005-3 §6.8).
pub(super) fn model(job: &Job<'_>, date: DateTime) -> EmbeddedFile {
    let data = serde_json::to_vec(job.document).expect("the model is JSON");
    EmbeddedFile {
        path: MODEL_FILE.to_owned(),
        mime_type: MimeType::new("application/json"),
        description: Some("The document this file was made from".to_owned()),
        association_kind: AssociationKind::Source,
        data: data.into(),
        modification_date: Some(date),
        compress: Some(true),
        location: None,
    }
}

/// The first reasons, each once, with the page where it is known.
pub(super) fn reasons(errors: &[(ValidationError, Validators)]) -> String {
    let mut reasons: Vec<String> = errors.iter().map(|(error, _)| reason(error)).collect();
    reasons.sort();
    reasons.dedup();
    reasons.truncate(5);
    reasons.join("; ")
}

fn reason(error: &ValidationError) -> String {
    let on = |location: &Option<Location>| location.map_or(String::new(), |page| format!("page {page}: "));
    match error {
        ValidationError::ContainsNotDefGlyph(_, location, text) => {
            format!("{}no face has a glyph for {text:?}; add one with --font-dir", on(location))
        }
        ValidationError::NoCodepointMapping(_, glyph, location) => {
            format!("{}glyph {} stands for no text", on(location), glyph.to_u32())
        }
        ValidationError::InvalidCodepointMapping(_, _, character, location)
        | ValidationError::UnicodePrivateArea(_, _, character, location) => {
            format!("{}U+{:04X} may not be said", on(location), u32::from(*character))
        }
        ValidationError::MissingAltText(location) => {
            format!("{}a picture or formula has no alternative text", on(location))
        }
        ValidationError::RestrictedLicense(_) => "a face forbids by its licence to be embedded".to_owned(),
        other => format!("{other:?}"),
    }
}
