import { cpus } from 'node:os';
import { expect, it } from 'vitest';
import { LoadMeter, type CpuTimes } from './load-meter.ts';

it('tells the load between two readings, and the part that is not its own', () => {
  const cores = cpus().length;
  let now: CpuTimes = { total: 1e6, busy: 5e5, own: 1e5 };
  const meter = new LoadMeter(() => now);
  const pass = (busy: number, own: number): void => {
    const all = 1000 * cores;
    now = { total: now.total + all, busy: now.busy + busy * all, own: now.own + own * all };
  };
  pass(0.9, 0.75);
  expect(meter.read().all).toBeCloseTo(0.9);
  pass(0.5, 0);
  expect(meter.read().foreign).toBeCloseTo(0.5);
  pass(0.8, 0.75);
  expect(meter.read().foreign).toBeCloseTo(0.05);
  // The two counters are not read in the same moment.
  pass(0.3, 0.31);
  expect(meter.read().foreign).toBe(0);
});

it('does not judge by a moment', () => {
  let now: CpuTimes = { total: 0, busy: 0, own: 0 };
  const meter = new LoadMeter(() => now);
  now = { total: 100, busy: 100, own: 0 };
  expect(meter.read()).toEqual({ all: 0, foreign: 0 });
  now = { total: 1000 * cpus().length, busy: 500 * cpus().length, own: 0 };
  expect(meter.read()).toEqual({ all: 0.5, foreign: 0.5 });
});

it('counts the work of this process as its own', () => {
  const [meter, began, before] = [new LoadMeter(), performance.now(), process.cpuUsage()];
  const used = (): number => {
    const { user, system } = process.cpuUsage(before);
    return (user + system) / 1000;
  };
  // However little of the machine others leave.
  while (performance.now() - began < 1200 || used() < 200) Math.sqrt(began);
  const share = used() / ((performance.now() - began) * cpus().length);
  const { all, foreign } = meter.read();
  expect(all - foreign).toBeGreaterThan(share / 2);
  expect(all - foreign).toBeLessThan(share * 2);
});
