import * as z from 'zod';

// zod compiles object schemas with `new Function` unless told not to; the page's content security policy forbids that.
// Schemas decide when they are made, so this module has to be imported before any that makes one.
z.config({ jitless: true });
