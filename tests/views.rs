//! Typed views, builders and code lists, as the generated library has them.

use regelwerk::ijw::jw301;
use regelwerk::{Context, Date, Draft, Element, Message, MessageKind, Time, Verdict};
use serde_json::json;

use crate::generated::proef::codelijsten::Soort;
use crate::generated::proef::groepen::Omvang;
use crate::generated::proef::pr01::{Client, Kop, Pr01, Pr01Builder, Product};
use crate::generated::proef::pr03::Pr03Builder;
use crate::generated::proef::{STANDARD, pr01};

fn context() -> Context {
    Context::new(vec![&STANDARD])
}

const DAY: Date = Date::from_ymd(2021, 2, 3);

/// A message with every kind of element.
fn full() -> Pr01Builder {
    let product = Product::builder()
        .code("a")
        .soort(Soort::Code99)
        .begin(DAY)
        .om(Time::from_hms(12, 30, 0))
        .omvang(Omvang::builder().volume(3).eenheid(Soort::Code01))
        .bedrag(250);
    let other = Product::builder().begin(DAY.plus_days(1));
    let client = Client::builder()
        .nummer("weg")
        .nummer("1")
        .type_("x")
        .soort([Soort::Code02])
        .soort([Soort::Code01])
        .product(vec![product, other]);
    Pr01::builder().client([client]).kop(Kop::builder().datum(DAY))
}

/// The message as XML. The rules of the invented standard reject it; its schema does not.
fn full_xml() -> String {
    full().draft().xml().unwrap()
}

#[test]
fn what_a_builder_sets_a_view_gives() {
    let (xml, context) = (full_xml(), context());
    let message = Message::read(xml.as_bytes(), &context).unwrap();
    let report = message.validate(&context);
    assert!(report.findings.iter().all(|finding| finding.level != Some(1)), "{report:?}");
    let view = Pr01::of(&message).unwrap();
    assert_eq!(view.kop().and_then(|kop| kop.versie()), Some("2.0"));
    let clients: Vec<_> = view.client().collect();
    let [client] = clients.as_slice() else { panic!("{clients:?}") };
    assert_eq!((client.nummer(), client.type_()), (Some("1"), Some("x")));
    assert_eq!(client.soort().collect::<Vec<_>>(), [Soort::Code02, Soort::Code01]);
    let products: Vec<_> = client.product().collect();
    let [product, other] = products.as_slice() else { panic!("{products:?}") };
    assert_eq!((product.begin(), product.om()), (Some(DAY), Some(Time::from_hms(12, 30, 0))));
    let omvang = product.omvang().unwrap();
    assert_eq!((omvang.volume(), omvang.eenheid()), (Some(3), Some(Soort::Code01)));
    assert_eq!((other.code(), other.bedrag(), other.soort()), (None, None, None));
    assert!(other.omvang().is_none());
    assert_eq!(Element::from(*other).path(), "/Bericht/Client/Product[2]");
}

#[test]
fn a_view_is_json_as_in_its_message() {
    let (xml, context) = (full_xml(), context());
    let message = Message::read(xml.as_bytes(), &context).unwrap();
    let view = Pr01::of(&message).unwrap();
    let product = view.client().next().unwrap().product().next().unwrap();
    let expected = json!({
        "Code": "a", "Soort": "99", "Begin": "2021-02-03", "Om": "12:30:00",
        "Omvang": { "Volume": 3, "Eenheid": "01" }, "Bedrag": 250
    });
    assert_eq!(serde_json::to_value(product).unwrap(), expected);
    let whole = serde_json::to_value(&message).unwrap();
    assert_eq!(whole["content"], serde_json::to_value(view).unwrap());
    assert_eq!(whole["content"]["Client"][0]["Product"][0], expected);
    let draft = Draft::from_json(&whole.to_string(), &context).unwrap();
    assert_eq!(draft.xml().unwrap(), message.xml());
}

#[test]
fn what_is_wrong_is_reported_and_not_built() {
    let report = Pr01::builder().build(&context()).unwrap_err().into_report();
    assert_eq!(report.verdict, Verdict::Rejected);
    let missing: Vec<_> = report.findings.iter().map(|finding| &finding.path).collect();
    assert_eq!(missing, ["/Bericht/Client", "/Bericht/Kop/Datum"]);
}

