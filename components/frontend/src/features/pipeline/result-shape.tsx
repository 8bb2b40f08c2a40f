import { useTranslations } from 'use-intl';
import { PageWords } from '../../app/page-words.tsx';
import ar from '../../messages/ar/shapes.json' with { type: 'json' };
import en from '../../messages/en/shapes.json' with { type: 'json' };
import { ChoiceInput } from './choice-input.tsx';
import { LAYOUTS, oneOf } from './choices.ts';
import type { ResultShape } from './draft.ts';

const WORDS = { en: { shapes: en }, ar: { shapes: ar } };
const SHAPES = ['file', ...LAYOUTS] as const satisfies readonly ResultShape[];

interface ResultShapeProps {
  readonly value: ResultShape;
  readonly onChange: (shape: ResultShape) => void;
}

/** Whether the result is one file or a pyramid of tiles. */
export function ResultShapeInput(props: ResultShapeProps) {
  return (
    <PageWords words={WORDS}>
      <Choice {...props} />
    </PageWords>
  );
}

function Choice({ value, onChange }: ResultShapeProps) {
  const words = useTranslations('shapes');
  return (
    <ChoiceInput
      label={words('name')}
      hint={words(`${value}.about`)}
      options={SHAPES.map((shape) => ({ value: shape, label: words(`${shape}.name`) }))}
      value={value}
      onChange={(chosen) => onChange(oneOf(SHAPES, chosen) ?? 'file')}
    />
  );
}
