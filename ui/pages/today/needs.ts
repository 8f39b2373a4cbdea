// What a need says and where its one button leads.
import { brought } from '../../state/brought.svelte';
import { go } from '../../state/route.svelte';
import { dashed, formatSince, t, withPresence, type Args } from '../../state/words.svelte';
import type { Need, NeedCode } from '../../wire/generated';

/** How urgent a need looks: a stop sign, a triangle, or plain news. */
export type NeedTone = 'stop' | 'look' | 'info';

const TONES: Record<NeedCode, NeedTone> = {
  overdue_mine: 'look',
  overdue_followed: 'look',
  draft_open: 'info',
  publication_held: 'look',
  confirm_person: 'info',
  access_asked: 'info',
  sign_proposal: 'info',
  link_device: 'info',
  things_to_fix: 'look',
  two_versions: 'look',
  out_of_use: 'stop',
  access_ended: 'look',
  copy_edited: 'look',
  review_due: 'look',
  went_backwards: 'stop',
  damaged: 'stop',
  cloud_only: 'look',
  followed_filled: 'info',
};

/** A need in words. */
export interface NeedWords {
  tone: NeedTone;
  lead: string;
  more: string;
  button: string;
  open: () => void;
}

function openNeed(need: Need): void {
  const name = need.params.name;
  if (need.code === 'overdue_mine') void brought.browse();
  else if (need.code === 'went_backwards' || need.code === 'cloud_only') go('doctor');
  else if (need.code === 'confirm_person' && typeof name === 'string') go('person', name);
  else if (need.draft) go(need.code === 'publication_held' ? 'publish' : 'check', need.draft);
  else if (need.product) go('product', need.product);
  else go('people');
}

/** Everything that a line of "Needs you" shows. */
export function needWords(need: Need): NeedWords {
  const id = `need-${dashed(need.code)}`;
  const args: Args = { title: '', keeper: '', name: '', words: '', count: 0, days: 0, since: '', shelf: '', ...need.params };
  if (typeof args.since === 'string' && args.since !== '') args.since = formatSince(args.since);
  const values = withPresence(args);
  return { tone: TONES[need.code], lead: t(id, values), more: t(`${id}-more`, values), button: t(`${id}-do`, values), open: () => openNeed(need) };
}
