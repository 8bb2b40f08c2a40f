import { Button } from '@mantine/core';
import { IconTable } from '@tabler/icons-react';
import { getRouteApi } from '@tanstack/react-router';
import type { JobDto } from '@tessera/contracts';
import { useMemo, useState } from 'react';
import { useTranslations } from 'use-intl';
import { thumbnailUrl } from '../../api/zoom.ts';
import { useParts } from '../../app/parts.ts';
import type { ColourBy, JobSearch } from '../../app/job-search.ts';
import { RegionBook } from '../jobs/region-book.ts';
import { countStates } from '../jobs/region-cell.ts';
import { Deliveries } from '../deliveries/deliveries.tsx';
import { mayShowSource } from '../result/show-inline.ts';
import { ColourSwitch } from './colour-switch.tsx';
import { MachineList } from './machine-list.tsx';
import { RegionBoard } from './region-board.tsx';
import { RegionLegend } from './region-legend.tsx';
import { RegionTable } from './region-table.tsx';
import { ReplayBar } from './replay-bar.tsx';
import { StageList } from './stage-list.tsx';
import { TakenLegend } from './taken-legend.tsx';
import { useTakenOver } from './use-taken-over.ts';
import { useRegionPreview } from './use-region-preview.ts';
import { useReplay } from './use-replay.ts';
import { useShownTasks } from './use-shown-tasks.ts';
import { useWhole } from './use-whole.ts';
import { WatchHead } from './watch-head.tsx';
import styles from './watch.module.css';

const route = getRouteApi('/jobs/$job');

/** A job while it is made, and afterwards how it was: the picture with its regions, who works, and the time. */
export function WatchView({ job }: { readonly job: JobDto }) {
  const words = useTranslations('watch');
  const { thumbnails } = useParts();
  const { by = 'state', table = false } = route.useSearch();
  const navigate = route.useNavigate();
  const [chosen, setChosen] = useState<number>();
  const open = job.state === 'queued' || job.state === 'running';
  const whole = useWhole(job);
  const replay = useReplay(whole);
  const { tasks } = useShownTasks(job, replay.time);
  const { taken, regions } = useTakenOver(job, tasks, replay.time);
  const [book] = useState(() => new RegionBook());
  const { stages } = job;
  const cells = useMemo(() => book.cells({ stages }, tasks, regions), [book, stages, tasks, regions]);
  const [before, after] = useMemo(() => picturesOf(job, thumbnails.find(job.image.id)), [job, thumbnails]);

  const preview = useRegionPreview(job, cells);

  const change = (search: Pick<JobSearch, 'by' | 'table'>): void => {
    void navigate({ search: (others) => ({ ...others, ...search }), replace: true, resetScroll: false });
  };

  return (
    <div className={styles.watch}>
      <WatchHead job={job} retrying={countStates(cells).retrying} />
      <div className={styles.main}>
        <RegionBoard
          job={job}
          cells={cells}
          by={by}
          before={before}
          after={after}
          preview={preview}
          chosen={chosen}
          onChoose={setChosen}
        />
        <ReplayBar replay={replay} whole={whole} live={open} />
        <div className={styles.bar}>
          <div className={styles.legends}>
            <RegionLegend cells={cells} by={by} ended={job.state === 'failed' && replay.time === undefined} />
            <TakenLegend taken={taken} />
          </div>
          <ColourSwitch by={by} onBy={(next) => change({ by: byOf(next) })} />
        </div>
        <div>
          <Button
            variant="default"
            size="compact-sm"
            leftSection={<IconTable size={16} aria-hidden />}
            aria-expanded={table}
            onClick={() => change({ table: table ? undefined : true })}
          >
            {words(table ? 'table.hide' : 'table.show')}
          </Button>
        </div>
        {table && <RegionTable name={job.image.name} cells={cells} chosen={chosen} onChoose={setChosen} />}
      </div>
      <aside className={styles.side} aria-label={words('details')}>
        <StageList job={job} />
        <MachineList tasks={tasks} taken={taken} />
        {!open && <Deliveries job={job} />}
      </aside>
    </div>
  );
}

const byOf = (by: ColourBy): JobSearch['by'] => (by === 'state' ? undefined : by);

/** Addresses of the picture before and after, the best first. */
function picturesOf(job: JobDto, thumbnail: string | undefined): readonly [readonly string[], readonly string[]] {
  const { id, image, result, product, moved } = job;
  const after = result && product?.viewable !== false ? [thumbnailUrl({ kind: 'job', id }, 1024)] : [];
  // Of many rasters there is no one picture before; where pixels are moved, regions lie on a blank sheet of the result.
  if (product || moved) return [[], after];
  const before = [
    thumbnailUrl({ kind: 'image', id: image.id }, 1024),
    ...(thumbnail === undefined ? [] : [thumbnail]),
    ...(mayShowSource(job) ? [image.url] : []),
  ];
  return [before, after];
}
