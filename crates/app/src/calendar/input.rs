//! What is said of a calendar.

use domain::{Calendar, FieldError, Names, Version, WorkCalendar};

/// A calendar, as it is to be.
#[derive(Clone, Debug, PartialEq)]
pub struct CalendarInput {
    /// Code, unique in the company.
    pub code: String,
    /// What it is called.
    pub names: Names,
    /// Its hours, holidays and make-up days.
    pub hours: WorkCalendar,
}

impl CalendarInput {
    pub(crate) fn calendar(&self, version: Version) -> Calendar {
        let text = |text: &String| text.trim().to_owned();
        let names = Names { zh_cn: text(&self.names.zh_cn), zh_tw: text(&self.names.zh_tw), en: text(&self.names.en) };
        let mut hours = self.hours.clone();
        hours.make_up.sort_by_key(|day| day.on);
        Calendar { version, ..Calendar::new(self.code.trim(), names, &hours) }
    }

    /// What is wrong with it.
    pub(crate) fn check(&self) -> Vec<FieldError> {
        // Before the make-up days are sorted, so that mistakes are told where they were sent.
        Calendar::new(self.code.trim(), self.names.clone(), &self.hours).check()
    }
}
