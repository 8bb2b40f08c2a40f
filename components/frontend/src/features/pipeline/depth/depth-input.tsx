import { useTranslations } from 'use-intl';
import { ChoiceInput } from '../choice-input.tsx';
import type { Draft, DraftOutput } from '../draft.ts';
import { DepthWords } from './depth-words.tsx';

interface DepthInputProps {
  readonly draft: Draft;
  readonly set: (changes: Partial<DraftOutput>) => void;
}

/** Whether images of 16 bits a channel keep them. */
export function DepthInput(props: DepthInputProps) {
  return (
    <DepthWords>
      <Choice {...props} />
    </DepthWords>
  );
}

function Choice({ draft: { depth, format }, set }: DepthInputProps) {
  const words = useTranslations('depth');
  const isHeld = format === 'png' || format === 'tiff';
  return (
    <ChoiceInput
      label={words('name')}
      hint={words(depth === 8 ? 'about8' : isHeld ? 'about16' : 'aboutEnd')}
      options={[
        { value: 'keep', label: words('keep') },
        { value: '8', label: words('reduce') },
      ]}
      value={String(depth)}
      onChange={(chosen) => set({ depth: chosen === '8' ? 8 : 'keep' })}
    />
  );
}
