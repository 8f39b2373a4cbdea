// What the frame needs to know of a page.
import type { Component } from 'svelte';
import type { Icon } from '../parts/types';

/** One page. */
export interface Page {
  /** Its name in the address: `#/<id>/…`. */
  id: string;
  /** Its sign in the sidebar and the finder. */
  icon: Icon;
  /** Stands in the sidebar. */
  inSidebar: boolean;
  /** What it is called: an id of the words. */
  words: string;
  /** Names of what follows its id in the address; given to it as props. */
  params?: readonly string[];
  /** The place in the sidebar that is marked while it is shown. */
  under?: string;
  /** Topic of the help that its "?" opens. */
  help: string;
  // Each page declares its own props; the registry only hands them over.
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  component: Component<any>;
}
