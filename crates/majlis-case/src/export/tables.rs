//! Tables whose columns bear the names of POLECAT, ACLED and UCDP. The values are ours: no data and no codes of theirs are in them, and a
//! column that the record cannot fill is empty.

use super::fault;
use super::rows::{Event, Party, Told};
use crate::claims::{ClaimRow, claims_of};
use crate::error::Problem;
use crate::ledger::event_row;
use std::io::Write;

const POLECAT: [&str; 37] = [
    "Event ID",
    "Event Date",
    "Event Type",
    "Event Mode",
    "Intensity",
    "Quad Code",
    "Contexts",
    "Actor Name",
    "Actor COW",
    "Primary Actor Sector",
    "Actor Sectors",
    "Actor Title",
    "Actor Name Raw",
    "Wikipedia Actor ID",
    "Recipient Name",
    "Recipient COW",
    "Primary Recipient Sector",
    "Recipient Sectors",
    "Recipient Title",
    "Recipient Name Raw",
    "Wikipedia Recipient ID",
    "Placename",
    "City",
    "District",
    "Province",
    "Country",
    "Latitude",
    "Longitude",
    "GeoNames ID",
    "Raw Placename",
    "Feature Type",
    "Source",
    "Publication Date",
    "Story People",
    "Story Organizations",
    "Story Locations",
    "Language",
];

const ACLED: [&str; 31] = [
    "event_id_cnty",
    "event_date",
    "year",
    "time_precision",
    "disorder_type",
    "event_type",
    "sub_event_type",
    "actor1",
    "assoc_actor_1",
    "inter1",
    "actor2",
    "assoc_actor_2",
    "inter2",
    "interaction",
    "civilian_targeting",
    "iso",
    "region",
    "country",
    "admin1",
    "admin2",
    "admin3",
    "location",
    "latitude",
    "longitude",
    "geo_precision",
    "source",
    "source_scale",
    "notes",
    "fatalities",
    "tags",
    "timestamp",
];

const UCDP: [&str; 25] = [
    "id",
    "year",
    "type_of_violence",
    "conflict_name",
    "dyad_name",
    "side_a",
    "side_b",
    "number_of_sources",
    "source_article",
    "source_office",
    "source_date",
    "source_headline",
    "where_prec",
    "where_coordinates",
    "latitude",
    "longitude",
    "country",
    "event_clarity",
    "date_prec",
    "date_start",
    "date_end",
    "best",
    "high",
    "low",
    "where_description",
];

pub(super) fn polecat(told: &mut Told<'_>, out: &mut dyn Write) -> Result<u64, Problem> {
    let mut table = Table::new(&POLECAT, b'\t', out)?;
    told.events(|_, e| {
        let first = |parties: &[Party], what: fn(&Party) -> String| parties.first().map(what).unwrap_or_default();
        let names = |parties: &[Party], what: fn(&Party) -> String| parties.iter().map(what).collect::<Vec<_>>().join(";");
        let sectors: fn(&Party) -> String = |p| p.sector.clone();
        table.row(&[
            ("Event ID", e.id.to_string()),
            ("Event Date", e.first_day.clone().unwrap_or_default()),
            ("Event Type", e.kind.clone()),
            ("Event Mode", e.mode.clone()),
            ("Contexts", super::plover::auxiliary(&e).collect::<Vec<_>>().join(";")),
            ("Actor Name", names(&e.source, |p| p.actor.name_en.clone())),
            ("Primary Actor Sector", first(&e.source, sectors)),
            ("Actor Sectors", names(&e.source, sectors)),
            ("Actor Name Raw", names(&e.source, |p| p.actor.name.clone())),
            ("Recipient Name", names(&e.target, |p| p.actor.name_en.clone())),
            ("Primary Recipient Sector", first(&e.target, sectors)),
            ("Recipient Sectors", names(&e.target, sectors)),
            ("Recipient Name Raw", names(&e.target, |p| p.actor.name.clone())),
            ("Placename", e.place.as_ref().map(|p| p.name.clone()).unwrap_or_default()),
            ("Country", e.place.as_ref().and_then(|p| super::rows::iso3(&p.country)).unwrap_or_default().to_owned()),
            ("Latitude", coordinate(&e, |p| p.latitude)),
            ("Longitude", coordinate(&e, |p| p.longitude)),
            ("Raw Placename", e.place.as_ref().map(|p| p.name_ar.clone()).unwrap_or_default()),
            ("Feature Type", e.place.as_ref().map(|p| p.precision.clone()).unwrap_or_default()),
            ("Source", e.outlet.clone().unwrap_or_default()),
            ("Publication Date", e.published.clone().unwrap_or_default()),
            ("Language", e.at.as_ref().map(|at| at.document.language.clone()).unwrap_or_default()),
        ])
    })
}

