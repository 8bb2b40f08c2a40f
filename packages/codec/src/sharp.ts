import sharp from 'sharp';

// Each decode child and each worker thread does one thing at a time: more threads below it would only compete.
sharp.concurrency(1);
sharp.cache(false);

export { sharp };
