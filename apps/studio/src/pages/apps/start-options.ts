import type { ChatKitOptions } from '@parley/element'
import type { AppPresentation } from '@parley/protocol/admin'

/** How a chat begins, as the app presents itself: what of the element's options follows from it. */
export function startOptions(presentation: AppPresentation): Partial<ChatKitOptions> {
  const {
    opening_statement: greeting,
    suggested_questions: questions = [],
    input_placeholder: placeholder,
    disclaimer,
  } = presentation
  const prompts = questions.map((question) => ({ label: question, prompt: question }))
  return {
    ...((greeting || prompts.length > 0) && {
      startScreen: { ...(greeting && { greeting }), ...(prompts.length > 0 && { prompts }) },
    }),
    ...(placeholder && { composer: { placeholder } }),
    ...(disclaimer && { disclaimer: { text: disclaimer } }),
  }
}
