import '../../theme/mantine-overlays.css';
import { ActionIcon, Tooltip } from '@mantine/core';
import { IconMaximize, IconZoomIn, IconZoomOut } from '@tabler/icons-react';
import { useTranslations } from 'use-intl';
import styles from './region-board.module.css';

interface ZoomButtonsProps {
  readonly isWhole: boolean;
  /** 0: the whole picture. */
  readonly onZoom: (factor: number) => void;
}

/** Enlarges the picture of the regions by click. */
export function ZoomButtons({ isWhole, onZoom }: ZoomButtonsProps) {
  const words = useTranslations('watch');
  const buttons = [
    { label: words('zoomIn'), factor: 2, icon: IconZoomIn, disabled: false },
    { label: words('zoomOut'), factor: 0.5, icon: IconZoomOut, disabled: isWhole },
    { label: words('zoomAll'), factor: 0, icon: IconMaximize, disabled: isWhole },
  ];
  return (
    <div className={styles.zoom}>
      {buttons.map(({ label, factor, icon: Icon, disabled }) => (
        <Tooltip key={label} label={label}>
          <ActionIcon
            variant="subtle"
            color="gray"
            size={32}
            aria-label={label}
            // The focus stays on a button that has nothing more to do.
            aria-disabled={disabled}
            {...(disabled && { 'data-disabled': true })}
            onClick={() => {
              if (!disabled) onZoom(factor);
            }}
          >
            <Icon size={18} aria-hidden />
          </ActionIcon>
        </Tooltip>
      ))}
    </div>
  );
}
