import { findDocker } from './docker.ts';
import { installDebianPackages } from './debian-packages.ts';
import type { ServerSource } from './test-server.ts';

export interface ServerOffer {
  readonly name: string;
  /** The variable that names a running server instead. */
  readonly variable: string;
  readonly find: () => string | undefined;
  /** Installs the program in the ways that suit it. @returns why it could not, if so. */
  readonly install: () => Promise<string | undefined>;
}

/** Finds a server: a program of this machine, else one that can be installed, else docker. */
export async function findServer(offer: ServerOffer): Promise<ServerSource> {
  const present = offer.find();
  if (present !== undefined) return { kind: 'program', path: present };
  const problem = await offer.install();
  const installed = offer.find();
  if (installed !== undefined) return { kind: 'program', path: installed };
  const docker = await findDocker();
  if (docker !== undefined) return { kind: 'docker', docker };
  throw new Error(
    `The tests need ${offer.name}, which could not be installed (${problem ?? 'its program was not found afterwards'}) ` +
      `and no docker engine answers. Install it, or name a running one in ${offer.variable}.`,
  );
}

/** An `install` by Debian packages. */
export function fromDebian(...names: readonly string[]): () => Promise<string | undefined> {
  return () => installDebianPackages(names);
}
