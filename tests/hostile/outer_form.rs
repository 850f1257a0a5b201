//! The same message in another outer form: findings differ in line and column, and in nothing else.

use std::fmt::Write;

use regelwerk::{
    Answer, Date, Finding, Lang, Message, NoReply, ReplyOptions, Report, Verdict, validate,
};

use crate::snapshot;

/// A piece of a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Piece<'m> {
    /// `<?xml …?>`
    Declaration(&'m str),
    /// A start tag without its brackets; with `/` at the end, an empty element.
    Start(&'m str),
    /// Name in an end tag.
    End(&'m str),
    /// All there is between a start tag and its end tag.
    Value(&'m str),
    /// Other text.
    Between(&'m str),
}

/// The pieces of a message that has no comments, CDATA sections, or `>` in attributes.
fn pieces(xml: &str) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    let mut rest = xml;
    while !rest.is_empty() {
        if let Some(tag) = rest.strip_prefix('<') {
            let (tag, after) = tag.split_once('>').unwrap();
            assert!(!tag.starts_with('!'), "{tag}");
            rest = after;
            pieces.push(match (tag.strip_prefix('/'), tag.starts_with('?')) {
                (Some(name), _) => Piece::End(name.trim_end()),
                (None, true) => Piece::Declaration(tag),
                (None, false) => Piece::Start(tag),
            });
        } else {
            let (text, after) = rest.split_at(rest.find('<').unwrap_or(rest.len()));
            rest = after;
            let is_in_one = matches!(pieces.last(), Some(Piece::Start(tag)) if !tag.ends_with('/'));
            let is_value = is_in_one && rest.starts_with("</");
            pieces.push(if is_value { Piece::Value(text) } else { Piece::Between(text) });
        }
    }
    pieces
}

/// Writes a piece as it was.
fn same(piece: Piece<'_>) -> String {
    match piece {
        Piece::Declaration(tag) | Piece::Start(tag) => format!("<{tag}>"),
        Piece::End(name) => format!("</{name}>"),
        Piece::Value(text) | Piece::Between(text) => text.to_owned(),
    }
}

fn rewrite<'m>(pieces: &[Piece<'m>], write: impl FnMut(Piece<'m>) -> String) -> String {
    pieces.iter().copied().map(write).collect()
}

/// Prefixes and their namespaces, as the root declares them.
fn prefixes<'m>(pieces: &[Piece<'m>]) -> Vec<(&'m str, &'m str)> {
    let root = pieces.iter().find_map(|piece| match piece {
        Piece::Start(tag) => Some(*tag),
        _ => None,
    });
    let declared = root.unwrap().split("xmlns:").skip(1).map(|declaration| {
        let (prefix, rest) = declaration.split_once('=').unwrap();
        (prefix, rest.split(['"', '\'']).nth(1).unwrap())
    });
    declared.collect()
}

