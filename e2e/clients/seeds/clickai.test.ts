import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { KEYS, startClickAiServer } from '../clickai-server.js'

/*
 * The samples of the ClickAI guide, word for word but for host and key; line breaks stand where the guide's own
 * formatting lost them.
 */

let server: Awaited<ReturnType<typeof startClickAiServer>>
beforeAll(async () => {
  server = await startClickAiServer()
})
afterAll(() => server?.close())

const run = promisify(execFile)
const here = (text: string, key: string) =>
  text.replaceAll(/https:\/\/(api\.)?clickai\.io/g, server.url).replaceAll('YOUR-SECRET-KEY', key)
const curl = async (text: string, key: string) => (await run('sh', ['-c', here(text, key)])).stdout
/** As a CommonJS file beside the project, where `axios` is found. */
const node = async (text: string, key: string) => {
  const source = `const require = process.getBuiltinModule('module').createRequire(${JSON.stringify(import.meta.filename)});${here(text, key)}`
  return (await run(process.execPath, ['--input-type=module', '-e', source])).stdout
}
/** As a file of its own. */
const python = async (text: string, key: string) =>
  (await run(process.env.PYTHON ?? 'python3', ['-c', here(text, key).replaceAll('YOUR_ACCESS_TOKEN', KEYS.workspace)]))
    .stdout
const eventsIn = (text: string) =>
  text
    .split('\n')
    .filter((line) => line.startsWith('data: '))
    .map((line) => JSON.parse(line.slice('data: '.length)))
const answerIn = (text: string) =>
  eventsIn(text)
    .map(({ answer = '' }) => answer)
    .join('')

