//! `regelwerk fmt`: rule files laid out in one way.

use std::io::{self, Read};
use std::path::{Path, PathBuf};

use regelwerk_compiler::{Unformatted, format, rule_files, rule_text};

use crate::input::is_standard_stream;
use crate::output::replace;
use crate::rules::Rules;
use crate::text::plain;
use crate::{Exit, Streams};

/// Standard input is read as far as a rule file may be long, and one byte further.
const LARGEST: u64 = 1024 * 1024;

/// What the verb takes.
#[derive(clap::Args)]
pub(crate) struct Args {
    #[arg(
        value_name = "PATH",
        help = "Een regelbestand, of een map met alles daaronder, anders rules; `-` leest van standaardinvoer"
    )]
    path: Option<PathBuf>,
    #[arg(long, help = "Schrijft niets, en zegt welke bestanden er anders uit zouden zien")]
    check: bool,
}

/// What became of the files.
#[derive(Default)]
struct Tally {
    files: usize,
    changed: usize,
    failed: usize,
}

/// Lays out rule files, or tells which are not laid out.
pub(crate) fn run(args: &Args, rules: &Rules, streams: &mut Streams<'_>) -> io::Result<Exit> {
    let Some(path) = rules.named(args.path.as_deref(), streams)? else {
        return Ok(Exit::Unusable);
    };
    if is_standard_stream(path) {
        return stream(args.check, streams);
    }
    if path.is_symlink() && !path.is_dir() {
        let why = "is een verwijzing naar een bestand; noem het bestand zelf";
        streams.complain(&format!("{}: {why}", path.display()))?;
        return Ok(Exit::Unusable);
    }
    let files = match rule_files(path) {
        Ok(files) => files,
        Err(error) => {
            streams.complain(&error.to_string())?;
            return Ok(Exit::Unusable);
        }
    };
    let mut tally = Tally { files: files.len(), ..Tally::default() };
    for file in &files {
        match lay_out(file, args.check, streams)? {
            Exit::Good => {}
            Exit::Rejected => tally.changed += 1,
            _ => tally.failed += 1,
        }
    }
    writeln!(streams.stdout, "{}: {}", path.display(), tally.text(path, args.check))?;
    Ok(match tally {
        Tally { failed: 1.., .. } => Exit::Unusable,
        Tally { changed: 1.., .. } if args.check => Exit::Rejected,
        _ => Exit::Good,
    })
}

impl Tally {
    fn text(&self, path: &Path, is_check: bool) -> String {
        let Self { files, changed, failed } = *self;
        let files = if files == 1 { "1 bestand".to_owned() } else { format!("{files} bestanden") };
        let mut text = match (changed, is_check) {
            (0, true) => format!("{files}, opmaak in orde"),
            (0, false) => format!("{files}, niets veranderd"),
            (_, true) => {
                let path = path.display();
                format!(
                    "{files}, waarvan {changed} anders opgemaakt; `regelwerk fmt {path}` maakt ze op"
                )
            }
            (_, false) => format!("{files}, waarvan {changed} opgemaakt"),
        };
        if failed > 0 {
            text += &format!(", {failed} niet op te maken");
        }
        text
    }
}

/// Lays out one file; [`Exit::Rejected`] when it is, or has to be, another.
fn lay_out(file: &Path, is_check: bool, streams: &mut Streams<'_>) -> io::Result<Exit> {
    let name = file.display().to_string();
    let text = match rule_text(file) {
        Ok(text) => text,
        Err(error) => {
            streams.complain(&error.to_string())?;
            return Ok(Exit::Unusable);
        }
    };
    let Some(laid_out) = told(&name, &text, streams)? else { return Ok(Exit::Unusable) };
    if laid_out == text {
        return Ok(Exit::Good);
    }
    if is_check {
        streams.stdout.write_all(difference(&name, &text, &laid_out).as_bytes())?;
        return Ok(Exit::Rejected);
    }
    if let Err(unwritten) = replace(file, laid_out.as_bytes()) {
        streams.complain(&format!("{name}: {}", unwritten.text().nl))?;
        return Ok(Exit::Unusable);
    }
    writeln!(streams.stdout, "{name}: opgemaakt")?;
    Ok(Exit::Rejected)
}

/// A text as it ought to be; why there is none is told.
fn told(name: &str, text: &str, streams: &mut Streams<'_>) -> io::Result<Option<String>> {
    match format(name, text, streams.screen.style) {
        Ok(laid_out) => Ok(Some(laid_out)),
        Err(why) => {
            if let Unformatted::Unreadable(diagnostics) = &why {
                streams.stdout.flush()?;
                // Where standard error is closed, nobody is left to be told.
                let _ = streams.stderr.write_all(diagnostics.as_bytes());
            }
            streams.complain(&format!("{name}: {why}"))?;
            Ok(None)
        }
    }
}

/// Standard input to standard output, or with `--check` where it differs.
fn stream(is_check: bool, streams: &mut Streams<'_>) -> io::Result<Exit> {
    const NAME: &str = "standaardinvoer";
    let mut bytes = Vec::new();
    streams.stdin.take(LARGEST + 1).read_to_end(&mut bytes)?;
    let refused = if bytes.len() as u64 > LARGEST { "groter dan 1 MB" } else { "geen UTF-8" };
    let text = match String::from_utf8(bytes) {
        Ok(text) if text.len() as u64 <= LARGEST => text,
        _ => {
            streams.complain(&format!("{NAME}: {refused}"))?;
            return Ok(Exit::Unusable);
        }
    };
    let Some(laid_out) = told(NAME, &text, streams)? else { return Ok(Exit::Unusable) };
    if !is_check {
        streams.stdout.write_all(laid_out.as_bytes())?;
        return Ok(Exit::Good);
    }
    if laid_out == text {
        return Ok(Exit::Good);
    }
    streams.stdout.write_all(difference(NAME, &text, &laid_out).as_bytes())?;
    Ok(Exit::Rejected)
}

/// Where a file is not as it ought to be: in its first line that is not.
fn difference(name: &str, text: &str, laid_out: &str) -> String {
    if text.starts_with('\u{feff}') {
        return format!("{name}:1: begint met een byte-order mark, en dat hoort er niet\n");
    }
    if text.contains('\r') {
        return format!("{name}: regels eindigen op CR, en dat hoort alleen LF te zijn\n");
    }
    let (mut lines, mut others) = (text.split('\n'), laid_out.split('\n'));
    let mut number = 1;
    loop {
        let (is, ought) = (lines.next(), others.next());
        if is.is_none() && ought.is_some() {
            return format!(
                "{name}:{}: de laatste regel eindigt niet met een regeleinde\n",
                number - 1
            );
        }
        if is != ought || is.is_none() {
            let (is, ought) = (shown(is), shown(ought));
            return format!(
                "{name}:{number}: anders opgemaakt\n  er staat  {is}\n  dat wordt {ought}\n"
            );
        }
        number += 1;
    }
}

/// A line between marks, so that the blanks at its ends are seen.
fn shown(line: Option<&str>) -> String {
    line.map_or("niets meer".to_owned(), |line| format!("«{}»", plain(line)))
}
