//! Clocks over HTTP and through the ticker: started by what happens, moved by pauses, firing once.

use std::sync::Arc;

use app::App;
use domain::{Clock, ClockStart, Due, Event, Instant, UserId, Version};
use serde_json::{Value, json};
use store::Store;

use crate::client::Client;
use crate::shop::{Shop, id, items, order_of, shops, shows, ticked};

/// Monday, 2026-11-23, 9 o'clock in Shanghai.
const MONDAY: &str = "2026-11-23T01:00:00Z";

pub async fn monday() -> Vec<Shop> {
    let mut all = Vec::new();
    for shop in shops().await {
        all.push(shop.on(MONDAY).await);
    }
    all
}

impl Shop {
    pub async fn tick(&self) {
        web::tick(&self.server.app).await;
    }

    /// Time passes, and what is due happens.
    pub async fn wait(&self, minutes: i64) {
        self.server.clock.forward(minutes * 60);
        self.tick().await;
    }

    pub async fn clocks(&self, order: &str) -> Vec<Value> {
        self.tick().await;
        self.rep.get(&format!("/orders/{order}/clocks")).await.expect(200).as_array().unwrap().clone()
    }

    pub async fn clock(&self, order: &str, code: &str) -> Value {
        self.clocks(order).await.into_iter().find(|clock| clock["code"] == code).unwrap_or_default()
    }

    /// What clocks have done, the oldest first.
    async fn fired(&self) -> Vec<Event> {
        fired(&self.server.app, self.server.company).await
    }

    /// Another process on the same database.
    pub async fn another(&self) -> App {
        let clock = self.server.clock.clone();
        App::new(Store::open(self.server.app.store.place().clone(), Arc::new(move || clock.now())).await.unwrap())
    }
}

async fn fired(app: &App, company: domain::CompanyId) -> Vec<Event> {
    let read = app.store.read(move |reader| store::query::event::behind(reader, company, 0, 1_000_000));
    let kinds = ["ClockWarned", "ClockBreached", "ClockEscalated"];
    read.await.unwrap().into_iter().filter(|event| kinds.contains(&event.kind.as_str())).collect()
}

