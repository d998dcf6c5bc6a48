/** A service that takes events and does nothing with them; argument 1 is where its telemetry goes, or nothing. */
import {anything, service} from '#kit';
import {readConfig, start} from '#kit/wire';
import {reportAt} from './server-process.ts';

const [, , endpoint] = process.argv;
const environment = {PORT: '0', ...(endpoint === undefined ? {} : {OTEL_EXPORTER_OTLP_ENDPOINT: endpoint})};
// The SDK reads its own variables.
Object.assign(process.env, environment);
const idle = service({name: 'idle', receives: anything, once: 'pure', handle: async () => undefined});
const {url} = await start(idle, readConfig(environment), () => {});
reportAt(Number(new URL(url).port), () => ({left: 0, flushes: 0}));
