//! What must agree at the least: three numbers in a small file that only rise.

use std::fmt;
use std::str::FromStr;

use crate::agreement::Tally;

/// How many messages and places must agree.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Floor {
    schema: usize,
    rules: usize,
    places: usize,
}

impl Floor {
    /// What agrees now.
    pub(crate) fn of(tally: &Tally) -> Self {
        let Tally { schema, rules, places, .. } = tally;
        Self { schema: schema.agreed, rules: rules.agreed, places: places.agreed }
    }

    /// Whether no number is lower than that of `floor`.
    ///
    /// # Errors
    ///
    /// The numbers that are lower, in words.
    pub(crate) fn check(self, floor: Self) -> Result<(), String> {
        let lower = self.beside(floor).into_iter().filter(|(_, here, there)| here < there);
        let lower: Vec<_> = lower
            .map(|(name, here, there)| format!("{name}: {here} komen overeen, {there} gevraagd"))
            .collect();
        if lower.is_empty() { Ok(()) } else { Err(lower.join("; ")) }
    }

    fn beside(self, floor: Self) -> [(&'static str, usize, usize); 3] {
        [
            ("schema", self.schema, floor.schema),
            ("regels", self.rules, floor.rules),
            ("plaatsen", self.places, floor.places),
        ]
    }
}

/// As the file has it: a name and a number on each line.
impl fmt::Display for Floor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "schema {}\nregels {}\nplaatsen {}", self.schema, self.rules, self.places)
    }
}

impl FromStr for Floor {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let number = |wanted: &str| {
            let mut lines = text.lines().filter_map(|line| line.split_once(' '));
            let found = lines.find(|(name, _)| *name == wanted);
            let number = found.and_then(|(_, number)| number.trim().parse().ok());
            number.ok_or_else(|| format!("hier hoort een regel `{wanted} GETAL`"))
        };
        Ok(Self {
            schema: number("schema")?,
            rules: number("regels")?,
            places: number("plaatsen")?,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FLOOR: Floor = Floor { schema: 176, rules: 140, places: 57 };

    #[test]
    fn it_reads_what_it_writes() {
        assert_eq!(FLOOR.to_string().parse(), Ok(FLOOR));
        assert_eq!(
            "schema 1\nplaatsen 2".parse::<Floor>(),
            Err("hier hoort een regel `regels GETAL`".to_owned())
        );
    }

    #[test]
    fn only_lower_numbers_fail() {
        let higher = Floor { places: 58, ..FLOOR };
        assert_eq!((FLOOR.check(FLOOR), higher.check(FLOOR)), (Ok(()), Ok(())));
        let lower = Floor { rules: 139, ..higher };
        let told = "regels: 139 komen overeen, 140 gevraagd";
        assert_eq!(lower.check(FLOOR), Err(told.to_owned()));
    }
}
