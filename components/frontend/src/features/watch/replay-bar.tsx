import '../../theme/mantine-overlays.css';
import { ActionIcon, Button, Tooltip } from '@mantine/core';
import { IconPlayerPauseFilled, IconPlayerPlayFilled } from '@tabler/icons-react';
import { useTranslations } from 'use-intl';
import { useFormats } from '../../format/use-formats.ts';
import styles from './replay-bar.module.css';
import type { Replay } from './use-replay.ts';

interface ReplayBarProps {
  readonly replay: Replay;
  /** Milliseconds from submission to the end, or until now. */
  readonly whole: number;
  /** Whether the job is under way: the end of the slider is now. */
  readonly live: boolean;
}

/** Goes back and forth in time through the making of the picture. */
export function ReplayBar({ replay, whole, live }: ReplayBarProps) {
  const words = useTranslations('watch.replay');
  const formats = useFormats();
  const { time, playing, set, toggle } = replay;
  const shown = time ?? whole;
  const at = words('at', { time: formats.duration(shown / 1000), whole: formats.duration(whole / 1000) });
  const step = Math.max(10, Math.round(whole / 200));

  return (
    <section className={styles.bar} aria-label={words('title')}>
      <Tooltip label={words(playing ? 'pause' : 'play')}>
        <ActionIcon size={36} variant="default" aria-label={words(playing ? 'pause' : 'play')} onClick={toggle}>
          {playing ? <IconPlayerPauseFilled size={18} aria-hidden /> : <IconPlayerPlayFilled size={18} aria-hidden />}
        </ActionIcon>
      </Tooltip>
      <input
        type="range"
        className={styles.slider}
        min={0}
        max={Math.max(1, Math.round(whole))}
        step={step}
        value={Math.round(shown)}
        aria-label={words('slider')}
        aria-valuetext={time === undefined && live ? words('now') : at}
        style={{ '--share': shown / Math.max(1, whole) } as React.CSSProperties}
        onChange={({ currentTarget }) => {
          const next = Number(currentTarget.value);
          set(live && next >= whole - step ? undefined : next);
        }}
        onKeyDown={(event) => {
          if (event.key !== ' ') return;
          event.preventDefault();
          toggle();
        }}
      />
      <output className={styles.time} aria-hidden>
        {time === undefined && live ? words('live') : at}
      </output>
      {live && (
        <Button size="compact-sm" variant="subtle" disabled={time === undefined} onClick={() => set(undefined)}>
          {words('now')}
        </Button>
      )}
    </section>
  );
}
