import '@mantine/charts/styles.layer.css';
import { LineChart } from '@mantine/charts';
import { useFormats } from '../../format/use-formats.ts';
import type { Curve, Moment } from './chart-panel.tsx';

interface TimeChartProps {
  readonly curves: readonly Curve[];
  readonly moments: readonly Moment[];
  readonly format: (value: number) => string;
}

/** Milliseconds. */
const SHORT = 600_000;

const DASHES = [undefined, '6 3', '2 3'] as const;

/** Curves over time; what it shows stands in the table beside it, so it is hidden from those who can't see it. */
export function TimeChart({ curves, moments, format }: TimeChartProps) {
  const formats = useFormats();
  const data = moments.map(({ at, values }) => ({
    at,
    ...Object.fromEntries(curves.map(({ key }) => [key, values[key] ?? null])),
  }));
  const [first, last] = [moments[0]?.at ?? 0, moments.at(-1)?.at ?? 0];
  // Within a few minutes the minute says too little.
  const tick = last - first < SHORT ? formats.clock : formats.hour;
  return (
    // Time runs from left to right in every language, as the axis says.
    <div dir="ltr" aria-hidden>
      <LineChart
        h={170}
        data={data}
        dataKey="at"
        series={curves.map(({ key, title, color }, place) => ({
          name: key,
          label: title,
          color,
          ...(DASHES[place] === undefined ? {} : { strokeDasharray: DASHES[place] }),
        }))}
        curveType="linear"
        withDots={false}
        connectNulls={false}
        strokeWidth={2}
        gridColor="var(--tessera-line)"
        textColor="var(--mantine-color-dimmed)"
        tooltipAnimationDuration={0}
        valueFormatter={format}
        xAxisProps={{
          type: 'number',
          scale: 'time',
          domain: ['dataMin', 'dataMax'],
          tickFormatter: (at: number) => tick(new Date(at)),
          minTickGap: 40,
        }}
        yAxisProps={{ width: 44, allowDecimals: true, domain: [0, 'auto'], tickFormatter: format }}
        tooltipProps={{
          // Without a moment under the pointer there is no label.
          labelFormatter: (at: unknown) => (typeof at === 'number' ? formats.clock(new Date(at)) : ''),
          isAnimationActive: false,
        }}
        lineProps={{ isAnimationActive: false }}
        accessibilityLayer={false}
      />
    </div>
  );
}
