//! Tasks over HTTP: blueprint `dispatch`, and what a task refuses.

use app::task::NewTask;
use domain::{OrderId, TaskCause};
use reqwest::Method;
use reqwest::multipart::{Form, Part};
use serde_json::{Value, json};

use crate::client::{Answer, Client, send};
use crate::server::found;
use crate::shop::{Shop, id, items, order_of, shops, shows, with};

/// A shop with three people who work outside.
struct Crew {
    shop: Shop,
    liu: Client,
    chen: Client,
    /// Ids of 刘, 陈 and 吴.
    ids: [String; 3],
}

async fn crews() -> Vec<Crew> {
    let mut all = Vec::new();
    for shop in shops().await {
        let ids = [
            shop.server.add_user("liu", "after_sales").await,
            shop.server.add_user("chen", "after_sales").await,
            shop.server.add_user("wu", "after_sales").await,
        ];
        let (liu, chen) = (shop.server.sign_in("liu").await, shop.server.sign_in("chen").await);
        let levels = |pairs: &[(&str, i64)]| pairs.iter().map(|(skill, level)| json!({"skill": skill, "level": level})).collect::<Vec<_>>();
        for (user, skills, district) in [
            (&ids[0], levels(&[("measure", 5)]), "余杭区"),
            (&ids[1], levels(&[("measure", 4), ("install", 3)]), "西湖区"),
            (&ids[2], levels(&[("install", 5)]), "余杭区"),
        ] {
            let profile = json!({"user_id": user, "skills": skills, "city": "杭州市", "district": district, "phone": "13800138000"});
            shop.manager.post("/workers", profile).await.expect(201);
        }
        all.push(Crew { shop, liu, chen, ids });
    }
    all
}

fn measuring(order: &str) -> Value {
    json!({"kind": "measure", "title": "上门量尺", "order_id": order, "city": "杭州市", "district": "余杭区", "place": "文一西路 969 号"})
}

impl Client {
    async fn task(&self, id: &str, verb: &str, body: Value) -> Answer {
        self.post(&format!("/tasks/{id}/{verb}"), body).await
    }

    async fn shown(&self, id: &str) -> Value {
        self.get(&format!("/tasks/{id}")).await.expect(200)
    }
}

fn allowed(task: &Value) -> Vec<&str> {
    let actions = task["actions"].as_array().unwrap();
    actions.iter().filter(|action| action["allowed"] == true).map(|action| action["verb"].as_str().unwrap()).collect()
}

fn names(candidates: &Value) -> Vec<&str> {
    candidates.as_array().unwrap().iter().map(|one| one["user"]["name"].as_str().unwrap()).collect()
}

async fn upload(client: &Client, task: &str) -> Answer {
    let bytes = b"\x89PNG\r\n\x1a\nand so on".to_vec();
    let form = Form::new().part("file", Part::bytes(bytes).file_name("尺寸图.png")).text("kind", "photo").text("task_id", task.to_owned());
    send(client.request(Method::POST, "/attachments").multipart(form)).await
}

/// The task of a new order, offered to 刘 and then 陈, who has it in progress.
async fn in_progress(crew: &Crew) -> String {
    let order = crew.shop.effective(order_of(1)).await;
    let task = id(&crew.shop.rep.post("/tasks", measuring(&order)).await.expect(201));
    crew.shop.manager.task(&task, "offer", json!({"user_id": crew.ids[1]})).await.expect(200);
    crew.chen.task(&task, "accept", json!({})).await.expect(200);
    crew.chen.task(&task, "start", json!({})).await.expect(200);
    task
}

