//! The flow's characters become clusters: glyphs that stay together, with their class and advance.

use std::collections::BTreeSet;
use std::ops::Range;

use crate::diagnostics::{Diagnostics, Loss};
use crate::document::Region;
use crate::font::{Face, FaceId, FontBook, GlyphId, Role, RunKind, ShapedGlyph, Slant};
use crate::length::{Em, Length};

use super::char_class::{CharClass, blanks, chinese_class_of, class_of};
use super::char_glyph::{CharGlyph, CharGlyphs, Setting, State, language_tag, script_of};
use super::context::marks_in_chinese;
use super::emoji;
use super::itemize::{Flow, LINE_BREAK, OBJECT, Part, StyleId, TextStyle};

/// Glyphs that stay together and the text they stand for.
#[derive(Clone, Debug)]
pub(super) struct Cluster {
    /// Bytes of the flow's text.
    pub text: Range<u32>,
    /// In [`Shaped::glyphs`].
    pub glyphs: Range<u32>,
    pub style: StyleId,
    pub face: FaceId,
    pub class: CharClass,
    /// Type size of its glyphs.
    pub size: Length,
    /// Set right to left.
    pub right_to_left: bool,
    /// Of the whole frame.
    pub advance: Length,
    /// Blank of the frame before and after the ink that may be taken away.
    pub blank: (Length, Length),
    /// Added before the glyphs for an annotation wider than its base; part of `advance`.
    pub padding: Length,
    /// May stand past the measure when it ends a line (clreq §3.1.7).
    pub hangs: bool,
    /// First character.
    pub character: char,
}

impl Cluster {
    /// What is left of the frame without its blanks.
    pub(super) fn core(&self) -> Length {
        self.advance - self.blank.0 - self.blank.1
    }

    /// Add room before and after the glyphs.
    pub(super) fn widen(&mut self, before: Length, after: Length) {
        self.padding += before;
        self.advance += before + after;
    }
}

/// A glyph of a cluster, at its size.
#[derive(Clone, Copy, Debug)]
pub(super) struct ClusterGlyph {
    pub id: GlyphId,
    pub advance: Length,
    pub shift: (Length, Length),
}

#[derive(Default)]
pub(super) struct Shaped {
    pub clusters: Vec<Cluster>,
    pub glyphs: Vec<ClusterGlyph>,
}

/// Shapes flows, and keeps what it learnt about characters for the next one.
pub(super) struct FlowShaper<'a> {
    pub characters: CharGlyphs<'a>,
    scratch: Vec<ShapedGlyph>,
    spare: Shaped,
    missing: BTreeSet<char>,
}

