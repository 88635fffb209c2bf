//! Tasks of the demo: people who work outside, and what they were sent to do about some of the orders.

use domain::{Instant, OrderId, SkillLevels, TaskId, Version, Worker, WorkerKind};
use store::rows::TaskSteps;
use store::{Failure, Outcome, UnitOfWork};

use super::people::Staff;
use super::story::{Plan, Step};
use super::timeline::Calendar;
use crate::App;
use crate::task::evaluate::{Evaluation, evaluate};
use crate::task::{
    NewTask, TaskInput, accept, answer, ask, cancel, create, deliver, finish, offer, plan as planning, refuse, report, rework, start, take,
    tick,
};
use crate::worker::create::create as add_worker;

/// Something that is done about a task.
#[derive(Clone, Copy, Debug)]
pub enum Deed {
    /// Of this kind, with this title, and so urgent.
    Make(&'static str, &'static str, i64),
    Offer(&'static str),
    Take(&'static str),
    Accept(&'static str),
    Refuse(&'static str, &'static str),
    Start(&'static str),
    Plan(&'static str, &'static [&'static str]),
    /// The first so many steps are done.
    Tick(&'static str, i64),
    Report(&'static str, &'static str, i64),
    Ask(&'static str, &'static str),
    Answer(&'static str),
    Deliver(&'static str, &'static str),
    Rework(&'static str),
    Finish,
    Evaluate(i64, i64, &'static str),
    Cancel(&'static str),
}

use Deed::{Accept, Answer, Ask, Cancel, Deliver, Evaluate, Finish, Make, Offer, Plan as Steps, Refuse, Report, Rework, Start, Take, Tick};

/// A life of a task: how many minutes after the order was reviewed something is done.
type Script = &'static [(i64, Deed)];

const DAY: i64 = 24 * 60;

/// Those that have ended, on orders of the last weeks.
#[rustfmt::skip]
const ENDED: &[Script] = &[
    &[
        (20, Make("measure", "上门测量纸箱内径", 2)), (30, Offer("liuwei")), (45, Accept("liuwei")), (DAY, Start("liuwei")),
        (DAY + 5, Steps("liuwei", &["测量三种型号", "现场画草图"])), (DAY + 60, Tick("liuwei", 3)), (DAY + 65, Report("liuwei", "三种型号都量好了，客户已在尺寸图上签字", 90)),
        (DAY + 90, Tick("liuwei", 5)), (DAY + 95, Deliver("liuwei", "尺寸图已交客户签字")), (DAY + 200, Finish), (DAY + 205, Evaluate(5, 5, "尺寸准确，客户当场签字")),
    ],
    &[
        (20, Make("install", "安装纸品货架", 3)), (25, Offer("liuwei")), (60, Refuse("liuwei", "当天已排满")), (80, Offer("majun")), (120, Accept("majun")),
        (2 * DAY, Start("majun")), (2 * DAY + 200, Tick("majun", 3)), (2 * DAY + 210, Deliver("majun", "安装完成")), (2 * DAY + 300, Rework("现场纸箱没有清走")),
        (3 * DAY, Deliver("majun", "已清理现场")), (3 * DAY + 60, Finish), (3 * DAY + 70, Evaluate(3, 3, "返工一次")),
    ],
    &[
        (60, Make("call_customer", "回访新客户到货情况", 3)), (75, Take("aftersales")), (80, Start("aftersales")), (110, Deliver("aftersales", "客户满意，希望下次附合格证")),
        (300, Finish), (305, Evaluate(5, 5, "")),
    ],
    &[
        (40, Make("measure", "现场核对托盘尺寸", 2)), (50, Offer("majun")), (90, Accept("majun")), (2 * DAY, Start("majun")), (3 * DAY, Tick("majun", 3)),
        (3 * DAY + 10, Deliver("majun", "托盘比图纸大 2 厘米，见尺寸图")), (4 * DAY, Finish), (4 * DAY + 5, Evaluate(4, 2, "晚了一天")),
    ],
    &[(30, Make("install", "安装打包机", 2)), (200, Cancel("客户改为自行安装"))],
    &[
        (35, Make("measure", "测量仓储货位", 2)), (40, Offer("liuwei")), (70, Accept("liuwei")), (DAY + 60, Start("liuwei")), (DAY + 180, Tick("liuwei", 3)),
        (DAY + 190, Deliver("liuwei", "货位图已上传")), (DAY + 400, Finish), (DAY + 410, Evaluate(5, 4, "")),
    ],
];

/// Those that are under way, on orders of the last days; all of it within three hours.
#[rustfmt::skip]
const OPEN: &[Script] = &[
    &[
        (10, Make("measure", "上门测量礼盒尺寸", 1)), (15, Offer("liuwei")), (25, Accept("liuwei")), (60, Start("liuwei")), (62, Steps("liuwei", &["出发前电话确认", "拍样品照片"])),
        (90, Tick("liuwei", 1)), (100, Report("liuwei", "已与客户约好下午两点", 30)), (110, Ask("liuwei", "内托要不要一起量？")), (130, Answer("要，连同盖子一起量")),
    ],
    &[(10, Make("install", "安装自动封箱机", 2)), (20, Offer("majun")), (50, Accept("majun"))],
    &[(15, Make("measure", "现场测量集装箱装载", 2)), (25, Offer("aftersales"))],
    &[(5, Make("expedite", "催办缺货商品补货", 1))],
    &[(30, Make("call_customer", "确认送货时间", 3))],
    &[
        (5, Make("measure", "复核纸管规格", 2)), (10, Offer("liuwei")), (20, Accept("liuwei")), (30, Start("liuwei")), (120, Tick("liuwei", 3)),
        (130, Deliver("liuwei", "规格与订单一致，客户已签字")),
    ],
    &[(15, Make("measure", "测量展架尺寸", 3))],
    &[(10, Make("install", "更换切纸机刀片", 3)), (40, Offer("majun"))],
];

/// What happens to tasks, with the place of its order in the plan.
pub fn plan(calendar: &Calendar, plans: &[Plan]) -> Vec<(Instant, usize, Deed)> {
    let now = calendar.now();
    let reviewed = |plan: &Plan| plan.steps.iter().find(|(_, step)| *step == Step::Review).map(|(at, _)| *at);
    let between = |from: i64, to: i64| {
        let mut all: Vec<(Instant, usize)> = plans.iter().enumerate().filter_map(|(place, plan)| Some((reviewed(plan)?, place))).collect();
        all.retain(|(at, _)| (from * 60..to * 60).contains(&at.seconds_until(now)));
        all.sort_unstable();
        all
    };
    let mut acts = Vec::new();
    let mut tell = |scripts: &[Script], orders: &[(Instant, usize)]| {
        for (place, (at, order)) in orders.iter().enumerate() {
            let Some(script) = scripts.get(place) else { break };
            acts.extend(script.iter().map(|(minutes, deed)| (at.plus_seconds(minutes * 60), *order, *deed)));
        }
    };
    tell(ENDED, &between(5 * DAY, 20 * DAY));
    let mut last = between(200, 4 * DAY);
    last.reverse();
    tell(OPEN, &last);
    acts
}

/// Does something about the task of an order.
pub fn take_up(work: &mut UnitOfWork, staff: &Staff, order: OrderId, task: &mut Option<TaskId>, deed: Deed) -> Outcome<()> {
    if let Make(kind, title, priority) = deed {
        let said = NewTask { title: title.to_owned(), priority: Some(priority), ..NewTask::of(kind) };
        let input = TaskInput { task: said, order: order.to_string() };
        *task = Some(create::create(work, staff.by("sales"), &input)?.id);
        return Ok(());
    }
    let Some(id) = *task else { return Ok(()) };
    let (service, manager) = (staff.by("service"), staff.by("manager"));
    match deed {
        Make(..) => {}
        Offer(to) => drop(offer::offer(work, service, id, None, staff.by(to).user_id)?),
        Take(who) => drop(take::take(work, staff.by(who), id, None)?),
        Accept(who) => drop(accept::accept(work, staff.by(who), id, None)?),
        Refuse(who, reason) => drop(refuse::refuse(work, staff.by(who), id, None, reason)?),
        Start(who) => drop(start::start(work, staff.by(who), id, None)?),
        Steps(who, steps) => {
            let steps: Vec<String> = steps.iter().map(|step| (*step).to_owned()).collect();
            planning::plan(work, staff.by(who), id, None, &steps)?;
        }
        Tick(who, many) => {
            let mut open: Vec<i64> = work.of::<TaskSteps>(id)?.iter().filter(|step| step.done_at.is_none()).map(|step| step.no).collect();
            open.retain(|no| *no <= many);
            for no in open {
                tick::tick(work, staff.by(who), id, None, no, true)?;
            }
        }
        Report(who, text, percent) => drop(report::report(work, staff.by(who), id, None, text, Some(percent))?),
        Ask(who, text) => drop(ask::ask(work, staff.by(who), id, None, text)?),
        Answer(text) => drop(answer::answer(work, service, id, None, text)?),
        Deliver(who, note) => drop(deliver::deliver(work, staff.by(who), id, None, note)?),
        Rework(reason) => drop(rework::rework(work, manager, id, None, reason)?),
        Finish => drop(finish::finish(work, manager, id, None)?),
        Evaluate(quality, timeliness, comment) => {
            evaluate(work, manager, id, None, &Evaluation { quality, timeliness, comment: comment.to_owned() })?;
        }
        Cancel(reason) => drop(cancel::cancel(work, service, id, None, reason)?),
    }
    Ok(())
}

/// Username, skills, city, district, minutes a day, phone.
type Profile = (&'static str, &'static str, &'static str, &'static str, i64, &'static str);

const PROFILES: &[Profile] = &[
    ("liuwei", "call:3,measure:5", "上海市", "松江区", 480, "13816005521"),
    ("majun", "install:5,measure:3", "苏州市", "昆山市", 420, "13962107734"),
    ("aftersales", "call:5,measure:2", "上海市", "浦东新区", 360, "13701886690"),
    ("warehouse", "install:3", "上海市", "松江区", 240, "13585730098"),
];

/// Adds the profiles of who works outside.
///
/// # Errors
/// Any failure of the database.
pub async fn profiles(app: &App, staff: &Staff) -> Result<(), Failure> {
    for (username, skills, city, district, capacity_minutes, phone) in PROFILES {
        let worker = Worker {
            user_id: staff.by(username).user_id,
            version: Version::FIRST,
            kind: if *username == "majun" { WorkerKind::Contractor } else { WorkerKind::Own },
            skills: SkillLevels::parse(skills),
            city: (*city).to_owned(),
            district: (*district).to_owned(),
            capacity_minutes: *capacity_minutes,
            phone: (*phone).to_owned(),
            active: true,
        };
        app.command(staff.by("manager"), None, move |work, by| add_worker(work, by, &worker)).await?;
    }
    Ok(())
}
