//! Links by label: `[words][link1]`, with `[link1]: address "title"` at the end of the text.

use std::collections::BTreeMap;

/// What links and pictures go to, in the order of their first use.
#[derive(Debug, Default)]
pub struct References {
    targets: Vec<String>,
    labels: BTreeMap<String, usize>,
}

impl References {
    /// The label of a target, which is its address and title as source. No text has such a label but by intent.
    pub fn label(&mut self, target: &str) -> String {
        let number = *self.labels.entry(target.to_owned()).or_insert_with(|| {
            self.targets.push(target.to_owned());
            self.targets.len()
        });
        format!("link{number}")
    }

    /// The definitions.
    pub fn lines(self) -> Vec<String> {
        let line = |(index, target): (usize, String)| format!("[link{}]: {target}", index + 1);
        self.targets.into_iter().enumerate().map(line).collect()
    }
}
