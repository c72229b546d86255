//! Where a document is cut into files: at chapters, and within long ones at the next headings down.

use std::ops::Range;

use crate::document::{Block, BlockKind, Document, Inline, Level, plain_text, walk_blocks, walk_inlines};
use crate::writers::html::heading_depths;

/// An article without chapters stays one file up to so many characters.
const LONGEST_ARTICLE: usize = 12_000;
/// A chapter of more characters is cut at its own headings.
const LONGEST_CHAPTER: usize = 24_000;
/// A file of more characters (about 250 KB, where old reading systems fail at 300) is cut between any two blocks.
const LONGEST_FILE: usize = 80_000;

/// A book of more files than this has several chapters in each: a container holds 65,535 files, and reading systems list
/// them all before they open the first page.
const MOST_FILES: usize = 10_000;

/// A run of blocks that is one file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Chapter {
    pub blocks: Range<usize>,
    /// Index of the heading it starts with.
    pub heading: Option<usize>,
    pub part: Part,
}

/// What a file is in the book (EPUB Structural Semantics; DPUB-ARIA 1.1).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// Text before the first heading, or the rest of a chapter too long for one file.
    Plain,
    Chapter,
    /// A heading whose chapters follow in files of their own.
    OfChapters,
    /// A known kind by its title: `epub:type` and ARIA role.
    Named(&'static str, &'static str),
}

/// Cut a document into files. At least one, even for an empty document.
pub fn chapters(document: &Document) -> Vec<Chapter> {
    let start = document.title_heading().map_or(0, |index| index + 1);
    let cutting =
        Cutting { document, depths: heading_depths(document), sizes: document.blocks.iter().map(characters).collect() };
    let whole = start..document.blocks.len();
    let mut ranges = Vec::new();
    let is_book = document.blocks[whole.clone()]
        .iter()
        .filter(|block| matches!(block.kind, BlockKind::Heading { level: Level::FIRST, .. }))
        .nth(1)
        .is_some();
    if is_book || cutting.size(&whole) > LONGEST_ARTICLE {
        cutting.cut(whole, 0, &mut ranges);
    } else {
        ranges.push(whole);
    }
    let mut chapters: Vec<Chapter> = match ranges.len() > MOST_FILES {
        true => cutting.gathered(&ranges),
        false => ranges.into_iter().map(|range| cutting.chapter(range)).collect(),
    };
    mark_parts(&mut chapters, &cutting.depths);
    chapters
}

struct Cutting<'a> {
    document: &'a Document,
    depths: Vec<Option<u8>>,
    /// Characters of each top-level block.
    sizes: Vec<usize>,
}

