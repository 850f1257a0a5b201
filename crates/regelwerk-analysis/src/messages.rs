//! The element tree of every message, for each release as it is in it.

use regelwerk_diag::Diagnostic;
use regelwerk_model::{
    Content, Field, Message, Namespace, Node, NodeId, ROOT, Release, SimpleType,
};
use regelwerk_syntax::ast::{
    Assignment, Block, BlockKind, Cardinality, Clause, Dotted, Element, Line, Word,
};
use regelwerk_syntax::closest;

use crate::codes::{
    BAD_VALUE, CYCLE, DUPLICATE, MISSING_CLAUSE, TOO_MUCH, UNKNOWN_ELEMENT, UNKNOWN_TYPE,
};
use crate::collect::{Declarations, required, single, sources};
use crate::given::Given;
use crate::releases::{field, namespaces};
use crate::sink::Sink;
use crate::{intervals, types, value};

/// Fills in the messages of every release.
pub(crate) fn fill(declarations: &Declarations<'_>, releases: &mut [Release], sink: &mut Sink) {
    for at in 0..releases.len() {
        let blocks = declarations.of(BlockKind::Message);
        let blocks = blocks.filter_map(|block| Some((block, tree(block, at, releases, sink)?)));
        let blocks: Vec<_> = blocks.collect();
        let builder = Builder { declarations, releases, at };
        let messages = blocks.iter();
        let messages =
            messages.filter_map(|(block, lines)| builder.message(block, lines, sink)).collect();
        if let Some(release) = releases.get_mut(at) {
            release.messages = messages;
        }
    }
}

/// The clauses of a message in a release: those under the `geldig:` that has it, or the block's own.
/// A `geldig:` with nothing under it is about the whole block.
fn tree<'b>(
    block: &'b Block,
    at: usize,
    releases: &[Release],
    sink: &mut Sink,
) -> Option<&'b [Line]> {
    let mut is_dated = false;
    for line in &block.lines {
        let Clause::Valid(valid) = &line.clause else { continue };
        is_dated = true;
        let interval = intervals::resolve(Some(valid), releases, sink);
        if interval.is_some_and(|interval| interval.has(at)) {
            return Some(if line.body.is_empty() { &block.lines } else { &line.body });
        }
    }
    let interval = intervals::resolve(None, releases, sink);
    (!is_dated && interval.is_some_and(|interval| interval.has(at))).then_some(&block.lines)
}

/// Elements of a message at the most: far above any real one, and within reach of the library.
const MOST_NODES: usize = 10_000;
/// Groups within groups at the most.
const DEEPEST: usize = 50;
/// The highest index in an example or a base message.
const MOST_INDEX: u64 = 100;

/// Builds the messages of one release.
struct Builder<'a> {
    declarations: &'a Declarations<'a>,
    releases: &'a [Release],
    at: usize,
}

