// What every object inherits is closed before the page's own scripts start: nobody may change it or add to it, so that a
// fault in one library cannot be used to change how another one behaves. Tauri's own way (`freezePrototype`) also forbids an
// object to have a `constructor` or `toString` of its own by assignment, which well-meaning libraries do (d3-color).
(() => {
  'use strict';
  const inherited = Object.prototype;
  for (const name of Reflect.ownKeys(inherited)) {
    const held = Reflect.getOwnPropertyDescriptor(inherited, name);
    if (!('value' in held)) {
      Reflect.defineProperty(inherited, name, { configurable: false });
      continue;
    }
    Reflect.defineProperty(inherited, name, {
      get() {
        return held.value;
      },
      set(value) {
        if (this === inherited) throw new TypeError(`Object.prototype.${String(name)} is closed`);
        Reflect.defineProperty(this, name, { value, writable: true, enumerable: true, configurable: true });
      },
      enumerable: false,
      configurable: false,
    });
  }
  Object.preventExtensions(inherited);
})();