impl<'a> FlowShaper<'a> {
    pub(super) fn new(fonts: &'a FontBook) -> FlowShaper<'a> {
        let characters = CharGlyphs::new(fonts);
        FlowShaper { characters, scratch: Vec::new(), spare: Shaped::default(), missing: BTreeSet::new() }
    }

    pub(super) fn shape(&mut self, flow: &Flow, diagnostics: &mut Diagnostics) -> Shaped {
        let mut shaped = std::mem::take(&mut self.spare);
        shaped.clusters.clear();
        shaped.glyphs.clear();
        let chinese = marks_in_chinese(flow);
        let mut pictures = flow.pictures.iter();
        let mut start = 0;
        for (end, style) in &flow.runs {
            let run = StyleRun { flow, chinese: &chinese, range: start..*end as usize, id: *style };
            let first = shaped.clusters.len();
            self.shape_run(&run, &mut shaped, diagnostics);
            for cluster in &mut shaped.clusters[first..] {
                if cluster.character == OBJECT
                    && let Some((_, picture)) = pictures.next()
                {
                    cluster.advance = picture.width;
                }
            }
            start = *end as usize;
        }
        shaped
    }

    /// Give back what is no longer needed, for the next flow to be shaped into.
    pub(super) fn recycle(&mut self, shaped: Shaped) {
        self.spare = shaped;
    }

    fn shape_run(&mut self, run: &StyleRun<'_>, shaped: &mut Shaped, diagnostics: &mut Diagnostics) {
        let style = run.style();
        let han = self.characters.setting(Setting {
            role: han_role(style),
            weight: style.weight,
            slant: Slant::Upright,
            region: style.region,
        });
        let western = self.characters.setting(Setting {
            role: western_role(style),
            weight: style.weight,
            slant: style.slant,
            region: Region::Western,
        });
        let text = &run.flow.text[..run.range.end];
        let mut at = run.range.start;
        while at < run.range.end {
            let character = next_char(text, at);
            let end = at + character.len_utf8();
            if let Some(length) = emoji::sequence(&text[at..])
                && let Some(face) = self.characters.fonts.emoji_face(character)
            {
                self.shape_text(run, at..at + length, face, true, shaped);
                at += length;
                continue;
            }
            let class = run.class_at(at, character);
            // Two dashes are one mark in faces that draw them joined.
            let joined = class == CharClass::Dash && text[end..].starts_with(character);
            let alone = !joined && !text[end..].starts_with(needs_company);
            if class.is_cjk() && alone {
                let found = self.characters.char_glyph(han, character);
                if found.state == State::Ready {
                    push_char(shaped, run, at..end, character, class, &found);
                    at = end;
                    continue;
                }
            }
            match class {
                _ if character == LINE_BREAK => {
                    push_empty(shaped, run, at..end, character, CharClass::Invisible);
                    at = end;
                }
                CharClass::Control => at = end,
                CharClass::Invisible if character != '\u{200D}' => {
                    push_empty(shaped, run, at..end, character, class);
                    at = end;
                }
                _ if character == OBJECT => {
                    push_empty(shaped, run, at..end, character, CharClass::Ideograph);
                    at = end;
                }
                CharClass::Space | CharClass::FixedSpace => {
                    self.push_space(shaped, run, western, at..end, character, class);
                    at = end;
                }
                _ => at = self.shape_stretch(run, (han, western), at, shaped, diagnostics),
            }
        }
    }

    /// Shape the longest stretch from `at` of one face; gives its end.
    fn shape_stretch(
        &mut self,
        run: &StyleRun<'_>,
        (han, western): (usize, usize),
        at: usize,
        shaped: &mut Shaped,
        diagnostics: &mut Diagnostics,
    ) -> usize {
        let text = &run.flow.text[..run.range.end];
        let first = next_char(text, at);
        let cjk = run.class_at(at, first).is_cjk();
        let setting = if cjk { han } else { western };
        let lone_mark = matches!(run.class_at(at, first), CharClass::Mark | CharClass::Invisible);
        let mut found = self.characters.char_glyph(setting, first);
        if found.state == State::Missing {
            self.report_missing(first, diagnostics);
        }
        let mut end = at + first.len_utf8();
        for character in text[end..].chars() {
            let class = run.class_at(end, character);
            let joins = match class {
                CharClass::Mark => true,
                CharClass::Invisible => character == '\u{200D}' || text[..end].ends_with('\u{200D}'),
                CharClass::Space | CharClass::FixedSpace | CharClass::Control => false,
                _ if character == OBJECT || lone_mark => false,
                _ if text[..end].ends_with('\u{200D}') => true,
                CharClass::Dash if cjk => character == first && end == at + first.len_utf8(),
                _ if cjk || class.is_cjk() => false,
                _ => {
                    let next = self.characters.char_glyph(setting, character);
                    next.face == found.face && (next.state == State::Missing) == (found.state == State::Missing)
                }
            };
            if !joins || found.state == State::Missing {
                break;
            }
            end += character.len_utf8();
        }
        if found.state == State::Missing {
            found = self.characters.substitute(setting);
            if found.state == State::Ready {
                push_char(shaped, run, at..end, first, run.class_at(at, first), &found);
            }
            return end;
        }
        self.shape_text(run, at..end, found.face, cjk, shaped);
        end
    }

    fn shape_text(&mut self, run: &StyleRun<'_>, range: Range<usize>, id: FaceId, cjk: bool, shaped: &mut Shaped) {
        let style = run.style();
        let face = self.characters.fonts.face(id);
        let text = &run.flow.text[range.clone()];
        let script = if cjk { *b"Hani" } else { script_of(text) };
        let right_to_left = matches!(&script, b"Arab" | b"Hebr" | b"Syrc" | b"Thaa" | b"Nkoo");
        let language =
            if cjk { language_tag(style.region) } else { style.language.as_ref().map_or("en", |one| one.as_str()) };
        let kind = RunKind { script, language, right_to_left, small_capitals: style.small_capitals };
        let mut glyphs = std::mem::take(&mut self.scratch);
        glyphs.clear();
        self.characters.shaper.shape(id, face, text, kind, &mut glyphs);
        if right_to_left {
            glyphs.reverse();
        }
        let mut index = 0;
        while index < glyphs.len() {
            let cluster = glyphs[index].cluster;
            let length = glyphs[index..].iter().take_while(|glyph| glyph.cluster == cluster).count();
            index += length;
            let end = glyphs.get(index).map_or(range.end, |next| range.start + next.cluster as usize);
            if right_to_left {
                glyphs[index - length..index].reverse();
            }
            let members = &glyphs[index - length..index];
            let start = range.start + cluster as usize;
            push_cluster(shaped, run, start..end, members, (id, face), right_to_left);
        }
        self.scratch = glyphs;
    }

    fn push_space(
        &mut self,
        shaped: &mut Shaped,
        run: &StyleRun<'_>,
        western: usize,
        range: Range<usize>,
        character: char,
        class: CharClass,
    ) {
        let mut found = self.characters.char_glyph(western, character);
        if found.state != State::Ready {
            found = self.characters.char_glyph(western, ' ');
        }
        push_char(shaped, run, range, character, class, &found);
        // The widths of the spaces with a width of their own (Unicode 6.2), whatever glyph shows them.
        let size = run.style().size;
        let width = match character {
            '\u{2000}' | '\u{2002}' => Em::HALF,
            '\u{2001}' | '\u{2003}' => Em::ONE,
            '\u{2004}' => Em::THIRD,
            '\u{2005}' => Em::QUARTER,
            '\u{2006}' | '\u{2009}' | '\u{202F}' => Em::ratio(1, 6),
            '\u{200A}' => Em::ratio(1, 10),
            _ => return,
        };
        if let Some(cluster) = shaped.clusters.last_mut() {
            cluster.advance = width.at(size);
        }
    }

    /// The advance of a hyphen in the face of a style's Western letters, and its glyph.
    pub(super) fn hyphen(&mut self, style: &TextStyle) -> (FaceId, ClusterGlyph) {
        let setting =
            Setting { role: western_role(style), weight: style.weight, slant: style.slant, region: Region::Western };
        let index = self.characters.setting(setting);
        let found = self.characters.char_glyph(index, '-');
        let advance = Length::from_font_units(i64::from(found.advance), found.units_per_em, style.size);
        (found.face, ClusterGlyph { id: found.glyph, advance, shift: (Length::ZERO, Length::ZERO) })
    }

    /// A single character as it stands by itself in a style; none when no face has it.
    pub(super) fn ornament(&mut self, style: &TextStyle, character: char) -> Option<(FaceId, GlyphId)> {
        let face = self.characters.fonts.face_for(character, han_role(style), style.weight, Slant::Upright)?;
        Some((face, self.characters.fonts.face(face).glyph(character)?))
    }

    /// A paragraph begins: what is missing in it is to be said again.
    pub(super) fn forget_missing(&mut self) {
        self.missing.clear();
    }

    fn report_missing(&mut self, character: char, diagnostics: &mut Diagnostics) {
        if self.missing.insert(character) {
            report_missing(character, diagnostics);
        }
    }
}

/// Says that a character has no glyph.
pub const MISSING_GLYPH: &str = "missing-glyph";

/// Record that no face has a character.
pub fn report_missing(character: char, diagnostics: &mut Diagnostics) {
    let code = u32::from(character);
    let message = format!("no font has {character} (U+{code:04X}); add a face with --font-dir");
    diagnostics.warn(Loss::Substituted, MISSING_GLYPH, None, message);
}

/// Characters of one style.
struct StyleRun<'a> {
    flow: &'a Flow,
    /// Bytes of marks that are written alike in Chinese and Western text and stand in Chinese here.
    chinese: &'a BTreeSet<u32>,
    range: Range<usize>,
    id: StyleId,
}

