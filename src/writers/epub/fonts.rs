//! The faces a book carries: only the characters it needs, in OpenType, with their licences.
//!
//! OpenType and not WOFF 2: Kindle's importer and older e-ink readers know only the former, and the container compresses
//! it to within a few per cent of the latter.

use std::collections::{BTreeMap, BTreeSet};

use super::usage::{Usage, usage};
use crate::diagnostics::{Diagnostics, Loss};
use crate::document::Document;
use crate::font::{Face, FaceId, FontBook, Role, Slant, Weight, subset};
use crate::options::{EpubFonts, MissingGlyph, WriteOptions};
use crate::writers::WriteError;

/// The faces of one book.
#[derive(Default)]
pub struct BookFonts {
    /// Path relative to the package document, and the font.
    pub files: Vec<(String, Vec<u8>)>,
    /// Path relative to the package document, and the licence.
    pub licences: Vec<(String, &'static str)>,
    /// What the stylesheet gains.
    pub styles: String,
    /// Characters the markup sets in a face of the book's own, in order of code point.
    pub rare: Vec<char>,
}

/// Choose and subset the faces of a book. `words` are those the writer adds to the document's own.
///
/// Errors when a character has no face and the user asked for that to fail, or a face cannot be subset.
pub fn book_fonts(
    document: &Document,
    language: &str,
    words: &str,
    fonts: &FontBook,
    options: &WriteOptions,
    diagnostics: &mut Diagnostics,
) -> Result<BookFonts, WriteError> {
    let wanted = options.epub.fonts;
    if wanted == EpubFonts::None {
        return Ok(BookFonts::default());
    }
    let usage = usage(document, words);
    let mut making =
        Making { fonts, language, options, diagnostics, made: BookFonts::default(), used: BTreeSet::new() };
    let rare: BTreeSet<char> = usage.text.iter().filter(|character| is_rare(*character)).collect();
    match wanted {
        EpubFonts::None => {}
        EpubFonts::Rare if rare.is_empty() => {}
        EpubFonts::Rare => making.rare(&rare, &usage.text.iter().collect())?,
        EpubFonts::Headings => {
            making.headings(&usage)?;
            making.rare(&rare, &BTreeSet::new())?;
        }
        EpubFonts::Full => making.full(&usage)?,
    }
    making.add_licences();
    making.report_size();
    Ok(making.made)
}

/// Whether the fonts of phones and e-readers are likely to lack a character: Han beyond the 20,902 of GBK, and the signs
/// that describe or annotate Han.
fn is_rare(character: char) -> bool {
    matches!(u32::from(character),
        0x2E80..=0x2FDF | 0x2FF0..=0x2FFF | 0x31A0..=0x31BF | 0x31C0..=0x31EF | 0x3400..=0x4DBF | 0x9FA6..=0x9FFF
        | 0xF900..=0xFAFF | 0x1AFF0..=0x1B16F | 0x20000..=0x323AF)
}

struct Making<'a> {
    fonts: &'a FontBook,
    language: &'a str,
    options: &'a WriteOptions,
    diagnostics: &'a mut Diagnostics,
    made: BookFonts,
    used: BTreeSet<FaceId>,
}

