import * as z from 'zod';
import { connectedComponentsReportSchema } from './connected-components.ts';
import { kMeansReportSchema } from './k-means.ts';
import { statisticsReportSchema } from './statistics.ts';

/** What operations find out besides pixels, each by the name of its operation. */
export const reportSchema = z.discriminatedUnion('op', [
  statisticsReportSchema,
  kMeansReportSchema,
  connectedComponentsReportSchema,
]);
export type Report = Readonly<z.infer<typeof reportSchema>>;

/** The report of an operation; `never`: it makes none. */
export type ReportOf<Op extends string> = Extract<Report, { readonly op: Op }>;
