//! Replies of an invented standard: every way in which one is composed, and every reason for none.

use regelwerk::{
    Context, Date, Lang, Message, MessageKind, NoReply, ReplyFault, ReplyOptions, Standard,
};

use crate::generated::STANDARDS;

fn standard() -> &'static Standard {
    STANDARDS[0]
}

fn context() -> Context {
    Context::new(STANDARDS.to_vec())
}

fn options() -> ReplyOptions {
    ReplyOptions::new("r-1", Date::from_ymd(2026, 5, 1))
}

/// A message that is right, of two clients: one with a post of 10, one with posts of 3 and 4 less.
fn rekening() -> String {
    let post = |code: &str, amount: u8, sign: &str| {
        format!(
            "<p:Post><p:Code>{code}</p:Code><p:Bedrag><b:Aantal>{amount}</b:Aantal>\
             <b:Teken>{sign}</b:Teken></p:Bedrag></p:Post>"
        )
    };
    let klant = |nummer: &str, posten: &str| {
        format!("<p:Klant><p:Nummer>{nummer}</p:Nummer><p:Posten>{posten}</p:Posten></p:Klant>")
    };
    let klanten =
        klant("k1", &post("a", 10, "D")) + &klant("k2", &(post("b", 3, "D") + &post("c", 4, "C")));
    format!(
        "<p:Bericht xmlns:p=\"urn:proef:2_0:pr02\" xmlns:b=\"urn:proef:2_0:basis\"><p:Kop>\
         <p:Code>2</p:Code><p:Versie>2.0</p:Versie><p:Van>ik</p:Van><p:Aan>jij</p:Aan>\
         <p:Datum>2026-04-01</p:Datum></p:Kop><p:Rekening><p:Nummer>n&amp;1</p:Nummer>\
         <p:Soort>01</p:Soort><p:Totaal><b:Aantal>09</b:Aantal><b:Teken>D</b:Teken></p:Totaal>\
         <p:Klanten>{klanten}</p:Klanten></p:Rekening></p:Bericht>"
    )
}

fn melding() -> String {
    let message = MessageKind::find(standard(), "2.0", "PR04").unwrap().message;
    let post = "<pr04:Post>\n      <pr04:Code>iets</pr04:Code>\n    </pr04:Post>";
    assert!(message.base.contains(post), "{}", message.base);
    message.base.replace(post, &post.repeat(2))
}

fn answer(xml: &str, options: &ReplyOptions) -> Result<String, NoReply> {
    let context = context();
    let message = Message::read(xml.as_bytes(), &context).unwrap();
    message.validate(&context).reply(&message, options).map(|answer| answer.xml)
}

/// What a reply holds, on one line: values as they are, classes with their retourcodes.
fn told(xml: &str) -> String {
    let context = context();
    let message = Message::read(xml.as_bytes(), &context).unwrap();
    let document = message.document();
    let mut text = String::new();
    for id in document.elements() {
        match document.name(id) {
            "Klant" | "Post" | "Uitkomst" | "Toegekend" => {
                text += &format!("{} ", document.name(id))
            }
            _ if document.is_group(id) => {}
            _ => text += &format!("{} ", document.text(id)),
        }
    }
    text.trim_end().to_owned()
}

/// The reply to a message that differs in one place from one that is right.
fn changed(from: &str, to: &str) -> String {
    assert_eq!(rekening().matches(from).count(), 1, "{from}");
    told(&answer(&rekening().replace(from, to), &options()).unwrap())
}

const KOP: &str = "3 2.0 jij ik 2026-05-01 r-1 2026-04-01 2.1";

#[test]
fn an_approval_says_so_and_repeats_nothing() {
    let reply = answer(&rekening(), &options()).unwrap();
    assert_eq!(told(&reply), format!("{KOP} 0200 Uitkomst n&1 09 D Toegekend 09 D 8001"));
}

#[test]
fn a_reply_is_the_same_to_the_byte_and_in_the_form_of_a_message() {
    let reply = answer(&rekening(), &options()).unwrap();
    assert_eq!(Ok(reply.clone()), answer(&rekening(), &options()));
    assert!(reply.starts_with("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\r\n<pr03:Bericht "));
    assert_eq!(reply.matches('\n').count(), reply.matches("\r\n").count());
    let report = regelwerk::validate(reply.as_bytes(), &context());
    assert_eq!(report.findings, []);
}

