//! What `check` tells of and stops nothing: a page with an example and a reason.

use std::io::{self, Write};

use regelwerk_compiler::Page;

use super::{heading, indented};
use crate::text::{WIDTH, wrap};
use crate::tone::{HEAD, Tone};

/// Shows a page. Like the rule files it is in Dutch; its headings are in the language asked.
pub(super) fn describe(page: &Page, tone: Tone, out: &mut dyn Write) -> io::Result<()> {
    let Page { code, name, .. } = page;
    writeln!(out, "{}  {name}\n", tone.paint(HEAD, code.0))?;
    paragraph(page.what, "", out)?;
    heading(out, tone, tone.say("Fout", "Wrong"))?;
    indented(out, page.wrong)?;
    heading(out, tone, tone.say("Beter", "Better"))?;
    indented(out, page.better)?;
    heading(out, tone, tone.say("Waarom", "Why"))?;
    paragraph(page.why, "  ", out)?;
    heading(out, tone, tone.say("Toch zo bedoeld?", "Meant all the same?"))?;
    let meant = tone.say(
        "Zet dan in het blok waar de melding staat:",
        "Then write in the block that is told of:",
    );
    writeln!(out, "  {meant}\n")?;
    writeln!(out, "    ontheffing: {name}, want …")
}

/// Whether something is written as the codes of diagnostics are: `RW302`.
pub(super) fn is_code(called: &str) -> bool {
    let number = called.strip_prefix("RW").or_else(|| called.strip_prefix("rw"));
    number.is_some_and(|rest| rest.len() == 3 && rest.bytes().all(|one| one.is_ascii_digit()))
}

fn paragraph(text: &str, indent: &str, out: &mut dyn Write) -> io::Result<()> {
    wrap(text, WIDTH - indent.len()).iter().try_for_each(|line| writeln!(out, "{indent}{line}"))
}
