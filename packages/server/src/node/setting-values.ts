import { z } from 'zod'

/** A variable that is empty is not set. */
export const text = z
  .string()
  .trim()
  .transform((value) => (value === '' ? undefined : value))
  .optional()

/** Entries with commas or spaces between them. */
export const toList = (value: string | undefined): string[] => (value ?? '').split(/[\s,]+/).filter(Boolean)

/** `a=b` and so on. */
export const toPairs = (pairs: string[]): Record<string, string> =>
  Object.fromEntries(pairs.map((pair) => pair.split('=')))

/** A key of ours. */
export const apiKey = (name: string) =>
  text.refine(
    (key) => !key || (key.length >= 20 && !/\s/.test(key)),
    `${name} must be 20 characters or more, without spaces. Make one with: openssl rand -hex 32`,
  )

/** Keys travel in a header. */
export const hostKey = (name: string) =>
  text.refine(
    (key) => !key || /^[\x21-\x7e]+$/.test(key),
    `${name} must be a key without spaces, as the model host shows it. Copy it again.`,
  )

/** Apps have schemes of their own, e.g. `capacitor://localhost`. */
export const isOrigin = (text: string): boolean => /^[a-z][a-z\d+.-]*:\/\/[^/?#;,'"\s]+$/i.test(text)

export const isHostName = (text: string): boolean => /^(\*\.)?[a-z\d_-]+(\.[a-z\d_-]+)*$/i.test(text)
