import type {Chance} from '../flow/chance.ts';

/** A request with a form that is broken somewhere, as bytes. */
export function strangeForm(
  chance: Chance,
  headers: Readonly<Record<string, string>> = {},
): {bytes: Buffer; isCut: boolean} {
  const form = damaged(chance, Buffer.from(formOf(chance), 'latin1'));
  const isCut = chance.happens(0.1);
  const length = form.length + (isCut ? 50 : 0);
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  const head = `POST /api/ingestion/documents HTTP/1.1\r\nHost: 127.0.0.1\r\n${lines.join('')}Connection: close\r\nContent-Type: ${chance.of(mediaTypes)}\r\nContent-Length: ${length}\r\n\r\n`;
  return {bytes: Buffer.concat([Buffer.from(head, 'latin1'), form]), isCut};
}

const usual = 'multipart/form-data; boundary=B';
const mediaTypes = [
  ...Array.from({length: 12}, () => usual),
  'multipart/form-data',
  'multipart/form-data; boundary=',
  'multipart/form-data; boundary="B"',
  `multipart/form-data; boundary=${'x'.repeat(3000)}`,
  'Multipart/Form-Data;boundary=B;charset=nope',
  "multipart/form-data; boundary*=utf-8''B",
  'multipart/form-data; boundary=B; boundary=C',
  'multipart/mixed; boundary=B',
];

const dispositions = [
  'form-data',
  'form-data; name="a"',
  'form-data; name="file"; filename="letter.txt"',
  'form-data; name=file; filename=letter',
  "form-data; name=file; filename*=utf-8''%ff%fe",
  "form-data; name*=utf-16''%00",
  'form-data; name=file; filename=""',
  'form-data; name="',
  'attachment; name="a"; filename="..',
  '',
  ';;;;',
  'form-data; name="a"; name="b"',
  'form-data; name="b"; filename*0="a"; filename*1="b"',
  'form-data; name="\xff"',
  'FORM-DATA; NAME=A; FILENAME=B',
  'form-data; name="__proto__"; filename="__proto__"',
  `form-data; name="${'"\\'.repeat(500)}"`,
];

const headers = [
  'Content-Type: text/plain',
  'Content-Type: ',
  'Content-Type: ;',
  'Content-Type: text/plain; charset=utf-16',
  'Content-Transfer-Encoding: base64',
  'Content-Transfer-Encoding: nope',
  `X: ${'a'.repeat(9000)}`,
  'no colon',
  ': empty',
  '\0',
  ' folded',
];

function formOf(chance: Chance): string {
  const parts = chance.below(chance.of([3, 3, 3, 70]) + 1);
  let form = '';
  for (let part = 0; part < parts; part++)
    form +=
      chance.of(['--B\r\n', '--B', '--B \r\n', '\r\n--B\r\n']) + partOf(chance) + chance.of(['\r\n', '']);
  return form + chance.of(['--B--\r\n', '--B--', '', '--B', '\r\n--B--\r\n']);
}

function partOf(chance: Chance): string {
  let part = '';
  if (chance.happens(0.95))
    part += `${chance.of(['Content-Disposition: ', 'content-disposition:', 'Content-Disposition : '])}${chance.of(dispositions)}\r\n`;
  for (let header = chance.below(4); header > 0; header--) part += `${chance.of(headers)}\r\n`;
  const inside = [
    '',
    'Dear Sir.',
    'a'.repeat(chance.below(70_000)),
    '\r\n--',
    '\r\n--B',
    '--B--',
    '\xff\xfe',
  ];
  return part + chance.of(['\r\n', '', '\n']) + chance.of(inside);
}

/** Half of them lose, gain or change some bytes. */
function damaged(chance: Chance, form: Buffer): Buffer {
  let bytes = form;
  if (chance.happens(0.5)) return bytes;
  for (let hits = 1 + chance.below(6); hits > 0 && bytes.length > 0; hits--) {
    const at = chance.below(bytes.length);
    const [before, after] = [bytes.subarray(0, at), bytes.subarray(at)];
    const kept = chance.happens(0.5) ? after.subarray(1 + chance.below(20)) : after;
    const gained = Buffer.from(Array.from({length: chance.below(4)}, () => chance.below(256)));
    bytes = Buffer.concat([before, gained, kept]);
  }
  return bytes;
}
