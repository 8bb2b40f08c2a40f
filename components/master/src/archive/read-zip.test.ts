import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, expect, test } from 'vitest';
import { Checksums } from './checksums.ts';
import { readZip, type ZipSource } from './read-zip.ts';
import { dataDescriptor, directoryRecord, endRecords, localHeader } from './zip-format.ts';
import { layOutZip } from './zip-layout.ts';

const folder = mkdtempSync(join(tmpdir(), 'zip-'));
afterAll(() => rmSync(folder, { recursive: true }));

const DATE = new Date('2026-03-04T05:06:08Z');

/** An entry of known bytes that comes in chunks and counts what was read of it. */
function source(name: string, content: Uint8Array, read: { bytes: number } = { bytes: 0 }): ZipSource {
  return {
    name,
    bytes: content.length,
    modified: DATE,
    key: `results/${name}`,
    read: (start) =>
      Promise.resolve(
        (async function* () {
          for (let at = start; at < content.length; at += 7) {
            const chunk = content.subarray(at, at + 7);
            read.bytes += chunk.length;
            await Promise.resolve();
            yield chunk;
          }
        })(),
      ),
  };
}

async function bytesOf(sources: readonly ZipSource[], start = 0, end = Infinity, checksums = new Checksums()) {
  const layout = layOutZip(sources);
  const chunks: Uint8Array[] = [];
  for await (const chunk of readZip(layout, sources, checksums, { start, end: Math.min(end, layout.bytes) })) {
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

const python = (code: string, ...args: string[]): string =>
  execFileSync('python3', ['-c', code, ...args], { encoding: 'utf8' });

test('other programs read it: names, times, contents, checksums', async () => {
  const sources = [
    source('Größe – 写真.png', Buffer.from('a picture')),
    source('empty', Buffer.alloc(0)),
    source('folder/large.bin', Buffer.alloc(100_000, 'x')),
  ];
  const file = join(folder, 'some.zip');
  const bytes = await bytesOf(sources);
  expect(bytes.length).toBe(layOutZip(sources).bytes);
  writeFileSync(file, bytes);
  const read = python(
    `import json, sys, zipfile
z = zipfile.ZipFile(sys.argv[1])
print(json.dumps([z.testzip(), [[i.filename, i.date_time, i.compress_type, len(z.read(i))] for i in z.infolist()]]))`,
    file,
  );
  const time = [2026, 3, 4, 5, 6, 8];
  expect(JSON.parse(read)).toEqual([
    null,
    [
      ['Größe – 写真.png', time, 0, 9],
      ['empty', time, 0, 0],
      ['folder/large.bin', time, 0, 100_000],
    ],
  ]);
});

test('law: a file that was begun anywhere is the same file', async () => {
  const sources = [
    source('a', Buffer.alloc(100, 'a')),
    source('b', Buffer.alloc(0)),
    source('c', Buffer.from('cc')),
    source('d', Buffer.alloc(61, 'd')),
  ];
  const whole = await bytesOf(sources);
  const warm = new Checksums();
  await bytesOf(sources, 0, Infinity, warm);
  await fc.assert(
    fc.asyncProperty(fc.nat(whole.length), fc.nat(whole.length), fc.boolean(), async (a, b, cold) => {
      const [start, end] = [Math.min(a, b), Math.max(a, b)];
      const part = await bytesOf(sources, start, end, cold ? new Checksums() : warm);
      expect(part.equals(whole.subarray(start, end))).toBe(true);
    }),
    { numRuns: 300 },
  );
});

test('who resumes at a master that sent the beginning reads nothing twice', async () => {
  const read = { bytes: 0 };
  const sources = ['a', 'b', 'c'].map((name) => source(name, Buffer.alloc(7000, name), read));
  const checksums = new Checksums();
  const { bytes } = layOutZip(sources);
  const first = await bytesOf(sources, 0, 16_000, checksums);
  const { bytes: before } = read;
  const second = await bytesOf(sources, 16_000, bytes, checksums);
  expect(Buffer.concat([first, second]).equals(await bytesOf(sources))).toBe(true);
  // Of the entry that was cut the checksum was not known yet.
  expect(before).toBeLessThan(16_100);
  expect(read.bytes - before - 21_000).toBeLessThanOrEqual(7000);
});

test('an entry that fails or has another length ends the file with an error', async () => {
  const good = source('a', Buffer.from('good'));
  const short = { ...source('b', Buffer.from('short')), bytes: 9 };
  const gone: ZipSource = { ...good, read: () => Promise.reject(new Error('gone')) };
  await expect(bytesOf([good, short])).rejects.toMatchObject({ code: 'STORE_CORRUPT' });
  await expect(bytesOf([good, gone])).rejects.toThrow('gone');
});

test('a reader that leaves early closes the source', async () => {
  let closed = false;
  const endless: ZipSource = {
    ...source('a', Buffer.alloc(0)),
    bytes: 1e6,
    read: () =>
      Promise.resolve(
        (async function* () {
          try {
            for (;;) {
              await Promise.resolve();
              yield Buffer.alloc(1000);
            }
          } finally {
            closed = true;
          }
        })(),
      ),
  };
  let seen = 0;
  for await (const chunk of readZip(layOutZip([endless]), [endless], new Checksums(), { start: 0, end: 1e6 })) {
    seen += chunk.length;
    if (seen > 5000) break;
  }
  expect(closed).toBe(true);
});

test('ZIP64 records appear where a figure does not fit, and are read by another program', () => {
  const large = { name: 'large', bytes: 5_000_000_000, modified: DATE };
  const small = { name: 'small', bytes: 3, modified: DATE };
  const layout = layOutZip([large, small]);
  expect(layout.bytes).toBeGreaterThan(5_000_000_000);
  expect(dataDescriptor(large, 1).length).toBe(24);
  expect(localHeader(large).length - localHeader(small).length).toBe(20);
  // A sparse file: the records are where the layout says, and holes between them.
  const file = join(folder, 'large.zip');
  const [first, second] = layout.entries;
  const directory = layout.parts.at(-1)!;
  const records = Buffer.concat([directoryRecord(first!, 0), directoryRecord(second!, 0)]);
  const end = endRecords({ entries: 2, offset: directory.start, bytes: records.length });
  writeFileSync(`${file}.tail`, Buffer.concat([records, end]));
  writeFileSync(`${file}.second`, localHeader(second!));
  const read = python(
    `import sys, zipfile, json
path, second, start = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
with open(path, 'wb') as f:
    f.seek(second); f.write(open(path + '.second', 'rb').read())
    f.seek(start); f.write(open(path + '.tail', 'rb').read())
z = zipfile.ZipFile(path)
print(json.dumps([[i.filename, i.file_size, i.header_offset] for i in z.infolist()]))`,
    file,
    String(second!.offset),
    String(directory.start),
  );
  expect(JSON.parse(read)).toEqual([
    ['large', 5_000_000_000, 0],
    ['small', 3, second!.offset],
  ]);
});
