//! A reply while it is composed.

use crate::document::ElementId;
use crate::message::Message;
use crate::part::Part;
use crate::standard::{Amount, Content, Filling, MessageKind, Reply};
use crate::value::parse_integer;

use super::ReplyOptions;
use super::faults::{Faults, parents};

/// An element of a reply, with what is in it.
#[derive(Debug, Default)]
struct Piece {
    /// Its place among the elements of the reply message.
    node: u16,
    text: String,
    parts: Vec<Self>,
    /// The asked element that it was copied from.
    source: Option<ElementId>,
    /// Its retourcodes, where it is a class that has them.
    codes: Vec<String>,
}

impl Piece {
    fn new(node: u16) -> Self {
        Self { node, ..Self::default() }
    }

    /// The first element in it at a node; it is made where there is none.
    fn child(&mut self, node: u16) -> Option<&mut Self> {
        let at = self.parts.iter().position(|part| part.node == node);
        if at.is_none() {
            self.parts.push(Self::new(node));
        }
        let last = self.parts.len().checked_sub(1)?;
        self.parts.get_mut(at.unwrap_or(last))
    }

    /// Does something with each element below it on a line of nodes.
    fn each(&mut self, line: &[u16], act: &mut dyn FnMut(&mut Self)) {
        let Some((node, rest)) = line.split_first() else { return act(self) };
        for part in self.parts.iter_mut().filter(|part| part.node == *node) {
            part.each(rest, act);
        }
    }

    /// Does something with it and all that is in it. No deeper than the schema of the reply.
    fn all(&mut self, act: &mut dyn FnMut(&mut Self)) {
        act(self);
        for part in &mut self.parts {
            part.all(act);
        }
    }

    /// Whether it or something in it has another retourcode than this one.
    fn has_fault(&self, good: &str) -> bool {
        self.codes.iter().any(|code| code != good)
            || self.parts.iter().any(|part| part.has_fault(good))
    }

    /// The text of the first element in it at a node.
    fn text_of(&self, node: u16) -> &str {
        self.parts.iter().find(|part| part.node == node).map_or("", |part| &part.text)
    }
}

/// A reply while it is composed.
pub(super) struct Sheet<'a> {
    kind: MessageKind,
    asked: &'a Message<'a>,
    reply: &'static Reply,
    faults: &'a Faults<'a>,
    parents: Vec<Option<u16>>,
    root: Piece,
}

impl<'a> Sheet<'a> {
    pub(super) fn new(
        kind: MessageKind,
        asked: &'a Message<'a>,
        reply: &'static Reply,
        faults: &'a Faults<'a>,
    ) -> Self {
        let root = Piece { source: Some(ElementId::ROOT), ..Piece::default() };
        Self { kind, asked, reply, faults, parents: parents(kind), root }
    }

    pub(super) fn fill(&mut self, filling: &Filling, options: &ReplyOptions) {
        match *filling {
            Filling::Copy { to, from } => self.copy(to, from),
            Filling::Value { at, value } => self.set(at, value.to_owned()),
            Filling::Given { at, given } => {
                if let Some(value) = options.given(given) {
                    self.set(at, value);
                }
            }
            Filling::Empty(at) => self.keep(at, |_| false),
            Filling::EmptyWithoutFaults(at) => {
                let good = self.reply.good;
                self.keep(at, |piece| piece.has_fault(good));
            }
            Filling::Code { class, code, under: None } => {
                if let Some(piece) = self.make(class) {
                    piece.codes = vec![code.to_owned()];
                }
            }
            Filling::Code { class, code, under: Some(under) } => {
                self.code_under(class, code, under);
            }
            Filling::OwnCode(class) => {
                let (line, faults, good) = (self.line(class), self.faults, self.reply.good);
                let codes = |piece: &mut Piece| piece.codes = own_codes(piece, faults, good);
                self.root.each(&line, &mut { codes });
            }
            Filling::OtherClasses => self.code_others(),
            Filling::Balance { target, whole, parts, plus, minus } => {
                let number = self.sum(whole, minus) - self.sum(parts, minus);
                let sign = if number < 0 { minus } else { plus };
                self.set(target.number, number.unsigned_abs().to_string());
                self.set(target.sign, sign.to_owned());
            }
        }
    }

    /// The nodes from below the root down to one.
    fn line(&self, node: u16) -> Vec<u16> {
        let parent = |node: &u16| self.parents.get(usize::from(*node)).copied().flatten();
        let mut line: Vec<_> = std::iter::successors(Some(node), parent).collect();
        line.pop();
        line.reverse();
        line
    }

