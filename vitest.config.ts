import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';
import { LongestFirst } from './tests/longest-first.ts';

const exclude = ['**/node_modules/**', '**/.cache/**', '**/dist/**', '**/data/**'];
/**
 * V8's registry of code that is protected by keys of the processor loses pages when WebAssembly comes and goes on several
 * threads, and ends the process: "Check failed: jit_page.has_value()" (Node 18 to 24).
 */
const execArgv = ['--no-memory-protection-keys'];
const common = {
  exclude,
  testTimeout: 60_000,
  hookTimeout: 180_000,
  pool: 'forks',
  // Files keep what they start to themselves, so they share processes: loading the code anew for each took a third of the time.
  isolate: false,
  execArgv,
} as const;

const cores = availableParallelism();

/** Deployments that are disturbed under load, and watched by the clock. */
const clocks = [
  'tests/deploy/{broker-cluster,campaign}/**/*.test.ts',
  'tests/deploy/public-side/rolling-restart.test.ts',
];

/**
 * Outages and deployments run side by side: each has servers or machines of its own, and waits for them more than it
 * computes. Their long forms watch the clock.
 */
const waiting = [process.env.TESSERA_DEPLOY, process.env.TESSERA_FAULTS].includes('long') ? 1 : cores + 3;

export default defineConfig({
  test: {
    globalSetup: ['./tests/global-setup.ts'],
    reporters: ['default'],
    sequence: { sequencer: LongestFirst },
    // In this order, one after the other: what kills processes has the machine for itself.
    projects: [
      {
        test: {
          ...common,
          name: 'unit',
          sequence: { groupOrder: 0 },
          // Almost half of the time is waiting, for brokers, time limits and processes.
          maxWorkers: cores + 2,
          include: [
            '{packages,components}/**/*.test.{ts,tsx}',
            'scripts/**/*.test.{ts,mjs}',
            'tests/{services,smoke}/**/*.test.ts',
          ],
        },
      },
      {
        test: {
          ...common,
          name: 'e2e',
          sequence: { groupOrder: 1 },
          include: ['tests/e2e/**/*.test.ts'],
          testTimeout: 180_000,
          // What is waited for comes sooner or later; a busy machine is no failure.
          expect: { poll: { timeout: 15_000 } },
          // Criteria that are watched by the clock have the machine for themselves in the long form.
          maxWorkers: process.env.TESSERA_PAGE === 'long' ? 1 : cores + 1,
        },
      },
      {
        test: {
          ...common,
          name: 'deploy',
          sequence: { groupOrder: 2 },
          include: ['tests/deploy/**/*.test.ts'],
          exclude: [...exclude, ...clocks],
          testTimeout: 300_000,
          hookTimeout: 600_000,
          maxWorkers: waiting,
        },
      },
      {
        test: {
          ...common,
          name: 'deploy-under-load',
          sequence: { groupOrder: 3 },
          include: clocks,
          testTimeout: 300_000,
          hookTimeout: 600_000,
          maxWorkers: 1,
        },
      },
      {
        test: {
          ...common,
          name: 'faults',
          sequence: { groupOrder: 2 },
          include: ['tests/faults/**/*.test.ts'],
          testTimeout: 180_000,
          hookTimeout: 600_000,
          maxWorkers: waiting,
        },
      },
    ],
  },
});
