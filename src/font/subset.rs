//! Subset fonts that work on their own, for e-books: character map, outlines, metrics and the layout tables that CJK text
//! needs (`locl`, `vert`, `halt`, `palt` and their like).
//!
//! `skera` subsets every table but `CFF `, which it leaves out without a word; `subsetter` subsets `CFF ` but leaves out
//! the character map. Both are told the same glyphs in the same order and their tables joined; what has no outlines
//! after that is refused.

use std::collections::{BTreeMap, BTreeSet};

use harfrust::{Buffer, Direction, Feature, Language, Script, ShapeOptions, ShapePlan, ShaperFont};
use skera::{DEFAULT_DROP_TABLES, Plan, SubsetFlags, subset_font};
use subsetter::GlyphRemapper;
use write_fonts::FontBuilder;
use write_fonts::read::FontRef;
use write_fonts::read::collections::IntSet;
use write_fonts::read::types::{GlyphId as RawGlyphId, NameId, Tag};

use super::cff;
use super::face::{Face, GlyphId};

/// Layout features kept: forms by language, vertical forms, and the squeezing of punctuation.
const FEATURES: &[&[u8; 4]] = &[
    b"ccmp", b"locl", b"liga", b"calt", b"clig", b"rlig", b"kern", b"mark", b"mkmk", b"vert", b"vrt2", b"vkrn",
    b"halt", b"vhal", b"palt", b"vpal", b"chws", b"vchw", b"ljmo", b"vjmo", b"tjmo",
];

/// Names kept: copyright, family, style, identifier, full name, version, PostScript name, licence and its address
/// (the licences of the bundled faces ask for 0, 13 and 14).
const NAMES: &[u16] = &[0, 1, 2, 3, 4, 5, 6, 13, 14, 16, 17];

/// Why a face cannot be subset.
#[derive(Debug, thiserror::Error)]
pub enum SubsetError {
    #[error("{file}: {reason}")]
    Failed { file: String, reason: String },
}

/// An OpenType font with these characters of a face and no others, and the forms they take in one language,
/// with their vertical forms.
///
/// Characters the face has not are passed over. Errors when the face's tables cannot be subset.
pub fn subset(face: &Face, characters: &BTreeSet<char>, language: &str) -> Result<Vec<u8>, SubsetError> {
    let failed = |reason: String| SubsetError::Failed { file: face.file.clone(), reason };
    let font = face.tables();
    let plan = plan(face, &font, characters, language);
    let subset = subset_font(&font, &plan).map_err(|error| failed(error.to_string()))?;
    let rest = FontRef::new(&subset).map_err(|error| failed(error.to_string()))?;
    if rest.table_data(Tag::new(b"glyf")).is_some() && font.table_data(Tag::new(b"fvar")).is_none() {
        return Ok(subset);
    }
    let mut glyphs: Vec<(RawGlyphId, RawGlyphId)> =
        plan.old_to_new_glyph_mapping().map(|(old, new)| (new, old)).collect();
    glyphs.sort_unstable();
    let mut remapper = GlyphRemapper::new();
    for (new, old) in glyphs {
        let old = u16::try_from(old.to_u32()).map_err(|_| failed("it has more than 65,535 glyphs".to_owned()))?;
        if u32::from(remapper.remap(old)) != new.to_u32() {
            return Err(failed("its glyphs cannot be kept in one order".to_owned()));
        }
    }
    let outlines = outlines(face, &remapper).map_err(|error| failed(error.to_string()))?;
    let outlines = FontRef::new(&outlines).map_err(|error| failed(error.to_string()))?;
    let mut builder = FontBuilder::new();
    // What is said of outlines goes with them: those of a variable font are its own no more.
    let of_outlines: &[&[u8; 4]] = match outlines.table_data(Tag::new(b"CFF ")).is_some() {
        true => &[b"CFF "],
        false => &[b"glyf", b"loca", b"head", b"hhea", b"hmtx", b"maxp"],
    };
    for tag in of_outlines {
        let table =
            outlines.table_data(Tag::new(tag)).ok_or_else(|| failed("it has no outlines we know".to_owned()))?;
        builder.add_raw(Tag::new(tag), table.as_bytes());
    }
    for record in rest.table_directory().table_records() {
        let tag = record.tag();
        if !OF_VARIATIONS.contains(&&tag.to_be_bytes())
            && !builder.contains(tag)
            && let Some(table) = rest.table_data(tag)
        {
            builder.add_raw(tag, table.as_bytes());
        }
    }
    Ok(builder.build())
}

