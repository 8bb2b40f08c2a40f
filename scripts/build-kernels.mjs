/**
 * Compiles the AssemblyScript kernels of packages/imaging/assembly to the module that the imaging package embeds.
 *
 *     node scripts/build-kernels.mjs           writes packages/imaging/src/simd/kernel-binary.ts
 *     node scripts/build-kernels.mjs --check   fails if that file is not what the sources give
 */
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import asc from 'assemblyscript/asc';
import { medianSource } from '../packages/imaging/assembly/median-network.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const folder = path.join(root, 'packages/imaging/assembly');
const target = path.join(root, 'packages/imaging/src/simd/kernel-binary.ts');

/** 64 kB pages. The memory never grows: tiles are cut to fit. */
const PAGES = '96';
const OPTIONS = [
  ...['-O3', '--noAssert', '--runtime', 'stub', '--enable', 'simd', '--use', 'abort='],
  ...['--initialMemory', PAGES, '--maximumMemory', PAGES],
];

async function compile() {
  const generated = new Map([['median.ts', medianSource()]]);
  let binary;
  const { error, stderr } = await asc.main(['index.ts', '--outFile', 'kernels.wasm', ...OPTIONS], {
    readFile: (name) => generated.get(name) ?? readFile(path.join(folder, name), 'utf8').catch(() => null),
    writeFile: (_name, contents) => {
      binary = contents;
    },
    listFiles: () => [],
  });
  if (error) throw new Error(`the kernels do not compile:\n${stderr.toString()}`, { cause: error });
  return binary;
}

const binary = await compile();
const text = `/** WebAssembly module of packages/imaging/assembly in base64, made by scripts/build-kernels.mjs. */
export const KERNEL_BINARY =
  '${Buffer.from(binary).toString('base64')}';
`;
if (process.argv.includes('--check')) {
  const committed = await readFile(target, 'utf8').catch(() => '');
  if (committed !== text) {
    process.stderr.write('kernel-binary.ts is not what the kernels compile to: run node scripts/build-kernels.mjs\n');
    process.exitCode = 1;
  }
} else {
  await writeFile(target, text);
  process.stdout.write(`${path.relative(root, target)}: ${binary.length} bytes\n`);
}
