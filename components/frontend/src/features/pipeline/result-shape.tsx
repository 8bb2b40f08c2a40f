import '../../theme/mantine-inputs.css';
import { TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { PageWords } from '../../app/page-words.tsx';
import ar from '../../messages/ar/shapes.json' with { type: 'json' };
import en from '../../messages/en/shapes.json' with { type: 'json' };
import { ChoiceInput } from './choice-input.tsx';
import { oneOf } from './choices.ts';
import { shapesOf, type Draft, type DraftOutput } from './draft.ts';

const WORDS = { en: { shapes: en }, ar: { shapes: ar } };
const MOST_SIDES = 12;

interface ResultShapeProps {
  readonly draft: Draft;
  readonly set: (changes: Partial<DraftOutput>) => void;
}

/** Whether the result is one file, several of other sizes, or a pyramid of tiles. */
export function ResultShapeInput(props: ResultShapeProps) {
  return (
    <PageWords words={WORDS}>
      <Choice {...props} />
      {props.draft.result === 'sizes' && <Sides {...props} />}
    </PageWords>
  );
}

function Choice({ draft, set }: ResultShapeProps) {
  const words = useTranslations('shapes');
  const shapes = shapesOf(draft.format);
  return (
    <ChoiceInput
      label={words('name')}
      hint={words(`${draft.result}.about`)}
      options={shapes.map((shape) => ({ value: shape, label: words(`${shape}.name`) }))}
      value={draft.result}
      onChange={(chosen) => set({ result: oneOf(shapes, chosen) ?? 'file' })}
    />
  );
}

/** Whole numbers with anything between them; undefined: not all are sides. */
function readSides(text: string): readonly number[] | undefined {
  const sides = text.split(/[^\p{Nd}]+/u).flatMap((part) => (part === '' ? [] : [Number(part)]));
  const isGood = sides.length > 0 && sides.length <= MOST_SIDES && sides.every((side) => side >= 16 && side <= 4096);
  return isGood ? sides : undefined;
}

function Sides({ draft, set }: ResultShapeProps) {
  const words = useTranslations('shapes');
  const [text, setText] = useState(draft.sides.join(', '));
  const sides = readSides(text);
  return (
    <TextInput
      label={words('sides')}
      description={words('sidesAbout')}
      error={sides ? undefined : words('sidesWrong')}
      dir="ltr"
      inputMode="numeric"
      value={text}
      onChange={(event) => {
        const { value } = event.currentTarget;
        setText(value);
        const read = readSides(value);
        if (read) set({ sides: read });
      }}
    />
  );
}
