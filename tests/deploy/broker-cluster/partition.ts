import { leaveLastWill } from '../../services/last-will.ts';
import { runCommand } from '../../services/run-command.ts';

/** What an isolated node still hears. */
export type Isolation = 'from its peers' | 'from everybody';

/**
 * Cuts a node off by dropping its packets, as a broken switch does: no connection is ended, nobody is told. Needs root
 * and iptables; the rules vanish with `heal` or with this process.
 */
export class Partition {
  readonly #chain: string;
  readonly #withdraw: () => void;

  private constructor(chain: string, withdraw: () => void) {
    this.#chain = chain;
    this.#withdraw = withdraw;
  }

  /** @param address of the node; its peers have the others of its /24. */
  static async start(address: string, isolation: Isolation): Promise<Partition> {
    const chain = `tessera-${address.replaceAll('.', '-')}`;
    const network = `${address.split('.').slice(0, 3).join('.')}.0/24`;
    const others = isolation === 'from everybody' ? '127.0.0.0/8' : network;
    await iptables('-N', chain);
    const withdraw = leaveLastWill('iptables -w -D INPUT -j "$1"; iptables -w -F "$1"; iptables -w -X "$1"', chain);
    await iptables('-A', chain, '-s', address, '-d', address, '-j', 'RETURN');
    await iptables('-A', chain, '-s', address, '-d', others, '-j', 'DROP');
    await iptables('-A', chain, '-s', others, '-d', address, '-j', 'DROP');
    await iptables('-I', 'INPUT', '-j', chain);
    return new Partition(chain, withdraw);
  }

  async heal(): Promise<void> {
    await iptables('-D', 'INPUT', '-j', this.#chain);
    await iptables('-F', this.#chain);
    await iptables('-X', this.#chain);
    this.#withdraw();
  }
}

async function iptables(...args: readonly string[]): Promise<void> {
  await runCommand('iptables', ['-w', ...args]);
}
