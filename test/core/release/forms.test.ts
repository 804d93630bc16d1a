import { describe, expect, it } from 'vitest';
import type { FileFact } from '../../../src/core/form/evidence.ts';
import type { Input } from '../../../src/core/manifest/input.ts';
import { outputsOf } from '../../../src/core/release/outputs.ts';
import { replay } from '../../../src/core/release/replay.ts';
import { latestAttempt } from '../../../src/core/release/state.ts';
import type { Known } from '../../../src/core/values.ts';
import {
  activity,
  commit,
  manifest,
  type ReleaseWorld,
  recorded,
  releaseWorld,
  team,
} from '../../support/release-world.ts';

const base = { label: 'Label', required: 'to-approve' } as const;
const plan: Input = { ...base, id: 'plan', type: 'file' };
const risk: Input = { ...base, id: 'risk', type: 'dropdown', options: ['Low', 'High'], required: 'always' };
const note: Input = { ...base, id: 'note', type: 'text', required: 'optional' };

const worldWith = (...inputs: readonly Input[]): ReleaseWorld =>
  releaseWorld({ plan: manifest([activity('signoff', { inputs })]) });

const file: FileFact = {
  kind: 'file',
  commit: commit('9'),
  sha256: 'e'.repeat(64),
  size: 12,
  type: 'text/markdown',
};
const knowing = (fact: Known<FileFact>) => ({ files: new Map([['docs/a.md@9fceb02', fact]]) });
const cast = (world: ReleaseWorld) => latestAttempt(world.opened(), 'signoff')?.votes[0];

describe('G-22: a file that an answer names', () => {
  it('is asked for before the vote counts, and recorded with it', () => {
    const world = worldWith(plan).says('grace', '/approve\nplan: docs/a.md@9fceb02');
    expect(world.status()).toBe('waiting');
    expect(world.decision().askFiles).toEqual([{ path: 'docs/a.md', commit: '9fceb02' }]);
    expect(world.answers()).toEqual([]);
    world.change(knowing({ kind: 'known', value: file }));
    expect(world.status()).toBe('approved');
    expect(cast(world)?.inputs).toEqual({ plan: { ...file, name: 'docs/a.md', stored: true } });
    expect(world.thread().body).toContain('Label: docs/a.md at');
  });

  it('that does not exist is an answer to whoever named it', () => {
    const world = worldWith(plan).change(knowing({ kind: 'known', value: { kind: 'absent', what: 'path' } }));
    world.says('grace', '/approve\nplan: docs/a.md@9fceb02');
    expect(world.answers().join()).toContain('found no such file at that commit');
  });

  it('that cannot be looked up leaves the activity undecided, and says so', () => {
    const world = worldWith(plan).change(knowing({ kind: 'unknown', why: 'no connection' }));
    world.says('grace', '/approve\nplan: docs/a.md@9fceb02');
    expect(world.status()).toBe('blocked');
    expect(world.decision().unsure).toBe(true);
    expect(world.thread().body).toContain('could not be looked up: no connection');
    expect(world.answers()).toEqual([]);
  });

  it('is taken as a link of the host where the comment stands', () => {
    const url = 'https://host/user-attachments/files/1/a.pdf';
    const world = worldWith(plan).says('grace', `/approve\nplan: ${url}`);
    expect(cast(world)?.inputs).toEqual({ plan: { kind: 'link', url } });
  });
});

describe('S-089, G-20: what a rejection must say', () => {
  it('is asked for, with all that was given in the block', () => {
    const world = worldWith(risk, note).says('grace', '/reject red tests\nnote: see the log');
    expect(world.status()).toBe('waiting');
    expect(world.answers().join()).toContain(
      '/reject red tests\nrisk: (required: Low or High)\nnote: see the log',
    );
    world.says('grace', '/reject red tests\nrisk: High');
    expect(world.status()).toBe('rejected');
  });
});

describe('T15, decision 0008: a rejection is not lost over a line that it did not need', () => {
  const forApproval: Input = { ...risk, required: 'to-approve' };

  it.each([
    ['a word with a colon in the text below it', '/reject red\nThe disk is full.\nlog: https://ci/1', {}],
    ['a wrong answer that only an approval needs', '/reject red\nrisk: high\nnote: a', { note: 'a' }],
    ['a block that is no YAML', '/reject red\n\n```yaml\nError: at foo: bar\n```', {}],
    ['a field that is given twice', '/reject red\nnote: a\nnote: b', {}],
  ])('%s', (_, body, inputs) => {
    const world = worldWith(forApproval, note).says('grace', body);
    expect([world.status(), world.answers()]).toEqual(['rejected', []]);
    expect(cast(world)).toMatchObject({ choice: 'reject', reason: 'red', inputs });
    expect(replay(recorded(world))).toEqual([]);
  });

  it('but is asked for what it needs, which a block that is no YAML lacks', () => {
    const world = worldWith(risk, note).says('grace', '/reject red\n\n```yaml\nError: at foo: bar\n```');
    expect(world.status()).toBe('waiting');
    expect(world.answers().join()).toContain('/reject red\nrisk: (required: Low or High)');
  });

  it('while custodians, who stop nothing, are told of every wrong line', () => {
    const world = releaseWorld({
      plan: manifest([activity('signoff', { inputs: [forApproval, note] })]),
      configuration: {
        custodians: { from: [{ kind: 'team', name: 'governance' }], require: { kind: 'count', count: 1 } },
      },
      resolutions: { 'team:governance': team(14, 'carla') },
    }).says('grace', '/reject no');
    world.says('carla', '/ignore shipped by hand\nrisk: high');
    expect([world.status(), world.answers().at(-1)]).toEqual([
      'rejected',
      expect.stringContaining('Your `/ignore` was not counted yet.'),
    ]);
  });
});

