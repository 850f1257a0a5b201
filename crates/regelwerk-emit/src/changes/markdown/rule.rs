//! What became of a rule, for people.

use super::super::lengths::Length;
use super::super::phrases::{aside_line, how_long, listed, missing, name, plain, shown};
use super::super::{How, Kind, RuleChange, Told};
use super::Paper;

impl RuleChange {
    /// Whether it is told in a line: what no machine judges, or the standard does by itself.
    pub(super) fn is_aside(&self) -> bool {
        let is_aside = |told: &Told| !matches!(told.how, How::Judged | How::Term);
        let is_seen = matches!(
            self.kind,
            Kind::Stricter | Kind::Looser | Kind::Both | Kind::Longer | Kind::Shorter
        );
        !is_seen && self.was.iter().chain(&self.becomes).all(is_aside)
    }

    /// Whether breaking it was and is a remark.
    fn is_remark(&self) -> bool {
        self.was.iter().chain(&self.becomes).all(|told| told.is_remark)
    }
}

impl Paper<'_> {
    pub(super) fn of_kinds(&self, kinds: &[Kind]) -> Vec<&RuleChange> {
        let rules = self.changes.rules.iter();
        rules.filter(|one| kinds.contains(&one.kind) && !one.is_aside()).collect()
    }

    pub(super) fn section(&mut self, kinds: &[Kind]) {
        let changes: Vec<_> = self.of_kinds(kinds).into_iter().cloned().collect();
        let (Some(kind), false) = (kinds.first(), changes.is_empty()) else { return };
        self.heading(&format!("{} ({})", name(*kind, self.frame), changes.len()));
        for (number, change) in changes.iter().enumerate() {
            if number > 0 {
                self.gap();
            }
            self.rule(change);
        }
    }

    fn rule(&mut self, change: &RuleChange) {
        let frame = self.frame;
        let Some(head) = change.becomes.as_ref().or(change.was.first()) else { return };
        self.line(&format!(
            "### {}: {} {}",
            name(change.kind, frame),
            plain(&head.code),
            plain(&head.title)
        ));
        self.line("");
        let [old, new] = [("was", "was"), ("wordt", "becomes")].map(|(nl, en)| frame.say(nl, en));
        for was in &change.was {
            self.side(old, was, !change.same_words);
        }
        if let Some(becomes) = &change.becomes {
            self.side(new, becomes, true);
        }
        self.place_taken(change);
        self.same_words(change);
        if change.kind == Kind::Both {
            self.line(frame.say("- strenger én soepeler", "- both stricter and looser"));
        }
        for length in &change.lengths {
            self.length(length);
        }
        self.seen(change);
    }

    /// How a side tells it; what it demands not where that stands below in the same words.
    fn side(&mut self, label: &str, told: &Told, has_demands: bool) {
        let sources = told.sources.join("; ");
        self.line(&format!(
            "- {label}: {} {} ({})",
            plain(&told.code),
            plain(&told.title),
            plain(&sources)
        ));
        match &told.how {
            How::Judged | How::Term if !has_demands => {}
            How::Judged | How::Term if told.demands.is_empty() => {
                self.line(&format!("  - {}", plain(&told.places.join(", "))));
            }
            How::Judged | How::Term => {
                self.line("");
                for demand in &told.demands {
                    self.line(&format!("      {demand}"));
                }
                self.line("");
            }
            How::Follows(_) => self.followed(told),
            how => {
                let how = shown(how, self.frame);
                self.line(&format!("  - {how}"));
            }
        }
        for deviation in &told.deviations {
            let what = self.frame.say("wijkt af van", "departs from");
            self.line(&format!("  - {what} {}", plain(deviation)));
        }
    }

    /// The rules of the standard by which a rule is judged.
    fn followed(&mut self, told: &Told) {
        let what = self.frame.say("getoetst door de standaard", "judged by the standard");
        for one in &told.follows {
            self.line(&format!("  - {what}: {} {}", plain(&one.code), plain(&one.title)));
        }
    }

    /// That one rule comes in the place of more, or more in the place of one.
    fn place_taken(&mut self, change: &RuleChange) {
        let frame = self.frame;
        let Some(becomes) = &change.becomes else { return };
        let olds: Vec<_> = change.was.iter().map(|was| was.code.clone()).collect();
        if olds.len() > 1 {
            let what = frame.say("komt in de plaats van", "comes in the place of");
            self.line(&format!("- {} {what} {}", plain(&becomes.code), listed(&olds, frame)));
        }
        if !change.beside.is_empty() {
            let mut news = change.beside.clone();
            news.push(becomes.code.clone());
            news.sort();
            let what = frame.say("is opgegaan in", "has become");
            self.line(&format!("- {} {what} {}", listed(&olds, frame), listed(&news, frame)));
        }
    }

    /// What differs where the words do not.
    fn same_words(&mut self, change: &RuleChange) {
        let frame = self.frame;
        if !change.same_words || change.same_meaning {
            return;
        }
        let words = frame.say("de woorden zijn gelijk", "the words are the same");
        self.line(&match change.differs.as_slice() {
            [] => {
                let what = frame.say(
                    "maar waar zij gelden of wat zij opzoeken is anders",
                    "but where they apply or what they look up is not",
                );
                format!("- {words}, {what}")
            }
            names => {
                let but = frame.say("maar de inhoud is anders van", "but not the content of");
                format!("- {words}, {but} {}", listed(names, frame))
            }
        });
    }

    fn length(&mut self, length: &Length) {
        let frame = self.frame;
        let told = |it: &Option<_>| {
            let none = || frame.say("geen", "none").to_owned();
            it.as_ref().map_or_else(none, |it| how_long(it, frame))
        };
        let (was, becomes) = (told(&length.was), told(&length.becomes));
        let part = match length.part.as_str() {
            "" => String::new(),
            part => format!(" {}", plain(part)),
        };
        let term = frame.say("termijn", "term");
        if was == becomes {
            return self.line(&format!("- {term}{part}: {was}"));
        }
        let [old, new] = [("was", "was"), ("wordt", "becomes")].map(|(nl, en)| frame.say(nl, en));
        self.line(&format!("- {term}{part}: {old} {was}, {new} {becomes}"));
    }

    /// What running it under both sides has shown.
    fn seen(&mut self, change: &RuleChange) {
        for witness in &change.witnesses {
            self.witness(witness);
        }
        if !self.changes.is_tried || !change.is_judged() || change.same_meaning {
            return;
        }
        let frame = self.frame;
        if change.witnesses.is_empty() && change.tried > 0 {
            let what = frame.say("geen verschil gevonden in", "no difference found in");
            self.line(&format!("- {what} {}", self.cases(change.tried)));
        }
        if change.is_remark() && change.witnesses.is_empty() {
            self.line(frame.say(
                "- een opmerking: die verandert geen oordeel",
                "- a remark: it changes no verdict",
            ));
        }
        let has_nothing = change.tried == 0 && change.skipped.is_empty();
        if has_nothing && change.kind == Kind::Incomparable {
            self.line(frame.say(
                "- niet vergeleken: er is geen voorbeeldbericht en geen scenario van",
                "- not compared: there is no example message and no scenario of it",
            ));
        }
        self.skipped(change);
    }

    /// Why others could not be run under both sides, those of one reason together.
    fn skipped(&mut self, change: &RuleChange) {
        let frame = self.frame;
        let mut reasons: Vec<(String, usize)> = Vec::new();
        for skipped in &change.skipped {
            let why = missing(&skipped.why, frame);
            match reasons.iter_mut().find(|(known, _)| *known == why) {
                Some((_, count)) => *count += skipped.count,
                None => reasons.push((why, skipped.count)),
            }
        }
        let what = frame.say("niet vergeleken", "not compared");
        for (why, count) in reasons {
            self.line(&format!(
                "- {what}: {}, {} {why}",
                self.cases(count),
                frame.say("want", "as")
            ));
        }
    }

    fn cases(&self, count: usize) -> String {
        match count {
            1 => self.frame.say("1 geval", "1 case").to_owned(),
            _ => format!("{count} {}", self.frame.say("gevallen", "cases")),
        }
    }

    pub(super) fn same(&mut self) {
        let same = self.of_kinds(&[Kind::Same]);
        let codes: Vec<_> = same.iter().filter_map(|one| one.becomes.as_ref()).collect();
        let codes: Vec<_> = codes.into_iter().map(|told| plain(&told.code)).collect();
        if codes.is_empty() {
            return;
        }
        self.heading(&format!("{} ({})", name(Kind::Same, self.frame), codes.len()));
        self.line(&codes.join(", "));
    }

    pub(super) fn unjudged(&mut self) {
        let frame = self.frame;
        let aside: Vec<_> = self.changes.rules.iter().filter(|one| one.is_aside()).collect();
        if aside.is_empty() {
            return;
        }
        let (same, others): (Vec<_>, Vec<_>) =
            aside.into_iter().partition(|change| change.kind == Kind::Same);
        let lines: Vec<_> = others.iter().map(|change| aside_line(change, frame)).collect();
        let codes = same.iter().filter_map(|change| change.becomes.as_ref());
        let codes: Vec<_> = codes.map(|told| plain(&told.code)).collect();
        self.heading(frame.say(
            "Niet machinaal, of al door de standaard getoetst",
            "Not by a machine, or judged by the standard already",
        ));
        for line in lines {
            self.line(&line);
        }
        if !codes.is_empty() {
            let what = name(Kind::Same, frame);
            self.line(&format!("- {what} ({}): {}", codes.len(), codes.join(", ")));
        }
    }
}
