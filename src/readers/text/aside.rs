//! What the lines that are not body say: metadata of the document, and what is set aside with its reason.

use super::dates;
use super::features::Features;
use super::labels::{Label, Zone};
use super::lexicon::{Key, Meaning, bodies};
use super::meta::Piece;
use super::names::{byline, names, names_a_paper, reporters};
use super::posts::{self, Post};
use super::structure::Builder;
use super::{Analysis, context::Role};
use crate::document::{Contributor, Metadata};

/// Put every boilerplate line aside, and every meta line that metadata does not hold in full.
pub(super) fn set_aside(builder: &mut Builder, loose: &[usize]) {
    for index in 0..builder.analysis.lines.len() {
        let labelled = builder.analysis.labelled[index];
        let feature = &builder.analysis.features[index];
        match labelled.label {
            Label::Boilerplate => {
                builder.put_aside(index, reason(feature, builder.analysis.around[index].role, labelled.zone))
            }
            Label::Meta => {
                if let Some(reason) = meta_reason(feature, loose.binary_search(&index).is_ok()) {
                    builder.put_aside(index, reason);
                }
            }
            Label::Separator if labelled.zone != Zone::Body => builder.put_aside(index, "separator"),
            _ => {}
        }
    }
}

fn reason(feature: &Features, role: Role, zone: Zone) -> &'static str {
    if feature.page_number || role == Role::Page {
        return "page number";
    }
    let meaning = feature.whole.or(feature.start.map(|word| word.meaning)).or(feature.anywhere);
    match meaning {
        Some(Meaning::Navigation) => "navigation",
        Some(Meaning::Sharing) => "sharing",
        Some(Meaning::Footer) => "footer",
        Some(Meaning::Contact) => "contact",
        Some(Meaning::Counter) => "view count",
        Some(Meaning::Pager) => "link to other pages",
        Some(Meaning::Comments) => "comments",
        Some(Meaning::Related) => "related links",
        Some(Meaning::End) => "end mark",
        _ => match zone {
            Zone::Before | Zone::After => "above the article",
            Zone::Tail => "below the article",
            Zone::Title | Zone::Body => "page furniture",
        },
    }
}

/// Why a meta line is kept as a whole: it has a counter, a button, or words no field holds.
fn meta_reason(feature: &Features, loose: bool) -> Option<&'static str> {
    let Some(meta) = feature.meta.as_ref() else { return loose.then_some("meta") };
    let any = |key: Key| meta.pieces.iter().any(|piece| piece.key == key);
    if any(Key::Views) {
        Some("view count")
    } else if any(Key::Chrome) {
        Some("site control")
    } else if meta.left_over > 0 || loose {
        Some("meta")
    } else {
        None
    }
}

/// What the meta lines, the closing and the reporters' names in the text say of the document; returns the meta lines
/// that no field holds in full.
pub(super) fn metadata(analysis: &Analysis, metadata: &mut Metadata) -> Vec<usize> {
    let mut loose = Vec::new();
    let mut revised = None;
    let mut unsure = Vec::new();
    for (index, labelled) in analysis.labelled.iter().enumerate() {
        if labelled.label == Label::Meta && analysis.around[index].post == Post::Opening {
            opening(analysis, index, metadata);
            continue;
        }
        let Some(meta) = analysis.features[index].meta.as_ref() else {
            if labelled.label == Label::Meta {
                let name = byline(&analysis.lines[index].text);
                if names_a_paper(name) {
                    metadata.source.get_or_insert_with(|| name.to_owned());
                } else {
                    contribute(metadata, name, "author");
                }
            }
            continue;
        };
        match labelled.label {
            Label::Meta => {
                let mut hold = |piece: &Piece| {
                    // A word beside a date is the author or, where another line names that one, the account.
                    let weak =
                        piece.key == Key::Author && piece.word.is_empty() && meta.keys == 0 && meta.left_over == 1;
                    if weak {
                        unsure.push(piece.value.clone());
                    }
                    weak || take(piece, metadata, &mut revised)
                };
                let held: Vec<bool> = meta.pieces.iter().map(&mut hold).collect();
                if held.contains(&false) {
                    loose.push(index);
                }
            }
            Label::Closing if metadata.date.is_none() => {
                let mut dates = meta.pieces.iter().filter(|piece| piece.key == Key::Date);
                revised = dates.next_back().map(|piece| piece.value.clone()).or(revised);
            }
            _ => {}
        }
    }
    for name in unsure {
        if metadata.contributors.iter().any(|contributor| contributor.role == "author") {
            metadata.source.get_or_insert(name);
        } else {
            contribute(metadata, &name, "author");
        }
    }
    if metadata.date.is_none() {
        metadata.date = revised.or_else(|| unlabelled_date(analysis));
    }
    if !metadata.contributors.iter().any(|contributor| contributor.role == "author") {
        let texts: Vec<usize> = (0..analysis.lines.len())
            .filter(|index| matches!(analysis.labelled[*index].label, Label::Paragraph | Label::Caption))
            .collect();
        let ends = texts.iter().take(2).chain(texts.iter().rev().take(2));
        let found = ends.map(|index| reporters(&analysis.lines[*index].text)).find(|names| !names.is_empty());
        let authors = found.unwrap_or_default().into_iter().map(Contributor::author);
        metadata.contributors.splice(0..0, authors);
    }
    if !metadata.contributors.iter().any(|contributor| contributor.role == "author")
        && let Some(body) = issuer(analysis, metadata)
    {
        metadata.contributors.insert(0, Contributor::author(body));
    }
    let fields = fields(metadata);
    loose.extend(meta_lines(analysis).filter(|index| !is_held(analysis, *index, &fields)));
    loose.sort_unstable();
    loose.dedup();
    loose
}

