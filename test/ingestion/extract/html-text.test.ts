/** How the text of a page flows, and which elements it is in. */
import test from 'ava';
import {htmlText} from '../../../services/ingestion/extract/html/html.ts';

const textOf = (page: string) => htmlText(page).text.trim();

test('lines are kept where they are shown', (t) => {
  t.is(textOf('<p>x</p><pre>\n3 March   48.20\n\n3 April</pre>y'), 'x\n3 March   48.20\n\n3 April\ny');
  t.is(textOf('<pre><b>a\r\n  b</b>\nc</pre>'), 'a\n  b\nc');
  t.is(textOf('<pre><i>a</i>\nb</pre>'), 'a\nb');
  for (const value of ['pre', 'pre-wrap', 'break-spaces', '-moz-pre-wrap', 'preserve nowrap'])
    t.is(textOf(`<div style="white-space:${value}"><b>a\n  b</b></div>`), 'a\n  b', value);
  t.is(textOf('<div style="white-space:pre-line">a   b\n  c</div>'), 'a b\nc');
  t.is(textOf('<style>.w{white-space:pre-wrap}</style><p class="w">a\nb</p>'), 'a\nb');
  t.is(textOf('<pre>a\n<p style="white-space:normal">b\nc</p></pre>'), 'a\nb c');
  t.is(textOf('<xmp>a\n<b></xmp>'), 'a\n<b>');
});

test('elements are lines if their style says so', (t) => {
  t.is(textOf('<span style="display:block">a</span><span style="display:block">b</span>'), 'a\nb');
  t.is(textOf('<div style="display:inline">a</div><div style="display:inline">b</div>'), 'ab');
  t.is(textOf('<div style="display:flex"><span>a</span><span>b</span></div>'), 'a\nb');
  t.is(textOf('<i style="position:absolute">a</i><i style="position:absolute">b</i>'), 'a\nb');
  t.is(
    textOf('<p><span style="display:inline-block">4</span><span style="display:inline-block">8</span>'),
    '48',
  );
  t.is(textOf('<table><tr><td>a<td>b<tr><td>c</table>d'), 'a\tb\t\nc\t\nd');
});

test('words are neither joined nor torn by what is not seen', (t) => {
  t.is(textOf('re<span style="display:none">x</span>fund'), 'refund');
  t.is(textOf('re<span style="font-size:0">x</span>fund'), 'refund');
  t.is(textOf('a<span style="visibility:hidden">x</span>card'), 'a card');
  t.is(textOf('one<b>two</b> three<span> four</span>'), 'onetwo three four');
});

test('what a browser shows of a page with tags left out is read', (t) => {
  t.is(textOf('<html><head><title>Mail</title><meta name="a"><div>seen</div></body></html>'), 'seen');
  t.is(textOf('<html><head><style>p{}</style>seen <b>too</b>'), 'seen too');
  t.is(textOf('<p style="display:none"><span>x<p>seen'), 'seen');
  t.is(textOf('<ul><li style="display:none"><b>x<li>seen</ul>'), 'seen');
  t.is(textOf('<table><tr><td style="display:none"><div>x<td>seen</table>'), 'seen');
  t.is(textOf('<svg><path d="m"><div>seen</div>'), 'seen');
  t.is(textOf('<select><option>chosen<input value="seen">'), 'chosen seen');
});

test('what a browser hides of a page with wrong tags is not read', (t) => {
  t.is(textOf('seen<div style="display:none"><table><tr><td></div>x</td></tr></table></div>'), 'seen');
  t.is(textOf('seen<span style="display:none"><div></span>x</div>'), 'seen');
  t.is(textOf('seen<title>x'), 'seen');
  t.is(textOf('seen<style>x'), 'seen');
  t.is(textOf('seen<noscript>x</noscript>'), 'seen');
  t.is(textOf('seen<!-- x'), 'seen');
});

test('what is for where no scripts run is seen in mails, and with its styles', (t) => {
  const inMail = (page: string) => htmlText(page, {runsScripts: false}).text.trim();

  t.is(inMail('seen<noscript> too</noscript>'), 'seen too');
  t.is(inMail('<noscript><style>.x{display:none}</style></noscript>seen<p class="x">x</p>'), 'seen');
  t.is(inMail('<html><head><noscript><p>seen</p></noscript></head><body><p>too</p>'), 'seen\ntoo');
  t.is(inMail('<head><noscript>seen</noscript></head> too'), 'seen too');
  t.is(textOf('<html><head><noscript><p>x</p></noscript></head><body><p>seen</p>'), 'seen');
});

test('a page that goes on after its end goes on in a new line', (t) => {
  t.is(textOf('<html><body>a</body></html><html><head></head><body>b</body></html>'), 'a\nb');
});

test('elements of XHTML that close themselves hold nothing', (t) => {
  const head = '<head><title/><script src="a.js"/><style/></head>';
  const body = '<body><a name="top"/><div style="display:none"/><textarea/><p>seen<br/>too</p></body>';
  const beginnings = [
    '<?xml version="1.0"?><html>',
    '<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Strict//EN" "x"><html>',
    '<html lang="en" xmlns="http://www.w3.org/1999/xhtml">',
  ];

  for (const beginning of beginnings)
    t.is(textOf(`${beginning}${head}${body}</html>`), 'seen\ntoo', beginning);
  t.is(textOf('<?xml version="1.0"?><html><p><![CDATA[a <b> c]]></p></html>'), 'a <b> c');
  t.is(textOf('<!doctype html><html><p>seen</p><div style="display:none"/>x'), 'seen');
});

test('a title is that of the page, not of a drawing in it', (t) => {
  t.is(htmlText('<svg><title>Logo</title></svg>text').title, null);
  t.is(htmlText('<title>Page</title><svg><title>Logo</title></svg><title>Other</title>text').title, 'Page');
});
