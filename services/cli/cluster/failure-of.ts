import {ClusterError, NoSuchContext} from '#cluster';
import {exit, Failure} from '../failure.ts';
import {nearest} from '../nearest.ts';
import {oneLine} from '../output/cell.ts';

/** What became of asking a cluster, as the failure of a command; what else was thrown, as it is. */
export function failureOf(error: unknown): unknown {
  if (!(error instanceof ClusterError)) return error;
  const exitCode = error instanceof NoSuchContext ? exit.usage : exit.error;
  return new Failure(oneLine(error.message) + whatWasMeant(error), exitCode, {cause: error});
}

function whatWasMeant(error: ClusterError): string {
  if (!(error instanceof NoSuchContext) || error.asked === undefined) return '';
  const meant = nearest(error.asked, error.known);
  return meant === undefined ? '' : ` Did you mean \`${meant}\`?`;
}