impl Builder<'_> {
    fn message(&self, block: &Block, lines: &[Line], sink: &mut Sink) -> Option<Message> {
        let release = self.releases.get(self.at)?;
        let word = |keyword, pick: fn(&Clause) -> Option<&Word>, sink: &mut Sink| {
            // What is missing has been reported; the elements are still worth reading.
            required(block, keyword, sink, pick).map(|word| word.value.clone()).unwrap_or_default()
        };
        let home = self.declarations.get(BlockKind::Release, &release.name)?;
        let mut message = Message {
            name: block.id.value.clone(),
            title: block.title.value.clone(),
            source: sources(block).join("; "),
            code: word("code:", message_code, sink),
            sender: word("afzender:", sender, sink),
            receiver: word("ontvanger:", receiver, sink),
            namespaces: namespaces(home, sink)
                .iter()
                .map(|one| one.replace("{bericht}", &block.id.value.to_lowercase()))
                .collect(),
            nodes: vec![root()],
            base: Vec::new(),
            schema_version: Vec::new(),
        };
        self.children(&mut message, NodeId(0), lines, Namespace::Message, &mut Vec::new(), sink);
        check_header(home, &message, sink);
        check_keys(lines, &message, sink);
        message.base = self.base(lines, &message, sink);
        message.schema_version = self.schema_version(home, &message, sink);
        Some(message)
    }

    /// Adds the elements that `lines` declare to `parent`.
    fn children(
        &self,
        message: &mut Message,
        parent: NodeId,
        lines: &[Line],
        namespace: Namespace,
        groups: &mut Vec<String>,
        sink: &mut Sink,
    ) {
        for line in lines {
            let Clause::Element(element) = &line.clause else { continue };
            let interval = intervals::resolve_part(element.interval.as_ref(), self.releases, sink);
            if !interval.is_some_and(|interval| interval.has(self.at)) {
                continue;
            }
            if message.child(parent, &element.name.value).is_some() {
                let title = format!("`{}` staat hier twee keer", element.name.value);
                let help = "laat er een weg; komt het vaker voor, zet er dan `een of meer` achter";
                sink.fault(DUPLICATE, title, element.name.span, help);
                continue;
            }
            if message.nodes.len() >= MOST_NODES || groups.len() >= DEEPEST {
                let title = format!("{} heeft te veel elementen", message.name);
                let help = format!(
                    "een bericht heeft er hoogstens {MOST_NODES}, en hoogstens {DEEPEST} groepen in elkaar; \
                     kijk of een groep vaker is genoemd dan bedoeld"
                );
                return sink.fault(TOO_MUCH, title, element.name.span, help);
            }
            let id = NodeId(message.nodes.len());
            message.nodes.push(node(element, parent, namespace));
            if let Some(Content::Group(of)) =
                message.nodes.get_mut(parent.0).map(|node| &mut node.content)
            {
                of.push(id);
            }
            self.content(message, id, element, line, namespace, groups, sink);
        }
    }

    /// Gives an element its value or its elements.
    #[allow(clippy::too_many_arguments, reason = "one recursive walk with its state")]
    fn content(
        &self,
        message: &mut Message,
        id: NodeId,
        element: &Element,
        line: &Line,
        namespace: Namespace,
        groups: &mut Vec<String>,
        sink: &mut Sink,
    ) {
        let Some(of) = &element.of else {
            if line.body.is_empty() {
                sink.push(no_content(&element.name));
            }
            return self.children(message, id, &line.body, namespace, groups, sink);
        };
        if let Some(content) = self.value(element, of, sink) {
            if let Some(node) = message.nodes.get_mut(id.0) {
                node.content = content;
            }
            return;
        }
        let Some(group) = self.declarations.get(BlockKind::Group, &of.value) else {
            let kinds = [BlockKind::Type, BlockKind::Group];
            let known = kinds.into_iter().flat_map(|kind| self.declarations.ids(kind));
            match self.declarations.get(BlockKind::Type, &of.value) {
                None => sink.unknown(UNKNOWN_TYPE, "type of groep", of, known),
                Some(block) if !types::holds(block, self.at, self.releases, sink) => {
                    let title =
                        format!("type `{}` geldt niet in elke release van dit bericht", of.value);
                    sink.push(
                        Diagnostic::error(UNKNOWN_TYPE, title, of.span)
                            .related(block.id.span, "kijk naar zijn `geldig:`"),
                    );
                }
                // A type that is itself wrong has been reported where it stands.
                Some(_) => {}
            }
            return;
        };
        if groups.contains(&of.value) {
            let title = format!("groep `{}` bevat zichzelf", of.value);
            return sink.error(CYCLE, title, of.span);
        }
        if let Some(node) = message.nodes.get_mut(id.0) {
            node.group = self.declarations.ids(BlockKind::Group).position(|id| id == of.value);
        }
        groups.push(of.value.clone());
        self.children(message, id, &group.lines, Namespace::Base, groups, sink);
        groups.pop();
    }

    fn value(&self, element: &Element, of: &Word, sink: &mut Sink) -> Option<Content> {
        let release = self.releases.get(self.at)?;
        let at = release.types.iter().position(|simple| simple.name == of.value)?;
        let base = release.types.get(at)?.base;
        let facets = element.facets.iter();
        let facets =
            facets.filter_map(|f| types::resolve_facet(f, base, self.at, self.releases, sink));
        Some(Content::Value(at, facets.collect()))
    }

    /// The fields of the base message, each of an element that exists with a value that fits.
    fn base(&self, lines: &[Line], message: &Message, sink: &mut Sink) -> Vec<Field> {
        let fields = single(lines, sink, |clause| match clause {
            Clause::BaseMessage(fields) => Some(fields.as_slice()),
            _ => None,
        });
        self.fitting(fields.unwrap_or_default(), message, sink)
    }

    /// What says by which schemas a message is made: of the clauses of its release the first that
    /// names only elements that the message has.
    fn schema_version(&self, release: &Block, message: &Message, sink: &mut Sink) -> Vec<Field> {
        let has = |assignment: &Assignment| {
            let mut steps = assignment.path.steps.iter();
            steps.try_fold(NodeId(0), |at, step| message.child(at, &step.name.value)).is_some()
        };
        let mut clauses = release.lines.iter().filter_map(|line| match &line.clause {
            Clause::SchemaVersion(fields) => Some(fields.as_slice()),
            _ => None,
        });
        let own = clauses.find(|fields| fields.iter().all(has));
        self.fitting(own.unwrap_or_default(), message, sink)
    }

    /// Those fields whose element is in the message and can have the value; others are reported.
    fn fitting(&self, all: &[Assignment], message: &Message, sink: &mut Sink) -> Vec<Field> {
        let Some(release) = self.releases.get(self.at) else { return Vec::new() };
        let mut given = Given::default();
        let mut fits = |one: &&Assignment| {
            let node = check_assignment(one, message, NodeId(0), release, sink);
            node.is_some_and(|node| given.enter(one, node, sink))
        };
        all.iter().filter(|one| fits(one)).map(field).collect()
    }
}

