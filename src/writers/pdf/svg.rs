//! SVG read for a painter, with the faces of the edition for its text.

use std::sync::Arc;

use usvg::fontdb::{Database, Source};

use crate::document::{LARGEST_DRAWING, Resource};
use crate::font::{Face, FontBook, Role};

/// A drawing whose text is outlines already.
///
/// Faces the drawing names are looked for in the book by family; where one is not there or lacks a character, the body's
/// stand in. Errors with the reason when the drawing is broken.
///
/// `drawn` is how much was drawn before, of all drawings of the document; it grows by this one. All of them stay until the
/// document is done, and together may be no larger than one.
pub(super) fn read(resource: &Resource, fonts: &FontBook, drawn: &mut usize) -> Result<usvg::Tree, String> {
    *drawn += resource.bounded_drawing()?;
    if *drawn > LARGEST_DRAWING {
        return Err(format!("the drawings of the document have more than {LARGEST_DRAWING} bytes together"));
    }
    let mut options = usvg::Options { resources_dir: None, ..usvg::Options::default() };
    if may_have_text(&resource.data) {
        options.font_family = family(fonts, Role::Song);
        options.fontdb = Arc::new(database(fonts));
    }
    usvg::Tree::from_data(&resource.data, &options).map_err(|error| error.to_string())
}

/// Loading faces takes longer than most drawings, few of which have text.
fn may_have_text(data: &[u8]) -> bool {
    data.windows(5).any(|window| window == b"<text" || window == b":text")
}

fn database(fonts: &FontBook) -> Database {
    let mut database = Database::new();
    let mut loaded: Vec<&str> = Vec::new();
    for (_, face) in fonts.faces() {
        // A collection is one file with many faces: loading it once loads them all.
        if !loaded.contains(&face.file.as_str()) {
            database.load_font_source(Source::Binary(face.data().clone()));
            loaded.push(&face.file);
        }
    }
    database.set_serif_family(family(fonts, Role::Song));
    database.set_sans_serif_family(family(fonts, Role::Hei));
    database.set_monospace_family(family(fonts, Role::Mono));
    database.set_cursive_family(family(fonts, Role::Kai));
    database.set_fantasy_family(family(fonts, Role::Hei));
    database
}

fn family(fonts: &FontBook, role: Role) -> String {
    let named = |face: &&Face| face.role == role;
    let mut faces = fonts.faces().map(|(_, face)| face);
    let first = fonts.faces().next().map(|(_, face)| face.family.clone());
    faces.find(named).map(|face| face.family.clone()).or(first).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_drawing_that_asks_for_too_much_is_refused() {
        let drawing =
            |inside: &str| format!("<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'>{inside}</svg>");
        let read_it = |inside: &str| {
            let resource = Resource::picture(drawing(inside).into_bytes()).expect("a picture");
            read(&resource, &FontBook::bundled(), &mut 0)
        };
        assert!(read_it(&"<mask/>".repeat(1_000)).is_err());
        assert!(read_it("<filter id='f'><feTurbulence/></filter>").is_err());
        assert!(read_it(&format!("<text>{}</text>", "字".repeat(300_000))).is_err());
        assert!(read_it(&"<mask/><rect width='1' height='1'/>".repeat(50)).is_ok());
    }

    #[test]
    fn text_becomes_outlines_in_the_bundled_faces() {
        let drawing = "<svg xmlns='http://www.w3.org/2000/svg' width='90' height='30'>\
                       <text x='5' y='20' font-family='No Such Face, sans-serif'>山茶 abc</text></svg>";
        let resource = Resource::picture(drawing.as_bytes().to_vec()).expect("a picture");
        let tree = read(&resource, &FontBook::bundled(), &mut 0).expect("a drawing");
        let usvg::Node::Text(text) = &tree.root().children()[0] else { panic!("{:?}", tree.root()) };
        let width = text.bounding_box().width();
        assert!(width > 40.0, "Han and Latin are both drawn, {width} wide");
    }
}
