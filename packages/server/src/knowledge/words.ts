/**
 * The words of a text as search sees them: lower case, without accents on Latin letters (so that Vietnamese typed without
 * them finds its text), and pairs of neighbouring characters for Chinese, Japanese and Korean, which write no spaces.
 */
export function wordsOf(text: string): string[] {
  const words: string[] = []
  for (const [run] of plain(text).matchAll(NAME_OR_WORD))
    for (const part of run.split(CJK_BORDER)) {
      if (!CJK.test(part)) words.push(stem(part))
      else if (part.length === 1) words.push(part)
      else for (let index = 0; index + 1 < part.length; index++) words.push(part.slice(index, index + 2))
    }
  return words.filter((word) => !FILLERS.has(word))
}

/** A name like `DATABASE_URL` is one word: its parts say little about a text that lists many such names. */
const NAME_OR_WORD = /[\p{L}\p{N}]+(?:_[\p{L}\p{N}]+)*/gu
const CJK = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/u
const CJK_BORDER =
  /(?<=[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}])(?![\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}])|(?<![\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}])(?=[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}])/u

const plain = (text: string): string =>
  text
    .toLowerCase()
    .normalize('NFD')
    .replace(/\p{M}+/gu, '')
    .replaceAll('đ', 'd')
    .normalize('NFC')

/** English endings that change nothing for search: `settings` finds `setting`, `embedding` finds `embed`. */
function stem(word: string): string {
  if (word.length < 5 || !/^[a-z]+$/.test(word)) return word
  return word
    .replace(/(?<=[a-z]{3})(?:ies)$/, 'y')
    .replace(/(?<=[^s])s$/, '')
    .replace(/(?<=[a-z]{4})(?:ing|ed)$/, '')
    .replace(/([bdglmnprt])\1$/, '$1')
}

const FILLERS = new Set(
  (
    'a an and are as at be by can do does for from how i in is it its me my of on or so that the then there this to was we what when ' +
    'where which who why will with would you your la cua va co cho cac mot thi nao gi toi ban lam sao'
  ).split(' '),
)

/** Of most languages in most models: good for an estimate where no model is there to count. */
export const CHARACTERS_OF_A_TOKEN = 4
