import type { WireComment, WireIssue, WireRepository } from '../../src/github/wire.ts';

export const head = 'a'.repeat(40);
export const tip = 'b'.repeat(40);

export const page = <T>(nodes: readonly T[], next?: string) => ({
  pageInfo: { hasNextPage: next !== undefined, endCursor: next ?? null },
  nodes,
});

export const user = (id: number, login: string) => ({ __typename: 'User', login, databaseId: id });

export const wireComment = (id: number, rest: Partial<WireComment> = {}): WireComment => ({
  id: `IC_${id}`,
  databaseId: id,
  url: `https://ghe.example/acme/payments/issues/1#issuecomment-${id}`,
  body: '/approve',
  createdAt: '2026-11-23T08:00:00Z',
  lastEditedAt: null,
  createdViaEmail: false,
  viewerDidAuthor: false,
  author: user(11, 'ada'),
  reactionGroups: [],
  ...rest,
});

export const wireIssue = (number: number, rest: Partial<WireIssue> = {}): WireIssue => ({
  id: `I_${number}`,
  number,
  url: `https://ghe.example/acme/payments/issues/${number}`,
  title: 'Go or no go',
  body: 'Body',
  state: 'OPEN',
  createdAt: '2026-11-23T07:00:00Z',
  viewerDidAuthor: true,
  parent: null,
  repository: { databaseId: 5 },
  comments: page([]),
  timelineItems: page([]),
  ...rest,
});

export const wireRepository: WireRepository = {
  id: 'R_5',
  databaseId: 5,
  nameWithOwner: 'acme/payments',
  isPrivate: true,
  defaultBranchRef: { name: 'main', target: { oid: head } },
  records: { target: { oid: tip } },
};

export const wireRun = (id: number, name: string, conclusion: string | null = 'SUCCESS') => ({
  id: `CR_${id}`,
  databaseId: id,
  name,
  conclusion,
  title: 'Title',
  summary: 'Summary',
  externalId: 'checkpoint',
});
