//! Reading what a document says, in one look at the database.

use std::collections::BTreeMap;

use domain::{
    Act, Actor, Company, CompanyId, Customer, CustomerId, Date, DocumentKind, Invoice, InvoiceId, InvoiceLine, Language, Letterhead, Order,
    OrderId, OrderLine, Quotation, QuotationId, QuotationLine, Refusal, Shipment, ShipmentId, ShipmentLine, UserId, Warehouse,
    check_quotation, template_code,
};
use serde_json::Value;
use store::query::{attachment, document, order};
use store::{Fault, Reader};
use typeset::data::{self, About, Entry, OrderFacts, Statement};

/// What a document is made of.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Subject {
    Order(OrderId),
    Quotation(QuotationId),
    Shipment(ShipmentId),
    Invoice(InvoiceId),
    /// Over these days, both included.
    Customer(CustomerId, (Date, Date)),
}

/// Everything a document is set from.
pub(crate) struct Gathered {
    pub(crate) kind: DocumentKind,
    pub(crate) language: Language,
    pub(crate) subject_id: i64,
    pub(crate) data: Value,
    pub(crate) pictures: BTreeMap<String, Vec<u8>>,
    /// The company's own template.
    pub(crate) template: Option<String>,
    /// Its version; 0 without.
    pub(crate) template_no: i64,
}

impl Gathered {
    /// With phones and e-mails of customers' people masked where the caller may not see them; the company's own stay.
    pub(crate) fn shown_to(mut self, by: &Actor) -> Self {
        if by.may(Act::SeePersonalData).is_err() {
            let members = self.data.as_object_mut().into_iter().flatten();
            members.filter(|(name, _)| *name != "company").for_each(|(_, value)| domain::mask(value));
        }
        self
    }
}

/// Reads what a document of this kind says about the subject; refuses what cannot be made of it.
pub(crate) fn gather(
    reader: &Reader<'_>,
    company: CompanyId,
    subject: Subject,
    kind: DocumentKind,
    language: Option<Language>,
    day: Date,
) -> Result<Result<Gathered, Refusal>, Fault> {
    if let Subject::Order(id) = subject
        && let Some(order) = reader.get::<Order>(company, id)?
    {
        let lines: Vec<OrderLine> = reader.all(company, "AND order_id = ?2 ORDER BY line_no", &[id.raw().into()])?;
        if let Err(refused) = kind.check_order(&order, &lines) {
            return Ok(Err(refused.into()));
        }
    }
    if let Subject::Quotation(id) = subject
        && let Some(quotation) = reader.get::<Quotation>(company, id)?
        && let Err(refused) = check_quotation(&quotation)
    {
        return Ok(Err(refused.into()));
    }
    gather_any(reader, company, subject, kind, language, day)
}

/// Reads what a document of this kind says about the subject, whether or not it may be made of it.
pub(crate) fn gather_any(
    reader: &Reader<'_>,
    company: CompanyId,
    subject: Subject,
    kind: DocumentKind,
    language: Option<Language>,
    day: Date,
) -> Result<Result<Gathered, Refusal>, Fault> {
    let missing = || Ok(Err(Refusal::not_found(kind.subject().as_str())));
    let Some(settings) = reader.get::<Company>(company, company)? else { return missing() };
    let Some(found) = found(reader, company, subject)? else { return missing() };
    let letterhead = document::letterhead(reader, company)?;
    let language = language.unwrap_or(found.customer.language);
    let about = About { kind, language, made_on: day, company: &settings, letterhead: &letterhead, customer: &found.customer };
    let data = data_of(reader, company, subject, &about, &found)?;
    let own = document::template(reader, company, &template_code(kind, language))?.filter(|own| !own.body.is_empty());
    Ok(Ok(Gathered {
        kind,
        language,
        subject_id: subject.raw(),
        data,
        pictures: pictures(reader, company, &letterhead)?,
        template_no: own.as_ref().map_or(0, |own| own.version.raw()),
        template: own.map(|own| own.body),
    }))
}

struct Found {
    customer: Customer,
    of: Option<OfOrder>,
    shipment: Option<(Shipment, Vec<ShipmentLine>)>,
    invoice: Option<(Invoice, Vec<InvoiceLine>)>,
    quotation: Option<Quotation>,
}

struct OfOrder {
    order: Order,
    lines: Vec<OrderLine>,
    warehouse: Option<Warehouse>,
    names: BTreeMap<UserId, String>,
}

