//! The web interface in the program.

use crate::client::send;
use crate::server::server_with;

#[tokio::test(flavor = "multi_thread")]
async fn every_address_of_the_interface_gets_the_page_but_the_api_never() {
    let server = server_with(|_| {}).await;
    let client = server.stranger();
    let page = client.get("//").await;
    page.expect(200);
    assert!(page.header("content-type").starts_with("text/html") && page.text().contains("<html"));
    assert_eq!(page.header("cache-control"), "no-cache");
    let deep = client.get("//orders/SO2026000001").await;
    assert_eq!((deep.status.as_u16(), deep.bytes == page.bytes), (200, deep.text().contains("<html")));
    for missing in ["//api/v1/moon", "//api/nothing", "//assets/index-0000.js", "//moon.png"] {
        assert_eq!(client.get(missing).await.expect(404)["code"], "not-found", "{missing}");
    }
    let same = send(client.request(reqwest::Method::GET, "//").header("if-none-match", page.header("etag"))).await;
    assert_eq!(same.status.as_u16(), 304);
}

#[tokio::test(flavor = "multi_thread")]
async fn files_of_the_interface_are_compressed_for_who_takes_it() {
    let server = server_with(|_| {}).await;
    let client = server.stranger().with("accept-encoding", "gzip");
    let page = client.get("//").await;
    assert_eq!(page.header("content-encoding"), "gzip");
    assert!(page.bytes.starts_with(b"\x1f\x8b"));
    let api = client.get("//api/openapi.json").await;
    assert_eq!(api.header("content-encoding"), "gzip");
}