describe('decision 0042: what somebody answered is not dropped without a word', () => {
  it.each([
    ['a capital letter, as phones write it', 'Risk: High'],
    ['an item of a list', '- risk: High'],
    ['no space after the colon', 'risk:High'],
    ['a capital letter below a text', 'note: fine\nRisk: High'],
    ['a fence called yml', '```yml\nrisk: High\n```'],
    ['a fence called YAML', '```YAML\nrisk: High\n```'],
  ])('%s', (_, lines) => {
    const world = worldWith({ ...risk, required: 'optional' }, note).says('grace', `/approve\n${lines}`);
    expect(world.status()).toBe('approved');
    expect(cast(world)?.inputs).toMatchObject({ risk: 'High' });
    expect(replay(recorded(world))).toEqual([]);
  });
});

describe('G-19: what later activities may read', () => {
  it('is the answers of an approval, and nothing else', () => {
    const world = worldWith(risk);
    const outputs = () => outputsOf(latestAttempt(world.opened(), 'signoff') ?? fail());
    expect(outputs()).toBeUndefined();
    world.says('grace', '/approve\nrisk: Low');
    expect(outputs()).toEqual({ risk: 'Low' });
    const rejected = worldWith(risk).says('grace', '/reject no\nrisk: High');
    expect(outputsOf(latestAttempt(rejected.opened(), 'signoff') ?? fail())).toBeUndefined();
  });
});

describe('T3, G-19: answers that custodians put in place of those that a failure left open', () => {
  const governance = {
    from: [{ kind: 'team', name: 'governance' }],
    require: { kind: 'count', count: 1 },
  } as const;
  const rejected = (...inputs: readonly Input[]) =>
    releaseWorld({
      plan: manifest([activity('signoff', { inputs })]),
      configuration: { custodians: governance },
      resolutions: { 'team:governance': team(14, 'carla') },
    }).says('grace', '/reject no\nrisk: High');
  const overruled = (world: ReleaseWorld) => outputsOf(latestAttempt(world.opened(), 'signoff') ?? fail());

  it('keep the rules of the form, and get the same one answer', () => {
    const world = rejected(risk, note).says('carla', '/ignore shipped by hand\nnote: see the log');
    expect(world.answers().at(-1)).toContain('Your `/ignore` was not counted yet.');
    expect(world.answers().at(-1)).toContain(
      '/ignore shipped by hand\nrisk: (required: Low or High)\nnote: see',
    );
    expect(overruled(world)).toBeUndefined();
    world.says('carla', '/ignore shipped by hand\n- Risk:Low');
    expect(world.status()).toBe('ignored');
    expect(overruled(world)).toEqual({ risk: 'Low' });
  });

  it('may cite a file, which is looked up first', () => {
    const world = rejected(risk, { ...plan, required: 'optional' });
    world.says('carla', '/ignore by hand\nrisk: Low\nplan: docs/a.md@9fceb02');
    expect(world.decision().askFiles).toEqual([{ path: 'docs/a.md', commit: '9fceb02' }]);
    world.change(knowing({ kind: 'known', value: file }));
    expect(overruled(world)).toMatchObject({ plan: { sha256: file.sha256 } });
  });

  it('are nothing where the failure is tried again', () => {
    const world = rejected(risk).says('carla', '/retry once more\nrisk: Low');
    const [first] = world.opened().attempts['signoff'] ?? [];
    expect(first?.overruled?.act).toBe('retry');
    expect(outputsOf(first ?? fail())).toBeUndefined();
  });
});

describe('T19: a credential in a reason', () => {
  it('is not recorded, and the rejection stands', () => {
    const secret = `ghp_${'a1'.repeat(18)}`;
    const world = releaseWorld().says('grace', `/reject it says ${secret}`);
    expect(world.status()).toBe('rejected');
    expect(JSON.stringify(world.events)).not.toContain(secret);
    expect(world.thread().body).toContain('a GitHub token was here');
  });

  it('is not repeated by the answer to a comment that cannot be read', () => {
    const secret = `ghp_${'a1'.repeat(18)}`;
    const world = releaseWorld().says('grace', `/approve\n\n\`\`\`yaml\n${secret}: { a: 1 }\n\`\`\``);
    expect(world.answers().join()).toContain('needs a single value');
    expect(world.answers().join()).not.toContain(secret);
  });
});

function fail(): never {
  throw new Error('no attempt');
}
