import { ActionIcon } from '@mantine/core';
import { IconPlayerPause, IconPlayerPlay } from '@tabler/icons-react';
import { useTranslations } from 'use-intl';
import { Bar } from '../../app/bar.tsx';
import { useFormats } from '../../format/use-formats.ts';
import { useRemaining } from '../../format/use-remaining.ts';
import { joinFacts } from './join-facts.ts';
import type { TraySums } from './tray-sums.ts';
import styles from './tray.module.css';
import type { UploadTray } from './upload-tray.ts';
import { useTimeLeft } from './use-time-left.ts';

interface TrayTotalsProps {
  readonly tray: UploadTray;
  readonly sums: TraySums;
  readonly bar: boolean;
}

/** `487 of 500 · 12.4 of 30 GB · about 6 min left`, one bar, and one button that stops or goes on with all. */
export function TrayTotals({ tray, sums, bar }: TrayTotalsProps) {
  const words = useTranslations('upload');
  const formats = useFormats();
  const remaining = useRemaining();
  const left = useTimeLeft(tray);
  const { files, ready, bytes, sent, underWay, paused, attention } = sums;
  if (files === 0) return null;
  const running = underWay > 0;
  const complete = ready === files;
  const parts = complete
    ? [words('ready', { count: files }), formats.bytes(bytes)]
    : [
        words('done', { ready: formats.count(ready), files: formats.count(files) }),
        words('sent', { sent: formats.bytes(sent), bytes: formats.bytes(bytes) }),
        ...(attention > 0 ? [words('attention', { count: attention })] : []),
        ...(running && left !== undefined ? [remaining(left)] : []),
        ...(!running && paused > 0 ? [words('paused')] : []),
      ];
  return (
    <div className={styles.totals}>
      <div className={styles.totalsLine}>
        <p className={styles.sum}>{joinFacts(parts)}</p>
        {(running || paused > 0) && (
          <ActionIcon
            variant="subtle"
            color="gray"
            size={28}
            aria-label={words(running ? 'pauseAll' : 'resumeAll')}
            onClick={() => (running ? tray.pause() : tray.resume())}
          >
            {running ? <IconPlayerPause size={17} /> : <IconPlayerPlay size={17} />}
          </ActionIcon>
        )}
      </div>
      {!complete && bar && (
        <Bar
          label={words('allUploads')}
          share={bytes > 0 ? sent / bytes : 0}
          state={running ? 'running' : 'waiting'}
          text={parts.join(', ')}
        />
      )}
    </div>
  );
}
