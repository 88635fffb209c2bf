//! Every set is one thing said twice: a condition in SQL, by which rows are loaded, and a function in Rust, by which held rows belong to it
//! or leave it. Random rows of every table must be told apart alike by both.
#![allow(missing_docs, clippy::unwrap_used)]

use std::cell::{Cell as Slot, RefCell};
use std::sync::LazyLock;

use domain::promise::{Constraint, Jeopardy, JeopardyReason, SupplyKind};
use domain::*;
use proptest::prelude::*;
use rusqlite::Connection;
use store::cell::{Cell, Source};
use store::key::RawKey;
use store::{Fault, Row, rows, sql};

/// Texts, of which every text column takes some: few, so that rows often share an owner.
static TEXTS: LazyLock<Vec<String>> = LazyLock::new(|| {
    let mut all: Vec<String> = ["", "A", "b", "2026-11-21", "CNY", "USD"].map(str::to_owned).into();
    macro_rules! codes {
        ($($code:ident),+ $(,)?) => {
            $(all.extend($code::ALL.iter().take(2).map(|code| code.as_str().to_owned()));)+
        };
    }
    codes! {
        AttachmentKind, ChangeSide, ChangeStatus, Channel, CheckState, ClockState, ConfirmationStatus, ConfirmationWay, Decision,
        EvidenceKind, Finance, FollowUpStatus, Fulfilment, Grade, InvoiceKind, KeyKind, LinkPurpose, MergeState, OfferStatus, OfferWay, PairState, Signature,
        SignatureWay, SlipRule, CommissionBasis, ExceptionKind, ExceptionStatus, ReturnedGoods,
        InvoiceStatus, Language, MovementKind, StockStatus, StockCountStatus, TransferStatus, ReservationKind,
        ContractStatus, PromotionStatus, RebateStatus, RebateBasis, DocumentKind, DocumentSubject, InquiryStatus, OrderStatus, PaymentMethod, PriceSource, ProductKind, PurchaseCause, PurchaseStatus, QuotationReason, QuotationStatus,
        Compensation, Constraint, Jeopardy, JeopardyReason, ShortageOption, SupplyKind,
        SalesCategory, Service, Settlement, ShipmentStatus, Supply, TaskCause, TaskStatus, TaxCategory, TaxRounding, Verb,
    }
    all.push(ClockState::Stopped.as_str().to_owned());
    all.push(notify::RobotProvider::Generic.as_str().to_owned());
    all
});

/// A row made up while it is read: column `i` has the value that `picks` names.
struct MadeUp {
    picks: RefCell<Vec<usize>>,
    last: Slot<usize>,
}

impl MadeUp {
    fn pick(&self, i: usize) -> usize {
        self.last.set(i);
        self.picks.borrow()[i]
    }

    /// A row of this type: where a column refuses its value, the next one is tried.
    fn row<R: Row>(self) -> R {
        loop {
            match R::read(&self) {
                Ok(row) => return row,
                Err(_) => self.picks.borrow_mut()[self.last.get()] += 1,
            }
        }
    }
}

impl Source for MadeUp {
    fn int(&self, i: usize) -> Result<Option<i64>, Fault> {
        Ok(Some(i64::try_from(self.pick(i) % 3).unwrap()))
    }
    fn text(&self, i: usize) -> Result<Option<&str>, Fault> {
        Ok(Some(&TEXTS[self.pick(i) % TEXTS.len()]))
    }
    fn blob(&self, i: usize) -> Result<Option<&[u8]>, Fault> {
        self.pick(i);
        Ok(Some(b"x"))
    }
}

fn insert<R: Row>(connection: &Connection, row: &R) {
    // Rows that break a key or a check are not of interest here.
    let text = sql::Verb::Insert.text(R::table()).replacen("INSERT", "INSERT OR IGNORE", 1);
    let mut statement = connection.prepare_cached(&text).unwrap();
    statement.raw_bind_parameter(1, 1).unwrap();
    for i in 0..R::table().columns.len() {
        statement.raw_bind_parameter(i + 2, row.cell(i)).unwrap();
    }
    statement.raw_execute().unwrap();
}

fn read<R: Row>(connection: &Connection, text: &str, owner: Option<&RawKey>) -> Vec<RawKey> {
    use store::key::Key;
    read_rows::<R>(connection, text, owner).iter().map(|row| row.key().raw()).collect()
}

