//! What rules came to, as JSON.

use regelwerk::{FindingView, Report};
use serde::Serialize;

use super::course::{Came, Course, Step};
use super::survey::{Standing, Survey, Told};
use super::words::{self, Words};
use crate::repair::RepairView;

/// An explanation of a message.
#[derive(Serialize)]
pub(super) struct Explained<'r> {
    pub(super) file: &'r str,
    pub(super) message: Option<&'r str>,
    pub(super) release: Option<&'r str>,
    pub(super) verdict: regelwerk::Verdict,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) unreadable: Option<String>,
    pub(super) protocol: Option<&'r regelwerk::ProtocolReport>,
    pub(super) rules: Vec<RuleView<'r>>,
    pub(super) repair: Option<RepairView>,
}

/// What a rule came to.
#[derive(Serialize)]
pub(super) struct RuleView<'r> {
    rule: &'r str,
    protocol: Option<&'r str>,
    title: Option<&'r str>,
    outcome: Standing,
    at: Option<&'r str>,
    elements: usize,
    why: Option<&'r str>,
    findings: Vec<FindingView<'r>>,
    /// Of a rule that was asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    looked_at: Option<Vec<ElementView>>,
}

#[derive(Serialize)]
struct ElementView {
    path: String,
    steps: Vec<StepView>,
}

#[derive(Serialize)]
struct StepView {
    step: &'static str,
    text: String,
    holds: Option<bool>,
    values: Vec<words::Told>,
}

impl<'r> RuleView<'r> {
    pub(super) fn of(survey: &Survey<'r>, told: &'r Told<'r>, is_close: bool) -> Self {
        let entry = told.entry.as_ref();
        let view = |finding| FindingView::new(finding, survey.tone.lang, survey.redact);
        Self {
            rule: told.code,
            protocol: entry.and_then(|entry| entry.protocol).map(|(_, name)| name),
            title: entry.map(|entry| entry.rule.title.as_str()),
            outcome: told.standing,
            at: told.at.as_deref(),
            elements: told.count,
            why: told.why.as_deref(),
            findings: told.findings.iter().map(|finding| view(finding)).collect(),
            looked_at: is_close.then(|| elements(survey, told)),
        }
    }
}

fn elements(survey: &Survey<'_>, told: &Told<'_>) -> Vec<ElementView> {
    let Some(entry) = &told.entry else { return Vec::new() };
    if told.is_schema() {
        let view = |(path, value): (String, Option<String>)| {
            let holds = !told.findings.iter().any(|finding| finding.path == path);
            let values = vec![words::Told { name: "waarde".to_owned(), value }];
            let text = entry.rule.title.clone();
            let step = StepView { step: "requirement", text, holds: Some(holds), values };
            ElementView { path, steps: vec![step] }
        };
        return survey.values(entry).into_iter().map(view).collect();
    }
    if told.standing == Standing::NotAssessed {
        return Vec::new();
    }
    let mut views = Vec::new();
    for group in survey.groups(entry) {
        for (path, course) in group.courses() {
            let steps = steps(&survey.words(entry, path), &course);
            views.push(ElementView { path: path.to_owned(), steps });
        }
    }
    views
}

fn steps(words: &Words, course: &Course<'_>) -> Vec<StepView> {
    let condition = |step, text, came: Option<Came<'_>>, values| StepView {
        step,
        text,
        holds: came.map(|came| came.holds),
        values,
    };
    let mut views = Vec::new();
    for step in &course.steps {
        match step {
            Step::Condition(cond, came) => {
                let values = came.map_or(Vec::new(), |came| words.values(cond, came.values));
                views.push(condition("condition", words.condition(cond), *came, values));
            }
            Step::NoRow(range, cond) => {
                let text = words.no_row(range, cond);
                views.push(StepView { step: "no_row", text, holds: None, values: Vec::new() });
            }
            Step::Requirement { requirement, came, leaves } => {
                let values = words.demanded(requirement, came.values);
                let text = words.requirement(requirement);
                views.push(condition("requirement", text, Some(*came), values));
                for (cond, came) in leaves {
                    let values = came.map_or(Vec::new(), |came| words.values(cond, came.values));
                    views.push(condition("part", words.condition(cond), *came, values));
                }
            }
        }
    }
    views
}

impl<'r> Explained<'r> {
    /// Without rules and repair.
    pub(super) fn of(file: &'r str, report: &'r Report, unreadable: Option<String>) -> Self {
        Self {
            file,
            message: report.message,
            release: report.release,
            verdict: report.verdict,
            unreadable,
            protocol: report.protocol.as_ref(),
            rules: Vec::new(),
            repair: None,
        }
    }
}
