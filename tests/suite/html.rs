//! The HTML reader through the public door: pages in, the document model out.

use banxin::convert::read;
use banxin::diagnostics::Diagnostics;
use banxin::document::{Block, BlockKind, BoxRole, Document, Inline, ParagraphRole, plain_text, walk_inlines};
use banxin::format::Format;
use banxin::options::{PageCleaning, ReadOptions};
use banxin::source::Source;

fn read_with(markup: &str, page: PageCleaning) -> (Document, Diagnostics) {
    let options = ReadOptions { page, ..ReadOptions::default() };
    let source = Source::from_bytes("page.html", markup.as_bytes().to_vec());
    read(&source, Some(Format::Html), &options).expect("HTML always yields a document")
}

fn whole(markup: &str) -> Document {
    read_with(markup, PageCleaning::Whole).0
}

fn texts(document: &Document) -> Vec<String> {
    let mut texts = Vec::new();
    walk_inlines(&document.blocks, &mut |inlines| {
        let text = plain_text(inlines);
        if !text.is_empty() {
            texts.push(text);
        }
    });
    texts
}

fn first_paragraph(document: &Document) -> &[Inline] {
    let found = document.blocks.iter().find_map(|block| match &block.kind {
        BlockKind::Paragraph { content, .. } => Some(content.as_slice()),
        _ => None,
    });
    found.expect("there is a paragraph")
}

#[test]
fn div_soup_becomes_paragraphs() {
    let document = whole(
        "<div>&nbsp;&nbsp;第一段，<span>未完</span>。<br>\n<br>　　第二段。<div>第三段。</div>第四段<b>粗</b>。<p>第五段。</div>",
    );
    assert_eq!(texts(&document), ["第一段，未完。", "第二段。", "第三段。", "第四段粗。", "第五段。"]);
}

#[test]
fn inline_marks_map_to_the_model() {
    let document = whole(
        "<p><b>甲</b><i>b</i><u>丙</u><s>丁</s><mark>戊</mark>H<sub>2</sub>O<sup>+</sup><code>x  y</code>\
         <span style='text-emphasis: dot'>着重</span><span lang=ja>日本語</span><q>引<q>内</q></q>\
         <span style='font-variant: small-caps'>Caps</span><a href='http://a.example/'>链</a></p>",
    );
    let expected = vec![
        Inline::Strong(vec![Inline::text("甲")]),
        Inline::Emphasis(vec![Inline::text("b")]),
        Inline::Underline(vec![Inline::text("丙")]),
        Inline::Strike(vec![Inline::text("丁")]),
        Inline::Highlight(vec![Inline::text("戊")]),
        Inline::text("H"),
        Inline::Subscript(vec![Inline::text("2")]),
        Inline::text("O"),
        Inline::Superscript(vec![Inline::text("+")]),
        Inline::Code("x y".to_owned()),
        Inline::EmphasisDots(vec![Inline::text("着重")]),
    ];
    let content = first_paragraph(&document);
    assert_eq!(&content[..expected.len()], expected.as_slice());
    assert_eq!(plain_text(content), "甲b丙丁戊H2O+x y着重日本語“引‘内’”Caps链");
    assert!(
        matches!(&content[11], Inline::Span(span) if span.attributes.language.as_ref().is_some_and(|language| language.as_str() == "ja"))
    );
}

#[test]
fn footnotes_of_the_usual_patterns_become_notes() {
    let document = whole(
        "<p>正文<sup><a href='#fn1' id='ref1'>[1]</a></sup>，又<a epub:type=noteref href='#n2'>注</a>。</p>\
         <ol class=footnotes><li id=fn1>[1] 第一条注。<a href='#ref1'>↩</a></li></ol>\
         <aside epub:type=footnote id=n2><p>第二条注。</p></aside>",
    );
    assert_eq!(document.notes.len(), 2);
    assert_eq!(texts(&document), ["正文，又。"]);
    let notes: Vec<String> = document
        .notes
        .values()
        .map(|blocks| match &blocks[0].kind {
            BlockKind::Paragraph { content, .. } => plain_text(content),
            other => panic!("a note of {other:?}"),
        })
        .collect();
    assert_eq!(notes, ["第一条注。", "第二条注。"]);
}

