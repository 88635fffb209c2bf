//! Lists as files: csv and workbooks with headers and codes in the reader's language (API-04). What an import knows, it finds unchanged when
//! it gets these files back.

mod columns;
mod papers;
mod rows;
mod write;

use std::collections::HashMap;
use std::io::{Seek, Write};
use std::path::Path;

use domain::{
    Act, Actor, Company, CompanyId, Customer, Date, ExchangeRate, Instant, Invoice, Language, Order, Payment, Price, Product, Shipment,
};
use store::query::import as query;
use store::{Failure, Fault, Reader};

pub use rows::rows;
pub use write::{Book, Lines, harmless};

use crate::App;

/// A cell of a list.
#[derive(Clone, Debug, PartialEq)]
pub enum Cell {
    /// Nothing.
    Empty,
    /// A text.
    Text(String),
    /// A decimal number as text: stays exact in csv.
    Number(String),
    /// A whole number.
    Int(i64),
    /// A date.
    Date(Date),
    /// A point in time.
    Instant(Instant),
    /// Yes or no.
    Bool(bool),
    /// A code by the group of its texts and itself, shown by its name.
    Code(&'static str, &'static str),
}

impl Cell {
    /// The cell of a column of this name, with phones and e-mails masked (PTY-05).
    #[must_use]
    pub fn masked(self, column: &str) -> Self {
        match self {
            Cell::Text(text) => Cell::Text(domain::masked_as(column, &text)),
            other => other,
        }
    }
}

impl From<&str> for Cell {
    fn from(text: &str) -> Self {
        if text.is_empty() { Cell::Empty } else { Cell::Text(text.to_owned()) }
    }
}

impl From<&String> for Cell {
    fn from(text: &String) -> Self {
        Cell::from(text.as_str())
    }
}

macro_rules! cell_from {
    ($($type:ty => $variant:ident),+) => {$(
        impl From<$type> for Cell {
            fn from(value: $type) -> Self {
                Cell::$variant(value)
            }
        }
    )+};
}

cell_from!(i64 => Int, bool => Bool, Date => Date, Instant => Instant);

impl<T: Into<Cell>> From<Option<T>> for Cell {
    fn from(value: Option<T>) -> Self {
        value.map_or(Cell::Empty, Into::into)
    }
}

/// A list that can be exported; an import knows the first six.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum List {
    /// Customers with their main contact and address.
    Customers,
    /// Products with their list price.
    Products,
    /// The price book.
    Prices,
    /// What foreign currencies are worth.
    ExchangeRates,
    /// What lies in the warehouses.
    Stock,
    /// Orders, a row for each line.
    Orders,
    /// Delivery notes, a row for each line.
    Shipments,
    /// Invoices, a row for each line.
    Invoices,
    /// Payments.
    Payments,
}

impl List {
    /// Every list.
    pub const ALL: [Self; 9] = [
        Self::Customers,
        Self::Products,
        Self::Prices,
        Self::ExchangeRates,
        Self::Stock,
        Self::Orders,
        Self::Shipments,
        Self::Invoices,
        Self::Payments,
    ];

    /// Its word in addresses and commands.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Customers => "customers",
            Self::Products => "products",
            Self::Prices => "prices",
            Self::ExchangeRates => "exchange_rates",
            Self::Stock => "stock",
            Self::Orders => "orders",
            Self::Shipments => "shipments",
            Self::Invoices => "invoices",
            Self::Payments => "payments",
        }
    }

    /// The list of this word.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|list| list.as_str() == word)
    }

    /// The permission to see it.
    pub const fn may(self) -> Act {
        match self {
            Self::Customers => Act::ViewCustomer,
            Self::Products => Act::ViewProduct,
            Self::Prices | Self::ExchangeRates => Act::ViewPrice,
            Self::Stock => Act::ViewStock,
            Self::Orders => Act::ViewOrder,
            Self::Shipments => Act::ViewShipment,
            Self::Invoices => Act::ViewInvoice,
            Self::Payments => Act::ViewPayment,
        }
    }

    /// The keys of its columns; a header is the text `export.<key>`.
    pub fn columns(self) -> &'static [&'static str] {
        columns::of(self)
    }

    /// The keys of the columns that this reader is shown: costs only with `product.cost`.
    pub fn columns_for(self, by: &Actor) -> &'static [&'static str] {
        let columns = self.columns();
        let hidden = if self == Self::Products && by.may(Act::SeeCost).is_err() { 2 } else { 0 };
        &columns[..columns.len() - hidden]
    }

    /// The headers of the columns that this reader is shown, in the reader's language.
    pub fn headers_for(self, by: &Actor) -> Vec<String> {
        self.columns_for(by).iter().map(|key| domain::text(by.language, &format!("export.{key}"), &[])).collect()
    }

    /// Its headers in a language.
    pub fn headers(self, language: Language) -> Vec<String> {
        self.columns().iter().map(|key| domain::text(language, &format!("export.{key}"), &[])).collect()
    }

    /// Its title in a language.
    pub fn title(self, language: Language) -> String {
        domain::text(language, &format!("export.title.{}", self.as_str()), &[])
    }
}

