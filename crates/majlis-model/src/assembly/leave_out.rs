//! Everything but one, for each one in turn.

/// Calls `leaf(i, all)` for each item, where `all` is `start` with every item but the `i`th joined to it.
///
/// The items are halved again and again, and each half is worked on with the other one joined, so an item is joined about log₂ n
/// times and nothing is ever taken away again: sums of positive terms stay sums of positive terms.
pub(super) fn leave_each_out<T: Clone, I>(items: &[I], start: T, join: &impl Fn(T, &I) -> T, leaf: &mut impl FnMut(usize, &T)) {
    halve(items, 0, start, join, leaf);
}

fn halve<T: Clone, I>(items: &[I], first: usize, joined: T, join: &impl Fn(T, &I) -> T, leaf: &mut impl FnMut(usize, &T)) {
    if let [_] = items {
        leaf(first, &joined);
    } else if !items.is_empty() {
        let (left, right) = items.split_at(items.len() / 2);
        halve(left, first, right.iter().fold(joined.clone(), join), join, leaf);
        halve(right, first + left.len(), left.iter().fold(joined, join), join, leaf);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_item_sees_all_others_once() {
        for n in 0..20_usize {
            let items: Vec<usize> = (0..n).collect();
            let mut seen = Vec::new();
            let join = |mut all: Vec<usize>, item: &usize| {
                all.push(*item);
                all
            };
            leave_each_out(&items, Vec::new(), &join, &mut |i, others| {
                let mut others = others.clone();
                others.sort_unstable();
                assert_eq!(others, items.iter().copied().filter(|j| *j != i).collect::<Vec<_>>());
                seen.push(i);
            });
            assert_eq!(seen, items);
        }
    }
}
