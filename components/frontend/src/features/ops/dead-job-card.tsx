import { Link } from '@tanstack/react-router';
import type { DeadJob } from '@tessera/contracts';
import { useId } from 'react';
import { useTranslations } from 'use-intl';
import { useFormats } from '../../format/use-formats.ts';
import { useExplanation } from '../problem/use-explanation.ts';
import { RegionThumbnail } from './region-thumbnail.tsx';
import { useNow } from './use-now.ts';
import { useStageName } from './use-stage-name.ts';
import styles from './dead-letters.module.css';

interface DeadJobCardProps {
  readonly dead: DeadJob;
  readonly selected: boolean;
  readonly onSelect: () => void;
}

/** A failed job: its picture with the part that failed, what happened, and folded, what to quote. */
export function DeadJobCard({ dead, selected, onSelect }: DeadJobCardProps) {
  const words = useTranslations('ops');
  const formats = useFormats();
  const stageName = useStageName();
  const now = new Date(useNow());
  const id = useId();
  const { job, image, picture, region, message, attempts, executor, failedAt, kind, stage, index, code } = dead;
  const { what } = useExplanation()({ code, message }, 'job');
  return (
    <li className={styles.job} aria-labelledby={id}>
      <RegionThumbnail image={image.id} name={image.name} picture={picture} region={region} />
      <div className={styles.facts}>
        <div className={styles.title}>
          <Link id={id} to="/jobs/$job" params={{ job }} className={styles.name}>
            <bdi>{image.name}</bdi>
          </Link>
          <label className={styles.check}>
            <input type="checkbox" checked={selected} onChange={onSelect} />
            <span>{words('dead.select')}</span>
          </label>
        </div>
        <p>{what}</p>
        <p className={styles.meta}>
          {[
            region === null
              ? words('dead.wholePicture')
              : words('dead.region', {
                  place: `\u2066${formats.count(region.x)}, ${formats.count(region.y)}\u2069`,
                  size: formats.size(region.width, region.height),
                }),
            words('dead.attempts', { count: attempts }),
            formats.relative(new Date(failedAt), now),
          ].join(' · ')}
        </p>
        <details>
          <summary>{words('dead.details')}</summary>
          <dl className={styles.details}>
            <dt>{words('dead.code')}</dt>
            <dd>
              <bdi dir="ltr">{code}</bdi>
            </dd>
            {what !== message && (
              <>
                <dt>{words('dead.said')}</dt>
                <dd>
                  <bdi>{message}</bdi>
                </dd>
              </>
            )}
            <dt>{words('dead.task')}</dt>
            <dd>{words('dead.taskOf', { kind: stageName(kind), stage: String(stage), index: String(index) })}</dd>
            <dt>{words('dead.executor')}</dt>
            <dd>
              <bdi>{executor ?? words('unknown')}</bdi>
            </dd>
            <dt>{words('dead.picture')}</dt>
            <dd>{formats.size(picture.width, picture.height)}</dd>
            <dt>{words('dead.job')}</dt>
            <dd>
              <bdi dir="ltr">{job}</bdi>
            </dd>
          </dl>
        </details>
      </div>
    </li>
  );
}
