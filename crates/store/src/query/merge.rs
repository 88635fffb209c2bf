//! What is kept under a customer, to be put under the one it is merged into (PTY-03).

use domain::{
    ChangeId, CompanyId, ConsentId, ContractId, CreditReleaseId, Customer, CustomerId, CustomerMerge, DocumentId, InquiryId,
    IntakePhraseId, MessageId, OrderId, PortalUserId, ProductId, PromotionId, QuotationId, RebateId,
};

use crate::fault::Fault;
use crate::read::{Param, Reader, read};

/// A bounded number of what is kept under a customer. Deliveries, invoices, payments and follow-ups go with their order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Papers {
    /// Orders, those that are open first.
    pub orders: Vec<OrderId>,
    /// Versions of quotations.
    pub quotations: Vec<QuotationId>,
    /// Changes of orders.
    pub changes: Vec<ChangeId>,
    /// What the customer asked for before there was an order.
    pub inquiries: Vec<InquiryId>,
    /// What its people agreed to.
    pub consents: Vec<ConsentId>,
    /// Contracts.
    pub contracts: Vec<ContractId>,
    /// Documents that were made.
    pub documents: Vec<DocumentId>,
    /// Credit that was released.
    pub releases: Vec<CreditReleaseId>,
    /// People who may sign in at the portal.
    pub portal_users: Vec<PortalUserId>,
    /// What was said at the portal.
    pub messages: Vec<MessageId>,
    /// Words that were learned.
    pub phrases: Vec<IntakePhraseId>,
    /// Customers that order through it as an agent, and itself where it orders through one.
    pub agent_customers: Vec<CustomerId>,
    /// Orders that keep it as their agent.
    pub agent_orders: Vec<OrderId>,
    /// Promotions for this customer alone.
    pub promotions: Vec<PromotionId>,
    /// Agreements on rebates.
    pub rebates: Vec<RebateId>,
    /// Promotions that orders of the customer are counted of.
    pub promotion_uses: Vec<PromotionId>,
    /// Products with prices of the customer, where the other file has none.
    pub priced: Vec<ProductId>,
    /// Products that were bought.
    pub bought: Vec<ProductId>,
}

