import { describe, expect, it } from 'vitest';
import { defaultConfiguration } from '../../../src/core/configuration/configuration.ts';
import type { Manifest } from '../../../src/core/manifest/manifest.ts';
import { planLines } from '../../../src/core/messages/plan-words.ts';
import { timelineOf } from '../../../src/core/plan/timeline.ts';
import { hostileTexts } from '../../support/hostile-texts.ts';
import { activity, manifest } from '../../support/release-world.ts';

const lines = (plan: Manifest, at?: string) => planLines(timelineOf(plan, defaultConfiguration, at));
const qa = [{ kind: 'team', name: 'qa' }] as const;
const one = { kind: 'count', count: 1 } as const;

const everything = manifest(
  [
    activity('signoff', {
      title: 'Sign off',
      instructions: 'Read the report.\nThen decide.\n',
      approvers: [
        { from: qa, require: { kind: 'majority' } },
        { from: [{ kind: 'user', name: 'pat' }], require: one },
      ],
      order: 'sequential',
      exclude: [{ kind: 'team', name: 'dev_ops' }],
      apartFrom: [{ kind: 'committers' }, { kind: 'approvers', activity: 'ship' }],
      reject: { kind: 'count', count: 2 },
      delegation: { max: 1 },
      advisory: true,
      inputs: [
        { id: 'why', label: 'Why', type: 'text', required: 'always', pattern: '^CHG' },
        { id: 'risk', label: 'Risk', type: 'dropdown', required: 'to-approve', options: ['Low', 'High'] },
        {
          id: 'ok',
          label: 'Fine',
          type: 'checkboxes',
          required: 'optional',
          items: [{ id: 'a', label: 'Tested' }],
        },
        { id: 'n', label: 'Length', type: 'text', required: 'optional', minLength: 5 },
      ],
      timing: {
        openFor: '72h',
        deadline: '96h',
        remind: ['50%'],
        escalate: [
          { at: '75%', to: qa },
          { at: '90%', to: qa, grant: true },
        ],
        autoApprove: { at: '2026-12-08T00:00:00Z', comment: 'Standard change' },
      },
      origins: [
        { part: 'approvers', from: 'floor for environment production' },
        { part: 'inputs.why', from: 'floor for environment production' },
      ],
      floors: ['environment production'],
    }),
    activity('ship', {
      phase: 'production',
      approvers: [
        { from: qa, require: one },
        { from: qa, require: one },
      ],
      distinct: false,
      reject: { kind: 'majority' },
      onFailure: { kind: 'run', phase: 'rollback' },
    }),
    activity('notify', {
      phase: 'production',
      needs: ['ship'],
      if: 'failed()',
      reject: { kind: 'outweighed' },
      onFailure: { kind: 'continue' },
      timing: { deadline: '2026-12-01', expire: 'stay', remind: [], escalate: [] },
    }),
    activity('undo', { phase: 'rollback', approvers: [], onFailure: { kind: 'fail' } }),
  ],
  { start: '2026-12-02T00:00:00Z' },
);

describe('G-39: the plan in words', () => {
  it('says who, how many, who is left out, what is asked, when, and where it comes from', () => {
    const owned = everything.phases.map((phase) => ({
      ...phase,
      owner: { kind: 'role', name: 'lead' } as const,
    }));
    expect(lines({ ...everything, phases: owned }, '2026-12-01T09:00:00Z').join('\n')).toMatchInlineSnapshot(`
      "Release r1: Release one
      Nothing begins before 2026-12-02T00:00:00Z.
      Opened 2026-12-01T09:00:00Z. The moments below are the earliest possible, as if everybody answered at once.
      All of it could have passed by 2026-12-05T00:00:00Z.

      Phase verify: verify (from the start; owner: role lead)

        signoff: Sign off
          begins      2026-12-02T00:00:00Z
          read first  Read the report.
                      Then decide.
          asks        more than half of team qa
                      then 1 of pat
                      one person fills one seat only
                      up to 1 seat may be delegated
                      everybody else may vote without weight
          excluded    the authors of the manifest, committers, whoever approved ship and team dev_ops
          rejection   2 end it
          form        why: Why (text; pattern ^CHG; always needed)
                      risk: Risk (dropdown; options Low, High; needed to approve)
                      ok: Fine (checkboxes; items Tested; optional)
                      n: Length (text; min-length 5; optional)
          time        open for 72h (2026-12-05T00:00:00Z), even where enough have approved
                      reminder at 50% (2026-12-04T00:00:00Z)
                      escalation at 75% (2026-12-05T00:00:00Z) to team qa
                      escalation at 90% (2026-12-05T14:24:00Z) to team qa, who may vote then
                      deadline 96h (2026-12-06T00:00:00Z); missing it ends the attempt
                      approved automatically at 2026-12-08T00:00:00Z, unless somebody rejects: Standard change
          failure     holds the release until somebody changes the manifest, overrules or aborts
          floors      environment production
          because     approvers and inputs.why: floor for environment production

      Phase production: production (after verify; owner: role lead)

        ship: ship
          begins      2026-12-05T00:00:00Z
          asks        1 of team qa
                      and 1 of team qa
          excluded    the authors of the manifest
          rejection   more than half of those who are asked end it
          failure     runs the phase rollback, then ends the release as failed

        notify: notify
          begins      2026-12-05T00:00:00Z
                      Too late: its deadline is over before it could pass, even if everybody answered at once.
          waits for   ship
          only if     failed()
          asks        1 of team qa
          excluded    the authors of the manifest
          rejection   as many as there are approvals end it, once the quorum is there
          time        deadline 2026-12-01 (2026-12-01T23:59:59Z); missing it is only shown
          failure     the release goes on without it

      Phase rollback: rollback (only if ship fails; owner: role lead)

        undo: undo
          asks        nobody is named
          excluded    the authors of the manifest
          rejection   one ends it
          failure     ends the release as failed"
    `);
  });

  it('says what is written where nobody says when it opens', () => {
    const text = lines(everything).join('\n');
    expect(text).toContain('open for 72h, even where enough have approved');
    expect(text).not.toContain('Too late');
    expect(text).not.toContain('    begins');
    const reminded = activity('signoff', { timing: { remind: ['2h'], escalate: [] } });
    expect(lines(manifest([reminded]))).toContain('    time        reminder at 2h');
  });

  it.each(hostileTexts)('keeps %j on one line, obeyed by no terminal (T18)', (hostile) => {
    const plain = lines(manifest([activity('signoff', { title: 'x' })]));
    const said = lines({ ...manifest([activity('signoff', { title: hostile })]), title: hostile });
    expect(said).toHaveLength(plain.length);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what this is about
    expect(said.join('')).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u202e]/);
  });
});

describe('S-129: what a form asks for is said as people write it', () => {
  it('a size in megabytes', () => {
    const input = {
      id: 'plan',
      label: 'Plan',
      type: 'file',
      required: 'optional',
      maxSize: 5 * 1024 * 1024,
    } as const;
    const text = lines(manifest([activity('signoff', { inputs: [input] })])).join('\n');
    expect(text).toContain('plan: Plan (file; max-size 5 MB; optional)');
  });
});
