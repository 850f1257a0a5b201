//! The typed core as calls into the kernel.

use std::collections::BTreeMap;

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};
use regelwerk_model::core::{
    Cond, Demand, Fields, Op, Origin, Over, Path, Range, Requirement, RowSource, Rows, Step, Value,
};
use regelwerk_model::{Rule, describe};

use crate::looks::{looked_at, quantifies};
use crate::names;
use crate::plan::Plan;
use crate::value::path_value;

/// Where a path leads, however it is written.
pub(crate) type Place = (Origin, Option<usize>, Vec<String>);

/// What a number of [`Origin::Bound`] stands for: the variable `row0`, or `item0`.
#[derive(Clone)]
pub(crate) enum Binder {
    Row(Rows),
    Element,
}

/// The body of one function, with the statics it needs.
pub(crate) struct Body<'p> {
    pub(crate) plan: &'p Plan<'p>,
    /// The variable with the scope to ask; none where no message is judged.
    pub(crate) scope: Option<Ident>,
    /// What is bound round the expression at hand.
    pub(crate) binders: Vec<Binder>,
    /// The constant of each path, by where it leads.
    pub(crate) paths: BTreeMap<Place, Ident>,
    pub(crate) statics: TokenStream,
    pub(crate) patterns: usize,
    outcomes: usize,
    /// Code and title of the rule.
    rule: (String, String),
    /// Conditions round the step at hand.
    guards: Vec<Cond>,
}

impl<'p> Body<'p> {
    /// The body of a function over a message: `scope` is there.
    pub(crate) fn new(plan: &'p Plan<'p>) -> Self {
        Self {
            plan,
            scope: Some(format_ident!("scope")),
            binders: Vec::new(),
            paths: BTreeMap::new(),
            statics: TokenStream::new(),
            patterns: 0,
            outcomes: 0,
            rule: <(String, String)>::default(),
            guards: Vec::new(),
        }
    }

    /// The body of a wording of a rule.
    pub(crate) fn of(rule: &Rule, plan: &'p Plan<'p>) -> Self {
        Self { rule: (rule.code.clone(), rule.title.clone()), ..Self::new(plan) }
    }

    /// The body of a function over a row: `rows` is there, and the row is `row0`.
    pub(crate) fn of_row(source: RowSource, plan: &'p Plan<'p>) -> Self {
        let rows = Rows { source, same_part: false, counts_void: false, written: String::new() };
        Self { scope: None, binders: vec![Binder::Row(rows)], ..Self::new(plan) }
    }

