/** The frame: takes the first screen over and runs one chat in it for as long as the page around it keeps it. */
import { type FirstScreen, firstScreen } from './first-screen.js'
import { createCustomWidgetLink } from './host/custom-widgets.js'
import { lacksMicrophone, reloadWithMicrophone, withoutDictation } from './host/microphone.js'
import { createSessionHost } from './host/session-host.js'
import { submitWhenFree } from './host/submit-when-free.js'
import { createTransport } from './host/transport.js'
import { whenQuiet } from './host/when-quiet.js'
import { createId } from './store/create-id.js'
import type { ChatOptions } from './store/options.js'
import { createChatSession, type SendFile } from './store/session.js'
import { mountChat } from './views/mount.js'

async function run({ root, connection, takeOver }: FirstScreen): Promise<void> {
  const { page, start, serve, attend, onSend, hasMicrophone } = connection
  let options: ChatOptions = start.options
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
    host: createSessionHost(page, () => options, { customWidgets: customWidgets.link, onSend }),
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
  attend?.(session)
  const { text, isSent } = takeOver()
  page.tell('emit', 'chatkit.ready') // of which the page hears when all of this is done
  const started = session.start(text)
  mountChat(root, session)
  if (isSent) submitWhenFree(session)
  await started
}

// Not awaited by the module: what is loaded later shares its code, and would wait for the chat's first answers.
void firstScreen.then((screen) => screen && run(screen))
