//! Calendars: holidays that can be, and days off that leave a day to work.

use chrono::Weekday;
use regelwerk_diag::Diagnostic;
use regelwerk_model::{Calendar, DayCount, Holiday, HolidayDay};
use regelwerk_syntax::ast::{self, Block, BlockKind, CalendarClause, Clause, Spanned};

use crate::codes::{BAD_CALENDAR, DUPLICATE, REPEATED_CLAUSE, UNTESTED};
use crate::collect::{Declarations, has_invalid, required, sources, texts};
use crate::sink::Sink;

/// Working days that can be counted at the most, some four years of them.
pub(crate) const MOST_DAYS: u64 = 1_000;

/// How far from Easter a holiday can be: from here to there it is in the same year.
const NEAR_EASTER: std::ops::RangeInclusive<i64> = -80..=240;

/// The calendars of a standard, in order of name.
pub(crate) fn calendars(declarations: &Declarations<'_>, sink: &mut Sink) -> Vec<Calendar> {
    let blocks = declarations.of(BlockKind::Calendar);
    blocks.filter_map(|block| calendar(block, sink)).collect()
}

/// A protocol has none of its own: it counts the days of its standard.
pub(crate) fn refuse(declarations: &Declarations<'_>, sink: &mut Sink) {
    for block in declarations.of(BlockKind::Calendar) {
        let title = "een kalender hoort bij een standaard, niet bij een protocol";
        sink.push(
            Diagnostic::error(BAD_CALENDAR, title, block.id.span)
                .help("zet hem in een bestand in de map van de standaard"),
        );
    }
}

fn calendar(block: &Block, sink: &mut Sink) -> Option<Calendar> {
    let days = required(block, "weekend:", sink, |clause| match clause {
        Clause::Calendar(CalendarClause::Weekend(days)) => Some(days),
        _ => None,
    });
    let mut holidays: Vec<Holiday> = Vec::new();
    let mut examples = Vec::new();
    for line in &block.lines {
        match &line.clause {
            Clause::Calendar(CalendarClause::Holiday(written)) => {
                let found = holiday(written, sink);
                check_twice(written, found.as_ref(), &holidays, sink);
                holidays.extend(found);
            }
            Clause::Calendar(CalendarClause::Example(written)) => {
                let days = &written.working_days;
                let working_days = number_of_days(days, sink);
                let (from, to) = (written.from.value, written.to.value);
                examples.extend(working_days.map(|working_days| DayCount {
                    from,
                    working_days,
                    to,
                    span: line.span,
                }));
            }
            _ => {}
        }
    }
    untested(block, sink);
    Some(Calendar {
        name: block.id.value.clone(),
        title: block.title.value.clone(),
        sources: sources(block),
        readings: texts(&block.lines, |clause| match clause {
            Clause::Reading(text) => Some(text),
            _ => None,
        }),
        weekend: weekend(days?, sink)?,
        holidays,
        examples,
        span: block.span,
    })
}

/// How many days are counted, if they can be.
pub(crate) fn number_of_days(written: &Spanned<u64>, sink: &mut Sink) -> Option<u16> {
    let number = u16::try_from(written.value).ok();
    let number = number.filter(|_| (1..=MOST_DAYS).contains(&written.value));
    if number.is_none() {
        let title = format!("{} is geen aantal dat hier kan", written.value);
        sink.push(
            Diagnostic::error(BAD_CALENDAR, title, written.span)
                .help(format!("tel er minstens 1 en hoogstens {MOST_DAYS}")),
        );
    }
    number
}

fn weekend(written: &[Spanned<Weekday>], sink: &mut Sink) -> Option<Vec<Weekday>> {
    let mut days: Vec<Weekday> = Vec::new();
    for day in written {
        if days.contains(&day.value) {
            sink.push(
                Diagnostic::error(REPEATED_CLAUSE, "deze dag staat er twee keer", day.span)
                    .help("laat er een weg"),
            );
        } else {
            days.push(day.value);
        }
    }
    if let Some(last) = written.last().filter(|_| days.len() == 7) {
        let title = "zo is er geen werkdag meer";
        sink.push(
            Diagnostic::error(BAD_CALENDAR, title, last.span)
                .help("noem hoogstens zes dagen van de week"),
        );
        return None;
    }
    Some(days)
}

