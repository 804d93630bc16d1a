import type { Connection } from './connection.ts';

/** Who our App is on this host. */
export type Identity = {
  readonly slug: string;
  /** Login of the account that the App's deeds are shown under. */
  readonly botLogin: string;
};

/** Asks the host for our own name, once at the start; it also proves that the App's key is right. */
export const readIdentity = async (connection: Connection): Promise<Identity> => {
  const { data } = await connection.asApp.rest<{ readonly slug: string }>('GET /app', {}, 'read');
  return { slug: data.slug, botLogin: `${data.slug}[bot]` };
};
