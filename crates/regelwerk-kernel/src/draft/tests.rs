use super::*;
use crate::lang::Lang;
use crate::testing::*;
use crate::write::UnwritableKind;

fn context() -> Context {
    Context::new(vec![&PROEF])
}

fn draft() -> Draft {
    Draft::new(MessageKind::find(&PROEF, "1.0", "PR1").unwrap())
}

/// A draft of a right message, filled from back to front.
fn right() -> Draft {
    let mut draft = draft();
    let mut klant = Part::new(KLANT);
    for nummer in ["1", "2"] {
        let mut product = Part::value(PRODUCT, "");
        product.set(&[EINDE], "2024-01-02");
        product.set(&[NUMMER], nummer);
        klant.set(&[PRODUCTEN], "");
        klant.get_mut(&[PRODUCTEN]).unwrap().push(product);
    }
    klant.put(Part::value(BSN, "0"));
    klant.put(Part::value(BSN, "123456789"));
    draft.content_mut().push(klant);
    draft
}

#[test]
fn a_message_is_written_in_the_order_of_the_schema() {
    let expected = "\
        <?xml version=\"1.0\" encoding=\"UTF-8\"?>\r\n\
        <pr1:Bericht xmlns:proef=\"urn:base\" xmlns:pr1=\"urn:pr1\">\r\n\
        \t<proef:Header>\r\n\
        \t\t<proef:Code>101</proef:Code>\r\n\
        \t\t<proef:Release>1</proef:Release>\r\n\
        \t</proef:Header>\r\n\
        \t<pr1:Klant>\r\n\
        \t\t<pr1:Bsn>123456789</pr1:Bsn>\r\n\
        \t\t<pr1:Producten>\r\n\
        \t\t\t<pr1:Product>\r\n\
        \t\t\t\t<pr1:Nummer>1</pr1:Nummer>\r\n\
        \t\t\t\t<pr1:Einde>2024-01-02</pr1:Einde>\r\n\
        \t\t\t</pr1:Product>\r\n\
        \t\t\t<pr1:Product>\r\n\
        \t\t\t\t<pr1:Nummer>2</pr1:Nummer>\r\n\
        \t\t\t\t<pr1:Einde>2024-01-02</pr1:Einde>\r\n\
        \t\t\t</pr1:Product>\r\n\
        \t\t</pr1:Producten>\r\n\
        \t</pr1:Klant>\r\n\
        </pr1:Bericht>\r\n";
    assert_eq!(right().xml().unwrap(), expected);
}

#[test]
fn what_is_right_is_built_and_what_is_wrong_reported() {
    // Begin is optional in the schema; the rule asks for an Einde only where it is filled.
    let message = right().build(&context()).unwrap();
    assert_eq!(message.xml(), right().xml().unwrap());
    let mut wrong = right();
    wrong.content_mut().set(&[KLANT, PRODUCTEN, PRODUCT, BEGIN], "2024-02-01");
    let rejected = wrong.build(&context()).unwrap_err();
    assert_eq!(rejected.to_string(), "PR1 is afgekeurd: 1 fout (TR1). Het rapport zegt waar.");
    wrong.content_mut().set(&[KLANT, BSN], "geheim");
    wrong.content_mut().set(&[TOTAAL], "geheim");
    let told = wrong.build(&context()).unwrap_err().text(Lang::En);
    assert_eq!(told, "PR1 is rejected: 2 errors (CS1, XSD). The report says where.");
    let report = rejected.into_report();
    let codes: Vec<_> = report.findings.iter().map(|finding| finding.rule).collect();
    assert_eq!(codes, ["TR1"]);
}

#[test]
fn what_is_read_is_written_again_without_loss() {
    let texts = ["a & b < c > d ]]>", " x ", "\r", "a\nb\r\nc\r", "\t", "é\u{10FFFF}\u{85}", ""];
    for text in texts {
        let mut draft = right();
        draft.content_mut().set(&[KLANT, BSN], text);
        let xml = draft.xml().unwrap();
        let context = context();
        let message = Message::read(xml.as_bytes(), &context).unwrap();
        assert!(!message.document().has_bare_lf(), "{text:?}");
        let again = Draft::of(&message).unwrap();
        let bsn = again.content().get(&[KLANT, BSN]).unwrap();
        assert_eq!(bsn.text(), text);
        assert_eq!(again.xml().unwrap(), xml);
    }
}

/// Why a message with this content is no draft; its JSON is refused with the same text.
fn refused(content: &str) -> Unwritable {
    let (xml, context) = (bericht(content), context());
    let message = Message::read(xml.as_bytes(), &context).unwrap();
    let fault = Draft::of(&message).unwrap_err();
    assert_eq!(serde_json::to_string(&message).unwrap_err().to_string(), fault.to_string());
    fault
}

