import { join } from 'node:path';
import { checkout } from '../machines/checkout.ts';
import type { Machine } from '../machines/machine.ts';

/** The units of a site without docker. */
export const units = ['tessera-master.service', 'tessera-executor@.service', 'tessera-store.service'] as const;

/** The most that `systemd-analyze security` may give a unit: 0 is shut off from everything, 10 from nothing. */
export const HIGHEST_EXPOSURE = 1.5;

export function unitFile(unit: (typeof units)[number]): string {
  return join(checkout, 'config/units', unit);
}

/** Reads the figure at the end of what `systemd-analyze security UNIT` prints. */
export function exposureOf(output: string): number {
  const [, figure] = /Overall exposure level for \S+: (\d+\.\d+)/.exec(output) ?? [];
  if (figure === undefined) throw new Error(`systemd-analyze security told no figure:\n${output}`);
  return Number(figure);
}

/** What systemd knows of a unit now. */
export async function showUnit(
  machine: Machine,
  unit: string,
  ...names: readonly string[]
): Promise<Readonly<Record<string, string>>> {
  const lines = await machine.run(`systemctl show ${names.map((name) => `--property ${name}`).join(' ')} ${unit}`);
  return Object.fromEntries(
    lines
      .trim()
      .split('\n')
      .map((line) => line.split(/=(.*)/s).slice(0, 2) as [string, string]),
  );
}
