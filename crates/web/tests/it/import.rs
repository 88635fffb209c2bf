//! Imports over HTTP.

use std::path::Path;

use reqwest::Method;
use reqwest::multipart::{Form, Part};
use serde_json::{Value, json};

use crate::client::{Answer, Client, send};
use crate::server::{Server, servers};

const PRODUCTS: &str = "商品编码,商品名称,单位,标准价\nP001,80克双胶纸,吨,6200\nP002,铜版纸,吨,7100.50\n";

/// Uploads files and answers with their preview.
pub async fn upload(client: &Client, files: &[(&str, Vec<u8>)], fields: &[(&str, &str)]) -> Answer {
    let mut form = Form::new();
    for (name, bytes) in files {
        form = form.part("files", Part::bytes(bytes.clone()).file_name((*name).to_owned()));
    }
    for (name, value) in fields {
        form = form.text((*name).to_owned(), (*value).to_owned());
    }
    send(client.request(Method::POST, "/imports").multipart(form)).await
}

fn northwind() -> Vec<(&'static str, Vec<u8>)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../app/tests/data/northwind");
    ["customers.csv", "products.csv", "categories.csv", "shippers.csv", "orders.csv", "order_details.csv"]
        .map(|name| (name, std::fs::read(folder.join(name)).unwrap()))
        .into()
}

