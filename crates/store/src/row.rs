//! What the unit of work knows of a table: declared once, by name, in `rows.rs`.

use std::fmt::Debug;

use domain::Version;

use crate::cell::{Cell, Column, Kind, Source};
use crate::fault::Fault;
use crate::key::{Key, RawKey};

/// A column of a table.
#[derive(Clone, Copy, Debug)]
pub struct ColumnDef {
    /// Its name, in the struct and in SQL.
    pub name: &'static str,
    /// Its SQL type.
    pub kind: Kind,
}

/// How rows of a table change.
#[derive(Clone, Copy, Debug)]
pub enum Mode {
    /// Replaced as a whole; carries a version and is written only if unchanged.
    Versioned,
    /// Replaced as a whole, guarded by the version of the row that owns it.
    Owned,
    /// Its counters are added to under a guard; nothing else changes.
    Counted {
        /// The columns that count, after the key.
        counters: &'static [&'static str],
        /// Holds after every change (SQL over the new values).
        guard: &'static str,
        /// Holds after a change that claims (SQL over the new values); empty: none.
        claim: &'static str,
    },
    /// Only ever added to.
    Append,
    /// Only read: the database derives it from other rows.
    View,
}

/// A set of rows that an owner has, as SQL.
#[derive(Clone, Copy, Debug)]
pub struct SetSql {
    /// The columns that name the owner.
    pub owner: &'static [&'static str],
    /// The condition of belonging beside the owner; empty: none.
    pub only: &'static str,
}

/// A table, as both engines need to know it.
#[derive(Debug)]
pub struct TableDef {
    /// Its place in the list of tables; parents come before children.
    pub index: usize,
    /// Its name in SQL.
    pub name: &'static str,
    /// The noun in messages and codes.
    pub noun: &'static str,
    /// All columns but `company_id`; the key's come first.
    pub columns: Vec<ColumnDef>,
    /// How many columns the key has.
    pub key_len: usize,
    /// How rows change.
    pub mode: Mode,
    /// Its sets.
    pub sets: Vec<SetSql>,
}

impl TableDef {
    /// The place of the version column.
    pub fn version_column(&self) -> Option<usize> {
        matches!(self.mode, Mode::Versioned).then(|| self.columns.iter().position(|c| c.name == "version")).flatten()
    }
}

/// A row of a table.
pub trait Row: Clone + Debug + Send + Sync + 'static {
    /// Its key without the company.
    type Key: Key;
    /// Its table.
    fn table() -> &'static TableDef;
    /// Its key.
    fn key(&self) -> Self::Key;
    /// Column `i`.
    fn cell(&self, i: usize) -> Cell<'_>;
    /// Reads all columns in their order.
    ///
    /// # Errors
    /// `Broken` where a stored value has no meaning.
    fn read(source: &dyn Source) -> Result<Self, Fault>;
    /// Who owns it in set `i`; `None`: not in that set.
    fn owner(&self, set: usize) -> Option<RawKey>;
    /// Its version, where it has one.
    fn version(&self) -> Option<Version> {
        None
    }
    /// Sets the version.
    fn set_version(&mut self, _version: Version) {}
    /// Adds to counter `i`; false on overflow.
    fn count(&mut self, _counter: usize, _delta: i64) -> bool {
        false
    }
    /// Whether the guard holds.
    fn guard(&self) -> bool {
        true
    }
    /// Whether the guard of a claim holds.
    fn claim(&self) -> bool {
        true
    }
    /// What it counts for on dashboards: names with an amount.
    fn tally(&self, _add: &mut dyn FnMut(&'static str, i64)) {}
}

/// A row whose type is forgotten, for the engines.
pub trait AnyRow {
    /// Column `i`.
    fn any_cell(&self, i: usize) -> Cell<'_>;
}

impl<R: Row> AnyRow for R {
    fn any_cell(&self, i: usize) -> Cell<'_> {
        self.cell(i)
    }
}

/// The rows of one table that one owner has.
pub trait SetOf {
    /// The rows.
    type Row: Row;
    /// The owner.
    type Owner: Key;
    /// The place among the row's sets.
    const INDEX: usize;
}

/// The SQL type of the column behind a field.
pub fn kind_of<R, C: Column>(_field: fn(&R) -> &C) -> Kind {
    C::KIND
}

