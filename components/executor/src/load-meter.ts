import { cpus } from 'node:os';

export interface Load {
  /** Share of all cores in use, 0–1. */
  readonly all: number;
  /** The same without what this process uses itself; its decode children count as others. */
  readonly foreign: number;
}

/** What a machine has done since its start, in milliseconds of all cores together, and this process of it. */
export interface CpuTimes {
  readonly total: number;
  readonly busy: number;
  readonly own: number;
}

/** Readings closer together than this say little: kernels count in steps of 10 ms. */
const SHORTEST_MILLISECONDS = 500;

function readCpuTimes(): CpuTimes {
  const times = cpus().map((cpu) => cpu.times);
  const total = times.reduce((sum, { user, nice, sys, idle, irq }) => sum + user + nice + sys + idle + irq, 0);
  const { user, system } = process.cpuUsage();
  return { total, busy: total - times.reduce((sum, { idle }) => sum + idle, 0), own: (user + system) / 1000 };
}

/** Measures how busy the machine is, between one reading and the next. */
export class LoadMeter {
  readonly #read: () => CpuTimes;
  readonly #shortest: number;
  #last: CpuTimes;
  #load: Load = { all: 0, foreign: 0 };

  constructor(read: () => CpuTimes = readCpuTimes) {
    this.#read = read;
    this.#last = read();
    this.#shortest = SHORTEST_MILLISECONDS * cpus().length;
  }

  /** The load since the reading before, or as it was read then if that is only a moment ago. */
  read(): Load {
    const now = this.#read();
    const total = now.total - this.#last.total;
    if (total < this.#shortest) return this.#load;
    const share = (milliseconds: number): number => Math.min(1, Math.max(0, milliseconds / total));
    const busy = now.busy - this.#last.busy;
    this.#load = { all: share(busy), foreign: share(busy - (now.own - this.#last.own)) };
    this.#last = now;
    return this.#load;
  }
}
