//! Which of the allowed breaks are taken: the best lines for the whole paragraph, or the fullest line each time.
//!
//! Total fit after Knuth and Plass: a break's cost is its best way there. The breaks that can start a line are kept
//! in a window that ends where a line would be too loose, so the work is linear in the text.

use crate::length::Length;

use super::char_class::CharClass;
use super::kinsoku::Break;
use super::shape::Cluster;
use super::spacing::{Joint, Opens, end_blank, is_space, start_blank};
use super::style::Breaking;

/// Sums over a paragraph's clusters, so that any line is measured in constant time.
pub(super) struct Sums {
    totals: Vec<Total>,
    /// Index after the last cluster with ink up to each cluster.
    ink_end: Vec<u32>,
    hyphens: Vec<Length>,
}

/// What all clusters and joints before a cluster come to.
#[derive(Clone, Copy, Debug, Default)]
struct Total {
    width: Length,
    shrink: Length,
    stretch: Length,
    /// Joints that open equally.
    gaps: i64,
    /// Joints that open before those.
    spaces: i64,
}

/// A line as measured, before anything is adjusted.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Measured {
    pub width: Length,
    pub shrink: Length,
    stretch: Length,
    gaps: i64,
    spaces: i64,
    /// The last mark stands past the measure.
    pub hung: bool,
}

/// Clusters of one line: `start..end`, of which `start..ink_end` are set and the rest are spaces at its end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct LineRange {
    pub start: usize,
    pub ink_end: usize,
    pub end: usize,
    pub hyphen: bool,
    /// The line ends because it must.
    pub forced: bool,
}

impl Sums {
    /// `hyphens` is the advance of a hyphen after each cluster that can be followed by one.
    pub(super) fn new(clusters: &[Cluster], joints: &[Joint], hyphens: Vec<Length>) -> Sums {
        let mut totals = Vec::with_capacity(clusters.len() + 1);
        let mut ink_end = Vec::with_capacity(clusters.len());
        let mut total = Total::default();
        let mut last_ink = 0;
        for (index, (cluster, joint)) in clusters.iter().zip(joints).enumerate() {
            totals.push(total);
            total.width += cluster.core() + joint.total();
            total.shrink += joint.total_shrink();
            total.stretch += joint.stretch;
            total.gaps += i64::from(joint.opens == Opens::Equally);
            total.spaces += i64::from(opens_first(joint));
            if !ends_invisibly(cluster.class) {
                last_ink = index + 1;
            }
            ink_end.push(last_ink as u32);
        }
        totals.push(total);
        Sums { totals, ink_end, hyphens }
    }

    pub(super) fn measure(&self, clusters: &[Cluster], joints: &[Joint], line: LineRange) -> Measured {
        let LineRange { start, ink_end, .. } = line;
        if ink_end <= start {
            return Measured::default();
        }
        let (from, to, last) = (self.totals[start], self.totals[ink_end], &joints[ink_end - 1]);
        let hyphen = if line.hyphen { self.hyphens[ink_end - 1] } else { Length::ZERO };
        let edges = start_blank(&clusters[start]) + end_blank(&clusters[ink_end - 1]) + hyphen;
        Measured {
            width: to.width - from.width - last.total() + edges,
            shrink: to.shrink - from.shrink - last.total_shrink(),
            stretch: to.stretch - from.stretch - last.stretch,
            gaps: to.gaps - from.gaps - i64::from(last.opens == Opens::Equally),
            spaces: to.spaces - from.spaces - i64::from(opens_first(last)),
            hung: false,
        }
    }

    pub(super) fn line(&self, start: usize, end: usize, kind: Break) -> LineRange {
        let ink_end = (self.ink_end[end - 1] as usize).max(start);
        LineRange { start, ink_end, end, hyphen: kind == Break::Hyphen, forced: kind == Break::Mandatory }
    }
}

fn opens_first(joint: &Joint) -> bool {
    matches!(joint.opens, Opens::WordSpace | Opens::Autospace)
}

/// Left out of a line's width when it ends the line.
pub(super) fn ends_invisibly(class: CharClass) -> bool {
    is_space(class) || matches!(class, CharClass::Invisible | CharClass::Control)
}

/// What the choice of breaks works on.
pub(super) struct Paragraph<'a> {
    pub clusters: &'a [Cluster],
    pub joints: &'a [Joint],
    pub breaks: &'a [Break],
    pub sums: &'a Sums,
    /// Room of the first line and of the others.
    pub measures: (Length, Length),
    /// Type size of the paragraph.
    pub size: Length,
    /// Lines may be reduced and opened; else they only must fit.
    pub justified: bool,
    pub breaking: Breaking,
    /// Spaces at the start of a line that was forced are set; else they are left out.
    pub keeps_spaces: bool,
    /// Spaces before the first character set.
    pub lead: usize,
}

