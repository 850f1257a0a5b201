//! Conditions to the typed core.

use regelwerk_diag::{Diagnostic, Span};
use regelwerk_model::core::{self, Cond, Kind, Listed, Op, Value};
use regelwerk_model::dossier::List;
use regelwerk_syntax::ast::{self, Order, PathExpr, Spanned, Term, Word};

use crate::codes::{KIND, STRUCTURE, TOO_MUCH};
use crate::paths::{Reach, Scope};
use crate::ranges::select;
use crate::same;
use crate::sink::Sink;
use crate::terms::{beside, beside_all, of_kind, text_only, value};
use crate::types;

/// Lowers a condition; what is wrong in it is reported.
pub(crate) fn condition(cond: &ast::Cond, scope: &Scope<'_>, sink: &mut Sink) -> Option<Cond> {
    match cond {
        ast::Cond::Filled(term, is_filled) => {
            let filled = filled(term, scope, sink)?;
            Some(if *is_filled { filled } else { filled.negated() })
        }
        ast::Cond::Compare(left, op, right) => compare(left, op, right, scope, sink),
        ast::Cond::Same(left, right) => same::same(left, right, scope, sink),
        ast::Cond::OneOf(left, codes, is_in) => {
            let left = value(left, scope, sink)?;
            let codes = beside_all(codes, &left, scope, sink)?;
            let one_of = Cond::OneOf(left.value, codes);
            Some(if *is_in { one_of } else { one_of.negated() })
        }
        ast::Cond::OneOfList(left, name, is_in) => {
            let listed = in_list(left, name, scope, sink)?;
            Some(if *is_in { listed } else { listed.negated() })
        }
        ast::Cond::InTable(left, column, is_in) => {
            let listed = in_table(left, column, scope, sink)?;
            Some(if *is_in { listed } else { listed.negated() })
        }
        ast::Cond::Check(left, check) => {
            let left = value(left, scope, sink)?;
            Some(Cond::Check(text_only(left, check.span, sink)?, self::check(&check.value, sink)?))
        }
        ast::Cond::Overlap(paths) => overlap(paths, scope, sink),
        ast::Cond::Not(inner) => Some(condition(inner, scope, sink)?.negated()),
        ast::Cond::Junction(is_and, parts) => {
            // All parts are lowered before one that failed ends it, so that each is reported.
            let parts: Vec<_> = parts.iter().map(|part| condition(part, scope, sink)).collect();
            let parts = parts.into_iter().collect::<Option<_>>()?;
            Some(if *is_and { Cond::All(parts) } else { Cond::Any(parts) })
        }
        ast::Cond::Exists(is_some, range, inner) => {
            let (range, cond, _) = select(range, inner.as_deref(), scope, sink)?;
            let exists = Cond::Exists(range, Box::new(cond));
            Some(if *is_some { exists } else { exists.negated() })
        }
        ast::Cond::Every(range, inner) => {
            let (range, cond, _) = select(range, Some(inner), scope, sink)?;
            Some(Cond::Every(range, Box::new(cond)))
        }
        ast::Cond::Named(name, about) => named(name, about.as_ref(), scope, sink),
    }
}

/// What a block `voorwaarde` says, as if it stood here.
fn named(name: &Word, about: Option<&Word>, scope: &Scope<'_>, sink: &mut Sink) -> Option<Cond> {
    if scope.is_named() {
        nested(name, sink);
        return None;
    }
    if scope.book.is_full() {
        // Once is enough: every place after this one has the same.
        if scope.book.tells_full() {
            let title = "wat de voorwaarden met een naam zeggen, is met elke plaats erbij te lang";
            let help =
                "noem ze op minder plaatsen, of zeg ze korter; vanaf hier zijn ze niet nagekeken";
            sink.fault(TOO_MUCH, title, name.span, help);
        }
        return None;
    }
    let said = scope.words.condition(name, sink)?;
    let at = scope.book.condition(&name.value)?;
    let within = scope.about(name, about, sink)?;
    let cond = sink.used_at(name, |sink| condition(said, &within, sink))?;
    scope.book.write_out(&cond);
    let about = about.map(|about| about.value.clone());
    let named = core::Named { at, name: name.value.clone(), about };
    Some(Cond::Named(named, Box::new(cond)))
}

/// That a block `voorwaarde` uses another.
pub(crate) fn nested(name: &Word, sink: &mut Sink) {
    let title = "een voorwaarde noemt geen andere voorwaarde";
    let help = format!("schrijf uit wat `{}` zegt, of noem beide waar u ze gebruikt", name.value);
    sink.fault(STRUCTURE, title, name.span, help);
}

fn filled(term: &Term, scope: &Scope<'_>, sink: &mut Sink) -> Option<Cond> {
    match term {
        Term::Path(path) => Some(Cond::Filled(scope.resolve(path, Reach::Filled, sink)?.path)),
        other => {
            let title = "alleen een element is gevuld of leeg";
            sink.fault(
                KIND,
                title,
                other.span(),
                "vergelijk een waarde met `=`, `<>` of `een van`",
            );
            None
        }
    }
}

