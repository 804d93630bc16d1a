import { describe, expect, it } from 'vitest';
import { asInherited } from '../../../src/core/configuration/inheritance.ts';
import { parseConfiguration, type Reading } from '../../../src/core/configuration/parse-configuration.ts';
import { isSameMeaning } from '../../../src/core/messages/amendment-words.ts';
import { heldBy, holdsOn } from '../../../src/core/time/holds.ts';
import { bytesOf, configurationOf } from '../floors/rulebook.ts';

const repository = 'acme/.github';
const pacific = 'time-zone: America/Los_Angeles\n';
const read = (own: string, inherited: string, how: Reading = {}) =>
  parseConfiguration(bytesOf(own), {
    above: { repository, configuration: asInherited(configurationOf(inherited), repository) },
    ...how,
  });
const combined = (...how: Parameters<typeof read>) => {
  const parsed = read(...how);
  if (parsed.kind === 'invalid') throw new Error(JSON.stringify(parsed.problems));
  return parsed.value;
};
const heldAt = (configuration: ReturnType<typeof combined>, at: string) =>
  heldBy(holdsOn(configuration, 'production'), 'production', at)?.kind;

describe('decision 0033: freezes and windows of a repository go by the time zone that rules it', () => {
  const christmas = 'freezes: [{ name: Christmas, from: 2026-12-24, until: 2026-12-25 }]\n';
  const tuesdays = "windows: [{ days: [tue], from: '09:00', until: '16:00' }]\n";

  it('a freeze on dates lasts to the end of the last day there', () => {
    const configuration = combined(christmas, pacific);
    expect(heldAt(configuration, '2026-12-24T07:59:59Z')).toBeUndefined();
    expect(heldAt(configuration, '2026-12-26T01:00:00Z')).toBe('freeze');
    expect(heldAt(configuration, '2026-12-26T08:00:00Z')).toBeUndefined();
  });

  it('a window opens in the morning there', () => {
    const configuration = combined(tuesdays, pacific);
    expect(heldAt(configuration, '2026-12-01T10:00:00Z')).toBe('window');
    expect(heldAt(configuration, '2026-12-01T18:00:00Z')).toBeUndefined();
    expect(configuration.windows).toEqual(combined(pacific + tuesdays, pacific).windows);
  });

  it('but a file that says its own goes by that', () => {
    const configuration = combined(`time-zone: UTC\n${christmas}`, pacific);
    expect(heldAt(configuration, '2026-12-24T00:00:00Z')).toBe('freeze');
    expect(heldAt(configuration, '2026-12-26T00:00:00Z')).toBeUndefined();
  });

  const mixed = "freezes: { name: Move, from: 2026-12-24, until: '2026-12-24T06:00:00Z' }\n";

  it('a freeze ends after it begins there, or is an error', () => {
    expect(read(mixed, 'time-zone: UTC').kind).toBe('valid');
    expect(read(mixed, pacific).problems).toEqual([
      expect.objectContaining({ code: 'invalid-value', position: { line: 1, column: 42 } }),
    ]);
    expect(read(`time-zone: UTC\n${mixed}`, pacific).kind).toBe('valid');
  });

  it('T7: one that was adopted before the organization moved holds nothing, and stops nobody', () => {
    const configuration = combined(mixed + tuesdays, pacific, { adopted: true });
    expect([configuration.freezes, configuration.windows.length]).toEqual([[], 1]);
  });

  it('T7: dates and moments that mean the same only until the organization moves are not the same', () => {
    const moments =
      "freezes: [{ name: Christmas, from: '2026-12-24T08:00:00Z', until: '2026-12-26T08:00:00Z' }]\n";
    const [one, other] = [combined(christmas, pacific), combined(moments, pacific)];
    expect(one.freezes).toEqual(other.freezes);
    expect(isSameMeaning(one, other)).toBe(false);
  });
});