pub(super) fn acled(told: &mut Told<'_>, out: &mut dyn Write) -> Result<u64, Problem> {
    let mut table = Table::new(&ACLED, b',', out)?;
    told.events(|_, e| {
        let names = |parties: &[Party]| (parties.first().map(|p| p.actor.name_en.clone()).unwrap_or_default(), rest(parties));
        let ((actor1, assoc1), (actor2, assoc2)) = (names(&e.source), names(&e.target));
        let day = e.first_day.clone().unwrap_or_default();
        table.row(&[
            ("event_id_cnty", e.id.to_string()),
            ("year", day.split('-').next().unwrap_or_default().to_owned()),
            ("event_date", day),
            ("time_precision", date_precision(&e).to_string()),
            ("event_type", e.kind.clone()),
            ("sub_event_type", e.mode.clone()),
            ("actor1", actor1),
            ("assoc_actor_1", assoc1),
            ("actor2", actor2),
            ("assoc_actor_2", assoc2),
            ("country", e.place.as_ref().map(|p| p.country.clone()).unwrap_or_default()),
            ("location", e.place.as_ref().map(|p| p.name.clone()).unwrap_or_default()),
            ("latitude", coordinate(&e, |p| p.latitude)),
            ("longitude", coordinate(&e, |p| p.longitude)),
            ("source", e.outlet.clone().unwrap_or_default()),
            ("notes", e.at.as_ref().map(|at| at.words.clone()).unwrap_or_default()),
            ("tags", e.status.clone()),
        ])
    })
}

/// One row a happening: its first report gives the parties, all of them the number of sources and the dead.
pub(super) fn ucdp(told: &mut Told<'_>, out: &mut dyn Write) -> Result<u64, Problem> {
    let mut table = Table::new(&UCDP, b',', out)?;
    let sql = "SELECT k.id, min(c.event) FROM cluster k JOIN cluster_event c ON c.cluster = k.id WHERE k.type = 'ASSAULT' AND k.status = 'happened' GROUP BY k.id ORDER BY k.id";
    let happenings: Vec<(i64, i64)> = told.db.prepare_cached(sql)?.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?.collect::<rusqlite::Result<_>>()?;
    let mut rows = 0;
    for (cluster, event) in happenings {
        let Some(event) = event_row(told.db, event)? else { continue };
        let e = told.event(event)?;
        let claims = claims_of(told.db, cluster)?;
        let sources = claims.iter().find(|c| c.kind == "happening").map_or(1, |c| c.support.independent);
        let dead: Vec<u32> = claims.iter().filter(|c| c.kind == "figure" && c.about == "dead").flat_map(figures).collect();
        let figure = |n: Option<u32>| n.map(|n| n.to_string()).unwrap_or_default();
        let side = |parties: &[Party]| parties.first().map(|p| p.actor.name_en.clone()).unwrap_or_default();
        let (a, b) = (side(&e.source), side(&e.target));
        let day = e.first_day.clone().unwrap_or_default();
        table.row(&[
            ("id", cluster.to_string()),
            ("year", day.split('-').next().unwrap_or_default().to_owned()),
            ("dyad_name", if a.is_empty() || b.is_empty() { String::new() } else { format!("{a} - {b}") }),
            ("side_a", a),
            ("side_b", b),
            ("number_of_sources", sources.to_string()),
            ("source_article", e.at.as_ref().map(|at| at.document.url.clone().unwrap_or_else(|| at.document.name.clone())).unwrap_or_default()),
            ("source_office", e.outlet.clone().unwrap_or_default()),
            ("source_date", e.published.clone().unwrap_or_default()),
            ("source_headline", e.at.as_ref().and_then(|at| at.document.title.clone()).unwrap_or_default()),
            ("where_coordinates", e.place.as_ref().map(|p| p.name.clone()).unwrap_or_default()),
            ("where_description", e.place.as_ref().map(|p| p.precision.clone()).unwrap_or_default()),
            ("latitude", coordinate(&e, |p| p.latitude)),
            ("longitude", coordinate(&e, |p| p.longitude)),
            ("country", e.place.as_ref().map(|p| p.country.clone()).unwrap_or_default()),
            ("date_prec", date_precision(&e).to_string()),
            ("date_start", day),
            ("date_end", e.last_day.clone().unwrap_or_default()),
            ("best", figure(dead.first().copied())),
            ("high", figure(dead.iter().max().copied())),
            ("low", figure(dead.iter().min().copied())),
        ])?;
        rows += 1;
    }
    Ok(rows)
}

