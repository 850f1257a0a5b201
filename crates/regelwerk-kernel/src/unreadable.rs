//! Why a message cannot be judged at all.

use crate::finding::Phrase;
use crate::lang::Lang;
use crate::other_file::OtherFile;

/// Why and where reading stopped.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Unreadable {
    /// Why.
    pub kind: UnreadableKind,
    /// Line, from 1; 0 when there is no place.
    pub line: u32,
    /// Column, from 1, in characters; 0 when there is no place.
    pub column: u32,
}

/// Why a message cannot be read or recognised.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum UnreadableKind {
    /// There is nothing in it.
    Empty,
    /// It is larger than [`MAX_BYTES`](crate::MAX_BYTES).
    TooLarge,
    /// It is no XML but something else.
    OtherFile(OtherFile),
    /// Its bytes are not UTF-8, nor UTF-16.
    NotUtf8 {
        /// The encoding that the XML declaration names.
        declared: Option<String>,
    },
    /// The XML declaration names an encoding that the bytes are not in.
    EncodingMismatch(String),
    /// It breaks the grammar of XML.
    NotXml(Fault),
    /// It ends before its last element does.
    CutOff,
    /// It has a document type declaration, which could make it grow without bound.
    DoctypeForbidden,
    /// It refers to an entity other than the five of XML.
    UnknownEntity(String),
    /// Its elements are nested deeper than [`MAX_DEPTH`](crate::MAX_DEPTH).
    TooDeep,
    /// It has more elements than [`MAX_ELEMENTS`](crate::MAX_ELEMENTS).
    TooManyElements,
    /// It has more attributes than [`MAX_ATTRIBUTES`](crate::MAX_ATTRIBUTES), or too many in one
    /// tag.
    TooManyAttributes,
    /// It names more namespaces than any standard does.
    TooManyNamespaces,
    /// The name of a namespace is longer than any standard's.
    NamespaceTooLong,
    /// A prefix stands for no namespace.
    UnboundPrefix(String),
    /// No standard was given to judge it by.
    NoStandard,
    /// It is XML, but no message of the standards at hand.
    UnknownMessage {
        /// Local name of the root.
        root: String,
        /// Namespace of the root; empty for none.
        namespace: String,
        /// Messages that would have been recognised, a line per release.
        known: Vec<String>,
    },
    /// Its bytes could not be had at all, for a reason that the caller gives.
    NotRead(Phrase),
}

/// How a text breaks the grammar of XML 1.0 with namespaces.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Fault {
    /// There is no element at all.
    NoRoot,
    /// Another element follows the root.
    SecondRoot,
    /// There is text before or after the root.
    TextOutsideRoot,
    /// An end tag closes another element than the last one opened.
    WrongEndTag {
        /// The name that had to be closed.
        expected: String,
        /// The name in the end tag.
        found: String,
    },
    /// An end tag closes nothing.
    StrayEndTag(String),
    /// A name that XML does not allow.
    BadName(String),
    /// An element has the same attribute twice.
    DuplicateAttribute(String),
    /// An attribute is not written as `name="value"`.
    BadAttribute,
    /// An attribute's value contains `<`.
    LessThanInAttribute,
    /// A character that XML does not allow, by its code point.
    IllegalCharacter(u32),
    /// A reference to a character that does not exist.
    BadReference(String),
    /// An `&` that starts no reference.
    BareAmpersand,
    /// `--` within a comment.
    HyphensInComment,
    /// `]]>` in text.
    CdataEndInText,
    /// The XML declaration is not the first thing in the message.
    LateDeclaration,
    /// The XML declaration is not written as it must be.
    BadDeclaration,
    /// A processing instruction has a name that is not allowed.
    BadInstruction,
    /// A prefix or namespace that XML keeps to itself is declared.
    ReservedNamespace,
    /// Something that starts with `<` but is no markup.
    BadMarkup,
}

impl UnreadableKind {
    pub(crate) fn nowhere(self) -> Unreadable {
        self.at((0, 0))
    }

    pub(crate) fn at(self, (line, column): (u32, u32)) -> Unreadable {
        Unreadable { kind: self, line, column }
    }

