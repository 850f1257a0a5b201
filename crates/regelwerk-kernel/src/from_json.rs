//! Messages from JSON.

use std::fmt;

use crate::context::Context;
use crate::draft::Draft;
use crate::finding::Phrase;
use crate::json::{CONTENT, KEYS};
use crate::lang::Lang;
use crate::loose::Loose;
use crate::part::Part;
use crate::quote::quote;
use crate::standard::{Base, Content, MessageKind, Name};

/// Why JSON is no message, and where in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BadJson {
    /// The keys down to the place, with the number of those in an array, from 1:
    /// `content.Client[2].Bsn`. Empty where it is about the whole.
    pub path: String,
    /// Why.
    pub kind: BadJsonKind,
}

/// Why JSON is no message.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum BadJsonKind {
    /// It breaks the grammar of JSON, has a key twice, or is nested too deep.
    Syntax {
        /// Line, from 1.
        line: usize,
        /// Column, from 1.
        column: usize,
    },
    /// Something else belongs here.
    Expected(Phrase),
    /// No element of this name can be here. Of the name it has 100 characters.
    Unknown(String),
    /// A key is missing that must be there.
    Missing,
    /// The standards at hand have no such message of such a release.
    UnknownMessage,
}

impl BadJson {
    /// What is wrong, where, and what to do about it; with `redact`, without the name of an element
    /// that cannot be there, which may be anything.
    #[must_use]
    pub fn text(&self, lang: Lang, redact: bool) -> String {
        let path = match self.path.as_str() {
            "" => lang.pick("het geheel", "the whole"),
            path => path,
        };
        match &self.kind {
            BadJsonKind::Syntax { line, column } => lang.pick(
                format!(
                    "Dit is geen JSON, of een sleutel staat er twee keer (regel {line}, kolom \
                     {column}). Herstel dit in de software die het maakt."
                ),
                format!(
                    "This is not JSON, or a key is there twice (line {line}, column {column}). \
                     Repair this in the software that writes it."
                ),
            ),
            BadJsonKind::Expected(expected) => lang.pick(
                format!("{path}: hier hoort {}.", expected.nl),
                format!("{path}: {} belongs here.", expected.en),
            ),
            BadJsonKind::Unknown(name) => {
                let name = if redact { "…" } else { name };
                lang.pick(
                    format!("{path}: element {name} kan hier niet staan. Haal het weg."),
                    format!("{path}: element {name} cannot be here. Remove it."),
                )
            }
            BadJsonKind::Missing => lang.pick(
                format!("{path} ontbreekt. Voeg deze sleutel toe."),
                format!("{path} is missing. Add this key."),
            ),
            BadJsonKind::UnknownMessage => lang.pick(
                "Onbekend bericht. Controleer standard, release en message.".to_owned(),
                "Unknown message. Check standard, release and message.".to_owned(),
            ),
        }
    }
}

impl fmt::Display for BadJson {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text(Lang::default(), false))
    }
}

impl std::error::Error for BadJson {}

impl Draft {
    /// The draft that JSON is, as [`Draft::to_json`] writes it: a message of one of the standards
    /// of `context`. For a whole number a text will do as well, for an array with one element that
    /// element, and `null` for what is absent.
    ///
    /// # Errors
    ///
    /// When it is no JSON, when a key is no element that can be there, or when a value has the
    /// wrong shape.
    pub fn from_json(json: &str, context: &Context) -> Result<Self, BadJson> {
        let loose = serde_json::from_str(json).map_err(|error| {
            let kind = BadJsonKind::Syntax { line: error.line(), column: error.column() };
            BadJson { path: String::new(), kind }
        })?;
        let mut reader = Reader { path: Vec::new() };
        reader.draft(loose, context)
    }
}

/// Reads by the schema, so no deeper than that.
struct Reader {
    /// Keys down to here, and numbers in arrays.
    path: Vec<String>,
}

impl Reader {
    fn draft(&mut self, loose: Loose, context: &Context) -> Result<Draft, BadJson> {
        let Loose::Map(entries) = loose else { return Err(self.expected(OBJECT)) };
        let mut named = [const { None }; KEYS.len()];
        let mut content = None;
        for (key, value) in entries {
            let known = KEYS.iter().position(|known| *known == key);
            match (known.and_then(|at| named.get_mut(at)), value) {
                (Some(place), Loose::Text(text)) => *place = Some(text),
                (Some(_), _) => {
                    self.path.push(key);
                    return Err(self.expected(TEXT));
                }
                (None, value) if key == CONTENT => content = Some(value),
                (None, _) => return Err(self.unknown(&key)),
            }
        }
        let kind = self.kind(&named, context)?;
        let content = content.ok_or_else(|| self.missing(CONTENT))?;
        self.path.push(CONTENT.to_owned());
        let root = kind.node(0).map(|node| node.name).unwrap_or_default();
        Ok(Draft::exactly(kind, self.part(kind, 0, root, content)?))
    }