    /// Constants and statics that the statements use.
    pub(crate) fn statics(self) -> TokenStream {
        let paths = self.paths.iter().map(|(place, ident)| {
            let value = path_value(place);
            quote!(const #ident: Path = #value;)
        });
        let statics = &self.statics;
        quote!(#(#paths)* #statics)
    }

    /// Steps as statements.
    pub(crate) fn steps(&mut self, steps: &[Step]) -> TokenStream {
        steps.iter().map(|step| self.step(step)).collect()
    }

    fn step(&mut self, step: &Step) -> TokenStream {
        match step {
            Step::If { cond, then, otherwise, .. } => {
                let test = self.cond(cond);
                let then = self.guarded(cond.clone(), then);
                let otherwise = self.guarded(cond.clone().negated(), otherwise);
                if quantifies(cond) {
                    return quote! {
                        let outer = judge.base();
                        if #test { judge.settle(); #then } else { judge.settle(); #otherwise }
                        judge.leave(outer);
                    };
                }
                if otherwise.is_empty() {
                    quote!(if #test { #then })
                } else {
                    quote!(if #test { #then } else { #otherwise })
                }
            }
            Step::Bind { range, cond, .. } => self.bind(range, cond),
            Step::Let { name, value } => {
                let (variable, value) = (format_ident!("let_{name}"), self.value(value));
                quote!(let #variable = #value;)
            }
            Step::Require(Requirement { demand: Demand::Allowed, .. }) => quote!(),
            Step::Require(requirement) => {
                let holds = self.holds(requirement);
                let outcome = self.outcome(requirement);
                let values = worked_out(&requirement.demand);
                let values: Vec<_> = values.into_iter().map(|value| self.value(value)).collect();
                match values.as_slice() {
                    [] => quote!(judge.check(#holds, &#outcome);),
                    [only] => quote!(judge.check_against(#holds, &#outcome, || #only);),
                    values => quote! {
                        judge.check_against(#holds, &#outcome, || listed(&[
                            #(#values.map(|value| value.to_string())),*
                        ]));
                    },
                }
            }
        }
    }

    fn guarded(&mut self, guard: Cond, steps: &[Step]) -> TokenStream {
        self.guards.push(guard);
        let tokens = self.steps(steps);
        self.guards.pop();
        tokens
    }

    /// Whether an element at the path is so, asked from a scope called `scope`.
    pub(crate) fn exists(&mut self, list: &Path, cond: &Cond) -> TokenStream {
        let range = Range { over: Over::Path(list.clone()), name: None };
        self.cond(&Cond::Exists(range, Box::new(cond.clone())))
    }

    /// Whether a requirement is met.
    fn holds(&mut self, Requirement { target, demand, .. }: &Requirement) -> TokenStream {
        match demand {
            Demand::Filled => self.cond(&Cond::Filled(target.clone())),
            Demand::Empty => self.cond(&Cond::Filled(target.clone()).negated()),
            Demand::Allowed => quote!(true),
            Demand::OneOf(value, values) => self.cond(&Cond::OneOf(value.clone(), values.clone())),
            Demand::NoneOf(value, values) => {
                self.cond(&Cond::OneOf(value.clone(), values.clone()).negated())
            }
            Demand::Ordered(op, left, right) => {
                self.cond(&Cond::Compare(*op, left.clone(), right.clone()))
            }
            Demand::Check(value, check) => self.cond(&Cond::Check(value.clone(), check.clone())),
            Demand::Unique(Fields::Paths(paths), within) => {
                let paths: Vec<_> = paths.iter().map(|path| self.path(path)).collect();
                let within = names::constant(within);
                quote!(scope.unique(&[#(#paths),*], n::#within))
            }
            Demand::Unique(Fields::Param(at), within) => {
                let (at, within) = (u8::try_from(*at).unwrap_or(u8::MAX), names::constant(within));
                quote!(scope.unique_param(#at, n::#within))
            }
            Demand::Unique(Fields::Key, _) => quote!(scope.unique_key()),
            Demand::Holds(cond) => self.cond(cond),
        }
    }

    /// The static that says what is expected, why, and what was looked at.
    fn outcome(&mut self, requirement: &Requirement) -> Ident {
        self.outcomes += 1;
        let ident = format_ident!("OUTCOME_{}", self.outcomes);
        let target = self.path(&requirement.target);
        let expected = text(&self.expectation(&requirement.demand));
        let because = match self.guards.as_slice() {
            [] => None,
            guards => Some(describe::condition(&all(guards))).filter(is_short),
        };
        let because = match because {
            Some(because) => {
                let text = text(&because);
                quote!(Some(#text))
            }
            None => quote!(None),
        };
        let words = describe::expectation(&requirement.demand);
        let found = self.seen(&requirement.demand, &words);
        let related = self.related(requirement);
        self.statics.extend(quote! {
            static #ident: Outcome = Outcome {
                target: #target, expected: #expected, found: #found, because: #because,
                related: &[#(#related),*],
            };
        });
        ident
    }

    /// What is said to be found where a demand does not hold.
    fn seen(&self, demand: &Demand, words: &describe::Text) -> TokenStream {
        let (is_always, nl, en) = match demand {
            Demand::Holds(Cond::Exists(range, _)) if is_short(words) => match &range.over {
                Over::Rows(rows) if self.plan.is_question(rows) => {
                    (true, "een ander antwoord", "another answer")
                }
                _ => (true, "geen", "none"),
            },
            Demand::Holds(Cond::Not(inner))
                if matches!(**inner, Cond::Exists(..)) && is_short(words) =>
            {
                (true, "er wel een", "one")
            }
            Demand::Holds(_) if !worked_out(demand).is_empty() => return quote!(Seen::WorkedOut),
            Demand::Holds(_) => (false, "het tegendeel", "the opposite"),
            Demand::Unique(..) => (false, "een die er al is", "one that is there already"),
            _ => return quote!(Seen::Value),
        };
        let words = text(&describe::Text { nl: nl.to_owned(), en: en.to_owned() });
        if is_always { quote!(Seen::Words(#words)) } else { quote!(Seen::Group(#words)) }
    }

    /// What is expected, in words that can be read: a condition that runs on is told by the title
    /// of its rule.
    fn expectation(&self, demand: &Demand) -> describe::Text {
        let words = describe::expectation(demand);
        if is_short(&words) {
            return words;
        }
        let (code, title) = &self.rule;
        describe::Text { nl: format!("\"{title}\""), en: format!("the condition of {code}") }
    }

    /// Paths that the requirement and the conditions round it look at, but for the target.
    fn related(&mut self, requirement: &Requirement) -> Vec<Ident> {
        let mut related: Vec<Path> = Vec::new();
        for path in looked_at(&self.guards, &requirement.demand) {
            let is_own = matches!(path.origin, Origin::This | Origin::Root);
            if is_own && *path != requirement.target && !related.contains(path) {
                related.push(path.clone());
            }
        }
        related.iter().map(|path| self.path(path)).collect()
    }
}

fn text(text: &describe::Text) -> TokenStream {
    let describe::Text { nl, en } = text;
    quote!(Text { nl: #nl, en: #en })
}

/// The values of a demand that have to be worked out from the message: what is expected, or of a
/// comparison what is found. None of them says anything where the rule is told by its title.
fn worked_out(demand: &Demand) -> Vec<&Value> {
    let values = match demand {
        Demand::Holds(_) if !is_short(&describe::expectation(demand)) => Vec::new(),
        Demand::OneOf(_, values) => values.iter().collect(),
        Demand::Ordered(_, _, value) => vec![value],
        Demand::Holds(Cond::Exists(_, inner)) => sought(inner),
        Demand::Holds(Cond::Not(not)) => match not.as_ref() {
            Cond::Exists(_, inner) => sought(inner),
            _ => Vec::new(),
        },
        Demand::Holds(cond) => compared(cond).into_iter().collect(),
        _ => Vec::new(),
    };
    let is_constant = |value: &Value| {
        matches!(value, Value::Text(_) | Value::Number(_) | Value::Date(_) | Value::Time(_))
    };
    values.into_iter().filter(|value| !is_constant(value)).collect()
}

/// The values of the message itself by which something else is sought.
fn sought(cond: &Cond) -> Vec<&Value> {
    let parts = match cond {
        Cond::All(parts) => parts.as_slice(),
        part => std::slice::from_ref(part),
    };
    let own = parts.iter().filter_map(|part| match part {
        Cond::Compare(Op::Eq, _, value @ Value::Path(path, _)) => {
            matches!(path.origin, Origin::This | Origin::Root).then_some(value)
        }
        _ => None,
    });
    own.collect()
}

/// What is counted or reckoned on the left of a comparison.
fn compared(cond: &Cond) -> Option<&Value> {
    match cond {
        Cond::Compare(_, value, _) => (!matches!(value, Value::Path(..))).then_some(value),
        _ => None,
    }
}

/// Whether a text can be taken in at once.
fn is_short(text: &describe::Text) -> bool {
    text.nl.chars().count() <= 120
}

fn all(guards: &[Cond]) -> Cond {
    match guards {
        [only] => only.clone(),
        guards => Cond::All(guards.to_vec()),
    }
}
