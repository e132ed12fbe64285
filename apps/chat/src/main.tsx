/** Entry of the frame: connects with the page around it, then runs one chat for as long as the page keeps it. */
import { connectToPage } from './host/connect.js'
import { createCustomWidgetLink } from './host/custom-widgets.js'
import { lacksMicrophone, reloadWithMicrophone, whenQuiet, withoutDictation } from './host/microphone.js'
import { createSessionHost } from './host/session-host.js'
import { createTransport } from './host/transport.js'
import { createId } from './store/create-id.js'
import type { ChatOptions } from './store/options.js'
import { createChatSession, type SendFile } from './store/session.js'
import { mountChat } from './views/mount.js'

async function run(root: HTMLElement): Promise<void> {
  const connection = await connectToPage(location.hash)
  if (!connection) return location.replace('../../') // opened by itself: the page to chat on is at the root of the server

  const { page, start, serve, hasMicrophone } = connection
  let options: ChatOptions = start.options
  if (lacksMicrophone(options, hasMicrophone)) return reloadWithMicrophone()
  const transport = createTransport({
    page,
    pageUrl: start.pageUrl,
    origin: location.origin,
    instanceId: createId(),
    getApi: () => options.api,
    getLocale: () => session.getState().locale,
  })
  const sendFile: SendFile = async (request) =>
    (await import('./host/send-file.js')).sendFile(request, {
      page,
      pageUrl: start.pageUrl,
      origin: location.origin,
      getApi: () => options.api,
    })
  const customWidgets = createCustomWidgetLink(page)
  const session = createChatSession({
    transport,
    sendFile,
    host: createSessionHost(page, () => options, customWidgets.link),
    options,
  })

  serve({
    customWidget: customWidgets.receive,
    setOptions(changed) {
      options = changed
      if (!lacksMicrophone(options, hasMicrophone)) return session.setOptions(options)
      session.setOptions(withoutDictation(options))
      whenQuiet(session, () => lacksMicrophone(options, hasMicrophone) && reloadWithMicrophone())
    },
    run: async (command, args) => {
      const method: (...args: never[]) => Promise<void> = session[command]
      await method(...(args as never[])) // typed on the page, where the method was called
    },
  })
  mountChat(root, session)
  page.tell('emit', 'chatkit.ready')
  await session.start()
}

const root = document.getElementById('chat')
if (root) void run(root)
