//! A dossier out of a text: messages, days, tables and facts, saved and read again.
//!
//! The text is in parts. A line that starts with `%` starts one and says what it is:
//!
//! - `%bericht DAY`: a message, received on that day or on none;
//! - `%basis JW301 DAY`: the base message so called; each line is an element and what it holds;
//! - `%feit NAME DAY KEY VALUE`: a fact or an answer;
//! - `%tabel NAME`: a table, as lines with commas;
//! - `%bewaar`: from here on with the dossier as it was saved and read;
//! - `%bewaard`: a saved dossier, which takes the place of this one if it can be read;
//! - `%bestand NAME`: a file beside the messages, for the command.

use std::fs;
use std::path::PathBuf;

use regelwerk::{Date, Dossier, Lang, Message, Report, SavedDossier, Standard};

use super::{CONTEXT, PLAIN, tell};

/// Files of a folder that the command is given at the most.
const MOST_FILES: usize = 20;

/// A sequence of messages with what is supplied beside them: each is judged, what is judged
/// without taking it in is the same, and a dossier that was saved goes on as if it was not.
pub fn dossier(bytes: &[u8]) {
    let Some(standard) = regelwerk::STANDARDS.iter().find(|it| !it.dossier.sources.is_empty())
    else {
        return;
    };
    let text = String::from_utf8_lossy(bytes);
    let mut run =
        Run { dossier: Dossier::new(standard).context(CONTEXT.clone()), files: Vec::new() };
    for part in text.split("\n%") {
        let (head, body) = part.split_once('\n').unwrap_or((part, ""));
        let words: Vec<_> = head.trim_start_matches('%').split_whitespace().collect();
        run.part(&words, body, standard);
    }
    run.look();
    run.command();
}

struct Run {
    dossier: Dossier,
    /// What the command is given: names and what is in them.
    files: Vec<(String, String)>,
}

impl Run {
    fn part(&mut self, words: &[&str], body: &str, standard: &'static Standard) {
        match *words {
            ["bericht", ref rest @ ..] => self.receive(body, rest.first().and_then(|it| day(it))),
            ["basis", name, ref rest @ ..] => {
                let message = filled(standard, name, body);
                self.receive(&message, rest.first().and_then(|it| day(it)));
            }
            ["feit", name, on, key, ref value @ ..] => {
                let Some(on) = day(on) else { return };
                if let Err(wrong) = self.dossier.state_fact(name, on, key, &value.join(" ")) {
                    let _ = wrong.redacted().text(Lang::En);
                }
            }
            ["tabel", name] => {
                let mut rows = body.lines().map(cells);
                let header = rows.next().unwrap_or_default();
                if let Err(wrong) = self.dossier.supply(name, &header, rows) {
                    let _ = wrong.text(Lang::Nl);
                }
            }
            ["bewaar"] => self.dossier = reloaded(&self.dossier),
            ["bewaard"] => self.restore(body, standard),
            ["bestand", name] if self.files.len() < MOST_FILES => {
                self.files.push((name.to_owned(), body.to_owned()));
            }
            _ => {}
        }
    }

    /// Takes in a message, and compares that with judging it alone and with a dossier that was saved.
    fn receive(&mut self, xml: &str, received: Option<Date>) {
        if self.files.len() < MOST_FILES {
            self.files.push((format!("{:02}.xml", self.files.len()), xml.to_owned()));
        }
        let mut again = reloaded(&self.dossier);
        let message = Message::read(xml.as_bytes(), &PLAIN);
        let judged = message.map(|message| self.dossier.judge(&message, received));
        let report = self.dossier.receive(xml.as_bytes(), received);
        tell(&report);
        let restored = again.receive(xml.as_bytes(), received);
        assert_eq!(restored, report, "not the same after it was saved");
        if let Ok(judged) = judged {
            let bare = |report: Report| (report.verdict, report.findings, report.order_only);
            assert_eq!(bare(judged), bare(report), "not the same when judged alone");
        }
    }

    /// Goes on with a saved dossier, if it can be read.
    fn restore(&mut self, json: &str, standard: &'static Standard) {
        let Ok(saved) = serde_json::from_str::<SavedDossier<'_>>(json) else { return };
        match Dossier::restore(standard, &saved) {
            Ok(dossier) => self.dossier = dossier.context(CONTEXT.clone()),
            Err(wrong) => drop([Lang::Nl, Lang::En].map(|lang| wrong.text(lang))),
        }
    }

    /// Looks at all that can be asked of a dossier.
    fn look(&self) {
        let again = reloaded(&self.dossier);
        assert_eq!(again.states(), self.dossier.states());
        for as_of in ["2026-06-01", "9999-12-31"].into_iter().filter_map(day) {
            assert_eq!(again.terms(as_of), self.dossier.terms(as_of));
        }
        for message in self.dossier.messages() {
            let _ = self.dossier.states_of(message.number);
        }
    }

    /// Has the command tell the story of a folder with these files.
    fn command(&self) {
        let folder = std::env::temp_dir().join(format!("regelwerk-fuzz-{}", std::process::id()));
        let is_plain = |name: &str| name.chars().all(|it| it.is_ascii_alphanumeric() || it == '.');
        let _ = fs::create_dir_all(&folder);
        for (name, text) in self.files.iter().filter(|(name, _)| is_plain(name)) {
            let _ = fs::write(folder.join(name), text);
        }
        for form in ["text", "json"] {
            run(&folder, form);
        }
        let _ = fs::remove_dir_all(&folder);
    }
}

fn run(folder: &PathBuf, form: &str) {
    let words = ["regelwerk", "dossier", "--as-of", "2026-06-01", "--remarks", "--format", form];
    let args = words.iter().map(std::ffi::OsString::from).chain([folder.into()]);
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let style = regelwerk_cli::Style::Plain;
    let exit = regelwerk_cli::run(args, std::io::empty(), &mut out, &mut err, style);
    assert!(exit <= 2, "{exit}");
    assert!(exit < 2 || !err.is_empty(), "no reason");
    assert!(!err.iter().chain(&out).any(|it| matches!(it, 0 | 7 | 27)), "a control character");
}

fn day(text: &str) -> Option<Date> {
    let mut parts = text.splitn(3, '-').map(|part| part.parse::<u32>().ok());
    let (year, month, day) = (parts.next()??, parts.next()??, parts.next()??);
    Date::new(i32::try_from(year).ok()?, month, day)
}

fn cells(line: &str) -> Vec<String> {
    line.split(',').map(str::to_owned).collect()
}

/// The base message so called, with what each line says in the first element that it names.
fn filled(standard: &'static Standard, name: &str, body: &str) -> String {
    let mut messages = standard.releases.iter().flat_map(|release| release.messages);
    let Some(message) = messages.find(|message| message.name == name) else {
        return String::new();
    };
    let mut text = message.base.to_owned();
    for (element, value) in body.lines().filter_map(|line| line.split_once(' ')) {
        let Some((before, after)) = text.split_once(&format!(":{element}>")) else { continue };
        let Some((_, rest)) = after.split_once('<') else { continue };
        text = format!("{before}:{element}>{value}<{rest}");
    }
    text
}

fn reloaded(dossier: &Dossier) -> Dossier {
    let text = serde_json::to_string(&dossier.save()).unwrap_or_default();
    let saved = serde_json::from_str::<SavedDossier<'_>>(&text);
    let restored = saved.ok().and_then(|it| Dossier::restore(dossier.standard(), &it).ok());
    assert!(restored.is_some(), "cannot be read again: {text}");
    restored.unwrap_or_else(|| dossier.clone()).context(CONTEXT.clone())
}
