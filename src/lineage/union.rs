//! Sets of records that grow together.

/// Disjoint sets of records, each known by its first.
#[derive(Debug, Default)]
pub(crate) struct Union {
    /// For each record one before it in its set, or itself.
    up: Vec<usize>,
}

impl Union {
    /// Each of the records a set of its own, until there are `size`.
    pub(crate) fn grow(&mut self, size: usize) {
        self.up.extend(self.up.len()..size);
    }

    /// The first record of a set; paths are halved on the way.
    pub(crate) fn first(&mut self, record: usize) -> usize {
        let mut at = record;
        while let Some(up) = self.up.get(at).copied().filter(|up| *up != at) {
            let next = self.up.get(up).copied().unwrap_or(up);
            if let Some(slot) = self.up.get_mut(at) {
                *slot = next;
            }
            at = next;
        }
        at
    }

    /// Makes one set of those of two records. Whether they were two.
    pub(crate) fn unite(&mut self, one: usize, other: usize) -> bool {
        let (one, other) = (self.first(one), self.first(other));
        if let Some(slot) = self.up.get_mut(one.max(other)) {
            *slot = one.min(other);
        }
        one != other
    }
}