impl StyleRun<'_> {
    fn style(&self) -> &TextStyle {
        &self.flow.styles[self.id as usize]
    }

    fn class_at(&self, at: usize, character: char) -> CharClass {
        if !self.chinese.is_empty()
            && let Some(class) = chinese_class_of(character)
            && self.chinese.contains(&(at as u32))
        {
            return class;
        }
        class_of(character)
    }
}

/// The script's role of a style's Han characters.
fn han_role(style: &TextStyle) -> Role {
    match style.role {
        Role::Mono | Role::Latin | Role::Math | Role::Symbols | Role::Emoji => Role::Hei,
        role => role,
    }
}

fn western_role(style: &TextStyle) -> Role {
    match (style.part, style.role) {
        (Part::Formula, _) => Role::Latin,
        (_, Role::Song | Role::Kai) => Role::Latin,
        // Hei headings take their Latin from the Hei face, which is drawn with them.
        (_, role) => role,
    }
}

/// Whether a character is set together with the one before it.
fn needs_company(character: char) -> bool {
    !character.is_ascii() && (class_of(character) == CharClass::Mark || character == '\u{200D}')
}

fn next_char(text: &str, at: usize) -> char {
    text[at..].chars().next().unwrap_or(LINE_BREAK)
}

fn push_char(
    shaped: &mut Shaped,
    run: &StyleRun<'_>,
    range: Range<usize>,
    character: char,
    class: CharClass,
    found: &CharGlyph,
) {
    let style = run.style();
    let size = found.size.at(style.size);
    let scale = |units: i32| Length::from_font_units(i64::from(units), found.units_per_em, size);
    let advance = if found.advance == i32::from(found.units_per_em) { size } else { scale(found.advance) };
    let mut glyph = ClusterGlyph { id: found.glyph, advance, shift: (scale(found.shift.0), scale(found.shift.1)) };
    let (mut frame, mut blank) = (advance, (Length::ZERO, Length::ZERO));
    if class.is_cjk_mark() {
        if class == CharClass::MiddleDot {
            frame = middle_dot_frame(style.region, character).at(style.size);
            glyph.shift.0 += (frame - advance) / 2;
            glyph.advance = frame;
        }
        let (before, after) = blanks(class, style.region);
        let quarter = Em::QUARTER.at(style.size);
        let ink = (scale(found.ink.0) + glyph.shift.0, scale(found.ink.1) + glyph.shift.0);
        if frame * 10 >= style.size * 9 {
            blank.0 = (quarter * before).min(ink.0.max(Length::ZERO));
            blank.1 = (quarter * after).min((frame - ink.1).max(Length::ZERO));
        }
    }
    let first = shaped.glyphs.len() as u32;
    shaped.glyphs.push(glyph);
    shaped.clusters.push(Cluster {
        text: range.start as u32..range.end as u32,
        glyphs: first..first + 1,
        style: run.id,
        face: found.face,
        class,
        size,
        right_to_left: false,
        advance: frame,
        blank,
        padding: Length::ZERO,
        hangs: false,
        character,
    });
}

