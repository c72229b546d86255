//! Marks and annotations beside the text (clreq §3.1.8, §3.3).

use banxin::document::{Inline, RubyPair, RubyPosition};
use banxin::layout::inline::{Decoration, Line, ParagraphStyle, PieceKind, SpanRole};
use banxin::length::Length;

use super::setting::{Placed, SIZE, Setter, close, find, flush, in_language, lines, placed};

fn set(content: &[Inline], style: &ParagraphStyle) -> Line {
    Setter::new().set(content, style, 40).lines.remove(0)
}

fn ruby(position: RubyPosition, pairs: &[(&str, &str)]) -> Inline {
    let pair = |(base, annotation): &(&str, &str)| RubyPair { base: (*base).into(), annotation: (*annotation).into() };
    Inline::Ruby { pairs: pairs.iter().map(pair).collect(), position }
}

fn dots(line: &Line) -> Vec<Placed> {
    placed(line).into_iter().filter(|one| one.ornament).collect()
}

/// Start, end and rise of each drawn line or wave.
fn drawn(line: &Line, wanted: Decoration) -> Vec<(Length, Length, Length)> {
    let found = line.pieces.iter().filter_map(|piece| match &piece.kind {
        PieceKind::Decoration { decoration, width, .. } if *decoration == wanted => {
            Some((piece.at, piece.at + *width, piece.rise))
        }
        _ => None,
    });
    found.collect()
}

#[test]
fn a_dot_stands_under_each_character_and_none_under_marks() {
    let line = set(&[Inline::text("一"), Inline::EmphasisDots(vec![Inline::text("着重，号")])], &flush());
    let dots = dots(&line);
    assert_eq!(dots.len(), 3);
    for (dot, base) in dots.iter().zip(["着", "重", "号"]) {
        let (left, right, under, over) = dot.ink();
        assert!((SIZE / 8..SIZE / 5).contains(&(over - under)), "large enough to be seen, smaller than a full stop");
        let base = find(&line, base);
        assert!(((left + right) / 2 - (base.at + SIZE / 2)).abs() < SIZE / 20);
        assert!(over < base.ink().2, "under the character");
    }
    let japanese = set(&[Inline::EmphasisDots(vec![Inline::text("重")])], &in_language("ja"));
    assert!(self::dots(&japanese)[0].ink().2 > Length::ZERO);
}

#[test]
fn dots_have_no_place_in_the_text() {
    let line = set(&[Inline::EmphasisDots(vec![Inline::text("着重")])], &flush());
    assert_eq!(super::setting::line_text(&line), "着重");
}

#[test]
fn a_name_line_is_as_long_as_the_name_and_adjoining_names_show_a_gap() {
    let content = [Inline::ProperName(vec![Inline::text("李白")]), Inline::ProperName(vec![Inline::text("杜甫")])];
    let line = set(&content, &flush());
    let drawn = drawn(&line, Decoration::Line);
    assert_eq!(drawn.len(), 2);
    assert!(drawn[0].1 < drawn[1].0 && drawn[1].0 - drawn[0].1 < SIZE / 4);
    assert!(drawn[0].1 - drawn[0].0 > SIZE * 2 - SIZE / 4 && drawn[0].2 < Length::ZERO);
    let spread = ParagraphStyle { alignment: banxin::layout::inline::Alignment::Spread, ..flush() };
    let line = Setter::new().set(&content[..1], &spread, 4).lines.remove(0);
    assert_eq!(self::drawn(&line, Decoration::Line).len(), 1, "tracking does not break it");
}

#[test]
fn a_wave_stands_under_a_book_title() {
    let line = set(&[Inline::text("读"), Inline::BookTitle(vec![Inline::text("诗经")])], &flush());
    let waves = drawn(&line, Decoration::Wave);
    assert_eq!(waves.len(), 1);
    assert!(waves[0].0 >= SIZE && waves[0].1 <= SIZE * 3);
}

#[test]
fn underlines_strikes_and_tints_follow_their_text_over_lines() {
    let text = "日月星辰山川草木花鸟虫鱼";
    let set = Setter::new().set(&[Inline::Underline(vec![Inline::text(text)])], &flush(), 7);
    for line in &set.lines {
        let [(start, end, rise)] = drawn(line, Decoration::Line)[..] else { panic!("one line") };
        assert_eq!((start, end), (Length::ZERO, line.width));
        assert!(rise < -SIZE / 10);
    }
    let tint = self::set(&[Inline::Highlight(vec![Inline::text("亮")])], &flush());
    assert!(
        matches!(tint.pieces[0].kind, PieceKind::Decoration { decoration: Decoration::Tint, .. }),
        "behind the text"
    );
    let strike = self::set(&[Inline::Strike(vec![Inline::text("删")])], &flush());
    assert!(drawn(&strike, Decoration::Line)[0].2 > Length::ZERO);
}

#[test]
fn a_line_stands_nearer_the_text_than_dots() {
    let line = set(&[Inline::ProperName(vec![Inline::EmphasisDots(vec![Inline::text("长江")])])], &flush());
    let line_rise = drawn(&line, Decoration::Line)[0].2;
    assert!(dots(&line).iter().all(|dot| dot.ink().3 < line_rise - SIZE / 20));
}

