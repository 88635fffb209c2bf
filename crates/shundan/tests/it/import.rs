use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::time::Duration;

use reqwest::multipart::{Form, Part};
use serde_json::Value;
use tempfile::tempdir;

use super::program::{Client, PASSWORD, Server, run, shundan, well, with_company};

/// Customers in the product's own columns.
fn customers(folder: &Path, count: usize, bad: Option<usize>) -> PathBuf {
    let mut text = String::from("客户编码,客户名称,客户等级\n");
    for number in 0..count {
        let grade = if bad == Some(number) { "Z" } else { "B" };
        writeln!(text, "K{number:05},客户{number},{grade}").unwrap();
    }
    let path = folder.join("customers.csv");
    std::fs::write(&path, text).unwrap();
    path
}

fn count(home: &Path) -> usize {
    let file = home.join("list.csv");
    well(home, &["export", "customers", "--to", file.to_str().unwrap(), "--force"]);
    std::fs::read_to_string(file).unwrap().lines().count() - 1
}

#[test]
fn a_file_is_looked_at_imported_once_and_exported() {
    let home = tempdir().unwrap();
    with_company(home.path());
    let file = customers(home.path(), 30, None);
    let file = file.to_str().unwrap();
    assert!(well(home.path(), &["import", file, "--dry-run"]).contains("nothing was written"));
    assert_eq!(count(home.path()), 0);
    assert!(well(home.path(), &["import", file]).contains("✓ Imported"));
    assert_eq!(count(home.path()), 30);
    assert!(well(home.path(), &["import", file]).contains("imported before"));
    assert_eq!(count(home.path()), 30);
    let some = home.path().join("some.xlsx");
    let words = ["export", "customers", "--to", some.to_str().unwrap(), "--filter", "q=K00007"];
    assert!(well(home.path(), &words).contains("Exported 1 rows"));
    let said = run(home.path(), &words);
    assert!(said.code == 1 && said.err.contains("is there already"), "{}", said.err);
}

#[test]
fn one_bad_row_imports_nothing_and_is_named() {
    let home = tempdir().unwrap();
    with_company(home.path());
    let file = customers(home.path(), 30, Some(17));
    let said = run(home.path(), &["import", file.to_str().unwrap()]);
    assert_eq!(said.code, 1);
    assert!(said.out.contains("customers.csv") && said.out.contains("19") && said.out.contains("= Z"), "{}", said.out);
    assert!(said.out.contains("nothing was imported"), "{}", said.out);
    assert_eq!(count(home.path()), 0);
}

#[test]
fn an_import_that_is_killed_leaves_nothing_half() {
    let home = tempdir().unwrap();
    with_company(home.path());
    let file = customers(home.path(), 20_000, None);
    let mut killed = 0;
    for wait in [30, 120, 250, 400, 600, 900, 1300] {
        let mut child = shundan(home.path()).args(["import", file.to_str().unwrap()]).spawn().unwrap();
        std::thread::sleep(Duration::from_millis(wait));
        if child.try_wait().unwrap().is_some() {
            break;
        }
        child.kill().unwrap();
        child.wait().unwrap();
        killed += 1;
        let there = count(home.path());
        assert!(there == 0 || there == 20_000, "{there} of 20000 after {wait} ms");
        assert!(well(home.path(), &["verify"]).contains("Nothing is wrong"));
    }
    assert!(killed >= 2, "it was killed under way");
    run(home.path(), &["import", file.to_str().unwrap()]);
    assert_eq!(count(home.path()), 20_000, "afterwards it can be imported whole");
}

#[test]
fn mappings_are_listed_shown_and_kept_in_files() {
    let home = tempdir().unwrap();
    assert!(well(home.path(), &["import", "--list-mappings"]).contains("northwind"));
    let shown = well(home.path(), &["import", "--show-mapping", "superstore"]);
    with_company(home.path());
    let own = home.path().join("own.toml");
    std::fs::write(&own, shown.replace("[", "[[[[")).unwrap();
    let file = customers(home.path(), 3, None);
    let said = run(home.path(), &["import", file.to_str().unwrap(), "--mapping", own.to_str().unwrap()]);
    assert_eq!(said.code, 1);
    assert!(said.err.contains("is wrong, see above"), "{}{}", said.out, said.err);
    let said = run(home.path(), &["import", file.to_str().unwrap(), "--mapping", "nothing"]);
    assert!(said.code == 1 && said.err.contains("--list-mappings"), "{}", said.err);
    let said = run(home.path(), &["import", "missing.csv"]);
    assert!(said.code == 1 && said.err.contains("missing.csv"), "{}", said.err);
}

#[tokio::test]
async fn a_server_killed_during_an_import_has_nothing_half_after_its_restart() {
    let home = tempdir().unwrap();
    with_company(home.path());
    let bytes = std::fs::read(customers(home.path(), 20_000, None)).unwrap();
    let mut killed = 0;
    for wait in [0, 40, 150, 400, 900] {
        let server = Server::start(home.path(), &["serve"]);
        let admin = Client::sign_in(&server, "acme", "admin", PASSWORD).await.unwrap();
        let form = Form::new().text("mapping", "shundan-customers").part("files", Part::bytes(bytes.clone()).file_name("customers.csv"));
        let uploaded = admin.post("/imports").multipart(form).send().await.unwrap();
        assert!(uploaded.status().is_success(), "{}", uploaded.text().await.unwrap());
        let uploaded: Value = uploaded.json().await.unwrap();
        let path = format!("/imports/{}", uploaded["id"].as_str().unwrap());
        let begun = admin.post(&format!("{path}/run")).send().await.unwrap();
        assert!(begun.status().is_success(), "{}", begun.text().await.unwrap());
        tokio::time::sleep(Duration::from_millis(wait)).await;
        server.signal("KILL");
        drop(server);

        let there = count(home.path());
        assert!(there == 0 || there == 20_000, "{there} of 20000 after {wait} ms");
        let server = Server::start(home.path(), &["serve"]);
        let admin = Client::sign_in(&server, "acme", "admin", PASSWORD).await.unwrap();
        let import = admin.get(&path).await;
        assert_eq!(import["state"], if there == 0 { "failed" } else { "done" }, "{import}");
        assert!(well(home.path(), &["verify"]).contains("Nothing is wrong"));
        if there > 0 {
            break;
        }
        killed += 1;
    }
    assert!(killed >= 1, "it was killed under way");
}
