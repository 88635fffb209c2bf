use tempfile::tempdir;

use super::program::{run, run_with, well, with_company};

#[test]
fn a_company_is_set_up_once_with_a_password_nobody_sees() {
    let home = tempdir().unwrap();
    let said = run_with(home.path(), &["company", "create", "acme", "--name", "Acme Ltd."], "a long password");
    assert_eq!(said.code, 0, "{}", said.err);
    assert!(said.out.contains("'Acme Ltd.' was set up (code acme)"), "{}", said.out);
    assert!(!said.out.contains("a long password") && !said.err.contains("a long password"));
    assert!(home.path().join(".local/share/shundan/shundan.db").exists());
    assert!(well(home.path(), &["company", "list"]).contains("acme  Acme Ltd."));

    let again = run(home.path(), &["company", "create", "acme", "--name", "Another", "--generate-password"]);
    assert_eq!(again.code, 1);
    assert!(again.err.contains("Company code:"), "{}", again.err);
}

#[test]
fn what_is_wrong_with_a_company_is_named() {
    let home = tempdir().unwrap();
    let check = |words: &[&str], input: &str, what: &str| {
        let said = run_with(home.path(), words, input);
        assert_eq!(said.code, 1, "{words:?}");
        assert!(said.err.contains(what), "{words:?}\n{}", said.err);
    };
    check(&["company", "create", "a b", "--name", "A"], "a long password", "Company code:");
    check(&["company", "create", "a", "--name", "A", "--time-zone", "Mars"], "a long password", "Time zone:");
    check(&["company", "create", "a", "--name", "A"], "short", "Password:");
    check(&["company", "create", "a", "--name", "A"], "", "no password on standard input");
}

#[test]
fn among_several_companies_one_must_be_named() {
    let home = tempdir().unwrap();
    with_company(home.path());
    well(home.path(), &["company", "create", "other", "--name", "Other", "--generate-password"]);
    let said = run(home.path(), &["user", "list"]);
    assert_eq!(said.code, 1);
    assert!(said.err.contains("acme, other") && said.err.contains("--company"), "{}", said.err);
    assert!(well(home.path(), &["user", "list", "--company", "other"]).contains("admin"));
}

#[test]
fn without_data_it_says_how_to_begin() {
    let home = tempdir().unwrap();
    for words in [&["user", "list"][..], &["verify"], &["backup", "--to", "x.db"], &["export", "orders", "--to", "x.csv"]] {
        let said = run(home.path(), words);
        assert_eq!(said.code, 1, "{words:?}");
        assert!(said.err.contains("no data in") && said.err.contains("shundan demo"), "{words:?}\n{}", said.err);
    }
    assert_eq!(std::fs::read_dir(home.path()).unwrap().count(), 0, "looking makes no data");
}
