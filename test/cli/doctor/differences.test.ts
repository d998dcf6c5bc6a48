import test from 'ava';
import {differences} from '../../../services/cli/doctor/differences.ts';

const rows: [string, object, object, string[]][] = [
  ['the same', {spec: {a: 1, b: ['x']}}, {spec: {a: 1, b: ['x']}}, []],
  [
    'what webhooks fill in',
    {spec: {ref: {name: 'x'}}},
    {spec: {ref: {name: 'x', namespace: 'dip'}, more: {}}},
    [],
  ],
  ['what Kubernetes leaves out', {spec: {a: {}, b: [], c: '', d: false, e: {f: []}}}, {spec: {}}, []],
  ['another value', {spec: {a: 1}}, {spec: {a: 2}}, ['spec.a']],
  ['a value that is gone', {spec: {a: 1}}, {}, ['spec']],
  ['an item too many', {spec: {a: ['x']}}, {spec: {a: ['x', 'y']}}, ['spec.a[1]']],
  ['an item too few', {spec: {a: ['x', 'y']}}, {spec: {a: ['x']}}, ['spec.a[1]']],
  [
    'named items in another order',
    {
      spec: {
        env: [
          {name: 'A', value: '1'},
          {name: 'B', value: '2'},
        ],
      },
    },
    {
      spec: {
        env: [
          {name: 'B', value: '2'},
          {name: 'A', value: '3'},
          {name: 'C', value: '4'},
        ],
      },
    },
    ['spec.env[A].value', 'spec.env[C]'],
  ],
  ['a number as text', {spec: {port: 80}}, {spec: {port: '80'}}, []],
  [
    'an amount in another unit',
    {spec: {limits: {cpu: '1', memory: '1Gi'}}},
    {spec: {limits: {cpu: '1000m', memory: '1024Mi'}}},
    [],
  ],
  ['another amount', {spec: {limits: {cpu: '1'}}}, {spec: {limits: {cpu: '900m'}}}, ['spec.limits.cpu']],
  ['text that only looks like an amount', {spec: {tag: '1'}}, {spec: {tag: '1000m'}}, ['spec.tag']],
  [
    'an image in a registry',
    {spec: {x: {image: 'dip/archive'}}},
    {spec: {x: {image: 'ghcr.io/o/dip/archive:1.0@sha256:ab'}}},
    [],
  ],
  [
    'the image of something else',
    {spec: {x: {image: 'dip/archive'}}},
    {spec: {x: {image: 'r.io/my-archiver:1'}}},
    ['spec.x.image'],
  ],
  [
    'labels and annotations, and no other metadata',
    {metadata: {name: 'a', labels: {x: '1'}, annotations: {'a.dev/b': '1'}}},
    {metadata: {name: 'b', uid: 'u', labels: {x: '2', y: '3'}, annotations: {'a.dev/b': '2', k: 'v'}}},
    ['metadata.labels.x', 'metadata.annotations[a.dev/b]'],
  ],
  ['a status', {spec: {}, status: {a: 1}}, {spec: {}, status: {a: 2}}, []],
];

for (const [what, file, cluster, paths] of rows) {
  test(`${what}: ${paths.length === 0 ? 'no difference' : paths.join(' and ')}`, (t) => {
    t.deepEqual(
      differences({...file}, {...cluster}).map(({path}) => path),
      paths,
    );
  });
}
