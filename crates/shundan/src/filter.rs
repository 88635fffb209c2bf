//! `--filter NAME=VALUE`: the filters of the lists, as in the API.

use std::collections::BTreeMap;

use app::export::List;
use domain::{
    Channel, Code, CompanyId, Currency, CustomerId, Date, Finance, Fulfilment, Grade, OrderStatus, ProductKind, SalesCategory, Service,
    Supply,
};
use store::query::list::{Found, Page, Sort};
use store::query::order::VIEWS;
use store::query::{customer, exchange_rate, order, paper, price, product, stock, user, warehouse};
use store::{Fault, Param, Reader};

/// A row's key, as exports take it.
pub type Key = (i64, i64);

/// The names a list can be filtered by.
pub fn names(list: List) -> &'static [&'static str] {
    match list {
        List::Orders => &[
            "q",
            "status",
            "customer",
            "rep",
            "held",
            "late",
            "supply",
            "fulfilment",
            "finance",
            "service",
            "required_from",
            "required_to",
            "ordered_from",
            "ordered_to",
            "view",
        ],
        List::Customers => &["q", "grade", "channel", "category", "verified", "active", "owner"],
        List::Products => &["q", "kind", "category", "active"],
        List::Prices => &["q", "product", "customer", "grade", "category", "channel", "currency"],
        List::ExchangeRates => &["currency", "from", "to"],
        List::Stock => &["q", "product", "warehouse", "low"],
        List::Shipments | List::Payments => &["q", "order", "customer", "status"],
        List::Invoices => &["q", "order", "customer", "status", "due_before"],
    }
}

/// What was typed, by name.
pub struct Filters(BTreeMap<String, String>);

impl Filters {
    /// Reads what was typed.
    ///
    /// # Errors
    /// The first that is not `NAME=VALUE` with a name of the list.
    pub fn parse(list: List, typed: &[String]) -> Result<Self, String> {
        let read = |text: &String| {
            let (name, value) = text.split_once('=').ok_or_else(|| text.clone())?;
            let name = name.trim().replace('-', "_");
            if names(list).contains(&name.as_str()) { Ok((name, value.trim().to_owned())) } else { Err(text.clone()) }
        };
        Ok(Filters(typed.iter().map(read).collect::<Result<_, String>>()?))
    }

    /// Whether anything is filtered.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    fn value(&self, name: &str) -> Option<String> {
        self.0.get(name).cloned()
    }

    fn wrong(&self, name: &str) -> Wrong {
        Wrong::Value(format!("{name}={}", self.0.get(name).map(String::as_str).unwrap_or_default()))
    }

    fn codes<C: Code>(&self, name: &str) -> Result<Vec<C>, Wrong> {
        let list = self.0.get(name).map(String::as_str).unwrap_or_default();
        let words = list.split(',').map(str::trim).filter(|word| !word.is_empty());
        words.map(|word| C::parse(word).ok_or_else(|| self.wrong(name))).collect()
    }

    fn words<C: Code>(&self, name: &str) -> Result<Vec<String>, Wrong> {
        Ok(self.codes::<C>(name)?.into_iter().map(|code| code.as_str().to_owned()).collect())
    }

    fn code<C: Code>(&self, name: &str) -> Result<Option<C>, Wrong> {
        self.0.get(name).map(|code| C::parse(code).ok_or_else(|| self.wrong(name))).transpose()
    }

    fn currency(&self) -> Result<Option<Currency>, Wrong> {
        self.0.get("currency").map(|code| Currency::parse(code).map_err(|_| self.wrong("currency"))).transpose()
    }

    fn date(&self, name: &str) -> Result<Option<Date>, Wrong> {
        self.0.get(name).map(|text| Date::parse(text).map_err(|_| self.wrong(name))).transpose()
    }

    fn yes(&self, name: &str) -> Result<Option<bool>, Wrong> {
        let yes = |text: &String| match text.as_str() {
            "true" | "yes" | "1" => Ok(true),
            "false" | "no" | "0" => Ok(false),
            _ => Err(self.wrong(name)),
        };
        self.0.get(name).map(yes).transpose()
    }

    fn id<T>(&self, name: &str, find: impl FnOnce(&str) -> Result<Option<T>, Fault>) -> Result<Option<T>, Wrong> {
        let Some(text) = self.0.get(name) else { return Ok(None) };
        find(text)?.map(Some).ok_or_else(|| self.wrong(name))
    }
}

