// Signs of the kinds of places.
import Cloud from '@lucide/svelte/icons/cloud';
import Database from '@lucide/svelte/icons/database';
import Folder from '@lucide/svelte/icons/folder';
import FolderSync from '@lucide/svelte/icons/folder-sync';
import Monitor from '@lucide/svelte/icons/monitor';
import Network from '@lucide/svelte/icons/network';
import Server from '@lucide/svelte/icons/server';
import type { Icon } from '../../parts/types';
import type { PlaceKind } from '../../wire/generated';

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
