/** What the doctor says of a Revision that failed, in the shapes that Knative Serving gives it. */
import test from 'ava';
import {examine} from '../../../services/cli/doctor/checks.ts';
import {kinds, type Snapshot} from '../../../services/cli/doctor/snapshot.ts';
import type {JsonObject} from '../../../services/kit/json.ts';
import {healthy, put, withObject} from './healthy.ts';

const since = '2026-01-15T08:50:00Z';

test('a container that ended is told with its exit code and its last words', (t) => {
  const message =
    'Container failed with: (node:1) Warning: something\narchive: Expected DATABASE_URL to name a database, got nothing.\n';
  const revision = revisionOf([
    {
      type: 'Active',
      status: 'Unknown',
      severity: 'Info',
      reason: 'Queued',
      message: 'Requests are buffered.',
    },
    {type: 'ContainerHealthy', status: 'False', reason: 'ExitCode78', message},
    {type: 'Ready', status: 'False', reason: 'ExitCode78', message},
    {type: 'ResourcesAvailable', status: 'Unknown', reason: 'Deploying'},
  ]);

  const finding = readiness(withFailed([revision]));

  t.is(finding?.standing, 'wrong');
  t.is(
    finding?.sentence,
    'Knative Service archive is not ready for 10m: its Revision archive-00002 says ContainerHealthy, ExitCode78, archive: Expected DATABASE_URL to name a database, got nothing.',
  );
  t.is(finding?.next, 'kubectl -n dip describe revision archive-00002');
});

test('where the Revision only ran out of time, its pod says why', (t) => {
  const revision = revisionOf(timedOut);
  const pods = [
    podOf('archive-00001', {lastState: {terminated: {exitCode: 1, message: 'of another Revision'}}}),
    podOf('archive-00002', {
      state: {waiting: {reason: 'CrashLoopBackOff', message: 'back-off 5m0s restarting failed container'}},
      lastState: {terminated: {exitCode: 78, reason: 'Error', message: 'archive: Expected BLOBS_URL.\n'}},
    }),
  ];

  t.is(
    readiness(withFailed([revision], pods))?.sentence,
    'Knative Service archive is not ready for 10m: its Revision archive-00002 says ResourcesAvailable, ProgressDeadlineExceeded, Initial scale was never achieved, container app: ExitCode78, archive: Expected BLOBS_URL.',
  );
});

test('an image that can not be had is told from the pod that waits for it', (t) => {
  const waiting = {
    reason: 'ImagePullBackOff',
    message: 'Back-off pulling image "r.example/dip/archive:0.1.0"',
  };

  t.regex(
    readiness(withFailed([revisionOf(timedOut)], [podOf('archive-00002', {state: {waiting}})]))?.sentence ??
      '',
    /container app: ImagePullBackOff, Back-off pulling image "r\.example\/dip\/archive:0\.1\.0"\.$/,
  );
});

test('a Service whose Revision nobody may see is told by its own condition', (t) => {
  const right = {missingRight: 'list revisions.serving.knative.dev in namespace dip'};
  const snapshot = withFailed([]);
  const deployed = new Map([...snapshot.deployed, [kinds.revision, right]]);

  t.regex(
    readiness({...snapshot, deployed})?.sentence ?? '',
    /: ConfigurationsReady, RevisionFailed, Revision /,
  );
});

const timedOut = [
  {type: 'ContainerHealthy', status: 'Unknown', reason: 'Deploying'},
  {
    type: 'Ready',
    status: 'False',
    reason: 'ProgressDeadlineExceeded',
    message: 'Initial scale was never achieved',
  },
  {
    type: 'ResourcesAvailable',
    status: 'False',
    reason: 'ProgressDeadlineExceeded',
    message: 'Initial scale was never achieved',
  },
];

function revisionOf(conditions: readonly JsonObject[]): JsonObject {
  return {
    apiVersion: 'serving.knative.dev/v1',
    kind: 'Revision',
    metadata: {name: 'archive-00002', labels: {'serving.knative.dev/service': 'archive'}},
    status: {conditions: [...conditions]},
  };
}

function podOf(revision: string, status: JsonObject): JsonObject {
  const queue = {name: 'queue-proxy', state: {running: {}}};
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {name: `${revision}-deployment-1`, labels: {'serving.knative.dev/revision': revision}},
    status: {containerStatuses: [{name: 'app', ...status}, queue]},
  };
}

/** A cluster on which the newest Revision of the archive failed. */
function withFailed(revisions: readonly JsonObject[], pods: readonly JsonObject[] = []): Snapshot {
  const said = {status: 'False', reason: 'RevisionFailed', lastTransitionTime: since};
  const message = 'Revision "archive-00002" failed.';
  const conditions = [
    {type: 'ConfigurationsReady', message, ...said},
    {type: 'Ready', message, ...said},
    {type: 'RoutesReady', status: 'True'},
  ];
  const {deployed} = withObject(kinds.service, 'archive', (object) =>
    put(object, ['status'], {conditions, latestCreatedRevisionName: 'archive-00002'}),
  );
  return healthy({
    deployed: new Map([...deployed, [kinds.revision, {value: revisions}], [kinds.pod, {value: pods}]]),
  });
}

function readiness(snapshot: Snapshot) {
  return examine(snapshot).find(
    ({check, subject}) => check === 'ready' && subject === 'Knative Service archive',
  );
}
