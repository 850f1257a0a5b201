//! Types and code lists of a release.

use std::collections::BTreeMap;

use regelwerk_compiler::model::{self, Release, Standard};
use regelwerk_kernel::standard::{Base, CodeList, Facet, FacetKind, SimpleType};

use crate::keep;

/// The types of a release, in its order, and its code lists.
pub(crate) struct Types<'m> {
    pub(crate) types: &'static [SimpleType],
    lists: &'static [CodeList],
    rules: BTreeMap<&'m str, u16>,
}

impl<'m> Types<'m> {
    pub(crate) fn of(release: &Release, standard: &'m Standard) -> Self {
        let lists = keep::list(release.code_lists.iter().map(code_list));
        let rules = standard.rules.iter().map(|rule| rule.code.as_str()).zip(0..).collect();
        let mut types = Self { types: &[], lists, rules };
        types.types = keep::list(release.types.iter().map(|one| types.simple(one)));
        types
    }

    fn simple(&self, simple: &model::SimpleType) -> SimpleType {
        let base = match simple.base {
            model::Base::Text => Base::Text,
            model::Base::Integer => Base::Integer,
            model::Base::Date => Base::Date,
            model::Base::Time => Base::Time,
        };
        SimpleType {
            name: keep::text(&simple.name),
            title: keep::text(&simple.title),
            base,
            facets: self.facets(&simple.facets),
        }
    }

    pub(crate) fn facets(&self, facets: &[model::Facet]) -> &'static [Facet] {
        keep::list(facets.iter().filter_map(|facet| {
            let kind = match &facet.kind {
                model::FacetKind::MinLength(n) => FacetKind::MinLength(*n),
                model::FacetKind::MaxLength(n) => FacetKind::MaxLength(*n),
                model::FacetKind::Min(n) => FacetKind::Min(*n),
                model::FacetKind::Max(n) => FacetKind::Max(*n),
                model::FacetKind::Pattern(own) => FacetKind::Pattern(keep::pattern(own.xsd())),
                model::FacetKind::CodeList(at) => FacetKind::CodeList(self.lists.get(*at)?),
            };
            let rule = facet.rule.as_deref().and_then(|code| self.rules.get(code)).copied();
            Some(Facet { kind, rule })
        }))
    }
}

fn code_list(list: &model::CodeList) -> CodeList {
    let codes = list.codes.iter().map(|(code, meaning)| (keep::text(code), keep::text(meaning)));
    CodeList {
        name: keep::text(&list.name),
        title: keep::text(&list.title),
        codes: keep::list(codes),
    }
}
