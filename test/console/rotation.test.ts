/** Keys that are rotated while people are at work. */
import {rmSync, writeFileSync} from 'node:fs';
import http from 'node:http';
import path from 'node:path';
import test from 'ava';
import {newKeyPair} from '#kit/wire';
import archive from '../../services/archive/service.ts';
import {entriesOf, type Halves, rotated} from '../../services/cli/identity/halves.ts';
import console from '../../services/console/service.ts';
import {folder, operator, send, serving, signedBy} from '../kit/serving.ts';
import {putToken, upstream} from './desk.ts';

const hoursAgo = (hours: number) => new Date(Date.now() - hours * 3_600_000);
/** How long console and services trust what they have read, and some more. */
const rereadMs = 2_300;

test('no request is refused while keys are rotated, at the service before the console', async (t) => {
  const [old, current] = [newKeyPair(hoursAgo(2)), newKeyPair(hoursAgo(1))];
  let halves: Halves = {
    privatePem: old.privatePem + current.privatePem,
    publicPem: old.publicPem + current.publicPem,
  };
  const behind = await serving(t, archive);
  const tokens = folder(t);
  const authorization = `Bearer ${putToken(tokens, 'ola', {role: 'operate'})}`;
  // As an ingress does, it finds a service by its name and passes on the path alone.
  const servicesUrl = await upstream(t, ({url = '', method, headers}, response) => {
    const passed = http.request(behind.url + url.replace(/^\/archive/, ''), {method, headers}, (answer) => {
      response.writeHead(answer.statusCode ?? 0, answer.headers);
      answer.pipe(response);
    });
    passed.end();
  });
  const desk = await serving(t, console, {servicesUrl, tokensDirectory: tokens});
  const put = ({config}: typeof desk) => {
    for (const [name, text] of Object.entries(entriesOf(halves)))
      writeFileSync(path.join(config.identityDirectory, name), text);
  };
  const statuses: number[] = [];
  const ask = async () => {
    const answer = await fetch(`${desk.url}/api/archive/facts`, {headers: {authorization}});
    await answer.arrayBuffer();
    statuses.push(answer.status);
  };
  const work = async () => {
    const end = performance.now() + rereadMs;
    while (performance.now() < end) await Promise.all(Array.from({length: 20}, ask));
  };

  for (const running of [behind, desk]) put(running);
  await work();
  for (let rotation = 0; rotation < 2; rotation++) {
    halves = rotated(halves, {now: new Date(), isRevoked: false, title: 'a test'});
    for (const running of [behind, desk]) {
      put(running);
      await work();
    }
  }

  t.true(statuses.length >= 200);
  t.deepEqual([...new Set(statuses)], [200]);
  t.false(halves.publicPem.includes(old.publicPem));
  t.true(halves.publicPem.includes(current.publicPem));
});

test('where there are no keys the console says what to do, and so does a service', async (t) => {
  const tokens = folder(t);
  const headers = {authorization: `Bearer ${putToken(tokens, 'ola', {role: 'operate'})}`};
  const servicesUrl = await upstream(t, (_, response) => response.end());
  const desk = await serving(t, console, {servicesUrl, tokensDirectory: tokens});
  const behind = await serving(t, archive);
  const signed = await signedBy(behind.config.identityDirectory, {
    person: operator,
    service: 'archive',
    method: 'GET',
    path: '/facts',
  });
  // Neither has looked yet.
  for (const {config} of [desk, behind]) rmSync(config.identityDirectory, {recursive: true});

  const atConsole = await send(`${desk.url}/api/archive/facts`, {headers});
  const atService = await send(`${behind.url}/facts`, {headers: signed});

  t.is(atConsole.status, 503);
  t.regex(atConsole.body.toString(), /There is no key here to sign with, .* `npx dip identity create`\./);
  t.is(atService.status, 401);
  t.regex(atService.body.toString(), /has no key to know the way in by: see `dip identity create`\./);
  t.is((await send(`${behind.url}/readyz`, {})).status, 200);
});
