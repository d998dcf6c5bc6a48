import {s3Blobs} from '../../services/kit/blobs/s3.ts';
import {Postgres} from '../state/postgres.ts';
import {S3, s3Keys} from '../state/s3.ts';
import {answering, type KeptState, replyOf} from './kept-state.ts';
import type {Trial} from './verdict.ts';

/** A PostgreSQL and an S3 server that the services of a trial keep their state on. */
export interface Servers {
  readonly postgres: Postgres;
  readonly s3: S3;
  /** What services need in their environment to find them. */
  readonly environment: Readonly<Record<string, string>>;
  /** What is kept there. */
  readonly state: KeptState;
}

/** Starts both, empty; they end with the trial. @throws Error when there are none for this machine. */
export async function startServers({atEnd}: Trial): Promise<Servers> {
  const postgres = await Postgres.start();
  atEnd(() => postgres.remove());
  const s3 = await S3.start();
  atEnd(() => s3.remove());
  const databaseUrl = await postgres.newDatabase();
  const bucket = await s3.newBucket();
  return {
    postgres,
    s3,
    environment: {
      DATABASE_URL: databaseUrl,
      BLOBS_URL: s3.url(bucket),
      AWS_ACCESS_KEY_ID: s3Keys.accessKeyId,
      AWS_SECRET_ACCESS_KEY: s3Keys.secretAccessKey,
    },
    state: keptOnServers({postgres, s3}, databaseUrl, bucket),
  };
}

function keptOnServers(
  {postgres, s3}: {postgres: Postgres; s3: S3},
  databaseUrl: string,
  bucket: string,
): KeptState {
  const blobs = s3Blobs(s3.url(bucket), s3Keys);
  return {
    async replies() {
      const rows = await Promise.all(
        answering.map((service) =>
          postgres.query(`select reply from "${service}".replies where reply is not null`, databaseUrl),
        ),
      );
      return rows.flat().flatMap(({reply}) => (reply instanceof Uint8Array ? [replyOf(reply)] : []));
    },
    blobs: () => s3.names(bucket, 'documents/'),
    read: (ref) => blobs.read(ref),
    // A server that starts again after a crash has looked itself.
    harmed: async () => [],
  };
}