    fn kind(
        &self,
        named: &[Option<String>; KEYS.len()],
        context: &Context,
    ) -> Result<MessageKind, BadJson> {
        let absent = KEYS.iter().zip(named).find(|(_, value)| value.is_none());
        if let Some((key, _)) = absent {
            return Err(self.missing(key));
        }
        let [standard, release, message] = named.each_ref().map(Option::as_deref);
        let standards = context.standards.iter().filter(|one| Some(one.name) == standard);
        let mut kinds = standards.filter_map(|one| MessageKind::find(one, release?, message?));
        kinds.next().ok_or_else(|| self.fault(BadJsonKind::UnknownMessage))
    }

    fn part(
        &mut self,
        kind: MessageKind,
        node: u16,
        name: Name,
        loose: Loose,
    ) -> Result<Part, BadJson> {
        let content = kind.node(node).map(|node| &node.content);
        match (content, loose) {
            (Some(Content::Value(..)), Loose::Text(text)) => Ok(Part::value(name, text)),
            (Some(Content::Value(simple, _)), loose) if simple.base == Base::Integer => match loose
            {
                Loose::Whole(number) => Ok(Part::value(name, number.to_string())),
                _ => Err(self.expected(NUMBER)),
            },
            (Some(Content::Value(..)), _) => Err(self.expected(TEXT)),
            (_, Loose::Map(entries)) => self.group(kind, node, name, entries),
            _ => Err(self.expected(OBJECT)),
        }
    }

    fn group(
        &mut self,
        kind: MessageKind,
        node: u16,
        name: Name,
        entries: Vec<(String, Loose)>,
    ) -> Result<Part, BadJson> {
        let mut group = Part::new(name);
        for (key, value) in entries {
            let declared = kind.declared(node).find(|(_, node)| kind.name(node.name) == key);
            let (index, node) = declared.ok_or_else(|| self.unknown(&key))?;
            self.path.push(key);
            match value {
                Loose::Null => {}
                Loose::List(items) => {
                    for (number, item) in (1..).zip(items) {
                        self.path.push(format!("[{number}]"));
                        group.push(self.part(kind, index, node.name, item)?);
                        self.path.pop();
                    }
                }
                value => group.push(self.part(kind, index, node.name, value)?),
            }
            self.path.pop();
        }
        Ok(group)
    }

    fn expected(&self, phrase: Phrase) -> BadJson {
        self.fault(BadJsonKind::Expected(phrase))
    }

    fn fault(&self, kind: BadJsonKind) -> BadJson {
        BadJson { path: self.path.join(".").replace(".[", "["), kind }
    }

    fn unknown(&self, key: &str) -> BadJson {
        self.fault(BadJsonKind::Unknown(quote(key)))
    }

    fn missing(&self, key: &str) -> BadJson {
        BadJson { path: key.to_owned(), kind: BadJsonKind::Missing }
    }
}

