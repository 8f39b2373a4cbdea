// Things that a key, a menu of the window or the finder can ask for by name. A page may answer some of them itself
// (undo, redo, find inside); the newest answer wins, so a page overrides the frame and a dialog overrides the page.

import { isField } from './fields';

/** Names of all commands that keys and menus know. */
export type Command =
  | 'browse' | 'paste' | 'find' | 'find_inside' | 'print' | 'settings' | 'help' | 'what_is_this'
  | 'zoom_in' | 'zoom_out' | 'zoom_reset' | 'back' | 'forward' | 'refresh'
  | 'today' | 'shelf' | 'bring' | 'activity' | 'undo' | 'redo' | 'about' | 'next_pane' | 'previous_pane';

type Handler = () => void | boolean;

const handlers = new Map<Command, Handler[]>();

/** Answers a command until the returned function is called. A handler that returns false lets the next one try. */
export function answer(command: Command, handler: Handler): () => void {
  handlers.set(command, [...(handlers.get(command) ?? []), handler]);
  return () => handlers.set(command, (handlers.get(command) ?? []).filter((other) => other !== handler));
}

/** For components: answers a command as long as the component lives. */
export function useCommand(command: Command, handler: Handler): void {
  $effect(() => answer(command, handler));
}

/** Runs a command. False where nobody answered. */
export function run(command: string): boolean {
  // Undo in a field is the field's own, also when it comes from the menu of the window.
  if ((command === 'undo' || command === 'redo') && isField(document.activeElement)) return document.execCommand(command);
  const list = handlers.get(command as Command) ?? [];
  for (const handler of list.toReversed()) {
    if (handler() !== false) return true;
  }
  return false;
}
