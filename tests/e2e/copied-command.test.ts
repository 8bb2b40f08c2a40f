import { execFileSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { runCli } from '@tessera/cli';
import { jobRequestSchema } from '@tessera/contracts';
import { expect, it } from 'vitest';

type Draft = Readonly<Record<string, unknown>>;
interface Page {
  readonly EMPTY_DRAFT: Draft;
  readonly commandOf: (draft: Draft, files: readonly string[], server: string) => string;
  readonly requestOf: (draft: Draft, images: readonly string[]) => unknown;
}
/** A module of the page, whose types are those of browsers. */
const ofPage = async (name: string): Promise<Page> =>
  (await import(new URL(`../../components/frontend/src/features/pipeline/${name}`, import.meta.url).href)) as Page;
const { EMPTY_DRAFT, requestOf } = await ofPage('draft.ts');
const { commandOf } = await ofPage('command-of.ts');

const IMAGE = 'image-1';
const STEPS = [
  { id: 1, op: 'gaussian-blur', params: { ksize: 9, sigma: 1.5 } },
  { id: 2, op: 'canny', params: { low: 10, high: 200, aperture: 5, l2: true } },
];

const DRAFTS: readonly (readonly [string, Draft])[] = [
  ['nothing chosen', EMPTY_DRAFT],
  ['steps', { ...EMPTY_DRAFT, steps: STEPS }],
  [
    'everything chosen',
    {
      ...EMPTY_DRAFT,
      steps: STEPS,
      format: 'jpeg',
      quality: 71,
      subsampling: '4:4:4',
      metadata: 'keep',
      split: 'always',
      strategy: 'random',
      verify: true,
    },
  ],
  [
    'WebP, one step switched off',
    { ...EMPTY_DRAFT, steps: [{ ...STEPS[0]!, off: true }], format: 'webp', split: 'never' },
  ],
  ['a pyramid of tiles', { ...EMPTY_DRAFT, format: 'jpeg', result: 'iiif' }],
  ['several sizes', { ...EMPTY_DRAFT, result: 'sizes', sides: [64, 320] }],
];

/** The words of a command as a shell reads it. */
function wordsOf(command: string): readonly string[] {
  return execFileSync('/bin/sh', ['-c', `printf '%s\\0' ${command}`], { encoding: 'utf8' })
    .split('\0')
    .slice(0, -1);
}

it.each(DRAFTS)('the copied command asks for what the page asks for: %s', async (_name, draft) => {
  const folder = await mkdtemp(join(tmpdir(), 'copied-'));
  const file = join(folder, "Ann's  photo.png");
  await writeFile(file, 'a picture');
  const asked: unknown[] = [];
  const site = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '', 'http://site');
    void text(request).then((body) => {
      if (pathname.endsWith('/events')) return;
      response.setHeader('content-type', 'application/json');
      if (pathname === '/api/v1/jobs' && request.method === 'POST') {
        asked.push(JSON.parse(body));
        response.statusCode = 422;
        response.end(JSON.stringify({ error: { code: 'BAD_REQUEST', message: 'enough', requestId: '1' } }));
      } else response.end(JSON.stringify(ANSWERS[pathname] ?? {}));
    });
  });
  await new Promise<void>((resolve) => site.listen(0, '127.0.0.1', resolve));
  try {
    const url = `http://127.0.0.1:${String((site.address() as AddressInfo).port)}`;
    const [npx, tessera, ...argv] = wordsOf(commandOf(draft, [file], url));
    expect([npx, tessera]).toEqual(['npx', 'tessera']);
    await runCli([...argv, '--progress', 'none'], {
      startEngine: () => Promise.reject(new Error('not here')),
      stateFolder: join(folder, 'state'),
      stdout: process.stderr,
      stderr: process.stderr,
      stdin: process.stdin,
      signal: new AbortController().signal,
    });
    expect(asked.map((body) => jobRequestSchema.parse(body))).toEqual([
      jobRequestSchema.parse(requestOf(draft, [IMAGE])),
    ]);
  } finally {
    site.closeAllConnections();
    site.close();
    await rm(folder, { recursive: true });
  }
});

const ANSWERS: Readonly<Record<string, unknown>> = {
  '/api/v1/jobs': { jobs: [], next: null },
  '/api/v1/site': {
    limits: {
      fileBytes: 1e6,
      resumableBytes: 1e6,
      filesPerRequest: 1,
      imagesPerJobRequest: 1,
      pixels: 1e6,
      progressivePixels: 1e6,
      verifyPixels: 1e6,
    },
    formats: [],
    fetchesUrls: false,
    sendsWebhooks: false,
    mapTiles: null,
    keep: { resultsHours: 1, uploadsHours: 1 },
  },
  '/api/v1/images': {
    images: [
      {
        id: IMAGE,
        name: 'photo.png',
        url: '/api/v1/images/image-1',
        format: 'png',
        width: 1,
        height: 1,
        channels: 3,
        depth: 8,
        bytes: 1,
        sha256: 'a'.repeat(64),
      },
    ],
  },
};
