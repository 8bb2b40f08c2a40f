import type { EventHub } from '../events/event-hub.ts';
import type { HandlersOf } from './parts.ts';

export function eventHandlers(hub: EventHub): HandlersOf<'watchEvents'> {
  return {
    async watchEvents({ query, request, response, visitor }) {
      const [jobs, batches] = [query.job, query.batch].map(
        (named) => new Set(typeof named === 'string' ? [named] : named),
      ) as [Set<string>, Set<string>];
      const own = query.own ?? (query.job === undefined && query.batch === undefined);
      await hub.watch({
        interest: { visitor: own ? visitor() : undefined, jobs, batches },
        lastSeen: lastSeen(request.get('last-event-id')) ?? query.after,
        response,
      });
    },
  };
}

/** What a client says it has seen; anything but a number is as if it said nothing. */
function lastSeen(header: string | undefined): number | undefined {
  return header !== undefined && /^\d{1,15}$/.test(header) ? Number(header) : undefined;
}
