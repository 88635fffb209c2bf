//! An inquiry for people: raw words with what is vague, checklist, answer, what may be done.

use std::collections::BTreeMap;

use domain::intake::{VagueWord, vague_words};
use domain::{
    Actor, Attachment, Clock, Company, Customer, Date, Event, Inquiry, InquiryAction, InquiryItem, InquiryMark, Language, Order, Quotation,
    UserId, inquiry_actions, name_of, text,
};
use serde::Serialize;
use utoipa::ToSchema;

use crate::audit::AuditChange;
use crate::clock::ClockChip;
use crate::error::ProblemGate;
use crate::order::paper::AttachmentJson;
use crate::value::{
    ChannelCode, Coded, InquiryItemKindCode, InquiryMarkCode, InquiryStatusCode, InquiryVerbCode, InquiryWhyCode, Named, Numbered,
    VagueMeaningCode,
};

/// A vague word of the raw words.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = InquiryVagueWord)]
pub struct VagueWordJson {
    /// The word.
    pub said: String,
    /// The first character, counted from 0 in Unicode characters.
    pub start: i64,
    /// Behind the last.
    pub end: i64,
    /// What it leaves open.
    pub leaves: VagueMeaningCode,
    /// Why it is vague, for people.
    pub why: String,
}

impl VagueWordJson {
    fn of(word: &VagueWord, language: Language) -> Self {
        let place = |place: usize| i64::try_from(place).unwrap_or(i64::MAX);
        VagueWordJson {
            said: word.said.clone(),
            start: place(word.span.start),
            end: place(word.span.end),
            leaves: word.leaves.into(),
            why: name_of(language, word.leaves),
        }
    }
}

/// An item of the checklist.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = InquiryItem)]
pub struct ItemJson {
    /// Its code.
    pub code: String,
    /// What it asks, for people.
    pub name: String,
    /// What it is resolved to.
    pub kind: InquiryItemKindCode,
    /// Whether it must be known.
    pub required: bool,
    /// What is known, in words.
    pub value: String,
    /// Id of the file that shows it.
    pub attachment_id: Option<String>,
    /// How it stands.
    pub mark: InquiryMarkCode,
    /// Why it is vague.
    pub why: Option<InquiryWhyCode>,
    /// The same, for people, with the words; empty where it is not vague.
    pub reason: String,
    /// The vague words.
    pub said: String,
    /// What it was resolved to: a day (ISO 8601), number and unit, the number of a drawing.
    pub meaning: String,
}

impl ItemJson {
    fn of(item: &InquiryItem, language: Language) -> Self {
        let why = item.why.map(|why| name_of(language, why)).unwrap_or_default();
        let quoted = if language == Language::En { format!(": {}", item.said) } else { format!("：{}", item.said) };
        ItemJson {
            code: item.code.clone(),
            name: item.text.of(language).to_owned(),
            kind: item.kind.into(),
            required: item.required,
            value: item.value.clone(),
            attachment_id: Some(item.attachment.clone()).filter(|id| !id.is_empty()),
            mark: item.mark.into(),
            why: item.why.map(InquiryWhyCode::from),
            reason: if item.said.is_empty() { why } else { format!("{why}{quoted}") },
            said: item.said.clone(),
            meaning: item.meaning.clone(),
        }
    }
}

/// How an inquiry stands while it is typed.
#[derive(Clone, Debug, Default, Serialize, ToSchema)]
#[schema(as = InquiryCheck)]
pub struct CheckJson {
    /// The checklist.
    pub items: Vec<ItemJson>,
    /// Vague words of the raw words.
    pub vague_words: Vec<VagueWordJson>,
    /// Required items that are missing.
    pub missing: i64,
    /// Items that are vague.
    pub vague: i64,
}

impl CheckJson {
    pub(super) fn of(items: &[InquiryItem], said: &str, day: Date, language: Language) -> Self {
        let count = |mark: InquiryMark| i64::try_from(items.iter().filter(|item| item.mark == mark).count()).unwrap_or(i64::MAX);
        CheckJson {
            items: items.iter().map(|item| ItemJson::of(item, language)).collect(),
            vague_words: vague_words(said, day).iter().map(|word| VagueWordJson::of(word, language)).collect(),
            missing: count(InquiryMark::Missing),
            vague: count(InquiryMark::Vague),
        }
    }
}

/// Something that may be done with an inquiry, or why not.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = InquiryAction)]
pub struct ActionJson {
    /// The verb: POST to it under the inquiry (`edit`: PUT it).
    pub verb: InquiryVerbCode,
    /// Its name.
    pub name: String,
    /// Whether it may be done now by who asks.
    pub allowed: bool,
    /// Whether a reason must be given.
    pub needs_reason: bool,
    /// Why not: a stable code.
    pub code: Option<String>,
    /// Why not, for people.
    pub message: Option<String>,
    /// Which gates are shut, with what they miss.
    pub gates: Vec<ProblemGate>,
}

impl ActionJson {
    fn of(action: InquiryAction, language: Language) -> Self {
        let (verb, refusal) = (action.verb, action.refusal);
        let message = refusal.as_ref().map(|refusal| {
            let fields = refusal.fields.iter().map(|error| text(language, error.code, &error.details));
            let fields: Vec<String> = fields.collect();
            if fields.is_empty() { refusal.message(language) } else { fields.join("；") }
        });
        ActionJson {
            verb: verb.into(),
            name: name_of(language, verb),
            allowed: refusal.is_none(),
            needs_reason: verb.table_row().reason,
            code: refusal.as_ref().map(|refusal| refusal.code.to_owned()),
            message,
            gates: Vec::new(),
        }
    }
}

