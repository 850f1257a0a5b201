//! What a use of a condition with a name says, as its block has it.

use regelwerk_compiler::model::core::map::{self, Map};
use regelwerk_compiler::model::core::{Cond, Named, Origin, Path, Value};

/// Stands for what a path begins with that starts at what the condition is about.
const LEAD: &str = "\u{1}";

/// What a condition with a name says where it is used, with its paths written as in its block:
/// `Code`, and `dit Code` in a selection, whatever it is about there. It is for telling only.
pub(crate) fn as_in_block(named: &Named, said: &Cond) -> Cond {
    let lead = named.about.as_ref().map(|about| format!("{about}."));
    let mut lowest = Lowest { lead: lead.as_deref(), home: None };
    let _ = map::cond(said, 0, &mut lowest);
    let marked = map::cond(said, 0, &mut Mark { lead: lead.as_deref(), home: lowest.home });
    map::cond(&marked, 0, &mut Settle(""))
}

/// Finds the binder that a condition is about: what is bound in it has a higher number.
struct Lowest<'n> {
    lead: Option<&'n str>,
    home: Option<u8>,
}

impl Map for Lowest<'_> {
    fn path(&mut self, path: &Path, _: u8) -> Path {
        let is_led = self.lead.is_some_and(|lead| path.written.starts_with(lead));
        if let (Origin::Bound(at), true) = (&path.origin, is_led) {
            self.home = Some(self.home.map_or(*at, |home| home.min(*at)));
        }
        path.clone()
    }
}

/// Marks paths that start at what the condition is about.
struct Mark<'n> {
    lead: Option<&'n str>,
    home: Option<u8>,
}

impl Mark<'_> {
    fn rest<'p>(&self, path: &'p Path) -> Option<&'p str> {
        let Some(lead) = self.lead else { return path.written.strip_prefix("dit ") };
        let is_home = matches!(path.origin, Origin::Bound(at) if Some(at) == self.home);
        path.written.strip_prefix(lead).filter(|_| is_home)
    }
}

impl Map for Mark<'_> {
    fn path(&mut self, path: &Path, _: u8) -> Path {
        let written = self.rest(path).map(|rest| format!("{LEAD}{rest}"));
        Path { written: written.unwrap_or_else(|| path.written.clone()), ..path.clone() }
    }

    fn value(&mut self, value: Value, _: u8) -> Value {
        match value {
            Value::Count(range, cond) => Value::Count(range, Box::new(selected(&cond))),
            Value::Sum(what, range, cond) => {
                let what = map::value(&what, 0, &mut Settle("dit "));
                Value::Sum(Box::new(what), range, Box::new(selected(&cond)))
            }
            other => other,
        }
    }

    fn cond(&mut self, cond: Cond, _: u8) -> Cond {
        match cond {
            Cond::Exists(range, inner) => Cond::Exists(range, Box::new(selected(&inner))),
            Cond::Every(range, inner) => Cond::Every(range, Box::new(selected(&inner))),
            other => other,
        }
    }
}

/// What is asked of each in a selection: there `dit` tells what the condition is about.
fn selected(cond: &Cond) -> Cond {
    map::cond(cond, 0, &mut Settle("dit "))
}

/// Writes something in the place of the mark.
struct Settle(&'static str);

impl Map for Settle {
    fn path(&mut self, path: &Path, _: u8) -> Path {
        let written = path.written.strip_prefix(LEAD).map(|rest| format!("{}{rest}", self.0));
        Path { written: written.unwrap_or_else(|| path.written.clone()), ..path.clone() }
    }
}
