/**
 * Compiles the AssemblyScript sources of this folder to the module that the codec embeds.
 *
 *     node packages/codec/assembly/build.mjs           writes packages/codec/src/strip/kernel/kernel-binary.ts
 *     node packages/codec/assembly/build.mjs --check   fails if that file is not what the sources give
 */
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import asc from 'assemblyscript/asc';

const folder = fileURLToPath(new URL('.', import.meta.url));
const target = path.join(folder, '../src/strip/kernel/kernel-binary.ts');

/** 64 kB pages. The memory never grows: rows are worked on in pieces that fit. */
const PAGES = '64';
const OPTIONS = [
  ...['-O3', '--noAssert', '--runtime', 'stub', '--enable', 'simd', '--use', 'abort='],
  ...['--initialMemory', PAGES, '--maximumMemory', PAGES],
];

async function compile() {
  let binary;
  const { error, stderr } = await asc.main(['index.ts', '--outFile', 'kernel.wasm', ...OPTIONS], {
    readFile: (name) => readFile(path.join(folder, name), 'utf8').catch(() => null),
    writeFile: (_name, contents) => {
      binary = contents;
    },
    listFiles: () => [],
  });
  if (error) throw new Error(`the kernel does not compile:\n${stderr.toString()}`, { cause: error });
  return binary;
}

const binary = await compile();
const text = `/** WebAssembly module of packages/codec/assembly in base64, made by its build.mjs. */
export const KERNEL_BINARY =
  '${Buffer.from(binary).toString('base64')}';
`;
if (process.argv.includes('--check')) {
  const committed = await readFile(target, 'utf8').catch(() => '');
  if (committed !== text) {
    process.stderr.write('kernel-binary.ts is not what the sources give: run node packages/codec/assembly/build.mjs\n');
    process.exitCode = 1;
  }
} else {
  await writeFile(target, text);
  process.stdout.write(`kernel-binary.ts: ${binary.length} bytes\n`);
}
