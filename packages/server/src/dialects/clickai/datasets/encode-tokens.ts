/** About how many tokens a text has; no tokenizer is asked. */
export const tokensIn = (characters: number): number => Math.ceil(characters / CHARACTERS_A_TOKEN)
export const CHARACTERS_A_TOKEN = 4
