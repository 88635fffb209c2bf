//! Languages of screens, papers and messages.

use crate::codes::codes;

codes! {
    /// A language the product speaks.
    Language in "language" {
        /// Simplified Chinese as written on the mainland.
        ZhCn = "zh-CN",
        /// Traditional Chinese as written in Taiwan.
        ZhTw = "zh-TW",
        /// English.
        En = "en",
    }
}

impl Language {
    /// The best of an `Accept-Language` header, if any of its languages is spoken.
    pub fn accepted(header: &str) -> Option<Self> {
        let mut wanted: Vec<(f32, &str)> = Vec::new();
        for item in header.split(',') {
            let mut parts = item.trim().split(';');
            let tag = parts.next().unwrap_or("").trim();
            let weight = parts.find_map(|part| part.trim().strip_prefix("q=")?.parse().ok()).unwrap_or(1.0);
            if weight > 0.0 {
                wanted.push((weight, tag));
            }
        }
        wanted.sort_by(|a, b| b.0.total_cmp(&a.0));
        wanted.iter().find_map(|(_, tag)| Self::of_tag(tag))
    }

    /// The language a tag like `zh-Hant-HK` or `en-GB` is best answered in.
    pub fn of_tag(tag: &str) -> Option<Self> {
        let tag = tag.to_ascii_lowercase();
        let mut parts = tag.split('-');
        match parts.next()? {
            "zh" if parts.any(|part| matches!(part, "tw" | "hk" | "mo" | "hant")) => Some(Self::ZhTw),
            "zh" => Some(Self::ZhCn),
            "en" => Some(Self::En),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_best_language_of_a_header() {
        let check = |header: &str, expected| assert_eq!(Language::accepted(header), expected, "{header}");
        check("zh-CN,zh;q=0.9,en;q=0.8", Some(Language::ZhCn));
        check("de-DE, zh-Hant-HK;q=0.7, en;q=0.5", Some(Language::ZhTw));
        check("en;q=0.2, zh-TW;q=0.4", Some(Language::ZhTw));
        check("fr", None);
        check("zh;q=0, en-GB", Some(Language::En));
        check("", None);
    }
}