#[test]
fn a_message_with_what_has_no_place_is_no_draft() {
    use UnwritableKind::{Attribute, NoPlace, Text};
    let wrong = [
        ("<Vreemd><Bsn>1</Bsn></Vreemd>", "/Bericht/Vreemd", NoPlace),
        ("<Klant/><Klant><Vreemd/><Vreemd/></Klant>", "/Bericht/Klant[2]/Vreemd[1]", NoPlace),
        ("<Totaal>5<Totaal>6</Totaal></Totaal>", "/Bericht/Totaal/Totaal", NoPlace),
        ("<Klant>x<Bsn/></Klant>", "/Bericht/Klant", Text),
        ("<Klant>x</Klant>", "/Bericht/Klant", Text),
        ("<Klant><Bsn a='1'/></Klant>", "/Bericht/Klant/Bsn", Attribute),
    ];
    for (content, path, kind) in wrong {
        assert_eq!(refused(content), Unwritable { path: path.to_owned(), kind });
    }
    let context = context();
    let elsewhere = Message::read(b"<Vreemd xmlns='urn:pr1'/>", &context).unwrap();
    assert_eq!(Draft::of(&elsewhere).unwrap_err().path, "/Bericht");
}

#[test]
fn what_has_no_place_is_told_without_its_name_when_redacted() {
    let fault = refused("<Klant><Jansen/></Klant>");
    let path = "/Bericht/Klant/Jansen heeft geen plaats in dit bericht. Haal het weg.";
    assert_eq!(fault.text(Lang::Nl, false), path);
    assert_eq!(fault.text(Lang::Nl, true), path.replace("Jansen", "…"));
    let english = "/Bericht/Klant/Bsn has an attribute where none belongs. Remove it.";
    assert_eq!(refused("<Klant><Bsn jansen=''/></Klant>").text(Lang::En, true), english);
}

#[test]
fn what_a_partial_release_accepts_unknown_is_no_draft() {
    let xml = "<Bericht xmlns='urn:pr09'><Vreemd/></Bericht>";
    let context = context();
    let message = Message::read(xml.as_bytes(), &context).unwrap();
    assert_eq!(message.validate(&context).verdict, Verdict::Accepted);
    assert_eq!(Draft::of(&message).unwrap_err().path, "/Bericht/Vreemd");
}

#[test]
fn white_space_in_a_group_is_no_text() {
    let (xml, context) = (bericht("<Klant> \n </Klant>"), context());
    let draft = Draft::of(&Message::read(xml.as_bytes(), &context).unwrap()).unwrap();
    assert_eq!(draft.content().get(&[KLANT]), Some(&Part::new(KLANT)));
}

#[test]
fn what_cannot_be_written_is_told_with_its_place() {
    let told = |change: fn(&mut Part)| {
        let mut draft = right();
        change(draft.content_mut());
        let fault = draft.xml().unwrap_err();
        // JSON has room for any character.
        if !matches!(fault.kind, UnwritableKind::Character(_)) {
            assert_eq!(draft.to_json(), Err(fault.clone()));
        }
        fault
    };
    let wrong = told(|root| {
        let producten = root.get_mut(&[KLANT, PRODUCTEN]).unwrap();
        let mut product = Part::new(PRODUCT);
        product.set(&[SOORT], "0\u{1}");
        producten.push(product);
    });
    assert_eq!(wrong.path, "/Bericht/Klant[1]/Producten/Product[3]/Soort");
    assert_eq!(wrong.kind, UnwritableKind::Character(1));
    for text in ["\u{FFFE}", "\u{FFFF}", "\0", "\u{1F}"] {
        let mut draft = draft();
        draft.content_mut().set(&[TOTAAL], text);
        assert!(draft.xml().is_err(), "{text:?}");
    }
    let wrong = told(|root| root.set(&[KLANT, BSN, SOORT], "01"));
    let path = "/Bericht/Klant[1]/Bsn/Soort".to_owned();
    assert_eq!(wrong, Unwritable { path, kind: UnwritableKind::NoPlace });
    let wrong = told(|root| root.set(&[KLANT], "x"));
    assert_eq!((wrong.path.as_str(), wrong.kind), ("/Bericht/Klant[1]", UnwritableKind::Text));
    let wrong = Draft::with(draft().kind(), Part::new(KLANT)).xml().unwrap_err();
    assert_eq!((wrong.path.as_str(), wrong.kind), ("/Klant", UnwritableKind::NoPlace));
    assert_eq!(wrong.text(Lang::En, false), "/Klant has no place in this message. Remove it.");
}

#[test]
fn what_cannot_be_written_is_no_message_but_a_report() {
    let mut draft = right();
    draft.content_mut().set(&[KLANT, BSN], "\u{1}");
    let rejected = draft.build(&context()).unwrap_err();
    assert_eq!(rejected.report().verdict, Verdict::Unreadable);
    assert_eq!(
        rejected.to_string(),
        "Het bericht is niet te maken: /Bericht/Klant[1]/Bsn bevat teken U+0001, dat niet in XML \
         kan. Haal het weg."
    );
}
