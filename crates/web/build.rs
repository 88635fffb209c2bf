//! Makes sure that there is an interface to embed: where it was not built, a page that says so.

use std::path::Path;

const PAGE: &str = "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>顺单</title>\
<p>The interface was not built. Run <code>cargo xtask ui</code>, or use the API under <a href=\"/api/openapi.json\">/api</a>.</p></html>\n";

fn main() {
    println!("cargo:rerun-if-changed=build.rs");
    println!("cargo:rerun-if-changed=../../ui/dist");
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../ui/dist");
    let index = folder.join("index.html");
    if !index.exists() {
        std::fs::create_dir_all(&folder).expect("the folder of the interface can be made");
        std::fs::write(&index, PAGE).expect("the page can be written");
    }
}
