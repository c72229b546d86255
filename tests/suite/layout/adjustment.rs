//! How a line is brought to its measure (clreq §3.5).

use banxin::layout::inline::{Adjustment, Breaking, ParagraphStyle};
use banxin::length::Length;

use super::setting::{SIZE, between, close, find, flush, in_language, lines, placed, proof, set_text};

#[test]
fn every_line_but_the_last_ends_on_the_measure() {
    let text = "秋天的早晨，我们到山上去看日出；天还没有亮，路旁的草上都是露水。".repeat(4);
    for ems in 9..24 {
        let set = set_text(&text, &flush(), ems);
        let (last, full) = set.lines.split_last().expect("it has lines");
        assert!(full.iter().all(|line| line.width == SIZE * ems), "{}", proof(&set));
        assert!(last.width <= SIZE * ems);
    }
}

#[test]
fn a_line_is_reduced_before_it_is_opened() {
    // Ten and a half ems: the bracket gives half an em, rather than the line being opened by as much.
    for breaking in [Breaking::Greedy, Breaking::TotalFit] {
        let style = ParagraphStyle { breaking, ..flush() };
        let set = set_text("日月。」星辰山川草木花鸟兽虫鱼风雨雷电云霞雾露", &style, 10);
        assert_eq!(set.lines[0].adjustment, Adjustment::Pushed { by: SIZE / 2 }, "{}", proof(&set));
    }
}

#[test]
fn no_line_is_opened_that_could_have_taken_its_next_character() {
    let text = "清晨，几个孩子（大的十岁，小的六岁）在河边玩；他们看见一只小船，船上有人唱歌。唱的是“月亮”。".repeat(6);
    for ems in 12..30 {
        let set = set_text(&text, &flush(), ems);
        for pair in set.lines.windows(2).take(set.lines.len().saturating_sub(3)) {
            if let Adjustment::Opened { .. } = pair[0].adjustment {
                let next: String = super::setting::line_text(&pair[1]).chars().take(1).collect();
                let line = super::setting::line_text(&pair[0]);
                let one =
                    set_text(&format!("{line}{next}"), &ParagraphStyle { breaking: Breaking::Greedy, ..flush() }, ems);
                let closes =
                    super::setting::line_text(&pair[1]).chars().nth(1).is_some_and(|one| "，。；）”".contains(one));
                assert!(one.lines.len() > 1 || closes || "（“".contains(&*next), "ems {ems}\n{}", proof(&set));
            }
        }
    }
}

/// Gaps of a line that must lose `lost` ems and holds every kind: word space, dot, bracket, comma, autospace, stop.
fn reduced(lost: Length) -> Vec<(&'static str, Length)> {
    let text = "日a b月·星（辰）山，川c木。花";
    let natural = set_text(text, &flush(), 60);
    let measure = natural.lines[0].width - lost;
    let set = super::setting::Setter::new().set_on(text, &flush(), measure);
    assert_eq!(set.lines.len(), 1, "{}", proof(&set));
    let (before, after) = (&natural.lines[0], &set.lines[0]);
    let pairs = [("bracket", "辰", "山"), ("comma", "山", "川"), ("autospace", "川", "c"), ("stop", "木", "花")];
    pairs.map(|(name, from, to)| (name, between(before, from, to) - between(after, from, to))).to_vec()
}

#[test]
fn blanks_are_reduced_in_order_brackets_commas_gaps_stops() {
    let half = SIZE / 2;
    let lost = |by: Length| reduced(by).into_iter().map(|(_, lost)| lost).collect::<Vec<_>>();
    // The two brackets give half an em each before the comma gives any.
    assert_eq!(lost(half), [half / 2, Length::ZERO, Length::ZERO, Length::ZERO]);
    assert_eq!(lost(half * 2), [half, Length::ZERO, Length::ZERO, Length::ZERO]);
    assert_eq!(lost(half * 3), [half, half, Length::ZERO, Length::ZERO]);
    let all = lost(half * 4 + half / 2);
    assert_eq!((all[0], all[1]), (half, half));
    assert!(close(all[2], SIZE / 8) && close(all[3], half / 2), "{all:?}");
}

