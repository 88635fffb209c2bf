//! The follower that makes notifications and deliveries of events.

use std::collections::BTreeSet;
use std::sync::Arc;

use domain::notify::{
    Delivery, DeliveryState, FRESH_SECONDS, MAIL, MailSettings, Notification, NotifyChannel, NotifyRecipient, NotifyRule, NotifySettings,
    is_told,
};
use domain::{Actor, Company, Event, Instant, Language, Order, OrderId, User, UserId, Version};
use store::rows::{CustomerPortalUsers, Robots, UsersByActive, Webhooks};
use store::{Outcome, UnitOfWork};

use super::told;

/// What is the same for all events of a batch.
struct Around {
    rules: Arc<Vec<NotifyRule>>,
    users: Vec<User>,
    webhooks: Vec<domain::notify::Webhook>,
    robots: Vec<domain::notify::Robot>,
    mail: bool,
    zone: String,
}

/// Somebody or something to be told by a delivery.
struct To<'a> {
    channel: NotifyChannel,
    endpoint_id: i64,
    target: &'a str,
    user: Option<&'a User>,
    language: Language,
    template: &'a str,
    /// What makes it one of its kind beside the event.
    once: String,
    at: Instant,
    gathered: bool,
}

/// Makes what people see at the bell and what goes out of the house; events of long ago are told to nobody.
///
/// # Errors
/// Leaves when something is not loaded yet.
///
/// Source: TSK-05, API-02
pub fn act(work: &mut UnitOfWork, _by: &Actor, events: &[Event]) -> Outcome<()> {
    let oldest = work.now().plus_seconds(-FRESH_SECONDS);
    let fresh: Vec<&Event> = events.iter().filter(|event| event.at >= oldest).collect();
    if fresh.is_empty() {
        return Ok(());
    }
    let around = around(work)?;
    let fresh: Vec<&Event> = fresh.into_iter().filter(|event| around.concerns(&event.kind)).collect();
    work.want::<Order>(fresh.iter().filter(|event| event.subject_kind == "order").map(|event| OrderId::from_raw(event.subject_id)));
    for event in fresh {
        tell(work, &around, event)?;
    }
    Ok(())
}

fn around(work: &mut UnitOfWork) -> Outcome<Around> {
    let company = work.company();
    work.want::<Company>([company]);
    work.want::<MailSettings>([MAIL]);
    work.want_of::<UsersByActive>([true]);
    work.want_of::<Webhooks>([true]);
    work.want_of::<Robots>([true]);
    let rules = super::rules(work)?;
    let zone = work.get::<Company>(company)?.time_zone.clone();
    let mail = work.find::<MailSettings>(MAIL)?.is_some_and(|mail| mail.active);
    let users: Vec<User> = work.of::<UsersByActive>(true)?.iter().map(|user| (**user).clone()).collect();
    let webhooks = work.of::<Webhooks>(true)?.iter().map(|webhook| (**webhook).clone()).collect();
    let robots = work.of::<Robots>(true)?.iter().map(|robot| (**robot).clone()).collect();
    work.want::<NotifySettings>(users.iter().map(|user| user.id));
    Ok(Around { rules, users, webhooks, robots, mail, zone })
}

impl Around {
    fn concerns(&self, kind: &str) -> bool {
        let named = |kinds: &domain::Codes| kinds.contains(kind);
        self.rules.iter().any(|rule| rule.is_about(kind))
            || self.webhooks.iter().any(|webhook| named(&webhook.kinds))
            || self.robots.iter().any(|robot| named(&robot.kinds))
    }
}

/// Tells everybody of one event.
fn tell(work: &mut UnitOfWork, around: &Around, event: &Event) -> Outcome<()> {
    let order = match event.subject_kind.as_str() {
        "order" => work.find::<Order>(OrderId::from_raw(event.subject_id))?,
        _ => None,
    };
    let order = order.as_deref();
    let facts = told::facts(event, order);
    let about: Vec<&NotifyRule> = around.rules.iter().filter(|rule| rule.is_about(&event.kind)).collect();
    let mut seen: BTreeSet<(UserId, NotifyChannel)> = BTreeSet::new();
    for rule in &about {
        for user in told::recipients(rule, event, order, &around.users) {
            let settings = work.find::<NotifySettings>(user.id)?;
            let settings = settings.map_or_else(|| NotifySettings::usual(user.id), |held| (*held).clone());
            // Two rules that name the same person tell them once.
            if settings.in_app && rule.goes_by(NotifyChannel::InApp) && seen.insert((user.id, NotifyChannel::InApp)) {
                show(work, rule, event, user, &facts);
            }
            let by_mail = around.mail && settings.email && !user.email.is_empty() && rule.goes_by(NotifyChannel::Email);
            if by_mail && seen.insert((user.id, NotifyChannel::Email)) {
                let due = settings.due(rule.urgent, work.now(), &around.zone);
                let to = To {
                    channel: NotifyChannel::Email,
                    endpoint_id: 0,
                    target: &user.email,
                    user: Some(user),
                    language: user.language,
                    template: &rule.template,
                    once: format!("email:{}", user.id),
                    at: due.at,
                    gathered: due.gathered,
                };
                deliver(work, event, &facts, to);
            }
        }
    }
    let to_customer = about.iter().find(|rule| rule.to.contains(&NotifyRecipient::Customer) && rule.goes_by(NotifyChannel::Email));
    if let (Some(rule), Some(order), true) = (to_customer, order, around.mail) {
        tell_customer(work, rule, event, order, &facts)?;
    }
    tell_programs(work, around, event, &about, &facts);
    Ok(())
}

