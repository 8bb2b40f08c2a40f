import '../../theme/mantine-overlays.css';
import { ActionIcon, Tooltip } from '@mantine/core';
import { IconArrowsMaximize, IconMinus, IconPlus, IconZoomScan } from '@tabler/icons-react';
import { useTranslations } from 'use-intl';
import type { OsdStage } from './osd-stage.ts';
import styles from './deep-zoom.module.css';
import { ZOOM_STEP } from './zoom-step.ts';

/** Zoom by buttons, for those who have neither wheel nor keys at hand. */
export function ZoomControls({ stage }: { readonly stage: OsdStage | undefined }) {
  const words = useTranslations('viewer');
  const controls = [
    { name: words('zoomIn'), icon: IconPlus, act: () => stage?.zoomBy(ZOOM_STEP) },
    { name: words('zoomOut'), icon: IconMinus, act: () => stage?.zoomBy(1 / ZOOM_STEP) },
    { name: words('home'), icon: IconArrowsMaximize, act: () => stage?.home() },
    { name: words('full'), icon: IconZoomScan, act: () => stage?.zoomTo(1) },
  ];
  return (
    <div className={styles.controls}>
      {controls.map(({ name, icon: Icon, act }) => (
        <Tooltip key={name} label={name} position="left">
          <ActionIcon variant="default" size="lg" aria-label={name} disabled={!stage} onClick={act}>
            <Icon size={17} stroke={1.8} aria-hidden />
          </ActionIcon>
        </Tooltip>
      ))}
    </div>
  );
}
