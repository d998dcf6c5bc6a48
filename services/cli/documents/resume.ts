import {resumption} from '#events';
import type {Static} from '#kit';
import {exit} from '../failure.ts';
import {cell, oneLine} from '../output/cell.ts';
import type {View} from '../output/print.ts';
import {isSuccess, objectOf, refusal, shownBy} from '../server/answer.ts';
import type {Server} from '../server/connect.ts';
import {pause} from '../server/retry.ts';
import {documentPath} from './wait.ts';

/** What came of one document. */
export type Resumed =
  | ({readonly outcome: 'resumed'} & Static<typeof resumption.schema>)
  | {readonly outcome: 'refused' | 'unknown'; readonly documentId: string; readonly error: string};

export interface Resuming {
  /** At most so many; who was refused does not count. */
  readonly limit: number;
  /** At most so many a second. */
  readonly rate: number;
  readonly signal: AbortSignal;
}

/** Documents that were asked to go on, each with what came of it. */
export const resumedView: View<Resumed> = {
  name: ({documentId}) => documentId,
  columns: [
    {title: 'DOCUMENT', value: (resumed) => cell(resumed.documentId), cut: 'nothing'},
    {title: 'OUTCOME', value: (resumed) => cell(resumed.outcome)},
    {title: 'FACTS', value: (resumed) => cell('facts' in resumed ? resumed.facts : null)},
    {title: 'NOTE', value: (resumed) => oneLine('error' in resumed ? resumed.error : '-'), whole: () => true},
  ],
};

/** Resumes documents one after the other. @returns what came of each, and how many the limit has left */
export async function resumeAll(
  server: Server,
  ids: readonly string[],
  {limit, rate, signal}: Resuming,
): Promise<{resumed: Resumed[]; left: number}> {
  const resumed: Resumed[] = [];
  let taken = 0;
  for (const documentId of ids) {
    if (taken === limit) break;
    if (resumed.length > 0) await pause(1000 / rate, signal);
    const result = await resumeOne(server, documentId);
    if (result.outcome === 'resumed') taken++;
    resumed.push(result);
  }
  return {resumed, left: ids.length - resumed.length};
}

async function resumeOne(server: Server, documentId: string): Promise<Resumed> {
  const answer = await server.request(`${documentPath(documentId)}/resume`, {method: 'POST'});
  if (isSuccess(answer)) return {outcome: 'resumed', ...shownBy(answer, resumption)};
  if (answer.status === 404) return {documentId, outcome: 'unknown', error: refusal(answer)};
  // Who may not do this, or finds nobody there, hears it once and not for each document.
  if (answer.status !== 409) objectOf(answer);
  return {documentId, outcome: 'refused', error: refusal(answer)};
}

/** What has come of all of them, as an exit code. */
export function exitCodeOfResumed(resumed: readonly Resumed[]): number {
  const outcomes = resumed.map(({outcome}) => outcome);
  if (outcomes.every((outcome) => outcome === 'resumed')) return exit.ok;
  if (outcomes.includes('resumed')) return exit.partial;
  return outcomes.every((outcome) => outcome === 'unknown') ? exit.notFound : exit.error;
}
