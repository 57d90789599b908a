//! Chance that comes again: numbers for tests that change things at random.

/// Numbers, the same on every run from the same seed, which is not 0 (xorshift64).
pub struct Chance(pub u64);

impl Chance {
    /// A number below another; 0 below 0.
    pub fn below(&mut self, most: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 33).unwrap() % most.max(1)
    }

    /// One of some.
    pub fn of<T: Clone>(&mut self, some: &[T]) -> Option<T> {
        (!some.is_empty()).then(|| some[self.below(some.len())].clone())
    }
}
