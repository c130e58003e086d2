//! The peer: npm `pouchdb` in a page, replicating to `express-pouchdb` in Node. Both as npm has them, with their
//! documented options; nothing of ours is in between.

use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use kit::page::Page;
use serde_json::{Value, json};

use crate::filling::said;
use crate::http::{Outcome, trouble};

/// The folder where `cargo xtask bench` put the packages; without it there is no peer.
const FOLDER: &str = "LIUZHIDAO_POUCHDB";

/// Its server, in Node.
const SERVER: &str = include_str!("pouchdb/server.js");

/// One run: a new database in the page and one at the server, the documents in the first, then the clock.
const RUN: &str = "await (async (name, adapter, options) => {
    const local = new PouchDB(name, { adapter });
    const stored = await local.bulkDocs(window.documents);
    if (!stored.every((one) => one.ok)) throw new Error('not all were stored');
    const remote = new PouchDB(`${location.origin}/db/${name}`);
    await remote.info();
    const begun = performance.now();
    const done = await local.replicate.to(remote, options);
    const taken = performance.now() - begun;
    const there = (await remote.info()).doc_count;
    if (!done.ok || done.docs_written !== window.documents.length || there !== window.documents.length) {
        throw new Error(JSON.stringify({ done, there }));
    }
    await local.destroy();
    return taken;
})";

/// A running server.
pub struct PouchDb {
    node: Child,
    address: String,
}

/// How PouchDB keeps and sends.
#[derive(Clone, Copy, Debug)]
pub struct How {
    /// `idb`, its usual one, or the newer `indexeddb`.
    pub adapter: &'static str,
    /// How many documents go at a time; 100 unless told.
    pub batch_size: usize,
}

impl PouchDb {
    /// Starts the server, where there are packages to start it from.
    pub fn start(data: &Path) -> Outcome<Option<Self>> {
        let Some(folder) = std::env::var_os(FOLDER).map(PathBuf::from) else { return Ok(None) };
        let mut node = Command::new("node")
            .args(["-e", SERVER])
            .arg(data)
            .current_dir(folder)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .spawn()?;
        let mut port = String::new();
        if let Some(stdout) = node.stdout.take() {
            BufReader::new(stdout).read_line(&mut port)?;
        }
        let server = Self { node, address: format!("http://127.0.0.1:{}", port.trim()) };
        if port.trim().is_empty() {
            return Err(trouble("PouchDB's server did not start".to_owned()));
        }
        Ok(Some(server))
    }

    /// Opens its page, with these documents at hand.
    pub fn open(&self, page: &Page, documents: &[Value]) -> Outcome {
        page.goto(&self.address).map_err(said)?;
        let put = format!("void (window.documents = {})", serde_json::to_string(documents)?);
        page.eval(&put).map_err(said)?;
        Ok(())
    }

    /// Stores and sends the documents under this name; how many milliseconds the sending took.
    pub fn run(&self, page: &Page, name: &str, how: How) -> Outcome<f64> {
        let options = json!({ "batch_size": how.batch_size });
        let run = format!("{RUN}({}, {}, {options})", json!(name), json!(how.adapter));
        page.eval(&run).map_err(said)?.as_f64().ok_or_else(|| trouble("PouchDB gave no time".to_owned()))
    }
}

impl Drop for PouchDb {
    fn drop(&mut self) {
        // One that has ended by itself needs no end.
        let _ended = self.node.kill().and_then(|()| self.node.wait());
    }
}