/// The body that issued a paper: said so above it, or signed below it over the date.
fn issuer(analysis: &Analysis, metadata: &Metadata) -> Option<String> {
    const ISSUED: &[&str] = &[
        "发文机关",
        "發文機關",
        "发文机构",
        "发布机构",
        "發布機關",
        "发布单位",
        "發布單位",
        "发文单位",
        "制发机关",
        "公开机构",
    ];
    let said = |meta: &super::meta::MetaLine| {
        let pieces =
            meta.pieces.iter().filter(|piece| piece.key == Key::Publisher && ISSUED.contains(&piece.word.as_str()));
        pieces.map(|piece| piece.value.clone()).find(|value| Some(value) == metadata.publisher.as_ref())
    };
    let above = meta_lines(analysis).find_map(|index| said(analysis.features[index].meta.as_ref()?));
    above.or_else(|| {
        let closing =
            |index: usize| analysis.labelled.get(index).is_some_and(|labelled| labelled.label == Label::Closing);
        let dated = |index: usize| analysis.features[index].meta.as_ref().is_some_and(|meta| meta.left_over == 0);
        let mut signed = (0..analysis.lines.len()).rev().filter(|index| closing(*index) && !dated(*index));
        let body =
            |index: &usize| bodies::may_sign(&analysis.lines[*index].text) && closing(index + 1) && dated(index + 1);
        signed.find(body).map(|index| analysis.lines[index].text.to_string())
    })
}

fn meta_lines<'a>(analysis: &'a Analysis) -> impl Iterator<Item = usize> + 'a {
    (0..analysis.lines.len()).filter(|index| analysis.labelled[*index].label == Label::Meta)
}

/// Everything that metadata says, a field a line.
fn fields(metadata: &Metadata) -> String {
    let said = [&metadata.title, &metadata.subtitle, &metadata.source, &metadata.identifier, &metadata.publisher];
    let mut fields: Vec<&str> = said.into_iter().chain([&metadata.address]).filter_map(Option::as_deref).collect();
    fields.extend(metadata.contributors.iter().map(|contributor| contributor.name.as_str()));
    fields.extend(metadata.keywords.iter().map(String::as_str));
    fields.extend(metadata.extra.iter().flat_map(|(key, value)| [key.as_str(), value.as_str()]));
    fields.join("\n")
}

/// Whether each word of a meta line is its key, of its date, or in a field: no word is lost with the line.
fn is_held(analysis: &Analysis, index: usize, fields: &str) -> bool {
    const OF_DATES: &str = "年月日时時分秒号星期周週一二三四五六七八九十〇零上下午元令和平成昭民國国年月日월일년";
    let text = analysis.lines[index].text.as_ref();
    let keys = analysis.features[index].meta.iter().flat_map(|meta| &meta.pieces).map(|piece| piece.word.as_str());
    let keys: Vec<&str> = keys.filter(|key| !key.is_empty()).collect();
    text.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty()).all(|word| {
        let of_date = word.chars().all(|c| OF_DATES.contains(c)) || word.is_ascii() && dates::names_a_month(word);
        of_date || fields.contains(word) || keys.contains(&word)
    })
}