const OBJECT: Phrase = Phrase::fixed("een object", "an object");
const TEXT: Phrase = Phrase::fixed("een tekst", "a text");
const NUMBER: Phrase = Phrase::fixed("een geheel getal of een tekst", "a whole number or a text");

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;
    use crate::message::Message;
    use crate::testing::{PROEF, bericht, klant};

    fn context() -> Context {
        Context::new(vec![&PROEF])
    }

    fn read(xml: &str) -> Draft {
        let context = context();
        Draft::of(&Message::read(xml.as_bytes(), &context).unwrap()).unwrap()
    }

    /// The error on JSON with this content.
    fn wrong(content: &Value) -> (String, String) {
        let json = json!({
            "standard": "proef", "release": "1.0", "message": "PR1", "content": content
        });
        let wrong = Draft::from_json(&json.to_string(), &context()).unwrap_err();
        (wrong.path.clone(), wrong.text(Lang::Nl, false))
    }

    #[test]
    fn the_shape_is_that_of_the_schema() {
        let xml =
            bericht(&(klant(&["<Nummer>1</Nummer><Soort>01</Soort>"]) + "<Totaal> 5</Totaal>"));
        let expected = json!({
            "standard": "proef",
            "release": "1.0",
            "message": "PR1",
            "content": {
                "Header": { "Code": "101", "Release": "1" },
                "Klant": [{
                    "Bsn": "123456789",
                    "Producten": { "Product": [{ "Nummer": 1, "Soort": "01" }] }
                }],
                "Totaal": " 5"
            }
        });
        assert_eq!(serde_json::to_value(read(&xml)).unwrap(), expected);
    }

    #[test]
    fn nothing_is_lost() {
        let numbers = ["0", "-7", "007", "+7", "-0", "9223372036854775807", "9223372036854775808"];
        for number in numbers.into_iter().chain(["", " 1", "\u{1}é\"\\"]) {
            let mut draft = read(&bericht(&klant(&["<Nummer/>", "<Soort></Soort>", ""])));
            let path = [crate::testing::KLANT, crate::testing::PRODUCTEN, crate::testing::PRODUCT];
            let product = draft.content_mut().get_mut(&path).unwrap();
            product.set(&[crate::testing::NUMMER], number);
            let json = draft.to_json().unwrap();
            let again = Draft::from_json(&json, &context()).unwrap();
            assert_eq!(again, draft, "{json}");
        }
    }

    #[test]
    fn an_element_that_is_there_too_often_is_kept() {
        let draft = read(&bericht("<Totaal>1</Totaal><Totaal>2</Totaal>"));
        let json = draft.to_json().unwrap();
        assert!(json.contains(r#""Totaal":[1,2]"#), "{json}");
        assert_eq!(Draft::from_json(&json, &context()).unwrap(), draft);
    }

    #[test]
    fn other_ways_to_say_the_same_are_read() {
        let json = r#"{"content": {"Totaal": null, "Klant": {"Producten": {"Product": []}}},
            "message": "PR1", "release": "1.0", "standard": "proef"}"#;
        let draft = Draft::from_json(json, &context()).unwrap();
        let json = serde_json::to_value(draft).unwrap();
        assert_eq!(json["content"], json!({"Klant": [{"Producten": {}}]}));
    }

    #[test]
    fn what_is_wrong_is_told_with_its_place() {
        let (path, text) = wrong(&json!({"Klant": [{}, {"Vreemd": 1}]}));
        assert_eq!(path, "content.Klant[2]");
        assert_eq!(text, "content.Klant[2]: element Vreemd kan hier niet staan. Haal het weg.");
        let told = |content| wrong(&content).1;
        assert_eq!(told(json!([])), "content: hier hoort een object.");
        assert_eq!(told(json!({"Klant": [null]})), "content.Klant[1]: hier hoort een object.");
        assert_eq!(
            told(json!({"Header": {"Code": 101}})),
            "content.Header.Code: hier hoort een tekst."
        );
        let number = "content.Totaal: hier hoort een geheel getal of een tekst.";
        assert_eq!(told(json!({"Totaal": 1.5})), number);
        assert_eq!(told(json!({"Totaal": true})), number);
        assert_eq!(told(json!({"Totaal": [[1]]})), number.replace(':', "[1]:"));
    }

    #[test]
    fn what_is_no_message_is_told() {
        let told =
            |json: &str| Draft::from_json(json, &context()).unwrap_err().text(Lang::En, false);
        assert_eq!(told("[]"), "the whole: an object belongs here.");
        assert_eq!(told(r#"{"standard": "proef"}"#), "release is missing. Add this key.");
        assert_eq!(told(r#"{"extra": 1}"#), "the whole: element extra cannot be here. Remove it.");
        assert_eq!(told(r#"{"release": 1}"#), "release: a text belongs here.");
        let fault = Draft::from_json(r#"{"999900006.Jansen": 1}"#, &context()).unwrap_err();
        let redacted = "het geheel: element … kan hier niet staan. Haal het weg.";
        assert_eq!(fault.text(Lang::Nl, true), redacted);
        let unknown = r#"{"standard": "proef", "release": "1.0", "message": "PR7", "content": {}}"#;
        assert!(told(unknown).starts_with("Unknown message."));
        for syntax in ["", "{", &"[".repeat(1_000_000), r#"{"a": 1, "a": 2}"#, "{} {}"] {
            assert!(told(syntax).starts_with("This is not JSON"), "{syntax:.9}");
        }
    }
}