    fn what(&self, lang: Lang) -> String {
        let fixed = |nl: &str, en: &str| lang.pick(nl, en).to_owned();
        match self {
            Self::Empty => fixed("Het bericht is leeg", "The message is empty"),
            Self::TooLarge => fixed("Het bericht is groter dan 2 GiB", "The message exceeds 2 GiB"),
            Self::OtherFile(other) => {
                let (this_is, no_xml) =
                    lang.pick(("Dit is", "en geen XML"), ("This is", "and no XML"));
                format!("{this_is} {}, {no_xml}", other.text(lang))
            }
            Self::NotUtf8 { declared } => not_utf8(declared.as_deref(), lang),
            Self::EncodingMismatch(name) if name.is_empty() => fixed(
                "De XML-declaratie noemt geen codering",
                "The XML declaration names no encoding",
            ),
            Self::EncodingMismatch(name) => lang.pick(
                format!("De XML-declaratie noemt {name}, een codering die niet past of niet kan"),
                format!("The XML declaration names {name}, an encoding that does not fit or work"),
            ),
            Self::NotXml(fault) => {
                let intro = lang.pick("Dit is geen geldige XML", "This is not well-formed XML");
                format!("{intro}: {}", fault.text(lang))
            }
            Self::CutOff => fixed("Het bericht breekt halverwege af", "The message is cut off"),
            Self::DoctypeForbidden => {
                fixed("Het bericht bevat een DOCTYPE", "The message contains a DOCTYPE")
            }
            Self::UnknownEntity(name) => {
                format!("{} &{name};", lang.pick("Onbekende entiteit", "Unknown entity"))
            }
            Self::TooDeep => fixed("Elementen zijn te diep genest", "Elements are nested too deep"),
            Self::TooManyElements => {
                fixed("Het bericht heeft te veel elementen", "The message has too many elements")
            }
            Self::TooManyAttributes => {
                fixed("Het bericht heeft te veel attributen", "The message has too many attributes")
            }
            Self::NamespaceTooLong => {
                fixed("De naam van een namespace is te lang", "The name of a namespace is too long")
            }
            Self::NoStandard => fixed("Er is geen standaard opgegeven", "No standard was given"),
            Self::TooManyNamespaces => fixed(
                "Het bericht noemt te veel namespaces",
                "The message names too many namespaces",
            ),
            Self::UnboundPrefix(prefix) => lang.pick(
                format!("Het voorvoegsel {prefix} hoort bij geen namespace"),
                format!("The prefix {prefix} is bound to no namespace"),
            ),
            Self::UnknownMessage { root, namespace, known } => {
                unknown_message(root, namespace, known, lang)
            }
            Self::NotRead(reason) => reason.get(lang).to_owned(),
        }
    }

    /// What to do about it, where the kernel can tell.
    fn advice(&self, lang: Lang) -> Option<&'static str> {
        let advice = match self {
            Self::Empty | Self::CutOff => {
                lang.pick("Verstuur het hele bestand opnieuw.", "Send the whole file again.")
            }
            Self::OtherFile(other) => other.advice(lang),
            Self::TooLarge | Self::TooManyElements => {
                lang.pick("Splits het bericht.", "Split the message.")
            }
            Self::NotUtf8 { .. } | Self::EncodingMismatch(_) => lang.pick(
                "Sla het bericht op als UTF-8 en noem die codering in de XML-declaratie.",
                "Save the message as UTF-8 and name that encoding in the XML declaration.",
            ),
            Self::NotXml(_)
            | Self::TooDeep
            | Self::TooManyAttributes
            | Self::TooManyNamespaces
            | Self::NamespaceTooLong => lang.pick(
                "Herstel dit in de software die het bericht maakt.",
                "Repair this in the software that writes the message.",
            ),
            Self::DoctypeForbidden => lang.pick(
                "Een DOCTYPE kan een bericht onbegrensd laten groeien; haal hem weg.",
                "A DOCTYPE could make a message grow without bound; remove it.",
            ),
            Self::UnknownEntity(_) => lang.pick(
                "Schrijf het teken zelf, of als &#…;.",
                "Write the character itself, or as &#…;.",
            ),
            Self::UnboundPrefix(_) => lang.pick(
                "Declareer het met xmlns:… op het element of daarboven.",
                "Declare it with xmlns:… on the element or above it.",
            ),
            Self::UnknownMessage { .. } => lang.pick(
                "Controleer de namespace van het hoofdelement en de codes in de header.",
                "Check the namespace of the root element and the codes in the header.",
            ),
            Self::NoStandard | Self::NotRead(_) => return None,
        };
        Some(advice)
    }
}

