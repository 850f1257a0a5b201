//! From offsets to lines and columns.

/// Bytes between two counts of characters. A message often is one line of many megabytes, so a
/// column is counted from the nearest mark and not from the start of the line.
const STRIDE: usize = 1024;

/// Line and column of an offset, both from 1, in characters; for a place asked once.
pub(crate) fn place(bytes: &[u8], offset: usize) -> (u32, u32) {
    let offset = offset.min(bytes.len());
    let starts = line_starts(bytes).take_while(|&start| start <= offset);
    let (line, start) = starts.fold((0, 0), |(line, _), start| (line + 1, start));
    let column = characters(bytes.get(start..offset).unwrap_or_default());
    (narrow(line), narrow(column + 1))
}

/// Where lines start. A line ends in LF, CR LF or, as XML has it, in CR alone.
fn line_starts(bytes: &[u8]) -> impl Iterator<Item = usize> {
    let ends = memchr::memchr2_iter(b'\n', b'\r', bytes).map(|at| at + 1);
    let starts = ends.filter(|&next| bytes.get(next - 1..=next) != Some(&b"\r\n"[..]));
    std::iter::once(0).chain(starts)
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
        let line_starts = line_starts(text.as_bytes()).map(narrow).collect();
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
        let text = "é".repeat(900) + "\n" + &"x€y".repeat(700) + "\r\n\rlast";
        let index = LineIndex::new(&text);
        for (offset, _) in text.char_indices() {
            assert_eq!(index.place(&text, narrow(offset)), place(text.as_bytes(), offset));
        }
        assert_eq!(place(text.as_bytes(), text.len()), (4, 5), "CR alone ends a line");
    }
}