fn read_rows<R: Row>(connection: &Connection, text: &str, owner: Option<&RawKey>) -> Vec<R> {
    let mut statement = connection.prepare_cached(text).unwrap();
    statement.raw_bind_parameter(1, 1).unwrap();
    for i in 0..owner.map_or(0, RawKey::len) {
        statement.raw_bind_parameter(i + 2, owner.unwrap().cell(i)).unwrap();
    }
    let mut found = statement.raw_query();
    let mut all = Vec::new();
    while let Some(row) = found.next().unwrap() {
        all.push(R::read(row).unwrap());
    }
    all
}

/// The owner that the columns of a set name, whether the row is in that set or not.
fn named<R: Row>(row: &R, set: usize) -> RawKey {
    let place = |name: &&str| R::table().columns.iter().position(|column| column.name == *name).unwrap();
    let cells: Vec<Cell<'_>> = R::table().sets[set].owner.iter().map(|name| row.cell(place(name))).collect();
    match cells.as_slice() {
        [Cell::Int(one)] => RawKey::One(*one),
        [Cell::Int(one), Cell::Int(two)] => RawKey::Two(*one, *two),
        [Cell::Int(one), Cell::Int(two), Cell::Int(three)] => RawKey::Three(*one, *two, *three),
        [Cell::Text(text)] => RawKey::Text((*text).into()),
        other => panic!("no owner has the columns {other:?}"),
    }
}

/// Checks the sets of one table; how many there are.
fn check<R: Row>(connection: &Connection, chances: &[usize]) -> usize {
    use store::key::Key;
    let width = R::table().columns.len();
    for chunk in chances.chunks(7) {
        let picks = RefCell::new((0..width).map(|i| chunk[i % chunk.len()].wrapping_mul(i * 6 + 1) >> (i % 5)).collect());
        insert(connection, &MadeUp { picks, last: Slot::new(0) }.row::<R>());
    }
    let names: Vec<&str> = R::table().columns.iter().map(|column| column.name).collect();
    let stored: Vec<R> =
        read_rows(connection, &format!("SELECT {} FROM {} WHERE company_id = ?1", names.join(", "), R::table().name), None);
    assert!(!stored.is_empty(), "{} has no rows to tell apart", R::table().name);
    for set in 0..R::table().sets.len() {
        for row in &stored {
            let owner = named(row, set);
            let mut loaded = read::<R>(connection, &sql::Verb::Owners(set).text(R::table()), Some(&owner));
            let mut held: Vec<RawKey> =
                stored.iter().filter(|row| row.owner(set).as_ref() == Some(&owner)).map(|row| row.key().raw()).collect();
            loaded.sort_unstable();
            held.sort_unstable();
            assert_eq!(loaded, held, "set {set} of {}, owner {owner:?}", R::table().name);
        }
    }
    R::table().sets.len()
}

macro_rules! check_all {
    ($connection:expr, $chances:expr, $($row:ty),+ $(,)?) => { 0 $(+ check::<$row>($connection, $chances))+ };
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]

    #[test]
    fn sql_and_rust_agree_who_belongs_to_a_set(chances in proptest::collection::vec(0_usize..100_000, 60..200)) {
        let mut connection = Connection::open_in_memory().unwrap();
        store::migrate::sqlite(&mut connection).unwrap();
        connection.execute_batch("PRAGMA foreign_keys = OFF").unwrap();
        connection.set_prepared_statement_cache_capacity(256);
        let checked = check_all!(
            &connection, &chances, Company, User, Role, Session, ApiToken, Customer, CustomerContact, CustomerAddress, Product, Price, ExchangeRate,
            Warehouse, Stock, Reservation, OrderSchedule, ShortageChoice, Bin, Lot, StockPlace, TagSighting, TransferLine, StockCountLine, Order, OrderLine, Approval, Shipment, ShipmentLine, Invoice, InvoiceLine, Payment, Allocation, FollowUp, Attachment,
            Absence, CartLine, ChangeApproval, ChangeOrder, Clock, Confirmation, CreditRelease, CustomerCheck, CustomerKey,
            Contract, ContractLine, Promotion, Rebate, CustomerMerge, CustomerPair, Evidence, Inquiry, Offer, OrderQuestion, Override, PortalSession, PortalUser, PublicLink, Quotation, QuotationLine, Task,
            TaskStep, OrderException, Supplier, SupplierProduct, Purchase, PurchaseLine, Quota, QuotaTake, domain::Document, domain::intake::IntakePhrase, notify::Robot, notify::Webhook, rows::Import,
        );
        let declared: usize = rows::all().iter().map(|table| table.sets.len()).sum();
        prop_assert_eq!(checked, declared, "a table with sets is missing above");
    }
}
