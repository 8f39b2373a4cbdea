import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { answer, run, type Command } from './commands.svelte';
import { followKeys, isField, keysFor, keysOf, movePane, SHORTCUTS } from './keys';
import { speak } from './words.svelte';

let stops: (() => void)[] = [];
let ran: Command[] = [];

beforeEach(() => {
  speak('en', 'en-GB');
  ran = [];
  stops = [followKeys()];
  for (const { command } of SHORTCUTS) stops.push(answer(command, () => void ran.push(command)));
});
afterEach(() => {
  stops.forEach((stop) => stop());
  document.body.replaceChildren();
});

const press = (key: string, more: KeyboardEventInit = {}, target: EventTarget = document.body) => {
  const event = new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, ...more });
  target.dispatchEvent(event);
  return event;
};

describe('the keyboard map', () => {
  it('runs what its keys mean and keeps the browser out of it', () => {
    expect(press('k', { ctrlKey: true }).defaultPrevented).toBe(true);
    press('F5');
    press('ArrowLeft', { altKey: true });
    press('F6', { shiftKey: true });
    press('Z', { ctrlKey: true, shiftKey: true });
    press('+', { ctrlKey: true });
    press('*', { ctrlKey: true, shiftKey: true });
    expect(ran).toEqual(['find', 'refresh', 'back', 'previous_pane', 'redo', 'zoom_in']);
  });

  it('never uses a single letter', () => {
    press('k');
    expect(ran).toEqual([]);
    for (const { keys } of SHORTCUTS) expect(keys).toMatch(/\+|^F\d/);
  });

  it('leaves undo to the field that is being typed in', () => {
    const field = document.body.appendChild(document.createElement('input'));
    expect(press('z', { ctrlKey: true }, field).defaultPrevented).toBe(false);
    press('k', { ctrlKey: true }, field);
    expect(ran).toEqual(['find']);
  });

  it('has no keys twice, and names them as people read them', () => {
    const keys = SHORTCUTS.map((shortcut) => shortcut.keys);
    expect(new Set(keys).size).toBe(keys.length);
    expect(keysFor('find')).toEqual(['Ctrl', 'K']);
    expect(keysFor('zoom_in')).toEqual(['Ctrl', '+']);
    expect(keysFor('back')).toEqual(['Alt', '←']);
    speak('de', 'de-DE');
    expect(keysFor('find')).toEqual(['Strg', 'K']);
  });

  it('writes a press as the map does', () => {
    expect(keysOf(new KeyboardEvent('keydown', { key: '=', ctrlKey: true }))).toBe('Mod+=');
    expect(keysOf(new KeyboardEvent('keydown', { key: 'F1', shiftKey: true }))).toBe('Shift+F1');
  });

  it('knows the side buttons of a mouse', () => {
    for (const button of [3, 4, 1]) window.dispatchEvent(new MouseEvent('mouseup', { button }));
    expect(ran).toEqual(['back', 'forward']);
  });
});

describe('a command', () => {
  it('is answered by the newest, unless it lets the next one try', () => {
    const said: string[] = [];
    const first = answer('print', () => void said.push('frame'));
    const second = answer('print', () => (said.push('page'), false));
    expect(run('print')).toBe(true);
    expect(said).toEqual(['page', 'frame']);
    second();
    first();
    expect(run('no_such_command')).toBe(false);
  });
});

describe('fields', () => {
  it('are what takes text', () => {
    const made = (tag: string, type?: string) => Object.assign(document.createElement(tag), type ? { type } : {});
    expect(isField(made('textarea'))).toBe(true);
    expect(isField(made('input', 'email'))).toBe(true);
    expect(isField(made('input', 'checkbox'))).toBe(false);
    expect(isField(made('button'))).toBe(false);
    expect(isField(null)).toBe(false);
  });
});

describe('panes', () => {
  it('are walked through in both directions, around the end', () => {
    const made = (inside: string | null, id: string) => {
      const pane = document.body.appendChild(document.createElement('div'));
      pane.dataset.pane = '';
      if (inside === null) Object.assign(pane, { id, tabIndex: -1 });
      else pane.append(Object.assign(document.createElement(inside), { id, href: '#/' }));
    };
    made('a', 'a');
    made(null, 'b');
    made('button', 'c');
    // jsdom lays nothing out, so every pane has to be said to be on screen.
    for (const pane of document.querySelectorAll('[data-pane]')) Object.defineProperty(pane, 'offsetParent', { value: document.body });
    const at = () => document.activeElement?.id;
    movePane(1);
    expect(at()).toBe('a');
    movePane(1);
    expect(at()).toBe('b');
    movePane(1);
    expect(at()).toBe('c');
    movePane(1);
    expect(at()).toBe('a');
    movePane(-1);
    expect(at()).toBe('c');
  });
});
