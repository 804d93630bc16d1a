import { describe, expect, it } from 'vitest';
import { activityIn, judge } from './rulebook.ts';

describe('demands on inputs', () => {
  const floors = (inputs: string) =>
    `floors: [{ for: { uses: audit }, inputs: { audit: ${inputs} }, approvers: { audit: { from: team:a } } }]`;

  it('are added where the floor or the catalog defines them, and asked for where not', () => {
    const defined = judge(
      floors('{ signed: { type: checkbox, required: always } }'),
      'audit: { uses: audit }',
    );
    expect(activityIn(defined.plan, 'audit').inputs.at(-1)).toMatchObject({
      id: 'signed',
      required: 'always',
    });
    const named = judge(floors('[signed]'), 'audit: { uses: audit }');
    expect(named.problems.map(({ message }) => message)).toEqual([
      expect.stringContaining('"audit" does not ask for the input "signed".'),
    ]);
    expect(
      judge(
        floors('[signed]'),
        'audit: { uses: audit, inputs: { signed: { type: checkbox, required: true } } }',
      ).problems,
    ).toEqual([]);
  });

  it('are those of the catalog for an activity of that id, whatever it uses', () => {
    const environment = `floors: [{ for: { environment: moon }, inputs: { audit: traceable } }]`;
    const { problems } = judge(
      environment,
      'audit: { approvers: { from: team:a }, inputs: { traceable: { type: text, required: true } } }\ngo: { needs: audit, approvers: { from: team:a } }',
      { go: { environment: 'moon' } },
    );
    expect(problems[0]?.message).toContain('Expected type: checkbox.');
  });

  const named = 'floors: [{ for: { environment: moon }, inputs: { go-no-go: [risk] } }]\n';
  const going = (gate: string, rules: string = named) =>
    judge(rules, `go-no-go: ${gate}\ngo: { needs: go-no-go, approvers: { from: team:a } }`, {
      go: { environment: 'moon' },
    });
  const free = 'approvers: { from: team:a }, inputs: { risk: { type: text, required: true } }';

  it.each(['go-no-go', 'product-owner'])(
    'are those of the entry that the floor names, and not of %s because a manifest uses it (T1)',
    (uses) => {
      const { problems } = going(`{ uses: ${uses}, ${free} }`);
      expect(problems.map(({ message }) => message)).toEqual([
        expect.stringContaining('Expected type: dropdown.'),
      ]);
    },
  );

  it('replace a field that only comes from another entry, which nobody wrote into the manifest (T1)', () => {
    const entry = 'catalog: { mine: { title: Mine, inputs: { risk: { type: text } } } }\n';
    const { plan, problems } = going('{ uses: mine, approvers: { from: team:a } }', named + entry);
    expect(problems).toEqual([]);
    expect(activityIn(plan, 'go-no-go').inputs).toMatchObject([
      { id: 'risk', type: 'dropdown', required: 'to-approve' },
    ]);
  });

  it('are those of the entry that is used where the one that the floor names has no such field', () => {
    const rules = 'floors: [{ for: { environment: moon }, inputs: { go-no-go: [traceable] } }]\n';
    const { plan, problems } = going('{ uses: audit, approvers: { from: team:a } }', rules);
    expect(problems).toEqual([]);
    const field = activityIn(plan, 'go-no-go').inputs.find(({ id }) => id === 'traceable');
    expect(field).toMatchObject({ type: 'checkbox', required: 'to-approve' });
  });

  it('always means on a rejection, too', () => {
    const { problems } = judge(
      floors('{ signed: { type: checkbox, required: always } }'),
      'audit: { uses: audit, inputs: { signed: { type: checkbox, required: true } } }',
    );
    expect(problems[0]?.message).toContain('Write required: always.');
  });
});
