//! The product's server, in this process, on a port of its own.

use std::net::SocketAddr;
use std::sync::Arc;

use app::App;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

use crate::outside;
use crate::trouble::Trouble;

/// A server that runs until it is stopped.
#[derive(Debug)]
pub struct Server {
    /// Where it listens.
    pub address: SocketAddr,
    stop: oneshot::Sender<()>,
    running: JoinHandle<std::io::Result<()>>,
}

impl Server {
    /// Starts it.
    pub async fn start(app: &App) -> Result<Self, Trouble> {
        let listener = crate::serve::listen("127.0.0.1:0").await?;
        let address = listener.local_addr().map_err(|why| Trouble::with("trouble.system", [("why", &why)]))?;
        let (stop, stopped) = oneshot::channel();
        let shutdown = async move {
            // A sender that is gone stops it as well.
            let _ = stopped.await;
        };
        let options = web::Options::new(Arc::new(outside::fill));
        let running = tokio::spawn(web::serve(listener, app.clone(), options, shutdown));
        Ok(Server { address, stop, running })
    }

    /// Stops it when the requests under way are answered.
    pub async fn stop(self) {
        let _ = self.stop.send(());
        // Callers have closed their connections; one that broke off does not hold the benchmark up.
        let _ = tokio::time::timeout(std::time::Duration::from_secs(5), self.running).await;
    }
}
