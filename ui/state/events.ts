// What the program tells without being asked, handed to whoever listens.
import { listen, type LarderEvent } from '../wire/call';

/** Calls back when anything under one of these topics may have changed. Returns what stops it. */
export function onChanged(topics: readonly string[], changed: () => void): () => void {
  return listen((event) => {
    if (event.event === 'changed' && event.topics.some((topic) => topics.includes(topic))) changed();
  });
}

/** Calls back for one kind of event. Returns what stops it. */
export function onEvent<E extends LarderEvent['event']>(
  kind: E,
  handler: (event: Extract<LarderEvent, { event: E }>) => void,
): () => void {
  return listen((event) => {
    if (event.event === kind) handler(event as Extract<LarderEvent, { event: E }>);
  });
}
