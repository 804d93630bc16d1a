import { describe, expect, it } from 'vitest';
import { type Freeze, frozenBy, readFreeze } from '../../../src/core/time/freeze.ts';

const yearEnd: Freeze = {
  name: 'Year end',
  from: '2026-12-18',
  until: '2027-01-04',
  environments: ['production'],
};

const read = (written: Partial<Freeze>, zone = 'Europe/Berlin') =>
  readFreeze({ ...yearEnd, ...written }, zone);

describe('G-31 a freeze', () => {
  it('of dates begins with the first day and ends with the last, in the zone', () => {
    const { from, until } = { from: '2026-12-17T23:00:00Z', until: '2027-01-04T23:00:00Z' };
    expect(read({})).toEqual({ kind: 'freeze', freeze: { ...yearEnd, from, until } });
    expect(read({}, 'Asia/Kolkata')).toMatchObject({ freeze: { from: '2026-12-17T18:30:00Z' } });
    expect(read({ until: '2026-12-18' })).toMatchObject({ freeze: { until: '2026-12-18T23:00:00Z' } });
  });

  it('of moments begins and ends with them', () => {
    const moments = { from: '2026-12-18T18:00:00+01:00', until: '2026-12-18T17:00:01Z' };
    expect(read(moments)).toMatchObject({
      freeze: { from: '2026-12-18T17:00:00Z', until: '2026-12-18T17:00:01Z' },
    });
  });

  it.each<[Partial<Freeze>, string[]]>([
    [{ from: 'soon' }, ['from']],
    [{ until: '2027-02-29' }, ['until']],
    [{ from: '2026-12-18T18:00:00', until: '' }, ['from', 'until']],
    [{ until: '2026-12-17' }, ['order']],
    [{ from: '2026-12-18T17:00:00Z', until: '2026-12-18T18:00:00+01:00' }, ['order']],
  ])('says what is wrong with %j', (written, flaws) => {
    expect(read(written)).toEqual({ kind: 'invalid', flaws });
  });

  it('is not guessed where the zone is not known', () => {
    expect(read({}, 'Mars/Olympus')).toEqual({ kind: 'invalid', flaws: ['from', 'until'] });
  });

  it('holds from its first moment to just before the one that is free', () => {
    const freeze = { ...yearEnd, from: '2026-12-17T23:00:00Z', until: '2027-01-04T23:00:00Z' };
    const holds = (at: string) => frozenBy([freeze], 'production', at).length === 1;
    expect(['2026-12-17T22:59:59Z', '2026-12-17T23:00:00Z'].map(holds)).toEqual([false, true]);
    expect(['2027-01-04T22:59:59Z', '2027-01-04T23:00:00Z'].map(holds)).toEqual([true, false]);
  });

  it('T1 holds an environment however its name is cased, all of them where none is named', () => {
    const span = { from: '2026-12-17T23:00:00Z', until: '2027-01-04T23:00:00Z' };
    const freezes = [
      { ...yearEnd, ...span },
      { ...yearEnd, ...span, name: 'Moving house', environments: [] },
    ];
    const names = (environment: string) =>
      frozenBy(freezes, environment, '2026-12-24T00:00:00Z').map(({ name }) => name);
    expect(names('PRODUCTION')).toEqual(['Year end', 'Moving house']);
    expect(names('staging')).toEqual(['Moving house']);
  });
});