#[test]
fn what_says_by_which_schemas_is_filled_in_where_it_is_not_given() {
    use crate::generated::proef::pr03::{Kop, Pr03, Schema};
    let uitgave = |builder: Pr03Builder| {
        let (xml, context) = (builder.draft().xml().unwrap(), context());
        let message = Message::read(xml.as_bytes(), &context).unwrap();
        let schema = Pr03::of(&message).and_then(|view| view.kop()?.schema());
        schema.and_then(|schema| schema.uitgave().map(str::to_owned))
    };
    assert_eq!(uitgave(Pr03::builder()).as_deref(), Some("2.1"));
    let schema = Schema::builder().uitgave("1.9");
    let given = Pr03::builder().kop(Kop::builder().schema(schema));
    assert_eq!(uitgave(given).as_deref(), Some("1.9"));
    // A message without such elements gets none.
    assert!(!full_xml().contains("Schema"));
}

#[test]
fn another_release_can_be_made() {
    assert_eq!(Pr01::kind().names(), ["proef", "2.0", "PR01"]);
    let old = MessageKind::find(&STANDARD, "1.0", "PR01").unwrap();
    let wrong = full().draft_of(old).xml().unwrap_err();
    assert_eq!(wrong.path, "/Bericht/Client[1]/Type", "that release has no such element");
    let client = Client::builder().nummer("1").product([Product::builder().begin(DAY)]);
    let made = Pr01::builder().client([client]).kop(Kop::builder().datum(DAY)).draft_of(old);
    let (xml, context) = (made.xml().unwrap(), context());
    assert_eq!(Message::read(xml.as_bytes(), &context).unwrap().kind(), old);
}

#[test]
fn what_is_right_is_built() {
    let context = regelwerk::context();
    let base = jw301::Jw301::kind().message.base;
    let draft = Draft::of(&Message::read(base.as_bytes(), &context).unwrap()).unwrap();
    let message = draft.build(&context).unwrap();
    assert_eq!(message.xml(), draft.xml().unwrap());
    assert_eq!(message.validate(&context).verdict, Verdict::Accepted);
}

#[test]
fn what_is_no_value_is_not_given() {
    let wrong = [(">99<", ">98<"), (">250<", ">veel<"), (">12:30:00<", "><"), (">02<", ">2<")];
    let xml = wrong.iter().fold(full_xml(), |xml, (from, to)| xml.replace(from, to));
    let context = context();
    let message = Message::read(xml.as_bytes(), &context).unwrap();
    let client = Pr01::of(&message).unwrap().client().next().unwrap();
    let product = client.product().next().unwrap();
    assert_eq!((product.soort(), product.bedrag(), product.om()), (None, None, None));
    assert_eq!(client.soort().collect::<Vec<_>>(), [Soort::Code01]);
    let product = Element::from(product);
    assert_eq!(product.get("Soort").map(|soort| soort.text()), Some("98"));
    assert!(product.get("Vreemd").is_none() && product.get("Nummer").is_none());
}

#[test]
fn a_view_is_of_its_own_message_only() {
    let (xml, context) = (full_xml(), context());
    let message = Message::read(xml.as_bytes(), &context).unwrap();
    assert!(jw301::Jw301::of(&message).is_none());
    assert!(pr01::Pr01::of(&message).is_some());
}

#[test]
fn code_lists_have_the_codes_of_all_releases() {
    let codes: Vec<_> = Soort::all().iter().map(|code| code.code()).collect();
    assert_eq!(codes, ["01", "02", "13", "99"]);
    for code in Soort::all() {
        assert_eq!(Soort::from_code(code.code()), Some(*code));
        let json = serde_json::to_string(code).unwrap();
        assert_eq!(serde_json::from_str::<Soort>(&json).unwrap(), *code);
    }
    let wrong = serde_json::from_str::<Soort>("\"1\"").unwrap_err().to_string();
    assert!(wrong.starts_with("Soort heeft geen code \"1\""), "{wrong}");
    assert_eq!(Soort::Code99.meaning(), "Anders");
}
