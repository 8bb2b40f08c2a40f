import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Willingness } from './willingness.ts';

const off = { EXECUTOR_LOAD_LIMIT: 1, EXECUTOR_LOAD_PROBABILITY: 0, EXECUTOR_LOAD_DELAY_MILLISECONDS: 0 };

describe('Willingness', () => {
  const changes: (string | undefined)[] = [];
  const open: Willingness[] = [];
  const make = (config: Partial<typeof off>, random: () => number = () => 0.5): Willingness => {
    const willingness: Willingness = new Willingness({
      config: { ...off, ...config },
      random,
      onChange: () => changes.push(willingness.unwillingFor),
    });
    open.push(willingness);
    return willingness;
  };
  beforeEach(() => {
    vi.useFakeTimers();
    changes.length = 0;
  });
  afterEach(() => {
    for (const one of open.splice(0)) one.close();
    vi.useRealTimers();
  });

  it('takes everything where nothing was asked for, however busy the machine is', () => {
    const willingness = make({}, () => 0);
    willingness.noteLoad(1);
    for (let n = 0; n < 100; n += 1) expect(willingness.decide()).toEqual({ take: true, delayMilliseconds: 0 });
    expect(changes).toEqual([]);
  });

  it('takes nothing while others use more than the limit, and again when they use clearly less', () => {
    const willingness = make({ EXECUTOR_LOAD_LIMIT: 0.5 });
    const takes = [0.5, 0.51, 0.5, 0.46, 0.44, 0.5].map((load) => {
      willingness.noteLoad(load);
      return willingness.decide().take;
    });
    expect(takes).toEqual([true, false, false, false, true, true]);
    expect(changes).toEqual(['load', undefined]);
  });

  it('turns tasks away with the probability that was asked for', () => {
    let n = 0;
    const willingness = make({ EXECUTOR_LOAD_PROBABILITY: 0.25 }, () => (n += 0.01) % 1);
    let taken = 0;
    for (let offer = 0; offer < 1000; offer += 1) {
      if (willingness.decide().take) taken += 1;
      vi.runAllTimers();
    }
    expect(taken).toBeGreaterThan(650);
    expect(taken).toBeLessThan(850);
  });

  it('takes nothing for a while after it turned one away, longer each time until it takes one', () => {
    let draw = 0;
    const willingness = make({ EXECUTOR_LOAD_PROBABILITY: 0.5 }, () => draw);
    const pause = (): number => {
      draw = 0.4;
      expect(willingness.decide()).toEqual({ take: false });
      expect(willingness.unwillingFor).toBe('probability');
      // Not decided by chance any more, and not one pause on top of the other.
      draw = 0.9;
      expect(willingness.decide()).toEqual({ take: false });
      const begun = Date.now();
      vi.runAllTimers();
      expect(willingness.unwillingFor).toBeUndefined();
      return Date.now() - begun;
    };
    const pauses = Array.from({ length: 7 }, pause);
    expect(pauses).toEqual([1400, 1800, 2600, 4200, 4600, 4600, 4600]);
    draw = 0.9;
    expect(willingness.decide().take).toBe(true);
    expect(pause()).toBe(1400);
    expect(changes.slice(0, 4)).toEqual(['probability', undefined, 'probability', undefined]);
  });

  it('is slow instead of unwilling where a delay was asked for', () => {
    const willingness = make({ EXECUTOR_LOAD_PROBABILITY: 1, EXECUTOR_LOAD_DELAY_MILLISECONDS: 700 });
    expect(willingness.decide()).toEqual({ take: true, delayMilliseconds: 700 });
    expect(willingness.unwillingFor).toBeUndefined();
  });

  it('turns everything away with probability 1, and asks for little: one try every few seconds', () => {
    const willingness = make({ EXECUTOR_LOAD_PROBABILITY: 1 }, () => 0.999);
    let tries = 0;
    for (let second = 0; second < 600; second += 1) {
      if (willingness.unwillingFor === undefined) {
        tries += 1;
        expect(willingness.decide().take).toBe(false);
      }
      vi.advanceTimersByTime(1000);
    }
    expect(tries).toBeLessThan(70);
    expect(tries).toBeGreaterThan(40);
  });

  it('lets go of its pause when it is closed', () => {
    const willingness = make({ EXECUTOR_LOAD_PROBABILITY: 1 });
    willingness.decide();
    willingness.close();
    expect(vi.getTimerCount()).toBe(0);
  });
});
