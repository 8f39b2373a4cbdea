// Short messages that need no answer. What needs one is a card on the page, never a toast.
import type { Refusal } from '../wire/generated';
import { refusalWords } from './refusals';

/** A message at the foot of the window. */
export interface Toast {
  id: number;
  tone: 'good' | 'look' | 'stop' | 'info';
  text: string;
  /** One thing that can be done about it, such as Undo. */
  action?: { label: string; run: () => void };
}

const SHORT_MS = 6_000;
const WITH_ACTION_MS = 12_000;

const shown = $state<{ list: Toast[] }>({ list: [] });
const timers = new Map<number, ReturnType<typeof setTimeout>>();
let next = 1;

function startTimer(toast: Toast): void {
  clearTimeout(timers.get(toast.id));
  timers.set(toast.id, setTimeout(() => toasts.dismiss(toast.id), toast.action ? WITH_ACTION_MS : SHORT_MS));
}

export const toasts = {
  /** Those on screen, oldest first. */
  get list(): readonly Toast[] {
    return shown.list;
  },
  /** Shows a message; at most three at a time. Returns its id. */
  show(toast: { text: string; tone?: Toast['tone']; action?: Toast['action'] }): number {
    const entry: Toast = { id: next++, tone: toast.tone ?? 'good', text: toast.text, action: toast.action };
    shown.list = [...shown.list.filter((other) => other.text !== entry.text), entry].slice(-3);
    startTimer(entry);
    return entry.id;
  },
  /** Says why something was not done. A cancelled thing needs no words. */
  refused(refusal: Refusal, action?: Toast['action']): void {
    if (refusal.code === 'cancelled') return;
    const words = refusalWords(refusal);
    toasts.show({ text: `${words.title}. ${words.sentence}`, tone: 'stop', action });
  },
  /** Takes a message away. */
  dismiss(id: number): void {
    clearTimeout(timers.get(id));
    timers.delete(id);
    shown.list = shown.list.filter((toast) => toast.id !== id);
  },
  /** Stops the clocks while somebody reads (pointer or focus on a message). */
  hold(): void {
    for (const timer of timers.values()) clearTimeout(timer);
  },
  /** Lets the clocks run again. */
  release(): void {
    for (const toast of shown.list) startTimer(toast);
  },
};
