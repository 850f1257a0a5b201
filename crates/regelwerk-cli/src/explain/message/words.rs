//! Conditions and requirements in words, with what their values came to.

use regelwerk_compiler::model::core::{
    Cond, Demand, Kind, Over, Path, Range, Requirement, RowSource, Value,
};
use regelwerk_compiler::model::describe::{self, Text};

use super::course::{Came, Quiet, Step};
use crate::tone::Tone;

/// Most characters of a value that are shown.
const SHOWN: usize = 60;

/// How parts of a wording are told at one place.
#[derive(Debug, Clone)]
pub(super) struct Words {
    pub(super) tone: Tone,
    /// Whether values from the message are left out.
    pub(super) redact: bool,
    /// What each parameter of the wording stands for here.
    pub(super) params: Vec<String>,
}

/// A value in words, with what it came to.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub(super) struct Told {
    pub(super) name: String,
    pub(super) value: Option<String>,
}

impl Words {
    /// Why something is not asked.
    pub(super) fn quiet(&self, quiet: &Quiet<'_>) -> String {
        let and = self.tone.say(" en ", " and ");
        match quiet {
            Quiet::NoRow(range, cond) => self.no_row(range, cond),
            Quiet::Condition(leaves) => {
                let leaves = leaves.iter().map(|(cond, came)| self.leaf(cond, *came));
                leaves.collect::<Vec<_>>().join(and)
            }
        }
    }

    /// That rows of a range are not there.
    pub(super) fn no_row(&self, range: &Range, cond: &Cond) -> String {
        let rows = Cond::Exists(range.clone(), Box::new(cond.clone()));
        let none = self.text(&describe::condition(&rows.clone().negated()));
        format!("{none}{}", self.without_looking(&rows))
    }

    /// That nothing was looked up of what rows of the dossier have. There is no dossier here: a rule
    /// that needs one is not assessed, unless it has nothing to look up by.
    fn without_looking(&self, cond: &Cond) -> &'static str {
        match asks_dossier(cond) {
            true => self.tone.say(
                " (niet opgezocht: een waarde om op te zoeken staat niet in het bericht)",
                " (not looked up: a value to look up by is not in the message)",
            ),
            false => "",
        }
    }

    /// A leaf as it came out, with its values: `Product.Code is leeg (waarde: geen)`.
    fn leaf(&self, cond: &Cond, came: Came<'_>) -> String {
        let said = match came.holds {
            true => describe::condition(cond),
            false => describe::condition(&cond.clone().negated()),
        };
        let values = self.bracketed(&self.values(cond, came.values));
        format!("{}{values}{}", self.text(&said), self.without_looking(cond))
    }

    /// A condition as it is written.
    pub(super) fn condition(&self, cond: &Cond) -> String {
        self.text(&describe::condition(cond))
    }

    /// A requirement as it is written.
    pub(super) fn requirement(&self, requirement: &Requirement) -> String {
        let target = Value::Path(requirement.target.clone(), Kind::Text);
        let expected = self.text(&describe::expectation(&requirement.demand));
        let target = self.text(&describe::value(&target));
        match target.is_empty() {
            true => expected,
            false => format!("{target}: {expected}"),
        }
    }

    /// The values in a condition that are no constants, with what they came to.
    pub(super) fn values(&self, cond: &Cond, came: &[Option<String>]) -> Vec<Told> {
        let told = operands(cond).into_iter().zip(came);
        let told = told.filter_map(|(name, value)| {
            Some(Told { name: self.text(&name?), value: value.as_deref().map(|it| self.cut(it)) })
        });
        let mut told: Vec<_> = told.collect();
        // That it is filled says enough of a group of elements.
        if is_filled(cond) && told.iter().all(|one| one.value.is_none()) && came.len() == 1 {
            told.retain(|_| false);
        }
        told
    }

    /// The values in what a requirement demands, with what they came to.
    pub(super) fn demanded(&self, of: &Requirement, came: &[Option<String>]) -> Vec<Told> {
        let cond = match &of.demand {
            Demand::Filled | Demand::Empty => Cond::Filled(of.target.clone()),
            Demand::OneOf(value, values) | Demand::NoneOf(value, values) => {
                Cond::OneOf(value.clone(), values.clone())
            }
            Demand::Ordered(op, left, right) => Cond::Compare(*op, left.clone(), right.clone()),
            Demand::Check(value, check) => Cond::Check(value.clone(), check.clone()),
            Demand::Holds(cond) => cond.clone(),
            Demand::Unique(..) | Demand::Allowed => Cond::True,
        };
        self.values(&cond, came)
    }

    /// Values in brackets: of one without its name.
    pub(super) fn bracketed(&self, values: &[Told]) -> String {
        let none = self.tone.say("geen", "none");
        let value = |it: &Told| it.value.clone().unwrap_or_else(|| none.to_owned());
        match values {
            [] => String::new(),
            [only] => format!(" ({}: {})", self.tone.say("waarde", "value"), value(only)),
            all => {
                let all = all.iter().map(|it| format!("{}: {}", it.name, value(it)));
                format!(" ({})", all.collect::<Vec<_>>().join(", "))
            }
        }
    }

    /// A text in the language, with what its parameters stand for.
    pub(super) fn text(&self, text: &Text) -> String {
        let text = match self.tone.lang {
            regelwerk::Lang::Nl => &text.nl,
            regelwerk::Lang::En => &text.en,
        };
        describe::with_params(text, &self.params)
    }

    /// A value as it may be shown.
    pub(super) fn cut(&self, value: &str) -> String {
        if self.redact {
            return self.tone.say("(verborgen)", "(hidden)").to_owned();
        }
        match value.char_indices().nth(SHOWN) {
            Some((at, _)) => format!("{}…", value.get(..at).unwrap_or_default()),
            None => value.to_owned(),
        }
    }
}

