import { RunContext } from '@openai/agents-core'
import { describe, expect, it } from 'vitest'
import { createKeywordIndex } from '../knowledge/keyword-index.js'
import { AgentContext } from './agent-context.js'
import { knowledgeTool } from './knowledge-tool.js'
import { testRunContext, userMessage } from './testing.js'

const index = createKeywordIndex([
  { title: 'Guide', filename: 'guide.md', text: '## Refunds\n\nWithin a week.\n\n## Fees\n\nRefunds are free.' },
  { title: 'Site', url: 'https://x.test', text: 'Opening hours: always.' },
])

async function search(query: string, context = new AgentContext(testRunContext([userMessage('Hi')]))) {
  const tool = await knowledgeTool({ index })
  const output = await tool.invoke(new RunContext(context), JSON.stringify({ query }))
  return { output: String(output), context }
}

describe('knowledgeTool', () => {
  it('numbers what it finds and asks to cite by number', async () => {
    const { output, context } = await search('refunds')

    expect(output).toContain('[1] Guide › Refunds\nWithin a week.')
    expect(output).toContain('[2] Guide › Fees\n')
    expect(output).toMatch(/like this: \[1\]\.$/)
    expect(context.sources.get(1)).toEqual({
      type: 'file',
      filename: 'guide.md',
      title: 'Refunds',
      description: 'Guide',
    })
  })

  it('counts on in the same run, and gives the same passage the same number', async () => {
    const { context } = await search('refunds')
    expect((await search('opening hours', context)).output).toContain('[3] Site\n')
    expect((await search('week', context)).output).toContain('[1] Guide › Refunds')
    expect(context.sources.get(3)).toEqual({
      type: 'url',
      url: 'https://x.test',
      title: 'Site',
      description: undefined,
    })
  })

  it('says that it found nothing', async () => {
    expect((await search('zebra')).output).toMatch(/^Nothing was found/)
  })
})