/// `staat in lijst L`.
fn in_list(left: &Term, name: &Word, scope: &Scope<'_>, sink: &mut Sink) -> Option<Cond> {
    let left = value(left, scope, sink)?;
    let (codes, span) = scope.words.codes(name, sink)?;
    let codes: Vec<_> = codes.iter().cloned().map(Term::Literal).collect();
    let values = beside_all(&codes, &left, scope, sink)?;
    let list = scope.book.list(List { column: None, values, span });
    Some(Cond::Listed(left.value, Listed { list, written: format!("lijst {}", name.value) }))
}

/// `staat in tabel T.kolom`. Rows of a table that may be supplied are not known beforehand.
fn in_table(
    left: &Term,
    column: &Spanned<(String, String)>,
    scope: &Scope<'_>,
    sink: &mut Sink,
) -> Option<Cond> {
    let left = value(left, scope, sink)?.value;
    let (table, name) = &column.value;
    let found = scope.words.column(column, scope.book.tables, sink)?;
    let left = of_kind(left, found.kind, column.span, sink)?;
    if !found.is_supplied {
        let written = format!("tabel {table}.{name}");
        let list = scope.book.list(List {
            column: Some(name.clone()),
            values: found.cells,
            span: found.span,
        });
        return Some(Cond::Listed(left, Listed { list, written }));
    }
    let word = Word { value: table.clone(), span: column.span };
    let source = scope.book.table(&word, &scope.words.tables, sink)?;
    let at = core::Path {
        origin: core::Origin::Bound(u8::try_from(scope.depth()).ok()?),
        param: None,
        steps: vec![name.clone()],
        written: name.clone(),
    };
    let rows = core::Rows { source, same_part: false, counts_void: false, written: table.clone() };
    let range = core::Range { over: core::Over::Rows(rows), name: None };
    let same = Cond::Compare(Op::Eq, Value::Path(at, found.kind), left);
    Some(Cond::Exists(range, Box::new(same)))
}

fn overlap(paths: &[PathExpr; 4], scope: &Scope<'_>, sink: &mut Sink) -> Option<Cond> {
    let mut dates = Vec::new();
    for path in paths {
        let reached = scope.resolve(path, Reach::Value, sink)?;
        if scope.kind(&reached, path, sink)? != Kind::Date {
            let title = format!("`{}` is geen datum", reached.path.written);
            let help = "een periode loopt van datum t/m datum";
            sink.fault(KIND, title, path.dotted.span, help);
            return None;
        }
        dates.push(reached.path);
    }
    Some(Cond::Overlap(Box::new(<[core::Path; 4]>::try_from(dates).ok()?)))
}

fn compare(
    left: &Term,
    op: &Spanned<ast::Op>,
    right: &Term,
    scope: &Scope<'_>,
    sink: &mut Sink,
) -> Option<Cond> {
    if is_literal(left) && !is_literal(right) {
        let right = value(right, scope, sink)?;
        let left = beside(left, &right, scope, sink)?;
        let op = operator(op.value, left.kind(), op.span, sink)?;
        return Some(Cond::Compare(op, left, right.value));
    }
    let left = value(left, scope, sink)?;
    let right = beside(right, &left, scope, sink)?;
    let op = operator(op.value, left.value.kind(), op.span, sink)?;
    Some(Cond::Compare(op, left.value, right))
}

fn is_literal(term: &Term) -> bool {
    matches!(term, Term::Literal(_))
}

/// The operator, when its words fit the kind of what is compared.
pub(crate) fn operator(op: ast::Op, kind: Kind, span: Span, sink: &mut Sink) -> Option<Op> {
    let (result, order) = match op {
        ast::Op::Eq => return Some(Op::Eq),
        ast::Op::Ne => return Some(Op::Ne),
        ast::Op::Ge(order) => (Op::Ge, order),
        ast::Op::Le(order) => (Op::Le, order),
        ast::Op::Gt(order) => (Op::Gt, order),
        ast::Op::Lt(order) => (Op::Lt, order),
    };
    let fits = match order {
        Order::Dates => matches!(kind, Kind::Date | Kind::Time),
        Order::Numbers => kind == Kind::Number,
    };
    if !fits {
        let title = format!("zo vergelijkt u geen {}", kind_name(kind));
        sink.push(
            Diagnostic::error(KIND, title, span)
                .help("datums: `na`, `voor`, `op of na`, `op of voor`; getallen: `groter dan`, `kleiner dan`, `minstens`, `hoogstens`; teksten en codes: `=` en `<>`"),
        );
    }
    fits.then_some(result)
}

pub(crate) fn kind_name(kind: Kind) -> &'static str {
    match kind {
        Kind::Text => "tekst of code",
        Kind::Number => "getal",
        Kind::Date => "datum",
        Kind::Time => "tijd",
    }
}

/// A check, when its pattern can be read.
pub(crate) fn check(check: &ast::Check, sink: &mut Sink) -> Option<core::Check> {
    match check {
        ast::Check::ElevenProof => Some(core::Check::ElevenProof),
        ast::Check::Pattern(pattern) => {
            types::check_pattern(pattern, sink).then(|| core::Check::Pattern(pattern.value.clone()))
        }
    }
}
