//! Pages of a PDF as forms that can be placed on a sheet (ISO 32000-1 §8.10).

use lopdf::{Dictionary, Document as File, LoadOptions, Object, ObjectId, Stream, dictionary};

use super::ImpositionError;

/// Bytes a stream may have when it is no longer compressed.
pub(super) const MOST_BYTES: usize = 512 << 20;
/// Levels of the page tree.
const MOST_LEVELS: usize = 64;

/// A page that can be placed.
#[derive(Clone, Copy, Debug)]
pub(super) struct Form {
    pub id: ObjectId,
    /// Left, bottom, right, top of the cut page and of what is printed, as they are seen.
    pub trim: [f64; 4],
    pub bleed: [f64; 4],
    /// Brings the page upright: its own rotation.
    pub upright: [f64; 6],
}

/// Open a PDF. Errors when it is broken or locked.
pub(super) fn open(bytes: &[u8]) -> Result<File, ImpositionError> {
    let file = File::load_mem_with_options(bytes, LoadOptions::with_max_decompressed_size(MOST_BYTES))
        .map_err(|error| ImpositionError::Broken(error.to_string()))?;
    if file.is_encrypted() || file.was_encrypted() {
        return Err(ImpositionError::Locked);
    }
    Ok(file)
}

/// Every page as a form, in order.
pub(super) fn forms(file: &mut File) -> Result<Vec<Form>, ImpositionError> {
    let pages: Vec<ObjectId> = file.page_iter().collect();
    if pages.is_empty() {
        return Err(ImpositionError::NoPages);
    }
    pages.into_iter().enumerate().map(|(index, page)| form(file, page, index + 1)).collect()
}

fn form(file: &mut File, page: ObjectId, number: usize) -> Result<Form, ImpositionError> {
    let broken = |what: &str| ImpositionError::BrokenPage { page: number, reason: what.to_owned() };
    let media = rectangle(file, page, b"MediaBox").ok_or_else(|| broken("it has no MediaBox"))?;
    let crop = rectangle(file, page, b"CropBox").unwrap_or(media);
    let trim = rectangle(file, page, b"TrimBox").unwrap_or(crop);
    let bleed = rectangle(file, page, b"BleedBox").unwrap_or(trim);
    if trim[2] - trim[0] < 1.0 || trim[3] - trim[1] < 1.0 {
        return Err(broken("its trim has no extent"));
    }
    let resources = inherited(file, page, b"Resources").unwrap_or_else(|| Dictionary::new().into());
    let group = file.get_dictionary(page).ok().and_then(|page| page.get(b"Group").ok()).cloned();
    let turned = inherited(file, page, b"Rotate").and_then(|turn| turn.as_i64().ok()).unwrap_or(0).rem_euclid(360);
    let content = file.get_page_content_with_limit(page, MOST_BYTES).map_err(|error| broken(&error.to_string()))?;
    let mut dictionary = dictionary! {
        "Type" => "XObject",
        "Subtype" => "Form",
        "BBox" => bleed.map(|edge| Object::Real(edge as f32)).to_vec(),
        "Resources" => resources,
    };
    if let Some(group) = group {
        dictionary.set("Group", group);
    }
    let id = file.add_object(Stream::new(dictionary, content));
    let upright = match turned {
        90 => [0.0, -1.0, 1.0, 0.0, 0.0, 0.0],
        180 => [-1.0, 0.0, 0.0, -1.0, 0.0, 0.0],
        270 => [0.0, 1.0, -1.0, 0.0, 0.0, 0.0],
        _ => [1.0, 0.0, 0.0, 1.0, 0.0, 0.0],
    };
    Ok(Form { id, trim: seen(trim, upright), bleed: seen(bleed, upright), upright })
}

/// A rectangle after a turn by right angles.
fn seen([left, bottom, right, top]: [f64; 4], [a, b, c, d, e, f]: [f64; 6]) -> [f64; 4] {
    let place = |x: f64, y: f64| (a * x + c * y + e, b * x + d * y + f);
    let (one, other) = (place(left, bottom), place(right, top));
    [one.0.min(other.0), one.1.min(other.1), one.0.max(other.0), one.1.max(other.1)]
}

/// A box of a page, its own or an ancestor's, from lower left to upper right.
fn rectangle(file: &File, page: ObjectId, key: &[u8]) -> Option<[f64; 4]> {
    let found = inherited(file, page, key)?;
    let edges: Vec<f64> = found
        .as_array()
        .ok()?
        .iter()
        .filter_map(|edge| file.dereference(edge).ok()?.1.as_float().ok())
        .map(f64::from)
        .collect();
    let [one, two, three, four] = edges[..] else { return None };
    Some([one.min(three), two.min(four), one.max(three), two.max(four)])
}

fn inherited(file: &File, page: ObjectId, key: &[u8]) -> Option<Object> {
    let mut node = file.get_dictionary(page).ok()?;
    for _ in 0..MOST_LEVELS {
        if let Ok(found) = node.get(key) {
            return file.dereference(found).ok().map(|(id, object)| match id {
                Some(id) if key == b"Resources" => Object::Reference(id),
                _ => object.clone(),
            });
        }
        node = file.get_dictionary(node.get(b"Parent").ok()?.as_reference().ok()?).ok()?;
    }
    None
}