impl Step<'_> {
    /// Whether it is a condition.
    pub(super) fn is_condition(&self) -> bool {
        !matches!(self, Self::Requirement { .. })
    }
}

/// Whether a leaf asks for rows that a dossier has: of messages, views, facts and questions.
fn asks_dossier(leaf: &Cond) -> bool {
    match leaf {
        Cond::Exists(range, _) | Cond::Every(range, _) => match &range.over {
            Over::Rows(rows) => !matches!(rows.source, RowSource::Table(_)),
            _ => false,
        },
        Cond::Not(inner) | Cond::Named(_, inner) => asks_dossier(inner),
        _ => false,
    }
}

fn is_filled(cond: &Cond) -> bool {
    match cond {
        Cond::Filled(_) => true,
        Cond::Not(inner) | Cond::Named(_, inner) => is_filled(inner),
        _ => false,
    }
}

/// What the values are of that are heard of a leaf, in that order; none of a constant.
fn operands(cond: &Cond) -> Vec<Option<Text>> {
    match cond {
        Cond::Not(inner) | Cond::Named(_, inner) => operands(inner),
        Cond::Compare(_, left, right) | Cond::Same(left, right) => vec![named(left), named(right)],
        Cond::OneOf(value, values) if values.iter().all(|one| matches!(one, Value::Text(_))) => {
            vec![named(value)]
        }
        Cond::OneOf(value, values) => std::iter::once(value).chain(values).map(named).collect(),
        Cond::Listed(value, _) | Cond::Check(value, _) => vec![named(value)],
        Cond::Filled(path) => vec![named(&text(path))],
        Cond::Overlap(paths) => paths.iter().map(|path| named(&text(path))).collect(),
        Cond::True | Cond::All(_) | Cond::Any(_) | Cond::Exists(..) | Cond::Every(..) => Vec::new(),
    }
}

fn text(path: &Path) -> Value {
    Value::Path(path.clone(), Kind::Text)
}

fn named(value: &Value) -> Option<Text> {
    let is_constant =
        matches!(value, Value::Text(_) | Value::Number(_) | Value::Date(_) | Value::Time(_));
    (!is_constant).then(|| describe::value(value))
}
