//! Credit over HTTP: what a customer owes and may owe, what finance blocks and releases, and terms under which an order fits.

use app::credit::{block, end_release, release, unblock};
use axum::Json;
use axum::extract::{Path, State};
use domain::{
    Act, CreditFacts, CreditRejection, CreditRelease, CreditReleaseId, Currency, CustomerAccount, Date, FieldRule, GateRefusal, Instant,
    Order, UserId, Verb,
};
use serde::{Deserialize, Serialize};
use store::query::{credit, customer, order};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::body::{Because, Body};
use crate::by::{By, zone};
use crate::customer::{CreditJson, id_of};
use crate::error::{Error, Problem};
use crate::fields::Fields;
use crate::order::{named, today, which};
use crate::state::Web;
use crate::value::{Coded, MoneyInput, MoneyJson, Named, Saved};
use crate::version::{MaybeMatching, Tagged};

/// The addresses of this noun.
pub(crate) fn routes() -> OpenApiRouter<Web> {
    OpenApiRouter::new()
        .routes(routes!(show))
        .routes(routes!(block_customer))
        .routes(routes!(unblock_customer))
        .routes(routes!(release_credit))
        .routes(routes!(end))
        .routes(routes!(proposal))
}

/// Releases that a customer's page shows.
const SHOWN: i64 = 20;

/// Invoices that should have been paid.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = CreditOverdue)]
pub struct OverdueJson {
    /// How many.
    pub count: i64,
    /// What of them is open.
    pub amount: MoneyJson,
    /// Due date of the oldest.
    pub since: String,
    /// Days since then.
    pub days: i64,
    /// Whether these are more days than the customer has grace, so that nothing is shipped.
    pub stops_shipping: bool,
}

/// Why a customer is blocked.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = CreditBlock)]
pub struct BlockJson {
    /// Why.
    pub reason: String,
    /// Who blocked it.
    pub by: Named,
    /// When.
    #[schema(value_type = String, format = DateTime)]
    pub at: Instant,
}

/// An amount that finance lets a customer owe above its limit.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = CreditRelease)]
pub struct ReleaseJson {
    /// Its id.
    pub id: String,
    /// For `If-Match`.
    pub version: i64,
    /// How much.
    pub amount: MoneyJson,
    /// For this order only; `null`: for all. Its code is the order's number.
    pub order: Option<Coded>,
    /// Why.
    pub reason: String,
    /// Until when.
    #[schema(value_type = String, format = DateTime)]
    pub expires_at: Instant,
    /// Who released it.
    pub by: Named,
    /// When.
    #[schema(value_type = String, format = DateTime)]
    pub at: Instant,
    /// Whether it counts now.
    pub open: bool,
    /// When it was taken back or had run out.
    #[schema(value_type = Option<String>, format = DateTime)]
    pub ended_at: Option<Instant>,
    /// Who took it back; `null` where it ran out.
    pub ended_by: Option<Named>,
}

/// The credit of a customer.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = CustomerCredit)]
pub struct PanelJson {
    /// The account.
    pub account: CreditJson,
    /// Days an invoice may be overdue before shipping stops.
    pub grace_days: i64,
    /// Invoices that should have been paid; `null`: none.
    pub overdue: Option<OverdueJson>,
    /// Why it is blocked; `null`: it is not.
    pub block: Option<BlockJson>,
    /// The last releases, the newest first.
    pub releases: Vec<ReleaseJson>,
    /// Whether the caller may block and unblock.
    pub may_block: bool,
    /// Whether the caller may release and take back.
    pub may_release: bool,
}

