import {command} from '../command.ts';
import {Failure, misused} from '../failure.ts';
import {hint} from '../hint.ts';
import {cell, moment} from '../output/cell.ts';
import {formatOf, formats, output} from '../output/format.ts';
import {printList, serialized, type View} from '../output/print.ts';
import {expiry} from '../tokens/expiry.ts';
import {type ShownToken, storeOf, storeOptions} from '../tokens/store.ts';

export default command({
  name: 'token create',
  summary: 'Make a token that lets somebody in, and show it once',
  usage: 'NAME --role ROLE [--expires 90d] [--rate N] [--data-dir DIR | --context NAME] [-o FORMAT]',
  operands: [1, 1],
  details: `Kept is only what the token is known by: who loses it gets a new one.
Roles, each with what the ones before it may do: submit sends documents in and sees what becomes of them, review sees
all documents and corrects answers, operate does everything.`,
  options: {
    role: {
      type: 'string',
      short: 'r',
      value: 'ROLE',
      choices: ['submit', 'review', 'operate'],
      help: 'submit, review or operate',
    },
    expires: {
      type: 'string',
      value: 'TIME',
      help: 'How long it lasts, such as 12h, 90d or 4w; default for ever',
    },
    rate: {type: 'string', value: 'N', help: 'Requests a minute; default 1200'},
    ...storeOptions,
    output: {...output, help: `${formats.join(', ')}; default table; name: the token alone`},
  },
  examples: [
    ['dip token create post-room --role submit --expires 90d', 'For a DIP on this machine'],
    ['dip token create ann --role operate --context prod', 'For the DIP of a cluster'],
    ['export DIP_TOKEN=$(dip token create me --role operate -o name)', 'Straight to where it is used'],
  ],
  async run({options, operands: [name = ''], terminal}) {
    const format = formatOf(options.output, terminal, formats);
    const [{encodeRecord, isTokenName, newToken}, {roleOf}] = await Promise.all([
      import('#gateway'),
      import('#kit'),
    ]);
    const role = roleOf(options.role);
    if (role === undefined)
      throw misused(
        `\`--role\` is submit, review or operate, got ${options.role ? `\`${options.role}\`` : 'nothing'}.`,
      );
    if (!isTokenName(name)) {
      const rule =
        'at most 63 lower-case letters, digits, dots, dashes and underscores, a letter or digit first and last';
      throw misused(`The name of a token is ${rule}, got \`${name}\`.`);
    }
    const now = new Date();
    const expiresAt = options.expires === undefined ? null : expiry(options.expires, now).toISOString();
    const {token, record} = newToken({
      role,
      createdAt: now.toISOString(),
      expiresAt,
      ...rateOf(options.rate),
    });
    const store = await storeOf(options, terminal);
    if (!(await store.add(name, encodeRecord(record)))) {
      const advice = `take another name, or revoke that one first: ${hint(terminal, ['token', 'revoke', name], options)}`;
      throw new Failure(`There is a token ${name} in ${store.place} already: ${advice}`);
    }
    const {sha256: _hash, ...shown} = record;
    const made = {name, ...shown, token};
    if (format === 'json' || format === 'yaml') terminal.print(await serialized(made, format));
    else await printList([made], format, madeView, terminal);
    terminal.note(
      `This is shown once. It is known within ${store.delay}. Next: put it into DIP_TOKEN, then ${hint(terminal, ['doc', 'submit', 'FILE', '--server', 'URL'])}`,
    );
  },
});

function rateOf(text: string | undefined): {ratePerMinute?: number} {
  if (text === undefined) return {};
  const ratePerMinute = Number(text);
  if (/^\d+$/.test(text) && ratePerMinute >= 1 && ratePerMinute <= 1_000_000) return {ratePerMinute};
  throw misused(`\`--rate\` is a whole number from 1 to 1000000, got \`${text}\`.`);
}

const madeView: View<ShownToken & {readonly token: string}> = {
  name: ({token}) => token,
  columns: [
    {title: 'NAME', value: ({name}) => cell(name), cut: 'nothing'},
    {title: 'ROLE', value: ({role}) => cell(role)},
    {title: 'EXPIRES', value: ({expiresAt}) => moment(expiresAt)},
    {title: 'TOKEN', value: ({token}) => cell(token), cut: 'nothing'},
  ],
};