/// The figures of a claim, the one that most reports give first.
fn figures(claim: &ClaimRow) -> Vec<u32> {
    claim.support.reports.iter().chain(&claim.other.reports).filter_map(|r| r.value.as_ref()?.parse().ok()).collect()
}

fn rest(parties: &[Party]) -> String {
    parties.iter().skip(1).map(|p| p.actor.name_en.clone()).collect::<Vec<_>>().join("; ")
}

fn coordinate(e: &Event, of: fn(&crate::ledger::Location) -> Option<f64>) -> String {
    e.place.as_ref().and_then(of).map(|degrees| degrees.to_string()).unwrap_or_default()
}

/// 1 for a day, 2 for up to a week, 3 for longer, 0 where no day is known.
fn date_precision(e: &Event) -> u8 {
    let day = |d: &Option<String>| d.as_ref().and_then(|d| d.parse::<jiff::civil::Date>().ok());
    match day(&e.first_day).zip(day(&e.last_day)).map(|(a, b)| (b - a).get_days()) {
        None => 0,
        Some(0) => 1,
        Some(days) if days < 7 => 2,
        Some(_) => 3,
    }
}

struct Table<'o> {
    columns: &'static [&'static str],
    writer: csv::Writer<&'o mut dyn Write>,
}

impl<'o> Table<'o> {
    fn new(columns: &'static [&'static str], delimiter: u8, out: &'o mut dyn Write) -> Result<Self, Problem> {
        let mut writer = csv::WriterBuilder::new().delimiter(delimiter).from_writer(out);
        writer.write_record(columns).map_err(fault)?;
        Ok(Self { columns, writer })
    }

    /// One row; columns that are not named stay empty.
    fn row(&mut self, cells: &[(&str, String)]) -> Result<(), Problem> {
        debug_assert!(cells.iter().all(|(name, _)| self.columns.contains(name)));
        let cell = |column: &&str| cells.iter().find(|(name, _)| name == column).map_or_else(String::new, |(_, value)| harmless(value));
        self.writer.write_record(self.columns.iter().map(cell)).map_err(fault)?;
        Ok(self.writer.flush()?)
    }
}

/// A cell that no spreadsheet takes for a formula: what begins like one, and is no number, gets an apostrophe before it.
fn harmless(cell: &str) -> String {
    let is_formula = cell.starts_with(['=', '+', '-', '@', '\t', '\r']) && cell.parse::<f64>().is_err();
    if is_formula { format!("'{cell}") } else { cell.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_that_begins_a_formula_is_made_harmless_and_a_number_is_left_alone() {
        assert_eq!(harmless("=HYPERLINK(1)"), "'=HYPERLINK(1)");
        assert_eq!(harmless("@SUM(A1)"), "'@SUM(A1)");
        assert_eq!(harmless("-12.5"), "-12.5");
        assert_eq!(harmless("بغداد"), "بغداد");
    }
}
