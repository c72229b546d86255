//! Scores the reading of text dumps against fixtures labelled line by line: `tests/readers/text/*.gold`, or those of
//! another folder named by `GOLD`.

use std::fs;
use std::path::{Path, PathBuf};

use banxin::document::{Block, BlockKind, Document, Inline, ParagraphRole, plain_text};
use banxin::options::ReadOptions;
use banxin::source::Source;

/// A fixture: its lines with what each is, and what its metadata should hold.
struct Gold {
    name: String,
    /// What the reader is given.
    source: String,
    /// Blocks in order: label and words.
    blocks: Vec<(String, String)>,
    set_aside: Vec<String>,
    metadata: Vec<(String, String)>,
}

impl Gold {
    /// `= key value` lines, `---`, then `label|line`. A line without label is blank; `+|` goes on with the last block,
    /// `mk|` is a number alone, `bp|` a box on one line, and `m|` `t|` `s|` `hr|` `toc|` make no block. What stands
    /// in `⟦⟧` is the site's.
    fn parse(name: &str, text: &str) -> Gold {
        let (head, body) = text.split_once("---\n").expect("a fixture has a head");
        let metadata = head.lines().filter_map(|line| line.strip_prefix("= ")?.split_once(' '));
        let metadata = metadata.map(|(key, value)| (key.to_owned(), value.to_owned())).collect();
        let mut gold =
            Gold { name: name.to_owned(), source: String::new(), blocks: Vec::new(), set_aside: Vec::new(), metadata };
        for line in body.lines() {
            let (label, text) = line.split_once('|').unwrap_or(("", line));
            gold.source.extend(text.chars().filter(|c| !"⟦⟧".contains(*c)));
            gold.source.push('\n');
            gold.take(label, &without_chrome(text));
        }
        gold
    }

    fn take(&mut self, label: &str, text: &str) {
        match label {
            "" | "m" | "t" | "s" | "mk" | "hr" | "toc" => {}
            "x" => self.set_aside.push(plain(text)),
            "+" => self.blocks.last_mut().expect("a line goes on with a block").1.push_str(&plain(text)),
            "bp" => {
                let (title, rest) = text.split_once('：').expect("a box on one line has a colon");
                self.blocks.push(("bt".to_owned(), plain(title)));
                self.blocks.push(("p".to_owned(), plain(rest)));
            }
            label => self.blocks.push((label.to_owned(), plain(text))),
        }
    }
}

/// A line without what the site put into it.
fn without_chrome(text: &str) -> String {
    let parts = text.split('⟦').map(|part| part.split_once('⟧').map_or(part, |(_, rest)| rest));
    parts.collect()
}

/// Letters and digits alone, ① as 1: repaired punctuation, blanks and the marks that items of lists lose do not count.
fn plain(text: &str) -> String {
    let mut out = String::new();
    for c in text.chars().filter(|c| c.is_alphanumeric()) {
        match c {
            '①'..='⑳' => out.push_str(&(c as u32 - '①' as u32 + 1).to_string()),
            _ => out.push(c),
        }
    }
    out
}

/// The words of an item or note without the number before them.
fn unnumbered(text: &str) -> String {
    const NUMBERS: &str = "一二三四五六七八九十①②③④⑤";
    let bare = text.trim_start_matches(|c: char| c.is_ascii_digit() || NUMBERS.contains(c));
    let letter = bare.strip_prefix(|c: char| c.is_ascii_uppercase());
    letter.filter(|rest| !rest.starts_with(|c: char| c.is_ascii())).unwrap_or(bare).to_owned()
}

/// A document's blocks in the labels of the fixtures.
fn flatten(blocks: &[Block], out: &mut Vec<(String, String)>) {
    for block in blocks {
        match &block.kind {
            BlockKind::Heading { level, content } => out.push((format!("h{}", level.get()), words(content))),
            BlockKind::Paragraph { role, content } => out.push((role_label(*role).to_owned(), words(content))),
            BlockKind::Quote { blocks, .. } => relabelled(">", blocks, out),
            BlockKind::List { items, .. } => items.iter().for_each(|item| relabelled("li", &item.blocks, out)),
            BlockKind::Definitions { items } => {
                for item in items {
                    let meanings = item.definitions.iter().flatten().map(block_words).collect::<String>();
                    out.push(("d".to_owned(), words(&item.terms[0]) + &meanings));
                }
            }
            BlockKind::Table(table) => {
                if !table.caption.is_empty() {
                    out.push(("c".to_owned(), words(&table.caption)));
                }
                for row in table.head.iter().chain(&table.body) {
                    out.push((
                        "r".to_owned(),
                        row.cells.iter().flat_map(|cell| &cell.blocks).map(block_words).collect(),
                    ));
                }
            }
            BlockKind::Verse { lines } => {
                out.extend(lines.iter().filter(|line| !line.is_empty()).map(|line| ("v".to_owned(), words(line))));
            }
            BlockKind::Figure { caption, .. } => out.push(("c".to_owned(), words(caption))),
            BlockKind::Box { title, blocks, .. } => {
                out.push(("bt".to_owned(), words(title)));
                flatten(blocks, out);
            }
            _ => {}
        }
    }
}