/// Something that happened to an inquiry.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = InquiryEvent)]
pub struct HistoryJson {
    /// Its place in the company's stream.
    pub position: i64,
    /// When.
    #[schema(format = DateTime)]
    pub at: String,
    /// Who.
    pub by: String,
    /// What, in a sentence.
    pub summary: String,
    /// Why, where a reason was given.
    pub reason: String,
    /// What changed.
    pub changes: Vec<AuditChange>,
}

impl HistoryJson {
    fn of(event: &Event, language: Language) -> Self {
        let change = |change: domain::ShownChange| AuditChange {
            field: change.field,
            label: change.label,
            before: change.before,
            after: change.after,
        };
        HistoryJson {
            position: event.position,
            at: event.at.to_string(),
            by: event.by_name.clone(),
            summary: event.summary(language),
            reason: event.reason.clone(),
            changes: event.changes_shown(language).into_iter().map(change).collect(),
        }
    }
}

/// An inquiry with all that belongs to it.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = Inquiry)]
#[allow(missing_docs)]
pub struct InquiryJson {
    pub id: String,
    pub version: i64,
    pub number: String,
    pub status: InquiryStatusCode,
    /// `null`: a customer without a file yet.
    pub customer: Option<Coded>,
    pub customer_name: String,
    pub contact_name: String,
    pub contact_phone: String,
    pub channel: ChannelCode,
    #[schema(format = DateTime)]
    pub received_at: String,
    pub taken_by: Named,
    pub rep: Option<Named>,
    /// What the customer said, in raw words.
    pub said: String,
    /// Vague words of it.
    pub vague_words: Vec<VagueWordJson>,
    /// The checklist.
    pub items: Vec<ItemJson>,
    /// Required items that are missing.
    pub missing: i64,
    /// Items that are vague.
    pub vague: i64,
    /// When the customer was promised an answer.
    #[schema(format = DateTime)]
    pub answer_by: Option<String>,
    /// The clock that runs on it.
    pub clock: Option<ClockChip>,
    /// What the customer was answered last.
    pub answer: String,
    pub answered_by: Option<Named>,
    #[schema(format = DateTime)]
    pub answered_at: Option<String>,
    pub drop_reason: String,
    /// The quotation that was made from it last.
    pub quotation: Option<Numbered>,
    /// The order that was made from it last.
    pub order: Option<Numbered>,
    /// Call notes, faxes, e-mails, drawings.
    pub attachments: Vec<AttachmentJson>,
    #[schema(format = DateTime)]
    pub created_at: String,
    /// What happened, the latest first.
    pub history: Vec<HistoryJson>,
    /// Everything that may be done, or why not.
    pub actions: Vec<ActionJson>,
}

/// Everything a page of an inquiry is made from.
pub(super) struct Page {
    pub inquiry: Inquiry,
    pub customer: Option<Customer>,
    pub quotation: Option<Quotation>,
    pub order: Option<Order>,
    pub clocks: Vec<Clock>,
    pub attachments: Vec<Attachment>,
    pub settings: Option<Company>,
    pub events: Vec<Event>,
    pub names: BTreeMap<UserId, String>,
}

impl InquiryJson {
    /// The page of an inquiry for `by`.
    pub(super) fn of(page: &Page, by: &Actor) -> Self {
        let one = &page.inquiry;
        let user = |id: UserId| Named { id: id.to_string(), name: page.names.get(&id).cloned().unwrap_or_default() };
        let day = page.settings.as_ref().map(|settings| settings.date_of(one.received_at));
        let checked = day.map(|day| CheckJson::of(&one.items(), &one.said, day, by.language)).unwrap_or_default();
        let ordered = page.order.as_ref().filter(|order| order.lives()).map(Order::shown_number);
        let actions = inquiry_actions(one, ordered.as_deref(), by);
        InquiryJson {
            id: one.id.to_string(),
            version: one.version.raw(),
            number: one.number.clone(),
            status: one.status.into(),
            customer: page.customer.as_ref().map(|c| Coded { id: c.id.to_string(), code: c.code.clone(), name: c.name.clone() }),
            customer_name: one.customer_name.clone(),
            contact_name: one.contact_name.clone(),
            contact_phone: one.contact_phone.clone(),
            channel: one.channel.into(),
            received_at: one.received_at.to_string(),
            taken_by: user(one.taken_by),
            rep: one.rep_id.map(user),
            said: one.said.clone(),
            vague_words: checked.vague_words,
            items: checked.items,
            missing: one.missing_count,
            vague: one.vague_count,
            answer_by: one.answer_by.map(|at| at.to_string()),
            clock: page.clocks.first().map(|clock| ClockChip::of(clock, by.language)),
            answer: one.answer.clone(),
            answered_by: one.answered_by.map(user),
            answered_at: one.answered_at.map(|at| at.to_string()),
            drop_reason: one.drop_reason.clone(),
            quotation: page.quotation.as_ref().map(|q| Numbered { id: q.id.to_string(), number: q.number.clone() }),
            order: page.order.as_ref().map(|order| Numbered { id: order.id.to_string(), number: order.number.clone() }),
            attachments: page.attachments.iter().map(|file| AttachmentJson::of(file, &page.names)).collect(),
            created_at: one.created_at.to_string(),
            history: page.events.iter().map(|event| HistoryJson::of(event, by.language)).collect(),
            actions: actions.into_iter().map(|action| ActionJson::of(action, by.language)).collect(),
        }
    }
}
