//! All sources of a run as one book.

use std::cmp::Ordering;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use super::explain::explain;
use super::inputs::Found;
use super::outcome::{Failure, Outcome};
use super::plan::{Destination, Input, Job, Placement, PlanError, RealFolders, check, output};
use super::work::{Patience, Work, failure, report};
use crate::config::NamedFormat;
use crate::convert;
use crate::diagnostics::Diagnostics;
use crate::document::Document;
use crate::error::Error;
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
        let mut folders = RealFolders::default();
        let sources: BTreeSet<String> = found.iter().filter_map(|file| folders.source(file)).collect();
        let size = found.iter().map(|file| file.size).sum();
        let paths = found.into_iter().map(|file| file.path).collect();
        let job = Job { input: Input::Book { title: title.to_owned(), paths }, outputs, size };
        check(std::slice::from_ref(&job), placement)?;
        for output in &job.outputs {
            if let Destination::File(path) = &output.to
                && folders.real(path).is_some_and(|real| sources.contains(&real))
            {
                return Err(PlanError::OverSource { output: path.display().to_string() });
            }
        }
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
            let failure = failure(None, error);
            let line = failure.place.map(|place| format!(":{}", place.line)).unwrap_or_default();
            Failure { place: None, message: format!("{}{line}: {}", path.display(), failure.message), ..failure }
        };
        let source = Source::open(path, options.limits.bytes).map_err(|error| of_article(error.into()))?;
        let (document, diagnostics) = convert::read(&source, work.from, &options).map_err(of_article)?;
        let folder = path.parent().unwrap_or(Path::new(""));
        let beside = source.asked_for().keys().map(|name| folder.join(name)).collect();
        Ok((Article { path: path.clone(), document }, diagnostics, beside))
    };
    let all: Vec<_> = paths.par_iter().map(read).collect();
    let mut articles = Vec::with_capacity(all.len());
    for one in all {
        let (article, diagnostics, beside) = one?;
        let before = outcome.diagnostics.len();
        report(outcome, None, diagnostics);
        for reported in &mut outcome.diagnostics[before..] {
            let line = reported.diagnostic.place.take().map(|place| format!(":{}", place.line)).unwrap_or_default();
            reported.diagnostic.message = format!("{}{line}: {}", article.path.display(), reported.diagnostic.message);
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
