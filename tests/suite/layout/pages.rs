//! What clreq asks of the page, on finished pages (clreq §2.3, §3.4, §4.1; JLReq §2.6, §4.2).

use std::sync::Arc;

use banxin::diagnostics::Diagnostics;
use banxin::document::{
    Block, BlockKind, Document, Image, Inline, Level, ParagraphRole, Resource, RubyPair, RubyPosition,
};
use banxin::edition::{DEFAULT_TIMESTAMP, Edition};
use banxin::font::{FontBook, Role};
use banxin::layout::frame::{Furniture, Item, Owner, Page};
use banxin::layout::inline::GlyphRun;
use banxin::layout::lay_out;
use banxin::length::Length;
use banxin::options::Limits;
use banxin::themes::Theme;

const TEXT: &str = "山里的人在春天采茶，夏天割漆，秋天打板栗，到了冬天就坐在火塘边编竹器。";

fn pages(blocks: Vec<Block>) -> Vec<Page> {
    pages_of(&Document { blocks, ..Document::default() })
}

fn pages_of(document: &Document) -> Vec<Page> {
    let edition = Edition {
        theme: Arc::new(Theme::default()),
        fonts: Arc::new(FontBook::bundled()),
        timestamp: DEFAULT_TIMESTAMP,
    };
    lay_out(document, &edition, &Limits::default(), &mut Diagnostics::new()).expect("it has few pages").pages
}

fn paragraph(text: impl Into<String>) -> Block {
    Block::paragraph(vec![Inline::text(text)])
}

/// Content runs of a page: where each begins, and the run.
fn runs(page: &Page) -> impl Iterator<Item = (Length, Length, &GlyphRun)> {
    page.items.iter().filter_map(|placed| match (&placed.item, placed.owner) {
        (Item::Glyphs(run), Owner::Content(_)) if !run.ornament => Some((placed.at.x, placed.at.y, run)),
        _ => None,
    })
}

fn furniture(page: &Page, wanted: Furniture) -> Vec<(Length, String)> {
    let found = page.items.iter().filter_map(|placed| match (&placed.item, placed.owner) {
        (Item::Glyphs(run), Owner::Furniture(own)) if own == wanted => Some((placed.at.y, run.text.to_string())),
        _ => None,
    });
    found.collect()
}

fn find<'a>(pages: &'a [Page], words: &str) -> (Length, Length, &'a GlyphRun) {
    let mut all = pages.iter().flat_map(runs);
    all.find(|(.., run)| run.text.contains(words)).unwrap_or_else(|| panic!("{words} is on a page"))
}

fn width(run: &GlyphRun) -> Length {
    run.glyphs.iter().map(|glyph| glyph.advance).sum()
}

#[test]
fn the_measure_is_a_whole_number_of_ems() {
    let pages = pages(vec![paragraph(TEXT.repeat(20))]);
    let size = Theme::default().body.size;
    let left = runs(&pages[0]).map(|(x, ..)| x).min().expect("the page has text");
    let right = runs(&pages[0]).map(|(x, _, run)| x + width(run)).max().expect("the page has text");
    assert_eq!((right - left).0 % size.0, 0, "{} ems", (right - left).to_points() / size.to_points());
}

#[test]
fn the_distance_of_lines_is_constant_over_ruby_and_dots() {
    let size = Theme::default().body.size;
    let pair = RubyPair { base: "茶".into(), annotation: "chá".into() };
    let ruby = Inline::Ruby { pairs: vec![pair], position: RubyPosition::Over };
    let dots = Inline::EmphasisDots(vec![Inline::text("冬天编竹器")]);
    let marked = Block::paragraph(vec![Inline::text(TEXT), ruby, Inline::text(TEXT), dots, Inline::text(TEXT)]);
    let pages = pages(vec![paragraph(TEXT.repeat(3)), marked, paragraph(TEXT.repeat(3))]);
    let mut lines: Vec<Length> = runs(&pages[0]).filter(|(.., run)| run.size == size).map(|(_, y, _)| y).collect();
    lines.sort();
    lines.dedup();
    let gaps: Vec<Length> = lines.windows(2).map(|pair| pair[1] - pair[0]).collect();
    assert!(gaps.iter().all(|gap| (*gap - gaps[0]).abs() < Length::points(1) / 100), "{gaps:?}");
    let gap = gaps[0] - size;
    assert!(gap >= size / 2 && gap <= size, "between lines stands half an em to one");
}

