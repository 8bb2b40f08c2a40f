/** Whether the deployment tests run in their long form (`npm run test:deploy`). */
export const long = process.env.TESSERA_DEPLOY === 'long';
