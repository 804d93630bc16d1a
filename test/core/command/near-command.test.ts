import { describe, expect, it } from 'vitest';
import { nearCommand } from '../../../src/core/command/near-command.ts';
import { parseCommands } from '../../../src/core/command/parse-commands.ts';

describe('a line that was meant as a command (design 4, pitfall 3)', () => {
  it.each([
    ['/aprove', '/aprove', 'approve'],
    ['/approved', '/approved', 'approve'],
    ['/Approval, I say', '/Approval,', 'approve'],
    ['/approve: fine by me', '/approve:', 'approve'],
    ['/ approve', '/ approve', 'approve'],
    ['/lgtm', '/lgtm', 'approve'],
    ['Thanks!\n/rejcet it is broken', '/rejcet', 'reject'],
    ['/rejected', '/rejected', 'reject'],
    ['/witdraw', '/witdraw', 'withdraw'],
    ['/abrt now', '/abrt', 'abort'],
  ])('%s', (body, written, meant) => {
    expect(nearCommand(body)).toEqual({ written, meant });
    expect(parseCommands(body, [])).toEqual([]);
  });

  it.each([
    ...[
      'label',
      'assign',
      'unassign',
      'cc',
      'hold',
      'test',
      'retest',
      'rerun',
      'rebase',
      'merge',
      'close',
      'reopen',
    ],
    ...[
      'project',
      'revert',
      'delete',
      'resolve',
      'kind',
      'area',
      'milestone',
      'remove',
      'lock',
      'joke',
      'deploy',
    ],
  ])('/%s is another bot’s (pitfall 3)', (verb) => {
    expect(nearCommand(`/${verb} something`)).toBeUndefined();
  });

  it.each([
    ['/reject It is broken.\n--\nGrace, QA', 'heading'],
    ['Hello,\n/Reject It is broken.\n===', 'heading'],
    ['> who decides?\n/reject It is broken.', 'quotation'],
    ['> - who decides?\n/reject', 'quotation'],
    ['- It is broken.\n/reject', 'list'],
  ])('is one that Markdown takes into something else: %j', (body, within) => {
    expect(nearCommand(body)).toEqual({ written: '/reject', meant: 'reject', within });
    expect(parseCommands(body, [])).toEqual([]);
  });

  it.each([
    '> /approve',
    '> quoted\n> /approve',
    '> quoted\n/label it',
    '> quoted\n/aprove',
    '- /approve',
    '# /approve',
    '> quoted\n\n```\n/approve\n```',
    '- item\n\n  ```\n  /approve\n  ```',
    '<details>\n\n> quoted\n/approve\n\n</details>',
    '| a |\n|---|\n/approve',
  ])('is none that is visibly quoted, listed, coded or laid out: %j', (body) => {
    expect(nearCommand(body)).toBeUndefined();
  });

  it.each([
    'please /aprove',
    '> /aprove',
    '```\n/aprove\n```',
    '- /aprove',
    '/approve-all',
    '/approve/x',
    '/ approved by many',
    `/aprove ${'x'.repeat(65_536)}`,
  ])('is none where it stands elsewhere, or is part of something longer: %.20s', (body) => {
    expect(nearCommand(body)).toBeUndefined();
  });
});
