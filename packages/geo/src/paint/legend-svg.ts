import type { Legend } from '@tessera/contracts';

const WIDTH = 320;
const HEIGHT = 64;
const MARGIN = 16;
const BAR = { y: 24, height: 14 };

/** A legend as a picture of its own: SVG of 320 × 64 units, dark text on white, readable without any other file. */
export function legendSvg(legend: Legend): string {
  const { low, high, colours } = legend;
  const length = WIDTH - 2 * MARGIN;
  const across = (value: number): string =>
    (MARGIN + (high > low ? ((value - low) / (high - low)) * length : length / 2)).toFixed(1);
  const name = legend.unit === '' ? legend.title : `${legend.title} (${legend.unit})`;
  const stops = colours.map(
    (colour, index) => `<stop offset="${((index / (colours.length - 1)) * 100).toFixed(2)}%" stop-color="${colour}"/>`,
  );
  const ticks = legend.ticks.map(
    ({ value, label }) =>
      `<path d="M${across(value)} ${BAR.y + BAR.height}v4" stroke="#212529"/>` +
      `<text x="${across(value)}" y="${BAR.y + BAR.height + 17}" text-anchor="middle">${escape(label)}</text>`,
  );
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${HEIGHT}" viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${escape(name)}" font-family="system-ui, sans-serif" font-size="11" fill="#212529">`,
    `<linearGradient id="ramp">${stops.join('')}</linearGradient>`,
    `<rect width="${WIDTH}" height="${HEIGHT}" fill="#ffffff"/>`,
    `<text x="${MARGIN}" y="16" font-weight="600">${escape(name)}</text>`,
    `<rect x="${MARGIN}" y="${BAR.y}" width="${length}" height="${BAR.height}" fill="url(#ramp)" stroke="#212529" stroke-width="0.5"/>`,
    ...ticks,
    '</svg>',
  ].join('\n');
}

function escape(text: string): string {
  const names: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
  // Control characters have no place in XML, and nothing to say in a line of text.
  return Array.from(text, (sign) => (sign < ' ' ? ' ' : (names[sign] ?? sign))).join('');
}
