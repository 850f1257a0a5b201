//! What quantifiers range over, to the typed core, with the scope within them.

use regelwerk_diag::{Diagnostic, Span};
use regelwerk_model::core::{self, Cond, RowSource, Rows};
use regelwerk_syntax::ast::{self, Dotted, Over, PathExpr, Range, RowElement, Step, Word};

use crate::codes::{PARAMETER, STRUCTURE, TOO_MUCH, UNKNOWN_ELEMENT, UNKNOWN_LIST};
use crate::condition::condition;
use crate::paths::{Items, Of, Reach, Scope};
use crate::sink::Sink;

/// More binders than any condition has.
const MOST_BINDERS: usize = 100;

/// A range and the scope within it.
pub(crate) fn range<'a>(
    range: &Range,
    scope: &Scope<'a>,
    sink: &mut Sink,
) -> Option<(core::Range, Scope<'a>)> {
    if scope.depth() >= MOST_BINDERS {
        let title = format!("er zijn hier meer dan {MOST_BINDERS} rijen en namen tegelijk");
        sink.fault(TOO_MUCH, title, range.span, "verdeel dit over meer eisen of regels");
        return None;
    }
    if let Some(name) = &range.name {
        check_name(name, scope, sink)?;
    }
    match &range.over {
        Over::Path(path) => elements(range, path, scope, sink),
        Over::Other { element, within } => others(range, element, within, scope, sink),
        Over::Earlier(of) => {
            let source = RowSource::Earlier(scope.book.earlier(of, sink)?);
            rows(range, source, written(of), None, scope, sink)
        }
        Over::Later(of) => {
            check_ahead(range, scope, sink)?;
            let source = RowSource::Later(scope.book.earlier(of, sink)?);
            rows(range, source, written(of), None, scope, sink)
        }
        Over::RowIn(name) => {
            let source = scope.book.table(name, &scope.words.tables, sink)?;
            rows(range, source, name.value.clone(), Some(name), scope, sink)
        }
        Over::Named(name) => match scope.book.named(&name.value) {
            Some(source) => rows(range, source, name.value.clone(), Some(name), scope, sink),
            None if scope.is_taken(&name.value) => elements(range, &path_of(name), scope, sink),
            None => {
                let known = scope.book.names();
                let what = "beeld, feit of vraag";
                sink.unknown(UNKNOWN_LIST, what, name, known.iter().map(String::as_str));
                None
            }
        },
    }
}

/// `JW301 / ToegewezenProduct`
fn written(of: &RowElement) -> String {
    let names: Vec<_> = of.element.steps.iter().map(|step| step.name.value.as_str()).collect();
    format!("{} / {}", of.message.value, names.join("."))
}

/// Who judges a message cannot look ahead, nor what follows from messages that were; only a term can.
fn check_ahead(range: &Range, scope: &Scope<'_>, sink: &mut Sink) -> Option<()> {
    if scope.looks_ahead() {
        return Some(());
    }
    sink.push(
        Diagnostic::error(STRUCTURE, "`later` kan alleen in een termijn", range.span)
            .help("al het andere kent alleen wat er eerder was: schrijf `eerder`"),
    );
    None
}

/// A range with what its elements or rows must be, and the scope within it.
pub(crate) fn select<'a>(
    over: &Range,
    cond: Option<&ast::Cond>,
    scope: &Scope<'a>,
    sink: &mut Sink,
) -> Option<(core::Range, Cond, Scope<'a>)> {
    let (range, within) = range(over, scope, sink)?;
    let valid = match over.valid_on.as_deref() {
        Some(day) => Some(valid_on(day, over, &range, scope, sink)?),
        None => None,
    };
    let cond = match (cond.cloned(), valid) {
        (Some(cond), Some(valid)) => Some(ast::Cond::Junction(true, vec![cond, valid])),
        (cond, valid) => cond.or(valid),
    };
    let cond = match cond {
        Some(cond) => condition(&cond, &within, sink)?,
        None => Cond::True,
    };
    Some((range, cond, within))
}

