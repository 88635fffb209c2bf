//! Attachments over HTTP.

use reqwest::Method;
use reqwest::multipart::{Form, Part};

use crate::client::{Answer, Client, send};
use crate::server::servers;

const PNG: &[u8] = b"\x89PNG\r\n\x1a\nand so on";

async fn upload(client: &Client, name: &str, bytes: &[u8]) -> Answer {
    let form = Form::new().part("file", Part::bytes(bytes.to_vec()).file_name(name.to_owned())).text("kind", "photo");
    send(client.request(Method::POST, "/attachments").multipart(form)).await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_is_kept_and_given_back() {
    for server in servers().await {
        let (warehouse, finance) = (server.sign_in("warehouse").await, server.sign_in("finance").await);
        let kept = upload(&warehouse, "..\\签收单.png", PNG).await.expect(201);
        assert_eq!((&kept["filename"], &kept["mime"], &kept["kind"]), (&"签收单.png".into(), &"image/png".into(), &"photo".into()));
        assert_eq!(kept["size"], PNG.len());
        let path = format!("/attachments/{}/content", kept["id"].as_str().unwrap());
        let file = warehouse.get(&path).await;
        file.expect(200);
        assert_eq!(file.bytes, PNG);
        assert_eq!(file.header("content-type"), "image/png");
        assert_eq!(
            file.header("content-disposition"),
            "attachment; filename=\"___.png\"; filename*=UTF-8''%E7%AD%BE%E6%94%B6%E5%8D%95.png"
        );
        assert_eq!(file.header("x-content-type-options"), "nosniff");
        assert!(file.header("content-security-policy").contains("sandbox"));
        assert!(warehouse.get(&format!("{path}?inline=true")).await.header("content-disposition").starts_with("inline"));
        finance.get(&path).await.expect(200);
        server.sign_in("auditor").await.get(&path).await.expect(403);
        server.stranger().get(&path).await.expect(401);
        let audit = server.sign_in("auditor").await.get("/audit?kind=AttachmentAdded").await.expect(200);
        assert_eq!(audit["items"].as_array().unwrap().len(), 1);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn only_files_of_known_kinds_and_sizes_are_kept() {
    for server in servers().await {
        let client = server.sign_in("warehouse").await;
        for (name, bytes, code) in [
            ("a.png", &b"<html>"[..], "attachment.wrong_type"),
            ("a.html", &b"<html>"[..], "attachment.wrong_type"),
            ("a.exe", &b"MZ"[..], "attachment.wrong_type"),
            ("a.png", &b""[..], "attachment.empty"),
        ] {
            let answer = upload(&client, name, bytes).await;
            answer.expect(422);
            assert_eq!(answer.pointers(), [("/file".to_owned(), code.to_owned())]);
        }
        upload(&client, "a.txt", &vec![b'x'; 11 * 1024 * 1024]).await.expect(413);
        let large = upload(&client, "a.txt", &vec![b'x'; 10 * 1024 * 1024]).await;
        large.expect(201);
        upload(&server.sign_in("auditor").await, "a.png", PNG).await.expect(403);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_upload_is_kept_once_under_its_key() {
    for server in servers().await {
        let client = server.sign_in("warehouse").await.with("idempotency-key", "photo");
        let first = upload(&client, "a.png", PNG).await.expect(201);
        assert_eq!(first, upload(&client, "a.png", PNG).await.expect(201));
        assert_eq!(upload(&client, "b.png", PNG).await.expect(422)["code"], "key-reused");
        let form = Form::new().part("file", Part::bytes(PNG).file_name("a.png")).text("order_id", "SO404");
        let answer = send(client.without("idempotency-key").request(Method::POST, "/attachments").multipart(form)).await;
        answer.expect(422);
        assert_eq!(answer.pointers()[0], ("/order_id".to_owned(), "value.unknown".to_owned()));
    }
}
