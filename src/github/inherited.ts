import { inheritedName } from '../core/configuration/inheritance.ts';
import { ForgeError, type InheritedHeads } from '../ports/forge.ts';
import type { GraphqlError } from './forge-error-of.ts';
import type { WireRepository } from './wire.ts';

export type InheritedAnswer = { readonly inherited?: Omit<WireRepository, 'id' | 'isPrivate'> | null };

/** Asks for the heads of the owner's `.github` repository in the same document; needs `$owner`. No branch: not asked. */
export const askInherited = (recordsBranch: string | undefined) =>
  recordsBranch === undefined
    ? { declarations: [], fields: [], variables: {} }
    : {
        declarations: ['$inherited: String!'],
        fields: [
          `inherited: repository(owner: $owner, name: "${inheritedName}") { databaseId nameWithOwner
            defaultBranchRef { name target { oid } } records: ref(qualifiedName: $inherited) { target { oid } } }`,
        ],
        variables: { inherited: `refs/heads/${recordsBranch}` },
      };

/** A repository that is not there, or that we may not see, is an answer; every other failure is none. */
export const isAboutInherited = ({ path = [], type }: GraphqlError): boolean =>
  path.length === 1 && path[0] === 'inherited' && (type === 'NOT_FOUND' || type === 'FORBIDDEN');

/** The host follows names that were given up: what has another name now is not the one that was asked for (T13). */
export const inheritedIn = (
  { inherited }: InheritedAnswer,
  recordsBranch: string | undefined,
): { readonly inherited?: InheritedHeads } => {
  if (inherited === undefined || recordsBranch === undefined) return {};
  const name = inherited?.nameWithOwner ?? '';
  if (inherited === null || !name.toLowerCase().endsWith(`/${inheritedName}`))
    return { inherited: { kind: 'absent' } };
  const { databaseId, defaultBranchRef, records } = inherited;
  if (databaseId === null) throw new ForgeError('invalid', `GitHub left out the id of ${name}.`);
  const head = defaultBranchRef?.target?.oid;
  const recordsHead = records?.target?.oid;
  return {
    inherited: {
      kind: 'present',
      repository: { id: databaseId, name },
      recordsBranch,
      ...(head === undefined ? {} : { head }),
      ...(recordsHead === undefined ? {} : { records: recordsHead }),
    },
  };
};
