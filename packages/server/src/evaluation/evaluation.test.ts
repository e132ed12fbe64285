import { expect, it, onTestFinished } from 'vitest'
import type { Caller } from '../app/caller.js'
import type { Runnable } from '../runnable/runnable.js'
import { testParley } from '../testing/test-parley.js'
import { type EvaluationOptions, evaluate } from './evaluate.js'
import { readCases } from './read-cases.js'
import { jsonReport, junitReport, textReport } from './report.js'

/** Answers `weather <city>` with a tool, `page` with a tool of the page, `ask` after a question, anything else by repeating it. */
const app: Runnable<Caller> = {
  async *run({ thread, trigger, generateId, run, readItems }) {
    const head = { thread_id: thread.id, created_at: new Date().toISOString() }
    const say = (text: string) => ({
      type: 'thread.item.done' as const,
      item: {
        ...head,
        id: generateId('message'),
        type: 'assistant_message' as const,
        content: [{ type: 'output_text' as const, text, annotations: [] }],
      },
    })
    yield { type: 'run.usage', run_id: run.id, usage: { input_tokens: 100, output_tokens: 20, total_tokens: 120 } }
    if (trigger.type === 'client_tool_output') return yield say(`The page is ${JSON.stringify(trigger.item?.output)}.`)
    if (trigger.type === 'structured_input') return yield say(`You said ${trigger.item.inputs[0]?.answer?.values[0]}.`)
    const text = trigger.type === 'user_message' ? trigger.item.content.map((part) => part.text).join('') : ''
    if (text === 'fail') throw new TypeError('boom')
    if (text === 'page') {
      const call = { call_id: 'c1', name: 'read_page', arguments: {}, status: 'pending' as const }
      return yield {
        type: 'thread.item.done',
        item: { ...head, id: generateId('tool_call'), type: 'client_tool_call', ...call },
      }
    }
    if (text === 'ask') {
      const inputs = [{ type: 'freeform' as const, id: 'q', question: 'Which day?' }]
      return yield {
        type: 'thread.item.done',
        item: { ...head, id: generateId('task'), type: 'structured_input', status: 'pending', inputs },
      }
    }
    const [, city] = /^weather (.*)/.exec(text) ?? []
    if (city) {
      yield { type: 'tool.started', call_id: 'w1', name: 'get_weather', arguments: { city, unit: 'C' } }
      yield { type: 'tool.finished', call_id: 'w1', name: 'get_weather', output: '21' }
      return yield say(JSON.stringify({ city, degrees: 21 }))
    }
    const { data } = await readItems({ limit: 50, order: 'asc' })
    yield say(`You said: ${text} (${data.filter(({ type }) => type === 'user_message').length})`)
  },
}

const KEY = 'the-key-of-these-evaluations'

function start() {
  const parley = testParley({ app, apiKeys: [{ key: KEY, id: 'key_eval', workspaceId: 'shop', scopes: ['chat'] }] })
  onTestFinished(() => parley.close())
  const put = (yaml: string, options: Partial<EvaluationOptions> = {}) =>
    evaluate(readCases(yaml, 'cases.yaml'), {
      target: { url: 'http://parley.test', apiKey: KEY, app: 'demo' },
      parallel: 2,
      fetch: (url, init) => parley.handle(new Request(url, init)),
      now: () => 0,
      ...options,
    })
  return { put, parley }
}

const failuresOf = async (yaml: string, options?: Partial<EvaluationOptions>) =>
  (await start().put(yaml, options)).flatMap(({ failures }) => failures.map(({ line, text }) => `${line}: ${text}`))

it('E1: puts each case to the app in a conversation of its own, and keeps their order', async () => {
  const { put, parley } = start()
  const ended: string[] = []

  const results = await put(
    `
cases:
  - name: one input
    input: Hello
    expect: { answer: { equals: 'You said: Hello (1)', contains: Hello, not_contains: [Bye], matches: /^YOU/i } }
  - name: several turns
    turns:
      - input: One
      - input: Two
        expect: { answer: { contains: (2) } }
  - name: a tool
    input: weather Hanoi
    expect:
      tools: [{ name: get_weather, arguments: { city: Hanoi } }]
      not_tools: [get_time]
      answer: { json_schema: { type: object, required: [degrees], properties: { degrees: { type: number } } } }
  - name: a tool of the page
    input: page
    client_tools: { read_page: { title: Home } }
    expect: { tools: [read_page], answer: { contains: '"title":"Home"' } }
  - name: a question
    input: ask
    answers: [Monday]
    expect: { answer: { equals: You said Monday. } }
`,
    { onResult: ({ name }) => ended.push(name) },
  )

  expect(results.flatMap(({ failures }) => failures)).toEqual([])
  const names = ['one input', 'several turns', 'a tool', 'a tool of the page', 'a question']
  expect(results.map(({ name }) => name)).toEqual(names)
  expect(ended.toSorted()).toEqual(names.toSorted())
  expect(results[2]?.turns[0]?.toolCalls).toEqual([{ name: 'get_weather', arguments: { city: 'Hanoi', unit: 'C' } }])
  expect(results[1]?.tokens).toEqual({ input: 200, output: 40 })
  expect(parley.reported).toEqual([])
})

