import {type JsonObject, textAt} from '#kit/json';
import {type Difference, differences} from '../differences.ts';
import {type Check, type Finding, skippedFor} from '../finding.ts';
import {deployedOf, keyOf, kinds, missingRight, nameOf, type Snapshot} from '../snapshot.ts';

/** Differences of one object that are told; the others are counted. */
const told = 3;

/** What decides who hears what: another filter is another DIP. */
const decisive: ReadonlySet<string> = new Set([kinds.broker, kinds.trigger]);

export const drift: Check = {
  name: 'drift',
  about: 'What is deployed against what the manifests say: missing, too many, or otherwise',
  examine(snapshot) {
    if (snapshot.filesFault !== undefined) {
      const next = 'Correct the files, then `dip doctor` again.';
      return [
        {
          standing: 'wrong',
          subject: 'manifests',
          sentence: `${snapshot.filesFault.replace(/\.$/, '')}.`,
          next,
        },
      ];
    }
    // The namespace has a check of its own, and belongs to whoever made it.
    const files = snapshot.files.filter((object) => keyOf(object) !== kinds.namespace);
    const keys = [...new Set(files.map(keyOf))].filter((key) => snapshot.deployed.has(key));
    const findings = keys.flatMap((key) => {
      const right = missingRight(snapshot, key);
      return right === undefined ? ofKind(key, snapshot) : [skippedFor(right)];
    });
    const wrong = findings.filter(({standing}) => standing === 'wrong');
    if (files.length > 1 && wrong.length === files.length && wrong.every(isMissing)) {
      const sentence = `None of the ${wrong.length} objects of the manifests is on the cluster.`;
      return [{standing: 'wrong', sentence, next: apply}];
    }
    const isSame = findings.every(({standing}) => standing === 'skipped');
    const sentence = `All that is deployed is as the ${files.length} objects of the manifests say.`;
    return isSame ? [...findings, {standing: 'ok', sentence}] : findings;
  },
};

const apply = 'kubectl apply -f config/knative -f triggers';

function isMissing({sentence}: Finding): boolean {
  return sentence.endsWith(notThere);
}

const notThere = 'is in the manifests and not on the cluster.';

function ofKind(key: string, snapshot: Snapshot): Finding[] {
  const files = snapshot.files.filter((object) => keyOf(object) === key);
  const found = deployedOf(snapshot, key);
  const names = new Set(files.map(nameOf));
  const extra = found.filter(
    (object) =>
      !names.has(nameOf(object)) &&
      textAt(object, 'metadata', 'labels', partOf) === 'dip' &&
      textAt(object, 'metadata', 'labels', component) !== 'monitoring',
  );
  return [
    ...files.flatMap((file) => {
      const object = found.find((one) => nameOf(one) === nameOf(file));
      return object === undefined ? [missing(file)] : changed(file, object);
    }),
    ...extra.map((object) => tooMany(object, snapshot)),
  ];
}

const partOf = 'app.kubernetes.io/part-of';

/** What watches DIP is of files that nobody has to apply. */
const component = 'app.kubernetes.io/component';

function missing(file: JsonObject): Finding {
  const subject = titleOf(file);
  return {
    standing: 'wrong',
    subject,
    sentence: `${subject} ${notThere}`,
    next: apply,
  };
}

function tooMany(object: JsonObject, {namespace}: Snapshot): Finding {
  const subject = titleOf(object);
  const kind = textAt(object, 'kind')?.toLowerCase();
  const group = textAt(object, 'apiVersion')?.split('/').slice(0, -1).join('');
  return {
    standing: 'warn',
    subject,
    sentence: `${subject} is on the cluster as part of DIP and in none of the manifests.`,
    next: `Add it to the manifests, or: kubectl -n ${namespace} delete ${kind}${group ? `.${group}` : ''} ${nameOf(object)}`,
  };
}

function changed(file: JsonObject, object: JsonObject): Finding[] {
  const all = keyOf(file) === kinds.secret ? missingKeys(file, object) : differences(file, object);
  const found = all.filter(({path}) => !ofSinkBindings.test(path));
  if (found.length === 0) return [];
  const subject = titleOf(file);
  const more = found.length > told ? `, and ${found.length - told} more` : '';
  return [
    {
      standing: decisive.has(keyOf(file)) ? 'wrong' : 'warn',
      subject,
      sentence: `${subject} is not as the manifests say: ${found.slice(0, told).map(inWords).join(', ')}${more}.`,
      next: `Change the manifests to what you meant, or: ${apply}`,
    },
  ];
}

/** What SinkBindings write, and the chart; whether it is a Broker's address is another check's. */
const ofSinkBindings = /\.env\[(K_SINK|K_CE_OVERRIDES|K_CA_CERTS)\]/;

/** Of Secrets only the names of keys are known here. */
function missingKeys(file: JsonObject, object: JsonObject): Difference[] {
  const keys = (value: unknown) => (typeof value === 'object' && value !== null ? Object.keys(value) : []);
  const there = keys(object['data']);
  return [...keys(file['data']), ...keys(file['stringData'])]
    .filter((key) => !there.includes(key))
    .map((key) => ({path: `data.${key}`, file: 'there', cluster: undefined}));
}

function inWords(difference: Difference): string {
  const {path, file, cluster} = firstLine(difference);
  if (file === undefined) return `${path} is there (${shown(path, cluster)})`;
  if (cluster === undefined) return `${path} is missing (${shown(path, file)})`;
  return `${path} is ${shown(path, cluster)}, not ${shown(path, file)}`;
}

/** Of a text of several lines, the first that differs. */
function firstLine({path, file, cluster}: Difference): Difference {
  if (typeof file !== 'string' || typeof cluster !== 'string' || !`${file}${cluster}`.includes('\n')) {
    return {path, file, cluster};
  }
  const [ours, theirs] = [file.split('\n'), cluster.split('\n')];
  const line = ours.findIndex((text, index) => text !== theirs[index]);
  const index = line < 0 ? ours.length : line;
  return {path: `${path} line ${index + 1}`, file: ours[index] ?? '', cluster: theirs[index] ?? ''};
}

/** Where people put what nobody else should read. */
const secretive = /password|passwd|secret|token|credential|api-?_?key|access-?_?key|database_url|dsn/i;

/** A value in few words; none that may be a secret. */
function shown(path: string, value: unknown): string {
  const text = JSON.stringify(value) ?? 'nothing';
  if (
    (secretive.test(path) && !path.endsWith('.name')) ||
    /:\/\/[^/\s]*:[^/\s]*@/.test(text) ||
    secretive.test(text)
  )
    return 'another value';
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}

function titleOf(object: JsonObject): string {
  const isKnative = keyOf(object) === kinds.service;
  return `${isKnative ? 'Knative Service' : (textAt(object, 'kind') ?? '')} ${nameOf(object)}`;
}