fn found(reader: &Reader<'_>, company: CompanyId, subject: Subject) -> Result<Option<Found>, Fault> {
    let (mut shipment, mut invoice) = (None, None);
    let order = match subject {
        Subject::Customer(id, _) => {
            let customer = reader.get::<Customer>(company, id)?;
            return Ok(customer.map(|customer| Found { customer, of: None, shipment, invoice, quotation: None }));
        }
        Subject::Order(id) => id,
        Subject::Quotation(id) => return quoted(reader, company, id),
        Subject::Shipment(id) => {
            let Some(note) = reader.get::<Shipment>(company, id)? else { return Ok(None) };
            let order = note.order_id;
            shipment = Some((note, reader.all(company, "AND shipment_id = ?2 ORDER BY line_no", &[id.raw().into()])?));
            order
        }
        Subject::Invoice(id) => {
            let Some(bill) = reader.get::<Invoice>(company, id)? else { return Ok(None) };
            let order = bill.order_id;
            invoice = Some((bill, reader.all(company, "AND invoice_id = ?2 ORDER BY line_no", &[id.raw().into()])?));
            order
        }
    };
    let Some(head) = reader.get::<Order>(company, order)? else { return Ok(None) };
    let Some(customer) = reader.get::<Customer>(company, head.customer_id)? else { return Ok(None) };
    let of = OfOrder {
        lines: reader.all(company, "AND order_id = ?2 ORDER BY line_no", &[order.raw().into()])?,
        warehouse: reader.get::<Warehouse>(company, head.warehouse_id)?,
        names: order::names(reader, company)?,
        order: head,
    };
    // On paper stands who the customer was when the order was made.
    let customer = Customer { code: of.order.customer_code.clone(), name: of.order.customer_name.clone(), ..customer };
    Ok(Some(Found { customer, of: Some(of), shipment, invoice, quotation: None }))
}

/// A quotation with the order it would be.
fn quoted(reader: &Reader<'_>, company: CompanyId, id: QuotationId) -> Result<Option<Found>, Fault> {
    let Some(quotation) = reader.get::<Quotation>(company, id)? else { return Ok(None) };
    let Some(customer) = reader.get::<Customer>(company, quotation.customer_id)? else { return Ok(None) };
    let Some(seller) = reader.get::<Company>(company, company)? else { return Ok(None) };
    let products = store::query::quotation::products(reader, company, id)?;
    let nobody = app::link::stranger(company, "", "", customer.language);
    let at = (quotation.created_at, quotation.quoted_on);
    let base = Order::draft(OrderId::NONE, &customer, &seller, quotation.warehouse_id, &nobody, at);
    let head = Order { number: quotation.number.clone(), entered_by: quotation.created_by, ..quotation.as_order(base) };
    let line =
        |line: &QuotationLine| products.iter().find(|product| product.id == line.product_id).map(|product| line.as_order_line(product));
    let of = OfOrder {
        lines: store::query::quotation::lines(reader, company, id)?.iter().filter_map(line).collect(),
        warehouse: reader.get::<Warehouse>(company, head.warehouse_id)?,
        names: order::names(reader, company)?,
        order: head,
    };
    let customer = Customer { code: quotation.customer_code.clone(), name: quotation.customer_name.clone(), ..customer };
    Ok(Some(Found { customer, of: Some(of), shipment: None, invoice: None, quotation: Some(quotation) }))
}

fn data_of(reader: &Reader<'_>, company: CompanyId, subject: Subject, about: &About<'_>, found: &Found) -> Result<Value, Fault> {
    if let Subject::Customer(id, period) = subject {
        return Ok(data::statement(about, &account(reader, company, id, about, period)?));
    }
    let Some(of) = &found.of else { return Ok(Value::Null) };
    let facts = OrderFacts { order: &of.order, lines: &of.lines, warehouse: of.warehouse.as_ref(), names: &of.names };
    if let Some(quotation) = &found.quotation {
        return Ok(data::quotation(about, &facts, quotation));
    }
    Ok(match (&found.shipment, &found.invoice) {
        (Some((note, lines)), _) => data::shipment(about, &facts, note, lines),
        (_, Some((bill, lines))) => data::invoice(about, &facts, bill, lines),
        _ => data::order(about, &facts),
    })
}

fn account(
    reader: &Reader<'_>,
    company: CompanyId,
    id: CustomerId,
    about: &About<'_>,
    (from, to): (Date, Date),
) -> Result<Statement, Fault> {
    let currency = about.customer.currency;
    let found = document::account(reader, company, id, currency, (from, to))?;
    let entry = |is_payment| {
        move |one: document::AccountEntry| Entry {
            on: one.on,
            is_payment,
            number: one.number,
            order: one.order,
            due_on: one.due_on,
            amount: one.amount,
        }
    };
    let mut entries: Vec<Entry> = found.invoices.into_iter().map(entry(false)).chain(found.payments.into_iter().map(entry(true))).collect();
    // Of one day, invoices come first.
    entries.sort_by_key(|entry| entry.on);
    Ok(Statement { from, to, currency, opening: found.charged_before - found.paid_before, entries })
}

/// The pictures of the letterhead, by the names templates know them by.
pub(crate) fn pictures(reader: &Reader<'_>, company: CompanyId, letterhead: &Letterhead) -> Result<BTreeMap<String, Vec<u8>>, Fault> {
    let mut pictures = BTreeMap::new();
    for (name, sha256) in [(data::LOGO, &letterhead.logo_sha256), (data::SEAL, &letterhead.seal_sha256)] {
        if !sha256.is_empty()
            && let Some(bytes) = attachment::content(reader, company, sha256)?
        {
            pictures.insert(name.to_owned(), bytes);
        }
    }
    Ok(pictures)
}
