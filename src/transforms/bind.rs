//! Many articles become one book: a chapter each, with what leads from one to another leading within the book.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::path::{Path, PathBuf};

use crate::document::{
    Attributes, Block, BlockKind, Contributor, Document, Inline, Level, Metadata, ParagraphRole, anchor_of_words,
    byline, walk_blocks, walk_blocks_mut, walk_inlines, walk_inlines_mut,
};
use crate::source::{files_meant, whole};

/// An article to be bound, with the path of its source: links to that path lead to its chapter.
#[derive(Clone, Debug)]
pub struct Article {
    pub path: PathBuf,
    pub document: Document,
}

/// The book of some articles, in their order.
///
/// Each is a chapter under its title, or its file's name where it has none; headings of an article that has level 1 beside
/// its title go one level down. What an article says of its makers, source and date stands under its title where it is not
/// the same for all. Anchors, notes and pictures of one name in two articles get names of their own.
pub fn bind(title: &str, mut articles: Vec<Article>) -> Document {
    let metadata = metadata_of_all(title, &articles);
    let mut taken = Taken::default();
    let mut chapters = BTreeMap::new();
    for article in &mut articles {
        open_chapter(article, &metadata);
        let anchors = taken.make_unique(&mut article.document);
        let anchor = article.document.blocks.first().and_then(|heading| heading.attributes.id.clone());
        let place = whole(&article.path).unwrap_or_else(|| article.path.clone());
        chapters.insert(place, Chapter { anchor: anchor.unwrap_or_default(), anchors });
    }
    let mut book = Document { metadata, ..Document::default() };
    for Article { path, mut document } in articles {
        for blocks in document.notes.values_mut().chain([&mut document.blocks]) {
            walk_inlines_mut(blocks, &mut |line| lead_within(line, &path, &chapters));
            // Lines of many sources: none tells where a block stands.
            walk_blocks_mut(blocks, &mut |block| block.origin = None);
        }
        book.blocks.append(&mut document.blocks);
        book.notes.append(&mut document.notes);
        book.resources.append(&mut document.resources);
        book.provenance.set_aside.append(&mut document.provenance.set_aside);
        book.metadata.cover = book.metadata.cover.or(document.metadata.cover);
    }
    book
}

/// Where an article begins in the book, and what its anchors are called there where that is something else.
struct Chapter {
    anchor: String,
    anchors: HashMap<String, String>,
}

fn metadata_of_all(title: &str, articles: &[Article]) -> Metadata {
    let each = || articles.iter().map(|article| &article.document.metadata);
    let mut contributors: Vec<Contributor> = Vec::new();
    let mut keywords: Vec<String> = Vec::new();
    let mut known = (BTreeSet::new(), BTreeSet::new());
    for metadata in each() {
        let is_new = |one: &&Contributor| known.0.insert((one.name.clone(), one.role.clone()));
        contributors.extend(metadata.contributors.iter().filter(is_new).cloned());
        keywords.extend(metadata.keywords.iter().filter(|word| known.1.insert((*word).clone())).cloned());
    }
    let shared = |part: fn(&Metadata) -> &Option<String>| {
        let first = part(each().next()?).clone();
        first.filter(|_| each().all(|metadata| part(metadata) == part(&articles[0].document.metadata)))
    };
    Metadata {
        title: Some(title.to_owned()),
        contributors,
        keywords,
        source: shared(|metadata| &metadata.source),
        publisher: shared(|metadata| &metadata.publisher),
        rights: shared(|metadata| &metadata.rights),
        series: shared(|metadata| &metadata.series),
        date: shared(|metadata| &metadata.date),
        language: each().find_map(|metadata| metadata.language.clone()),
        ..Metadata::default()
    }
}

