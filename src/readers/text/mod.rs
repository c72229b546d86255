//! Reads unmarked text: a flattened dump of a page, an article, a whole book.
//!
//! The steps: bytes to text, lines, hard-wrapped lines joined, what each line shows by itself and beside others, points
//! for each label, the best labelling of the whole file, and from it metadata and blocks. What is not of the article is
//! set aside with its reason, never dropped; when unsure, a line stays in the body.

mod aside;
mod below;
mod cells;
mod comments;
mod contents;
mod context;
mod dates;
mod days;
mod decode;
mod decrees;
mod echoes;
mod edit_links;
mod evidence;
mod explain;
mod features;
mod habits;
mod headings;
mod items;
mod labels;
mod levels;
mod lexicon;
mod lines;
mod lists;
mod meta;
mod names;
mod notes;
mod number;
mod numeral;
mod papers;
mod post_heads;
mod posts;
mod punctuation;
mod repairs;
mod rows;
mod runs;
mod series;
mod signs;
mod spans;
mod stanzas;
mod structure;
mod tables;
mod terms;
mod titles;
mod unkeyed;
mod words;
mod wrap;

use super::{ReadError, Reader};
use crate::diagnostics::{Diagnostics, Loss};
use crate::document::{Document, Language, Origin, SetAside};
use crate::encoding;
use crate::format::Format;
use crate::options::{Punctuation, ReadOptions};
use crate::source::Source;

use context::Surroundings;
use decode::Labelled;
use evidence::Evidence;
use features::Features;
use habits::Habits;
use lines::Line;
use punctuation::{Style, Tally};
use repairs::Repairs;

pub use evidence::Reason;
pub use explain::{ExplainedLine, Explanation};
pub use labels::{Label, Zone};
pub use punctuation::Change;

/// Text that is looked at for language and habits of punctuation, in bytes.
const ENOUGH: usize = 1 << 20;

pub struct TextReader;

impl Reader for TextReader {
    fn format(&self) -> Format {
        Format::Text
    }

    fn read(
        &self,
        source: &Source,
        options: &ReadOptions,
        diagnostics: &mut Diagnostics,
    ) -> Result<Document, ReadError> {
        bound(source.bytes(), options.limits.nodes)?;
        Ok(read(source, options, diagnostics, None))
    }
}

/// Errors when there are more lines than the document may have nodes: much is kept for each of them.
fn bound(bytes: &[u8], most: usize) -> Result<(), ReadError> {
    let lines = bytes.iter().filter(|byte| matches!(byte, b'\n' | b'\r')).count();
    if lines > most {
        let message = format!("it has {lines} lines, more than {most}; raise --limit-nodes to allow it");
        return Err(ReadError::Unusable(message));
    }
    Ok(())
}

/// Why each line of a source is read as it is.
pub fn explain(source: &Source, options: &ReadOptions) -> Explanation {
    let mut explanation = Explanation::default();
    read(source, options, &mut Diagnostics::new(), Some(&mut explanation));
    explanation
}

/// Lines with everything that is known of them.
struct Analysis<'a> {
    lines: Vec<Line<'a>>,
    features: Vec<Features>,
    around: Vec<Surroundings>,
    labelled: Vec<Labelled>,
}