fn message_code(clause: &Clause) -> Option<&Word> {
    if let Clause::MessageCode(word) = clause { Some(word) } else { None }
}

fn sender(clause: &Clause) -> Option<&Word> {
    if let Clause::Sender(word) = clause { Some(word) } else { None }
}

fn receiver(clause: &Clause) -> Option<&Word> {
    if let Clause::Receiver(word) = clause { Some(word) } else { None }
}

fn root() -> Node {
    Node {
        name: ROOT.to_owned(),
        namespace: Namespace::Message,
        min: 1,
        max: 1,
        parent: None,
        meaning: String::new(),
        content: Content::Group(Vec::new()),
        group: None,
        key: Vec::new(),
        uses: Vec::new(),
    }
}

fn node(element: &Element, parent: NodeId, namespace: Namespace) -> Node {
    let (min, max) = match element.cardinality {
        Cardinality::One => (1, 1),
        Cardinality::Optional => (0, 1),
        Cardinality::Many => (1, u32::MAX),
        Cardinality::Any => (0, u32::MAX),
    };
    let names = |path: &regelwerk_syntax::ast::Dotted| {
        path.steps.iter().map(|step| step.name.value.clone()).collect()
    };
    Node {
        name: element.name.value.clone(),
        namespace,
        min,
        max,
        parent: Some(parent),
        meaning: String::new(),
        content: Content::Group(Vec::new()),
        group: None,
        key: element.key.iter().map(names).collect(),
        uses: Vec::new(),
    }
}

fn no_content(name: &Word) -> Diagnostic {
    let title = format!("`{}` heeft geen type en geen elementen", name.value);
    Diagnostic::error(MISSING_CLAUSE, title, name.span)
        .help("zet het type achter de naam, of de elementen er ingesprongen onder")
}

