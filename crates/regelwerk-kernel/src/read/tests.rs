use super::*;
use crate::document::Document;

fn kind(xml: &str) -> UnreadableKind {
    Document::read(xml.as_bytes()).expect_err(xml).kind
}

fn fault(xml: &str) -> Fault {
    match kind(xml) {
        UnreadableKind::NotXml(fault) => fault,
        other => panic!("{xml}: {other:?}"),
    }
}

fn text_of(xml: &str) -> String {
    let document = Document::read(xml.as_bytes()).expect(xml);
    document.text(ElementId::ROOT).to_owned()
}

#[test]
fn prefixes_and_defaults_name_the_same_namespace() {
    let prefixed = "<p:a xmlns:p='urn:x'><p:b/></p:a>";
    let default = "<a xmlns='urn:x'><b/></a>";
    for xml in [prefixed, default] {
        let document = Document::read(xml.as_bytes()).unwrap();
        let seen: Vec<_> =
            document.elements().map(|id| (document.name(id), document.namespace(id))).collect();
        assert_eq!(seen, [("a", "urn:x"), ("b", "urn:x")]);
    }
    let inner = Document::read(b"<a xmlns='urn:x'><b xmlns=''/><c/></a>").unwrap();
    assert_eq!(inner.namespace(ElementId(1)), "");
    assert_eq!(inner.namespace(ElementId(2)), "urn:x");
}

#[test]
fn text_is_joined_and_resolved() {
    assert_eq!(text_of("<a>plain</a>"), "plain");
    assert_eq!(text_of("<a>on<!-- x -->e</a>"), "one");
    assert_eq!(text_of("<a><![CDATA[<&>]]></a>"), "<&>");
    assert_eq!(text_of("<a>x<![CDATA[]]>y<?pi?>z</a>"), "xyz");
    assert_eq!(text_of("<a>&lt;&#65;&#x42;&amp;c</a>"), "<AB&c");
    assert_eq!(text_of("<a>1\r\n2\r3\n&#13;</a>"), "1\n2\n3\n\r");
    assert_eq!(text_of("<a/>"), "");
}

#[test]
fn text_beside_children_is_no_value() {
    let document = Document::read(b"<a> <b>1</b> x &amp;<c>&#50;</c></a>").unwrap();
    assert!(document.is_mixed(ElementId::ROOT));
    let texts: Vec<_> = document.elements().map(|id| document.text(id)).collect();
    assert_eq!(texts, ["", "1", "2"]);
    let early = Document::read(b"<a>&#120;<b>&#49;</b></a>").unwrap();
    assert!(early.is_mixed(ElementId::ROOT));
    assert_eq!((early.text(ElementId(0)), early.text(ElementId(1))), ("", "1"));
    assert!(!Document::read(b"<a> <b/>\n</a>").unwrap().is_mixed(ElementId::ROOT));
}

#[test]
fn encodings_are_recognised() {
    let xml = "<?xml version='1.0' encoding='UTF-16'?>\r\n<a>\u{E9}</a>";
    let le: Vec<u8> = xml.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let be: Vec<u8> = xml.encode_utf16().flat_map(u16::to_be_bytes).collect();
    let marked = [&[0xFE, 0xFF][..], &be].concat();
    let cases = [
        (le, Encoding::Utf16Le, false),
        (be, Encoding::Utf16Be, false),
        (marked, Encoding::Utf16Be, true),
    ];
    for (bytes, encoding, bom) in cases {
        let document = Document::read(&bytes).unwrap();
        assert_eq!((document.encoding(), document.has_bom()), (encoding, bom));
        assert_eq!(document.text(ElementId::ROOT), "\u{E9}");
        assert!(!document.has_bare_lf());
    }
    let marked = Document::read(b"\xEF\xBB\xBF<?xml version='1.0'?>\n<a/>").unwrap();
    assert!(marked.has_bom() && marked.has_bare_lf());
    assert_eq!(marked.line_column(ElementId::ROOT), (2, 1));
}

#[test]
fn other_encodings_are_refused_by_name() {
    let latin = b"<?xml version='1.0' encoding='ISO-8859-1'?><a>\xE9</a>";
    let declared = Some("ISO-8859-1".to_owned());
    let error = Document::read(latin).unwrap_err();
    assert_eq!(error.kind, UnreadableKind::NotUtf8 { declared });
    assert_eq!((error.line, error.column), (1, 47));
    let ascii = kind("<?xml version='1.0' encoding='windows-1252'?><a/>");
    assert_eq!(ascii, UnreadableKind::EncodingMismatch("windows-1252".into()));
    assert_eq!(Document::read(b"<a>\xC3").unwrap_err().kind, UnreadableKind::CutOff);
}

