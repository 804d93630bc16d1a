import type { Caller, Connection } from './connection.ts';

type WireInstallation = { readonly id: number; readonly suspended_at?: string | null };

type WireRepositories = { readonly repositories: readonly { readonly full_name: string }[] };

const pageSize = 100;

/** All entries of a list, page after page; a page that is not full is the last. */
const readAll = async <Body, Entry>(
  caller: Caller,
  route: string,
  entriesOf: (body: Body) => readonly Entry[],
): Promise<readonly Entry[]> => {
  const all: Entry[] = [];
  for (let page = 1; ; page += 1) {
    const { data } = await caller.rest<Body>(route, { per_page: pageSize, page }, 'read');
    const entries = entriesOf(data);
    all.push(...entries);
    if (entries.length < pageSize) return all;
  }
};

/** `owner/name` of every repository the App may look at; suspended installations are left out. */
export const readRepositories = async (connection: Connection): Promise<readonly string[]> => {
  const installations = await readAll(
    connection.asApp,
    'GET /app/installations',
    (body: readonly WireInstallation[]) => body,
  );
  const names: string[] = [];
  for (const { id, suspended_at: suspended } of installations) {
    if (suspended !== null && suspended !== undefined) continue;
    const found = await readAll(
      connection.installation(id),
      'GET /installation/repositories',
      (body: WireRepositories) => body.repositories,
    );
    names.push(...found.map((repository) => repository.full_name));
  }
  return names;
};