/// Waits for the end of an import.
async fn ended(client: &Client, id: &str) -> Value {
    for _ in 0..600 {
        let import = client.get(&format!("/imports/{id}")).await.expect(200);
        if import["state"] != "running" {
            return import;
        }
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    panic!("the import does not end");
}

async fn place(server: &Server) -> Client {
    let admin = server.sign_in("admin").await;
    admin.post("/warehouses", json!({"code": "W8", "name": "东仓"})).await;
    admin
}

#[tokio::test(flavor = "multi_thread")]
async fn northwind_is_looked_at_and_then_brought_in() {
    for server in servers().await {
        let admin = place(&server).await;
        let answer = upload(&admin, &northwind(), &[("mapping", "northwind")]).await;
        let import = answer.expect(201);
        assert_eq!(import["state"], "preview");
        assert_eq!(import["counts"]["customers"], json!({"new": 93, "changed": 0, "same": 0, "errors": 0}));
        assert_eq!((&import["counts"]["orders"]["new"], &import["counts"]["lines"]["new"]), (&json!(830), &json!(2155)));
        assert_eq!(import["totals"]["goods"], json!({"amount": "1265793.29", "currency": "CNY"}));
        assert_eq!(import["totals"]["freight"]["amount"], "64942.69");
        assert_eq!((&import["unshipped"], &import["error_count"]), (&json!(21), &json!(0)));
        assert_eq!(import["sheets"][4]["columns"][0], "OrderID");
        assert_eq!(admin.get("/customers?limit=1").await.expect(200)["items"], json!([]), "a preview changes nothing");

        let path = format!("/imports/{}", import["id"].as_str().unwrap());
        let running = admin.post_once("k1", &format!("{path}/run"), json!({})).await.expect(200);
        assert_eq!(running["state"], "running");
        admin.post_once("k1", &format!("{path}/run"), json!({})).await.expect(200);
        let done = ended(&admin, import["id"].as_str().unwrap()).await;
        assert_eq!((&done["state"], &done["failure"]), (&json!("done"), &Value::Null), "{:?}", done["errors"]);
        assert_eq!(done["progress"]["done"], done["progress"]["total"]);
        let rows = admin.get("/customers?q=alfki").await.expect(200);
        assert_eq!(rows["items"][0]["name"], "Alfreds Futterkiste");
        let order = admin.get("/orders/NW10865").await.expect(200);
        assert_eq!(
            (&order["goods"]["amount"], &order["external_number"], &order["status"]),
            (&json!("16387.50"), &json!("10865"), &json!("effective"))
        );
        assert_eq!(order["tracks"]["fulfilment"]["state"], "shipped");

        // The same files again are known, and nothing runs.
        let again = upload(&admin, &northwind(), &[("mapping", "northwind")]).await.expect(201);
        assert_eq!(again["before"], import["id"]);
        assert_eq!(again["counts"]["orders"], json!({"new": 0, "changed": 0, "same": 830, "errors": 0}));
        let refused = admin.post(&format!("/imports/{}/run", again["id"].as_str().unwrap()), json!({})).await;
        assert_eq!((refused.status.as_u16(), refused.code().as_str()), (409, "import.again"));
        assert_eq!(admin.get("/imports").await.expect(200)["items"].as_array().unwrap().len(), 2);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn every_wrong_cell_is_named_in_the_callers_language() {
    for server in servers().await {
        let admin = place(&server).await.with("accept-language", "zh-CN");
        let bad = PRODUCTS.replace("7100.50", "七千").replace("P001,80克双胶纸", "P001,");
        let import = upload(&admin, &[("products.csv", bad.into_bytes())], &[]).await.expect(201);
        assert_eq!((&import["mapping"]["name"], &import["error_count"]), (&json!("shundan-products"), &json!(2)));
        let errors = import["errors"].as_array().unwrap();
        let found: Vec<_> =
            errors.iter().map(|e| (e["row"].as_i64().unwrap(), e["column"].as_str().unwrap(), e["code"].as_str().unwrap())).collect();
        assert_eq!(found, [(2, "B", "value.required"), (3, "D", "number.not_a_number")]);
        assert_eq!((&errors[1]["value"], &errors[1]["field"]), (&json!("七千"), &json!("标准价")));
        assert!(errors[1]["message"].as_str().unwrap().contains("数字"));
        let refused = admin.post(&format!("/imports/{}/run", import["id"].as_str().unwrap()), json!({})).await;
        assert_eq!((refused.status.as_u16(), refused.code().as_str()), (409, "import.has_errors"));
        assert_eq!(admin.get("/products").await.expect(200)["items"], json!([]));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_mapping_is_made_on_the_screen_and_kept() {
    for server in servers().await {
        let admin = place(&server).await;
        let file = "Artikel;Bezeichnung;Preis\nA1;Papier;6.200,50\n";
        let import = upload(&admin, &[("artikel.csv", file.into())], &[]).await.expect(201);
        assert_eq!(
            (&import["errors"][0]["code"], &import["sheets"][0]["columns"][1]),
            (&json!("import.nothing_fits"), &json!("Bezeichnung"))
        );
        let path = format!("/imports/{}/mapping", import["id"].as_str().unwrap());
        let mut mapping = json!({"name": "artikel", "source": [{"noun": "products", "decimal": ",", "fields": {
            "code": "Artikel", "name": "Bezeichnung", "unti": {"value": "t"}, "list_price": "Preis"}}]});
        let put = |mapping: &Value| send(admin.request(Method::PUT, &path).json(&json!({"mapping": mapping})));
        let wrong = put(&mapping).await;
        wrong.expect(422);
        assert_eq!(wrong.pointers()[0], ("/mapping/source[1]/fields/unti".into(), "import.mapping_key_meant".into()));
        assert!(wrong.text().contains("unit"), "{}", wrong.text());
        let fields = &mut mapping["source"][0]["fields"];
        fields["unit"] = fields["unti"].take();
        fields.as_object_mut().unwrap().remove("unti");
        let checked = put(&mapping).await.expect(200);
        assert_eq!((&checked["error_count"], &checked["counts"]["products"]["new"]), (&json!(0), &json!(1)));
        send(admin.request(Method::PUT, "/import/mappings/artikel").json(&json!({"content": mapping}))).await.expect(200);
        let known = admin.get("/import/mappings").await.expect(200);
        assert_eq!((&known["items"][0]["name"], &known["items"][0]["built_in"]), (&json!("artikel"), &json!(false)));
        assert!(
            known["fields"]["order_lines"].as_array().unwrap().iter().any(|field| field["key"] == "quantity" && field["required"] == true)
        );
        admin.post(&format!("/imports/{}/run", import["id"].as_str().unwrap()), json!({})).await.expect(200);
        assert_eq!(ended(&admin, import["id"].as_str().unwrap()).await["state"], "done");
        // From now on the columns are known.
        let next = upload(&admin, &[("b.csv", "Artikel;Bezeichnung;Preis\nA2;Karton;12,5\n".into())], &[]).await.expect(201);
        assert_eq!(next["mapping"]["name"], "artikel");
        let rows = admin.get("/products?q=A1").await.expect(200);
        assert_eq!(rows["items"][0]["list_price"]["amount"], "6200.50");
        send(admin.request(Method::DELETE, "/import/mappings/artikel")).await.expect(204);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_list_that_was_downloaded_changes_nothing_when_it_comes_back() {
    for server in servers().await {
        let admin = place(&server).await;
        let import = upload(&admin, &[("products.csv", PRODUCTS.into())], &[]).await.expect(201);
        admin.post(&format!("/imports/{}/run", import["id"].as_str().unwrap()), json!({})).await.expect(200);
        assert_eq!(ended(&admin, import["id"].as_str().unwrap()).await["state"], "done");
        for format in ["csv", "xlsx"] {
            let file = admin.get(&format!("/products?format={format}")).await;
            let back = upload(&admin, &[(&format!("products.{format}"), file.bytes)], &[]).await.expect(201);
            assert_eq!(back["counts"]["products"], json!({"new": 0, "changed": 0, "same": 2, "errors": 0}), "{format} {}", back["errors"]);
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn only_who_may_import_does() {
    for server in servers().await {
        let warehouse = server.sign_in("warehouse").await;
        assert_eq!(upload(&warehouse, &[("products.csv", PRODUCTS.into())], &[]).await.status, 403);
        // Who sells may not set up products by the back door.
        let rep = server.sign_in("sales_rep").await;
        let refused = upload(&rep, &[("products.csv", PRODUCTS.into())], &[]).await;
        assert_eq!((refused.status.as_u16(), refused.code().as_str()), (403, "denied"));
        // Nor orders that nobody approved.
        let orders = "外部单号,客户编码,商品编码,数量\nA1,C1,P1,1\n";
        let refused = upload(&rep, &[("orders.csv", orders.into())], &[("as", "history")]).await;
        assert_eq!(refused.status, 403);
        assert_eq!(upload(&rep, &[], &[("as", "draft")]).await.pointers(), [("/files".to_owned(), "value.required".to_owned())]);
    }
}
