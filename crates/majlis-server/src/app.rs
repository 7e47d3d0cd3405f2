//! What all requests share.

use crate::access::{Access, Gate};
use crate::failure::Failure;
use crate::forecast::{Desk, Given};
use crate::jobs::Jobs;
use crate::kept::Kept;
use crate::store::{Reach, Store};
use jiff::Timestamp;
use majlis_case::{Case, Stamp};
use majlis_read::Reader;
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

/// How a case is served.
#[derive(Clone, Debug)]
pub struct Config {
    /// The case file.
    pub case: PathBuf,
    /// The analyst's name, for what is written and does not say who does it.
    pub by: String,
    /// A standoff to forecast, as TOML with the name of its file, instead of the one that the case proposes.
    pub standoff: Option<(String, String)>,
    /// Who may come in.
    pub access: Access,
    /// Whether addresses of private networks may be fetched from.
    pub allow_private: bool,
}

/// One case, served. A copy is the same one.
#[derive(Clone)]
pub struct App(Arc<Shared>);

pub struct Shared {
    pub(crate) store: Arc<Store>,
    pub(crate) jobs: Jobs,
    pub(crate) kept: Kept,
    pub(crate) gate: Gate,
    pub(crate) desk: Desk,
    pub(crate) config: Config,
    pub(crate) standoff: Option<Arc<Given>>,
    reader: OnceLock<Reader>,
}

impl std::ops::Deref for App {
    type Target = Shared;
    fn deref(&self) -> &Shared {
        &self.0
    }
}

impl App {
    /// Opens the case, and reads the standoff where one is given.
    ///
    /// # Errors
    /// What the case file, the standoff or the machine's source of random numbers says.
    pub fn open(config: Config) -> Result<Self, Failure> {
        let standoff = match &config.standoff {
            Some((name, text)) => Some(Arc::new(Given::read(name, text, None)?)),
            None => None,
        };
        Ok(Self(Arc::new(Shared {
            store: Arc::new(Store::open(&config.case)?),
            jobs: Jobs::default(),
            kept: Kept::default(),
            gate: Gate::new(&config.access)?,
            desk: Desk::default(),
            standoff,
            config,
            reader: OnceLock::new(),
        })))
    }

    /// Looks something up.
    pub(crate) async fn read<T: Send + 'static>(&self, look: impl FnOnce(&Case) -> Result<T, Failure> + Send + 'static) -> Result<T, Failure> {
        self.store.look(Reach::Rows, look).await
    }

    /// Looks through the whole case for something.
    pub(crate) async fn sum<T: Send + 'static>(&self, look: impl FnOnce(&Case) -> Result<T, Failure> + Send + 'static) -> Result<T, Failure> {
        self.store.look(Reach::Whole, look).await
    }

    /// Changes something, and takes what follows from it into the merged record.
    pub(crate) async fn write<T: Send + 'static>(
        &self,
        by: Option<String>,
        change: impl FnOnce(&mut Case, &Stamp) -> Result<T, Failure> + Send + 'static,
    ) -> Result<T, Failure> {
        let stamp = self.stamp(by);
        self.store
            .write(move |case| {
                let made = change(case, &stamp)?;
                case.digest(&machine(&stamp), |_, _| {})?;
                Ok(made)
            })
            .await
    }

    /// Who, and now.
    pub(crate) fn stamp(&self, by: Option<String>) -> Stamp {
        let by = by.map(|name| name.trim().to_owned()).filter(|name| !name.is_empty());
        Stamp { by: by.unwrap_or_else(|| self.config.by.clone()), at: Timestamp::now() }
    }

    /// The reader, whose tables are loaded when it is first needed.
    pub(crate) fn reader(&self) -> &Reader {
        self.reader.get_or_init(Reader::new)
    }

    /// What the case is called: the name of its file.
    pub(crate) fn name(&self) -> String {
        let path: &Path = self.store.path();
        path.file_stem().unwrap_or(path.as_os_str()).to_string_lossy().into_owned()
    }
}

/// The machine, at the same moment.
pub(crate) fn machine(stamp: &Stamp) -> Stamp {
    Stamp { by: "majlis".to_owned(), at: stamp.at }
}
