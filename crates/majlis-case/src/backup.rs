//! Backup: a consistent copy of a case while it is in use, encrypted with a passphrase (age, scrypt), and its restoring.

use crate::error::{Error, Problem, Result};
use crate::store::Case;
use age::secrecy::SecretString;
use age::{DecryptError, Decryptor, Encryptor};
use rusqlite::Connection;
use rusqlite::backup::Backup;
use std::fs::File;
use std::io::{self, BufReader, BufWriter, Write};
use std::path::Path;
use std::time::Duration;
use tempfile::NamedTempFile;

/// Pages copied at a time; writers get their turn in between.
const PAGES: i32 = 1024;
const PAUSE: Duration = Duration::from_millis(5);

impl Case {
    /// Writes a copy of the case, as it is at one moment, to a new file that only the passphrase opens. The plain copy lies beside it, readable
    /// to its owner only, until it is encrypted.
    ///
    /// # Errors
    /// [`Problem::Exists`] for a file that is there, [`Problem::Refused`] for an empty passphrase, what the disk says. No half a backup
    /// is left behind.
    pub fn back_up(&self, to: impl AsRef<Path>, passphrase: &str) -> Result<()> {
        let to = to.as_ref();
        at(to, || {
            refuse(to, passphrase)?;
            let plain = beside(to)?;
            let mut copy = Connection::open(plain.path())?;
            self.copy_into(&mut copy)?;
            copy.close().map_err(|(_, error)| error)?;
            let sealed = beside(to)?;
            let encryptor = Encryptor::with_user_passphrase(SecretString::from(passphrase.to_owned()));
            let mut out = encryptor.wrap_output(BufWriter::new(sealed.as_file()))?;
            io::copy(&mut BufReader::new(File::open(plain.path())?), &mut out)?;
            out.finish()?.flush()?;
            keep(sealed, to)
        })
    }

    /// Opens a backup and makes a case file of it. The backup is checked before the file takes its name.
    ///
    /// # Errors
    /// [`Problem::Exists`] where the case file is there, [`Problem::Refused`] for a wrong passphrase or a file that is no backup,
    /// [`Problem::Corrupt`] for a damaged one.
    pub fn restore(backup: impl AsRef<Path>, to: impl AsRef<Path>, passphrase: &str) -> Result<Self> {
        let (backup, to) = (backup.as_ref(), to.as_ref());
        let plain = at(to, || {
            refuse(to, passphrase)?;
            beside(to)
        })?;
        at(backup, || {
            let file = File::open(backup).map_err(|error| if error.kind() == io::ErrorKind::NotFound { Problem::Missing } else { Problem::Io(error) })?;
            let decryptor = Decryptor::new_buffered(BufReader::new(file)).map_err(|error| explain(&error))?;
            let identity = age::scrypt::Identity::new(SecretString::from(passphrase.to_owned()));
            let mut words = decryptor.decrypt(std::iter::once(&identity as &dyn age::Identity)).map_err(|error| explain(&error))?;
            let mut out = BufWriter::new(plain.as_file());
            io::copy(&mut words, &mut out).map_err(|error| Problem::Corrupt(error.to_string()))?;
            out.flush()?;
            drop(out);
            match Self::open_read_only(plain.path()).and_then(|case| case.check()) {
                Ok(flaws) if flaws.is_empty() => Ok(()),
                Ok(flaws) => Err(Problem::Corrupt(flaws.join("; "))),
                Err(error) => Err(error.problem),
            }
        })?;
        at(to, || keep(plain, to))?;
        Self::open(to)
    }

    fn copy_into(&self, copy: &mut Connection) -> std::result::Result<(), Problem> {
        let copied = self.read(|db| Ok(Backup::new(db, copy)?.run_to_completion(PAGES, PAUSE, None)?));
        copied.map_err(|error| error.problem)
    }
}

fn at<T>(path: &Path, run: impl FnOnce() -> std::result::Result<T, Problem>) -> Result<T> {
    run().map_err(|problem| Error { path: path.to_owned(), problem })
}

fn refuse(to: &Path, passphrase: &str) -> std::result::Result<(), Problem> {
    if passphrase.is_empty() {
        return Err(Problem::Refused("the passphrase is empty".to_owned()));
    }
    if to.exists() { Err(Problem::Exists) } else { Ok(()) }
}

/// A file in the same folder, so that it can take the name at the end in one step.
fn beside(to: &Path) -> std::result::Result<NamedTempFile, Problem> {
    let folder = to.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
    Ok(NamedTempFile::new_in(folder)?)
}

fn keep(file: NamedTempFile, to: &Path) -> std::result::Result<(), Problem> {
    file.as_file().sync_all()?;
    match file.persist_noclobber(to) {
        Ok(_) => Ok(()),
        Err(error) if error.error.kind() == io::ErrorKind::AlreadyExists => Err(Problem::Exists),
        Err(error) => Err(Problem::Io(error.error)),
    }
}

fn explain(error: &DecryptError) -> Problem {
    match error {
        DecryptError::DecryptionFailed | DecryptError::KeyDecryptionFailed => Problem::Refused("the passphrase is wrong".to_owned()),
        DecryptError::InvalidHeader | DecryptError::UnknownFormat => Problem::Refused("not a backup".to_owned()),
        other => Problem::Corrupt(other.to_string()),
    }
}
