//! How fast [`regelwerk::validate`] is, beside quick-xml's raw events on the same bytes.
//!
//! `README.md` in this folder says how to run it and what came out.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use divan::counter::{BytesCount, ItemsCount};
use divan::{Bencher, black_box};
use quick_xml::Reader;
use quick_xml::events::Event;
use regelwerk::standard::{Content, MessageDef};
use regelwerk::{Verdict, context, eleven_proof, validate};

/// A message of the test corpus that is right: what the messages below are made from.
const PATTERN: &str = include_str!("../../../tests/messages/jw301/goed.xml");
/// What each of its assigned products starts with. It has two.
const PRODUCT: &str = "      <jw301:ToegewezenProduct>\n";

/// How often the first product is repeated: with nine products a message is about 7.6 KB.
const YEARS: u32 = 8;
const COUNT: usize = 2_000;

/// The messages, made once; no two have the same `Identificatie` or the same `Bsn`.
static MESSAGES: LazyLock<Vec<String>> = LazyLock::new(|| {
    let numbers = (999_900_000..).map(|number: u32| number.to_string());
    let persons = numbers.filter(|number| eleven_proof(Some(number)));
    persons.zip(1..).take(COUNT).map(|(bsn, number)| message(&bsn, number)).collect()
});

fn main() {
    describe_data();
    divan::main();
}

#[divan::bench_group(name = "1 message")]
mod one {
    use super::{Bencher, MESSAGES, judge, read};

    #[divan::bench(name = "validate")]
    fn validate(bencher: Bencher) {
        judge(bencher, MESSAGES.get(..1).unwrap_or_default());
    }

    #[divan::bench(name = "quick-xml events")]
    fn events(bencher: Bencher) {
        read(bencher, MESSAGES.get(..1).unwrap_or_default());
    }
}

#[divan::bench_group(name = "2,000 messages", sample_count = 30)]
mod many {
    use super::{Bencher, MESSAGES, judge, read};

    #[divan::bench(name = "validate")]
    fn validate(bencher: Bencher) {
        judge(bencher, &MESSAGES);
    }

    #[divan::bench(name = "quick-xml events")]
    fn events(bencher: Bencher) {
        read(bencher, &MESSAGES);
    }
}

/// Bytes to a report, dropping the report included.
fn judge(bencher: Bencher, messages: &[String]) {
    let context = context();
    each(bencher, messages, |bytes| drop(black_box(validate(bytes, &context))));
}

/// The same bytes through the reader that the kernel stands on, looking at nothing it says.
fn read(bencher: Bencher, messages: &[String]) {
    each(bencher, messages, |bytes| {
        let mut reader = Reader::from_reader(bytes);
        while !matches!(black_box(reader.read_event()), Ok(Event::Eof) | Err(_)) {}
    });
}

fn each(bencher: Bencher, messages: &[String], act: impl Fn(&[u8])) {
    let bytes: usize = messages.iter().map(String::len).sum();
    bencher.counter(BytesCount::new(bytes)).counter(ItemsCount::new(messages.len())).bench_local(
        || {
            for message in messages {
                act(black_box(message.as_bytes()));
            }
        },
    );
}

/// A message whose first product comes back year after year, under a number of its own.
fn message(bsn: &str, number: u32) -> String {
    let mut parts = PATTERN.splitn(3, PRODUCT);
    let mut part = || parts.next().unwrap_or_default();
    let (head, product, rest) = (part(), part(), part());
    let years = (0..YEARS).map(|year| {
        product
            .replace(">4711<", &format!(">{}<", 5001 + year))
            .replace("Ingangsdatum>2026-", &format!("Ingangsdatum>{}-", 2026 + year))
            .replace("Einddatum>2027-", &format!("Einddatum>{}-", 2027 + year))
    });
    let head = head
        .replace(">JW2026000001<", &format!(">JW2026{number:06}<"))
        .replace(">999900006<", &format!(">{bsn}<"));
    let pieces = std::iter::once(head).chain(years).chain([rest.to_owned()]);
    pieces.collect::<Vec<_>>().join(PRODUCT)
}

/// Makes sure that what is measured is what it is called, and says what it is.
fn describe_data() {
    let reports: Vec<_> =
        MESSAGES.iter().map(|message| validate(message.as_bytes(), &context())).collect();
    assert_eq!(reports.len(), COUNT, "messages");
    for (message, report) in MESSAGES.iter().zip(&reports) {
        assert_eq!(report.verdict, Verdict::Accepted, "{message}{:?}", report.findings);
    }
    for element in ["<basis:Identificatie>", "<jw301:Bsn>"] {
        let values: BTreeSet<_> = MESSAGES.iter().map(|message| value(message, element)).collect();
        assert_eq!(values.len(), COUNT, "values of {element}");
    }
    let Some((message, report)) = MESSAGES.first().zip(reports.first()) else { return };
    let releases = regelwerk::STANDARDS.iter().flat_map(|standard| standard.releases);
    let of_release = releases.filter(|release| Some(release.name) == report.release);
    let definition = of_release
        .flat_map(|release| release.messages)
        .find(|definition| Some(definition.name) == report.message);
    let (schema, rules) = definition.map_or((0, 0), count_rules);
    println!(
        "{COUNT} times {} of release {}, {} bytes each, all accepted\n\
         judged by {schema} published rules of the schema (level 1) and {rules} beyond it",
        report.message.unwrap_or_default(),
        report.release.unwrap_or_default(),
        message.len(),
    );
}

/// What follows the first such start tag.
fn value<'m>(message: &'m str, tag: &str) -> Option<&'m str> {
    message.split_once(tag)?.1.split('<').next()
}

/// The published rules behind the facets of a message, and those judged beyond its schema.
fn count_rules(definition: &MessageDef) -> (usize, usize) {
    let (mut schema, mut beyond) = (BTreeSet::new(), BTreeSet::new());
    for node in definition.nodes {
        beyond.extend(node.uses.iter().map(|site| site.rule));
        if let Content::Value(kind, facets) = node.content {
            schema.extend(kind.facets.iter().chain(facets).filter_map(|facet| facet.rule));
        }
    }
    (schema.len(), beyond.len())
}