fn told(event: &Event) -> Vec<String> {
    let to = event.facts()["to"].as_array().cloned().unwrap_or_default();
    to.iter().map(|user| user["name"].as_str().unwrap().trim_end_matches(" 先生").to_owned()).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn what_happens_to_an_order_starts_and_stops_its_clocks() {
    for shop in monday().await {
        let order = shop.place(order_of(1)).await;
        let review = shop.clock(&order, "order.review").await;
        assert_eq!((&review["state"], &review["due_at"]), (&json!("running"), &json!("2026-11-23T03:00:00Z")));
        assert_eq!(shop.clock(&order, "order.status").await["due_at"], "2026-11-24T01:00:00Z");
        let row = &items(&shop.rep.get("/orders").await.expect(200))[0];
        assert_eq!((&row["clock"]["code"], &row["clock"]["due_at"]), (&json!("order.review"), &json!("2026-11-23T03:00:00Z")));
        let work = shop.service.get("/my-work").await.expect(200);
        let item = work["items"].as_array().unwrap().iter().find(|item| item["kind"] == "review").unwrap();
        assert_eq!(item["due_at"], "2026-11-23T03:00:00Z");

        shop.wait(30).await;
        shop.service.step(&order, "review", ticked()).await.expect(200);
        // Half past nine and four hours, with lunch between.
        assert_eq!(shop.clock(&order, "order.approve").await["due_at"], "2026-11-23T06:30:00Z");
        let review = shop.clock(&order, "order.review").await;
        assert_eq!((&review["state"], &review["stopped_at"]), (&json!("stopped"), &json!("2026-11-23T01:30:00Z")));
        shop.manager.step(&order, "approve", json!({})).await.expect(200);
        assert_eq!(shop.clock(&order, "order.status").await["state"], "stopped");
        // The end of the day before 12-15.
        assert_eq!(shop.clock(&order, "order.delivery_reminder").await["due_at"], "2026-12-14T16:00:00Z");
        // Nothing is there of it: the customer is asked 24 hours before the day begins, unless it comes in before.
        assert_eq!(shop.clock(&order, "order.shortage").await["due_at"], "2026-12-13T16:00:00Z");
        shop.receive("P001", "10").await;
        shop.service.step(&order, "reserve", json!({})).await.expect(200);
        assert_eq!(shop.clock(&order, "order.shortage").await["state"], "stopped");
        let open = items(&shop.manager.get("/clocks").await.expect(200));
        assert_eq!(open.iter().map(|clock| clock["code"].as_str().unwrap()).collect::<Vec<_>>(), ["order.delivery_reminder"]);
        assert_eq!(items(&shop.manager.get("/clocks?state=stopped").await.expect(200)).len(), 4);
        assert!(shop.manager.get("/clocks?format=csv").await.text().contains("Delivery reminder"));
        shop.manager.get("/clocks?state=moon").await.expect(422);
        assert_eq!(shop.fired().await, []);
        shop.verify().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_pause_moves_the_due_time_by_just_as_much() {
    for shop in monday().await {
        let order = shop.place(order_of(1)).await;
        let status = shop.clock(&order, "order.status").await;
        let place = format!("/orders/{order}/clocks/{}", id(&status));
        shop.wait(15).await;
        shop.service.post(&format!("{place}/pause"), json!({})).await.expect(422);
        shop.warehouse.post(&format!("{place}/pause"), json!({"reason": "x"})).await.expect(403);
        shop.service.post(&format!("{place}/pause"), json!({"reason": "等客户确认规格"})).await.expect(200);
        let again = shop.service.post(&format!("{place}/pause"), json!({"reason": "x"})).await.expect(409);
        assert_eq!(again["code"], "clock.already_paused");
        let paused = shop.clock(&order, "order.status").await;
        assert_eq!(
            (&paused["state"], &paused["pause_reason"], &paused["left_seconds"]),
            (&json!("paused"), &json!("等客户确认规格"), &json!(85_500))
        );
        shop.wait(45).await;
        shop.service.post(&format!("{place}/resume"), json!({})).await.expect(200);
        assert_eq!(shop.service.post(&format!("{place}/resume"), json!({})).await.expect(409)["code"], "clock.not_paused");
        assert_eq!(shop.clock(&order, "order.status").await["due_at"], "2026-11-24T01:45:00Z");

        // Holding the order pauses what people have to do with it.
        shop.service.step(&order, "hold", json!({"reason": "缺资料"})).await.expect(200);
        assert_eq!(shop.clock(&order, "order.review").await["state"], "paused");
        shop.wait(24 * 60).await;
        let shop = Shop::enter(shop.server).await;
        shop.service.step(&order, "resume", json!({})).await.expect(200);
        assert_eq!(shop.clock(&order, "order.review").await["due_at"], "2026-11-24T03:00:00Z");

        let review = shop.clock(&order, "order.review").await;
        assert_eq!(review["actions"], json!(["pause"]));
        let stop = shop.service.post(&format!("/orders/{order}/clocks/{}/stop", id(&review)), json!({})).await.expect(409);
        assert_eq!(stop["code"], "clock.stops_by_itself");
        shop.service.post(&format!("{place}/stop"), json!({"note": "已电话告知"})).await.expect(200);
        assert_eq!(shop.clock(&order, "order.status").await["state"], "stopped");
        let other = shop.place(order_of(1)).await;
        shop.service.post(&format!("/orders/{other}/clocks/{}/pause", id(&review)), json!({"reason": "x"})).await.expect(404);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_is_promised_by_a_time_of_its_own() {
    for shop in monday().await {
        let order = shop.place(order_of(1)).await;
        let path = format!("/orders/{order}/clocks");
        let made = shop.rep.post(&path, json!({"due_at": "2026-11-23T10:30:00+08:00", "note": "交期能否提前"})).await.expect(201);
        let clock = shop.rep.get(&format!("/clocks/{}", id(&made))).await.expect(200);
        assert_eq!(
            (&clock["code"], &clock["due_at"], &clock["note"]),
            (&json!("order.answer"), &json!("2026-11-23T02:30:00Z"), &json!("交期能否提前"))
        );
        for (body, pointer, code) in [
            (json!({"due_at": "2026-11-23T00:59:00Z"}), "/due_at", "clock.in_the_past"),
            (json!({"due_at": "soon"}), "/due_at", "instant.not_an_instant"),
            (json!({}), "/due_at", "value.required"),
            (json!({"due_at": "2026-11-24T00:00:00Z", "code": "order.review"}), "/code", "clock.starts_by_itself"),
            (json!({"due_at": "2026-11-24T00:00:00Z", "code": "moon"}), "/code", "value.unknown"),
        ] {
            let answer = shop.rep.post(&path, body).await;
            answer.expect(422);
            assert_eq!(answer.pointers(), [(pointer.to_owned(), code.to_owned())]);
        }
        shop.wait(60).await;
        let warned = shop.fired().await;
        assert_eq!((warned.len(), warned[0].kind.as_str(), told(&warned[0])), (1, "ClockWarned", vec!["customer_service".to_owned()]));
        shop.rep.post(&format!("{path}/{}/stop", id(&made)), json!({"note": "已答复"})).await.expect(200);
        shop.wait(60).await;
        let kinds: Vec<_> = shop.fired().await.into_iter().map(|event| event.facts()["code"].clone()).collect();
        assert!(!kinds[1..].contains(&json!("order.answer")), "{kinds:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_clock_warns_is_breached_and_escalates_once_each() {
    for shop in monday().await {
        let deputy = shop.server.add_user("deputy", "sales_rep").await;
        let people = items(&shop.admin.get("/users").await.expect(200));
        let user = |name: &str| people.iter().find(|user| user["username"] == name).map(id).unwrap();
        let away = json!({"user_id": user("sales_manager"), "substitute_id": deputy, "from_on": "2026-11-20", "to_on": "2026-11-23"});
        shop.admin.post("/absences", away).await.expect(201);

        let order = shop.place(order_of(1)).await;
        shop.wait(89).await;
        assert_eq!(shop.fired().await, []);
        shop.wait(1).await;
        shop.wait(30).await;
        shop.tick().await;
        // A second process, and the same one after a restart, know what has happened; so they do where the time goes backwards.
        let another = shop.another().await;
        web::tick(&another).await;
        shop.server.clock.forward(-3600);
        web::tick(&another).await;
        shop.server.clock.forward(3600);
        let all = shop.fired().await;
        let seen: Vec<_> = all.iter().map(|event| (event.kind.as_str(), event.facts()["role"].clone(), told(event))).collect();
        let service = (json!("customer_service"), vec!["customer_service".to_owned()]);
        assert_eq!(seen, [("ClockWarned", service.0.clone(), service.1.clone()), ("ClockBreached", service.0, service.1)], "each once");
        assert_eq!(all[1].at.to_string(), "2026-11-23T03:00:00Z");
        assert_eq!(shop.clock(&order, "order.review").await["state"], "breached");

        // Half an hour after eleven, and at three.
        shop.wait(30).await;
        let escalated = shop.fired().await.pop().unwrap();
        let facts = escalated.facts();
        assert_eq!((escalated.kind.as_str(), &facts["level"], &facts["role"]), ("ClockEscalated", &json!(1), &json!("sales_manager")));
        assert_eq!(told(&escalated), ["deputy"], "who is away has a substitute");
        assert!(escalated.summary(domain::Language::ZhCn).contains("deputy"), "{}", escalated.summary(domain::Language::ZhCn));
        shop.wait(24 * 60).await;
        let review = |events: Vec<Event>| events.into_iter().filter(|event| event.facts()["code"] == "order.review").count();
        assert_eq!(review(shop.fired().await), 4);
        shop.wait(24 * 60).await;
        assert_eq!(review(shop.fired().await), 4);

        let shop = Shop::enter(shop.server).await;
        let due = items(&shop.service.get("/clocks?state=breached&overdue=true").await.expect(200));
        assert_eq!(due[0]["level"], 2);
        shop.service.step(&order, "review", ticked()).await.expect(200);
        assert_eq!(shop.clock(&order, "order.review").await["breached_at"], "2026-11-23T03:00:00Z");
        shop.verify().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_clock_that_was_stopped_never_fires() {
    for shop in monday().await {
        let order = shop.place(order_of(1)).await;
        shop.tick().await;
        shop.server.clock.forward(89 * 60);
        shop.service.step(&order, "review", ticked()).await.expect(200);
        // The follower had no time to hear of it.
        shop.server.clock.forward(3600);
        let (one, two) = (shop.another().await, shop.another().await);
        tokio::join!(web::tick(&one), web::tick(&two));
        assert_eq!(shop.fired().await, []);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn another_calendar_moves_what_is_due_by_it() {
    for shop in monday().await {
        let order = shop.reviewed(order_of(1)).await;
        assert_eq!(shop.clock(&order, "order.approve").await["due_at"], "2026-11-23T06:00:00Z");
        let mut office = shop.admin.get("/calendars/office").await.expect(200);
        assert_eq!(office["monday"], json!(["09:00-12:00", "13:00-18:00"]));
        let change = |calendar: &Value| {
            let mut body = calendar.clone();
            body.as_object_mut().unwrap().remove("version");
            body
        };
        office["holidays"] = json!(["2026-11-23"]);
        office["make_up"] = json!([{"on": "2026-11-28", "hours": ["09:00-12:00"]}]);
        office["tuesday"] = json!(["10:00-11:00"]);
        shop.service.put("/calendars/office", 1, change(&office)).await.expect(403);
        shop.admin.put("/calendars/office", 1, change(&office)).await.expect(200);
        shop.admin.put("/calendars/office", 1, change(&office)).await.expect(412);
        // An hour on Tuesday, three on Wednesday.
        assert_eq!(shop.clock(&order, "order.approve").await["due_at"], "2026-11-25T04:00:00Z");
        for (field, value, pointer, code) in [
            ("holidays", json!(["2026-02-30"]), "/holidays/0", "date.not_a_date"),
            ("make_up", json!([{"on": "2026-11-23", "hours": ["09:00-12:00"]}]), "/make_up/0/on", "calendar.holiday_too"),
            ("monday", json!(["9-12"]), "/monday/0", "calendar.no_hour_span"),
            ("wednesday", json!(["09:00-12:00", "11:00-13:00"]), "/wednesday/1", "calendar.overlapping"),
            ("zone", json!("Mars"), "/zone", "value.unknown"),
        ] {
            let mut body = change(&office);
            body[field] = value;
            let answer = shop.admin.put("/calendars/office", 2, body).await;
            answer.expect(422);
            assert_eq!(answer.pointers(), [(pointer.to_owned(), code.to_owned())], "{field}");
        }
        let new = json!({"code": "night", "name": {"zh-CN": "夜班", "zh-TW": "夜班", "en": "Night"}, "zone": "Asia/Shanghai", "sunday": ["22:00-24:00"]});
        let mut never = new.clone();
        never["sunday"] = json!([]);
        assert_eq!(shop.admin.post("/calendars", never).await.pointers(), [("/monday".to_owned(), "calendar.no_working_time".to_owned())]);
        shop.admin.post("/calendars", new.clone()).await.expect(201);
        shop.admin.post("/calendars", new).await.expect(422);
        let codes: Vec<_> =
            shop.rep.get("/calendars").await.expect(200).as_array().unwrap().iter().map(|calendar| calendar["code"].clone()).collect();
        assert_eq!(codes, ["always", "night", "office"]);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_companys_calendars_follow_it_to_another_zone() {
    for shop in monday().await {
        let names = json!({"zh-CN": "东京", "zh-TW": "東京", "en": "Tokyo"});
        let tokyo = json!({"code": "tokyo", "name": names, "zone": "Asia/Tokyo", "monday": ["09:00-12:00"]});
        shop.admin.post("/calendars", tokyo).await.expect(201);
        let order = shop.reviewed(order_of(1)).await;
        // Nine in Shanghai, four hours with lunch between.
        assert_eq!(shop.clock(&order, "order.approve").await["due_at"], "2026-11-23T06:00:00Z");
        let mut company = shop.admin.get("/company").await.expect(200);
        company["time_zone"] = json!("Europe/Berlin");
        let version = company["version"].as_i64().unwrap();
        shop.admin.put("/company", version, company.clone()).await.expect(200);
        let zones: Vec<Value> =
            shop.admin.get("/calendars").await.expect(200).as_array().unwrap().iter().map(|c| c["zone"].clone()).collect();
        assert_eq!(zones, ["Europe/Berlin", "Europe/Berlin", "Asia/Tokyo"], "always, office; the one of its own zone stays");
        // Two at night in Berlin when it began: three hours until noon there, one after lunch, and Berlin is one hour ahead of UTC in November.
        assert_eq!(shop.clock(&order, "order.approve").await["due_at"], "2026-11-23T13:00:00Z");
        let events = items(&shop.admin.get("/audit?kind=CalendarEdited").await.expect(200));
        assert_eq!(events.len(), 2);
        shows(&events[0]["changes"], &json!([{"before": "Asia/Shanghai", "after": "Europe/Berlin"}]));
        // Another setting moves nothing.
        company["follow_up_days"] = json!(9);
        shop.admin.put("/company", version + 1, company).await.expect(200);
        assert_eq!(items(&shop.admin.get("/audit?kind=CalendarEdited").await.expect(200)).len(), 2);
        shop.verify().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn absences_are_arranged_by_oneself_or_by_who_may() {
    for shop in shops().await {
        let people = items(&shop.admin.get("/users").await.expect(200));
        let user = |name: &str| people.iter().find(|user| user["username"] == name).map(id).unwrap();
        let body = |who: &str, from: &str, to: &str| json!({"substitute_id": user(who), "from_on": from, "to_on": to, "note": "年假"});
        let mine = shop.finance.post("/absences", body("sales_manager", "2026-12-01", "2026-12-05")).await;
        let made = id(&mine.expect(201));
        let refused = |client: Client, body: Value| async move {
            let answer = client.post("/absences", body).await;
            answer.expect(422);
            answer.pointers()
        };
        let pointers = refused(shop.finance.clone(), body("finance", "2026-12-05", "2026-12-04")).await;
        assert_eq!(pointers, [("/substitute_id", "absence.oneself"), ("/to_on", "date.before")].map(|(a, b)| (a.to_owned(), b.to_owned())));
        let pointers = refused(shop.finance.clone(), body("admin", "2026-12-05", "2026-12-09")).await;
        assert_eq!(pointers, [("/from_on".to_owned(), "absence.overlapping".to_owned())]);
        let mut of_another = body("admin", "2026-12-05", "2026-12-09");
        of_another["user_id"] = json!(user("warehouse"));
        shop.finance.post("/absences", of_another.clone()).await.expect(403);
        shop.admin.post("/absences", of_another).await.expect(201);
        shop.admin.post(&format!("/users/{}/deactivate", user("auditor")), json!({})).await.expect(200);
        let pointers = refused(shop.finance.clone(), body("auditor", "2027-01-05", "2027-01-09")).await;
        assert_eq!(pointers, [("/substitute_id".to_owned(), "value.inactive".to_owned())]);

        let found = shop.rep.get("/absences?on=2026-12-05&sort=from_on").await.expect(200);
        let names: Vec<_> = items(&found).iter().map(|row| (row["user"]["name"].clone(), row["editable"].clone())).collect();
        assert_eq!(names, [(json!("finance 先生"), json!(false)), (json!("warehouse 先生"), json!(false))]);
        assert_eq!(items(&shop.manager.get("/absences?mine=true&current=true").await.expect(200)).len(), 1);
        let place = format!("/absences/{made}");
        shop.finance.put(&place, 1, body("admin", "2026-12-02", "2026-12-03")).await.expect(200);
        assert_eq!(shop.finance.get(&place).await.expect(200)["substitute"]["name"], "admin 先生");
        shop.rep.delete(&place, 2).await.expect(403);
        shop.finance.delete(&place, 1).await.expect(412);
        shop.finance.delete(&place, 2).await.expect(204);
        shop.finance.get(&place).await.expect(404);
    }
}

/// Clocks that fall due in one minute.
const MANY: i64 = 10_000;

/// Adds clocks of orders that need not be there, all due within the minute after `at`.
async fn add_many(app: &App, company: domain::CompanyId, at: Instant) {
    for part in 0..MANY / 500 {
        let add = move |work: &mut store::UnitOfWork| {
            let terms = domain::ClockTerms { role: "customer_service".into(), ..Default::default() };
            for place in 0..500 {
                let due = at.plus_seconds((part * 500 + place) % 60);
                let start = ClockStart {
                    id: work.id(),
                    code: "order.answer",
                    terms: &terms,
                    subject: (domain::ClockSubject::Order, 1 + part * 500 + place, "SO1"),
                    calendar: ("", Version::default()),
                    at: Instant::from_micros(at.micros() - 3_600_000_000),
                    due: Due::At(due),
                    by: UserId::NONE,
                    note: "",
                };
                let now = work.now();
                work.add(Clock::start(&start, &domain::WorkCalendar::always(), now));
            }
            Ok(())
        };
        app.store.write(company, add).await.unwrap();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn ten_thousand_clocks_that_fall_due_in_one_minute_fire_once_each() {
    for server in crate::server::servers().await {
        let at = server.clock.now().plus_seconds(60);
        add_many(&server.app, server.company, at).await;
        let (company, clock) = (server.company, server.clock.clone());
        let of_second = clock.clone();
        let place = server.app.store.place().clone();
        let two = App::new(Store::open(place, Arc::new(move || of_second.now())).await.unwrap());
        let begun = std::time::Instant::now();
        clock.forward(121);
        tokio::join!(web::tick(&server.app), web::tick(&two));
        let taken = begun.elapsed();
        let events = fired(&two, company).await;
        let mut ids: Vec<String> = events.iter().map(|event| event.facts()["clock_id"].as_str().unwrap().to_owned()).collect();
        ids.sort_unstable();
        ids.dedup();
        let all = usize::try_from(MANY).unwrap();
        assert_eq!((events.len(), ids.len()), (all, all));
        println!("{MANY} clocks of two processes on {:?} in {taken:?}", server.app.store.place());
        assert!(taken.as_secs() < 60, "{taken:?}");
    }
}

/// Money before goods, or the manager's word and the money within a day.
const OWING: &str = "title = \"x\"\n[[approval]]\ncode = \"manager\"\nstage = 1\nroles = [\"sales_manager\"]\n[[checklist]]\ncode = \"lines\"\n\
    [[gate]]\ncode = \"ship.deposit\"\non = [\"ship\"]\nrequire = \"order.paid >= order.deposit\"\nmessage = \"The deposit is not in\"\n\
    override = [\"sales_manager\"]\nbackfill = \"24h\"\n";

#[tokio::test(flavor = "multi_thread")]
async fn my_work_has_time_limits_that_are_over_and_what_is_owed() {
    for shop in monday().await {
        shop.rules(OWING).await;
        shop.receive("P001", "10").await;
        let order = shop.place(order_of(4)).await;
        let promise = json!({"due_at": "2026-11-23T02:00:00Z", "note": "下午回复交期"});
        shop.rep.post(&format!("/orders/{order}/clocks"), promise).await.expect(201);
        shop.wait(130).await;
        let work = async |client: &Client| client.get("/my-work").await.expect(200);
        let codes = |work: &Value| work["clocks"].as_array().unwrap().iter().map(|one| one["clock"]["code"].clone()).collect::<Vec<_>>();
        // The promised answer is the role's whose rule says so; the review that is late stands in the queue already, as an item.
        let rep = work(&shop.rep).await;
        let answer = shop.clock(&order, "order.answer").await;
        let who = if answer["role"] == "sales_rep" { &shop.rep } else { &shop.service };
        let mine = work(who).await;
        assert_eq!(codes(&mine), ["order.answer"], "{rep}");
        shows(
            &mine["clocks"][0],
            &json!({"customer_name": "客户CUST001", "verb": null, "clock": {"state": "breached", "actions": ["pause", "stop"]}}),
        );
        assert_eq!(mine["counts"]["clock"], 1);
        let service = work(&shop.service).await;
        assert!(service["items"].as_array().unwrap().iter().any(|item| item["kind"] == "review"));
        assert!(!codes(&service).contains(&json!("order.review")), "shown once");
        assert_eq!(codes(&work(&shop.warehouse).await), Vec::<Value>::new(), "another role's");
        // Done by hand, it is gone.
        let stop = format!("/orders/{order}/clocks/{}/stop", id(&mine["clocks"][0]["clock"]));
        who.post(&stop, json!({"note": "已回复"})).await.expect(200);
        assert_eq!(codes(&work(who).await), Vec::<Value>::new());

        shop.service.step(&order, "review", json!({"checklist": ["lines"]})).await.expect(200);
        shop.manager.step(&order, "approve", json!({})).await.expect(200);
        shop.manager.step(&order, "override-gate", json!({"gate": "ship.deposit", "reason": "老客户"})).await.expect(200);
        shop.warehouse.step(&order, "ship", json!({"lines": [{"line_no": 1, "quantity": "2"}]})).await.expect(200);
        let mine = work(&shop.manager).await;
        shows(&mine["owed"], &json!([{"gate": "ship.deposit", "owed": "open", "order_id": order}]));
        assert_eq!((&mine["counts"]["owed"], &mine["tasks"]), (&json!(1), &json!([])), "the task is the same work");
        assert_eq!(work(&shop.warehouse).await["owed"], json!([]));
        shop.finance.step(&order, "record-payment", json!({"amount": "600", "method": "bank"})).await.expect(200);
        let owed = &mine["owed"][0];
        let bring = format!("/overrides/{}/backfill", id(owed));
        shop.manager.post_at(&bring, owed["version"].as_i64().unwrap(), json!({"note": "到账"})).await.expect(200);
        assert_eq!(work(&shop.manager).await["owed"], json!([]));
        shop.verify().await;
    }
}
