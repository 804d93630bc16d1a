import type { Forge } from '../ports/forge.ts';
import { applyWrites } from './apply.ts';
import { readAuthorship } from './authorship.ts';
import { readCheckRuns } from './check-runs.ts';
import { checksAt } from './checks.ts';
import type { Connection } from './connection.ts';
import { readDeployments } from './deployments.ts';
import { createGates } from './gates.ts';
import { readGuard } from './guard.ts';
import { createMovedIssues } from './moved-issues.ts';
import { observeRelease } from './observe-release.ts';
import { observeRepository } from './observe-repository.ts';
import { readProvenance } from './provenance.ts';
import { readPushes } from './pushes.ts';
import { readRepositories } from './repositories.ts';
import { createWorkflows } from './workflows.ts';

/** The host as the loop needs it, over GitHub's API. Looking never changes anything; only `apply` writes. */
export const createForge = (connection: Connection): Forge => ({
  web: connection.host.web,
  spareTime: connection.spareTime,
  repositories: () => readRepositories(connection),
  observeRepository: (...question) => observeRepository(connection, ...question),
  observeRelease: (question) => observeRelease(connection, question),
  checksOn: async (repository, commit) => {
    const caller = await connection.on(repository);
    const [checks = []] = await checksAt(caller, connection.appId, repository, [commit]);
    return checks;
  },
  deployments: (repository, commit) => readDeployments(connection, repository, commit),
  guard: (repository, environment) => readGuard(connection, repository, environment),
  checkRuns: (repository, commit, names) => readCheckRuns(connection, repository, commit, names),
  ...createWorkflows(connection),
  ...createGates(connection),
  movedIssues: createMovedIssues(connection),
  provenance: (repository, comment) => readProvenance(connection, repository, comment),
  authorship: (repository, commits) => readAuthorship(connection, repository, commits),
  pushes: (repository, enough) => readPushes(connection, repository, enough),
  apply: (repository, writes) => applyWrites(connection, repository, writes),
});
