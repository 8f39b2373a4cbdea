// The keyboard map. Single letters are never shortcuts; inside a field the field's own keys come first.
import { run, type Command } from './commands.svelte';
import { isField } from './fields';
import { t } from './words.svelte';

export { isField };

const onMac = typeof navigator !== 'undefined' && /Mac/.test(navigator.platform);

/** A shortcut: `Mod` is Ctrl, or Cmd on a Mac. */
export interface Shortcut {
  keys: string;
  command: Command;
  /** Works in a text field, too. */
  inField?: boolean;
}

export const SHORTCUTS: readonly Shortcut[] = [
  { keys: 'Mod+O', command: 'browse', inField: true },
  { keys: 'Mod+K', command: 'find', inField: true },
  { keys: 'Mod+F', command: 'find_inside', inField: true },
  { keys: 'Mod+1', command: 'today', inField: true },
  { keys: 'Mod+2', command: 'shelf', inField: true },
  { keys: 'Mod+3', command: 'bring', inField: true },
  { keys: 'Mod+4', command: 'activity', inField: true },
  { keys: 'Alt+ArrowLeft', command: 'back', inField: true },
  { keys: 'Alt+ArrowRight', command: 'forward', inField: true },
  { keys: 'Mod+Z', command: 'undo' },
  { keys: 'Mod+Shift+Z', command: 'redo' },
  { keys: 'Mod+Y', command: 'redo' },
  { keys: 'Mod+P', command: 'print', inField: true },
  { keys: 'Mod++', command: 'zoom_in', inField: true },
  { keys: 'Mod+=', command: 'zoom_in', inField: true },
  { keys: 'Mod+-', command: 'zoom_out', inField: true },
  { keys: 'Mod+0', command: 'zoom_reset', inField: true },
  { keys: 'Mod+,', command: 'settings', inField: true },
  { keys: 'F1', command: 'help', inField: true },
  { keys: 'Shift+F1', command: 'what_is_this', inField: true },
  { keys: 'F5', command: 'refresh', inField: true },
  { keys: 'F6', command: 'next_pane', inField: true },
  { keys: 'Shift+F6', command: 'previous_pane', inField: true },
];

/** A key press as the map writes it. */
export function keysOf(event: KeyboardEvent): string {
  const parts: string[] = [];
  if (onMac ? event.metaKey : event.ctrlKey) parts.push('Mod');
  if (event.altKey) parts.push('Alt');
  // With + and = the shift key only makes the character.
  const single = event.key.length === 1;
  if (event.shiftKey && (!single || /[a-z]/i.test(event.key))) parts.push('Shift');
  parts.push(single ? event.key.toUpperCase() : event.key);
  return parts.join('+');
}

function pressed(event: KeyboardEvent): void {
  if (event.defaultPrevented || event.isComposing) return;
  const keys = keysOf(event);
  const shortcut = SHORTCUTS.find((s) => s.keys === keys);
  if (!shortcut || (!shortcut.inField && isField(event.target))) return;
  if (run(shortcut.command)) event.preventDefault();
}

function clicked(event: MouseEvent): void {
  // Buttons 4 and 5 of a mouse are back and forward; the browser would do the same, and once is enough.
  if (event.button !== 3 && event.button !== 4) return;
  event.preventDefault();
  if (event.type === 'mouseup') run(event.button === 3 ? 'back' : 'forward');
}

/** Listens to the keyboard and the side buttons of the mouse; call once. */
export function followKeys(): () => void {
  const zooming = (event: WheelEvent) => {
    if (!event.ctrlKey || event.deltaY === 0) return;
    event.preventDefault();
    run(event.deltaY < 0 ? 'zoom_in' : 'zoom_out');
  };
  window.addEventListener('keydown', pressed);
  window.addEventListener('mousedown', clicked);
  window.addEventListener('mouseup', clicked);
  window.addEventListener('wheel', zooming, { passive: false });
  return () => {
    window.removeEventListener('keydown', pressed);
    window.removeEventListener('mousedown', clicked);
    window.removeEventListener('mouseup', clicked);
    window.removeEventListener('wheel', zooming);
  };
}

/** The keys of a command as a person reads them: `['Ctrl', 'K']`. */
export function keysFor(command: Command): string[] {
  const shortcut = SHORTCUTS.find((s) => s.command === command);
  if (!shortcut) return [];
  return shortcut.keys
    .replace('++', '+Plus')
    .split('+')
    .map((key) => {
      const names: Record<string, string> = {
        Mod: onMac ? '⌘' : t('key-ctrl'),
        Alt: onMac ? '⌥' : 'Alt',
        Shift: onMac ? '⇧' : t('key-shift'),
        ArrowLeft: '←',
        ArrowRight: '→',
        Plus: '+',
      };
      return names[key] ?? key;
    });
}

/** Moves the focus to the next pane (an element with `data-pane`), in the order of the page. */
export function movePane(step: 1 | -1): boolean {
  const panes = [...document.querySelectorAll<HTMLElement>('[data-pane]')].filter((pane) => pane.offsetParent !== null);
  if (panes.length === 0) return false;
  const inside = panes.findLastIndex((pane) => pane.contains(document.activeElement));
  const next = panes[(inside + step + panes.length) % panes.length];
  if (!next) return false;
  const wanted = ['[data-pane-start]', '[aria-current="page"]', 'a[href], button:not(:disabled), input:not(:disabled), [tabindex="0"]'];
  const first = wanted.map((selector) => next.querySelector<HTMLElement>(selector)).find((element) => element !== null);
  (first ?? next).focus();
  return true;
}
