//! Where lines may end: UAX #14 with Chinese marks classified first, then the kinsoku level, notes, addresses, words.

use unicode_linebreak::{BreakOpportunity, linebreaks};

use crate::document::Region;

use super::char_class::CharClass;
use super::itemize::{Flow, LINE_BREAK, OBJECT, Part};
use super::shape::{Cluster, Shaped};
use super::style::{Kinsoku, ParagraphStyle};

/// Whether a line may end after a cluster.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Break {
    #[default]
    Never,
    Allowed,
    /// In a Western word, with a hyphen.
    Hyphen,
    /// In an address, at one of its marks.
    Address,
    /// In an address, inside a word.
    AddressWord,
    /// In something longer than a line that has no better place.
    Emergency,
    /// The line must end.
    Mandatory,
}

/// The break after each cluster; the last one is mandatory.
pub(super) fn breaks(flow: &Flow, shaped: &Shaped, style: &ParagraphStyle) -> Vec<Break> {
    let clusters = &shaped.clusters;
    let mut breaks = vec![Break::Never; clusters.len()];
    by_uax14(flow, clusters, style, &mut breaks);
    by_level(flow, clusters, style, &mut breaks);
    if style.hyphenation {
        super::hyphenation::mark(flow, clusters, style, &mut breaks);
    }
    in_addresses(flow, clusters, &mut breaks);
    for ruby in &flow.rubies {
        let inside = |cluster: &Cluster| cluster.text.start >= ruby.base.start && cluster.text.end < ruby.base.end;
        let first = clusters.partition_point(|cluster| cluster.text.start < ruby.base.start);
        let members = clusters[first..].iter().take_while(|cluster| inside(cluster)).count();
        breaks[first..first + members].fill(Break::Never);
    }
    if let Some(last) = breaks.last_mut() {
        *last = Break::Mandatory;
    }
    breaks
}

fn by_uax14(flow: &Flow, clusters: &[Cluster], style: &ParagraphStyle, breaks: &mut [Break]) {
    let text = classified_text(flow, clusters, style);
    let mut at = 0;
    for (byte, opportunity) in linebreaks(&text) {
        while clusters.get(at).is_some_and(|cluster| (cluster.text.end as usize) < byte) {
            at += 1;
        }
        let Some(cluster) = clusters.get(at) else { break };
        if cluster.text.end as usize == byte {
            breaks[at] = match (opportunity, cluster.character) {
                (BreakOpportunity::Mandatory, LINE_BREAK) => Break::Mandatory,
                (_, '\u{AD}') => Break::Hyphen,
                _ => Break::Allowed,
            };
        }
    }
}

/// The flow's text with marks that stand in Chinese replaced by marks of the same length that UAX #14 knows as Chinese:
/// it takes the quotes of U+201C for ambiguous and glues them to Han on both sides.
fn classified_text(flow: &Flow, clusters: &[Cluster], style: &ParagraphStyle) -> String {
    let mut text = flow.text.clone().into_bytes();
    let mut write = |at: u32, with: &str| text[at as usize..at as usize + with.len()].copy_from_slice(with.as_bytes());
    for cluster in clusters {
        let with = match (cluster.class, cluster.character) {
            (CharClass::Opening, '“' | '‘') => "「",
            (CharClass::Closing, '”' | '’') => "」",
            (CharClass::Ellipsis, '…' | '⋯' | '‥') if style.kinsoku < Kinsoku::Strict => "—",
            (_, OBJECT) => "中",
            _ => continue,
        };
        write(cluster.text.start, with);
    }
    String::from_utf8(text).unwrap_or_else(|_| flow.text.clone())
}

fn by_level(flow: &Flow, clusters: &[Cluster], style: &ParagraphStyle, breaks: &mut [Break]) {
    let level = style.kinsoku;
    let half_width_solidus = level >= Kinsoku::Gb && style.language.region() != Region::Western;
    let mut run = 0;
    for index in 0..clusters.len().saturating_sub(1) {
        let (left, right) = (&clusters[index], &clusters[index + 1]);
        let pairs = matches!(left.class, CharClass::Dash | CharClass::Ellipsis) && left.class == right.class;
        run = if pairs { run + 1 } else { 0 };
        // —— and …… hold together; a longer run may be parted after every second mark.
        if pairs && run % 2 == 1 && left.text.len() == 3 {
            breaks[index] = Break::Never;
        }
        if breaks[index] != Break::Allowed {
            continue;
        }
        if is_number_and_unit(clusters, index) {
            breaks[index] = Break::Never;
        }
        let is_note = |cluster: &Cluster| flow.styles[cluster.style as usize].part == Part::NoteMark;
        let glued = is_note(right) || right.class == CharClass::Mark;
        let solidus = half_width_solidus && left.character == '/';
        if glued || solidus || not_at_start(right.class, level) || not_at_end(left.class, level) {
            breaks[index] = Break::Never;
        }
    }
}

