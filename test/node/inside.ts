/** Runs within the node's network: sends documents in by the console, and does the harm that was ordered meanwhile. */
import {readFile, writeFile} from 'node:fs/promises';
import {setTimeout as wait} from 'node:timers/promises';
import {runProgram} from '../cluster/run-program.ts';
import {untilEnded} from '../cluster/until-ended.ts';
import {readArchive} from '../flow/archive.ts';
import {claimsOf} from '../flow/claims.ts';
import {letters} from '../flow/letters.ts';
import {type Receipt, type Sending, send} from '../flow/post-office.ts';
import type {Verdict} from '../flow/verdict.ts';
import {harming} from './harming.ts';
import {harms} from './harms.ts';
import {answerToStranger, askForTokens} from './sender-identity.ts';

/** What is to be done, as a file says it. */
export interface Orders {
  readonly documents: number;
  readonly seed: number;
  /** The manifests that are upgraded to. */
  readonly manifests: string;
  /** The same where services take events with a token alone. */
  readonly withTokens: string;
  /** How `dip` is started. */
  readonly dip: readonly string[];
  readonly context: string;
  /** Where the verdict goes. */
  readonly verdict: string;
}

const [, , file] = process.argv;
if (file !== undefined) {
  const orders: Orders = JSON.parse(await readFile(file, 'utf8'));
  await writeFile(orders.verdict, JSON.stringify(await carryOut(orders)));
}

async function carryOut(orders: Orders): Promise<Verdict> {
  const {documents, seed} = orders;
  const url = (await kubectl('-n', 'dip', 'get', 'ksvc', 'console', '-o', 'jsonpath={.status.url}')).trim();
  const headers = {authorization: `Bearer ${await newToken(orders)}`};
  await untilKnown(url, headers);
  const say = clock();
  const sending: Sending = {url: async () => url, headers, writers: 4};
  const plan = harms({...orders, kubectl});
  const harm = harming(plan, documents, say);
  const harmed = await send(await letters(documents, seed), {
    ...sending,
    onLetter: (begun) => harm.after(begun),
  });
  say('every document was handed in');
  const missed = await harm.done();
  await untilEnded({url, headers}, idsOf(harmed));
  say('every document ended');
  const keepers = await askForTokens(orders, kubectl);
  const stranger = await answerToStranger();
  say('services take events with a token alone');
  const withTokens = await send(await letters(Math.ceil(documents / 5), seed + 1), sending);
  await untilEnded({url, headers}, idsOf(withTokens));
  const seconds = say('every document with tokens ended');
  const receipts = [...harmed, ...withTokens];
  const archive = await readArchive(url, headers);
  return {
    claims: [
      ...claimsOf(receipts, archive),
      {claim: 'what was to be done to it was done', faults: missed},
      {
        claim: 'an event without a token is put off',
        faults: stranger === 503 ? [] : [`It was answered ${stranger}.`],
      },
    ],
    figures: {
      'documents sent': receipts.length,
      'of them with tokens': withTokens.length,
      'documents accepted': receipts.filter(({documentIds}) => documentIds.length > 0).length,
      'sent once more, as the answer was lost or not 202': receipts.reduce(
        (sum, {attempts}) => sum + attempts - 1,
        0,
      ),
      'documents kept, attachments too': archive.documents.length,
      facts: archive.facts.length,
      harms: plan.length,
      'channels that kept a Subscription that was gone': keepers,
      seconds,
    },
  };
}

/** Says sentences with the seconds since it was made, which it returns. */
function clock(): (sentence: string) => number {
  const begin = performance.now();
  return (sentence) => {
    const seconds = (performance.now() - begin) / 1000;
    process.stdout.write(`          ${seconds.toFixed(1).padStart(7)} s  ${sentence}\n`);
    return Math.round(seconds);
  };
}

function idsOf(receipts: readonly Receipt[]): string[] {
  return receipts.flatMap(({documentIds}) => documentIds);
}

async function newToken({dip: [program = '', ...words], context, seed}: Orders): Promise<string> {
  const name = `trial-${seed}-${Date.now()}`;
  const terms = ['--role', 'operate', '--rate', '100000', '--context', context, '-o', 'name'];
  const {code, stdout, stderr} = await runProgram(program, [...words, 'token', 'create', name, ...terms]);
  if (code !== 0) throw new Error(`dip token create ended with ${code}: ${stderr}`);
  return stdout.trim();
}

/** The kubelet takes its time to bring a new token to the console. */
async function untilKnown(url: string, headers: Record<string, string>): Promise<void> {
  for (let tries = 0; tries < 150; tries++) {
    const answer = await fetch(`${url}/api/archive/documents?limit=1`, {headers}).catch(() => undefined);
    if (answer?.ok === true) return;
    await wait(1_000);
  }
  throw new Error(`The console at ${url} does not know the token after 150 s.`);
}

async function kubectl(...words: string[]): Promise<string> {
  const {code, stdout, stderr} = await runProgram('kubectl', words);
  if (code !== 0) throw new Error(`kubectl ${words.join(' ')} ended with ${code}: ${stderr}`);
  return stdout;
}
