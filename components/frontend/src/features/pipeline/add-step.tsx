import { Button, Menu } from '@mantine/core';
import type { OperationDto } from '@tessera/contracts';
import { IconPlus } from '@tabler/icons-react';
import { Fragment } from 'react';
import styles from './pipeline.module.css';

interface AddStepProps {
  readonly operations: readonly OperationDto[];
  readonly disabled: boolean;
  readonly onAdd: (operation: OperationDto) => void;
}

/** The catalogue of operations, by category. */
export function AddStep({ operations, disabled, onAdd }: AddStepProps) {
  const categories = [...Map.groupBy(operations, ({ category }) => category)];
  return (
    <Menu width="target" position="bottom-start" shadow="md" transitionProps={{ duration: 120 }}>
      <Menu.Target>
        <Button fullWidth variant="default" disabled={disabled} leftSection={<IconPlus size={16} />}>
          Add a step
        </Button>
      </Menu.Target>
      <Menu.Dropdown className={styles.catalogue}>
        {categories.map(([category, members]) => (
          <Fragment key={category}>
            <Menu.Label className={styles.category}>{category}</Menu.Label>
            {members.map((operation) => (
              <Menu.Item key={operation.op} aria-label={operation.title} onClick={() => onAdd(operation)}>
                <span className={styles.itemTitle}>{operation.title}</span>
                <span className={styles.itemWords}>{operation.description}</span>
              </Menu.Item>
            ))}
          </Fragment>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
