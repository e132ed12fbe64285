/** What a model reads of one answer of a tool, at most. */
const LONGEST_ANSWER = 20_000

/** The beginning of an answer that is too long for a model, and a note that there is more. */
export const cutAnswer = (text: string): string =>
  text.length > LONGEST_ANSWER
    ? `${text.slice(0, LONGEST_ANSWER)}\n[The rest of ${text.length} characters is left out.]`
    : text
