//! Space between neighbours: squeezed marks, the gap between Han and Western text, word spaces; and how far each gives.

use crate::document::Region;
use crate::length::{Em, Length};

use super::char_class::CharClass;
use super::itemize::{Flow, Part};
use super::shape::{Cluster, Shaped};
use super::style::ParagraphStyle;

/// The space between a cluster and the next when both stand on one line.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Joint {
    /// Kept of the blank after the left mark's ink, and before the right one's.
    pub after: Length,
    pub before: Length,
    /// Added between the frames, or taken with a word space.
    pub gap: Length,
    /// How far `after`, `before` and `gap` may be reduced.
    pub shrink: [Length; 3],
    /// How far the gap may be opened before all gaps are.
    pub stretch: Length,
    pub opens: Opens,
}

/// When a joint is opened (clreq §3.5.4).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Opens {
    #[default]
    Never,
    /// First, up to half an em.
    WordSpace,
    /// Then, up to a third of an em.
    Autospace,
    /// At last, all alike.
    Equally,
}

impl Joint {
    pub(super) fn total(&self) -> Length {
        self.after + self.before + self.gap
    }

    pub(super) fn total_shrink(&self) -> Length {
        self.shrink.into_iter().sum()
    }
}

/// Order in which blanks are reduced, 1 first (clreq §3.5.3): word spaces 2, middle dots 3, brackets 4, commas 5,
/// Han–Western gaps 6, stops 7.
pub(super) fn shrink_rank(class: CharClass) -> u8 {
    match class {
        CharClass::MiddleDot => 3,
        CharClass::Opening | CharClass::Closing => 4,
        CharClass::Comma | CharClass::Colon => 5,
        _ => 7,
    }
}

/// The joint after each cluster; the last one's is empty.
pub(super) fn joints(flow: &Flow, shaped: &Shaped, style: &ParagraphStyle) -> Vec<Joint> {
    let clusters = &shaped.clusters;
    let mut joints = vec![Joint::default(); clusters.len()];
    let mut exclamations = 0;
    for index in 0..clusters.len().saturating_sub(1) {
        let (left, right) = (&clusters[index], &clusters[index + 1]);
        exclamations = if left.class == CharClass::Exclamation { exclamations + 1 } else { 0 };
        if is_solid(left) && is_solid(right) && style.tracking == Em::ZERO && left.style == right.style {
            joints[index].opens = Opens::Equally;
            continue;
        }
        let spacing = Spacing { flow, style, clusters };
        joints[index] = spacing.joint(index, exclamations);
    }
    if style.grid {
        keep_to_grid(&mut joints, clusters, style.size);
    }
    joints
}

/// Set solid beside its like: neither blanks nor gaps.
fn is_solid(cluster: &Cluster) -> bool {
    matches!(cluster.class, CharClass::Ideograph | CharClass::Kana | CharClass::SmallKana)
}

struct Spacing<'a> {
    flow: &'a Flow,
    style: &'a ParagraphStyle,
    clusters: &'a [Cluster],
}

impl Spacing<'_> {
    fn joint(&self, index: usize, exclamations: usize) -> Joint {
        let (left, right) = (&self.clusters[index], &self.clusters[index + 1]);
        let mut joint = Joint { after: left.blank.1, before: right.blank.0, ..Joint::default() };
        squeeze(&mut joint, left.class, right.class);
        if exclamations > 0 && exclamations.is_multiple_of(2) {
            joint.after = Length::ZERO;
        }
        joint.shrink = [joint.after, joint.before, Length::ZERO];
        if is_space(left.class) {
            self.word_space(&mut joint, index);
        } else if !is_space(right.class) {
            self.autospace(&mut joint, left, right);
        }
        let same_base = left.character != right.character;
        joint.opens = match joint.opens {
            Opens::Never if self.opens_equally(left, right, same_base) => Opens::Equally,
            opens => opens,
        };
        if !matches!(left.class, CharClass::Invisible) && self.style.tracking != Em::ZERO {
            joint.gap += self.style.tracking.at(self.style.size);
        }
        joint
    }

    fn autospace(&self, joint: &mut Joint, left: &Cluster, right: &Cluster) {
        let western = |cluster: &Cluster| matches!(cluster.class, CharClass::Letter | CharClass::Digit);
        let meets = left.class.takes_autospace() && western(right) || western(left) && right.class.takes_autospace();
        let (before, after) = (self.text_style(left), self.text_style(right));
        if !meets || before.rise != after.rise || before.part == Part::NoteMark || after.part == Part::NoteMark {
            return;
        }
        let size = before.size.min(after.size);
        joint.gap = Em::QUARTER.at(size);
        joint.shrink[2] = Em::EIGHTH.at(size);
        joint.stretch = Em::THIRD.at(size) - joint.gap;
        joint.opens = Opens::Autospace;
    }

    /// A word space is a cluster with a width of its own; its joint gives and takes for it.
    fn word_space(&self, joint: &mut Joint, index: usize) {
        let space = &self.clusters[index];
        let size = self.text_style(space).size;
        if space.class == CharClass::IdeographicSpace || self.text_style(space).part == Part::Code {
            return;
        }
        let near = |at: Option<usize>| at.and_then(|at| self.clusters.get(at)).map(|cluster| cluster.class);
        let (before, after) = (near(index.checked_sub(1)), near(Some(index + 1)));
        let is_han = |class: Option<CharClass>| class.is_some_and(CharClass::takes_autospace);
        let is_word = |class: Option<CharClass>| matches!(class, Some(CharClass::Letter | CharClass::Digit));
        if is_han(before) && is_word(after) || is_word(before) && is_han(after) {
            // A typed space between Han and Western text is the gap itself, not one more.
            joint.gap = Em::QUARTER.at(size) - space.advance;
            joint.shrink[2] = Em::EIGHTH.at(size);
            joint.stretch = Em::THIRD.at(size) - Em::QUARTER.at(size);
            joint.opens = Opens::Autospace;
            return;
        }
        let least = if self.style.language.region() == Region::Western { Em::ratio(1, 5) } else { Em::QUARTER };
        joint.shrink[2] = (space.advance - least.at(size)).max(Length::ZERO);
        joint.stretch = (Em::HALF.at(size) - space.advance).max(Length::ZERO);
        joint.opens = Opens::WordSpace;
    }

    /// Whether a joint is opened when words spaces and gaps do not suffice: not inside Western words, —— and ……, not
    /// around connectors and solidi, not before note marks (clreq §3.5.4).
    fn opens_equally(&self, left: &Cluster, right: &Cluster, differ: bool) -> bool {
        use CharClass::{Connector, Dash, Ellipsis, Hangul, Invisible, Mark, Solidus};
        let fixed = |class: CharClass| matches!(class, Connector | Solidus | Invisible | Mark) || is_space(class);
        if fixed(left.class) || fixed(right.class) || self.text_style(right).part == Part::NoteMark {
            return false;
        }
        if matches!(left.class, Dash | Ellipsis) && left.class == right.class && !differ {
            return false;
        }
        let cjk = |class: CharClass| class.is_cjk() && class != Hangul;
        cjk(left.class) || cjk(right.class)
    }

    fn text_style(&self, cluster: &Cluster) -> &super::itemize::TextStyle {
        &self.flow.styles[cluster.style as usize]
    }
}