/// The lines of a paragraph, in order.
pub(super) fn choose_breaks(paragraph: &Paragraph<'_>) -> Vec<LineRange> {
    let mut lines = Vec::new();
    let mut start = 0;
    while start < paragraph.clusters.len() {
        let length = paragraph.breaks[start..].iter().position(|kind| *kind == Break::Mandatory);
        let end = length.map_or(paragraph.clusters.len(), |length| start + length + 1);
        if !paragraph.keeps_spaces {
            start += leading_spaces(&paragraph.clusters[start..end]);
        }
        match paragraph.breaking {
            Breaking::TotalFit if paragraph.justified => total_fit(paragraph, start, end, &mut lines),
            _ => greedy(paragraph, start, end, &mut lines),
        }
        start = end;
    }
    lines
}

/// Spaces before the first character that is set; none when there is nothing but spaces.
pub(super) fn leading_spaces(clusters: &[Cluster]) -> usize {
    let spaces = clusters.iter().take_while(|cluster| cluster.class == CharClass::Space).count();
    if spaces < clusters.len() { spaces } else { 0 }
}

impl Paragraph<'_> {
    pub(super) fn room(&self, start: usize) -> Length {
        if self.is_first(start) { self.measures.0 } else { self.measures.1 }
    }

    /// Whether a line that starts there is the paragraph's first.
    pub(super) fn is_first(&self, start: usize) -> bool {
        start <= self.lead
    }

    fn line(&self, start: usize, end: usize) -> LineRange {
        self.sums.line(start, end, self.breaks[end - 1])
    }

    /// How much the line lacks; negative when it is too long as it comes, its last mark hung out where that is allowed.
    pub(super) fn slack(&self, line: LineRange) -> (Length, Measured) {
        let measured = self.sums.measure(self.clusters, self.joints, line);
        let slack = self.room(line.start) - measured.width;
        match self.clusters[line.start..line.ink_end].last() {
            Some(mark) if mark.hangs && slack < Length::ZERO => {
                (slack + mark.core(), Measured { hung: true, ..measured })
            }
            _ => (slack, measured),
        }
    }

    fn fits(&self, line: LineRange) -> bool {
        let (slack, measured) = self.slack(line);
        let shrink = if self.justified { measured.shrink } else { Length::ZERO };
        slack + shrink >= Length::ZERO
    }
}

/// Each line takes as much as goes into it, reduced if need be. Breaks inside what is longer than a line count only
/// where the line has no better one.
fn greedy(paragraph: &Paragraph<'_>, first: usize, last: usize, lines: &mut Vec<LineRange>) {
    let mut start = first;
    let (mut best, mut last_resort) = (None, None);
    let mut end = first;
    while end < last {
        end += 1;
        let kind = paragraph.breaks[end - 1];
        if kind == Break::Never {
            continue;
        }
        let line = paragraph.line(start, end);
        let is_last_resort = matches!(kind, Break::Emergency | Break::AddressWord);
        if paragraph.fits(line) {
            *(if is_last_resort { &mut last_resort } else { &mut best }) = Some(line);
            continue;
        }
        let line = best.take().or(last_resort.take()).unwrap_or(line);
        last_resort = None;
        lines.push(line);
        (start, end) = (line.end, line.end);
    }
    lines.extend(best);
}

/// The cheapest way to a break.
#[derive(Clone, Copy, Debug)]
struct Node {
    /// First cluster of the line after it.
    at: usize,
    cost: i64,
    /// Index of the node its line starts at.
    from: usize,
    hyphen: bool,
}

/// Costs, in one scale.
mod cost {
    /// A line opened at all: reducing comes first (clreq §3.5.2).
    pub const OPENED: i64 = 200;
    /// Every joint reduced to its least.
    pub const FULLY_REDUCED: i64 = 100;
    /// Opened by a tenth of an em at every joint.
    pub const OPENED_A_TENTH: i64 = 400;
    pub const HYPHEN: i64 = 120;
    /// Two hyphens one over the other.
    pub const HYPHENS: i64 = 300;
    pub const ADDRESS: i64 = 40;
    /// Inside a word of an address, where it has no mark.
    pub const IN_ADDRESS_WORD: i64 = 1_500;
    pub const EMERGENCY: i64 = 20_000;
    /// A last line of a single character (clreq §3.4.4).
    pub const LONE_CHARACTER: i64 = 4_000;
    /// Too loose to be borne, or nothing to open.
    pub const LOOSE: i64 = 50_000;
    pub const OVERFULL: i64 = 1_000_000;
    pub const MOST: i64 = 1_000_000_000_000;
}

