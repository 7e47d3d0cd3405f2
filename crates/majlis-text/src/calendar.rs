//! Calendars other than the Gregorian.

use icu_calendar::Date as IcuDate;
use icu_calendar::cal::{Hijri, Iso};
use icu_calendar::types::Month;
use jiff::civil::Date;

/// The Gregorian day of an Umm al-Qura (Hijri) date; `None` where there is no such date. Years 1300–1600.
pub fn hijri_to_gregorian(year: i32, month: u8, day: u8) -> Option<Date> {
    if !(1300..=1600).contains(&year) || !(1..=12).contains(&month) || !(1..=30).contains(&day) {
        return None;
    }
    let hijri = IcuDate::try_new(year.into(), Month::new(month), day, Hijri::new_umm_al_qura()).ok()?;
    let iso = hijri.to_calendar(Iso);
    Date::new(iso.year().extended_year().try_into().ok()?, iso.month().ordinal.try_into().ok()?, iso.day_of_month().0.try_into().ok()?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn known_hijri_days() {
        // 1 Ramadan 1442 and 1 Muharram 1437 by the Umm al-Qura calendar.
        assert_eq!(hijri_to_gregorian(1442, 9, 1), Some(date(2021, 4, 13)));
        assert_eq!(hijri_to_gregorian(1437, 1, 1), Some(date(2015, 10, 14)));
        assert_eq!(hijri_to_gregorian(1442, 13, 1), None);
    }
}