#[test]
fn tables_keep_spans_heads_and_captions() {
    let document = whole(
        "<table><caption>表一</caption><tr><th>名<th style='text-align:right'>数</tr>\
         <tr><td rowspan=2>甲<td align=right>1<tr><td align=right>2</table>",
    );
    let BlockKind::Table(table) = &document.blocks[0].kind else { panic!("a table is expected") };
    assert_eq!(plain_text(&table.caption), "表一");
    assert_eq!((table.head.len(), table.body.len()), (1, 2));
    assert_eq!(table.body[0].cells[0].rows, 2);
}

#[test]
fn figures_quotes_lists_and_boxes_nest() {
    let document = whole(
        "<figure><img src=a.png alt=图><figcaption>说明</figcaption></figure>\
         <blockquote><p>引文。</p><footer>某人</footer></blockquote>\
         <ol start=3 type=a><li>一<ul><li>子</ul><li>二</ol>\
         <details><summary>题</summary>内</details><p style='text-align:center'>中</p><hr>\
         <dl><dt>词<dd>义</dl>",
    );
    let kinds: Vec<&BlockKind> = document.blocks.iter().map(|block| &block.kind).collect();
    assert!(matches!(kinds[0], BlockKind::Figure { caption, .. } if plain_text(caption) == "说明"));
    assert!(matches!(kinds[1], BlockKind::Quote { attribution, .. } if plain_text(attribution) == "某人"));
    assert!(matches!(kinds[2], BlockKind::List { items, .. } if items.len() == 2 && items[0].blocks.len() == 2));
    assert!(matches!(kinds[3], BlockKind::Box { role: BoxRole::Details, .. }));
    assert!(matches!(kinds[4], BlockKind::Paragraph { role: ParagraphRole::Centered, .. }));
    assert!(matches!(kinds[5], BlockKind::ThematicBreak));
    assert!(matches!(kinds[6], BlockKind::Definitions { items } if items.len() == 1));
}

#[test]
fn hostile_nesting_neither_overflows_nor_loses_text() {
    for tag in ["div", "b", "blockquote", "ul><li", "table><tr><td", "span", "font size=1", "a", "p"] {
        let markup = format!("<{tag}>").repeat(100_000) + "末";
        let document = whole(&markup);
        assert!(texts(&document).concat().contains('末'), "{tag}");
        assert!(depth(&document.blocks) <= banxin::document::MAX_DEPTH, "{tag}");
    }
}

fn depth(blocks: &[Block]) -> usize {
    let inner = |block: &Block| match &block.kind {
        BlockKind::Quote { blocks, .. } | BlockKind::Box { blocks, .. } | BlockKind::Figure { blocks, .. } => {
            depth(blocks)
        }
        BlockKind::List { items, .. } => items.iter().map(|item| depth(&item.blocks)).max().unwrap_or(0),
        BlockKind::Table(table) => {
            let cells = table.body.iter().flat_map(|row| &row.cells);
            cells.map(|cell| depth(&cell.blocks)).max().unwrap_or(0)
        }
        BlockKind::Paragraph { content, .. } => inline_depth(content),
        _ => 0,
    };
    blocks.iter().map(|block| 1 + inner(block)).max().unwrap_or(0)
}

fn inline_depth(inlines: &[Inline]) -> usize {
    inlines.iter().map(|inline| 1 + inline_depth(inline.children())).max().unwrap_or(0)
}

#[test]
fn the_title_stands_in_the_metadata_and_not_in_the_text() {
    let document = whole("<title>河流为什么弯曲_某某网</title><h1>河流为什么弯曲</h1><p>正文。</p><h2>一</h2>");
    assert_eq!(document.metadata.title.as_deref(), Some("河流为什么弯曲"));
    assert_eq!(texts(&document), ["正文。", "一"]);
}

const SENTENCE: &str = "河水在弯道外侧流得快，在内侧流得慢，于是外岸被冲刷，内岸积起沙来。";

