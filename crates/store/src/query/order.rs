//! Reading sales orders: views, lists, the page of one order.

mod list;
mod page;
mod view;

pub use list::{Filter, Listed, SORTS, Summary, TIES, list, summary};
pub use page::{Page, ShipmentWithLines, InvoiceWithLines, id_of, page, timeline};
pub use view::{VIEWS, View, counts, tally};
