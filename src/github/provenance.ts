import type { Provenance } from '../core/release/facts.ts';
import type { Known } from '../core/values.ts';
import { ForgeError } from '../ports/forge.ts';
import { type Connection, ownerAndName } from './connection.ts';

type WireComment = {
  readonly user: { readonly id: number } | null;
  readonly performed_via_github_app?: { readonly slug?: string | null } | null;
};

const unknown = (why: string): Known<Provenance> => ({ kind: 'unknown', why });

/** Who wrote a comment and through which App. A comment that is gone, or whose author is, is unknown (T15). */
export const readProvenance = async (
  connection: Connection,
  repository: string,
  comment: number,
): Promise<Known<Provenance>> => {
  const { owner, name } = ownerAndName(repository);
  const caller = await connection.on(repository);
  try {
    const route = 'GET /repos/{owner}/{repo}/issues/comments/{comment_id}';
    const parameters = { owner, repo: name, comment_id: comment };
    const { data } = await caller.rest<WireComment>(route, parameters, 'read');
    if (data.user === null) return unknown('The account that wrote the comment is gone.');
    const app = data.performed_via_github_app;
    // An App that hides its name is still an App.
    const throughApp = app === null || app === undefined ? {} : { throughApp: app.slug ?? 'unnamed' };
    return { kind: 'known', value: { author: data.user.id, ...throughApp } };
  } catch (error) {
    if (!(error instanceof ForgeError) || error.code !== 'not-found') throw error;
    return unknown('The comment is gone.');
  }
};
