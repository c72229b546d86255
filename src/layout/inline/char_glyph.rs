//! How single characters are set: their face, glyph and advance, found once and kept in flat pages.

use crate::document::Region;
use crate::font::{FaceId, FontBook, GlyphId, Role, RunKind, ShapedGlyph, Shaper, Slant, Weight};

use crate::length::Em;

use super::char_class::{chinese_class_of, class_of};

/// Finds and keeps the glyphs of single characters; what it found it leaves with the faces for the next document.
pub(super) struct CharGlyphs<'a> {
    pub fonts: &'a FontBook,
    pub shaper: Shaper,
    settings: Vec<(Setting, Pages)>,
}

/// The characters of a setting, page by page.
type Pages = Vec<Option<Box<Page>>>;

/// Pages left at most, some 20 MB: articles fill a few hundred, one that shows every character there is many more.
const LEFT: usize = 2000;

/// What is left with the faces.
struct Learnt {
    shaper: Shaper,
    settings: Vec<(Setting, Pages)>,
}

impl Drop for CharGlyphs<'_> {
    fn drop(&mut self) {
        let (shaper, settings) = (std::mem::take(&mut self.shaper), std::mem::take(&mut self.settings));
        let pages = settings.iter().flat_map(|(_, pages)| pages).flatten().count();
        if pages <= LEFT {
            self.fonts.leave(Learnt { shaper, settings });
        }
    }
}

/// What the glyph of a character depends on beside the character.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Setting {
    pub role: Role,
    pub weight: Weight,
    pub slant: Slant,
    pub region: Region,
}

const PAGE: usize = 256;
type Page = [CharGlyph; PAGE];

/// How one character is set by itself, in its face's design units.
#[derive(Clone, Copy, Debug)]
pub(super) struct CharGlyph {
    pub state: State,
    pub face: FaceId,
    pub glyph: GlyphId,
    pub units_per_em: u16,
    /// Size of the face in its surroundings.
    pub size: Em,
    pub advance: i32,
    pub shift: (i32, i32),
    /// Of the ink from the origin; only of marks, whose blanks it bounds: outlines are slow to read.
    pub ink: (i32, i32),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum State {
    Unknown,
    Ready,
    /// One character, several glyphs, or needs its neighbours.
    Complex,
    Missing,
}

pub(super) const UNKNOWN: CharGlyph = CharGlyph {
    state: State::Unknown,
    face: FaceId(0),
    glyph: GlyphId(0),
    units_per_em: 1000,
    size: Em::ONE,
    advance: 0,
    shift: (0, 0),
    ink: (0, 0),
};

/// Drawn for a character that no face has: the printer's geta, else a box.
const SUBSTITUTES: [char; 4] = ['〓', '□', '?', ' '];

impl<'a> CharGlyphs<'a> {
    pub(super) fn new(fonts: &'a FontBook) -> CharGlyphs<'a> {
        let learnt = fonts.take_up().unwrap_or(Learnt { shaper: Shaper::default(), settings: Vec::new() });
        CharGlyphs { fonts, shaper: learnt.shaper, settings: learnt.settings }
    }

    pub(super) fn setting(&mut self, setting: Setting) -> usize {
        if let Some(index) = self.settings.iter().position(|(one, _)| *one == setting) {
            return index;
        }
        let pages = std::iter::repeat_with(|| None).take(0x11_0000 / PAGE).collect();
        self.settings.push((setting, pages));
        self.settings.len() - 1
    }

    pub(super) fn char_glyph(&mut self, setting: usize, character: char) -> CharGlyph {
        let (page, place) = (character as usize / PAGE, character as usize % PAGE);
        if let Some(page) = &self.settings[setting].1[page]
            && page[place].state != State::Unknown
        {
            return page[place];
        }
        let found = self.find_glyph(self.settings[setting].0, character);
        let page = self.settings[setting].1[page].get_or_insert_with(|| Box::new([UNKNOWN; PAGE]));
        page[place] = found;
        found
    }

    fn find_glyph(&mut self, setting: Setting, character: char) -> CharGlyph {
        let Setting { role, weight, slant, region } = setting;
        let mark = chinese_class_of(character).is_some() && region != Region::Western;
        let mut face = self.fonts.face_for(character, role, weight, slant);
        // Kai has only narrow quotes: marks of the Chinese frame come from a face that has them full width.
        if mark && character != '·' && face.is_some_and(|id| !self.is_full_width(id, character, region)) {
            let song = [Role::Song, Role::Hei].map(|role| self.fonts.choose(role, weight, slant));
            face = song.into_iter().find(|id| self.is_full_width(*id, character, region)).or(face);
        }
        let Some(id) = face else { return CharGlyph { state: State::Missing, ..UNKNOWN } };
        let glyphs = self.shape_char(id, character, region);
        let face = self.fonts.face(id);
        let [glyph] = glyphs[..] else { return CharGlyph { state: State::Complex, face: id, ..UNKNOWN } };
        let state = if glyph.id.0 == 0 { State::Missing } else { State::Ready };
        let is_mark = chinese_class_of(character).is_some() || class_of(character).is_cjk_mark();
        let ink = if is_mark { face.ink(glyph.id) } else { None };
        let ink = ink.map_or((0, 0), |ink| (ink.left as i32, ink.right as i32));
        CharGlyph {
            state,
            face: id,
            glyph: glyph.id,
            units_per_em: face.units_per_em(),
            size: face.role.relative_size(),
            advance: glyph.advance,
            shift: glyph.shift,
            ink,
        }
    }

    fn is_full_width(&mut self, id: FaceId, character: char, region: Region) -> bool {
        let em = i32::from(self.fonts.face(id).units_per_em());
        self.fonts.face(id).glyph(character).is_some()
            && self.shape_char(id, character, region).iter().map(|glyph| glyph.advance).sum::<i32>() * 10 >= em * 9
    }

    fn shape_char(&mut self, id: FaceId, character: char, region: Region) -> Vec<ShapedGlyph> {
        let mut text = [0; 4];
        let text = character.encode_utf8(&mut text);
        let cjk = region != Region::Western;
        let script = if cjk { *b"Hani" } else { script_of(text) };
        let language = if cjk { language_tag(region) } else { "en" };
        let kind = RunKind { script, language, right_to_left: false, small_capitals: false };
        let mut glyphs = Vec::new();
        self.shaper.shape(id, self.fonts.face(id), text, kind, &mut glyphs);
        glyphs
    }

    pub(super) fn substitute(&mut self, setting: usize) -> CharGlyph {
        let all = SUBSTITUTES.map(|character| self.char_glyph(setting, character));
        all.into_iter().find(|found| found.state == State::Ready).unwrap_or(UNKNOWN)
    }
}

/// The tag a face's `locl` knows a region by.
pub(super) fn language_tag(region: Region) -> &'static str {
    match region {
        Region::Mainland | Region::Western => "zh-hans",
        Region::Taiwan => "zh-hant",
        Region::HongKong => "zh-hk",
        Region::Japan => "ja",
        Region::Korea => "ko",
    }
}

/// ISO 15924 tag of the first character with a script of its own.
pub(super) fn script_of(text: &str) -> [u8; 4] {
    use unicode_script::{Script, UnicodeScript};
    if text.bytes().next().is_none_or(|byte| byte.is_ascii()) {
        return *b"Latn";
    }
    let script = text.chars().map(|one| one.script()).find(|one| !matches!(one, Script::Common | Script::Inherited));
    let name = script.map_or("Latn", |script| script.short_name());
    name.as_bytes().try_into().unwrap_or(*b"Latn")
}
