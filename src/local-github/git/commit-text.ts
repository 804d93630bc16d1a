import type { GitCommit, GitSignature, NewCommit } from './git-repository.ts';

/** A commit object's bytes, as git writes them. */
export function commitText(commit: NewCommit): string {
  const lines = [
    `tree ${commit.treeSha}`,
    ...commit.parents.map((parent) => `parent ${parent}`),
    `author ${signatureText(commit.author)}`,
    `committer ${signatureText(commit.committer)}`,
  ];
  return `${lines.join('\n')}\n\n${commit.message}`;
}

function signatureText(signature: GitSignature): string {
  const clean = (text: string) => text.replace(/[<>\n\0]/g, '').trim();
  const offset = /([+-]\d\d):?(\d\d)$/.exec(signature.date);
  const zone = offset ? `${offset[1]}${offset[2]}` : '+0000';
  const seconds = Math.floor(Date.parse(signature.date) / 1000);
  return `${clean(signature.name)} <${clean(signature.email)}> ${seconds} ${zone}`;
}

/** Reads a commit object; headers of several lines (signatures) are skipped. */
export function parseCommit(sha: string, content: Buffer): GitCommit {
  const text = content.toString('utf8');
  const split = text.indexOf('\n\n');
  const head = split < 0 ? text : text.slice(0, split);
  const headers = head.split('\n');
  const value = (name: string) =>
    headers.find((line) => line.startsWith(`${name} `))?.slice(name.length + 1) ?? '';
  return {
    sha,
    treeSha: value('tree'),
    parents: headers.filter((line) => line.startsWith('parent ')).map((line) => line.slice(7)),
    author: parseSignature(value('author')),
    committer: parseSignature(value('committer')),
    message: split < 0 ? '' : text.slice(split + 2),
  };
}

function parseSignature(text: string): GitSignature {
  const match = /^(.*?) ?<(.*?)> (-?\d+)/.exec(text);
  const date = new Date(Number(match?.[3] ?? 0) * 1000);
  return { name: match?.[1] ?? '', email: match?.[2] ?? '', date: `${date.toISOString().slice(0, 19)}Z` };
}
