//! A cover for books that bring none: a cloth board with a paper title slip, as thread-bound books have.
//!
//! It is a PNG, because shops and shelves show nothing else, drawn from outlines, because they have no Chinese face.

use tiny_skia::{FillRule, Mask, PathBuilder, Rect, Transform};

use super::publication::Publication;
use crate::font::{Face, FontBook, LineDirection, PathStep, Role, Slant, Weight, text_outline};
use crate::themes::CoverColors;

/// Size in pixels, two by three.
const WIDTH: u32 = 720;
const HEIGHT: u32 = 1080;

/// The drawing is planned on a board of 1,200 units by 1,800.
const BOARD: [f32; 2] = [1200.0, 1800.0];
const SCALE: f32 = WIDTH as f32 / BOARD[0];

/// Pixels looked at together for whether there is anything in them; the width is a multiple.
const BLANK: usize = 16;

/// Largest size of the title, in pixels, and the most characters of a column set at it.
const TITLE_SIZE: f32 = 190.0;
const COLUMN: usize = 9;

/// The cover as a PNG file.
pub fn cover(publication: &Publication<'_>, fonts: &FontBook, colors: &CoverColors) -> Result<Vec<u8>, String> {
    let song = fonts.face(fonts.choose(Role::Song, Weight::Bold, Slant::Upright));
    let plain = fonts.face(fonts.choose(Role::Song, Weight::Regular, Slant::Upright));
    let mut board = Board { mask: Mask::new(WIDTH, HEIGHT).ok_or("no room for the cover")?, slip: None };
    let title = publication.title.trim();
    if title.chars().any(|character| u32::from(character) >= 0x2E80) {
        board.title_down(song, title, &publication.language);
    } else {
        board.title_across(song, title, &publication.language);
    }
    let metadata = &publication.document.metadata;
    let mut bottom = BOARD[1] - 150.0;
    if let Some(publisher) = metadata.publisher.as_deref().or(metadata.source.as_deref()) {
        board.print(plain, publisher, &publication.language, 42.0, bottom);
        bottom -= 110.0;
    }
    for contributor in metadata.contributors.iter().take(3).rev() {
        let role = publication.labels.of_role(&contributor.role);
        let words = if role.is_empty() { contributor.name.clone() } else { format!("{}　{role}", contributor.name) };
        board.print(plain, &words, &publication.language, 60.0, bottom);
        bottom -= 96.0;
    }
    board.png(colors)
}

/// What is drawn: one layer of shade, read as ink on the slip and as print elsewhere.
struct Board {
    mask: Mask,
    /// Left, top, right, bottom.
    slip: Option<[u32; 4]>,
}

impl Board {
    /// The title in columns from the right on a slip at the upper left.
    fn title_down(&mut self, face: &Face, title: &str, language: &str) {
        let columns = columns(title);
        let longest = columns.iter().map(|column| column.chars().count()).max().unwrap_or(1) as f32;
        let count = columns.len() as f32;
        let size = TITLE_SIZE.min(1180.0 / longest).min(760.0 / (count * 1.3));
        let (height, width) = (size * longest + 190.0, size * (count * 1.3 - 0.3) + 170.0);
        self.lay_slip(130.0, 130.0, width, height.max(640.0));
        let height = height.max(640.0);
        for (index, column) in columns.iter().enumerate() {
            let line = text_outline(face, column, language, LineDirection::Down);
            let x = 130.0 + width - 85.0 - size * (0.5 + index as f32 * 1.3);
            let spare = height - size * line.length;
            let y = 130.0 + if columns.len() == 1 { spare / 2.0 } else { 95.0 };
            self.fill(&line.steps, size, x, y);
        }
    }

