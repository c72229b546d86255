//! One face: its bytes, what it is for, and its measurements.

use std::fmt;
use std::path::Path;
use std::sync::{Arc, OnceLock};

use skrifa::raw::{FileRef, FontRef, TableProvider};
use skrifa::string::StringId;
use skrifa::{MetadataProvider, Tag};

use super::subset;
use crate::length::Em;
use crate::source::read_regular;

/// Font file bytes, shared between shaping and every writer.
pub type FontData = Arc<dyn AsRef<[u8]> + Send + Sync>;

/// Index of a face in its book.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FaceId(pub u16);

/// Index of a glyph in its face.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct GlyphId(pub u16);

/// What a face is used for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Role {
    /// 宋体: body text.
    Song,
    /// 黑体: headings, captions, tables.
    Hei,
    /// 楷体: emphasis and quotations.
    Kai,
    /// Latin companion of the Han faces.
    Latin,
    /// Code.
    Mono,
    Math,
    Symbols,
    /// Emoji in one colour, alone and in sequences.
    Emoji,
    /// The user's own.
    User,
}

impl Role {
    /// Size of a face in its surroundings: two characters of code are as wide as one Han character, and an emoji, which is
    /// drawn 1.27 ems wide, keeps to the frame of one.
    pub fn relative_size(self) -> Em {
        match self {
            Role::Mono => Em::ratio(5, 6),
            Role::Emoji => Em::ratio(1024, 1300),
            _ => Em::ONE,
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Weight {
    Regular,
    Bold,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Slant {
    Upright,
    Italic,
}

/// Why a font cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum FontError {
    #[error("{path}: {error}")]
    Unreadable { path: String, error: std::io::Error },
    #[error("{path}: not a font we can read: {reason}")]
    Broken { path: String, reason: String },
    #[error("{path}: no font file in it (otf, ttf, otc, ttc); web fonts (woff, woff2) have to be unpacked first")]
    Empty { path: String },
}

/// A face with its bytes loaded on first use.
pub struct Face {
    pub file: String,
    pub family: String,
    pub role: Role,
    pub weight: Weight,
    pub slant: Slant,
    index: u32,
    /// Of a variable font, where on its axis of weight the face stands.
    axis: Option<f32>,
    load: Option<fn() -> FontData>,
    data: OnceLock<FontData>,
    opened: OnceLock<Opened>,
}

/// What is read from a face once, on first use.
struct Opened {
    font: harfrust::Font,
    extents: Extents,
}

/// A face's vertical measurements in its design units; both positive outwards from the baseline.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Extents {
    pub over: i64,
    pub under: i64,
}

/// The box around a glyph's ink, in design units from its origin.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Ink {
    pub left: i64,
    pub right: i64,
    pub bottom: i64,
    pub top: i64,
}

impl fmt::Debug for Face {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "Face({} #{})", self.file, self.index)
    }
}

impl Face {
    pub(super) fn deferred(
        file: &str,
        family: &str,
        role: Role,
        weight: Weight,
        slant: Slant,
        load: fn() -> FontData,
    ) -> Face {
        Face {
            file: file.to_owned(),
            family: family.to_owned(),
            role,
            weight,
            slant,
            index: 0,
            axis: None,
            load: Some(load),
            data: OnceLock::new(),
            opened: OnceLock::new(),
        }
    }

    /// The font file's bytes.
    pub fn data(&self) -> &FontData {
        self.data.get_or_init(|| self.load.expect("a face has its bytes or a way to load them")())
    }

    /// Index of the face within its file; not 0 only in collections.
    pub fn index(&self) -> u32 {
        self.index
    }

    /// Values on the axes of a variable font that differ from its default; empty for any other font.
    pub fn variations(&self) -> Vec<([u8; 4], f32)> {
        self.axis.map(|value| (*WEIGHT_AXIS, value)).into_iter().collect()
    }

    /// The face's tables. Cheap: only the table directory is read.
    pub fn tables(&self) -> FontRef<'_> {
        let bytes: &[u8] = (**self.data()).as_ref();
        FontRef::from_index(bytes, self.index).expect("every face was opened once when it was loaded")
    }

    /// The glyph of a character by the face's character map alone, if it has one.
    pub fn glyph(&self, character: char) -> Option<GlyphId> {
        let glyph = self.opened().font.charmap().map_unicode(character)?;
        u16::try_from(glyph.to_u32()).ok().map(GlyphId)
    }

    /// Advance of a glyph along a horizontal line, in design units.
    pub fn advance(&self, glyph: GlyphId) -> i64 {
        let metrics = self.opened().font.glyph_metrics();
        metrics.h_advance(harfrust::GlyphId::new(u32::from(glyph.0))).round().clamp(0.0, 65_535.0) as i64
    }

    /// Units per em; never 0.
    pub fn units_per_em(&self) -> u16 {
        self.opened().font.units_per_em().max(1)
    }

    pub fn extents(&self) -> Extents {
        self.opened().extents
    }

    /// The box of a glyph's ink; none when it is blank.
    pub fn ink(&self, glyph: GlyphId) -> Option<Ink> {
        let metrics = self.opened().font.glyph_metrics();
        let found = metrics.extents(harfrust::GlyphId::new(u32::from(glyph.0)))?;
        let (left, top) = (found.x_bearing.round() as i64, found.y_bearing.round() as i64);
        let (width, height) = (found.width.round() as i64, found.height.abs().round() as i64);
        (width > 0).then_some(Ink { left, right: left + width, bottom: top - height, top })
    }

    pub(super) fn font(&self) -> &harfrust::Font {
        &self.opened().font
    }

    fn opened(&self) -> &Opened {
        self.opened.get_or_init(|| {
            let font = harfrust::Font::new(self.data().clone(), self.index)
                .expect("every face was opened once when it was loaded");
            let variations = self.variations().into_iter().map(|(tag, value)| (harfrust::Tag::new(&tag), value));
            let font = if self.axis.is_some() { font.instance_builder().variations(variations).build() } else { font };
            let line = font.metrics().hhea_line;
            let over = line.map_or(0, |line| line.ascender.to_f64().round() as i64);
            let under = line.map_or(0, |line| -line.descender.to_f64().round() as i64);
            Opened { extents: Extents { over, under }, font }
        })
    }
}

