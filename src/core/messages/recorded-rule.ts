import type { Principal, QuorumRule, Requirement } from '../manifest/manifest.ts';
import { markdown } from './escape.ts';

/** A rule of an activity on the page of its record, as the manifest names it. */
export function recordedRule({
  from,
  require: needed,
  except = [],
  backups = [],
  inherited,
}: QuorumRule): string {
  const named = (principals: readonly Principal[]): string =>
    markdown(principals.map((one) => principalWords(one)).join(', '));
  return [
    `${numberWords(needed)} of ${named(from)}`,
    ...(inherited === false ? ['direct members only'] : []),
    ...(except.length === 0 ? [] : [`without ${named(except)}`]),
    ...(backups.length === 0 ? [] : [`with ${named(backups)} as backups`]),
  ].join(', ');
}

function numberWords(needed: Requirement): string {
  if (needed.kind === 'count') return String(needed.count);
  if (needed.kind === 'all-but') return `all but ${needed.count}`;
  return needed.kind === 'majority' ? 'a majority' : 'all';
}

function principalWords(principal: Principal): string {
  return `${principal.kind} ${principal.name}`;
}
