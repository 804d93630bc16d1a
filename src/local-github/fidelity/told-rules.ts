// What the page about this host says in words. Where GitHub's behaviour is not documented, the entry says which case was
// taken: the unfriendlier one.

/** What GitHub enforces and this host enforces as well. */
export const enforced: readonly string[] = [
  'App tokens are checked (RS256, at most ten minutes, clock skew of a minute); installation tokens end after an hour, carry the permissions of the App or fewer, and reach the repositories they were made for.',
  'A missing permission is a 403, what must stay hidden is a 404, and a wrong body a 422, in the form GitHub gives them.',
  'Titles, bodies, check outputs, annotations (50 a request), buttons (three) and their labels are limited; labels and assignees that cannot be are dropped silently.',
  'Pages with `Link`, `ETag` with 304, rate limit headers on every answer.',
  'The hourly rate limit refuses with 403: 60 requests without credentials, 5,000 with them, up to 12,500 for the installation of a large organization. `--limits none` lifts it. The secondary limits (80 writes a minute, 500 an hour, 900 points a minute) refuse with `retry-after` only under `--limits all`, because clients space their calls on github.com and not on other hosts.',
  'Teams are nested; invited members are pending and count as members nowhere but where their membership is asked for; secret teams are known to their members only.',
  'Comments tell in GraphQL when they were last edited and by whom, whether they came by mail and whether they are hidden; deleted ones leave an event; REST tells through which App they were written. Writers may edit, hide and delete what others wrote.',
  'Reviews carry their commit and can be dismissed; nobody approves their own pull request.',
  'Only Apps write checks, each App its own; a completed check never reopens; of one name and App the newest counts; buttons work on completed checks only and tell only the App they belong to.',
  'Rulesets of a repository bind the API and git push: creations, updates and deletions restricted, no force push, linear history, signatures, pull requests with approving reviews, required checks pinned to an App, merge queue; with bypass actors (App, person, team, role) and their modes.',
  'A pull request merges only where rules allow it, and shows `blocked` otherwise. The merge queue builds one group at a time, asks for its checks, and moves the branch to the commit that was checked.',
  'Environments wait for the Apps of their custom protection rules: one verdict for each, at most ten reports of 1,024 characters, from installations only.',
  'Workflows of the seed can be dispatched; nothing runs, jobs end as the seed says and post checks as GitHub Actions. A job that waits for its environment, or that is held, has its check already, and a check of a job in an environment tells its deployment. No App can say that a check of its own is `waiting`.',
  'A run that waits or is held can be cancelled: the job that it stands at ends as cancelled, and what had not begun never does.',
  'A run that ended can be started again, 50 times within 30 days: the next attempt of the same run, with new checks in the same suite and new deployments. Verdicts on gates count for their attempt, so every gate is asked anew; `workflow_run` is not `requested` again.',
  'Webhooks are signed, arrive in order, are given up after ten seconds and never repeated; the log of an App can be read and a delivery sent again under its old guid.',
];

/** What is not there; asking for it is a 501, a 422 or an error of validation, never an invention. */
export const leftOut: readonly string[] = [
  'Forks, releases, packages, projects, discussions, commit statuses, branch protection of the older kind, rulesets of organizations, rules for paths, files and commit messages.',
  'Rebase merges; automatic merging; code owners; review comments on lines; review requests; dismissing stale reviews after a push.',
  'Reviewers, wait timers and branch policies of environments; running of workflows, their logs and artifacts; `repository_dispatch`.',
  'Groups of more than one pull request in the merge queue, and its time limit.',
  'Owners of organizations: administrators of a repository stand for them. Suspension and deletion of installations; an installation always means all repositories.',
  'The audit log, retention of checks, the stale state after fourteen days, file sizes.',
];

/** Where GitHub does not say what happens, and what happens here. */
export const uncertain: readonly { readonly question: string; readonly taken: string }[] = [
  {
    question: 'Does an App with the members permission see secret teams?',
    taken: 'No: 404, and no list shows them.',
  },
  {
    question: 'Can a completed check run be updated to be in progress?',
    taken: 'No: 422. A new run of the same name is the way.',
  },
  {
    question: 'Who may press the buttons of a check run?',
    taken: 'People with write access.',
  },
  {
    question: 'Who may list the collaborators of a repository through GraphQL?',
    taken: 'People with write access, and Apps that are installed there.',
  },
  {
    question: 'What does a second verdict on a deployment protection rule do?',
    taken: 'It is refused with 422.',
  },
  {
    question: 'Are verdicts of Apps listed among the approvals of a workflow run?',
    taken: 'Yes, as by the bot of the App.',
  },
  {
    question: 'What becomes of the deployment of a job that is cancelled?',
    taken: 'It failed: people report that, and clean it up afterwards.',
  },
  {
    question: 'What refuses to start a run more than 50 times again?',
    taken: 'A 403, as for one that is older than 30 days.',
  },
  {
    question: 'Are verdicts of earlier attempts listed among the approvals of a workflow run?',
    taken: 'Yes, all of them, oldest first.',
  },
  {
    question: 'What is the status of a check suite in which jobs wait and none goes on?',
    taken: 'It is `waiting`, too.',
  },
  {
    question: 'What becomes of a required check without a pinned App that two Apps report?',
    taken: 'Both must pass.',
  },
  {
    question: 'What does createCommitOnBranch answer when rules forbid the update?',
    taken: 'An error of type UNPROCESSABLE that names the rules; nothing is written.',
  },
  {
    question: 'Is a push refused as a whole when rules forbid one of its refs?',
    taken: 'Yes: git refuses all of it.',
  },
];