/// Who wrote the first post of a thread, and when.
fn opening(analysis: &Analysis, index: usize, metadata: &mut Metadata) {
    let text = &analysis.lines[index].text;
    if let Some(name) = posts::poster(text)
        && !metadata.contributors.iter().any(|contributor| contributor.role == "author")
    {
        metadata.contributors.push(Contributor::author(name));
    }
    if let Some(date) = dates::find(text).filter(|_| metadata.date.is_none()) {
        metadata.date = Some(date.iso);
    }
}

/// The first day a short line names by itself, one with a time before one without, where no meta line was found.
fn unlabelled_date(analysis: &Analysis) -> Option<String> {
    let lines = analysis.lines.iter().zip(&analysis.features).filter(|(line, _)| line.chars <= 60);
    let dates = lines.filter_map(|(_, feature)| {
        let meta = feature.meta.as_ref().filter(|meta| meta.left_over <= 12)?;
        meta.pieces.iter().find(|piece| piece.key == Key::Date && piece.value.len() >= 10)
    });
    let dates: Vec<&str> = dates.map(|piece| piece.value.as_str()).take(20).collect();
    dates.iter().find(|date| date.contains('T')).or(dates.first()).map(|date| (*date).to_owned())
}

/// Put a statement into its field; whether the field holds it now.
fn take(piece: &Piece, metadata: &mut Metadata, revised: &mut Option<String>) -> bool {
    const REVISED: &[&str] = &["更新", "修改", "最終", "last", "updated"];
    let value = piece.value.as_str();
    // A second statement, even the same, is not held: its line is set aside.
    let set =
        |field: &mut Option<String>| value.is_empty() || (field.is_none() && field.insert(value.to_owned()) == value);
    match piece.key {
        // Who sent a text in, where its author is named.
        Key::Author if piece.word == "供稿" && metadata.authors().next().is_some() => {
            return contribute(metadata, value, "correspondent");
        }
        Key::Author => return contribute(metadata, value, "author"),
        Key::Correspondent => return contribute(metadata, value, "correspondent"),
        Key::Editor => return contribute(metadata, value, "editor"),
        Key::Translator => return contribute(metadata, value, "translator"),
        Key::Photographer => return contribute(metadata, value, "photographer"),
        Key::Source => return set(&mut metadata.source),
        Key::Date if REVISED.iter().any(|word| piece.word.to_ascii_lowercase().contains(word)) => {
            return set(revised) && metadata.date.is_none();
        }
        // A day says more than a month: an archive's link may stand above it.
        Key::Date if metadata.date.as_ref().is_some_and(|date| date.len() < 10 && value.len() >= 10) => {
            metadata.date = Some(value.to_owned());
            return false;
        }
        Key::Date => return set(&mut metadata.date),
        Key::Keywords => {
            let words = value.split(['；', ';', '，', ',', '、', ' ', '\u{3000}', '|']).map(str::trim);
            metadata.keywords.extend(words.filter(|word| !word.is_empty()).map(str::to_owned));
        }
        Key::Identifier => return set(&mut metadata.identifier),
        Key::Publisher => return set(&mut metadata.publisher),
        Key::Address => return set(&mut metadata.address),
        Key::Subtitle => return set(&mut metadata.subtitle),
        Key::Title => return set(&mut metadata.title),
        Key::Views | Key::Chrome => return false,
        Key::Other => return value.is_empty() || keep_extra(metadata, &piece.word, value),
    }
    true
}

/// Add the names of a value; whether all of them are new.
fn contribute(metadata: &mut Metadata, value: &str, role: &str) -> bool {
    let mut new = true;
    for name in names(value) {
        let contributor = Contributor { name, role: role.to_owned(), file_as: None };
        if metadata.contributors.contains(&contributor) {
            new = false;
        } else {
            metadata.contributors.push(contributor);
        }
    }
    new
}

/// Keep a statement under its own key, unless that is taken.
fn keep_extra(metadata: &mut Metadata, word: &str, value: &str) -> bool {
    let free = !metadata.extra.contains_key(word);
    if free {
        metadata.extra.insert(word.to_owned(), value.to_owned());
    }
    free
}
