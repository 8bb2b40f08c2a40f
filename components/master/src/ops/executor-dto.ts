import type { OpsExecutor, OpsTask } from '@tessera/contracts';
import type { TaskNote } from '@tessera/store';
import type { KnownExecutor } from './known-executors.ts';
import { SAMPLE_SECONDS } from './sample-series.ts';

const MINUTE_SAMPLES = 60 / SAMPLE_SECONDS;

function stateOf({ alive, presence }: KnownExecutor): OpsExecutor['state'] {
  if (!alive) return 'gone';
  if (presence.draining) return 'draining';
  return presence.tasks.length > 0 ? 'busy' : 'idle';
}

type PresenceTask = KnownExecutor['presence']['tasks'][number];

function taskOf(task: PresenceTask, executor: string, note: TaskNote | undefined): OpsTask {
  const { job, stage, index, attempt } = task;
  const begun = note?.state === 'running' && note.executor === executor;
  return {
    job,
    image: note?.image ?? null,
    kind: note?.kind ?? null,
    region: note?.region ?? null,
    stage,
    index,
    attempt,
    since: begun ? note.since.toISOString() : null,
  };
}

/** An executor as operators see it; `notes` are what the database knows of its tasks. */
export function executorDto(known: KnownExecutor, notes: ReadonlyMap<string, TaskNote>): OpsExecutor {
  const { seenSecondsAgo: _seen, tasks, ...presence } = known.presence;
  const minute = known.samples.slice(-MINUTE_SAMPLES);
  const sum = (key: 'seconds' | 'done' | 'milliseconds'): number =>
    minute.reduce((total, sample) => total + sample[key], 0);
  const [seconds, done] = [sum('seconds'), sum('done')];
  return {
    ...presence,
    state: stateOf(known),
    seenAt: new Date(known.seenAt).toISOString(),
    knownSince: new Date(known.knownSince).toISOString(),
    tasks: known.alive ? tasks.map((task) => taskOf(task, presence.executor, notes.get(task.task))) : [],
    tasksPerMinute: seconds > 0 ? (done / seconds) * 60 : 0,
    millisecondsPerTask: done > 0 ? sum('milliseconds') / done : null,
  };
}