/// Paragraphs of a list or quotation under its label; lists within it as they are.
fn relabelled(label: &str, blocks: &[Block], out: &mut Vec<(String, String)>) {
    for block in blocks {
        match &block.kind {
            BlockKind::Paragraph { content, .. } => out.push((label.to_owned(), words(content))),
            _ => flatten(std::slice::from_ref(block), out),
        }
    }
}

/// The words of inlines; the reference to a note is its number.
fn words(inlines: &[Inline]) -> String {
    let part = |inline: &Inline| match inline {
        Inline::NoteReference(name) => name.clone(),
        other => plain(&plain_text(std::slice::from_ref(other))),
    };
    inlines.iter().map(part).collect()
}

fn block_words(block: &Block) -> String {
    match &block.kind {
        BlockKind::Paragraph { content, .. } => words(content),
        _ => String::new(),
    }
}

fn role_label(role: ParagraphRole) -> &'static str {
    match role {
        ParagraphRole::Body | ParagraphRole::Continuation => "p",
        ParagraphRole::Centered => "ce",
        ParagraphRole::Closing => "cl",
        ParagraphRole::Salutation => "sa",
        ParagraphRole::Turn => "q",
    }
}

/// Blocks of a document, notes last.
fn blocks_of(document: &Document) -> Vec<(String, String)> {
    let mut out = Vec::new();
    flatten(&document.blocks, &mut out);
    document.notes.values().for_each(|blocks| relabelled("n", blocks, &mut out));
    out
}

/// Counts of what was found of what there is.
#[derive(Clone, Copy, Debug, Default)]
struct Count {
    gold: usize,
    found: usize,
    matched: usize,
}

impl Count {
    fn add(&mut self, other: Count) {
        self.gold += other.gold;
        self.found += other.found;
        self.matched += other.matched;
    }

    /// Harmonic mean of precision and recall.
    fn f1(self) -> f64 {
        if self.gold + self.found == 0 { 1.0 } else { 2.0 * self.matched as f64 / (self.gold + self.found) as f64 }
    }

    fn share(self) -> f64 {
        if self.gold == 0 { 1.0 } else { self.matched as f64 / self.gold as f64 }
    }
}

/// Whether two blocks are the same, numbers of items aside.
fn same(left: &(String, String), right: &(String, String)) -> bool {
    left.0 == right.0 && (left.1 == right.1 || (left.0 != "p" && unnumbered(&left.1) == unnumbered(&right.1)))
}

/// What both sequences have in the same order: the longest common subsequence.
fn in_order(gold: &[(String, String)], found: &[(String, String)]) -> Count {
    let mut row = vec![0usize; found.len() + 1];
    for left in gold {
        let mut diagonal = 0;
        for (column, right) in found.iter().enumerate() {
            let above = row[column + 1];
            row[column + 1] = if same(left, right) { diagonal + 1 } else { above.max(row[column]) };
            diagonal = above;
        }
    }
    Count { gold: gold.len(), found: found.len(), matched: row[found.len()] }
}

#[derive(Clone, Copy, Debug, Default)]
struct Score {
    blocks: Count,
    headings: Count,
    /// Boilerplate lines that are gone from the body.
    gone: Count,
    /// Characters of the body that are still in it.
    kept: Count,
    metadata: Count,
}

fn score(gold: &Gold, document: &Document) -> Score {
    let found = blocks_of(document);
    let headings = |blocks: &[(String, String)]| -> Vec<(String, String)> {
        blocks.iter().filter(|(label, _)| label.starts_with('h')).cloned().collect()
    };
    let all: String = found.iter().map(|(_, words)| words.as_str()).collect();
    let gone = gold.set_aside.iter().filter(|line| line.is_empty() || !found.iter().any(|(_, words)| words == *line));
    let kept = |words: &str| all.contains(unnumbered(words).as_str());
    let body = gold.blocks.iter().map(|(_, words)| words);
    let held = body.clone().filter(|words| kept(words)).map(|words| words.chars().count()).sum();
    let metadata = gold.metadata.iter().filter(|(key, value)| says(document, key, value));
    Score {
        blocks: in_order(&gold.blocks, &found),
        headings: in_order(&headings(&gold.blocks), &headings(&found)),
        gone: Count { gold: gold.set_aside.len(), found: 0, matched: gone.count() },
        kept: Count { gold: body.map(|words| words.chars().count()).sum(), found: 0, matched: held },
        metadata: Count { gold: gold.metadata.len(), found: 0, matched: metadata.count() },
    }
}

