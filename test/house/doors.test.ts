/** Rules about what front doors answer. */
import test from 'ava';
import * as catalogue from '#events';
import type {Representation} from '#kit';
import {allServices} from '../../services/cli/manifests/all-services.ts';

const representations = Object.values<unknown>(catalogue).filter(isRepresentation);

test('the example of each representation is one', (t) => {
  t.true(representations.length >= 8);
  for (const {name, faults, example} of representations) t.deepEqual(faults(example), [], name);
});

test('every front door says what it answers, by a representation of the catalogue', async (t) => {
  const doors = (await allServices()).flatMap(({name, routes = {}}) =>
    Object.entries(routes).map(([route, {answers}]) => ({door: `${name} ${route}`, answers})),
  );

  t.true(doors.length >= 7);
  for (const {door, answers} of doors) t.true(representations.includes(answers), door);
});

/** A contract has an example too, and is a function. */
function isRepresentation(value: unknown): value is Representation {
  return typeof value === 'object' && value !== null && 'example' in value && 'faults' in value;
}
