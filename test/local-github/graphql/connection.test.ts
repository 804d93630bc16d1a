import { GraphQLError } from 'graphql';
import { describe, expect, it } from 'vitest';
import { type PageArguments, paginate } from '../../../src/local-github/api/graphql/connection.ts';

const numbers = (args: PageArguments, items = [1, 2, 3, 4, 5]) =>
  paginate('numbers', items, args, (each) => each);

const typeOfRefusal = (args: PageArguments): unknown => {
  try {
    numbers(args);
  } catch (error) {
    if (error instanceof GraphQLError) return error.extensions['failure'];
  }
  return 'accepted';
};

describe('a page of a connection', () => {
  it('goes forward through everything, each item once', () => {
    const first = numbers({ first: 2 });
    const second = numbers({ first: 2, after: first.pageInfo.endCursor });
    const third = numbers({ first: 2, after: second.pageInfo.endCursor });
    expect([first.nodes, second.nodes, third.nodes]).toEqual([[1, 2], [3, 4], [5]]);
    expect([first, second, third].map((page) => page.pageInfo.hasNextPage)).toEqual([true, true, false]);
    expect([first, second, third].map((page) => page.pageInfo.hasPreviousPage)).toEqual([false, true, true]);
    expect(third.totalCount).toBe(5);
  });

  it('goes backward from the end', () => {
    const last = numbers({ last: 2 });
    const before = numbers({ last: 2, before: last.pageInfo.startCursor });
    expect([last.nodes, before.nodes]).toEqual([
      [4, 5],
      [2, 3],
    ]);
    expect(last.pageInfo).toMatchObject({ hasNextPage: false, hasPreviousPage: true });
  });

  it('neither repeats nor skips when an earlier item disappears between two pages', () => {
    const { endCursor } = numbers({ first: 3 }).pageInfo;
    expect(numbers({ first: 3, after: endCursor }, [2, 3, 4, 5]).nodes).toEqual([4, 5]);
  });

  it('goes on after an item that is gone itself', () => {
    const { endCursor } = numbers({ first: 3 }).pageInfo;
    expect(numbers({ first: 3, after: endCursor }, [1, 2, 4, 5]).nodes).toEqual([4, 5]);
  });

  it('is empty, not an error, for nothing', () => {
    const page = numbers({ first: 10 }, []);
    expect(page.nodes).toEqual([]);
    expect(page.pageInfo).toEqual({
      startCursor: null,
      endCursor: null,
      hasNextPage: false,
      hasPreviousPage: false,
    });
  });

  it.each([
    ['no bounds', {}, 'MISSING_PAGINATION_BOUNDARIES'],
    ['both bounds', { first: 1, last: 1 }, 'UNPROCESSABLE'],
    ['more than 100', { first: 101 }, 'EXCESSIVE_PAGINATION'],
    ['fewer than none', { last: -1 }, 'EXCESSIVE_PAGINATION'],
    ['a foreign cursor', { first: 1, after: 'bm90IG91cnM=' }, 'INVALID_CURSOR_ARGUMENTS'],
    ['exactly 100', { first: 100 }, 'accepted'],
  ])('answers %s', (_, args, type) => {
    expect(typeOfRefusal(args)).toBe(type);
  });
});
