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

/// Where a line starts: what comes before it, its own first blank left out as a line start leaves it out.
#[derive(Clone, Copy, Debug)]
struct Head {
    start: usize,
    before: Total,
}

/// Where a line ends: what comes before that, as a line end has it.
#[derive(Clone, Copy, Debug)]
struct Tail {
    ink_end: usize,
    upto: Total,
    /// How far its last mark may stand past the measure.
    hang: Length,
}

impl Head {
    fn to(&self, tail: &Tail) -> Measured {
        if tail.ink_end <= self.start {
            return Measured::default();
        }
        Measured {
            width: tail.upto.width - self.before.width,
            shrink: tail.upto.shrink - self.before.shrink,
            hung: false,
        }
    }
}

/// A line as measured, before anything is adjusted.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Measured {
    pub width: Length,
    pub shrink: Length,
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
        self.head(clusters, line.start).to(&self.tail(clusters, joints, line.ink_end, line.hyphen))
    }

    fn head(&self, clusters: &[Cluster], start: usize) -> Head {
        let mut before = self.totals[start];
        before.width -= clusters.get(start).map_or(Length::ZERO, start_blank);
        Head { start, before }
    }

    fn tail(&self, clusters: &[Cluster], joints: &[Joint], ink_end: usize, hyphen: bool) -> Tail {
        let mut upto = self.totals[ink_end];
        let Some(last) = ink_end.checked_sub(1) else { return Tail { ink_end, upto, hang: Length::ZERO } };
        let (cluster, joint) = (&clusters[last], &joints[last]);
        let hyphen = if hyphen { self.hyphens[last] } else { Length::ZERO };
        upto.width += end_blank(cluster) + hyphen - joint.total();
        upto.shrink -= joint.total_shrink();
        upto.stretch -= joint.stretch;
        upto.gaps -= i64::from(joint.opens == Opens::Equally);
        upto.spaces -= i64::from(opens_first(joint));
        Tail { ink_end, upto, hang: if cluster.hangs { cluster.core() } else { Length::ZERO } }
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
        let head = self.sums.head(self.clusters, line.start);
        self.slack_between(&head, &self.sums.tail(self.clusters, self.joints, line.ink_end, line.hyphen))
    }

    fn slack_between(&self, head: &Head, tail: &Tail) -> (Length, Measured) {
        let measured = head.to(tail);
        let slack = self.room(head.start) - measured.width;
        if slack < Length::ZERO && !tail.hang.is_zero() && tail.ink_end > head.start {
            return (slack + tail.hang, Measured { hung: true, ..measured });
        }
        (slack, measured)
    }

    fn fits(&self, head: &Head, tail: &Tail) -> bool {
        let (slack, measured) = self.slack_between(head, tail);
        let shrink = if self.justified { measured.shrink } else { Length::ZERO };
        slack + shrink >= Length::ZERO
    }

    fn tail(&self, end: usize) -> Tail {
        let ink_end = self.sums.ink_end[end - 1] as usize;
        self.sums.tail(self.clusters, self.joints, ink_end, self.breaks[end - 1] == Break::Hyphen)
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
        if paragraph.fits(&paragraph.sums.head(paragraph.clusters, start), &paragraph.tail(end)) {
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

/// A break as the start of the line after it, and the cheapest way to it.
#[derive(Clone, Copy, Debug)]
struct Node {
    start: usize,
    /// What comes before the line, and its room: what a sum up to its end may come to.
    reach: Length,
    shrink: Length,
    stretch: Length,
    gaps: i64,
    /// Joints that open, gaps among them.
    joints: i64,
    cost: i64,
    /// Index of the node its line starts at.
    from: usize,
    hyphen: bool,
}

impl Node {
    fn new(paragraph: &Paragraph<'_>, start: usize, way: Way, hyphen: bool) -> Node {
        let Head { before, .. } = paragraph.sums.head(paragraph.clusters, start);
        Node {
            start,
            reach: paragraph.room(start) + before.width,
            shrink: before.shrink,
            stretch: before.stretch,
            gaps: before.gaps,
            joints: before.gaps + before.spaces,
            cost: way.cost,
            from: way.from,
            hyphen,
        }
    }
}

/// Costs, in one scale.
mod cost {
    use super::Break;

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

    /// What the break itself costs.
    pub fn of_break(kind: Break) -> i64 {
        match kind {
            Break::Hyphen => HYPHEN,
            Break::Address => ADDRESS,
            Break::AddressWord => IN_ADDRESS_WORD,
            Break::Emergency => EMERGENCY,
            Break::Never | Break::Allowed | Break::Mandatory => 0,
        }
    }
}

fn total_fit(paragraph: &Paragraph<'_>, first: usize, last: usize, lines: &mut Vec<LineRange>) {
    let lone = lone_character_start(paragraph.clusters, first, last);
    let mut nodes = Vec::with_capacity(last - first + 1);
    nodes.push(Node::new(paragraph, first, Way { cost: 0, from: 0 }, false));
    let mut lows = Lows { kept: vec![0], first: 0 };
    let mut oldest = 0;
    for end in first + 1..=last {
        let kind = paragraph.breaks[end - 1];
        if kind == Break::Never {
            continue;
        }
        let tail = paragraph.tail(end);
        // A line from the oldest node that is too long even when reduced is too long for every later end.
        while oldest + 1 < nodes.len() && Line::of(paragraph, &nodes[oldest], &tail).is_overfull() {
            oldest += 1;
        }
        lows.forget_before(oldest);
        let own = cost::of_break(kind);
        let after_hyphen = if kind == Break::Hyphen { cost::HYPHENS } else { 0 };
        // Nodes from which a last line would hold a lone character.
        let lone = if end == last { lone.max(first + 1) } else { usize::MAX };
        let mut low = lows.first;
        let mut best = Way { cost: i64::MAX, from: oldest };
        for (index, node) in nodes.iter().enumerate().skip(oldest) {
            // A later start makes the line looser still, so no way through one costs less than this.
            low += usize::from(lows.kept[low] as usize <= index);
            let later = lows.kept.get(low).map_or(i64::MAX, |low| nodes[*low as usize].cost);
            if node.cost < best.cost {
                let line = Line::of(paragraph, node, &tail);
                let price = line.price(paragraph.size, kind == Break::Mandatory);
                let is_past = price.too_loose && end != last;
                if is_past
                    && index > oldest
                    && Line::of(paragraph, &nodes[index - 1], &tail).is_too_loose(paragraph.size)
                {
                    break;
                }
                let mut cost = node.cost + price.cost + own;
                if node.hyphen {
                    cost += after_hyphen;
                }
                if node.start >= lone {
                    cost += cost::LONE_CHARACTER;
                }
                cost = cost.min(cost::MOST);
                if cost < best.cost {
                    best = Way { cost, from: index };
                }
                if is_past || later.saturating_add(own + price.least) >= best.cost {
                    break;
                }
            }
            if later >= best.cost {
                break;
            }
        }
        let cost = best.cost;
        lows.push(nodes.len(), |index| nodes[index].cost > cost);
        nodes.push(Node::new(paragraph, end, best, kind == Break::Hyphen));
    }
    let mut chosen = Vec::new();
    let mut at = nodes.len() - 1;
    while at > 0 {
        let (start, end) = (nodes[nodes[at].from].start, nodes[at].start);
        chosen.push(paragraph.line(start, end));
        at = nodes[at].from;
    }
    lines.extend(chosen.into_iter().rev());
}

/// The cheapest line to a break so far: what the paragraph costs up to its end, and the node it starts at.
struct Way {
    cost: i64,
    from: usize,
}

/// Of the nodes in the window, those that no later one is cheaper than: the first of them past any node is the cheapest
/// past it.
struct Lows {
    kept: Vec<u32>,
    /// The first of them in the window.
    first: usize,
}

impl Lows {
    fn forget_before(&mut self, oldest: usize) {
        while (self.kept[self.first] as usize) < oldest {
            self.first += 1;
        }
    }

    fn push(&mut self, index: usize, is_dearer: impl Fn(usize) -> bool) {
        while self.kept.len() > self.first && self.kept.last().is_some_and(|last| is_dearer(*last as usize)) {
            self.kept.pop();
        }
        self.kept.push(index as u32);
    }
}

/// What there is to know of a line between two breaks for its price.
struct Line {
    /// How much it lacks; negative when it is too long as it comes, its last mark hung out where that is allowed.
    slack: Length,
    shrink: Length,
    stretch: Length,
    gaps: i64,
    joints: i64,
}

impl Line {
    #[inline(always)]
    fn of(paragraph: &Paragraph<'_>, node: &Node, tail: &Tail) -> Line {
        if tail.ink_end <= node.start {
            let slack = paragraph.room(node.start);
            return Line { slack, shrink: Length::ZERO, stretch: Length::ZERO, gaps: 0, joints: 0 };
        }
        let slack = node.reach - tail.upto.width;
        Line {
            slack: if slack < Length::ZERO { slack + tail.hang } else { slack },
            shrink: tail.upto.shrink - node.shrink,
            stretch: tail.upto.stretch - node.stretch,
            gaps: tail.upto.gaps - node.gaps,
            joints: tail.upto.gaps + tail.upto.spaces - node.joints,
        }
    }

    fn is_overfull(&self) -> bool {
        self.slack + self.shrink < Length::ZERO
    }

    /// By how many thousandths of an em each joint has to open; no more than a hundred em.
    fn opening(&self, size: Length) -> i64 {
        (thousandths(self.slack.0, self.joints.max(1) * size.0.max(1))).min(100_000)
    }

    fn is_too_loose(&self, size: Length) -> bool {
        self.slack > Length::ZERO && self.opening(size) > TOO_LOOSE
    }

    /// `comes_as_it_is`: nothing opens it.
    #[inline(always)]
    fn price(&self, size: Length, comes_as_it_is: bool) -> Price {
        let tight = |cost: i64| Price { cost, least: 0, too_loose: false };
        if self.slack < Length::ZERO {
            let over = -self.slack;
            if over > self.shrink {
                let ems = (over - self.shrink).0 / size.0.max(1);
                return tight(cost::OVERFULL * (1 + ems));
            }
            let ratio = thousandths(over.0, self.shrink.0.max(1));
            return tight(cost::FULLY_REDUCED * ratio * ratio / 1_000_000);
        }
        if comes_as_it_is || self.slack.is_zero() {
            return tight(0);
        }
        let each = self.opening(size);
        let looseness = (cost::OPENED_A_TENTH * each * each / 10_000).min(cost::LOOSE * 10);
        let opened = match self.slack <= self.stretch {
            true => cost::OPENED / 2,
            false if self.gaps == 0 => cost::OPENED + cost::LOOSE / 10,
            false => cost::OPENED,
        };
        let nothing_opens = if self.joints == 0 { cost::LOOSE } else { 0 };
        Price {
            cost: looseness + opened + nothing_opens,
            least: looseness + cost::OPENED / 2,
            too_loose: each > TOO_LOOSE,
        }
    }
}

/// `part / whole` in thousandths, cut off. Dividing numbers with a point takes half as long as dividing whole ones, and
/// lengths on paper are far below where these would not be exact.
#[inline(always)]
fn thousandths(part: i64, whole: i64) -> i64 {
    (part as f64 * 1000.0 / whole as f64) as i64
}

/// Thousandths of an em by which no joint is opened while there is another way.
const TOO_LOOSE: i64 = 500;

/// What a line costs beside the break at its end.
struct Price {
    cost: i64,
    /// What every shorter line to the same end costs at least.
    least: i64,
    /// Shorter lines to the same end need not be tried.
    too_loose: bool,
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