    /// The title in lines on a slip across the board.
    fn title_across(&mut self, face: &Face, title: &str, language: &str) {
        let lines: Vec<_> =
            lines(title).iter().map(|line| text_outline(face, line, language, LineDirection::Across)).collect();
        let longest = lines.iter().map(|line| line.length).fold(1.0, f32::max);
        let count = lines.len() as f32;
        let size = 130.0_f32.min(780.0 / longest).min(900.0 / (count * 1.3));
        let height = size * count * 1.3 + 170.0;
        self.lay_slip(130.0, 220.0, BOARD[0] - 260.0, height);
        for (index, line) in lines.iter().enumerate() {
            let x = (BOARD[0] - line.length * size) / 2.0;
            self.fill(&line.steps, size, x, 220.0 + 85.0 + size * (index as f32 * 1.3 + 1.0));
        }
    }

    /// A line at the lower right, smaller when it is long.
    fn print(&mut self, face: &Face, words: &str, language: &str, size: f32, baseline: f32) {
        let line = text_outline(face, words.trim(), language, LineDirection::Across);
        let size = size.min(900.0 / line.length.max(1.0));
        self.fill(&line.steps, size, BOARD[0] - 130.0 - line.length * size, baseline);
    }

    /// Paper with a thick and a thin rule round it.
    fn lay_slip(&mut self, left: f32, top: f32, width: f32, height: f32) {
        self.slip = Some([left, top, left + width, top + height].map(|edge| (edge * SCALE / 2.0).round() as u32 * 2));
        for (inset, weight) in [(22.0, 6.0), (36.0, 2.0)] {
            let (right, bottom) = ((left + width).floor() - inset, (top + height).floor() - inset);
            let (left, top) = (left + inset, top + inset);
            let bars = [
                (left, top, right, top + weight),
                (left, bottom - weight, right, bottom),
                (left, top, left + weight, bottom),
                (right - weight, top, right, bottom),
            ];
            for (left, top, right, bottom) in bars {
                // Rules lie on whole pixels and are at least one thick.
                let [left, top, right, bottom] = [left, top, right, bottom].map(|edge| (edge * SCALE).round());
                if let Some(bar) = Rect::from_ltrb(left, top, right.max(left + 1.0), bottom.max(top + 1.0)) {
                    let path = PathBuilder::from_rect(bar);
                    self.mask.fill_path(&path, FillRule::Winding, false, Transform::identity());
                }
            }
        }
    }

    fn fill(&mut self, steps: &[PathStep], size: f32, x: f32, y: f32) {
        let mut path = PathBuilder::new();
        for step in steps {
            match *step {
                PathStep::Move(a, b) => path.move_to(a, b),
                PathStep::Line(a, b) => path.line_to(a, b),
                PathStep::Quadratic(a, b, c, d) => path.quad_to(a, b, c, d),
                PathStep::Cubic(a, b, c, d, e, f) => path.cubic_to(a, b, c, d, e, f),
                PathStep::Close => path.close(),
            }
        }
        if let Some(path) = path.finish() {
            let transform = Transform::from_row(size, 0.0, 0.0, size, x, y).post_scale(SCALE, SCALE);
            self.mask.fill_path(&path, FillRule::Winding, true, transform);
        }
    }

