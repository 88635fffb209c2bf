//! E-mail, as the program really sends it: to a server of its own, in the open and encrypted both ways.

use std::sync::Arc;

use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, IsCa, KeyPair};
use rustls::ServerConfig;
use rustls::pki_types::PrivateKeyDer;
use serde_json::{Value, json};
use tempfile::tempdir;
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};
use tokio_rustls::TlsAcceptor;
use web::mail_sink::{Inbox, converse};

use super::program::{Client, PASSWORD, Server, shundan, with_company};

#[tokio::test]
async fn the_demo_catches_its_letters() {
    let home = tempdir().unwrap();
    let server = Server::start(home.path(), &["demo"]);
    let page = server.line_with("Letters of the demo");
    let page = &page[page.find("http://").unwrap()..];
    let admin = Client::sign_in(&server, "demo", "admin", "shundan-demo").await.unwrap();
    let answer: Value = admin.post("/mail-settings/test").json(&json!({})).send().await.unwrap().json().await.unwrap();
    assert_eq!(answer["ok"], true, "{answer}");
    let letters: Value = reqwest::get(format!("{page}/messages")).await.unwrap().json().await.unwrap();
    let mut own = letters.as_array().unwrap().iter().filter(|letter| letter["to"] == json!(["admin@example.com"]));
    assert!(own.any(|letter| letter["subject"].as_str().unwrap().contains("测试")), "{letters}");
    assert_eq!(admin.get("/mail-settings").await["host"], "127.0.0.1");
}

/// A certificate of `localhost` and the authority that gave it, in PEM.
fn certified() -> (TlsAcceptor, String) {
    let mut authority = CertificateParams::new(Vec::new()).unwrap();
    authority.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    let authority = CertifiedIssuer::self_signed(authority, KeyPair::generate().unwrap()).unwrap();
    let key = KeyPair::generate().unwrap();
    let own = CertificateParams::new(vec!["localhost".to_owned()]).unwrap().signed_by(&key, &authority).unwrap();
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = ServerConfig::builder_with_provider(provider).with_safe_default_protocol_versions().unwrap();
    let secret = PrivateKeyDer::try_from(key.serialize_der()).unwrap();
    let config = config.with_no_client_auth().with_single_cert(vec![own.der().clone()], secret).unwrap();
    (TlsAcceptor::from(Arc::new(config)), authority.pem())
}

/// Takes letters of one connection after another, encrypted from the first byte or from `STARTTLS` on.
async fn take(listener: TcpListener, acceptor: TlsAcceptor, inbox: Inbox, starttls: bool) {
    loop {
        let (stream, _) = listener.accept().await.unwrap();
        let (acceptor, inbox) = (acceptor.clone(), inbox.clone());
        tokio::spawn(async move {
            let stream = if starttls { begin(stream).await? } else { stream };
            converse(acceptor.accept(stream).await?, &inbox, starttls).await
        });
    }
}

/// What is said in the open before `STARTTLS`; letters are not taken there.
async fn begin(stream: TcpStream) -> std::io::Result<TcpStream> {
    let mut stream = BufReader::new(stream);
    stream.write_all(b"220 sink ESMTP\r\n").await?;
    loop {
        let mut line = String::new();
        if stream.read_line(&mut line).await? == 0 {
            return Err(std::io::ErrorKind::UnexpectedEof.into());
        }
        match line.get(..4).unwrap_or_default() {
            "EHLO" => stream.write_all(b"250-sink\r\n250 STARTTLS\r\n").await?,
            "STAR" => {
                stream.write_all(b"220 Go on\r\n").await?;
                return Ok(stream.into_inner());
            }
            _ => stream.write_all(b"530 STARTTLS first\r\n").await?,
        }
    }
}

#[tokio::test]
async fn letters_go_encrypted_and_only_to_who_proves_to_be_the_server() {
    let (acceptor, authority) = certified();
    let home = tempdir().unwrap();
    with_company(home.path());
    let trusted = home.path().join("authority.pem");
    std::fs::write(&trusted, authority).unwrap();
    let mut program = shundan(home.path());
    program.env("SSL_CERT_FILE", &trusted);
    let server = Server::start_as(program, &["serve"]);
    let admin = Client::sign_in(&server, "acme", "admin", PASSWORD).await.unwrap();
    for (security, starttls) in [("tls", false), ("starttls", true)] {
        let inbox = Inbox::default();
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        tokio::spawn(take(listener, acceptor.clone(), inbox.clone(), starttls));
        for (host, well) in [("localhost", true), ("127.0.0.1", false)] {
            let version = admin.get("/mail-settings").await["version"].as_i64().unwrap();
            let settings = json!({"active": true, "host": host, "port": port, "security": security, "username": "clerk", "secret": "open sesame",
                "from_address": "orders@example.com", "from_name": "Acme", "site_url": ""});
            admin.put("/mail-settings", version, &settings).await;
            let test = json!({"to": "somebody@example.com"});
            let answer: Value = admin.post("/mail-settings/test").json(&test).send().await.unwrap().json().await.unwrap();
            assert_eq!(answer["ok"], well, "{security} {host}: {answer}");
        }
        let letters = inbox.letters();
        assert_eq!(letters.len(), 1, "{security}: the name of the certificate is looked at");
        assert_eq!(letters[0].to, ["somebody@example.com"]);
    }
}