/// Why there are no keys.
pub enum Wrong {
    /// `NAME=VALUE` whose value is none the filter takes.
    Value(String),
    /// The database could not be read.
    Fault(Fault),
}

impl From<Fault> for Wrong {
    fn from(fault: Fault) -> Self {
        Wrong::Fault(fault)
    }
}

/// The keys of every row that passes the filters, in the order of the list.
///
/// # Errors
/// A value that the filter does not take; any fault of the database.
pub fn keys(reader: &Reader<'_>, company: CompanyId, list: List, filters: &Filters, today: Date) -> Result<Vec<Key>, Wrong> {
    let at = At { reader, company, filters, today };
    match list {
        List::Orders => at.orders(),
        List::Customers => at.customers(),
        List::Products => at.products(),
        List::Prices => at.prices(),
        List::ExchangeRates => at.exchange_rates(),
        List::Stock => at.stock(),
        List::Shipments | List::Invoices | List::Payments => at.papers(list),
    }
}

struct At<'a> {
    reader: &'a Reader<'a>,
    company: CompanyId,
    filters: &'a Filters,
    today: Date,
}

/// Reads page after page.
fn all<T>(sort: Sort, read: impl Fn(&Page) -> Result<Found<T>, Fault>, key: impl Fn(T) -> Key) -> Result<Vec<Key>, Wrong> {
    let (mut keys, mut after): (Vec<Key>, Option<Vec<Param>>) = (Vec::new(), None);
    loop {
        let found = read(&Page { sort, descending: false, after, limit: 500 })?;
        keys.extend(found.rows.into_iter().map(&key));
        after = found.next;
        if after.is_none() {
            return Ok(keys);
        }
    }
}

