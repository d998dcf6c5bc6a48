import type {Kysely} from 'kysely';
import {documentResumed, type resumption, underWay} from '#events';
import {
  attribute,
  type CloudEvent,
  type DoorContext,
  type DoorRequest,
  dataAs,
  identity,
  oldestKept,
  Reject,
  type Represented,
} from '#kit';
import {withoutAdded} from './content-hash.ts';
import {statusOf} from './document.ts';
import {factsOf} from './facts.ts';
import type {Kept} from './kept.ts';
import {openEnds} from './open-ends.ts';
import type {ArchiveTables} from './tables.ts';

type Context = DoorContext<ArchiveTables, typeof documentResumed, Kept>;

/** What was resumed is let alone for so long: a backlog that is only slow must not double itself. */
const againAfterMs = 15 * 60_000;

/**
 * Resumes one document that is stuck in work, as when an engine has lost a delivery: says so, and the archive, hearing
 * that like any other event, publishes the facts again at which its way breaks off, with the same ids and bytes. So the
 * Broker sees to it that this happens, whatever becomes of the process that was asked, and services that have answered
 * before answer with what they answered.
 */
export async function resume(
  request: DoorRequest,
  {database, person, say}: Context,
): Promise<Represented<typeof resumption>> {
  const {id = ''} = request.params;
  const now = new Date();
  const facts = await factsOf(database, id);
  refuseUnlessStuck(request, id, facts, now);
  const last = await lastResumed(database, id);
  if (last !== undefined && now.getTime() - Date.parse(last) < againAfterMs)
    request.throw(
      409,
      `Document ${id} was resumed at ${last}. What is resumed has ${againAfterMs / 60_000} minutes before it can be again.`,
    );
  const open = openEnds(facts);
  const correlationId = open.map((fact) => attribute(fact, 'correlationid')).find(Boolean);
  const {event} = await say(documentResumed({documentId: id, by: person.name, facts: open.length}), {
    // Two people at once do the same thing, and that is done once.
    key: `${id} after ${last ?? 'nothing'}`,
    ...(correlationId === undefined ? {} : {correlationId}),
    change: async (transaction) => {
      const resumed = {resumed_at: now.toISOString()};
      await transaction
        .insertInto('resumptions')
        .values({document_id: id, ...resumed})
        .onConflict((conflict) => conflict.column('document_id').doUpdateSet(resumed))
        .execute();
    },
  });
  request.status = 202;
  return {...dataAs(event, documentResumed), resumedAt: attribute(event, 'time') ?? now.toISOString()};
}

function refuseUnlessStuck(request: DoorRequest, id: string, facts: readonly CloudEvent[], now: Date): void {
  const status = statusOf(facts);
  if (status === undefined) request.throw(404, `There is no document ${JSON.stringify(id.slice(0, 80))}.`);
  else if (!underWay.includes(status))
    request.throw(409, `Document ${id} is ${status}: only what is in work can be resumed.`);
  const old = openEnds(facts).find((fact) => isOld(fact, now));
  if (old === undefined) return;
  request.throw(
    409,
    `Document ${id} stands since ${attribute(old, 'time')}, and services know what they have answered for 30 days only: published again it might be answered otherwise. Send the document in anew.`,
  );
}

function isOld(fact: CloudEvent, now: Date): boolean {
  return (attribute(fact, 'time') ?? '') < oldestKept(now);
}

async function lastResumed(database: Kysely<ArchiveTables>, documentId: string): Promise<string | undefined> {
  const row = await database
    .selectFrom('resumptions')
    .select('resumed_at')
    .where('document_id', '=', documentId)
    .executeTakeFirst();
  return row?.resumed_at;
}

/**
 * Publishes again what a document's way breaks off at, where the event says that it is resumed and it is still stuck.
 * Heard twice, it is the same bytes twice, or nothing, as the document has gone on.
 */
export async function publishOpenEnds(
  event: CloudEvent,
  {
    database,
    publishAgain,
  }: {database: Kysely<ArchiveTables>; publishAgain: (fact: CloudEvent) => Promise<void>},
): Promise<void> {
  const documentId = resumedBy(event);
  if (documentId === undefined) return;
  const facts = await factsOf(database, documentId);
  const status = statusOf(facts);
  if (status === undefined || !underWay.includes(status)) return;
  const open = openEnds(facts);
  const now = new Date();
  if (open.some((fact) => isOld(fact, now))) return;
  for (const fact of open) await publishAgain(withoutAdded(fact));
}

/** The document that an event resumes; the archive takes any event, one that breaks its contract too. */
function resumedBy(event: CloudEvent): string | undefined {
  if (identity(event).type !== documentResumed.type) return undefined;
  try {
    return dataAs(event, documentResumed).documentId;
  } catch (error) {
    if (error instanceof Reject) return undefined;
    throw error;
  }
}
