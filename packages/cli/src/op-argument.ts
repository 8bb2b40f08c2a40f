import { pipelineSchema, type Step } from '@tessera/contracts';
import { AppError } from '@tessera/runtime/app-error';

/**
 * Reads steps as they are written on a command line: `gaussian-blur:ksize=9,sigma=1.5`, `canny`. Values are numbers,
 * `true`, `false`, or text.
 *
 * @throws AppError INVALID_PIPELINE naming the step and the parameter.
 */
export function parseSteps(texts: readonly string[]): readonly Step[] {
  const steps = texts.map((text) => {
    const [op = '', ...rest] = text.split(':');
    const settings = rest
      .join(':')
      .split(',')
      .filter((setting) => setting !== '');
    return { op, params: Object.fromEntries(settings.map((setting) => parseSetting(text, setting))) };
  });
  const parsed = pipelineSchema.safeParse(steps);
  if (parsed.success) return [...parsed.data];
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