/// The article's title as the heading of a chapter, and under it what is its own among what is known about it.
fn open_chapter(article: &mut Article, of_book: &Metadata) {
    let document = &mut article.document;
    let title = document.title().filter(|title| !title.trim().is_empty()).unwrap_or_else(|| {
        article.path.file_stem().map_or_else(String::new, |stem| stem.to_string_lossy().into_owned())
    });
    if document.title_heading().is_none() {
        let has_chapters = document.blocks.iter().any(|block| level_of(block) == Some(Level::FIRST));
        if has_chapters {
            walk_blocks_mut(&mut document.blocks, &mut |block| {
                if let BlockKind::Heading { level, .. } = &mut block.kind {
                    *level = Level::clamped(usize::from(level.get()) + 1);
                }
            });
        }
        let attributes = Attributes::of_id(anchor_of_words(&title));
        let heading = Block::heading(Level::FIRST, vec![Inline::text(title)]).with_attributes(attributes);
        document.blocks.insert(0, heading);
    }
    let said =
        byline(&own(&document.metadata, of_book), document.metadata.language.clone().unwrap_or_default().region());
    let subtitle = document.metadata.subtitle.clone().map(|subtitle| vec![Inline::text(subtitle)]);
    let lines = subtitle.into_iter().chain([said]).filter(|line| !line.is_empty());
    let lines = lines.map(|content| BlockKind::Paragraph { role: ParagraphRole::Centered, content }.into());
    let lines: Vec<Block> = lines.collect();
    document.blocks.splice(1..1, lines);
    if document.metadata.language.is_some() && document.metadata.language != of_book.language {
        for block in document.blocks.iter_mut().filter(|block| block.attributes.language.is_none()) {
            block.attributes.language.clone_from(&document.metadata.language);
        }
    }
}

fn level_of(block: &Block) -> Option<Level> {
    match &block.kind {
        BlockKind::Heading { level, .. } => Some(*level),
        _ => None,
    }
}

/// What is known of an article and not of the whole book.
fn own(metadata: &Metadata, of_book: &Metadata) -> Metadata {
    let own = |own: &Option<String>, shared: &Option<String>| own.clone().filter(|_| own != shared);
    let by_others = metadata.contributors != of_book.contributors;
    Metadata {
        contributors: if by_others { metadata.contributors.clone() } else { Vec::new() },
        source: own(&metadata.source, &of_book.source),
        date: own(&metadata.date, &of_book.date),
        address: metadata.address.clone(),
        ..Metadata::default()
    }
}

/// Names given out in the book so far. The sets are only asked, never listed.
#[derive(Default)]
struct Taken {
    anchors: Names,
    notes: Names,
    resources: Names,
}

impl Taken {
    /// Change the names in an article that others have already; tells which anchors it changed.
    fn make_unique(&mut self, document: &mut Document) -> HashMap<String, String> {
        let anchors = self.anchors.changes(anchors_of(document).iter());
        let notes = self.notes.changes(document.notes.keys());
        let resources = self.resources.changes(document.resources.keys());
        if !(anchors.is_empty() && notes.is_empty() && resources.is_empty()) {
            for blocks in document.notes.values_mut().chain([&mut document.blocks]) {
                walk_blocks_mut(blocks, &mut |block| {
                    if let Some(id) = block.attributes.id.as_ref().and_then(|id| anchors.get(id)) {
                        block.attributes.id = Some(id.clone());
                    }
                });
                walk_inlines_mut(blocks, &mut |line| rename(line, &anchors, &notes, &resources));
            }
            let new = |names: &HashMap<String, String>, name: String| names.get(&name).cloned().unwrap_or(name);
            document.notes =
                std::mem::take(&mut document.notes).into_iter().map(|(id, note)| (new(&notes, id), note)).collect();
            let carried = std::mem::take(&mut document.resources);
            document.resources = carried.into_iter().map(|(id, one)| (new(&resources, id), one)).collect();
            document.metadata.cover = document.metadata.cover.take().map(|id| new(&resources, id));
        }
        anchors
    }
}