/// Tables that only a variable font has.
const OF_VARIATIONS: &[&[u8; 4]] = &[b"CFF2", b"HVAR", b"MVAR", b"STAT", b"VVAR", b"avar", b"cvar", b"fvar", b"gvar"];

/// Outlines and metrics of some glyphs of a face; of a variable font as the face stands on its axes.
fn outlines(face: &Face, glyphs: &GlyphRemapper) -> Result<Vec<u8>, subsetter::Error> {
    let at = |(tag, value): ([u8; 4], f32)| (subsetter::Tag::new(&tag), value);
    let variations: Vec<_> = face.variations().into_iter().map(at).collect();
    subsetter::subset_with_variations((**face.data()).as_ref(), face.index(), &variations, glyphs)
}

/// Whether outlines can be taken out of a font at all; errors with the reason.
pub(super) fn check_outlines(font: &[u8], index: u32) -> Result<(), String> {
    match subsetter::subset_with_variations(font, index, &[], &GlyphRemapper::new()) {
        Ok(_) => Ok(()),
        Err(error) => Err(format!("its outlines: {error}")),
    }
}

/// A font program with these glyphs and no others, for a PDF: outlines and metrics without a character map, and what each
/// glyph is called in it.
///
/// Errors when the face's tables cannot be subset.
pub fn subset_glyphs(
    face: &Face,
    glyphs: &BTreeSet<GlyphId>,
) -> Result<(Vec<u8>, BTreeMap<GlyphId, GlyphId>), SubsetError> {
    let mut remapper = GlyphRemapper::new();
    let renamed = glyphs.iter().map(|glyph| (*glyph, GlyphId(remapper.remap(glyph.0)))).collect();
    let program = outlines(face, &remapper)
        .map_err(|error| SubsetError::Failed { file: face.file.clone(), reason: error.to_string() })?;
    Ok((program, renamed))
}

/// A bare PostScript font program of these glyphs in this order, the first of them glyph 0.
///
/// Errors when the face has no such outlines, or broken ones.
pub fn subset_program(face: &Face, glyphs: &[GlyphId]) -> Result<Vec<u8>, SubsetError> {
    if let Some(program) = cff::program(face, glyphs) {
        return Ok(program);
    }
    let failed = |reason: String| SubsetError::Failed { file: face.file.clone(), reason };
    let mut remapper = GlyphRemapper::new();
    for glyph in glyphs {
        remapper.remap(glyph.0);
    }
    let font = outlines(face, &remapper).map_err(|error| failed(error.to_string()))?;
    let font = FontRef::new(&font).map_err(|error| failed(error.to_string()))?;
    let program = font.table_data(Tag::new(b"CFF ")).ok_or_else(|| failed("it has no outlines we know".to_owned()))?;
    Ok(program.as_bytes().to_vec())
}

/// What to keep. Glyphs are named one by one: the closure `skera` would make takes in the forms of every region the face
/// serves, which doubles the size.
fn plan(face: &Face, font: &FontRef<'_>, characters: &BTreeSet<char>, language: &str) -> Plan {
    let mut glyphs = IntSet::<RawGlyphId>::empty();
    for direction in [Direction::LeftToRight, Direction::TopToBottom] {
        glyphs.extend(forms(face, characters, language, direction));
    }
    let unicodes: IntSet<u32> =
        characters.iter().filter(|character| face.glyph(**character).is_some()).map(|one| u32::from(*one)).collect();
    let mut scripts = IntSet::<Tag>::empty();
    scripts.invert();
    let flags = SubsetFlags::SUBSET_FLAGS_NO_HINTING | SubsetFlags::SUBSET_FLAGS_NO_LAYOUT_CLOSURE;
    Plan::new(
        &glyphs,
        &unicodes,
        font,
        flags,
        &DEFAULT_DROP_TABLES.iter().copied().collect(),
        &scripts,
        &FEATURES.iter().map(|feature| Tag::new(feature)).collect(),
        &NAMES.iter().map(|name| NameId::from(*name)).collect(),
        &std::iter::once(0x0409).collect(),
    )
}

