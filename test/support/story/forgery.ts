import { createPrivateKey, createPublicKey, sign } from 'node:crypto';
import { renderRecord } from '../../../src/core/messages/record.ts';
import {
  decodeCheckpoint,
  encodeCheckpoint,
  signingBytes,
  tipsDigest,
} from '../../../src/core/record/checkpoint.ts';
import { chainEvents, composeCommit } from '../../../src/core/record/compose.ts';
import { digestOf } from '../../../src/core/record/digest.ts';
import { encodeEvent } from '../../../src/core/record/event-codec.ts';
import { checkpointPath, eventPath, pagePath } from '../../../src/core/record/layout.ts';
import { fingerprintOf } from '../../../src/core/record/public-key.ts';
import type { Checkpoint } from '../../../src/core/record/record.ts';
import type { Happening, ReleaseEvent } from '../../../src/core/release/event.ts';
import { newSigningKey } from './ground.ts';
import type { Files } from './hub.ts';
import type { Records } from './records.ts';

const text = (bytes: Uint8Array): string => Buffer.from(bytes).toString('utf8');

/** An approval that nobody gave, in every detail as the controller itself would have written it. */
export function forgedVote(records: Records, release: string, activity: string, login: string): Files {
  const events = records.events(release);
  const forged = chainEvents(release, events, happenings(events, activity, login), repositoryOf(events));
  const all = [...events, ...forged];
  return {
    ...Object.fromEntries(
      forged.map((event) => [eventPath(release, event.sequence), text(encodeEvent(event))]),
    ),
    [pagePath(release)]: renderRecord(all),
  };
}

/** The same with the next checkpoint, which is perfect but for the signature: that is made with another key. */
export function forgedCheckpoint(
  records: Records,
  releases: readonly string[],
  release: string,
  files: Files,
): Files {
  const last = checkpoints(records).at(-1);
  if (!last) throw new Error('There is no checkpoint to go on from');
  const tips = releases.map((name) => {
    const recorded = records.events(name).map((event) => text(encodeEvent(event)));
    const added = Object.keys(files).filter((path) => path.startsWith(`releases/${name}/events/`));
    const chain = [...recorded, ...added.map((path) => files[path] ?? '')];
    return { release: name, sequence: chain.length, event: digestOf(chain.at(-1) ?? '') };
  });
  const unsigned: Omit<Checkpoint, 'signature'> = {
    ...withoutSignature(last),
    number: last.number + 1,
    previous: digestOf(encodeCheckpoint(last)),
    tips: tipsDigest(tips),
    changed: tips.filter((tip) => tip.release === release),
    foreign: [],
  };
  const signature = signWith(newSigningKey().text, signingBytes(unsigned));
  return { ...files, [checkpointPath(unsigned.number)]: text(encodeCheckpoint({ ...unsigned, signature })) };
}

/** A records branch from its first commit on, in which everything is approved, signed with a key of the attacker's own. */
export function forgedBranch(records: Records, release: string, activity: string, login: string): Files {
  const events = records.events(release);
  const repository = repositoryOf(events);
  const old = checkpoints(records)[0];
  if (!old) throw new Error('There is no branch to imitate');
  const key = newSigningKey();
  const publicKey = createPublicKey(createPrivateKey(key.text))
    .export({ type: 'spki', format: 'pem' })
    .toString();
  const facts = [...events, ...happenings(events, activity, login)];
  const composed = composeCommit(
    undefined,
    [
      {
        release,
        events: chainEvents(release, [], facts.map(bare), repository),
        manifests: new Map(),
        evidence: new Map(),
      },
    ],
    {
      repository,
      host: old.host,
      at: old.at,
      key: { fingerprint: fingerprintOf(publicKey) ?? '', publicKey },
      sign: (bytes) => signWith(key.text, bytes),
      covered: new Map(),
    },
  );
  return Object.fromEntries([...composed.files].map(([path, bytes]) => [path, text(bytes)]));
}

const bare = ({ at, kind, body }: Happening): Happening => ({ at, kind, body }) as Happening;

const signWith = (key: string, bytes: Uint8Array): string =>
  sign(null, bytes, createPrivateKey(key)).toString('base64');

function withoutSignature({ signature: _, ...rest }: Checkpoint): Omit<Checkpoint, 'signature'> {
  return rest;
}

function checkpoints(records: Records): readonly Checkpoint[] {
  return records
    .paths()
    .filter((path) => path.startsWith('checkpoints/'))
    .flatMap((path) => {
      const decoded = decodeCheckpoint(Buffer.from(records.read(path)));
      return decoded.kind === 'valid' ? [decoded.checkpoint] : [];
    });
}

const repositoryOf = ([first]: readonly ReleaseEvent[]): ReleaseEvent['repository'] => {
  if (!first) throw new Error('There is no release to forge in');
  return first.repository;
};

/** The vote, and the outcomes that follow from it. */
function happenings(events: readonly ReleaseEvent[], activity: string, login: string): readonly Happening[] {
  const begun = events.find(
    (event) => event.kind === 'activity-activated' && event.body.activity === activity,
  );
  const notice = events.find((event) => event.kind === 'notice-posted' && event.body.activity === activity);
  if (begun?.kind !== 'activity-activated' || notice?.kind !== 'notice-posted')
    throw new Error(`${activity} does not wait`);
  const { roster, scope, attempt } = begun.body;
  const elector = roster.find(({ person }) => person.login === login);
  if (!elector) throw new Error(`${login} may not vote`);
  const at = events.at(-1)?.at ?? begun.at;
  const ref = { activity, attempt, scope };
  const url = `${notice.body.issue.url}#issuecomment-900001`;
  const source = { kind: 'comment', id: 900_001, url, createdAt: at, body: digestOf('/approve') } as const;
  return [
    { at, kind: 'vote-cast', body: { ...ref, elector, choice: 'approve', inputs: {}, source, seenAt: at } },
    { at, kind: 'activity-approved', body: { ...ref, approvals: [elector.person], inputs: {} } },
  ];
}
