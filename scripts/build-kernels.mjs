/**
 * Compiles AssemblyScript kernels to the modules that their packages embed.
 *
 *     node scripts/build-kernels.mjs           writes the kernel-binary.ts of each package
 *     node scripts/build-kernels.mjs --check   fails if one of them is not what the sources give
 */
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import asc from 'assemblyscript/asc';
import { medianSource } from '../packages/imaging/assembly/median-network.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));

const OPTIONS = ['-O3', '--noAssert', '--runtime', 'stub', '--enable', 'simd', '--use', 'abort='];

/** Each module: where its sources are and where it is embedded, sources that are made, options of its memory. */
const MODULES = [
  {
    sources: 'packages/imaging/assembly',
    target: 'packages/imaging/src/simd/kernel-binary.ts',
    generated: new Map([['median.ts', medianSource()]]),
    // In pages of 64 kB. The memory never grows: tiles are cut to fit.
    memory: ['--initialMemory', '96', '--maximumMemory', '96'],
  },
  {
    sources: 'packages/geo/assembly',
    target: 'packages/geo/src/composite/simd/kernel-binary.ts',
    generated: new Map(),
    // As large as the samples that are ranked.
    memory: ['--importMemory'],
  },
  {
    sources: 'packages/geo/assembly/algebra',
    target: 'packages/geo/src/algebra/vectors/kernel-binary.ts',
    generated: new Map(),
    // More registers than any expression has.
    memory: ['--initialMemory', '16', '--maximumMemory', '16'],
  },
  {
    sources: 'packages/geo/assembly/tiles',
    target: 'packages/geo/src/tiles/simd/kernel-binary.ts',
    generated: new Map(),
    // Grows to the largest tiles that are worked on in it.
    memory: ['--initialMemory', '64', '--maximumMemory', '448'],
  },
];

async function compile({ sources, generated, memory }) {
  let binary;
  const { error, stderr } = await asc.main(['index.ts', '--outFile', 'kernels.wasm', ...OPTIONS, ...memory], {
    readFile: (name) => generated.get(name) ?? readFile(path.join(root, sources, name), 'utf8').catch(() => null),
    writeFile: (_name, contents) => {
      binary = contents;
    },
    listFiles: () => [],
  });
  if (error) throw new Error(`the kernels do not compile:\n${stderr.toString()}`, { cause: error });
  return binary;
}

for (const module of MODULES) {
  const { sources, target } = module;
  const binary = await compile(module);
  const text = `/** WebAssembly module of ${sources} in base64, made by scripts/build-kernels.mjs. */
export const KERNEL_BINARY =
  '${Buffer.from(binary).toString('base64')}';
`;
  if (process.argv.includes('--check')) {
    const committed = await readFile(path.join(root, target), 'utf8').catch(() => '');
    if (committed === text) continue;
    process.stderr.write(`${target} is not what the kernels compile to: run node scripts/build-kernels.mjs\n`);
    process.exitCode = 1;
  } else {
    await writeFile(path.join(root, target), text);
    process.stdout.write(`${target}: ${binary.length} bytes\n`);
  }
}
