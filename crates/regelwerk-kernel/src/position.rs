//! From offsets to lines and columns.

/// Bytes between two counts of characters. A message often is one line of many megabytes, so a
/// column is counted from the nearest mark and not from the start of the line.
const STRIDE: usize = 1024;

/// Line and column of an offset, both from 1, in characters; for a place asked once.
pub(crate) fn place(bytes: &[u8], offset: usize) -> (u32, u32) {
    let before = bytes.get(..offset).unwrap_or(bytes);
    let line_start = memchr::memrchr(b'\n', before).map_or(0, |newline| newline + 1);
    let line = memchr::memchr_iter(b'\n', before).count();
    let column = characters(before.get(line_start..).unwrap_or_default());
    (narrow(line + 1), narrow(column + 1))
}

/// A number that the cap on the size of a message keeps within 32 bits.
pub(crate) fn narrow(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

fn characters(bytes: &[u8]) -> usize {
    bytes.iter().filter(|&&byte| byte & 0xC0 != 0x80).count()
}

/// Where lines start and how many characters come before each mark; for many places.
#[derive(Debug)]
pub(crate) struct LineIndex {
    line_starts: Vec<u32>,
    marks: Vec<u32>,
}

impl LineIndex {
    pub(crate) fn new(text: &str) -> Self {
        let newlines = memchr::memchr_iter(b'\n', text.as_bytes());
        let line_starts = std::iter::once(0).chain(newlines.map(|at| narrow(at + 1))).collect();
        let mut total = 0;
        let marks = text.as_bytes().chunks(STRIDE).map(|chunk| {
            let before = total;
            total += narrow(characters(chunk));
            before
        });
        Self { marks: marks.collect(), line_starts }
    }

    /// Line and column of an offset in the text this index was made from, both from 1.
    pub(crate) fn place(&self, text: &str, offset: u32) -> (u32, u32) {
        let line = self.line_starts.partition_point(|&start| start <= offset);
        let start = self.line_starts.get(line.saturating_sub(1)).copied().unwrap_or(0);
        let column = self.before(text, offset).saturating_sub(self.before(text, start)) + 1;
        (narrow(line), column)
    }

    fn before(&self, text: &str, offset: u32) -> u32 {
        let offset = offset as usize;
        let mark = offset / STRIDE;
        let rest = text.as_bytes().get(mark * STRIDE..offset).unwrap_or_default();
        self.marks.get(mark).copied().unwrap_or(0) + narrow(characters(rest))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_index_agrees_with_counting_from_the_start() {
        let text = "é".repeat(900) + "\n" + &"x€y".repeat(700) + "\r\nlast";
        let index = LineIndex::new(&text);
        for (offset, _) in text.char_indices() {
            assert_eq!(index.place(&text, narrow(offset)), place(text.as_bytes(), offset));
        }
        assert_eq!(place(text.as_bytes(), text.len()), (3, 5));
    }
}