impl Unreadable {
    /// What is wrong, where, and what to do about it.
    #[must_use]
    pub fn text(&self, lang: Lang) -> String {
        let Self { kind, line, column } = self;
        let place = match (*line, lang) {
            (0, _) => String::new(),
            (_, Lang::Nl) => format!(" (regel {line}, kolom {column})"),
            (_, Lang::En) => format!(" (line {line}, column {column})"),
        };
        let what = kind.what(lang) + &place;
        match kind.advice(lang) {
            Some(advice) => format!("{what}. {advice}"),
            None => what,
        }
    }
}

impl std::fmt::Display for Unreadable {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.text(Lang::default()))
    }
}

impl std::error::Error for Unreadable {}

fn not_utf8(declared: Option<&str>, lang: Lang) -> String {
    let what = lang.pick("Het bericht is niet in UTF-8", "The message is not in UTF-8");
    match declared {
        None => what.to_owned(),
        Some(name) => lang.pick(
            format!("{what}; de XML-declaratie noemt {name}"),
            format!("{what}; the XML declaration names {name}"),
        ),
    }
}

fn unknown_message(root: &str, namespace: &str, known: &[String], lang: Lang) -> String {
    let known = known.join("; ");
    let namespace = match namespace {
        "" => lang.pick("zonder namespace", "without namespace").to_owned(),
        uri => lang.pick(format!("met namespace {uri}"), format!("in namespace {uri}")),
    };
    lang.pick(
        format!("Onbekend bericht: hoofdelement {root} {namespace}. Bekend zijn: {known}"),
        format!("Unknown message: root element {root} {namespace}. Known are: {known}"),
    )
}

impl Fault {
    /// What is wrong, as part of a sentence.
    #[must_use]
    pub fn text(&self, lang: Lang) -> String {
        let fixed = |nl: &str, en: &str| lang.pick(nl, en).to_owned();
        match self {
            Self::NoRoot => fixed("er is geen enkel element", "there is no element at all"),
            Self::SecondRoot => fixed(
                "na het hoofdelement volgt nog een element",
                "another element follows the root element",
            ),
            Self::TextOutsideRoot => fixed(
                "er staat tekst buiten het hoofdelement",
                "there is text outside the root element",
            ),
            Self::WrongEndTag { expected, found } => lang.pick(
                format!("</{expected}> verwacht, </{found}> gevonden"),
                format!("expected </{expected}>, found </{found}>"),
            ),
            Self::StrayEndTag(name) => lang.pick(
                format!("</{name}> sluit geen enkel element"),
                format!("</{name}> closes no element"),
            ),
            Self::BadName(name) => {
                lang.pick(format!("ongeldige naam \"{name}\""), format!("invalid name \"{name}\""))
            }
            Self::DuplicateAttribute(name) => lang.pick(
                format!("attribuut {name} staat er tweemaal"),
                format!("attribute {name} is given twice"),
            ),
            Self::BadAttribute => fixed(
                "een attribuut is niet geschreven als naam=\"waarde\"",
                "an attribute is not written as name=\"value\"",
            ),
            Self::LessThanInAttribute => {
                fixed("de waarde van een attribuut bevat <", "the value of an attribute contains <")
            }
            Self::IllegalCharacter(code) => lang.pick(
                format!("teken U+{code:04X} is niet toegestaan"),
                format!("character U+{code:04X} is not allowed"),
            ),
            Self::BadReference(name) => lang.pick(
                format!("&{name}; verwijst naar een teken dat niet is toegestaan"),
                format!("&{name}; refers to a character that is not allowed"),
            ),
            Self::BareAmpersand => fixed(
                "een & die geen verwijzing begint; schrijf &amp;",
                "an & that starts no reference; write &amp;",
            ),
            Self::HyphensInComment => fixed("-- binnen commentaar", "-- within a comment"),
            Self::CdataEndInText => fixed("]]> in tekst", "]]> in text"),
            Self::LateDeclaration => fixed(
                "de XML-declaratie staat niet vooraan",
                "the XML declaration does not come first",
            ),
            Self::BadDeclaration => {
                fixed("de XML-declaratie is ongeldig", "the XML declaration is invalid")
            }
            Self::BadInstruction => fixed(
                "een verwerkingsinstructie heeft een ongeldige naam",
                "a processing instruction has an invalid name",
            ),
            Self::ReservedNamespace => {
                fixed("xmlns declareert wat niet mag", "xmlns declares what it may not")
            }
            Self::BadMarkup => fixed("een < die geen element begint", "a < that starts no element"),
        }
    }
}
