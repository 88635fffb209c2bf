use super::*;
use crate::sample::{actor, draft as order_draft, now, today};
use crate::*;

fn at(days: i64) -> Moment {
    Moment { now: now(), today: today().plus_days(days) }
}

/// Approved, and valid for ten days more.
fn approved() -> Quotation {
    let (order, _) = order_draft(&[("10", "480")]);
    let terms = QuotationTerms { valid_until: Some(today().plus_days(10)), ..QuotationTerms::default() };
    let mut one = Quotation::draft(QuotationId::from_raw(7), "BJ2026000001", &order, &terms, UserId::from_raw(1), now());
    one.submit(Vec::new(), &actor(1, "sales_rep"), at(0)).unwrap();
    one.approve("", &actor(5, "sales_manager"), at(0)).unwrap();
    one
}

fn offered(quotation: &mut Quotation, before: i64, sent_to: &str) -> Result<Offer, Refusal> {
    let way = OfferWay::Email;
    let input = OfferInput {
        id: OfferId::from_raw(1),
        before,
        way,
        sent_to,
        language: Language::ZhCn,
        document: (AttachmentId::from_raw(2), "ab"),
    };
    quotation.offer(LinkId::from_raw(3), &input, &actor(1, "sales_rep"), at(0)).map(|(offer, _)| offer)
}

fn customer() -> Actor {
    Actor { user_id: UserId::NONE, permissions: Codes::default(), address: "1.2.3.4".to_owned(), ..actor(0, "sales_rep") }
}

const SIGNED: AcceptInput<'static> = AcceptInput {
    signer: "王经理",
    way: SignatureWay::Typed,
    consent: true,
    document_sha256: "ab",
    signature: (AttachmentId::from_raw(9), "cd"),
};

fn code<T>(result: Result<T, Refusal>) -> Option<&'static str> {
    result.err().map(|refusal| refusal.fields.first().map_or(refusal.code, |field| field.code))
}

#[test]
fn what_the_customer_accepts_is_won_and_says_who_and_what() {
    let mut one = approved();
    assert_eq!(code(offered(&mut one, 0, "")), Some("offer.no_address"));
    assert_eq!(code(offered(&mut one, 0, "王")), Some("value.not_an_email"));
    assert_eq!(one.status, QuotationStatus::Approved);
    let mut offer = offered(&mut one, 0, "w@example.com").unwrap();
    assert_eq!((one.status, one.sent_note.as_str(), offer.no), (QuotationStatus::Sent, "w@example.com", 1));
    assert!(one.opened(&mut offer, "Phone", now()).is_some() && one.opened(&mut offer, "Phone", now()).is_none());

    let by = customer();
    for (wrong, expected) in [
        (AcceptInput { signer: " ", ..SIGNED }, "value.required"),
        (AcceptInput { consent: false, ..SIGNED }, "offer.not_consented"),
        (AcceptInput { way: SignatureWay::Paper, ..SIGNED }, "value.unknown_choice"),
        (AcceptInput { document_sha256: "xx", ..SIGNED }, "offer.other_document"),
    ] {
        assert_eq!(code(one.accept(&mut offer, &wrong, &by, at(0))), Some(expected));
    }
    one.accept(&mut offer, &SIGNED, &by, at(10)).unwrap();
    assert_eq!((one.status, one.ended_by, one.ended_at), (QuotationStatus::Won, None, Some(now())));
    assert_eq!((offer.signer.as_str(), offer.answered_from.as_str(), offer.signature_sha256.as_str()), ("王经理", "1.2.3.4", "cd"));
    assert!(offer.is_accepted_as(&SIGNED) && !offer.is_accepted_as(&AcceptInput { signer: "李", ..SIGNED }));
    assert_eq!(code(one.accept(&mut offer, &SIGNED, &by, at(10))), Some("offer.already_accepted"));
    assert_eq!(code(one.decline(&mut offer, (QuotationReason::Price, "", "王"), &by, at(10))), Some("offer.already_accepted"));
    assert!(one.may(QuotationVerb::Order, today(), &actor(1, "sales_rep")).is_ok(), "the next step of the representative");
}

#[test]
fn what_is_over_replaced_or_taken_back_is_told_in_clear_words() {
    let by = customer();
    let rep = actor(1, "sales_rep");
    let refused = |change: &dyn Fn(&mut Quotation, &mut Offer), days: i64| {
        let mut one = approved();
        let mut offer = offered(&mut one, 0, "w@example.com").unwrap();
        change(&mut one, &mut offer);
        let shown = offer.status_on(&one, at(days).today);
        let asked = code(offer.clone().ask(&one, "几时到货？", at(days)));
        let accepted = code(one.accept(&mut offer, &SIGNED, &by, at(days)));
        assert_eq!(asked, accepted);
        (shown, accepted)
    };
    let none = |_: &mut Quotation, _: &mut Offer| {};
    assert_eq!(refused(&none, 10), (OfferStatus::Sent, None));
    assert_eq!(refused(&none, 11), (OfferStatus::Expired, Some("offer.expired")));
    let again = |_: &mut Quotation, offer: &mut Offer| assert!(offer.supersede() && !offer.supersede());
    assert_eq!(refused(&again, 0), (OfferStatus::Superseded, Some("offer.superseded")));
    let revised = |one: &mut Quotation, _: &mut Offer| {
        one.revise(QuotationId::from_raw(8), &Vec::<Box<QuotationLine>>::new(), &rep, at(0)).unwrap();
    };
    assert_eq!(refused(&revised, 0), (OfferStatus::Superseded, Some("offer.superseded")));
    let withdrawn = |one: &mut Quotation, _: &mut Offer| drop(one.withdraw("算错了", &rep, at(0)).unwrap());
    assert_eq!(refused(&withdrawn, 0), (OfferStatus::Withdrawn, Some("offer.withdrawn")));
    let won = |one: &mut Quotation, _: &mut Offer| drop(one.win(None, "", &rep, at(0)).unwrap());
    assert_eq!(refused(&won, 0), (OfferStatus::Closed, Some("offer.closed")));
}

#[test]
fn who_declines_says_why() {
    let by = customer();
    let mut one = approved();
    let mut offer = offered(&mut one, 0, "w@example.com").unwrap();
    assert_eq!(code(one.decline(&mut offer, (QuotationReason::Other, " ", "王"), &by, at(0))), Some("value.required"));
    assert_eq!(code(one.decline(&mut offer, (QuotationReason::Price, "", ""), &by, at(0))), Some("value.required"));
    assert_eq!(one.status, QuotationStatus::Sent);
    one.decline(&mut offer, (QuotationReason::Price, "贵 4%", "王"), &by, at(0)).unwrap();
    assert_eq!((one.status, one.reason, one.end_note.as_str()), (QuotationStatus::Lost, Some(QuotationReason::Price), "贵 4%"));
    assert_eq!((offer.status, offer.remark.as_str()), (OfferStatus::Declined, "贵 4%"));
    assert_eq!(code(one.accept(&mut offer, &SIGNED, &by, at(0))), Some("offer.already_declined"));
}
