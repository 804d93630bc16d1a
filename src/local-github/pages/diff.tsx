import type { FileChange } from '../git/git-repository.ts';
import type { Annotation } from '../state/types.ts';
import { counted } from './layout.tsx';

/** A check's remark, with the check that made it. */
export type Remark = { readonly check: string; readonly annotation: Annotation };

type Line = {
  readonly kind: 'plus' | 'minus' | 'hunk' | 'same';
  readonly old: number | null;
  readonly fresh: number | null;
  readonly text: string;
};

/** The lines of a patch with their numbers on both sides. */
export function diffLines(patch: string): Line[] {
  let [old, fresh] = [0, 0];
  return patch.split('\n').map((text): Line => {
    const hunk = /^@@ -(\d+)(?:,\d+)? \+(\d+)/.exec(text);
    if (hunk) {
      [old, fresh] = [Number(hunk[1]), Number(hunk[2])];
      return { kind: 'hunk', old: null, fresh: null, text };
    }
    if (text.startsWith('\\')) return { kind: 'same', old: null, fresh: null, text };
    if (text.startsWith('+')) return { kind: 'plus', old: null, fresh: fresh++, text };
    if (text.startsWith('-')) return { kind: 'minus', old: old++, fresh: null, text };
    return { kind: 'same', old: old++, fresh: fresh++, text };
  });
}

export const AnnotationBox = ({ annotation, check }: { annotation: Annotation; check: string | null }) => (
  <div class={`annotation ${annotation.level}`}>
    <strong>
      {annotation.level}
      {check === null ? '' : ` of ${check}`}: {annotation.title ?? ''}
    </strong>
    {`\n${annotation.message}`}
    {annotation.rawDetails === null ? '' : `\n${annotation.rawDetails}`}
  </div>
);

type FileProps = { readonly file: FileChange; readonly href: string; readonly remarks: readonly Remark[] };

function FileDiff({ file, href, remarks }: FileProps) {
  const lines = file.patch === null ? [] : diffLines(file.patch);
  const at = (line: Line) => remarks.filter(({ annotation }) => annotation.endLine === line.fresh);
  const placed = new Set(lines.flatMap(at));
  return (
    <section class="box">
      <header>
        <a href={href}>
          <code>{file.path}</code>
        </a>
        {file.previousPath === null ? null : <span class="soft">was {file.previousPath}</span>}
        <span class="soft small">{file.status}</span>
        <span class="push small">
          <span class="added">+{file.additions}</span> <span class="removed">−{file.deletions}</span>
        </span>
      </header>
      {remarks
        .filter((remark) => !placed.has(remark))
        .map(({ annotation, check }) => (
          <AnnotationBox annotation={annotation} check={check} />
        ))}
      {file.patch === null ? (
        <p class="inner soft">No text to compare.</p>
      ) : (
        <table class="lines">
          {lines.map((line) => (
            <>
              <tr class={line.kind}>
                <td class="number">{line.old ?? ''}</td>
                <td class="number">{line.fresh ?? ''}</td>
                <td>{line.text}</td>
              </tr>
              {at(line).map(({ annotation, check }) => (
                <tr>
                  <td class="number" colspan={2}></td>
                  <td>
                    <AnnotationBox annotation={annotation} check={check} />
                  </td>
                </tr>
              ))}
            </>
          ))}
        </table>
      )}
    </section>
  );
}

type FilesProps = {
  readonly files: readonly FileChange[];
  /** Address of a file at the newer side, without its path. */
  readonly blob: string;
  readonly remarks?: readonly Remark[];
};

/** Changed files as unified differences, remarks of checks below the lines they are about. */
export const ChangedFiles = ({ files, blob, remarks = [] }: FilesProps) => (
  <>
    <p class="soft small">{counted(files.length, 'changed file')}</p>
    {files.map((file) => (
      <FileDiff
        file={file}
        href={`${blob}/${file.path.split('/').map(encodeURIComponent).join('/')}`}
        remarks={remarks.filter(({ annotation }) => annotation.path === file.path)}
      />
    ))}
  </>
);
