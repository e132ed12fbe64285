const TEXT_TYPES =
  /^(text\/|application\/((\w|[.-])+\+)?(json|xml|yaml|x-yaml|toml|javascript|typescript|sql|graphql|x-sh|x-ndjson)$)/

/** Browsers name most source files with no type, or a wrong one (`.ts` is a video): the ending tells. */
const TEXT_ENDINGS = new Set(
  (
    'txt md markdown csv tsv json jsonl ndjson xml yaml yml toml ini cfg conf env log html htm css scss less js mjs cjs jsx ts mts cts ' +
    'tsx vue svelte py rb php java kt kts c h cc cpp hpp cs go rs swift scala sh bash zsh ps1 bat sql graphql proto r ' +
    'lua pl ex exs erl hs clj dart tex rst adoc diff patch svg ics vcf srt vtt dockerfile makefile gitignore'
  ).split(' '),
)

/** Whether a file is worth reading as text. */
export function isText(name: string, mimeType: string): boolean {
  return TEXT_TYPES.test(mimeType) || TEXT_ENDINGS.has(name.toLowerCase().split('.').at(-1) ?? '')
}

/** The bytes as text; `null` when they are not UTF-8. A character cut in two at the end is left out. */
export function readText(bytes: Uint8Array): string | null {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: true })
    return text.includes('\0') ? null : text
  } catch {
    return null
  }
}