it('E1: says what is not as expected, with the line that expects it', async () => {
  const failures = await failuresOf(`
cases:
  - input: Hello
    expect:
      tools: [get_time]
      answer:
        contains:
          - Hello
          - Goodbye
        not_contains: You
        matches: ^Hi
        json_schema: { type: object }
  - input: weather Hanoi
    expect:
      tools:
        - name: get_weather
          arguments: { city: Saigon }
      not_tools: [get_weather]
  - input: weather Hanoi
    expect: { tools: [] }
  - input: page
  - input: ask
  - input: fail
`)

  expect(failures).toEqual([
    '9: the answer does not contain "Goodbye". It was: "You said: Hello (1)"',
    '10: the answer contains "You". It was: "You said: Hello (1)"',
    '11: the answer does not match /^Hi/u. It was: "You said: Hello (1)"',
    '12: the answer is no JSON. It was: "You said: Hello (1)"',
    '5: get_time() was not called here. No tool was called',
    '18: the tool "get_weather" was called. Called were: get_weather({"city":"Hanoi","unit":"C"})',
    '16: get_weather({"city":"Saigon"}) was not called here. Called were: get_weather({"city":"Hanoi","unit":"C"})',
    '20: no tool should have been called. Called were: get_weather({"city":"Hanoi","unit":"C"})',
    '21: it waits for the tool "read_page" of the page: give its result under client_tools',
    '22: it asks “Which day?”: say what the person answers under answers',
    '23: the run failed (stream.error)',
  ])
})

it('E1: lets a model judge by a rubric, and says so where there is none', async () => {
  const cases = 'cases: [{ input: Hello, expect: { rubric: Greets back. } }]'
  const asked: string[] = []
  const answering = (answer: string) => ({
    askModel: async ({ input }: { input: string }) => {
      asked.push(input)
      return answer
    },
  })

  expect(await failuresOf(cases, answering('```json\n{"pass": true, "reason": "It does."}\n```'))).toEqual([])
  expect(JSON.parse(asked[0] ?? '')).toEqual({
    conversation: [{ person: 'Hello' }],
    answer: 'You said: Hello (1)',
    rubric: 'Greets back.',
  })
  expect(await failuresOf(cases, answering('{"pass": false, "reason": "Cold."}'))).toEqual([
    '1: the judge says no: Cold.',
  ])
  expect(await failuresOf(cases, answering('Well.'))).toEqual([
    '1: the judge did not say whether it passes, but: "Well."',
  ])
  expect((await start().put(cases))[0]).toMatchObject({ passed: true, notes: [expect.stringContaining('not judged')] })
})

it('E1: reports time, tokens, cost and limits for people, programs and CI servers', async () => {
  let time = 0
  const results = await start().put(
    `
prices: { input: 10, output: 50 }
cases:
  - { name: Dear & slow, input: Hello, limits: { seconds: 1, tokens: 50 } }
  - { name: Wrong, input: Hello, expect: { answer: { equals: <b> } } }
`,
    {
      parallel: 1,
      now: () => {
        time += 1500
        return time
      },
    },
  )
  const tested = { file: 'cases.yaml', app: 'demo', model: 'the offline model', offline: true }

  expect(textReport(tested, results)).toBe(`cases.yaml → app "demo", answered by the offline model
The offline model is not a language model: it tells whether tools and texts are wired up, not how good answers are.

  ✓ Dear & slow     120 tokens  $0.0020    1.5 s
      note: it took 1.5 s; its limit is 1 s
      note: it used 120 tokens; its limit is 50
  ✗ Wrong           120 tokens  $0.0020    1.5 s
      cases.yaml:5 the answer is not "<b>". It was: "You said: Hello (1)"

1 of 2 passed      240 tokens  $0.0040    3.0 s`)
  expect(JSON.parse(jsonReport(tested, results))).toMatchObject({
    passed: 1,
    failed: 1,
    offline: true,
    cases: [{ name: 'Dear & slow', cost: 0.002 }, { failures: [{ line: 5 }] }],
  })
  const junit = junitReport(tested, results)
  expect(junit).toContain('tests="2" failures="1" errors="0" time="3.000"')
  expect(junit).toContain('name="Dear &amp; slow"')
  expect(junit).toContain('<failure message="the answer is not &quot;&lt;b&gt;&quot;.')
})

it('E1: stops at once when the server cannot be asked about the app', async () => {
  const missing = { target: { url: 'http://parley.test', apiKey: KEY, app: 'nobody' } }
  await expect(start().put('cases: [{ input: Hi }]', missing)).rejects.toMatchObject({
    name: 'EvaluationError',
    message: expect.stringContaining('about the app "nobody"'),
  })
})

it.each([
  ['cases:\n  - input: [a', 'cases.yaml:2:'],
  ['{\n "cases": [{ "input": "a" },, ]\n}', 'cases.yaml:2:'],
  ['{\n "cases": [\n  { "input": 3 }\n ]\n}', 'cases.yaml:3: cases[0].input: '],
  [
    'cases:\n  - input: a\n    expect:\n      answers: { contains: x }',
    'cases.yaml:4: cases[0].expect.answers: There is no such word.',
  ],
  ['cases:\n  - input: a\n    expect: { answer: { matches: "(" } }', 'cases.yaml:3: cases[0].expect.answer.matches: '],
  ['cases:\n  - turns:\n      - input: a\n      - expect: {}', 'cases.yaml:4: cases[0].turns[1].input: '],
  ['cases:\n  - name: nothing', 'cases.yaml:2: cases[0]'],
  ['cases: []', 'cases.yaml:1: cases: '],
  ['', 'cases.yaml:1: '],
])('E1: names the place of what is wrong in a file: %j', (text, place) => {
  expect(() => readCases(text, 'cases.yaml')).toThrow(place)
})
