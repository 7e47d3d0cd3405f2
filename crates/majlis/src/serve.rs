//! `majlis serve`

use crate::args::Serve;
use crate::fault::complain;
use crate::files::text;
use anyhow::{Context, bail};
use majlis_case::Case;
use majlis_server::{Access, App, Config, hash_password};
use std::fs;
use std::io::{self, ErrorKind, Write};
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

/// How long work that cannot be broken off may hold the program up when it is told to stop.
const PATIENCE: Duration = Duration::from_secs(2);

/// Serves a case until it is told to stop. Returns whether it could.
pub(crate) fn run(args: &Serve) -> anyhow::Result<bool> {
    let ip = args.listen.unwrap_or(IpAddr::V4(Ipv4Addr::LOCALHOST));
    if args.create {
        drop(Case::open_or_create(&args.case)?);
    }
    let standoff = match &args.standoff {
        Some(path) => Some((path.display().to_string(), text(path)?)),
        None => None,
    };
    let access = match (ip.is_loopback(), &args.password_file) {
        (true, None) => Access::Local,
        (_, password) => Access::Guarded { password: password.as_deref().map(hash).transpose()? },
    };
    let config = Config { case: args.case.clone(), by: args.analyst.stamp().by, standoff, access, allow_private: args.allow_private };
    let app = App::open(config).map_err(|failure| anyhow::anyhow!("{}: {}", args.case.display(), failure.detail))?;
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    let address = SocketAddr::new(ip, args.port);
    let served = runtime.block_on(majlis_server::serve(app, address, stopped(), |at| {
        // A reader that went away is no reason not to serve.
        let _ = writeln!(io::stdout(), "{}", at.url);
        if at.token.is_some() {
            complain("anyone with this address can read and change the case; nothing on the way is encrypted");
        }
        if args.open {
            open(&at.url);
        }
    }));
    runtime.shutdown_timeout(PATIENCE);
    served.with_context(|| address.to_string())?;
    Ok(true)
}

/// The hash of the password in a file, which is made of one that is asked for where there is none.
fn hash(path: &Path) -> anyhow::Result<String> {
    match fs::read_to_string(path) {
        Ok(hash) => Ok(hash.trim().to_owned()),
        Err(error) if error.kind() == ErrorKind::NotFound => {
            let (first, again) = (rpassword::prompt_password("New password: ")?, rpassword::prompt_password("Again: ")?);
            if first != again {
                bail!("the two are not the same");
            }
            let hash = hash_password(&first).map_err(|failure| anyhow::anyhow!(failure.detail))?;
            fs::write(path, format!("{hash}\n")).with_context(|| path.display().to_string())?;
            Ok(hash)
        }
        Err(error) => Err(error).context(path.display().to_string()),
    }
}

/// Is over when the program is interrupted or asked to end.
async fn stopped() {
    let interrupted = async {
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
    };
    #[cfg(unix)]
    let ended = async {
        match tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
            Ok(mut signal) => drop(signal.recv().await),
            Err(_) => std::future::pending::<()>().await,
        }
    };
    #[cfg(not(unix))]
    let ended = std::future::pending::<()>();
    tokio::select! {
        () = interrupted => {}
        () = ended => {}
    }
}

/// Opens an address in the browser, where there is one.
fn open(url: &str) {
    let program = if cfg!(target_os = "macos") {
        "open"
    } else if cfg!(windows) {
        "explorer"
    } else {
        "xdg-open"
    };
    let started = Command::new(program).arg(url).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).spawn();
    if started.is_err() {
        complain(format!("{program} cannot be started: open the address above"));
    }
}
