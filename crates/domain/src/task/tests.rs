//! Moves, plan, ranking and figures of tasks.

use super::*;
use crate::actor::Actor;
use crate::language::Language;
use crate::refusal::{Refusal, RefusalKind};
use crate::sample::{actor, now};
use crate::text::text;

fn worker(id: i64) -> Worker {
    Worker {
        user_id: UserId::from_raw(id),
        version: Version::FIRST,
        kind: WorkerKind::Own,
        skills: SkillLevels::parse("measure:4,install:2"),
        city: "杭州市".into(),
        district: "余杭区".into(),
        capacity_minutes: 480,
        phone: String::new(),
        active: true,
    }
}

fn task(status: TaskStatus) -> Task {
    Task {
        id: TaskId::from_raw(1),
        version: Version::FIRST,
        number: "TK2026000001".into(),
        kind: "measure".into(),
        title: "上门量尺".into(),
        detail: String::new(),
        order_id: None,
        order_number: String::new(),
        customer_name: String::new(),
        cause: TaskCause::Person,
        cause_code: String::new(),
        cause_id: 0,
        role: "after_sales".into(),
        assignee: (status != TaskStatus::Open).then(|| UserId::from_raw(7)),
        status,
        priority: 2,
        city: "杭州市".into(),
        district: "余杭区".into(),
        place: String::new(),
        skills: Codes::parse("measure"),
        planned_minutes: 120,
        due_at: Some(now().plus_seconds(86_400)),
        percent: 0,
        offered_at: None,
        accepted_at: None,
        delivered_at: None,
        done_at: None,
        quality: None,
        timeliness: None,
        evaluation: String::new(),
        evaluated_by: None,
        created_by: UserId::from_raw(3),
        created_at: now(),
    }
}

fn step(no: i64, required: bool, done: bool) -> TaskStep {
    TaskStep { task_id: TaskId::from_raw(1), no, text: format!("步骤 {no}"), required, done_at: done.then(now) }
}

#[test]
fn every_verb_has_one_row_and_every_state_is_reached() {
    for verb in TaskVerb::ALL {
        assert_eq!(TASK_MOVES.iter().filter(|row| row.verb == *verb).count(), 1, "{verb}");
    }
    let mut reached = vec![TaskStatus::Open];
    let next = |reached: &Vec<TaskStatus>| {
        let out = TASK_MOVES.iter().filter(|row| row.from.iter().any(|from| reached.contains(from)));
        out.filter_map(|row| row.to).find(|to| !reached.contains(to))
    };
    while let Some(to) = next(&reached) {
        reached.push(to);
    }
    assert_eq!(reached.len(), TaskStatus::ALL.len());
    for ended in [TaskStatus::Done, TaskStatus::Cancelled] {
        assert!(TASK_MOVES.iter().all(|row| row.to.is_none() || !row.from.contains(&ended)));
    }
}

#[test]
fn who_may_do_what_in_which_state() {
    use TaskStatus::{Accepted, Delivered, Done, InProgress, Offered, Open};
    let check = |verb: TaskVerb, status: TaskStatus, by: &Actor, code: &str| {
        let said = task(status).may(verb, by).map_or_else(|refusal| refusal.code, |_| "");
        assert_eq!(said, code, "{verb} {status} {}", by.name);
    };
    let (holder, other, dispatcher) = (actor(7, "after_sales"), actor(8, "after_sales"), actor(5, "sales_manager"));
    let (rep, auditor) = (actor(3, "sales_rep"), actor(9, "auditor"));
    check(TaskVerb::Offer, Open, &dispatcher, "");
    check(TaskVerb::Offer, Accepted, &dispatcher, "task.not_to_offer");
    check(TaskVerb::Offer, Open, &rep, "denied");
    check(TaskVerb::Take, Open, &other, "");
    check(TaskVerb::Take, Open, &actor(4, "warehouse"), "task.not_in_pool");
    check(TaskVerb::Take, Offered, &other, "task.not_open");
    check(TaskVerb::Accept, Offered, &holder, "");
    check(TaskVerb::Accept, Offered, &other, "task.not_assignee");
    check(TaskVerb::Accept, Offered, &auditor, "denied");
    check(TaskVerb::Accept, Accepted, &holder, "task.not_offered");
    check(TaskVerb::Start, Accepted, &holder, "");
    check(TaskVerb::Start, Offered, &holder, "task.not_accepted");
    check(TaskVerb::Deliver, Accepted, &holder, "task.not_in_progress");
    check(TaskVerb::Deliver, InProgress, &other, "task.not_assignee");
    check(TaskVerb::HandOver, InProgress, &holder, "");
    check(TaskVerb::HandOver, InProgress, &dispatcher, "");
    check(TaskVerb::HandOver, InProgress, &other, "task.not_assignee");
    check(TaskVerb::HandOver, Delivered, &holder, "task.not_in_hand");
    check(TaskVerb::Finish, Delivered, &dispatcher, "");
    check(TaskVerb::Finish, InProgress, &dispatcher, "task.not_delivered");
    check(TaskVerb::Finish, Delivered, &actor(7, "sales_manager"), "task.own_work");
    check(TaskVerb::Evaluate, Delivered, &dispatcher, "task.not_done");
    check(TaskVerb::Evaluate, Done, &dispatcher, "");
    check(TaskVerb::Cancel, Open, &rep, "");
    check(TaskVerb::Cancel, Open, &actor(4, "sales_rep"), "task.not_creator");
    check(TaskVerb::Cancel, Done, &dispatcher, "task.ended");
    check(TaskVerb::Edit, Delivered, &dispatcher, "task.ended");
}

