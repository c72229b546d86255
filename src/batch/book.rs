//! All sources of a run as one book.

use std::cmp::Ordering;
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use super::explain::explain;
use super::inputs::Found;
use super::outcome::{Failure, Outcome, Reported};
use super::plan::{Input, Job, Placement, PlanError, Sources, check, output};
use super::work::{Patience, Work, failure, report};
use crate::config::NamedFormat;
use crate::convert;
use crate::diagnostics::{Diagnostics, Place};
use crate::document::{Document, count_nodes};
use crate::error::Error;
use crate::options::Limits;
use crate::readers::ReadError;
use crate::source::Source;
use crate::transforms::Article;

impl Job {
    /// The job of a book. In a folder its results are called by its title.
    ///
    /// Errors when a result would be one of the sources.
    pub fn of_book(
        title: &str,
        found: Vec<Found>,
        formats: &[NamedFormat],
        placement: &Placement,
    ) -> Result<Job, PlanError> {
        let stem = match placement {
            Placement::Folder(folder) => folder.join(file_name(title)),
            _ => PathBuf::from(file_name(title)),
        };
        let outputs = formats.iter().map(|format| output(&stem, *format, placement)).collect();
        let mut sources = Sources::of(&found);
        let size = found.iter().map(|file| file.size).sum();
        let paths = found.into_iter().map(|file| file.path).collect();
        let job = Job { input: Input::Book { title: title.to_owned(), paths }, outputs, size };
        check(std::slice::from_ref(&job), placement)?;
        sources.stay(std::slice::from_ref(&job))?;
        Ok(job)
    }
}

/// A title as a file may be called on every system: no separators, not too long.
fn file_name(title: &str) -> String {
    let allowed = |one: char| if one.is_control() || "/\\:*?\"<>|".contains(one) { ' ' } else { one };
    let name: String = title.chars().map(allowed).take(60).collect();
    let name = name.trim_matches([' ', '.']);
    if name.is_empty() { "book".to_owned() } else { name.to_owned() }
}

/// The order of chapters by the names of their files, where numbers count as numbers: 2 before 10.
pub fn chapter_order(left: &Path, right: &Path) -> Ordering {
    let parts = |path: &Path| -> Vec<String> {
        path.components().map(|part| part.as_os_str().to_string_lossy().into_owned()).collect()
    };
    let (left_parts, right_parts) = (parts(left), parts(right));
    let mut pairs = left_parts.iter().zip(&right_parts).map(|(one, other)| natural_order(one, other));
    pairs.find(|order| order.is_ne()).unwrap_or_else(|| left_parts.len().cmp(&right_parts.len())).then(left.cmp(right))
}

fn natural_order(mut left: &str, mut right: &str) -> Ordering {
    while let (Some(one), Some(other)) = (left.chars().next(), right.chars().next()) {
        let digits = |text: &str| text.bytes().take_while(u8::is_ascii_digit).count();
        let (ones, others) = (digits(left), digits(right));
        let order = match ones > 0 && others > 0 {
            true => {
                let (one, other) = (left[..ones].trim_start_matches('0'), right[..others].trim_start_matches('0'));
                one.len().cmp(&other.len()).then_with(|| one.cmp(other))
            }
            false => one.cmp(&other),
        };
        if order.is_ne() {
            return order;
        }
        left = &left[ones.max(one.len_utf8())..];
        right = &right[others.max(other.len_utf8())..];
    }
    left.len().cmp(&right.len())
}

/// Articles read side by side.
const TOGETHER: usize = 16;

/// What the articles of a book come to.
#[derive(Default)]
struct Weight {
    nodes: usize,
    pictures: u64,
}

