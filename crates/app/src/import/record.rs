//! What was read: records with typed values, and where each stands.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use domain::{Conversion, Currency, Date, Quantity, Rate, Reason, UnitPrice};

use super::bind::Bound;
use super::field::{Noun, Takes};
use super::mapping::Arrival;
use super::sheet::{Place, Problem, Sheet};
use super::value::Value;

/// A row that was read.
#[derive(Clone, Debug, PartialEq)]
pub struct Record {
    /// Place among the bound sources.
    pub bound: usize,
    /// Row, counted from 0.
    pub row: usize,
    /// Values by place of the field; `None` where the cell is empty or the mapping has no such field.
    pub values: Vec<Option<Value>>,
}

macro_rules! readers {
    ($($name:ident: $variant:ident($type:ty);)+) => {$(
        #[doc = concat!("The value of a field that takes `", stringify!($variant), "`.")]
        pub fn $name(&self, field: usize) -> Option<$type> {
            match self.values.get(field)? {
                Some(Value::$variant(value)) => Some(*value),
                _ => None,
            }
        }
    )+};
}

impl Record {
    readers! {
        unit_price: UnitPrice(UnitPrice);
        conversion: Conversion(Conversion);
        quantity: Quantity(Quantity);
        rate: Rate(Rate);
        date: Date(Date);
        int: Int(i64);
        truth: Bool(bool);
        code: Code(&'static str);
    }

    /// The text of a field.
    pub fn text(&self, field: usize) -> Option<&str> {
        match self.values.get(field)? {
            Some(Value::Text(text) | Value::Decimal(text)) => Some(text),
            _ => None,
        }
    }

    /// Whether nothing is in it.
    pub fn is_empty(&self) -> bool {
        self.values.iter().all(Option::is_none)
    }
}

/// An order as its rows tell it.
#[derive(Clone, Debug, PartialEq)]
pub struct OrderRecord {
    /// What joins head and lines.
    pub key: String,
    /// The head.
    pub head: Record,
    /// The lines, in the order of their rows.
    pub lines: Vec<Record>,
}

/// Everything that was read.
#[derive(Clone, Debug, Default)]
pub struct Batch {
    /// The sheets.
    pub sheets: Arc<Vec<Sheet>>,
    /// Sources and their sheets.
    pub bound: Vec<Bound>,
    /// How orders come in.
    pub arrival: Arrival,
    /// Of amounts, where rows do not say.
    pub currency: Option<Currency>,
    /// Customers, products, prices, stock.
    pub masters: HashMap<Noun, Vec<Record>>,
    /// Orders.
    pub orders: Vec<OrderRecord>,
    /// Rows that were read.
    pub rows: usize,
    /// What could not be read.
    pub problems: Vec<Problem>,
    /// Records something of which could not be read: bound source and row.
    pub flawed: HashSet<(usize, usize)>,
}

impl Batch {
    /// Records of a master.
    pub fn of(&self, noun: Noun) -> &[Record] {
        self.masters.get(&noun).map_or(&[], Vec::as_slice)
    }

    /// Whether something of the record could not be read, or is missing.
    pub fn is_flawed(&self, record: &Record) -> bool {
        self.flawed.contains(&(record.bound, record.row))
    }

    /// Every record that has a field of this kind, with the place of the field.
    pub fn fields_of(&self, takes: fn(&Takes) -> bool) -> impl Iterator<Item = (&Record, usize)> {
        let orders = self.orders.iter().flat_map(|order| std::iter::once(&order.head).chain(&order.lines));
        self.masters.values().flatten().chain(orders).flat_map(move |record| {
            let fields = self.bound[record.bound].noun.fields();
            fields.iter().enumerate().filter(move |(_, field)| takes(&field.takes)).map(move |(place, _)| (record, place))
        })
    }

    /// Whether a reference is by name.
    pub fn is_by_name(&self, record: &Record, field: usize) -> bool {
        self.bound[record.bound].fields[field].as_ref().is_some_and(|rule| rule.rule.by_name)
    }

    /// Whether the mapping has this field.
    pub fn has_field(&self, record: &Record, field: usize) -> bool {
        self.bound[record.bound].fields[field].is_some()
    }

    /// Something that is wrong with a field of a record.
    pub fn problem(&self, record: &Record, field: usize, reason: impl Into<Reason>) -> Problem {
        let bound = &self.bound[record.bound];
        let sheet = &self.sheets[bound.sheet];
        let column = bound.fields[field].as_ref().and_then(|rule| rule.columns.first().copied());
        let name = bound.noun.fields()[field].key;
        match column {
            Some(column) => {
                let problem = Problem::new(Place::cell(sheet, record.row, column), reason);
                let header = sheet.cell(bound.header, column).written();
                problem.found(if header.is_empty() { name } else { header }, sheet.cell(record.row, column).written())
            }
            None => Problem::new(Place::row(sheet, record.row), reason).found(name, ""),
        }
    }

    /// Something that is wrong with a record as a whole.
    pub fn row_problem(&self, record: &Record, reason: impl Into<Reason>) -> Problem {
        Problem::new(Place::row(&self.sheets[self.bound[record.bound].sheet], record.row), reason)
    }
}
