import '../../theme/mantine-overlays.css';
import { ActionIcon, Menu } from '@mantine/core';
import { IconArrowDown, IconArrowUp, IconCopy, IconDots } from '@tabler/icons-react';
import { useTranslations } from 'use-intl';
import { MOST_STEPS, type DraftStep } from './draft.ts';
import type { StepActions } from './step-actions.ts';

interface StepMenuProps {
  readonly step: DraftStep;
  readonly title: string;
  readonly index: number;
  readonly total: number;
  readonly actions: StepActions;
}

/** What else can be done with a step: all that dragging does, and a copy. */
export function StepMenu({ step, title, index, total, actions }: StepMenuProps) {
  const words = useTranslations('pipeline.step');
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <ActionIcon variant="subtle" color="gray" size="md" aria-label={words('more', { title })}>
          <IconDots size={16} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item
          leftSection={<IconArrowUp size={15} />}
          disabled={index === 0}
          onClick={() => actions.place(step, index - 1)}
        >
          {words('moveUp')}
        </Menu.Item>
        <Menu.Item
          leftSection={<IconArrowDown size={15} />}
          disabled={index === total - 1}
          onClick={() => actions.place(step, index + 1)}
        >
          {words('moveDown')}
        </Menu.Item>
        <Menu.Item
          leftSection={<IconCopy size={15} />}
          disabled={total >= MOST_STEPS}
          onClick={() => actions.duplicate(step)}
        >
          {words('duplicate')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
