import { useId } from 'preact/hooks'
import { DENSITIES, type Look, RADII } from './look.js'

/** Locales worth a look: one of each writing, and long words; any other can be typed. */
const LOCALES = ['en', 'ar', 'de', 'es', 'fr', 'ja', 'vi', 'zh-CN']

interface Props {
  look: Look
  onChange(change: Partial<Look>): void
}

/** Theme, language, shape and accent of the live view. */
export function LookControls({ look, onChange }: Props) {
  const locales = useId()
  const other = look.scheme === 'dark' ? 'light' : 'dark'
  return (
    <fieldset class="looks" aria-label="Look">
      <button
        class="button chip"
        type="button"
        aria-pressed={look.scheme === 'dark'}
        onClick={() => onChange({ scheme: other })}
      >
        Dark
      </button>
      <label class="chip">
        <span>Locale</span>
        <input
          list={locales}
          value={look.locale}
          placeholder="auto"
          size={5}
          autocomplete="off"
          spellcheck={false}
          onChange={({ currentTarget }) => onChange({ locale: currentTarget.value.trim() })}
        />
        <datalist id={locales}>
          {LOCALES.map((locale) => (
            <option key={locale} value={locale} />
          ))}
        </datalist>
      </label>
      <Choice label="Radius" value={look.radius} values={RADII} onChoose={(radius) => onChange({ radius })} />
      <Choice label="Density" value={look.density} values={DENSITIES} onChoose={(density) => onChange({ density })} />
      <label class="chip">
        <span>Accent</span>
        <input
          type="color"
          value={look.accent || '#3b5bdb'}
          onChange={({ currentTarget }) => onChange({ accent: currentTarget.value })}
        />
      </label>
      {look.accent && (
        <button class="button chip" type="button" onClick={() => onChange({ accent: '' })}>
          Default accent
        </button>
      )}
    </fieldset>
  )
}

interface ChoiceProps<Word extends string> {
  label: string
  value: Word
  values: readonly Word[]
  onChoose(word: Word): void
}

function Choice<Word extends string>({ label, value, values, onChoose }: ChoiceProps<Word>) {
  return (
    <label class="chip">
      <span>{label}</span>
      <select value={value} onChange={({ currentTarget }) => onChoose(currentTarget.value as Word)}>
        {values.map((word) => (
          <option key={word} value={word}>
            {word}
          </option>
        ))}
      </select>
    </label>
  )
}
