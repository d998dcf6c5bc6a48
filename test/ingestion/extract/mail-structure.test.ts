/** Which parts of a mail are its text, and which are documents. */
import test from 'ava';
import {attachedTo, mail, multipart, nested, part, textIn} from './mail-making.ts';

const letter = 'Dear Sir or Madam, my card was charged twice on 3 March. Please refund the second charge.';
const picture = (...fields: string[]) =>
  part('image/png', 'iVBORw0KGgo=', 'Content-Transfer-Encoding: base64', ...fields);

test('a letter is read from its HTML where the plain text is only a notice, a link or its beginning', async (t) => {
  const html = part('text/html', `<p>${letter}</p><p>I wait for your answer. Ann Example, Salem</p>`);
  for (const notice of [
    '',
    '   \r\n\r\n',
    'Your email client does not support HTML messages.',
    'Diese Nachricht kann nur als HTML angezeigt werden.',
    'View this message online: https://example.com/view?id=1234567890123456789012345678901234567890',
    letter.slice(0, 30),
  ])
    t.regex(
      await textIn(multipart('alternative', part('text/plain', notice), html)),
      /^Dear .*\nI wait/s,
      notice,
    );
});

test('a short letter is read from its HTML where the plain text is a long notice', async (t) => {
  const notice =
    'This is a multipart message in MIME format. To see it you need a program that shows HTML. Please ask your provider.';
  const mails = multipart('alternative', part('text/plain', notice), part('text/html', '<p>Call me. Ann'));
  t.is(await textIn(mails), 'Call me. Ann');
});

test('plain text is read where both forms say the same, or the other says less', async (t) => {
  for (const html of [
    `<p>${letter}</p>`,
    `<table><tr><td>${letter}</table><p>Unsubscribe`,
    '<img src="a">',
    '<p>Hello',
  ]) {
    const both = multipart(
      'alternative',
      part('text/plain', `${letter}\r\n-- \r\nplain`),
      part('text/html', html),
    );
    t.regex(await textIn(both), /plain$/, html);
    const reversed = multipart('alternative', part('text/html', html), part('text/plain', `${letter} plain`));
    t.regex(await textIn(reversed), /plain$/, html);
  }
});

test('plain text is read where the HTML has no words, whatever it speaks of', async (t) => {
  const both = multipart(
    'alternative',
    part('text/plain', 'See the HTML.'),
    part('text/html', '<p>* * *</p>'),
  );
  t.is(await textIn(both), 'See the HTML.');
});

test('texts that stand one after the other are read so, each by its own type', async (t) => {
  const html = part('text/html', '<div style="display:none">hidden</div><p>Seen.');
  const footer = part('text/plain', 'This message was checked.');
  t.is(await textIn(multipart('mixed', html, footer)), 'Seen.\n\nThis message was checked.');
  t.is(await textIn(multipart('mixed', footer, html)), 'This message was checked.\n\nSeen.');
  const packed = part('text/plain', 'U2Vlbi4=', 'Content-Transfer-Encoding: base64');
  t.is(await textIn(multipart('mixed', packed, footer)), 'Seen.\n\nThis message was checked.');
});

test('a part of a page that is sent as plain text is read as it is seen, too', async (t) => {
  const beginnings = [
    '<head><title>x</title></head><body>',
    '<!-- saved -->\n<x-html>',
    '<div>',
    '<table><tr><td>',
  ];
  for (const beginning of beginnings) {
    const page = `${beginning}My <b>mortgage</b> was booked twice.`;
    t.is(await textIn(mail(['Content-Type: text/plain'], page)), 'My mortgage was booked twice.', beginning);
  }
  t.is(await textIn(mail([], 'In <b> and <i> I trust.')), 'In <b> and <i> I trust.');
});

test('HTML that is sent as plain text is read as it is seen', async (t) => {
  const page = '<html><body><p style="display:none">hidden</p>Seen.</body></html>';
  t.is(await textIn(mail(['Content-Type: text/plain'], page)), 'Seen.');
  t.is(await textIn(mail([], `\r\n<!DOCTYPE html>${page}`)), 'Seen.');
});

test('a text with a name is a document, unless it is all that there is', async (t) => {
  const named = multipart(
    'mixed',
    part('text/plain', letter),
    part('text/plain; name="one.txt"', 'first', 'Content-Disposition: inline; filename="one.txt"'),
    part('text/html; name=two.html', '<p>second'),
    part('text/plain', 'third', 'Content-Disposition: attachment'),
  );
  t.is(await textIn(named), letter);
  t.deepEqual(await attachedTo(named), ['one.txt', 'two.html', 'third']);
  const alone = multipart('mixed', part('text/plain; name="letter.txt"', letter), picture());
  t.is(await textIn(alone), letter);
  t.is((await attachedTo(alone)).length, 1);
  const forms = multipart(
    'alternative',
    part('text/plain; name=a.txt', letter),
    part('text/html; name=a.html', 'b'),
  );
  t.is(await textIn(forms), letter);
  t.deepEqual(await attachedTo(forms), []);
});

