// Emoji are joined and styled by invisible characters; only there do these stand for something that people see.
const withinEmoji =
  /(?<=\p{Extended_Pictographic}\p{Emoji_Modifier}?\uFE0F?)\u200D(?=\p{Extended_Pictographic})|(?<=[\p{Extended_Pictographic}\d#*])\uFE0F/gu;

const deceptive =
  /[\p{Bidi_Control}\p{Default_Ignorable_Code_Point}\p{Zl}\p{Zp}\p{Cs}\uFEFF]|(?![\t\n\r])\p{Cc}/gu;

/** A character that makes a text look like another one, or like nothing (T18). */
export type Deception = { readonly offset: number; readonly name: string };

/**
 * Every control, direction-changing or invisible character, at most ten, by offset in UTF-16 units; `U+202E` as
 * its name.
 */
export const findDeceptions = (text: string): readonly Deception[] => {
  const found: Deception[] = [];
  // Blanked one for one, so that offsets stay those of the text.
  for (const match of text.replace(withinEmoji, '-').matchAll(deceptive)) {
    const code = match[0].codePointAt(0) as number;
    found.push({ offset: match.index, name: `U+${code.toString(16).toUpperCase().padStart(4, '0')}` });
    if (found.length === 10) break;
  }
  return found;
};
