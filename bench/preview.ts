import { readFile } from 'node:fs/promises';
import { OPERATIONS, type PreviewRequest } from '@tessera/contracts';
import { SiteClient } from '../tests/cluster/site-client.ts';
import { startEmbeddedProcess } from '../tests/e2e/embedded-process.ts';
import { photoSet } from './inputs.ts';
import { median, type Measurement } from './measurement.ts';

/** Milliseconds within which a preview shall be there. */
const GOAL = 1000;
/** What the page asks for: a picture of this side. */
const SIDE = 1024;
/** A part that fills the preview at full size, where nothing is scaled. */
const PART = { x: 1400, y: 1100, width: SIDE, height: 768 };
/** Single operations are listed from this time on, in milliseconds. */
const WORTH_TELLING = 300;

type Asked = Omit<PreviewRequest, 'side' | 'pipeline'> & { readonly pipeline: readonly object[] };

/** Milliseconds from the request to the last byte. */
async function timed(client: SiteClient, asked: Asked): Promise<number> {
  const started = performance.now();
  const body = JSON.stringify({ ...asked, side: SIDE });
  const headers = { 'content-type': 'application/json' };
  const answer = await client.call('/previews', { method: 'POST', body, headers });
  const bytes = await answer.arrayBuffer();
  if (!answer.ok) throw new Error(`${JSON.stringify(asked)}: ${new TextDecoder().decode(bytes)}`);
  return performance.now() - started;
}

/** Each operation by its example, those that read another picture with another photo. */
function exampleSteps(other: string): readonly { readonly op: string; readonly params: object }[] {
  return OPERATIONS.map((operation) => {
    const example = 'example' in operation ? operation.example : {};
    return { op: operation.op, params: { ...example, ...('image' in operation.params.shape && { image: other }) } };
  });
}

interface Seen {
  readonly op: string;
  readonly milliseconds: number;
}

function summary(bench: string, what: string, seen: readonly Seen[]): readonly Measurement[] {
  const worst = seen.reduce((most, one) => (one.milliseconds > most.milliseconds ? one : most));
  const slow = seen.filter((one) => one !== worst && one.milliseconds > WORTH_TELLING);
  const goal = { atMost: GOAL };
  return [
    {
      bench,
      what: `${what}, median of ${String(seen.length)}`,
      value: median(seen.map((one) => one.milliseconds)),
      unit: 'ms',
      goal,
    },
    { bench, what: `${what}, worst: ${worst.op}`, value: worst.milliseconds, unit: 'ms', goal },
    ...slow.map(({ op, milliseconds }) => ({ bench, what: `${what}: ${op}`, value: milliseconds, unit: 'ms', goal })),
  ];
}

/**
 * What a visitor waits for who tries an operation: previews of a photo of 12 megapixels over HTTP, of all operations with
 * the parameters of their examples; each asked for once, and once more.
 */
export async function preview(): Promise<readonly Measurement[]> {
  const [photo, second, fresh] = await photoSet(3);
  const site = await startEmbeddedProcess({
    RATE_LIMIT_PREVIEWS_PER_MINUTE: '0',
  });
  try {
    const client = new SiteClient(site.url);
    const upload = async (path = ''): Promise<string> => client.upload(new Blob([await readFile(path)]), 'photo.jpg');
    const [image, other, unseen] = [await upload(photo), await upload(second), await upload(fresh)];
    const bench = 'preview of 12 megapixels';
    const measurements: Measurement[] = [];
    for (const id of [image, other]) await timed(client, { image: id, pipeline: [{ op: 'invert' }] });
    const first = await timed(client, { image: unseen, pipeline: [{ op: 'invert' }] });
    measurements.push({ bench, what: 'of a photo that nobody looked at before', value: first, unit: 'ms' });
    const parts = [
      ['the whole picture', {}],
      ['a part at full size', { region: PART }],
    ] as const;
    for (const [what, part] of parts) {
      const [cold, warm]: [Seen[], Seen[]] = [[], []];
      for (const step of exampleSteps(other)) {
        // A part lies elsewhere, or nowhere, in results of another size.
        const category = OPERATIONS.find(({ op }) => op === step.op)?.category;
        if ('region' in part && category === 'geometry') continue;
        const asked: Asked = { image, pipeline: [step], ...part };
        for (const seen of [cold, warm]) seen.push({ op: step.op, milliseconds: await timed(client, asked) });
      }
      measurements.push(...summary(bench, `${what}, first`, cold), ...summary(bench, `${what}, again`, warm));
    }
    return measurements;
  } finally {
    await site.stop();
  }
}