/// The glyphs characters have when they are set in a language and direction.
fn forms(face: &Face, characters: &BTreeSet<char>, language: &str, direction: Direction) -> Vec<RawGlyphId> {
    let mut glyphs = Vec::new();
    let single: Vec<String> = characters.iter().map(char::to_string).collect();
    shape_all(face, &single, language, direction, &[], &mut glyphs);
    // Two or three dashes have a glyph of their own, made before the language chooses its form.
    let dashes = characters.iter().filter(|character| matches!(character, '—' | '―' | '…' | '⋯'));
    let runs: Vec<String> = dashes.flat_map(|dash| [2, 3].map(|count| dash.to_string().repeat(count))).collect();
    let before_language = [Feature::new(harfrust::Tag::new(b"locl"), 0, ..)];
    shape_all(face, &runs, language, direction, &before_language, &mut glyphs);
    shape_all(face, &runs, language, direction, &[], &mut glyphs);
    glyphs
}

fn shape_all(
    face: &Face,
    texts: &[String],
    language: &str,
    direction: Direction,
    features: &[Feature],
    glyphs: &mut Vec<RawGlyphId>,
) {
    let script = Script::from_iso15924_tag(harfrust::Tag::new(b"Hani"));
    let language = Language::new(language);
    let plan = ShapePlan::new(face.font(), direction, script, language.as_ref(), features);
    let font = ShaperFont::new(face.font());
    let mut buffer = Buffer::new();
    for text in texts {
        buffer.clear();
        buffer.push_str(text);
        buffer.set_direction(direction);
        buffer.set_script(script);
        buffer.set_language(language.clone());
        if harfrust::shape(&font, &mut buffer, ShapeOptions::new().plan(Some(&plan)).features(features)).is_ok() {
            glyphs.extend(buffer.glyph_infos().iter().map(|info| RawGlyphId::new(info.glyph_id)));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::font::{FontBook, Role, Slant, Weight};

    fn outline(font: &skrifa::raw::FontRef<'_>, character: char) -> String {
        use skrifa::MetadataProvider;
        let glyph = font.charmap().map(character).expect("the character is kept");
        let mut pen = skrifa::outline::pen::SvgPen::new();
        let outlines = font.outline_glyphs();
        let settings = skrifa::outline::DrawSettings::unhinted(
            skrifa::prelude::Size::unscaled(),
            skrifa::prelude::LocationRef::default(),
        );
        outlines.get(glyph).expect("it has an outline").draw(settings, &mut pen).expect("the outline is sound");
        pen.to_string()
    }

    #[test]
    fn keeps_the_outlines_of_what_was_asked_for_and_nothing_else() {
        let book = FontBook::bundled();
        let wanted: BTreeSet<char> = "版心“鸢”，——".chars().collect();
        for role in [Role::Song, Role::Kai] {
            let face = book.face(book.choose(role, Weight::Regular, Slant::Upright));
            let bytes = subset(face, &wanted, "zh-Hans").expect("a bundled face can be subset");
            let font = skrifa::raw::FontRef::new(&bytes).expect("the subset is a font");
            let whole = face.tables();
            for character in &wanted {
                assert_eq!(outline(&font, *character), outline(&whole, *character), "{character}");
            }
            use skrifa::MetadataProvider;
            assert_eq!(font.charmap().map('文'), None);
            assert!(font.table_data(Tag::new(b"GSUB")).is_some());
            assert!(bytes.len() < 40_000, "{} bytes", bytes.len());
        }
    }

    #[test]
    fn keeps_the_forms_of_the_language_in_both_directions() {
        let book = FontBook::bundled();
        let wanted: BTreeSet<char> = "“”，。—…「（".chars().collect();
        for role in [Role::Song, Role::Hei] {
            let whole = book.face(book.choose(role, Weight::Regular, Slant::Upright));
            let bytes = subset(whole, &wanted, "zh-Hans").expect("a bundled face can be subset");
            let small = crate::font::face::user_faces("subset.otf", &(std::sync::Arc::new(bytes) as _), 0);
            let small = &small.expect("a font")[0];
            for character in &wanted {
                let one = BTreeSet::from([*character]);
                let across = |face: &Face| forms(face, &one, "zh-Hans", Direction::LeftToRight);
                let down = |face: &Face| forms(face, &one, "zh-Hans", Direction::TopToBottom);
                let widths = |face: &Face| -> Vec<i64> {
                    across(face).iter().map(|id| face.advance(crate::font::GlyphId(id.to_u32() as u16))).collect()
                };
                assert_eq!(widths(small), widths(whole), "{character} is as wide");
                assert_eq!(
                    across(small) == down(small),
                    across(whole) == down(whole),
                    "{character} has a vertical form"
                );
            }
        }
    }
}
