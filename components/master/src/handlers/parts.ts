import type { RouteId, ROUTES } from '../routes/index.ts';
import type { Handlers } from '../http/route.ts';

/** Handlers of all calls. */
export type ApiHandlers = Handlers<typeof ROUTES>;

/** Handlers of some calls; together they make all. */
export type HandlersOf<Id extends RouteId> = Pick<ApiHandlers, Id>;
