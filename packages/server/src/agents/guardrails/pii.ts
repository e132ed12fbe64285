import type { Guardrail } from './guardrail.js'

/** One kind of personal data: what it looks like, and what tells it from chance. */
interface Entity {
  pattern: RegExp
  isReal?(found: string): boolean
}

/**
 * Kinds of personal data by the names Agent Builder gives them. Numbers with a check digit are checked; names of people
 * and places have no pattern, and a model would be needed to find them.
 */
const ENTITIES: Record<string, Entity> = {
  CREDIT_CARD: { pattern: /\b(?:\d[ -]?){12,18}\d\b/g, isReal: passesLuhn },
  CRYPTO: { pattern: /\b(?:bc1[a-z0-9]{25,62}|[13][a-km-zA-HJ-NP-Z1-9]{25,34}|0x[a-fA-F0-9]{40})\b/g },
  EMAIL_ADDRESS: { pattern: /\b[\w.%+-]+@[a-z0-9-]+(?:\.[a-z0-9-]+)*\.[a-z]{2,}\b/gi },
  IBAN_CODE: { pattern: /\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,3})?\b/g, isReal: passesIban },
  BIC_SWIFT: {
    pattern:
      /\b[A-Z]{4}(?:DE|US|GB|FR|IT|ES|NL|CH|AT|BE|PL|SE|DK|NO|FI|IE|PT|JP|CN|SG|AU|CA)[A-Z0-9]{2}(?:[A-Z0-9]{3})?\b/g,
  },
  IP_ADDRESS: { pattern: /\b(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)\.){3}(?:25[0-5]|2[0-4]\d|1?\d?\d)\b/g },
  PHONE_NUMBER: {
    pattern:
      /(?<![\d.])(?:\+\d{1,3}[ .-]?)?(?:\(\d{2,4}\)[ .-]?)?\d{2,4}(?:[ .-]\d{2,4}){2,4}(?![\d.])|(?<!\d)\+?\d{10,13}(?!\d)/g,
  },
  URL: { pattern: /\bhttps?:\/\/[^\s<>"')]+/gi },
  DATE_TIME: { pattern: /\b(?:\d{4}-\d{2}-\d{2}|\d{1,2}[/.]\d{1,2}[/.]\d{2,4})\b/g },
  US_SSN: { pattern: /\b(?!000|666|9\d\d)\d{3}[- ](?!00)\d{2}[- ](?!0000)\d{4}\b/g },
  US_BANK_NUMBER: { pattern: /\b(?:account|acct)\D{0,12}\d{8,17}\b/gi },
  US_DRIVER_LICENSE: { pattern: /\b(?:driver'?s? licen[cs]e|dl)\D{0,8}[A-Z]?\d{6,12}\b/gi },
  US_ITIN: { pattern: /\b9\d{2}[- ](?:5\d|6[0-5]|7\d|8[0-8]|9[0-24-9])[- ]\d{4}\b/g },
  US_PASSPORT: { pattern: /\bpassport\D{0,12}[A-Z]?\d{8,9}\b/gi },
  MEDICAL_LICENSE: { pattern: /\b[A-Z]{2}\d{7}\b/g },
  UK_NHS: { pattern: /\b\d{3} \d{3} \d{4}\b/g, isReal: passesNhs },
  UK_NINO: { pattern: /\b[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z] ?\d{2} ?\d{2} ?\d{2} ?[A-D]\b/gi },
  ES_NIF: { pattern: /\b\d{8}[- ]?[A-HJ-NP-TV-Z]\b/gi, isReal: passesNif },
  IT_FISCAL_CODE: { pattern: /\b[A-Z]{6}\d{2}[A-Z]\d{2}[A-Z]\d{3}[A-Z]\b/gi },
  PL_PESEL: { pattern: /\b\d{11}\b/g, isReal: passesPesel },
  IN_AADHAAR: { pattern: /\b[2-9]\d{3} \d{4} \d{4}\b/g },
  IN_PAN: { pattern: /\b[A-Z]{5}\d{4}[A-Z]\b/g },
  KR_RRN: { pattern: /\b\d{6}-[1-4]\d{6}\b/g },
  SG_NRIC_FIN: { pattern: /\b[STFGM]\d{7}[A-Z]\b/g },
  AU_TFN: { pattern: /\b\d{3} \d{3} \d{3}\b/g },
}

interface Match {
  entity: string
  start: number
  end: number
}

/** Finds personal data. `block: true` stops the text; else it goes on with every find in brackets: `<EMAIL_ADDRESS>`. */
export const containsPii: Guardrail = (text, config) => {
  const asked = Array.isArray(config.entities) ? config.entities.map(String) : Object.keys(ENTITIES)
  const block = config.block === true
  const matches = findMatches(text, asked)
  const detected: Record<string, string[]> = {}
  for (const { entity, start, end } of matches) {
    detected[entity] ??= []
    detected[entity].push(text.slice(start, end))
  }
  const anonymized = mask(text, matches)
  return {
    tripwireTriggered: block && matches.length > 0,
    info: {
      guardrail_name: 'Contains PII',
      detected_entities: detected,
      entity_types_checked: asked.filter((name) => Object.hasOwn(ENTITIES, name)),
      entity_types_unchecked: asked.filter((name) => !Object.hasOwn(ENTITIES, name)),
      pii_detected: matches.length > 0,
      block_mode: block,
      anonymized_text: anonymized,
      checked_text: block ? text : anonymized,
    },
  }
}

/** From left to right; where two overlap the longer one counts. */
function findMatches(text: string, asked: string[]): Match[] {
  const all: Match[] = []
  for (const entity of asked) {
    const { pattern, isReal } = ENTITIES[entity] ?? {}
    if (!pattern) continue
    for (const found of text.matchAll(pattern))
      if (!isReal || isReal(found[0])) all.push({ entity, start: found.index, end: found.index + found[0].length })
  }
  all.sort((left, right) => left.start - right.start || right.end - left.end)
  const kept: Match[] = []
  for (const match of all) if (match.start >= (kept.at(-1)?.end ?? 0)) kept.push(match)
  return kept
}

function mask(text: string, matches: Match[]): string {
  let result = ''
  let position = 0
  for (const { entity, start, end } of matches) {
    result += `${text.slice(position, start)}<${entity}>`
    position = end
  }
  return result + text.slice(position)
}

const digitsOf = (text: string): number[] => [...text.replace(/\D/g, '')].map(Number)

function passesLuhn(text: string): boolean {
  const digits = digitsOf(text).reverse()
  const sum = digits.reduce((total, digit, index) => {
    const doubled = index % 2 === 1 ? digit * 2 : digit
    return total + (doubled > 9 ? doubled - 9 : doubled)
  }, 0)
  return digits.length >= 13 && sum % 10 === 0
}

function passesIban(text: string): boolean {
  const compact = text.replace(/ /g, '')
  const moved = compact.slice(4) + compact.slice(0, 4)
  let rest = 0
  for (const character of moved) rest = Number(`${rest}${Number.parseInt(character, 36)}`) % 97
  return rest === 1
}

function passesNhs(text: string): boolean {
  const digits = digitsOf(text)
  const sum = digits.slice(0, 9).reduce((total, digit, index) => total + digit * (10 - index), 0)
  return (11 - (sum % 11)) % 11 === digits[9]
}

function passesNif(text: string): boolean {
  const [number = '', letter = ''] = [text.slice(0, 8), text.slice(-1).toUpperCase()]
  return 'TRWAGMYFPDXBNJZSQVHLCKE'[Number(number) % 23] === letter
}

function passesPesel(text: string): boolean {
  const digits = digitsOf(text)
  const weights = [1, 3, 7, 9, 1, 3, 7, 9, 1, 3]
  const sum = weights.reduce((total, weight, index) => total + weight * (digits[index] ?? 0), 0)
  return (10 - (sum % 10)) % 10 === digits[10]
}
