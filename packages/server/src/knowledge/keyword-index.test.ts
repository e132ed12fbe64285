import { describe, expect, it } from 'vitest'
import { createKeywordIndex } from './keyword-index.js'
import { splitIntoPassages } from './passages.js'
import { wordsOf } from './words.js'

const text = (value: string) => ({ title: 'Doc', text: value })

describe('splitIntoPassages', () => {
  it('cuts at headings and remembers those above', () => {
    const passages = splitIntoPassages(text('# Doc\n\nIntro\n\n## A\n\nOne\n\n### B\n\nTwo\n\n## C\n\nThree'))
    expect(passages.map((passage) => [passage.headings.join('/'), passage.text])).toEqual([
      ['', 'Intro'],
      ['A', 'One'],
      ['A/B', 'Two'],
      ['C', 'Three'],
    ])
  })

  it('keeps a code block whole, with the # and the empty lines in it', () => {
    const code = '```sh\n# not a heading\n\nnpm start\n```'
    expect(splitIntoPassages(text(`## A\n\n${code}`))).toMatchObject([{ headings: ['A'], text: code }])
  })

  it('cuts long sections between paragraphs', () => {
    const paragraph = 'word '.repeat(150).trim()
    expect(splitIntoPassages(text(`## A\n\n${paragraph}\n\n${paragraph}`)).map((passage) => passage.text)).toEqual([
      paragraph,
      paragraph,
    ])
  })
})

describe('wordsOf', () => {
  it.each([
    ['Connecting the models', ['connect', 'model']],
    ['Thiết lập máy chủ', ['thiet', 'lap', 'may', 'chu']],
    ['连接模型', ['连接', '接模', '模型']],
    ['用API连接', ['用', 'api', '连接']],
  ])('of %j', (given, expected) => {
    expect(wordsOf(given)).toEqual(expected)
  })
})

describe('createKeywordIndex', () => {
  const index = createKeywordIndex([
    {
      title: 'Guide',
      text: '## Connecting a model\n\nSet the key.\n\n## Giá cả\n\nMiễn phí cho mọi người.\n\n## 安装\n\n在终端运行命令即可安装服务器。\n\n## Storage\n\nThe model of the data is simple.',
    },
  ])
  const best = (query: string) => index.search(query)[0]?.passage.headings.at(-1)

  it.each([
    ['how do I connect my models?', 'Connecting a model'],
    ['gia ca the nao', 'Giá cả'],
    ['miễn phí', 'Giá cả'],
    ['怎么安装服务器', '安装'],
    ['data', 'Storage'],
  ])('finds for %j the passage under %j', (query, heading) => {
    expect(best(query)).toBe(heading)
  })

  it('finds nothing rather than anything', () => {
    expect(index.search('zebra')).toEqual([])
    expect(index.search('')).toEqual([])
  })
})

describe('what a document is about', () => {
  const index = createKeywordIndex([
    {
      title: 'About Lumo',
      filename: 'lumo.md',
      text: '# Lumo\n\nLumo is a lamp you can talk to.\n\n## Settings\n\nLUMO_PORT is the port.\n\nLUMO_HOST is the address.\n\nLUMO_DATA is the folder.',
    },
  ])

  it('is found in its introduction, not where names of settings repeat its name', () => {
    expect(index.search('What is Lumo?')[0]?.passage.text).toContain('a lamp you can talk to')
  })

  it('does not hide a setting that is asked for by its whole name', () => {
    expect(index.search('What is LUMO_HOST?')[0]?.passage.headings).toEqual(['Settings'])
  })
})
