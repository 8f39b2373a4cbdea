// Signs of the kinds of places.
import Cloud from '@lucide/svelte/icons/cloud';
import Database from '@lucide/svelte/icons/database';
import Folder from '@lucide/svelte/icons/folder';
import FolderSync from '@lucide/svelte/icons/folder-sync';
import Monitor from '@lucide/svelte/icons/monitor';
import Network from '@lucide/svelte/icons/network';
import Server from '@lucide/svelte/icons/server';
import type { Icon } from '../../../parts/types';
import { call } from '../../../wire/call';
import type { PlaceForm, PlaceKind, PlaceProbe } from '../../../wire/generated';

export const placeIcons: Record<PlaceKind, Icon> = {
  one_drive: Cloud,
  dropbox: Cloud,
  google_drive: Cloud,
  nextcloud: Cloud,
  syncthing: FolderSync,
  network: Network,
  folder: Folder,
  only_here: Monitor,
  webdav: Server,
  s3: Database,
  sftp: Server,
};

/** Places whose program may keep files online only. */
export function keepsFilesOnline(kind: PlaceKind): boolean {
  return kind === 'one_drive' || kind === 'dropbox' || kind === 'google_drive' || kind === 'nextcloud';
}

let forms: Promise<PlaceForm[]> | undefined;

/** The kinds of places that are entered in a form; asked once. */
export function placeForms(): Promise<PlaceForm[]> {
  forms ??= call('place_forms', {}).catch((thrown: unknown) => {
    forms = undefined;
    throw thrown;
  });
  return forms;
}

/** What checking a place leads to. */
export type PlaceOutcomeKind = 'refused' | 'nested' | 'unreadable' | 'too_new' | 'found' | 'found_read_only' | 'new' | 'read_only';

export function placeOutcome(probe: PlaceProbe): PlaceOutcomeKind {
  if (probe.refusal) return 'refused';
  if (probe.nested) return 'nested';
  if (!probe.can_read) return 'unreadable';
  if (probe.shelf && probe.too_new) return 'too_new';
  if (probe.shelf) return probe.can_write ? 'found' : 'found_read_only';
  return probe.can_write ? 'new' : 'read_only';
}
