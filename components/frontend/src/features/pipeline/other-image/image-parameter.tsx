import '../../../theme/mantine-inputs.css';
import { Input } from '@mantine/core';
import { useId } from 'react';
import { useTranslations } from 'use-intl';
import { PageWords } from '../../../app/page-words.tsx';
import ar from '../../../messages/ar/combine.json' with { type: 'json' };
import en from '../../../messages/en/combine.json' with { type: 'json' };
import type { TextField } from '../field.ts';
import { AddImage } from './add-image.tsx';
import { ImageOption } from './image-option.tsx';
import styles from './image-parameter.module.css';
import { useImageChoices } from './use-image-choices.ts';

const WORDS = { en: { combine: en }, ar: { combine: ar } };

export interface ImageParameterProps {
  readonly field: TextField;
  /** Id of an image; empty: none is chosen. */
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly onEnd: () => void;
}

/** Another image that a step reads: one of those that were added, or one more. */
export function ImageParameter(props: ImageParameterProps) {
  return (
    <PageWords words={WORDS}>
      <ImageChoice {...props} />
    </PageWords>
  );
}

function ImageChoice({ field, value, onChange, onEnd }: ImageParameterProps) {
  const words = useTranslations('combine');
  const id = useId();
  const { images, more, gone, remember } = useImageChoices(value);
  const choose = (image: string): void => {
    onChange(image);
    onEnd();
  };
  const problem = value === '' ? words('choose') : gone && words('gone');
  return (
    <Input.Wrapper
      label={field.label}
      description={words('about')}
      error={problem}
      labelElement="div"
      labelProps={{ id: `${id}-label` }}
      descriptionProps={{ id: `${id}-about` }}
      errorProps={{ id: `${id}-error` }}
      inputWrapperOrder={['label', 'description', 'input', 'error']}
    >
      {images.length > 0 && (
        <div
          role="radiogroup"
          aria-labelledby={`${id}-label`}
          aria-describedby={problem ? `${id}-error` : `${id}-about`}
          className={styles.images}
        >
          {images.map((image) => (
            <ImageOption
              key={image.id}
              image={image}
              group={id}
              chosen={image.id === value}
              onChoose={() => choose(image.id)}
            />
          ))}
        </div>
      )}
      {more && <p className={styles.more}>{words('first', { count: images.length })}</p>}
      <AddImage
        onAdded={(image) => {
          remember(image);
          choose(image.id);
        }}
      />
    </Input.Wrapper>
  );
}