/// Shows the credit of a customer: what it owes by its parts, what is overdue, what is blocked and released.
#[utoipa::path(get, path = "/customers/{id}/credit", operation_id = "customer_credit", tag = "customer", responses((status = 200, body = PanelJson)))]
async fn show(State(web): State<Web>, by: By, Path(reference): Path<String>) -> Result<Json<PanelJson>, Error> {
    by.may(Act::ViewCustomer)?;
    let id = id_of(&web, &by, reference).await?;
    let (company, today, now) = (by.company_id, today(&web, &by).await?, web.now());
    let may = |act| by.may(act).is_ok();
    let (may_block, may_release) = (may(Act::BlockCredit), may(Act::ReleaseCredit));
    let read = web.app.store.read(move |reader| {
        let Some(file) = customer::one(reader, company, id)? else { return Ok(None) };
        let (account, currency) = (file.account, file.customer.currency);
        let said = credit::of(reader, company, id, Some(&account))?;
        let names = order::names(reader, company)?;
        let name = |id: UserId| Named { id: id.to_string(), name: names.get(&id).cloned().unwrap_or_default() };
        let overdue = match said.due_on.filter(|due| *due < today) {
            Some(since) => {
                let (count, amount) = credit::overdue(reader, company, id, today)?;
                let days = since.days_until(today);
                let stops_shipping = days > account.grace_days;
                Some(OverdueJson { count, amount: MoneyJson::of(amount, currency), since: since.to_string(), days, stops_shipping })
            }
            None => None,
        };
        let mut releases = Vec::new();
        for release in credit::releases(reader, company, id, SHOWN)? {
            let order = release.order_id.map(|order| reader.get::<Order>(company, order)).transpose()?.flatten();
            releases.push(ReleaseJson::of(&release, order.as_ref(), currency, now, name));
        }
        let block = said.block.filter(|block| block.blocked);
        let block = block.map(|block| BlockJson { reason: block.reason, by: name(block.changed_by), at: block.changed_at });
        let grace_days = account.grace_days;
        Ok(Some(PanelJson { account: CreditJson::of(&account, currency), grace_days, overdue, block, releases, may_block, may_release }))
    });
    Ok(Json(read.await?.ok_or_else(|| Error::not_found("customer"))?))
}

impl ReleaseJson {
    fn of(release: &CreditRelease, order: Option<&Order>, currency: Currency, now: Instant, name: impl Fn(UserId) -> Named) -> Self {
        let coded = |order: &Order| Coded { id: order.id.to_string(), code: order.number.clone(), name: order.customer_name.clone() };
        ReleaseJson {
            id: release.id.to_string(),
            version: release.version.raw(),
            amount: MoneyJson::of(release.amount_minor, currency),
            order: order.map(coded),
            reason: release.reason.clone(),
            expires_at: release.expires_at,
            by: name(release.created_by),
            at: release.created_at,
            open: release.is_open() && !release.is_due(now),
            ended_at: release.ended_at,
            ended_by: release.ended_by.map(name),
        }
    }
}

/// Blocks a customer: nothing of it is submitted, approved or shipped until it is unblocked.
#[utoipa::path(post, path = "/customers/{id}/block", operation_id = "block_customer", tag = "customer", request_body = Because, responses((status = 200, body = Saved)))]
async fn block_customer(
    State(web): State<Web>,
    by: By,
    Path(reference): Path<String>,
    body: Body<Because>,
) -> Result<Tagged<Saved>, Error> {
    by.may(Act::BlockCredit)?;
    let id = id_of(&web, &by, reference).await?;
    let reason = body.input.reason;
    let saved = web.app.command(&by, body.replay, move |work, by| block::block(work, by, id, &reason)).await?;
    Ok(Tagged::saved(saved))
}

/// Lets a blocked customer buy again.
#[utoipa::path(post, path = "/customers/{id}/unblock", operation_id = "unblock_customer", tag = "customer", request_body = Because, responses((status = 200, body = Saved)))]
async fn unblock_customer(
    State(web): State<Web>,
    by: By,
    Path(reference): Path<String>,
    body: Body<Because>,
) -> Result<Tagged<Saved>, Error> {
    by.may(Act::BlockCredit)?;
    let id = id_of(&web, &by, reference).await?;
    let reason = body.input.reason;
    let saved = web.app.command(&by, body.replay, move |work, by| unblock::unblock(work, by, id, &reason)).await?;
    Ok(Tagged::saved(saved))
}

