//! Colours of the screen as inks of the press, in whole numbers so that every machine prints the same.
//!
//! Neutral colours are printed in black alone. The four inks come from a table made together with the output profile
//! (`profiles/make.py`), read between its points by linear interpolation along each axis.

use printpdf::{Cmyk, Color, Greyscale};

use crate::options::Ink;

/// The output profile for black alone: ISO coated stock with 20 % dot gain.
pub(super) const GRAY_PROFILE: &[u8] = include_bytes!("profiles/press-gray.icc");
/// The output profile for four inks: CGATS TR 001.
pub(super) const CMYK_PROFILE: &[u8] = include_bytes!("profiles/press-cmyk.icc");

/// sRGB to the four inks, red outermost; a byte an ink.
const GRID: &[u8; STEPS * STEPS * STEPS * 4] = include_bytes!("profiles/srgb-to-cmyk.grid");
const STEPS: usize = 17;

/// How the screen's colours become inks.
pub(super) struct Separation {
    pub ink: Ink,
    /// By lightness of the screen, the gray that prints as light: 0 is full ink.
    tones: [u8; 256],
}

impl Separation {
    pub(super) fn new(ink: Ink) -> Separation {
        Separation { ink, tones: tones() }
    }

    /// A colour of type and rules.
    pub(super) fn color(&self, rgb: [u8; 3]) -> Color {
        let part = |level: u8| f32::from(level) / 255.0;
        match self.ink {
            Ink::Gray => Color::Greyscale(Greyscale { percent: part(self.gray(rgb)), icc_profile: None }),
            Ink::Cmyk => {
                let [c, m, y, k] = self.cmyk(rgb).map(part);
                Color::Cmyk(Cmyk { c, m, y, k, icc_profile: None })
            }
        }
    }

    /// 0 is full ink, 255 paper.
    pub(super) fn gray(&self, rgb: [u8; 3]) -> u8 {
        self.tones[usize::from(lightness(rgb))]
    }

    /// 0 is no ink, 255 full ink; a neutral colour is black alone.
    pub(super) fn cmyk(&self, rgb: [u8; 3]) -> [u8; 4] {
        if rgb[0] == rgb[1] && rgb[1] == rgb[2] { [0, 0, 0, 255 - self.gray(rgb)] } else { separated(rgb) }
    }

    /// Pixels of a picture, three bytes each; neutral ones get four inks like their neighbours.
    pub(super) fn pixels(&self, rgb: &[u8]) -> Vec<u8> {
        let pixels = rgb.chunks_exact(3).map(|pixel| [pixel[0], pixel[1], pixel[2]]);
        match self.ink {
            Ink::Gray => pixels.map(|pixel| self.gray(pixel)).collect(),
            Ink::Cmyk => pixels.flat_map(separated).collect(),
        }
    }
}

/// The sRGB level of the neutral colour as light as this one (ITU-R BT.709 luminance, on linear light).
fn lightness([red, green, blue]: [u8; 3]) -> u8 {
    if red == green && green == blue {
        return red;
    }
    let linear = |level: u8| u64::from(LINEAR[usize::from(level)]);
    let luminance = (linear(red) * 2126 + linear(green) * 7152 + linear(blue) * 722) / 10_000;
    LINEAR.partition_point(|light| u64::from(*light) < luminance).min(255) as u8
}

/// By sRGB level, linear light in 65,535ths (IEC 61966-2-1).
static LINEAR: std::sync::LazyLock<[u16; 256]> = std::sync::LazyLock::new(|| {
    std::array::from_fn(|level| {
        let level = level as f64 / 255.0;
        let light = if level <= 0.04045 { level / 12.92 } else { ((level + 0.055) / 1.055).powf(2.4) };
        (light * 65_535.0).round() as u16
    })
});

/// By sRGB level, the gray of the output profile that reflects as much light: the inverse of its curve.
fn tones() -> [u8; 256] {
    let reflected = |gray: usize| {
        let dot = 255 - gray as u64;
        // Dot gain as in make.py, in whole numbers: d + 0.8 d (1 - d).
        65_535 - 65_535 * (dot * 255 * 10 + 8 * dot * (255 - dot)) / (255 * 255 * 10)
    };
    let mut gray = 0;
    std::array::from_fn(|level| {
        let light = u64::from(LINEAR[level]);
        let off = |gray: usize| reflected(gray).abs_diff(light);
        while gray < 255 && off(gray + 1) <= off(gray) {
            gray += 1;
        }
        gray as u8
    })
}

/// The four inks of a colour, between the eight points of the grid around it.
fn separated(rgb: [u8; 3]) -> [u8; 4] {
    let places = rgb.map(|level| usize::from(level) * (STEPS - 1));
    let lows = places.map(|place| (place / 255).min(STEPS - 2));
    let mut sums = [0u64; 4];
    for corner in 0..8usize {
        let bits = [corner >> 2 & 1, corner >> 1 & 1, corner & 1];
        let mut weight = 1u64;
        let mut index = 0;
        for axis in 0..3 {
            let above = places[axis] - lows[axis] * 255;
            weight *= if bits[axis] == 1 { above } else { 255 - above } as u64;
            index = index * STEPS + lows[axis] + bits[axis];
        }
        for (sum, ink) in sums.iter_mut().zip(&GRID[index * 4..index * 4 + 4]) {
            *sum += weight * u64::from(*ink);
        }
    }
    sums.map(|sum| ((sum + 255 * 255 * 255 / 2) / (255 * 255 * 255)) as u8)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn black_is_black_ink_and_white_is_paper() {
        let inks = Separation::new(Ink::Cmyk);
        assert_eq!((inks.cmyk([0; 3]), inks.cmyk([255; 3])), ([0, 0, 0, 255], [0; 4]));
        let gray = Separation::new(Ink::Gray);
        assert_eq!((gray.gray([0; 3]), gray.gray([255; 3])), (0, 255));
    }

    #[test]
    fn tones_rise_and_colours_keep_their_order() {
        let inks = Separation::new(Ink::Gray);
        assert!((1..256).all(|level| inks.tones[level - 1] <= inks.tones[level]));
        let grays = [[0, 0, 200], [200, 0, 0], [0, 200, 0], [200, 200, 0]].map(|color| inks.gray(color));
        assert!(grays.is_sorted(), "{grays:?}");
    }

    #[test]
    fn primaries_go_to_their_inks() {
        let [c, m, y, k] = separated([255, 0, 0]);
        assert!(c < 30 && m > 220 && y > 220 && k < 30, "{:?}", [c, m, y, k]);
        assert_eq!(separated([255; 3]), [0; 4]);
        let inks: u32 = separated([0; 3]).iter().map(|ink| u32::from(*ink)).sum();
        assert!(inks <= 3 * 255, "no more than 300 % of ink, not {inks}");
    }
}
