// Runs code as if a component were starting, for tests of state that lives in components.
import { flushSync } from 'svelte';

/** Runs it with effects; `stop` is what leaving the page does. */
export function inEffects<T>(run: () => T): { value: T; stop: () => void } {
  let value: T | undefined;
  const stop = $effect.root(() => {
    value = run();
  });
  flushSync();
  return { value: value as T, stop };
}

/** A value that effects follow. */
inEffects.state = <T>(first: T): { value: T } => {
  let value = $state.raw(first);
  return {
    get value() {
      return value;
    },
    set value(next: T) {
      value = next;
    },
  };
};
