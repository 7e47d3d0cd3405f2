//! `majlis backup` and `majlis restore`

use crate::args::{Backup, Passphrase, Restore};
use anyhow::{Context, bail};
use majlis_case::Case;
use std::io::{self, IsTerminal, Write};

pub(crate) fn back_up(args: &Backup) -> anyhow::Result<bool> {
    let case = Case::open_read_only(&args.case)?;
    case.back_up(&args.to, &passphrase(&args.passphrase, true)?)?;
    writeln!(io::stdout(), "{} holds the case as it is now", args.to.display())?;
    Ok(true)
}

pub(crate) fn restore(args: &Restore) -> anyhow::Result<bool> {
    let case = Case::restore(&args.backup, &args.case, &passphrase(&args.passphrase, false)?)?;
    writeln!(io::stdout(), "{} is restored and sound", case.path().display())?;
    Ok(true)
}

/// The first line of the file, else what is typed, twice where it makes a new backup.
fn passphrase(args: &Passphrase, twice: bool) -> anyhow::Result<String> {
    if let Some(path) = &args.passphrase_file {
        let text = std::fs::read_to_string(path).with_context(|| format!("{}", path.display()))?;
        return Ok(text.lines().next().unwrap_or_default().to_owned());
    }
    if !io::stdin().is_terminal() {
        bail!("there is nobody to ask for the passphrase: give --passphrase-file");
    }
    let typed = rpassword::prompt_password("Passphrase: ")?;
    if twice && rpassword::prompt_password("Once more: ")? != typed {
        bail!("the two are not the same");
    }
    Ok(typed)
}
