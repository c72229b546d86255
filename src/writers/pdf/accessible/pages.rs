//! Pages painted item by item, each inside its marked content.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::mem::ManuallyDrop;
use std::num::NonZeroU32;
use std::ops::Range;

use krilla::Document as Pdf;
use krilla::action::LinkAction;
use krilla::annotation::{Annotation, LinkAnnotation, Target};
use krilla::color::{luma, rgb};
use krilla::destination::{Destination, NamedDestination};
use krilla::geom::{PathBuilder, Point as KrillaPoint, Quadrilateral, Rect};
use krilla::num::NormalizedF32;
use krilla::page::{NumberingStyle, Page as PdfPage, PageLabel, PageSettings};
use krilla::paint::{Fill, FillRule, Paint, Stroke};
use krilla::surface::{Location, Surface};
use krilla::tagging::{Artifact, ArtifactType, ContentTag, Identifier, SpanTag};
use krilla::text::{Glyph as KrillaGlyph, GlyphId as KrillaGlyphId};

use super::super::{MOST_MAPPED, substitute};
use super::faces::Faces;
use super::glyph_runs::{GlyphRuns, MOVED, Shown};
use super::pictures::Pictures;
use super::{Job, Painted, is_link, krilla_point};
use crate::diagnostics::Diagnostics;
use crate::font::GlyphId;
use crate::layout::frame::{Area, Furniture, Item, LinkArea, Owner, Page, PageNumber, Placed};
use crate::layout::inline::{Glyph, GlyphRun};
use crate::layout::structure::Role;
use crate::length::Length;

pub(super) fn paint(
    pdf: &mut Pdf,
    job: &Job<'_>,
    pages: Vec<Page>,
    destinations: &BTreeMap<String, NamedDestination>,
    painted: &mut Painted,
    diagnostics: &mut Diagnostics,
) {
    let mut tools = Tools {
        job,
        faces: Faces::of(&job.edition.fonts, &pages),
        pictures: Pictures::new(job.document, &job.edition.fonts),
        runs: GlyphRuns::default(),
        location: None,
    };
    for (index, page) in pages.into_iter().enumerate() {
        if job.limits.stop.is_up() {
            return;
        }
        tools.location = Location::new(index as u64 + 1);
        let mut sheet = pdf.start_page_with(settings(&page));
        tools.page(&mut sheet, &page, painted, diagnostics);
        for link in &page.links {
            tools.link(&mut sheet, link, destinations, painted);
        }
        sheet.finish();
        tools.runs.end_page();
    }
    painted.runs = tools.runs;
}

fn settings(page: &Page) -> PageSettings {
    let (style, number) = match page.number {
        PageNumber::Arabic(number) => (NumberingStyle::Arabic, number),
        PageNumber::Roman(number) => (NumberingStyle::LowerRoman, number),
    };
    PageSettings::from_wh(points(page.width), points(page.height))
        .expect("a theme's paper has an extent")
        .with_page_label(PageLabel::new(Some(style), None, NonZeroU32::new(number)))
}

fn points(length: Length) -> f32 {
    length.to_points() as f32
}

/// What painting needs again and again.
struct Tools<'a> {
    job: &'a Job<'a>,
    faces: Faces<'a>,
    pictures: Pictures<'a>,
    runs: GlyphRuns,
    /// Number of the page being painted, counted from 1: what errors name.
    location: Option<Location>,
}

