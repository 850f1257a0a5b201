//! Files that are sent or opened by mistake: no XML at all, and known by how they begin.

use crate::lang::Lang;

/// A kind of file that is no message.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum OtherFile {
    /// A zip archive; a document of an office program is one too.
    Zip,
    /// A file packed by gzip.
    Gzip,
    /// A PDF document.
    Pdf,
    /// JSON.
    Json,
}

impl OtherFile {
    /// What some bytes are by how they begin, if it is one of these.
    pub(crate) fn of(bytes: &[u8]) -> Option<Self> {
        const BOM: &[u8] = &[0xEF, 0xBB, 0xBF];
        match bytes.strip_prefix(BOM).unwrap_or(bytes).trim_ascii_start() {
            [b'P', b'K', 3 | 5 | 7, ..] => Some(Self::Zip),
            [0x1F, 0x8B, ..] => Some(Self::Gzip),
            [b'%', b'P', b'D', b'F', b'-', ..] => Some(Self::Pdf),
            [b'{' | b'[', ..] => Some(Self::Json),
            [0xFF, 0xFE, b'{' | b'[', 0, ..] | [0xFE, 0xFF, 0, b'{' | b'[', ..] => Some(Self::Json),
            _ => None,
        }
    }

    /// What it is: `een zip-bestand`.
    #[must_use]
    pub fn text(self, lang: Lang) -> &'static str {
        match self {
            Self::Zip => lang.pick("een zip-bestand", "a zip file"),
            Self::Gzip => lang.pick("een gzip-bestand", "a gzip file"),
            Self::Pdf => lang.pick("een PDF-document", "a PDF document"),
            Self::Json => lang.pick("JSON", "JSON"),
        }
    }

    /// What to do about it.
    pub(crate) fn advice(self, lang: Lang) -> &'static str {
        match self {
            Self::Zip | Self::Gzip => lang.pick(
                "Pak het uit, en geef het bericht dat erin zit als XML.",
                "Unpack it, and give the message in it as XML.",
            ),
            Self::Pdf | Self::Json => {
                lang.pick("Geef het bericht zelf, als XML.", "Give the message itself, as XML.")
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::OtherFile;
    use crate::decode::decode;
    use crate::lang::Lang;

    #[test]
    fn a_file_that_is_no_xml_is_told_by_what_it_is() {
        for (bytes, what) in [
            (&b"PK\x03\x04\x14\0"[..], "een zip-bestand"),
            (b"\x1F\x8B\x08\0", "een gzip-bestand"),
            (b"%PDF-1.7\n", "een PDF-document"),
            (b" \n{\"standard\": \"ijw\"}", "JSON"),
            (b"\xEF\xBB\xBF{}", "JSON"),
            (b"\xFF\xFE[\0]\0", "JSON"),
        ] {
            let told = decode(bytes).map(|_| ()).map_err(|why| why.text(Lang::Nl));
            let told = told.unwrap_err();
            assert!(told.starts_with(&format!("Dit is {what}, en geen XML. ")), "{told}");
        }
        for bytes in [&b"<a/>"[..], b"PK", b"tekst", b"", b"\xEF\xBB\xBF<a/>"] {
            assert_eq!(OtherFile::of(bytes), None);
        }
    }
}
