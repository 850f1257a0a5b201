//! Rows to blocks, and rows of a block to clauses, by indentation.

use pest::Parser;
use regelwerk_diag::{Diagnostic, SourceId, Span};

use crate::ast::{Block, BlockKind, Clause, File, Line, Word};
use crate::outline::{Row, rows, span};
use crate::table::{self, Form, Under};
use crate::{Grammar, Parse, Rule, codes, convert, explain, suggest};

/// The deepest indentation that is read; clauses nest by it, and reading them recurses.
pub(crate) const DEEPEST: usize = 100;

/// What a row with content is: the header of a block, a clause, or a row that continues it. Comments
/// and blank rows are nothing of their own.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Laid {
    /// The kind of its block.
    pub(crate) kind: BlockKind,
    /// How many clauses and headers it stands under; only a header stands under none.
    pub(crate) depth: usize,
    /// How its clause is read; a header has none.
    pub(crate) form: Option<Form>,
    /// Whether it starts its clause.
    pub(crate) is_first: bool,
}

/// Reads a whole file.
pub(crate) fn parse_file(source: SourceId, text: &str) -> Parse {
    read(source, text).0
}

/// Reads a whole file, and tells what each of its rows is, in order.
pub(crate) fn read(source: SourceId, text: &str) -> (Parse, Vec<Laid>) {
    let (laid, diagnostics) = (Vec::new(), Vec::new());
    let mut reader = Reader { source, text, depth: 0, laid, is_whole: true, diagnostics };
    let mut rows = rows(source, text);
    rows.retain(|row| {
        let deep = row.indent > DEEPEST && !row.content.value.is_empty();
        if deep {
            reader.report(too_far(row));
        }
        !deep
    });
    let mut rest = rows.as_slice();
    let mut blocks = Vec::new();
    let mut comments = Vec::new();
    while let Some((row, after)) = rest.split_first() {
        rest = after;
        if row.content.value.is_empty() {
            comments.extend(row.remark.clone());
        } else if row.indent > 0 {
            reader.report(stray(row));
        } else {
            let (body, next) = split_body(rest, 0);
            rest = next;
            blocks.extend(reader.block(row, body, std::mem::take(&mut comments)));
        }
    }
    let unseen = unseen(source, text);
    // What cannot be read because of such a sign is told once.
    let is_known = |one: &Diagnostic| unseen.iter().any(|sign| sign.label.span == one.label.span);
    reader.diagnostics.retain(|one| !is_known(one));
    reader.diagnostics.extend(unseen);
    let file = File { source, blocks, is_whole: reader.is_whole, comments };
    (Parse { file, diagnostics: reader.diagnostics }, reader.laid)
}

/// Signs that nobody can see, the first of each row: they come with copying, and change what a name
/// or a text is.
fn unseen(source: SourceId, text: &str) -> Vec<Diagnostic> {
    let mut start = 0;
    let mut found = Vec::new();
    for row in text.split_inclusive('\n') {
        let is_unseen = |(_, c): &(usize, char)| c.is_control() && !matches!(c, '\t' | '\n');
        if let Some((at, sign)) = row.char_indices().find(is_unseen) {
            let place = span(source, start + at, start + at + sign.len_utf8());
            let title =
                format!("hier staat een teken dat niet te zien is (U+{:04X})", u32::from(sign));
            found.push(
                Diagnostic::error(codes::UNREADABLE_CLAUSE, title, place)
                    .help("haal het weg; typ de regel zo nodig opnieuw"),
            );
        }
        start += row.len();
    }
    found
}

/// Rows that are blank or deeper than `indent`, and the rest. Blank rows before the rest stay with
/// it, so that a comment belongs to what follows.
fn split_body(rows: &[Row], indent: usize) -> (&[Row], &[Row]) {
    let deeper = |row: &Row| row.content.value.is_empty() || row.indent > indent;
    let end = rows.iter().position(|row| !deeper(row)).unwrap_or(rows.len());
    let (body, rest) = rows.split_at_checked(end).unwrap_or((rows, &[]));
    let blank = body.iter().rev().take_while(|row| row.content.value.is_empty()).count();
    rows.split_at_checked(body.len() - blank).unwrap_or((body, rest))
}

fn stray(row: &Row) -> Diagnostic {
    Diagnostic::error(codes::INDENTATION, "deze regel hoort bij geen blok", row.content.span)
        .help("een blok begint in de eerste kolom met zijn soort: regel, type, bericht, …")
}

fn too_far(row: &Row) -> Diagnostic {
    Diagnostic::error(codes::INDENTATION, "deze regel springt te ver in", row.content.span)
        .help(format!("spring hoogstens {DEEPEST} spaties in"))
}

