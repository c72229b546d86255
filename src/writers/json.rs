//! Writes the model's own JSON.

use super::{Artifact, WriteError, Writer};
use crate::diagnostics::Diagnostics;
use crate::document::Document;
use crate::edition::Edition;
use crate::format::Format;
use crate::options::WriteOptions;

pub struct JsonWriter;

impl Writer for JsonWriter {
    fn format(&self) -> Format {
        Format::Json
    }

    fn write(
        &self,
        document: &Document,
        _: &Edition,
        _: &WriteOptions,
        _: &mut Diagnostics,
    ) -> Result<Artifact, WriteError> {
        let unwritable = |error: serde_json::Error| WriteError::Unwritable(error.to_string());
        let mut bytes = serde_json::to_vec_pretty(document).map_err(unwritable)?;
        bytes.push(b'\n');
        Ok(Artifact { bytes, ..Artifact::default() })
    }
}
