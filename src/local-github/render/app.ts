import type { Host } from '../state/host.ts';
import { accountById, appById } from '../state/lookup.ts';
import { nodeId } from '../state/node-ids.ts';
import type { App, Installation } from '../state/types.ts';
import { renderAccount } from './account.ts';
import { apiUrl } from './urls.ts';

/** An App, as it describes itself and as other objects name it. */
export function renderApp(host: Host, app: App) {
  return {
    id: app.id,
    client_id: app.clientId,
    slug: app.slug,
    node_id: nodeId('app', app.id),
    owner: renderAccount(host, accountById(host.state, app.ownerId)),
    name: app.name,
    description: null,
    external_url: host.url(),
    html_url: `${host.url()}/apps/${app.slug}`,
    created_at: app.createdAt,
    updated_at: app.createdAt,
    permissions: { metadata: 'read', ...app.permissions },
    events: app.events,
  };
}

export const renderAppOrNull = (host: Host, id: number | null) =>
  id === null ? null : renderApp(host, appById(host.state, id));

export function renderInstallation(host: Host, installation: Installation) {
  const app = appById(host.state, installation.appId);
  const account = accountById(host.state, installation.accountId);
  return {
    id: installation.id,
    account: renderAccount(host, account),
    repository_selection: 'all',
    access_tokens_url: `${apiUrl(host)}/app/installations/${installation.id}/access_tokens`,
    repositories_url: `${apiUrl(host)}/installation/repositories`,
    html_url: `${host.url()}/organizations/${account.login}/settings/installations/${installation.id}`,
    app_id: app.id,
    client_id: app.clientId,
    app_slug: app.slug,
    target_id: account.id,
    target_type: account.kind,
    permissions: { metadata: 'read', ...app.permissions },
    events: app.events,
    created_at: installation.createdAt,
    updated_at: installation.createdAt,
    single_file_name: null,
    has_multiple_single_files: false,
    single_file_paths: [],
    suspended_by: null,
    suspended_at: null,
  };
}
