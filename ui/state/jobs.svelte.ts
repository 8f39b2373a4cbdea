// Work that takes longer than a moment, as the program tells of it.
import { call } from '../wire/call';
import type { JobKind, JobNote, Refusal } from '../wire/generated';
import { onEvent } from './events';

const known = $state<{ jobs: Record<string, JobNote> }>({ jobs: {} });
const waiting = new Map<string, { done: (job: JobNote) => void; refused: (refusal: Refusal) => void }[]>();
const KEPT = 50;

function take(job: JobNote): void {
  // An answer that was on its way while the end was told must not bring the job back to life.
  const before = known.jobs[job.id];
  if (before && before.state.state !== 'running' && job.state.state === 'running') return;
  known.jobs[job.id] = job;
  if (job.state.state === 'running') return;
  for (const waiter of waiting.get(job.id) ?? []) {
    if (job.state.state === 'done') waiter.done(job);
    else waiter.refused(job.state.refusal);
  }
  waiting.delete(job.id);
  const ended = Object.values(known.jobs).filter((other) => other.state.state !== 'running');
  for (const old of ended.slice(0, Math.max(0, ended.length - KEPT))) delete known.jobs[old.id];
}

onEvent('job', (event) => take(event.job));

export const jobs = {
  /** Those that go on. */
  get running(): readonly JobNote[] {
    return Object.values(known.jobs).filter((job) => job.state.state === 'running');
  },
  /** How a job stands, as far as it is known. */
  of(id: string | null | undefined): JobNote | undefined {
    return id ? known.jobs[id] : undefined;
  },
  /** The job of this kind that goes on, if there is one; about this thing, if named. */
  ofKind(kind: JobKind, about?: string): JobNote | undefined {
    return jobs.running.find((job) => job.kind === kind && (about === undefined || job.about === about));
  },
  /** Waits for the end of a job. Rejects with its refusal. */
  async finished(job: JobNote): Promise<JobNote> {
    if (!(job.id in known.jobs)) take(job);
    const end = new Promise<JobNote>((done, refused) => {
      waiting.set(job.id, [...(waiting.get(job.id) ?? []), { done, refused }]);
    });
    // It may have ended before anybody listened.
    call('job', { job: job.id }).then(take, () => undefined);
    return end;
  },
  /** Stops a job. */
  async cancel(id: string): Promise<void> {
    await call('cancel_job', { job: id });
  },
};
