import { join } from 'node:path';
import type { Demo } from './start-demo.ts';

type Running = Pick<Demo, 'github' | 'data' | 'fingerprint'>;

/** What to try: in a browser, or ready to be copied into a shell of this machine. Both take the same way. */
export function nextSteps(demo: Running, home: string): string {
  const releases = join(home, 'examples', 'payments', 'releases');
  return `${inBrowser(demo, releases)}

${inShell(demo, home, releases)}

Everything is kept in ${demo.data}; go on another day with: npm run demo -- --data ${demo.data}
End with Ctrl+C.`;
}

function inBrowser({ github }: Running, releases: string): string {
  const payments = `${github}/acme/payments`;
  return `In a browser: there are no passwords, you choose whom you play. A private window can be somebody else.

1. Open ${payments}/tags, sign in as ada and create the tag v2026.11.0.
2. Still as ada, open ${payments}/new/main: the path releases/payments-2026.11.yml, as content that of
   ${join(releases, 'payments-2026.11.yml')}, any message, the new branch release-2026.11.
   Commit, and create the pull request. Its check says what is wrong, line by line.
3. As alan, open ${payments}/pulls and merge it. The release opens, with an issue for every activity.
4. As grace, then as katherine, open ${payments}/issues and "Sign-off by QA"; copy the block that begins
   with /approve into a comment, fill it in and send it.
5. Look at the record: ${payments}/commits/countersign-records`;
}

function inShell(demo: Running, home: string, releases: string): string {
  const { github, fingerprint } = demo;
  const signedIn = (login: string) => github.replace('://', `://${login}:ghp_local_${login}@`);
  return `Or in a shell: everybody has the token ghp_local_<login>. Set it up:

  api=${github}/api/v3/repos/acme/payments
  as() { curl -sS -H "authorization: token ghp_local_$1" "\${@:2}"; }
  field() { node -pe "JSON.parse(require('fs').readFileSync(0))$1"; }

1. ada proposes a release. The check countersign/manifest on her pull request says what is wrong, line by line.

  git clone ${signedIn('ada')}/acme/payments.git && cd payments
  git config user.name Ada && git config user.email ada@users.noreply.github.com
  git tag v2026.11.0 && git push origin v2026.11.0
  git switch -c release-2026.11 && mkdir -p releases
  cp ${releases}/payments-2026.11.yml releases/
  git add releases && git commit -m 'Propose 2026.11' && git push origin release-2026.11
  pull=$(as ada $api/pulls -d '{"title":"Release 2026.11","head":"release-2026.11","base":"main"}' | field .number)
  sleep 2; as ada "$api/commits/release-2026.11/check-runs" | field '.check_runs.map(run => run.name + ": " + run.conclusion).join("\\n")'

2. alan merges it: the release opens, with an issue for every activity.

  as alan -X PUT $api/pulls/$pull/merge -d '{}' | field .message
  sleep 2; as ada "$api/issues?state=open" | field '.map(issue => issue.number + "  " + issue.title).join("\\n")'

3. grace and katherine, of the team qa, sign off.

  issue=$(as ada "$api/issues?state=open" | field '.find(issue => issue.title.includes("Sign-off by QA")).number')
  for who in grace katherine; do
    as $who $api/issues/$issue/comments -d '{"body":"/approve\\nsummary: All critical paths, twice, on staging.\\nfailures: 0"}' | field .html_url
  done; sleep 2

   The business and the go or no-go are asked next, in the same way: donna approves, then mona and radia with their inputs.
   Each issue says what it wants.

4. Look at the record, as anybody with git, and check it without trusting anyone.

  git fetch origin countersign-records && git log FETCH_HEAD
  npm --prefix ${home} exec -- countersign verify ${signedIn('ada')}/acme/payments.git --key ${fingerprint}`;
}
