//! The order of clusters on a line where some run right to left.

use unicode_bidi::{BidiInfo, Level};

use super::itemize::Flow;
use super::shape::Cluster;

/// Indices of the clusters from left to right; none when they are in order as they come.
pub(super) fn visual_order(flow: &Flow, clusters: &[Cluster]) -> Option<Vec<usize>> {
    if !clusters.iter().any(|cluster| cluster.right_to_left) {
        return None;
    }
    let start = clusters.first()?.text.start;
    let end = clusters.last()?.text.end;
    let text = &flow.text[start as usize..end as usize];
    let info = BidiInfo::new(text, Some(Level::ltr()));
    let levels: Vec<Level> =
        clusters.iter().map(|cluster| info.levels[(cluster.text.start - start) as usize]).collect();
    Some(BidiInfo::reorder_visual(&levels))
}
