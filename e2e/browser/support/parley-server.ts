import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Caller, consoleLog, createParley, type ParleyOptions, type Runnable, staticCatalog } from '@parley/server'
import { sqliteStore } from '@parley/server/sqlite'
import { encodeError } from '../../../packages/server/src/dialects/chatkit/index.js'
import { listen } from '../../../packages/server/src/node/listen.js'
import { webRoutes } from '../../../packages/server/src/node/web-routes.js'
import { diskFiles } from '../../../packages/server/src/storage/files/disk-files.js'
import type { Running } from './http.js'
import { WEB_FOLDER } from './script-server.js'
import type { AnsweringApp, Turn } from './test-app.js'

/** A whole Parley in this process, as `npm start` makes it, except that it is `app` that answers, memory that stores, and for `changes`. */
export async function startParley(app: AnsweringApp, changes: Partial<ParleyOptions> = {}): Promise<Running> {
  const folder = mkdtempSync(join(tmpdir(), 'parley-files-'))
  const parley = createParley({
    store: sqliteStore(':memory:'),
    catalog: staticCatalog({ demo: toRunnable(app) }),
    authenticate: async () => ({ workspaceId: 'test', userId: 'ada', method: 'development' }),
    allowOrigin: () => true,
    uploads: { files: diskFiles(folder), key: new Uint8Array(32), maxBytes: 1024 * 1024 },
    more: [{ routes: await webRoutes(WEB_FOLDER), encodeError }],
    log: consoleLog,
    ...changes,
  })
  await parley.start()
  const listener = await listen(parley.fetch, { port: 0, host: '127.0.0.1' })
  return {
    url: listener.url,
    async close() {
      const closed = listener.close()
      await parley.close(0)
      await closed
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

function toRunnable(app: AnsweringApp): Runnable<Caller> {
  return {
    ...(app.transcribe && { transcribe: app.transcribe }),
    async *run({ thread, trigger, generateId }) {
      thread.title ??= `About ${textOf(trigger)}`
      yield* app.answer(toTurn(trigger), { threadId: thread.id, newId: generateId, thread })
    },
  }
}

type Trigger = Parameters<Runnable<Caller>['run']>[0]['trigger']

function toTurn(trigger: Trigger): Turn {
  if (trigger.type === 'action') return { action: trigger.action.type }
  return trigger.type === 'client_tool_output' ? { toolResult: trigger.item?.output } : { text: textOf(trigger) }
}

function textOf(trigger: Trigger): string {
  if (trigger.type !== 'user_message' && trigger.type !== 'retry') return ''
  return trigger.item.content.map((part) => part.text).join('')
}
