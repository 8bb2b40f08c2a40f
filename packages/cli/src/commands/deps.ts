import { join } from 'node:path';
import { ApiClient } from '../api-client.ts';
import { KeptUploads } from '../upload/kept-uploads.ts';

/** A running server and the way to stop it. */
export interface Engine {
  readonly url: string;
  close(): Promise<void>;
}

export interface CliDeps {
  /** Starts the standalone engine in this process, for runs without `--server`. */
  readonly startEngine: () => Promise<Engine>;
  /** Folder of this user for what a later run has to know. */
  readonly stateFolder: string;
  readonly stdout: NodeJS.WriteStream;
  readonly stderr: NodeJS.WriteStream;
  readonly stdin: NodeJS.ReadableStream;
  /** Aborted by the first Ctrl-C. */
  readonly signal: AbortSignal;
}

/** Runs something against the given site, or against an engine that lives as long as it. */
export async function withServer<Answer>(
  server: string | undefined,
  deps: CliDeps,
  run: (client: ApiClient) => Promise<Answer>,
): Promise<Answer> {
  if (server !== undefined) {
    return run(new ApiClient(server, new KeptUploads(join(deps.stateFolder, 'uploads'), server)));
  }
  const engine = await deps.startEngine();
  try {
    return await run(new ApiClient(engine.url));
  } finally {
    await engine.close();
  }
}
