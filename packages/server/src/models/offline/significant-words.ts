const COMMON = new Set(
  'handoff agent handle request parley helper help guide assistant about with your from this that what when have does want please could would should into how'.split(
    ' ',
  ),
)

/** The words of a text that tell what it is about, without their endings. */
export const significantWords = (text: string): string[] =>
  (text.toLowerCase().match(/\p{L}{4,}/gu) ?? [])
    .map((word) => word.replace(/(ing|ed|s)$/, ''))
    .filter((word) => !COMMON.has(word))
