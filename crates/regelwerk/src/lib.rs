//! The rules of Dutch youth care messages as a library.
//!
//! Rules live in Dutch in the folder `rules/`; the build turns them into the module of each
//! standard below. Judge a message with [`validate`]:
//!
//! ```
//! let report = regelwerk::validate(b"<geen bericht/>", &regelwerk::context());
//! assert_eq!(report.verdict, regelwerk::Verdict::Unreadable);
//! ```
//!
//! A [`Report`] holds what is wrong ([`Finding`]), what was not judged and why, and a receipt that
//! says which rules were used. Standards are values: [`Context::new`] takes those of this library,
//! [`STANDARDS`], or others.
//!
//! # Reading and answering a message
//!
//! [`Message::read`] opens a message, [`Message::validate`] judges it, [`Report::reply`] answers it.
//! Each message of a standard has a module with typed views of it, such as [`ijw::jw301`], named as
//! the standard names its elements. A view borrows the message and costs nothing. What is read may
//! be wrong in any way, so a view gives an `Option` of what occurs once and an iterator over what
//! may occur more often.
//!
//! ```
//! use regelwerk::ijw::jw301::Jw301;
//! use regelwerk::{Date, Lang, Message, ReplyOptions};
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let bytes = std::fs::read("examples/jw301.xml")?; // a path from the folder of this crate
//! let context = regelwerk::context();
//! let message = Message::read(&bytes, &context)?;
//!
//! let report = message.validate(&context);
//! for finding in &report.findings {
//!     println!("{} at line {}: {}", finding.rule, finding.line, finding.text(Lang::En));
//! }
//!
//! let jw301 = Jw301::of(&message).ok_or("not a JW301")?;
//! let products = jw301.client().and_then(|client| client.toegewezen_producten());
//! let mut told = Vec::new();
//! for product in products.iter().flat_map(|products| products.toegewezen_product()) {
//!     let number = product.toewijzing_nummer().unwrap_or_default();
//!     let unit = product.omvang().and_then(|omvang| omvang.eenheid());
//!     told.push(format!("{number}: {}", unit.map_or("no volume", |unit| unit.meaning())));
//! }
//! println!("{}", told.join("\n"));
//! assert_eq!(told, ["4711: Uur", "4712: no volume"]);
//!
//! // Not every rule of the standard is judged yet; an approval takes that upon itself.
//! let day = Date::new(2026, 4, 2).ok_or("no such day")?;
//! let options = ReplyOptions::new("JW2026000002", day).accept_unassessed(true);
//! let reply = report.reply(&message, &options)?;
//! assert_eq!(reply.message, "JW302");
//! let path = std::env::temp_dir().join("jw302.xml");
//! std::fs::write(path, reply.xml)?;
//! # Ok(())
//! # }
//! ```
//!
//! # Making a message
//!
//! Each view has a builder. A setter takes a value, or an iterator of them where an element may occur
//! more often: an array, a `Vec`. `build` writes the message as XML, reads it back and judges it: it gives
//! the message, or the report of what is wrong. What the message says of its kind, its release
//! and the schemas by which it is made is filled in.
//!
//! ```
//! use regelwerk::ijw::codelijsten::{Geslacht, StatusAanlevering};
//! use regelwerk::ijw::groepen::{Achternaam, BerichtIdentificatie, Geboortedatum, VerkorteNaam};
//! use regelwerk::ijw::jw305::{Client, Header, Jw305, StartProduct, StartProducten};
//! use regelwerk::{Date, Draft};
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let day = Date::new(2026, 4, 1).ok_or("no such day")?;
//! let born = Date::new(2010, 2, 14).ok_or("no such day")?;
//! let header = Header::builder()
//!     .afzender("42420001")
//!     .ontvanger("0384")
//!     .bericht_identificatie(
//!         BerichtIdentificatie::builder().identificatie("JW2026000001").dagtekening(day),
//!     );
//! let product = StartProduct::builder()
//!     .toewijzing_nummer(4711)
//!     .begindatum(day)
//!     .status_aanlevering(StatusAanlevering::Code1);
//! let client = Client::builder()
//!     .bsn("999900006")
//!     .geboortedatum(Geboortedatum::builder().datum(born))
//!     .geslacht(Geslacht::Code1)
//!     .naam(
//!         VerkorteNaam::builder().geslachtsnaam(Achternaam::builder().achternaam("Lindeman")),
//!     )
//!     .start_producten(StartProducten::builder().start_product([product]));
//! let jw305 = Jw305::builder().header(header).client(client);
//!
//! let context = regelwerk::context();
//! let message = jw305.clone().build(&context)?;
//! assert!(message.xml().starts_with("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\r\n<jw305:Bericht "));
//!
//! // As JSON, and back without loss. What the schema has no place for is an error, never left out.
//! let json = Draft::of(&message)?.to_json()?;
//! assert_eq!(Draft::from_json(&json, &context)?.xml()?, message.xml());
//!
//! // What is wrong is not handed out: the report says why.
//! let rejected = jw305.client(Client::builder().bsn("1")).build(&context).unwrap_err();
//! assert!(rejected.to_string().starts_with("JW305 is afgekeurd"));
//! let findings = &rejected.report().findings;
//! assert!(findings.iter().any(|finding| finding.path == "/Bericht/Client/Bsn"));
//! # Ok(())
//! # }
//! ```
//!
//! # A dossier
//!
//! A [`Dossier`] judges messages with what came before them, in order of arrival: rules of levels 3
//! and 4, terms and processes. It is a value; who keeps it between two runs saves it.
//!
//! ```
//! use regelwerk::ijw::STANDARD;
//! use regelwerk::{Date, Dossier, Lang, Message, ReplyOptions, Verdict};
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let context = regelwerk::context();
//! let mut dossier = Dossier::new(&STANDARD).context(context.clone());
//!
//! // What comes from outside the messages: tables as rows of texts, facts and answers.
//! let texts = |line: &str| line.split(',').map(str::to_owned).collect::<Vec<_>>();
//! let header = texts("categorie,code,geldig_van,geldig_tot");
//! assert_eq!(dossier.supply("productcodes", &header, [texts("45,45A04,,")])?, 1);
//! dossier.state_fact("betaling", Date::from_ymd(2026, 3, 25), "D202602", "")?;
//!
//! // Judged without being taken in, and answered.
//! let bytes = std::fs::read("examples/jw301.xml")?;
//! let message = Message::read(&bytes, &context)?;
//! let options = ReplyOptions::new("R-0001", Date::from_ymd(2026, 4, 2)).accept_unassessed(true);
//! let reply = dossier.judge(&message, None).reply(&message, &options)?;
//! assert_eq!(reply.message, "JW302");
//!
//! // Taken in; without a day of receipt the day of sending counts as such.
//! let report = dossier.receive(&bytes, None);
//! assert_eq!(report.verdict, Verdict::Accepted);
//! println!("message {:?}", report.number); // none where it could not be read
//! for change in &report.changes {
//!     println!("{}", change.text(Lang::En)); // what became of an earlier message
//! }
//! for state in dossier.states() {
//!     println!("{} {}: {}", state.process, state.key, state.state);
//! }
//! for term in dossier.terms(Date::from_ymd(2026, 12, 21)) {
//!     println!("{} until {:?}: {:?}", term.rule, term.due, term.met);
//! }
//!
//! // Plain data for serde. By what messages are judged is not in it: say it again.
//! let saved = dossier.save();
//! let restored = Dossier::restore(&STANDARD, &saved)?.context(context);
//! assert_eq!(restored.messages().count(), 1);
//! # Ok(())
//! # }
//! ```

regelwerk_kernel::library!();

/// The rules that this library was made from, as they were written.
///
/// Judging a message needs none of it; a program that does not use it does not carry it. It is for
/// tools that read the rules as a model, with the crate `regelwerk-compiler`.
pub mod rules {
    include!(concat!(env!("OUT_DIR"), "/sources.rs"));
}
