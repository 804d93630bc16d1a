/** `to-approve` is written `required: true`, `always` asks for it on a rejection too (S-089). */
export type Necessity = 'optional' | 'to-approve' | 'always';

type InputBase = { readonly id: string; readonly label: string; readonly required: Necessity };

/** One field of a form, ready to be judged (S-091 to S-099). */
export type Input = InputBase &
  (
    | { readonly type: 'text'; readonly minLength?: number; readonly pattern?: string }
    | { readonly type: 'number'; readonly min?: number; readonly max?: number }
    | { readonly type: 'dropdown'; readonly options: readonly string[] }
    | { readonly type: 'checkbox' }
  );
