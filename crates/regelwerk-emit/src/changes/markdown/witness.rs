//! A witness, for people.

use std::fmt::Write;

use super::super::Witness;
use super::super::phrases::{listed, plain, some};
use super::Paper;

/// The names of the two sides of a witness.
struct Sides<'c> {
    accepts: &'c str,
    rejects: &'c str,
    /// Which of both accepts: 0 or 1.
    accepting: usize,
}

impl Paper<'_> {
    pub(super) fn witness(&mut self, witness: &Witness) {
        let (from, to) = (self.changes.from.name.as_str(), self.changes.to.name.as_str());
        let sides = match witness.is_stricter {
            true => Sides { accepts: from, rejects: to, accepting: 0 },
            false => Sides { accepts: to, rejects: from, accepting: 1 },
        };
        let mut line = format!(
            "- {}: `{}` ({}). ",
            self.frame.say("getuige", "witness"),
            witness.words.replace('`', "'"),
            plain(&witness.place),
        );
        match witness.is_remark() {
            true => self.remarked(witness, &sides, &mut line),
            false => self.rejected(witness, &sides, &mut line),
        }
        self.besides(witness, &sides, &mut line);
        self.line(&line);
    }

    // Writing to a string cannot fail.
    fn rejected(&self, witness: &Witness, sides: &Sides<'_>, line: &mut String) {
        let frame = self.frame;
        let _ = write!(
            line,
            "{} {}; {} {} {}",
            plain(sides.accepts),
            self.accepted(witness),
            plain(sides.rejects),
            frame.say("keurt het af op", "rejects it by"),
            plain(&witness.rejected_by.join(", ")),
        );
        let remarks = witness.remarked_by.get(sides.accepting).map_or(&[][..], Vec::as_slice);
        if !remarks.is_empty() {
            let what = frame.say("maakt er wel een opmerking over", "does remark upon it");
            let _ = write!(line, ". {} {what}: {}", plain(sides.accepts), listed(remarks, frame));
        }
    }

    /// What the accepting side says of it.
    fn accepted(&self, witness: &Witness) -> &'static str {
        let frame = self.frame;
        match () {
            () if witness.is_outside => {
                frame.say("is er niet op van toepassing", "does not apply to it")
            }
            () if !witness.is_looked_at => {
                frame.say("vraagt er in dit geval niets over", "asks nothing of it in this case")
            }
            () if witness.is_whole && witness.by_standard.is_empty() => {
                frame.say("keurt het goed", "accepts it")
            }
            () => frame.say("heeft er op dit punt niets tegen", "has nothing against it here"),
        }
    }

    fn remarked(&self, witness: &Witness, sides: &Sides<'_>, line: &mut String) {
        let frame = self.frame;
        let by = witness.remarked_by.iter().flatten().cloned().collect::<Vec<_>>();
        let _ = write!(
            line,
            "{} {}; {} {} ({}). {}",
            plain(sides.accepts),
            frame.say("zegt er niets van", "says nothing of it"),
            plain(sides.rejects),
            frame.say("maakt er een opmerking over", "remarks upon it"),
            listed(&by, frame),
            frame.say("Dat verandert geen oordeel", "That changes no verdict"),
        );
    }

    /// What else there is against it under the accepting side.
    fn besides(&self, witness: &Witness, sides: &Sides<'_>, line: &mut String) {
        let frame = self.frame;
        if !witness.is_whole {
            let _ = write!(
                line,
                ". {} {} {} {}",
                frame.say("Los daarvan keurt", "Apart from that"),
                plain(sides.accepts),
                frame.say("het af op", "rejects it by"),
                some(&witness.others, frame)
            );
        }
        if !witness.by_standard.is_empty() {
            let run = witness.run.get(sides.accepting);
            let release = run.and_then(|run| run.last()).map_or("", |run| run.release.as_str());
            let _ = write!(
                line,
                ". {} {} {} {}",
                frame.say("De standaard van release", "The standard of release"),
                plain(release),
                frame.say(
                    "keurt dit bericht zelf ook af, op",
                    "rejects this message itself too, by"
                ),
                some(&witness.by_standard, frame)
            );
        }
    }
}
