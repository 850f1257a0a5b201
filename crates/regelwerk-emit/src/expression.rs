//! The typed core as calls into the kernel.

use std::collections::BTreeMap;

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};
use regelwerk_model::core::{Cond, Demand, Fields, Origin, Requirement, RowSource, Rows, Step};
use regelwerk_model::plan::Plan;
use regelwerk_model::{Outcome, Rule, Seen, describe, outcome};

use crate::value::path_value;
use crate::{names, rust_rules};

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
                if cond.quantifies() {
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
                let guards = self.guards.clone();
                let rule = (self.rule.0.as_str(), self.rule.1.as_str());
                let said = outcome(requirement, &guards, rule, self.plan.dossier);
                let outcome = self.outcome(requirement, &said);
                let values: Vec<_> = said.worked_out.iter().map(|one| self.value(one)).collect();
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
    fn outcome(&mut self, requirement: &Requirement, said: &Outcome<'_>) -> Ident {
        self.outcomes += 1;
        let ident = format_ident!("OUTCOME_{}", self.outcomes);
        let target = self.path(&requirement.target);
        let expected = text(&said.expected);
        let because = rust_rules::optional(said.because.as_ref().map(text));
        let found = match &said.found {
            Seen::Value => quote!(Value),
            Seen::WorkedOut => quote!(WorkedOut),
            Seen::Group(words) => {
                let words = text(words);
                quote!(Group(#words))
            }
            Seen::Words(words) => {
                let words = text(words);
                quote!(Words(#words))
            }
        };
        let related: Vec<_> = said.related.iter().map(|path| self.path(path)).collect();
        self.statics.extend(quote! {
            static #ident: Outcome = Outcome {
                target: #target, expected: #expected, found: Seen::#found, because: #because,
                related: &[#(#related),*],
            };
        });
        ident
    }
}

fn text(text: &describe::Text) -> TokenStream {
    let describe::Text { nl, en } = text;
    quote!(Text { nl: #nl, en: #en })
}
