use tempfile::tempdir;

use super::program::{Client, PASSWORD, Server, run, well, with_company};

#[tokio::test]
async fn a_backup_of_a_running_server_is_checked_and_serves_again() {
    let home = tempdir().unwrap();
    with_company(home.path());
    let file = home.path().join("backup.db");
    let name = file.to_str().unwrap();
    let server = Server::start(home.path(), &["serve"]);
    let said = well(home.path(), &["backup", "--to", name]);
    assert!(said.contains("1 companies") && said.contains("nothing is wrong"), "{said}");
    drop(server);
    let beside: Vec<_> = std::fs::read_dir(home.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert!(
        !beside.iter().any(|name| name.to_str().unwrap().contains("backup.db.") || name.to_str().unwrap().contains("backup.db-")),
        "{beside:?}"
    );

    let again = run(home.path(), &["backup", "--to", name]);
    assert_eq!(again.code, 1, "an existing file is left alone");
    assert!(again.err.contains("is there already"), "{}", again.err);
    assert!(well(home.path(), &["verify", "--file", name]).contains("Nothing is wrong"));

    // Restored as the help says.
    let restored = home.path().join("restored");
    std::fs::create_dir(&restored).unwrap();
    std::fs::copy(&file, restored.join("shundan.db")).unwrap();
    let server = Server::start(home.path(), &["serve", "--data", restored.to_str().unwrap()]);
    assert!(Client::sign_in(&server, "acme", "admin", PASSWORD).await.is_ok());
}

#[test]
fn for_postgresql_the_command_is_given_without_the_password() {
    let home = tempdir().unwrap();
    let said = run(home.path(), &["backup", "--database", "postgres://shop:secret@db:5432/books", "--to", "b.dump"]);
    assert_eq!(said.code, 1);
    assert!(said.err.contains("pg_dump --format=custom --file=b.dump 'postgres://shop@db:5432/books'"), "{}", said.err);
    assert!(!said.err.contains("secret"));
}

#[test]
fn what_is_no_backup_is_told() {
    let home = tempdir().unwrap();
    let file = home.path().join("note.txt");
    std::fs::write(&file, "not a database, but long enough to be taken for one".repeat(100)).unwrap();
    let said = run(home.path(), &["verify", "--file", file.to_str().unwrap()]);
    assert_eq!(said.code, 1);
    assert!(said.err.starts_with('✗'), "{}", said.err);
}
