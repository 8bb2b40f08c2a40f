export { MAX_KEY_BYTES, MAX_SEGMENT_BYTES, checkKey } from './object-key.ts';
export {
  DEFAULT_CONTENT_TYPE,
  type ByteRange,
  type CallOptions,
  type ComposePart,
  type ListedObject,
  type ObjectFacts,
  type ObjectStore,
  type PresignOptions,
  type PutOptions,
} from './object-store.ts';