impl Cutting<'_> {
    fn size(&self, range: &Range<usize>) -> usize {
        self.sizes[range.clone()].iter().sum()
    }

    /// Cut a run at its headings of a depth, and what is still too long at the next depth.
    fn cut(&self, range: Range<usize>, depth: u8, cut: &mut Vec<Range<usize>>) {
        let starts: Vec<usize> = range.clone().filter(|index| self.depths[*index] == Some(depth)).collect();
        let mut bounds = vec![range.start];
        bounds.extend(starts.iter().copied().filter(|start| *start > range.start));
        bounds.push(range.end);
        for pair in bounds.windows(2) {
            let piece = pair[0]..pair[1];
            let deeper = |index: usize| self.depths[index].is_some_and(|one| one > depth);
            if self.size(&piece) > LONGEST_CHAPTER && piece.clone().any(deeper) {
                self.cut(piece, depth + 1, cut);
            } else {
                self.cut_anywhere(piece, cut);
            }
        }
    }

    fn cut_anywhere(&self, range: Range<usize>, cut: &mut Vec<Range<usize>>) {
        let (mut start, mut size) = (range.start, 0);
        for index in range.clone() {
            let follows_heading = index > 0 && self.depths[index - 1].is_some();
            if size > 0 && size + self.sizes[index] > LONGEST_FILE && !follows_heading {
                cut.push(start..index);
                (start, size) = (index, 0);
            }
            size += self.sizes[index];
        }
        cut.push(start..range.end);
    }

    /// Neighbouring pieces put together, so that no more than [`MOST_FILES`] files are left. A file of several chapters is
    /// no chapter itself.
    fn gathered(&self, ranges: &[Range<usize>]) -> Vec<Chapter> {
        // Any two files that follow each other hold more than this.
        let weight = |range: &Range<usize>| self.size(range) + range.len();
        let enough = ranges.iter().map(weight).sum::<usize>().div_ceil(MOST_FILES / 2);
        let mut gathered: Vec<(Range<usize>, usize, usize)> = Vec::new();
        for range in ranges {
            let own = weight(range);
            match gathered.last_mut() {
                Some((last, held, pieces)) if *held + own <= enough => {
                    (last.end, *held, *pieces) = (range.end, *held + own, *pieces + 1);
                }
                _ => gathered.push((range.clone(), own, 1)),
            }
        }
        let chapter = |(range, _, pieces): (Range<usize>, usize, usize)| {
            let own = self.chapter(range);
            if pieces > 1 { Chapter { part: Part::Plain, ..own } } else { own }
        };
        gathered.into_iter().map(chapter).collect()
    }

    fn chapter(&self, blocks: Range<usize>) -> Chapter {
        let heading = blocks.clone().next().filter(|index| self.depths[*index].is_some());
        let part = heading.map_or(Part::Plain, |index| match &self.document.blocks[index].kind {
            BlockKind::Heading { content, .. } => part_of_title(content),
            _ => Part::Plain,
        });
        Chapter { blocks, heading, part }
    }
}

/// A chapter whose next file starts with a heading below its own is a part.
fn mark_parts(chapters: &mut [Chapter], depths: &[Option<u8>]) {
    for index in 1..chapters.len() {
        let depth = |chapter: &Chapter| chapter.heading.and_then(|heading| depths[heading]);
        let (before, here) = (depth(&chapters[index - 1]), depth(&chapters[index]));
        if chapters[index - 1].part == Part::Chapter && before.is_some() && before < here {
            chapters[index - 1].part = Part::OfChapters;
        }
    }
}

/// Titles that say what a chapter is, in the languages we set.
fn part_of_title(title: &[Inline]) -> Part {
    let words: String = plain_text(title).chars().filter(|c| !c.is_whitespace()).collect::<String>().to_lowercase();
    let named = match words.as_str() {
        "前言" | "序" | "自序" | "序言" | "代序" | "总序" | "總序" | "弁言" | "preface" | "まえがき" | "はじめに" => {
            ("preface", "doc-preface")
        }
        "推荐序" | "推薦序" | "foreword" => ("foreword", "doc-foreword"),
        "引言" | "导言" | "導言" | "绪论" | "緒論" | "导论" | "導論" | "introduction" | "序論" => {
            ("introduction", "doc-introduction")
        }
        "楔子" | "序章" | "序幕" | "prologue" | "プロローグ" => ("prologue", "doc-prologue"),
        "尾声" | "尾聲" | "终章" | "終章" | "epilogue" | "エピローグ" => ("epilogue", "doc-epilogue"),
        "后记" | "後記" | "跋" | "译后记" | "譯後記" | "afterword" | "あとがき" => {
            ("afterword", "doc-afterword")
        }
        "结语" | "結語" | "结论" | "結論" | "余论" | "餘論" | "conclusion" | "おわりに" => {
            ("conclusion", "doc-conclusion")
        }
        "参考文献" | "參考文獻" | "参考书目" | "參考書目" | "bibliography" | "references" => {
            ("bibliography", "doc-bibliography")
        }
        "致谢" | "致謝" | "鸣谢" | "鳴謝" | "acknowledgments" | "acknowledgements" | "謝辞" => {
            ("acknowledgments", "doc-acknowledgments")
        }
        "术语表" | "術語表" | "词汇表" | "詞彙表" | "glossary" | "用語集" => {
            ("glossary", "doc-glossary")
        }
        "附录" | "附錄" | "appendix" | "付録" => ("appendix", "doc-appendix"),
        _ if words.starts_with("附录") || words.starts_with("附錄") => ("appendix", "doc-appendix"),
        _ => return Part::Chapter,
    };
    Part::Named(named.0, named.1)
}

