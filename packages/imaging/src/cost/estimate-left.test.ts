import type { StagePace } from '@tessera/contracts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { estimateLeft, type LeftQuestion, type Speeds } from './estimate-left.ts';
import { shareDone, type StageCost } from './stage-costs.ts';

/** One stage of a scripted job: what its tasks really take in milliseconds, and what the cost model expects. */
interface ScriptedStage {
  readonly kind: StageCost['kind'];
  readonly taken: readonly number[];
  readonly expected: number;
  /** Foretold of the decoding that the first tasks wait for. */
  readonly wait?: number;
}

interface Ran {
  readonly stage: number;
  readonly index: number;
  readonly began: number;
  readonly ended: number;
}

/** Runs the tasks of each stage in order on `slots`; `slotsAt` may change their number. */
function run(stages: readonly ScriptedStage[], slotsAt: (now: number) => number): readonly Ran[] {
  const ran: Ran[] = [];
  let begin = 0;
  for (const [stage, { taken }] of stages.entries()) {
    let busy: number[] = [];
    let now = begin;
    let last = begin;
    for (const [index, milliseconds] of taken.entries()) {
      // Tasks begin in order, so nothing has to be looked at that ended before the one before began.
      for (;;) {
        busy = busy.filter((until) => until > now);
        if (busy.length < slotsAt(now)) break;
        now += 10;
      }
      busy.push(now + milliseconds);
      last = Math.max(last, now + milliseconds);
      ran.push({ stage, index, began: now, ended: now + milliseconds });
    }
    begin = last + 40;
  }
  return ran;
}

const average = (values: readonly number[]): number =>
  values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length;

function paceAt(ran: readonly Ran[], tasks: number, now: number): StagePace | undefined {
  const done = ran.filter(({ ended }) => ended <= now);
  const firstEnd = Math.min(...done.map(({ ended }) => ended));
  const steady = done.filter(({ began }) => began >= firstEnd);
  const usual = average(steady.map(({ began, ended }) => ended - began));
  const telling = done.filter(
    (one) => steady.length < 3 || steady.includes(one) || one.ended - one.began <= 1.4 * usual,
  );
  const running = ran.filter(({ began, ended }) => began <= now && ended > now);
  if (done.length + running.length === 0) return undefined;
  const taken = telling.map(({ began, ended }) => ended - began);
  const mean = average(taken);
  const doneIndex = average(telling.map(({ index }) => index));
  const spread = telling.reduce((sum, { index }) => sum + (index - doneIndex) ** 2, 0);
  const together = telling.reduce((sum, { index }, n) => sum + (index - doneIndex) * ((taken[n] ?? 0) - mean), 0);
  const doneIndices = new Set(done.map(({ index }) => index));
  const rest = Array.from({ length: tasks }, (_, n) => n).filter((n) => !doneIndices.has(n));
  const first = Math.min(...ran.map(({ began }) => began));
  const last = done.length === tasks ? Math.max(...done.map(({ ended }) => ended)) : now;
  return {
    done: done.length,
    running: running.length,
    steady: steady.length,
    told: telling.length,
    workedMilliseconds: done.reduce((sum, { began, ended }) => sum + ended - began, 0),
    meanMilliseconds: mean,
    deviationMilliseconds: Math.sqrt(
      taken.reduce((sum, value) => sum + (value - mean) ** 2, 0) / Math.max(1, taken.length - 1),
    ),
    slopeMilliseconds: spread > 0 ? together / spread : 0,
    doneIndex,
    restIndex: average(rest),
    wallMilliseconds: last - first,
    underWay: running.map(({ began }) => now - began),
  };
}

function questionAt(
  stages: readonly ScriptedStage[],
  ran: readonly Ran[],
  now: number,
  { slots, speeds }: { slots: number; speeds: Speeds },
): LeftQuestion {
  const costs = stages.map(({ kind, taken, expected, wait = 0 }) => ({
    ...{ kind, tasks: taken.length },
    ...{ taskMilliseconds: expected, lastPart: 1, waitMilliseconds: wait },
  }));
  const paces = stages.map(({ taken }, n) =>
    paceAt(
      ran.filter(({ stage }) => stage === n),
      taken.length,
      now,
    ),
  );
  return { costs, paces, stagesDone: paces.map((pace) => pace?.done ?? 0), ageMilliseconds: 0, slots, speeds };
}

