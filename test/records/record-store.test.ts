import { createMemoryBranch } from '../../src/records/memory-branch.ts';
import { recordStoreContract } from '../contract/record-store.contract.ts';
import { createGitHost } from '../support/git-host.ts';
import { place } from '../support/happenings.ts';

const { branch } = place;
const { name } = place.repository;

recordStoreContract('memory', () => {
  const memory = createMemoryBranch();
  return {
    writer: memory,
    push: (files, options) => memory.push(name, branch, files, options),
    move: (commit) => memory.move(name, branch, commit),
    head: () => memory.head(name, branch),
    copy: () => memory.replica(),
    close: () => undefined,
  };
});

recordStoreContract('git', () => {
  const host = createGitHost();
  return {
    writer: host.pushWriter(),
    push: (files, options) => host.push(branch, files, options),
    move: (commit) => host.move(branch, commit),
    head: () => host.head(branch),
    copy: () => host.mirror(),
    close: () => host.close(),
  };
});
