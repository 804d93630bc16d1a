import type { Write } from '../core/release/surface.ts';
import type { Heads, Written } from '../ports/forge.ts';
import type { Connection } from './connection.ts';
import { errorOfGraphql } from './forge-error-of.ts';
import { checkOf, commentOf, given, threadOf } from './from-wire.ts';
import type { WireCheckRun, WireComment, WireIssue } from './wire.ts';
import { fieldOf, type MutationField } from './write-fields.ts';

type Payload = {
  readonly issue?: WireIssue | null;
  readonly checkRun?: WireCheckRun | null;
  readonly commentEdge?: { readonly node: WireComment | null } | null;
};

type Answer = { readonly [alias: string]: Payload | null };

const documentFor = (fields: readonly MutationField[]): string => {
  const declarations = fields.map(({ inputType }, index) => `$w${index}: ${inputType}!`).join(', ');
  const mutations = fields.map(
    ({ name, selection }, index) => `w${index}: ${name}(input: $w${index}) { ${selection} }`,
  );
  return `mutation(${declarations}) {\n${mutations.join('\n')}\n}`;
};

const writtenOf = (write: Write, payload: Payload | null | undefined): Written => {
  switch (write.kind) {
    case 'create-check':
    case 'update-check':
      return { kind: 'check', check: checkOf(given(payload?.checkRun, 'the check run it made')) };
    case 'create-issue':
      return { kind: 'issue', thread: threadOf(given(payload?.issue, 'the issue it made')) };
    case 'comment':
      return {
        kind: 'comment',
        comment: commentOf(given(payload?.commentEdge?.node, 'the comment it made')),
      };
    default:
      return { kind: 'done' };
  }
};

/** Writes that tell people something by mail are spaced further apart. */
const notifies = ({ kind }: Write): boolean => kind === 'create-issue' || kind === 'comment';

/**
 * All writes in one document; GitHub runs them one after the other. Results come in the same order. When one fails the
 * others may have happened, so the error goes to the loop, which observes again and asks only for what is missing.
 */
export const applyWrites = async (
  connection: Connection,
  repository: Heads['repository'],
  writes: readonly Write[],
): Promise<readonly Written[]> => {
  if (writes.length === 0) return [];
  const caller = await connection.on(repository.name);
  const fields = writes.map((write) => fieldOf(repository.nodeId, write));
  const variables = Object.fromEntries(fields.map(({ input }, index) => [`w${index}`, input]));
  const kind = writes.some(notifies) ? 'notification' : 'write';
  const { data, errors } = await caller.graphql<Answer>(documentFor(fields), variables, kind);
  if (errors.length > 0) throw errorOfGraphql(errors, {}, 0);
  return writes.map((write, index) => writtenOf(write, data[`w${index}`]));
};
