//! Pairs of pest to clauses of the tree.
//!
//! The grammar guarantees which pairs there are; where a function still returns `None`, the clause
//! becomes invalid rather than the program ending.

use pest::iterators::{Pair, Pairs};
use regelwerk_diag::{Diagnostic, SourceId, Span};

use crate::Rule;
use crate::ast::{
    Assignment, BaseKind, Binding, Bound, Cardinality, Clause, CodeRow, DossierClause, Dotted,
    Element, Example, Facet, FacetUse, Interval, Level, Literal, Place, PlaceOrList, ProcessClause,
    ScenarioClause, Spanned, Step, Word,
};
use crate::codes::NO_SUCH_DATE;
use crate::outline::span;
use crate::table::Form;

/// Identity and title from the header of a block.
pub(crate) fn header(
    source: SourceId,
    base: usize,
    pairs: Pairs<'_, Rule>,
) -> Option<(Word, Word)> {
    let converter = Converter::new(source, base);
    let mut parts = inside(pairs)?;
    parts.next()?;
    Some((converter.word(&parts.next()?), converter.quoted(&parts.next()?)))
}

/// The parts of the only pair.
fn inside(mut pairs: Pairs<'_, Rule>) -> Option<Pairs<'_, Rule>> {
    Some(pairs.next()?.into_inner())
}

/// Converts the pairs of one clause.
pub(crate) struct Converter {
    source: SourceId,
    base: usize,
    /// What pest could read and still is wrong.
    pub(crate) diagnostics: Vec<Diagnostic>,
}

impl Converter {
    pub(crate) fn new(source: SourceId, base: usize) -> Self {
        Self { source, base, diagnostics: Vec::new() }
    }

    /// The clause that `form` reads from `pairs`.
    pub(crate) fn clause(&mut self, form: Form, pairs: Pairs<'_, Rule>) -> Option<Clause> {
        let mut parts = inside(pairs)?;
        match form.rule {
            Rule::clause_text => Some(text_clause(form.keyword, self.text(&parts.next()?))),
            Rule::clause_string => Some(string_clause(form.keyword, self.quoted(&parts.next()?))),
            Rule::clause_word => Some(word_clause(form.keyword, self.word(&parts.next()?))),
            Rule::clause_nothing => Some(bare_clause(form.keyword)),
            Rule::clause_interval => self.interval(parts.next()?).map(Clause::Valid),
            Rule::clause_sample => {
                let value = self.given(parts.next()?)?;
                let interval = match parts.next() {
                    Some(part) if part.as_rule() == Rule::interval => Some(self.interval(part)?),
                    _ => None,
                };
                Some(Clause::Sample(value, interval))
            }
            Rule::clause_path => {
                let path = self.dotted(parts.next()?)?;
                Some(match form.keyword {
                    "deel:" => Clause::Dossier(DossierClause::Part(path)),
                    _ => Clause::CodePath(path),
                })
            }
            Rule::clause_assignments => {
                let fields = self.assignments(parts.next()?)?;
                Some(match form.keyword {
                    "kop:" => Clause::Header(fields),
                    "xsd-versie:" => Clause::SchemaVersion(fields),
                    _ => Clause::BaseMessage(fields),
                })
            }
            Rule::clause_references => Some(codes_clause(form.keyword, self.words(parts))),
            Rule::clause_norms => Some(Clause::Norms(self.words(parts))),
            Rule::clause_base => self.base_kind(parts.next()?).map(Clause::Base),
            Rule::clause_level => self.level(parts),
            Rule::clause_facet => self.facet_clause(parts.next()?),
            Rule::clause_places => self.places(parts.next()?).map(Clause::Places),
            Rule::clause_literals if form.keyword == "codes:" => {
                self.literals(parts).map(Clause::Codes)
            }
            Rule::clause_values => {
                let values = parts.filter(|part| part.as_rule() == Rule::given);
                values.map(|part| self.given(part)).collect::<Option<_>>().map(Clause::Values)
            }
            Rule::clause_forms => self.forms(parts).map(Clause::Forms),
            Rule::clause_complete => {
                Some(Clause::Complete(parts.next()?.as_rule() == Rule::k_volledig))
            }
            Rule::clause_identity => Some(identity_clause(form.keyword, self.word(&parts.next()?))),
            Rule::clause_table => {
                let table = self.word(&parts.nth(1)?);
                Some(match form.keyword {
                    "normen:" => Clause::NormTable(table),
                    _ => Clause::Register(table),
                })
            }
            Rule::clause_releases => Some(Clause::Releases(self.words(parts))),
            Rule::clause_recognition => {
                let places = self.places(parts.next()?)?;
                let cond = parts.find(|part| part.as_rule() == Rule::condition)?;
                let cond = self.condition(cond)?;
                Some(match form.keyword {
                    "toepassing:" => Clause::Application(places, cond),
                    _ => Clause::Recognition(places, cond),
                })
            }
            _ => self.data_clause(form, parts),
        }
    }

    /// Clauses of tables and what else has rules of its own.
    fn data_clause(&mut self, form: Form, mut parts: Pairs<'_, Rule>) -> Option<Clause> {
        match form.rule {
            Rule::clause_date => self.dated(&parts.next()?).map(Clause::AsOf),
            Rule::clause_table_key => Some(Clause::TableKey(self.words(parts))),
            Rule::clause_columns => self.columns(parts).map(Clause::Columns),
            Rule::clause_row => self.row(parts).map(Clause::Row),
            Rule::clause_control => self.control(parts),
            Rule::clause_about
            | Rule::clause_message
            | Rule::clause_expectation
            | Rule::clause_supplied
            | Rule::clause_told
            | Rule::clause_moment
            | Rule::clause_outcome => self.scenario_clause(form, parts),
            Rule::clause_waiver => self.waiver(parts).map(Clause::Waiver),
            Rule::clause_example => {
                let is_good = form.keyword == "voorbeeld goed:";
                self.example(parts).map(|example| Clause::Example(is_good, example))
            }
            Rule::clause_code => self.code_row(parts),
            Rule::clause_meaning => self.meaning_row(parts),
            Rule::item_facet => self.facet_use(parts).map(Clause::TypeFacet),
            Rule::item_element => self.element(parts).map(Clause::Element),
            Rule::clause_if => Some(Clause::If(self.condition(parts.next()?))),
            Rule::clause_must => self.condition(parts.next()?).map(Clause::Must),
            Rule::clause_valid_columns => {
                let columns = parts.filter(|part| part.as_rule() == Rule::identity_part);
                let mut columns = columns.map(|part| self.word(&part));
                Some(Clause::ValidColumns(columns.next()?, columns.next()?))
            }
            Rule::clause_must_at => {
                let path = self.path(parts.next()?)?;
                let cond = parts.find(|part| part.as_rule() == Rule::condition)?;
                Some(Clause::MustAt(path, self.condition(cond)?))
            }
            Rule::clause_let => {
                let name = self.word(&parts.next()?);
                let term = parts.find(|part| part.as_rule() == Rule::term)?;
                Some(Clause::Let(name, self.term(term)?))
            }
            Rule::item_requirement => self.requirement(parts),
            Rule::clause_bind
            | Rule::clause_severity
            | Rule::clause_parties
            | Rule::clause_carried
            | Rule::clause_messages
            | Rule::clause_paths
            | Rule::clause_rows_of
            | Rule::clause_row_key
            | Rule::clause_provided => self.dossier_clause(form.rule, form.keyword, parts),
            rule @ (Rule::clause_weekend | Rule::item_holiday | Rule::clause_day_count) => {
                self.calendar_clause(rule, parts)
            }
            rule @ (Rule::clause_part
            | Rule::clause_counts_rejected
            | Rule::clause_begins
            | Rule::clause_ends
            | Rule::clause_due
            | Rule::clause_within
            | Rule::clause_by
            | Rule::clause_last_day) => self.obligation_clause(rule, parts),
            rule => {
                let process = self.process_clause(rule, parts.clone());
                process.or_else(|| self.reply_clause(rule, parts))
            }
        }
    }

    pub(crate) fn span(&self, pair: &Pair<'_, Rule>) -> Span {
        // Pest takes trailing white space into a rule that ends with an optional part.
        let (text, start) = (pair.as_str(), pair.as_span().start());
        span(self.source, self.base + start, self.base + start + text.trim_end().len())
    }

    pub(crate) fn word(&self, pair: &Pair<'_, Rule>) -> Word {
        Spanned { value: pair.as_str().trim().to_owned(), span: self.span(pair) }
    }

    /// A text over several rows, with single spaces.
    fn text(&self, pair: &Pair<'_, Rule>) -> Word {
        let words: Vec<_> = pair.as_str().split_whitespace().collect();
        Spanned { value: words.join(" "), span: self.span(pair) }
    }

    pub(crate) fn quoted(&self, pair: &Pair<'_, Rule>) -> Word {
        let text = pair.as_str();
        let bare = text.strip_prefix('"').and_then(|text| text.strip_suffix('"'));
        Spanned { value: bare.unwrap_or(text).to_owned(), span: self.span(pair) }
    }

    pub(crate) fn number(&self, pair: &Pair<'_, Rule>) -> Spanned<u64> {
        let value = pair.as_str().trim().parse().unwrap_or(u64::MAX);
        Spanned { value, span: self.span(pair) }
    }

    pub(crate) fn words(&self, parts: Pairs<'_, Rule>) -> Vec<Word> {
        parts.filter(|part| part.as_rule() != Rule::EOI).map(|part| self.word(&part)).collect()
    }

    fn level(&self, mut parts: Pairs<'_, Rule>) -> Option<Clause> {
        let level = self.number(&parts.next()?);
        let (mut retourcode, mut judged_at) = (None, None);
        for part in parts {
            match part.as_rule() {
                Rule::code_word => retourcode = Some(self.word(&part)),
                Rule::judged_at => judged_at = part.into_inner().last(),
                _ => {}
            }
        }
        let judged_at = judged_at.map(|part| self.number(&part));
        Some(Clause::Level(Level { level, retourcode, judged_at }))
    }

    pub(crate) fn interval(&mut self, pair: Pair<'_, Rule>) -> Option<Interval> {
        let span = self.span(&pair);
        let mut interval = Interval { from: None, until: None, span };
        let mut is_until = false;
        for part in pair.into_inner() {
            match part.as_rule() {
                Rule::k_tm => is_until = true,
                Rule::bound if is_until => interval.until = Some(self.bound(part)?),
                Rule::bound => interval.from = Some(self.bound(part)?),
                _ => {}
            }
        }
        Some(interval)
    }

    fn bound(&mut self, pair: Pair<'_, Rule>) -> Option<Bound> {
        let part = pair.into_inner().last()?;
        if part.as_rule() == Rule::release {
            return Some(Bound::Release(self.word(&part)));
        }
        self.dated(&part).map(Bound::Date)
    }

    pub(crate) fn date(&mut self, pair: &Pair<'_, Rule>) -> Option<chrono::NaiveDate> {
        let date = chrono::NaiveDate::parse_from_str(pair.as_str(), "%d-%m-%Y").ok();
        if date.is_none() {
            self.no_such(pair);
        }
        date
    }

    /// A date with its place.
    pub(crate) fn dated(&mut self, pair: &Pair<'_, Rule>) -> Option<Spanned<chrono::NaiveDate>> {
        Some(Spanned { value: self.date(pair)?, span: self.span(pair) })
    }

    fn time(&mut self, pair: &Pair<'_, Rule>) -> Option<chrono::NaiveTime> {
        let time = chrono::NaiveTime::parse_from_str(pair.as_str(), "%H:%M:%S").ok();
        if time.is_none() {
            self.no_such(pair);
        }
        time
    }

    fn no_such(&mut self, pair: &Pair<'_, Rule>) {
        let title = format!("`{}` bestaat niet", pair.as_str());
        let help = "een datum is dd-mm-jjjj, een tijd uu:mm:ss";
        self.diagnostics.push(Diagnostic::error(NO_SUCH_DATE, title, self.span(pair)).help(help));
    }

    pub(crate) fn literal(&mut self, pair: Pair<'_, Rule>) -> Option<Spanned<Literal>> {
        let span = self.span(&pair);
        let part = pair.into_inner().next()?;
        let value = match part.as_rule() {
            Rule::date => Literal::Date(self.date(&part)?),
            Rule::time => Literal::Time(self.time(&part)?),
            Rule::string => Literal::Text(self.quoted(&part).value),
            _ => Literal::Code(part.as_str().to_owned()),
        };
        Some(Spanned { value, span })
    }

    /// A value where no element can stand: letters need no quotes.
    pub(crate) fn given(&mut self, pair: Pair<'_, Rule>) -> Option<Spanned<Literal>> {
        let span = self.span(&pair);
        let part = pair.into_inner().next()?;
        if part.as_rule() == Rule::literal {
            return self.literal(part);
        }
        Some(Spanned { value: Literal::Code(part.as_str().to_owned()), span })
    }

    pub(crate) fn dotted(&self, pair: Pair<'_, Rule>) -> Option<Dotted> {
        let span = self.span(&pair);
        let steps = pair.into_inner().map(|part| self.step(part)).collect::<Option<_>>()?;
        Some(Dotted { steps, span })
    }

    pub(crate) fn step(&self, pair: Pair<'_, Rule>) -> Option<Step> {
        let mut parts = pair.into_inner();
        let name = self.word(&parts.next()?);
        let index = parts.next().and_then(|index| index.into_inner().next());
        Some(Step { name, index: index.map(|number| self.number(&number)) })
    }

    pub(crate) fn assignments(&mut self, pair: Pair<'_, Rule>) -> Option<Vec<Assignment>> {
        pair.into_inner().map(|part| self.assignment(part)).collect()
    }

    fn assignment(&mut self, pair: Pair<'_, Rule>) -> Option<Assignment> {
        let mut parts = pair.into_inner();
        let path = self.dotted(parts.next()?)?;
        let value = parts.next()?;
        let value = match value.as_rule() {
            Rule::k_leeg => None,
            _ => Some(self.given(value)?),
        };
        Some(Assignment { path, value })
    }

    fn base_kind(&self, pair: Pair<'_, Rule>) -> Option<Spanned<BaseKind>> {
        let value = match pair.as_rule() {
            Rule::k_tekst => BaseKind::Text,
            Rule::k_geheel => BaseKind::Integer,
            Rule::k_datum => BaseKind::Date,
            Rule::k_tijd => BaseKind::Time,
            _ => return None,
        };
        Some(Spanned { value, span: self.span(&pair) })
    }

    fn facet_clause(&mut self, pair: Pair<'_, Rule>) -> Option<Clause> {
        match pair.as_rule() {
            Rule::facet => self.facet(pair).map(|facet| Clause::Facet(Some(facet))),
            _ => Some(Clause::Facet(None)),
        }
    }

    fn facet(&self, pair: Pair<'_, Rule>) -> Option<Spanned<Facet>> {
        let span = self.span(&pair);
        let mut parts = pair.into_inner();
        let (keyword, argument) = (parts.next()?.as_rule(), parts.next()?);
        let is_length = parts.next().is_some();
        let value = match keyword {
            Rule::k_minstens => Facet::AtLeast(self.number(&argument).value, is_length),
            Rule::k_hoogstens => Facet::AtMost(self.number(&argument).value, is_length),
            Rule::k_patroon => Facet::Pattern(self.quoted(&argument)),
            _ => Facet::CodeList(self.word(&argument)),
        };
        Some(Spanned { value, span })
    }

    fn facet_use(&mut self, parts: Pairs<'_, Rule>) -> Option<FacetUse> {
        let (mut facet, mut rule, mut interval) = (None, None, None);
        for part in parts {
            match part.as_rule() {
                Rule::facet => facet = self.facet(part),
                Rule::reference => rule = part.into_inner().next().map(|code| self.word(&code)),
                Rule::interval => interval = Some(self.interval(part)?),
                _ => {}
            }
        }
        Some(FacetUse { facet: facet?, rule, interval })
    }

    fn code_row(&mut self, mut parts: Pairs<'_, Rule>) -> Option<Clause> {
        let code = self.word(&parts.next()?);
        let meaning = self.quoted(&parts.next()?);
        let interval = match parts.next() {
            Some(part) if part.as_rule() == Rule::interval => Some(self.interval(part)?),
            _ => None,
        };
        Some(Clause::Code(CodeRow { code, meaning, interval }))
    }

    fn element(&mut self, mut parts: Pairs<'_, Rule>) -> Option<Element> {
        let name = self.word(&parts.next()?);
        let mut element = Element {
            name,
            of: None,
            cardinality: Cardinality::One,
            facets: Vec::new(),
            key: Vec::new(),
            interval: None,
        };
        for part in parts {
            match part.as_rule() {
                Rule::name => element.of = Some(self.word(&part)),
                Rule::element_part => self.element_part(part, &mut element)?,
                Rule::interval => element.interval = Some(self.interval(part)?),
                _ => {}
            }
        }
        Some(element)
    }

    fn element_part(&mut self, pair: Pair<'_, Rule>, element: &mut Element) -> Option<()> {
        let first = pair.clone().into_inner().next()?;
        match first.as_rule() {
            Rule::k_optioneel => element.cardinality = Cardinality::Optional,
            Rule::k_een_of_meer => element.cardinality = Cardinality::Many,
            Rule::k_nul_of_meer => element.cardinality = Cardinality::Any,
            Rule::k_sleutel => {
                let paths = pair.into_inner().skip(1).map(|part| self.dotted(part));
                element.key = paths.collect::<Option<_>>()?;
            }
            _ => element.facets.push(self.facet_use(pair.into_inner())?),
        }
        Some(())
    }

    fn places(&self, pair: Pair<'_, Rule>) -> Option<Vec<PlaceOrList>> {
        pair.into_inner()
            .map(|part| match part.as_rule() {
                Rule::list_name => {
                    let name = part.into_inner().next_back()?;
                    Some(PlaceOrList::List(self.word(&name)))
                }
                _ => self.place(part).map(PlaceOrList::Place),
            })
            .collect()
    }

    pub(crate) fn place(&self, pair: Pair<'_, Rule>) -> Option<Place> {
        let mut parts = pair.into_inner();
        let message = self.word(&parts.next()?);
        let element = self.dotted(parts.next()?)?;
        let bindings = parts.filter(|part| part.as_rule() == Rule::binding);
        let bindings = bindings.map(|part| self.binding(part)).collect::<Option<_>>()?;
        Some(Place { message, element, bindings })
    }

    fn binding(&self, pair: Pair<'_, Rule>) -> Option<Binding> {
        let mut parts = pair.into_inner();
        let name = self.word(&parts.next()?);
        let paths = parts.filter(|part| part.as_rule() == Rule::dotted);
        Some(Binding { name, paths: paths.map(|part| self.dotted(part)).collect::<Option<_>>()? })
    }

    fn example(&mut self, mut parts: Pairs<'_, Rule>) -> Option<Example> {
        let first = parts.peek()?;
        if first.as_rule() == Rule::string {
            return Some(Example::Value(self.quoted(&parts.next()?)));
        }
        let lists = parts.filter(|part| part.as_rule() == Rule::assignments);
        lists.map(|part| self.assignments(part)).collect::<Option<_>>().map(Example::Fields)
    }
}

fn bare_clause(keyword: &str) -> Clause {
    match keyword {
        "anders:" => Clause::Else,
        "nog niet uitgewerkt" => Clause::NotYet,
        "over alle partijen" => Clause::Process(ProcessClause::Across),
        _ => Clause::Order,
    }
}

fn codes_clause(keyword: &str, codes: Vec<Word>) -> Clause {
    match keyword {
        "volgt:" => Clause::Follows(codes),
        "vervangt:" => Clause::Replaces(codes),
        _ => Clause::See(codes),
    }
}

fn identity_clause(keyword: &str, word: Word) -> Clause {
    match keyword {
        "standaard:" => Clause::OfStandard(word),
        _ => Clause::Scenario(ScenarioClause::Under(word)),
    }
}

pub(crate) fn text_clause(keyword: &str, text: Word) -> Clause {
    match keyword {
        "bron:" => Clause::Source(text),
        "lezing:" => Clause::Reading(text),
        "eenheid:" => Clause::Unit(text),
        _ => Clause::Deviation(text),
    }
}

fn string_clause(keyword: &str, text: Word) -> Clause {
    match keyword {
        "niet machinaal:" => Clause::NotByMachine(text),
        "nergens:" => Clause::Nowhere(text),
        "bestand:" => Clause::DataFile(text),
        "aanlevering:" => Clause::SuppliedAs(text),
        "naamruimte:" => Clause::Namespace(text),
        _ => Clause::BaseNamespace(text),
    }
}

fn word_clause(keyword: &str, word: Word) -> Clause {
    match keyword {
        "code:" => Clause::MessageCode(word),
        "afzender:" => Clause::Sender(word),
        _ => Clause::Receiver(word),
    }
}
