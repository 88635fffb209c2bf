//! `shundan mail-sink`: catches the e-mail that a product on this machine sends, and shows it.

use web::mail_sink::{Inbox, serve, show};

use crate::args::MailSink;
use crate::serve::listen;
use crate::texts::Say;
use crate::trouble::Trouble;

pub async fn run(say: Say, typed: &MailSink) -> Result<(), Trouble> {
    let (mail, page) = (listen(&format!("127.0.0.1:{}", typed.port)).await?, listen(&format!("127.0.0.1:{}", typed.show_port)).await?);
    let at = |listener: &tokio::net::TcpListener| listener.local_addr().map(|address| address.to_string());
    let system = |why: std::io::Error| Trouble::with("trouble.system", [("why", &why)]);
    let (mail_at, page_at) = (at(&mail).map_err(system)?, at(&page).map_err(system)?);
    println!("{}", say.text("mail_sink.listening", &[("mail", &mail_at), ("page", &format!("http://{page_at}"))]));
    println!("{}", say.plain("serve.stop"));
    let inbox = Inbox::default();
    tokio::select! {
        ended = serve(mail, inbox.clone()) => ended.map_err(system),
        ended = show(page, inbox) => ended.map_err(system),
    }
}
