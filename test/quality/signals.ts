import {existsSync, readFileSync} from 'node:fs';
import path from 'node:path';
import {ofSignals} from '../../services/classification/chosen-model.ts';
import {readModel} from '../../services/classification/model.ts';
import {type FindSignals, signalFinder} from '../../services/classification/signals/find-signals.ts';
import {withLearned} from '../../services/classification/signals/learned.ts';
import {readSignals} from '../../services/classification/signals/read-signals.ts';
import {complaints, documents, heldLetters, type LetterAtRisk} from '../training/gather.ts';
import {type Figure, share, skipped} from './figure.ts';

const phrases = new URL('../../services/classification/signals/signals.yaml', import.meta.url);
const textsOf = (letters: readonly LetterAtRisk[]) => letters.map(({text}) => text);

/** The search for signals that classification ships. */
export async function shippedFinder(): Promise<FindSignals> {
  const byPhrases = signalFinder(readSignals(readFileSync(phrases, 'utf8'), 'signals.yaml'));
  return withLearned(byPhrases, await readModel(ofSignals.shipped));
}

/** Letters of people at risk, and those of others. */
export async function signals(): Promise<Figure[]> {
  const find = await shippedFinder();
  const counted = (texts: readonly string[]) => ({
    hits: texts.filter((text) => find(text).length > 0).length,
    of: texts.length,
  });
  const near = counted(textsOf(await heldLetters('ordinary.jsonl')));
  const figures = [
    share('letters of people at risk that are found', counted(textsOf(await heldLetters('letters.jsonl'))), {
      least: 0.95,
    }),
    // Written to mislead: how many are found too many is told, and no target.
    {
      what: 'ordinary letters in the words of these that are found',
      measured: `${near.hits} of ${near.of}`,
      target: '',
      isKept: true,
    },
  ];
  const what = 'complaints that are found: those in danger of their home, mourning or ill are among them';
  if (!existsSync(path.join(documents, 'cfpb-complaints')))
    return [...figures, skipped(what, 'no complaints')];
  return [...figures, share(what, counted((await complaints()).map(({text}) => text)), {most: 0.08})];
}