struct Reader<'t> {
    source: SourceId,
    text: &'t str,
    /// How deep what is read stands.
    depth: usize,
    laid: Vec<Laid>,
    /// Every block could be read by its kind and its name.
    is_whole: bool,
    diagnostics: Vec<Diagnostic>,
}

impl<'t> Reader<'t> {
    fn report(&mut self, diagnostic: Diagnostic) {
        self.diagnostics.push(diagnostic);
    }

    fn lay(&mut self, kind: BlockKind, form: Option<Form>, is_first: bool) {
        self.laid.push(Laid { kind, depth: self.depth, form, is_first });
    }

    /// A block from its header row and the rows under it.
    fn block(&mut self, header: &Row, body: &[Row], comments: Vec<Word>) -> Option<Block> {
        let content = &header.content;
        let keyword = content.value.split_whitespace().next().unwrap_or("");
        let known = table::BLOCKS.iter().find(|(word, _)| *word == keyword);
        if known.is_none() {
            self.report(unknown_block(content, keyword));
        }
        let near = suggest::closest(keyword, table::BLOCKS.map(|(word, _)| word));
        let meant = table::BLOCKS.iter().find(|(word, _)| Some(*word) == near);
        let Some((_, kind)) = known.or(meant) else {
            self.is_whole = false;
            return None;
        };
        let pairs = self.pairs(Rule::clause_header, content.span);
        let head = pairs
            .and_then(|pairs| convert::header(self.source, content.span.start as usize, pairs));
        self.lay(*kind, None, true);
        // What is in the block is read all the same, so that its mistakes are told too.
        let lines = self.lines(*kind, body, header.indent);
        // And it has the name that stands there, so that nothing is told of what names it.
        let Some((id, title)) = head.or_else(|| Some((called(content)?, content.clone()))) else {
            self.is_whole = false;
            return None;
        };
        let last = body.iter().rev().find(|row| !row.content.value.is_empty());
        let span = last.map_or(content.span, |row| content.span.to(row.content.span));
        Some(Block { kind: *kind, id, title, lines, comments, remark: header.remark.clone(), span })
    }

    /// The clauses in `rows`, which are deeper than `outer`.
    fn lines(&mut self, kind: BlockKind, rows: &[Row], outer: usize) -> Vec<Line> {
        let first = rows.iter().find(|row| !row.content.value.is_empty());
        let indent = first.map_or(outer, |row| row.indent);
        let mut lines = Vec::new();
        let mut comments = Vec::new();
        let mut rest = rows;
        self.depth += 1;
        while let Some((row, after)) = rest.split_first() {
            rest = after;
            if row.content.value.is_empty() {
                comments.extend(row.remark.clone());
                continue;
            }
            self.check_indent(row, indent);
            let (under, next) = split_body(rest, row.indent.min(indent));
            rest = next;
            lines.push(self.line(kind, row, under, std::mem::take(&mut comments)));
        }
        self.depth -= 1;
        lines
    }

    fn check_indent(&mut self, row: &Row, indent: usize) {
        if row.tab {
            let title = "een tab in de inspringing";
            let tab = Diagnostic::error(codes::INDENTATION, title, row.content.span);
            self.report(tab.help("spring in met spaties, twee per niveau"));
        } else if row.indent != indent {
            let title = "deze inspringing hoort bij geen regel erboven";
            let odd = Diagnostic::error(codes::INDENTATION, title, row.content.span);
            self.report(odd.help(format!("laat deze regel beginnen na {indent} spaties")));
        }
    }

    /// One clause with what is under it.
    fn line(&mut self, kind: BlockKind, row: &Row, under: &[Row], comments: Vec<Word>) -> Line {
        let form = self.form(kind, &row.content);
        let own = own_rows(form, row, under);
        let own = self.without_clauses(kind, form, own, under);
        let (own, body) = under.split_at_checked(own).unwrap_or((under, &[]));
        self.lay(kind, form, true);
        for _ in own.iter().filter(|row| !row.content.value.is_empty()) {
            self.lay(kind, form, false);
        }
        let last = own.iter().rev().find(|row| !row.content.value.is_empty());
        let span = last.map_or(row.content.span, |last| row.content.span.to(last.content.span));
        let clause = form.and_then(|form| match form.rule {
            Rule::clause_text => self.text(form, row, own, span),
            _ => self.clause(form, span),
        });
        let clause = clause.unwrap_or(Clause::Invalid);
        let clause = match (form.map(|form| form.rule), clause) {
            (Some(Rule::clause_if), Clause::Invalid) => Clause::If(None),
            (_, clause) => clause,
        };
        let remarks = std::iter::once(row).chain(own).filter_map(|row| row.remark.clone());
        let remarks = remarks.collect();
        Line { clause, span, body: self.lines(kind, body, row.indent), comments, remarks }
    }

