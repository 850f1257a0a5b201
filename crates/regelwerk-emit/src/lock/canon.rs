//! The text of clauses, without what means nothing.

use regelwerk_diag::{Sources, Span};

/// Clauses that say where and when others hold, which is hashed as what it comes to, or that demand
/// nothing.
const ASIDE: [&str; 7] =
    ["voor:", "geldig:", "deel ", "ernst:", "nergens:", "ontheffing:", "releases:"];

/// The clauses of which the order among each other counts: of one message, events happen in the order
/// in which they are written.
const ORDERED: &str = "gebeurtenis ";

/// A clause with those under it.
struct Clause {
    indent: usize,
    text: String,
    under: Vec<Clause>,
}

/// What these clauses say, each of which comes before those under it: as words on lines, the lines of
/// one depth in order of text.
pub(super) fn text(spans: &[Span], sources: &Sources) -> String {
    let clauses = spans.iter().map(|span| Clause {
        indent: indent(*span, sources),
        text: words(sources.slice(*span)),
        under: Vec::new(),
    });
    let said: Vec<_> =
        clauses.filter(|one| !ASIDE.iter().any(|aside| one.text.starts_with(aside))).collect();
    let mut rest = said.into_iter().peekable();
    let mut top = Vec::new();
    while let Some(clause) = next(&mut rest) {
        top.push(clause);
    }
    shown(top)
}

/// The next clause with all that stands under it. Clauses nest no deeper than the reader lets them.
fn next(rest: &mut std::iter::Peekable<impl Iterator<Item = Clause>>) -> Option<Clause> {
    let mut clause = rest.next()?;
    while rest.peek().is_some_and(|below| below.indent > clause.indent) {
        clause.under.extend(next(rest));
    }
    Some(clause)
}

fn shown(clauses: Vec<Clause>) -> String {
    let (mut loose, mut ordered): (Vec<String>, Vec<String>) = (Vec::new(), Vec::new());
    for clause in clauses {
        let is_ordered = clause.text.starts_with(ORDERED);
        let under = shown(clause.under);
        let whole = match under.is_empty() {
            true => clause.text,
            false => format!("{} {{\n{under}}}", clause.text),
        };
        match loose.last_mut() {
            // What is otherwise goes with its condition.
            Some(before) if whole.starts_with("anders") => *before += &format!("\n{whole}"),
            _ if is_ordered => ordered.push(whole),
            _ => loose.push(whole),
        }
    }
    loose.sort();
    loose.into_iter().chain(ordered).map(|line| line + "\n").collect()
}

/// How far the row of a clause is indented, in bytes.
fn indent(span: Span, sources: &Sources) -> usize {
    let text = sources.text(span.source);
    let before = text.get(..span.start as usize).unwrap_or("");
    before.len() - before.rfind('\n').map_or(0, |at| at + 1)
}

/// The words of a text with one space between them: without comments, and without the rules that are
/// cited in brackets.
pub(super) fn words(text: &str) -> String {
    let mut words: Vec<String> = Vec::new();
    let mut word = String::new();
    for row in text.lines() {
        let (mut is_quoted, mut is_cited) = (false, false);
        for sign in row.chars() {
            let is_mark = matches!(sign, ',' | '(' | ')');
            match sign {
                '"' if !is_cited => {
                    is_quoted = !is_quoted;
                    word.push(sign);
                }
                _ if is_quoted => word.push(sign),
                '#' => break,
                '[' => is_cited = true,
                ']' => is_cited = false,
                _ if is_cited => {}
                _ if sign.is_whitespace() || is_mark => {
                    words.push(std::mem::take(&mut word));
                    words.extend(is_mark.then(|| sign.to_string()));
                }
                _ => word.push(sign),
            }
        }
        words.push(std::mem::take(&mut word));
    }
    words.retain(|word| !word.is_empty());
    words.join(" ")
}

#[cfg(test)]
mod tests {
    use regelwerk_diag::{Source, SourceId};

    use super::*;

    /// What the rows of a text say, each of them a clause.
    fn said(rows: &str) -> String {
        let mut start = 0;
        let mut spans = Vec::new();
        for row in rows.split_inclusive('\n') {
            let (indent, end) = (row.len() - row.trim_start().len(), row.trim_end().len());
            let [from, to] = [start + indent, start + end].map(|at| u32::try_from(at).unwrap());
            spans.push(Span { source: SourceId(0), start: from, end: to });
            start += row.len();
        }
        let source = Source { path: "a".to_owned(), text: rows.to_owned() };
        text(&spans, &Sources::new("", vec![source]))
    }

    #[test]
    fn white_space_comments_and_order_do_not_count() {
        let one = "  - A  verplicht vullen\n  als B = 1 dan:\n    - C  leeg laten\n  anders:\n    - D  leeg laten\n";
        let other = "als B = 1  dan: # daarom\n  - C leeg laten\nanders:\n  - D leeg laten\n- A verplicht  vullen\n";
        assert_eq!(said(one), said(other));
    }

    #[test]
    fn what_is_otherwise_stays_with_its_condition() {
        let one = "als A = 1 dan:\n  - C leeg laten\nanders:\n  - D leeg laten\nals B = 1 dan:\n  - E leeg laten\n";
        let other = "als A = 1 dan:\n  - C leeg laten\nals B = 1 dan:\n  - E leeg laten\nanders:\n  - D leeg laten\n";
        assert_ne!(said(one), said(other));
    }

    #[test]
    fn what_stands_in_quotes_is_kept() {
        assert_eq!(
            words("- A  vullen  volgens patroon \"a # [b]  c\" # d"),
            "- A vullen volgens patroon \"a # [b]  c\""
        );
        assert_eq!(words("van A naar B  bij c [TR326, OP1]"), "van A naar B bij c");
        assert_eq!(words("A = (B ,C)"), "A = ( B , C )");
    }

    #[test]
    fn events_keep_their_order() {
        let [one, other] = ["gebeurtenis a: X\n", "gebeurtenis b: Y\n"];
        assert_ne!(said(&format!("{one}{other}")), said(&format!("{other}{one}")));
        let [one, other] = ["van a naar b bij c\n", "van a naar d bij e\n"];
        assert_eq!(said(&format!("{one}{other}")), said(&format!("{other}{one}")));
    }
}
