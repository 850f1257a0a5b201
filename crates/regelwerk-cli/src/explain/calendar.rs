//! What a calendar is: the days on which nobody works, and where that comes from.

use std::io::{self, Write};

use regelwerk::standard::{Calendar, Holiday, HolidayDay, Standard, Weekday};

use super::heading;
use crate::catalogue::Catalogue;
use crate::text::{WIDTH, plain, wrap};
use crate::tone::{HEAD, Tone};

/// Every calendar, with its standard.
pub(crate) fn all(
    catalogue: Catalogue,
) -> impl Iterator<Item = (&'static Standard, &'static Calendar)> {
    catalogue.standards.iter().flat_map(|&standard| {
        let calendars = standard.dossier.calendars.iter();
        calendars.map(move |calendar| (standard, *calendar))
    })
}

/// Shows a calendar.
pub(crate) fn describe(
    standard: &Standard,
    calendar: &Calendar,
    tone: Tone,
    out: &mut dyn Write,
) -> io::Result<()> {
    let say = |nl, en| tone.say(nl, en);
    writeln!(out, "{}  {}\n", tone.paint(HEAD, calendar.name), calendar.title)?;
    tone.row(out, say("standaard", "standard"), standard.title)?;
    tone.rows(out, say("bron", "source"), calendar.sources)?;
    tone.rows(out, say("lezing", "reading"), calendar.readings)?;
    let at = format!("{}:{}", calendar.file, calendar.line);
    tone.row(out, say("staat in", "written in"), &at)?;
    let weekend: Vec<_> = calendar.weekend.iter().map(|day| weekday(*day, tone)).collect();
    tone.row(out, "weekend", &weekend.join(", "))?;
    heading(out, tone, say("Feestdagen", "Holidays"))?;
    calendar.holidays.iter().try_for_each(|holiday| describe_holiday(holiday, tone, out))
}

fn describe_holiday(holiday: &Holiday, tone: Tone, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "  {:<20}{}", holiday.name, when(holiday, tone))?;
    for text in holiday.sources.iter().chain(holiday.readings) {
        for line in wrap(&plain(text), WIDTH - 4) {
            writeln!(out, "    {line}")?;
        }
    }
    Ok(())
}

/// `27 april, op zondag 1 dag eerder, vanaf 2014`
fn when(holiday: &Holiday, tone: Tone) -> String {
    let mut told = match holiday.day {
        HolidayDay::Easter(0) => tone.say("Pasen", "Easter").to_owned(),
        HolidayDay::Easter(by) => {
            let side = if by < 0 {
                tone.say("voor Pasen", "before Easter")
            } else {
                tone.say("na Pasen", "after Easter")
            };
            format!("{} {side}", days(by, tone))
        }
        HolidayDay::Fixed { month, day, moved } => {
            let mut told = format!("{day:02}-{month:02}");
            if let Some(moved) = moved {
                let on = tone.say("op", "on");
                let side = if moved.by < 0 {
                    tone.say("eerder", "earlier")
                } else {
                    tone.say("later", "later")
                };
                told += &format!(
                    ", {on} {} {} {side}",
                    weekday(moved.weekday, tone),
                    days(moved.by, tone)
                );
            }
            told
        }
    };
    if let Some(from) = holiday.from {
        told += &format!(", {} {from}", tone.say("vanaf", "from"));
    }
    if let Some(until) = holiday.until {
        told += &format!(", {} {until}", tone.say("t/m", "through"));
    }
    told
}

fn days(by: i32, tone: Tone) -> String {
    match by.unsigned_abs() {
        1 => tone.say("1 dag", "1 day").to_owned(),
        number => format!("{number} {}", tone.say("dagen", "days")),
    }
}

fn weekday(day: Weekday, tone: Tone) -> &'static str {
    match day {
        Weekday::Mon => tone.say("maandag", "Monday"),
        Weekday::Tue => tone.say("dinsdag", "Tuesday"),
        Weekday::Wed => tone.say("woensdag", "Wednesday"),
        Weekday::Thu => tone.say("donderdag", "Thursday"),
        Weekday::Fri => tone.say("vrijdag", "Friday"),
        Weekday::Sat => tone.say("zaterdag", "Saturday"),
        Weekday::Sun => tone.say("zondag", "Sunday"),
    }
}