/// Signs of units that stay on the line of their number, a space between them or not (clreq §3.1.5.2).
const UNITS: [&str; 44] = [
    "km", "m", "dm", "cm", "mm", "μm", "nm", "kg", "g", "mg", "t", "L", "l", "mL", "ml", "s", "ms", "h", "min", "d",
    "Hz", "kHz", "MHz", "GHz", "B", "KB", "kB", "MB", "GB", "TB", "W", "kW", "MW", "V", "A", "mA", "K", "Pa", "kPa",
    "MPa", "J", "kJ", "N", "℃",
];

/// Whether the cluster is the space between a number and the sign of its unit.
fn is_number_and_unit(clusters: &[Cluster], space: usize) -> bool {
    let is_digit = |cluster: &Cluster| cluster.class == CharClass::Digit;
    let is_space = clusters[space].class == CharClass::Space && space > 0 && is_digit(&clusters[space - 1]);
    if !is_space {
        return false;
    }
    let word = clusters[space + 1..].iter().map(|cluster| (cluster.character, cluster.class));
    let unit: String = word
        .take_while(|(_, class)| matches!(class, CharClass::Letter | CharClass::Suffix))
        .take(4)
        .map(|(character, _)| character)
        .collect();
    UNITS.contains(&unit.as_str())
}

/// clreq §3.1.4, table of marks that may not start a line.
pub(super) fn not_at_start(class: CharClass, level: Kinsoku) -> bool {
    use CharClass::{
        Closing, Colon, Comma, Connector, Dash, Ellipsis, Exclamation, FullStop, MiddleDot, SmallKana, Suffix,
    };
    match class {
        Closing | Comma | Colon | FullStop | Exclamation | MiddleDot | Connector | Suffix => level >= Kinsoku::Basic,
        Dash | Ellipsis | SmallKana => level >= Kinsoku::Strict,
        _ => false,
    }
}

/// clreq §3.1.4, table of marks that may not end a line.
pub(super) fn not_at_end(class: CharClass, level: Kinsoku) -> bool {
    match class {
        CharClass::Opening | CharClass::Prefix => level >= Kinsoku::Basic,
        CharClass::Solidus => level >= Kinsoku::Gb,
        _ => false,
    }
}

/// Addresses part without a hyphen, after their own marks and before a solidus, which never ends a line (clreq §3.1.4,
/// level GB); never inside `://`.
fn in_addresses(flow: &Flow, clusters: &[Cluster], breaks: &mut [Break]) {
    let text = flow.text.as_str();
    let starts = text.match_indices("://").map(|(at, _)| at).chain(text.match_indices("www.").map(|(at, _)| at));
    let mut starts: Vec<usize> = starts.collect();
    starts.sort_unstable();
    let mut from = 0;
    for mark in starts {
        if mark < from {
            continue;
        }
        let range = address_around(text, from, mark);
        from = range.end;
        let first = clusters.partition_point(|cluster| (cluster.text.start as usize) < range.start);
        let last = clusters.partition_point(|cluster| (cluster.text.end as usize) <= range.end);
        let mut since_mark = 0;
        for index in first..last.saturating_sub(1) {
            let (left, right) = (clusters[index].character, clusters[index + 1].character);
            since_mark = if left.is_ascii_alphanumeric() { since_mark + 1 } else { 0 };
            let held = matches!(left, ':' | '/') && right == '/';
            breaks[index] = match right {
                _ if held => Break::Never,
                '/' => Break::Address,
                _ if ADDRESS_MARKS.contains(left) => Break::Address,
                _ if since_mark >= SHORTEST_ADDRESS_WORD && right.is_ascii_alphanumeric() => Break::AddressWord,
                _ => Break::Never,
            };
        }
    }
}

/// An address may part after these.
const ADDRESS_MARKS: &str = "?&=#-_.,;%~+:";
/// Characters of a word of an address that stay together at its start.
const SHORTEST_ADDRESS_WORD: usize = 3;

/// The address around a mark of one, at or after a byte.
fn address_around(text: &str, from: usize, mark: usize) -> std::ops::Range<usize> {
    let is_part = |character: char| character.is_ascii_graphic() && !matches!(character, '<' | '>' | '"');
    let before = text[from..mark].bytes().rev().take_while(u8::is_ascii_alphanumeric).count();
    let length: usize = text[mark..].chars().take_while(|one| is_part(*one)).map(char::len_utf8).sum();
    mark - before..mark + length
}
