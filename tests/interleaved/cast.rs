//! A story given to other parties and to another client.

use std::cell::RefCell;
use std::collections::BTreeMap;

use regelwerk::Date;

/// What happens, in order of arrival.
#[derive(Debug, Clone, Default)]
pub(super) struct Course {
    pub(super) name: String,
    /// Facts and answers: name, day, key, value.
    pub(super) facts: Vec<(String, Date, String, String)>,
    /// Messages, each with the day on which it is received.
    pub(super) messages: Vec<(String, Date)>,
}

impl Course {
    /// Whether a declaration is in it.
    pub(super) fn declares(&self) -> bool {
        self.messages.iter().any(|(xml, _)| xml.contains("DeclaratieNummer"))
    }

    /// The same, with the first messages behind the others: they arrive long after they were sent.
    pub(super) fn turned(mut self, by: usize) -> Self {
        self.messages.rotate_left(by);
        self
    }

    /// The same without declarations and the replies to them.
    pub(super) fn undeclared(self) -> Self {
        let without = |(xml, _): &(String, Date)| !xml.contains("DeclaratieNummer");
        let messages = self.messages.into_iter().filter(without).collect();
        Self { name: self.name + ", without declarations", messages, ..self }
    }
}

/// Who a story is about.
#[derive(Debug)]
pub(super) struct Cast {
    /// Tells it from any other.
    pub(super) number: usize,
    /// The municipality that takes the place of [`TOWN`].
    pub(super) town: &'static str,
    /// The provider that takes the place of [`PROVIDER`].
    pub(super) provider: String,
    /// The clients by those whose place they take.
    clients: RefCell<BTreeMap<String, String>>,
}

/// The municipality of most stories.
pub(super) const TOWN: &str = "0384";
/// The provider of most stories.
pub(super) const PROVIDER: &str = "42420001";

impl Cast {
    pub(super) fn new(number: usize, town: &'static str, provider: String) -> Self {
        Self { number, town, provider, clients: RefCell::default() }
    }

    /// The story with these in it, and with other numbers wherever those must be unique for more
    /// than one client.
    pub(super) fn play(&self, course: &Course) -> Course {
        let facts = course.facts.iter().map(|(name, on, key, value)| {
            let name_of = if is_bsn(key) { "Bsn" } else { "DeclaratieNummer" };
            let key = self.value(name_of, key).unwrap_or_else(|| key.clone());
            (name.clone(), *on, key, self.value("Ontvanger", value).unwrap_or_default())
        });
        let messages = course
            .messages
            .iter()
            .map(|(xml, day)| (recast(xml, |name, value| self.value(name, value)), *day));
        Course { name: course.name.clone(), facts: facts.collect(), messages: messages.collect() }
    }

    /// What an element holds instead; none where it stays what it was.
    fn value(&self, name: &str, value: &str) -> Option<String> {
        match name {
            "Bsn" if is_bsn(value) => Some(self.client(value)),
            "ToewijzingNummer" => {
                let number: usize = value.parse().ok()?;
                Some((number + (self.number + 1) * 1_000_000).to_string())
            }
            "Identificatie"
            | "IdentificatieRetour"
            | "DeclaratieNummer"
            | "ReferentieNummer"
            | "VorigReferentieNummer"
            | "ReferentieAanbieder" => Some(self.mark(value)),
            "Afzender" | "Ontvanger" => match value {
                TOWN => Some(self.town.to_owned()),
                PROVIDER => Some(self.provider.clone()),
                _ => Some(value.to_owned()),
            },
            _ => None,
        }
    }

    /// A mark of this story alone, no longer than the twelve characters that the shortest may have.
    fn mark(&self, mark: &str) -> String {
        let own = char::from(b'a' + u8::try_from(self.number).unwrap());
        let rest = if mark.len() < 12 { mark } else { &mark[1..] };
        format!("{own}{rest}")
    }

    fn client(&self, bsn: &str) -> String {
        let mut clients = self.clients.borrow_mut();
        let next = 10 * self.number + clients.len();
        clients.entry(bsn.to_owned()).or_insert_with(|| test_bsn(next)).clone()
    }
}

/// Whether nine digits pass the test of a Bsn.
fn is_bsn(text: &str) -> bool {
    let digits: Vec<_> = text.chars().filter_map(|digit| digit.to_digit(10)).collect();
    let weighed = digits.iter().zip([9, 8, 7, 6, 5, 4, 3, 2, 10]);
    text.len() == 9
        && digits.len() == 9
        && weighed.map(|(digit, by)| digit * by).sum::<u32>() % 11 == 0
}

/// One of the numbers that are for tests and pass the test.
fn test_bsn(at: usize) -> String {
    let all = (999_900_000_u32..).map(|number| number.to_string());
    all.filter(|number| is_bsn(number)).nth(at).unwrap()
}

/// A message with other values, by name of the element that holds them.
fn recast(xml: &str, value: impl Fn(&str, &str) -> Option<String>) -> String {
    let (mut text, mut rest) = (String::new(), xml);
    while let Some((tag, after)) = rest.split_once('>') {
        text += tag;
        text.push('>');
        let (held, tail) = after.split_at(after.find('<').unwrap_or(after.len()));
        let name = tag.rsplit_once('<').map_or("", |(_, name)| name);
        let name = name.rsplit(':').next().unwrap();
        let is_value = tail.starts_with("</") && !held.trim().is_empty();
        let other = is_value.then(|| value(name, held)).flatten();
        text += other.as_deref().unwrap_or(held);
        rest = tail;
    }
    text + rest
}
