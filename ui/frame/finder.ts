// What can be found from anywhere: data products, columns, people, pages and commands.
import { PAGES } from '../pages';
import type { Icon } from '../parts/types';
import ArrowLeft from '@lucide/svelte/icons/arrow-left';
import ClipboardPaste from '@lucide/svelte/icons/clipboard-paste';
import Download from '@lucide/svelte/icons/download';
import Printer from '@lucide/svelte/icons/printer';
import RefreshCw from '@lucide/svelte/icons/refresh-cw';
import ZoomIn from '@lucide/svelte/icons/zoom-in';
import ZoomOut from '@lucide/svelte/icons/zoom-out';
import { run, type Command } from '../state/commands.svelte';
import { keysFor } from '../state/keys';
import { go } from '../state/route.svelte';
import { t } from '../state/words.svelte';
import type { Hit, HitPlace, MemberNote } from '../wire/generated';

/** One thing that was found. */
export interface Entry {
  key: string;
  title: string;
  text: string;
  icon?: Icon;
  /** Colour of the area, for data products. */
  group: 'things' | 'people' | 'pages' | 'commands';
  keys?: string[];
  open: () => void;
}

/** Where in a label the words were found. */
export function hitText(hit: Hit): string {
  const place: HitPlace = hit.place;
  switch (place.field) {
    case 'column':
      return t('find-in-column', { name: place.name, area: hit.area });
    case 'person':
      return t('find-with-person', { name: place.name, area: hit.area });
    case 'tag':
      return t('find-with-tag', { name: place.name, area: hit.area });
    case 'area':
      return t('find-in-area', { area: hit.area });
    default:
      return hit.summary || t('find-in-area', { area: hit.area });
  }
}

const COMMANDS: readonly { command: Command; icon: Icon }[] = [
  { command: 'browse', icon: Download },
  { command: 'paste', icon: ClipboardPaste },
  { command: 'refresh', icon: RefreshCw },
  { command: 'print', icon: Printer },
  { command: 'zoom_in', icon: ZoomIn },
  { command: 'zoom_out', icon: ZoomOut },
  { command: 'zoom_reset', icon: ZoomIn },
  { command: 'back', icon: ArrowLeft },
];

/** Whether every typed word begins some word of the text. */
export function matches(query: string, text: string): boolean {
  const words = fold(text).split(/[^\p{L}\p{N}]+/u);
  return fold(query)
    .split(/\s+/)
    .filter((part) => part !== '')
    .every((part) => words.some((word) => word.startsWith(part)));
}

/** Without case and accents. */
function fold(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
}

/** Data products as entries. */
export function hitEntries(hits: readonly Hit[]): Entry[] {
  return hits.map((hit) => ({
    key: `thing-${hit.product}-${hit.place.field}`,
    title: hit.title,
    text: hitText(hit),
    group: 'things',
    open: () => go('product', hit.product),
  }));
}

/** People whose name or role fits. */
export function peopleEntries(query: string, members: readonly MemberNote[], icon: Icon): Entry[] {
  return members
    .filter(({ person }) => query !== '' && matches(query, `${person.name} ${person.role}`))
    .slice(0, 5)
    .map(({ person }) => ({
      key: `person-${person.name}`,
      title: person.name,
      text: person.role,
      icon,
      group: 'people',
      open: () => go('person', person.name),
    }));
}

/** Pages that need nothing more than their name. */
export function pageEntries(query: string): Entry[] {
  return PAGES.filter((page) => (!page.params || page.id === 'help') && matches(query, t(page.words))).map((page) => ({
    key: `page-${page.id}`,
    title: t(page.words),
    text: '',
    icon: page.icon,
    group: 'pages',
    keys: page.inSidebar ? keysFor(page.id as Command) : undefined,
    open: () => go(page.id),
  }));
}

/** Commands by name. */
export function commandEntries(query: string): Entry[] {
  return COMMANDS.map(({ command, icon }) => ({ command, icon, title: t(`find-do-${command.replaceAll('_', '-')}`) }))
    .filter(({ title }) => matches(query, title))
    .map(({ command, icon, title }) => ({
      key: `command-${command}`,
      title,
      text: '',
      icon,
      group: 'commands',
      keys: keysFor(command),
      open: () => void run(command),
    }));
}
