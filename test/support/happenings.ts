import { generateKeyPairSync } from 'node:crypto';
import { digestOf } from '../../src/core/record/digest.ts';
import type { Happening } from '../../src/core/release/event.ts';
import type { Append, RecordsPlace } from '../../src/ports/record-store.ts';
import type { Signer } from '../../src/ports/signer.ts';
import { createSigner } from '../../src/records/signer.ts';

export const noon = '2026-11-23T12:00:00Z';
export const place: RecordsPlace = {
  repository: { id: 7, name: 'acme/payments' },
  branch: 'countersign-records',
  trustedKeys: [],
};

/** A signer with a key of its own. */
export function newSigner(): Signer {
  const { privateKey } = generateKeyPairSync('ed25519');
  const made = createSigner(privateKey.export({ type: 'pkcs8', format: 'pem' }).toString());
  if (made.kind === 'problem') throw new Error(made.problem);
  return made.signer;
}

/** What opens a release, and the manifest that it accepts. */
export function opening(release: string): { happening: Happening; manifest: Uint8Array } {
  const manifest = Buffer.from(`release: ${release}\n`);
  const plan = {
    release,
    title: `Release ${release}`,
    target: { kind: 'ref', ref: 'v1' },
    phases: [],
  } as const;
  const target = { commit: 'a'.repeat(40), ref: 'v1' };
  const revision = {
    manifest: digestOf(manifest),
    path: `releases/${release}.yml`,
    commit: 'b'.repeat(40),
    authors: [{ person: { id: 1, login: 'mona' }, proof: 'proven' }],
    plan,
    roles: [],
  } as const;
  return {
    happening: { at: noon, kind: 'release-opened', body: { title: plan.title, revision, target } },
    manifest,
  };
}

/** A vote with a reason that tells it from others. */
export function vote(reason: string): Happening {
  return {
    at: noon,
    kind: 'vote-cast',
    body: {
      activity: 'qa-signoff',
      attempt: 1,
      scope: 'c'.repeat(64),
      elector: { person: { id: 2, login: 'grace' }, rules: [] },
      choice: 'approve',
      reason,
      inputs: {},
      source: { kind: 'comment', id: 5, url: 'https://github.com/x', createdAt: noon, body: 'd'.repeat(64) },
      seenAt: noon,
    },
  };
}

export function openingOf(release: string): Append {
  const { happening, manifest } = opening(release);
  const manifests = new Map([[digestOf(manifest), manifest]]);
  return { release, after: 0, happenings: [happening], manifests, evidence: new Map(), foreign: [] };
}

export function voteOn(
  release: string,
  after: number,
  reason = 'fine',
  foreign: readonly string[] = [],
): Append {
  return { release, after, happenings: [vote(reason)], manifests: new Map(), evidence: new Map(), foreign };
}
