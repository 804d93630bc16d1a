import type { Host } from '../state/host.ts';
import { fullName } from '../state/lookup.ts';
import type { Repository } from '../state/types.ts';

/** The REST root, as GitHub Enterprise Server has it. */
export const apiUrl = (host: Host): string => `${host.url()}/api/v3`;

export const repositoryApi = (host: Host, repository: Repository): string =>
  `${apiUrl(host)}/repos/${fullName(host.state, repository)}`;

export const repositoryPage = (host: Host, repository: Repository): string =>
  `${host.url()}/${fullName(host.state, repository)}`;
