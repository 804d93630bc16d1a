import type { Change } from '../state/changes.ts';
import type { Host } from '../state/host.ts';
import { appById } from '../state/lookup.ts';
import type { App, Installation } from '../state/types.ts';

export type Recipient = { readonly app: App; readonly installation: Installation };

/** The account whose Apps may hear of a change. */
function accountOf(change: Change): number {
  if (change.kind === 'team' || change.kind === 'membership') return change.team.organizationId;
  return change.kind === 'installation' ? change.installation.accountId : change.repository.ownerId;
}

/** The App that alone is told: buttons, re-runs and suites are private to the App they belong to. */
function onlyApp(change: Change): number | null {
  if (change.kind === 'installation') return change.installation.appId;
  if (change.kind === 'check_suite') return change.suite.appId;
  if (change.kind === 'deployment_protection_rule') return change.appId;
  const own =
    change.kind === 'check_run' && (change.action === 'rerequested' || change.action === 'requested_action');
  return own ? change.run.appId : null;
}

/** Apps that are installed, have a webhook and subscribed to the event. */
export function recipientsOf(host: Host, change: Change): Recipient[] {
  const accountId = accountOf(change);
  const only = onlyApp(change);
  return [...host.state.installations.values()].flatMap((installation) => {
    const app = appById(host.state, installation.appId);
    const heard = change.kind === 'installation' || app.events.includes(change.kind);
    const meant = only === null || only === app.id;
    return installation.accountId === accountId && app.webhook !== null && heard && meant
      ? [{ app, installation }]
      : [];
  });
}