    /// The element at a node; it and what it is in are made where they are not there.
    fn make(&mut self, node: u16) -> Option<&mut Piece> {
        self.line(node).into_iter().try_fold(&mut self.root, Piece::child)
    }

    fn set(&mut self, at: u16, text: String) {
        if let Some(piece) = self.make(at) {
            piece.text = text;
        }
    }

    fn copy(&mut self, to: u16, from: u16) {
        let Some(&source) = self.asked.elements_at(from).first() else { return };
        let (kind, asked) = (self.kind, self.asked);
        if let Some(piece) = self.make(to) {
            copy(kind, asked, piece, source);
        }
    }

    /// Keeps those elements at a node that are to be kept.
    fn keep(&mut self, at: u16, is_kept: impl Fn(&Piece) -> bool) {
        let line = self.line(at);
        let Some((node, above)) = line.split_last() else { return };
        let mut keep = |piece: &mut Piece| {
            piece.parts.retain(|part| part.node != *node || is_kept(part));
        };
        self.root.each(above, &mut keep);
    }

    /// Gives the classes at a node a code where the one that they are in has a fault itself.
    fn code_under(&mut self, class: u16, code: &str, under: u16) {
        let (faults, above, line) = (self.faults, self.line(under), self.line(class));
        let below = line.get(above.len()..).unwrap_or_default();
        let mut give = |piece: &mut Piece| {
            if piece.source.is_some_and(|source| faults.has(source)) {
                piece.each(below, &mut |piece| piece.codes = vec![code.to_owned()]);
            }
        };
        self.root.each(&above, &mut give);
    }

    fn code_others(&mut self) {
        let (kind, reply, faults) = (self.kind, self.reply, self.faults);
        self.root.all(&mut |piece| {
            if piece.codes.is_empty() && is_class(kind, reply, piece.node) {
                piece.codes = own_codes(piece, faults, reply.good);
            }
        });
    }

    /// The sum of all amounts like this one. Level 1 holds, so that each is a number of few digits.
    fn sum(&mut self, amount: Amount, minus: &str) -> i128 {
        let line = self.line(amount.number);
        let group = line.split_last().map_or(&[][..], |(_, above)| above);
        let mut sum = 0_i128;
        self.root.each(group, &mut |piece| {
            let number = parse_integer(piece.text_of(amount.number)).unwrap_or_default();
            let is_below = piece.text_of(amount.sign) == minus;
            sum = sum.saturating_add(if is_below { -number } else { number });
        });
        sum
    }

    /// The reply as it is written.
    pub(super) fn into_part(self) -> Part {
        part(self.kind, self.reply, self.root)
    }
}

fn own_codes(piece: &Piece, faults: &Faults<'_>, good: &str) -> Vec<String> {
    piece.source.map_or_else(|| vec![good.to_owned()], |source| faults.codes_of(source))
}

fn is_class(kind: MessageKind, reply: &Reply, node: u16) -> bool {
    let step =
        |node, &name| kind.declared(node).find(|(_, one)| one.name == name).map(|(at, _)| at);
    reply.code.iter().try_fold(node, step).is_some()
}

/// Copies what an element of the reply has in common with an asked one. No deeper than the schema.
fn copy(kind: MessageKind, asked: &Message<'_>, piece: &mut Piece, from: ElementId) {
    let document = asked.document();
    piece.source = Some(from);
    let Some(Content::Group(_)) = kind.node(piece.node).map(|node| &node.content) else {
        document.text(from).clone_into(&mut piece.text);
        return;
    };
    // What occurs once is filled in further; of what repeats, the copy takes the place.
    piece.parts.retain(|part| kind.node(part.node).is_some_and(|node| node.max == 1));
    for child in document.children(from) {
        let name = asked.node(child).and_then(|_| asked.name(child));
        let declared = kind.declared(piece.node).find(|(_, node)| Some(node.name) == name);
        let Some((index, node)) = declared else { continue };
        if node.max > 1 {
            piece.parts.push(Piece::new(index));
            if let Some(last) = piece.parts.last_mut() {
                copy(kind, asked, last, child);
            }
        } else if let Some(part) = piece.child(index) {
            copy(kind, asked, part, child);
        }
    }
}

fn part(kind: MessageKind, reply: &Reply, piece: Piece) -> Part {
    let name = kind.node(piece.node).map(|node| node.name).unwrap_or_default();
    let mut made = Part::value(name, piece.text);
    for inner in piece.parts {
        made.push(part(kind, reply, inner));
    }
    if let Some((last, above)) = reply.code.split_last().filter(|_| !piece.codes.is_empty()) {
        made.set(above, "");
        if let Some(place) = made.get_mut(above) {
            piece.codes.into_iter().for_each(|code| place.push(Part::value(*last, code)));
        }
    }
    made
}