/// Half an em on the mainland, one in Taiwan, Hong Kong and Japan (clreq §3.1.6.1, JLReq cl-05).
fn middle_dot_frame(region: Region, character: char) -> Em {
    match region {
        Region::Mainland | Region::Western if character != '・' => Em::HALF,
        _ => Em::ONE,
    }
}

fn push_empty(shaped: &mut Shaped, run: &StyleRun<'_>, range: Range<usize>, character: char, class: CharClass) {
    let at = shaped.glyphs.len() as u32;
    shaped.clusters.push(Cluster {
        text: range.start as u32..range.end as u32,
        glyphs: at..at,
        style: run.id,
        face: FaceId(0),
        class,
        size: run.style().size,
        right_to_left: false,
        advance: Length::ZERO,
        blank: (Length::ZERO, Length::ZERO),
        padding: Length::ZERO,
        hangs: false,
        character,
    });
}

fn push_cluster(
    shaped: &mut Shaped,
    run: &StyleRun<'_>,
    range: Range<usize>,
    members: &[ShapedGlyph],
    (id, face): (FaceId, &Face),
    right_to_left: bool,
) {
    let size = face.role.relative_size().at(run.style().size);
    let scale = |units: i32| Length::from_font_units(i64::from(units), face.units_per_em(), size);
    let character = next_char(&run.flow.text[..range.end], range.start);
    let first = shaped.glyphs.len() as u32;
    let mut advance = Length::ZERO;
    for glyph in members {
        let own = scale(glyph.advance);
        advance += own;
        shaped.glyphs.push(ClusterGlyph {
            id: glyph.id,
            advance: own,
            shift: (scale(glyph.shift.0), scale(glyph.shift.1)),
        });
    }
    shaped.clusters.push(Cluster {
        text: range.start as u32..range.end as u32,
        glyphs: first..shaped.glyphs.len() as u32,
        style: run.id,
        face: id,
        class: if face.role == Role::Emoji { CharClass::Ideograph } else { run.class_at(range.start, character) },
        size,
        right_to_left,
        advance,
        blank: (Length::ZERO, Length::ZERO),
        padding: Length::ZERO,
        hangs: false,
        character,
    });
}
