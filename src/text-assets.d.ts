// Text files that are part of the program: the build and the test runner import them as strings.
declare module '*.graphql' {
  const text: string;
  export default text;
}
