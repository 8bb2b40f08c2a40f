import { outputOf, pipelineOf, type Draft } from './draft.ts';

const PLAIN = /^[A-Za-z0-9_./:=,+-]+$/;

/** Quotes an argument for POSIX shells where it needs it. */
function quote(text: string): string {
  return PLAIN.test(text) ? text : `'${text.replaceAll("'", String.raw`'\''`)}'`;
}

/** The command that does with files what the draft does: `npx tessera process FILE --op … -o results`. */
export function commandOf(draft: Draft, files: readonly string[], server?: string): string {
  const { format, quality, subsampling, metadata, depth, tiles, thumbnails } = outputOf(draft);
  const ops = pipelineOf(draft).flatMap(({ op, params = {} }) => {
    const settings = Object.entries(params).map(([name, value]) => `${name}=${String(value)}`);
    return ['--op', settings.length > 0 ? `${op}:${settings.join(',')}` : op];
  });
  const words = [
    'npx',
    'tessera',
    'process',
    // A name that begins with a dash would be read as an option.
    ...(files.length > 0 ? files : ['photo.jpg']).map((file) => (file.startsWith('-') ? `./${file}` : file)),
    ...ops,
    '--format',
    format,
    ...(quality === undefined ? [] : ['--quality', String(quality)]),
    ...(subsampling === undefined ? [] : ['--subsampling', subsampling]),
    ...(metadata === undefined ? [] : ['--metadata', metadata]),
    ...(depth === undefined ? [] : ['--depth', String(depth)]),
    ...(thumbnails === undefined ? [] : ['--thumbnails', thumbnails.join(',')]),
    ...(tiles === undefined ? [] : ['--tiles', tiles.layout]),
    ...(draft.strategy === 'balanced' ? [] : ['--strategy', draft.strategy]),
    ...(draft.split === 'auto' ? [] : ['--split', draft.split]),
    ...(draft.verify ? ['--verify'] : []),
    '-o',
    'results',
    ...(server === undefined ? [] : ['--server', server]),
  ];
  return words.map(quote).join(' ');
}
