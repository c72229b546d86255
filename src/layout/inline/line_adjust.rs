//! A line is brought to its measure: reduced first, in clreq's order, then opened; never past each joint's limits.

use crate::length::Length;

use super::line::Adjustment;
use super::shape::Cluster;
use super::spacing::{Joint, Opens, shrink_rank};

/// Ranks of reduction after the mark at the line end: word spaces, middle dots, brackets, commas, Han–Western gaps, stops.
const SHRINK_RANKS: std::ops::RangeInclusive<u8> = 2..=7;

/// Change the joints of a line by `slack` in all, as far as they go; positive opens.
pub(super) fn adjust(joints: &mut [Joint], clusters: &[Cluster], slack: Length) -> Adjustment {
    if slack < Length::ZERO {
        let left = reduce(joints, clusters, -slack);
        return if left > Length::ZERO { Adjustment::Overfull { by: left } } else { Adjustment::Pushed { by: -slack } };
    }
    if slack > Length::ZERO && open(joints, slack) {
        return Adjustment::Opened { by: slack };
    }
    Adjustment::None
}

/// Take `need` away; gives what could not be taken.
fn reduce(joints: &mut [Joint], clusters: &[Cluster], need: Length) -> Length {
    let mut left = need;
    let rooms = rooms_of(joints, clusters);
    for rank in SHRINK_RANKS {
        let room = rooms[usize::from(rank)];
        if room <= Length::ZERO || left <= Length::ZERO {
            continue;
        }
        let take = left.min(room);
        let mut share = Share { total: take, of: room, seen: Length::ZERO, given: Length::ZERO };
        for (at, joint) in joints.iter_mut().enumerate() {
            let ranks = ranks_of(joint, clusters, at);
            let [after, before, gap] = joint.shrink;
            if ranks[0] == rank {
                joint.after -= share.of_next(after);
            }
            if ranks[1] == rank {
                joint.before -= share.of_next(before);
            }
            if ranks[2] == rank {
                joint.gap -= share.of_next(gap);
            }
        }
        left -= take;
    }
    left
}

/// Divides a total among parts in proportion, exactly.
struct Share {
    total: Length,
    of: Length,
    seen: Length,
    given: Length,
}

impl Share {
    fn of_next(&mut self, part: Length) -> Length {
        self.seen += part;
        let own = self.total.share(self.seen.0, self.of.0.max(1)) - self.given;
        self.given += own;
        own
    }
}

/// Rank of the blank after, the blank before and the gap of a joint.
fn ranks_of(joint: &Joint, clusters: &[Cluster], at: usize) -> [u8; 3] {
    let right = clusters.get(at + 1).map_or(7, |cluster| shrink_rank(cluster.class));
    [shrink_rank(clusters[at].class), right, if joint.opens == Opens::Autospace { 6 } else { 2 }]
}

/// By rank, what all joints of a line can give.
fn rooms_of(joints: &[Joint], clusters: &[Cluster]) -> [Length; 8] {
    let mut rooms = [Length::ZERO; 8];
    for (at, joint) in joints.iter().enumerate() {
        for (rank, shrink) in ranks_of(joint, clusters, at).into_iter().zip(joint.shrink) {
            rooms[usize::from(rank)] += shrink;
        }
    }
    rooms
}

/// Add `need`: word spaces to their most, then gaps of Han and Western text to theirs, then everything alike. False when
/// there is nothing to open.
fn open(joints: &mut [Joint], need: Length) -> bool {
    let mut left = need;
    for opens in [Opens::WordSpace, Opens::Autospace] {
        let room: Length = joints.iter().filter(|joint| joint.opens == opens).map(|joint| joint.stretch).sum();
        let give = left.min(room);
        let mut share = Share { total: give, of: room, seen: Length::ZERO, given: Length::ZERO };
        for joint in joints.iter_mut().filter(|joint| joint.opens == opens) {
            joint.gap += share.of_next(joint.stretch);
        }
        left -= give;
    }
    let last_resort = [Opens::Equally, Opens::WordSpace, Opens::Autospace];
    let Some(opens) = last_resort.into_iter().find(|opens| joints.iter().any(|joint| joint.opens == *opens)) else {
        return left.is_zero();
    };
    let count = joints.iter().filter(|joint| joint.opens == opens).count() as i64;
    let mut share = Share { total: left, of: Length(count), seen: Length::ZERO, given: Length::ZERO };
    for joint in joints.iter_mut().filter(|joint| joint.opens == opens) {
        joint.gap += share.of_next(Length(1));
    }
    true
}
