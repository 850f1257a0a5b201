//! What is made fits, and what is written or turned into JSON is read again without loss: for
//! random messages of every kind of every release.

use regelwerk::{Context, Draft, Message, MessageKind};

pub(crate) mod random;

use random::Maker;

/// Messages made of each kind.
pub(crate) const MADE: usize = 50;

/// Every message of every release of every standard.
pub(crate) fn kinds() -> Vec<MessageKind> {
    let standards = regelwerk::STANDARDS.iter().chain(crate::generated::STANDARDS);
    let kinds = standards.flat_map(|standard| {
        standard.releases.iter().flat_map(move |release| {
            release.messages.iter().map(move |message| MessageKind { standard, release, message })
        })
    });
    let kinds: Vec<_> = kinds.collect();
    assert!(kinds.len() > 14, "te weinig berichten: {}", kinds.len());
    kinds
}

fn context(kind: MessageKind) -> Context {
    Context::new(vec![kind.standard])
}

/// Does something with random messages of every kind.
fn for_each(mut check: impl FnMut(&mut Maker, Draft, &Context)) {
    let mut maker = Maker::new();
    for kind in kinds() {
        let context = context(kind);
        for _ in 0..MADE {
            let draft = maker.draft(kind);
            check(&mut maker, draft, &context);
        }
    }
}

#[test]
fn what_is_made_of_valid_values_holds_at_level_1() {
    for_each(|_, draft, context| {
        let xml = draft.xml().unwrap();
        let message = Message::read(xml.as_bytes(), context).unwrap();
        assert_eq!(message.definition().name, draft.kind().message.name);
        assert_eq!(message.release().name, draft.kind().release.name);
        let report = message.validate(context);
        let wrong: Vec<_> = report.findings.iter().filter(|one| one.level == Some(1)).collect();
        assert!(wrong.is_empty(), "{xml}\n{wrong:#?}");
        assert_eq!(draft.build(context).is_ok(), !report.rejects());
    });
}

#[test]
fn what_is_written_is_read_again() {
    for_each(|maker, draft, context| {
        let xml = draft.xml().unwrap();
        let message = Message::read(xml.as_bytes(), context).unwrap();
        assert_eq!(Draft::of(&message).unwrap(), draft, "{xml}");
        assert!(!message.document().has_bare_lf() && !message.document().has_bom());
        let shuffled = Draft::with(draft.kind(), maker.shuffled(draft.content()));
        assert_eq!(shuffled.xml().unwrap(), xml);
    });
}

#[test]
fn json_is_read_again() {
    for_each(|_, draft, context| {
        let json = draft.to_json().unwrap();
        assert_eq!(Draft::from_json(&json, context).unwrap(), draft, "{json}");
        let xml = draft.xml().unwrap();
        let message = Message::read(xml.as_bytes(), context).unwrap();
        assert_eq!(serde_json::to_string(&message).unwrap(), json);
    });
}

#[test]
fn what_the_schema_does_not_know_is_never_lost_in_silence() {
    for_each(|_, draft, context| {
        let xml = draft.xml().unwrap();
        let (rest, end) = xml.rsplit_once("</").unwrap();
        for more in ["<Vreemd/>", "vreemd"] {
            let xml = format!("{rest}{more}</{end}");
            let message = Message::read(xml.as_bytes(), context).unwrap();
            let fault = Draft::of(&message).unwrap_err();
            assert!(["/Bericht", "/Bericht/Vreemd"].contains(&fault.path.as_str()), "{fault}");
            let json = serde_json::to_string(&message).unwrap_err();
            assert_eq!(json.to_string(), fault.to_string());
        }
    });
}