impl Tools<'_> {
    /// All items of a page; those that follow each other with one owner share one marked content.
    fn page(&mut self, sheet: &mut PdfPage<'_>, page: &Page, painted: &mut Painted, diagnostics: &mut Diagnostics) {
        // Dropped half painted in a panic, it would panic again and so end all other files' conversions.
        let mut surface = ManuallyDrop::new(sheet.surface());
        let mut open: Option<Owner> = None;
        for placed in &page.items {
            if let (Owner::Content(content), Item::Glyphs(run)) = (placed.owner, &placed.item)
                && !is_mappable(run)
            {
                if open.take().is_some() {
                    surface.end_tagged();
                }
                self.unmapped_glyphs(&mut surface, placed, run, &mut painted.contents[content.0 as usize]);
                continue;
            }
            if open != Some(placed.owner) {
                if open.is_some() {
                    surface.end_tagged();
                }
                self.open(&mut surface, placed, painted);
                open = Some(placed.owner);
            }
            self.item(&mut surface, placed, diagnostics);
        }
        if open.is_some() {
            surface.end_tagged();
        }
        ManuallyDrop::into_inner(surface).finish();
    }

    /// Characters of the private use area are said by an ActualText of their own (ISO 19005-2 §6.2.11.7.3), and so is a
    /// glyph that stands for more characters than a reader's map has room for. A private character that no face has means
    /// nothing to anybody: a geta is said for it, as one is shown.
    fn unmapped_glyphs(
        &mut self,
        surface: &mut Surface<'_>,
        placed: &Placed,
        run: &GlyphRun,
        identifiers: &mut Vec<Identifier>,
    ) {
        let face = self.job.edition.fonts.face(run.face);
        let geta = |character: char| match is_private(character) && face.glyph(character).is_none() {
            true => GETA,
            false => character,
        };
        let mut at = placed.at;
        let mut glyphs = run.glyphs.as_slice();
        while let Some(first) = glyphs.first() {
            let text_of = |glyph: &Glyph| &run.text[glyph.text.start as usize..glyph.text.end as usize];
            let unmapped = !is_mapped(text_of(first));
            let alike = |glyph: &&Glyph| glyph.text.is_empty() || (!unmapped && is_mapped(text_of(glyph)));
            let count = 1 + glyphs[1..].iter().take_while(alike).count();
            let (now, later) = glyphs.split_at(count);
            match unmapped {
                true => {
                    let said: String = text_of(first).chars().map(geta).collect();
                    identifiers
                        .push(surface.start_tagged(ContentTag::Span(SpanTag::empty().with_actual_text(Some(&said)))));
                }
                false => identifiers.push(surface.start_tagged(ContentTag::Other)),
            }
            let mut part = GlyphRun { glyphs: now.to_vec(), ..run.clone() };
            if unmapped && let Some(glyph) = part.glyphs.first_mut() {
                // The map gets the first character, and the rest is in the ActualText.
                let long = text_of(first).chars().next().map_or(0, char::len_utf8) as u32;
                glyph.text.end = glyph.text.start + long;
            }
            self.glyphs(surface, &Placed { at, ..placed.clone() }, &part);
            surface.end_tagged();
            at.x += now.iter().map(|glyph| glyph.advance).sum();
            glyphs = later;
        }
    }

    fn open(&self, surface: &mut Surface<'_>, placed: &Placed, painted: &mut Painted) {
        match placed.owner {
            Owner::Content(content) => {
                let identifier = surface.start_tagged(ContentTag::Other);
                painted.contents[content.0 as usize].push(identifier);
            }
            Owner::Furniture(furniture) => {
                let kind = match furniture {
                    Furniture::RunningHead => ArtifactType::Header,
                    Furniture::PageNumber => ArtifactType::Footer,
                    Furniture::Ornament | Furniture::Ground => ArtifactType::Layout,
                    Furniture::Repeated => ArtifactType::PaginationOther,
                };
                surface.start_tagged(ContentTag::Artifact(Artifact::with_kind(kind)));
            }
        }
    }

    fn item(&mut self, surface: &mut Surface<'_>, placed: &Placed, diagnostics: &mut Diagnostics) {
        match &placed.item {
            Item::Glyphs(run) => self.glyphs(surface, placed, run),
            Item::Box { width, height, color } => {
                boxes(surface, placed, (*width, *height), *color, [Length::ZERO]);
            }
            Item::Dots { count, step, side, color } => {
                boxes(surface, placed, (*side, *side), *color, (0..i64::from(*count)).map(|number| *step * number));
            }
            Item::Wave { width, height, thickness, color } => {
                wave(surface, placed, [*width, *height, *thickness], *color);
            }
            Item::Picture { resource, width, height } => {
                self.pictures.draw(surface, resource, placed.at, (*width, *height), diagnostics);
            }
        }
    }

    fn glyphs<'r>(&mut self, surface: &mut Surface<'_>, placed: &Placed, run: &'r GlyphRun) {
        if run.glyphs.is_empty() || run.size <= Length::ZERO {
            return;
        }
        surface.set_stroke(None);
        surface.set_fill(Some(fill(run.color)));
        let start = KrillaPoint::from_xy(points(placed.at.x), points(placed.at.y));
        let size = points(run.size);
        // Ornaments are drawn as shapes: they have no text to be searched or copied.
        if run.ornament {
            let font = self.faces.outlined(run.face);
            return surface.draw_glyphs(start, &self.shown(run), font, &sayable(&run.text), size, true);
        }
        let shown_face = self.faces.shown(run.face);
        let is_hollow = shown_face.numbers.is_some();
        let face = self.job.edition.fonts.face(run.face);
        let kept = if is_hollow { self.runs.keep(run, face, |text| !text.chars().any(is_unsayable)) } else { None };
        let numbered = |mut glyph: PdfGlyph<'r>| {
            glyph.number = shown_face.number(glyph.id);
            glyph
        };
        if let Some(places) = kept {
            let standing: Vec<PdfGlyph> =
                PdfGlyph::standing_for(run, &places, self.location).into_iter().map(numbered).collect();
            return surface.draw_glyphs(start, &standing, shown_face.font.clone(), &run.text, size, false);
        }
        let (glyphs, text) = (self.shown(run).into_iter().map(numbered).collect::<Vec<_>>(), sayable(&run.text));
        if is_hollow {
            let shown = glyphs.iter().map(|glyph| Shown { id: glyph.id, text: &glyph.text });
            self.runs.learn(run, face, &text, shown);
        }
        surface.draw_glyphs(start, &glyphs, shown_face.font.clone(), &text, size, false);
    }

    /// The glyphs of a run, with another for what no face has.
    fn shown<'r>(&self, run: &'r GlyphRun) -> Vec<PdfGlyph<'r>> {
        let substitute = match run.glyphs.iter().any(|glyph| glyph.id.0 == 0) {
            true => substitute(self.job.edition.fonts.face(run.face)),
            false => GlyphId(0),
        };
        PdfGlyph::of(run, substitute, self.location)
    }

    fn link(
        &self,
        sheet: &mut PdfPage<'_>,
        link: &LinkArea,
        destinations: &BTreeMap<String, NamedDestination>,
        painted: &mut Painted,
    ) {
        let target = match link.target.strip_prefix('#') {
            Some(anchor) => match destinations.get(anchor) {
                Some(destination) => Target::Destination(Destination::Named(destination.clone())),
                None => return,
            },
            None => Target::Action(LinkAction::new(ascii_address(&link.target)).into()),
        };
        let quads: Vec<Quadrilateral> = link.areas.iter().map(quadrilateral).collect();
        if quads.is_empty() || !is_link(&self.job.layout.structure, link.node) {
            return;
        }
        let title = match &self.job.layout.structure.node(link.node).role {
            Role::Link { title } if !title.trim().is_empty() => title.clone(),
            _ => link.target.clone(),
        };
        let annotation = Annotation::new_link(LinkAnnotation::new_with_quad_points(quads, target), Some(title));
        let identifier = sheet.add_tagged_annotation(annotation);
        painted.annotations.entry(link.node).or_default().push(identifier);
    }
}

