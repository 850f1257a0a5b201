//! What views, conditions, processes, facts, calendars and tables come to, and which messages a
//! protocol is about.

use regelwerk_diag::Span;
use regelwerk_model::core::{Kind, Value};
use regelwerk_model::{Calendar, Holiday, HolidayDay, Table};

use super::{Book, Home, canon};

pub(super) fn enter(home: Home<'_>, book: &mut Book) {
    let dossier = &home.standard.dossier;
    for view in dossier.views.iter().filter(|one| home.has(one.protocol.as_deref())) {
        clauses(home, &format!("beeld {}", view.name), &view.demands, view.span, book);
    }
    for one in dossier.conditions.iter().filter(|one| home.has(one.protocol.as_deref())) {
        clauses(home, &format!("voorwaarde {}", one.name), &one.demands, one.span, book);
    }
    for one in dossier.processes.iter().filter(|one| home.has(one.protocol.as_deref())) {
        clauses(home, &format!("proces {}", one.name), &one.demands, one.span, book);
    }
    for fact in dossier.facts.iter().filter(|one| home.has(one.protocol.as_deref())) {
        let kind = if fact.is_question { "vraag" } else { "feit" };
        let mut values = fact.values.clone();
        values.sort();
        book.enter(&format!("{kind} {}", fact.name), None, &values.join("\n"), Some(fact.span));
    }
    let tables = home.protocol.map_or(&home.standard.tables, |protocol| &protocol.tables);
    for table in tables.iter().filter(|table| !table.is_of_norms()) {
        book.enter(&format!("tabel {}", table.name), None, &sheet(table), Some(table.span));
    }
    match home.protocol {
        None => {
            for one in &dossier.calendars {
                book.enter(&format!("kalender {}", one.name), None, &days(one), Some(one.span));
            }
        }
        Some(protocol) => {
            let said = canon::text(&protocol.scope, home.sources);
            for release in &protocol.releases {
                let name = format!("protocol {}", protocol.name);
                book.enter(&name, Some(*release), &said, Some(protocol.span));
            }
        }
    }
}

fn clauses(home: Home<'_>, name: &str, demands: &[Span], at: Span, book: &mut Book) {
    book.enter(name, None, &canon::text(demands, home.sources), Some(at));
}

/// A value, in words that stay.
pub(super) fn value(value: &Value) -> String {
    match value {
        Value::Text(text) => format!("\"{text}\""),
        Value::Number(number) => number.to_string(),
        Value::Date(day) => day.format("%Y-%m-%d").to_string(),
        Value::Time(time) => time.format("%H:%M:%S").to_string(),
        // A list holds nothing else.
        _ => String::new(),
    }
}

fn sheet(table: &Table) -> String {
    let kinds = table.columns.iter().zip(&table.kinds).map(|(name, kind)| {
        let kind = match kind {
            Kind::Text => "tekst",
            Kind::Number => "getal",
            Kind::Date => "datum",
            Kind::Time => "tijd",
        };
        format!("{name} {kind}")
    });
    let key: Vec<_> = table.key.iter().map(ToString::to_string).collect();
    let valid = table.valid.as_ref().map_or_else(String::new, |columns| columns.join(" "));
    let supplied = table.supplied_as.as_deref().unwrap_or("-");
    let own = if table.has_own { "eigen" } else { "aangeleverd" };
    let rows = table.rows.iter().map(|row| row.join("\t") + "\n");
    format!(
        "{}\n{}\n{valid}\n{supplied} {own}\n{}",
        kinds.collect::<Vec<_>>().join(", "),
        key.join(" "),
        rows.collect::<String>(),
    )
}

/// Which days are no working days.
fn days(calendar: &Calendar) -> String {
    let mut weekend: Vec<_> =
        calendar.weekend.iter().map(|day| day.num_days_from_monday().to_string()).collect();
    weekend.sort();
    let mut holidays: Vec<_> = calendar.holidays.iter().map(holiday).collect();
    holidays.sort();
    format!("{}\n{}", weekend.join(" "), holidays.join("\n"))
}

fn holiday(holiday: &Holiday) -> String {
    let year = |year: Option<i32>| year.map_or("-".to_owned(), |year| year.to_string());
    let day = match holiday.day {
        HolidayDay::Easter(days) => format!("Pasen {days}"),
        HolidayDay::Fixed { month, day, moved } => {
            let moved = moved.map_or_else(String::new, |(weekday, days)| {
                format!(" op {} {days}", weekday.num_days_from_monday())
            });
            format!("{day}-{month}{moved}")
        }
    };
    format!("{day} {} {}", year(holiday.from), year(holiday.until))
}