fn total_fit(paragraph: &Paragraph<'_>, first: usize, last: usize, lines: &mut Vec<LineRange>) {
    let lone = lone_character_start(paragraph.clusters, first, last);
    let mut nodes = vec![Node { at: first, cost: 0, from: 0, hyphen: false }];
    let mut oldest = 0;
    for end in first + 1..=last {
        let kind = paragraph.breaks[end - 1];
        if kind == Break::Never {
            continue;
        }
        // A line from the oldest node that is too long even when reduced is too long for every later end.
        while oldest + 1 < nodes.len() && !paragraph.fits(paragraph.line(nodes[oldest].at, end)) {
            oldest += 1;
        }
        let mut best: Option<Node> = None;
        for (index, node) in nodes.iter().enumerate().skip(oldest) {
            let line = paragraph.line(node.at, end);
            let (cost, too_loose) = line_cost(paragraph, line, kind, node.hyphen);
            let lone = if end == last && node.at >= lone && node.at > first { cost::LONE_CHARACTER } else { 0 };
            let cost = (node.cost + cost + lone).min(cost::MOST);
            if best.is_none_or(|best| cost < best.cost) {
                best = Some(Node { at: end, cost, from: index, hyphen: line.hyphen });
            }
            if too_loose && end != last {
                break;
            }
        }
        nodes.extend(best);
    }
    let mut chosen = Vec::new();
    let mut at = nodes.len() - 1;
    while at > 0 {
        let (start, end) = (nodes[nodes[at].from].at, nodes[at].at);
        chosen.push(paragraph.line(start, end));
        at = nodes[at].from;
    }
    lines.extend(chosen.into_iter().rev());
}

/// What a line costs, and whether shorter lines to the same end need not be tried.
fn line_cost(paragraph: &Paragraph<'_>, line: LineRange, kind: Break, after_hyphen: bool) -> (i64, bool) {
    let (slack, measured) = paragraph.slack(line);
    let mut cost = match kind {
        Break::Hyphen if after_hyphen => cost::HYPHEN + cost::HYPHENS,
        Break::Hyphen => cost::HYPHEN,
        Break::Address => cost::ADDRESS,
        Break::AddressWord => cost::IN_ADDRESS_WORD,
        Break::Emergency => cost::EMERGENCY,
        Break::Never | Break::Allowed | Break::Mandatory => 0,
    };
    if slack < Length::ZERO {
        let over = -slack;
        if over > measured.shrink {
            let ems = (over - measured.shrink).0 / paragraph.size.0.max(1);
            return (cost + cost::OVERFULL * (1 + ems), false);
        }
        let ratio = over.0 * 1000 / measured.shrink.0.max(1);
        return (cost + cost::FULLY_REDUCED * ratio * ratio / 1_000_000, false);
    }
    if line.forced || slack.is_zero() {
        return (cost, false);
    }
    // Thousandths of an em at each joint.
    let joints = (measured.gaps + measured.spaces).max(1);
    let each = (slack.0 / joints * 1000 / paragraph.size.0.max(1)).min(100_000);
    cost += (cost::OPENED_A_TENTH * each * each / 10_000).min(cost::LOOSE * 10);
    cost += match slack <= measured.stretch {
        true => cost::OPENED / 2,
        false if measured.gaps == 0 => cost::OPENED + cost::LOOSE / 10,
        false => cost::OPENED,
    };
    if measured.gaps + measured.spaces == 0 {
        cost += cost::LOOSE;
    }
    (cost, each > 500)
}

/// The first cluster from which a last line would hold fewer than two characters beside marks (clreq §3.4.4).
fn lone_character_start(clusters: &[Cluster], first: usize, last: usize) -> usize {
    let is_mark = |class: CharClass| class.is_cjk_mark() || matches!(class, CharClass::WesternMark | CharClass::Mark);
    let is_character = |cluster: &Cluster| !is_mark(cluster.class) && !ends_invisibly(cluster.class);
    let mut characters = 0;
    for index in (first..last).rev() {
        characters += usize::from(is_character(&clusters[index]));
        if characters == 2 {
            return index + 1;
        }
    }
    last
}