/// Writes to those who order for the customer in the portal.
fn tell_customer(work: &mut UnitOfWork, rule: &NotifyRule, event: &Event, order: &Order, facts: &str) -> Outcome<()> {
    let now = work.now();
    for user in work.of::<CustomerPortalUsers>(order.customer_id)?.iter().filter(|user| user.active && !user.email.is_empty()) {
        let to = To {
            channel: NotifyChannel::Email,
            endpoint_id: 0,
            target: &user.email,
            user: None,
            language: user.language,
            template: &rule.template,
            once: format!("portal:{}", user.id),
            at: now,
            gathered: false,
        };
        deliver(work, event, facts, to);
    }
    Ok(())
}

fn tell_programs(work: &mut UnitOfWork, around: &Around, event: &Event, about: &[&NotifyRule], facts: &str) {
    let now = work.now();
    let by_rule = |channel| about.iter().find(|rule| rule.goes_by(channel));
    let to_webhooks = by_rule(NotifyChannel::Webhook);
    for webhook in around.webhooks.iter().filter(|webhook| is_told(&webhook.kinds, &event.kind, to_webhooks.is_some())) {
        let to = To {
            channel: NotifyChannel::Webhook,
            endpoint_id: webhook.id.raw(),
            target: &webhook.url,
            user: None,
            language: Language::ZhCn,
            template: "event",
            once: format!("webhook:{}", webhook.id),
            at: now,
            gathered: false,
        };
        deliver(work, event, facts, to);
    }
    let to_robots = by_rule(NotifyChannel::Robot);
    for robot in around.robots.iter().filter(|robot| is_told(&robot.kinds, &event.kind, to_robots.is_some())) {
        let to = To {
            channel: NotifyChannel::Robot,
            endpoint_id: robot.id.raw(),
            target: &robot.name,
            user: None,
            language: robot.language,
            template: to_robots.map_or("event", |rule| &rule.template),
            once: format!("robot:{}", robot.id),
            at: now,
            gathered: false,
        };
        deliver(work, event, facts, to);
    }
}

fn show(work: &mut UnitOfWork, rule: &NotifyRule, event: &Event, user: &User, facts: &str) {
    let (id, created_at) = (work.id(), work.now());
    work.add(Notification {
        id,
        version: Version::FIRST,
        user_id: user.id,
        kind: event.kind.clone(),
        template: rule.template.clone(),
        subject_kind: event.subject_kind.clone(),
        subject_id: event.subject_id,
        subject_number: event.subject_number.clone(),
        facts: facts.to_owned(),
        urgent: rule.urgent,
        created_at,
        read_at: None,
    });
}

fn deliver(work: &mut UnitOfWork, event: &Event, facts: &str, to: To<'_>) {
    // An index of the database holds that each is made once; the follower's place already sees to it.
    let dedup = format!("{}:{}", event.position, to.once);
    let (id, created_at) = (work.id(), work.now());
    work.add(Delivery {
        id,
        version: Version::FIRST,
        dedup,
        position: event.position,
        kind: event.kind.clone(),
        channel: to.channel,
        endpoint_id: to.endpoint_id,
        target: to.target.to_owned(),
        user_id: to.user.map(|user| user.id),
        template: to.template.to_owned(),
        language: to.language,
        subject_kind: event.subject_kind.clone(),
        subject_id: event.subject_id,
        subject_number: event.subject_number.clone(),
        facts: facts.to_owned(),
        gathered: to.gathered,
        state: DeliveryState::Queued,
        attempts: 0,
        next_at: to.at,
        last_error: String::new(),
        created_at,
        sent_at: None,
    });
}