#[test]
fn what_is_missing_is_told_apart() {
    assert_eq!(kind(""), UnreadableKind::Empty);
    assert_eq!(kind(" \r\n"), UnreadableKind::Empty);
    assert_eq!(fault("<!-- x -->"), Fault::NoRoot);
    for cut in ["<a>", "<a><b></b>", "<a", "<a x='1", "<a><!-- ", "<a><![CDATA[x", "<?xml"] {
        assert_eq!(kind(cut), UnreadableKind::CutOff, "{cut}");
    }
}

#[test]
fn what_could_explode_is_refused() {
    assert_eq!(kind("<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>"), UnreadableKind::DoctypeForbidden);
    assert_eq!(kind("<!DOCTYPE a ["), UnreadableKind::DoctypeForbidden);
    assert_eq!(kind("<a>&b;</a>"), UnreadableKind::UnknownEntity("b".into()));
    assert_eq!(kind("<a b='&c;'/>"), UnreadableKind::UnknownEntity("c".into()));
    let nested = |depth| "<a>".repeat(depth) + &"</a>".repeat(depth);
    assert_eq!(kind(&nested(MAX_DEPTH + 1)), UnreadableKind::TooDeep);
    assert!(Document::read(nested(MAX_DEPTH).as_bytes()).is_ok());
    let declared: String = (0..64).map(|n| format!(" xmlns:n{n}='urn:{n}'")).collect();
    assert_eq!(kind(&format!("<a{declared}/>")), UnreadableKind::TooManyNamespaces);
}

#[test]
fn the_grammar_is_strict() {
    let wrong = [
        ("<a/><b/>", Fault::SecondRoot),
        ("x<a/>", Fault::TextOutsideRoot),
        ("<a/>x", Fault::TextOutsideRoot),
        ("<a/>&#32;", Fault::TextOutsideRoot),
        ("<a/><![CDATA[]]>", Fault::TextOutsideRoot),
        ("\u{FEFF}\u{FEFF}<a/>", Fault::TextOutsideRoot),
        ("<a x='1' x='2'/>", Fault::DuplicateAttribute("x".into())),
        ("<a xmlns:p='u' xmlns:q='u' p:x='' q:x=''/>", Fault::DuplicateAttribute("x".into())),
        ("<a xmlns='u' xmlns='v'/>", Fault::DuplicateAttribute("xmlns".into())),
        ("<a x='1'y='2'/>", Fault::BadAttribute),
        ("<a x/>", Fault::BadAttribute),
        ("<a x=1/>", Fault::BadAttribute),
        ("<a x='<'/>", Fault::LessThanInAttribute),
        ("<a>\u{1}</a>", Fault::IllegalCharacter(1)),
        ("<a>\u{FFFF}</a>", Fault::IllegalCharacter(0xFFFF)),
        ("<a>&#0;</a>", Fault::BadReference("#0".into())),
        ("<a>&#xD800;</a>", Fault::BadReference("#xD800".into())),
        ("<a>&#+65;</a>", Fault::BadReference("#+65".into())),
        ("<a>& b</a>", Fault::BareAmpersand),
        ("<a b='&'/>", Fault::BareAmpersand),
        ("<a><!-- -- --></a>", Fault::HyphensInComment),
        ("<a><!-- ---></a>", Fault::HyphensInComment),
        ("<a>]]></a>", Fault::CdataEndInText),
        (" <?xml version='1.0'?><a/>", Fault::LateDeclaration),
        ("<?xml encoding='UTF-8'?><a/>", Fault::BadDeclaration),
        ("<?xml version='2.0'?><a/>", Fault::BadDeclaration),
        ("<?xml version='1.0' standalone='ja'?><a/>", Fault::BadDeclaration),
        ("<a><?XML x?></a>", Fault::BadInstruction),
        ("<a><? x?></a>", Fault::BadInstruction),
        ("<a:b:c/>", Fault::BadName("a:b:c".into())),
        ("<1/>", Fault::BadName("1".into())),
        ("< a/>", Fault::BadName("".into())),
        ("<a></a></a>", Fault::StrayEndTag("a".into())),
        ("<a><b></a></b>", Fault::WrongEndTag { expected: "b".into(), found: "a".into() }),
        ("<a xmlns:p=''/>", Fault::ReservedNamespace),
        ("<a xmlns:xmlns='u'/>", Fault::ReservedNamespace),
    ];
    for (xml, expected) in wrong {
        assert_eq!(fault(xml), expected, "{xml}");
    }
    for xml in ["<p:a/>", "<a p:b=''/>"] {
        assert_eq!(kind(xml), UnreadableKind::UnboundPrefix("p".into()), "{xml}");
    }
    for comment in ["<a><!--></a>", "<a><!---></a>"] {
        assert!(Document::read(comment.as_bytes()).is_err(), "{comment}");
    }
}

#[test]
fn faults_have_a_place() {
    let error = Document::read("<a>\n<é>&x;</é></a>".as_bytes()).unwrap_err();
    assert_eq!((error.line, error.column), (2, 4));
}

