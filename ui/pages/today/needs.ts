// What a need says and where its one button leads.
import { brought } from '../../state/brought.svelte';
import { go } from '../../state/route.svelte';
import { jobs } from '../../state/jobs.svelte';
import { toasts } from '../../state/toasts.svelte';
import { dashed, formatSince, plain, t, withPresence, type Args } from '../../state/words.svelte';
import { asRefusal, call } from '../../wire/call';
import type { Need, NeedCode } from '../../wire/generated';

/** How urgent a need looks: a stop sign, a triangle, or plain news. */
export type NeedTone = 'stop' | 'look' | 'info';

const TONES: Record<NeedCode, NeedTone> = {
  overdue_mine: 'look',
  overdue_followed: 'look',
  draft_open: 'info',
  publication_held: 'look',
  confirm_person: 'info',
  name_wished: 'info',
  access_asked: 'info',
  sign_proposal: 'info',
  link_device: 'info',
  things_to_fix: 'look',
  two_versions: 'look',
  out_of_use: 'stop',
  access_ended: 'look',
  area_joined: 'info',
  area_left: 'info',
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
  /** The other answer, where the need is a question. */
  other?: { button: string; open: () => void };
}

/** Says whether somebody whom an area brought up can read it from now on. */
async function answerArea(need: Need, letIn: boolean): Promise<void> {
  if (!need.product) return;
  try {
    const note = await call('answer_area', { product: need.product, person: String(need.params.person ?? ''), let_in: letIn });
    if (note.job) await jobs.finished(note.job);
    const values = { name: plain(String(need.params.name ?? '')), title: plain(String(need.params.title ?? '')) };
    toasts.show({ text: t(letIn ? 'access-allowed' : need.code === 'area_left' ? 'access-removed' : 'need-area-not-said', values) });
  } catch (thrown) {
    toasts.refused(asRefusal(thrown));
  }
}

function openNeed(need: Need): void {
  const name = need.params.name;
  if (need.code === 'overdue_mine') void brought.browse();
  else if (need.code === 'went_backwards' || need.code === 'cloud_only') go('doctor');
  else if ((need.code === 'confirm_person' || need.code === 'name_wished') && typeof name === 'string') go('person', name);
  else if (need.draft) go(need.code === 'publication_held' ? 'publish' : 'check', need.draft);
  else if (need.product) go('product', need.product);
  else go('people');
}

/** Everything that a line of "Needs you" shows. */
export function needWords(need: Need): NeedWords {
  const id = `need-${dashed(need.code)}`;
  const args: Args = { title: '', keeper: '', name: '', wish: '', area: '', words: '', count: 0, days: 0, since: '', shelf: '', ...need.params };
  if (typeof args.since === 'string' && args.since !== '') args.since = formatSince(args.since);
  const values = withPresence(args);
  if (need.code === 'area_joined' || need.code === 'area_left') {
    const joined = need.code === 'area_joined';
    return {
      tone: TONES[need.code], lead: t(id, values), more: t(`${id}-more`, values),
      button: t(`${id}-do`, values), open: () => void answerArea(need, joined),
      other: { button: t(`${id}-not`, values), open: () => void answerArea(need, !joined) },
    };
  }
  return { tone: TONES[need.code], lead: t(id, values), more: t(`${id}-more`, values), button: t(`${id}-do`, values), open: () => openNeed(need) };
}