async fn tick_all(client: &Client, task: &str) {
    let steps = client.shown(task).await["steps"].as_array().unwrap().len();
    for no in 1..=steps {
        client.task(task, "tick", json!({"no": no, "done": true})).await.expect(200);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn who_is_away_on_the_day_a_task_is_due_comes_last_and_says_so() {
    for crew in crews().await {
        let Crew { shop, ids, .. } = &crew;
        let order = shop.effective(order_of(1)).await;
        // The evening of the 25th in UTC is the 26th in Shanghai.
        let due = with(measuring(&order), json!({"due_at": "2026-11-25T17:00:00Z"}));
        let task = id(&shop.rep.post("/tasks", due).await.expect(201));
        let path = format!("/tasks/{task}/candidates");
        let ranked = || async { shop.manager.clone().with("accept-language", "zh-CN").get(&path).await.expect(200) };
        assert_eq!(names(&ranked().await), ["liu 先生", "chen 先生", "wu 先生"]);
        let away = |from: &str, to: &str| json!({"user_id": ids[0], "substitute_id": ids[1], "from_on": from, "to_on": to, "note": "年假"});
        shop.admin.post("/absences", away("2026-11-22", "2026-11-25")).await.expect(201);
        assert_eq!(names(&ranked().await)[0], "liu 先生", "back by then");
        shop.admin.post("/absences", away("2026-11-26", "2026-11-30")).await.expect(201);
        let found = ranked().await;
        assert_eq!(names(&found)[0], "chen 先生");
        let liu = found.as_array().unwrap().iter().find(|one| one["user"]["name"] == "liu 先生").unwrap();
        assert_eq!((&liu["fits"], &liu["reasons"][0]), (&json!(false), &json!("请假至 2026-11-30")));
        assert_eq!(names(&found)[2], "liu 先生", "last, behind who lacks the skill");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_task_is_dispatched_done_and_judged() {
    for crew in crews().await {
        let Crew { shop, liu, chen, ids } = &crew;
        let order = shop.effective(order_of(1)).await;
        let made = shop.rep.post("/tasks", measuring(&order)).await;
        let task = id(&made.expect(201));
        assert_eq!(made.json()["number"], "TK2026000001");

        // Ranked by skill, then by place; who lacks the skill comes last.
        let path = format!("/tasks/{task}/candidates");
        let ranked = shop.manager.clone().with("accept-language", "zh-CN").get(&path).await.expect(200);
        assert_eq!(names(&ranked), ["liu 先生", "chen 先生", "wu 先生"]);
        assert_eq!(ranked[0]["reasons"], json!(["技能 量尺 5 级", "手上没有任务", "同区"]));
        shows(&ranked[1], &json!({"fits": true, "skill": 32, "place": 10}));
        shows(&ranked[2], &json!({"fits": false, "skill": 0}));

        // 刘 gets two urgent tasks: the load and their urgency count.
        for _ in 0..2 {
            let urgent = with(measuring(&order), json!({"priority": 1, "planned_minutes": 200}));
            let other = id(&shop.rep.post("/tasks", urgent).await.expect(201));
            shop.manager.task(&other, "offer", json!({"user_id": ids[0]})).await.expect(200);
            liu.task(&other, "accept", json!({})).await.expect(200);
        }
        let ranked = shop.manager.clone().with("accept-language", "zh-CN").get(&path).await.expect(200);
        assert_eq!(names(&ranked), ["chen 先生", "liu 先生", "wu 先生"]);
        assert_eq!(ranked[1]["reasons"], json!(["技能 量尺 5 级", "在手 2 项 6.7 小时", "其中 2 项同级或更急", "同区"]));

        // The first refuses with a reason, the second accepts.
        shop.manager.task(&task, "offer", json!({"user_id": ids[0]})).await.expect(200);
        let refusing = liu.task(&task, "refuse", json!({})).await;
        refusing.expect(422);
        assert_eq!(refusing.pointers(), [("/reason".to_owned(), "value.required".to_owned())]);
        let state = liu.task(&task, "refuse", json!({"reason": "当天已排满"})).await.expect(200);
        shows(&state, &json!({"status": "open", "assignee_id": null}));
        shop.manager.task(&task, "offer", json!({"user_id": ids[1]})).await.expect(200);
        assert_eq!(allowed(&chen.shown(&task).await), ["accept", "refuse", "ask"]);
        chen.task(&task, "accept", json!({})).await.expect(200);
        chen.task(&task, "start", json!({})).await.expect(200);

        // Three steps of their own beside the checklist; a report, a question, an answer, a file.
        let plan = json!({"steps": ["出发前电话确认", "量三面墙", "画草图"]});
        chen.task(&task, "plan", plan).await.expect(200);
        let page = chen.shown(&task).await;
        let steps: Vec<_> = page["steps"].as_array().unwrap().iter().map(|step| (step["no"].clone(), step["required"].clone())).collect();
        assert_eq!(steps.len(), 6);
        assert_eq!((steps[2].clone(), steps[3].clone()), ((json!(3), json!(true)), (json!(4), json!(false))));
        shop.server.clock.forward(3 * 3600);
        let state = chen.task(&task, "tick", json!({"no": 1, "done": true})).await.expect(200);
        assert_eq!(state["percent"], 16);
        chen.task(&task, "report", json!({"text": "已到现场", "percent": 40})).await.expect(200);
        chen.task(&task, "ask", json!({"text": "阳台要不要一起量？"})).await.expect(200);
        shop.rep.task(&task, "answer", json!({"text": "要"})).await.expect(200);
        let kept = upload(chen, &task).await.expect(201);

        // Not before the checklist is done.
        let early = chen.task(&task, "deliver", json!({})).await;
        early.expect(409);
        assert_eq!((early.code().as_str(), &early.json()["gates"][0]["code"]), ("gate-refused", &json!("task.deliver.steps")));
        tick_all(chen, &task).await;
        chen.task(&task, "deliver", json!({"note": "尺寸图见附件"})).await.expect(200);
        shop.manager.task(&task, "rework", json!({"reason": "少一面墙"})).await.expect(200);
        chen.task(&task, "deliver", json!({"note": "补齐"})).await.expect(200);
        let state = shop.manager.task(&task, "finish", json!({})).await.expect(200);
        assert_eq!(state["status"], "done");
        shop.manager.task(&task, "evaluate", json!({"quality": 5, "timeliness": 4, "comment": "细致"})).await.expect(200);

        let page = shop.rep.get("/tasks/TK2026000001").await.expect(200);
        let said: Vec<_> = page["entries"].as_array().unwrap().iter().map(|entry| entry["kind"].as_str().unwrap()).collect();
        assert_eq!(said, ["refusal", "report", "question", "answer", "delivery", "rework", "delivery"]);
        shows(&page["row"], &json!({"status": "done", "quality": 5, "timeliness": 4, "percent": 100, "order": {"id": order}}));
        assert_eq!(page["attachments"][0]["id"], kept["id"]);
        shop.rep.get(&format!("/attachments/{}/content", kept["id"].as_str().unwrap())).await.expect(200);

        // The figures are right right afterwards.
        let figures = shop.manager.get("/tasks/statistics").await.expect(200);
        let of = |name: &str| figures["people"].as_array().unwrap().iter().find(|one| one["user"]["name"] == name).unwrap().clone();
        let expected = json!({"done": 1, "refused": 0, "on_time_percent": "100.00", "median_hours": "3.00", "quality": "5.00", "timeliness": "4.00", "open": 0});
        shows(&of("chen 先生")["all"], &expected);
        shows(&of("liu 先生")["all"], &json!({"done": 0, "refused": 1, "open": 2, "open_minutes": 400, "quality": null}));
        shop.verify().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_task_refuses() {
    for crew in crews().await {
        let Crew { shop, liu, chen, ids } = &crew;
        let task = in_progress(&crew).await;
        let check = |answer: Answer, status: u16, code: &str| {
            answer.expect(status);
            assert_eq!(answer.code(), code);
        };
        check(liu.task(&task, "report", json!({"text": "x"})).await, 403, "task.not_assignee");
        check(chen.task(&task, "accept", json!({})).await, 409, "task.not_offered");
        check(shop.finance.task(&task, "offer", json!({"user_id": ids[0]})).await, 403, "denied");
        check(shop.manager.task(&task, "offer", json!({"user_id": ids[0]})).await, 409, "task.not_to_offer");
        check(shop.manager.task(&task, "evaluate", json!({"quality": 5, "timeliness": 5})).await, 409, "task.not_done");
        check(shop.manager.task(&task, "finish", json!({})).await, 409, "task.not_delivered");
        check(shop.warehouse.task(&task, "take", json!({})).await, 409, "task.not_open");
        check(chen.task(&task, "answer", json!({"text": "自问自答"})).await, 403, "task.own_question");
        check(chen.task(&task, "cancel", json!({"reason": "不想做"})).await, 403, "task.not_creator");

        // Handed over with a reason to somebody with a profile; the other one answers first.
        let nobody =
            chen.task(&task, "hand-over", json!({"user_id": shop.server.add_user("zhao", "after_sales").await, "reason": "出差"})).await;
        assert_eq!(nobody.pointers(), [("/user_id".to_owned(), "task.not_a_worker".to_owned())]);
        chen.task(&task, "hand-over", json!({"user_id": ids[0]})).await.expect(422);
        chen.task(&task, "hand-over", json!({"user_id": ids[0], "reason": "出差"})).await.expect(200);
        check(chen.task(&task, "accept", json!({})).await, 403, "task.not_assignee");
        liu.task(&task, "accept", json!({})).await.expect(200);

        // A pool is its role's; a change is decided on a version.
        let pooled = json!({"kind": "call_customer", "role": "finance", "title": "核对账单"});
        let pooled = id(&shop.rep.post("/tasks", pooled).await.expect(201));
        check(liu.task(&pooled, "take", json!({})).await, 403, "task.not_in_pool");
        shop.finance.task(&pooled, "take", json!({})).await.expect(200);
        let change = json!({"kind": "call_customer", "title": "核对三月账单", "priority": 1});
        shop.rep.put(&format!("/tasks/{pooled}"), 1, change.clone()).await.expect(412);
        shop.rep.put(&format!("/tasks/{pooled}"), 2, change).await.expect(200);
        shop.rep.task(&pooled, "cancel", json!({})).await.expect(422);
        shop.rep.task(&pooled, "cancel", json!({"reason": "已核对"})).await.expect(200);
        check(shop.finance.task(&pooled, "start", json!({})).await, 409, "task.not_accepted");

        // Wrong fields, each at its place; nobody without the permission; and nothing of another company.
        let wrong = json!({"kind": "none"});
        assert_eq!(shop.rep.post("/tasks", wrong).await.pointers(), [("/kind".to_owned(), "value.unknown".to_owned())]);
        let wrong = json!({"kind": "measure", "priority": 9, "skills": ["fly"], "role": "pilot", "due_at": "2026-12-01T00:00:00Z"});
        let wrong = shop.rep.post("/tasks", wrong).await;
        let places: Vec<String> = wrong.pointers().into_iter().map(|(place, _)| place).collect();
        assert_eq!(places, ["/priority", "/skills/0", "/role"]);
        shop.finance.post("/tasks", json!({"kind": "measure"})).await.expect(403);
        found(&shop.server.app.store, "OTHER", "别家").await;
        let mut stranger = shop.server.stranger();
        stranger.try_sign_in("OTHER", "admin", crate::server::PASSWORD).await.expect(200);
        stranger.get(&format!("/tasks/{task}")).await.expect(404);
        stranger.get(&format!("/tasks/{task}/candidates")).await.expect(404);
        assert_eq!(items(&stranger.get("/tasks").await.expect(200)), Vec::<Value>::new());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn tasks_are_listed_on_the_board_and_in_my_work() {
    for crew in crews().await {
        let Crew { shop, liu, chen, .. } = &crew;
        let task = in_progress(&crew).await;
        let order = chen.shown(&task).await["row"]["order"]["id"].as_str().unwrap().to_owned();
        let open = id(&shop.rep.post("/tasks", measuring(&order)).await.expect(201));
        let ids = |list: &Value| list.as_array().unwrap().iter().map(|row| row["id"].as_str().unwrap().to_owned()).collect::<Vec<_>>();

        let board = shop.manager.get("/tasks/board").await.expect(200);
        let columns: Vec<_> =
            board.as_array().unwrap().iter().map(|column| (column["status"].as_str().unwrap(), column["count"].clone())).collect();
        let counts = [("open", 1), ("offered", 0), ("accepted", 0), ("in_progress", 1), ("delivered", 0), ("done", 0)];
        assert_eq!(columns, counts.map(|(status, count)| (status, json!(count))));
        for (query, found) in [
            ("mine=true", vec![&task]),
            ("pool=true", vec![&open]),
            ("kind=install", vec![]),
            ("role=after_sales&status=open", vec![&open]),
            ("q=tk2026000002", vec![&open]),
            ("overdue=true", vec![]),
        ] {
            let list = chen.get(&format!("/tasks?{query}")).await.expect(200);
            assert_eq!(ids(&list["items"]).iter().collect::<Vec<_>>(), found, "{query}");
        }
        assert_eq!(
            ids(&chen.get(&format!("/tasks?order={order}&sort=-created_at")).await.expect(200)["items"]),
            [open.clone(), task.clone()]
        );
        chen.get("/tasks?colour=red").await.expect(422);

        let mine = chen.get("/my-work").await.expect(200);
        assert_eq!(mine["counts"]["task"], 2);
        let next: Vec<_> = mine["tasks"].as_array().unwrap().iter().map(|row| row["next"].clone()).collect();
        assert_eq!(next, ["deliver", "take"]);
        assert_eq!(ids(&liu.get("/my-work").await.expect(200)["tasks"]), [open]);
        shop.server.clock.forward(3 * 86_400);
        let late = shop.server.sign_in("customer_service").await;
        assert_eq!(items(&late.get("/tasks?overdue=true").await.expect(200)).len(), 2);
        assert!(late.get("/tasks?format=csv").await.text().contains("上门量尺"));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn gates_and_overrides_open_tasks_in_their_own_transaction() {
    for shop in shops().await {
        let order = shop.effective(order_of(1)).await;
        let about: OrderId = order.parse().unwrap();
        let new = NewTask {
            title: "补传签字合同".into(),
            order: Some(about),
            cause: TaskCause::Override,
            cause_code: "order.close.settled".into(),
            cause_id: 7,
            role: Some("sales_rep".into()),
            ..NewTask::of("backfill")
        };
        let made = shop.server.app.command(&shop.server.operator(), None, move |work, by| app::task::open(work, by, &new)).await.unwrap();
        let page = shop.rep.shown(&made.to_string()).await;
        shows(&page, &json!({"cause_code": "order.close.settled", "row": {"cause": "override", "title": "补传签字合同", "priority": 2}}));
        let number = shop.page(&order).await["number"].clone();
        shows(&page["row"], &json!({"order": {"number": number}, "customer_name": "客户CUST001", "due_at": "2026-11-22T08:00:00Z"}));
        assert_eq!(allowed(&page), ["take"]);
        shop.rep.task(&made.to_string(), "take", json!({})).await.expect(200);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn kinds_skills_and_profiles_are_edited() {
    for crew in crews().await {
        let Crew { shop, ids, .. } = &crew;
        let names = json!({"zh-CN": "维修", "zh-TW": "維修", "en": "Repair"});
        shop.manager.post("/skills", json!({"code": "repair", "name": names})).await.expect(201);
        shop.manager.post("/skills", json!({"code": "repair", "name": names})).await.expect(422);
        let kind =
            json!({"code": "repair", "name": names, "skills": ["repair"], "planned_minutes": 90, "due_hours": 0, "checklist": ["拍照"]});
        shop.manager.post("/task-kinds", kind.clone()).await.expect(403);
        shop.admin.post("/task-kinds", kind).await.expect(201);
        let change = json!({"name": names, "skills": ["fly"], "planned_minutes": -1});
        let wrong = shop.admin.put("/task-kinds/repair", 1, change).await;
        let places: Vec<String> = wrong.pointers().into_iter().map(|(place, _)| place).collect();
        assert_eq!(places, ["/planned_minutes", "/skills/0"]);
        let task = id(&shop.rep.post("/tasks", json!({"kind": "repair"})).await.expect(201));
        shows(
            &shop.rep.shown(&task).await,
            &json!({"skills": [{"code": "repair"}], "steps": [{"text": "拍照", "required": true}], "row": {"title": "Repair", "due_at": null}}),
        );

        let profile = json!({"kind": "contractor", "skills": [{"skill": "repair", "level": 6}], "capacity_minutes": 240});
        shop.manager.put(&format!("/workers/{}", ids[2]), 1, profile).await.expect(422);
        let profile = json!({"kind": "contractor", "skills": [{"skill": "repair", "level": 3}], "capacity_minutes": 240});
        shop.manager.put(&format!("/workers/{}", ids[2]), 1, profile.clone()).await.expect(200);
        shop.manager.put(&format!("/workers/{}", ids[2]), 1, profile).await.expect(412);
        let found = shop.rep.get("/workers?skill=repair").await.expect(200);
        shows(
            &items(&found)[0],
            &json!({"name": "wu 先生", "kind": "contractor", "skills": [{"skill": {"code": "repair"}, "level": 3}], "tasks": 0}),
        );
        let options = shop.rep.get("/tasks/options").await.expect(200);
        assert_eq!(options["workers"].as_array().unwrap().len(), 3);
        shop.rep.post("/workers", json!({"user_id": ids[0]})).await.expect(403);
    }
}