/// Corners in the order in which readers expect them: from the lower left, against the clock.
fn quadrilateral(area: &Area) -> Quadrilateral {
    let start = krilla_point(area.at);
    let (right, bottom) = (start.x + points(area.width), start.y + points(area.height));
    Quadrilateral([
        KrillaPoint::from_xy(start.x, bottom),
        KrillaPoint::from_xy(right, bottom),
        KrillaPoint::from_xy(right, start.y),
        KrillaPoint::from_xy(start.x, start.y),
    ])
}

/// An address as PDF takes it: 7-bit ASCII, anything else percent-encoded (ISO 32000-1 §12.6.4.7).
fn ascii_address(address: &str) -> String {
    const KEPT: &percent_encoding::AsciiSet = &percent_encoding::CONTROLS.add(b' ').add(b'"').add(b'<').add(b'>');
    percent_encoding::utf8_percent_encode(address.trim(), KEPT).to_string()
}

/// Black is gray 0, so that print needs one ink for it.
fn fill(color: [u8; 3]) -> Fill {
    Fill { paint: paint_of(color), opacity: NormalizedF32::ONE, rule: FillRule::NonZero }
}

fn paint_of([red, green, blue]: [u8; 3]) -> Paint {
    if red == green && green == blue { luma::Color::new(red).into() } else { rgb::Color::new(red, green, blue).into() }
}

/// Filled rectangles of one size, each so far from the item's place.
fn boxes(
    surface: &mut Surface<'_>,
    placed: &Placed,
    (width, height): (Length, Length),
    color: [u8; 3],
    places: impl IntoIterator<Item = Length>,
) {
    let mut path = PathBuilder::new();
    for place in places {
        let (x, y) = (points(placed.at.x + place), points(placed.at.y));
        if let Some(rect) = Rect::from_xywh(x, y, points(width), points(height)) {
            path.push_rect(rect);
        }
    }
    let Some(path) = path.finish() else { return };
    surface.set_stroke(None);
    surface.set_fill(Some(fill(color)));
    surface.draw_path(&path);
}

/// A wavy line (书名号甲式): half waves of twice the height's length each.
fn wave(surface: &mut Surface<'_>, placed: &Placed, [width, height, thickness]: [Length; 3], color: [u8; 3]) {
    let (start, top) = (points(placed.at.x), points(placed.at.y));
    let (width, height, thickness) = (points(width), points(height), points(thickness));
    let reach = (height - thickness).max(0.1) / 2.0;
    let middle = top + height / 2.0;
    let count = (width / (height * 1.2).max(0.5)).round().clamp(1.0, 10_000.0) as usize;
    let step = width / count as f32;
    let mut path = PathBuilder::new();
    path.move_to(start, middle);
    for index in 0..count {
        let from = start + step * index as f32;
        let peak = if index % 2 == 0 { middle - reach * 2.0 } else { middle + reach * 2.0 };
        path.quad_to(from + step / 2.0, peak, from + step, middle);
    }
    let Some(path) = path.finish() else { return };
    surface.set_fill(None);
    surface.set_stroke(Some(Stroke { paint: paint_of(color), width: thickness, ..Stroke::default() }));
    surface.draw_path(&path);
}