#[test]
fn at_level_two_the_header_says_it_all() {
    assert_eq!(changed(">ik<", ">x<"), format!("{} 0001", KOP.replace(" ik ", " x ")));
}

#[test]
fn a_fault_in_the_header_leaves_the_rest_out() {
    let early = KOP.replace("2026-04-01", "2020-12-31");
    assert_eq!(changed("2026-04-01", "2020-12-31"), format!("{early} 9001"));
    let both = rekening().replace("2026-04-01", "2020-12-31").replace(">n&amp;1<", ">x<");
    assert_eq!(told(&answer(&both, &options()).unwrap()), format!("{early} 9001"));
}

#[test]
fn a_fault_in_the_message_as_a_whole_is_one_in_the_header() {
    let klanten = "<p:Klant><p:Nummer>k3</p:Nummer><p:Posten><p:Post><p:Code>d</p:Code><p:Bedrag>\
                   <b:Aantal>0</b:Aantal><b:Teken>D</b:Teken></p:Bedrag></p:Post></p:Posten></p:Klant>";
    let more = format!("{}</p:Klanten>", klanten.repeat(2));
    assert_eq!(changed("</p:Klanten>", &more), format!("{KOP} 9006"));
}

#[test]
fn a_fault_in_a_class_above_hides_those_below() {
    let expected = format!("{KOP} 0200 Uitkomst x 09 D Toegekend 0 D 9002");
    assert_eq!(changed(">n&amp;1<", ">x<"), expected);
}

#[test]
fn only_what_has_a_fault_comes_back_and_the_amounts_add_up() {
    // 9 is asked for, 3 refused.
    let expected = "0200 Uitkomst n&1 09 D Toegekend 6 D Klant k2 Post x 3 D 9004 0200 0200";
    assert_eq!(changed(">b<", ">x<"), format!("{KOP} {expected}"));
    // 4 less is refused, so that 13 is left.
    let expected = "0200 Uitkomst n&1 09 D Toegekend 13 D Klant k2 Post x 4 C 9004 0200 0200";
    assert_eq!(changed(">c<", ">x<"), format!("{KOP} {expected}"));
    // 10 is refused, so that 1 is left to be paid back.
    let expected = "0200 Uitkomst n&1 09 D Toegekend 1 C Klant k1 Post x 10 D 9004 0200 0200";
    assert_eq!(changed(">a<", ">x<"), format!("{KOP} {expected}"));
}

#[test]
fn nothing_left_has_the_sign_of_what_is_added() {
    let all = rekening().replace(">a<", ">x<").replace(">b<", ">x<").replace(">c<", ">x<");
    let reply = told(&answer(&all, &options()).unwrap());
    assert!(reply.contains("Toegekend 0 D"), "{reply}");
}

#[test]
fn a_class_names_every_rule_that_it_breaks() {
    let expected = "Klant k1 Post xx 10 D 9004 9005 0200 0200";
    assert!(changed(">a<", ">xx<").ends_with(expected));
}

/// Where the text of a value is not in the file as it is, its fault is still at its class.
#[test]
fn a_fault_belongs_to_its_class_however_its_value_is_written() {
    let expected = changed(">b<", ">x<");
    for written in ["><![CDATA[x]]><", ">&#120;<", "><!-- b -->x<?b?><"] {
        assert_eq!(changed(">b<", written), expected, "{written}");
    }
}

#[test]
fn under_a_class_with_a_fault_nothing_was_judged() {
    let expected = "Toegekend 10 D Klant x Post b 3 D 0233 Post c 4 C 0233 9003 0200";
    assert!(changed(">k2<", ">x<").ends_with(expected), "{}", changed(">k2<", ">x<"));
    let both = rekening().replace(">k2<", ">x<").replace(">b<", ">x<").replace(">a<", ">x<");
    let reply = told(&answer(&both, &options()).unwrap());
    let expected =
        "Klant k1 Post x 10 D 9004 0200 Klant x Post x 3 D 0233 Post c 4 C 0233 9003 0200";
    assert!(reply.ends_with(expected), "{reply}");
}

