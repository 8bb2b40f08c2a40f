import * as z from 'zod';
import { depthSchema } from '../depth.ts';

const level = z.int().min(0).max(65_535);
const count = z.int().min(0);

/** How the levels of one channel are distributed. */
export const channelStatisticsSchema = z.object({
  channel: z.enum(['gray', 'red', 'green', 'blue', 'alpha']),
  histogram: z
    .array(count)
    .length(256)
    .describe('Pixels of each level, from 0 to 255; of 16 bits those of 256 neighbouring levels each.'),
  min: level,
  max: level,
  mean: z.number().min(0).max(65_535),
  deviation: z.number().min(0).max(32_767.5).describe('Standard deviation, of all pixels.'),
  median: level.describe('The least level that at least half of all pixels do not exceed.'),
  percentiles: z
    .array(z.object({ percent: z.number(), level }))
    .describe('The least level that at least so many percent of all pixels do not exceed.'),
});
export type ChannelStatistics = Readonly<z.infer<typeof channelStatisticsSchema>>;

/** What `statistics` found out. */
export const statisticsReportSchema = z.object({
  op: z.literal('statistics'),
  depth: depthSchema.optional().describe('Bits of the levels: 0–255, or 0–65535. Absent: 8.'),
  width: z.int().min(1),
  height: z.int().min(1),
  pixels: z.int().min(1),
  channels: z.array(channelStatisticsSchema).describe('Of the colours: gray, or red, green and blue.'),
  alpha: channelStatisticsSchema.optional().describe('Of alpha, where there is one.'),
});
export type StatisticsReport = Readonly<z.infer<typeof statisticsReportSchema>>;
