//! How far a long run is, on a terminal.

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressState, ProgressStyle};

use crate::tone::Tone;

/// A run of no more files than this is over before a bar is of use.
const FEW: usize = 50;

/// A bar on standard error with the rate and the time left, or nothing.
#[derive(Debug)]
pub(crate) struct Progress(Option<ProgressBar>);

impl Progress {
    /// A bar for so many files, if they are many and somebody is watching.
    pub(crate) fn new(files: usize, is_terminal: bool, tone: Tone) -> Self {
        if files <= FEW || !is_terminal {
            return Self(None);
        }
        let length = u64::try_from(files).unwrap_or(u64::MAX);
        let bar = ProgressBar::with_draw_target(Some(length), ProgressDrawTarget::stderr());
        bar.set_style(style(tone));
        bar.tick();
        Self(Some(bar))
    }

    /// Writes something while the bar is out of the way.
    pub(crate) fn without<T>(&self, write: impl FnOnce() -> T) -> T {
        match &self.0 {
            Some(bar) => bar.suspend(write),
            None => write(),
        }
    }

    /// One more file is done.
    pub(crate) fn step(&self) {
        if let Some(bar) = &self.0 {
            bar.inc(1);
        }
    }
}

/// The bar goes when the run is over, however it ends.
impl Drop for Progress {
    fn drop(&mut self) {
        if let Some(bar) = &self.0 {
            bar.finish_and_clear();
        }
    }
}

fn style(tone: Tone) -> ProgressStyle {
    let left = tone.say("nog", "left:");
    let template = format!("{{bar:30}} {{pos}}/{{len}}  {{rate}}/s  {left} {{eta}}");
    let rate = |state: &ProgressState, out: &mut dyn std::fmt::Write| {
        // What cannot be shown is left out.
        let _ = write!(out, "{:.0}", state.per_sec());
    };
    let style = ProgressStyle::with_template(&template);
    style.unwrap_or_else(|_| ProgressStyle::default_bar()).with_key("rate", rate)
}

#[cfg(test)]
mod tests {
    use regelwerk::Lang;

    use super::*;
    use crate::Style;

    #[test]
    fn there_is_a_bar_only_for_many_files_and_only_on_a_terminal() {
        let tone = Tone { lang: Lang::Nl, style: Style::Plain };
        let is_shown = |files, is_terminal| Progress::new(files, is_terminal, tone).0.is_some();
        assert!(is_shown(51, true));
        assert!(!is_shown(50, true));
        assert!(!is_shown(51, false));
    }

    #[test]
    fn what_is_written_is_written_with_and_without_a_bar() {
        let tone = Tone { lang: Lang::En, style: Style::Plain };
        for files in [1, 100] {
            let progress = Progress::new(files, true, tone);
            progress.step();
            assert_eq!(progress.without(|| files + 1), files + 1);
        }
    }
}
