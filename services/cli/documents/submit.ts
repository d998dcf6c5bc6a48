import {Failure} from '../failure.ts';
import {Unreachable} from '../server/connect.ts';
import {heldFor} from './held.ts';
import {type Outcome, refused} from './outcome.ts';
import type {Source} from './source.ts';
import {turns} from './turns.ts';
import {type Upload, upload} from './upload.ts';
import {waitForEnd} from './wait.ts';

/** Uploads on their way at one time: enough to keep DIP busy, and few enough to leave it for others. */
export const mostUploads = 4;

export interface Submission extends Omit<Upload, 'signal'> {
  /** Follow each document to its end. */
  readonly wait: boolean;
  /** Aborted when somebody asks to stop. */
  readonly interrupted: AbortSignal;
  /** Aborted when the time is up. */
  readonly timeUp: AbortSignal;
  /** Told after each step. */
  readonly progress: (counts: Readonly<Counts>) => void;
}

export interface Counts {
  taken: number;
  refused: number;
  ended: number;
}

/** What came of the sources; the last two are 0 unless it was interrupted. */
export interface Submitted {
  /** What is known, in the order of the sources. */
  readonly outcomes: readonly Outcome[];
  /** So many were on their way: DIP may have taken them, or not. */
  readonly underWay: number;
  readonly unsent: number;
}

/** A submission under way. */
interface Course extends Submission {
  readonly counts: Counts;
  readonly signal: AbortSignal;
}

/** Nothing came of a source before somebody asked to stop. */
type Interrupted = 'under way' | 'unsent';

/**
 * Sends in sources, four at a time, and follows their documents if asked to.
 *
 * @throws Unreachable when nothing answers and none was taken
 */
export async function submit(sources: readonly Source[], submission: Submission): Promise<Submitted> {
  const {wait, interrupted, timeUp} = submission;
  const givenUp = new AbortController();
  const signal = AbortSignal.any([interrupted, timeUp, givenUp.signal]);
  const course = {...submission, signal, counts: {taken: 0, refused: 0, ended: 0}};
  const uploading = turns(mostUploads);
  const following = turns(64);
  const results = sources.map(async (source) => {
    const outcome = await uploading(() => take(source, course));
    return wait && typeof outcome === 'object' ? following(() => follow(outcome, course)) : outcome;
  });
  try {
    return sorted(await Promise.all(results));
  } finally {
    givenUp.abort();
  }
}

function sorted(results: readonly (Outcome | Interrupted)[]): Submitted {
  return {
    outcomes: results.filter((result) => typeof result === 'object'),
    underWay: results.filter((result) => result === 'under way').length,
    unsent: results.filter((result) => result === 'unsent').length,
  };
}

async function take(source: Source, course: Course): Promise<Outcome | Interrupted> {
  const {counts, interrupted} = course;
  if (interrupted.aborted) return 'unsent';
  try {
    const outcome = await upload(source, course);
    if (outcome.documentId === null) counts.refused++;
    else counts.taken++;
    course.progress(counts);
    return outcome;
  } catch (error) {
    return untaken(source, error, course);
  }
}

/** @throws the error, where it is about all sources and not about this one */
function untaken({file}: Source, error: unknown, course: Course): Outcome | Interrupted {
  const {counts, interrupted, timeUp} = course;
  if (interrupted.aborted) return 'under way';
  counts.refused++;
  if (error instanceof Unreachable && counts.taken > 0) return refused(file, error.message);
  if (!timeUp.aborted) throw error;
  return refused(file, 'The time was up before DIP had taken this.');
}

async function follow(taken: Outcome, course: Course): Promise<Outcome> {
  const {file, documentId, repeat = false} = taken;
  const {server, counts, interrupted, timeUp, signal} = course;
  if (documentId === null) return taken;
  let latest = taken;
  try {
    await waitForEnd(server, documentId, signal, (document) => {
      latest = {file, ...document, repeat};
    });
  } catch (error) {
    if (interrupted.aborted) return latest;
    if (timeUp.aborted) {
      const reason = await heldFor(server, documentId);
      return {
        ...latest,
        error: `The time was up before it ended${reason === undefined ? '.' : `: ${reason}`}`,
      };
    }
    if (!(error instanceof Failure)) throw error;
    return {...latest, error: error.message};
  }
  counts.ended++;
  course.progress(counts);
  return latest;
}
