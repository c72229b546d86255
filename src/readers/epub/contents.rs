//! The table of contents, NCX of EPUB 2 or navigation document of EPUB 3: titles for chapters that show none as headings.

use std::collections::BTreeMap;

use super::archive::resolve;
use super::package::{attribute, local};
use crate::document::{Block, BlockKind, Document, Inline, Level, plain_text, walk_blocks};
use crate::xml::{XmlEvent, XmlPull};

/// A chapter needs so many letters for a title to be given to it: covers and plates have none.
const LETTERS: usize = 30;

/// First title of each file, by its path in small letters.
#[derive(Debug, Default)]
pub struct Contents(BTreeMap<String, Title>);

#[derive(Debug)]
struct Title {
    words: String,
    /// From 1 for the outermost entries.
    depth: usize,
}

impl Contents {
    /// The entries of a table of contents that lies at `path`. What follows damage is left out.
    pub fn read(text: &str, path: &str) -> Contents {
        let mut contents = Contents::default();
        let mut pull = XmlPull::new(text);
        let mut open: Vec<String> = Vec::new();
        // NCX gives the words before the address, a navigation document the address before the words.
        let mut words = String::new();
        let mut address: Option<String> = None;
        while let Ok(Some(event)) = pull.pull() {
            match event {
                XmlEvent::Start(tag) => {
                    let name = local(&tag.name).to_ascii_lowercase();
                    match name.as_str() {
                        "navlabel" => words.clear(),
                        "a" => {
                            words.clear();
                            address = attribute(&tag.attributes, "href").map(str::to_owned);
                        }
                        "content" => {
                            let depth = open.iter().filter(|name| *name == "navpoint").count();
                            if let Some(address) = attribute(&tag.attributes, "src") {
                                contents.add(path, address, &words, depth);
                            }
                        }
                        _ => {}
                    }
                    open.push(name);
                }
                XmlEvent::Text(text) => words.push_str(&text),
                XmlEvent::End { .. } => {
                    let is_toc = open.iter().any(|name| name == "nav" || name == "body");
                    if open.pop().is_some_and(|name| name == "a")
                        && is_toc
                        && let Some(address) = address.take()
                    {
                        let depth = open.iter().filter(|name| *name == "ol").count();
                        contents.add(path, &address, &words, depth);
                    }
                }
            }
        }
        contents
    }

    fn add(&mut self, path: &str, address: &str, words: &str, depth: usize) {
        let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
        let file = resolve(path, address).to_lowercase();
        if !words.is_empty() && !file.is_empty() {
            self.0.entry(file).or_insert(Title { words, depth: depth.max(1) });
        }
    }

    /// Give a chapter without any heading the title it has in the contents: its first paragraph where that says the same,
    /// else a heading before it.
    pub fn name(&self, path: &str, chapter: &mut Document) {
        let Some(title) = self.0.get(&path.to_lowercase()) else { return };
        let (mut headings, mut letters) = (0, 0);
        walk_blocks(&chapter.blocks, &mut |block| match &block.kind {
            BlockKind::Heading { .. } => headings += 1,
            BlockKind::Paragraph { content, .. } => {
                letters += plain_text(content).chars().filter(|c| c.is_alphanumeric()).count();
            }
            _ => {}
        });
        if headings > 0 || letters < LETTERS {
            return;
        }
        let bare = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).collect::<String>();
        let level = Level::clamped(title.depth);
        let says_it = |block: &Block| matches!(&block.kind, BlockKind::Paragraph { content, .. } if bare(&plain_text(content)) == bare(&title.words));
        match chapter.blocks.iter_mut().take(3).find(|block| says_it(block)) {
            Some(block) => {
                if let BlockKind::Paragraph { content, .. } = &mut block.kind {
                    block.kind = BlockKind::Heading { level, content: std::mem::take(content) };
                }
            }
            None => chapter.blocks.insert(0, Block::heading(level, vec![Inline::text(title.words.clone())])),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(contents: &Contents, words: &[&str]) -> Vec<(Option<u8>, String)> {
        let blocks = words.iter().map(|words| Block::paragraph(vec![Inline::text(*words)])).collect();
        let mut chapter = Document { blocks, ..Document::default() };
        contents.name("OPS/Text/A.xhtml", &mut chapter);
        let of = |block: &Block| match &block.kind {
            BlockKind::Heading { level, content } => (Some(level.get()), plain_text(content)),
            BlockKind::Paragraph { content, .. } => (None, plain_text(content)),
            _ => (None, String::new()),
        };
        chapter.blocks.iter().map(of).collect()
    }

    #[test]
    fn a_chapter_without_headings_is_named_by_the_contents() {
        let ncx = "<ncx><navMap><navPoint><navLabel><text> 卷一\n</text></navLabel><content src='x.html'/>\
            <navPoint><navLabel><text>第一回</text></navLabel><content src='Text/a.xhtml#p'/></navPoint></navPoint></navMap></ncx>";
        let nav = "<html><body><nav><ol><li><a href='x.html'>卷一</a><ol><li><a href='Text/a.xhtml'>第<b>一</b>回</a></li></ol></li></ol></nav></body></html>";
        let text = "话说天下大势，分久必合，合久必分。周末七国分争，并入于秦。及秦灭之后，楚汉分争。";
        for contents in [Contents::read(ncx, "OPS/toc.ncx"), Contents::read(nav, "OPS/nav.xhtml")] {
            assert_eq!(named(&contents, &[text]), [(Some(2), "第一回".to_owned()), (None, text.to_owned())]);
            assert_eq!(named(&contents, &["第一 回", text])[0], (Some(2), "第一 回".to_owned()));
            assert_eq!(named(&contents, &["短"]), [(None, "短".to_owned())], "no title for a plate");
        }
    }
}
