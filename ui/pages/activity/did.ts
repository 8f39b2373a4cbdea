// What happened, in words.
import { dashed, plain, t, tMaybe, type Args } from '../../state/words.svelte';
import { start } from '../../state/start.svelte';
import type { ActivityEntry } from '../../wire/generated';

// Stands for the title while the sentence is put together, so that the title can become a link wherever it falls.
const MARK = '\u0001';

/** A sentence around the title of what it is about. */
export interface DidWords {
  before: string;
  title: string;
  after: string;
}

/** The sentence of one entry. */
export function didWords(entry: ActivityEntry): DidWords {
  const title = typeof entry.params.title === 'string' ? plain(entry.params.title) : '';
  const mine = entry.who === '' || entry.who === start.value?.me?.name;
  const args: Args = {
    who: '', file: '', shelf: '', names: '', release: 0, count: 0, detail: '', name: '', before: '', ...entry.params, title: title === '' ? '' : MARK,
  };
  if (args.who === '') args.who = entry.who;
  const id = `did-${dashed(entry.code)}`;
  const text = (mine ? tMaybe(`${id}.you`, args) : null) ?? tMaybe(id, args) ?? t('did-other', { ...args, what: entry.code.replaceAll('_', ' ') });
  const [before = '', ...after] = text.split(MARK);
  return { before, title: text.includes(MARK) ? title : '', after: after.join(title) };
}
