import { OPERATIONS, pipelineSchema, type Step } from '@tessera/contracts';
import { AppError } from '@tessera/runtime/app-error';

/**
 * Reads steps as they are written on a command line: `gaussian-blur:ksize=9,sigma=1.5`, `canny`. Values are numbers,
 * `true`, `false`, or text. Other images are named as files, for example `watermark:image=logo.png`: the steps hold these
 * names until the files are uploaded.
 *
 * @throws AppError INVALID_PIPELINE naming the step and the parameter.
 */
export function parseSteps(texts: readonly string[]): readonly Step[] {
  const written = texts.map(parseStep);
  const parsed = pipelineSchema.safeParse(written.map(({ op, params }) => ({ op, params })));
  if (parsed.success) return parsed.data.map((step, n) => withFile(step, written[n]?.file));
  const [issue] = parsed.error.issues;
  const at = texts[Number(issue?.path[0] ?? 0)] ?? '';
  const where = issue?.path
    .slice(1)
    .filter((part) => part !== 'params')
    .join('.');
  const what =
    issue?.code === 'invalid_union' ? 'there is no such operation; see `tessera operations`' : issue?.message;
  throw new AppError('INVALID_PIPELINE', {
    message: `--op ${at}: ${where && where !== 'op' ? `${where}: ` : ''}${what ?? 'not valid'}`,
  });
}

interface WrittenStep {
  readonly op: string;
  readonly params: Readonly<Record<string, unknown>>;
  /** The other image; it is no id before it is uploaded. */
  readonly file: string | undefined;
}

/** Parameters that may have commas, and look like numbers. */
const FREE = ['image', 'text'] as const;

function parseStep(text: string): WrittenStep {
  const [op = '', ...rest] = text.split(':');
  const free = new Map<string, string>();
  let settings = rest.join(':');
  for (const name of FREE.filter((candidate) => takes(op, candidate))) {
    // What follows `name=` up to the next `,name=` is its value.
    const found = new RegExp(`(^|,)${name}=(.*?)(?=,[A-Za-z]+=|$)`).exec(settings);
    if (found === null) continue;
    free.set(name, found[2] ?? '');
    settings = settings.replace(found[0], '');
  }
  const given = settings.split(',').filter((setting) => setting !== '');
  const written = free.get('text');
  const params = Object.fromEntries(given.map((setting) => parseSetting(text, setting)));
  return { op, params: written === undefined ? params : { ...params, text: written }, file: free.get('image') };
}

function takes(op: string, name: string): boolean {
  const definition = OPERATIONS.find((operation) => operation.op === op);
  return definition !== undefined && name in definition.params.shape;
}

function withFile(step: Step, file: string | undefined): Step {
  return file === undefined ? step : ({ ...step, params: { ...step.params, image: file } } as Step);
}

function parseSetting(step: string, setting: string): readonly [string, unknown] {
  const equals = setting.indexOf('=');
  if (equals < 1) {
    throw new AppError('INVALID_PIPELINE', {
      message: `--op ${step}: parameters are written name=value, not "${setting}"`,
    });
  }
  return [setting.slice(0, equals), parseValue(setting.slice(equals + 1))];
}

function parseValue(text: string): unknown {
  if (text === 'true' || text === 'false') return text === 'true';
  return /^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i.test(text) ? Number(text) : text;
}
