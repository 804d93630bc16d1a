import type { IncomingMessage } from 'node:http';

/** GitHub does not send larger payloads; anything above is not from GitHub. */
export const largestBody = 25 * 1024 * 1024;

export type Body =
  | { readonly kind: 'whole'; readonly bytes: Uint8Array }
  | { readonly kind: 'too-large' }
  /** There is no room for it now; GitHub is told to come back. */
  | { readonly kind: 'no-room' }
  | { readonly kind: 'broken-off' };

/** Memory that all bodies share that are being read or worked on: nobody has shown a signature yet (T17). */
export type Room = { take(bytes: number): boolean; give(bytes: number): void };

export function createRoom(most: number): Room {
  let free = most;
  return {
    take: (bytes) => {
      if (bytes > free) return false;
      free -= bytes;
      return true;
    },
    give: (bytes) => {
      free += bytes;
    },
  };
}

/**
 * Reads a request's body into memory, and stops reading at the limit (T17). Only a whole body still holds its room, as many
 * bytes as it has. Never throws.
 */
export function readBody(request: IncomingMessage, limit = largestBody, room?: Room): Promise<Body> {
  if (Number(request.headers['content-length'] ?? 0) > limit) return Promise.resolve({ kind: 'too-large' });
  return new Promise((resolve) => {
    let chunks: Uint8Array[] = [];
    let size = 0;
    let ended = false;
    const end = (body: Body): void => {
      if (ended) return;
      ended = true;
      if (body.kind !== 'whole') {
        room?.give(size);
        chunks = [];
        request.pause();
      }
      resolve(body);
    };
    request.on('data', (chunk: Uint8Array) => {
      if (ended) return;
      if (size + chunk.length > limit) return end({ kind: 'too-large' });
      if (room?.take(chunk.length) === false) return end({ kind: 'no-room' });
      size += chunk.length;
      chunks.push(chunk);
    });
    request.on('end', () => end({ kind: 'whole', bytes: Buffer.concat(chunks) }));
    request.on('error', () => end({ kind: 'broken-off' }));
    request.on('close', () => end({ kind: 'broken-off' }));
  });
}