/// `geldig op D`: a row holds on that day, as its table says by `geldig:`.
fn valid_on(
    day: &ast::Term,
    over: &Range,
    range: &core::Range,
    scope: &Scope<'_>,
    sink: &mut Sink,
) -> Option<ast::Cond> {
    let span = over.span;
    let validity = match &range.over {
        core::Over::Rows(rows) => scope.book.validity(rows.source),
        _ => None,
    };
    let Some([from, until]) = validity else {
        sink.push(
            Diagnostic::error(STRUCTURE, "hiervan is niet bekend wanneer een rij geldt", span)
                .help("`geldig op` hoort bij een tabel met `geldig: KOLOM t/m KOLOM`"),
        );
        return None;
    };
    let column = |name: &str| {
        let name = Word { value: name.to_owned(), span };
        ast::Term::Path(path_of(&name))
    };
    let open_or = |name: &str, op| {
        let empty = ast::Cond::Filled(column(name), false);
        let op = ast::Spanned { value: op, span };
        let compared = ast::Cond::Compare(Box::new(column(name)), op, Box::new(day.clone()));
        ast::Cond::Junction(false, vec![empty, compared])
    };
    let from = open_or(&from, ast::Op::Le(ast::Order::Dates));
    let until = open_or(&until, ast::Op::Ge(ast::Order::Dates));
    Some(ast::Cond::Junction(true, vec![from, until]))
}

/// `bij:` a row with what it must be, and the scope in which it is bound.
pub(crate) fn bind<'a>(
    over: &Range,
    cond: Option<&ast::Cond>,
    scope: &Scope<'a>,
    sink: &mut Sink,
) -> Option<(core::Range, Cond, Scope<'a>)> {
    if matches!(over.over, Over::Earlier(_)) && over.name.is_none() {
        sink.push(
            Diagnostic::error(PARAMETER, "deze rij heeft geen naam", over.span)
                .help("schrijf er `genaamd oud` achter, of een andere naam in kleine letters"),
        );
        return None;
    }
    let (range, cond, within) = select(over, cond, scope, sink)?;
    if !matches!(range.over, core::Over::Rows(_)) {
        sink.push(
            Diagnostic::error(STRUCTURE, "`bij:` noemt een rij", over.span).help(
                "een beeld, `eerder BERICHT / Element genaamd …`, `rij in TABEL` of een feit",
            ),
        );
        return None;
    }
    Some((range, cond, scope.keeping(within)))
}

/// A name that means something else already would hide it.
pub(crate) fn check_name(name: &Word, scope: &Scope<'_>, sink: &mut Sink) -> Option<()> {
    if !scope.is_taken(&name.value) && !scope.book.is_reserved(&name.value) {
        return Some(());
    }
    let title = format!("de naam `{}` is hier al in gebruik", name.value);
    sink.push(Diagnostic::error(PARAMETER, title, name.span).help("kies een andere naam"));
    None
}

fn rows<'a>(
    range: &Range,
    source: RowSource,
    written: String,
    own: Option<&Word>,
    scope: &Scope<'a>,
    sink: &mut Sink,
) -> Option<(core::Range, Scope<'a>)> {
    if let Some(span) = range.same_part {
        scope.book.check_part(source, span, sink)?;
        check_own_part(scope, span, sink)?;
    }
    check_filed(source, range.span, scope, sink)?;
    let name = range.name.as_ref().or(own);
    if let Some(own) = own.filter(|own| range.name.is_none() && scope.is_taken(&own.value)) {
        let title = format!("de naam `{}` is hier al in gebruik", own.value);
        sink.push(
            Diagnostic::error(PARAMETER, title, own.span)
                .help(format!("geef deze rij een andere naam: `{} genaamd …`", own.value)),
        );
        return None;
    }
    let over = core::Over::Rows(Rows {
        source,
        same_part: range.same_part.is_some(),
        counts_void: range.counts_void.is_some(),
        written,
    });
    let within = scope.within_row(source, name.map(|name| name.value.clone()));
    Some((core::Range { over, name: called(range) }, within))
}

/// Earlier messages are those between the parties of the message judged: it must tell them.
fn check_filed(source: RowSource, span: Span, scope: &Scope<'_>, sink: &mut Sink) -> Option<()> {
    if matches!(source, RowSource::Table(_) | RowSource::Fact(_)) {
        return Some(());
    }
    let messages = scope.spots.list.iter().filter_map(|spot| scope.message(spot));
    let missing = messages.into_iter().find(|message| !scope.book.is_filed(&message.name));
    let Some(message) = missing else { return Some(()) };
    let title = format!("{} zegt niet tussen welke partijen het gaat", message.name);
    sink.push(
        Diagnostic::error(STRUCTURE, title, span)
            .help("`partijen:` in het blok `dossier` zegt waar ze staan; dit bericht heeft die elementen niet"),
    );
    None
}

