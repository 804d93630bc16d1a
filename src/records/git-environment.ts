import type { GitAccess } from '../ports/git-credentials.ts';

/** What git may inherit from us: how to reach the network, and nothing that changes what it does. */
const inherited = [
  'PATH',
  'SYSTEMROOT',
  'TMPDIR',
  'HTTPS_PROXY',
  'https_proxy',
  'HTTP_PROXY',
  'http_proxy',
  'NO_PROXY',
  'no_proxy',
  'SSL_CERT_FILE',
  'SSL_CERT_DIR',
  'GIT_SSL_CAINFO',
] as const;

export type GitEnvironment = { readonly [name: string]: string };

/**
 * The environment of every git process: no user or system configuration, no prompt, no replaced objects, and only
 * ordinary transports. Credentials are here and nowhere else, so that no process list shows them (T19), and they are
 * bound to the host they are for.
 */
export function gitEnvironment(access?: GitAccess): GitEnvironment {
  const environment: Record<string, string> = {
    LC_ALL: 'C',
    GIT_TERMINAL_PROMPT: '0',
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_CONFIG_GLOBAL: '/dev/null',
    GIT_NO_REPLACE_OBJECTS: '1',
    GIT_ALLOW_PROTOCOL: 'file:git:http:https:ssh',
  };
  for (const name of inherited) {
    const value = process.env[name];
    if (value !== undefined) environment[name] = value;
  }
  const settings = [...fixedSettings, ...(access === undefined ? [] : [authorization(access)])];
  environment['GIT_CONFIG_COUNT'] = String(settings.length);
  settings.forEach(([key, value], index) => {
    environment[`GIT_CONFIG_KEY_${index}`] = key;
    environment[`GIT_CONFIG_VALUE_${index}`] = value;
  });
  return environment;
}

const fixedSettings: readonly (readonly [string, string])[] = [
  ['credential.helper', ''],
  ['core.hooksPath', '/dev/null'],
  ['core.fsmonitor', 'false'],
  ['gc.autoDetach', 'false'],
  ['maintenance.autoDetach', 'false'],
  ['log.showSignature', 'false'],
  ['log.showRoot', 'true'],
  ['core.quotePath', 'false'],
];

function authorization(access: GitAccess): readonly [string, string] {
  const basic = Buffer.from(`${access.username}:${access.password}`).toString('base64');
  const origin = URL.canParse(access.url) ? new URL(access.url).origin : access.url;
  return [`http.${origin}/.extraHeader`, `Authorization: Basic ${basic}`];
}
