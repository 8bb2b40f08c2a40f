import * as z from 'zod';

const moment = z.iso.datetime({ offset: true });

/** A moment, or an interval of which one end may be open, as RFC 3339 times of the STAC API. */
export const intervalSchema = z
  .string()
  .max(100)
  .describe('A time, or two with a slash between them of which one may be `..`.')
  .transform((text, context) => {
    const parts = text.toUpperCase().split('/');
    const times = parts.map((part) => (part === '..' || part === '' ? null : moment.safeParse(part).data));
    const [from, to = from] = times;
    const isOpen = parts.length === 2 && times.every((time) => time === null);
    if (parts.length > 2 || isOpen || from === undefined || to === undefined || (parts.length === 1 && from === null)) {
      context.addIssue('must be a time, or two with a slash between them, as in RFC 3339');
      return z.NEVER;
    }
    const interval = { from: from === null ? undefined : new Date(from), to: to === null ? undefined : new Date(to) };
    if (interval.from !== undefined && interval.to !== undefined && interval.from > interval.to) {
      context.addIssue('must end after it begins');
      return z.NEVER;
    }
    return interval;
  });
