//! Which clauses there are, how each is read and in which blocks it stands.

use crate::Rule;
use crate::ast::BlockKind::{
    self, Calendar, CodeList, Condition, Dossier, Fact, Glossary, Group, List, Message, Process,
    Protocol, Question, Release, Reply, Scenario, Standard, Table, Type, View,
};

/// The kinds of block by their keyword.
pub(crate) const BLOCKS: [(&str, BlockKind); 21] = [
    ("standaard", Standard),
    ("release", Release),
    ("type", Type),
    ("groep", Group),
    ("codelijst", CodeList),
    ("bericht", Message),
    ("antwoord", Reply),
    ("proces", Process),
    ("lijst", List),
    ("tabel", Table),
    ("protocol", Protocol),
    ("scenario", Scenario),
    ("begrippen", Glossary),
    ("dossier", Dossier),
    ("voorwaarde", Condition),
    ("beeld", View),
    ("feit", Fact),
    ("vraag", Question),
    ("kalender", Calendar),
    ("termijn", BlockKind::Term),
    ("regel", BlockKind::Rule),
];

/// What is indented under a clause.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Under {
    /// The rest of the clause itself.
    Continuation,
    /// Clauses.
    Clauses,
}

/// A form of clause.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Form {
    /// The word or words it starts with.
    pub(crate) keyword: &'static str,
    /// The rule of the grammar that reads what follows.
    pub(crate) rule: Rule,
    /// The blocks it stands in.
    pub(crate) blocks: &'static [BlockKind],
    /// What is indented under it.
    pub(crate) under: Under,
}

const ALL: &[BlockKind] = &[
    Standard,
    Release,
    Type,
    Group,
    CodeList,
    Message,
    Reply,
    Process,
    List,
    Table,
    Protocol,
    Scenario,
    Glossary,
    Dossier,
    Condition,
    View,
    Fact,
    Question,
    Calendar,
    BlockKind::Term,
    BlockKind::Rule,
];
const RULE: &[BlockKind] = &[BlockKind::Rule];
const TERM: &[BlockKind] = &[BlockKind::Term];
/// What has the code of a rule.
const RULES: &[BlockKind] = &[BlockKind::Rule, BlockKind::Term];
/// What can stand for a norm of a protocol.
const CARRIERS: &[BlockKind] =
    &[BlockKind::Rule, BlockKind::Term, Process, Fact, Question, Table, View, Condition, Protocol];

const fn form(keyword: &'static str, rule: Rule, blocks: &'static [BlockKind]) -> Form {
    Form { keyword, rule, blocks, under: Under::Continuation }
}

const fn parent(keyword: &'static str, rule: Rule, blocks: &'static [BlockKind]) -> Form {
    Form { keyword, rule, blocks, under: Under::Clauses }
}

