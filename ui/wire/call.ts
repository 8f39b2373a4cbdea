// The only door to the program behind the window. In the window it is Tauri; in a browser (tests) it is a local HTTP bridge
// with the same commands. No other file knows which.
import { invoke } from '@tauri-apps/api/core';
import { listen as tauriListen } from '@tauri-apps/api/event';
import type { Commands, Event as LarderEvent, Refusal } from './generated';

export type { LarderEvent };

/** Names of all commands. */
export type CommandName = keyof Commands;
/** What a command is asked. */
export type Request<K extends CommandName> = Commands[K]['request'];
/** What a command answers. */
export type Answer<K extends CommandName> = Commands[K]['answer'];

const inWindow = typeof window !== 'undefined' && '__TAURI_INTERNALS__' in window;

/** Whether a thrown value is a refusal, as every rejected call's is. */
export function isRefusal(thrown: unknown): thrown is Refusal {
  return typeof thrown === 'object' && thrown !== null && 'code' in thrown && 'params' in thrown;
}

/** Any thrown value as a refusal; what is none is a bug of ours. */
export function asRefusal(thrown: unknown): Refusal {
  if (isRefusal(thrown)) return thrown;
  const detail = thrown instanceof Error ? thrown.message : String(thrown);
  return { code: 'bug', params: { detail }, waiting_helps: false };
}

async function bridge(name: string, request: unknown): Promise<unknown> {
  const answer = await fetch(`/call/${name}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(request),
  });
  const body: unknown = await answer.json();
  if (answer.ok) return body;
  throw asRefusal(body);
}

/** Asks a command. Rejects with a `Refusal`, and with nothing else. */
export async function call<K extends CommandName>(name: K, request: Request<K>): Promise<Answer<K>> {
  try {
    const answer = inWindow ? await invoke('call', { name, request }) : await bridge(name, request);
    return answer as Answer<K>;
  } catch (thrown) {
    throw asRefusal(thrown);
  }
}

const handlers = new Set<(event: LarderEvent) => void>();
let listening = false;

function hand(event: LarderEvent): void {
  for (const handler of handlers) handler(event);
}

function startListening(): void {
  if (listening) return;
  listening = true;
  if (inWindow) {
    void tauriListen<LarderEvent>('larder', (message) => hand(message.payload));
  } else if (typeof EventSource !== 'undefined') {
    const source = new EventSource('/events');
    source.onmessage = (message: MessageEvent<string>) => hand(JSON.parse(message.data) as LarderEvent);
  }
}

/** Hears every event until the returned function is called. */
export function listen(handler: (event: LarderEvent) => void): () => void {
  handlers.add(handler);
  startListening();
  return () => handlers.delete(handler);
}