impl Weight {
    /// Errors when there is more of it than one document may have.
    fn add(&mut self, document: &Document, limits: &Limits) -> Result<(), Error> {
        self.nodes +=
            document.notes.values().chain([&document.blocks]).map(|blocks| count_nodes(blocks)).sum::<usize>();
        self.pictures += document.resources.values().map(|resource| resource.data.len() as u64).sum::<u64>();
        let (nodes, bytes) = (limits.nodes, limits.bytes.saturating_mul(2));
        if self.nodes > nodes {
            let message = format!("the sources have more than {nodes} nodes together; raise --limit-nodes to allow it");
            return Err(ReadError::Unusable(message).into());
        }
        if self.pictures > bytes {
            let message =
                format!("the pictures have more than {bytes} bytes together; raise --limit-bytes to allow it");
            return Err(ReadError::Unusable(message).into());
        }
        Ok(())
    }
}

/// Read every article and bind them. The first that cannot be read is the failure of the book: a chapter is not left out.
pub(super) fn read(
    title: &str,
    paths: &[PathBuf],
    work: &Work,
    patience: &Patience,
    outcome: &mut Outcome,
) -> Result<Document, Failure> {
    let mut options = work.read.clone();
    options.limits.stop = patience.stop.clone();
    let read = |path: &PathBuf| -> Result<(Article, Diagnostics, Vec<PathBuf>), Failure> {
        let of_article = |error: Error| {
            let mut failure = failure(None, error);
            name_article(path, &mut failure.place, &mut failure.message);
            failure
        };
        let source = Source::open(path, options.limits.bytes).map_err(|error| of_article(error.into()))?;
        let (document, diagnostics) = convert::read(&source, work.from, &options).map_err(of_article)?;
        let folder = path.parent().unwrap_or(Path::new(""));
        let beside = source.asked_for().keys().map(|name| folder.join(name)).collect();
        Ok((Article { path: path.clone(), document }, diagnostics, beside))
    };
    let mut weight = Weight::default();
    let mut articles = Vec::with_capacity(paths.len());
    // A few at a time: what is more than a book may hold is not read at all.
    for one in paths.chunks(TOGETHER).flat_map(|few| few.par_iter().map(read).collect::<Vec<_>>()) {
        let (article, diagnostics, beside) = one?;
        weight.add(&article.document, &options.limits).map_err(|error| failure(None, error))?;
        let before = outcome.diagnostics.len();
        report(outcome, None, diagnostics);
        for Reported { diagnostic, .. } in &mut outcome.diagnostics[before..] {
            name_article(&article.path, &mut diagnostic.place, &mut diagnostic.message);
        }
        if work.explain {
            outcome.explanation.push(format!("{}:", article.path.display()));
            outcome.explanation.extend(explain(&article.document));
        }
        outcome.beside.extend(beside);
        articles.push(article);
    }
    let (book, diagnostics) = convert::bind(title, articles, &options.limits).map_err(|error| failure(None, error))?;
    report(outcome, None, diagnostics);
    outcome.title = book.title();
    outcome.language.clone_from(&book.metadata.language);
    Ok(book)
}

/// Say of which article a message is, and where in it: places of the book itself are none.
fn name_article(path: &Path, place: &mut Option<Place>, message: &mut String) {
    let line = place.take().map(|place| format!(":{}", place.line)).unwrap_or_default();
    *message = format!("{}{line}: {message}", path.display());
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chapters_stand_in_the_order_of_their_numbers() {
        let mut paths =
            ["in/ch10.md", "in/ch2.md", "in/ch02b.md", "in/b/1.md", "in/ch1.md", "in/第3回.txt", "in/第12回.txt"]
                .map(PathBuf::from);
        paths.sort_by(|one, other| chapter_order(one, other));
        let names = paths.map(|path| path.display().to_string());
        assert_eq!(
            names,
            ["in/b/1.md", "in/ch1.md", "in/ch2.md", "in/ch02b.md", "in/ch10.md", "in/第3回.txt", "in/第12回.txt"]
        );
    }

    #[test]
    fn a_title_is_a_name_a_file_may_have() {
        assert_eq!(file_name("集：甲/乙 <上>."), "集：甲 乙  上");
        assert_eq!(file_name("../.."), "book");
    }
}
