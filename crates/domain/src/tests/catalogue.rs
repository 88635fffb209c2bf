//! Every code has a text in every language, and every text belongs to a code.

use std::collections::BTreeSet;

use crate::*;

/// Placeholders of a text, sorted.
fn places(text: &str) -> Vec<&str> {
    let mut names: Vec<&str> = text.split('{').skip(1).filter_map(|rest| rest.split_once('}').map(|(name, _)| name)).collect();
    names.sort_unstable();
    names.dedup();
    names
}

fn add<C: Code>(keys: &mut BTreeSet<String>) {
    keys.extend(C::ALL.iter().map(|code| format!("{}.{}", C::GROUP, code.as_str())));
}

/// Codes of values that cannot be read; a test compares them with the source.
const PARSE_CODES: &[&str] = &[
    "number.not_a_number",
    "number.too_many_decimals",
    "number.too_large",
    "currency.unknown",
    "date.not_a_date",
    "instant.not_an_instant",
    "id.not_an_id",
    "gtin.not_a_gtin",
    "gtin.check_digit",
    "credit_code.length",
    "credit_code.letters",
    "credit_code.check_digit",
    "number_pattern.malformed",
    "time_span.malformed",
    "calendar.no_hour_span",
];

const GATES: &[&str] = &[
    "order.over_credit_limit",
    "order.close.delivered",
    "order.close.billed",
    "order.close.settled",
    "order.close.overpaid",
    "order.close.satisfied",
    "order.void.unpaid",
    "order.cancel.untouched",
    "order.ship.credit",
    "customer.blocked",
    "task.deliver.steps",
    "order.change_open",
    "order.exception_open",
    "order.ship.change_open",
    "change.supply_agreed",
];

/// Why a candidate stands where it does.
const CANDIDATE: &[&str] = &[
    "candidate.any_skill",
    "candidate.skill",
    "candidate.no_skill",
    "candidate.idle",
    "candidate.load",
    "candidate.over",
    "candidate.urgent",
    "candidate.same_district",
    "candidate.same_city",
    "candidate.other_city",
    "candidate.absent",
];

/// Texts the web layer and the other crates ask for by a fixed key.
const FIXED: &[&str] = &[
    "denied",
    "not-found",
    "stale",
    "invalid",
    "gate-refused",
    "malformed",
    "too-large",
    "unsupported-type",
    "not-acceptable",
    "method-not-allowed",
    "internal",
    "unavailable",
    "outcome-unknown",
    "storage-failing",
    "storage-full",
    "storage-read-only",
    "value.fixed",
    "value.not_understood",
    "actor.operator",
    "actor.product",
    "bool.true",
    "bool.false",
    "flag.held",
    "flag.late",
    "flag.overdue",
    "import.interrupted",
    "confirmation.statement",
];