/// What is released above the limit.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[schema(as = ReleaseInput)]
#[serde(deny_unknown_fields, default)]
pub struct ReleaseInputJson {
    /// How much, in the customer's currency.
    pub amount: MoneyInput,
    /// Id or number of the order it is for; `null`: for all orders.
    pub order_id: Option<String>,
    /// Until when, RFC 3339; a year from now at the latest.
    pub expires_at: Option<String>,
    /// In place of it, the last day on which it counts, in the company's zone.
    pub expires_on: Option<String>,
    /// Why; shown in the timeline.
    pub reason: String,
}

/// Lets a customer owe more than its limit for a time, for all its orders or for one.
#[utoipa::path(post, path = "/customers/{id}/release-credit", operation_id = "release_credit", tag = "customer", request_body = ReleaseInputJson, responses((status = 200, body = Saved)))]
async fn release_credit(
    State(web): State<Web>,
    by: By,
    Path(reference): Path<String>,
    body: Body<ReleaseInputJson>,
) -> Result<Tagged<Saved>, Error> {
    by.may(Act::ReleaseCredit)?;
    let id = id_of(&web, &by, reference).await?;
    let (company, input) = (by.company_id, body.input);
    let found = web.app.store.read(move |reader| customer::one(reader, company, id)).await?;
    let currency = found.ok_or_else(|| Error::not_found("customer"))?.customer.currency;
    let mut fields = Fields::new();
    let amount = fields.money("/amount", &input.amount, currency);
    let expires_at = expiry(&web, &by, &mut fields, &input).await?;
    let order = match input.order_id.as_deref().map(str::trim).filter(|order| !order.is_empty()) {
        Some(reference) => {
            let found = named(&web, &by, reference, order::id_of).await?;
            if found.is_none() {
                fields.wrong("/order_id", FieldRule::Unknown { value: reference.to_owned() });
            }
            found
        }
        None => None,
    };
    fields.done()?;
    let said = release::Release { amount, order, expires_at, reason: input.reason };
    let saved = web.app.command(&by, body.replay, move |work, by| release::release(work, by, id, &said)).await?;
    Ok(Tagged::saved(saved))
}

/// When a release runs out: at the instant that was sent, or with the end of the day.
async fn expiry(web: &Web, by: &By, fields: &mut Fields, input: &ReleaseInputJson) -> Result<Instant, Error> {
    let sent = |text: &Option<String>| text.as_deref().map(str::trim).filter(|text| !text.is_empty()).map(str::to_owned);
    if let Some(day) = sent(&input.expires_on) {
        let zone = zone(web, by.company_id).await?;
        let end = Instant::start_of_in(fields.date("/expires_on", &day).plus_days(1), &zone);
        if end <= web.now() {
            fields.wrong("/expires_on", CreditRejection::RunsOutAtOnce);
        }
        return Ok(end);
    }
    let Some(at) = sent(&input.expires_at) else {
        fields.wrong("/expires_at", FieldRule::Required);
        return Ok(web.now());
    };
    Ok(Instant::parse(&at).unwrap_or_else(|error| {
        fields.wrong("/expires_at", error);
        web.now()
    }))
}

/// Takes back what was released before it runs out.
#[utoipa::path(post, path = "/credit-releases/{id}/end", operation_id = "end_credit_release", tag = "customer", request_body = Because, responses((status = 200, body = Saved)))]
async fn end(
    State(web): State<Web>,
    by: By,
    Path(id): Path<String>,
    MaybeMatching(version): MaybeMatching,
    body: Body<Because>,
) -> Result<Tagged<Saved>, Error> {
    by.may(Act::ReleaseCredit)?;
    let id: CreditReleaseId = id.parse().map_err(|_| Error::not_found("credit_release"))?;
    let reason = body.input.reason;
    let saved = web.app.command(&by, body.replay, move |work, by| end_release::end(work, by, id, version, &reason)).await?;
    Ok(Tagged::saved(saved))
}

