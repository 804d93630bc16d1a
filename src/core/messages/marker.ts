import type { Digest } from '../values.ts';

/** What one of our own issues or comments is, hidden at its end: so that we find it again (house style 21). */
export type Marker =
  | { readonly kind: 'release'; readonly release: string }
  | {
      readonly kind: 'activity';
      readonly release: string;
      readonly activity: string;
      readonly attempt: number;
      readonly scope: Digest;
    }
  | { readonly kind: 'notice'; readonly attempt: number; readonly scope: Digest }
  /** The how many-th reminder or escalation of an attempt it is, or which of its sessions has opened. */
  | { readonly kind: Timed; readonly attempt: number; readonly number: number }
  | { readonly kind: 'answer'; readonly comment: number; readonly code: string };

/** What time alone makes us say. */
export type Timed = 'reminder' | 'escalation' | 'session';

const release = '([a-z0-9][a-z0-9._-]{0,62})';
const id = '([a-z][a-z0-9-]{0,62})';
const count = '([1-9][0-9]{0,15})';
const digest = '([0-9a-f]{64})';

const grammar: readonly { readonly pattern: RegExp; readonly read: (parts: readonly string[]) => Marker }[] =
  [
    { pattern: line(`release=${release}`), read: ([name = '']) => ({ kind: 'release', release: name }) },
    {
      pattern: line(`release=${release} activity=${id} attempt=${count} scope=${digest}`),
      read: ([name = '', activity = '', attempt = '', scope = '']) => ({
        kind: 'activity',
        release: name,
        activity,
        attempt: Number(attempt),
        scope,
      }),
    },
    {
      pattern: line(`notice attempt=${count} scope=${digest}`),
      read: ([attempt = '', scope = '']) => ({ kind: 'notice', attempt: Number(attempt), scope }),
    },
    ...(['reminder', 'escalation', 'session'] as const).map((kind) => ({
      pattern: line(`${kind}=${count} attempt=${count}`),
      read: ([number = '', attempt = '']: readonly string[]): Marker => ({
        kind,
        attempt: Number(attempt),
        number: Number(number),
      }),
    })),
    {
      pattern: line(`answer=${count} code=${id}`),
      read: ([comment = '', code = '']) => ({ kind: 'answer', comment: Number(comment), code }),
    },
  ];

function line(words: string): RegExp {
  return new RegExp(`^<!-- countersign ${words} -->$`);
}

/** The marker of a body: its last line, and nothing else (T18). Whether we wrote the body is for the caller to know. */
export function readMarker(body: string): Marker | undefined {
  const text = body.trimEnd();
  const last = text.slice(text.lastIndexOf('\n') + 1);
  for (const { pattern, read } of grammar) {
    const match = pattern.exec(last);
    if (match) return read(match.slice(1));
  }
  return undefined;
}

export function writeMarker(marker: Marker): string {
  return `<!-- countersign ${words(marker)} -->`;
}

function words(marker: Marker): string {
  switch (marker.kind) {
    case 'release':
      return `release=${marker.release}`;
    case 'activity':
      return `release=${marker.release} activity=${marker.activity} attempt=${marker.attempt} scope=${marker.scope}`;
    case 'notice':
      return `notice attempt=${marker.attempt} scope=${marker.scope}`;
    case 'reminder':
    case 'escalation':
    case 'session':
      return `${marker.kind}=${marker.number} attempt=${marker.attempt}`;
    case 'answer':
      return `answer=${marker.comment} code=${marker.code}`;
  }
}
