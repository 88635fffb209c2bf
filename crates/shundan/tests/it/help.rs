use tempfile::tempdir;

use super::program::{run, shundan, well};

#[test]
fn help_names_every_command_and_teaches_by_examples() {
    let home = tempdir().unwrap();
    let whole = well(home.path(), &["--help"]);
    for command in ["demo", "serve", "company create", "user add", "import", "export", "verify", "repair", "backup", "openapi", "version"] {
        assert!(whole.contains(&format!("\n  {command}")), "{command}\n{whole}");
    }
    for words in [&["import", "--help"][..], &["user", "add", "--help"], &["backup", "-h"], &["serve", "--help"], &["demo", "--help"]] {
        let page = well(home.path(), words);
        assert!(page.contains("What it changes:") && page.contains("Examples:"), "{page}");
        assert!(page.split("Examples:").nth(1).unwrap().matches("shundan ").count() >= 2, "{page}");
    }
}

#[test]
fn help_is_in_the_language_of_the_terminal() {
    let home = tempdir().unwrap();
    let speak = |name: &str, value: &str| {
        let output = shundan(home.path()).env_remove("SHUNDAN_LANGUAGE").env(name, value).arg("--help").output().unwrap();
        String::from_utf8(output.stdout).unwrap()
    };
    assert!(speak("LANG", "zh_CN.UTF-8").contains("核对数据"));
    assert!(speak("LC_ALL", "zh_TW.UTF-8").contains("核對資料"));
    assert!(speak("LANG", "C.UTF-8").contains("Check the data"));
    assert!(well(home.path(), &["--language", "zh-CN", "verify", "--help"]).contains("示例："));
}

#[test]
fn mistakes_are_told_with_what_was_meant_and_where_to_read_on() {
    let home = tempdir().unwrap();
    let check = |words: &[&str], what: &str| {
        let said = run(home.path(), words);
        assert_eq!(said.code, 2, "{words:?}");
        assert!(said.err.contains(what), "{words:?}\n{}", said.err);
        assert!(said.err.contains("Usage:") && said.err.contains("--help"), "{words:?}\n{}", said.err);
        assert_eq!(said.out, "", "{words:?}");
    };
    check(&["serv"], "Perhaps you mean: serve");
    check(&["serve", "--lisen", "x"], "Perhaps you mean: --listen");
    check(&["user", "add", "lina"], "Missing: --name <NAME>, --role <ROLE>");
    check(&["import"], "Missing: <FILE>");
    check(&["serve", "--log-format", "xml"], "does not take 'xml'; it takes: text, json");
    check(&["serve", "--data", "a", "--database", "postgres://b"], "cannot be used together");
    check(&["--language", "de", "version"], "it takes: zh-CN, zh-TW, en");
    let said = run(home.path(), &["user"]);
    assert_eq!(said.code, 2);
    assert!(said.err.contains("set-password") && said.err.contains("Examples:"), "{}", said.err);
}

#[test]
fn the_api_is_described_without_data() {
    let home = tempdir().unwrap();
    let document: serde_json::Value = serde_json::from_str(&well(home.path(), &["openapi"])).unwrap();
    assert!(document["openapi"].as_str().unwrap().starts_with("3.1"));
    assert!(well(home.path(), &["version"]).starts_with("shundan "));
    assert_eq!(std::fs::read_dir(home.path()).unwrap().count(), 0, "neither makes any file");
}