fn wanted() -> BTreeSet<String> {
    let mut keys = BTreeSet::new();
    add::<Channel>(&mut keys);
    add::<SalesCategory>(&mut keys);
    add::<Settlement>(&mut keys);
    add::<Grade>(&mut keys);
    add::<ProductKind>(&mut keys);
    add::<Tracking>(&mut keys);
    add::<StockStatus>(&mut keys);
    add::<TransferStatus>(&mut keys);
    add::<TransferVerb>(&mut keys);
    add::<StockCountStatus>(&mut keys);
    add::<ReservationKind>(&mut keys);
    add::<ShortageOption>(&mut keys);
    add::<ShortageBlock>(&mut keys);
    add::<SlackState>(&mut keys);
    add::<Compensation>(&mut keys);
    add::<StockCountVerb>(&mut keys);
    add::<OptionRuleKind>(&mut keys);
    add::<TaxCategory>(&mut keys);
    add::<TaxRounding>(&mut keys);
    add::<PriceSource>(&mut keys);
    add::<ChargeKind>(&mut keys);
    add::<OrderStatus>(&mut keys);
    add::<Supply>(&mut keys);
    add::<Fulfilment>(&mut keys);
    add::<Finance>(&mut keys);
    add::<Service>(&mut keys);
    add::<Tone>(&mut keys);
    add::<Track>(&mut keys);
    add::<Verb>(&mut keys);
    add::<Decision>(&mut keys);
    add::<ShipmentStatus>(&mut keys);
    add::<CancelStage>(&mut keys);
    add::<InvoiceKind>(&mut keys);
    add::<InvoiceStatus>(&mut keys);
    add::<PaymentMethod>(&mut keys);
    add::<FollowUpStatus>(&mut keys);
    add::<AttachmentKind>(&mut keys);
    add::<EvidenceKind>(&mut keys);
    add::<MovementKind>(&mut keys);
    add::<forecast::Basis>(&mut keys);
    add::<forecast::Class>(&mut keys);
    add::<forecast::Method>(&mut keys);
    add::<forecast::Period>(&mut keys);
    add::<forecast::Why>(&mut keys);
    add::<Language>(&mut keys);
    add::<Act>(&mut keys);
    add::<EventKind>(&mut keys);
    add::<BlueprintState>(&mut keys);
    add::<Risk>(&mut keys);
    add::<Numbered>(&mut keys);
    keys.extend(EventKind::ALL.iter().map(|kind| format!("event_name.{kind}")));
    keys.extend(Owed::ALL.iter().map(|owed| format!("owed.{}", owed.as_str())));
    keys.extend(SkippedKind::ALL.iter().flat_map(|kind| ["skipped", "skipped_help"].map(|group| format!("{group}.{}", kind.as_str()))));
    add::<ClockState>(&mut keys);
    add::<ClockAnchor>(&mut keys);
    add::<ClockSubject>(&mut keys);
    add::<promise::Constraint>(&mut keys);
    add::<promise::SupplyKind>(&mut keys);
    add::<promise::DemandKind>(&mut keys);
    add::<promise::AlternativeKind>(&mut keys);
    add::<promise::AlternativeReason>(&mut keys);
    add::<promise::Jeopardy>(&mut keys);
    add::<promise::JeopardyReason>(&mut keys);
    add::<promise::Strategy>(&mut keys);
    add::<promise::Precedence>(&mut keys);
    add::<promise::Shift>(&mut keys);
    add::<notify::NotifyChannel>(&mut keys);
    add::<notify::NotifyRecipient>(&mut keys);
    add::<notify::Digest>(&mut keys);
    add::<notify::DeliveryState>(&mut keys);
    add::<notify::MailSecurity>(&mut keys);
    add::<notify::RobotProvider>(&mut keys);
    keys.extend(notify::CODES.iter().flat_map(|code| ["name", "subject", "body"].map(|part| format!("notify.{code}.{part}"))));
    keys.extend(notify::PLACES.iter().map(|place| format!("notify_place.{place}")));
    add::<intake::LearnedKind>(&mut keys);
    add::<intake::VagueField>(&mut keys);
    keys.extend(intake::VagueField::ALL.iter().map(|field| format!("intake.open.{}", field.as_str())));
    add::<TaskStatus>(&mut keys);
    add::<TaskCause>(&mut keys);
    add::<TaskEntryKind>(&mut keys);
    add::<TaskVerb>(&mut keys);
    add::<WorkerKind>(&mut keys);
    add::<ChangeStatus>(&mut keys);
    add::<ChangeSide>(&mut keys);
    add::<ChangeKind>(&mut keys);
    add::<ChangeVerb>(&mut keys);
    add::<Signature>(&mut keys);
    add::<SlipRule>(&mut keys);
    add::<ConfirmationStatus>(&mut keys);
    add::<ConfirmationWay>(&mut keys);
    add::<OfferStatus>(&mut keys);
    add::<OfferWay>(&mut keys);
    add::<SignatureWay>(&mut keys);
    add::<CopyCheck>(&mut keys);
    add::<LinkPurpose>(&mut keys);
    add::<SameAs>(&mut keys);
    add::<MergeField>(&mut keys);
    add::<MergeState>(&mut keys);
    add::<VerifyCheck>(&mut keys);
    add::<GradeCondition>(&mut keys);
    add::<GradeSource>(&mut keys);
    add::<CommissionBasis>(&mut keys);
    add::<ConsentPurpose>(&mut keys);
    add::<ExceptionKind>(&mut keys);
    add::<ExceptionStatus>(&mut keys);
    add::<ReturnedGoods>(&mut keys);
    add::<PairState>(&mut keys);
    add::<ContractStatus>(&mut keys);
    add::<ContractTerm>(&mut keys);
    add::<ContractVerb>(&mut keys);
    add::<PromotionStatus>(&mut keys);
    add::<PromotionEffect>(&mut keys);
    add::<PromotionVerb>(&mut keys);
    add::<RebateBasis>(&mut keys);
    add::<RebateStatus>(&mut keys);
    add::<RebateVerb>(&mut keys);
    add::<PurchaseCause>(&mut keys);
    add::<PurchaseStatus>(&mut keys);
    add::<PurchaseVerb>(&mut keys);
    keys.extend(["contract.tax.inclusive", "contract.tax.exclusive"].map(str::to_owned));
    add::<QuotationStatus>(&mut keys);
    add::<QuotationReason>(&mut keys);
    add::<QuotationVerb>(&mut keys);
    add::<InquiryStatus>(&mut keys);
    add::<InquiryVerb>(&mut keys);
    add::<InquiryItemKind>(&mut keys);
    add::<InquiryMark>(&mut keys);
    add::<InquiryWhy>(&mut keys);
    add::<intake::VagueMeaning>(&mut keys);
    keys.extend(intake::VagueMeaning::ALL.iter().map(|leaves| format!("inquiry.asked.{leaves}")));
    add::<DocumentKind>(&mut keys);
    add::<DocumentSubject>(&mut keys);
    add::<PortalStatus>(&mut keys);
    add::<PortalStock>(&mut keys);
    keys.extend(Track::ALL.iter().map(|track| format!("portal.track.{}", track.as_str())));
    keys.extend(["portal.reason.changed", "portal.reason.cancelled"].map(str::to_owned));
    let rejections = [
        CompanyRejection::CODES,
        OrderRejection::CODES,
        OrderRule::CODES,
        FieldRule::CODES,
        CustomerRejection::CODES,
        VerifyRule::CODES,
        GradeRejection::CODES,
        GradeRule::CODES,
        PersonRejection::CODES,
        ProductRejection::CODES,
        PriceRejection::CODES,
        ExchangeRateRejection::CODES,
        StockRejection::CODES,
        TransferRejection::CODES,
        TransferRule::CODES,
        StockCountRejection::CODES,
        ReservationRejection::CODES,
        PromiseRejection::CODES,
        ShortageRejection::CODES,
        SlackRejection::CODES,
        ShipmentRejection::CODES,
        InvoiceRejection::CODES,
        PaymentRejection::CODES,
        AttachmentRejection::CODES,
        EvidenceRejection::CODES,
        CreditRejection::CODES,
        SessionRejection::CODES,
        UserRejection::CODES,
        ImportRejection::CODES,
        ImportRule::CODES,
        RequestRejection::CODES,
        BlueprintRule::CODES,
        BlueprintRejection::CODES,
        OverrideRejection::CODES,
        CalendarRule::CODES,
        ClockRejection::CODES,
        ClockRuleMistake::CODES,
        AbsenceRule::CODES,
        notify::NotifyRejection::CODES,
        notify::TROUBLES,
        PARSE_CODES,
        TaskRejection::CODES,
        ChangeRejection::CODES,
        ChangeRule::CODES,
        ConfirmationRejection::CODES,
        OfferRejection::CODES,
        LinkRejection::CODES,
        ContractRejection::CODES,
        ContractRule::CODES,
        PromotionRejection::CODES,
        PromotionRule::CODES,
        RebateRejection::CODES,
        RebateRule::CODES,
        QuotaRejection::CODES,
        QuotaRule::CODES,
        SupplierRule::CODES,
        PurchaseRejection::CODES,
        PurchaseRule::CODES,
        QuotationRejection::CODES,
        InquiryRejection::CODES,
        UnitRule::CODES,
        ChoiceRule::CODES,
        DocumentRejection::CODES,
        PortalRejection::CODES,
        MessageRejection::CODES,
        AgentRejection::CODES,
        ExceptionRejection::CODES,
        ExceptionRule::CODES,
        GATES,
        CANDIDATE,
        FIXED,
        &["value.confidential", "price.rule.any", "price.rule.step", "price.rule.contract"],
    ];
    keys.extend(rejections.into_iter().flatten().map(|code| (*code).to_owned()));
    keys.extend(Act::ALL.iter().map(|act| format!("permission_group.{}", act.group())));
    keys.extend(default_roles().iter().map(|role| format!("role.{}", role.code)));
    keys.extend(PROVABLE.iter().map(|code| format!("evidence.proves.{code}")));
    keys.extend(standard_blueprint().checklist.iter().map(|item| format!("checklist.{}", item.code)));
    keys.extend(standard_clocks().iter().map(|rule| format!("clock.name.{}", rule.code)));
    keys.extend(standard_calendars("UTC").iter().map(|calendar| format!("calendar.name.{}", calendar.code)));
    keys
}

