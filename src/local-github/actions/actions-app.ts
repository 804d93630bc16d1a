import type { Host } from '../state/host.ts';
import { stamp } from '../state/host.ts';
import { appBySlug } from '../state/lookup.ts';
import { nextId } from '../state/state.ts';
import type { App } from '../state/types.ts';

/** The number that GitHub Actions has among the Apps of github.com. */
export const actionsAppId = 15_368;

/** The App that posts the checks of workflows; made when the first workflow starts. It has no key: nobody signs in as it. */
export function actionsApp(host: Host): App {
  const known = appBySlug(host.state, 'github-actions');
  if (known !== null) return known;
  const now = stamp(host);
  const botId = nextId(host.state, 'account');
  host.state.accounts.set(botId, {
    id: botId,
    kind: 'Bot',
    login: 'github-actions[bot]',
    name: null,
    createdAt: now,
  });
  const app: App = {
    id: actionsAppId,
    clientId: 'Iv1.github-actions',
    slug: 'github-actions',
    name: 'GitHub Actions',
    ownerId: botId,
    botId,
    publicKey: '',
    webhook: null,
    permissions: {},
    events: [],
    createdAt: now,
  };
  host.state.apps.set(app.id, app);
  return app;
}