fn site_page() -> String {
    format!(
        "<html lang=zh-CN><head><title>河流为什么弯曲_科学频道_某某网</title><meta property=og:site_name content=某某网>\
         <link rel=canonical href=https://www.site.example/a/1.html></head><body>\
         <div class=nav><a href=/>首页</a><a href=/news>新闻</a></div><div class=crumb>当前位置：<a href=/>首页</a></div>\
         <div class=wrap><div class=main><h1>河流为什么弯曲</h1>\
         <div class=info>2024年5月6日 10:20　来源：某某日报　作者：张小明</div><div class=share>分享到：<a href=#>微博</a></div>\
         <div class=content><p>　　{SENTENCE}</p><h3>一</h3><p>　　{SENTENCE}<a href=/b>详见</a></p>\
         <figure><img data-src=a.png src=loading.gif><figcaption>图说</figcaption></figure><p>　　{SENTENCE}</p>\
         <p>责任编辑：李某</p></div><div class=related><h4>相关阅读</h4><ul><li><a href=/1>别的文章一</a><li><a href=/2>别的文章二</a>\
         </ul></div><div id=comments><p>读者的评论，写得很长，也有标点，但不是文章。</p></div></div>\
         <div class=sidebar><ul><li><a href=/3>热门一</a><li><a href=/4>热门二</a></ul></div></div>\
         <div class=footer>版权所有</div><script>var a = '<p>脚本</p>';</script></body></html>"
    )
}

#[test]
fn the_article_is_told_from_the_site_round_it() {
    let (document, _) = read_with(&site_page(), PageCleaning::Auto);
    let expected = [SENTENCE, "一", &format!("{SENTENCE}详见"), "图说", SENTENCE];
    let found = texts(&document);
    assert_eq!(found, expected);
    let metadata = &document.metadata;
    assert_eq!(metadata.title.as_deref(), Some("河流为什么弯曲"));
    assert_eq!(metadata.date.as_deref(), Some("2024-05-06"));
    assert_eq!(metadata.source.as_deref(), Some("某某日报"));
    assert_eq!(metadata.authors().collect::<Vec<_>>(), ["张小明"]);
    assert!(matches!(&document.blocks[1].kind, BlockKind::Heading { level, .. } if level.get() == 2));
}

#[test]
fn what_is_left_out_is_recorded_and_links_are_absolute() {
    let (document, _) = read_with(&site_page(), PageCleaning::Auto);
    let aside: String = document.provenance.set_aside.iter().map(|piece| piece.text.as_str()).collect();
    for part in ["首页", "相关阅读", "读者的评论", "版权所有", "责任编辑"] {
        assert!(aside.contains(part), "{part} is not in {aside}");
    }
    assert!(!aside.contains("脚本"));
    let json = serde_json::to_string(&document).expect("a document is JSON");
    assert!(json.contains("https://www.site.example/b"));
}

#[test]
fn the_whole_page_is_kept_on_request_and_where_there_is_no_site() {
    let (document, _) = read_with(&site_page(), PageCleaning::Whole);
    assert!(texts(&document).concat().contains("相关阅读"));
    let plain = format!("<h1>题</h1><p>{SENTENCE}</p><p>短。</p><ul><li><a href=x>链接</a></ul>");
    let (document, _) = read_with(&plain, PageCleaning::Auto);
    assert_eq!(texts(&document), [SENTENCE, "短。", "链接"]);
}

#[test]
fn chapters_of_books_keep_levels_and_anchors() {
    let markup = "<?xml version='1.0'?><html xmlns='http://www.w3.org/1999/xhtml' xml:lang='ja'><head><title>章</title></head>\
        <body><h1 id='c1'>章<br/>題</h1><p id='p1'><a id='x'/>文。</p><h3>節</h3></body></html>";
    let document = banxin::readers::html::read_chapter(markup, &ReadOptions::default(), &mut Diagnostics::new());
    assert_eq!(document.metadata.title.as_deref(), Some("章"));
    assert_eq!(document.blocks[0].attributes.id.as_deref(), Some("c1"));
    let levels: Vec<u8> = document
        .blocks
        .iter()
        .filter_map(|block| match &block.kind {
            BlockKind::Heading { level, .. } => Some(level.get()),
            _ => None,
        })
        .collect();
    assert_eq!(levels, [1, 3]);
    assert_eq!(document.blocks[1].attributes.id.as_deref(), Some("p1"));
}

#[test]
fn the_declared_charset_decodes() {
    let bytes = [&b"<meta charset=gb2312><p>"[..], &[0xd6, 0xd0, 0xce, 0xc4], b"</p>"].concat();
    let source = Source::from_bytes("a.html", bytes);
    let (document, _) = read(&source, None, &ReadOptions::default()).expect("HTML always yields a document");
    assert_eq!(texts(&document), ["中文"]);
}