#[test]
fn a_message_that_comes_back_has_a_code_in_every_class() {
    let one = melding().replacen("<pr04:Code>iets<", "<pr04:Code>x<", 1);
    let reply = |options: &ReplyOptions| told(&answer(&one, options).unwrap());
    // One rule was not assessed. It is about a post.
    let expected = |post: &str| format!("5 2.0 0200 Klant iets Post x 9004 Post iets {post} 0200");
    assert_eq!(reply(&options()), expected("0233"));
    assert_eq!(reply(&options().accept_unassessed(true)), expected("0200"));
}

#[test]
fn nothing_is_approved_that_was_not_assessed_unless_somebody_says_so() {
    let refused = answer(&melding(), &options()).unwrap_err();
    let NoReply::Unassessed(gaps) = &refused else { panic!("{refused:?}") };
    let rules: Vec<_> = gaps.iter().flat_map(|gap| &gap.rules).collect();
    assert_eq!(rules, [&"P309"]);
    assert!(refused.text(Lang::En, false).contains("1 rule for this message was not assessed"));
    let taken = answer(&melding(), &options().accept_unassessed(true)).unwrap();
    assert_eq!(told(&taken), "5 2.0");
}

/// A rule whose budget runs out is as one that was never judged: leaving out is approving too.
#[test]
fn a_grant_in_part_is_an_approval() {
    let context = context().fuel(0);
    let xml = rekening();
    let message = Message::read(xml.as_bytes(), &context).unwrap();
    let report = message.validate(&context);
    assert!(matches!(report.reply(&message, &options()), Err(NoReply::Unassessed(_))));
}

/// What the reply to a message says when whoever makes it found these codes, each with its level, at
/// the element with a text.
fn found(xml: &str, codes: &[(&str, &str, u8)]) -> Result<String, NoReply> {
    let context = context();
    let message = Message::read(xml.as_bytes(), &context).unwrap();
    let document = message.document();
    let faults = codes.iter().map(|&(text, code, level)| {
        let at = document.elements().find(|id| document.text(*id) == text).unwrap();
        ReplyFault { at, code: code.to_owned(), level }
    });
    let options = options().faults(faults.collect());
    message.validate(&context).reply(&message, &options).map(|answer| told(&answer.xml))
}

#[test]
fn what_the_other_side_found_comes_in_place_of_the_report() {
    let xml = rekening();
    let expected = changed(">b<", ">xx<").replace("xx", "b");
    assert!(expected.contains(" Post b 3 D 9004 9005 "), "{expected}");
    assert_eq!(found(&xml, &[("b", "9005", 3), ("3", "9004", 4)]), Ok(expected));
    assert_eq!(found(&xml, &[("b", "9004", 3), ("ik", "0001", 2)]), Ok(format!("{KOP} 0001")));
    let wrong = xml.replace(">b<", ">x<");
    assert_eq!(found(&wrong, &[]), Ok(told(&answer(&xml, &options()).unwrap())));
    let why = found(&xml, &[("b", "anders", 3)]);
    assert!(matches!(why, Err(NoReply::Unsound(_))), "{why:?}");
}

fn refusal(from: &str, to: &str) -> NoReply {
    assert_eq!(rekening().matches(from).count(), 1, "{from}");
    answer(&rekening().replace(from, to), &options()).unwrap_err()
}

#[test]
fn without_a_reply_there_is_a_reason() {
    assert_eq!(refusal(">k1<", "><x/><"), NoReply::Level(1));
    assert_eq!(refusal("<p:Soort>01<", "<p:Soort>13<"), NoReply::NoCode { rule: "P307" });
    let answered = answer(&rekening(), &options()).unwrap();
    let again = answer(&answered, &options()).unwrap_err();
    assert_eq!(again, NoReply::NotAnswered { message: "PR03", release: "2.0" });
}

/// Not even one of the same name: what is right in it says nothing of this one.
#[test]
fn a_report_on_another_message_gives_no_reply() {
    let context = context();
    let one = rekening().replace(">b<", ">x<");
    let message = Message::read(one.as_bytes(), &context).unwrap();
    let asked = |judged: &str| {
        let report = regelwerk::validate(judged.as_bytes(), &context);
        report.reply(&message, &options())
    };
    // The last is as long, and breaks the same rule elsewhere.
    for other in [melding(), rekening(), String::new(), rekening().replace(">c<", ">x<")] {
        assert_eq!(asked(&other), Err(NoReply::OtherReport), "{other}");
    }
    assert!(asked(&one).is_ok());
}

