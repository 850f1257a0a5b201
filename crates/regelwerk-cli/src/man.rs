//! `regelwerk man`: the manual as a page for `man`, every verb in one.

use std::io;

use clap_mangen::Man;
use clap_mangen::roff::Roff;

use crate::{Exit, Streams};

/// How the sections of the command are headed.
const HEADS: [(&str, &str); 4] = [
    (".SH NAME", ".SH NAAM"),
    (".SH SYNOPSIS", ".SH OVERZICHT"),
    (".SH DESCRIPTION", ".SH BESCHRIJVING"),
    (".SH OPTIONS", ".SH OPTIES"),
];
/// The same of a verb, which is a section itself.
const PARTS: [(&str, &str); 2] = [(".SH SYNOPSIS", ".PP"), (".SH OPTIONS", ".PP")];

/// Writes the page.
pub(crate) fn run(mut command: clap::Command, streams: &mut Streams<'_>) -> io::Result<Exit> {
    command.build();
    let mut page = Vec::new();
    let man = Man::new(command.clone());
    man.render_title(&mut page)?;
    man.render_name_section(&mut page)?;
    man.render_synopsis_section(&mut page)?;
    man.render_description_section(&mut page)?;
    man.render_options_section(&mut page)?;
    let mut page = headed(&page, &HEADS);
    for verb in command.get_subcommands() {
        page += &section(verb)?;
    }
    streams.stdout.write_all(page.as_bytes())?;
    Ok(Exit::Good)
}

/// A verb: what it is for, how it is typed, what it takes beside what every verb does.
fn section(verb: &clap::Command) -> io::Result<String> {
    let mut roff = Roff::default();
    roff.control("SH", [verb.get_bin_name().unwrap_or(verb.get_name()).to_uppercase().as_str()]);
    let about = verb.get_about().map(ToString::to_string).unwrap_or_default();
    roff.text([about.into()]);
    let mut text = Vec::new();
    roff.to_writer(&mut text)?;
    let hidden = |arg: clap::Arg| {
        let is_shared = arg.is_global_set();
        if is_shared { arg.hide(true) } else { arg }
    };
    let man = Man::new(verb.clone().mut_args(hidden));
    man.render_synopsis_section(&mut text)?;
    man.render_options_section(&mut text)?;
    Ok(headed(&text, &PARTS))
}

/// A text of which lines are others.
fn headed(text: &[u8], heads: &[(&str, &str)]) -> String {
    let text = String::from_utf8_lossy(text);
    let mut headed = String::with_capacity(text.len());
    for line in text.lines() {
        let other = heads.iter().find(|(from, _)| *from == line);
        headed += other.map_or(line, |(_, to)| to);
        headed.push('\n');
    }
    headed
}