#[test]
fn blanks_of_one_kind_are_reduced_alike() {
    let text = "日，月，星，辰，山";
    let width = set_text(text, &flush(), 60).lines[0].width;
    let set = super::setting::Setter::new().set_on(text, &flush(), width - SIZE);
    let at: Vec<Length> = ["日", "月", "星", "辰", "山"].map(|one| find(&set.lines[0], one).at).to_vec();
    assert!(at.windows(2).all(|pair| close(pair[1] - pair[0], SIZE * 2 - SIZE / 4)));
}

#[test]
fn word_spaces_open_first_then_the_gap_of_han_and_western_then_all() {
    let opened = |by: Length| {
        let text = "日ab cd月星，辰";
        let style = ParagraphStyle { alignment: banxin::layout::inline::Alignment::Spread, ..flush() };
        let natural = set_text(text, &flush(), 60);
        let set = super::setting::Setter::new().set_on(text, &style, natural.lines[0].width + by);
        let change = |from: &str, to: &str| between(&set.lines[0], from, to) - between(&natural.lines[0], from, to);
        [change("b", "c"), change("日", "a"), change("月", "星")]
    };
    let fifth = SIZE / 5;
    let [word, gap, han] = opened(fifth);
    assert!(close(word, fifth) && gap.is_zero() && han.is_zero());
    let [word, gap, han] = opened(SIZE / 4 + SIZE / 12);
    assert!(close(word, SIZE / 4) && close(gap, SIZE / 24) && han.is_zero(), "{word:?} {gap:?}");
    let [word, gap, han] = opened(SIZE);
    assert!(close(word, SIZE / 4) && close(gap, SIZE / 12) && han > Length::ZERO);
}

#[test]
fn nothing_opens_inside_words_dashes_and_around_connectors() {
    let text = "日——月ab～星……辰／山";
    let style = ParagraphStyle { alignment: banxin::layout::inline::Alignment::Spread, ..flush() };
    let natural = set_text(text, &flush(), 60);
    let set = super::setting::Setter::new().set_on(text, &style, natural.lines[0].width + SIZE * 2);
    for (from, to) in [("a", "b"), ("～", "星"), ("辰", "／"), ("／", "山")] {
        assert_eq!(between(&set.lines[0], from, to), between(&natural.lines[0], from, to), "{from}{to}");
    }
    assert_eq!(set.lines[0].width, natural.lines[0].width + SIZE * 2);
}

#[test]
fn the_grid_keeps_han_in_columns() {
    let style = ParagraphStyle { grid: true, ..flush() };
    let set = set_text("日月ab星辰2024山川wide川", &style, 30);
    for glyph in placed(&set.lines[0]).iter().filter(|one| *one.text >= *"一") {
        assert_eq!(glyph.at.0 % SIZE.0, 0, "{}", glyph.text);
    }
}

#[test]
fn the_whole_paragraph_is_weighed_and_a_lone_character_avoided() {
    let greedy = ParagraphStyle { breaking: Breaking::Greedy, ..flush() };
    let text = "日月星辰，山川草木，鸟兽虫鱼，风雨雷";
    let ems =
        (8..14).find(|ems| lines(&set_text(text, &greedy, *ems)).last().is_some_and(|last| last.chars().count() < 2));
    for ems in ems.into_iter().chain(8..14) {
        let last = lines(&set_text(text, &in_language("zh-Hans"), ems)).pop().unwrap_or_default();
        assert!(last.chars().filter(|one| *one != '，').count() >= 2, "{ems}: {last}");
    }
    for ems in 15..26 {
        let text = "항구에는 아침부터 바람이 불고 어선이 하나둘 돌아온다.";
        let last = lines(&set_text(text, &in_language("ko"), ems)).pop().unwrap_or_default();
        assert!(last.chars().filter(|one| one.is_alphabetic()).count() >= 2, "{ems}: {last}");
    }
}
