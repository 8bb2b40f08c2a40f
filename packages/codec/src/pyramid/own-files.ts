import { sharp } from '../sharp.ts';

const OWN = { operation: ['VipsForeignLoadVipsFile'] };

/**
 * Lets libvips read its own format while `run` works on a file that this process wrote itself. A decode child does one
 * thing at a time, so nothing of a stranger is opened meanwhile.
 */
export async function withOwnFiles<Value>(run: () => Promise<Value>): Promise<Value> {
  sharp.unblock(OWN);
  try {
    return await run();
  } finally {
    sharp.block(OWN);
  }
}
