/**
 * Writes the straight-line code of the median filters. A neighbourhood of K × K samples is K columns; sorted columns are
 * merged in pairs, and both are shared by all neighbourhoods they lie in. What is left is to find the middle one of a
 * few sorted lists. Comparators are Batcher's odd-even merges; each is a minimum and a maximum, of which only those that
 * the result depends on are written.
 */

/** Expressions without duplicates: an input, or the minimum or maximum of two others. */
class Network {
  nodes = [];
  known = new Map();

  add(key, node) {
    if (!this.known.has(key)) this.known.set(key, this.nodes.push(node) - 1);
    return this.known.get(key);
  }

  input(code) {
    return this.add(code, { code });
  }

  choose(which, a, b) {
    const [first, second] = a < b ? [a, b] : [b, a];
    return this.add(`${which} ${first} ${second}`, { which, first, second });
  }

  min(a, b) {
    return this.choose('min_u', a, b);
  }

  max(a, b) {
    return this.choose('max_u', a, b);
  }

  /** Batcher's merge of two sorted lists of any length (Knuth, The Art of Computer Programming 3, 5.3.4). */
  merge(a, b) {
    if (a.length === 0) return b;
    if (b.length === 0) return a;
    if (a.length === 1 && b.length === 1) return [this.min(a[0], b[0]), this.max(a[0], b[0])];
    const every = (list, parity) => list.filter((_, index) => index % 2 === parity);
    const odd = this.merge(every(a, 0), every(b, 0));
    const even = this.merge(every(a, 1), every(b, 1));
    const merged = [odd[0]];
    for (let index = 0; index < even.length || index + 1 < odd.length; index++) {
      const [low, high] = [even[index], odd[index + 1]];
      if (low === undefined || high === undefined) merged.push(low ?? high);
      else merged.push(this.min(low, high), this.max(low, high));
    }
    return merged;
  }

  sort(list) {
    if (list.length < 2) return list;
    const half = list.length >> 1;
    return this.merge(this.sort(list.slice(0, half)), this.sort(list.slice(half)));
  }

  /** The `rank`-th (from 1) of two sorted lists together: the least of the greater ends of all ways to take so many. */
  select(a, b, rank) {
    const ends = [];
    for (let taken = Math.max(0, rank - b.length); taken <= Math.min(a.length, rank); taken++) {
      if (taken === 0) ends.push(b[rank - 1]);
      else if (taken === rank) ends.push(a[rank - 1]);
      else ends.push(this.max(a[taken - 1], b[rank - taken - 1]));
    }
    return ends.reduce((best, end) => this.min(best, end));
  }

  /** Statements that compute the wanted nodes, inputs read where they are first needed. */
  code(wanted) {
    const lines = [];
    const written = new Set();
    const write = (index) => {
      if (written.has(index)) return;
      written.add(index);
      const { code, which, first, second } = this.nodes[index];
      if (code === undefined) {
        write(first);
        write(second);
      }
      lines.push(`    const t${index} = ${code ?? `i8x16.${which}(t${first}, t${second})`};`);
    };
    wanted.forEach(write);
    return lines;
  }
}

const load = (base, offset) => `v128.load(${base} + ${offset} + x)`;

/** Planes hold one sorted value each: plane `i` of all columns, then those of all pairs of columns. */
function planes(network, base, count, pixel) {
  return Array.from({ length: count }, (_, rank) => network.input(load(base, `${rank} * plane + ${pixel} * channels`)));
}

const POINTERS = new Set(['source', 'columns', 'pairs', 'target']);

function loop(name, parameters, network, outputs) {
  return [
    `function ${name}(${parameters.map((parameter) => `${parameter}: ${POINTERS.has(parameter) ? 'usize' : 'i32'}`).join(', ')}, count: i32): void {`,
    '  for (let x = 0; x < count; x += 16) {',
    ...network.code(outputs.map(({ node }) => node)),
    ...outputs.map(({ to, node }) => `    v128.store(${to} + x, t${node});`),
    '  }',
    '}',
  ];
}

function sortColumns(size) {
  const network = new Network();
  const rows = Array.from({ length: size }, (_, row) => network.input(load('source', `${row} * stride`)));
  const outputs = network.sort(rows).map((node, rank) => ({ to: `columns + ${rank} * plane`, node }));
  return loop(`sortColumns${size}`, ['source', 'stride', 'columns', 'plane'], network, outputs);
}

function mergePairs(size) {
  const network = new Network();
  const merged = network.merge(planes(network, 'columns', size, 0), planes(network, 'columns', size, 1));
  const outputs = merged.map((node, rank) => ({ to: `pairs + ${rank} * plane`, node }));
  return loop(`mergePairs${size}`, ['columns', 'plane', 'channels', 'pairs'], network, outputs);
}

function selectMedian(size) {
  const network = new Network();
  const pair = (pixel) => planes(network, 'pairs', 2 * size, pixel);
  const column = (pixel) => planes(network, 'columns', size, pixel);
  const [first, second] = {
    3: () => [pair(0), column(2)],
    5: () => [network.merge(pair(0), pair(2)), column(4)],
    7: () => [network.merge(pair(0), pair(2)), network.merge(pair(4), column(6))],
  }[size]();
  const node = network.select(first, second, (size * size + 1) / 2);
  return loop(`selectMedian${size}`, ['columns', 'pairs', 'plane', 'channels', 'target'], network, [
    { to: 'target', node },
  ]);
}

function filter(size) {
  return [
    `function median${size}(source: usize, sourceStride: i32, target: usize, samples: i32, channels: i32, columns: usize): void {`,
    `  const wide = samples + ${size - 1} * channels;`,
    '  const plane = (wide + 79) & ~15;',
    `  const pairs = columns + ${size} * plane;`,
    `  sortColumns${size}(source, sourceStride, columns, plane, wide);`,
    `  mergePairs${size}(columns, plane, channels, pairs, wide - channels);`,
    `  selectMedian${size}(columns, pairs, plane, channels, target, samples);`,
    '}',
  ];
}

/** The AssemblyScript source of the module that exports `median`. */
export function medianSource() {
  const parts = [3, 5, 7].flatMap((size) => [sortColumns(size), mergePairs(size), selectMedian(size), filter(size)]);
  const entry = [
    'export function median(source: usize, sourceStride: i32, target: usize, targetStride: i32, samples: i32, rows: i32, channels: i32, size: i32, scratch: usize): void {',
    '  for (let row = 0; row < rows; row++) {',
    '    const from = source + row * sourceStride;',
    '    const to = target + row * targetStride;',
    '    if (size === 3) median3(from, sourceStride, to, samples, channels, scratch);',
    '    else if (size === 5) median5(from, sourceStride, to, samples, channels, scratch);',
    '    else median7(from, sourceStride, to, samples, channels, scratch);',
    '  }',
    '}',
  ];
  return [...parts.flatMap((lines) => [...lines, '']), ...entry, ''].join('\n');
}
