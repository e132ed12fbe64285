import type { Annotation } from '@parley/protocol'

/** An answer with everything an answer usually has. */
export const HEAT_PUMPS = `A heat pump does not make heat; it **moves** it. Even cold outdoor air holds energy, and a refrigerant that boils at −50 °C can pick it up.

## The cycle in four steps

1. **Evaporate.** Outside, the refrigerant takes heat from the air and turns to gas.
2. **Compress.** A compressor squeezes the gas; pressure and temperature rise.
3. **Condense.** Inside, the hot gas gives its heat to the water of your heating.
4. **Expand.** A valve drops the pressure, and the cycle begins again.

| Outdoor air | Flow temperature | Heat per kWh |
|---|---:|---:|
| 7 °C | 35 °C | 4.8 kWh |
| 2 °C | 45 °C | 3.4 kWh |
| −7 °C | 55 °C | 2.2 kWh |

The ratio in the last column is the *coefficient of performance*:

\`\`\`python
def cop(t_cold: float, t_hot: float, quality: float = 0.45) -> float:
    """Share of the ideal Carnot value a real machine reaches."""
    return quality * t_hot / (t_hot - t_cold)

print(round(cop(275.15, 318.15), 1))  # 3.3
\`\`\`

> Lower the flow temperature by one degree and the pump needs about 2.5 % less power.

Read more in the [field study](https://example.org/study), or run \`npm start\` and ask again.`

const behind = (words: string) => HEAT_PUMPS.indexOf(words) + words.length - 1

/** What {@link HEAT_PUMPS} rests on: two of them at the same place. */
export const HEAT_PUMP_SOURCES: Annotation[] = [
  {
    type: 'annotation',
    index: behind('moves** it.'),
    source: {
      type: 'url',
      title: 'How heat pumps work',
      url: 'https://energy.example.org/heat-pumps',
      description:
        'A heat pump transfers thermal energy from a cold source to a warmer space, using a refrigerant cycle.',
    },
  },
  {
    type: 'annotation',
    index: behind('can pick it up.'),
    source: { type: 'file', title: 'Refrigerants, data sheet', filename: 'r290-properties.pdf' },
  },
  {
    type: 'annotation',
    index: behind('can pick it up.'),
    source: {
      type: 'url',
      title: 'Field study of 56 houses',
      url: 'https://www.ise.example.com/field-study',
      timestamp: 'March 2026',
    },
  },
]
