// A refusal in words: what happened, whether work is safe, what to do.
import type { Refusal } from '../wire/generated';
import { dashed, formatSize, t, tMaybe, withPresence, type Args } from './words.svelte';

/** The words of one refusal. */
export interface RefusalWords {
  /** What happened, in a few words. */
  title: string;
  /** What it means and what to do. */
  sentence: string;
  /** What the button says that tries again, where trying again may help. */
  button: string | null;
}

/** Title, sentence and button of a refusal. */
export function refusalWords(refusal: Refusal): RefusalWords {
  const id = `refusal-${dashed(refusal.code)}`;
  const args: Args = { ...BLANK, ...refusal.params };
  // Ids and names of Larder's own mean nothing to a person; names of files and of data products do.
  if (typeof args.what === 'string' && refusal.code !== 'not_a_table' && /^[a-z0-9_-]+$|\.lock$/.test(args.what)) args.what = '';
  for (const size of ['needed_bytes', 'limit'] as const) {
    const bytes = refusal.params[size];
    if (typeof bytes === 'number') args[size] = formatSize(bytes);
  }
  const values = withPresence(args);
  return { title: t(`${id}.title`, values), sentence: t(id, values), button: tMaybe(`${id}.button`, values) };
}

// Every value that a sentence may name, so that a missing one leaves no raw name in the text.
const BLANK: Args = {
  file: '', what: '', detail: '', limit: '', path: '', needed_bytes: '', rules: '', name: '', value: '', title: '', columns: '', fingerprint: '', known: '',
};