/** Estimates over the run, each half second once a fifth is done, with the true seconds left. */
function watch(
  stages: readonly ScriptedStage[],
  slots: number | ((now: number) => number),
  speeds: Speeds = {},
): readonly {
  readonly now: number;
  readonly middle: number;
  readonly left: number;
  readonly low: number;
  high: number;
}[] {
  const slotsAt = typeof slots === 'number' ? () => slots : slots;
  const ran = run(stages, slotsAt);
  const end = Math.max(...ran.map(({ ended }) => ended));
  const shown = [];
  for (let now = 0; now < end; now += 500) {
    const question = questionAt(stages, ran, now, { slots: slotsAt(now), speeds });
    if (shareDone(question.costs, question.stagesDone) < 0.2) continue;
    const { low, high } = estimateLeft(question) ?? { low: NaN, high: NaN };
    shown.push({ now, low, high, middle: (low + high) / 2, left: (end - now) / 1000 });
  }
  return shown;
}

/** Within 30 % of what is really left; the last second and a half is rounded away on the page. */
function expectHonest(shown: ReturnType<typeof watch>): void {
  expect(shown.length).toBeGreaterThan(10);
  for (const { now, middle, left } of shown) {
    expect(Math.abs(middle - left), `after ${now / 1000} s: ${middle} s for ${left} s`).toBeLessThanOrEqual(
      Math.max(0.3 * left, 1.5),
    );
  }
}

const many = (count: number, taken: (n: number) => number): readonly number[] =>
  Array.from({ length: count }, (_, n) => taken(n));
/** Spreads about 1 without randomness. */
const wobble = (n: number): number => 1 + 0.35 * Math.sin(n * 12.9898) * Math.cos(n * 4.1414);
const assemble: ScriptedStage = { kind: 'assemble', taken: [800], expected: 400 };

describe('criterion 7: what is left of a job, within 30 % once a fifth is done', () => {
  it('of equal tasks, on few and many slots', () => {
    for (const slots of [1, 4, 16]) {
      expectHonest(
        watch([{ kind: 'render', taken: many(200, (n) => 1500 * wobble(n)), expected: 700 }, assemble], slots),
      );
    }
  });

  it('of tasks that take longer and longer', () => {
    const taken = many(120, (n) => (600 + 20 * n) * wobble(n));
    for (const slots of [2, 8]) expectHonest(watch([{ kind: 'render', taken, expected: 700 }, assemble], slots));
  });

  it('of several stages', () => {
    const observe: ScriptedStage = { kind: 'observe', taken: many(60, (n) => 900 * wobble(n)), expected: 450 };
    const merge: ScriptedStage = { kind: 'merge', taken: [300], expected: 150 };
    const render: ScriptedStage = { kind: 'render', taken: many(60, (n) => 1600 * wobble(n + 7)), expected: 800 };
    expectHonest(watch([observe, merge, render, assemble], 6));
  });

  it('with a last stage that is most of the work', () => {
    const render: ScriptedStage = { kind: 'render', taken: many(80, (n) => 700 * wobble(n)), expected: 350 };
    const slow: ScriptedStage = { kind: 'verify', taken: [25_000], expected: 12_000 };
    expectHonest(watch([render, slow], 4));
    // Costs that are far from the truth are corrected by what earlier jobs took.
    const wrong: ScriptedStage = { kind: 'verify', taken: [25_000], expected: 3000 };
    expectHonest(watch([render, wrong], 4, { verify: 8 }));
  });

  it('of tasks of which the first wait for the source to be decoded', () => {
    for (const [slots, wait] of [
      [2, 4000],
      [4, 8000],
    ] as const) {
      const taken = many(60, (n) => 1200 * wobble(n) + (n < slots ? wait : 0));
      expectHonest(watch([{ kind: 'render', taken, expected: 700, wait: wait / 2 }, assemble], slots));
      // Few tasks, and jobs before of the same kind.
      const few = many(16, (n) => 2400 * wobble(n) + (n < slots ? wait : 0));
      expectHonest(
        watch([{ kind: 'render', taken: few, expected: 1200, wait: wait / 2 }, assemble], slots, {
          render: 2,
          assemble: 2,
        }),
      );
    }
  });

  it('also after half of the machines have left', () => {
    const taken = many(200, (n) => 1500 * wobble(n));
    const shown = watch([{ kind: 'render', taken, expected: 700 }, assemble], (now) => (now < 20_000 ? 8 : 4));
    expectHonest(shown.filter(({ now }) => now >= 20_000));
  });

  it('says a range that mostly holds the truth', () => {
    const taken = many(200, (n) => 1500 * wobble(n));
    const shown = watch([{ kind: 'render', taken, expected: 700 }, assemble], 4);
    const held = shown.filter(({ low, high, left }) => left > 2 && low <= left && left <= high);
    expect(held.length / shown.filter(({ left }) => left > 2).length).toBeGreaterThan(0.8);
  });
});