/// Printers' mark for a character they have not.
const GETA: char = '〓';

/// Text as glyphs may be mapped to: neither the byte-order mark and its mirror (ISO 19005-2 §6.2.11.7.2) nor private
/// characters, which are said another way.
fn sayable(text: &str) -> Cow<'_, str> {
    if !text.chars().any(is_unsayable) {
        return Cow::Borrowed(text);
    }
    // As many bytes as before, so that the glyphs' ranges still hold.
    let said = |character: char| match character.len_utf8() {
        _ if !is_unsayable(character) => character.to_string(),
        1 => " ".to_owned(),
        3 => GETA.to_string(),
        _ => format!("{GETA} "),
    };
    Cow::Owned(text.chars().map(said).collect())
}

fn is_unsayable(character: char) -> bool {
    matches!(character, '\0' | '\u{feff}' | '\u{fffe}') || is_private(character)
}

/// Whether the text of every glyph of a run can stand in the face's map from glyphs to text.
fn is_mappable(run: &GlyphRun) -> bool {
    // No run of Han text is looked at glyph by glyph.
    if run.text.chars().any(is_private) {
        return false;
    }
    let is_joined = |glyph: &&Glyph| (glyph.text.end - glyph.text.start) as usize > MOST_MAPPED;
    !run.glyphs
        .iter()
        .filter(is_joined)
        .any(|glyph| !is_mapped(&run.text[glyph.text.start as usize..glyph.text.end as usize]))
}

fn is_mapped(text: &str) -> bool {
    text.encode_utf16().count() <= MOST_MAPPED && !text.chars().any(is_private)
}

fn is_private(character: char) -> bool {
    matches!(character, '\u{e000}'..='\u{f8ff}' | '\u{f0000}'..)
}

/// A glyph as krilla wants it: a glyph without text of its own shares that of its cluster.
struct PdfGlyph<'a> {
    glyph: &'a Glyph,
    id: GlyphId,
    /// Its number in the font krilla has.
    number: u32,
    text: Range<usize>,
    size: f32,
    /// Set for a glyph that stands for its run.
    moved: Option<f32>,
    location: Option<Location>,
}

impl PdfGlyph<'_> {
    /// The glyphs of a run that stand for it, which [`GlyphRuns`] writes.
    fn standing_for<'r>(run: &'r GlyphRun, places: &[usize], location: Option<Location>) -> Vec<PdfGlyph<'r>> {
        let size = points(run.size);
        let mut moved = Some(MOVED);
        let standing = places.iter().map(|place| {
            let glyph = &run.glyphs[*place];
            let text = glyph.text.start as usize..glyph.text.end as usize;
            PdfGlyph { glyph, id: glyph.id, number: u32::from(glyph.id.0), text, size, moved: moved.take(), location }
        });
        standing.collect()
    }

    fn of(run: &GlyphRun, substitute: GlyphId, location: Option<Location>) -> Vec<PdfGlyph<'_>> {
        let size = points(run.size);
        let mut cluster = 0..run.text.chars().next().map_or(0, char::len_utf8);
        let mut glyphs = Vec::with_capacity(run.glyphs.len());
        for glyph in &run.glyphs {
            if !glyph.text.is_empty() {
                cluster = glyph.text.start as usize..glyph.text.end as usize;
            }
            let id = if glyph.id.0 == 0 { substitute } else { glyph.id };
            let number = u32::from(id.0);
            glyphs.push(PdfGlyph { glyph, id, number, text: cluster.clone(), size, moved: None, location });
        }
        glyphs
    }
}

impl KrillaGlyph for PdfGlyph<'_> {
    fn glyph_id(&self) -> KrillaGlyphId {
        KrillaGlyphId::new(self.number)
    }

    fn text_range(&self) -> Range<usize> {
        self.text.clone()
    }

    fn x_advance(&self, size: f32) -> f32 {
        points(self.glyph.advance) / self.size * size
    }

    fn x_offset(&self, size: f32) -> f32 {
        self.moved.unwrap_or_else(|| points(self.glyph.shift.0) / self.size) * size
    }

    fn y_offset(&self, size: f32) -> f32 {
        points(self.glyph.shift.1) / self.size * size
    }

    fn y_advance(&self, _: f32) -> f32 {
        0.0
    }

    fn location(&self) -> Option<Location> {
        self.location
    }
}