#[test]
fn a_task_goes_its_way() {
    let (holder, boss, later) = (actor(7, "after_sales"), actor(5, "sales_manager"), now().plus_seconds(3600));
    let mut all = task(TaskStatus::Open);
    assert_eq!(all.offer(&Worker { active: false, ..worker(7) }, "甲", &boss, now()).unwrap_err().fields[0].code, "task.not_a_worker");
    all.offer(&worker(7), "甲", &boss, now()).unwrap();
    assert_eq!(all.refuse(" ", &holder).unwrap_err().fields[0].pointer, "/reason");
    all.refuse("当天请假", &holder).unwrap();
    assert_eq!((all.status, all.assignee), (TaskStatus::Open, None));
    all.offer(&worker(7), "甲", &boss, now()).unwrap();
    all.accept(&holder, later).unwrap();
    all.start(&holder).unwrap();
    let kept = [step(1, true, false), step(2, false, true), step(3, false, false)];
    let texts = ["出发".to_owned(), "步骤 1".to_owned()];
    let (mut plan, _) = all.plan(&kept, &texts, &holder).unwrap();
    let shown: Vec<_> = plan.iter().map(|step| (step.no, step.text.as_str())).collect();
    assert_eq!(shown, [(1, "步骤 1"), (2, "步骤 2"), (3, "出发")]);
    let refusal = all.deliver(&plan, "", &holder, later).unwrap_err();
    assert_eq!((refusal.kind, &*refusal.gates[0].code), (RefusalKind::Gate, "task.deliver.steps"));
    all.tick(&mut plan, 1, true, &holder, later).unwrap();
    assert_eq!(all.percent, 66);
    assert_eq!(all.tick(&mut plan, 9, true, &holder, later).unwrap_err().fields[0].code, "task.unknown_step");
    all.report("量完了", Some(80), &holder).unwrap();
    assert_eq!(all.left_minutes(), 24);
    all.deliver(&plan, "见附件", &holder, later).unwrap();
    all.rework("少一面墙", &boss).unwrap();
    assert_eq!((all.status, all.percent, all.delivered_at), (TaskStatus::InProgress, 90, None));
    all.deliver(&plan, "", &holder, later).unwrap();
    assert_eq!(all.evaluate(5, 5, "", &boss).unwrap_err().code, "task.not_done");
    all.finish(&boss, later).unwrap();
    assert_eq!(all.evaluate(0, 6, "", &boss).unwrap_err().fields.len(), 2);
    all.evaluate(5, 4, "好", &boss).unwrap();
    assert_eq!(all.evaluate(5, 4, "", &boss).unwrap_err().code, "task.already_evaluated");
}

#[test]
fn the_actions_tell_what_the_steps_do() {
    let holder = actor(7, "after_sales");
    let said = |steps: &[TaskStep]| {
        let all = task_actions(&task(TaskStatus::InProgress), steps, &holder);
        let open: Vec<_> = all.into_iter().filter(|action| action.refusal.is_none()).map(|action| action.verb.as_str()).collect();
        open.join(" ")
    };
    assert_eq!(said(&[step(1, true, false)]), "tick report plan hand-over ask");
    assert_eq!(said(&[step(1, true, true), step(2, false, false)]), "deliver tick report plan hand-over ask");
}

fn facts(id: i64, skills: &str, district: &str, (tasks, minutes, urgent): (i64, i64, i64)) -> CandidateFacts {
    let worker = Worker { skills: SkillLevels::parse(skills), district: district.into(), ..worker(id) };
    CandidateFacts { worker, name: format!("W{id}"), tasks, all_minutes: minutes, minutes, urgent, absent_until: None }
}

fn wanted() -> Wanted {
    Wanted {
        skills: vec![("measure".into(), "量尺".into())], minutes: 120, city: "杭州市".into(), district: "余杭区".into(), days: 1
    }
}

