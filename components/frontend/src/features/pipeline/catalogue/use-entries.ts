import { PRESETS, type OperationDto, type SavedPipelineDto } from '@tessera/contracts';
import { useTranslations } from 'use-intl';
import { draftOutputOf, draftStepsOf } from '../draft.ts';
import type { HistoryChange } from '../draft-history.ts';
import { useOperationTitles } from '../operation-titles.ts';
import { useOperationWords } from '../operation-words.ts';
import type { CatalogueEntry } from './entry-grid.tsx';
import { usePresetAbout } from './use-preset-about.ts';
import { usePresetTitles } from './use-preset-titles.ts';

export type Shelf = 'operations' | 'presets' | 'saved';

interface EntriesOptions {
  readonly operations: readonly OperationDto[];
  readonly saved: readonly SavedPipelineDto[];
  readonly change: (change: HistoryChange) => void;
  /** Something was taken. */
  readonly onTaken: (title: string) => void;
}

/** What each shelf of the catalogue holds. */
export function useEntries({ operations, saved, change, onTaken }: EntriesOptions): Record<Shelf, CatalogueEntry[]> {
  const words = useTranslations('pipeline');
  const operationTitle = useOperationTitles();
  const operationWords = useOperationWords();
  const presetTitle = usePresetTitles(operations);
  const presetAbout = usePresetAbout(operations);
  const titleOf = (op: string): string => operationTitle(op, operations);
  const taking = (title: string, change_: HistoryChange) => () => {
    change(change_);
    onTaken(title);
  };
  return {
    operations: operations.map((operation) => {
      const { op } = operation;
      const title = titleOf(op);
      const { about, category, synonyms } = operationWords(op, operation);
      return {
        key: op,
        example: op,
        title,
        about,
        group: category,
        words: [op, about, category, synonyms].join(' '),
        choose: taking(title, { type: 'add', operation }),
      };
    }),
    presets: [...PRESETS]
      .sort((a, b) => a.group.localeCompare(b.group))
      .map((preset) => {
        const title = presetTitle(preset);
        const about = presetAbout(preset);
        const steps = preset.pipeline.map(({ op }) => titleOf(op)).join(' → ');
        return {
          key: preset.id,
          example: preset.id,
          title,
          about: preset.group === 'combination' ? `${about} ${steps}` : about,
          group: words(`presetGroups.${preset.group}`),
          words: `${preset.id} ${about} ${steps}`,
          choose: taking(title, { type: 'load', steps: draftStepsOf(preset.pipeline) }),
        };
      }),
    saved: saved.map(({ id, name, pipeline, output }) => {
      const steps = pipeline.map(({ op }) => titleOf(op)).join(' → ');
      return {
        key: id,
        example: pipeline.at(-1)?.op ?? '',
        title: name,
        about: steps || words('noStep'),
        group: words('catalogue.saved'),
        words: steps,
        choose: taking(name, { type: 'load', steps: draftStepsOf(pipeline), output: draftOutputOf(output) }),
      };
    }),
  };
}