fn holiday(written: &ast::Holiday, sink: &mut Sink) -> Option<Holiday> {
    let moved = once(&written.moved, sink);
    let (from, until) = once(&written.years, sink).map_or((None, None), |years| years.value);
    if let Some(years) = written.years.first().filter(|_| from > until && until.is_some()) {
        let title = "deze feestdag houdt op voor hij begint";
        sink.error(BAD_CALENDAR, title, years.span);
    }
    let texts = |all: &[ast::Word]| all.iter().map(|text| text.value.clone()).collect();
    Some(Holiday {
        name: written.name.value.clone(),
        day: day(&written.day, moved, sink)?,
        from,
        until,
        sources: texts(&written.sources),
        readings: texts(&written.readings),
    })
}

fn once<'a, T>(all: &'a [Spanned<T>], sink: &mut Sink) -> Option<&'a Spanned<T>> {
    if let Some(second) = all.get(1) {
        sink.push(
            Diagnostic::error(REPEATED_CLAUSE, "dit staat er twee keer", second.span)
                .help("laat er een weg"),
        );
    }
    all.first()
}

fn day(
    written: &Spanned<ast::HolidayDay>,
    moved: Option<&Spanned<ast::Moved>>,
    sink: &mut Sink,
) -> Option<HolidayDay> {
    match written.value {
        ast::HolidayDay::Easter(days) => {
            if let Some(moved) = moved {
                let title = "een dag bij Pasen verschuift niet";
                sink.error(BAD_CALENDAR, title, moved.span);
            }
            let near = i32::try_from(days).ok().filter(|_| NEAR_EASTER.contains(&days));
            if near.is_none() {
                let (first, last) = (-NEAR_EASTER.start(), NEAR_EASTER.end());
                sink.push(
                    Diagnostic::error(BAD_CALENDAR, "dit is te ver van Pasen", written.span)
                        .help(format!("hoogstens {first} dagen ervoor of {last} dagen erna")),
                );
            }
            near.map(HolidayDay::Easter)
        }
        ast::HolidayDay::Fixed(month, of_month) => {
            // 2024 has every day that a year can have.
            let day = u8::try_from(of_month).unwrap_or(u8::MAX);
            let exists = chrono::NaiveDate::from_ymd_opt(2024, month.into(), day.into()).is_some();
            if !exists {
                sink.error(BAD_CALENDAR, "deze dag bestaat niet", written.span);
            }
            let moved = moved.and_then(|moved| self::moved(moved, sink));
            exists.then_some(HolidayDay::Fixed { month, day, moved })
        }
    }
}

/// A holiday moves within a week, or it would come on the same day of the week again.
fn moved(written: &Spanned<ast::Moved>, sink: &mut Sink) -> Option<(Weekday, i32)> {
    let ast::Moved { weekday, by } = written.value;
    let by = i32::try_from(by).ok().filter(|by| (1..=6).contains(&by.abs()));
    if by.is_none() {
        let title = "een feestdag verschuift 1 tot 6 dagen";
        sink.error(BAD_CALENDAR, title, written.span);
    }
    by.map(|by| (weekday, by))
}

/// One name may be of two days, but not in the same years.
fn check_twice(
    written: &ast::Holiday,
    found: Option<&Holiday>,
    before: &[Holiday],
    sink: &mut Sink,
) {
    let Some(found) = found else { return };
    let starts = |a: &Holiday, b: &Holiday| a.until.is_none() || b.from <= a.until;
    let overlaps = |one: &Holiday| starts(one, found) && starts(found, one);
    if before.iter().any(|one| one.name == found.name && overlaps(one)) {
        let title = format!("`{}` staat er al", found.name);
        sink.push(
            Diagnostic::error(DUPLICATE, title, written.name.span)
                .help("geef elk zijn eigen jaren: `vanaf 1980 t/m 2013`"),
        );
    }
}

fn untested(block: &Block, sink: &mut Sink) {
    let is_example =
        |clause: &Clause| matches!(clause, Clause::Calendar(CalendarClause::Example(_)));
    if !block.lines.iter().any(|line| is_example(&line.clause)) && !has_invalid(block) {
        let title = format!("`{}` heeft geen `voorbeeld:`", block.id.value);
        sink.push(
            Diagnostic::warning(UNTESTED, title, block.id.span)
                .help("voeg toe: `voorbeeld: 02-04-2026 + 3 werkdagen = 09-04-2026`"),
        );
    }
}
