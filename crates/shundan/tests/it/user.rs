use tempfile::tempdir;

use super::program::{Client, PASSWORD, Server, run, run_with, well, with_company};

#[tokio::test]
async fn a_user_is_added_signs_in_and_is_locked_out() {
    let home = tempdir().unwrap();
    with_company(home.path());
    let words = ["user", "add", "lina", "--name", "李娜", "--role", "sales_rep,auditor", "--user-language", "zh-CN"];
    let said = run_with(home.path(), &words, PASSWORD);
    assert_eq!(said.code, 0, "{}", said.err);
    let list = well(home.path(), &["user", "list"]);
    let line: Vec<&str> = list.lines().find(|line| line.starts_with("lina")).unwrap().split_whitespace().collect();
    assert_eq!(line, ["lina", "李娜", "auditor,sales_rep", "zh-CN", "yes", "never"], "{list}");

    // The server runs while users change.
    let server = Server::start(home.path(), &["serve"]);
    let lina = Client::sign_in(&server, "acme", "lina", PASSWORD).await.unwrap();
    assert_eq!(lina.session["user"]["name"], "李娜");
    assert_eq!(Client::sign_in(&server, "acme", "lina", "wrong password").await.err(), Some(401));

    let made = well(home.path(), &["user", "set-password", "lina", "--generate-password"]);
    let password = made.lines().last().unwrap().rsplit_once(": ").unwrap().1.to_owned();
    let ended = lina.http.get(format!("{}/session", lina.base)).send().await.unwrap();
    assert_eq!(ended.status(), 401, "a new password ends the old sessions");
    assert!(Client::sign_in(&server, "acme", "lina", &password).await.is_ok());

    well(home.path(), &["user", "deactivate", "lina"]);
    assert_eq!(Client::sign_in(&server, "acme", "lina", &password).await.err(), Some(401));
    well(home.path(), &["user", "activate", "lina"]);
    assert!(Client::sign_in(&server, "acme", "lina", &password).await.is_ok());
}

#[test]
fn roles_are_shown_and_replaced() {
    let home = tempdir().unwrap();
    with_company(home.path());
    let roles = well(home.path(), &["user", "roles"]);
    assert!(roles.contains("sales_manager") && roles.contains("Sales manager"), "{roles}");
    well(home.path(), &["user", "add", "lina", "--name", "Li Na", "--role", "sales_rep", "--generate-password"]);
    assert!(well(home.path(), &["user", "roles", "lina", "--set", "finance"]).contains("now: finance"));
    assert!(well(home.path(), &["user", "roles", "lina"]).contains("finance"));
}

#[test]
fn refusals_say_what_there_is() {
    let home = tempdir().unwrap();
    with_company(home.path());
    let check = |words: &[&str], what: &str| {
        let said = run(home.path(), words);
        assert_eq!(said.code, 1, "{words:?}");
        assert!(said.err.contains(what), "{words:?}\n{}", said.err);
    };
    check(
        &["user", "add", "x", "--name", "X", "--role", "boss", "--generate-password"],
        "no such roles: boss; there are: admin, after_sales",
    );
    check(&["user", "add", "admin", "--name", "X", "--role", "finance", "--generate-password"], "Username:");
    check(&["user", "set-password", "nobody", "--generate-password"], "no user with the username 'nobody'");
    check(&["user", "deactivate", "admin"], "✗");
    check(&["user", "list", "--company", "nowhere"], "there are: acme");
}
