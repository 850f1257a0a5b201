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

/// Shows what a diagnostic without a page says.
pub(super) fn describe_brief(
    (code, says): (&str, &str),
    tone: Tone,
    out: &mut dyn Write,
) -> io::Result<()> {
    writeln!(out, "{}\n", tone.paint(HEAD, &code.to_uppercase()))?;
    paragraph(says, "", out)?;
    let more = tone.say(
        "`check` noemt er de plaats bij, en meestal wat u bedoelde",
        "`check` tells the place with it, and most often what you meant",
    );
    writeln!(out, "\n{more}")
}

fn paragraph(text: &str, indent: &str, out: &mut dyn Write) -> io::Result<()> {
    wrap(text, WIDTH - indent.len()).iter().try_for_each(|line| writeln!(out, "{indent}{line}"))
}
