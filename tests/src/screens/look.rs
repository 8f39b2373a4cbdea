//! How a page looks: held against the rules of WCAG by axe, and photographed, in both themes.

use serde_json::{Value, json};

use super::{PATIENCE, Program, until};

impl Program<'_> {
    /// What axe finds wrong on the page as it stands, one line each.
    pub fn faults(&self) -> Vec<String> {
        if self.run("return typeof window.axe", &[]) != json!("object") {
            let source = crate::root().join("ui").join("node_modules").join("axe-core").join("axe.min.js");
            let source = std::fs::read_to_string(source).expect("npm ci in ui brings axe");
            self.run(&format!("{source}; window.axe = axe; return null;"), &[]);
        }
        let script = "const done = arguments[arguments.length - 1];
            const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
            window.axe.run(document, { runOnly: { type: 'tag', values: tags }, resultTypes: ['violations'] }).then(
              (found) => done(found.violations.flatMap((rule) => rule.nodes.map((node) =>
                `${rule.id}: ${node.target.join(' ')} (${rule.help}; ${node.any.concat(node.all).map((check) => check.message).join('; ')})`))),
              (error) => done([String(error)]));";
        let found = self.run_later(script, &[]);
        let lines = found.as_array().cloned().unwrap_or_default();
        lines.iter().filter_map(Value::as_str).map(str::to_owned).collect()
    }

    /// Photographs the page in light and in dark and holds it against axe's rules in both. Ends as it began.
    pub fn look(&self, name: &str) {
        let settings = self.call("start", &json!({})).expect("it answers")["settings"].clone();
        let mut wrong = Vec::new();
        for theme in ["light", "dark"] {
            self.wear(&settings, theme);
            self.picture(&format!("{name}-{theme}"));
            wrong.extend(self.faults().into_iter().map(|fault| format!("{name}, {theme}: {fault}")));
        }
        let before = settings["theme"].as_str().unwrap_or("system").to_owned();
        self.wear(&settings, &before);
        assert!(wrong.is_empty(), "axe on {}'s screen:\n{}", self.person, wrong.join("\n"));
    }

    fn wear(&self, settings: &Value, theme: &str) {
        let mut settings = settings.clone();
        settings["theme"] = json!(theme);
        self.call("change_settings", &json!({ "settings": settings })).expect("settings can be changed");
        if theme != "system" {
            until(PATIENCE, &format!("the page is {theme}"), || {
                (self.run("return document.documentElement.dataset.theme", &[]) == json!(theme)).then_some(())
            });
        }
        // Colours glide for a moment.
        std::thread::sleep(std::time::Duration::from_millis(500));
    }
}