#[derive(Default)]
struct Names {
    taken: BTreeSet<String>,
    /// The last number a name was given, so that a thousand articles of one picture's name take no longer than others.
    numbers: HashMap<String, u32>,
}

impl Names {
    /// New names for those that are taken: with the first number from 2 that makes them new, before the extension.
    fn changes<'n>(&mut self, names: impl Iterator<Item = &'n String>) -> HashMap<String, String> {
        let names: Vec<&String> = names.collect();
        let clashing: Vec<&String> = names.iter().copied().filter(|name| self.taken.contains(*name)).collect();
        self.taken.extend(names.into_iter().cloned());
        let mut changes = HashMap::new();
        for name in clashing {
            let (stem, extension) = name.rfind('.').filter(|at| *at > 0).map_or((&**name, ""), |at| name.split_at(at));
            let number = self.numbers.entry(name.clone()).or_insert(1);
            let new = loop {
                *number += 1;
                let new = format!("{stem}-{number}{extension}");
                if self.taken.insert(new.clone()) {
                    break new;
                }
            };
            changes.insert(name.clone(), new);
        }
        changes
    }
}

/// All anchors of an article.
fn anchors_of(document: &Document) -> BTreeSet<String> {
    fn of_line(line: &[Inline], anchors: &mut BTreeSet<String>) {
        for inline in line {
            if let Inline::Span(span) = inline {
                anchors.extend(span.attributes.id.clone());
            }
            of_line(inline.children(), anchors);
        }
    }
    let mut anchors = BTreeSet::new();
    for blocks in document.notes.values().chain([&document.blocks]) {
        walk_blocks(blocks, &mut |block| anchors.extend(block.attributes.id.clone()));
        walk_inlines(blocks, &mut |line| of_line(line, &mut anchors));
    }
    anchors
}

fn rename(
    line: &mut [Inline],
    anchors: &HashMap<String, String>,
    notes: &HashMap<String, String>,
    resources: &HashMap<String, String>,
) {
    let change = |name: &mut String, names: &HashMap<String, String>| {
        if let Some(new) = names.get(name) {
            name.clone_from(new);
        }
    };
    for inline in line {
        match inline {
            Inline::NoteReference(note) => change(note, notes),
            Inline::Image(image) => {
                if let Some(resource) = &mut image.resource {
                    change(resource, resources);
                }
            }
            Inline::Link(link) => {
                if let Some(new) = link.target.strip_prefix('#').and_then(|anchor| anchors.get(anchor)) {
                    link.target = format!("#{new}");
                }
            }
            Inline::Span(span) if span.attributes.id.is_some() => {
                if let Some(id) = &mut span.attributes.id {
                    change(id, anchors);
                }
            }
            _ => {}
        }
        if let Some(children) = inline.children_mut() {
            rename(children, anchors, notes, resources);
        }
    }
}

/// Links to other articles of the book lead to their chapters.
fn lead_within(line: &mut [Inline], path: &Path, chapters: &BTreeMap<PathBuf, Chapter>) {
    for inline in line {
        if let Inline::Link(link) = inline
            && let Some(anchor) = anchor_in_book(&link.target, path, chapters)
        {
            link.target = format!("#{anchor}");
        }
        if let Some(children) = inline.children_mut() {
            lead_within(children, path, chapters);
        }
    }
}

