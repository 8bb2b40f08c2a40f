import { AppError } from '@tessera/runtime';
import { expect, test } from 'vitest';
import { logError, logRef, withoutCapabilities } from './log-ref.ts';

const id = 'AdfWvkPeZkCu9ncyfjR53g';

test('a short name tells equal from different and does not tell the id', () => {
  expect(logRef(id)).toBe(logRef(id));
  expect(logRef(id)).not.toBe(logRef(`${id.slice(0, -1)}h`));
  expect(logRef(id)).toHaveLength(10);
});

test('ids in texts are replaced, all else stays', () => {
  expect(withoutCapabilities(`no object uploads/${id} in work/${id}/0/1.json`)).toBe(
    `no object uploads/#${logRef(id)} in work/#${logRef(id)}/0/1.json`,
  );
  expect(withoutCapabilities('processTicksAndRejections')).toBe('processTicksAndRejections');
});

test('an error is logged with its causes and without ids', () => {
  const logged = logError(
    new AppError('NOT_FOUND', {
      message: `no ${id}`,
      cause: Object.assign(new Error(`inner ${id}`), { code: 'ENOENT' }),
    }),
  );
  expect(logged).toMatchObject({ name: 'AppError', code: 'NOT_FOUND', cause: { name: 'Error', code: 'ENOENT' } });
  expect(JSON.stringify(logged)).not.toContain(id);
  expect(logError('text')).toEqual({ name: 'string', message: 'text' });
});