/// The kind of file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileKind {
    /// Text with commas.
    Csv,
    /// A workbook.
    Xlsx,
}

impl FileKind {
    /// The kind that the end of a file's name says.
    pub fn of_path(path: &Path) -> Option<Self> {
        match path.extension()?.to_str()?.to_ascii_lowercase().as_str() {
            "csv" => Some(Self::Csv),
            "xlsx" => Some(Self::Xlsx),
            _ => None,
        }
    }
}

/// Rows read at once.
const PAGE: i64 = 500;

/// The next keys of a list behind `after`: ids beside 0, or of stock product and warehouse.
///
/// # Errors
/// Any fault of the database.
pub fn keys_after(reader: &Reader<'_>, company: CompanyId, list: List, after: (i64, i64)) -> Result<Vec<(i64, i64)>, Fault> {
    let ids = match list {
        List::Stock => return query::stock_after(reader, company, after, PAGE),
        List::Customers => query::ids_after::<Customer>(reader, company, after.0, PAGE),
        List::Products => query::ids_after::<Product>(reader, company, after.0, PAGE),
        List::Prices => query::ids_after::<Price>(reader, company, after.0, PAGE),
        List::ExchangeRates => query::ids_after::<ExchangeRate>(reader, company, after.0, PAGE),
        List::Orders => query::ids_after::<Order>(reader, company, after.0, PAGE),
        List::Shipments => query::ids_after::<Shipment>(reader, company, after.0, PAGE),
        List::Invoices => query::ids_after::<Invoice>(reader, company, after.0, PAGE),
        List::Payments => query::ids_after::<Payment>(reader, company, after.0, PAGE),
    };
    Ok(ids?.into_iter().map(|id| (id, 0)).collect())
}

/// Writes a whole list to `out` and answers with the number of its rows.
///
/// # Errors
/// `denied`; why the database could not be read or `out` written.
///
/// Source: API-04
pub async fn to_file<W>(app: &App, by: &Actor, list: List, kind: FileKind, out: W) -> Result<usize, Failure>
where
    W: Write + Seek + Send + 'static,
{
    by.may(Act::RunExport).map_err(Failure::Refused)?;
    by.may(list.may()).map_err(Failure::Refused)?;
    let ending = if kind == FileKind::Csv { "csv" } else { "xlsx" };
    app.command(by, None, move |work, by| crate::event::exported(work, by, list.as_str(), ending)).await?;
    let (reading, language, now) = (by.clone(), by.language, app.store.now());
    let broken = |error: std::io::Error| Fault::Broken(error.to_string());
    let written = app.store.read(move |reader| match kind {
        FileKind::Csv => {
            let mut lines = Lines::begin(out, list.headers_for(&reading), language).map_err(broken)?;
            let count = each_row(reader, &reading, (list, now), |row| lines.row(row))?;
            lines.finish().map_err(broken)?;
            Ok(count)
        }
        FileKind::Xlsx => {
            let mut book = Book::begin(&list.title(language), list.headers_for(&reading), language).map_err(broken)?;
            let count = each_row(reader, &reading, (list, now), |row| book.row(row))?;
            book.finish(out).map_err(broken)?;
            Ok(count)
        }
    });
    Ok(written.await?)
}

fn each_row(
    reader: &Reader<'_>,
    by: &Actor,
    (list, now): (List, Instant),
    mut take: impl FnMut(Vec<Cell>) -> std::io::Result<()>,
) -> Result<usize, Fault> {
    let (mut after, mut count) = ((i64::MIN, i64::MIN), 0);
    loop {
        let keys = keys_after(reader, by.company_id, list, after)?;
        let Some(last) = keys.last().copied() else { return Ok(count) };
        for row in rows(reader, by, list, &keys, now)? {
            take(row).map_err(|error| Fault::Broken(error.to_string()))?;
            count += 1;
        }
        after = last;
    }
}

/// Rows by their id.
type ById<R> = HashMap<i64, R>;

/// The company, for its day and currency.
fn company_row(reader: &Reader<'_>, company: CompanyId) -> Result<Company, Fault> {
    let found = reader.get::<Company>(company, company)?;
    found.ok_or_else(|| Fault::Broken("the company is gone".to_owned()))
}
