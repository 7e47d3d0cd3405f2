//! From inputs to documents, by way of folders, archives and feeds.

use super::fetch::{Fetched, Fetcher};
use super::files::files;
use super::format::{Format, HEAD};
use super::{At, Body, Fault, Input, Options, Raw, archive, columns, feed, records, warc};
use crate::extract::{LONGEST, too_long};
use std::fs::File;
use std::io::{self, BufReader, Cursor, ErrorKind, Read, Seek};
use std::ops::ControlFlow;

/// Whether whoever takes the documents wants more.
pub(super) type Flow = ControlFlow<()>;

/// Archives inside one another.
const DEEPEST: u8 = 4;

/// Hands over what each document of the inputs is made of, in order, and a fault for whatever cannot be had. Ends early where
/// `take` breaks off.
pub fn walk(inputs: &[Input], options: &Options, take: &mut dyn FnMut(Result<Raw, Fault>) -> ControlFlow<()>) -> ControlFlow<()> {
    let mut walk = Walk { options, fetcher: options.reach.fetcher(), take };
    inputs.iter().try_for_each(|input| walk.input(input))
}

pub(super) struct Walk<'a> {
    pub(super) options: &'a Options,
    fetcher: Option<Fetcher>,
    take: &'a mut dyn FnMut(Result<Raw, Fault>) -> Flow,
}

/// Where bytes come from.
pub(super) enum Bytes<'r> {
    File(File),
    Read(Box<dyn Read + 'r>),
}

impl Walk<'_> {
    fn input(&mut self, input: &Input) -> Flow {
        match input {
            Input::Stdin => self.open(&At::nowhere("standard input", "stdin"), Bytes::Read(Box::new(io::stdin()))),
            Input::Bytes { name, bytes } => self.open(&At::nowhere(name, name), Bytes::Read(Box::new(Cursor::new(bytes)))),
            Input::Path(path) => {
                for file in files(path) {
                    match file.and_then(|path| File::open(&path).map(|file| (At::file(&path), file)).map_err(|error| closed(&path, &error))) {
                        Ok((at, file)) => self.open(&at, Bytes::File(file))?,
                        Err(fault) => self.fail(fault)?,
                    }
                }
                Flow::Continue(())
            }
            Input::Address(address) => match self.fetch(address) {
                Ok(fetched) => self.fetched(address, fetched),
                Err(message) => self.fail(Fault::new(address, message)),
            },
        }
    }

    pub(super) fn give(&mut self, raw: Raw) -> Flow {
        (self.take)(Ok(raw))
    }

    pub(super) fn fail(&mut self, fault: Fault) -> Flow {
        (self.take)(Err(fault))
    }

    fn fetch(&self, address: &str) -> Result<Fetched, String> {
        self.fetcher.as_ref().ok_or("nothing is fetched from the net")?.get(address)
    }

    /// The page that a feed's entry leads to. It may be nothing but a page: a feed could lead to itself.
    pub(super) fn follow(&mut self, address: &str) -> Flow {
        match self.fetch(address) {
            Ok(fetched) if Format::of(&fetched.bytes[..fetched.bytes.len().min(HEAD)], "", fetched.format) == Format::Page => self.fetched(address, fetched),
            Ok(_) => self.fail(Fault::new(address, "no page")),
            Err(message) => self.fail(Fault::new(address, message)),
        }
    }

    /// What an address held; the address that was asked for names it, wherever that led to.
    fn fetched(&mut self, address: &str, fetched: Fetched) -> Flow {
        let path = fetched.url.split(['?', '#']).next().unwrap_or_default();
        let name = path.split_once("://").map_or(path, |(_, rest)| rest).trim_end_matches('/').rsplit('/').next().unwrap_or_default();
        let at = At {
            key: Some(address.to_owned()),
            url: Some(fetched.url.clone()),
            served_as: fetched.format,
            charset: fetched.charset,
            ..At::nowhere(address, name)
        };
        self.open(&at, Bytes::Read(Box::new(Cursor::new(fetched.bytes))))
    }

    /// Whatever a file, a member or an address holds.
    pub(super) fn open(&mut self, at: &At, bytes: Bytes<'_>) -> Flow {
        if at.depth > DEEPEST {
            return self.fail(at.fault(format!("more than {DEEPEST} archives inside one another")));
        }
        match peek(bytes) {
            Ok((head, bytes)) => self.dispatch(at, &head, bytes),
            Err(error) => self.fail(at.fault(error)),
        }
    }

    fn dispatch(&mut self, at: &At, head: &[u8], bytes: Bytes<'_>) -> Flow {
        let format = Format::of(head, &at.name, at.served_as);
        if format == Format::Zip {
            return archive::zip(self, at, bytes);
        }
        if format == Format::Parquet {
            return columns::parquet(self, at, bytes);
        }
        let reader: Box<dyn Read + '_> = match bytes {
            Bytes::File(file) => Box::new(file),
            Bytes::Read(reader) => reader,
        };
        match format {
            Format::Gzip => archive::gzip(self, at, reader),
            Format::Tar => archive::tar(self, at, reader),
            Format::Warc => warc::records(self, at, BufReader::new(reader)),
            Format::Lines if !is_utf16(head) => records::lines(self, at, BufReader::new(reader)),
            Format::Csv if !is_utf16(head) => records::table(self, at, reader),
            _ => match whole(reader) {
                Ok(bytes) => self.whole(at, format, bytes),
                Err(message) => self.fail(at.fault(message)),
            },
        }
    }

    /// A file that has to be had as a whole.
    fn whole(&mut self, at: &At, format: Format, bytes: Vec<u8>) -> Flow {
        let body = match format {
            Format::Json => return records::json(self, at, bytes),
            Format::Feed => return feed::entries(self, at, &bytes),
            Format::Lines | Format::Csv => {
                return match crate::extract::decode::decode(bytes) {
                    Ok(text) if format == Format::Lines => records::lines(self, at, Cursor::new(text)),
                    Ok(text) => records::table(self, at, Cursor::new(text)),
                    Err(message) => self.fail(at.fault(message)),
                };
            }
            Format::Page => Body::Page(bytes),
            Format::Mail => Body::Mail(bytes),
            _ => Body::Text(bytes),
        };
        self.give(Raw::new(at.clone(), body))
    }
}

