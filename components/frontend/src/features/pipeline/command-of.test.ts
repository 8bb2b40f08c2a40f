import { expect, it } from 'vitest';
import { commandOf } from './command-of.ts';
import { add, after } from './draft-fixture.ts';

it('writes the command that does the same', () => {
  const draft = after(
    add('gaussian-blur'),
    add('invert'),
    { type: 'switch', id: 2, on: false },
    {
      type: 'output',
      changes: { format: 'jpeg', split: 'always', verify: true, metadata: 'keep', depth: 8, strategy: 'random' },
    },
  );
  expect(commandOf(draft, ["Ann's photo.png", '写真.jpg'], 'https://images.example')).toBe(
    String.raw`npx tessera process 'Ann'\''s photo.png' '写真.jpg' --op gaussian-blur:ksize=21,sigma=0 --format jpeg ` +
      '--quality 85 --subsampling 4:2:0 --metadata keep --depth 8 --strategy random --split always --verify -o results --server https://images.example',
  );
});