#[test]
fn candidates_are_ranked_by_skill_load_urgency_and_place() {
    let check = |facts: Vec<CandidateFacts>, ranks: &[(i64, bool, i64)]| {
        let all = candidates(&wanted(), facts);
        let shown: Vec<_> = all.iter().map(|one| (one.user_id.raw(), one.fits, one.score)).collect();
        assert_eq!(shown, ranks);
    };
    let near = "余杭区";
    // By level of the skill.
    check(vec![facts(1, "measure:2", near, (0, 0, 0)), facts(2, "measure:5", near, (0, 0, 0))], &[(2, true, 93), (1, true, 69)]);
    // By load; above the capacity there are no points for it.
    check(
        vec![facts(1, "measure:4", near, (3, 300, 0)), facts(2, "measure:4", near, (1, 60, 0)), facts(3, "measure:4", near, (4, 400, 0))],
        &[(2, true, 81), (1, true, 66), (3, true, 62)],
    );
    // By what is as urgent.
    check(vec![facts(1, "measure:4", near, (2, 60, 2)), facts(2, "measure:4", near, (2, 60, 0))], &[(2, true, 81), (1, true, 71)]);
    // By district, then city.
    check(vec![facts(1, "measure:4", "西湖区", (0, 0, 0)), facts(2, "measure:4", near, (0, 0, 0))], &[(2, true, 85), (1, true, 80)]);
    // Who lacks the skill comes behind those who have it, and who is away last, however free.
    let away = CandidateFacts { absent_until: crate::Date::of(2026, 11, 24), ..facts(3, "measure:5", near, (0, 0, 0)) };
    check(
        vec![facts(1, "install:5", near, (0, 0, 0)), facts(2, "measure:1", "x", (9, 470, 3)), away],
        &[(2, true, 18), (1, false, 53), (3, false, 93)],
    );
}

#[test]
fn reasons_are_sentences_in_the_readers_language() {
    let all = candidates(&wanted(), vec![facts(1, "measure:4", "余杭区", (3, 290, 1))]);
    let said = |language: Language| {
        let reasons: Vec<_> = all[0].reasons.iter().map(|reason| text(language, reason.code, &reason.details)).collect();
        reasons.join("；")
    };
    assert_eq!(said(Language::ZhCn), "技能 量尺 4 级；在手 3 项 4.8 小时；其中 1 项同级或更急；同区");
    assert!(said(Language::En).starts_with("量尺 level 4"));
}

#[test]
fn figures_of_what_was_done() {
    let done = |hours: i64, due: i64, score: Option<i64>| DoneTask {
        due_at: Some(now().plus_seconds(due * 3600)),
        accepted_at: Some(now()),
        delivered_at: Some(now().plus_seconds(hours * 3600)),
        quality: score,
        timeliness: score,
    };
    let mut figures = TaskFigures::default();
    assert_eq!((figures.on_time_percent(), figures.median_hours(), figures.average_quality()), (None, None, None));
    for task in [done(1, 2, Some(5)), done(2, 2, Some(4)), done(9, 2, None)] {
        figures.add(&task);
    }
    assert_eq!(figures.on_time_percent().as_deref(), Some("66.67"));
    assert_eq!(figures.median_hours().as_deref(), Some("2.00"));
    assert_eq!(figures.average_quality().as_deref(), Some("4.50"));
    let mut both = figures.clone();
    both.merge(&figures);
    assert_eq!((both.done, both.median_hours()), (6, figures.median_hours()));
}

#[test]
fn skill_levels_are_sorted_and_checked() {
    let levels = SkillLevels::parse("measure:4, install:2,measure:1");
    assert_eq!(levels.as_str(), "install:2,measure:1");
    assert_eq!((levels.level("install"), levels.level("drive")), (2, 0));
    assert_eq!(SkillLevels::parse("").iter().count(), 0);
    let wrong = Worker { skills: SkillLevels::parse("measure:6"), capacity_minutes: -1, ..worker(1) };
    let pointers: Vec<_> = wrong.check().into_iter().map(|error| error.pointer).collect();
    assert_eq!(pointers, ["/skills/0/level", "/capacity_minutes"]);
}

#[test]
fn the_standard_lists_are_right() {
    for kind in default_task_kinds() {
        assert_eq!(kind.check(), [], "{}", kind.code);
        assert!(kind.skills.iter().all(|code| default_skills().iter().any(|skill| skill.code == code)));
    }
    assert!(default_skills().iter().all(|skill| skill.check().is_empty()));
    let refusal: Refusal = Refusal::unless_valid(Task { priority: 0, title: String::new(), ..task(TaskStatus::Open) }.check()).unwrap_err();
    assert_eq!(refusal.fields.len(), 2);
}
