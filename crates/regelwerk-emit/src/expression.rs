//! The typed core as calls into the kernel.

use std::collections::BTreeMap;

use chrono::{Datelike, Timelike};
use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};
use regelwerk_model::core::{
    Check, Cond, Demand, Fields, Kind, Op, Origin, Over, Path, Range, Requirement, Step, Unit,
    Value,
};
use regelwerk_model::{Rule, describe};

use crate::join::{Join, join};
use crate::{names, rust_rules, rust_types};

/// Where a path leads, however it is written.
type Place = (Origin, Option<usize>, Vec<String>);

/// The body of one function, with the statics it needs.
#[derive(Default)]
pub(crate) struct Body {
    /// The constant of each path, by where it leads.
    paths: BTreeMap<Place, Ident>,
    statics: TokenStream,
    patterns: usize,
    outcomes: usize,
    /// Code and title of the rule.
    rule: (String, String),
    /// Conditions round the step at hand.
    guards: Vec<Cond>,
}

impl Body {
    /// The body of a wording of a rule.
    pub(crate) fn of(rule: &Rule) -> Self {
        Self { rule: (rule.code.clone(), rule.title.clone()), ..Self::default() }
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
                let test = self.cond(cond, &format_ident!("scope"));
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
            Step::Bind { .. } => quote!(),
            Step::Require(Requirement { demand: Demand::Allowed, .. }) => quote!(),
            Step::Require(requirement) => {
                let holds = self.holds(requirement);
                let outcome = self.outcome(requirement);
                match worked_out(&requirement.demand) {
                    None => quote!(judge.check(#holds, &#outcome);),
                    Some(value) => {
                        let value = self.value(value, &format_ident!("scope"));
                        quote!(judge.check_against(#holds, &#outcome, || #value);)
                    }
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
        let exists = Cond::Exists(path_range(list), Box::new(cond.clone()));
        self.cond(&exists, &format_ident!("scope"))
    }

    /// Whether a requirement is met.
    fn holds(&mut self, Requirement { target, demand, .. }: &Requirement) -> TokenStream {
        let scope = format_ident!("scope");
        match demand {
            Demand::Filled => self.cond(&Cond::Filled(target.clone()), &scope),
            Demand::Empty => self.cond(&Cond::Filled(target.clone()).negated(), &scope),
            Demand::Allowed => quote!(true),
            Demand::OneOf(value, values) => {
                self.cond(&Cond::OneOf(value.clone(), values.clone()), &scope)
            }
            Demand::NoneOf(value, values) => {
                self.cond(&Cond::OneOf(value.clone(), values.clone()).negated(), &scope)
            }
            Demand::Ordered(op, left, right) => {
                self.cond(&Cond::Compare(*op, left.clone(), right.clone()), &scope)
            }
            Demand::Check(value, check) => {
                self.cond(&Cond::Check(value.clone(), check.clone()), &scope)
            }
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
            Demand::Holds(cond) => self.cond(cond, &scope),
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
        let found = rust_rules::optional(found_instead(&requirement.demand).as_ref().map(text));
        let related = self.related(requirement);
        self.statics.extend(quote! {
            static #ident: Outcome = Outcome {
                target: #target, expected: #expected, found: #found, because: #because,
                related: &[#(#related),*],
            };
        });
        ident
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
        let mut seen = Vec::new();
        for guard in &self.guards {
            looked_at(guard, &mut seen);
        }
        match &requirement.demand {
            Demand::OneOf(value, values) | Demand::NoneOf(value, values) => {
                values.iter().chain([value]).for_each(|value| value_paths(value, &mut seen));
            }
            Demand::Ordered(_, left, right) => {
                [left, right].into_iter().for_each(|value| value_paths(value, &mut seen));
            }
            Demand::Unique(Fields::Paths(paths), _) => seen.extend(paths.iter().cloned()),
            Demand::Holds(cond) => looked_at(cond, &mut seen),
            _ => {}
        }
        let mut related: Vec<Path> = Vec::new();
        for path in seen {
            let is_own = matches!(path.origin, Origin::This | Origin::Root);
            if is_own && path != requirement.target && !related.contains(&path) {
                related.push(path);
            }
        }
        related.iter().map(|path| self.path(path)).collect()
    }

    /// A condition as an expression; `scope` is the variable that holds the scope.
    fn cond(&mut self, cond: &Cond, scope: &Ident) -> TokenStream {
        match cond {
            Cond::True => quote!(true),
            Cond::Filled(path) => {
                let path = self.path(path);
                quote!(#scope.filled(&#path))
            }
            Cond::Compare(op, left, right) => {
                let (left, right) = (self.value(left, scope), self.value(right, scope));
                let (not, call) = match op {
                    Op::Eq => (quote!(), quote!(eq)),
                    Op::Ne => (quote!(!), quote!(eq)),
                    Op::Lt => (quote!(), quote!(lt)),
                    Op::Le => (quote!(), quote!(le)),
                    Op::Gt => (quote!(), quote!(gt)),
                    Op::Ge => (quote!(), quote!(ge)),
                };
                quote!(#not #call(#left, #right))
            }
            Cond::OneOf(value, values) => self.one_of(value, values, scope),
            Cond::Listed(value, _, values) => self.one_of(value, values, scope),
            Cond::Check(value, check) => self.check(value, check, scope),
            Cond::Overlap(paths) => {
                let [a, b, c, d] = paths.as_ref().each_ref().map(|path| self.path(path));
                quote!(overlaps(
                    (#scope.date(&#a), #scope.date(&#b)), (#scope.date(&#c), #scope.date(&#d))
                ))
            }
            Cond::Not(inner) => {
                let inner = self.cond(inner, scope);
                quote!(!(#inner))
            }
            Cond::All(parts) => {
                let parts: Vec<_> = parts.iter().map(|part| self.part(part, scope)).collect();
                quote!(#(#parts)&&*)
            }
            Cond::Any(parts) => {
                let parts: Vec<_> = parts.iter().map(|part| self.part(part, scope)).collect();
                quote!(#(#parts)||*)
            }
            Cond::Exists(Range { over: Over::Rows(_), .. }, _)
            | Cond::Every(Range { over: Over::Rows(_) | Over::Other { .. }, .. }, _) => {
                quote!(false)
            }
            Cond::Exists(Range { over: Over::Path(list), .. }, inner) => match join(inner) {
                Some(Join { key, wanted, rest }) => {
                    let (list, key) = (self.path(list), self.path(key));
                    let (wanted, rest) = (self.value(wanted, scope), self.closure(&rest));
                    quote!(#scope.exists_equal(&#list, &#key, #wanted, #rest))
                }
                None => {
                    let (list, inner) = (self.path(list), self.closure(inner));
                    quote!(#scope.exists(&#list, #inner))
                }
            },
            Cond::Exists(Range { over: Over::Other { within, .. }, .. }, inner) => {
                let (within, inner) = (names::constant(within), self.closure(inner));
                quote!(#scope.exists_other(n::#within, #inner))
            }
            Cond::Every(Range { over: Over::Path(list), .. }, inner) => {
                let (list, inner) = (self.path(list), self.closure(inner));
                quote!(#scope.every(&#list, #inner))
            }
        }
    }

    /// A condition within a junction: a junction in it has parentheses.
    fn part(&mut self, cond: &Cond, scope: &Ident) -> TokenStream {
        let tokens = self.cond(cond, scope);
        match cond {
            Cond::All(_) | Cond::Any(_) => quote!((#tokens)),
            _ => tokens,
        }
    }

    fn closure(&mut self, cond: &Cond) -> TokenStream {
        if *cond == Cond::True {
            return quote!(|_| true);
        }
        let inner = self.cond(cond, &format_ident!("item"));
        quote!(|item| #inner)
    }

    fn one_of(&mut self, value: &Value, values: &[Value], scope: &Ident) -> TokenStream {
        let literal = |value: &Value| match value {
            Value::Text(text) => Some(text.clone()),
            _ => None,
        };
        let left = self.value(value, scope);
        if let Some(codes) = values.iter().map(literal).collect::<Option<Vec<_>>>() {
            return quote!(one_of(#left, &[#(#codes),*]));
        }
        let right: Vec<_> = values.iter().map(|value| self.value(value, scope)).collect();
        quote!([#(#right),*].into_iter().any(|right| eq(#left, right)))
    }

    fn check(&mut self, value: &Value, check: &Check, scope: &Ident) -> TokenStream {
        let value = self.value(value, scope);
        match check {
            Check::ElevenProof => quote!(eleven_proof(#value)),
            Check::Pattern(xsd) => {
                self.patterns += 1;
                let ident = format_ident!("PATTERN_{}", self.patterns);
                self.statics.extend(rust_types::pattern(&ident, xsd));
                quote!(matches(#value, &#ident))
            }
        }
    }

    /// A value as an expression of an `Option`, or of `i64` within `Some` for counts.
    fn value(&mut self, value: &Value, scope: &Ident) -> TokenStream {
        match value {
            Value::Path(path, kind) => {
                let path = self.path(path);
                let get = match kind {
                    Kind::Text => quote!(text),
                    Kind::Number => quote!(number),
                    Kind::Date => quote!(date),
                    Kind::Time => quote!(time),
                };
                quote!(#scope.#get(&#path))
            }
            Value::Text(text) => quote!(Some(#text)),
            Value::Number(number) => quote!(Some(#number)),
            Value::Date(date) => {
                let (year, month, day) = (date.year(), date.month(), date.day());
                quote!(Some(Date::from_ymd(#year, #month, #day)))
            }
            Value::Time(time) => {
                let (hour, minute, second) = (time.hour(), time.minute(), time.second());
                quote!(Some(Time::from_hms(#hour, #minute, #second)))
            }
            Value::Count(Range { over: Over::Path(list), .. }, cond) => {
                let (list, inner) = (self.path(list), self.closure(cond));
                quote!(Some(#scope.count(&#list, #inner)))
            }
            Value::Sum(what, Range { over: Over::Path(list), .. }, cond) => {
                let (list, inner) = (self.path(list), self.closure(cond));
                let what = self.value(what, &format_ident!("item"));
                quote!(Some(#scope.sum(&#list, #inner, |item| #what)))
            }
            Value::Shift(from, by, unit) => {
                let from = self.value(from, scope);
                let call = match unit {
                    Unit::Day => quote!(shift_days),
                    Unit::Month => quote!(shift_months),
                    Unit::Year => quote!(shift_years),
                };
                quote!(#call(#from, #by))
            }
            Value::Part(unit, from) => {
                let from = self.value(from, scope);
                let call = match unit {
                    Unit::Day => quote!(day),
                    Unit::Month => quote!(month),
                    Unit::Year => quote!(year),
                };
                quote!(#call(#from))
            }
            Value::MonthEdge(is_first, from) => {
                let from = self.value(from, scope);
                let call = if *is_first { quote!(first_of_month) } else { quote!(last_of_month) };
                quote!(#call(#from))
            }
            Value::Add(left, is_plus, right) => {
                let (left, right) = (self.value(left, scope), self.value(right, scope));
                let call = if *is_plus { quote!(add) } else { quote!(sub) };
                quote!(#call(#left, #right))
            }
            Value::Count(..)
            | Value::Sum(..)
            | Value::Received
            | Value::Product(..)
            | Value::Quotient(..)
            | Value::Days(..)
            | Value::Months(..)
            | Value::Extreme(..) => quote!(None),
        }
    }

    /// The constant of a path, named after what the rule writes.
    fn path(&mut self, path: &Path) -> Ident {
        let place = (path.origin, path.param, path.steps.clone());
        if let Some(known) = self.paths.get(&place) {
            return known.clone();
        }
        let written = path.written.trim_start_matches("dit ");
        let plain: String =
            written.chars().map(|c| if c.is_alphanumeric() { c } else { '_' }).collect();
        let prefix = match path.origin {
            Origin::This => "this",
            Origin::Item => "item",
            Origin::Root => "root",
            Origin::Bound(_) => "bound",
        };
        let mut ident = format_ident!("{prefix}_{plain}");
        // `C.B` and `C_B` are written alike once their dots are gone.
        if self.paths.values().any(|taken| *taken == ident) {
            ident = format_ident!("{prefix}_{plain}_{}", self.paths.len());
        }
        self.paths.insert(place, ident.clone());
        ident
    }
}

fn path_value((origin, param, steps): &Place) -> TokenStream {
    let origin = match origin {
        Origin::This => quote!(This),
        Origin::Item => quote!(Item),
        Origin::Root => quote!(Root),
        Origin::Bound(_) => quote!(Item),
    };
    let param = match param.and_then(|at| u8::try_from(at).ok()) {
        Some(at) => quote!(Some(#at)),
        None => quote!(None),
    };
    let steps = names::path(steps);
    quote!(Path { origin: Origin::#origin, param: #param, steps: #steps })
}

fn text(text: &describe::Text) -> TokenStream {
    let describe::Text { nl, en } = text;
    quote!(Text { nl: #nl, en: #en })
}

/// The value of a demand that has to be worked out from the message.
fn worked_out(demand: &Demand) -> Option<&Value> {
    let value = match demand {
        Demand::OneOf(_, values) => match values.as_slice() {
            [only] => only,
            _ => return None,
        },
        Demand::Ordered(_, _, value) => value,
        _ => return None,
    };
    let is_constant =
        matches!(value, Value::Text(_) | Value::Number(_) | Value::Date(_) | Value::Time(_));
    (!is_constant).then_some(value)
}

/// What is found where a demand does not hold of an element as a whole.
fn found_instead(demand: &Demand) -> Option<describe::Text> {
    let (nl, en) = match demand {
        Demand::Holds(_) => ("het tegendeel", "the opposite"),
        Demand::Unique(..) => ("een die er al is", "one that is there already"),
        _ => return None,
    };
    Some(describe::Text { nl: nl.to_owned(), en: en.to_owned() })
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

/// Whether elements decide a condition that a path does not name.
fn quantifies(cond: &Cond) -> bool {
    match cond {
        Cond::Exists(..) | Cond::Every(..) => true,
        Cond::Not(inner) => quantifies(inner),
        Cond::All(parts) | Cond::Any(parts) => parts.iter().any(quantifies),
        _ => false,
    }
}

/// The paths in a condition.
fn looked_at(cond: &Cond, seen: &mut Vec<Path>) {
    match cond {
        Cond::True => {}
        Cond::Filled(path) => seen.push(path.clone()),
        Cond::Compare(_, left, right) => {
            value_paths(left, seen);
            value_paths(right, seen);
        }
        Cond::OneOf(value, values) => {
            values.iter().chain([value]).for_each(|value| value_paths(value, seen));
        }
        Cond::Check(value, _) | Cond::Listed(value, ..) => value_paths(value, seen),
        Cond::Overlap(paths) => seen.extend(paths.iter().cloned()),
        Cond::Not(inner) => looked_at(inner, seen),
        Cond::All(parts) | Cond::Any(parts) => {
            parts.iter().for_each(|part| looked_at(part, seen));
        }
        Cond::Exists(range, inner) | Cond::Every(range, inner) => {
            range_paths(range, seen);
            looked_at(inner, seen);
        }
    }
}

fn range_paths(range: &Range, seen: &mut Vec<Path>) {
    if let Over::Path(list) = &range.over {
        seen.push(list.clone());
    }
}

fn path_range(list: &Path) -> Range {
    Range { over: Over::Path(list.clone()), name: None }
}

fn value_paths(value: &Value, seen: &mut Vec<Path>) {
    match value {
        Value::Path(path, _) => seen.push(path.clone()),
        Value::Text(_) | Value::Number(_) | Value::Date(_) | Value::Time(_) | Value::Received => {}
        Value::Count(range, cond) => {
            range_paths(range, seen);
            looked_at(cond, seen);
        }
        Value::Sum(what, range, cond) => {
            range_paths(range, seen);
            value_paths(what, seen);
            looked_at(cond, seen);
        }
        Value::Shift(inner, ..) | Value::Part(_, inner) | Value::MonthEdge(_, inner) => {
            value_paths(inner, seen);
        }
        Value::Add(left, _, right)
        | Value::Product(left, right)
        | Value::Quotient(left, right, _)
        | Value::Days(left, right)
        | Value::Months(left, right) => {
            value_paths(left, seen);
            value_paths(right, seen);
        }
        Value::Extreme(_, values) => values.iter().for_each(|value| value_paths(value, seen)),
    }
}