/// Whether a field says what it should; a day stands for any time of it.
fn says(document: &Document, key: &str, value: &str) -> bool {
    let found = metadata_of(document, key);
    let of_the_day =
        key == "date" && value.len() == 10 && found.strip_prefix(value).is_some_and(|rest| rest.starts_with('T'));
    found == value || of_the_day
}

fn metadata_of(document: &Document, key: &str) -> String {
    let metadata = &document.metadata;
    let field = match key {
        "title" => metadata.title.clone(),
        "subtitle" => metadata.subtitle.clone(),
        "author" => Some(metadata.authors().collect::<Vec<_>>().join("、")),
        "date" => metadata.date.clone(),
        "source" => metadata.source.clone(),
        "identifier" => metadata.identifier.clone(),
        "language" => metadata.language.as_ref().map(|language| language.as_str().to_owned()),
        other => panic!("no field {other}"),
    };
    field.unwrap_or_default()
}

fn fixtures() -> Vec<Gold> {
    #[expect(clippy::disallowed_methods, reason = "a test may be told to score another folder")]
    let folder = std::env::var_os("GOLD")
        .map_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/readers/text"), PathBuf::from);
    let mut paths: Vec<_> =
        fs::read_dir(folder).expect("the fixtures are there").map(|entry| entry.expect("listed").path()).collect();
    paths.sort();
    let golds = paths.iter().filter(|path| path.extension().is_some_and(|extension| extension == "gold"));
    golds
        .map(|path| {
            let name = path.file_stem().expect("a name").to_string_lossy().into_owned();
            Gold::parse(&name, &fs::read_to_string(path).expect("a fixture is readable"))
        })
        .collect()
}

/// What differs, for the message of a failing test.
fn difference(gold: &Gold, document: &Document) -> String {
    let found = blocks_of(document);
    let mut lines = String::new();
    let short = |words: &str| words.chars().take(28).collect::<String>();
    for (label, words) in gold.blocks.iter().filter(|block| !found.iter().any(|other| same(block, other))) {
        lines.push_str(&format!("  missing {label} {}\n", short(words)));
    }
    for (label, words) in found.iter().filter(|block| !gold.blocks.iter().any(|other| same(block, other))) {
        lines.push_str(&format!("  instead {label} {}\n", short(words)));
    }
    for (key, value) in gold.metadata.iter().filter(|(key, value)| !says(document, key, value)) {
        lines.push_str(&format!("  {key} is {:?}, not {value:?}\n", metadata_of(document, key)));
    }
    lines
}

#[test]
fn dumps_of_every_shape_are_read_as_labelled() {
    let mut total = Score::default();
    let mut report = String::new();
    for gold in fixtures() {
        let source = Source::from_bytes("dump.txt", gold.source.clone().into_bytes());
        let options = ReadOptions::default();
        let (document, _) =
            banxin::convert::read(&source, Some(banxin::format::Format::Text), &options).expect("text is read");
        let score = score(&gold, &document);
        report.push_str(&format!(
            "{:<24} blocks {:.3} headings {:.3} gone {:.3} kept {:.3} metadata {:.3}\n{}",
            gold.name,
            score.blocks.f1(),
            score.headings.f1(),
            score.gone.share(),
            score.kept.share(),
            score.metadata.share(),
            difference(&gold, &document),
        ));
        total.blocks.add(score.blocks);
        total.headings.add(score.headings);
        total.gone.add(score.gone);
        total.kept.add(score.kept);
        total.metadata.add(score.metadata);
    }
    let shares =
        [total.blocks.f1(), total.headings.f1(), total.gone.share(), total.kept.share(), total.metadata.share()];
    println!(
        "{report}blocks {:.4} headings {:.4} gone {:.4} kept {:.4} metadata {:.4}",
        shares[0], shares[1], shares[2], shares[3], shares[4]
    );
    let least = [0.94, 0.93, 0.98, 0.995, 0.95];
    for (share, least) in shares.iter().zip(least) {
        assert!(*share >= least, "{shares:?} where {least} is the least:\n{report}");
    }
}
