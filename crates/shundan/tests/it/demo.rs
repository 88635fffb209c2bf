use tempfile::tempdir;

use super::program::{Client, Server, run, well, with_company};

#[tokio::test]
async fn the_demo_is_alive_and_everybody_signs_in() {
    let home = tempdir().unwrap();
    let server = Server::start(home.path(), &["demo"]);
    assert!(server.said.iter().any(|line| line.contains("40 customers, 60 products")), "{:?}", server.said);
    let page: serde_json::Value = reqwest::get(format!("{}/api/v1/sign-in", server.address)).await.unwrap().json().await.unwrap();
    let logins = page["demo"].as_array().unwrap().clone();
    assert_eq!(logins.len(), 8);
    for login in &logins {
        let word = |name: &str| login[name].as_str().unwrap();
        let client = Client::sign_in(&server, "demo", word("username"), word("password")).await.unwrap();
        assert_eq!(client.session["user"]["name"], login["name"]);
    }
    let manager = Client::sign_in(&server, "demo", "manager", "shundan-demo").await.unwrap();
    let counts = manager.get("/orders/counts").await;
    for view in [
        "draft",
        "to_review",
        "to_approve",
        "short",
        "to_ship",
        "to_deliver",
        "to_bill",
        "to_collect",
        "to_follow_up",
        "to_close",
        "held",
        "late",
        "closed",
    ] {
        assert!(counts[view].as_i64().unwrap() > 0, "{view}: {counts}");
    }
    drop(server);
    assert!(well(home.path(), &["demo", "--no-serve"]).contains("of last time"));
    let data = home.path().join(".local/share/shundan-demo");
    assert!(well(home.path(), &["verify", "--data", data.to_str().unwrap()]).contains("Nothing is wrong"));
    assert!(!home.path().join(".local/share/shundan").exists(), "the demo never touches the data of serve");
}

#[test]
fn a_reset_spares_other_companies() {
    let home = tempdir().unwrap();
    with_company(home.path());
    let data = home.path().join(".local/share/shundan");
    let said = run(home.path(), &["demo", "--no-serve", "--reset", "--data", data.to_str().unwrap()]);
    assert_eq!(said.code, 1);
    assert!(said.err.contains("other companies beside the demo: acme"), "{}", said.err);
    assert!(well(home.path(), &["company", "list"]).contains("acme"));
}