/// Maps a struct of the domain to a table, by field names.
///
/// `row! { Order in "orders" as "order" { key [id: OrderId] versioned [number, …] sets { … } } }`
#[macro_export]
macro_rules! row {
    ($row:ident in $table:literal as $noun:literal {
        key [$($key:ident: $key_type:ty),+]
        $mode:ident $([$($counter:ident),*] guard $guard:literal => $guard_fn:expr, claim $claim:literal => $claim_fn:expr;)?
        columns [$($column:ident),* $(,)?]
        $(tally $tally:expr;)?
        sets { $($set:ident ($($owner:ident: $owner_type:ty),+) $(only $only:literal => $only_fn:expr)? ;)* }
    }) => {
        $(
            #[doc = concat!("Rows of `", $table, "` by `", stringify!($($owner),+), "`.")]
            #[derive(Clone, Copy, Debug)]
            pub struct $set;
        )*
        const _: () = {
            use $crate::cell::{Cell, Column, Source};
            use $crate::fault::Fault;
            #[allow(unused_imports)]
            use $crate::key::{Key, RawKey};
            #[allow(unused_imports)]
            use $crate::row::{ColumnDef, Mode, Row, SetOf, SetSql, TableDef, kind_of};

            #[allow(dead_code, non_camel_case_types, clippy::upper_case_acronyms)]
            enum Place { $($key,)+ $($column,)* }
            #[allow(dead_code, clippy::enum_variant_names)]
            enum SetPlace { $($set),* }
            $(
                impl SetOf for $set {
                    type Row = $row;
                    #[allow(unused_parens)]
                    type Owner = ($($owner_type),+);
                    const INDEX: usize = SetPlace::$set as usize;
                }
            )*

            static TABLE: std::sync::LazyLock<TableDef> = std::sync::LazyLock::new(|| TableDef {
                index: $crate::rows::Table::$row as usize,
                name: $table,
                noun: $noun,
                columns: vec![
                    $(ColumnDef { name: stringify!($key), kind: kind_of(|r: &$row| &r.$key) },)+
                    $(ColumnDef { name: stringify!($column), kind: kind_of(|r: &$row| &r.$column) },)*
                ],
                key_len: [$(stringify!($key)),+].len(),
                mode: row!(@mode $mode $([$($counter),*] $guard, $claim)?),
                sets: vec![$(SetSql { owner: &[$(stringify!($owner)),+], only: concat!("", $($only)?) }),*],
            });

            #[allow(unused_parens, unused_variables, clippy::redundant_closure_call)]
            impl Row for $row {
                type Key = ($($key_type),+);
                fn table() -> &'static TableDef {
                    &TABLE
                }
                fn key(&self) -> Self::Key {
                    ($(self.$key.clone()),+)
                }
                fn cell(&self, i: usize) -> Cell<'_> {
                    $(if i == Place::$key as usize { return Column::cell(&self.$key); })+
                    match i {
                        $(i if i == Place::$column as usize => Column::cell(&self.$column),)*
                        _ => Cell::Null,
                    }
                }
                fn read(source: &dyn Source) -> Result<Self, Fault> {
                    Ok($row {
                        $($key: Column::read(source, Place::$key as usize)?,)+
                        $($column: Column::read(source, Place::$column as usize)?,)*
                    })
                }
                fn owner(&self, set: usize) -> Option<RawKey> {
                    $(if set == SetPlace::$set as usize {
                        $(if !($only_fn)(self) { return None; })?
                        return Some(Key::raw(&($(self.$owner.clone()),+)));
                    })*
                    None
                }
                row!(@version $mode);
                $(
                    fn count(&mut self, counter: usize, delta: i64) -> bool {
                        #[allow(non_camel_case_types)]
                        enum Counter { $($counter),* }
                        $(if counter == Counter::$counter as usize {
                            let Cell::Int(now) = Column::cell(&self.$counter) else { return false };
                            let Some(sum) = now.checked_add(delta) else { return false };
                            self.$counter = row!(@from_int sum);
                            return true;
                        })*
                        false
                    }
                    fn guard(&self) -> bool {
                        ($guard_fn)(self)
                    }
                    fn claim(&self) -> bool {
                        ($claim_fn)(self)
                    }
                )?
                $(
                    fn tally(&self, add: &mut dyn FnMut(&'static str, i64)) {
                        ($tally)(self, add)
                    }
                )?
            }
        };
    };
    (@mode versioned) => { Mode::Versioned };
    (@mode owned) => { Mode::Owned };
    (@mode append) => { Mode::Append };
    (@mode view) => { Mode::View };
    (@mode counted [$($counter:ident),*] $guard:literal, $claim:literal) => {
        Mode::Counted { counters: &[$(stringify!($counter)),*], guard: $guard, claim: $claim }
    };
    (@version versioned) => {
        fn version(&self) -> Option<domain::Version> {
            Some(self.version)
        }
        fn set_version(&mut self, version: domain::Version) {
            self.version = version;
        }
    };
    (@version $other:ident) => {};
    (@from_int $sum:ident) => { $crate::row::FromInt::from_int($sum) };
}

/// A counter's value from the integer it is stored as.
pub trait FromInt {
    /// The value.
    fn from_int(raw: i64) -> Self;
}

impl FromInt for domain::Money {
    fn from_int(raw: i64) -> Self {
        domain::Money::from_minor(raw)
    }
}

impl FromInt for domain::Quantity {
    fn from_int(raw: i64) -> Self {
        domain::Quantity::from_micro(raw)
    }
}

impl FromInt for domain::CustomerId {
    fn from_int(raw: i64) -> Self {
        domain::CustomerId::from_raw(raw)
    }
}

impl FromInt for i64 {
    fn from_int(raw: i64) -> Self {
        raw
    }
}
