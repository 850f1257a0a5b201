//! What parts of the core mean, wherever they stand and however they are written: equal parts mean
//! the same.

use regelwerk_diag::{SourceId, Span};

use super::map::{self, Map};
use super::{Cond, Demand, Listed, Over, Path, Range, Requirement, Rows, Step, Value};

/// Steps without what is there for people. Wordings that are equal then mean the same; of both the
/// parameters, rows and lists are those of one standard: they are told apart by their numbers.
#[must_use]
pub fn steps(steps: &[Step]) -> Vec<Step> {
    map::steps(steps, 0, &mut Bare::default())
}

impl Demand {
    /// It without what is there for people.
    #[must_use]
    pub fn meaning(&self) -> Self {
        map::demand(self, 0, &mut Bare::default())
    }
}

impl Cond {
    /// It without what is there for people.
    #[must_use]
    pub fn meaning(&self) -> Self {
        map::cond(self, 0, &mut Bare::default())
    }
}

impl Value {
    /// It without what is there for people.
    #[must_use]
    pub fn meaning(&self) -> Self {
        map::value(self, 0, &mut Bare::default())
    }
}

const NOWHERE: Span = Span { source: SourceId(0), start: 0, end: 0 };

/// Leaves out what is there for people: places, and words that are chosen freely.
#[derive(Default)]
pub(crate) struct Bare {
    /// Names of values, in order; each is called by its number.
    names: Vec<String>,
}

impl Map for Bare {
    fn path(&mut self, path: &Path, _: u8) -> Path {
        Path { written: String::new(), ..path.clone() }
    }

    fn range(&mut self, range: Range, _: u8) -> Range {
        // That elements have a name makes them a binder; rows are one anyhow.
        match range.over {
            Over::Rows(rows) => {
                let rows = Rows { written: String::new(), ..rows };
                Range { over: Over::Rows(rows), name: None }
            }
            over => Range { over, name: range.name.map(|_| String::new()) },
        }
    }

    fn value(&mut self, value: Value, _: u8) -> Value {
        match value {
            Value::Let(name, kind) => {
                let number = self.names.iter().position(|known| *known == name);
                Value::Let(number.map_or(name, |number| number.to_string()), kind)
            }
            other => other,
        }
    }

    fn cond(&mut self, cond: Cond, _: u8) -> Cond {
        match cond {
            Cond::Listed(value, Listed { list, .. }) => {
                Cond::Listed(value, Listed { list, written: String::new() })
            }
            Cond::Named(_, inner) => *inner,
            other => other,
        }
    }

    fn step(&mut self, step: Step, _: u8) -> Step {
        match step {
            Step::If { cond, then, otherwise, .. } => {
                Step::If { cond, then, otherwise, span: NOWHERE }
            }
            Step::Require(one) => Step::Require(Requirement { span: NOWHERE, ..one }),
            Step::Let { name, value } => {
                self.names.push(name);
                Step::Let { name: String::new(), value }
            }
            Step::Bind { range, cond, .. } => Step::Bind { range, cond, span: NOWHERE },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Kind, Named, Op, Origin, RowSource};
    use super::*;

    /// How someone writes a wording.
    struct Hand {
        /// What names begin with.
        word: &'static str,
        /// Where it stands.
        at: u32,
    }

    impl Hand {
        fn span(&self) -> Span {
            Span { source: SourceId(1), start: self.at, end: self.at + 1 }
        }

        fn path(&self, origin: Origin, name: &str) -> Value {
            let written = format!("{}.{name}", self.word);
            let path = Path { origin, param: None, steps: vec![name.to_owned()], written };
            Value::Path(path, Kind::Number)
        }

        fn rows(&self, at: usize) -> Range {
            let (source, written) = (RowSource::Table(at), format!("{} rij", self.word));
            let rows = Rows { source, same_part: false, counts_void: false, written };
            Range { over: Over::Rows(rows), name: Some(self.word.to_owned()) }
        }

        /// A row that is bound, two values with a name, and a demand that compares them under a
        /// condition.
        fn steps(&self, columns: [&str; 2], list: usize, op: Op) -> Vec<Step> {
            let names = [format!("{}_een", self.word), format!("{}_twee", self.word)];
            let listed = Listed { list, written: format!("lijst {}", self.word) };
            let [left, right] = names.clone().map(|name| Value::Let(name, Kind::Number));
            let bind = Step::Bind { range: self.rows(0), cond: Cond::True, span: self.span() };
            let named = names.into_iter().zip(columns);
            let mut steps = vec![bind];
            steps.extend(named.map(|(name, column)| Step::Let {
                name,
                value: self.path(Origin::Bound(0), column),
            }));
            let target = Path { written: self.word.to_owned(), ..Path::this() };
            let demand = Demand::Ordered(op, left, right);
            steps.push(Step::If {
                cond: Cond::Listed(self.path(Origin::This, "Code"), listed),
                then: vec![Step::Require(Requirement { target, demand, span: self.span() })],
                otherwise: Vec::new(),
                span: self.span(),
            });
            steps
        }
    }

    const ONE: Hand = Hand { word: "een", at: 3 };
    const OTHER: Hand = Hand { word: "ander", at: 70 };

    #[test]
    fn words_and_places_do_not_count() {
        let one = ONE.steps(["a", "b"], 1, Op::Lt);
        let other = OTHER.steps(["a", "b"], 1, Op::Lt);
        assert_ne!(one, other);
        assert_eq!(steps(&one), steps(&other));
    }

    #[test]
    fn all_else_counts() {
        let one = ONE.steps(["a", "b"], 1, Op::Lt);
        for other in [
            OTHER.steps(["b", "a"], 1, Op::Lt),
            OTHER.steps(["a", "a"], 1, Op::Lt),
            OTHER.steps(["a", "b"], 2, Op::Lt),
            OTHER.steps(["a", "b"], 1, Op::Le),
        ] {
            assert_ne!(steps(&one), steps(&other), "{other:?}");
        }
    }

    #[test]
    fn that_a_condition_has_a_name_does_not_count() {
        let own = Cond::Listed(
            ONE.path(Origin::This, "a"),
            Listed { list: 1, written: "lijst een".to_owned() },
        );
        let named = Named { at: 3, name: "x".to_owned(), about: None };
        let named = Cond::Named(named, Box::new(own.clone()));
        assert_eq!(named.negated().meaning(), own.negated().meaning());
    }

    #[test]
    fn that_elements_have_a_name_counts_and_not_which() {
        let list = |name: Option<&str>| {
            let over = Over::Path(Path::this());
            let range = Range { over, name: name.map(str::to_owned) };
            Cond::Exists(range, Box::new(Cond::True))
        };
        assert_eq!(list(Some("ene")).meaning(), list(Some("andere")).meaning());
        assert_ne!(list(Some("ene")).meaning(), list(None).meaning());
        let count = |hand: &Hand, at| Value::Count(hand.rows(at), Box::new(Cond::True));
        assert_eq!(count(&ONE, 0).meaning(), count(&OTHER, 0).meaning());
        assert_ne!(count(&ONE, 0).meaning(), count(&OTHER, 1).meaning());
        let filled = |hand: &Hand| Demand::OneOf(hand.path(Origin::This, "a"), Vec::new());
        assert_eq!(filled(&ONE).meaning(), filled(&OTHER).meaning());
    }
}
