import { issueByNumber, pullByNumber, repositoryByName } from '../state/lookup.ts';
import { type Need, needs, permit } from '../state/permissions.ts';
import type { Issue, PullIssue, Repository } from '../state/types.ts';
import { type Answer, type Call, type Handler, missing, numberParam, param, refuse } from './call.ts';

export type RepositoryCall = Call & { readonly repository: Repository };
type RepositoryHandler = (call: RepositoryCall) => Answer | Promise<Answer>;

/** Finds the repository of the path and checks what the act needs before the handler runs. */
export function inRepository(need: Need, handle: RepositoryHandler): Handler {
  return (call) => {
    const repository = repositoryByName(call.host.state, param(call, 'owner'), param(call, 'repo'));
    if (repository === null) return missing;
    const allowed = permit(call.host, call.viewer, repository, need);
    return allowed.ok ? handle({ ...call, repository }) : refuse(allowed.fault);
  };
}

/** The same, for the issue or pull request `{number}`; either permission opens a pull request's issue side. */
export function onIssue(
  handle: (call: RepositoryCall & { issue: Issue }) => Answer | Promise<Answer>,
): Handler {
  return (call) => {
    const repository = repositoryByName(call.host.state, param(call, 'owner'), param(call, 'repo'));
    const issue = repository && issueByNumber(call.host.state, repository, numberParam(call, 'number'));
    const readable = inRepository(needs.readIssues, (inner) =>
      issue ? handle({ ...inner, issue }) : missing,
    );
    const readablePull = inRepository(needs.readPulls, (inner) =>
      issue ? handle({ ...inner, issue }) : missing,
    );
    if (!repository || !issue?.pull) return readable(call);
    return permit(call.host, call.viewer, repository, needs.readIssues).ok
      ? readable(call)
      : readablePull(call);
  };
}

/** The same, for the pull request `{number}`. */
export function onPull(
  handle: (call: RepositoryCall & { issue: PullIssue }) => Answer | Promise<Answer>,
): Handler {
  return inRepository(needs.readPulls, (call) => {
    const issue = pullByNumber(call.host.state, call.repository, numberParam(call, 'number'));
    return issue === null ? missing : handle({ ...call, issue });
  });
}
