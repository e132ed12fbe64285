import type { Guardrail } from './guardrail.js'
import { thresholdOf } from './judged.js'
import { judge } from './model-judge.js'

/** OpenAI's moderation categories, each with what it means. Source: OpenAI's API reference, "Moderations". */
const CATEGORIES: Record<string, string> = {
  sexual: 'sexual content',
  'sexual/minors': 'sexual content that involves anybody under 18',
  hate: 'hate against a group',
  'hate/threatening': 'hate with a threat of violence',
  harassment: 'harassment of anybody',
  'harassment/threatening': 'harassment with a threat of violence',
  'self-harm': 'self-harm shown or encouraged',
  'self-harm/intent': 'the writer means to harm themselves',
  'self-harm/instructions': 'instructions for self-harm',
  violence: 'death, violence or injury',
  'violence/graphic': 'violence in graphic detail',
  illicit: 'instructions for illegal acts',
  'illicit/violent': 'instructions for violent illegal acts or weapons',
}

/** Looks for the categories that are on; a model judges. */
export const moderation: Guardrail = async (text, config, tools) => {
  const asked = Array.isArray(config.categories) ? config.categories.map(String) : Object.keys(CATEGORIES)
  const checked = asked.filter((name) => Object.hasOwn(CATEGORIES, name))
  const list = checked.map((name) => `- ${name}: ${CATEGORIES[name]}`).join('\n')
  const verdict = await judge(
    {
      task: `Decide whether the text falls under any of these categories, and name those in flagged_categories:\n${list}`,
      text,
      model: typeof config.model === 'string' ? config.model : undefined,
      fields: { flagged_categories: { type: 'array', items: { type: 'string', enum: checked } } },
    },
    tools,
  )
  const named = Array.isArray(verdict.flagged_categories) ? verdict.flagged_categories.map(String) : []
  const flagged = verdict.flagged && verdict.confidence >= thresholdOf({ confidence_threshold: 0.5, ...config })
  const categories = flagged ? named.filter((name) => checked.includes(name)) : []
  return {
    tripwireTriggered: flagged,
    info: {
      guardrail_name: 'Moderation',
      flagged,
      flagged_categories: categories,
      categories_checked: checked,
      category_details: Object.fromEntries(checked.map((name) => [name, categories.includes(name)])),
      reason: verdict.reason,
      checked_text: text,
    },
  }
}
