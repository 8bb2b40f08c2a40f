/** Whether the slow visits are wanted: `npm run test:page`. Without, a short form of them runs. */
export const long = process.env.TESSERA_PAGE === 'long';
