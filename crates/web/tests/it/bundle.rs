//! Everything of an order in one file.

use std::io::{Cursor, Read};

use reqwest::Method;
use reqwest::multipart::{Form, Part};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use crate::client::{Answer, Client, send};
use crate::shop::{Shop, order_of, shops};

const PNG: &[u8] = b"\x89PNG\r\n\x1a\nsigned by the customer";

async fn upload(client: &Client, order: &str) {
    let form = Form::new().part("file", Part::bytes(PNG).file_name("回签单.png")).text("order_id", order.to_owned());
    send(client.request(Method::POST, "/attachments").multipart(form)).await.expect(201);
}

/// The files of a bundle by name, in their order.
fn unpacked(answer: &Answer) -> Vec<(String, Vec<u8>)> {
    let mut archive = zip::ZipArchive::new(Cursor::new(answer.bytes.clone())).unwrap();
    (0..archive.len())
        .map(|place| {
            let mut file = archive.by_index(place).unwrap();
            let mut bytes = Vec::new();
            file.read_to_end(&mut bytes).unwrap();
            (file.name().unwrap().into_owned(), bytes)
        })
        .collect()
}

fn read(files: &[(String, Vec<u8>)], name: &str) -> Value {
    let (_, bytes) = files.iter().find(|(known, _)| known == name).unwrap();
    serde_json::from_slice(bytes).unwrap()
}

async fn filled(shop: &Shop) -> String {
    let order = shop.place(order_of(1)).await;
    upload(&shop.service, &order).await;
    upload(&shop.service, &order).await;
    let noted = json!({"kind": "call_note", "proves": "contact_made", "statement": "客户同意周五收货", "given_by": "王经理"});
    shop.service.post(&format!("/orders/{order}/evidence"), noted).await.expect(201);
    shop.tick().await;
    order
}

#[tokio::test(flavor = "multi_thread")]
async fn the_bundle_has_everything_of_the_order_and_says_what_it_has() {
    for shop in shops().await {
        let order = filled(&shop).await;
        let answer = shop.rep.get(&format!("/orders/{order}/bundle")).await;
        assert_eq!((answer.status.as_u16(), answer.header("content-type")), (200, "application/zip"));
        let files = unpacked(&answer);
        let names: Vec<&str> = files.iter().map(|(name, _)| name.as_str()).collect();
        let expected = [
            "order.json",
            "history.json",
            "evidence.json",
            "clocks.json",
            "changes.json",
            "tasks.json",
            "files/回签单.png",
            "files/回签单 (2).png",
        ];
        assert_eq!(names[..8], expected);
        assert_eq!(files[6].1, PNG);
        let page = shop.page(&order).await;
        let kept = read(&files, "order.json");
        for name in ["number", "status", "payable", "lines", "attachments"] {
            assert_eq!(kept[name], page[name], "{name}");
        }
        assert!(answer.header("content-disposition").contains(&format!("{}.zip", page["number"].as_str().unwrap())));
        let manifest = read(&files, "manifest.json");
        let listed = manifest["files"].as_array().unwrap();
        assert_eq!(listed.len() + 1, files.len());
        for (said, (name, bytes)) in listed.iter().zip(&files) {
            let hash: String = Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect();
            assert_eq!((said["name"].as_str(), said["size"].as_u64()), (Some(name.as_str()), Some(bytes.len() as u64)));
            assert_eq!(said["sha256"], hash);
            assert!(said["kept_as"].is_null() || said["kept_as"] == hash);
        }
        // The history is whole, from the first on, and names where it ends.
        let history = read(&files, "history.json");
        let events = shop.rep.get(&format!("/orders/{order}/events?limit=200")).await.expect(200)["items"].as_array().unwrap().clone();
        assert_eq!(history.as_array().unwrap().iter().rev().cloned().collect::<Vec<_>>(), events);
        assert_eq!(manifest["last_event"][0], events[0]["position"]);
        assert_eq!(read(&files, "evidence.json")[0]["statement"], "客户同意周五收货");
        let audit = shop.admin.get("/audit?kind=DataExported").await.expect(200);
        assert!(audit["items"].as_array().unwrap().iter().any(|event| event.to_string().contains("order_bundle")), "{audit}");
        shop.verify().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn who_may_not_see_or_export_gets_none() {
    for shop in shops().await {
        let order = filled(&shop).await;
        shop.warehouse.get(&format!("/orders/{order}/bundle")).await.expect(403);
        shop.rep.get("/orders/SO404/bundle").await.expect(404);
        let mill = shop.server.stranger();
        mill.get(&format!("/orders/{order}/bundle")).await.expect(401);
    }
}
