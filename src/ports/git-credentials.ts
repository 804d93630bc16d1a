/** Credentials for reading and writing a repository over git. They reach git by its environment only (T19). */
export type GitAccess = { readonly url: string; readonly username: string; readonly password: string };

export type GitCredentials = {
  /** `repository` is `owner/name`. The access is good for at least a minute. */
  accessTo(repository: string): Promise<GitAccess>;
};
