import { readingOf } from '../core/record/line.ts';
import type { RecordsReading } from '../core/record/record.ts';
import type { RecordStore, RecordsFault, RecordsPlace } from '../ports/record-store.ts';
import { type Appender, type AppenderWorld, createAppender } from './appender.ts';
import { createLedger, type Ledger } from './ledger.ts';

type Branch = { readonly ledger: Ledger; readonly append: Appender };

const nothing: RecordsReading = { releases: new Map(), foreign: [] };

/**
 * The records of repositories: reading is authenticated and goes on from what is known; appends are batched, one commit
 * at a time a branch. `host` is the web address of the host, which every checkpoint names (T8).
 */
export function createRecordStore(world: AppenderWorld): RecordStore {
  const branches = new Map<string, Branch>();
  const branchOf = (place: RecordsPlace): Branch => {
    const key = `${place.repository.id} ${place.branch}`;
    const found = branches.get(key);
    if (found !== undefined) return found;
    const ledger = createLedger(world.history, world.host);
    const branch = { ledger, append: createAppender(ledger, world) };
    branches.set(key, branch);
    return branch;
  };
  return {
    read: async (asked, head, anchors) => {
      const place = withOwnKey(asked, world.signer.fingerprint);
      const untrusted = ownKeyUntrusted(place, world.signer.fingerprint);
      if (untrusted !== undefined) return { kind: 'fault', fault: untrusted };
      const standing = await branchOf(place).ledger.catchUp(place, head, anchors);
      if (standing.kind === 'fault') return standing;
      return { kind: 'read', reading: standing.kind === 'line' ? readingOf(standing.line) : nothing };
    },
    append: async (asked, append, at) => {
      const place = withOwnKey(asked, world.signer.fingerprint);
      const untrusted = ownKeyUntrusted(place, world.signer.fingerprint);
      if (untrusted !== undefined) return { kind: 'fault', fault: untrusted };
      return branchOf(place).append(place, append, at);
    },
  };
}

/** Where no key is configured, only the controller's own counts (T9). */
function withOwnKey(place: RecordsPlace, own: string): RecordsPlace {
  return place.trustedKeys.length > 0 ? place : { ...place, trustedKeys: [own] };
}

function ownKeyUntrusted(place: RecordsPlace, own: string): RecordsFault | undefined {
  if (place.trustedKeys.includes(own)) return undefined;
  return { kind: 'own-key-untrusted', key: own, trusted: place.trustedKeys };
}