/// What the release says of the header must be there.
fn check_header(release: &Block, message: &Message, sink: &mut Sink) {
    for line in &release.lines {
        let paths: Vec<_> = match &line.clause {
            Clause::Header(fields) => fields.iter().map(|field| &field.path).collect(),
            Clause::CodePath(path) => vec![path],
            _ => continue,
        };
        for path in paths {
            follow(path, message, NodeId(0), sink);
        }
    }
}

/// The element at a path below another; a name that is not there is reported.
pub(crate) fn follow(
    path: &Dotted,
    message: &Message,
    from: NodeId,
    sink: &mut Sink,
) -> Option<NodeId> {
    let mut at = from;
    for step in &path.steps {
        let Some(child) = message.child(at, &step.name.value) else {
            unknown_child(message, at, &step.name, sink);
            return None;
        };
        if let Some(index) = &step.index
            && !(1..=MOST_INDEX).contains(&index.value)
        {
            let title = format!("een volgnummer is 1 tot en met {MOST_INDEX}");
            let help = "het telt gelijke elementen, vanaf 1; een voorbeeld heeft er zelden meer dan 2 nodig";
            sink.fault(TOO_MUCH, title, index.span, help);
            return None;
        }
        at = child;
    }
    Some(at)
}

/// Every key element must exist.
fn check_keys(lines: &[Line], message: &Message, sink: &mut Sink) {
    fn walk(lines: &[Line], message: &Message, sink: &mut Sink, parent: NodeId) {
        for line in lines {
            let Clause::Element(element) = &line.clause else { continue };
            let Some(id) = message.child(parent, &element.name.value) else { continue };
            for path in &element.key {
                follow(path, message, id, sink);
            }
            walk(&line.body, message, sink, id);
        }
    }
    walk(lines, message, sink, NodeId(0));
}

/// `name` is not in the element at `at`; the nearest that is, is suggested, or else where in the
/// message it is.
pub(crate) fn unknown_child(message: &Message, at: NodeId, name: &Word, sink: &mut Sink) {
    let known: Vec<_> = message.children(at).iter().map(|child| message.name(*child)).collect();
    let what = format!("{}, {}: element", message.name, message.path(at).join("."));
    let elsewhere = message.ids().find(|id| message.name(*id) == name.value);
    match elsewhere {
        Some(id) if closest(&name.value, known.iter().copied()).is_none() => {
            let title = format!("{what} `{}` bestaat niet", name.value);
            let path = message.path(id).join(".");
            sink.push(
                Diagnostic::error(UNKNOWN_ELEMENT, title, name.span)
                    .help(format!("bedoelde u `{path}`?")),
            );
        }
        _ => sink.unknown(UNKNOWN_ELEMENT, &what, name, known),
    }
}

/// The element that an assignment sets, when it exists below `from` and the value fits.
pub(crate) fn check_assignment(
    assignment: &Assignment,
    message: &Message,
    from: NodeId,
    release: &Release,
    sink: &mut Sink,
) -> Option<NodeId> {
    let at = follow(&assignment.path, message, from, sink)?;
    check_field_value(assignment, message, at, release, sink).then_some(at)
}

/// Whether the value of an assignment fits the element; if not, it is reported.
pub(crate) fn check_field_value(
    assignment: &Assignment,
    message: &Message,
    at: NodeId,
    release: &Release,
    sink: &mut Sink,
) -> bool {
    let Some(literal) = &assignment.value else { return true };
    let fault = match message.node(at).map(|node| &node.content) {
        Some(Content::Value(simple, extra)) => {
            release.types.get(*simple).and_then(|simple: &SimpleType| {
                value::fault(&literal.value.canonical(), simple, extra, release)
            })
        }
        _ => Some(format!("`{}` heeft elementen, geen waarde", message.name(at))),
    };
    let fits = fault.is_none();
    if let Some(fault) = fault {
        sink.error(BAD_VALUE, fault, literal.span);
    }
    fits
}
