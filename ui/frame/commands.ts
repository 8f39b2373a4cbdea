// What the frame itself answers to keys, to the menus of the window and to the clipboard.
import { brought, looksLikeTable } from '../state/brought.svelte';
import { answer, type Command } from '../state/commands.svelte';
import { help } from '../state/help.svelte';
import { isField } from '../state/fields';
import { movePane } from '../state/keys';
import { back, forward, go } from '../state/route.svelte';
import { start } from '../state/start.svelte';
import { refreshShelf } from '../state/sync.svelte';
import { toasts } from '../state/toasts.svelte';
import { t } from '../state/words.svelte';

/** Whether there is a world to act in. Before that only size and help of the window answer. */
function ready(): boolean {
  return start.value !== undefined && start.value.world !== 'fresh';
}

/** Answers only once a shelf or the sample is there. */
function once(act: () => void): () => boolean {
  return () => {
    if (!ready()) return false;
    act();
    return true;
  };
}

async function pasteFromClipboard(): Promise<void> {
  if (isField(document.activeElement)) {
    document.execCommand('paste');
    return;
  }
  try {
    pasteText(await navigator.clipboard.readText());
  } catch {
    // The window may not read the clipboard unasked; the keys may.
    toasts.show({ text: t('frame-paste-keys'), tone: 'info' });
  }
}

function pasteText(text: string, html?: string): void {
  const table = html && /<table[\s>]/i.test(html) ? html : null;
  if (table || looksLikeTable(text)) void brought.paste(text, table);
  else toasts.show({ text: t('frame-paste-nothing'), tone: 'info' });
}

function whatIsThis(open: () => void): void {
  const about = document.activeElement?.closest<HTMLElement>('[data-help]')?.dataset.help;
  if (about) help.open(about);
  else open();
}

/** Answers everything that works on every page. Returns what stops it. */
export function answerFrame(open: { find: () => void; help: () => void }): (() => void)[] {
  const answers: [Command, () => void | boolean][] = [
    ['browse', once(() => void brought.browse())],
    ['paste', once(() => void pasteFromClipboard())],
    ['find', once(open.find)],
    ['find_inside', once(open.find)],
    ['print', once(() => window.print())],
    ['settings', once(() => go('settings'))],
    ['about', once(() => go('about'))],
    ['help', once(open.help)],
    ['what_is_this', once(() => whatIsThis(open.help))],
    ['zoom_in', () => void start.zoomBy(1)],
    ['zoom_out', () => void start.zoomBy(-1)],
    ['zoom_reset', () => void start.zoomBy(0)],
    ['back', once(back)],
    ['forward', once(forward)],
    ['refresh', once(() => void refreshShelf())],
    ['today', once(() => go('today'))],
    ['shelf', once(() => go('shelf'))],
    ['bring', once(() => go('bring'))],
    ['activity', once(() => go('activity'))],
    ['next_pane', () => movePane(1)],
    ['previous_pane', () => movePane(-1)],
  ];
  return answers.map(([command, handler]) => answer(command, handler));
}

/** Takes a table that is pasted anywhere outside a field. Returns what stops it. */
export function followClipboard(): () => void {
  const pasted = (event: ClipboardEvent) => {
    if (!ready() || event.defaultPrevented || isField(event.target)) return;
    event.preventDefault();
    if (event.clipboardData?.files.length) toasts.show({ text: t('frame-paste-file'), tone: 'info' });
    else pasteText(event.clipboardData?.getData('text/plain') ?? '', event.clipboardData?.getData('text/html'));
  };
  window.addEventListener('paste', pasted);
  return () => window.removeEventListener('paste', pasted);
}

/** Files are taken by the program, with their real places; the page must not open them. Returns what stops it. */
export function followDrops(): () => void {
  const stop = (event: DragEvent) => event.preventDefault();
  window.addEventListener('dragover', stop);
  window.addEventListener('drop', stop);
  return () => {
    window.removeEventListener('dragover', stop);
    window.removeEventListener('drop', stop);
  };
}

