/**
 * The account file of versitygw (`--iam-dir`). Accounts of the role `user` may do what a bucket's policy says; see
 * bucket-policy.mjs.
 *
 * @param {Record<'master' | 'executor', { id: string, secret: string }>} keys
 */
export function storeUsers({ master, executor }) {
  const accounts = [master, executor].map(({ id, secret }) => [
    id,
    { access: id, secret, role: 'user', userID: 0, groupID: 0, projectID: 0 },
  ]);
  return `${JSON.stringify({ accessAccounts: Object.fromEntries(accounts) })}\n`;
}
