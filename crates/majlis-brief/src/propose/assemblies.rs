//! How many seats an assembly has.

use crate::table;

/// The seats of an assembly, and the law that sets them, in English and in Arabic.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Assembly {
    pub(super) seats: u32,
    pub(super) source: [&'static str; 2],
}

/// The assembly with the id of an actor in a year; `None` where its seats are not known.
pub(super) fn of(actor: &str, year: i16) -> Option<Assembly> {
    let holds = |from: &str, to: &str| from.parse().is_ok_and(|from: i16| from <= year) && to.parse().map_or(to.is_empty(), |to: i16| year <= to);
    table::rows(include_str!("../../data/assemblies.tsv")).find_map(|[id, from, to, seats, en, ar]| {
        let seats = seats.parse().ok().filter(|_| id == actor && holds(from, to))?;
        Some(Assembly { seats, source: [en, ar] })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_assembly_has_the_seats_of_its_year() {
        let seats = |id, year| of(id, year).map(|a| a.seats);
        assert_eq!((seats("tr.turkish-grand-assembly", 2015), seats("tr.turkish-grand-assembly", 2019)), (Some(550), Some(600)));
        assert_eq!((seats("iq.parliament", 2021), seats("iq.parliament", 1990), seats("xx", 2021)), (Some(329), None, None));
    }
}
