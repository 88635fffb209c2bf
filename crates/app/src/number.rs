//! Document numbers: unique, never changed, without gaps in a company, series and year.

use domain::{Company, Date, NumberPattern, Numbered};
use store::rows::{
    ChangeByNumber, ContractByNumber, InquiryByNumber, InvoiceByNumber, OrderByNumber, PaymentByNumber, PurchaseByNumber,
    QuotationVersions, ShipmentByNumber, TaskByNumber,
};
use store::{Outcome, UnitOfWork};

/// Numbers that are looked for at once where one is taken.
const AHEAD: i64 = 100;

/// The next number of a kind of document on the day `on`, by the company's pattern. Where that was once another, numbers that are taken are passed by.
///
/// # Errors
/// Leaves when the series is not loaded yet.
///
/// Source: INT-10
pub fn draw(work: &mut UnitOfWork, kind: Numbered, company: &Company, on: Date) -> Outcome<String> {
    // The company's pattern was checked when it was saved.
    let pattern = NumberPattern::parse(company.pattern(kind)).expect("a saved pattern is a pattern");
    let series = pattern.series(kind.as_str(), on);
    loop {
        let next = work.draw(&series)?;
        let number = pattern.number(on, next);
        if !company.renumbered || !taken(work, kind, &number)? {
            return Ok(number);
        }
        let ahead = (next + 1..=next + AHEAD).map(|next| pattern.number(on, next));
        match kind {
            Numbered::Order => work.want_of::<OrderByNumber>(ahead),
            Numbered::Shipment => work.want_of::<ShipmentByNumber>(ahead),
            Numbered::Invoice => work.want_of::<InvoiceByNumber>(ahead),
            Numbered::Payment => work.want_of::<PaymentByNumber>(ahead),
            Numbered::Task => work.want_of::<TaskByNumber>(ahead),
            Numbered::Change => work.want_of::<ChangeByNumber>(ahead),
            Numbered::Quotation => work.want_of::<QuotationVersions>(ahead),
            Numbered::Contract => work.want_of::<ContractByNumber>(ahead),
            Numbered::Inquiry => work.want_of::<InquiryByNumber>(ahead),
            Numbered::Purchase => work.want_of::<PurchaseByNumber>(ahead),
        }
    }
}

/// Whether a document of this kind has this number.
fn taken(work: &mut UnitOfWork, kind: Numbered, number: &str) -> Outcome<bool> {
    let number = number.to_owned();
    Ok(match kind {
        Numbered::Order => work.one::<OrderByNumber>(number)?.is_some(),
        Numbered::Shipment => work.one::<ShipmentByNumber>(number)?.is_some(),
        Numbered::Invoice => work.one::<InvoiceByNumber>(number)?.is_some(),
        Numbered::Payment => work.one::<PaymentByNumber>(number)?.is_some(),
        Numbered::Task => work.one::<TaskByNumber>(number)?.is_some(),
        Numbered::Change => work.one::<ChangeByNumber>(number)?.is_some(),
        Numbered::Quotation => !work.of::<QuotationVersions>(number)?.is_empty(),
        Numbered::Contract => work.one::<ContractByNumber>(number)?.is_some(),
        Numbered::Inquiry => work.one::<InquiryByNumber>(number)?.is_some(),
        Numbered::Purchase => work.one::<PurchaseByNumber>(number)?.is_some(),
    })
}
