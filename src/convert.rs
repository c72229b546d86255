//! One conversion, end to end: the line of arrows of ARCHITECTURE.md in code.

use crate::diagnostics::Diagnostics;
use crate::document::{Document, count_nodes};
use crate::edition::Edition;
use crate::error::Error;
use crate::format::Format;
use crate::options::{ReadOptions, WriteOptions};
use crate::readers::ReadError;
use crate::source::Source;
use crate::writers::Artifact;
use crate::{readers, resources, transforms, writers};

/// Source to finished document: read, gather pictures, run the passes.
///
/// `format` overrides what the name and the bytes say. Errors when there is no document to give.
pub fn read(source: &Source, format: Option<Format>, options: &ReadOptions) -> Result<(Document, Diagnostics), Error> {
    let mut diagnostics = Diagnostics::new();
    let format = format.unwrap_or_else(|| readers::detect(source));
    let reader = readers::reader(format).ok_or(Error::NoReader(format.name()))?;
    let mut document = reader.read(source, options, &mut diagnostics)?;
    bound(&document, options.limits.nodes)?;
    document.provenance.format.get_or_insert_with(|| format.name().to_owned());
    resources::gather(&mut document, source, &options.limits, &mut diagnostics);
    transforms::run(&mut document, &mut diagnostics);
    Ok((document, diagnostics))
}

/// Errors when a document has more nodes than allowed: what follows takes time and memory by their number.
fn bound(document: &Document, limit: usize) -> Result<(), ReadError> {
    let nodes = count_nodes(&document.blocks) + document.notes.values().map(|note| count_nodes(note)).sum::<usize>();
    if nodes > limit {
        let message = format!("the document has {nodes} nodes, more than {limit}; raise --limit-nodes to allow it");
        return Err(ReadError::Unusable(message));
    }
    Ok(())
}

/// Finished document to artifact. Errors when the format cannot say what the document holds at all.
pub fn write(
    document: &Document,
    format: Format,
    edition: &Edition,
    options: &WriteOptions,
) -> Result<(Artifact, Diagnostics), Error> {
    let mut diagnostics = Diagnostics::new();
    let writer = writers::writer(format).ok_or(Error::NoWriter(format.name()))?;
    let written = writer.write(document, edition, options, &mut diagnostics);
    written.map(|artifact| (artifact, diagnostics)).map_err(|error| Error::Write { format, error })
}