impl Papers {
    /// Whether there is nothing.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// How much is kept under a customer, by the name of what it is.
///
/// # Errors
/// Any fault of the database.
pub fn counts(reader: &Reader<'_>, company: CompanyId, customer: CustomerId) -> Result<Vec<(&'static str, i64)>, Fault> {
    const OF: [(&str, &str); 15] = [
        ("orders", "orders WHERE company_id = ?1 AND customer_id = ?2"),
        ("quotations", "quotations WHERE company_id = ?1 AND customer_id = ?2 AND latest = 1"),
        ("invoices", "invoices WHERE company_id = ?1 AND customer_id = ?2"),
        ("payments", "payments WHERE company_id = ?1 AND customer_id = ?2"),
        ("prices", "prices WHERE company_id = ?1 AND customer_id = ?2"),
        ("contacts", "customer_contacts WHERE company_id = ?1 AND customer_id = ?2"),
        ("addresses", "customer_addresses WHERE company_id = ?1 AND customer_id = ?2"),
        ("portal_users", "portal_users WHERE company_id = ?1 AND customer_id = ?2"),
        ("documents", "documents WHERE company_id = ?1 AND customer_id = ?2"),
        ("inquiries", "inquiries WHERE company_id = ?1 AND customer_id = ?2"),
        ("consents", "consents WHERE company_id = ?1 AND customer_id = ?2"),
        ("contracts", "contracts WHERE company_id = ?1 AND customer_id = ?2"),
        ("promotions", "promotions WHERE company_id = ?1 AND customer_id = ?2"),
        ("rebates", "rebates WHERE company_id = ?1 AND customer_id = ?2"),
        ("agent_links", "agent_customers WHERE company_id = ?1 AND (agent_id = ?2 OR customer_id = ?2)"),
    ];
    let mut counts = Vec::with_capacity(OF.len());
    for (name, of) in OF {
        let text = format!("SELECT count(*) FROM {of}");
        let count = reader.one(&text, &[company.raw().into(), customer.raw().into()], |source| read(source, 0))?;
        counts.push((name, count.unwrap_or(0)));
    }
    Ok(counts)
}

/// At most `most` of each kind of what is kept under `from` and belongs to `into`.
///
/// # Errors
/// Any fault of the database.
pub fn papers(reader: &Reader<'_>, company: CompanyId, from: CustomerId, into: CustomerId, most: i64) -> Result<Papers, Fault> {
    let own = [Param::Int(company.raw()), Param::Int(from.raw())];
    let both = [Param::Int(company.raw()), Param::Int(from.raw()), Param::Int(into.raw())];
    macro_rules! ids {
        ($text:literal, $params:expr) => {
            reader.rows(&format!(concat!($text, " LIMIT {most}"), most = most), $params, |source| read(source, 0))?
        };
    }
    Ok(Papers {
        orders: ids!("SELECT id FROM orders WHERE company_id = ?1 AND customer_id = ?2 ORDER BY id DESC", &own),
        quotations: ids!("SELECT id FROM quotations WHERE company_id = ?1 AND customer_id = ?2 ORDER BY id DESC", &own),
        changes: ids!("SELECT id FROM changes WHERE company_id = ?1 AND customer_id = ?2 ORDER BY id DESC", &own),
        inquiries: ids!("SELECT id FROM inquiries WHERE company_id = ?1 AND customer_id = ?2 ORDER BY id DESC", &own),
        consents: ids!("SELECT id FROM consents WHERE company_id = ?1 AND customer_id = ?2 ORDER BY id DESC", &own),
        contracts: ids!("SELECT id FROM contracts WHERE company_id = ?1 AND customer_id = ?2 ORDER BY id DESC", &own),
        documents: ids!("SELECT id FROM documents WHERE company_id = ?1 AND customer_id = ?2 ORDER BY id DESC", &own),
        releases: ids!("SELECT id FROM credit_releases WHERE company_id = ?1 AND customer_id = ?2 ORDER BY id DESC", &own),
        portal_users: ids!("SELECT id FROM portal_users WHERE company_id = ?1 AND customer_id = ?2 ORDER BY id", &own),
        messages: ids!("SELECT id FROM messages WHERE company_id = ?1 AND customer_id = ?2 ORDER BY id DESC", &own),
        phrases: ids!("SELECT id FROM intake_phrases WHERE company_id = ?1 AND (customer_id = ?2 OR means_id = ?2) ORDER BY id", &own),
        agent_customers: ids!(
            "SELECT customer_id FROM agent_customers WHERE company_id = ?1 AND (agent_id = ?2 OR customer_id = ?2) ORDER BY customer_id",
            &own
        ),
        agent_orders: ids!("SELECT order_id FROM order_agents WHERE company_id = ?1 AND agent_id = ?2 ORDER BY order_id DESC", &own),
        promotions: ids!("SELECT id FROM promotions WHERE company_id = ?1 AND customer_id = ?2 ORDER BY id DESC", &own),
        rebates: ids!("SELECT id FROM rebates WHERE company_id = ?1 AND customer_id = ?2 ORDER BY id DESC", &own),
        promotion_uses: ids!(
            "SELECT promotion_id FROM promotion_uses WHERE company_id = ?1 AND customer_id = ?2 AND used > 0 ORDER BY promotion_id",
            &own
        ),
        priced: ids!(
            "SELECT DISTINCT p.product_id FROM prices p WHERE p.company_id = ?1 AND p.customer_id = ?2 AND NOT EXISTS (SELECT 1 FROM prices q \
             WHERE q.company_id = p.company_id AND q.product_id = p.product_id AND q.customer_id = ?3) ORDER BY p.product_id",
            &both
        ),
        bought: ids!("SELECT product_id FROM last_prices WHERE company_id = ?1 AND customer_id = ?2 ORDER BY product_id", &own),
    })
}

/// Merged files whose papers may not all have followed yet, a bounded number.
///
/// # Errors
/// Any fault of the database.
pub fn moving(reader: &Reader<'_>, company: CompanyId, most: i64) -> Result<Vec<CustomerMerge>, Fault> {
    reader.all(company, &format!("AND state = 'moving' AND state <> 'done' ORDER BY customer_id LIMIT {most}"), &[])
}

/// The files that were merged into a customer, the last first, a bounded number.
///
/// # Errors
/// Any fault of the database.
pub fn merged_into(reader: &Reader<'_>, company: CompanyId, into: CustomerId) -> Result<Vec<(CustomerMerge, Customer)>, Fault> {
    let and = "AND into_id = ?2 ORDER BY merged_at DESC, customer_id DESC LIMIT 50";
    let merges: Vec<CustomerMerge> = reader.all(company, and, &[into.raw().into()])?;
    let mut files = Vec::with_capacity(merges.len());
    for merge in merges {
        if let Some(customer) = reader.get::<Customer>(company, merge.customer_id)? {
            files.push((merge, customer));
        }
    }
    Ok(files)
}
