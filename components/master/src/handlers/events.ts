import type { EventHub } from '../events/event-hub.ts';
import type { HandlersOf } from './parts.ts';

export function eventHandlers(hub: EventHub): HandlersOf<'watchEvents'> {
  return {
    async watchEvents({ query, request, response, visitor }) {
      const jobs = typeof query.job === 'string' ? [query.job] : query.job;
      const interest = jobs === undefined ? { visitor: visitor() } : { jobs: new Set(jobs) };
      await hub.watch({ interest, lastSeen: lastSeen(request.get('last-event-id')), response });
    },
  };
}

/** What a client says it has seen; anything but a number is as if it said nothing. */
function lastSeen(header: string | undefined): number | undefined {
  return header !== undefined && /^\d{1,15}$/.test(header) ? Number(header) : undefined;
}
