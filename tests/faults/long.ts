/** Whether the campaign runs in its long form: `npm run test:faults`. */
export const long = process.env.TESSERA_FAULTS === 'long';
