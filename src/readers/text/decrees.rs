//! Orders that issue a paper: 某某市人民政府令 over the date, and the paper they issue below, whose title is the title of
//! the whole.

use super::decode::Labelled;
use super::features::{Ends, Features};
use super::labels::{Label, Zone};
use super::lexicon::Key;
use super::lines::Line;

/// Lines of an order, from its name to the title of what it issues.
const WITHIN: usize = 40;

/// Give the title to the paper that an order issues; the order's own name and number are lines of the body.
pub(super) fn retitle(lines: &[Line], features: &[Features], labelled: &mut [Labelled]) {
    let named = labelled.iter().take(WITHIN).position(|labelled| labelled.label == Label::Title);
    let Some(order) = named.filter(|at| lines[*at].chars <= 24 && lines[*at].text.ends_with('令')) else { return };
    let end = lines.len().min(order + WITHIN);
    let Some((says, paper)) = (order + 1..end.min(order + 8)).find_map(|at| Some((at, issued(&lines[at].text)?)))
    else {
        return;
    };
    let Some(title) = (says + 1..end).find(|at| lines[*at].text == paper && features[*at].ends == Ends::Open) else {
        return;
    };
    for at in order..says {
        let number = features[at]
            .meta
            .as_ref()
            .is_some_and(|meta| meta.keys <= 1 && meta.pieces.len() == 1 && meta.pieces[0].key == Key::Identifier);
        if at == order || number && labelled[at].label == Label::Meta {
            (labelled[at].label, labelled[at].zone) = (Label::Centered, Zone::Body);
        }
    }
    (labelled[title].label, labelled[title].zone) = (Label::Title, Zone::Title);
}

/// The paper that a sentence issues: 《渡口管理办法》已经…通过，现予公布.
fn issued(text: &str) -> Option<&str> {
    const DEEDS: &[&str] = &["公布", "发布", "發布", "施行", "颁布", "頒布"];
    let (_, rest) = text.split_once('《')?;
    let (paper, rest) = rest.split_once('》')?;
    (paper.chars().count() >= 4 && DEEDS.iter().any(|deed| rest.contains(deed))).then_some(paper)
}