    /// A row that continues a clause but starts with the keyword of another is a clause that is
    /// indented too far. Free text may start with any word.
    fn without_clauses(
        &mut self,
        kind: BlockKind,
        form: Option<Form>,
        own: usize,
        under: &[Row],
    ) -> usize {
        let is_free = |form: Form| matches!(form.rule, Rule::clause_text | Rule::clause_waiver);
        if form.is_none_or(is_free) {
            return own;
        }
        let starts = |row: &Row| table::find(kind, &row.content.value).is_some();
        let Some(at) = under.iter().take(own).position(starts) else { return own };
        if let Some(row) = under.get(at) {
            let title = "deze regel springt verder in dan de regel erboven en zet die zo voort";
            let far = Diagnostic::error(codes::INDENTATION, title, row.content.span);
            self.report(far.help("laat hem op gelijke hoogte beginnen"));
        }
        at
    }

    /// How to read a row, or why it cannot be read.
    fn form(&mut self, kind: BlockKind, content: &Word) -> Option<Form> {
        let text = content.value.as_str();
        let form = if text.starts_with('-') { table::item(kind) } else { table::find(kind, text) };
        if form.is_some() {
            return form;
        }
        let row = table::row(kind).filter(|_| !text.starts_with('-') && !table::exists(text));
        if row.is_none() {
            self.report(unknown_clause(kind, content));
        }
        row
    }

    /// Free text over its rows, without the comments at their ends.
    fn text(&mut self, form: Form, row: &Row, own: &[Row], span: Span) -> Option<Clause> {
        let first = row.content.value.strip_prefix(form.keyword)?;
        let rows = own.iter().map(|row| row.content.value.as_str());
        let words: Vec<_> =
            std::iter::once(first).chain(rows).flat_map(str::split_whitespace).collect();
        if words.is_empty() {
            return self.clause(form, span);
        }
        let start =
            span.start + u32::try_from(row.content.value.len() - first.trim_start().len()).ok()?;
        Some(convert::text_clause(
            form.keyword,
            Word { value: words.join(" "), span: Span { start, ..span } },
        ))
    }

    fn clause(&mut self, form: Form, span: Span) -> Option<Clause> {
        let start = span.start + u32::try_from(skipped(form).len()).unwrap_or(0);
        let place = Span { start, ..span };
        let pairs = self.pairs(form.rule, place)?;
        let mut converter = convert::Converter::new(self.source, place.start as usize);
        let clause = converter.clause(form, pairs);
        self.diagnostics.append(&mut converter.diagnostics);
        clause
    }

    fn pairs(&mut self, rule: Rule, place: Span) -> Option<pest::iterators::Pairs<'t, Rule>> {
        let text = self.text.get(place.start as usize..place.end as usize).unwrap_or("");
        if let Some(deep) = too_deep(self.source, place, text).filter(|_| nests(rule)) {
            self.diagnostics.push(deep);
            return None;
        }
        match Grammar::parse(rule, text) {
            Ok(pairs) => Some(pairs),
            Err(error) => {
                let base = place.start as usize;
                self.diagnostics.push(explain::diagnose(rule, &error, text, self.source, base));
                None
            }
        }
    }
}

/// How many rows under a clause are still the clause itself.
fn own_rows(form: Option<Form>, row: &Row, under: &[Row]) -> usize {
    let ends = |row: &Row| row.content.value.ends_with("dan:");
    match form {
        Some(form) if form.rule == Rule::clause_if => match ends(row) {
            true => 0,
            false => {
                let starts = |row: &&Row| !starts_clause(&row.content.value);
                let rest = under.iter().take_while(starts).position(ends);
                rest.map_or(0, |at| at + 1)
            }
        },
        Some(form) if form.rule == Rule::item_element => {
            let nested = |row: &Row| row.content.value.starts_with('-');
            under.iter().position(nested).unwrap_or(under.len())
        }
        Some(form) if form.rule == Rule::clause_places => {
            let starts = |row: &Row| starts_clause(&row.content.value);
            under.iter().position(starts).unwrap_or(under.len())
        }
        Some(form) if form.rule == Rule::clause_moment => {
            let expects = |row: &Row| row.content.value.starts_with("verwacht");
            under.iter().position(expects).unwrap_or(under.len())
        }
        Some(form) if form.under == Under::Clauses => 0,
        _ => under.len(),
    }
}

/// Whether a row is a clause of a rule, and so no continuation of a condition.
fn starts_clause(content: &str) -> bool {
    content.starts_with("- ") || table::find(BlockKind::Rule, content).is_some()
}

/// The part of a clause that the grammar does not read again: its keyword, but not the dash.
pub(crate) fn skipped(form: Form) -> &'static str {
    if form.keyword == "-" { "" } else { form.keyword }
}

