/** Inputs on which systems that read documents failed, which lie outside of this project. */
import {existsSync, readFileSync} from 'node:fs';
import {fileURLToPath} from 'node:url';
import test from 'ava';
import {type Extraction, extractor} from '../../../services/ingestion/extract/extract.ts';
import {skip} from '../../skip.ts';

const folder = fileURLToPath(new URL('../../../../shared/field/documents/', import.meta.url));

/** What is read otherwise than it should be, so far. */
const notYet: ReadonlySet<string> = new Set([
  'd05_altchunk_html.docx',
  'd06_altchunk_partly.docx',
  'd14_numbering.docx',
  'd18_ptab_header.docx',
  'd21_style_vanish.docx',
  'd22_white_text.docx',
  'd24_zip64.docx',
  'h01_charset_after_5k.html',
  'h03_xml_declaration_encoding.html',
  'h05_utf8_one_bad_byte.html',
  'h08_font_size_zero_layout.html',
  'h09_visibility_child.html',
  'h11_pre.html',
  'h12_pre_wrap.html',
  'h17_form_filled.html',
  'h18_xhtml_self_closed.xhtml',
  'm02_text_part_is_a_stub.eml',
  'm05_html_and_footer_in_mixed.eml',
  'm15_photo_attached_in_related.eml',
  'm16_text_files_inline_named.eml',
  'm30_us_ascii_but_utf8.eml',
  'm31_latin1_but_utf8.eml',
  'm36_iso2022kr.eml',
  'm37_raw_8bit_subject.eml',
  'm47_pgp_encrypted.eml',
  'm48_smime_opaque_signed.eml',
  'm62_leading_blank_line.eml',
  'm64_broken_folding.eml',
  'm74_uuencoded.eml',
  'm77_binary_image_mail.eml',
  'p07_form_values_with_appearance.pdf',
  'p08_form_values_need_appearances.pdf',
  'p10_portfolio.pdf',
  'p25_white_tiny_offpage.pdf',
  'p31_hidden_layer.pdf',
  't03_nul_bytes.txt',
  't05_utf8_cut_in_a_letter.txt',
  't06_utf8_one_bad_byte_en.txt',
  't12_utf16le_nobom_cjk.txt',
  't16_names_pdf_version.txt',
  'x01_no_charset_qp_text.eml',
  'x02_no_charset_qp_html_meta.eml',
  'x04_raw_subject_8bit_body_declared.eml',
  'x05_unclosed_head.eml',
  'x07_control_chars_in_body.eml',
  'x08_boundary_mismatch.eml',
  'x10_content_type_without_semicolon.eml',
  'x11_body_footer_after_base64.eml',
]);

interface Expected {
  /** `ingested`, or `rejected: <reason>`. */
  readonly outcome: string;
  readonly phrase: string;
  readonly absent: string;
  /** Undefined where the list does not say. */
  readonly attachments: number | undefined;
}

test('what other systems stumbled over is read as their users would', async (t) => {
  if (!existsSync(folder)) return void skip(t, `${folder} is not there`);
  t.timeout(120_000);
  const reader = extractor();
  t.teardown(() => reader.close());
  const wrong = new Map<string, string>();

  for (const [file, expected] of rows()) {
    const bytes = readFileSync(folder + file);
    const fault = faultOf(await reader.extract(bytes, {filename: file, contentType: null}), expected);
    if (fault !== undefined) wrong.set(file, fault);
  }

  t.deepEqual(
    [...wrong].filter(([file]) => !notYet.has(file)),
    [],
  );
  t.deepEqual(
    [...notYet].filter((file) => !wrong.has(file)),
    [],
    'these are right by now',
  );
});

function rows(): [file: string, expected: Expected][] {
  const [, ...lines] = readFileSync(`${folder}MANIFEST.tsv`, 'utf8').trimEnd().split('\n');
  return lines.map((line) => {
    const [file = '', expected = '', phrase = '', absent = '', , note = ''] = line.split('\t');
    const attachments = /(\d+) attached document/.exec(note)?.[1];
    return [
      file,
      {
        outcome: expected === 'answered' ? 'ingested' : expected.replace(' ', ': '),
        phrase: unescaped(phrase),
        absent: unescaped(absent),
        attachments: attachments === undefined ? undefined : Number(attachments),
      },
    ];
  });
}

/** What is wrong with a reading; undefined when nothing is. */
function faultOf(found: Extraction, {outcome, phrase, absent, attachments}: Expected): string | undefined {
  const is = found.outcome === 'ingested' ? 'ingested' : `rejected: ${found.reason}`;
  if (is !== outcome) return `is ${is}, not ${outcome}`;
  if (found.outcome === 'rejected') return undefined;
  if (!found.text.includes(phrase))
    return `lacks ${JSON.stringify(phrase)}: ${JSON.stringify(found.text.slice(0, 300))}`;
  if (absent !== '' && `${found.title}\n${found.text}`.includes(absent))
    return `has ${JSON.stringify(absent)}`;
  if (attachments !== undefined && found.attachments.length !== attachments)
    return `has ${found.attachments.length} documents attached, not ${attachments}`;
  return undefined;
}

/** The list writes line ends and tabs with a backslash. */
function unescaped(phrase: string): string {
  return phrase.replaceAll('\\n', '\n').replaceAll('\\t', '\t');
}
