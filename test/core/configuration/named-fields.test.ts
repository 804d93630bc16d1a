import { describe, expect, it } from 'vitest';
import { usableCatalog } from '../../../src/core/catalog/usable-catalog.ts';
import { asInherited } from '../../../src/core/configuration/inheritance.ts';
import { parseConfiguration, type Reading } from '../../../src/core/configuration/parse-configuration.ts';
import { resolvePlan } from '../../../src/core/floors/resolve-plan.ts';
import { parseManifest } from '../../../src/core/manifest/parse-manifest.ts';
import { bytesOf, configurationOf } from '../floors/rulebook.ts';

const repository = 'acme/.github';
const organization =
  'floors: [{ for: { environment: production }, activities: [launch], inputs: { audit: [runbook], launch: [risk] } }]\n';
const manifest = bytesOf(`release: r1
target: { ref: v1 }
phases:
  p:
    activities:
      audit: { approvers: { from: team:qa }, inputs: { runbook: { type: text, required: true } } }
      launch: { uses: go-no-go, approvers: { from: team:qa } }
      deploy: { needs: [audit, launch], environment: production }
`);
const read = (own: string, how: Reading = {}) =>
  parseConfiguration(bytesOf(own), {
    above: { repository, configuration: asInherited(configurationOf(organization), repository) },
    ...how,
  });
const wrong = (own: string) =>
  read(own).problems.map(({ code, position, message }) => [code, position.line, message]);

/** The field `risk` as approvers are asked for it. */
const riskUnder = (...how: Parameters<typeof read>) => {
  const configuration = read(...how);
  if (configuration.kind === 'invalid') throw new Error(JSON.stringify(configuration.problems));
  const parsed = parseManifest(manifest, usableCatalog(configuration.value));
  if (parsed.kind === 'invalid') throw new Error(JSON.stringify(parsed.problems));
  const { plan, problems } = resolvePlan(manifest, parsed.value, configuration.value);
  expect(problems).toEqual([]);
  return plan.phases[0]?.activities[1]?.inputs.find(({ id }) => id === 'risk')?.type;
};

describe('decision 0033: a field that an inherited floor names, where it calls the activity by no entry', () => {
  const covering = 'catalog: { launch: { inputs: { risk: { type: text } } } }\n';

  it('is that of the entry in use, which may not get looser', () => {
    expect(riskUnder('time-zone: UTC\n')).toBe('dropdown');
    expect(wrong('catalog: { go-no-go: { inputs: { risk: { type: text } } } }\n')).toHaveLength(1);
  });

  it('may not be covered by a looser one of an entry of that name', () => {
    expect(wrong(covering)).toEqual([
      [
        'below-inherited',
        1,
        expect.stringContaining('the floor for environment production demands (the organization'),
      ],
    ]);
  });

  it('T7: is not covered by one that was adopted before either', () => {
    expect(riskUnder(covering, { adopted: true })).toBe('dropdown');
  });

  it.each([
    'catalog: { launch: { title: Launch, inputs: { more: { type: text } } } }\n',
    'catalog: { audit: { inputs: { runbook: { type: text } } } }\n',
    'catalog: { other: { inputs: { risk: { type: text } } } }\n',
  ])('but this covers nothing: %s', (own) => {
    expect(riskUnder(own)).toBe('dropdown');
  });
});
