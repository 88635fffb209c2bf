use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::{Duration, Instant};

use tempfile::tempdir;

use super::program::{Client, PASSWORD, Server, run, with_company};

#[tokio::test]
async fn an_empty_database_says_how_to_begin_and_a_signal_ends_it_well() {
    let home = tempdir().unwrap();
    let server = Server::start(home.path(), &["serve"]);
    let health = reqwest::get(format!("{}/healthz", server.address)).await.unwrap();
    assert!(health.status().is_success());
    server.signal("TERM");
    let (code, err) = server.end();
    assert_eq!(code, Some(0), "{err}");
    assert!(err.contains("Stopping") && err.contains("Stopped."), "{err}");
}

#[test]
fn a_request_under_way_is_finished_before_the_end() {
    let home = tempdir().unwrap();
    with_company(home.path());
    let server = Server::start(home.path(), &["serve"]);
    let address = server.address.trim_start_matches("http://").to_owned();
    let body = format!(r#"{{"company":"acme","username":"admin","password":"{PASSWORD}"}}"#);
    let mut stream = TcpStream::connect(&address).unwrap();
    let head = "content-type: application/json\r\nexpect: 100-continue\r\n";
    let head = format!("POST /api/v1/session HTTP/1.1\r\nhost: {address}\r\n{head}content-length: {}\r\n\r\n", body.len());
    stream.write_all(head.as_bytes()).unwrap();
    stream.set_read_timeout(Some(Duration::from_secs(60))).unwrap();
    let mut answer = [0; 25];
    stream.read_exact(&mut answer).unwrap();
    assert_eq!(&answer, b"HTTP/1.1 100 Continue\r\n\r\n", "the server waits for the rest");
    server.signal("TERM");
    std::thread::sleep(Duration::from_millis(500));
    stream.write_all(body.as_bytes()).unwrap();
    let mut answer = [0; 12];
    stream.read_exact(&mut answer).unwrap();
    assert_eq!(&answer, b"HTTP/1.1 200", "who was heard is answered");
    drop(stream);
    let (code, err) = server.end();
    assert_eq!(code, Some(0), "{err}");
}

#[tokio::test]
async fn open_streams_do_not_hold_up_the_end() {
    let home = tempdir().unwrap();
    with_company(home.path());
    let server = Server::start(home.path(), &["serve"]);
    let admin = Client::sign_in(&server, "acme", "admin", PASSWORD).await.unwrap();
    let stream = admin.http.get(format!("{}/events", admin.base)).send().await.unwrap();
    assert!(stream.status().is_success());
    let begun = Instant::now();
    server.signal("INT");
    let (code, err) = server.end();
    assert_eq!(code, Some(0), "{err}");
    assert!(begun.elapsed() < Duration::from_secs(10));
}

#[test]
fn addresses_that_cannot_be_had_are_explained() {
    let home = tempdir().unwrap();
    let server = Server::start(home.path(), &["serve"]);
    let taken = server.address.trim_start_matches("http://");
    let said = run(home.path(), &["serve", "--listen", taken]);
    assert_eq!(said.code, 1);
    assert!(said.err.contains("taken by another program") && said.err.contains("--listen"), "{}", said.err);
    let said = run(home.path(), &["serve", "--listen", "nonsense"]);
    assert_eq!(said.code, 1);
    assert!(said.err.contains("no address to listen on"), "{}", said.err);
    let said = run(home.path(), &["serve", "--database", "mysql://x", "--port", "0"]);
    assert_eq!(said.code, 1);
    assert!(said.err.contains("postgres://user:password@host"), "{}", said.err);
}