#[test]
fn text_that_goes_on_after_a_quotation_is_not_indented() {
    let content = vec![Inline::text(format!("承接{TEXT}"))];
    let continued = BlockKind::Paragraph { role: ParagraphRole::Continuation, content };
    let pages = pages(vec![paragraph(format!("起首{}", TEXT.repeat(2))), continued.into()]);
    let size = Theme::default().body.size;
    assert_eq!(find(&pages, "起首").0 - find(&pages, "承接").0, size * 2);
}

#[test]
fn a_block_quotation_is_indented_by_whole_ems() {
    let quote = BlockKind::Quote {
        blocks: vec![paragraph(format!("引文{}", TEXT.repeat(3)))],
        attribution: Default::default(),
    };
    let pages = pages(vec![paragraph(TEXT.repeat(3)), quote.into(), paragraph(TEXT.repeat(2))]);
    let size = Theme::default().body.size;
    let left = |words: &str| {
        let (_, from, run) = find(&pages, words);
        let own =
            runs(&pages[0]).filter(move |(_, y, other)| *y >= from && other.face == run.face && *y < from + size * 5);
        own.map(|(x, ..)| x).min().expect("it was found")
    };
    let body = runs(&pages[0]).map(|(x, ..)| x).min().expect("the page has text");
    let indent = left("引文") - body;
    assert!(indent >= size && indent.0 % size.0 == 0, "{} ems", indent.to_points() / size.to_points());
}

#[test]
fn sizes_of_headings_fall_with_their_level() {
    let words = ["甲级题", "乙级题", "丙级题", "丁级题", "戊级题", "己级题"];
    let mut blocks = vec![paragraph(TEXT)];
    for (level, words) in words.iter().enumerate() {
        blocks.push(Block::heading(Level::clamped(level + 1), vec![Inline::text(*words)]));
        blocks.push(paragraph(TEXT));
    }
    let pages = pages(blocks);
    let sizes: Vec<Length> = words.iter().map(|words| find(&pages, words).2.size).collect();
    assert!(sizes.windows(2).all(|pair| pair[0] >= pair[1]), "{sizes:?}");
    assert!(sizes.iter().all(|size| *size >= Theme::default().body.size) && sizes[0] > sizes[3]);
    // Hei throughout; the two large sizes in the middle of the measure.
    let theme = Theme::default();
    let middle = theme.page.paper.0 / 2;
    for (level, words) in words.iter().enumerate() {
        let (x, _, run) = find(&pages, words);
        assert_eq!(FontBook::bundled().face(run.face).role, Role::Hei);
        let is_centred = (x + width(run) / 2 - middle).0.abs() < theme.body.size.0 / 10;
        assert_eq!(is_centred, level < 2, "{words}");
    }
}

#[test]
fn a_footnote_is_small_at_the_foot_and_linked_both_ways() {
    let mut document = Document::default();
    let call = Inline::NoteReference("a".into());
    document.blocks =
        vec![Block::paragraph(vec![Inline::text("引注处"), call, Inline::text(TEXT.repeat(2))]), paragraph(TEXT)];
    document.notes.insert("a".into(), vec![paragraph("注文在此")]);
    let pages = pages_of(&document);
    let body = Theme::default().body.size;
    let (_, at, note) = find(&pages, "注文在此");
    let lowest = runs(&pages[0]).filter(|(.., run)| run.size == body).map(|(_, y, _)| y).max().expect("it has text");
    assert!(note.size < body && at > lowest);
    let rule =
        pages[0].items.iter().any(|one| matches!(one.item, Item::Box { .. }) && one.at.y > lowest && one.at.y < at);
    assert!(rule, "a rule stands over the notes");
    let leads = |from: bool| {
        pages[0].links.iter().filter(|link| link.areas.iter().any(|area| (area.at.y > lowest) == from)).count()
    };
    assert!(leads(true) > 0 && leads(false) > 0, "the call and the note lead to each other");
}

