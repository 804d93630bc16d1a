import { fillTemplate, parseTemplate } from '../expression/template.ts';
import type { Activity } from '../manifest/manifest.ts';
import type { Known } from '../values.ts';
import type { DispatchOrder } from '../workflow/workflow-run.ts';
import { surroundingsOf } from './condition.ts';
import type { OpenRelease } from './state.ts';

/** What a workflow is given, with the answers filled in as data; empty where nobody answered (T14). */
export function feedsOf(state: OpenRelease, activity: Activity): Known<DispatchOrder['inputs']> {
  const surroundings = surroundingsOf(state, activity);
  const feeds: [string, string][] = [];
  for (const [name, written] of Object.entries(activity.with ?? {})) {
    const parsed = parseTemplate(String(written));
    if (parsed.kind === 'invalid') return { kind: 'unknown', why: `the value of ${name} cannot be read` };
    const filled = fillTemplate(parsed.template, surroundings);
    if (filled.kind === 'unknown')
      return { kind: 'unknown', why: `the value of ${name} is not known: ${filled.why}` };
    feeds.push([name, filled.value]);
  }
  return { kind: 'known', value: Object.fromEntries(feeds) };
}