#[test]
fn faults_beyond_what_a_report_tells_are_not_left_out() {
    let post = "<p:Post><p:Code>x</p:Code><p:Bedrag><b:Aantal>0</b:Aantal><b:Teken>D</b:Teken>\
                </p:Bedrag></p:Post>";
    let many = format!("</p:Post>{}</p:Posten></p:Klant></p:Klanten>", post.repeat(1001));
    let refused = refusal("</p:Post></p:Posten></p:Klant></p:Klanten>", &many);
    assert_eq!(refused, NoReply::TooMany { rules: vec!["P304"] });
}

#[test]
fn what_does_not_fit_in_a_reply_is_told_with_its_name() {
    let long = ReplyOptions::new("meer dan tien tekens", Date::from_ymd(2026, 5, 1));
    let refused = answer(&rekening(), &long).unwrap_err();
    let expected = "De identificatie kan zo niet in het antwoord. Kenmerk: verwacht hoogstens 10 \
                    tekens, gevonden \"meer dan tien tekens\". Geef een andere op.";
    assert_eq!(refused.to_string(), expected);
    let odd = ReplyOptions::new("\u{1}", Date::from_ymd(2026, 5, 1));
    let refused = answer(&rekening(), &odd).unwrap_err();
    assert!(refused.to_string().contains("U+0001"), "{refused}");
    let style = answer(&rekening(), &options().xslt_version("1.2.3")).unwrap();
    assert!(style.contains("<pr03:Stijl>1.2.3</pr03:Stijl>"), "{style}");
}

/// The number of what is granted has more digits than its element takes: no reply breaks the
/// schema.
#[test]
fn a_reply_that_breaks_a_rule_is_not_handed_out() {
    let xml = rekening().replace(">09<", ">99<").replace(">c<", ">x<");
    let refused = answer(&xml, &options()).unwrap_err();
    assert!(matches!(refused, NoReply::Unsound(_)), "{refused:?}");
    assert!(refused.text(Lang::Nl, true).contains("(verborgen)"), "{refused}");
    assert!(!refused.text(Lang::Nl, true).contains("103"), "{refused}");
}

/// The example of IV028: a fault of level 3 in a product that starts. Until such rules are judged,
/// a finding stands in for it, and what is about the Header is not assessed; nothing more is about
/// the Client.
#[test]
fn as_in_the_example_of_the_standard_a_start_is_refused() {
    let context = regelwerk::context();
    let started = MessageKind::find(regelwerk::STANDARDS[0], "3.2", "JW305").unwrap().message.base;
    let status = "StatusAanlevering>";
    let xml = started.replace(&format!("{status}1"), &format!("{status}2"));
    let message = Message::read(xml.as_bytes(), &context).unwrap();
    let mut report = message.validate(&context);
    assert_eq!(report.findings.len(), 1, "{:?}", report.findings);
    (report.findings[0].level, report.findings[0].retourcode) = (Some(3), Some("9063"));
    let codes = |options: &ReplyOptions| codes(&report.reply(&message, options).unwrap().xml);
    let expected = |code: &str| format!("Header {code}, Client 0200, StartProduct 9063");
    assert_eq!(codes(&options().accept_unassessed(true)), expected("0200"));
    assert_eq!(codes(&options()), expected("0233"));
}

/// The classes of a reply of iJw with their retourcodes.
fn codes(xml: &str) -> String {
    let context = regelwerk::context();
    let message = Message::read(xml.as_bytes(), &context).unwrap();
    let document = message.document();
    let mut classes = Vec::new();
    for code in document.elements().filter(|&id| document.name(id) == "RetourCode") {
        let class = document.parent(code).and_then(|codes| document.parent(codes)).unwrap();
        classes.push((class, format!("{} {}", document.name(class), document.text(code))));
    }
    classes.sort();
    classes.into_iter().map(|(_, told)| told).collect::<Vec<_>>().join(", ")
}