impl At<'_> {
    fn customer(&self) -> Result<Option<CustomerId>, Wrong> {
        self.filters.id("customer", |text| customer::id_of(self.reader, self.company, text))
    }

    fn user(&self, name: &str) -> Result<Option<domain::UserId>, Wrong> {
        self.filters.id(name, |text| Ok(user::by_username(self.reader, self.company, text)?.map(|user| user.id)))
    }

    fn orders(&self) -> Result<Vec<Key>, Wrong> {
        let said = self.filters;
        let view = |text: &str| Ok(VIEWS.iter().map(|view| view.name).find(|name| *name == text));
        let filter = order::Filter {
            q: said.value("q"),
            status: said.words::<OrderStatus>("status")?,
            customer: self.customer()?,
            rep: self.user("rep")?,
            mine: None,
            held: said.yes("held")?,
            late_on: said.yes("late")?.unwrap_or(false).then_some(self.today),
            supply: said.words::<Supply>("supply")?,
            fulfilment: said.words::<Fulfilment>("fulfilment")?,
            finance: said.words::<Finance>("finance")?,
            service: said.words::<Service>("service")?,
            required_from: said.date("required_from")?,
            required_to: said.date("required_to")?,
            ordered_from: said.date("ordered_from")?,
            ordered_to: said.date("ordered_to")?,
            view: said.id("view", view)?,
        };
        all(order::SORTS[0], |page| order::list(self.reader, self.company, &filter, page), |row| (row.order.id.raw(), 0))
    }

    fn customers(&self) -> Result<Vec<Key>, Wrong> {
        let said = self.filters;
        let filter = customer::Filter {
            q: said.value("q"),
            grades: said.codes::<Grade>("grade")?,
            channels: said.codes::<Channel>("channel")?,
            categories: said.codes::<SalesCategory>("category")?,
            verified: said.yes("verified")?,
            active: said.yes("active")?,
            owner: self.user("owner")?,
        };
        all(customer::SORTS[0], |page| customer::list(self.reader, self.company, &filter, page), |row| (row.customer.id.raw(), 0))
    }

    fn products(&self) -> Result<Vec<Key>, Wrong> {
        let said = self.filters;
        let kinds = said.codes::<ProductKind>("kind")?;
        let filter = product::Filter { q: said.value("q"), kinds, category: said.value("category"), active: said.yes("active")? };
        let read = |page: &Page| product::list(self.reader, self.company, &filter, self.today, page);
        all(product::SORTS[0], read, |row| (row.product.id.raw(), 0))
    }

    fn prices(&self) -> Result<Vec<Key>, Wrong> {
        let product = self.filters.id("product", |text| product::id_of(self.reader, self.company, text))?;
        let said = self.filters;
        let filter = price::Filter {
            q: said.value("q"),
            product,
            customer: self.customer()?,
            grade: said.code::<Grade>("grade")?,
            category: said.code::<SalesCategory>("category")?,
            channel: said.code::<Channel>("channel")?,
            currency: said.currency()?,
            everybody: false,
        };
        all(price::SORTS[0], |page| price::list(self.reader, self.company, &filter, page), |row| (row.price.id.raw(), 0))
    }

    fn exchange_rates(&self) -> Result<Vec<Key>, Wrong> {
        let said = self.filters;
        let filter = exchange_rate::Filter { currency: said.currency()?, from: said.date("from")?, to: said.date("to")? };
        let read = |page: &Page| exchange_rate::list(self.reader, self.company, &filter, page);
        all(exchange_rate::SORTS[0], read, |rate| (rate.id.raw(), 0))
    }

    fn stock(&self) -> Result<Vec<Key>, Wrong> {
        let said = self.filters;
        let product = said.id("product", |text| product::id_of(self.reader, self.company, text))?;
        let warehouse = said.id("warehouse", |text| warehouse::id_of(self.reader, self.company, text))?;
        let filter = stock::Filter { q: said.value("q"), product, warehouse, low: said.yes("low")?.unwrap_or(false) };
        let key = |row: stock::Listed| (row.stock.product_id.raw(), row.stock.warehouse_id.raw());
        all(stock::SORTS[0], |page| stock::list(self.reader, self.company, &filter, page), key)
    }

    fn papers(&self, list: List) -> Result<Vec<Key>, Wrong> {
        let said = self.filters;
        let order = said.id("order", |text| order::id_of(self.reader, self.company, text))?;
        let status = said.value("status").unwrap_or_default();
        let status = status.split(',').filter(|word| !word.is_empty()).map(str::to_owned).collect();
        let filter = paper::Filter { q: said.value("q"), order, customer: self.customer()?, status, due_before: said.date("due_before")? };
        let (reader, company) = (self.reader, self.company);
        match list {
            List::Shipments => {
                all(paper::SHIPMENT_SORTS[0], |page| paper::shipments(reader, company, &filter, page), |row| (row.paper.id.raw(), 0))
            }
            List::Invoices => {
                all(paper::INVOICE_SORTS[0], |page| paper::invoices(reader, company, &filter, page), |row| (row.paper.id.raw(), 0))
            }
            _ => all(paper::PAYMENT_SORTS[0], |page| paper::payments(reader, company, &filter, page), |row| (row.paper.id.raw(), 0)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn filters_are_names_of_the_list_with_values() {
        let parse = |text: &str| Filters::parse(List::Orders, &[text.to_owned()]).err();
        assert_eq!(parse("status=draft,submitted"), None);
        assert_eq!(parse("required-from=2026-01-01"), None);
        assert_eq!(parse("grade=A"), Some("grade=A".to_owned()));
        assert_eq!(parse("draft"), Some("draft".to_owned()));
    }
}
