//! What the cases ask about: orders from all over the company, its people and customers.

use domain::{Company, CompanyId, Customer, Date, Instant, Order, OrderId, UserId};
use store::query::import::ids_after;
use store::query::list::Page;
use store::query::{customer, user};
use store::{Fault, Reader};

/// Orders that are looked up and stood behind.
const SAMPLES: i64 = 97;

/// What the cases ask about.
pub struct Ground {
    /// The company.
    pub company: CompanyId,
    /// Today.
    pub today: Date,
    /// Orders, evenly from the first to the last.
    pub samples: Vec<Order>,
    /// Somebody with a twentieth of the orders.
    pub rep: UserId,
    /// Customers.
    pub customers: Vec<Customer>,
}

impl Ground {
    /// Reads it.
    pub fn of(reader: &Reader<'_>, company: CompanyId, now: Instant) -> Result<Self, Fault> {
        let zone = reader.get::<Company>(company, company)?.map_or_else(|| "UTC".to_owned(), |company| company.time_zone);
        let today = now.date_in(&zone).ok_or_else(|| Fault::Broken("the company's time zone is unknown".to_owned()))?;
        let first = ids_after::<Order>(reader, company, 0, 1)?.first().copied().unwrap_or_default();
        let last = Page { sort: customer::SORTS[0], descending: false, after: None, limit: 100 };
        let customers = customer::list(reader, company, &customer::Filter::default(), &last)?.rows;
        let end = greatest(reader, company)?;
        let mut samples = Vec::new();
        for place in 0..SAMPLES {
            // In steps that are no multiple of each other, so that neighbours in the list are not neighbours in the table.
            let at = first + (end - first) / SAMPLES * (place * 31 % SAMPLES);
            for id in ids_after::<Order>(reader, company, at - 1, 1)? {
                samples.extend(reader.get::<Order>(company, OrderId::from_raw(id))?);
            }
        }
        let rep = user::by_username(reader, company, "rep01")?.map(|user| user.id).unwrap_or_default();
        Ok(Ground { company, today, samples, rep, customers: customers.into_iter().map(|file| file.customer).collect() })
    }

    /// An order, another one with each call.
    pub fn order(&self, call: usize) -> &Order {
        &self.samples[call % self.samples.len()]
    }

    /// An order that has a number.
    pub fn numbered(&self, call: usize) -> &Order {
        let from = self.samples.iter().cycle().skip(call % self.samples.len());
        from.take(self.samples.len()).find(|order| !order.number.is_empty()).unwrap_or(&self.samples[0])
    }

    /// A customer, another one with each call.
    pub fn customer(&self, call: usize) -> &Customer {
        &self.customers[call % self.customers.len()]
    }
}

fn greatest(reader: &Reader<'_>, company: CompanyId) -> Result<i64, Fault> {
    use store::query::order::{Filter, SORTS, list};
    let page = Page { sort: SORTS[0], descending: true, after: None, limit: 1 };
    Ok(list(reader, company, &Filter::default(), &page)?.rows.first().map_or(0, |row| row.order.id.raw()))
}