/// Bytes to document, explaining it when asked to.
fn read(
    source: &Source,
    options: &ReadOptions,
    diagnostics: &mut Diagnostics,
    explanation: Option<&mut Explanation>,
) -> Document {
    let decoded = encoding::decode(source.bytes(), None, options.encoding.as_deref(), diagnostics);
    let mut document = Document::default();
    document.provenance.format = Some(Format::Text.name().to_owned());
    document.provenance.encoding = Some(decoded.encoding.to_owned());
    let (lines, removed) = lines::lines(&decoded.text);
    if removed > 0 {
        let message = format!("{removed} control and invisible characters removed");
        diagnostics.note(Loss::Repaired, "control-characters", None, message);
    }
    let (mut lines, joined) = wrap::unwrap(lines);
    let joined = joined + titles::mend(&mut lines);
    post_heads::mend(&mut lines);
    document.provenance.set_aside = edit_links::cut(&mut lines);
    let (analysis, habits) = analyse(lines);
    let language = language(&analysis, options);
    let style = Style::of(&language).filter(|_| match options.punctuation {
        Punctuation::Keep => false,
        Punctuation::Repair => true,
        Punctuation::Auto => tally(&analysis).says_repair(),
    });
    let loose = aside::metadata(&analysis, &mut document.metadata);
    let mut repairs = Repairs::new(style);
    title(&analysis, &mut repairs, &mut document);
    document.metadata.language = Some(language.clone());
    let built = structure::build(&analysis, language, repairs, &loose, &mut document, diagnostics);
    built.report(diagnostics);
    if let Some(explanation) = explanation {
        explanation.encoding = decoded.encoding.to_owned();
        explanation.language = document.metadata.language.as_ref().map_or(String::new(), |tag| tag.as_str().to_owned());
        explanation.joined = joined;
        explanation.lines = explained(&analysis, habits);
        explanation.changed = built.count;
        explanation.changes = built.changes;
    }
    document
}

fn analyse(lines: Vec<Line>) -> (Analysis, Habits) {
    let mut features: Vec<Features> = lines.iter().map(features::features).collect();
    features::count_on(&lines, &mut features);
    series::series(&lines, &mut features);
    let (around, habits) = context::survey(&lines, &features);
    let evidence = Evidence { lines: &lines, features: &features, around: &around, habits };
    let mut labelled = decode::decode(lines.len(), |index| evidence.scores(index, false));
    decrees::retitle(&lines, &features, &mut labelled);
    (Analysis { lines, features, around, labelled }, habits)
}

fn explained(analysis: &Analysis, habits: Habits) -> Vec<ExplainedLine> {
    let Analysis { lines, features, around, labelled } = analysis;
    let evidence = Evidence { lines, features, around, habits };
    let levels: std::collections::BTreeMap<usize, usize> = levels::heading_levels(analysis).into_iter().collect();
    let explained = labelled.iter().enumerate().map(|(index, labelled)| {
        let reasons = evidence.scores(index, true).into_reasons(labelled.zone);
        ExplainedLine {
            line: lines[index].number,
            text: lines[index].text.to_string(),
            label: labelled.label,
            zone: labelled.zone,
            level: levels.get(&index).map(|level| (*level).min(6) as u8),
            score: labelled.score,
            second: labelled.second,
            reasons: reasons.into_iter().filter(|reason| reason.label == labelled.label).collect(),
        }
    });
    explained.collect()
}

/// The user's language, else that of the text: of its body, where it has one.
fn language(analysis: &Analysis, options: &ReadOptions) -> Language {
    if let Some(language) = &options.language {
        return language.clone();
    }
    let sample = |only_body: bool| {
        let mut text = String::new();
        for (line, labelled) in analysis.lines.iter().zip(&analysis.labelled) {
            if text.len() > ENOUGH / 8 {
                break;
            }
            if !only_body || matches!(labelled.zone, Zone::Body | Zone::Title) {
                text.push_str(&line.text);
                text.push('\n');
            }
        }
        text
    };
    let found = crate::language::detect(&sample(true)).or_else(|| crate::language::detect(&sample(false)));
    found.unwrap_or_default()
}

fn tally(analysis: &Analysis) -> Tally {
    let mut tally = Tally::default();
    let mut seen = 0;
    for (line, labelled) in analysis.lines.iter().zip(&analysis.labelled) {
        if labelled.zone == Zone::Body && seen < ENOUGH {
            tally.add(&line.text);
            seen += line.text.len();
        }
    }
    tally
}