fn closed(path: &std::path::Path, error: &io::Error) -> Fault {
    if error.kind() == ErrorKind::NotFound { Fault::of_path(path, "no such file") } else { Fault::of_path(path, error) }
}

/// The first bytes, and all of them again.
fn peek(bytes: Bytes<'_>) -> io::Result<(Vec<u8>, Bytes<'_>)> {
    let mut head = Vec::with_capacity(HEAD);
    match bytes {
        Bytes::File(mut file) => {
            file.by_ref().take(HEAD as u64).read_to_end(&mut head)?;
            // A pipe has a name and cannot be wound back.
            let bytes = match file.rewind() {
                Ok(()) => Bytes::File(file),
                Err(_) => Bytes::Read(Box::new(Cursor::new(head.clone()).chain(file))),
            };
            Ok((head, bytes))
        }
        Bytes::Read(mut reader) => {
            reader.by_ref().take(HEAD as u64).read_to_end(&mut head)?;
            let all = Cursor::new(head.clone()).chain(reader);
            Ok((head, Bytes::Read(Box::new(all))))
        }
    }
}

fn is_utf16(head: &[u8]) -> bool {
    matches!(head, [0xff, 0xfe, ..] | [0xfe, 0xff, ..])
}

/// All bytes of something that is no longer than a document may be.
pub(super) fn whole(reader: impl Read) -> Result<Vec<u8>, String> {
    let mut bytes = Vec::new();
    reader.take(LONGEST as u64 + 1).read_to_end(&mut bytes).map_err(|e| e.to_string())?;
    if bytes.len() > LONGEST { Err(too_long()) } else { Ok(bytes) }
}
