//! The best labelling of a whole file.
//!
//! Each line has scores for the labels it may bear; each pair of neighbours has a passage score; the zones of a file
//! come in order. The labelling with the greatest sum is found by dynamic programming over lines (Viterbi), in time
//! linear in the number of lines.

use super::evidence::Scores;
use super::labels::{ALL, LABELS, Label, Zone, allowed, leaving, passage};

const ZONES: [Zone; 5] = [Zone::Before, Zone::Title, Zone::After, Zone::Body, Zone::Tail];

/// Zones times labels; most are never offered.
const STATES: usize = ZONES.len() * LABELS;

/// What it costs to have no title.
const NO_TITLE: i32 = -5;

/// Boilerplate and meta lines are rarer inside the body: what being there costs them.
const INSIDE: [(Label, i32); 2] = [(Label::Boilerplate, -6), (Label::Meta, -7)];

/// A line's place in the best labelling.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Labelled {
    pub label: Label,
    pub zone: Zone,
    /// Its own score and that of the runner-up among its labels.
    pub score: i32,
    pub second: Option<(Label, i32)>,
}

/// A state a line can be in, on the way to the best labelling.
#[derive(Clone, Copy)]
struct Candidate {
    state: u8,
    /// Index of the best candidate of the line before.
    from: u8,
    /// Best sum up to here.
    sum: i64,
}

/// The best labelling of lines whose scores `scores` gives one after the other.
pub(super) fn decode(count: usize, mut scores: impl FnMut(usize) -> Scores) -> Vec<Labelled> {
    let passages = passages();
    let mut back: Vec<(u8, u8)> = Vec::with_capacity(count * 4);
    let mut first: Vec<u32> = Vec::with_capacity(count + 1);
    let mut own: Vec<Labelled> = Vec::with_capacity(count);
    let mut previous: Vec<Candidate> = Vec::new();
    let mut current: Vec<Candidate> = Vec::new();
    let mut kept: Vec<([i16; LABELS], (i16, i16))> = Vec::with_capacity(count);
    let states = states();
    for index in 0..count {
        let scores = scores(index);
        current.clear();
        for (zone, label, cost) in &states {
            if let Some(score) = scores.of(*label, *zone) {
                extend(index, &previous, state(*zone, *label), score + cost, &passages, &mut current);
            }
        }
        first.push(back.len() as u32);
        back.extend(current.iter().map(|candidate| (candidate.state, candidate.from)));
        kept.push((scores.compact(), scores.beside()));
        std::mem::swap(&mut previous, &mut current);
    }
    let last = previous.iter().enumerate().max_by_key(|(index, candidate)| {
        (
            candidate.sum
                + i64::from(if zone_of(candidate.state) == Zone::Body {
                    leaving(label_of(candidate.state))
                } else {
                    0
                }),
            std::cmp::Reverse(*index),
        )
    });
    let Some((mut at, _)) = last else { return own };
    for index in (0..count).rev() {
        let (state, from) = back[first[index] as usize + at];
        own.push(labelled(state, &kept[index]));
        at = from as usize;
    }
    own.reverse();
    own
}

/// The states that can be, zone by zone, and what being there costs.
fn states() -> Vec<(Zone, Label, i32)> {
    let cost = |zone: Zone, label: Label| {
        let inside = INSIDE.iter().find(|(which, _)| *which == label && zone == Zone::Body);
        inside.map_or(0, |(_, cost)| *cost)
    };
    let of = |zone: Zone| ALL.into_iter().filter(move |label| allowed(zone, *label)).map(move |label| (zone, label));
    ZONES.into_iter().flat_map(of).map(|(zone, label)| (zone, label, cost(zone, label))).collect()
}

fn labelled(state: u8, (scores, beside): &([i16; LABELS], (i16, i16))) -> Labelled {
    let label = label_of(state);
    let more = match (label, zone_of(state)) {
        (Label::Boilerplate, Zone::Before | Zone::After) => beside.0,
        (Label::Boilerplate, Zone::Tail) => beside.1,
        _ => 0,
    };
    let others = ALL.into_iter().filter(|other| *other != label && scores[*other as usize] > i16::MIN);
    let second = others.max_by_key(|other| (scores[*other as usize], std::cmp::Reverse(*other)));
    Labelled {
        label,
        zone: zone_of(state),
        score: i32::from(scores[label as usize]) + i32::from(more),
        second: second.map(|second| (second, i32::from(scores[second as usize]))),
    }
}

fn extend(index: usize, previous: &[Candidate], to: u8, score: i32, passages: &[i16], current: &mut Vec<Candidate>) {
    if index == 0 {
        let start = match zone_of(to) {
            Zone::Before | Zone::Title => 0,
            Zone::Body => NO_TITLE,
            Zone::After | Zone::Tail => return,
        };
        current.push(Candidate { state: to, from: 0, sum: i64::from(start + score) });
        return;
    }
    let mut best: Option<(i64, u8)> = None;
    let into = &passages[to as usize * STATES..][..STATES];
    for (from, candidate) in previous.iter().enumerate() {
        let passage = into[candidate.state as usize];
        if passage == i16::MIN {
            continue;
        }
        let sum = candidate.sum + i64::from(passage);
        if best.is_none_or(|(most, _)| sum > most) {
            best = Some((sum, from as u8));
        }
    }
    if let Some((sum, from)) = best {
        current.push(Candidate { state: to, from, sum: sum + i64::from(score) });
    }
}

fn state(zone: Zone, label: Label) -> u8 {
    (zone as usize * LABELS + label as usize) as u8
}

fn zone_of(state: u8) -> Zone {
    ZONES[state as usize / LABELS]
}

fn label_of(state: u8) -> Label {
    ALL[state as usize % LABELS]
}

/// The cost of every passage between states, those into a state together; `i16::MIN` where there is none.
fn passages() -> Vec<i16> {
    let mut table = vec![i16::MIN; STATES * STATES];
    for from in 0..STATES as u8 {
        for to in 0..STATES as u8 {
            if let Some(cost) = between(from, to) {
                table[to as usize * STATES + from as usize] = cost as i16;
            }
        }
    }
    table
}

fn between(from: u8, to: u8) -> Option<i32> {
    let (left, right) = (label_of(from), label_of(to));
    if !allowed(zone_of(from), left) || !allowed(zone_of(to), right) {
        return None;
    }
    let zones = match (zone_of(from), zone_of(to)) {
        (Zone::Before, Zone::Before | Zone::Title) => 0,
        (Zone::Before, Zone::Body) => NO_TITLE,
        (Zone::Title, Zone::After | Zone::Body) => 0,
        (Zone::After, Zone::After | Zone::Body) => 0,
        (Zone::Body, Zone::Body) => 0,
        (Zone::Body, Zone::Tail) => leaving(left),
        (Zone::Tail, Zone::Tail) => 0,
        _ => return None,
    };
    Some(zones + passage(left, right))
}
