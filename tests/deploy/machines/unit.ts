import { waitUntil } from '../../services/wait-until.ts';
import type { Machine } from './machine.ts';

/** What systemd tells of a unit. */
export async function readUnit(machine: Machine, unit: string): Promise<Readonly<Record<string, string>>> {
  const names = 'ActiveState,UnitFileState,MainPID,ActiveEnterTimestampMonotonic,NRestarts';
  const lines = (await machine.run(`systemctl show -p ${names} ${unit}`)).trim().split('\n');
  return Object.fromEntries(lines.map((line) => line.split(/=(.*)/s).slice(0, 2) as [string, string]));
}

/**
 * Kills the unit's main process by SIGKILL.
 *
 * @returns the seconds until systemd calls the unit active again, with another process.
 */
export async function killMainProcess(machine: Machine, unit: string): Promise<number> {
  const { MainPID: killed } = await readUnit(machine, unit);
  await machine.run(`kill -KILL ${String(killed)}`);
  const start = performance.now();
  await waitUntil(
    `${unit} is back`,
    async () => {
      const { ActiveState, MainPID } = await readUnit(machine, unit);
      return ActiveState === 'active' && MainPID !== '0' && MainPID !== killed;
    },
    { ms: 30_000 },
  );
  return (performance.now() - start) / 1000;
}