/// Every clause that starts with a keyword. Where one keyword has two forms, the block decides.
pub(crate) const FORMS: &[Form] = &[
    form("bron:", Rule::clause_text, ALL),
    form("lezing:", Rule::clause_text, ALL),
    form("ontheffing:", Rule::clause_waiver, ALL),
    form("wijkt af van:", Rule::clause_text, RULES),
    form("zie:", Rule::clause_references, RULES),
    form("vervangt:", Rule::clause_references, RULES),
    form("volgt:", Rule::clause_references, RULE),
    form("norm:", Rule::clause_norms, CARRIERS),
    form("normen:", Rule::clause_table, &[Protocol]),
    form("toepassing:", Rule::clause_recognition, &[Protocol]),
    form("over alle partijen", Rule::clause_nothing, &[Process]),
    form("geldig:", Rule::clause_interval, &[Release, Type, Group, CodeList, Reply, Protocol]),
    parent("geldig:", Rule::clause_interval, &[Message, BlockKind::Rule, BlockKind::Term]),
    form("niveau:", Rule::clause_level, RULE),
    form("voor:", Rule::clause_places, &[List, BlockKind::Term]),
    parent("voor:", Rule::clause_places, RULE),
    parent("als", Rule::clause_if, RULE),
    parent("anders:", Rule::clause_nothing, RULE),
    form("eis:", Rule::clause_must, RULE),
    form("eis bij", Rule::clause_must_at, RULE),
    form("stel:", Rule::clause_let, RULE),
    form("voorbeeld goed:", Rule::clause_example, RULE),
    form("voorbeeld fout:", Rule::clause_example, RULE),
    form("niet machinaal:", Rule::clause_string, RULE),
    form("nog niet uitgewerkt", Rule::clause_nothing, RULE),
    form("nergens:", Rule::clause_string, RULE),
    form("regels:", Rule::clause_table, &[Release]),
    form("facet:", Rule::clause_facet, RULE),
    form("vorm:", Rule::clause_forms, RULE),
    form("codes:", Rule::clause_literals, &[List]),
    form("volledigheid:", Rule::clause_complete, &[Release]),
    form("standaard:", Rule::clause_identity, &[Protocol]),
    form("releases:", Rule::clause_releases, &[Protocol]),
    form("herkennen:", Rule::clause_recognition, &[Protocol]),
    form("peildatum:", Rule::clause_date, &[Table]),
    form("kolommen:", Rule::clause_columns, &[Table]),
    form("sleutel:", Rule::clause_table_key, &[Table]),
    form("rij:", Rule::clause_row, &[Table]),
    form("bestand:", Rule::clause_string, &[CodeList, Table]),
    form("controle:", Rule::clause_control, &[Table]),
    form("onder:", Rule::clause_identity, &[Scenario]),
    form("bericht:", Rule::clause_message, &[Scenario]),
    form("verwacht:", Rule::clause_expectation, &[Scenario]),
    form("over:", Rule::clause_about, &[Scenario]),
    form("tabel", Rule::clause_supplied, &[Scenario]),
    form("feit", Rule::clause_told, &[Scenario]),
    form("vraag", Rule::clause_told, &[Scenario]),
    parent("op", Rule::clause_moment, &[Scenario]),
    form("verwacht", Rule::clause_outcome, &[Scenario]),
    form("soort:", Rule::clause_base, &[Type]),
    form("voorbeeld:", Rule::clause_sample, &[Type]),
    form("eenheid:", Rule::clause_text, &[Type]),
    form("basis:", Rule::clause_string, &[Release]),
    form("basis:", Rule::clause_assignments, &[Message]),
    form("naamruimte:", Rule::clause_string, &[Release]),
    form("kop:", Rule::clause_assignments, &[Release]),
    form("xsd-versie:", Rule::clause_assignments, &[Release]),
    form("code:", Rule::clause_path, &[Release]),
    form("code:", Rule::clause_word, &[Message]),
    form("afzender:", Rule::clause_word, &[Message]),
    form("ontvanger:", Rule::clause_word, &[Message]),
    form("op:", Rule::clause_pairs, &[Reply]),
    form("klassen:", Rule::clause_classes, &[Reply]),
    form("buiten klassen:", Rule::clause_outside, &[Reply]),
    form("tekens:", Rule::clause_signs, &[Reply]),
    parent("altijd:", Rule::clause_always, &[Reply]),
    parent("bij afkeur:", Rule::clause_rejected, &[Reply]),
    parent("bij afkeur", Rule::clause_rejected_in, &[Reply]),
    parent("bij goedkeuring:", Rule::clause_accepted, &[Reply]),
    form("geen antwoord", Rule::clause_unanswered, &[Reply]),
    // The dossier.
    form("goed:", Rule::clause_literals, &[Reply]),
    form("afkeur:", Rule::clause_by_class, &[Reply]),
    form("geldig:", Rule::clause_valid_columns, &[Table]),
    form("aanlevering:", Rule::clause_string, &[Table]),
    form("waarden:", Rule::clause_values, &[Fact, Question]),
    form("bij:", Rule::clause_bind, RULES),
    form("ernst:", Rule::clause_severity, RULE),
    form("volgorde van ontvangst", Rule::clause_nothing, RULE),
    form("partijen:", Rule::clause_parties, &[Dossier]),
    form("omgekeerd:", Rule::clause_messages, &[Dossier]),
    form("deel:", Rule::clause_path, &[Dossier]),
    form("kenmerk:", Rule::clause_paths, &[Dossier]),
    form("verzonden:", Rule::clause_paths, &[Dossier]),
    form("antwoord noemt:", Rule::clause_paths, &[Dossier]),
    form("antwoord van dag:", Rule::clause_paths, &[Dossier]),
    form("overnemen:", Rule::clause_carried, &[Dossier]),
    form("uit:", Rule::clause_rows_of, &[View]),
    form("sleutel:", Rule::clause_row_key, &[View]),
    form("laatste:", Rule::clause_paths, &[View]),
    form("sleutel:", Rule::clause_process_key, &[Process]),
    form("rollen:", Rule::clause_roles, &[Process]),
    form("toestanden:", Rule::clause_states, &[Process]),
    form("gebeurtenis", Rule::clause_event, &[Process]),
    form("van", Rule::clause_transition, &[Process]),
    form("nooit:", Rule::clause_never, &[Process]),
    form("uiteindelijk:", Rule::clause_eventually, &[Process]),
    form("naast:", Rule::clause_beside, &[Process]),
    form("mits:", Rule::clause_provided, &[Condition, View, BlockKind::Term]),
    form("weekend:", Rule::clause_weekend, &[Calendar]),
    form("voorbeeld:", Rule::clause_day_count, &[Calendar]),
    // Terms with a last day.
    parent("deel", Rule::clause_part, TERM),
    form("ook bij afkeur", Rule::clause_counts_rejected, TERM),
    form("begint:", Rule::clause_begins, TERM),
    form("eindigt:", Rule::clause_ends, TERM),
    form("binnen:", Rule::clause_within, TERM),
    form("uiterlijk:", Rule::clause_due, TERM),
    form("door:", Rule::clause_by, TERM),
    form("voorbeeld:", Rule::clause_last_day, TERM),
    form("voorbeeld goed:", Rule::clause_course_good, &[Process]),
    form("voorbeeld fout:", Rule::clause_course_bad, &[Process]),
];

