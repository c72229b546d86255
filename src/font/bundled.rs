//! The faces of `fonts/`; `fonts/fonts.toml` has their provenance, and a test holds the two together.

use super::face::{Face, FontData, Role, Slant, Weight};

/// In release builds the bytes are inside the binary; `build.rs` says where they come from.
#[cfg(all(feature = "embedded-fonts", not(debug_assertions)))]
mod embedded {
    include!(concat!(env!("OUT_DIR"), "/faces.rs"));
}

#[cfg(all(feature = "embedded-fonts", not(debug_assertions)))]
macro_rules! bundled {
    ($file:literal) => {
        || -> FontData { std::sync::Arc::new(embedded::face($file)) }
    };
}

/// Debug and test builds read the file, or every test binary would carry 80 MB.
#[cfg(not(all(feature = "embedded-fonts", not(debug_assertions))))]
macro_rules! bundled {
    ($file:literal) => {
        || -> FontData {
            let path = concat!(env!("CARGO_MANIFEST_DIR"), "/fonts/", $file);
            std::sync::Arc::new(std::fs::read(path).unwrap_or_else(|error| panic!("{path}: {error}")))
        }
    };
}

macro_rules! face {
    ($file:literal, $family:literal, $role:ident, $weight:ident, $slant:ident) => {
        Face::deferred($file, $family, Role::$role, Weight::$weight, Slant::$slant, bundled!($file))
    };
}

pub(super) fn faces() -> Vec<Face> {
    vec![
        face!("NotoSerifCJKsc-Regular.otf", "Noto Serif CJK SC", Song, Regular, Upright),
        face!("NotoSerifCJKsc-Bold.otf", "Noto Serif CJK SC", Song, Bold, Upright),
        face!("NotoSansCJKsc-Regular.otf", "Noto Sans CJK SC", Hei, Regular, Upright),
        face!("NotoSansCJKsc-Bold.otf", "Noto Sans CJK SC", Hei, Bold, Upright),
        face!("BanxinKai-Regular.ttf", "Banxin Kai", Kai, Regular, Upright),
        face!("LibertinusSerif-Regular.otf", "Libertinus Serif", Latin, Regular, Upright),
        face!("LibertinusSerif-Bold.otf", "Libertinus Serif", Latin, Bold, Upright),
        face!("LibertinusSerif-Italic.otf", "Libertinus Serif", Latin, Regular, Italic),
        face!("LibertinusSerif-BoldItalic.otf", "Libertinus Serif", Latin, Bold, Italic),
        face!("LibertinusMath-Regular.otf", "Libertinus Math", Math, Regular, Upright),
        face!("NotoSansMono-Regular.ttf", "Noto Sans Mono", Mono, Regular, Upright),
        face!("NotoSansMono-Bold.ttf", "Noto Sans Mono", Mono, Bold, Upright),
        face!("NotoSansSymbols2-Regular.ttf", "Noto Sans Symbols2", Symbols, Regular, Upright),
        face!("NotoEmoji-Regular.ttf", "Noto Emoji", Emoji, Regular, Upright),
    ]
}