#[test]
fn every_code_has_a_text_in_every_language() {
    for language in Language::ALL {
        let texts = catalogue(*language);
        let missing: Vec<_> = wanted().into_iter().filter(|key| !texts.contains_key(key)).collect();
        assert!(missing.is_empty(), "{language}: no text for {missing:#?}");
        let empty: Vec<_> = texts.iter().filter(|(_, text)| text.trim().is_empty()).collect();
        assert!(empty.is_empty(), "{language}: {empty:?}");
    }
}

#[test]
fn every_text_belongs_to_a_code() {
    let wanted = wanted();
    // Labels and names that other layers ask for by what they show.
    let open = [
        "field.",
        "fact.",
        "noun.",
        "problem.",
        "waiting.",
        "export.",
        "import.noun.",
        "import.report.",
        "condition.",
        "typeset.",
        "portal.step.",
        "shortage.words.",
    ];
    let free = |key: &str| open.iter().any(|prefix| key.starts_with(prefix));
    let keys = catalogue(Language::ZhCn).keys();
    let stray: Vec<_> = keys.filter(|key| !wanted.contains(*key) && !free(key)).collect();
    assert!(stray.is_empty(), "{stray:#?}");
}

#[test]
fn languages_have_the_same_texts_and_places() {
    let model = catalogue(Language::ZhCn);
    for language in [Language::ZhTw, Language::En] {
        let texts = catalogue(language);
        assert_eq!(model.keys().collect::<Vec<_>>(), texts.keys().collect::<Vec<_>>(), "{language}");
        for (key, text) in texts {
            assert_eq!(places(text), places(&model[key]), "{language} {key}");
        }
    }
}

