// The help beside the page: which topic is open, and the list of all topics.
/** Topics of the help, in the order of its contents. Each has `help-<topic>-title` and `help-<topic>-text`. */
export const TOPICS = [
  'start', 'today', 'shelf', 'bring', 'check', 'label', 'publish', 'product', 'next-month', 'people', 'activity', 'places', 'trust', 'settings', 'keys',
] as const;

/** One topic. */
export type Topic = (typeof TOPICS)[number];

const held = $state<{ topic: Topic | undefined }>({ topic: undefined });

/** Whether there is such a topic. */
export function isTopic(name: string | undefined): name is Topic {
  return TOPICS.some((topic) => topic === name);
}

export const help = {
  /** The topic that is open beside the page; undefined while it is closed. */
  get topic(): Topic | undefined {
    return held.topic;
  },
  /** Opens a topic beside the page. */
  open(topic: string): void {
    held.topic = isTopic(topic) ? topic : 'start';
  },
  close(): void {
    held.topic = undefined;
  },
};