fn anchor_in_book<'c>(target: &'c str, path: &Path, chapters: &'c BTreeMap<PathBuf, Chapter>) -> Option<&'c str> {
    let chapter = files_meant(target, path).find_map(|file| chapters.get(&file))?;
    Some(match target.split_once('#').map_or("", |(_, place)| place) {
        "" => &chapter.anchor,
        place => chapter.anchors.get(place).map_or(place, String::as_str),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{Link, plain_text};

    fn article(path: &str, title: Option<&str>, blocks: Vec<Block>) -> Article {
        let metadata = Metadata { title: title.map(str::to_owned), ..Metadata::default() };
        Article { path: path.into(), document: Document { metadata, blocks, ..Document::default() } }
    }

    fn link(target: &str) -> Block {
        let link = Link { target: target.into(), title: None, content: vec![Inline::text("见")] };
        Block::paragraph(vec![Inline::from(link)])
    }

    fn targets(book: &Document) -> Vec<String> {
        let mut targets = Vec::new();
        walk_inlines(&book.blocks, &mut |line| {
            targets.extend(line.iter().filter_map(|inline| match inline {
                Inline::Link(link) => Some(link.target.clone()),
                _ => None,
            }));
        });
        targets
    }

    #[test]
    fn links_between_articles_lead_within_the_book() {
        let named = |id: &str| {
            Block::heading(Level::clamped(2), vec![Inline::text("结")]).with_attributes(Attributes::of_id(id))
        };
        let first = vec![link("乙/b.txt"), link("%E4%B9%99/b.txt#结"), link("#结"), link("c.txt"), named("结")];
        let second = vec![named("结"), link("../a.md#结"), link("../a.md"), link("#结")];
        let book = bind("集", vec![article("in/a.md", Some("甲"), first), article("in/乙/b.txt", None, second)]);
        let expected = ["#b", "#结-2", "#结", "c.txt", "#结", "#甲", "#结-2"];
        assert_eq!(targets(&book), expected);
        assert_eq!(book.title().as_deref(), Some("集"));
    }

    #[test]
    fn an_article_with_chapters_of_its_own_goes_one_level_down() {
        let heading = |words: &str| Block::heading(Level::FIRST, vec![Inline::text(words)]);
        let book = bind(
            "集",
            vec![
                article("a.md", None, vec![heading("甲")]),
                article("b.md", Some("乙"), vec![heading("上"), heading("下")]),
            ],
        );
        let headings: Vec<(u8, String)> = book
            .blocks
            .iter()
            .filter_map(|block| match &block.kind {
                BlockKind::Heading { level, content } => Some((level.get(), plain_text(content))),
                _ => None,
            })
            .collect();
        assert_eq!(headings, [(1, "甲".into()), (1, "乙".into()), (2, "上".into()), (2, "下".into())]);
    }

    #[test]
    fn only_what_is_an_articles_own_stands_under_its_title() {
        let by = |name: &str, date: &str| {
            let mut article = article("a.md", Some(name), Vec::new());
            article.document.metadata.contributors = vec![Contributor::author(name)];
            article.document.metadata.date = Some(date.into());
            article
        };
        let lines = |book: &Document| {
            let line = |block: &Block| match &block.kind {
                BlockKind::Paragraph { content, .. } => Some(plain_text(content)),
                _ => None,
            };
            book.blocks.iter().filter_map(line).collect::<Vec<_>>()
        };
        assert_eq!(lines(&bind("集", vec![by("甲", "2022"), by("乙", "2022")])), ["甲", "乙"]);
        assert!(lines(&bind("集", vec![by("甲", "2022"), by("甲", "2022")])).is_empty());
    }

    #[test]
    fn equal_names_of_notes_and_pictures_stay_apart() {
        let with_note = |path: &str, words: &str| {
            let call = Block::paragraph(vec![Inline::NoteReference("1".into())]);
            let mut article = article(path, Some(path), vec![call]);
            article.document.notes.insert("1".into(), vec![Block::paragraph(vec![Inline::text(words)])]);
            article
        };
        let book = bind("集", vec![with_note("a", "甲"), with_note("b", "乙"), with_note("c", "丙")]);
        let mut called = Vec::new();
        walk_inlines(&book.blocks, &mut |line| {
            for inline in line {
                if let Inline::NoteReference(id) = inline {
                    called.push(id.clone());
                }
            }
        });
        assert_eq!(called, ["1", "1-2", "1-3"]);
        assert_eq!(book.notes.keys().collect::<Vec<_>>(), ["1", "1-2", "1-3"]);
    }
}
