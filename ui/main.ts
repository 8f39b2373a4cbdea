import { mount } from 'svelte';
import './look/fonts.css';
import './look/tokens.css';
import './look/base.css';
import './look/floats.css';
import App from './App.svelte';
import { route } from './state/route.svelte';
import { followSystem } from './state/start.svelte';
import { call } from './wire/call';

followSystem();

// A fault of the page is told to the program, which keeps it for the report that a person may copy; at most ten a run.
let told = 0;
function tell(message: string): void {
  if (told++ >= 10) return;
  call('page_fault', { page: route.page, message: message.slice(0, 4000) }).catch(() => undefined);
}
window.addEventListener('error', (event) => tell(String(event.error instanceof Error ? event.error.stack : event.message)));
window.addEventListener('unhandledrejection', (event) => {
  const reason: unknown = event.reason;
  tell(reason instanceof Error ? String(reason.stack) : JSON.stringify(reason) ?? String(reason));
});

const target = document.getElementById('app');
if (target) mount(App, { target });
