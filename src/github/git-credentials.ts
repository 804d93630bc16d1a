import type { GitCredentials } from '../ports/git-credentials.ts';
import type { Connection } from './connection.ts';

/** Git over HTTPS as the installation on a repository; the token goes to git by its environment only (T19). */
export const createGitCredentials = (connection: Connection): GitCredentials => ({
  accessTo: async (repository) => ({
    url: `${connection.host.web}/${repository}.git`,
    username: 'x-access-token',
    password: await connection.tokenFor(repository),
  }),
});
