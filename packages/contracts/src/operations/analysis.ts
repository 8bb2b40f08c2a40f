import * as z from 'zod';
import { define } from './definition.ts';

export const statistics = define({
  op: 'statistics',
  title: 'Statistics',
  description:
    'Leaves the image as it is and tells of it: histogram, mean, deviation, median and percentiles of each channel, as JSON.',
  category: 'analysis',
  params: z.strictObject({}),
});
