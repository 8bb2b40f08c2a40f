import type { StageKind } from '@tessera/contracts';
import type { StageCost } from './stage-costs.ts';

/** What was seen of the tasks of one stage. Times in milliseconds. */
export interface StagePace {
  readonly done: number;
  readonly running: number;
  /** Done tasks that began when another had ended; those before may have waited for the source to be decoded. */
  readonly steady: number;
  /** Done tasks that mean, deviation, slope and index are of: all but those that visibly waited. */
  readonly told: number;
  /** Of all done tasks, summed up. */
  readonly workedMilliseconds: number;
  readonly meanMilliseconds: number;
  readonly deviationMilliseconds: number;
  /** By how much a task takes longer than the one before it. */
  readonly slopeMilliseconds: number;
  readonly doneIndex: number;
  readonly restIndex: number;
  readonly wallMilliseconds: number;
  readonly underWayMilliseconds: number;
}

/** What tasks took over what they were expected to take, by kind of stage; kinds that were not seen are missing. */
export type Speeds = Readonly<Partial<Record<StageKind, number>>>;

export interface LeftQuestion {
  readonly costs: readonly StageCost[];
  readonly stagesDone: readonly number[];
  /** By stage; a stage that was not begun has none. */
  readonly paces: readonly (StagePace | undefined)[];
  /** Tasks that the living executors can run at one time. */
  readonly slots: number;
  /** From other jobs. */
  readonly speeds: Speeds;
}

/** Seconds, at best and at worst. */
export interface Left {
  readonly low: number;
  readonly high: number;
}

/** Done tasks from which on those to come can be told. */
const FEW = 3;
/** Done tasks from which on their trend can be told. */
const TREND = 10;
/** Of what a task takes, the part that is left at least, however long it runs. */
const NEARLY = 0.06;
/** Milliseconds between a stage's last task and the next stage's first. */
const HANDOVER = 60;
/** Uncertainty on top while only tasks are done that may have waited for the source. */
const WAITED = 0.2;
/** Uncertainty where nothing of this job was seen, and least. */
const UNSEEN = 0.5;
const LEAST = 0.08;

/** Tells what tasks take in this job over what they were expected to: by what it did, else by what others did. */
function speedOf({ costs, paces, speeds }: LeftQuestion, kind: StageKind): number | undefined {
  const ratio = (wanted: (other: StageKind) => boolean): number | undefined => {
    let taken = 0;
    let expected = 0;
    for (const [n, cost] of costs.entries()) {
      const pace = paces[n];
      if (!pace || pace.done === 0 || !wanted(cost.kind)) continue;
      taken += pace.done * pace.meanMilliseconds;
      expected += pace.done * cost.taskMilliseconds;
    }
    return expected > 0 ? taken / expected : undefined;
  };
  return ratio((other) => other === kind) ?? speeds[kind] ?? ratio(() => true) ?? mean(Object.values(speeds));
}

function mean(values: readonly number[]): number | undefined {
  return values.length === 0 ? undefined : values.reduce((sum, value) => sum + value, 0) / values.length;
}

interface Part {
  readonly milliseconds: number;
  /** Relative. */
  readonly uncertainty: number;
}

/** What is left of the stage under way. */
function restOf(cost: StageCost, done: number, pace: StagePace | undefined, question: LeftQuestion): Part | undefined {
  const rest = cost.tasks - done;
  const speed = speedOf(question, cost.kind);
  const seen = pace && pace.done > 0 ? pace : undefined;
  if (!seen && speed === undefined) return undefined;
  // What waited for the source tells less of the others than jobs before do.
  const waited = pace !== undefined && pace.steady < FEW;
  const before = question.speeds[cost.kind];
  const expected = waited && before !== undefined ? cost.taskMilliseconds * before : expectedOf(seen, cost, speed);
  const parallel = Math.min(parallelOf(pace, question.slots), rest);
  const running = Math.min(pace?.running ?? 0, rest);
  // What runs is half done on average, however long it has been seen; the tail waits for the last one begun.
  const underWay = Math.min(pace?.underWayMilliseconds ?? 0, running * expected * (1 - NEARLY));
  const nearly = NEARLY * Math.max(expected, pace?.underWayMilliseconds ?? 0);
  const work = Math.max(rest * expected - underWay, nearly);
  const tail = rest > parallel ? ((parallel - 1) / (2 * parallel)) * expected : 0;
  const milliseconds = work / parallel + tail * 0.5;
  if (!seen) return { milliseconds, uncertainty: UNSEEN };
  const scatter = seen.meanMilliseconds > 0 ? seen.deviationMilliseconds / seen.meanMilliseconds : 0;
  const uncertainty =
    scatter / Math.sqrt(seen.told) + (seen.told < TREND ? 0.2 : 0) + (waited ? WAITED : 0) + 0.1 * (rest / cost.tasks);
  return { milliseconds, uncertainty };
}