describe('D8: the samples of the ClickAI guide', () => {
  it('text generation, curl', async () => {
    const printed = await curl(
      `curl --location --request POST 'https://api.clickai.io/v1/completion-messages' --header 'Authorization: Bearer YOUR-SECRET-KEY' --header 'Content-Type: application/json' --data-raw '{ "inputs": { "text": "Viết email cảm ơn khách hàng đã mua sản phẩm" }, "response_mode": "streaming", "user": "user-abc-123" }'`,
      KEYS.writer,
    )

    expect(answerIn(printed)).toBe('Kính gửi Quý khách hàng. (Viết email cảm ơn khách hàng đã mua sản phẩm)')
    expect(eventsIn(printed).at(-1)).toMatchObject({ event: 'message_end' })
  })

  it('text generation, JavaScript', async () => {
    const printed = await node(
      `const axios = require('axios'); const response = await axios.post( 'https://api.clickai.io/v1/completion-messages', { inputs: { text: 'Viết email cảm ơn khách hàng' }, response_mode: 'streaming', user: 'user-abc-123' }, { headers: { 'Authorization': 'Bearer YOUR-SECRET-KEY', 'Content-Type': 'application/json' } } ); console.log(response.data);`,
      KEYS.writer,
    )

    expect(answerIn(printed)).toBe('Kính gửi Quý khách hàng. (Viết email cảm ơn khách hàng)')
  })

  it('conversation, curl', async () => {
    const printed = await curl(
      `curl --location --request POST 'https://api.clickai.io/v1/chat-messages' --header 'Authorization: Bearer YOUR-SECRET-KEY' --header 'Content-Type: application/json' --data-raw '{ "inputs": {}, "query": "Xin chào, tôi cần hỗ trợ về sản phẩm", "response_mode": "streaming", "conversation_id": "", "user": "user-abc-123" }'`,
      KEYS.chat,
    )

    expect(answerIn(printed)).toBe('You said: Xin chào, tôi cần hỗ trợ về sản phẩm')
  })

  it('the reader of a stream that splits each chunk into lines, JavaScript', async () => {
    const printed = await node(
      `const response = await fetch('https://api.clickai.io/v1/chat-messages', { method: 'POST', headers: { 'Authorization': 'Bearer YOUR-SECRET-KEY', 'Content-Type': 'application/json' }, body: JSON.stringify({ inputs: {}, query: 'Xin chào', response_mode: 'streaming', conversation_id: '', user: 'user-001' }) }); const reader = response.body.getReader(); const decoder = new TextDecoder(); while (true) { const { done, value } = await reader.read(); if (done) break; const chunk = decoder.decode(value); const lines = chunk.split('\\n'); for (const line of lines) { if (line.startsWith('data: ')) { const data = JSON.parse(line.slice(6)); if (data.event === 'message') { process.stdout.write(data.answer); } } } }`,
      KEYS.chat,
    )

    expect(printed).toBe('You said: Xin chào')
  })

  it('file upload, curl', async () => {
    const printed = await curl(
      `curl --location --request POST 'https://api.clickai.io/v1/files/upload' --header 'Authorization: Bearer YOUR-SECRET-KEY' --form 'file=@"${import.meta.filename}"' --form 'user="user-abc-123"'`,
      KEYS.chat,
    )

    expect(JSON.parse(printed)).toMatchObject({
      id: expect.any(String),
      name: 'clickai.test.ts',
      size: expect.any(Number),
      extension: 'ts',
      mime_type: expect.any(String),
      created_by: 'user-abc-123',
      created_at: expect.any(Number),
    })
  })

  it('a workflow, curl', async () => {
    const printed = await curl(
      `curl --location --request POST 'https://api.clickai.io/v1/workflows/run' --header 'Authorization: Bearer YOUR-SECRET-KEY' --header 'Content-Type: application/json' --data-raw '{ "inputs": { "input_text": "Phân tích dữ liệu bán hàng Q4 2024" }, "response_mode": "streaming", "user": "user-abc-123" }'`,
      KEYS.flow,
    )

    expect(eventsIn(printed).at(-1)).toMatchObject({
      event: 'workflow_finished',
      data: { status: 'succeeded', outputs: { result: 'Kết quả phân tích: Phân tích dữ liệu bán hàng Q4 2024' } },
    })
  })

  it('an EventSource, which always sends GET, learns that at once', async () => {
    const { status, headers } = await fetch(`${server.base}/chat-messages`)

    expect(status).toBe(405)
    expect(headers.get('content-type')).toBe('application/json')
  })

  it('the apps of a workspace, Python', async () => {
    const printed = await python(
      `import requests
url = "https://clickai.io/assistant/api/assistant/my-assistants"
headers = { 'accept': 'application/json', 'authorization': 'Bearer YOUR_ACCESS_TOKEN', }
params = { 'page': 1, 'page_size': 10, 'mode': 'workflow', 'workspace_id': 'YOUR_WORKSPACE_ID' }
response = requests.get(url, headers=headers, params=params)
data = response.json()
for app in data.get('data', []):
    print(f"App: {app['name']} (ID: {app['id']})")`.replace('YOUR_WORKSPACE_ID', 'shop'),
      KEYS.workspace,
    )

    expect(printed.trim().split('\n').sort()).toEqual(['App: approval (ID: approval)', 'App: flow (ID: flow)'])
  })

  it('text generation, Python', async () => {
    const printed = await python(
      `import requests
import json
url = "https://api.clickai.io/v1/completion-messages"
headers = { 'Authorization': 'Bearer YOUR-SECRET-KEY', 'Content-Type': 'application/json', }
data = { "inputs": { "text": "Viết email cảm ơn khách hàng đã mua sản phẩm" }, "response_mode": "streaming", "user": "user-abc-123" }
response = requests.post(url, headers=headers, data=json.dumps(data))
print(response.text)`,
      KEYS.writer,
    )

    expect(answerIn(printed)).toBe('Kính gửi Quý khách hàng. (Viết email cảm ơn khách hàng đã mua sản phẩm)')
  })

  it('conversation, Python', async () => {
    const printed = await python(
      `import requests
import json
url = "https://api.clickai.io/v1/chat-messages"
headers = { 'Authorization': 'Bearer YOUR-SECRET-KEY', 'Content-Type': 'application/json', }
data = { "inputs": {}, "query": "Xin chào, tôi cần hỗ trợ về sản phẩm", "response_mode": "streaming", "conversation_id": "", "user": "user-abc-123" }
response = requests.post(url, headers=headers, data=json.dumps(data))
print(response.text)`,
      KEYS.chat,
    )

    expect(answerIn(printed)).toBe('You said: Xin chào, tôi cần hỗ trợ về sản phẩm')
  })

  it('three turns of a conversation, Python', async () => {
    const printed = await python(
      `import requests
import json
BASE_URL = "https://api.clickai.io/v1"
HEADERS = { 'Authorization': 'Bearer YOUR-SECRET-KEY', 'Content-Type': 'application/json', }
# === Lượt 1: Bắt đầu hội thoại mới ===
response1 = requests.post(f"{BASE_URL}/chat-messages", headers=HEADERS, data=json.dumps({ "inputs": {"language": "vi"}, "query": "Xin chào, tôi muốn hỏi về bảo hành", "response_mode": "blocking", "conversation_id": "", # Để trống → tạo mới
 "user": "user-001" }) )
data1 = response1.json()
conv_id = data1["conversation_id"] # Lưu lại conversation_id
print(f"Bot: {data1['answer']}")
print(f"Conversation ID: {conv_id}")
# === Lượt 2: Tiếp tục hội thoại ===
response2 = requests.post(f"{BASE_URL}/chat-messages", headers=HEADERS, data=json.dumps({ "inputs": {}, "query": "Sản phẩm XYZ có bảo hành bao lâu?", "response_mode": "blocking", "conversation_id": conv_id, # Truyền ID để tiếp tục
 "user": "user-001" }) )
data2 = response2.json()
print(f"Bot: {data2['answer']}")
# === Lượt 3: Tiếp tục ===
response3 = requests.post(f"{BASE_URL}/chat-messages", headers=HEADERS, data=json.dumps({ "inputs": {}, "query": "Cảm ơn bạn!", "response_mode": "blocking", "conversation_id": conv_id, "user": "user-001" }) )
data3 = response3.json()
print(f"Bot: {data3['answer']}")`,
      KEYS.chat,
    )

    expect(printed).toMatch(
      /^Bot: You said: Xin chào, .+\nConversation ID: [\w-]{36}\nBot: You said: Sản phẩm .+\nBot: You said: Cảm ơn bạn!\n$/,
    )
  })

  it.each([
    ['app-wrong', 'xin chào', 'API Key không hợp lệ'],
    [KEYS.chat, '', "Lỗi: The 'query' field is required"],
    [KEYS.chat, 'xin chào', 'You said: xin chào'],
  ])('what to do about failures, Python: %s, “%s”', async (key, query, said) => {
    const printed = await python(
      `url = "https://api.clickai.io/v1/chat-messages"
headers = { 'Authorization': 'Bearer YOUR-SECRET-KEY', 'Content-Type': 'application/json' }
data = { "inputs": {}, "query": ${JSON.stringify(query)}, "user": "user-001" }
import requests
import json
try:
    response = requests.post(url, headers=headers, data=json.dumps(data))
    response.raise_for_status()
    result = response.json()
    print(result["answer"])
except requests.exceptions.HTTPError as e:
    if e.response.status_code == 401:
        print("API Key không hợp lệ")
    elif e.response.status_code == 429:
        print("Quá nhiều requests, thử lại sau")
    else:
        error = e.response.json()
        print(f"Lỗi: {error.get('message', 'Unknown error')}")
except requests.exceptions.ConnectionError:
    print("Không thể kết nối đến ClickAI API")`,
      key,
    )

    expect(printed).toBe(`${said}\n`)
  })
})
