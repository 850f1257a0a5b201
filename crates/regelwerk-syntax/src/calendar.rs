//! Pairs of pest to the clauses of a calendar.

use chrono::Weekday;
use pest::iterators::{Pair, Pairs};

use crate::Rule;
use crate::ast::{CalendarClause, Clause, DayCount, Holiday, HolidayDay, Moved, Spanned};
use crate::convert::Converter;

const WEEKDAYS: [(&str, Weekday); 7] = [
    ("maandag", Weekday::Mon),
    ("dinsdag", Weekday::Tue),
    ("woensdag", Weekday::Wed),
    ("donderdag", Weekday::Thu),
    ("vrijdag", Weekday::Fri),
    ("zaterdag", Weekday::Sat),
    ("zondag", Weekday::Sun),
];

const MONTHS: [&str; 12] = [
    "januari",
    "februari",
    "maart",
    "april",
    "mei",
    "juni",
    "juli",
    "augustus",
    "september",
    "oktober",
    "november",
    "december",
];

impl Converter {
    /// The clause of a calendar that `rule` reads from `parts`.
    pub(crate) fn calendar_clause(&mut self, rule: Rule, parts: Pairs<'_, Rule>) -> Option<Clause> {
        let clause = match rule {
            Rule::clause_weekend => CalendarClause::Weekend(self.weekend(parts)?),
            Rule::item_holiday => CalendarClause::Holiday(self.holiday(parts)?),
            Rule::clause_day_count => CalendarClause::Example(self.day_count(parts)?),
            _ => return None,
        };
        Some(Clause::Calendar(clause))
    }

    fn weekend(&self, parts: Pairs<'_, Rule>) -> Option<Vec<Spanned<Weekday>>> {
        let days = parts.filter(|part| part.as_rule() == Rule::weekday);
        days.map(|part| Some(Spanned { value: weekday(&part)?, span: self.span(&part) })).collect()
    }

    fn holiday(&self, mut parts: Pairs<'_, Rule>) -> Option<Holiday> {
        let mut name = self.word(&parts.next()?);
        name.value = name.value.split_whitespace().collect::<Vec<_>>().join(" ");
        let day = parts.next()?;
        let day = Spanned { value: self.holiday_day(day.clone())?, span: self.span(&day) };
        let (moved, years) = (Vec::new(), Vec::new());
        let (sources, readings) = (Vec::new(), Vec::new());
        let mut holiday = Holiday { name, day, moved, years, sources, readings };
        for part in parts.filter(|part| part.as_rule() == Rule::holiday_part) {
            self.holiday_part(part, &mut holiday)?;
        }
        Some(holiday)
    }

    /// `Pasen + 39 dagen`, `27 april`
    fn holiday_day(&self, pair: Pair<'_, Rule>) -> Option<HolidayDay> {
        let mut parts = pair.into_inner();
        let first = parts.next()?;
        if first.as_rule() == Rule::integer {
            let month = month(&parts.next()?)?;
            return Some(HolidayDay::Fixed(month, self.number(&first).value));
        }
        let Some(sign) = parts.next() else { return Some(HolidayDay::Easter(0)) };
        let days = self.days(&parts.next()?);
        Some(HolidayDay::Easter(if sign.as_rule() == Rule::op_minus { -days } else { days }))
    }

    fn holiday_part(&self, pair: Pair<'_, Rule>, holiday: &mut Holiday) -> Option<()> {
        let span = self.span(&pair);
        let mut parts = pair.into_inner();
        let first = parts.next()?;
        match first.as_rule() {
            Rule::k_bron => holiday.sources.push(self.quoted(&parts.next()?)),
            Rule::k_lezing => holiday.readings.push(self.quoted(&parts.next()?)),
            Rule::k_op => {
                let weekday = weekday(&parts.next()?)?;
                let days = self.days(&parts.next()?);
                let is_earlier = parts.next_back()?.as_rule() == Rule::k_eerder;
                let by = if is_earlier { -days } else { days };
                holiday.moved.push(Spanned { value: Moved { weekday, by }, span });
            }
            _ => {
                let mut value = (None, None);
                let mut is_until = false;
                for part in first.into_inner() {
                    match part.as_rule() {
                        Rule::k_tm => is_until = true,
                        Rule::year if is_until => value.1 = part.as_str().trim().parse().ok(),
                        Rule::year => value.0 = part.as_str().trim().parse().ok(),
                        _ => {}
                    }
                }
                holiday.years.push(Spanned { value, span });
            }
        }
        Some(())
    }

    /// `02-04-2026 + 3 werkdagen = 09-04-2026`
    fn day_count(&mut self, mut parts: Pairs<'_, Rule>) -> Option<DayCount> {
        let (from, _, number) = (parts.next()?, parts.next()?, parts.next()?);
        let to = parts.find(|part| part.as_rule() == Rule::date)?;
        let working_days = self.number(&number);
        let [from, to] = [from, to].map(|part| self.dated(&part));
        Some(DayCount { from: from?, working_days, to: to? })
    }

    /// A number of days, `een` being 1; more than any year has is as good as the most there can be.
    fn days(&self, pair: &Pair<'_, Rule>) -> i64 {
        match pair.as_rule() {
            Rule::k_een => 1,
            _ => i64::try_from(self.number(pair).value).unwrap_or(i64::MAX),
        }
    }
}

fn weekday(pair: &Pair<'_, Rule>) -> Option<Weekday> {
    let word = pair.as_str().trim();
    WEEKDAYS.iter().find(|(name, _)| *name == word).map(|(_, day)| *day)
}

/// Of the month, from 1.
fn month(pair: &Pair<'_, Rule>) -> Option<u8> {
    let at = MONTHS.iter().position(|name| *name == pair.as_str().trim())?;
    u8::try_from(at + 1).ok()
}
