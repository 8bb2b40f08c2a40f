import { useTranslations } from 'use-intl';
import { useParts } from '../../app/parts.ts';
import { useFormats } from '../../format/use-formats.ts';
import type { RegionCell } from '../jobs/region-cell.ts';

/** Says of a region in what state it is, whose it is and how long it took: what the picture shows in colours. */
export function useRegionSentence(total: number): (cell: RegionCell) => string {
  const words = useTranslations('watch');
  const formats = useFormats();
  const { machines } = useParts();
  return ({ index, state, executor, takenFrom, milliseconds, attempts }) => {
    const machine = executor === null ? '' : words('byMachine', { letter: machines.look(executor).letter });
    const from = takenFrom === null ? '' : words('takenFrom', { letter: machines.look(takenFrom).letter });
    const time = milliseconds > 0 ? words('tookTime', { duration: formats.duration(milliseconds / 1000) }) : '';
    const again = attempts > 1 ? words('attempts', { attempt: formats.count(attempts) }) : '';
    return words('regionSentence', {
      number: formats.count(index + 1),
      total: formats.count(total),
      state: words(`states.${state}`),
      machine: machine + from + again,
      time,
    });
  };
}
