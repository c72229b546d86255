//! One conversion, end to end: the line of arrows of ARCHITECTURE.md in code.

use crate::diagnostics::Diagnostics;
use crate::document::{Document, count_nodes, depth};
use crate::edition::Edition;
use crate::error::Error;
use crate::format::Format;
use crate::options::{Limits, ReadOptions, WriteOptions};
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
    let limits = &options.limits;
    let read = reader.read(source, options, &mut diagnostics);
    in_time(limits)?;
    let mut document = read?;
    bound(&document, limits)?;
    document.provenance.format.get_or_insert_with(|| format.name().to_owned());
    resources::gather(&mut document, source, limits, &mut diagnostics);
    in_time(limits)?;
    transforms::run(&mut document, &mut diagnostics);
    in_time(limits)?;
    Ok((document, diagnostics))
}

/// Errors when nobody waits any longer: what a stage gave then may be half of what it should be.
fn in_time(limits: &Limits) -> Result<(), Error> {
    if limits.stop.is_up() { Err(Error::OutOfTime) } else { Ok(()) }
}

/// Errors when a document has more nodes or levels than allowed: what follows takes time, memory and stack by them.
fn bound(document: &Document, limits: &Limits) -> Result<(), ReadError> {
    let Limits { nodes: most_nodes, nesting: deepest, .. } = limits;
    let lists = || document.notes.values().map(Vec::as_slice).chain([document.blocks.as_slice()]);
    let nodes: usize = lists().map(count_nodes).sum();
    if nodes > *most_nodes {
        let message =
            format!("the document has {nodes} nodes, more than {most_nodes}; raise --limit-nodes to allow it");
        return Err(ReadError::Unusable(message));
    }
    let levels = lists().map(depth).max().unwrap_or_default();
    if levels > *deepest {
        let message =
            format!("the document nests {levels} levels, more than {deepest}; raise --limit-nesting to allow it");
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
    in_time(&options.limits)?;
    written.map(|artifact| (artifact, diagnostics)).map_err(|error| Error::Write { format, error })
}