#[test]
fn page_numbers_are_printed_as_the_pages_are_called() {
    let pages = pages((0..80).map(|_| paragraph(TEXT.repeat(3))).collect());
    assert!(pages.len() > 2);
    for page in &pages {
        let printed: String = furniture(page, Furniture::PageNumber).into_iter().map(|(_, text)| text).collect();
        assert!(printed.is_empty() || printed.contains(&page.number.written()), "{printed}");
    }
    assert!(pages.iter().filter(|page| !furniture(page, Furniture::PageNumber).is_empty()).count() + 1 >= pages.len());
}

#[test]
fn running_heads_stand_outside_the_type_area_and_not_where_a_chapter_opens() {
    let mut document = Document::default();
    document.metadata.title = Some("山居杂记".into());
    for chapter in ["第一章　春茶", "第二章　夏漆"] {
        document.blocks.push(Block::heading(Level::FIRST, vec![Inline::text(chapter)]));
        document.blocks.push(paragraph(TEXT.repeat(100)));
    }
    let pages = pages_of(&document);
    let mut with_head = 0;
    for page in &pages {
        let heads = furniture(page, Furniture::RunningHead);
        let top = runs(page).map(|(_, y, _)| y).min();
        let opens = runs(page).next().is_some_and(|(.., run)| run.text.starts_with('第') && run.text.contains('章'));
        assert!(!opens || heads.is_empty(), "no running head over an opening");
        with_head += usize::from(!heads.is_empty());
        assert!(heads.iter().all(|(y, _)| top.is_none_or(|top| *y < top)));
    }
    assert!(with_head > 0);
}

#[test]
fn cells_of_a_table_are_no_larger_than_the_body() {
    let cell = |words: &str| banxin::document::Cell { blocks: vec![paragraph(words)], ..Default::default() };
    let row = banxin::document::Row { cells: vec![cell("格子里"), cell("另一格")] };
    let caption = vec![Inline::text("表题在上")];
    let table = banxin::document::Table { body: vec![row], caption, ..Default::default() };
    let pages = pages(vec![paragraph(TEXT), BlockKind::from(table).into()]);
    let (_, cell_at, cell) = find(&pages, "格子里");
    assert!(cell.size <= Theme::default().body.size);
    assert!(find(&pages, "表题在上").1 < cell_at);
}

#[test]
fn no_page_starts_with_the_last_line_of_a_paragraph() {
    for length in [4, 5, 6, 7] {
        let text = format!("{}终", TEXT.repeat(length));
        let pages = pages((0..40).map(|_| paragraph(format!("始{text}"))).collect());
        for page in &pages[1..] {
            let top = runs(page).map(|(_, y, _)| y).min().expect("a page has text");
            let first: String =
                runs(page).filter(|(_, y, _)| *y == top).map(|(.., run)| run.text.to_string()).collect();
            assert!(!first.contains('终') || first.contains('始'), "{first}");
        }
    }
}

/// A document of paragraphs, with a figure of so many pixels after each `every`th.
fn illustrated(paragraphs: usize, every: usize, pixels: (u32, u32)) -> Document {
    let mut document = Document::default();
    let picture = Resource { media_type: "image/png".into(), data: Arc::default(), width: pixels.0, height: pixels.1 };
    document.resources.insert("river.png".into(), picture);
    for number in 1..=paragraphs {
        document.blocks.push(paragraph(format!("段{number:03}。{}", TEXT.repeat(1 + number % 4))));
        if number % every == 0 {
            let image = Image { resource: Some("river.png".into()), alternative: "河".into(), ..Image::default() };
            let blocks = vec![Block::paragraph(vec![Inline::from(image)])];
            let caption = vec![Inline::text(format!("图{number:03}"))];
            document.blocks.push(BlockKind::Figure { blocks, caption: caption.into() }.into());
        }
    }
    document
}

