//! The wire's types as TypeScript, made from the one list of commands.

use std::collections::BTreeMap;

use ts_rs::{Config, TS, TypeVisitor};

/// Gathers the declarations of types and of everything that they are made of.
pub struct Declarations {
    config: Config,
    by_name: BTreeMap<String, String>,
}

impl Default for Declarations {
    fn default() -> Self {
        // Counts and sizes stay below 2^53 here; JSON has no bigint.
        Declarations { config: Config::new().with_large_int("number"), by_name: BTreeMap::new() }
    }
}

impl Declarations {
    /// Adds a type and its parts; answers its name in TypeScript.
    pub fn add<T: TS + 'static + ?Sized>(&mut self) -> String {
        self.visit::<T>();
        T::name(&self.config)
    }

    /// All declarations by name.
    pub fn text(&self) -> String {
        self.by_name.values().map(|decl| format!("export {decl}\n")).collect()
    }
}

impl TypeVisitor for Declarations {
    fn visit<T: TS + 'static + ?Sized>(&mut self) {
        if T::output_path().is_some() {
            let name = T::ident(&self.config);
            if self.by_name.contains_key(&name) {
                return;
            }
            let decl = T::decl(&self.config);
            self.by_name.insert(name, decl);
        }
        T::visit_dependencies(self);
        T::visit_generics(self);
    }
}
