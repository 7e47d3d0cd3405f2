//! Items as one Parquet file, written as they come.

use anyhow::Context;
use majlis_batch::{Head, Item, Items, schema};
use parquet::arrow::ArrowWriter;
use parquet::basic::{Compression, ZstdLevel};
use parquet::file::properties::WriterProperties;
use std::fs::File;
use std::io::BufWriter;
use std::path::{Path, PathBuf};

/// Rows handed to the writer at a time.
const ROWS: usize = 8 << 10;
/// Rows of a row group, which are held until it is whole.
const GROUP: usize = 128 << 10;
/// Bytes after which a row group ends too.
const GROUP_BYTES: usize = 32 << 20;

/// A Parquet file that is being written. It takes its name when it is whole, so that none is ever there in part.
pub(crate) struct Parquet {
    writer: ArrowWriter<BufWriter<File>>,
    items: Items,
    unfinished: Unfinished,
    path: PathBuf,
}

/// A file beside the one that is wanted, removed unless it is finished.
struct Unfinished(PathBuf);

impl Drop for Unfinished {
    fn drop(&mut self) {
        let _ = std::fs::remove_file(&self.0);
    }
}

impl Parquet {
    /// Begins a file.
    pub(crate) fn create(path: &Path) -> anyhow::Result<Self> {
        let mut name = path.file_name().with_context(|| format!("{}: no file name", path.display()))?.to_owned();
        name.push(".part");
        let unfinished = path.with_file_name(name);
        let file = File::create(&unfinished).with_context(|| unfinished.display().to_string())?;
        let properties = WriterProperties::builder()
            .set_compression(Compression::ZSTD(ZstdLevel::default()))
            .set_max_row_group_row_count(Some(GROUP))
            .set_max_row_group_bytes(Some(GROUP_BYTES))
            .build();
        let writer = ArrowWriter::try_new(BufWriter::new(file), schema(), Some(properties))?;
        Ok(Self { writer, items: Items::default(), unfinished: Unfinished(unfinished), path: path.to_owned() })
    }

    /// Adds the items of a document.
    pub(crate) fn push(&mut self, (head, items): &(Head, Vec<Item>)) -> anyhow::Result<()> {
        self.items.push(head, items);
        if self.items.len() >= ROWS {
            self.flush()?;
        }
        Ok(())
    }

    fn flush(&mut self) -> anyhow::Result<()> {
        let batch = self.items.finish()?;
        self.writer.write(&batch).with_context(|| self.path.display().to_string())
    }

    /// Ends the file.
    pub(crate) fn finish(mut self) -> anyhow::Result<()> {
        self.flush()?;
        let told = self.path.display().to_string();
        let file = self.writer.into_inner().with_context(|| told.clone())?.into_inner().map_err(|e| e.into_error()).with_context(|| told.clone())?;
        file.sync_all().with_context(|| told.clone())?;
        std::fs::rename(&self.unfinished.0, &self.path).with_context(|| told)
    }
}
