/** `to-approve` is written `required: true`, `always` asks for it on a rejection too (S-089). */
export type Necessity = 'optional' | 'to-approve' | 'always';

type InputBase = {
  readonly id: string;
  readonly label: string;
  readonly required: Necessity;
  /** One line that says more than the label. */
  readonly description?: string;
  /** What the line of the block to copy says already; it keeps the field's own rules. */
  readonly default?: string;
  /** Said to whoever breaks a rule of this field. */
  readonly message?: string;
};

/** One box of several; its label is what is confirmed. */
export type Item = { readonly id: string; readonly label: string };

/** One field of a form, ready to be judged (S-037, S-091 to S-099, G-21). */
export type Input = InputBase &
  (
    | {
        readonly type: 'text';
        readonly minLength?: number;
        readonly maxLength?: number;
        readonly pattern?: string;
      }
    | { readonly type: 'number'; readonly min?: number; readonly max?: number }
    | { readonly type: 'dropdown'; readonly options: readonly string[] }
    /** `min` and `max` count the options chosen. */
    | {
        readonly type: 'multi-select';
        readonly options: readonly string[];
        readonly min?: number;
        readonly max?: number;
      }
    | { readonly type: 'checkbox' }
    /** `min`: boxes to be ticked; where it is absent and the field is required, all of them. */
    | { readonly type: 'checkboxes'; readonly items: readonly Item[]; readonly min?: number }
    /** `accept`: endings such as `.pdf`; `maxSize` in bytes. */
    | { readonly type: 'file'; readonly accept?: readonly string[]; readonly maxSize?: number }
    /** Absent `hosts`: any; `http`: links without encryption are taken, too. */
    | { readonly type: 'url'; readonly hosts?: readonly string[]; readonly http?: true }
    /** `min` and `max` as `YYYY-MM-DD`. */
    | { readonly type: 'date'; readonly min?: string; readonly max?: string }
    | { readonly type: 'user' }
  );

/** The input of one type. */
export type InputOf<T extends Input['type']> = Extract<Input, { readonly type: T }>;