/// `van deze cliënt` where it cannot be told which client that is.
fn check_own_part(scope: &Scope<'_>, span: Span, sink: &mut Sink) -> Option<()> {
    if scope.is_about_another() {
        let title = "de cliënt hier is die van dit element, en waar de voorwaarde voor geldt kan er een van een ander zijn";
        let help =
            "schrijf deze voorwaarde uit waar u haar gebruikt, of gebruik haar zonder `voor`";
        sink.fault(STRUCTURE, title, span, help);
        return None;
    }
    let places = scope.spots.list.iter().map(|spot| spot.place(spot.node));
    let has_part = match scope.own_row() {
        Some(source) => scope.book.has_part(source),
        None => places.into_iter().all(|place| scope.book.is_in_part(place)),
    };
    if has_part {
        return Some(());
    }
    let title = "niet te zeggen is welke cliënt hier is bedoeld";
    sink.push(
        Diagnostic::error(STRUCTURE, title, span)
            .help("`deel:` in het blok `dossier` zegt waaraan een cliënt te zien is; beoordeel de regel bij een element van één cliënt, of laat dit weg"),
    );
    None
}

fn elements<'a>(
    range: &Range,
    path: &PathExpr,
    scope: &Scope<'a>,
    sink: &mut Sink,
) -> Option<(core::Range, Scope<'a>)> {
    no_part(range, sink)?;
    let reached = scope.resolve(path, Reach::Several, sink)?;
    let Of::Nodes(nodes) = reached.of else { return None };
    let over = core::Over::Path(reached.path);
    let within = scope.within(Items { nodes, are_alike: false }, called(range));
    Some((core::Range { over, name: called(range) }, within))
}

/// `ander X binnen Y`: X must be the element that the rule is judged at.
fn others<'a>(
    range: &Range,
    element: &Word,
    within: &Word,
    scope: &Scope<'a>,
    sink: &mut Sink,
) -> Option<(core::Range, Scope<'a>)> {
    no_part(range, sink)?;
    if scope.is_row() {
        sink.push(
            Diagnostic::error(
                STRUCTURE,
                "`ander` kan hier niet: er wordt geen bericht beoordeeld",
                element.span,
            )
            .help(
                "zoek andere rijen op met `eerder BERICHT / Element` en zeg waarin ze verschillen",
            ),
        );
        return None;
    }
    if !scope.is_of_judged() {
        let title = "`ander` hoort bij het element van de regel, en daar gaat dit niet over";
        let help = "schrijf dit uit waar het nodig is, of laat het weg";
        sink.fault(STRUCTURE, title, element.span, help);
        return None;
    }
    for spot in &scope.spots.list {
        let name = scope.message(spot)?.name(spot.node);
        if name != element.value {
            sink.unknown(UNKNOWN_ELEMENT, "element van deze regel", element, [name]);
            return None;
        }
    }
    let within = scope.check_within(within, sink)?;
    let nodes = scope.spots.list.iter().map(|spot| vec![spot.node]).collect();
    let over = core::Over::Other { element: element.value.clone(), within };
    let inner = scope.within(Items { nodes, are_alike: true }, called(range));
    Some((core::Range { over, name: called(range) }, inner))
}

/// `van deze cliënt` is said of rows.
fn no_part(range: &Range, sink: &mut Sink) -> Option<()> {
    let Some(span) = range.same_part.or(range.counts_void) else { return Some(()) };
    let title = "`van deze cliënt` en `ook bij afkeur` horen bij eerdere berichten";
    sink.push(
        Diagnostic::error(STRUCTURE, title, span)
            .help("elementen van het bericht zelf noemt u met hun pad; laat dit weg"),
    );
    None
}

fn called(range: &Range) -> Option<String> {
    range.name.as_ref().map(|name| name.value.clone())
}

fn path_of(name: &Word) -> PathExpr {
    let steps = vec![Step { name: name.clone(), index: None }];
    PathExpr { this: false, dotted: Dotted { steps, span: name.span } }
}
