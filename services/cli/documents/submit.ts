import {Failure} from '../failure.ts';
import {Unreachable} from '../server/connect.ts';
import {heldFor} from './held.ts';
import {type Outcome, refused} from './outcome.ts';
import {turns} from './turns.ts';
import {type Upload, upload} from './upload.ts';
import {waitForEnd} from './wait.ts';

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

interface Counts {
  taken: number;
  ended: number;
}

/** A submission under way. */
interface Course extends Submission {
  readonly counts: Counts;
  readonly signal: AbortSignal;
}

/**
 * Sends in files, four at a time, and follows their documents if asked to.
 *
 * @returns what became of each file, in their order
 * @throws Unreachable when nothing answers and no file was taken
 * @throws Failure when it was interrupted
 */
export async function submit(files: readonly string[], submission: Submission): Promise<Outcome[]> {
  const {wait, interrupted, timeUp} = submission;
  const givenUp = new AbortController();
  const signal = AbortSignal.any([interrupted, timeUp, givenUp.signal]);
  const course = {...submission, signal, counts: {taken: 0, ended: 0}};
  const uploading = turns(4);
  const following = turns(64);
  const results = files.map(async (file) => {
    const outcome = await uploading(() => take(file, course));
    return wait ? following(() => follow(outcome, course)) : outcome;
  });
  try {
    return await Promise.all(results);
  } finally {
    givenUp.abort();
  }
}

async function take(file: string, course: Course): Promise<Outcome> {
  const {counts, interrupted, timeUp} = course;
  try {
    const outcome = await upload(file, course);
    if (outcome.documentId !== null) counts.taken++;
    course.progress(counts);
    return outcome;
  } catch (error) {
    if (error instanceof Unreachable && counts.taken > 0) return refused(file, error.message);
    if (!timeUp.aborted || interrupted.aborted) throw error;
    return refused(file, 'The time was up before DIP had taken this.');
  }
}

async function follow(taken: Outcome, course: Course): Promise<Outcome> {
  const {file, documentId} = taken;
  const {server, counts, interrupted, timeUp, signal} = course;
  if (documentId === null) return taken;
  let latest: Outcome = {file, documentId, status: taken.status};
  try {
    await waitForEnd(server, documentId, signal, (document) => {
      latest = {file, ...document};
    });
  } catch (error) {
    if (timeUp.aborted && !interrupted.aborted) {
      const reason = await heldFor(server, documentId);
      return {
        ...latest,
        error: `The time was up before it ended${reason === undefined ? '.' : `: ${reason}`}`,
      };
    }
    if (!(error instanceof Failure) || interrupted.aborted) throw error;
    return {...latest, error: error.message};
  }
  counts.ended++;
  course.progress(counts);
  return latest;
}
