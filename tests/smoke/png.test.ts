import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { expect, it } from 'vitest';
import { decodePng, encodePng } from './png.ts';

it('reads back what it writes', () => {
  const picture = { width: 7, height: 5, data: new Uint8Array(randomBytes(105)) };
  expect(decodePng(encodePng(picture))).toEqual(picture);
});

it('reads every filter that libpng writes', () => {
  const width = 64;
  const height = 40;
  const data = Uint8Array.from({ length: width * height * 3 }, (_, index) => (index * index) >> 5);
  const script = [
    'import sys, cv2, numpy',
    'pixels = cv2.imdecode(numpy.frombuffer(sys.stdin.buffer.read(), numpy.uint8), cv2.IMREAD_COLOR)',
    'flags = [cv2.IMWRITE_PNG_STRATEGY, cv2.IMWRITE_PNG_STRATEGY_FILTERED]',
    "sys.stdout.buffer.write(cv2.imencode('.png', pixels, flags)[1].tobytes())",
  ].join('\n');
  const file = execFileSync('/usr/bin/python3', ['-c', script], { input: encodePng({ width, height, data }) });
  expect(decodePng(file)).toEqual({ width, height, data });
});
