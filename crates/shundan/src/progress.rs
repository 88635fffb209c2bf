//! Progress bars on standard error; nothing of them is seen where it is no terminal.

use indicatif::{ProgressBar, ProgressStyle};

/// A bar with what is being done before it.
pub fn bar(what: &str) -> ProgressBar {
    let style = ProgressStyle::with_template("{prefix} {bar:32} {percent:>3}% {pos}/{len} {eta}");
    let bar = ProgressBar::new(0).with_prefix(what.to_owned());
    if let Ok(style) = style { bar.with_style(style.progress_chars("█▉▊▋▌▍▎▏ ")) } else { bar }
}
