/** Whether the tests of the parts run in their long form, with every outage: `npm run test:parts`. */
export const long = process.env.TESSERA_PARTS === 'long';
