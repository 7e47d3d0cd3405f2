//! Archives and compressed files. Nothing is unpacked to disk, and what inflates out of all proportion is taken for a bomb.

use super::At;
use super::files::is_report;
use super::walk::{Bytes, Flow, Walk, whole};
use flate2::read::MultiGzDecoder;
use std::cell::Cell;
use std::io::{self, BufReader, Cursor, Read, Seek};
use std::rc::Rc;
use zip::ZipArchive;

/// How many times its size something may inflate to. Text deflates to a tenth of its size, seldom less.
const MOST_TIMES: u64 = 200;
/// Up to so many bytes nothing is refused.
const FREE: u64 = 16 << 20;
/// Members of one archive.
const MOST_MEMBERS: usize = 1_000_000;

/// What came out of an archive, against what went in.
#[derive(Clone, Default)]
struct Scale {
    fed: Rc<Cell<u64>>,
    out: Rc<Cell<u64>>,
}

impl Scale {
    fn weigh(&self, count: usize) -> io::Result<usize> {
        self.out.set(self.out.get() + count as u64);
        let is_bomb = self.out.get() > FREE.max(self.fed.get().saturating_mul(MOST_TIMES));
        if is_bomb { Err(io::Error::other(format!("inflates to more than {MOST_TIMES} times its size"))) } else { Ok(count) }
    }
}

/// The compressed side.
struct Fed<R>(R, Scale);

impl<R: Read> Read for Fed<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.0.read(buffer)?;
        self.1.fed.set(self.1.fed.get() + count as u64);
        Ok(count)
    }
}

/// The inflated side.
struct Weighed<R>(R, Scale);

impl<R: Read> Read for Weighed<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.0.read(buffer)?;
        self.1.weigh(count)
    }
}

/// A compressed file; its name without the ending tells what is in it.
pub(super) fn gzip(walk: &mut Walk<'_>, at: &At, reader: Box<dyn Read + '_>) -> Flow {
    let scale = Scale::default();
    let inflated = Weighed(MultiGzDecoder::new(BufReader::new(Fed(reader, scale.clone()))), scale);
    let stem = at.stem();
    let is_tgz = at.name.to_ascii_lowercase().ends_with(".tgz");
    let at = At { name: if is_tgz { format!("{stem}.tar") } else { stem }, depth: at.depth + 1, served_as: None, ..at.clone() };
    walk.open(&at, Bytes::Read(Box::new(inflated)))
}

/// The members of a tar file.
pub(super) fn tar(walk: &mut Walk<'_>, at: &At, reader: Box<dyn Read + '_>) -> Flow {
    let mut archive = tar::Archive::new(reader);
    let entries = match archive.entries() {
        Ok(entries) => entries,
        Err(error) => return walk.fail(at.fault(error)),
    };
    for entry in entries {
        let entry = match entry {
            Ok(entry) => entry,
            Err(error) => return walk.fail(at.fault(format!("broken archive: {error}"))),
        };
        let name = String::from_utf8_lossy(&entry.path_bytes()).into_owned();
        // Links and sparse files, which can claim any size, hold no report.
        if entry.header().entry_type().is_file() && is_member(&name) {
            walk.open(&at.member(&name), Bytes::Read(Box::new(entry)))?;
        }
    }
    Flow::Continue(())
}

/// The members of a zip file.
pub(super) fn zip(walk: &mut Walk<'_>, at: &At, bytes: Bytes<'_>) -> Flow {
    match bytes {
        Bytes::File(file) => {
            let size = file.metadata().map_or(0, |m| m.len());
            members(walk, at, BufReader::new(file), size)
        }
        Bytes::Read(reader) => match whole(reader) {
            Ok(bytes) => {
                let size = bytes.len() as u64;
                members(walk, at, Cursor::new(bytes), size)
            }
            Err(message) => walk.fail(at.fault(message)),
        },
    }
}

fn members(walk: &mut Walk<'_>, at: &At, reader: impl Read + Seek, size: u64) -> Flow {
    let mut archive = match ZipArchive::new(reader) {
        Ok(archive) => archive,
        Err(error) => return walk.fail(at.fault(format!("broken archive: {error}"))),
    };
    if archive.len() > MOST_MEMBERS {
        return walk.fail(at.fault(format!("more than {MOST_MEMBERS} members")));
    }
    // Members may share their bytes, so it is the archive as a whole that is weighed.
    let scale = Scale::default();
    scale.fed.set(size);
    for index in 0..archive.len() {
        match archive.by_index(index) {
            Ok(member) => {
                let name = member.name().map_or_else(|_| String::from_utf8_lossy(member.name_raw()).into_owned(), std::borrow::Cow::into_owned);
                if member.is_file() && is_member(&name) {
                    walk.open(&at.member(&name), Bytes::Read(Box::new(Weighed(member, scale.clone()))))?;
                }
            }
            Err(error) => walk.fail(at.fault(format!("member {}: {error}", index + 1)))?,
        }
    }
    Flow::Continue(())
}

/// Whether a member may hold reports. The names in an archive are never used as paths.
fn is_member(name: &str) -> bool {
    let mut parts = name.rsplit(['/', '\\']);
    parts.next().is_some_and(is_report) && !parts.any(|folder| folder == "__MACOSX")
}
