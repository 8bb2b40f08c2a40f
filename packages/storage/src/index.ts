export type {
  ByteRange,
  CallOptions,
  ComposePart,
  ObjectFacts,
  ObjectStore,
  PresignOptions,
  PutOptions,
} from './object-store.ts';
