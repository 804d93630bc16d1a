import { describe, expect, it } from 'vitest';
import { usableCatalog } from '../../../src/core/catalog/usable-catalog.ts';
import { crossCheck } from '../../../src/core/manifest/cross-check.ts';
import { parseManifest } from '../../../src/core/manifest/parse-manifest.ts';
import { activityIn, bytesOf, configurationOf, planOf } from '../floors/rulebook.ts';
import { located } from './manifest-file.ts';

const configuration = configurationOf('roles: { support: { users: [mona] } }\n');
const release = (body: string, owner = 'owner: team:qa\n') => `release: r1
target: { ref: main }
${owner}phases:
  p:
    activities:
      one: ${body}
`;
const one = (body: string) => activityIn(planOf(release(body), configuration), 'one');
const problems = (body: string, owner?: string) => {
  const parsed = parseManifest(bytesOf(release(body, owner)), usableCatalog(configuration));
  return parsed.kind === 'invalid' ? parsed.problems : [];
};

describe('S-009, S-016: assignees make an activity a task', () => {
  it('that any one of them does, the author of the manifest not left out', () => {
    expect(one('{ assignees: [team:support, user:mona], inputs: { link: { type: url } } }')).toMatchObject({
      task: { authors: 'may-act' },
      approvers: [
        {
          from: [
            { kind: 'team', name: 'support' },
            { kind: 'user', name: 'mona' },
          ],
          require: { kind: 'count', count: 1 },
        },
      ],
      exclude: [],
      inputs: [{ id: 'link' }],
    });
  });

  it('may name the owner, and goes with everything that is not about votes', () => {
    const keys =
      'title: Hand over, deadline: 2d, remind: 50%, expire: stay, on-failure: continue, delegation: { max: 1 }';
    const task = one(`{ assignees: "\${{ owner }}", ${keys}, if: "target.ref == 'main'" }`);
    expect(task).toMatchObject({
      approvers: [{ from: [{ kind: 'team', name: 'qa' }] }],
      timing: { deadline: '2d' },
    });
    expect(task).not.toHaveProperty('origins');
  });

  it('T16: whoever is excluded is, the author where that is written', () => {
    const excluding = one('{ assignees: team:qa, exclude: [author, committers, user:mona] }');
    expect(excluding).toMatchObject({
      task: { authors: 'excluded' },
      apartFrom: [{ kind: 'committers' }],
      exclude: [{ kind: 'user', name: 'mona' }],
    });
  });

  it('leaves approvals as they were, so that their digests stay', () => {
    expect(one('{ approvers: { from: team:qa }, exclude: author }')).not.toHaveProperty('task');
  });

  it.each([
    ['approvers: { from: team:qa }', 'approvers'],
    ['uses: qa-signoff', 'uses'],
    ['distinct: false', 'distinct'],
    ['order: sequential', 'order'],
    ['reject: majority', 'reject'],
    ['advisory: true', 'advisory'],
    ['session: board', 'session'],
    ['open-for: 2d', 'open-for'],
    ['auto-approve: { after: 2d, comment: Fine }', 'auto-approve'],
  ])('contradicts what belongs to an approval: %s', (text, key) => {
    const found = problems(`{ assignees: team:qa, ${text} }`);
    expect(located(found)).toEqual(['7:34 conflict']);
    expect(found[0]?.message).toBe(
      `"${key}" belongs to an approval, and "assignees" makes this a task. Keep one of them.`,
    );
  });

  it('says what else is wrong, with places', () => {
    expect(located(problems('{ assignees: qa }'))).toEqual(['7:25 invalid-value']);
    expect(located(problems('{ assignees: [] }'))).toEqual(['7:25 empty']);
    expect(located(problems(`{ assignees: "\${{ owner }}" }`, ''))).toEqual(['6:25 unknown-reference']);
    expect(problems('{ title: Nothing }').map(({ message }) => message)).toEqual([
      '"approvers" is missing. Expected a rule such as { from: [team:qa], require: 1 }; or assignees, where something is to be done.',
    ]);
  });

  it('names roles that the configuration has', () => {
    const check = (role: string) => {
      const text = release(`{ assignees: 'role:${role}' }`);
      return located(crossCheck(bytesOf(text), planOf(text, configuration), configuration));
    };
    expect(check('support')).toEqual([]);
    expect(check('suport')).toEqual(['7:25 unknown-reference']);
  });
});