    /// 8 colours: half of them between cloth and print, half between paper and ink. Four shades smooth an edge of this
    /// size as well as 128 do, in half the bytes.
    fn png(self, colors: &CoverColors) -> Result<Vec<u8>, String> {
        let [left, top, right, bottom] = self.slip.unwrap_or_default().map(|edge| edge as usize);
        let mut pixels = vec![0; (WIDTH * HEIGHT / 2) as usize];
        let rows = self.mask.data().chunks_exact(WIDTH as usize).zip(pixels.chunks_exact_mut(WIDTH as usize / 2));
        for (y, (shades, row)) in rows.enumerate() {
            // Most of the board is blank.
            let (shades, _) = shades.as_chunks::<BLANK>();
            for (shades, pairs) in shades.iter().zip(row.chunks_exact_mut(BLANK / 2)) {
                if u128::from_ne_bytes(*shades) != 0 {
                    let pair = |pair: &[u8]| pair[0] >> 6 << 4 | pair[1] >> 6;
                    pairs.iter_mut().zip(shades.chunks_exact(2)).for_each(|(to, from)| *to = pair(from));
                }
            }
            if (top..bottom).contains(&y) {
                // The slip begins and ends on whole pairs.
                row[left / 2..right / 2].iter_mut().for_each(|pair| *pair |= 0x44);
            }
        }
        let between = |from: [u8; 3], to: [u8; 3], share: i32| {
            [0, 1, 2].map(|one| (i32::from(from[one]) + (i32::from(to[one]) - i32::from(from[one])) * share / 3) as u8)
        };
        let cloth = (0..4).flat_map(|share| between(colors.cloth.0, colors.print.0, share));
        let palette: Vec<u8> =
            cloth.chain((0..4).flat_map(|share| between(colors.paper.0, colors.ink.0, share))).collect();
        let mut file = Vec::new();
        let mut encoder = png::Encoder::new(&mut file, WIDTH, HEIGHT);
        encoder.set_color(png::ColorType::Indexed);
        encoder.set_depth(png::BitDepth::Four);
        encoder.set_palette(palette);
        // Rows that say only what is new, lightly packed: the container deflates them once more, and both together take
        // a seventh of the time of a better packed file for one kilobyte more.
        encoder.set_deflate_compression(png::DeflateCompression::FdeflateUltraFast);
        encoder.set_filter(png::Filter::Up);
        let written = encoder.write_header().and_then(|mut writer| writer.write_image_data(&pixels));
        written.map_err(|error| error.to_string())?;
        Ok(file)
    }
}

/// A title cut into columns: at its spaces and colons when it is too long for one, else evenly; no column starts with
/// closing punctuation.
fn columns(title: &str) -> Vec<String> {
    let characters: Vec<char> = title.chars().take(80).collect();
    if characters.len() <= COLUMN + 1 {
        return vec![characters.iter().map(|c| if c.is_whitespace() { '　' } else { *c }).collect()];
    }
    let mut parts: Vec<Vec<char>> = vec![Vec::new()];
    for character in characters {
        if character.is_whitespace() || matches!(character, '：' | ':' | '—') {
            if parts.last().is_some_and(|part| !part.is_empty()) {
                parts.push(Vec::new());
            }
        } else {
            parts.last_mut().expect("there is always a part").push(character);
        }
    }
    parts.retain(|part| !part.is_empty());
    parts.iter().flat_map(|part| even(part)).collect()
}

fn even(part: &[char]) -> Vec<String> {
    let count = part.len().div_ceil(COLUMN + 1);
    let each = part.len().div_ceil(count.max(1));
    let mut columns: Vec<String> = Vec::new();
    for character in part {
        let clings = "，。、；！？）》」』〉】”’".contains(*character);
        match columns.last_mut() {
            Some(column) if column.chars().count() < each || clings => column.push(*character),
            _ => columns.push(character.to_string()),
        }
    }
    columns
}

/// Words in lines of at most 16 letters or one long word.
fn lines(title: &str) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in title.split_whitespace().take(40) {
        match lines.last_mut() {
            Some(line) if line.chars().count() + 1 + word.chars().count() <= 16 => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_titles_are_cut_where_they_pause() {
        assert_eq!(columns("河边的纸鸢"), ["河边的纸鸢"]);
        assert_eq!(columns("河边的纸鸢：一个小镇的春天"), ["河边的纸鸢", "一个小镇的春天"]);
        assert_eq!(columns("一二三四五六七八九十，甲乙丙丁"), ["一二三四五六七八", "九十，甲乙丙丁"]);
        assert_eq!(columns("一二三四五六七八，九十甲乙丙丁"), ["一二三四五六七八，", "九十甲乙丙丁"]);
        assert_eq!(lines("The kite over the river"), ["The kite over", "the river"]);
    }
}
