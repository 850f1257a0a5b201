//! Messages of the standard.

/// A message: its name, its header from `Van` on, and what follows the header.
pub(in crate::dossier) fn xml(name: &str, code: u8, header: &str, body: &str) -> String {
    let namespace = name.to_lowercase();
    format!(
        "<Bericht xmlns='urn:{namespace}'><Header><Code>{code}</Code><Release>1</Release>{header}\
         </Header>{body}</Bericht>"
    )
}

/// The header of a message from one party to another, with its mark and day.
pub(in crate::dossier) fn header(from: &str, to: &str, mark: &str, day: &str) -> String {
    format!("<Van>{from}</Van><Naar>{to}</Naar><Kenmerk>{mark}</Kenmerk><Dag>{day}</Dag>")
}

/// A grant to a client: number, day on which it was decided, volume.
pub(in crate::dossier) fn grant(
    mark: &str,
    day: &str,
    bsn: &str,
    (number, decided, volume): (u32, &str, u32),
) -> String {
    let body = format!(
        "<Klant><Bsn>{bsn}</Bsn><Toewijzing><Nummer>{number}</Nummer><Datum>{decided}</Datum>\
         <Begin>2026-01-01</Begin><Omvang>{volume}</Omvang></Toewijzing></Klant>"
    );
    xml("VR1", 1, &header("0363", "4242", mark, day), &body)
}

/// A start of a client with a number.
pub(in crate::dossier) fn start(mark: &str, day: &str, bsn: &str, number: u32) -> String {
    let body = format!(
        "<Klant><Bsn>{bsn}</Bsn><Start><Nummer>{number}</Nummer><Begin>2026-02-01</Begin></Start></Klant>"
    );
    xml("VR2", 2, &header("4242", "0363", mark, day), &body)
}

/// A declaration of amounts, each with client, mark and number.
pub(in crate::dossier) fn declare(
    mark: &str,
    day: &str,
    lines: &[(&str, &str, u32, u32)],
) -> String {
    let lines: String = lines.iter().map(|(bsn, line, number, amount)| format!(
        "<Klant><Bsn>{bsn}</Bsn><Prestatie><Kenmerk>{line}</Kenmerk><Nummer>{number}</Nummer>\
         <Bedrag>{amount}</Bedrag></Prestatie></Klant>"
    )).collect();
    let body = format!("<Declaratie><Nummer>7</Nummer>{lines}</Declaratie>");
    xml("VR3", 3, &header("4242", "0363", mark, day), &body)
}

/// The reply to a start, with the code of its header.
pub(in crate::dossier) fn reply_to_start(mark: &str, day: &str, code: &str) -> String {
    let back = format!("<KenmerkRetour>R{mark}</KenmerkRetour><DagRetour>{day}</DagRetour>");
    let code = format!("<RetourCode>{code}</RetourCode>");
    let sent = header("4242", "0363", mark, "2026-01-02");
    xml("AN2", 12, &(sent + &back + &code), "")
}
