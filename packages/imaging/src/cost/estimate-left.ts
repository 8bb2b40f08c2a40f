import type { StageKind, StagePace } from '@tessera/contracts';
import type { StageCost } from './stage-costs.ts';
import { FEW, mayHaveWaited, speedSeen } from './stage-pace.ts';
import { untilLastEnds } from './until-last-ends.ts';

/** What tasks took over what they were expected to take, by kind of stage; kinds that were not seen are missing. */
export type Speeds = Readonly<Partial<Record<StageKind, number>>>;

export interface LeftQuestion {
  readonly costs: readonly StageCost[];
  readonly stagesDone: readonly number[];
  /** By stage; a stage that was not begun has none. */
  readonly paces: readonly (StagePace | undefined)[];
  /** Milliseconds since the paces were seen; `stagesDone` may be newer. */
  readonly ageMilliseconds: number;
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
      const speed = wanted(cost.kind) ? speedSeen(cost, pace) : undefined;
      if (!pace || speed === undefined) continue;
      taken += pace.done * cost.taskMilliseconds * speed;
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
  const speed = speedOf(question, cost.kind);
  if (speed === undefined) return undefined;
  const seen = pace && pace.done > 0 ? pace : undefined;
  const waited = pace !== undefined && mayHaveWaited(cost, pace);
  const each = eachOf(cost, seen, speed, question);
  const rest = cost.tasks - done;
  const parallel = parallelOf(pace, question.slots);
  const slots = Math.min(
    rest,
    Math.max(Math.round(parallel), Math.min(pace?.running ?? 0, Math.max(1, question.slots))),
  );
  // A slot that is now and then without a task takes longer for each.
  const period = each * Math.max(1, slots / parallel);
  const scatter = seen ? scatterOf(seen) : 0;
  const running = underWayNow(pace, { done, rest, each, age: question.ageMilliseconds });
  const wait = done === 0 ? cost.waitMilliseconds * speed : 0;
  const tail = slots > 1 && rest > running.length ? (scatter * each) / 2 : 0;
  const waiting = rest - running.length;
  // What began last is the last of all where nothing waits.
  const partOf = (n: number): number => (waiting === 0 && n === running.length - 1 ? cost.lastPart : 1);
  const milliseconds =
    untilLastEnds({
      running: running.map((ran, n) => leftOf(ran, each * partOf(n) + wait)),
      waiting,
      slots,
      period,
      last: period * cost.lastPart,
    }) +
    (running.length === 0 ? wait : 0) +
    tail;
  if (!seen) return { milliseconds, uncertainty: UNSEEN };
  const uncertainty =
    scatter / Math.sqrt(seen.told) + (seen.told < TREND ? 0.2 : 0) + (waited ? WAITED : 0) + 0.1 * (rest / cost.tasks);
  return { milliseconds, uncertainty };
}

/** What one of the tasks to come takes. */
function eachOf(cost: StageCost, seen: StagePace | undefined, speed: number, { speeds }: LeftQuestion): number {
  if (!seen) return cost.taskMilliseconds * speed;
  if (!mayHaveWaited(cost, seen)) return predicted(seen);
  // What waited for the source tells of the others only as well as its decoding is foretold; so do jobs before.
  const own = cost.taskMilliseconds * (speedSeen(cost, seen) ?? speed);
  const before = speeds[cost.kind];
  return before === undefined ? own : Math.sqrt(own * cost.taskMilliseconds * before);
}

/** Milliseconds that each of the running tasks has been running by now, longest first: some of those seen have ended. */
function underWayNow(
  pace: StagePace | undefined,
  {
    done,
    rest,
    each,
    age,
  }: { readonly done: number; readonly rest: number; readonly each: number; readonly age: number },
): readonly number[] {
  if (!pace) return [];
  const ended = done - pace.done;
  return pace.underWay
    .map((ran) => ran + age)
    .toSorted((a, b) => b - a)
    .map((ran, n) => (n < ended ? Math.max(0, ran - each) : ran))
    .sort((a, b) => b - a)
    .slice(0, rest);
}

/** However long a task has been running, a part of it is left. */
const leftOf = (ran: number, each: number): number => Math.max(each - ran, NEARLY * Math.max(each, ran));

/**
 * Milliseconds that one of the tasks to come takes: the mean of the done ones, moved along their trend as far as it
 * stands out from the scatter (t² / (t² + 4) of it, t of the slope).
 */
function predicted(pace: StagePace): number {
  const { told: done, meanMilliseconds, deviationMilliseconds, slopeMilliseconds, doneIndex, restIndex } = pace;
  if (done < TREND || deviationMilliseconds === 0) return meanMilliseconds;
  const explained = explainedOf(pace);
  const t2 = (explained * (done - 2)) / (1 - explained);
  const trend = slopeMilliseconds * (restIndex - doneIndex) * (t2 / (t2 + 4));
  return Math.min(8 * meanMilliseconds, Math.max(meanMilliseconds / 4, meanMilliseconds + trend));
}

/**
 * The part of what tasks differ by that their trend tells (R²). Tasks are done in about the order of their indices, so
 * these are spread as consecutive ones are.
 */
function explainedOf({ told, slopeMilliseconds, deviationMilliseconds }: StagePace): number {
  return Math.min(0.999, (slopeMilliseconds ** 2 * told ** 2) / 12 / deviationMilliseconds ** 2);
}

/** By how much tasks differ from what their trend tells, relatively. */
function scatterOf(pace: StagePace): number {
  const { told, meanMilliseconds, deviationMilliseconds } = pace;
  if (meanMilliseconds <= 0 || deviationMilliseconds === 0) return 0;
  const untold = told < TREND ? 1 : 1 - explainedOf(pace);
  return (Math.sqrt(untold) * deviationMilliseconds) / meanMilliseconds;
}

/** Tasks that really run at one time: what was seen, but never more than the slots there are now. */
function parallelOf(pace: StagePace | undefined, slots: number): number {
  const most = Math.max(1, slots);
  if (!pace || pace.done < FEW || pace.wallMilliseconds <= 0) return most;
  const worked = pace.workedMilliseconds + pace.underWay.reduce((sum, ran) => sum + ran, 0);
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
  const period = cost.taskMilliseconds * speed;
  return {
    milliseconds: untilLastEnds({ running: [], waiting: cost.tasks, slots, period, last: period * cost.lastPart }),
    uncertainty: question.speeds[cost.kind] === undefined ? UNSEEN : UNSEEN / 2,
  };
}
