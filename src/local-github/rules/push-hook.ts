import { chmodSync, existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { RefUpdate } from '../git/git-repository.ts';
import type { Objection } from './judge-update.ts';

/** The hook reads the objections of this push from here: `ref TAB only TAB message`, one a line. */
const variable = 'LOCAL_GITHUB_OBJECTIONS';

// Only git can see the commits of a push that is not accepted yet, so what depends on their form is asked in a hook.
const script = `#!/bin/sh
tab=$(printf '\\t')
status=0
while read -r before after ref; do
  found=$(printf '%s\\n' "$${variable}" | while IFS="$tab" read -r on only message; do
    [ "$on" = "$ref" ] || continue
    case "$only" in
      forced) git merge-base --is-ancestor "$before" "$after" && continue ;;
      merges) [ -z "$(git rev-list --merges "$after" --not --all)" ] && continue ;;
      unsigned) [ -z "$(git rev-list "$after" --not --all)" ] && continue ;;
    esac
    printf -- '- %s\\n' "$message"
  done)
  [ -n "$found" ] || continue
  status=1
  printf 'error: GH013: Repository rule violations found for %s.\\n%s\\n' "$ref" "$found" >&2
done
exit $status
`;

/** Puts the hook where git looks for it. It does nothing in a push without objections. */
function installHook(repositoryPath: string): void {
  const file = join(repositoryPath, 'hooks', 'pre-receive');
  if (existsSync(file)) return;
  mkdirSync(join(repositoryPath, 'hooks'), { recursive: true });
  writeFileSync(file, script);
  chmodSync(file, 0o755);
}

/** The environment that makes git refuse what is objected to. */
export function objectionEnvironment(
  repositoryPath: string,
  objected: readonly { readonly update: RefUpdate; readonly objections: readonly Objection[] }[],
): Record<string, string> {
  const lines = objected.flatMap(({ update, objections }) =>
    objections.map(({ only, message }) => [update.ref, only ?? 'always', message].join('\t')),
  );
  if (lines.length === 0) return {};
  installHook(repositoryPath);
  return { [variable]: lines.join('\n') };
}