describe('of a job whose tasks take what was foretold', () => {
  const milliseconds = fc.integer({ min: 50, max: 3000 });
  const speed = fc.double({ min: 0.2, max: 5, noNaN: true });
  const kind = fc.constantFrom('observe' as const, 'materialize' as const, 'render' as const);
  const stage = fc.record({ kind, tasks: fc.integer({ min: 1, max: 20 }), expected: milliseconds });

  it('the time left is exact, whatever the speed of the machines', () => {
    fc.assert(
      fc.property(
        fc.array(stage, { minLength: 1, maxLength: 3 }),
        fc.integer({ min: 1, max: 8 }),
        speed,
        fc.double({ min: 0.05, max: 0.9, noNaN: true }),
        (stages, slots, factor, share) => {
          const scripted = stages.map(({ kind, tasks, expected }) => ({
            ...{ kind, expected },
            taken: many(tasks, () => expected * factor),
          }));
          const ran = run(scripted, () => slots);
          const end = Math.max(...ran.map(({ ended }) => ended));
          const question = questionAt(scripted, ran, end * share, { slots, speeds: {} });
          const told = estimateLeft(question);
          // Nothing is known before the first task of all is done.
          if (told === undefined) return question.stagesDone.every((done) => done === 0);
          const [middle, left] = [(told.low + told.high) / 2, (end - end * share) / 1000];
          // A slot is looked at every 10 ms, so it waits up to that long after each task, and stages follow one another in
          // 40 ms; a task is never foretold to end at once.
          const turns = stages.reduce((sum, { tasks }) => sum + Math.ceil(tasks / slots), 0);
          const slack =
            0.1 * stages.length +
            0.02 * slots +
            0.01 * turns +
            0.06 * (Math.max(...stages.map(({ expected }) => expected)) / 1000) * factor;
          return Math.abs(middle - left) <= 0.01 * left + slack;
        },
      ),
      { numRuns: 50 },
    );
  });

  it('a stage that was seen is told by its own tasks, whatever others of the job and other jobs took', () => {
    fc.assert(
      fc.property(speed, speed, speed, (own, other, before) => {
        const scripted = [
          { kind: 'observe' as const, expected: 1000, taken: many(10, () => 1000 * other) },
          { kind: 'render' as const, expected: 1000, taken: many(20, () => 1000 * own) },
        ];
        const ran = run(scripted, () => 2);
        const begun = Math.min(...ran.filter(({ stage }) => stage === 1).map(({ began }) => began));
        const now = begun + 4500 * own;
        const ask = (speeds: Speeds) => estimateLeft(questionAt(scripted, ran, now, { slots: 2, speeds }));
        const { low, high } = ask({ observe: before, render: before, assemble: before })!;
        expect((low + high) / 2).toBeCloseTo(5.5 * own, 0);
        expect(ask({})).toEqual({ low, high });
      }),
      { numRuns: 20 },
    );
  });
});

