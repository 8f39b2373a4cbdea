// Who, which world, which shelf, which settings; and the settings made visible on the root element.
import { asRefusal, call } from '../wire/call';
import type { Refusal, Settings, Start } from '../wire/generated';
import { onChanged } from './events';
import { toasts } from './toasts.svelte';
import { speak } from './words.svelte';

const DEFAULTS: Settings = { theme: 'system', language: null, zoom_percent: 100, compact: false, clear_letters: false };
const ZOOMS = [80, 90, 100, 110, 125, 150, 175, 200];

const held = $state<{ start: Start | undefined; refusal: Refusal | undefined; dark: boolean }>({
  start: undefined,
  refusal: undefined,
  dark: false,
});

const systemDark = typeof matchMedia === 'undefined' ? null : matchMedia('(prefers-color-scheme: dark)');

function show(settings: Settings, locale: string): void {
  held.dark = settings.theme === 'dark' || (settings.theme === 'system' && (systemDark?.matches ?? false));
  const root = document.documentElement;
  root.dataset.theme = held.dark ? 'dark' : 'light';
  root.dataset.density = settings.compact ? 'compact' : 'normal';
  root.dataset.letters = settings.clear_letters ? 'clear' : 'normal';
  root.style.fontSize = `${(16 * settings.zoom_percent) / 100}px`;
  speak(settings.language, locale);
}

function systemLocale(): string {
  return typeof navigator === 'undefined' ? 'en' : navigator.language;
}

export const start = {
  /** Everything; undefined until the program answered. */
  get value(): Start | undefined {
    return held.start;
  },
  /** Why the program could not start. */
  get refusal(): Refusal | undefined {
    return held.refusal;
  },
  /** What was set, or how it is at first. */
  get settings(): Settings {
    return held.start?.settings ?? DEFAULTS;
  },
  /** The interface is dark now. */
  get dark(): boolean {
    return held.dark;
  },
  /** How much larger everything is: 1 at 100 %. One rem is 16 times this, in px. */
  get zoom(): number {
    return start.settings.zoom_percent / 100;
  },
  /** Takes an answer of type Start: most first-run commands give one. */
  set(answer: Start): void {
    held.start = answer;
    held.refusal = undefined;
    show(answer.settings, answer.locale || systemLocale());
  },
  /** Asks the program. */
  async load(): Promise<void> {
    try {
      start.set(await call('start', {}));
    } catch (thrown) {
      held.refusal = asRefusal(thrown);
    }
  },
  /** Changes settings; they show at once and are kept. */
  async change(patch: Partial<Settings>): Promise<void> {
    const before = start.settings;
    const settings = { ...before, ...patch };
    if (held.start) start.set({ ...held.start, settings });
    try {
      start.set(await call('change_settings', { settings }));
    } catch (thrown) {
      if (held.start) start.set({ ...held.start, settings: before });
      toasts.refused(asRefusal(thrown));
    }
  },
  /** One step larger (1), smaller (-1) or as designed (0). */
  async zoomBy(step: -1 | 0 | 1): Promise<void> {
    const now = start.settings.zoom_percent;
    const larger = ZOOMS.find((zoom) => zoom > now) ?? now;
    const smaller = ZOOMS.findLast((zoom) => zoom < now) ?? now;
    const zoom_percent = step === 0 ? 100 : step > 0 ? larger : smaller;
    if (zoom_percent !== now) await start.change({ zoom_percent });
  },
};

/** Sizes of the interface on offer, in percent. */
export const zooms: readonly number[] = ZOOMS;

/** Shows the look that fits the system before the program has answered, then keeps up with it. Call once. */
export function followSystem(): () => void {
  show(DEFAULTS, systemLocale());
  const changed = () => show(start.settings, held.start?.locale || systemLocale());
  systemDark?.addEventListener('change', changed);
  const stop = onChanged(['start'], () => void start.load());
  return () => {
    stop();
    systemDark?.removeEventListener('change', changed);
  };
}