/// Prefixes that nobody would think of.
fn other_prefixes(pieces: &[Piece<'_>]) -> String {
    let prefixes = prefixes(pieces);
    let renamed = |tag: &str| {
        prefixes.iter().enumerate().fold(tag.to_owned(), |tag, (number, (prefix, _))| {
            let other = format!("_é.{number}");
            let tag = tag.replace(&format!("xmlns:{prefix}="), &format!("xmlns:{other}="));
            match tag.strip_prefix(&format!("{prefix}:")) {
                Some(rest) => format!("{other}:{rest}"),
                None => tag,
            }
        })
    };
    rewrite(pieces, |piece| match piece {
        Piece::Start(tag) => format!("<{}>", renamed(tag)),
        Piece::End(name) => format!("</{}>", renamed(name)),
        other => same(other),
    })
}

/// No prefix anywhere: each element declares its own namespace.
fn default_namespaces(pieces: &[Piece<'_>]) -> String {
    let prefixes = prefixes(pieces);
    let split = |name: &str| match name.split_once(':') {
        Some((prefix, local)) => {
            let (_, uri) = prefixes.iter().find(|(known, _)| *known == prefix).unwrap();
            ((*uri).to_owned(), local.to_owned())
        }
        None => (String::new(), name.to_owned()),
    };
    rewrite(pieces, |piece| match piece {
        Piece::Start(tag) => {
            let (name, attributes) = tag.split_at(tag.find([' ', '/']).unwrap_or(tag.len()));
            let (uri, local) = split(name);
            format!("<{local} xmlns='{uri}'{attributes}>")
        }
        Piece::End(name) => format!("</{}>", split(name).1),
        other => same(other),
    })
}

/// Comments and processing instructions everywhere, also within values.
fn comments(pieces: &[Piece<'_>]) -> String {
    let comment = "<!-- <jw301:Bsn> & \"]]> -->";
    rewrite(pieces, |piece| match piece {
        Piece::Declaration(_) => same(piece),
        Piece::Value(text) => {
            let half = text.char_indices().nth(text.chars().count() / 2).map_or(0, |(at, _)| at);
            let (one, other) = if text.contains('&') { (text, "") } else { text.split_at(half) };
            format!("{comment}{one}{comment}<?doe 'iets' met=\"<dit>\"?>{other}{comment}")
        }
        other => format!("{comment}{}<?doe niets?>", same(other)),
    })
}

/// Values in CDATA sections: whole, or of each character its own.
fn cdata(pieces: &[Piece<'_>], is_split: bool) -> String {
    rewrite(pieces, |piece| match piece {
        Piece::Value(text) if !text.contains('&') && is_split => {
            let mut value = String::from("<![CDATA[]]>");
            for character in text.chars() {
                write!(value, "<![CDATA[{character}]]>").unwrap();
            }
            value
        }
        Piece::Value(text) if !text.contains('&') => format!("<![CDATA[{text}]]>"),
        other => same(other),
    })
}

/// Each character of a value by its number, in decimal and in hexadecimal by turns.
fn references(pieces: &[Piece<'_>]) -> String {
    rewrite(pieces, |piece| match piece {
        Piece::Value(text) if !text.contains('&') => {
            let by_number = |(at, character): (usize, char)| match (at % 2, u32::from(character)) {
                (0, code) => format!("&#{code};"),
                (_, code) => format!("&#x{code:04X};"),
            };
            text.chars().enumerate().map(by_number).collect()
        }
        other => same(other),
    })
}

/// White space between elements and within tags: as much as can be, or none.
fn white_space(pieces: &[Piece<'_>], is_wide: bool) -> String {
    let spread = |tag: &str| tag.replace(' ', "\r\n\t ").replace('=', " \n= ");
    rewrite(pieces, |piece| match piece {
        Piece::Start(tag) if is_wide => match tag.strip_suffix('/') {
            Some(tag) => format!("\n\t<{} />", spread(tag)),
            None => format!("\n\t<{}\r\n>", spread(tag)),
        },
        Piece::End(name) if is_wide => format!("</{name}\t>\r\n  "),
        Piece::Between(text) if text.trim().is_empty() => String::new(),
        other => same(other),
    })
}

/// No declaration, apostrophes for quotes, empty elements in the other way of writing.
fn other_markup(pieces: &[Piece<'_>]) -> String {
    let mut text = rewrite(pieces, |piece| match piece {
        Piece::Declaration(_) => String::new(),
        Piece::Start(tag) => match tag.strip_suffix('/') {
            Some(tag) => {
                let name = tag.split(' ').next().unwrap();
                format!("<{}></{name}>", tag.trim_end().replace('"', "'"))
            }
            None => format!("<{}>", tag.replace('"', "'")),
        },
        other => same(other),
    });
    for pair in pieces.windows(2) {
        if let [Piece::Start(tag), Piece::End(name)] = pair
            && !tag.ends_with('/')
        {
            let tag = tag.replace('"', "'");
            text = text.replace(&format!("<{tag}></{name}>"), &format!("<{tag}/>"));
        }
    }
    text.trim_start().to_owned()
}

/// What a report says, without what outer form may change.
fn essence(mut report: Report) -> String {
    for finding in &mut report.findings {
        let Finding { line, column, .. } = finding;
        (*line, *column) = (0, 0);
    }
    serde_json::to_string_pretty(&report.view(Lang::Nl, false)).unwrap()
}

/// The messages of this folder, and the base message of every message of every release.
fn messages() -> Vec<(String, String)> {
    let files = snapshot::inputs("messages", "xml").into_iter();
    let files =
        files.map(|path| (path.display().to_string(), std::fs::read_to_string(path).unwrap()));
    let releases = regelwerk::STANDARDS.iter().flat_map(|standard| standard.releases);
    let bases = releases.flat_map(|release| {
        let bases = release.messages.iter();
        bases.map(|one| (format!("{} {}", release.title, one.name), one.base.to_owned()))
    });
    files.chain(bases).collect()
}

/// The reply, with a name that does not follow from the bytes of the message.
fn answer(xml: &str) -> Result<Answer, NoReply> {
    let context = regelwerk::context();
    let message = Message::read(xml.as_bytes(), &context).unwrap();
    let options = ReplyOptions::new("R-1", Date::from_ymd(2026, 5, 1)).accept_unassessed(true);
    message.validate(&context).reply(&message, &options)
}

#[test]
fn outer_form_changes_no_verdict_and_no_reply() {
    let context = regelwerk::context().all_levels(true);
    let mut number = 0;
    for (name, xml) in messages() {
        let report = validate(xml.as_bytes(), &context);
        if report.verdict == Verdict::Unreadable {
            continue;
        }
        let expected = essence(report);
        number += 1;
        let pieces = pieces(&xml);
        assert_eq!(rewrite(&pieces, same), xml);
        let forms = [
            ("other prefixes", other_prefixes(&pieces)),
            ("default namespaces", default_namespaces(&pieces)),
            ("comments", comments(&pieces)),
            ("CDATA", cdata(&pieces, false)),
            ("CDATA by character", cdata(&pieces, true)),
            ("references", references(&pieces)),
            ("much white space", white_space(&pieces, true)),
            ("no white space", white_space(&pieces, false)),
            ("other markup", other_markup(&pieces)),
        ];
        for (form, text) in forms {
            assert_ne!(text, xml, "{form}: {name}");
            let found = essence(validate(text.as_bytes(), &context));
            assert_eq!(found, expected, "{form}: {name}\n{text}");
            assert_eq!(answer(&text), answer(&xml), "{form}: {name}\n{text}");
        }
    }
    assert!(number > 40, "{number}");
}
