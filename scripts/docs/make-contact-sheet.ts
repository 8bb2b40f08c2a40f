// Puts the example pictures of all operations on one sheet, by category: docs/images/operations.webp.
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { OPERATIONS } from '@tessera/contracts';
import sharp, { type OverlayOptions } from 'sharp';

const COLUMNS = 6;
const WIDTH = 240;
const HEIGHT = 160;
const LABEL = 34;
const HEADING = 52;
const GAP = 16;
const path = (name: string): string => fileURLToPath(new URL(`../../${name}`, import.meta.url));
const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');

const categories = Map.groupBy(OPERATIONS, ({ category }) => category);
const layers: OverlayOptions[] = [];
const words: string[] = [];
let top = GAP;
for (const [category, operations] of categories) {
  words.push(`<text x="${String(GAP)}" y="${String(top + 30)}" class="heading">${escaped(category)}</text>`);
  top += HEADING;
  for (const [n, { op }] of operations.entries()) {
    const left = GAP + (n % COLUMNS) * (WIDTH + GAP);
    const row = top + Math.floor(n / COLUMNS) * (HEIGHT + LABEL + GAP);
    layers.push({ input: await readFile(path(`components/frontend/public/examples/${op}.webp`)), left, top: row });
    words.push(`<text x="${String(left)}" y="${String(row + HEIGHT + 22)}">${escaped(op)}</text>`);
  }
  top += Math.ceil(operations.length / COLUMNS) * (HEIGHT + LABEL + GAP);
}
const size = { width: GAP + COLUMNS * (WIDTH + GAP), height: top };
const labels = `<svg xmlns="http://www.w3.org/2000/svg" width="${String(size.width)}" height="${String(size.height)}">
<style>text { font: 17px sans-serif; fill: #1c1f23 } .heading { font-size: 24px; font-weight: bold }</style>
${words.join('\n')}</svg>`;
const sheet = await sharp({ create: { ...size, channels: 3, background: '#ffffff' } })
  .composite([...layers, { input: Buffer.from(labels), left: 0, top: 0 }])
  .webp({ quality: 82, effort: 6 })
  .toFile(path('docs/images/operations.webp'));
console.log(`${String(OPERATIONS.length)} operations, ${String(sheet.size)} bytes`);
