/**
 * Every error the system can tell anybody about. `status` is the HTTP status of an answer with this code; `retryable`
 * says whether the same request or task may succeed later without a change by its author; `message` is the default
 * public sentence.
 */
export interface ErrorCodeFacts {
  readonly status: number;
  readonly retryable: boolean;
  readonly message: string;
}

const code = (status: number, retryable: boolean, message: string): ErrorCodeFacts => ({ status, retryable, message });

export const ERROR_CODES = {
  // The request itself.
  BAD_REQUEST: code(400, false, 'The request is malformed.'),
  BAD_MULTIPART: code(400, false, 'The upload is not a well-formed multipart form.'),
  TOO_MANY_FILES: code(400, false, 'The upload holds more files than one request may.'),
  UNEXPECTED_FIELD: code(400, false, 'The upload holds a field that is not expected here.'),
  INVALID_PIPELINE: code(422, false, 'The pipeline can not be run as given.'),
  UNAUTHORIZED: code(401, false, 'A valid token is needed for this call.'),
  FORBIDDEN: code(403, false, 'This call is not allowed from here.'),
  NOT_FOUND: code(404, false, 'There is nothing at this address.'),
  CONFLICT: code(409, false, 'The state of this resource does not allow the call.'),
  NOT_READY: code(409, true, 'This is still being prepared. Try again in a moment.'),
  RANGE_NOT_SATISFIABLE: code(416, false, 'The requested range lies outside the file.'),
  REQUEST_TIMEOUT: code(408, true, 'The request took too long to arrive.'),
  RATE_LIMITED: code(429, true, 'Too many requests. Try again in a moment.'),
  QUOTA_EXCEEDED: code(
    429,
    true,
    'The limit of work waiting at one time is reached. Try again when some of it is done.',
  ),
  // The image.
  FILE_TOO_LARGE: code(413, false, 'The file is larger than this site accepts.'),
  UNSUPPORTED_FORMAT: code(415, false, 'This is not an image format this site reads.'),
  CORRUPT_IMAGE: code(422, false, 'The file is damaged and can not be read.'),
  TRUNCATED_IMAGE: code(422, false, 'The file stops before its image ends.'),
  TOO_MANY_PIXELS: code(422, false, 'The image has more pixels than this site accepts.'),
  INTERLACED_TOO_LARGE: code(
    422,
    false,
    'The image is interlaced or progressive and too large to be decoded that way.',
  ),
  TOO_MANY_FRAMES: code(422, false, 'The image has more frames or pages than this site accepts.'),
  TOO_MANY_SCANS: code(422, false, 'The JPEG has more scans than this site accepts.'),
  TOO_MANY_CHANNELS: code(422, false, 'The image has more channels than this site accepts.'),
  UNSUPPORTED_DEPTH: code(422, false, 'A step of the pipeline works with 8 bits a channel only, and the image has 16.'),
  OUTPUT_TOO_LARGE: code(422, false, 'The result is too large for this output format.'),
  VERIFY_TOO_LARGE: code(422, false, 'The image is too large to be verified on one machine.'),
  URL_REFUSED: code(422, false, 'This site does not fetch from that address.'),
  URL_UNREACHABLE: code(422, true, 'The address did not answer with a file.'),
  UPLOAD_GONE: code(410, false, 'This upload is no longer kept. Send the file again.'),
  // Rasters.
  UNSUPPORTED_RASTER: code(415, false, 'This is not a kind of raster this site reads.'),
  CORRUPT_RASTER: code(422, false, 'The raster is damaged and can not be read.'),
  RASTER_MISMATCH: code(422, false, 'These rasters do not lie over each other.'),
  NO_GEOREFERENCE: code(422, false, 'The raster does not say where on the earth it lies.'),
  INVALID_EXPRESSION: code(422, false, 'The expression can not be computed as given.'),
  INVALID_AREA: code(422, false, 'The two corners do not make an area.'),
  AREA_TOO_LARGE: code(422, false, 'The area is larger than this site computes.'),
  TOO_MANY_SCENES: code(422, false, 'There are more scenes than this site makes one mosaic of.'),
  NOTHING_FOUND: code(422, false, 'No scene was found for this place and time.'),
  SCENE_UNAVAILABLE: code(503, true, 'A scene can not be read from where it is kept.'),
  CATALOGUE_UNAVAILABLE: code(503, true, 'The catalogue of scenes does not answer.'),
  // The work.
  DECODE_TIMEOUT: code(422, true, 'The image took too long to decode.'),
  DECODE_OOM: code(422, true, 'The image needed too much memory to decode.'),
  DECODER_CRASHED: code(422, true, 'The decoder stopped while reading the image.'),
  SOURCE_MISSING: code(410, false, 'The source image is no longer stored.'),
  SCRATCH_FULL: code(503, true, 'A machine has no scratch space left.'),
  ATTEMPTS_EXHAUSTED: code(422, false, 'The work was tried as often as allowed and did not succeed.'),
  VERIFY_MISMATCH: code(500, false, 'The result differs from the unsplit run.'),
  CANCELLED: code(409, false, 'The job was cancelled.'),
  EXECUTOR_UNWILLING: code(503, true, 'The executor has too much to do.'),
  // The surroundings.
  STORE_UNAVAILABLE: code(503, true, 'The object store can not be reached.'),
  STORE_CORRUPT: code(503, true, 'The object store answered with wrong or short data.'),
  BROKER_UNAVAILABLE: code(503, true, 'The message broker can not be reached.'),
  BROKER_MISCONFIGURED: code(500, false, 'The message broker holds queues that do not fit this version.'),
  UNROUTABLE: code(503, true, 'The message broker has no queue for this message.'),
  DATABASE_UNAVAILABLE: code(503, true, 'The database can not be reached.'),
  DATA_FOLDER_LOCKED: code(500, false, 'Another process uses this data folder.'),
  INVALID_CONFIG: code(500, false, 'The configuration is not valid.'),
  SHUTTING_DOWN: code(503, true, 'The process is stopping.'),
  INTERNAL: code(500, true, 'Something went wrong on our side.'),
} as const satisfies Record<string, ErrorCodeFacts>;

export type ErrorCode = keyof typeof ERROR_CODES;

/** Tells whether a string is a code of the table. */
export function isErrorCode(value: unknown): value is ErrorCode {
  return typeof value === 'string' && Object.hasOwn(ERROR_CODES, value);
}
