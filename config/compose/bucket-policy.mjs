/**
 * What each kind of process may do with the bucket. Executors can not list, delete, or write what visitors uploaded;
 * neither can change the bucket itself.
 *
 * @param {string} bucket
 * @param {Record<'master' | 'executor', string>} principals access key ids, or ARNs where the server has such.
 */
export function bucketPolicy(bucket, { master, executor }) {
  const objects = (...prefixes) => prefixes.map((prefix) => `arn:aws:s3:::${bucket}/${prefix}*`);
  const allow = (principal, actions, resources) => ({
    Effect: 'Allow',
    Principal: { AWS: [principal] },
    Action: actions.map((action) => `s3:${action}`),
    Resource: resources,
  });
  return {
    Version: '2012-10-17',
    Statement: [
      allow(master, ['ListBucket', 'ListBucketMultipartUploads'], [`arn:aws:s3:::${bucket}`]),
      allow(master, ['GetObject', 'PutObject', 'DeleteObject', 'AbortMultipartUpload'], objects('')),
      allow(executor, ['GetObject'], objects('uploads/', 'work/', 'results/')),
      allow(executor, ['PutObject', 'AbortMultipartUpload'], objects('work/', 'results/', 'medians/')),
    ],
  };
}
