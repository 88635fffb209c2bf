//! Reading absences.

use std::sync::LazyLock;

use domain::{Absence, CompanyId, Date, UserId};

use crate::fault::Fault;
use crate::query::list::{Found, Page, Select, Sort};
use crate::read::{Param, Reader, columns, read};
use crate::row::Row;

/// What the list may be sorted by.
pub const SORTS: &[Sort] = &[Sort::text("from_on", "a.from_on"), Sort::text("to_on", "a.to_on")];

/// The columns that make every order certain.
pub const TIES: &[Sort] = &[Sort::int("id", "a.id")];

/// Which absences.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Filter {
    /// Of this person.
    pub user: Option<UserId>,
    /// Where this person is away or stands in.
    pub about: Option<UserId>,
    /// Lasting on this day.
    pub on: Option<Date>,
    /// Not over before this day.
    pub from: Option<Date>,
}

/// An absence with the names of both.
#[derive(Clone, Debug, PartialEq)]
pub struct Named {
    /// The absence.
    pub absence: Absence,
    /// Who is away.
    pub user_name: String,
    /// Who stands in.
    pub substitute_name: String,
}

static COLUMNS: LazyLock<String> = LazyLock::new(|| format!("{}, coalesce(u.name, ''), coalesce(s.name, '')", columns::<Absence>("a")));

const FROM: &str = "FROM absences a LEFT JOIN users u ON u.company_id = a.company_id AND u.id = a.user_id \
    LEFT JOIN users s ON s.company_id = a.company_id AND s.id = a.substitute_id WHERE a.company_id = ?1";

/// A page of absences.
///
/// # Errors
/// Any fault of the database.
pub fn list(reader: &Reader<'_>, company: CompanyId, filter: &Filter, page: &Page) -> Result<Found<Named>, Fault> {
    let mut select = Select::new(company, &COLUMNS, FROM, TIES);
    select.and_if("a.user_id = ?", filter.user.map(UserId::raw));
    if let Some(about) = filter.about {
        select.and("(a.user_id = ? OR a.substitute_id = ?)", [Param::Int(about.raw()), Param::Int(about.raw())]);
    }
    if let Some(day) = filter.on {
        select.and("a.from_on <= ? AND a.to_on >= ?", [Param::from(day.as_str()), Param::from(day.as_str())]);
    }
    select.and_if("a.to_on >= ?", filter.from.map(|day| day.as_str().to_owned()));
    let width = Absence::table().columns.len();
    select.page(reader, page, |source| {
        Ok(Named { absence: Absence::read(source)?, user_name: read(source, width)?, substitute_name: read(source, width + 1)? })
    })
}
