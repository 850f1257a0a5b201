//! Rule files made ugly, without changing what they say.

/// What can stand anywhere among the clauses of its block.
const MOVABLE: [&str; 10] = [
    "bron:",
    "norm:",
    "lezing:",
    "wijkt af van:",
    "vervangt:",
    "volgt:",
    "zie:",
    "ernst:",
    "niveau:",
    "over:",
];

/// A source of choices.
#[derive(Debug, Clone)]
pub(crate) struct Mangler(u64);

impl Mangler {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed | 1)
    }

    /// A number below `end`.
    fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) as usize % end
    }

    fn blanks(&mut self, most: usize) -> String {
        " ".repeat(self.below(most + 1))
    }

    /// Moves clauses that can stand anywhere, each with what is above and under it.
    pub(crate) fn shuffle(&mut self, text: &str) -> String {
        let mut told = String::new();
        let mut clauses: Vec<String> = Vec::new();
        let mut lead = String::new();
        for line in text.lines().chain(["# einde"]) {
            let is_comment = line.trim_start().starts_with('#');
            if line.is_empty() || line.starts_with(|c: char| c != ' ') {
                told += &self.moved(std::mem::take(&mut clauses)).concat();
                told += &std::mem::take(&mut lead);
                told += &format!("{line}\n");
            } else if is_comment {
                lead += &format!("{line}\n");
            } else if !line.starts_with("   ") || clauses.is_empty() {
                clauses.push(std::mem::take(&mut lead) + &format!("{line}\n"));
            } else if let Some(last) = clauses.last_mut() {
                *last += &(std::mem::take(&mut lead) + &format!("{line}\n"));
            }
        }
        told.strip_suffix("# einde\n").unwrap().to_owned()
    }

    fn moved(&mut self, mut clauses: Vec<String>) -> Vec<String> {
        for _ in 0..clauses.len().min(6) {
            let at = self.below(clauses.len());
            let Some(keyword) = keyword(&clauses[at]) else { continue };
            let is_same = |clause: &String| clause.contains(&format!("  {keyword}"));
            let clause = clauses.remove(at);
            // Those of one keyword keep their order.
            let first = clauses[..at].iter().rposition(is_same).map_or(0, |at| at + 1);
            let last = clauses[at..].iter().position(is_same).map_or(clauses.len(), |to| at + to);
            let to = first + self.below(last - first + 1);
            clauses.insert(to, clause);
        }
        clauses
    }

    /// Other blanks between columns, at the ends of rows and between blocks.
    pub(crate) fn widen(&mut self, text: &str) -> String {
        let lines: Vec<_> = text.lines().collect();
        let mut told = String::new();
        for (at, line) in lines.iter().enumerate() {
            let next = lines.get(at + 1).map_or(0, |next| indent(next));
            // What continues a row may be kept as far from it as it is.
            let widened = match next > indent(line) || line.contains(['"', '#']) {
                true => (*line).to_owned(),
                false => self.widened(line),
            };
            told += &(widened + &self.blanks(3) + "\n");
            if line.is_empty() {
                told += &"\n".repeat(self.below(3));
            }
        }
        told
    }

    fn widened(&mut self, line: &str) -> String {
        let (start, rest) = line.split_at(indent(line));
        let mut parts = rest.split("  ").map(str::trim_start).filter(|part| !part.is_empty());
        let mut told = start.to_owned() + parts.next().unwrap_or("");
        for part in parts {
            told += &format!("  {}{part}", self.blanks(4));
        }
        told
    }

    /// Twice the indentation, where that is not too far, and blanks at the ends of rows.
    pub(crate) fn indent(&mut self, text: &str) -> String {
        const DEEPEST: usize = 100;
        let deepest = text.lines().map(indent).max().unwrap_or(0);
        let times = if deepest * 2 < DEEPEST { 1 + self.below(2) } else { 1 };
        let mut told = String::new();
        for line in text.lines() {
            let (start, rest) = line.split_at(indent(line));
            told += &format!("{}{rest}{}\n", start.repeat(times), self.blanks(1));
        }
        told
    }

    /// A few blanks, tabs, ends of rows and marks, wherever that may be.
    pub(crate) fn strew(&mut self, text: &str) -> String {
        const STREWN: [&str; 8] = [" ", "  ", "     ", "\t", "\n", "\n    ", " # \"", "\u{a0}"];
        let mut signs: Vec<_> = text.chars().map(String::from).collect();
        for _ in 0..=self.below(4) {
            let at = self.below(signs.len());
            signs[at] += STREWN[self.below(STREWN.len())];
        }
        signs.concat()
    }

    /// Comments and blank rows anywhere.
    pub(crate) fn remark(&mut self, text: &str) -> String {
        let mut told = String::new();
        for (number, line) in text.lines().enumerate() {
            match self.below(12) {
                0 => told += &format!("{}# boven {number}\n", self.blanks(12)),
                1 => told += &format!("{}\n", self.blanks(3)),
                _ => {}
            }
            let has_remark = line.contains('#') || line.trim().is_empty();
            match self.below(9) {
                0 if !has_remark => told += &format!("{line}{}# achter {number}\n", self.blanks(2)),
                _ => told += &format!("{line}\n"),
            }
        }
        told
    }
}

/// The keyword of a clause that can be moved, comments above it apart.
fn keyword(clause: &str) -> Option<&'static str> {
    let mut lines = clause.lines().map(str::trim_start);
    let first = lines.find(|line| !line.starts_with('#'))?;
    MOVABLE.into_iter().find(|word| first.starts_with(word))
}

fn indent(line: &str) -> usize {
    line.len() - line.trim_start_matches(' ').len()
}

/// The comments of a text, sorted.
pub(crate) fn comments(text: &str) -> Vec<String> {
    let mut comments: Vec<_> = text.lines().filter_map(comment).map(str::to_owned).collect();
    comments.sort();
    comments
}

fn comment(line: &str) -> Option<&str> {
    let mut rest = line;
    loop {
        let at = rest.find(['"', '#'])?;
        let (_, from) = rest.split_at(at);
        if from.starts_with('#') {
            return Some(from.trim_end());
        }
        // A quote that nothing closes is a sign like any other.
        rest = match from[1..].split_once('"') {
            Some((_, after)) => after,
            None => &from[1..],
        };
    }
}