#[test]
fn labels_of_everything_that_is_shown_are_there() {
    let texts = catalogue(Language::ZhCn);
    let check = |key: String| assert!(texts.contains_key(&key), "{key}");
    for kind in ["unauthenticated", "denied", "not-found", "conflict", "stale", "invalid", "gate-refused", "too-many"] {
        check(format!("problem.{kind}"));
    }
    for fact in VOCABULARY {
        check(format!("fact.{}", fact.name));
    }
    for fact in [
        "proven",
        "people",
        "credit_free",
        "credit_used",
        "overdue_since",
        "customer_blocked",
        "shipped_lines",
        "delivered_lines",
        "billed",
        "paid",
        "change_open",
        "supply_agreed",
        "open_exceptions",
        "service",
    ] {
        check(format!("fact.{fact}"));
    }
    for what in [
        "submit",
        "review",
        "approve",
        "resume",
        "question",
        "exception",
        "stock",
        "ship",
        "deliver",
        "finish_delivery",
        "invoice",
        "collect",
        "follow_up",
        "resolve",
        "close",
    ] {
        check(format!("waiting.{what}"));
    }
}

#[test]
fn every_change_has_a_label() {
    use crate::sample;
    let texts = catalogue(Language::ZhCn);
    let mut customer = sample::customer();
    let before = customer.clone();
    customer.notes.push('x');
    customer.active = false;
    customer.grade = Grade::C;
    let changes = customer.changes_from(&before);
    assert_eq!(changes.len(), 3);
    // The names of all fields stand in the source of `changes!`: every one must have a label.
    for file in sources() {
        for (number, line) in file.lines().enumerate() {
            let field = line.trim().strip_prefix('"').and_then(|rest| rest.split_once("\": |"));
            if let Some((field, _)) = field {
                assert!(texts.contains_key(&format!("field.{field}")), "line {}: {line}", number + 1);
            }
        }
    }
}

#[test]
fn every_parse_error_is_known() {
    for file in sources() {
        for rest in file.split("ParseError::new(\"").skip(1) {
            let (code, _) = rest.split_once('"').unwrap();
            assert!(PARSE_CODES.contains(&code), "{code}");
        }
    }
}

fn sources() -> Vec<String> {
    fn walk(folder: &std::path::Path, found: &mut Vec<String>) {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() && !path.ends_with("tests") {
                walk(&path, found);
            } else if path.extension().is_some_and(|ending| ending == "rs") {
                found.push(std::fs::read_to_string(path).unwrap());
            }
        }
    }
    let mut found = Vec::new();
    walk(&std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut found);
    found
}

#[test]
fn traditional_chinese_is_not_simplified() {
    // Letters that only simplified Chinese has, and words that only the mainland says.
    let simplified = "订单户过审驳废货开税额备贷购务价让发报导库数据权维护员编码启动设账号访问题";
    let traditional = catalogue(Language::ZhTw);
    for (key, text) in traditional {
        if key == "language.zh-CN" {
            continue;
        }
        let found: Vec<_> = text.chars().filter(|letter| simplified.contains(*letter)).collect();
        assert!(found.is_empty(), "{key}: {found:?} in {text}");
        for word in ["用戶", "默認", "信息", "數據", "文件", "支持", "登錄失", "導入", "導出", "發貨", "聯系", "“"]
        {
            assert!(!text.contains(word), "{key}: {word} in {text}");
        }
    }
}
