import type { JobDto } from '@tessera/contracts';

export type ProgressMode = 'bar' | 'plain' | 'json' | 'none';

/** What a run tells while it goes on; all of it goes to standard error. */
export interface Progress {
  /** Something changed on one file: uploading, or the job's progress. */
  update(input: string, state: { readonly phase: string; readonly job?: JobDto }): void;
  /** A line that stays. */
  say(line: string): void;
  close(): void;
}

interface Sink {
  write(text: string): unknown;
  readonly isTTY?: boolean | undefined;
  readonly columns?: number | undefined;
}

/** Bars where a person watches, a plain line every ten seconds elsewhere. */
export function defaultMode(sink: Sink): ProgressMode {
  return sink.isTTY === true ? 'bar' : 'plain';
}

const PLAIN_INTERVAL = 10_000;
const BAR_INTERVAL = 100;
const BAR_WIDTH = 24;

interface FileState {
  readonly phase: string;
  readonly share: number;
  readonly eta: number | null;
}

/** Creates the progress display of a run. */
export function createProgress(mode: ProgressMode, sink: Sink, files: number): Progress {
  const states = new Map<string, FileState>();
  let drawn = 0;

  const erase = (): void => {
    if (drawn > 0) sink.write(`\u001b[${drawn}A\u001b[0J`);
    drawn = 0;
  };
  const draw = (): void => {
    erase();
    const open = [...states].filter(([, state]) => state.share < 1).slice(0, 8);
    const lines = [...open.map(([input, state]) => barLine(input, state, sink.columns ?? 80)), summary(states, files)];
    sink.write(`${lines.join('\n')}\n`);
    drawn = lines.length;
  };
  const timer =
    mode === 'bar'
      ? setInterval(draw, BAR_INTERVAL)
      : mode === 'plain'
        ? setInterval(() => sink.write(`${summary(states, files)}\n`), PLAIN_INTERVAL)
        : undefined;
  timer?.unref();

  return {
    update(input, { phase, job }) {
      const before = states.get(input)?.share ?? 0;
      const share = job ? job.progress.done / job.progress.total : 0;
      const finished = phase === 'done' || phase === 'failed' || phase === 'skipped';
      states.set(input, {
        phase,
        share: finished ? 1 : Math.max(before, Math.min(share, 0.999)),
        eta: job?.progress.etaSeconds ?? null,
      });
      if (mode === 'json')
        sink.write(`${JSON.stringify({ file: input, phase, done: job?.progress.done, total: job?.progress.total })}\n`);
    },
    say(line) {
      if (mode === 'json') return;
      if (mode === 'bar') erase();
      sink.write(`${line}\n`);
    },
    close() {
      clearInterval(timer);
      if (mode === 'bar') erase();
    },
  };
}

function barLine(input: string, state: FileState, columns: number): string {
  const filled = Math.round(state.share * BAR_WIDTH);
  const bar = `${'█'.repeat(filled)}${'░'.repeat(BAR_WIDTH - filled)}`;
  const eta = state.eta === null ? '' : ` about ${Math.ceil(state.eta)} s left`;
  const tail = ` ${bar} ${String(Math.floor(state.share * 100)).padStart(3)} % ${state.phase}${eta}`;
  const room = Math.max(8, columns - tail.length - 1);
  const name = input.length > room ? `…${input.slice(input.length - room + 1)}` : input.padEnd(Math.min(room, 32));
  return `${name}${tail}`;
}

function summary(states: ReadonlyMap<string, FileState>, files: number): string {
  const done = [...states.values()].filter((state) => state.share === 1).length;
  const running = states.size - done;
  return `${done} of ${files} files done, ${running} under way`;
}