/// The form of a line that starts with `- `.
pub(crate) fn item(kind: BlockKind) -> Option<Form> {
    match kind {
        Type => Some(form("-", Rule::item_facet, &[])),
        Group | Message => Some(parent("-", Rule::item_element, &[])),
        Reply => Some(form("-", Rule::item_filling, &[])),
        BlockKind::Rule => Some(form("-", Rule::item_requirement, &[])),
        Calendar => Some(form("-", Rule::item_holiday, &[])),
        Standard | Release | CodeList | List | Table | Protocol | Scenario | Glossary => None,
        Dossier | Condition | View | Fact | Question | Process | BlockKind::Term => None,
    }
}

/// The form of a line that starts with neither `- ` nor a keyword.
pub(crate) fn row(kind: BlockKind) -> Option<Form> {
    match kind {
        CodeList => Some(form("", Rule::clause_code, &[])),
        Glossary => Some(form("", Rule::clause_meaning, &[])),
        _ => None,
    }
}

/// The form that starts `content`, if it stands in `kind`.
pub(crate) fn find(kind: BlockKind, content: &str) -> Option<Form> {
    starting(content).find(|form| form.blocks.contains(&kind)).copied()
}

/// Whether `content` starts with a keyword of any block.
pub(crate) fn exists(content: &str) -> bool {
    starting(content).next().is_some()
}

/// Keywords of a block, for suggestions.
pub(crate) fn keywords(kind: BlockKind) -> impl Iterator<Item = &'static str> {
    FORMS.iter().filter(move |form| form.blocks.contains(&kind)).map(|form| form.keyword)
}

fn starting(content: &str) -> impl Iterator<Item = &'static Form> {
    FORMS.iter().filter(move |form| {
        content.strip_prefix(form.keyword).is_some_and(|rest| {
            form.keyword.ends_with(':') || rest.is_empty() || rest.starts_with(char::is_whitespace)
        })
    })
}