fn characters(block: &Block) -> usize {
    let blocks = std::slice::from_ref(block);
    let mut count = 0;
    walk_inlines(blocks, &mut |inlines| count += inline_characters(inlines));
    walk_blocks(blocks, &mut |block| match &block.kind {
        BlockKind::Code { text, .. } | BlockKind::Raw { text, .. } => count += text.len(),
        BlockKind::Math { tex } => count += tex.len(),
        _ => {}
    });
    count
}

/// A measure of size only: bytes of text by three.
fn inline_characters(inlines: &[Inline]) -> usize {
    let one = |inline: &Inline| match inline {
        Inline::Text(text) | Inline::Code(text) | Inline::Math(text) => text.len() / 3 + 1,
        Inline::Ruby { pairs, .. } => pairs.len() * 8,
        other => inline_characters(other.children()),
    };
    inlines.iter().map(one).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn heading(level: usize, words: &str) -> Block {
        Block::heading(Level::clamped(level), vec![Inline::text(words)])
    }

    fn prose(characters: usize) -> Block {
        Block::paragraph(vec![Inline::text("文".repeat(characters))])
    }

    fn files(blocks: Vec<Block>) -> Vec<(Range<usize>, Part)> {
        let document = Document { blocks, ..Document::default() };
        chapters(&document).into_iter().map(|chapter| (chapter.blocks, chapter.part)).collect()
    }

    #[test]
    fn a_short_article_is_one_file() {
        assert_eq!(files(vec![heading(2, "一"), prose(500), heading(2, "二")]), [(0..3, Part::Chapter)]);
        assert_eq!(files(Vec::new()), [(0..0, Part::Plain)]);
    }

    #[test]
    fn chapters_of_a_book_are_files_however_short() {
        let blocks = vec![prose(3), heading(1, "前言"), prose(5), heading(1, "一"), heading(2, "1"), prose(9)];
        let named = Part::Named("preface", "doc-preface");
        assert_eq!(files(blocks), [(0..1, Part::Plain), (1..3, named), (3..6, Part::Chapter)]);
    }

    #[test]
    fn many_short_chapters_share_files() {
        let blocks: Vec<Block> = (0..70_000).flat_map(|_| [heading(1, "章"), prose(1)]).collect();
        let files = files(blocks);
        assert!((MOST_FILES / 4..=MOST_FILES).contains(&files.len()), "{}", files.len());
        assert!(files.iter().all(|(range, part)| range.start % 2 == 0 && *part == Part::Plain));
        assert!(files.windows(2).all(|pair| pair[0].0.end == pair[1].0.start));
        assert_eq!(files.last().map(|(range, _)| range.end), Some(140_000));
    }

    #[test]
    fn a_part_is_cut_at_its_chapters_and_endless_text_anywhere() {
        let part = vec![heading(1, "上"), heading(2, "一"), prose(20_000), heading(2, "二"), prose(20_000)];
        let blocks = [part, vec![heading(1, "下")], (0..3).map(|_| prose(40_000)).collect()].concat();
        let expected = [
            (0..1, Part::OfChapters),
            (1..3, Part::Chapter),
            (3..5, Part::Chapter),
            (5..7, Part::Chapter),
            (7..8, Part::Plain),
            (8..9, Part::Plain),
        ];
        assert_eq!(files(blocks), expected);
    }
}
