//! One conversion, end to end: the line of arrows of ARCHITECTURE.md in code.

use crate::diagnostics::Diagnostics;
use crate::document::{Document, Extent};
use crate::edition::Edition;
use crate::error::Error;
use crate::format::Format;
use crate::options::{Limits, ReadOptions, WriteOptions};
use crate::readers::ReadError;
use crate::source::Source;
use crate::transforms::{Article, Transform};
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
    let extent = bound(&document, limits)?;
    document.provenance.format.get_or_insert_with(|| format.name().to_owned());
    resources::gather(&mut document, source, &extent, limits, &mut diagnostics);
    in_time(limits)?;
    transforms::run(&mut document, &mut diagnostics);
    in_time(limits)?;
    Ok((document, diagnostics))
}

/// [`read`], then changes of one's own, in order. They run behind the passes, and what they give is bounded as what was
/// read is; headings they add get their anchors.
///
/// ```
/// use banxin::diagnostics::Diagnostics;
/// use banxin::document::{BlockKind, Document, Level, walk_blocks_mut};
/// use banxin::{format::Format, options::ReadOptions, source::Source};
///
/// /// Puts every heading one level down.
/// let lower = |document: &mut Document, _: &mut Diagnostics| {
///     walk_blocks_mut(&mut document.blocks, &mut |block| {
///         if let BlockKind::Heading { level, .. } = &mut block.kind {
///             *level = Level::clamped(usize::from(level.get()) + 1);
///         }
///     });
/// };
/// let source = Source::from_bytes("a.md", "# 山".into());
/// let (document, _) =
///     banxin::convert::read_with(&source, Some(Format::Markdown), &ReadOptions::default(), &[&lower])?;
/// assert!(matches!(&document.blocks[0].kind, BlockKind::Heading { level, .. } if level.get() == 2));
/// # Ok::<(), banxin::error::Error>(())
/// ```
pub fn read_with(
    source: &Source,
    format: Option<Format>,
    options: &ReadOptions,
    changes: &[&dyn Transform],
) -> Result<(Document, Diagnostics), Error> {
    let (mut document, mut diagnostics) = read(source, format, options)?;
    for change in changes {
        change.transform(&mut document, &mut diagnostics);
        in_time(&options.limits)?;
    }
    if !changes.is_empty() {
        bound(&document, &options.limits)?;
        transforms::run(&mut document, &mut diagnostics);
    }
    Ok((document, diagnostics))
}

/// Finished documents into one book, a chapter each ([`transforms::bind`]). Errors when it is more than is allowed.
pub fn bind(title: &str, articles: Vec<Article>, limits: &Limits) -> Result<(Document, Diagnostics), Error> {
    let mut diagnostics = Diagnostics::new();
    let mut book = transforms::bind(title, articles);
    bound(&book, limits)?;
    transforms::run(&mut book, &mut diagnostics);
    in_time(limits)?;
    Ok((book, diagnostics))
}

/// Errors when nobody waits any longer: what a stage gave then may be half of what it should be.
fn in_time(limits: &Limits) -> Result<(), Error> {
    if limits.stop.is_up() { Err(Error::OutOfTime) } else { Ok(()) }
}

/// What a document's body is like; errors when it has more nodes or levels than allowed: what follows takes time, memory and
/// stack by them.
fn bound(document: &Document, limits: &Limits) -> Result<Extent, ReadError> {
    let Limits { nodes: most_nodes, nesting: deepest, .. } = limits;
    let mut extent = Extent::of(&document.blocks);
    for note in document.notes.values().map(|blocks| Extent::of(blocks)) {
        extent.nodes += note.nodes;
        extent.levels = extent.levels.max(note.levels);
    }
    let Extent { nodes, levels, .. } = extent;
    if nodes > *most_nodes {
        let message =
            format!("the document has {nodes} nodes, more than {most_nodes}; raise --limit-nodes to allow it");
        return Err(ReadError::Unusable(message));
    }
    if levels > *deepest {
        let message =
            format!("the document nests {levels} levels, more than {deepest}; raise --limit-nesting to allow it");
        return Err(ReadError::Unusable(message));
    }
    Ok(extent)
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