#[test]
fn attributes_are_kept_unless_any_document_may_have_them() {
    let xml = "<a xmlns:xsi='http://www.w3.org/2001/XMLSchema-instance' \
               xsi:schemaLocation='u v' b='1' xsi:type='c'><d/><e f='&lt;'/></a>";
    let document = Document::read(xml.as_bytes()).unwrap();
    let names = |id| document.unexpected_attributes(ElementId(id)).collect::<Vec<_>>();
    assert_eq!(names(0), ["b", "xsi:type"]);
    assert!(names(1).is_empty());
    assert_eq!(names(2), ["f"]);
}

#[test]
fn paths_number_siblings_that_share_a_name() {
    let document = Document::read(b"<a><b/><c><b/><a/></c><b><b/><b/></b></a>").unwrap();
    let paths: Vec<_> = document.elements().map(|id| document.path(id)).collect();
    let expected =
        ["/a", "/a/b[1]", "/a/c", "/a/c/b", "/a/c/a", "/a/b[2]", "/a/b[2]/b[1]", "/a/b[2]/b[2]"];
    assert_eq!(paths, expected);
    let children: Vec<_> = document.children(ElementId::ROOT).map(|id| id.0).collect();
    assert_eq!(children, [1, 2, 5]);
    assert_eq!(document.next_sibling(ElementId(5)), None);
    assert_eq!(document.parent(ElementId(6)), Some(ElementId(5)));
}

#[test]
fn an_element_is_small() {
    assert_eq!(size_of::<Element>(), 36);
}

#[test]
fn attributes_are_bounded() {
    let attributes = |number| (0..number).map(|n| format!(" a{n}=''")).collect::<String>();
    assert!(Document::read(format!("<a{}/>", attributes(256)).as_bytes()).is_ok());
    let too_many = UnreadableKind::TooManyAttributes;
    assert_eq!(kind(&format!("<a{}/>", attributes(257))), too_many);
    let read = |before| {
        let mut builder = Builder::new("<a b='' c=''/>", Encoding::Utf8);
        builder.attribute_count = before;
        builder.run().map_err(|halt| halt.kind).map(|_| ())
    };
    assert_eq!(read(MAX_ATTRIBUTES - 2), Ok(()));
    assert_eq!(read(MAX_ATTRIBUTES - 1), Err(too_many));
}

#[test]
fn a_namespace_has_a_bounded_name() {
    let named = |length| format!("<a xmlns='{}'/>", "é".repeat(length));
    assert!(Document::read(named(1000).as_bytes()).is_ok());
    assert_eq!(kind(&named(1001)), UnreadableKind::NamespaceTooLong);
}

#[test]
fn what_cannot_be_read_is_repeated_in_part() {
    let (long, cut) = ("x".repeat(5000), "x".repeat(100) + "…");
    let wrong_end = Fault::WrongEndTag { expected: "a".into(), found: cut.clone() };
    for (xml, expected) in [
        (format!("<a>&{long};</a>"), UnreadableKind::UnknownEntity(cut.clone())),
        (format!("<{long}:a/>"), UnreadableKind::UnboundPrefix(cut.clone())),
        (format!("<a></{long}>"), UnreadableKind::NotXml(wrong_end)),
        (format!("<a/></{long}>"), UnreadableKind::NotXml(Fault::StrayEndTag(cut.clone()))),
        (
            format!("<a {long}='' {long}=''/>"),
            UnreadableKind::NotXml(Fault::DuplicateAttribute(cut.clone())),
        ),
        (
            format!("<?xml version='1.0' encoding='{long}'?><a/>"),
            UnreadableKind::EncodingMismatch(cut),
        ),
    ] {
        assert_eq!(kind(&xml), expected);
    }
}

#[test]
fn an_encoding_may_lack_its_hyphen_but_not_its_name() {
    assert!(Document::read(b"<?xml version='1.0' encoding='utf8'?><a/>").is_ok());
    let error = Document::read(b"<?xml version='1.0' encoding=''?><a/>").unwrap_err();
    let text = error.text(crate::Lang::Nl);
    assert!(text.starts_with("De XML-declaratie noemt geen codering (regel 1"), "{text}");
}

#[test]
fn a_bare_cr_ends_a_line() {
    let document = Document::read(b"<a>\r<b/>\r\n<c/></a>").unwrap();
    assert_eq!(document.line_column(ElementId(1)), (2, 1));
    assert_eq!(document.line_column(ElementId(2)), (3, 1));
    let error = Document::read(b"<a>\r<b>&x;</b></a>").unwrap_err();
    assert_eq!((error.line, error.column), (2, 4));
}

#[test]
fn a_byte_belongs_to_the_last_element_that_started() {
    let xml = "<a> <b>x</b> <c/> </a>";
    let document = Document::read(xml.as_bytes()).unwrap();
    let at = |part: &str| document.at(xml.find(part).unwrap());
    assert_eq!(at("<a>"), ElementId::ROOT);
    assert_eq!([at("<b>"), at("x"), at("<c/>")], [1, 1, 2].map(ElementId));
    assert_eq!(document.at(usize::MAX), ElementId(2));
}
