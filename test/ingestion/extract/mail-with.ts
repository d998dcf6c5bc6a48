/** A mail that holds these as attachments, packed in base64; what begins as a mail is one. */
export function mailWith(attachments: readonly Uint8Array[]): Buffer {
  const boundary = `b${attachments.length}-${attachments[0]?.length}`;
  const head = [
    'From: a@example.org',
    'To: b@example.org',
    'Subject: Papers',
    'MIME-Version: 1.0',
    `Content-Type: multipart/mixed; boundary="${boundary}"`,
  ];
  const part = 'Content-Disposition: attachment; filename="x"\r\nContent-Transfer-Encoding: base64\r\n\r\n';
  const parts = attachments.map(
    (bytes) => `--${boundary}\r\n${part}${Buffer.from(bytes).toString('base64')}\r\n`,
  );
  return Buffer.from(`${head.join('\r\n')}\r\n\r\n${parts.join('')}--${boundary}--\r\n`);
}
