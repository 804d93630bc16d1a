// Node ids: opaque to callers, derived from the numeric id, so they survive a restart.

const prefixes = {
  user: 'U',
  bot: 'BOT',
  organization: 'O',
  team: 'T',
  repository: 'R',
  app: 'A',
  installation: 'IN',
  issue: 'I',
  pull: 'PR',
  comment: 'IC',
  review: 'PRR',
  'check-suite': 'CS',
  'check-run': 'CR',
  label: 'LA',
  reaction: 'REA',
  event: 'CDE',
  commit: 'C',
  ref: 'REF',
  tree: 'TR',
  blob: 'B',
} as const;

export type NodeKind = keyof typeof prefixes;
export type NodeName = { readonly kind: NodeKind; readonly key: string };

/** The opaque id of a thing; `key` is its numeric id, or `<repository id>:<sha or ref>` for git objects. */
export function nodeId(kind: NodeKind, key: number | string): string {
  return `${prefixes[kind]}_${Buffer.from(`lg:${kind}:${key}`).toString('base64url')}`;
}

/** Reads a node id back; null for anything this host did not issue. */
export function parseNodeId(id: string): NodeName | null {
  const encoded = id.slice(id.indexOf('_') + 1);
  const match = /^lg:([a-z-]+):(.+)$/s.exec(Buffer.from(encoded, 'base64url').toString('utf8'));
  const kind = match?.[1];
  const key = match?.[2];
  if (kind === undefined || key === undefined || !(kind in prefixes)) return null;
  return { kind: kind as NodeKind, key };
}
