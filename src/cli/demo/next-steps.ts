import { join } from 'node:path';
import type { Demo } from './start-demo.ts';

/** What to try, ready to be copied into a shell of this machine; one state goes on from the other. */
export function nextSteps(demo: Pick<Demo, 'github' | 'data' | 'fingerprint'>, home: string): string {
  const { github, data, fingerprint } = demo;
  const releases = join(home, 'examples', 'payments', 'releases');
  const signedIn = (login: string) => github.replace('://', `://${login}:ghp_local_${login}@`);
  return `Everybody has the token ghp_local_<login>. Set up a shell:

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
  done

4. Look at the record, as anybody with git, and check it without trusting anyone.

  git fetch origin countersign-records && git log FETCH_HEAD
  npm --prefix ${home} exec -- countersign verify ${signedIn('ada')}/acme/payments.git --key ${fingerprint}

Everything is kept in ${data}; go on another day with: npm run demo -- --data ${data}
End with Ctrl+C.`;
}