function expectedOf(seen: StagePace | undefined, cost: StageCost, speed: number | undefined): number {
  return seen ? predicted(seen) : cost.taskMilliseconds * (speed ?? 1);
}

/**
 * Milliseconds that one of the tasks to come takes: the mean of the done ones, moved along their trend as far as it
 * stands out from the scatter (t² / (t² + 4) of it, t of the slope).
 */
function predicted(pace: StagePace): number {
  const { told: done, meanMilliseconds, deviationMilliseconds, slopeMilliseconds, doneIndex, restIndex } = pace;
  if (done < TREND || deviationMilliseconds === 0) return meanMilliseconds;
  // Tasks are done in about the order of their indices, so these are spread as consecutive ones are.
  const explained = Math.min(0.999, (slopeMilliseconds ** 2 * done ** 2) / 12 / deviationMilliseconds ** 2);
  const t2 = (explained * (done - 2)) / (1 - explained);
  const trend = slopeMilliseconds * (restIndex - doneIndex) * (t2 / (t2 + 4));
  return Math.min(8 * meanMilliseconds, Math.max(meanMilliseconds / 4, meanMilliseconds + trend));
}

/** Tasks that really run at one time: what was seen, but never more than the slots there are now. */
function parallelOf(pace: StagePace | undefined, slots: number): number {
  const most = Math.max(1, slots);
  if (!pace || pace.done < FEW || pace.wallMilliseconds <= 0) return most;
  const worked = pace.workedMilliseconds + pace.underWayMilliseconds;
  return Math.min(most, Math.max(1, worked / pace.wallMilliseconds));
}

/**
 * Estimates the seconds until a job under way ends, all its stages included. `undefined` while that would be a guess:
 * no task of this job is done, and none like it was seen in others.
 *
 * What is left of the stage under way is told from its done tasks and their trend; a stage to come from its cost and
 * from how costs and times compared so far.
 */
export function estimateLeft(question: LeftQuestion): Left | undefined {
  const { costs, stagesDone, paces, slots } = question;
  let milliseconds = 0;
  let uncertain = 0;
  let first = true;
  for (const [n, cost] of costs.entries()) {
    const done = stagesDone[n] ?? 0;
    if (done >= cost.tasks) continue;
    const part = first ? restOf(cost, done, paces[n], question) : laterPart(cost, question, slots);
    if (part === undefined) return undefined;
    milliseconds += part.milliseconds + (first ? 0 : HANDOVER);
    uncertain += part.milliseconds * part.uncertainty;
    first = false;
  }
  const share = milliseconds > 0 ? Math.min(UNSEEN, Math.max(LEAST, uncertain / milliseconds)) : LEAST;
  return { low: (milliseconds * (1 - share)) / 1000, high: (milliseconds * (1 + share)) / 1000 };
}

/** A stage to come. */
function laterPart(cost: StageCost, question: LeftQuestion, slots: number): Part | undefined {
  const speed = speedOf(question, cost.kind);
  if (speed === undefined) return undefined;
  const parallel = Math.max(1, Math.min(slots, cost.tasks));
  return {
    milliseconds: (Math.ceil(cost.tasks / parallel) * parallel * cost.taskMilliseconds * speed) / parallel,
    uncertainty: question.speeds[cost.kind] === undefined ? UNSEEN : UNSEEN / 2,
  };
}
