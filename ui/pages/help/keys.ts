// The keyboard map as a table for the help.
import type { Command } from '../../state/commands.svelte';
import { keysFor } from '../../state/keys';
import { t } from '../../state/words.svelte';

const SHOWN: readonly Command[] = [
  'browse', 'find', 'find_inside', 'today', 'shelf', 'bring', 'activity', 'back', 'forward', 'undo', 'redo', 'print', 'zoom_in',
  'zoom_out', 'zoom_reset', 'settings', 'help', 'what_is_this', 'refresh', 'next_pane', 'previous_pane',
];

/** Keys and what they do. */
export function keyTable(): { keys: string[]; does: string }[] {
  const named = SHOWN.map((command) => ({ keys: keysFor(command), does: t(`help-key-${command.replaceAll('_', '-')}`) }));
  const paste = { keys: [t('key-ctrl'), 'V'], does: t('help-key-paste') };
  const menu = { keys: [t('key-shift'), 'F10'], does: t('help-key-menu') };
  const escape = { keys: ['Esc'], does: t('help-key-escape') };
  return [...named.slice(0, 1), paste, ...named.slice(1), menu, escape];
}
