//! Laws on generated text: nothing lost, nothing forbidden at a line's ends, justified lines exactly the measure.

use banxin::layout::inline::{Adjustment, Line, ParagraphStyle, PieceKind, SetParagraph};
use banxin::length::Length;
use proptest::prelude::*;
use proptest::test_runner::RngSeed;

use super::setting::{SIZE, Setter, body, flush, line_text, proof};

const NOT_AT_START: &str = "、，。．：；！？」』）】》〉〕〗］｝·～";
const NOT_AT_END: &str = "「『（【《〈〔〖［｛";

/// A word of a Chinese text: a few Han, a mark or two, a Western word, a number, a dash.
fn word() -> impl Strategy<Value = String> {
    prop_oneof![
        8 => "[一-龥]{1,8}",
        4 => "[、，。：；！？]",
        1 => "[？！]{2,3}",
        2 => "「[一-龥]{1,6}」",
        2 => "[一-龥]（[一-龥]{1,6}）",
        1 => "《[一-龥]{1,5}〈[一-龥]{1,3}〉》[，。]",
        1 => "[一-龥]“[一-龥]{1,4}[。？]”",
        1 => Just("——".to_owned()),
        1 => Just("……".to_owned()),
        1 => "[a-zA-Z]{1,9}",
        1 => " [a-z]{1,9} ",
        1 => "[0-9]{1,4}(\\.[0-9]{1,2})?%?",
        1 => "[a-z]é[a-z]{1,3}",
        1 => "[𠀀-𠀰㐀-㐰]",
        1 => "[ぁ-ん]{1,5}[ァ-ヶ]{1,4}",
    ]
}

fn text() -> impl Strategy<Value = String> {
    proptest::collection::vec(word(), 1..60).prop_map(|words| format!("始{}", words.concat()))
}

fn all_text(set: &SetParagraph) -> String {
    set.lines.iter().map(line_text).collect::<String>().replace('\u{AD}', "")
}

/// Where the line's glyphs end: the sum of all advances, gaps between runs included.
fn end_of(line: &Line) -> Length {
    let mut at = line.start;
    for piece in &line.pieces {
        if let PieceKind::Glyphs(run) = &piece.kind {
            assert_eq!(piece.at, at, "runs follow each other");
            at += run.glyphs.iter().map(|glyph| glyph.advance).sum();
        }
    }
    at
}

/// Whether a line has a place to be opened at: a space inside, or a character of the Chinese frame beside another.
fn can_open(line: &Line) -> bool {
    let text = line_text(line);
    let text = text.trim();
    let is_cjk = |one: char| one >= '\u{2E80}';
    text.chars().count() > 1 && text.contains(|one| one == ' ' || is_cjk(one))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, rng_seed: RngSeed::Fixed(2024), ..ProptestConfig::default() })]

    #[test]
    fn no_character_is_lost_or_moved(text in text(), ems in 8i64..30) {
        let set = Setter::new().set_text(&text, &body(), ems);
        prop_assert_eq!(all_text(&set), text);
    }

    #[test]
    fn no_line_starts_or_ends_with_a_forbidden_mark(text in text(), ems in 14i64..30) {
        let set = Setter::new().set_text(&text, &flush(), ems);
        for (number, line) in set.lines.iter().enumerate() {
            let text = line_text(line);
            let text = text.trim_end();
            prop_assert!(number == 0 || !text.starts_with(|one| NOT_AT_START.contains(one)), "{}", proof(&set));
            let is_last = number + 1 == set.lines.len();
            prop_assert!(is_last || !text.ends_with(|one| NOT_AT_END.contains(one)), "{}", proof(&set));
        }
    }

    #[test]
    fn a_justified_line_is_exactly_the_measure(text in text(), ems in 14i64..30) {
        let set = Setter::new().set_text(&text, &body(), ems);
        for (number, line) in set.lines.iter().enumerate() {
            let is_last = number + 1 == set.lines.len();
            prop_assert!(!matches!(line.adjustment, Adjustment::Overfull { .. }), "{}", proof(&set));
            if !is_last && can_open(line) {
                prop_assert_eq!(line.start + line.width, SIZE * ems, "{}", proof(&set));
            }
            prop_assert!(line.start + line.width <= SIZE * ems, "{}", proof(&set));
            prop_assert_eq!(end_of(line), line.start + line.width, "{}", proof(&set));
        }
    }

    #[test]
    fn greedy_lines_keep_the_same_laws(text in text(), ems in 14i64..30) {
        let style = ParagraphStyle { breaking: banxin::layout::inline::Breaking::Greedy, ..body() };
        let set = Setter::new().set_text(&text, &style, ems);
        prop_assert_eq!(all_text(&set), text);
        for line in set.lines.iter().rev().skip(1).filter(|line| can_open(line)) {
            prop_assert_eq!(line.start + line.width, SIZE * ems, "{}", proof(&set));
        }
    }

    #[test]
    fn any_characters_at_all_are_set_without_panic(text in "\\PC{0,200}", ems in 1i64..20) {
        Setter::new().set_text(&text, &body(), ems);
    }
}

/// Texts on which a careless composer takes quadratic time; each is set in a moment or the suite does not end.
#[test]
fn hostile_paragraphs_are_set_in_linear_time() {
    let many = 40_000;
    let texts = [
        "x".repeat(many),
        "http://a".repeat(many / 8),
        format!("{}{}", "“".repeat(many / 2), "’”".repeat(many / 4)),
        "。」".repeat(many / 2),
        "\u{200B}".repeat(many),
        " ".repeat(many),
        "—".repeat(many),
        "e\u{301}".repeat(many / 2),
        "אב".repeat(many / 2),
    ];
    let ragged = ParagraphStyle { alignment: banxin::layout::inline::Alignment::Start, ..flush() };
    for text in &texts {
        for style in [&body(), &ragged] {
            Setter::new().set_text(text, style, 20);
        }
        Setter::new().set_code(text, &body(), 20);
    }
}
