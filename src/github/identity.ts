import type { Committer } from '../ports/branch-writer.ts';
import type { Connection } from './connection.ts';

/** Who our App is on this host. */
export type Identity = {
  readonly slug: string;
  /** Login of the account that the App's deeds are shown under. */
  readonly botLogin: string;
};

/** Asks the host for our own name, once at the start; it also proves that the App's key is right. */
export const readIdentity = async (connection: Connection): Promise<Identity> => {
  const { data } = await connection.asApp.rest<{ readonly slug: string }>('GET /app', {}, 'read');
  return { slug: data.slug, botLogin: `${data.slug}[bot]` };
};

/**
 * The name under which GitHub itself would show a commit of ours, asked once for all repositories. The number in the
 * address is what makes the host link the commit to the App's account.
 */
export const createCommitter = (connection: Connection): ((repository: string) => Promise<Committer>) => {
  let known: Committer | undefined;
  return async (repository) => {
    if (known !== undefined) return known;
    const { botLogin } = await readIdentity(connection);
    const caller = await connection.on(repository);
    const account = await caller.rest<{ readonly id: number }>(
      'GET /users/{username}',
      { username: botLogin },
      'read',
    );
    const mail = `users.noreply.${new URL(connection.host.web).hostname}`;
    known = { name: botLogin, email: `${account.data.id}+${botLogin}@${mail}` };
    return known;
  };
};
