/** Signs checkpoints with one Ed25519 key. */
export type Signer = {
  /** `SHA256:` and the base64 SHA-256 of the public key's SubjectPublicKeyInfo, without padding. */
  readonly fingerprint: string;
  /** SubjectPublicKeyInfo as PEM. */
  readonly publicKey: string;
  /** Base64 of the 64-byte signature. */
  sign(bytes: Uint8Array): string;
};
