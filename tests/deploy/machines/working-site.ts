import { join } from 'node:path';
import { expect } from 'vitest';
import { runCommand } from '../../services/run-command.ts';
import { waitUntil } from '../../services/wait-until.ts';
import { checkout } from './checkout.ts';
import type { Machine } from './machine.ts';

/** Address of the site on a server node. */
export async function siteUrl(server: Machine): Promise<string> {
  return `http://${await server.address()}:8080`;
}

/** Sends a picture through the site, from outside of the machines, and compares the result pixel for pixel. */
export async function expectWorkingSite(server: Machine): Promise<void> {
  const site = await siteUrl(server);
  const ready = async () => (await fetch(`${site}/readyz`).catch(() => undefined))?.ok === true;
  await waitUntil('the site is ready', ready, { ms: 240_000, every: 1000 });
  const output = await runCommand(process.execPath, [join(checkout, 'tests/smoke/main.ts'), site]);
  expect(output).toContain('The result is right in every pixel.');
}
