import '../../theme/mantine-inputs.css';
import { Button, Group, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState, type SyntheticEvent } from 'react';
import { useTranslations } from 'use-intl';
import { ApiError, unreachable } from '../../api/api-error.ts';
import { PIPELINES_KEY, savePipeline } from '../../api/saved-pipelines.ts';
import { announce } from '../../app/announce.ts';
import { Problem } from '../problem/problem.tsx';
import { Dialog } from './dialog.tsx';
import { outputOf, pipelineOf } from './draft.ts';
import { useDraft } from './use-draft.ts';

/** Longest name that the server takes. */
const LONGEST_NAME = 80;

/** Asks for a name, and keeps the draft under it. */
export function SaveDialog({ onClose }: { readonly onClose: () => void }) {
  const words = useTranslations('pipeline.save');
  const queries = useQueryClient();
  const { draft } = useDraft();
  const [name, setName] = useState('');
  const { mutate, isPending, error } = useMutation({
    mutationFn: () => savePipeline({ name: name.trim(), pipeline: pipelineOf(draft), output: outputOf(draft) }),
    onSuccess: async (saved) => {
      announce(words('saved', { name: saved.name }), 'save');
      onClose();
      await queries.invalidateQueries({ queryKey: PIPELINES_KEY });
    },
  });

  const submit = (event: SyntheticEvent): void => {
    event.preventDefault();
    if (name.trim() !== '') mutate();
  };

  return (
    <Dialog title={words('title')} onClose={onClose}>
      <form onSubmit={submit}>
        <TextInput
          data-autofocus
          label={words('name')}
          description={words('about')}
          placeholder={words('placeholder')}
          maxLength={LONGEST_NAME}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        {error && <Problem error={error instanceof ApiError ? error : unreachable()} undertaking="submit" />}
        <Group justify="flex-end" gap={8} mt={16}>
          <Button variant="default" onClick={onClose}>
            {words('cancel')}
          </Button>
          <Button type="submit" loading={isPending} disabled={name.trim() === ''}>
            {words('save')}
          </Button>
        </Group>
      </form>
    </Dialog>
  );
}
