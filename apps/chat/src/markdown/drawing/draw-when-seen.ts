import type { MarkdownOptions } from '../stream.js'
import type { DiagramText } from './diagram.js'
import { whenSeen } from './when-seen.js'

/**
 * Draws what plain text only describes: colours for code, formulas, diagrams. Nothing of it is loaded before the first
 * one is on screen, and a block is drawn once, when it is complete. What cannot be loaded or drawn stays the text it is.
 */
export function drawWhenSeen(text: DiagramText): Pick<MarkdownOptions, 'onCodeBlockClosed' | 'onMathClosed'> {
  return {
    onMathClosed: (element, tex, isDisplay) =>
      whenSeen(element, async () => (await import('./math.js')).drawMath(element, tex, isDisplay)),
    onCodeBlockClosed(code, language) {
      if (language === '') return
      whenSeen(code, async () => {
        if (language === 'mermaid') (await import('./diagram.js')).drawDiagram(code, text)
        else await (await import('./code.js')).drawCode(code, language)
      })
    },
  }
}