/// Terms under which an order fits the customer's credit as it is now.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = CreditProposal)]
pub struct ProposalJson {
    /// What the customer pays for the order.
    pub payable: MoneyJson,
    /// The most the customer may owe now, with what is released for the order; `null`: anything.
    pub limit: Option<MoneyJson>,
    /// What it owes without the order.
    pub used: MoneyJson,
    /// What it may still order; `null`: anything.
    pub free: Option<MoneyJson>,
    /// How much is missing; zero: the order fits.
    pub missing: MoneyJson,
    /// Share of payable, in whole percent, that makes it fit when it is paid in advance.
    pub deposit_rate: String,
    /// That share.
    pub deposit: MoneyJson,
    /// Of it, what was received.
    pub received: MoneyJson,
    /// Of it, what is to be received.
    pub to_receive: MoneyJson,
    /// The order's share now.
    pub current_deposit_rate: String,
    /// Whether paying in advance is enough; not where the customer is over its limit without the order.
    pub possible: bool,
    /// Whether the terms may be applied now: the order is under review, and they are not its own already.
    pub applicable: bool,
}

/// What share of an order, paid in advance, makes it fit the customer's credit; reckoned on what the customer owes now.
#[utoipa::path(get, path = "/orders/{id}/credit-proposal", tag = "orders", operation_id = "order_credit_proposal",
    params(("id" = String, Path, description = "Id or number of the order")),
    responses((status = 200, body = ProposalJson), (status = "default", body = Problem)))]
async fn proposal(State(web): State<Web>, by: By, Path(id): Path<String>) -> Result<Json<ProposalJson>, Error> {
    by.may(Act::ViewOrder)?;
    let id = which(&web, &by, &id).await?;
    let (company, now) = (by.company_id, web.now());
    let read = web.app.store.read(move |reader| {
        let Some(order) = reader.get::<Order>(company, id)? else { return Ok(None) };
        let account = reader.get::<CustomerAccount>(company, order.customer_id)?;
        let account = account.unwrap_or_else(|| CustomerAccount::new(order.customer_id, None));
        let said = credit::of(reader, company, order.customer_id, Some(&account))?;
        Ok(Some((account.seen_by(order.id, &said.releases, now), order)))
    });
    let (account, order) = read.await?.ok_or_else(|| Error::not_found("order"))?;
    // What is effective is part of what the customer owes.
    let before = matches!(order.status, domain::OrderStatus::Draft | domain::OrderStatus::Submitted | domain::OrderStatus::Reviewed);
    if !before {
        let code = domain::OrderRejection::NotUnderReview { status: order.status };
        return Err(Error::refused(code));
    }
    let proposal = order.proposal(&account);
    let money = |amount| MoneyJson::of(amount, order.currency);
    let new = proposal.deposit_rate != order.deposit_rate || order.settlement != domain::Settlement::DepositBalance;
    let returnable = order.may_move(domain::Verb::Return).is_ok() && by.may(Act::ReturnOrder).is_ok();
    Ok(Json(ProposalJson {
        payable: money(order.payable_minor),
        limit: account.most().map(money),
        used: money(account.exposure()),
        free: account.free().map(money),
        missing: money(proposal.missing),
        deposit_rate: proposal.deposit_rate.decimal(),
        deposit: money(proposal.deposit),
        received: money(order.paid_minor),
        to_receive: money(proposal.to_receive),
        current_deposit_rate: order.deposit_rate.decimal(),
        possible: proposal.possible,
        applicable: proposal.possible && !proposal.missing.is_zero() && new && returnable,
    }))
}

/// What credit says against the verbs that the table allows in the order's state now, whoever asks: so that everybody sees what is waited for.
pub(crate) fn gates(page: &order::Page, verb: Verb, today: Date, now: Instant) -> Vec<GateRefusal> {
    let Some(account) = page.account.as_ref().filter(|_| page.order.may_move(verb).is_ok()) else { return Vec::new() };
    let account = account.seen_by(page.order.id, &page.credit.releases, now);
    let blocked_because = page.credit.block.as_ref().map_or("", |block| &block.reason);
    CreditFacts { account: &account, blocked_because, due_on: page.credit.due_on, today }.gates(verb, &page.order)
}
