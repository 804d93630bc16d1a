import type { RawAnswer } from '../command/command.ts';
import type { InputOf } from '../manifest/input.ts';
import type { Known } from '../values.ts';
import { show } from '../written/check-shape.ts';
import { endingOf, promisedType } from './content-type.ts';
import { type FileFact, largestEvidence, largestStored } from './evidence.ts';
import { sizeWords } from './expectation.ts';
import { fileKey, parseFileName } from './file-name.ts';
import { given, type Reading, textOf, took, wrong } from './reading.ts';

/** What a form may look at besides the answers. */
export type FormWorld = {
  /** Web address of the host, where its attachments are, for example `https://github.com`. */
  readonly host: string;
  /** By `path@commit`, as `fileKey` spells it. */
  readonly files: ReadonlyMap<string, Known<FileFact>>;
};

/** The longest name of a file with its commit, or the longest link. */
const longestName = 1_000;

/** A file of the repository, or the link of an attachment (S-038, S-092, S-098, G-22). */
export const readFile = (input: InputOf<'file'>, raw: RawAnswer['value'], world: FormWorld): Reading => {
  const text = textOf(raw);
  if (text.length > longestName) return wrong('not-a-file', input, `${text.length} characters`);
  const link = linkIn(text);
  if (link !== undefined) return readLink(input, raw, link, world.host);
  const name = parseFileName(text);
  if (name === undefined) return wrong('not-a-file', input, given(raw));
  const strange = unaccepted(input, name.path);
  if (strange !== undefined) return strange;
  const fact = world.files.get(fileKey(name));
  if (fact === undefined) return { kind: 'ask', file: name };
  return fact.kind === 'unknown' ? fact : judge(input, name.path, fact.value);
};

/** The address in a bare link, or in what the comment box of the host makes of a file that is dropped there. */
const linkIn = (text: string): string | undefined =>
  /^!?\[[^\]]*\]\((\S+)\)$/.exec(text)?.[1] ??
  /^<img [^>]*?src="([^"]+)"[^>]*>$/.exec(text)?.[1] ??
  /^<?(https?:\/\/[^\s>]+)>?$/.exec(text)?.[1];

/** Attachments are taken by reference: what is there is not fetched, so only its name can be judged (T10). */
const readLink = (input: InputOf<'file'>, raw: RawAnswer['value'], link: string, host: string): Reading => {
  const folder = `${host}/user-attachments/`;
  const rest = link.startsWith(folder) ? link.slice(folder.length) : '';
  if (!/^(?:files|assets)\/[A-Za-z0-9._~%/-]+$/.test(rest)) return wrong('not-a-file', input, given(raw));
  return unaccepted(input, rest) ?? took({ kind: 'link', url: link });
};

const unaccepted = (input: InputOf<'file'>, name: string): Reading | undefined => {
  const ending = endingOf(name);
  if (input.accept === undefined || input.accept.includes(ending)) return undefined;
  return wrong(
    'wrong-file-type',
    input,
    ending === '' ? 'a name without an ending' : `a file ending in ${ending}`,
  );
};

const absences = {
  commit: 'no such commit in this repository',
  'one-commit': 'several commits that begin like this; write more of its digits',
  path: 'no such file at that commit',
  'plain-file': 'a folder, a symbolic link or a submodule',
};

const judge = (input: InputOf<'file'>, name: string, fact: FileFact): Reading => {
  if (fact.kind === 'absent') return wrong('no-such-file', input, absences[fact.what]);
  const most = input.maxSize ?? largestEvidence;
  if (fact.kind === 'too-large' || fact.size > most)
    return wrong('file-too-large', input, `${sizeWords(fact.size)}; ${sizeWords(most)} are the most`);
  const promised = promisedType(name);
  // What is accepted by its name must be what the name says.
  if (input.accept !== undefined && promised !== undefined && promised !== fact.type)
    return wrong('wrong-file-type', input, `${show(fact.type)} inside a file called ${endingOf(name)}`);
  return took({ ...fact, name, stored: fact.size <= largestStored });
};
