//! Reading sales orders: views, lists, the page of one order.

mod find;
mod list;
mod page;
#[cfg(test)]
mod tests;
mod view;
mod way;

pub use list::{Filter, Listed, SORTS, Summary, TIES, list, summary};
pub use page::{InvoiceWithLines, Page, ShipmentWithLines, exists, id_of, lines, names, next_roles, page, rules, timeline};
pub use view::{VIEWS, View, counts, tally};
pub(crate) use way::of_user;