/// The title line, without brackets of a book's name and without the site's name after it; else one of the meta lines.
fn title(analysis: &Analysis, repairs: &mut Repairs, document: &mut Document) {
    let of = |label: Label| analysis.labelled.iter().position(|labelled| labelled.label == label);
    if let Some(index) = of(Label::Title) {
        let line = &analysis.lines[index];
        let whole = line.text.strip_prefix('《').and_then(|rest| rest.strip_suffix('》'));
        let bare =
            whole.filter(|inner| !inner.contains('《')).unwrap_or_else(|| without_kind(without_site(&line.text)));
        if whole.is_none() && bare.len() < line.text.len() {
            document.provenance.set_aside.push(whole_line(line, "title with the site's name"));
        }
        document.metadata.title = Some(closed_up(repairs.mend(bare, line.number, 0)));
    }
    if let Some(index) = of(Label::Subtitle) {
        let line = &analysis.lines[index];
        let bare = line.text.trim_start_matches(['—', '―', '－', '-', ' ']);
        document.metadata.subtitle.get_or_insert_with(|| repairs.mend(bare, line.number, 0));
    }
    let subtitles =
        analysis.labelled.iter().zip(&analysis.lines).filter(|(labelled, _)| labelled.label == Label::Subtitle);
    for (_, line) in subtitles.skip(1) {
        document.provenance.set_aside.push(whole_line(line, "further subtitle"));
    }
    if document.metadata.title.is_none() {
        let named = analysis.lines.iter().zip(&analysis.labelled).take(20).find_map(|(line, labelled)| {
            let inner = line.text.strip_prefix('《')?.split('》').next()?;
            (labelled.label == Label::Meta).then(|| inner.to_owned())
        });
        document.metadata.title = named;
    }
}

/// A title without the word by which a site says of what kind it is: `原创 title`, `[转载]title`.
fn without_kind(title: &str) -> &str {
    const KINDS: &[&str] =
        &["原创", "原創", "转载", "轉載", "置顶", "置頂", "精华", "精華", "转", "轉", "推荐", "热", "荐"];
    let bracketed = |open: char, close: char| {
        let (kind, rest) = title.strip_prefix(open)?.split_once(close)?;
        KINDS.contains(&kind).then_some(rest)
    };
    let worded = || {
        let (kind, rest) = title.split_once([' ', '\u{3000}'])?;
        (KINDS[..8].contains(&kind)).then_some(rest)
    };
    let rest = bracketed('【', '】').or_else(|| bracketed('[', ']')).or_else(worded).map(str::trim_start);
    rest.filter(|rest| rest.chars().count() >= 4).unwrap_or(title)
}

/// A title of single characters set apart, 讣　告, without its blanks.
fn closed_up(title: String) -> String {
    let apart = title.contains('\u{3000}') || title.contains(' ');
    let single = apart && title.chars().count() <= 12 && title.split_whitespace().all(|word| word.chars().count() == 1);
    let cjk = title.chars().all(|c| c.is_whitespace() || c >= '\u{2E80}');
    if single && cjk { title.split_whitespace().collect() } else { title }
}

fn whole_line(line: &Line, reason: &str) -> SetAside {
    let origin = Origin::new(line.number, line.start..line.end);
    SetAside { text: line.text.to_string(), reason: reason.to_owned(), origin: Some(origin) }
}

/// `title_site` and `title - site` without the site.
fn without_site(text: &str) -> &str {
    const SITES: &[&str] = &[
        "网",
        "網",
        "网站",
        "报",
        "報",
        "频道",
        "在线",
        "新闻",
        "新聞",
        "ニュース",
        "뉴스",
        "门户",
        "论坛",
        "博客",
        "平台",
        "官网",
    ];
    let cut = ["_", " - ", " | ", "｜", " – ", "－", "-", "|"].iter().find_map(|mark| text.rsplit_once(mark));
    match cut {
        Some((title, site))
            if SITES.iter().any(|ending| site.trim().ends_with(ending)) && title.chars().count() >= 4 =>
        {
            title.split('_').next().unwrap_or(title).trim_end()
        }
        _ => text,
    }
}
