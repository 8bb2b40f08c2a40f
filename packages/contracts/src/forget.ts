import * as z from 'zod';

/** `POST /jobs/forget`: these jobs of the visitor are to be gone, with their results. */
export const forgetRequestSchema = z.strictObject({
  jobs: z.array(z.string().min(1).max(64)).min(1).max(1000),
});
export type ForgetRequest = Readonly<z.infer<typeof forgetRequestSchema>>;

/** The jobs that are gone; those of others and unknown ones are left out. */
export const forgottenSchema = z.object({ forgotten: z.array(z.string()) });
