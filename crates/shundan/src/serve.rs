//! `shundan serve`: the server, from listening to the last answer.

use std::io::ErrorKind;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use app::App;
use store::query::company;
use tokio::net::TcpListener;
use tokio::sync::oneshot;

use crate::args::{Global, Serve};
use crate::texts::Say;
use crate::trouble::Trouble;
use crate::{outside, place};

/// Requests under way may take so long after the signal.
const PATIENCE: Duration = Duration::from_secs(30);

pub async fn run(say: Say, global: &Global, typed: Serve) -> Result<(), Trouble> {
    let listener = listen(&typed.address.of()).await?;
    let app = place::open(place::of(global, "shundan"), outside::clock()).await?;
    let options = web::Options {
        https: typed.https,
        behind_proxy: typed.behind_proxy,
        language_model: typed.model.of(),
        ..web::Options::new(Arc::new(outside::fill))
    };
    let address = announce(say, &app, &listener)?;
    let guarded = typed.https && typed.behind_proxy;
    if !guarded && !address.ip().is_loopback() {
        eprintln!("{}", say.plain("serve.network"));
    }
    if app.store.read(|reader| company::first(reader, 1)).await?.is_empty() {
        let data = if global.data.is_some() { format!(" --data {}", place::shown(app.store.place())) } else { String::new() };
        println!("\n{}\n", say.text("serve.empty", &[("data", &data)]));
    }
    println!("{}", say.plain("serve.stop"));
    until_stopped(say, listener, app, options).await
}

/// Takes the address, or says why it cannot be had.
pub async fn listen(address: &str) -> Result<TcpListener, Trouble> {
    TcpListener::bind(address).await.map_err(|why| match why.kind() {
        ErrorKind::AddrInUse => Trouble::with("trouble.taken_address", [("address", &address)]),
        ErrorKind::PermissionDenied => Trouble::with("trouble.forbidden_address", [("address", &address)]),
        _ => Trouble::with("trouble.address", [("address", &address), ("why", &why)]),
    })
}

/// Prints where the server is and where its data is.
pub fn announce(say: Say, app: &App, listener: &TcpListener) -> Result<SocketAddr, Trouble> {
    let address = listener.local_addr().map_err(|why| Trouble::with("trouble.system", [("why", &why)]))?;
    println!("{}", say.text("serve.listening", &[("address", &format!("http://{address}"))]));
    println!("{}", say.text("serve.data", &[("place", &place::shown(app.store.place()))]));
    Ok(address)
}

/// Serves until a signal comes, then finishes what is under way and closes the store.
pub async fn until_stopped(say: Say, listener: TcpListener, app: App, options: web::Options) -> Result<(), Trouble> {
    let (stop, stopped) = oneshot::channel();
    tokio::spawn(async move {
        signal().await;
        eprintln!("{}", say.plain("serve.stopping"));
        // Nobody listens any more where the server ended by itself.
        let _ = stop.send(());
        tokio::select! {
            () = signal() => {}
            () = tokio::time::sleep(PATIENCE) => eprintln!("{}", say.text("serve.late", &[("seconds", &PATIENCE.as_secs().to_string())])),
        }
        std::process::exit(1);
    });
    let shutdown = async move {
        let _ = stopped.await;
    };
    let served = web::serve(listener, app.clone(), options, shutdown).await;
    served.map_err(|why| Trouble::with("trouble.system", [("why", &why)]))?;
    // The last holder of the store ends its writers, which empty their queue first.
    tokio::task::spawn_blocking(move || drop(app)).await.ok();
    eprintln!("{}", say.plain("serve.stopped"));
    Ok(())
}

#[cfg(unix)]
async fn signal() {
    use tokio::signal::unix::{SignalKind, signal};
    let (interrupt, terminate) = (signal(SignalKind::interrupt()), signal(SignalKind::terminate()));
    let (Ok(mut interrupt), Ok(mut terminate)) = (interrupt, terminate) else { return std::future::pending().await };
    tokio::select! {
        _ = interrupt.recv() => {}
        _ = terminate.recv() => {}
    }
}

#[cfg(not(unix))]
async fn signal() {
    if tokio::signal::ctrl_c().await.is_err() {
        std::future::pending::<()>().await;
    }
}
