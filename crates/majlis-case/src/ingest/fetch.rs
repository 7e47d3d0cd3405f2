//! What an address holds, over http and https. Addresses of private networks are refused, and it is the address that is connected
//! to that is looked at, for each redirect again: a public name may point inwards, and a public page may lead there.

use super::format::Format;
use crate::extract::decode::declared;
use encoding_rs::Encoding;
use std::io::Read;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::time::Duration;
use ureq::Agent;
use ureq::config::Config;
use ureq::http::Uri;
use ureq::unversioned::resolver::{DefaultResolver, ResolvedSocketAddrs, Resolver};
use ureq::unversioned::transport::{DefaultConnector, NextTimeout};

/// The most that is fetched from one address, in bytes.
const MOST: u64 = 32 << 20;
/// How long one address may take, redirects included.
const PATIENCE: Duration = Duration::from_secs(60);
/// How long a server may take to answer.
const ANSWER: Duration = Duration::from_secs(20);
/// Redirects that are followed.
const REDIRECTS: u32 = 5;

/// Which addresses may be fetched from.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Reach {
    /// None: nothing leaves the machine.
    Nothing,
    /// Those of the public Internet.
    #[default]
    Public,
    /// Private ones and this machine's own too.
    Private,
}

/// What an address held.
pub(super) struct Fetched {
    /// The address that answered in the end.
    pub(super) url: String,
    pub(super) bytes: Vec<u8>,
    pub(super) format: Option<Format>,
    pub(super) charset: Option<&'static Encoding>,
}

/// Fetches, within limits of time and size.
pub(super) struct Fetcher(Agent);

impl Fetcher {
    /// One that connects to no address but those that `may_connect` allows.
    pub(super) fn new(may_connect: fn(IpAddr) -> bool) -> Self {
        let config = Config::builder()
            // A proxy would connect in our place, to addresses that we do not see.
            .proxy(None)
            .max_redirects(REDIRECTS)
            .timeout_global(Some(PATIENCE))
            .timeout_connect(Some(ANSWER))
            .timeout_recv_response(Some(ANSWER))
            .user_agent(concat!("majlis/", env!("CARGO_PKG_VERSION")))
            .accept("text/html, application/rss+xml, application/atom+xml, application/xhtml+xml, */*;q=0.5")
            .build();
        Self(Agent::with_parts(config, DefaultConnector::default(), Guard { inner: DefaultResolver::default(), may_connect }))
    }

    /// What an address holds, or why it cannot be had.
    pub(super) fn get(&self, address: &str) -> Result<Fetched, String> {
        let answer = self.0.get(address).call().map_err(|error| match error {
            ureq::Error::StatusCode(code) => format!("the server answers {code}"),
            other => other.to_string(),
        })?;
        let kind = answer.headers().get("content-type").and_then(|kind| kind.to_str().ok()).unwrap_or_default().to_owned();
        let url = ureq::ResponseExt::get_uri(&answer).to_string();
        let mut bytes = Vec::new();
        answer.into_body().into_reader().take(MOST + 1).read_to_end(&mut bytes).map_err(|e| e.to_string())?;
        if bytes.len() as u64 > MOST {
            return Err(format!("longer than {} MiB: save it and add the file", MOST >> 20));
        }
        Ok(Fetched { url, bytes, format: Format::of_media_type(&kind), charset: declared(kind.as_bytes()) })
    }
}

/// Finds the addresses of a name and refuses those that may not be connected to.
#[derive(Debug)]
struct Guard {
    inner: DefaultResolver,
    may_connect: fn(IpAddr) -> bool,
}

impl Resolver for Guard {
    fn resolve(&self, uri: &Uri, config: &Config, timeout: NextTimeout) -> Result<ResolvedSocketAddrs, ureq::Error> {
        let found = self.inner.resolve(uri, config, timeout)?;
        match found.iter().find(|at| !(self.may_connect)(at.ip())) {
            Some(inward) => Err(ureq::Error::Other(Box::new(Inward(format!("{} is at {}", uri.host().unwrap_or_default(), inward.ip()))))),
            None => Ok(found),
        }
    }
}

/// An address of a private network.
#[derive(Debug, thiserror::Error)]
#[error("refused: {0}, an address of a private network or of this machine")]
struct Inward(String);

