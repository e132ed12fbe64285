/** The forms a word takes with numbers; which of them a language has is its own affair. */
type Forms = { other: string } & Partial<Record<Intl.LDMLPluralRule, string>>

/** Words with a number in them: `#` is the number, in the form the language wants with it. */
export function plural(locale: string, forms: Forms): (count: number) => string {
  const rules = new Intl.PluralRules(locale)
  const number = new Intl.NumberFormat(locale)
  return (count) => (forms[rules.select(count)] ?? forms.other).replace('#', number.format(count))
}
