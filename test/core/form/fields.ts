import type { RawAnswer } from '../../../src/core/command/command.ts';
import { parseCommands } from '../../../src/core/command/parse-commands.ts';
import type { FormResult } from '../../../src/core/form/answer.ts';
import { readAnswers } from '../../../src/core/form/read-answers.ts';
import type { FormWorld } from '../../../src/core/form/read-file.ts';
import type { Input } from '../../../src/core/manifest/input.ts';
import type { Choice } from '../../../src/core/policy/policy.ts';

export const base = { label: 'Label', required: 'optional' } as const;
export const host = 'https://github.com';
export const commit = '9fceb02'.padEnd(40, '0');

/** What git says about some files. */
export const world: FormWorld = {
  host,
  files: new Map(
    Object.entries({
      [`docs/rollback.md@${commit}`]: file('text/markdown', 1_200),
      [`docs/röllback plan.md@${commit}`]: file('text/markdown', 1_200),
      'docs/rollback.md@9fceb02': file('text/markdown', 1_200),
      'docs/plan@2.md@9fceb02': file('text/markdown', 12),
      'docs/scan.pdf@9fceb02': file('text/plain', 12),
      'docs/notes.xyz@9fceb02': file('text/plain', 12),
      'docs/report.pdf@9fceb02': file('application/pdf', 2_000_000),
      'docs/video.mp4@9fceb02': { kind: 'known', value: { kind: 'too-large', size: 90_000_000 } },
      'docs/gone.md@9fceb02': { kind: 'known', value: { kind: 'absent', what: 'path' } },
      'docs@9fceb02': { kind: 'known', value: { kind: 'absent', what: 'plain-file' } },
      'a.md@0000000': { kind: 'known', value: { kind: 'absent', what: 'commit' } },
      'a.md@1111111': { kind: 'known', value: { kind: 'absent', what: 'one-commit' } },
      'a.md@2222222': { kind: 'unknown', why: 'no connection' },
    } satisfies { readonly [name: string]: Fact }),
  ),
};

type Fact = FormWorld['files'] extends ReadonlyMap<string, infer F> ? F : never;

function file(type: string, size: number): Fact {
  return { kind: 'known', value: { kind: 'file', commit, sha256: 'e'.repeat(64), size, type } };
}

export const raw = (answers: { readonly [name: string]: RawAnswer['value'] }): readonly RawAnswer[] =>
  Object.entries(answers).map(([name, value]) => ({ name, value }));

/** Judges the answers of one comment, as a person would write it. */
export const judgeComment = (
  inputs: readonly Input[],
  body: string,
  choice: Choice = 'approve',
): FormResult => {
  const [command, ...others] = parseCommands(body, []);
  if (command?.kind !== choice || others.length > 0)
    throw new Error(`no ${choice}: ${JSON.stringify(command)}`);
  return readAnswers(inputs, command.answers, choice, world);
};

/** `risk: missing` for every problem; nothing where the form is valid. */
export const codes = (result: FormResult): readonly string[] => {
  if (result.kind === 'ask') return result.files.map(({ path, commit }) => `asks for ${path}@${commit}`);
  if (result.kind === 'unknown') return [`unknown: ${result.why}`];
  return result.kind === 'valid' ? [] : result.problems.map(({ code, input }) => `${input}: ${code}`);
};
