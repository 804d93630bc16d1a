import { randomUUID } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

export type Attachment = {
  readonly id: string;
  readonly repositoryId: number;
  readonly uploaderId: number;
  readonly name: string;
  readonly type: string;
  readonly size: number;
};

/** Bytes of one file, GitHub's limit for images. */
export const maxAttachment = 10 * 1024 * 1024;
const maxFiles = 10;

const images: Readonly<Record<string, { readonly type: string; readonly magic: string }>> = {
  png: { type: 'image/png', magic: '89504e47' },
  gif: { type: 'image/gif', magic: '47494638' },
  jpg: { type: 'image/jpeg', magic: 'ffd8ff' },
  jpeg: { type: 'image/jpeg', magic: 'ffd8ff' },
  webp: { type: 'image/webp', magic: '52494646' },
};
const files: Readonly<Record<string, string>> = {
  csv: 'text/csv; charset=utf-8',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  gz: 'application/gzip',
  json: 'application/json',
  log: 'text/plain; charset=utf-8',
  md: 'text/markdown; charset=utf-8',
  pdf: 'application/pdf',
  pptx: 'application/vnd.openxmlformats-officedocument.presentationml.presentation',
  txt: 'text/plain; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  zip: 'application/zip',
};

export type Upload = { readonly name: string; readonly bytes: Buffer };
export type Taken =
  | { readonly ok: true; readonly attachments: readonly Attachment[] }
  | { readonly ok: false; readonly message: string };

export type Attachments = {
  /** Keeps all files or none. */
  readonly take: (uploads: readonly Upload[], repositoryId: number, uploaderId: number) => Promise<Taken>;
  readonly find: (id: string) => Promise<Attachment | null>;
  readonly read: (attachment: Attachment) => Promise<Buffer>;
};

/** Files people attach to comments, below `data`. */
export function openAttachments(data: string): Attachments {
  const folder = join(data, 'attachments');
  const keep = async (upload: Upload, type: string, repositoryId: number, uploaderId: number) => {
    const id = randomUUID();
    const { bytes } = upload;
    const attachment = {
      id,
      repositoryId,
      uploaderId,
      name: cleanName(upload.name),
      type,
      size: bytes.length,
    };
    await mkdir(folder, { recursive: true, mode: 0o700 });
    await writeFile(join(folder, id), bytes, { mode: 0o600 });
    await writeFile(join(folder, `${id}.json`), JSON.stringify(attachment), { mode: 0o600 });
    return attachment;
  };
  return {
    take: async (uploads, repositoryId, uploaderId) => {
      if (uploads.length > maxFiles) return refused(`At most ${maxFiles} files can be attached at once.`);
      const types = uploads.map(typeOf);
      const unfit = uploads.find((_upload, index) => types[index] === null);
      if (unfit) return refused(`"${cleanName(unfit.name)}" is not of a type that can be attached.`);
      const large = uploads.find(({ bytes }) => bytes.length > maxAttachment);
      if (large) return refused(`"${cleanName(large.name)}" is larger than 10 MB.`);
      const kept = uploads.map((upload, index) => keep(upload, types[index] ?? '', repositoryId, uploaderId));
      return { ok: true, attachments: await Promise.all(kept) };
    },
    find: async (id) => {
      if (!/^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(id)) return null;
      const text = await readFile(join(folder, `${id}.json`), 'utf8').catch(() => null);
      return text === null ? null : (JSON.parse(text) as Attachment);
    },
    read: ({ id }) => readFile(join(folder, id)),
  };
}

const refused = (message: string): Taken => ({ ok: false, message });

/** By the ending, and for images by the first bytes too; null for what GitHub would not take. */
function typeOf({ name, bytes }: Upload): string | null {
  const ending = /\.([a-z0-9]+)$/i.exec(name)?.[1]?.toLowerCase() ?? '';
  const image = Object.hasOwn(images, ending) ? images[ending] : undefined;
  if (image) return bytes.toString('hex', 0, 8).startsWith(image.magic) ? image.type : null;
  return Object.hasOwn(files, ending) ? (files[ending] ?? null) : null;
}

/** A name without folders, without what would mean something in Markdown, in a header or in an address. */
const cleanName = (name: string): string =>
  (name.split(/[/\\]/).at(-1) ?? '').replace(/[^\p{L}\p{N}._-]+/gu, '-').slice(-100) || 'file';

export const isImage = (attachment: Attachment): boolean => attachment.type.startsWith('image/');

/** Where an attachment is found, in GitHub's two forms. */
export const attachmentUrl = (base: string, attachment: Attachment): string =>
  isImage(attachment)
    ? `${base}/user-attachments/assets/${attachment.id}`
    : `${base}/user-attachments/files/${attachment.id}/${encodeURIComponent(attachment.name)}`;

/** The lines that go into a comment for its attachments. */
export const attachmentLines = (base: string, attachments: readonly Attachment[]): string =>
  attachments
    .map((one) => `${isImage(one) ? '!' : ''}[${one.name}](${attachmentUrl(base, one)})`)
    .join('\r\n');
