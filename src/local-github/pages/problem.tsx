/** A page's content where there is nothing to show but a sentence. */
export const problem = (sentence: string) => (
  <>
    <h1>{sentence}</h1>
    <p>
      <a href="/">To the repositories</a>
    </p>
  </>
);
