import '../../theme/mantine-inputs.css';
import { Button, Group, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { SavedPipelineDto } from '@tessera/contracts';
import { useState, type SyntheticEvent } from 'react';
import { useTranslations } from 'use-intl';
import { ApiError, unreachable } from '../../api/api-error.ts';
import { changePipeline, PIPELINES_KEY, savedPipeline } from '../../api/saved-pipelines.ts';
import { announce } from '../../app/announce.ts';
import { Problem } from '../problem/problem.tsx';

/** Longest name that the server takes. */
const LONGEST_NAME = 80;

interface RenameFormProps {
  readonly pipeline: SavedPipelineDto;
  readonly onEnd: () => void;
}

/** Asks for another name. */
export function RenameForm({ pipeline: { id, name: before }, onEnd }: RenameFormProps) {
  const words = useTranslations('pipelines');
  const queries = useQueryClient();
  const [name, setName] = useState(before);
  const { mutate, isPending, error } = useMutation({
    mutationFn: () => changePipeline(id, { name: name.trim() }),
    onSuccess: async (changed) => {
      queries.setQueryData(savedPipeline(id).queryKey, changed);
      announce(words('renamed', { name: changed.name }), id);
      onEnd();
      await queries.invalidateQueries({ queryKey: PIPELINES_KEY });
    },
  });
  const submit = (event: SyntheticEvent): void => {
    event.preventDefault();
    if (name.trim() !== '') mutate();
  };
  return (
    <form onSubmit={submit} onKeyDown={({ key }) => key === 'Escape' && onEnd()}>
      <TextInput
        autoFocus
        label={words('name')}
        maxLength={LONGEST_NAME}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      {error && <Problem error={error instanceof ApiError ? error : unreachable()} undertaking="submit" />}
      <Group gap={8} mt={8}>
        <Button type="submit" size="sm" loading={isPending} disabled={name.trim() === ''}>
          {words('saveName')}
        </Button>
        <Button size="sm" variant="default" onClick={onEnd}>
          {words('cancel')}
        </Button>
      </Group>
    </form>
  );
}