describe('an estimate', () => {
  const cost: StageCost = { kind: 'sequence', tasks: 1, taskMilliseconds: 2000, lastPart: 1, waitMilliseconds: 0 };
  const pace = (underWayMilliseconds: number): StagePace => ({
    done: 0,
    running: 1,
    steady: 0,
    told: 0,
    workedMilliseconds: 0,
    meanMilliseconds: 0,
    deviationMilliseconds: 0,
    slopeMilliseconds: 0,
    doneIndex: 0,
    restIndex: 0,
    wallMilliseconds: underWayMilliseconds,
    underWay: [underWayMilliseconds],
  });
  const ask = (underWay: number, speeds: Speeds) =>
    estimateLeft({ costs: [cost], stagesDone: [0], paces: [pace(underWay)], ageMilliseconds: 0, slots: 1, speeds });

  it('is none where nothing was seen', () => {
    expect(ask(1000, {})).toBeUndefined();
  });

  it('of a job of one task comes from jobs before', () => {
    const left = ask(1000, { sequence: 2 });
    expect((left!.low + left!.high) / 2).toBeCloseTo(3, 0);
  });

  it('knows of tasks that ended since they were seen, and of the time that went by', () => {
    const seen = {
      ...pace(0),
      done: 4,
      running: 2,
      steady: 4,
      told: 4,
      workedMilliseconds: 8000,
      meanMilliseconds: 2000,
    };
    const question: LeftQuestion = {
      costs: [{ kind: 'render', tasks: 10, taskMilliseconds: 2000, lastPart: 1, waitMilliseconds: 0 }],
      stagesDone: [4],
      paces: [{ ...seen, wallMilliseconds: 5000, underWay: [1000, 1000] }],
      ageMilliseconds: 0,
      slots: 2,
      speeds: {},
    };
    const middle = (changes: Partial<LeftQuestion>) => {
      const { low, high } = estimateLeft({ ...question, ...changes })!;
      return (low + high) / 2;
    };
    expect(middle({})).toBeCloseTo(5);
    expect(middle({ ageMilliseconds: 500 })).toBeCloseTo(4.5);
    expect(middle({ ageMilliseconds: 1500, stagesDone: [6] })).toBeCloseTo(3.5);
    // Four wait: two slots take one whole task each, then another and the short one.
    const [cost] = question.costs;
    expect(middle({ costs: [{ ...cost!, tasks: 9, lastPart: 0.5 }] })).toBeCloseTo(4);
    expect(middle({ costs: [{ ...cost!, tasks: 10, lastPart: 0.5 }] })).toBeCloseTo(5);
    // One has ended since, so that the short one runs now.
    const nearlyAll = { costs: [{ ...cost!, tasks: 7, lastPart: 0.25 }], stagesDone: [5], ageMilliseconds: 1000 };
    expect(middle(nearlyAll)).toBeCloseTo(0.5);
  });

  it('is never nothing, negative or infinite, however long it takes', () => {
    for (const underWay of [0, 5000, 100_000]) {
      const { low, high } = ask(underWay, { sequence: 1 })!;
      expect(low).toBeGreaterThan(0);
      expect(Number.isFinite(high)).toBe(true);
    }
    expect(
      estimateLeft({
        costs: [cost],
        stagesDone: [0],
        paces: [undefined],
        ageMilliseconds: 0,
        slots: 0,
        speeds: { render: 1 },
      }),
    ).toBeDefined();
  });
});

describe('the share of a job that is done', () => {
  it('counts stages by what they cost, and is never all', () => {
    const costs: StageCost[] = [
      { kind: 'render', tasks: 10, taskMilliseconds: 50, lastPart: 1, waitMilliseconds: 0 },
      { kind: 'assemble', tasks: 1, taskMilliseconds: 500, lastPart: 1, waitMilliseconds: 0 },
    ];
    expect(shareDone(costs, [0, 0])).toBe(0);
    expect(shareDone(costs, [10, 0])).toBe(0.5);
    expect(shareDone(costs, [10, 1])).toBeLessThan(1);
  });
});
