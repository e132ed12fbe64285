import type { FoundPassage } from '@parley/protocol'

/** Of one text; what is longer is kept as its beginning. */
const MOST_TEXT_CHARACTERS = 8_000
/** Of all texts of a run: its record is read with every list of runs. */
const MOST_CHARACTERS = 100_000

/** What a run has found in knowledge, the first of it, as it is kept with the run's end. */
export function keptPassages(found: readonly FoundPassage[]): FoundPassage[] {
  let room = MOST_CHARACTERS
  return found
    .map((passage) => ({ ...passage, text: passage.text.slice(0, MOST_TEXT_CHARACTERS) }))
    .filter(({ text }) => {
      room -= text.length
      return room >= 0
    })
}
