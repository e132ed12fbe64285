import type { Text } from './en.js'

/** The words of a language; where one is still missing, English stands in. A test names every word that is missing. */
export type Translation = Omit<Partial<Text>, 'problems'> & { problems?: Partial<Text['problems']> }
