import test from 'ava';
import fc from 'fast-check';
import {traceContextOf} from '#kit/wire';

const whole = '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01';

test('a traceparent is read as W3C Trace Context says', (t) => {
  const context = {
    traceId: '4bf92f3577b34da6a3ce929d0e0e4736',
    spanId: '00f067aa0ba902b7',
    tracestate: undefined,
  };

  t.deepEqual(traceContextOf(whole), {...context, traceFlags: 1});
  t.deepEqual(traceContextOf(whole.replace(/01$/, '00')), {...context, traceFlags: 0});
  t.deepEqual(
    traceContextOf(whole.replace(/01$/, 'fe')),
    {...context, traceFlags: 0},
    'only one bit is known',
  );
  t.deepEqual(
    traceContextOf(`cc${whole.slice(2)}-what-comes`),
    {...context, traceFlags: 1},
    'a later version',
  );
});

const none = {
  'of the version that is none': whole.replace(/^00/, 'ff'),
  'in upper case': whole.toUpperCase(),
  'with more than its version has': `${whole}-more`,
  'of no trace': `00-${'0'.repeat(32)}-00f067aa0ba902b7-01`,
  'of no span': `00-4bf92f3577b34da6a3ce929d0e0e4736-${'0'.repeat(16)}-01`,
  'cut short': whole.slice(0, -1),
  empty: '',
};
for (const [what, text] of Object.entries(none))
  test(`a traceparent ${what} is as if there were none`, (t) => {
    t.is(traceContextOf(text), undefined);
  });

test('a tracestate goes on when everybody can hand it on, and takes nothing else with it', (t) => {
  const stateOf = (tracestate: string) => traceContextOf(whole, tracestate)?.tracestate;

  t.is(stateOf('a=1,b=2'), 'a=1,b=2');
  t.is(stateOf('a=1,\tb=2 , c=3'), 'a=1,b=2,c=3');
  t.is(stateOf('x'.repeat(512)), 'x'.repeat(512));
  for (const none of ['', ' ', 'a=\u00851', 'a=é', 'a=1\tb=2', 'x'.repeat(513)])
    t.is(stateOf(none), undefined);
  t.is(traceContextOf(whole, 'a=\u00851')?.spanId, '00f067aa0ba902b7');
});

test('whatever comes as a traceparent is read or passed over', (t) => {
  fc.assert(fc.property(fc.string({maxLength: 80}), (text) => traceContextOf(text) === undefined));
  t.is(traceContextOf(undefined), undefined);
});