/// Whether a rule of the grammar reads a condition or a term, in which things nest.
pub(crate) fn nests(rule: Rule) -> bool {
    matches!(
        rule,
        Rule::clause_if
            | Rule::clause_must
            | Rule::item_requirement
            | Rule::clause_recognition
            | Rule::clause_bind
            | Rule::clause_must_at
            | Rule::clause_let
            | Rule::clause_provided
            | Rule::clause_event
            | Rule::clause_begins
            | Rule::clause_due
            | Rule::clause_ends
    )
}

/// The grammar recurses in parentheses and `niet`; a text that nests them past all sense is not
/// handed to it.
fn too_deep(source: SourceId, place: Span, text: &str) -> Option<Diagnostic> {
    const LIMIT: usize = 24;
    (nesting(text) > LIMIT).then(|| {
        let place = span(source, place.start as usize, place.end as usize);
        Diagnostic::error(codes::TOO_DEEP, "deze regel is te ingewikkeld om te lezen", place).help(
            format!("gebruik samen hoogstens {LIMIT} haakjes, `niet`, `er is`, `aantal` en `som` in elkaar"),
        )
    })
}

/// How deep a text goes at the most: an open parenthesis counts until it is closed, and so does
/// every word after which something nests.
fn nesting(text: &str) -> usize {
    const NEST: [&str; 10] =
        ["niet", "er", "elke", "aantal", "som", "dag", "maand", "jaar", "eerste", "laatste"];
    let (mut deep, mut deepest) = (0, 0);
    let mut open = Vec::new();
    for piece in text.split_inclusive(|c: char| !c.is_alphanumeric()) {
        let word = piece.trim_end_matches(|c: char| !c.is_alphanumeric());
        deep += usize::from(NEST.contains(&word));
        if piece.ends_with('(') {
            open.push(deep);
            deep += 1;
        } else if piece.ends_with(')') {
            deep = open.pop().unwrap_or(deep);
        }
        deepest = deepest.max(deep);
    }
    deepest
}

/// What a block is called of which the header cannot be read as a whole: its second word, if that
/// can be a name.
fn called(header: &Word) -> Option<Word> {
    let text = header.value.as_str();
    let mut words = text.split_whitespace();
    let (kind, word) = (words.next()?, words.next()?);
    let behind = text.find(kind)? + kind.len();
    let at = header.span.start as usize + behind + text.get(behind..)?.find(word)?;
    let is_name = Grammar::parse(Rule::identity, word).is_ok_and(|read| read.as_str() == word);
    let place = span(header.span.source, at, at + word.len());
    is_name.then(|| Word { value: word.to_owned(), span: place })
}

fn unknown_block(content: &Word, keyword: &str) -> Diagnostic {
    let words = table::BLOCKS.map(|(word, _)| word);
    let text = content.value.as_str();
    // White space that is no blank may precede it.
    let start = content.span.start as usize + text.len() - text.trim_start().len();
    let place = span(content.span.source, start, start + keyword.len());
    let title = format!("`{keyword}` is geen soort blok");
    Diagnostic::error(codes::UNKNOWN_BLOCK, title, place).help(did_you_mean(keyword, &words))
}

fn unknown_clause(kind: BlockKind, content: &Word) -> Diagnostic {
    let text = content.value.as_str();
    let words: Vec<_> = table::keywords(kind).collect();
    let head = head(text, &words);
    let start = content.span.start as usize;
    let place = span(content.span.source, start, start + head.len());
    if table::exists(text) || text.starts_with('-') {
        let title = format!("`{head}` hoort niet in dit soort blok");
        return Diagnostic::error(codes::MISPLACED_CLAUSE, title, place)
            .help(format!("hier kan staan: {}", words.join(" ")));
    }
    let title = format!("`{head}` is geen onderdeel van een blok");
    let help = match suggest::closest(head, words.iter().copied()) {
        None if table::item(kind).is_some() && head.starts_with(char::is_uppercase) => {
            "een regel over een element begint met `- `".to_owned()
        }
        _ => did_you_mean(head, &words),
    };
    Diagnostic::error(codes::UNKNOWN_CLAUSE, title, place).help(help)
}

/// What was meant as the keyword of a row: up to its colon when that is near a keyword, or else
/// the first word.
fn head<'t>(text: &'t str, keywords: &[&str]) -> &'t str {
    let first = text.split(' ').next().unwrap_or(text);
    let whole = text.split_inclusive(':').next().unwrap_or(text);
    let is_near = suggest::closest(whole, keywords.iter().copied()).is_some();
    if whole.ends_with(':') && is_near { whole } else { first }
}

fn did_you_mean(word: &str, words: &[&str]) -> String {
    match suggest::closest(word, words.iter().copied()) {
        Some(near) => format!("bedoelde u `{near}`?"),
        None => format!("hier kan staan: {}", words.join(" ")),
    }
}
