//! What an import compares with: many rows by their natural keys, a statement for some hundred of them.

use std::collections::HashMap;

use domain::{CompanyId, Customer, Product, WarehouseId};

use crate::cell::Cell;
use crate::fault::Fault;
use crate::key::{Key, RawKey};
use crate::read::{Param, Reader, columns, read};
use crate::row::{Row, SetOf};
use crate::rows::{Import, Mapping};

/// Keys in one statement.
const CHUNK: usize = 200;

/// The rows that these owners have.
///
/// # Errors
/// Any fault of the database.
pub fn of<S: SetOf>(reader: &Reader<'_>, company: CompanyId, owners: &[S::Owner]) -> Result<Vec<S::Row>, Fault> {
    let keys: Vec<RawKey> = owners.iter().map(Key::raw).collect();
    let set = &S::Row::table().sets[S::INDEX];
    let only = if set.only.is_empty() { String::new() } else { format!(" AND {}", set.only) };
    by_keys(reader, company, set.owner, &only, &keys)
}

/// The rows with these keys; those that do not exist are left out.
///
/// # Errors
/// Any fault of the database.
pub fn rows<R: Row>(reader: &Reader<'_>, company: CompanyId, keys: &[R::Key]) -> Result<Vec<R>, Fault> {
    let table = R::table();
    let names: Vec<&str> = table.columns[..table.key_len].iter().map(|column| column.name).collect();
    let keys: Vec<RawKey> = keys.iter().map(Key::raw).collect();
    by_keys(reader, company, &names, "", &keys)
}

fn by_keys<R: Row>(reader: &Reader<'_>, company: CompanyId, names: &[&str], only: &str, keys: &[RawKey]) -> Result<Vec<R>, Fault> {
    let table = R::table();
    let key_columns: Vec<&str> = table.columns[..table.key_len].iter().map(|column| column.name).collect();
    let mut found = Vec::new();
    for chunk in keys.chunks(CHUNK) {
        // Filled up to few lengths, so that statements stay prepared.
        let length = if chunk.len() > 8 { CHUNK } else { 8 };
        let mut params = vec![Param::Int(company.raw())];
        for key in chunk.iter().chain(std::iter::repeat(&chunk[chunk.len() - 1])).take(length) {
            params.extend((0..key.len()).map(|i| match key.cell(i) {
                Cell::Text(text) => Param::Text(text.to_owned()),
                Cell::Int(value) => Param::Int(value),
                _ => Param::Int(0),
            }));
        }
        let text = format!(
            "SELECT {} FROM {} t WHERE t.company_id = ?1{only} AND {} ORDER BY {}",
            columns::<R>("t"),
            table.name,
            among(names, length),
            key_columns.iter().map(|name| format!("t.{name}")).collect::<Vec<_>>().join(", "),
        );
        found.extend(reader.rows(&text, &params, |source| R::read(source))?);
    }
    Ok(found)
}

fn among(names: &[&str], length: usize) -> String {
    let place = |at: usize| format!("?{}", at + 2);
    if let [name] = names {
        let places: Vec<String> = (0..length).map(place).collect();
        return format!("t.{name} IN ({})", places.join(", "));
    }
    let one = |at: usize| {
        let parts: Vec<String> = names.iter().enumerate().map(|(i, name)| format!("t.{name} = {}", place(at * names.len() + i))).collect();
        format!("({})", parts.join(" AND "))
    };
    format!("({})", (0..length).map(one).collect::<Vec<_>>().join(" OR "))
}

/// The codes of customers by their names; several may have one name.
///
/// # Errors
/// Any fault of the database.
pub fn customer_names(reader: &Reader<'_>, company: CompanyId, names: &[String]) -> Result<HashMap<String, Vec<String>>, Fault> {
    codes_by_name::<Customer>(reader, company, names)
}

/// The codes of products by their names; several may have one name.
///
/// # Errors
/// Any fault of the database.
pub fn product_names(reader: &Reader<'_>, company: CompanyId, names: &[String]) -> Result<HashMap<String, Vec<String>>, Fault> {
    codes_by_name::<Product>(reader, company, names)
}

fn codes_by_name<R: Row>(reader: &Reader<'_>, company: CompanyId, names: &[String]) -> Result<HashMap<String, Vec<String>>, Fault> {
    let mut found: HashMap<String, Vec<String>> = HashMap::new();
    for chunk in names.chunks(CHUNK) {
        let mut params = vec![Param::Int(company.raw())];
        params.extend(chunk.iter().map(|name| Param::from(name.as_str())));
        let text = format!(
            "SELECT t.name, t.code FROM {} t WHERE t.company_id = ?1 AND {} ORDER BY t.code",
            R::table().name,
            among(&["name"], chunk.len())
        );
        for (name, code) in reader.rows(&text, &params, |source| Ok((read(source, 0)?, read(source, 1)?)))? {
            found.entry(name).or_default().push(code);
        }
    }
    Ok(found)
}

/// The warehouse taken where none is named: the first active one by code.
///
/// # Errors
/// Any fault of the database.
pub fn main_warehouse(reader: &Reader<'_>, company: CompanyId) -> Result<Option<WarehouseId>, Fault> {
    let text = "SELECT id FROM warehouses WHERE company_id = ?1 AND active = 1 ORDER BY code LIMIT 1";
    reader.one(text, &[company.raw().into()], |source| read(source, 0))
}

/// The kept mappings, by name.
///
/// # Errors
/// Any fault of the database.
pub fn mappings(reader: &Reader<'_>, company: CompanyId) -> Result<Vec<Mapping>, Fault> {
    reader.all(company, "ORDER BY name", &[])
}

/// The latest imports, newest first.
///
/// # Errors
/// Any fault of the database.
pub fn latest(reader: &Reader<'_>, company: CompanyId, limit: i64) -> Result<Vec<Import>, Fault> {
    reader.all(company, "ORDER BY id DESC LIMIT ?2", &[limit.into()])
}

/// The imports of a company that are marked as running.
///
/// # Errors
/// Any fault of the database.
pub fn running(reader: &Reader<'_>, company: CompanyId) -> Result<Vec<Import>, Fault> {
    reader.all(company, "AND state = 'running' ORDER BY id", &[])
}

/// The next ids of a table, in their order.
///
/// # Errors
/// Any fault of the database.
pub fn ids_after<R: Row>(reader: &Reader<'_>, company: CompanyId, after: i64, limit: i64) -> Result<Vec<i64>, Fault> {
    let text = format!("SELECT id FROM {} WHERE company_id = ?1 AND id > ?2 ORDER BY id LIMIT ?3", R::table().name);
    reader.rows(&text, &[company.raw().into(), after.into(), limit.into()], |source| read(source, 0))
}

/// The next keys of stock, product and warehouse, in their order.
///
/// # Errors
/// Any fault of the database.
pub fn stock_after(reader: &Reader<'_>, company: CompanyId, after: (i64, i64), limit: i64) -> Result<Vec<(i64, i64)>, Fault> {
    let text = "SELECT product_id, warehouse_id FROM stock WHERE company_id = ?1 AND (product_id > ?2 OR (product_id = ?2 AND warehouse_id > ?3)) \
        ORDER BY product_id, warehouse_id LIMIT ?4";
    let params = [company.raw().into(), after.0.into(), after.1.into(), limit.into()];
    reader.rows(text, &params, |source| Ok((read(source, 0)?, read(source, 1)?)))
}
