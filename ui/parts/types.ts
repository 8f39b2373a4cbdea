// Shapes that several parts share.
import type { Component } from 'svelte';

/** An icon: a Lucide icon or a glyph of ours. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any
export type Icon = Component<any>;

/** What a state is about; each has an icon of its own shape, so that colour is never alone. */
export type Tone = 'good' | 'look' | 'stop' | 'info' | 'plain';

/** One entry of a menu. */
export interface MenuItem {
  id: string;
  label: string;
  /** A second, quieter line. */
  hint?: string;
  icon?: Icon;
  /** Keys that do the same, as a person reads them. */
  keys?: string[];
  /** With a tick (true) or without (false); left away: no place for a tick. */
  checked?: boolean;
  disabled?: boolean;
  /** A line above it. */
  separated?: boolean;
  onselect: () => void;
}

/** One option of a select field. */
export interface SelectOption {
  value: string;
  label: string;
  hint?: string;
  disabled?: boolean;
}

/** One card of a choice. */
export interface ChoiceOption {
  value: string;
  title: string;
  text?: string;
  icon?: Icon;
  /** A short word at the right, such as "Suggested". */
  badge?: string;
  disabled?: boolean;
}

/** One honest step of something that takes its time. */
export interface Step {
  title: string;
  text?: string;
  /** `todo` not begun, `busy` going on, `waiting` held up, `done`, `stop` needs a person. */
  state: 'todo' | 'busy' | 'waiting' | 'done' | 'stop';
  /** The state in a word, for those who cannot see the sign. */
  word: string;
  /** Share done, 0 to 1, for a bar. */
  share?: number;
}
