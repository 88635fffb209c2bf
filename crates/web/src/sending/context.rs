//! What is claimed, put together as messages: everything they need is read at once.

use std::collections::{BTreeMap, HashMap};

use app::notify::send::Failed;
use app::notify::words::{Around, Told, gathered, words};
use domain::notify::{CODES, Delivery, MAIL, MailSettings, NotifyChannel, Robot, Template, Webhook, Words};
use domain::{Company, CompanyId, DeliveryId, Event, RobotId, User, UserId, Version, WebhookId};
use store::query::notify::event_at;
use store::{Fault, Reader};

use super::mail::Letter;
use crate::event::cloud_event;
use crate::state::Web;

/// One message for one or, of a digest, several deliveries.
pub(super) struct Message {
    /// The deliveries in it, at the version they were claimed at.
    pub of: Vec<(DeliveryId, Version)>,
    /// What is sent.
    pub what: What,
}

/// What is sent.
pub(super) enum What {
    Mail(MailSettings, Letter),
    Webhook(Post),
    Robot(Robot, String),
    /// It cannot be sent.
    Nothing(Failed),
}

/// An event for a webhook.
pub(super) struct Post {
    /// The id of the delivery, the same in every try.
    pub id: String,
    pub url: String,
    pub secrets: Vec<String>,
    pub body: String,
}

/// What messages are made with.
#[derive(Default)]
pub(crate) struct Known {
    pub around: Around,
    pub mail: Option<MailSettings>,
    pub templates: HashMap<String, Template>,
    users: HashMap<UserId, User>,
    webhooks: HashMap<i64, Webhook>,
    robots: HashMap<i64, Robot>,
    events: HashMap<i64, Event>,
}

impl Known {
    /// What holds for the whole company.
    ///
    /// # Errors
    /// Any fault of the database.
    pub fn of(reader: &Reader<'_>, company: CompanyId) -> Result<Self, Fault> {
        let found = reader.get::<Company>(company, company)?;
        let mail = reader.get::<MailSettings>(company, MAIL)?;
        let site_url = mail.as_ref().map_or_else(String::new, |mail| mail.site_url.trim_end_matches('/').to_owned());
        let (name, zone) = found.map_or_else(Default::default, |company| (company.name, company.time_zone));
        let mut templates = HashMap::new();
        for template in reader.all::<Template>(company, "", &[])? {
            templates.insert(template.code.clone(), template);
        }
        templates.retain(|code, _| CODES.contains(&code.as_str()));
        Ok(Known { around: Around { company: name, zone, site_url }, mail, templates, ..Known::default() })
    }
}

/// Puts messages together from what was claimed.
///
/// # Errors
/// Any fault of the database.
pub(super) async fn messages(web: &Web, company: CompanyId, claimed: Vec<Delivery>) -> Result<Vec<Message>, Fault> {
    let now = web.now();
    let make = move |reader: &Reader<'_>| {
        let mut known = Known::of(reader, company)?;
        for delivery in &claimed {
            known.learn(reader, company, delivery)?;
        }
        let (together, single): (Vec<&Delivery>, Vec<&Delivery>) = claimed.iter().partition(|delivery| delivery.gathered);
        let mut digests: BTreeMap<(Option<UserId>, &str), Vec<&Delivery>> = BTreeMap::new();
        for delivery in together {
            digests.entry((delivery.user_id, &delivery.target)).or_default().push(delivery);
        }
        let mut all: Vec<Message> = single.into_iter().map(|delivery| known.message(&[delivery], now)).collect();
        all.extend(digests.into_values().map(|deliveries| known.message(&deliveries, now)));
        Ok(all)
    };
    web.app.store.read(make).await
}

impl Known {
    fn learn(&mut self, reader: &Reader<'_>, company: CompanyId, delivery: &Delivery) -> Result<(), Fault> {
        let id = delivery.endpoint_id;
        match delivery.channel {
            NotifyChannel::Webhook => {
                if let Some(webhook) = reader.get::<Webhook>(company, WebhookId::from_raw(id))? {
                    self.webhooks.insert(id, webhook);
                }
                if let Some(event) = event_at(reader, company, delivery.position)? {
                    self.events.insert(delivery.position, event);
                }
            }
            NotifyChannel::Robot => {
                if let Some(robot) = reader.get::<Robot>(company, RobotId::from_raw(id))? {
                    self.robots.insert(id, robot);
                }
            }
            NotifyChannel::Email | NotifyChannel::InApp => {}
        }
        if let Some(user) = delivery.user_id.filter(|user| !self.users.contains_key(user))
            && let Some(found) = reader.get::<User>(company, user)?
        {
            self.users.insert(user, found);
        }
        Ok(())
    }

    /// The message of these deliveries, all to the same address; of more than one, a digest.
    fn message(&self, deliveries: &[&Delivery], now: domain::Instant) -> Message {
        let of = deliveries.iter().map(|delivery| (delivery.id, delivery.version)).collect();
        let first = deliveries[0];
        let what = match first.channel {
            NotifyChannel::Email => self.letter(deliveries, now),
            NotifyChannel::Webhook => self.post(first, now),
            NotifyChannel::Robot => match self.robots.get(&first.endpoint_id).filter(|robot| robot.active) {
                Some(robot) => {
                    let Words { subject, body } = self.words(first);
                    What::Robot(robot.clone(), format!("{subject}\n\n{}", body.trim()))
                }
                None => gone(),
            },
            NotifyChannel::InApp => gone(),
        };
        Message { of, what }
    }

    fn recipient(&self, delivery: &Delivery) -> &str {
        delivery.user_id.and_then(|user| self.users.get(&user)).map_or("", |user| user.name.as_str())
    }

    fn words(&self, delivery: &Delivery) -> Words {
        let told = Told::of_delivery(delivery, self.recipient(delivery));
        words(self.templates.get(&delivery.template), &told, &self.around, delivery.language)
    }

    fn letter(&self, deliveries: &[&Delivery], now: domain::Instant) -> What {
        let Some(mail) = self.mail.as_ref().filter(|mail| mail.active) else { return What::Nothing(Failed::because("notify.mail_off")) };
        let first = deliveries[0];
        let recipient = self.recipient(first);
        let words = if first.gathered {
            let items: Vec<Words> = deliveries.iter().map(|delivery| self.words(delivery)).collect();
            gathered(self.templates.get("digest"), &items, recipient, &self.around, first.language)
        } else {
            self.words(first)
        };
        let Words { subject, body } = words;
        let id = first.id.to_string();
        What::Mail(mail.clone(), Letter { id, to: first.target.clone(), to_name: recipient.to_owned(), subject, body, at: now })
    }

    fn post(&self, delivery: &Delivery, now: domain::Instant) -> What {
        let webhook = self.webhooks.get(&delivery.endpoint_id).filter(|webhook| webhook.active);
        let (Some(webhook), Some(event)) = (webhook, self.events.get(&delivery.position)) else { return gone() };
        let secrets = webhook.secrets(now).into_iter().map(str::to_owned).collect();
        // What is sent out is read by nobody knows whom.
        let body = cloud_event(event, delivery.language, false).to_string();
        What::Webhook(Post { id: delivery.id.to_string(), url: webhook.url.clone(), secrets, body })
    }
}

fn gone() -> What {
    What::Nothing(Failed { error: "notify.endpoint_gone".into(), hopeless: true, gone: false })
}
