//! Links from article to article: in what is made of the one they lead to what is made of the other.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::path::{Component, Path, PathBuf};

use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};

use super::plan::{Destination, Input, Job, Output};
use crate::document::{Document, Inline, Visit, visit_inline, walk_inlines_mut};
use crate::format::Format;
use crate::source::{files_meant, may_be_file, whole};

/// What all sources of a run are made into, those of its other shards too.
#[derive(Clone, Debug, Default)]
pub struct CrossReferences {
    outputs: HashMap<PathBuf, Vec<Output>>,
}

impl CrossReferences {
    pub fn of(jobs: &[Job]) -> CrossReferences {
        let of_file = |job: &Job| match &job.input {
            Input::File(path) => Some((whole(path)?, job.outputs.clone())),
            Input::Memory { .. } | Input::Book { .. } => None,
        };
        CrossReferences { outputs: jobs.iter().filter_map(of_file).collect() }
    }

    /// Where a link of a source leads in one of its outputs: an address seen from there. Nothing when it does not lead to a
    /// source of this run of which the same format is made, or when that is an EPUB, whose relative addresses all mean
    /// files within it (EPUB 3.3 §4.2).
    pub fn address(&self, link: &str, source: &Path, output: &Output) -> Option<String> {
        let Destination::File(from) = &output.to else { return None };
        let format = output.format.format;
        if format == Format::Epub || self.outputs.len() < 2 {
            return None;
        }
        let outputs = files_meant(link, source).find_map(|file| self.outputs.get(&file))?;
        let place = link.find(['#', '?']).map_or("", |at| &link[at..]);
        let other = outputs.iter().find(|other| other.format.format == format)?;
        let Destination::File(to) = &other.to else { return None };
        let address = relative(&whole(from)?, &whole(to)?);
        Some(match place.strip_prefix('#') {
            // PDF 2.0 open parameters (ISO 32000-2 Annex O).
            Some(anchor) if format == Format::Pdf => format!("{address}#nameddest={anchor}"),
            _ => address + place,
        })
    }

    /// Make a document's links lead to the other results of the run; tells their addresses.
    pub fn follow(&self, document: &mut Cow<'_, Document>, source: &Path, output: &Output) -> BTreeSet<String> {
        if self.outputs.len() < 2 || output.format.format == Format::Epub {
            return BTreeSet::new();
        }
        let resolved = |link: &&String| Some(((*link).clone(), self.address(link, source, output)?));
        let addresses: BTreeMap<String, String> = links(document).iter().filter_map(|link| resolved(&link)).collect();
        if addresses.is_empty() {
            return BTreeSet::new();
        }
        let document = document.to_mut();
        for blocks in document.notes.values_mut().chain([&mut document.blocks]) {
            walk_inlines_mut(blocks, &mut |line| lead(line, &addresses));
        }
        addresses.into_values().collect()
    }
}

/// Links of a document that may lead to a file beside its source.
pub fn links(document: &Document) -> BTreeSet<String> {
    struct Links(BTreeSet<String>);
    impl<'d> Visit<'d> for Links {
        fn inline(&mut self, inline: &'d Inline) {
            if let Inline::Link(link) = inline
                && may_be_file(&link.target)
            {
                self.0.insert(link.target.clone());
            }
            visit_inline(self, inline);
        }
    }
    let mut links = Links(BTreeSet::new());
    links.document(document);
    links.0
}

fn lead(line: &mut [Inline], addresses: &BTreeMap<String, String>) {
    for inline in line {
        if let Inline::Link(link) = inline
            && let Some(address) = addresses.get(&link.target)
        {
            link.target.clone_from(address);
        }
        if let Some(children) = inline.children_mut() {
            lead(children, addresses);
        }
    }
}

/// What no path segment of an address may contain, and what would end the path.
const ENCODED: &AsciiSet =
    &CONTROLS.add(b' ').add(b'"').add(b'<').add(b'>').add(b'%').add(b'#').add(b'?').add(b'\\').add(b':');

/// The address of a file as seen from another.
fn relative(from: &Path, to: &Path) -> String {
    let (from, to): (Vec<Component>, Vec<Component>) = (from.components().collect(), to.components().collect());
    let shared = from.iter().zip(&to).take_while(|(one, other)| one == other).count();
    let up = std::iter::repeat_n("..".to_owned(), from.len().saturating_sub(shared + 1));
    let encoded = |name: &Component| {
        let name = name.as_os_str().to_string_lossy();
        // What is beyond ASCII stays readable.
        let part = |character: char| match character.is_ascii() {
            true => utf8_percent_encode(character.encode_utf8(&mut [0; 4]), ENCODED).to_string(),
            false => character.to_string(),
        };
        name.chars().map(part).collect::<String>()
    };
    up.chain(to[shared..].iter().map(encoded)).collect::<Vec<_>>().join("/")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::NamedFormat;

    fn job(source: &str, outputs: &[(Format, &str)]) -> Job {
        let output = |(format, to): &(Format, &str)| Output {
            format: NamedFormat { format: *format, flavour: None },
            to: Destination::File(to.into()),
        };
        Job { input: Input::File(source.into()), outputs: outputs.iter().map(output).collect(), size: 1 }
    }

    #[test]
    fn a_link_leads_to_what_is_made_of_the_other_article() {
        use Format::{Epub, Html, Pdf};
        let jobs = [
            job("in/a.md", &[(Pdf, "out/a.pdf"), (Html, "out/a.html"), (Epub, "out/a.epub")]),
            job("in/卷 二/b.md", &[(Pdf, "out/卷 二/b.md.pdf"), (Epub, "out/b.epub")]),
        ];
        let references = CrossReferences::of(&jobs);
        let from = |job: usize, output: usize, link: &str| {
            let Input::File(path) = &jobs[job].input else { return None };
            references.address(link, path, &jobs[job].outputs[output])
        };
        assert_eq!(from(0, 0, "卷%20二/b.md#其一").as_deref(), Some("卷%20二/b.md.pdf#nameddest=其一"));
        assert_eq!(from(0, 0, "./卷 二/../卷 二/b.md").as_deref(), Some("卷%20二/b.md.pdf"));
        assert_eq!(from(1, 0, "../a.md").as_deref(), Some("../a.pdf"));
        assert_eq!(from(0, 1, "卷 二/b.md"), None, "no page is made of it");
        assert_eq!(from(0, 2, "卷 二/b.md"), None, "no link leads out of an EPUB to a file");
        assert_eq!(from(0, 0, "c.md"), None);
    }
}
