import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import {
  ERROR_CODES,
  OPERATIONS,
  PRESETS,
  isErrorCode,
  jobRequestSchema,
  operationSchema,
  pipelineSchema,
} from './index.ts';

describe('operations', () => {
  it.each(OPERATIONS.map((definition) => [definition.op, definition] as const))(
    '%s runs with its defaults',
    (op, { params }) => {
      expect(pipelineSchema.parse([{ op }])).toEqual([{ op, params: params.parse({}) }]);
    },
  );

  it.each(OPERATIONS.map(({ op, params }) => [op, params] as const))(
    '%s tells its parameters as JSON Schema',
    (_, params) => {
      const schema = z.toJSONSchema(params, { io: 'input' });
      const { properties = {} } = schema;
      for (const property of Object.values(properties)) {
        expect(property).toMatchObject({ default: expect.anything(), description: expect.stringMatching(/\w/) });
      }
    },
  );

  it.each(OPERATIONS.map(({ op, example }) => [op, example] as const))('%s has an example that runs', (op, example) => {
    expect(pipelineSchema.safeParse([{ op, params: example }]).success).toBe(true);
  });

  it('are words in kebab-case, each once', () => {
    const names = OPERATIONS.map(({ op }) => op);
    expect(new Set(names).size).toBe(names.length);
    expect(names.every((name) => /^[a-z]+(-[a-z]+)*(2d)?$/.test(name))).toBe(true);
    expect(operationSchema.shape.kind.options).toContain('global');
  });
});

describe('presets', () => {
  it('are pipelines that run, each once', () => {
    for (const { pipeline } of PRESETS) expect(pipelineSchema.safeParse(pipeline).success).toBe(true);
    expect(new Set(PRESETS.map(({ id }) => id)).size).toBe(PRESETS.length);
  });

  it('hold the oldest ten operations alone, and edges over the picture', () => {
    const alone = PRESETS.filter(({ group }) => group === 'operation').map(({ pipeline }) => pipeline[0]?.op);
    expect(alone).toEqual([...OPERATIONS.slice(0, 10).map(({ op }) => op), 'overlay-edges']);
  });
});

describe('requests', () => {
  it.each([
    { images: [], pipeline: [], output: { format: 'png' } },
    { images: ['a'], pipeline: [{ op: 'constructor' }], output: { format: 'png' } },
    { images: ['a'], pipeline: [{ op: 'invert', params: { extra: 1 } }], output: { format: 'png' } },
    { images: ['a'], pipeline: [], output: { format: 'gif' } },
    { images: ['a'], pipeline: [], output: { format: 'png', quality: 0 } },
    { images: ['a'], pipeline: [], output: { format: 'png' }, surprise: true },
  ])('refuse %j', (request) => {
    expect(jobRequestSchema.safeParse(request).success).toBe(false);
  });
});

it('every error code has a sentence and a status of an answer', () => {
  for (const { message, status } of Object.values(ERROR_CODES)) {
    expect(message).toMatch(/^[A-Z].*\.$/);
    expect(status).toBeGreaterThanOrEqual(400);
  }
  expect(isErrorCode('toString')).toBe(false);
});