fn pictures(page: &Page) -> impl Iterator<Item = (Length, Length, Length, Length)> {
    page.items.iter().filter_map(|placed| match placed.item {
        Item::Picture { width, height, .. } => Some((placed.at.x, placed.at.y, width, height)),
        _ => None,
    })
}

#[test]
fn a_figure_stands_in_the_middle_of_the_measure_or_fills_it() {
    let theme = Theme::default();
    let left = (theme.page.paper.0 - theme.measure()) / 2;
    for width in [100, 400, 4000] {
        for page in pages_of(&illustrated(8, 4, (width, width / 2))) {
            for (x, _, width, _) in pictures(&page) {
                assert_eq!(x - left, (theme.measure() - width) / 2);
                assert!(width <= theme.measure());
            }
        }
    }
}

#[test]
fn a_figure_is_on_one_page_with_its_caption_over_it() {
    for every in [1, 2, 3, 5] {
        let mut found = 0;
        for page in pages_of(&illustrated(60, every, (500, 400))) {
            let captions: Vec<Length> =
                runs(&page).filter(|(.., run)| run.text.starts_with('图')).map(|(_, y, _)| y).collect();
            let bottoms: Vec<Length> = pictures(&page).map(|(_, y, _, height)| y + height).collect();
            assert_eq!(captions.len(), bottoms.len());
            assert!(captions.iter().zip(&bottoms).all(|(caption, bottom)| caption > bottom));
            found += captions.len();
        }
        assert_eq!(found, 60 / every);
    }
}

#[test]
fn text_goes_on_before_a_figure_that_has_no_room_and_no_page_is_left_half_empty() {
    let theme = Theme::default();
    let foot = (theme.page.paper.1 + theme.depth()) / 2;
    let pages = pages_of(&illustrated(203, 7, (500, 400)));
    for page in &pages[..pages.len() - 1] {
        let lowest = runs(page).map(|(_, y, _)| y).max().expect("a page has text");
        assert!(foot - lowest < theme.body.pitch * 4, "{} points are empty", (foot - lowest).to_points());
    }
    let order = |mark: char| -> Vec<String> {
        let words = pages.iter().flat_map(runs).map(|(.., run)| run.text.chars().take(4).collect::<String>());
        words.filter(|words| words.starts_with(mark)).collect()
    };
    for mark in ['图', '段'] {
        assert!(order(mark).is_sorted() && !order(mark).is_empty());
    }
}

#[test]
fn a_figure_announced_by_a_colon_keeps_its_place() {
    let mut document = illustrated(60, 3, (500, 400));
    for block in &mut document.blocks {
        if let BlockKind::Paragraph { content, .. } = &mut block.kind {
            content.push(Inline::text("见图："));
        }
    }
    let words: Vec<String> = pages_of(&document)
        .iter()
        .flat_map(runs)
        .filter_map(|(.., run)| {
            run.text.chars().next().filter(|one| "图段".contains(*one)).map(|_| run.text.to_string())
        })
        .collect();
    let sequence: String = words.iter().filter_map(|words| words.chars().next()).collect();
    assert!(!sequence.contains("段段段段"), "{sequence}");
}

#[test]
fn what_announces_the_next_paragraph_is_not_the_last_on_its_page() {
    let strong = || Inline::Strong(vec![Inline::text("注意事项")]);
    for announcing in [Inline::text("输出如下："), strong()] {
        for before in 30..45 {
            let mut blocks: Vec<Block> = (0..before).map(|_| paragraph("山里的人在春天采茶。")).collect();
            blocks.push(Block::paragraph(vec![announcing.clone()]));
            blocks.push(BlockKind::Code { language: None, text: "第一行\n第二行\n第三行".into() }.into());
            let pages = pages(blocks);
            let page_of =
                |words: &str| pages.iter().position(|page| runs(page).any(|(.., run)| run.text.contains(words)));
            let words = if matches!(announcing, Inline::Text(_)) { "输出" } else { "注意" };
            assert_eq!(page_of(words), page_of("第一行"), "after {before} lines");
        }
    }
}