test('a picture is decoration where the HTML shows it, and a document where it does not', async (t) => {
  const html = part('text/html', '<p>See the photo.</p><img src="cid:logo%40x"><img src=\'CID:dot@x\'>');
  const related = (...pictures: string[]) => attachedTo(multipart('related', html, ...pictures));
  t.deepEqual(await related(picture('Content-ID: <logo@x>'), picture('Content-ID: <dot@x>')), []);
  t.deepEqual(
    await related(picture('Content-ID: <logo@x>', 'Content-Disposition: attachment; filename=a.png')),
    [],
  );
  t.deepEqual(
    await related(picture('Content-ID: <photo@x>', 'Content-Disposition: attachment; filename=b.png')),
    ['b.png'],
  );
  t.deepEqual(
    await related(picture('Content-ID: <photo@x>', 'Content-Disposition: inline; filename=c.png')),
    ['c.png'],
  );
  t.deepEqual(await attachedTo(multipart('mixed', html, picture('Content-ID: <logo@x>'))), []);
  const paper = part('application/pdf; name=d.pdf', 'x', 'Content-ID: <logo@x>');
  t.deepEqual(await related(paper), ['d.pdf']);
});

test('what only programs read is no document: signatures, invitations beside a letter, reports of delivery', async (t) => {
  const text = part('text/plain', letter);
  const machines = [
    part('application/pgp-signature; name=signature.asc', 'x'),
    part(
      'application/pkcs7-signature; name=smime.p7s',
      'x',
      'Content-Disposition: attachment; filename=smime.p7s',
    ),
    part('application/octet-stream; name=smime.p7s', 'x'),
    part('text/calendar; method=REQUEST', 'BEGIN:VCALENDAR'),
    part(
      'application/ics; name=invite.ics',
      'BEGIN:VCALENDAR',
      'Content-Disposition: attachment; filename=invite.ics',
    ),
    part('message/delivery-status', 'Action: failed'),
    part('text/rfc822-headers', 'Subject: x'),
  ];
  for (const machine of machines)
    t.deepEqual(await attachedTo(multipart('mixed', text, machine)), [], machine);
  const invitation = mail(
    ['Subject: Meeting', 'Content-Type: text/calendar; method=REQUEST'],
    'BEGIN:VCALENDAR',
  );
  t.is((await attachedTo(invitation)).length, 1, 'an invitation with nothing beside it');
});

test('what a page says where no scripts run is read in a mail, and not in a page alone', async (t) => {
  const page = '<!doctype html><p>Dear Sir.</p><noscript><p>Please refund me.</p></noscript>';

  t.is(await textIn(mail(['Content-Type: text/html'], page)), 'Dear Sir.\nPlease refund me.');
  t.is(await textIn(Buffer.from(page)), 'Dear Sir.');
});

test('a mail in a mail is read with it, with who wrote it; one that is attached is a document', async (t) => {
  const inner = 'From: Bob <bob@example.com>\r\nSubject: First\r\nContent-Type: text/html\r\n\r\n<p>Inside.';
  const text = part('text/plain', 'See below.');
  const forwarded = multipart('mixed', text, part('message/rfc822', inner));
  t.is(await textIn(forwarded), 'See below.\n\nFrom: Bob <bob@example.com>\nSubject: First\n\nInside.');
  const packed = part(
    'message/rfc822',
    Buffer.from(inner).toString('base64'),
    'Content-Transfer-Encoding: base64',
  );
  t.regex(await textIn(multipart('mixed', text, packed)), /\n\nInside\.$/);
  const attached = multipart('mixed', text, part('message/rfc822', inner, 'Content-Disposition: attachment'));
  t.is(await textIn(attached), 'See below.');
  t.deepEqual(await attachedTo(attached), [inner]);
});

test('documents are found wherever they stand', async (t) => {
  const paper = part('application/pdf', 'x', 'Content-Disposition: inline; filename="a.pdf"');
  const text = part('text/plain', letter);
  const html = part('text/html', `<p>${letter}`);
  for (const [name, bytes] of Object.entries({
    'between two texts of a form': multipart('alternative', text, nested('mixed', 'b2', html, paper, html)),
    'as a form': multipart('alternative', text, html, paper),
    'beside the HTML': multipart('related', html, paper),
    'behind a signed letter': multipart(
      'signed',
      nested('mixed', 'b2', text, paper),
      part('application/pgp-signature', 'x'),
    ),
    'as the mail itself': mail(['Content-Type: application/pdf; name=a.pdf'], 'x'),
  }))
    t.deepEqual(await attachedTo(bytes), ['a.pdf'], name);
});
