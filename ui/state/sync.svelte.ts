// How this computer and the shelf stand to each other, in words, and looking at the shelf now.
import { asRefusal, call } from '../wire/call';
import type { Sync } from '../wire/generated';
import { jobs } from './jobs.svelte';
import { start } from './start.svelte';
import { toasts } from './toasts.svelte';
import { formatHour, t } from './words.svelte';
import { refusalWords } from './refusals';

/** The five states of a shelf, for the sign that goes with the words. */
export type SyncSign = 'good' | 'busy' | 'away' | 'you' | 'none';

/** The state in words: one line, more where there is more to say, and its sign. */
export function syncWords(sync: Sync): { sign: SyncSign; line: string; more: string | null } {
  const { state, waiting } = sync;
  if (waiting.length > 0 && state.state !== 'copying' && state.state !== 'needs_you') {
    const said = syncWords({ ...sync, waiting: [] });
    return { ...said, line: t('sync-waiting', { count: waiting.length }), more: said.more ?? said.line };
  }
  switch (state.state) {
    case 'no_shelf':
      return { sign: 'none', line: t('sync-no-shelf'), more: null };
    case 'up_to_date':
      return { sign: 'good', line: sync.at ? t('sync-up-to-date', { time: formatHour(sync.at) }) : t('sync-up-to-date-plain'), more: null };
    case 'looking':
      return { sign: 'busy', line: t('sync-looking'), more: null };
    case 'copying':
      return { sign: 'busy', line: t('sync-copying', { done: state.done, of: state.of }), more: null };
    case 'paused':
      return { sign: 'away', line: t('sync-paused'), more: t('sync-paused-text') };
    case 'working_from_copies': {
      const words = refusalWords(state.refusal);
      return { sign: 'away', line: t('sync-working-from-copies'), more: `${words.title}. ${words.sentence}` };
    }
    case 'needs_you': {
      const words = refusalWords(state.refusal);
      return { sign: 'you', line: t('sync-needs-you'), more: `${words.title}. ${words.sentence}` };
    }
  }
}

/** Stops what goes to and comes from the shelf, or lets it go on. */
export async function pauseShelf(paused: boolean): Promise<void> {
  try {
    await call('pause', { paused });
  } catch (thrown) {
    toasts.refused(asRefusal(thrown));
  }
}

/** Looks at the shelf now. What comes of it shows by itself; only a refusal is said. */
export async function refreshShelf(): Promise<void> {
  if (!start.value?.shelf || jobs.ofKind('refresh')) return;
  try {
    await jobs.finished(await call('refresh', {}));
  } catch (thrown) {
    toasts.refused(asRefusal(thrown));
  }
}
