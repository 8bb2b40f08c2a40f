export type { EncodedStrip, Segment, StripFacts, StripFormat, StripPlace } from './strip/strip.ts';
