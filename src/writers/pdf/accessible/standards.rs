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

/// krilla's settings for a standard; those of PDF/A-4 are PDF 2.0, all others PDF 1.7.
pub(super) fn configuration(standard: PdfStandard) -> Configuration {
    let version = match standard {
        PdfStandard::A4 | PdfStandard::A4f => PdfVersion::Pdf20,
        _ => PdfVersion::Pdf17,
    };
    let builder = ConfigurationBuilder::new().with_version(version);
    let archival = match standard {
        PdfStandard::Both | PdfStandard::A2a => Some(Archival::A2_A),
        PdfStandard::A2u => Some(Archival::A2_U),
        PdfStandard::A2b => Some(Archival::A2_B),
        PdfStandard::A3a => Some(Archival::A3_A),
        PdfStandard::A4 => Some(Archival::A4),
        PdfStandard::A4f => Some(Archival::A4F),
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
        _ => builder,
    };
    builder.finish().expect("the version can meet each of them")
}

/// What the PDF was made from: the source as it was read, and the document model (ISO 19005-3 §6.8).
pub(super) fn carried(job: &Job<'_>, date: DateTime) -> Vec<EmbeddedFile> {
    let file = |path: &str, media_type: &str, words: &str, kind, data: Vec<u8>| EmbeddedFile {
        path: path.to_owned(),
        mime_type: MimeType::new(media_type),
        description: Some(words.to_owned()),
        association_kind: kind,
        data: data.into(),
        modification_date: Some(date),
        compress: Some(true),
        location: None,
    };
    let source = job.options.source.as_ref().filter(|source| source.name != MODEL_FILE);
    let source = source.map(|source| {
        let words = "The article this file was made from";
        file(&source.name, source.media_type, words, AssociationKind::Source, source.bytes.to_vec())
    });
    let model = serde_json::to_vec(job.document).expect("the model is JSON");
    let words = "The document this file shows, as banxin reads it back";
    let model = file(MODEL_FILE, "application/json", words, AssociationKind::Alternative, model);
    source.into_iter().chain([model]).collect()
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
