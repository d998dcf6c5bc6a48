import {refuseAutoscaling} from './autoscaling-rules.ts';
import {goDurationMs} from './go-duration.ts';
import {type ManifestObject, refusal} from './manifest-object.ts';
import type {KnativeService} from './manifests.ts';

/** How many processes, and for how long. */
export type Scale = Pick<KnativeService, 'minScale' | 'maxScale' | 'idleMs'>;

const domain = 'autoscaling.knative.dev/';
const at = 'spec.template.metadata.annotations';
const hour = 3_600_000;

/** The annotations that are read here, each with the older spelling that Knative still takes. */
const names = {
  minScale: ['min-scale', 'minScale'],
  maxScale: ['max-scale', 'maxScale'],
  idle: ['scale-to-zero-pod-retention-period', 'scaleToZeroPodRetentionPeriod'],
} as const;

/** Reads a template's annotations as Knative Serving's webhook does (`serving:annotation_validation.go`). */
export function scaleOf(object: ManifestObject, annotations: Readonly<Record<string, string>>): Scale {
  refuseAutoscaling(object, annotations, at);
  const minScale = countOf(object, find(annotations, names.minScale));
  const maxScale = countOf(object, find(annotations, names.maxScale));
  if (maxScale !== 0 && maxScale < minScale) {
    throw refusal(
      object,
      `${at}[${domain}max-scale]`,
      `is ${maxScale}: it must not be below min-scale, ${minScale}.`,
    );
  }
  return {minScale, maxScale, idleMs: idleOf(object, find(annotations, names.idle))};
}

/** The annotations of a template that have no effect on one machine. */
export function unreadAnnotations(annotations: Readonly<Record<string, string>>): string[] {
  const read = new Set(Object.values(names).flatMap((both) => both.map((name) => domain + name)));
  return Object.keys(annotations).filter((name) => /knative\.dev\//.test(name) && !read.has(name));
}

interface Annotation {
  readonly name: string;
  readonly value: string;
}

function find(
  annotations: Readonly<Record<string, string>>,
  spellings: readonly string[],
): Annotation | undefined {
  for (const spelling of spellings) {
    const value = annotations[domain + spelling];
    if (value !== undefined) return {name: domain + spelling, value};
  }
  return undefined;
}

function countOf(object: ManifestObject, annotation: Annotation | undefined): number {
  if (annotation === undefined) return 0;
  const count = Number(annotation.value);
  if (/^\+?\d+$/.test(annotation.value) && count < 2 ** 31) return count;
  const given = `is ${JSON.stringify(annotation.value)}`;
  throw refusal(
    object,
    `${at}[${annotation.name}]`,
    `${given}: it must be a whole number, 0 or more, in quotes.`,
  );
}

function idleOf(object: ManifestObject, annotation: Annotation | undefined): number {
  if (annotation === undefined) return 0;
  const idle = goDurationMs(annotation.value);
  if (idle !== undefined && idle >= 0 && idle <= hour) return idle;
  const given = `is ${JSON.stringify(annotation.value)}`;
  throw refusal(object, `${at}[${annotation.name}]`, `${given}: it must be from 0s to 1h, such as 60s.`);
}