#[test]
fn pinyin_stands_over_its_character_at_half_size_and_apart() {
    let pairs = ruby(RubyPosition::Over, &[("庄", "zhuāng"), ("双", "shuāng"), ("人", "rén")]);
    let line = set(&[Inline::text("与"), pairs, Inline::text("同")], &flush());
    let letters: Vec<Placed> = placed(&line).into_iter().filter(|one| one.size == SIZE / 2).collect();
    assert!(letters.iter().all(|one| one.rise > SIZE / 2));
    let words: Vec<(Length, Length)> = ["zhuāng", "shuāng", "rén"]
        .iter()
        .scan(0, |from, word| {
            let length = word.chars().count();
            let own = &letters[*from..*from + length];
            *from += length;
            Some((own[0].at, own[length - 1].end))
        })
        .collect();
    assert!(words.windows(2).all(|pair| pair[1].0 - pair[0].1 >= SIZE / 8 - Length(9)), "{words:?}");
    let base = find(&line, "双");
    assert!(((words[1].0 + words[1].1) / 2 - (base.at + SIZE / 2)).abs() < SIZE / 10);
}

#[test]
fn a_narrow_annotation_leaves_its_base_set_solid() {
    let content = [Inline::text("在"), ruby(RubyPosition::Over, &[("汉", "hàn"), ("字", "zì")]), Inline::text("里")];
    let line = set(&content, &flush());
    let at = |text: &str| find(&line, text).at;
    assert!(close(at("里") - at("在"), SIZE * 3), "it may reach over its neighbours");
}

#[test]
fn bopomofo_stands_at_the_right_in_a_column_with_its_tone() {
    let content = [ruby(RubyPosition::InterCharacter, &[("國", "ㄍㄨㄛˊ"), ("的", "˙ㄉㄜ")]), Inline::text("字")];
    let line = set(&content, &in_language("zh-Hant"));
    let base = find(&line, "國");
    let parts = ["ㄍ", "ㄨ", "ㄛ"].map(|one| find(&line, one));
    assert!(parts.iter().all(|one| one.at >= base.at + SIZE && close(one.size, SIZE * 3 / 10)));
    assert!(parts[0].rise > parts[1].rise && parts[1].rise > parts[2].rise);
    let tone = find(&line, "ˊ");
    assert!(tone.at >= parts[2].at + SIZE / 4 && tone.rise > parts[2].rise && tone.rise < parts[0].rise);
    assert!(find(&line, "˙").rise > find(&line, "ㄉ").rise);
    assert_eq!(find(&line, "的").at - base.at, SIZE + SIZE / 2);
}

#[test]
fn bopomofo_keeps_within_the_height_of_the_line() {
    let line = set(&[ruby(RubyPosition::InterCharacter, &[("國", "ㄍㄨㄛˊ")])], &in_language("zh-Hant"));
    let plain = set(&[Inline::text("國")], &in_language("zh-Hant"));
    assert_eq!(line.extent, plain.extent);
}

#[test]
fn a_wide_annotation_aligns_with_the_edge_of_the_line() {
    let content = [ruby(RubyPosition::Over, &[("庄", "zhuāng")]), Inline::text("日月星辰山川")];
    let first = set(&content, &flush());
    assert_eq!(find(&first, "z").at, Length::ZERO);
    let content = [Inline::text("日月星辰山"), ruby(RubyPosition::Over, &[("霜", "shuāng")])];
    let last = set(&content, &flush());
    let end = placed(&last).iter().filter(|one| one.size < SIZE).map(|one| one.end).max();
    assert_eq!(end, Some(last.start + last.width));
}

#[test]
fn a_gloss_may_stand_under_its_base_centred_on_it() {
    let line = set(&[ruby(RubyPosition::Under, &[("万维网", "Web")])], &flush());
    let (first, last) = (find(&line, "W"), find(&line, "b"));
    assert!(first.rise < Length::ZERO);
    assert!(close((first.at + last.end) / 2, SIZE * 3 / 2));
}

#[test]
fn base_and_annotation_are_apart_in_the_text() {
    let content = [ruby(RubyPosition::Over, &[("汉", "hàn"), ("字", "zì")]), Inline::text("写")];
    let set = Setter::new().set(&content, &flush(), 20);
    assert!(lines(&set)[0].starts_with("汉字写"), "{:?}", lines(&set));
    let roles: Vec<_> = set.spans.iter().map(|span| span.role.clone()).collect();
    assert!(matches!(
        roles[..],
        [SpanRole::Ruby { .. }, SpanRole::RubyBase, SpanRole::RubyText, SpanRole::RubyBase, SpanRole::RubyText]
    ));
}

#[test]
fn lines_with_annotations_tell_their_height() {
    let with = set(&[ruby(RubyPosition::Over, &[("汉", "hàn")])], &flush());
    let plain = set(&[Inline::text("汉")], &flush());
    assert!(with.extent.over > plain.extent.over && with.extent.under == plain.extent.under);
}

#[test]
fn pinyin_by_word_is_centred_on_its_word() {
    let line = set(&[ruby(RubyPosition::Over, &[("北京", "Běijīng")]), Inline::text("城")], &flush());
    let letters: Vec<Placed> = placed(&line).into_iter().filter(|one| one.size == SIZE / 2).collect();
    let (first, last) = (&letters[0], &letters[letters.len() - 1]);
    assert!(((first.at + last.end) / 2 - SIZE).abs() < SIZE / 10);
}
