//! Calendars.

use regelwerk_compiler::diag::Sources;
use regelwerk_compiler::model;
use regelwerk_kernel::standard::{Calendar, Holiday, HolidayDay, Moved};

use crate::keep;

/// A calendar.
pub(crate) fn calendar(calendar: &model::Calendar, sources: &Sources) -> Calendar {
    Calendar {
        name: keep::text(&calendar.name),
        title: keep::text(&calendar.title),
        sources: keep::texts(&calendar.sources),
        readings: keep::texts(&calendar.readings),
        weekend: keep::list(calendar.weekend.iter().copied()),
        holidays: keep::list(calendar.holidays.iter().map(holiday)),
        file: keep::text(&sources.place(calendar.span.source)),
        line: sources.position(calendar.span).line,
    }
}

fn holiday(holiday: &model::Holiday) -> Holiday {
    let day = match holiday.day {
        model::HolidayDay::Easter(days) => HolidayDay::Easter(days),
        model::HolidayDay::Fixed { month, day, moved } => {
            let moved = moved.map(|(weekday, by)| Moved { weekday, by });
            HolidayDay::Fixed { month, day, moved }
        }
    };
    Holiday {
        name: keep::text(&holiday.name),
        day,
        from: holiday.from,
        until: holiday.until,
        sources: keep::texts(&holiday.sources),
        readings: keep::texts(&holiday.readings),
    }
}
