//! The files of `lexicon/`, kept inside the binary.

use crate::table::Table;

macro_rules! table {
    ($path:literal) => {
        Table { name: $path, text: include_str!(concat!("../../../lexicon/", $path)) }
    };
}

pub(crate) const STATES: Table = table!("states.tsv");
pub(crate) const OFFICES: Table = table!("offices.tsv");
pub(crate) const ORGANS: Table = table!("organs.tsv");
pub(crate) const TITLES: Table = table!("titles.tsv");
pub(crate) const HEADS: Table = table!("heads.tsv");
pub(crate) const SOURCES: Table = table!("sources.tsv");
pub(crate) const PLACES: Table = table!("places.tsv");
pub(crate) const PLACE_TYPES: Table = table!("place_types.tsv");
pub(crate) const NAMES: Table = table!("names.tsv");
pub(crate) const LATIN: Table = table!("latin.tsv");
pub(crate) const CUES: Table = table!("cues.tsv");
pub(crate) const CUE_PHRASES: Table = table!("cue_phrases.tsv");
pub(crate) const PREDICATES: Table = table!("predicates.tsv");
pub(crate) const PREDICATE_PHRASES: Table = table!("predicate_phrases.tsv");
pub(crate) const WORDS: Table = table!("words.tsv");
pub(crate) const COMMON: Table = table!("common.tsv");

pub(crate) const ACTORS: [Table; 19] = [
    table!("actors/iq.tsv"),
    table!("actors/ir.tsv"),
    table!("actors/tr.tsv"),
    table!("actors/lb.tsv"),
    table!("actors/sy.tsv"),
    table!("actors/ps.tsv"),
    table!("actors/il.tsv"),
    table!("actors/jo.tsv"),
    table!("actors/eg.tsv"),
    table!("actors/ye.tsv"),
    table!("actors/sa.tsv"),
    table!("actors/gulf.tsv"),
    table!("actors/sd.tsv"),
    table!("actors/ly.tsv"),
    table!("actors/maghreb.tsv"),
    table!("actors/us.tsv"),
    table!("actors/ru.tsv"),
    table!("actors/europe.tsv"),
    table!("actors/asia-africa.tsv"),
];

pub(crate) const BODIES: [Table; 3] = [table!("actors/transnational.tsv"), table!("actors/igo.tsv"), table!("actors/media.tsv")];