impl Reach {
    /// A fetcher that reaches so far; `None` where it may reach nothing.
    pub(super) fn fetcher(self) -> Option<Fetcher> {
        match self {
            Self::Nothing => None,
            Self::Public => Some(Fetcher::new(is_public)),
            Self::Private => Some(Fetcher::new(|_| true)),
        }
    }
}

/// Whether an address is one of the public Internet, by the registries of special-purpose addresses (RFC 6890 and its updates).
fn is_public(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(v4) => is_public_v4(v4),
        IpAddr::V6(v6) => is_public_v6(v6),
    }
}

fn is_public_v4(v4: Ipv4Addr) -> bool {
    let [a, b, c, _] = v4.octets();
    let is_special = v4.is_private()
        || v4.is_loopback()
        || v4.is_link_local()
        || v4.is_documentation()
        || v4.is_multicast()
        || a == 0
        || a >= 240
        || (a, b & 0xc0) == (100, 64)
        || (a, b, c) == (192, 0, 0)
        || (a, b, c) == (192, 88, 99)
        || (a, b & 0xfe) == (198, 18);
    !is_special
}

fn is_public_v6(v6: Ipv6Addr) -> bool {
    let [a, b, ..] = v6.segments();
    let within = |high: u16, low: u16| is_public_v4(Ipv4Addr::from((u32::from(high) << 16) | u32::from(low)));
    match v6.segments() {
        // IPv4 in other clothes: mapped, NAT64, 6to4.
        [0, 0, 0, 0, 0, 0xffff, high, low] | [0x64, 0xff9b, 0, 0, 0, 0, high, low] => within(high, low),
        [0x2002, high, low, ..] => within(high, low),
        // Global unicast, without the blocks for protocols, Teredo, benchmarks and documentation.
        _ => a & 0xe000 == 0x2000 && !(a == 0x2001 && b < 0x0200) && (a, b) != (0x2001, 0x0db8) && !(a == 0x3fff && b < 0x1000),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::{BufRead, BufReader, Write};
    use std::net::TcpListener;
    use std::thread;

    #[test]
    fn a_redirect_from_an_allowed_address_to_another_is_refused() {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        thread::spawn(move || {
            for stream in listener.incoming() {
                let mut stream = stream.unwrap();
                // An answer before the request is read would be lost with the connection.
                let request = BufReader::new(stream.try_clone().unwrap()).lines();
                request.map_while(Result::ok).take_while(|line| !line.is_empty()).for_each(drop);
                let answer = format!("HTTP/1.1 302 Found\r\nLocation: http://127.0.0.2:{port}/\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
                stream.write_all(answer.as_bytes()).unwrap();
            }
        });
        let fetcher = Fetcher::new(|ip| ip == IpAddr::V4(Ipv4Addr::LOCALHOST));
        let message = fetcher.get(&format!("http://127.0.0.1:{port}/")).err().unwrap();
        assert!(message.contains("127.0.0.2") && message.contains("private network"), "{message}");
    }

    #[test]
    fn addresses_that_lead_inwards_are_known_in_every_form() {
        for inward in [
            "127.0.0.1",
            "10.1.2.3",
            "172.16.0.1",
            "192.168.1.1",
            "169.254.169.254",
            "100.64.0.1",
            "0.0.0.0",
            "224.0.0.1",
            "255.255.255.255",
            "192.0.0.8",
            "198.18.0.1",
            "203.0.113.9",
            "::",
            "::1",
            "fe80::1",
            "fc00::1",
            "fd12::1",
            "ff02::1",
            "::ffff:127.0.0.1",
            "::ffff:10.0.0.1",
            "64:ff9b::a00:1",
            "2002:7f00:1::1",
            "2001:db8::1",
            "2001::1",
            "64:ff9b:1::1",
            "3fff::1",
        ] {
            assert!(!is_public(inward.parse().unwrap()), "{inward}");
        }
        for public in ["8.8.8.8", "1.1.1.1", "100.128.0.1", "172.32.0.1", "2606:4700::1", "::ffff:8.8.8.8", "64:ff9b::808:808", "2001:4860::1"] {
            assert!(is_public(public.parse().unwrap()), "{public}");
        }
    }
}