/// Every face of every font file directly in a folder, in order of file name.
pub(super) fn load_directory(folder: &Path) -> Result<Vec<Face>, FontError> {
    let unreadable = |error| FontError::Unreadable { path: folder.display().to_string(), error };
    let mut paths = Vec::new();
    for entry in std::fs::read_dir(folder).map_err(unreadable)? {
        paths.push(entry.map_err(unreadable)?.path());
    }
    paths.sort();
    let is_font = |path: &std::path::PathBuf| {
        let extension =
            path.extension().and_then(|extension| extension.to_str()).unwrap_or_default().to_ascii_lowercase();
        ["otf", "ttf", "ttc", "otc"].contains(&extension.as_str())
    };
    paths.retain(is_font);
    if paths.is_empty() {
        return Err(FontError::Empty { path: folder.display().to_string() });
    }
    let mut faces = Vec::new();
    for path in &paths {
        faces.extend(load_file(path)?);
    }
    Ok(faces)
}

/// Bytes; a collection of ten weights of a Han face has some two hundred million.
const LARGEST_FILE: u64 = 300 << 20;

fn load_file(path: &Path) -> Result<Vec<Face>, FontError> {
    let name = path.display().to_string();
    let read = read_regular(path, LARGEST_FILE);
    let (bytes, _) = read.map_err(|error| FontError::Unreadable { path: name.clone(), error })?;
    let data: FontData = Arc::new(bytes);
    let broken = |reason: String| FontError::Broken { path: name.clone(), reason };
    let count = match FileRef::new((*data).as_ref()).map_err(|error| broken(error.to_string()))? {
        FileRef::Font(_) => 1,
        FileRef::Collection(collection) => collection.len(),
    };
    let mut faces = Vec::new();
    for index in 0..count {
        faces.extend(user_faces(&name, &data, index).map_err(broken)?);
    }
    Ok(faces)
}

/// A font's face; of one that is variable in weight two, regular and bold.
///
/// Errors with the reason when a table that is needed to set and to embed it is missing or damaged: better here, by the
/// file's name, than in the middle of a page.
pub(super) fn user_faces(name: &str, data: &FontData, index: u32) -> Result<Vec<Face>, String> {
    let font = FontRef::from_index((**data).as_ref(), index).map_err(|error| error.to_string())?;
    check_tables(&font)?;
    subset::check_outlines((**data).as_ref(), index)?;
    let family = font.localized_strings(StringId::FAMILY_NAME).english_or_first();
    let family = family.map_or_else(|| name.to_owned(), |family| family.to_string());
    let attributes = font.attributes();
    let slant = if attributes.style == skrifa::attribute::Style::Normal { Slant::Upright } else { Slant::Italic };
    let weights = match font.axes().iter().find(|axis| axis.tag() == Tag::new(WEIGHT_AXIS)) {
        Some(axis) if axis.min_value() < LEAST_BOLD && axis.max_value() >= LEAST_BOLD => {
            let at = |wanted: f32| wanted.clamp(axis.min_value(), axis.max_value());
            vec![(Weight::Regular, Some(at(400.0))), (Weight::Bold, Some(at(700.0)))]
        }
        _ if attributes.weight.value() >= LEAST_BOLD => vec![(Weight::Bold, None)],
        _ => vec![(Weight::Regular, None)],
    };
    let face = |(weight, axis)| Face {
        file: name.to_owned(),
        family: family.clone(),
        role: Role::User,
        weight,
        slant,
        index,
        axis,
        load: None,
        data: OnceLock::from(data.clone()),
        opened: OnceLock::new(),
    };
    Ok(weights.into_iter().map(face).collect())
}

/// The axis of weight (OpenType, registered design-variation axes).
const WEIGHT_AXIS: &[u8; 4] = b"wght";

/// From here on a weight is called bold: 600 is semi-bold.
const LEAST_BOLD: f32 = 600.0;

/// Whether what shaping and painting take for granted is there and can be read.
fn check_tables(font: &FontRef<'_>) -> Result<(), String> {
    let damaged = |table: &'static str| move |_| format!("its table {table} is missing or damaged");
    let head = font.head().map_err(damaged("head"))?;
    if !(16..=16_384).contains(&head.units_per_em()) {
        return Err(format!("an em of {} units; 16 to 16,384 are allowed", head.units_per_em()));
    }
    let glyphs = font.maxp().map_err(damaged("maxp"))?.num_glyphs();
    let horizontal = font.hhea().map_err(damaged("hhea"))?;
    font.hmtx().map_err(damaged("hmtx"))?;
    font.cmap().map_err(damaged("cmap"))?;
    if glyphs == 0 || horizontal.number_of_h_metrics() == 0 {
        return Err("it has no glyphs".to_owned());
    }
    let has = |tag: &[u8; 4]| font.table_data(Tag::new(tag)).is_some();
    if has(b"CFF ") || has(b"CFF2") || (has(b"glyf") && has(b"loca")) {
        return Ok(());
    }
    let has_pictures = has(b"CBDT") || has(b"sbix") || has(b"EBDT");
    Err(if has_pictures { "its glyphs are pictures, not outlines" } else { "it has no outlines" }.to_owned())
}
