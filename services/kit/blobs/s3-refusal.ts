import {Defer} from '../errors.ts';
import type {Bucket} from './blobs-url.ts';

/**
 * What an S3 server answered instead of doing it. Put off, whatever it is: somebody can set it right, and the event is
 * not to blame.
 */
export class S3Refusal extends Defer {
  readonly status: number;
  /** The S3 error code, such as `NoSuchKey`; empty where the answer holds none. */
  readonly code: string;

  constructor(answer: {status: number; body: string}, bucket: Bucket) {
    const code = /<Code>([A-Za-z0-9.]{1,60})<\/Code>/.exec(answer.body)?.[1] ?? '';
    super(sentenceOf({...answer, code}, bucket));
    this.status = answer.status;
    this.code = code;
  }

  /** Whether the same may be done in a moment. */
  get isPassing(): boolean {
    return this.status >= 500
      ? this.status !== 501
      : passing.test(this.code) || [408, 429].includes(this.status);
  }
}

/** By code, what is 4xx and passes by itself (Amazon S3 API Reference, Error responses). */
const passing = /^(RequestTimeout|SlowDown|OperationAborted|ConditionalRequestConflict)$/;

type Advice = (bucket: Bucket) => string;

const keys: Advice = () => 'check AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and AWS_SESSION_TOKEN';
const region: Advice = (bucket) =>
  `the bucket is in another region than ${bucket.region}: set region in BLOBS_URL`;

/** What to do, by code. */
const advices: Readonly<Record<string, Advice>> = {
  NoSuchBucket: () => 'there is no such bucket: make it, or correct BLOBS_URL',
  AccessDenied: () =>
    'the key needs s3:GetObject, s3:PutObject and s3:DeleteObject on its objects and s3:ListBucket on the bucket',
  InvalidAccessKeyId: keys,
  SignatureDoesNotMatch: keys,
  InvalidToken: keys,
  ExpiredToken: keys,
  TokenRefreshRequired: keys,
  RequestTimeTooSkewed: () => "this machine's clock and the server's differ: set them right",
  RequestExpired: () => "this machine's clock and the server's differ: set them right",
  PermanentRedirect: region,
  TemporaryRedirect: region,
  AuthorizationHeaderMalformed: region,
  NotImplemented: () => 'the server lacks something that DIP needs, such as conditional writes',
};

function sentenceOf(
  {status, code, body}: {status: number; code: string; body: string},
  bucket: Bucket,
): string {
  const message = /<Message>([^<]{1,200})/.exec(body)?.[1]?.replace(/\.$/, '');
  const advice = advices[code]?.(bucket) ?? message ?? 'no reason was given';
  return `The store at ${bucket.host} answered ${status} ${code || 'without a code'} for bucket ${bucket.name}: ${advice}.`;
}