/// Adjacent marks share one blank: the bracket stays by the text it encloses (clreq §3.1.6.2).
fn squeeze(joint: &mut Joint, left: CharClass, right: CharClass) {
    use CharClass::{Closing, Colon, Comma, Exclamation, FullStop, MiddleDot, Opening};
    let closes = |class: CharClass| matches!(class, Closing | Comma | Colon | FullStop | Exclamation);
    match (left, right) {
        (Opening, Opening) => joint.before = Length::ZERO,
        (left, right) if closes(left) && (closes(right) || matches!(right, Opening | MiddleDot)) => {
            joint.after = Length::ZERO;
        }
        (MiddleDot, Opening) => joint.before = Length::ZERO,
        _ => {}
    }
}

/// Mark the 、，。 that may hang: alone, never in a run of marks, and not in Taiwan and Hong Kong (clreq §3.1.7).
pub(super) fn mark_hanging(clusters: &mut [Cluster], region: Region) {
    if matches!(region, Region::Taiwan | Region::HongKong) {
        return;
    }
    for index in 1..clusters.len() {
        let is_mark = |at: usize| clusters.get(at).is_some_and(|cluster| cluster.class.is_cjk_mark());
        let alone = !is_mark(index - 1) && !is_mark(index + 1);
        clusters[index].hangs = alone && matches!(clusters[index].class, CharClass::Comma | CharClass::FullStop);
    }
}

/// Widen the gaps around Western runs so that each takes a whole number of ems, and Han keep to the grid (clreq §3.2.5).
fn keep_to_grid(joints: &mut [Joint], clusters: &[Cluster], size: Length) {
    let is_western = |at: usize| clusters.get(at).is_some_and(|cluster| !cluster.class.is_cjk());
    let mut first = 0;
    while first < clusters.len() {
        let mut last = first;
        while is_western(last) {
            last += 1;
        }
        if last == first {
            first += 1;
            continue;
        }
        let own: Length = (first..last).map(|at| clusters[at].core() + joints[at].total()).sum();
        let before = first.checked_sub(1).map_or(Length::ZERO, |at| joints[at].gap);
        let taken = own + before;
        let lacking = Length((size.0 - taken.0.rem_euclid(size.0.max(1))).rem_euclid(size.0.max(1)));
        let ends = last < clusters.len();
        match first.checked_sub(1) {
            Some(at) if ends => {
                joints[at].gap += lacking / 2;
                joints[last - 1].gap += lacking - lacking / 2;
            }
            Some(at) => joints[at].gap += lacking,
            None => joints[last - 1].gap += lacking,
        }
        for joint in &mut joints[first.saturating_sub(1)..last] {
            (joint.shrink[2], joint.stretch, joint.opens) = (Length::ZERO, Length::ZERO, Opens::Never);
        }
        first = last;
    }
}

pub(super) fn is_space(class: CharClass) -> bool {
    matches!(class, CharClass::Space | CharClass::FixedSpace | CharClass::IdeographicSpace)
}

/// Blank kept before a cluster that starts a line: none before an opening bracket (clreq §3.1.6.3).
pub(super) fn start_blank(cluster: &Cluster) -> Length {
    if cluster.class == CharClass::Opening { Length::ZERO } else { cluster.blank.0 }
}

/// Blank kept after a cluster that ends a line: none after a mark that has it (clreq §3.5.3, GB/T 15834 §5.1.10).
pub(super) fn end_blank(cluster: &Cluster) -> Length {
    if cluster.class == CharClass::MiddleDot { cluster.blank.1 } else { Length::ZERO }
}