impl Making<'_> {
    /// Faces for `characters`, and behind the reader's own fonts for `text`: who lacks the rare characters may lack the
    /// common ones too, and a font that covers half a text is refused by some shops.
    fn rare(&mut self, characters: &BTreeSet<char>, text: &BTreeSet<char>) -> Result<(), WriteError> {
        let mut by_face: BTreeMap<FaceId, BTreeSet<char>> = BTreeMap::new();
        for character in characters {
            match self.fonts.face_for(*character, Role::Song, Weight::Regular, Slant::Upright) {
                Some(face) => {
                    by_face.entry(face).or_default().insert(*character);
                    self.made.rare.push(*character);
                }
                None => self.missing(*character)?,
            }
        }
        let song = self.fonts.choose(Role::Song, Weight::Regular, Slant::Upright);
        let had = |character: &&char| self.fonts.face(song).glyph(**character).is_some();
        let last_resort: BTreeSet<char> = text.iter().filter(had).copied().collect();
        if !last_resort.is_empty() {
            by_face.entry(song).or_default().extend(last_resort);
        }
        let mut families = String::new();
        for (number, (face, characters)) in by_face.iter().enumerate() {
            let family = format!("banxin-rare-{}", number + 1);
            self.face(&family, *face, characters, Weight::Regular)?;
            families.push_str(&format!("\"{family}\", "));
        }
        if !families.is_empty() {
            self.made.styles.push_str(&format!(".rare {{ font-family: {families}serif; }}\n"));
        }
        if !text.is_empty() {
            let families = families.trim_end_matches(", ");
            self.made.styles.push_str(&format!(":root {{ font-family: serif, {families}; }}\n"));
        }
        Ok(())
    }

    fn headings(&mut self, usage: &Usage) -> Result<(), WriteError> {
        self.family("banxin-hei", Role::Hei, Weight::Bold, &usage.heading.iter().collect())?;
        self.made.styles.push_str("h1, h2, h3, h4, .box-title { font-family: \"banxin-hei\", sans-serif; }\n");
        Ok(())
    }

    fn full(&mut self, usage: &Usage) -> Result<(), WriteError> {
        let text: BTreeSet<char> = usage.text.iter().collect();
        self.family("banxin-song", Role::Song, Weight::Regular, &text)?;
        self.family("banxin-song", Role::Song, Weight::Bold, &usage.strong.iter().collect())?;
        self.headings(usage)?;
        self.family("banxin-hei", Role::Hei, Weight::Regular, &usage.caption.iter().collect())?;
        self.family("banxin-kai", Role::Kai, Weight::Regular, &usage.kai.iter().collect())?;
        self.family("banxin-mono", Role::Mono, Weight::Regular, &usage.code.iter().collect())?;
        self.made.styles.push_str(FULL_STYLES);
        let song = self.fonts.choose(Role::Song, Weight::Regular, Slant::Upright);
        let lacks = |character: &char| !character.is_control() && self.fonts.face(song).glyph(*character).is_none();
        // Every reader has emoji of its own, in colour and in sequences.
        let is_emoji = |character: &char| {
            let face = self.fonts.face_for(*character, Role::Song, Weight::Regular, Slant::Upright);
            face.is_some_and(|face| self.fonts.face(face).role == Role::Emoji)
        };
        let others: BTreeSet<char> = text.iter().copied().filter(lacks).filter(|one| !is_emoji(one)).collect();
        self.rare(&others, &BTreeSet::new())
    }

    /// Say what the faces add to the book, before the container is compressed.
    fn report_size(&mut self) {
        let (count, bytes) = (self.made.files.len(), self.made.files.iter().map(|(_, font)| font.len()).sum::<usize>());
        if count > 0 {
            let message = format!("the book carries {count} faces of {} kB in all", bytes.div_ceil(1000));
            self.diagnostics.note(Loss::Substituted, "font-size", None, message);
        }
    }

    /// One style of a family, where there is anything to set in it.
    fn family(
        &mut self,
        family: &str,
        role: Role,
        weight: Weight,
        characters: &BTreeSet<char>,
    ) -> Result<(), WriteError> {
        let id = self.fonts.choose(role, weight, Slant::Upright);
        let face = self.fonts.face(id);
        let had: BTreeSet<char> = characters.iter().copied().filter(|one| face.glyph(*one).is_some()).collect();
        if had.is_empty() { Ok(()) } else { self.face(family, id, &had, weight) }
    }

    fn face(
        &mut self,
        family: &str,
        id: FaceId,
        characters: &BTreeSet<char>,
        weight: Weight,
    ) -> Result<(), WriteError> {
        let face = self.fonts.face(id);
        let bytes =
            subset(face, characters, self.language).map_err(|error| WriteError::Unwritable(error.to_string()))?;
        let extension = if bytes.starts_with(b"OTTO") { "otf" } else { "ttf" };
        let weight = match weight {
            Weight::Regular => "normal",
            Weight::Bold => "bold",
        };
        let href = format!("fonts/{family}-{weight}.{extension}");
        self.made.styles.push_str(&format!(
            "@font-face {{ font-family: \"{family}\"; font-style: normal; font-weight: {weight}; src: url({href}); }}\n"
        ));
        self.made.files.push((href, bytes));
        self.used.insert(id);
        Ok(())
    }

    fn missing(&mut self, character: char) -> Result<(), WriteError> {
        let code = u32::from(character);
        if self.options.missing_glyph == MissingGlyph::Fail {
            return Err(WriteError::MissingGlyph { character, code });
        }
        let message = format!("no font has {character} (U+{code:04X}); the reader's own must do");
        self.diagnostics.warn(Loss::Substituted, "missing-glyph", None, message);
        Ok(())
    }

    fn add_licences(&mut self) {
        let used: BTreeSet<(&str, &'static str)> =
            self.used.iter().filter_map(|id| licence(self.fonts.face(*id))).collect();
        self.made.licences = used.into_iter().map(|(name, text)| (format!("fonts/{name}"), text)).collect();
    }
}

const FULL_STYLES: &str = "\
body { font-family: \"banxin-song\", serif; }
em.kai, blockquote, div.verse, div.epigraph, div.dedication, aside.editor-note, section.abstract { font-family: \"banxin-kai\", \"banxin-song\", serif; }
caption, figcaption { font-family: \"banxin-hei\", \"banxin-song\", sans-serif; }
code, pre { font-family: \"banxin-mono\", \"banxin-song\", monospace; }
";

/// The licence of a bundled face. A user's own face carries its licence in its name table, which the subset keeps.
fn licence(face: &Face) -> Option<(&'static str, &'static str)> {
    macro_rules! text {
        ($name:literal) => {
            Some((concat!($name, ".txt"), include_str!(concat!("../../../fonts/licenses/", $name, ".txt"))))
        };
    }
    match face.role {
        Role::Song => text!("OFL-NotoSerifCJK"),
        Role::Hei => text!("OFL-NotoSansCJK"),
        Role::Kai => text!("OFL-BanxinKai"),
        Role::Latin | Role::Math => text!("OFL-Libertinus"),
        Role::Mono => text!("OFL-NotoSansMono"),
        Role::Symbols => text!("OFL-NotoSansSymbols2"),
        Role::Emoji => text!("OFL-NotoEmoji"),
        Role::User => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_gbk_has_is_not_rare() {
        assert!(
            ['鸢', '國', '〇', 'あ', '한', 'A', '，', '䶮', '𠮷', '⿰'].map(is_rare)
                == [false, false, false, false, false, false, false, true, true, true]
        );
    }
}
