//! Processes: for each an enum of its states and one of its events, and static data.

use proc_macro2::{Ident, TokenStream};
use quote::{ToTokens, format_ident, quote};
use regelwerk_diag::Sources;
use regelwerk_model::Standard;
use regelwerk_model::core::Cond;
use regelwerk_model::process::explore::Story;
use regelwerk_model::process::{Moment, Process, Transition, Trigger};

use crate::expression::Body;
use crate::idents::{Idents, type_ident};
use crate::rust_docs::{docs, plain, sentence, source};
use crate::rust_rules;
use crate::story::{Stories, says};
use regelwerk_model::plan::{Plan, narrow};

/// The names in Rust of a process.
struct Named {
    states: Ident,
    events: Ident,
    /// The variant of each state.
    state: Vec<Ident>,
    /// The variant of each event.
    event: Vec<Ident>,
}

/// The enums of every process, for callers.
pub(crate) fn module(standard: &Standard, sources: &Sources) -> TokenStream {
    let named = named(standard);
    let enums = standard.dossier.processes.iter().zip(&named).map(|(one, names)| {
        let (states, events) = (states(one, names), events(one, names, sources));
        let next = next(one, names);
        quote!(#states #events #next)
    });
    quote!(#(#enums)*)
}

/// The static data of every process.
pub(crate) fn table(standard: &Standard, plan: &Plan<'_>, sources: &Sources) -> TokenStream {
    let head = rust_rules::head();
    let named = named(standard);
    let all = (0..).zip(standard.dossier.processes.iter().zip(&named));
    let (mut functions, mut values) = (Vec::new(), Vec::new());
    for (at, (process, names)) in all {
        let asked = process.triggers().enumerate().filter(|(_, (_, one))| one.cond != Cond::True);
        functions.extend(asked.map(|(number, (_, one))| function(&when(at, number), one, plan)));
        functions.push(step(at, names));
        values.push(value(at, process, standard, (plan, sources)));
    }
    quote! {
        #head
        use regelwerk_kernel::standard::{
            Code, EventDef, Moment, ProcessDef, Story, TransitionDef, Trigger,
        };
        #(#functions)*
        pub static PROCESSES: &[ProcessDef] = &[#(#values),*];
    }
}

fn named(standard: &Standard) -> Vec<Named> {
    let mut types = Idents::types();
    let names = |names: &mut dyn Iterator<Item = &String>| {
        let mut variants = Idents::variants();
        let names = names.map(|name| format_ident!("{}", variants.take(&camel(name))));
        names.collect::<Vec<_>>()
    };
    let processes = standard.dossier.processes.iter();
    let each = processes.map(|process| {
        let name = camel(&process.name);
        Named {
            states: format_ident!("{}", types.take(&name)),
            events: format_ident!("{}", types.take(&format!("{name}Gebeurtenis"))),
            state: names(&mut process.states.iter().map(|state| &state.name)),
            event: names(&mut process.events.iter().map(|event| &event.name)),
        }
    });
    each.collect()
}

/// `TijdelijkeStop` for `tijdelijke-stop`
fn camel(name: &str) -> String {
    name.split(['-', '_', '.']).map(type_ident).collect()
}

fn states(process: &Process, names: &Named) -> TokenStream {
    let about = format!("Proces `{}`. {}", process.name, source(&process.sources.join("; ")));
    let doc = docs(&[sentence(&process.title), about]);
    let ident = &names.states;
    let variants = (0..).zip(&process.states).zip(&names.state).map(|((at, state), variant)| {
        let (doc, name) = (docs(&[leaving(process, at)]), &state.name);
        quote!(#doc #variant = #name;)
    });
    quote!(regelwerk_kernel::process_enum! { #doc #ident { #(#variants)* } })
}

/// What can happen in a state, in words.
fn leaving(process: &Process, state: usize) -> String {
    let begins = if state == process.initial { "Het begin. " } else { "" };
    let past = "Hierna verandert niets meer";
    let steps = process.transitions.iter().filter(|one| one.from == state);
    let steps: Vec<_> = steps
        .filter_map(|one| {
            let (event, to) = (process.events.get(one.event)?, process.states.get(one.to)?);
            Some(format!("`{}` maakt het `{}`", event.name, to.name))
        })
        .collect();
    let told = if steps.is_empty() { past.to_owned() } else { steps.join(", ") };
    format!("{begins}{told}.")
}

fn events(process: &Process, names: &Named, sources: &Sources) -> TokenStream {
    let doc = docs(&[format!("Wat er in proces `{}` kan gebeuren.", process.name)]);
    let ident = &names.events;
    let variants = process.events.iter().zip(&names.event).map(|(event, variant)| {
        let (doc, name) = (docs(&[format!("{}.", plain(&says(event.span, sources)))]), &event.name);
        quote!(#doc #variant = #name;)
    });
    quote!(regelwerk_kernel::process_enum! { #doc #ident { #(#variants)* } })
}

/// The transition function: every state with every event.
fn next(process: &Process, names: &Named) -> TokenStream {
    let Named { states, events, state, event } = names;
    let arms = (0..).zip(state).map(|(from, variant)| {
        let taken = (0..).zip(event).filter_map(|(at, event)| {
            let to = state.get(process.next(from, at)?)?;
            Some(quote!(#events::#event => Some(Self::#to),))
        });
        let passed = (0..).zip(event).filter(|(at, _)| process.next(from, *at).is_none());
        let passed: Vec<_> = passed.map(|(_, event)| quote!(#events::#event)).collect();
        let passed = (!passed.is_empty()).then(|| quote!(#(#passed)|* => None,));
        quote!(Self::#variant => match event { #(#taken)* #passed },)
    });
    quote! {
        impl #states {
            /// De toestand na een gebeurtenis; geen als die hier niets verandert.
            #[must_use]
            pub const fn next(self, event: #events) -> Option<Self> {
                match self { #(#arms)* }
            }
        }
    }
}

fn when(process: usize, trigger: usize) -> Ident {
    format_ident!("process_{process}_when_{trigger}")
}

fn next_ident(process: usize) -> Ident {
    format_ident!("process_{process}_next")
}

/// The function that tells whether an event happens with a row.
fn function(name: &Ident, trigger: &Trigger, plan: &Plan<'_>) -> TokenStream {
    let mut body = Body::of_row(trigger.rows, plan);
    let cond = body.cond(&trigger.cond);
    let statics = body.statics();
    quote! {
        fn #name(rows: Rows<'_>, row0: Row<'_>) -> bool {
            #statics
            #cond
        }
    }
}

/// The transition function by numbers.
fn step(at: usize, names: &Named) -> TokenStream {
    let Named { states, events, .. } = names;
    let name = next_ident(at);
    quote! {
        fn #name(state: u8, event: u8) -> Option<u8> {
            let state = super::processen::#states::from_number(state)?;
            let event = super::processen::#events::from_number(event)?;
            Some(state.next(event)?.number())
        }
    }
}

fn value(
    at: usize,
    process: &Process,
    standard: &Standard,
    (plan, sources): (&Plan<'_>, &Sources),
) -> TokenStream {
    let Process { name, title, sources: cited, readings, key, is_across, .. } = process;
    let protocol = rust_rules::optional(standard.protocol_of(process).map(narrow));
    let states = process.states.iter().map(|state| &state.name);
    let ends = (0..).zip(&process.states).filter(|(_, state)| state.is_end);
    let ends = ends.map(|(at, _)| small(at));
    let events = process.events.iter().map(|event| {
        let (name, says, looks_around) =
            (&event.name, says(event.span, sources), event.looks_around);
        let moment = moment(event.moment);
        quote!(EventDef {
            name: #name, says: #says, moment: Moment::#moment, looks_around: #looks_around,
        })
    });
    let triggers = process.triggers().enumerate().map(|(number, (event, trigger))| {
        let (event, source) = (small(event), plan.source(trigger.rows));
        let when = match trigger.cond {
            Cond::True => quote!(|_, _| true),
            _ => when(at, number).into_token_stream(),
        };
        let key = trigger.key.iter().map(|column| narrow(*column));
        quote!(Trigger { event: #event, source: #source, key: &[#(#key),*], when: Code(&#when) })
    });
    let transitions = process.transitions.iter().map(transition);
    let Stories { swaps, losses, swapped, lost } = Stories::of(process, standard);
    let (swaps, losses) = (swaps.iter().map(story), losses.iter().map(story));
    let (initial, next) = (small(process.initial), next_ident(at));
    let (file, line) = (sources.place(process.span.source), sources.position(process.span).line);
    quote!(ProcessDef {
        name: #name, title: #title, sources: &[#(#cited),*], readings: &[#(#readings),*],
        protocol: #protocol, is_across: #is_across, key: &[#(#key),*], states: &[#(#states),*], initial: #initial, ends: &[#(#ends),*],
        events: &[#(#events),*], triggers: &[#(#triggers),*], transitions: &[#(#transitions),*],
        next: Code(&#next), swaps: &[#(#swaps),*], losses: &[#(#losses),*],
        swapped: #swapped, lost: #lost, file: #file, line: #line,
    })
}

fn moment(moment: Moment) -> Ident {
    let name = match moment {
        Moment::Arrival => "Arrival",
        Moment::Sending => "Sending",
        Moment::Approval => "Approval",
        Moment::Rejection => "Rejection",
    };
    format_ident!("{name}")
}

fn transition(one: &Transition) -> TokenStream {
    let Transition { from, event, to, rules, .. } = one;
    let (from, event, to) = (small(*from), small(*event), small(*to));
    quote!(TransitionDef { from: #from, event: #event, to: #to, rules: &[#(#rules),*] })
}

fn story(story: &Story) -> TokenStream {
    let [meant, instead] = [&story.meant, &story.instead].map(|events| {
        let events = events.iter().map(|event| small(*event));
        quote!(&[#(#events),*])
    });
    let (meant_state, state) = (small(story.meant_state), small(story.state));
    quote!(Story {
        meant: #meant, instead: #instead, meant_state: #meant_state, state: #state,
    })
}

/// A number as generated code holds it; the analysis allows no more than fit.
fn small(at: usize) -> u8 {
    u8::try_from(at).unwrap_or(u8::MAX)
}
