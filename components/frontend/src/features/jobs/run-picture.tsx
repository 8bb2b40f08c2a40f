import { IconPhoto } from '@tabler/icons-react';
import type { JobDto } from '@tessera/contracts';
import { PictureStage } from '../result/picture-stage.tsx';
import { mayShowSource } from '../result/show-inline.ts';
import type { RegionCell } from './region-cells.ts';
import { RegionCanvas } from './region-canvas.tsx';
import { RegionLegend } from './region-legend.tsx';

interface RunPictureProps {
  readonly job: JobDto;
  /** Empty where the picture is not split. */
  readonly cells: readonly RegionCell[];
  readonly thumbnail: string | undefined;
}

/** The picture of a job without a result: the source, with its regions where it is split. */
export function RunPicture({ job, cells, thumbnail }: RunPictureProps) {
  const { width, height } = job.output;
  const source = thumbnail ?? (mayShowSource(job) ? job.image.url : undefined);
  return (
    <PictureStage
      width={width}
      height={height}
      footer={cells.length > 0 && <RegionLegend cells={cells} ended={job.state === 'failed'} />}
    >
      {source ? (
        <img src={source} alt={`Original of ${job.image.name}`} loading="lazy" decoding="async" />
      ) : (
        <IconPhoto size={40} stroke={1.2} aria-hidden />
      )}
      {cells.length > 0 && <RegionCanvas width={width} height={height} cells={cells} />}
    </PictureStage>
  );
}
