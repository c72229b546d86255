//! Runs a filter: a program that reads a document as pandoc's JSON on its standard input and writes it changed to its
//! standard output, with the name of the target format as its argument, as pandoc runs its JSON filters.
//!
//! A filter is a program of the user's: it may do what they may. What we see to: it runs only when the command line names
//! it, never because of a file; no shell takes its name apart; it gets a limited time and may answer with a limited
//! number of bytes. What pandoc's tree cannot hold is lost on the way; `docs/markdown.md` has the table.

use std::collections::BTreeMap;
use std::io::{Read, Write};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use crate::convert;
use crate::diagnostics::Diagnostics;
use crate::document::{Document, Extent, Image, Inline, ResourceId, walk_inlines, walk_inlines_mut};
use crate::edition::Edition;
use crate::format::Format;
use crate::options::{Limits, ReadOptions, StopSign, WriteOptions};
use crate::source::Source;
use crate::{readers, resources, transforms};

/// A program and how long it may take.
#[derive(Clone, Debug)]
pub struct Filter {
    pub command: String,
    pub limit: Duration,
}

/// Bytes of a filter's complaint that are shown.
const COMPLAINT: u64 = 4096;

/// The document as the filter gives it back. Errors with the reason when there is none.
pub fn filtered(
    document: &Document,
    filter: &Filter,
    target: &str,
    edition: &Edition,
    limits: &Limits,
    diagnostics: &mut Diagnostics,
) -> Result<Document, String> {
    let said = |error: &dyn std::fmt::Display| format!("filter {}: {error}", filter.command);
    let (tree, lost) = convert::write(
        document,
        Format::Pandoc,
        edition,
        &WriteOptions { limits: limits.clone(), ..WriteOptions::default() },
    )
    .map_err(|error| said(&error))?;
    diagnostics.append(lost);
    let answer = run(filter, target, tree.bytes, limits).map_err(|error| said(&error))?;
    let reader = readers::reader(Format::Pandoc).expect("pandoc's tree can be read");
    let source = Source::from_bytes("filtered.json", answer);
    let mut filtered = reader.read(&source, &ReadOptions::default(), diagnostics).map_err(|error| said(&error))?;
    keep_pictures(&mut filtered, document);
    filtered.provenance.clone_from(&document.provenance);
    let body = Extent::of(&filtered.blocks);
    resources::gather(&mut filtered, &source, &body, limits, diagnostics);
    transforms::run(&mut filtered, diagnostics);
    Ok(filtered)
}

/// What the program answers.
fn run(filter: &Filter, target: &str, tree: Vec<u8>, limits: &Limits) -> Result<Vec<u8>, String> {
    let most = limits.bytes;
    let mut child = command(&filter.command)?
        .arg(target)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .map_err(|error| error.to_string())?;
    let (input, output, complaint) = (child.stdin.take(), child.stdout.take(), child.stderr.take());
    // A filter that does not read all of its input is no failure: it may know its answer before.
    let writer = thread::spawn(move || input.map(|mut input| input.write_all(&tree)));
    let reader = thread::spawn(move || read(output, most + 1));
    let listener = thread::spawn(move || {
        let mut complaint = complaint;
        let said = read(complaint.as_mut(), COMPLAINT);
        // The rest is read too, or the filter would wait for ever to say it.
        let _ = complaint.map(|mut rest| std::io::copy(&mut rest, &mut std::io::sink()));
        said
    });
    let status = ended(&mut child, filter.limit, &limits.stop)?;
    let answer = reader.join().map_err(|_| "its answer could not be read")?;
    let _ = writer.join();
    let complaint = listener.join().unwrap_or_default();
    let complaint = String::from_utf8_lossy(&complaint);
    if answer.len() as u64 > most {
        return Err(format!("its answer is larger than {most} bytes; raise --limit-bytes to allow it"));
    }
    if !status.success() {
        return Err(format!("{status}: {}", complaint.trim()));
    }
    Ok(answer)
}

fn read(from: Option<impl Read>, most: u64) -> Vec<u8> {
    let mut bytes = Vec::new();
    let _ = from.map(|from| from.take(most).read_to_end(&mut bytes));
    bytes
}

/// How the program ended; it is stopped after its time, or when the time of its file is over.
fn ended(child: &mut Child, limit: Duration, stop: &StopSign) -> Result<std::process::ExitStatus, String> {
    let begun = Instant::now();
    loop {
        if let Some(status) = child.try_wait().map_err(|error| error.to_string())? {
            return Ok(status);
        }
        if begun.elapsed() > limit || stop.is_up() {
            let _ = child.kill();
            let _ = child.wait();
            let spent = begun.elapsed().as_secs().min(limit.as_secs());
            return Err(format!("not done after {spent} s; raise --limit-seconds to allow it"));
        }
        thread::sleep(Duration::from_millis(5));
    }
}

/// The program itself, or what runs scripts of its kind, by the same endings as pandoc.
fn command(name: &str) -> Result<Command, String> {
    let path = Path::new(name);
    let interpreter = match path.extension().and_then(|ending| ending.to_str()) {
        _ if !path.is_file() => None,
        Some("py") => Some("python3"),
        Some("js") => Some("node"),
        Some("rb") => Some("ruby"),
        Some("pl") => Some("perl"),
        Some("php") => Some("php"),
        Some("hs") => Some("runhaskell"),
        Some("r" | "R") => Some("Rscript"),
        Some("lua") => return Err("Lua filters run within pandoc only; use one that reads and writes JSON".into()),
        _ => None,
    };
    Ok(match interpreter {
        Some(interpreter) => {
            let mut command = Command::new(interpreter);
            command.arg(path);
            command
        }
        // A file of this folder needs no `./` before it.
        None if path.is_file() && !name.contains('/') => Command::new(Path::new(".").join(path)),
        None => Command::new(name),
    })
}

/// Pictures the document carries are found again by their addresses.
fn keep_pictures(filtered: &mut Document, document: &Document) {
    filtered.resources.clone_from(&document.resources);
    filtered.metadata.cover.clone_from(&document.metadata.cover);
    let mut carried: BTreeMap<String, ResourceId> = BTreeMap::new();
    let mut see = |image: &Image| {
        if let Some(id) = &image.resource {
            carried.insert(image.source.clone(), id.clone());
        }
    };
    walk_inlines(&document.blocks, &mut |inlines| images(inlines, &mut see));
    document.notes.values().for_each(|note| walk_inlines(note, &mut |inlines| images(inlines, &mut see)));
    let mut give = |inlines: &mut Vec<Inline>| give_back(inlines, &carried);
    walk_inlines_mut(&mut filtered.blocks, &mut give);
    filtered.notes.values_mut().for_each(|note| walk_inlines_mut(note, &mut give));
}

fn images(inlines: &[Inline], see: &mut impl FnMut(&Image)) {
    for inline in inlines {
        match inline {
            Inline::Image(image) => see(image),
            other => images(other.children(), see),
        }
    }
}

fn give_back(inlines: &mut [Inline], carried: &BTreeMap<String, ResourceId>) {
    for inline in inlines {
        match inline {
            Inline::Image(image) => image.resource = carried.get(&image.source).cloned(),
            other => other.children_mut().into_iter().for_each(|children| give_back(children, carried)),
        }
    }
}
